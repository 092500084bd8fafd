/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The supervisor's window: a few of the counter's screens without its flow. Esc goes back the way one came. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-supervisor-window.h"

#include <glib/gi18n.h>

#include "tai-do.h"
#include "tai-idle-lock.h"
#include "tai-screen.h"
#include "tai-status-bar.h"

#define MAX_WAY 16

struct _TaiSupervisorWindow {
  AdwApplicationWindow parent;
  TaiCounter *counter; /* (owned) */
  GtkStack *stack;
  TaiScreen *screens[TAI_N_SCREENS]; /* (nullable) made when first shown */
  TaiScreenId current;
  TaiScreenId way[MAX_WAY]; /* how one came here; the last is where Esc goes */
  guint n_way;
  TaiIdleLock *idle_lock; /* (owned) */
};

G_DEFINE_FINAL_TYPE (TaiSupervisorWindow, tai_supervisor_window, ADW_TYPE_APPLICATION_WINDOW)

static const TaiKey keys[] = {TAI_KEY_HELP, TAI_KEY_FIND, TAI_KEY_PRINT, TAI_KEY_BACK, TAI_KEY_LOCK};
static const TaiScreenId places[] = {TAI_SCREEN_SIGN_IN, TAI_SCREEN_REPORT,  TAI_SCREEN_MOVEMENTS,
                                     TAI_SCREEN_ORDERS,  TAI_SCREEN_RECEIPT, TAI_SCREEN_LINE};

/* Going ------------------------------------------------------------------------------------------------------------------ */

static gboolean
is_place (TaiScreenId id)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] == id)
      return TRUE;
  return FALSE;
}

static void go_cb (TaiScreen *screen, int id, const char *text, TaiSupervisorWindow *self);
static void next_cb (TaiScreen *screen, TaiSupervisorWindow *self);

static TaiScreen *
get_screen (TaiSupervisorWindow *self, TaiScreenId id)
{
  TaiScreen *screen = self->screens[id];

  if (screen != NULL)
    return screen;
  self->screens[id] = screen = tai_screen_new (id, self->counter);
  tai_screen_set_title (screen, tai_screen_id_get_title (id));
  gtk_stack_add_named (self->stack, GTK_WIDGET (screen), tai_screen_id_to_name (id));
  g_signal_connect (screen, "go", G_CALLBACK (go_cb), self);
  g_signal_connect (screen, "next", G_CALLBACK (next_cb), self);
  return screen;
}

static void
show_screen (TaiSupervisorWindow *self, TaiScreenId id, const char *text)
{
  TaiScreen *before = self->screens[self->current], *screen;
  g_autofree char *kept = g_strdup (text);

  if (tai_screen_id_needs_staff (id) &&
      (tai_counter_get_staff (self->counter) == NULL || tai_counter_is_locked (self->counter)))
    id = TAI_SCREEN_SIGN_IN;
  screen = get_screen (self, id);
  if (before != NULL)
    tai_screen_leave (before);
  self->current = id;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (screen));
  tai_screen_enter (screen, kept);
}

/* Home again cuts the way. */
static void
go_cb (TaiScreen *screen, int id, const char *text, TaiSupervisorWindow *self)
{
  if (screen != self->screens[self->current] || !is_place (id))
    return;
  if (id == TAI_SCREEN_REPORT)
    self->n_way = 0;
  else if (self->n_way < MAX_WAY)
    self->way[self->n_way++] = self->current;
  show_screen (self, id, text);
}

/* Signed in. */
static void
next_cb (TaiScreen *screen, TaiSupervisorWindow *self)
{
  self->n_way = 0;
  show_screen (self, TAI_SCREEN_REPORT, NULL);
}

static void
go_back (TaiSupervisorWindow *self)
{
  if (self->current == TAI_SCREEN_SIGN_IN || tai_screen_back (self->screens[self->current]))
    return;
  if (self->current != TAI_SCREEN_REPORT)
    show_screen (self, self->n_way > 0 ? self->way[--self->n_way] : TAI_SCREEN_REPORT, NULL);
}

/* Keys ------------------------------------------------------------------------------------------------------------------- */

static void
show_help (TaiSupervisorWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), tai_screen_id_get_title (self->current),
                                              tai_screen_id_get_help (self->current));

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
locked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiSupervisorWindow *self = owner;
  const TaiStaff *staff = tai_counter_get_staff (self->counter);

  show_screen (self, TAI_SCREEN_SIGN_IN, staff != NULL ? staff->number : NULL);
}

static void
key_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiSupervisorWindow *self = TAI_SUPERVISOR_WINDOW (widget);
  TaiKey key = (TaiKey)g_variant_get_int32 (parameter);

  if (key == TAI_KEY_HELP)
    show_help (self);
  else if (key == TAI_KEY_BACK)
    go_back (self);
  else if (self->current == TAI_SCREEN_SIGN_IN || tai_screen_press (self->screens[self->current], key))
    return;
  else if (key == TAI_KEY_FIND && self->current != TAI_SCREEN_ORDERS)
    go_cb (self->screens[self->current], TAI_SCREEN_ORDERS, NULL, self);
  else if (key == TAI_KEY_LOCK)
    tai_counter_call (self->counter, tai_do_lock, NULL, locked_cb, self);
}

static void
figures_changed_cb (TaiSupervisorWindow *self)
{
  if (self->screens[self->current] != NULL)
    tai_screen_update (self->screens[self->current]);
}

/* The window --------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
new_key_button (TaiKey key)
{
  guint keyval;
  GdkModifierType mods;
  g_autofree char *key_name = NULL;
  g_autofree char *text = NULL;
  GtkWidget *button;

  gtk_accelerator_parse (tai_key_get_default_accel (key), &keyval, &mods);
  key_name = keyval == GDK_KEY_Escape ? g_strdup ("Esc") : gtk_accelerator_get_label (keyval, mods);
  text = g_strdup_printf ("%s %s", key_name, tai_key_get_label (key));
  button = gtk_button_new_with_label (text);
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "supervisor.key");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", (gint32)key);
  return button;
}

static void
tai_supervisor_window_dispose (GObject *object)
{
  TaiSupervisorWindow *self = TAI_SUPERVISOR_WINDOW (object);

  g_clear_pointer (&self->idle_lock, tai_idle_lock_free);
  if (self->counter != NULL)
    g_signal_handlers_disconnect_by_data (tai_counter_get_station (self->counter), self);
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (tai_supervisor_window_parent_class)->dispose (object);
}

static void
tai_supervisor_window_class_init (TaiSupervisorWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_supervisor_window_dispose;
  gtk_widget_class_install_action (widget_class, "supervisor.key", "i", key_action_cb);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    guint keyval;
    GdkModifierType mods;
    gtk_accelerator_parse (tai_key_get_default_accel (keys[i]), &keyval, &mods);
    gtk_widget_class_add_binding_action (widget_class, keyval, mods, "supervisor.key", "i", (gint32)keys[i]);
  }
}

static void
tai_supervisor_window_init (TaiSupervisorWindow *self)
{
  self->current = TAI_SCREEN_SIGN_IN;
}

static void
build (TaiSupervisorWindow *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
            *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *header = adw_header_bar_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_box_append (GTK_BOX (bar), new_key_button (keys[i]));
  gtk_widget_add_css_class (bar, "key-bar");
  adw_header_bar_set_centering_policy (ADW_HEADER_BAR (header), ADW_CENTERING_POLICY_LOOSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), tai_status_bar_new (self->counter));
  gtk_box_append (GTK_BOX (all), header);
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (all), bar);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), all);
}

TaiSupervisorWindow *
tai_supervisor_window_new (GtkApplication *application, TaiCounter *counter)
{
  TaiSupervisorWindow *self = g_object_new (TAI_TYPE_SUPERVISOR_WINDOW, "application", application, "title",
                                            _ ("Guitai"), "default-width", 1280, "default-height", 720, NULL);

  self->counter = g_object_ref (counter);
  build (self);
  g_signal_connect_swapped (tai_counter_get_station (counter), "changed", G_CALLBACK (figures_changed_cb),
                            self);
  self->idle_lock = tai_idle_lock_new (GTK_WIDGET (self), self->counter, locked_cb);
  show_screen (self, TAI_SCREEN_SIGN_IN, NULL);
  return self;
}
