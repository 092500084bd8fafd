/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk: where one goes from where, what stays in its corner, and that nothing gets out or stays behind. Main thread. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-kiosk-window.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-kiosk-idle.h"
#include "tai-kiosk-page.h"
#include "tai-kiosk.h"
#include "tai-language.h"

#define THANKS_MS     8000
#define CALL_MS       (5 * 60 * 1000)
#define EXIT_TOUCHES  5
#define EXIT_WITHIN_S 4

struct _TaiKioskWindow {
  AdwApplicationWindow parent;
  TaiCounter *counter; /* (owned) */
  TaiPrepared draft;   /* of the customer */
  TaiKioskPageId current;
  TaiKioskPage *page; /* (nullable) in @place */
  AdwBin *place;
  GtkWidget *banner, *back, *start_over;
  TaiKioskIdle *idle;
  char *language; /* (owned) the hall's */
  guint quiet_s, thanks_timer, call_timer;
  guint n_touches;
  gint64 first_touch_us;
  TaiKioskState noted; /* in the journal */
  gboolean is_large, is_called, is_portrait, may_close;
};

G_DEFINE_FINAL_TYPE (TaiKioskWindow, tai_kiosk_window, ADW_TYPE_APPLICATION_WINDOW)

static void show_page (TaiKioskWindow *self, TaiKioskPageId id, const char *text);
static void build (TaiKioskWindow *self);

/* Going ---------------------------------------------------------------------------------------------------------------- */

static TaiClock *
clock_of (TaiKioskWindow *self)
{
  return tai_counter_get_clock (self->counter);
}

/* Before the first picture of the desk nothing is known: the first page stands there, and gets its doors with the prices. */
static gboolean
has_picture (TaiKioskWindow *self)
{
  return tai_counter_get_finder (self->counter) != NULL;
}

static TaiKioskState
get_state (TaiKioskWindow *self)
{
  if (!has_picture (self))
    return TAI_KIOSK_OPEN;
  return tai_kiosk_get_state (tai_counter_get_catalogue (self->counter),
                              tai_station_get_figures (tai_counter_get_station (self->counter)),
                              tai_clock_now (clock_of (self)));
}

static void
note (TaiKioskWindow *self, const char *kind, const char *detail)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (kind);
  args->more = g_strdup (detail);
  tai_counter_call (self->counter, tai_do_note, args, NULL, NULL);
}

static gboolean
is_as_found (TaiKioskWindow *self)
{
  return !self->is_large && g_str_equal (tai_language_get (), self->language);
}

/* The same customer begins again: his language and letters stay. */
static void
start_over (TaiKioskWindow *self)
{
  tai_kiosk_draft_wipe (&self->draft);
  show_page (self, TAI_KIOSK_WELCOME, NULL);
}

/* Nobody is here any more: as the hall has set it up. */
static void
forget (TaiKioskWindow *self)
{
  tai_kiosk_draft_wipe (&self->draft);
  if (!is_as_found (self)) {
    self->is_large = FALSE;
    tai_language_set (self->language);
    build (self);
  }
  show_page (self, TAI_KIOSK_WELCOME, NULL);
}

static void
thanks_over_cb (gpointer data)
{
  TaiKioskWindow *self = data;

  self->thanks_timer = 0;
  forget (self);
}

static void
end (TaiKioskWindow *self)
{
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
go_cb (TaiScreen *page, int id, const char *text, TaiKioskWindow *self)
{
  if ((gpointer)page == self->page)
    show_page (self, (TaiKioskPageId)id, text);
}

static void
next_cb (TaiScreen *page, TaiKioskWindow *self)
{
  TaiKioskPageId next = tai_kiosk_page_id_get_next (self->current);

  if ((gpointer)page != self->page)
    return;
  if (next == TAI_KIOSK_EXIT)
    end (self);
  else
    show_page (self, next, NULL);
}

static void
drop_page (TaiKioskWindow *self)
{
  if (self->thanks_timer != 0)
    tai_clock_cancel (clock_of (self), self->thanks_timer);
  self->thanks_timer = 0;
  if (self->page == NULL)
    return;
  tai_screen_leave (TAI_SCREEN (self->page));
  self->page = NULL;
  adw_bin_set_child (self->place, NULL);
}

/* What the corners do on this page. */
static void
adjust (TaiKioskWindow *self)
{
  gboolean is_first = self->current == TAI_KIOSK_WELCOME, is_closed = self->current == TAI_KIOSK_CLOSED;

  gtk_widget_set_sensitive (self->back, tai_kiosk_page_id_get_previous (self->current) != self->current);
  gtk_widget_set_sensitive (self->start_over, !is_first && !is_closed);
  tai_kiosk_idle_set_slow (self->idle, self->is_large);
  tai_kiosk_idle_set_watching (self->idle, self->current != TAI_KIOSK_THANKS &&
                                               ((!is_first && !is_closed) || !is_as_found (self)));
}

static void
show_page (TaiKioskWindow *self, TaiKioskPageId id, const char *text)
{
  g_autofree char *kept = g_strdup (text);

  if (id == TAI_KIOSK_WELCOME && get_state (self) != TAI_KIOSK_OPEN)
    id = TAI_KIOSK_CLOSED;
  drop_page (self);
  if (id == TAI_KIOSK_THANKS) {
    tai_kiosk_draft_wipe (&self->draft);
    self->thanks_timer = tai_clock_after (clock_of (self), THANKS_MS, thanks_over_cb, self);
  }
  self->current = id;
  self->page = tai_kiosk_page_new (id, self->counter, &self->draft);
  g_signal_connect (self->page, "go", G_CALLBACK (go_cb), self);
  g_signal_connect (self->page, "next", G_CALLBACK (next_cb), self);
  adw_bin_set_child (self->place, GTK_WIDGET (self->page));
  tai_screen_enter (TAI_SCREEN (self->page), kept);
  tai_kiosk_page_set_portrait (self->page, self->is_portrait);
  adjust (self);
}

/* The catalogue or the line is new. A customer who is at it finishes: the desk checks all again. */
static void
changed_cb (TaiKioskWindow *self)
{
  TaiKioskState state = get_state (self);

  if (state != self->noted) {
    self->noted = state;
    note (self, "kiosk_state", tai_kiosk_state_to_text (state));
  }
  if ((self->current == TAI_KIOSK_WELCOME && state != TAI_KIOSK_OPEN) ||
      (self->current == TAI_KIOSK_CLOSED && state == TAI_KIOSK_OPEN))
    show_page (self, TAI_KIOSK_WELCOME, NULL);
  else
    tai_screen_update (TAI_SCREEN (self->page));
}

static void
prices_changed_cb (TaiKioskWindow *self)
{
  if (self->current == TAI_KIOSK_WELCOME)
    show_page (self, TAI_KIOSK_WELCOME, NULL);
  changed_cb (self);
}

/* The corners ------------------------------------------------------------------------------------------------------------ */

static void
back_cb (TaiKioskWindow *self)
{
  show_page (self, tai_kiosk_page_id_get_previous (self->current), NULL);
}

static void
rebuild (TaiKioskWindow *self)
{
  TaiKioskPageId current = self->current;

  build (self);
  show_page (self, current, "again");
}

static void
language_cb (TaiKioskWindow *self)
{
  tai_language_set (tai_language_is_chinese () ? "en" : "zh_CN");
  rebuild (self);
}

static void
large_cb (TaiKioskWindow *self)
{
  self->is_large = !self->is_large;
  rebuild (self);
}

static void
set_called (TaiKioskWindow *self, gboolean is_called)
{
  self->is_called = is_called;
  gtk_widget_set_visible (self->banner, is_called);
  if (self->call_timer != 0)
    tai_clock_cancel (clock_of (self), self->call_timer);
  self->call_timer = 0;
}

static void
call_over_cb (gpointer data)
{
  TaiKioskWindow *self = data;

  self->call_timer = 0;
  set_called (self, FALSE);
}

static void
call_cb (TaiKioskWindow *self)
{
  if (!self->is_called)
    note (self, "kiosk_staff_called", NULL);
  set_called (self, TRUE);
  self->call_timer = tai_clock_after (clock_of (self), CALL_MS, call_over_cb, self);
}

static void
answered_cb (TaiKioskWindow *self)
{
  set_called (self, FALSE);
}

/* The way out that nobody finds by chance. */
static void
hall_cb (TaiKioskWindow *self)
{
  gint64 now = tai_clock_monotonic (clock_of (self));

  if (self->n_touches == 0 || now - self->first_touch_us > EXIT_WITHIN_S * G_USEC_PER_SEC) {
    self->n_touches = 0;
    self->first_touch_us = now;
  }
  if (++self->n_touches < EXIT_TOUCHES)
    return;
  self->n_touches = 0;
  tai_kiosk_draft_wipe (&self->draft);
  show_page (self, TAI_KIOSK_STAFF, NULL);
}

/* What does not get through ------------------------------------------------------------------------------------------------ */

static gboolean
is_harmless (guint keyval, GdkModifierType state)
{
  static const guint keys[] = {GDK_KEY_Tab,    GDK_KEY_ISO_Left_Tab, GDK_KEY_Return, GDK_KEY_KP_Enter,
                               GDK_KEY_space,  GDK_KEY_BackSpace,    GDK_KEY_Delete, GDK_KEY_KP_Delete,
                               GDK_KEY_Up,     GDK_KEY_Down,         GDK_KEY_Left,   GDK_KEY_Right,
                               GDK_KEY_period, GDK_KEY_KP_Decimal};

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK | GDK_HYPER_MASK)) != 0)
    return FALSE;
  if ((keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9) || (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keyval == keys[i])
      return TRUE;
  return FALSE;
}

/* A keyboard may hang on it (a keypad for who cannot touch): what types and moves gets through, no shortcut does. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state,
                TaiKioskWindow *self)
{
  if (!is_harmless (keyval, state))
    return GDK_EVENT_STOP;
  if (!tai_kiosk_idle_is_counting (self->idle))
    tai_kiosk_idle_touch (self->idle);
  return GDK_EVENT_PROPAGATE;
}

/* While it counts down, the countdown's own buttons and its ground hear the touch. */
static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, TaiKioskWindow *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if ((type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN) && !tai_kiosk_idle_is_counting (self->idle))
    tai_kiosk_idle_touch (self->idle);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
tai_kiosk_window_close_request (GtkWindow *window)
{
  TaiKioskWindow *self = TAI_KIOSK_WINDOW (window);

  if (!self->may_close)
    return GDK_EVENT_STOP;
  return GTK_WINDOW_CLASS (tai_kiosk_window_parent_class)->close_request (window);
}

/* Ctrl+Shift+I and Ctrl+Shift+D of GTK, should they get this far: nothing opens. */
static gboolean
tai_kiosk_window_enable_debugging (GtkWindow *window, gboolean toggle)
{
  return TRUE;
}

/* The window ---------------------------------------------------------------------------------------------------------------- */

static gboolean
turn_cb (gpointer data)
{
  TaiKioskWindow *self = data;

  if (self->is_portrait)
    gtk_widget_add_css_class (GTK_WIDGET (self), "portrait");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "portrait");
  if (self->page != NULL)
    tai_kiosk_page_set_portrait (self->page, self->is_portrait);
  return G_SOURCE_REMOVE;
}

/* Not while the sizes are given out. */
static void
tai_kiosk_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TaiKioskWindow *self = TAI_KIOSK_WINDOW (widget);
  gboolean is_portrait = height > width;

  GTK_WIDGET_CLASS (tai_kiosk_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (is_portrait == self->is_portrait)
    return;
  self->is_portrait = is_portrait;
  g_idle_add_full (G_PRIORITY_DEFAULT, turn_cb, g_object_ref (self), g_object_unref);
}

static GtkWidget *
add_button (TaiKioskWindow *self, GtkWidget *bar, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  tai_ui_name (button, label);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (bar), button);
  return button;
}

/* Between the corners, where nothing moves when it comes and goes. */
static GtkWidget *
new_middle (GtkWidget *child)
{
  GtkWidget *middle = adw_bin_new ();

  gtk_widget_set_hexpand (middle, TRUE);
  adw_bin_set_child (ADW_BIN (middle), child);
  return middle;
}

static GtkWidget *
new_bar (const char *style)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (bar, "kiosk-bar");
  gtk_widget_add_css_class (bar, style);
  return bar;
}

static GtkWidget *
build_banner (TaiKioskWindow *self)
{
  GtkWidget *bar =
      g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "spacing", 12, NULL);
  GtkWidget *words = gtk_label_new (_ ("Staff is wanted here. Please stay, a colleague will come."));

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (bar), gtk_image_new_from_icon_name ("dialog-information-symbolic"));
  gtk_box_append (GTK_BOX (bar), words);
  add_button (self, bar, _ ("Someone is here"), G_CALLBACK (answered_cb));
  gtk_widget_add_css_class (bar, "kiosk-banner");
  gtk_widget_set_visible (bar, self->is_called);
  return bar;
}

/* Never to be mistaken for the real thing. */
static GtkWidget *
build_class_note (TaiKioskWindow *self)
{
  const char *klass = tai_counter_get_terminal (self->counter)->klass;
  GtkWidget *words = gtk_label_new (g_strcmp0 (klass, "training") == 0 ? _ ("Training: nothing here is real")
                                                                       : _ ("Demo: nothing here is real"));

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (words, "training");
  gtk_widget_set_visible (words, g_strcmp0 (klass, "production") != 0);
  return new_middle (words);
}

static GtkWidget *
build_top (TaiKioskWindow *self)
{
  const TaiTerminal *terminal = tai_counter_get_terminal (self->counter);
  GtkWidget *bar = new_bar ("top"), *hall = add_button (self, bar, terminal->hall_name, G_CALLBACK (hall_cb));

  gtk_widget_set_focusable (hall, FALSE); /* for the finger of who knows */
  gtk_widget_add_css_class (hall, "flat");
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (hall))), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (bar), build_class_note (self));
  /* each in the words of who looks for it */
  add_button (self, bar, tai_language_is_chinese () ? "English" : "中文", G_CALLBACK (language_cb));
  add_button (self, bar, self->is_large ? _ ("Normal type") : _ ("Large type"), G_CALLBACK (large_cb));
  add_button (self, bar, _ ("Call staff"), G_CALLBACK (call_cb));
  return bar;
}

static GtkWidget *
build_bottom (TaiKioskWindow *self)
{
  GtkWidget *bar = new_bar ("bottom");

  self->back = add_button (self, bar, _ ("Back"), G_CALLBACK (back_cb));
  self->banner = build_banner (self);
  gtk_box_append (GTK_BOX (bar), new_middle (self->banner));
  self->start_over = add_button (self, bar, _ ("Start over"), G_CALLBACK (start_over));
  return bar;
}

static GtkWidget *
build_middle (TaiKioskWindow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->place = ADW_BIN (adw_bin_new ());
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroller), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->place));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);
  return scroller;
}

/* All of it anew, in the language and the letters of now. */
static void
build (TaiKioskWindow *self)
{
  GtkWidget *overlay = gtk_overlay_new (), *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  drop_page (self);
  if (self->is_large)
    gtk_widget_add_css_class (GTK_WIDGET (self), "large");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "large");
  gtk_box_append (GTK_BOX (all), build_top (self));
  gtk_box_append (GTK_BOX (all), build_middle (self));
  gtk_box_append (GTK_BOX (all), build_bottom (self));
  self->idle = TAI_KIOSK_IDLE (tai_kiosk_idle_new (clock_of (self), self->quiet_s, TAI_KIOSK_ANSWER_S));
  g_signal_connect_swapped (self->idle, "expired", G_CALLBACK (forget), self);
  g_signal_connect_swapped (self->idle, "start-over", G_CALLBACK (start_over), self);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), all);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->idle));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), overlay);
}

static void
tai_kiosk_window_dispose (GObject *object)
{
  TaiKioskWindow *self = TAI_KIOSK_WINDOW (object);

  if (self->counter != NULL) {
    drop_page (self);
    if (self->call_timer != 0)
      tai_clock_cancel (clock_of (self), self->call_timer);
    self->call_timer = 0;
    g_signal_handlers_disconnect_by_data (self->counter, self);
    g_signal_handlers_disconnect_by_data (tai_counter_get_station (self->counter), self);
  }
  tai_kiosk_draft_wipe (&self->draft);
  g_clear_object (&self->counter);
  g_clear_pointer (&self->language, g_free);
  G_OBJECT_CLASS (tai_kiosk_window_parent_class)->dispose (object);
}

static void
tai_kiosk_window_class_init (TaiKioskWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_kiosk_window_dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = tai_kiosk_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = tai_kiosk_window_close_request;
  GTK_WINDOW_CLASS (klass)->enable_debugging = tai_kiosk_window_enable_debugging;
}

static void
tai_kiosk_window_init (TaiKioskWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kiosk");
}

TaiKioskWindow *
tai_kiosk_window_new (GtkApplication *application, TaiCounter *counter, guint quiet_s)
{
  TaiKioskWindow *self =
      g_object_new (TAI_TYPE_KIOSK_WINDOW, "application", application, "title", _ ("Guitai"), "default-width",
                    1280, "default-height", 720, "decorated", FALSE, "deletable", FALSE, NULL);

  self->counter = g_object_ref (counter);
  self->language = g_strdup (tai_language_get ());
  self->quiet_s = quiet_s != 0 ? quiet_s : TAI_KIOSK_QUIET_S;
  build (self);
  show_page (self, TAI_KIOSK_WELCOME, NULL);
  g_signal_connect_swapped (counter, "notify::catalogue", G_CALLBACK (prices_changed_cb), self);
  g_signal_connect_swapped (tai_counter_get_station (counter), "changed", G_CALLBACK (changed_cb), self);
  gtk_window_fullscreen (GTK_WINDOW (self));
  return self;
}
