/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the top. A state is a picture and a word, never a colour alone. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-status-bar.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-widget.h"
#include "tai-words.h"

#define TICK_MS 1000

struct _TaiStatusBar {
  GtkWidget parent;
  TaiCounter *counter; /* (owned) */
  GtkWidget *place, *line, *clock;
  GtkWidget *lights[TAI_N_STATION_DEVICES];
  guint timer;
};

G_DEFINE_FINAL_TYPE (TaiStatusBar, tai_status_bar, GTK_TYPE_WIDGET)

/* Lights ----------------------------------------------------------------------------------------------------------------- */

static const char *const device_icons[] = {
    [TAI_STATION_READER] = "auth-smartcard-symbolic",      [TAI_STATION_RECEIPT] = "printer-symbolic",
    [TAI_STATION_FORM] = "document-print-symbolic",        [TAI_STATION_CARD] = "phone-symbolic",
    [TAI_STATION_DRAWER] = "system-file-manager-symbolic",
};

static const char *
get_device_words (TaiStationDevice device)
{
  switch (device) {
  case TAI_STATION_READER:
    return _ ("Card reader");
  case TAI_STATION_RECEIPT:
    return _ ("Receipt printer");
  case TAI_STATION_CARD:
    return _ ("Bank terminal");
  case TAI_STATION_DRAWER:
    return _ ("Cash drawer");
  default:
    return _ ("Form printer");
  }
}

/* It is open or shut; UNKNOWN: nothing tells, or it was not tried. */
static const char *
get_drawer_words (TaiLight light)
{
  switch (light) {
  case TAI_LIGHT_READY:
    return C_ ("drawer", "shut");
  case TAI_LIGHT_BUSY:
    return C_ ("drawer", "open");
  default:
    return C_ ("drawer", "left open");
  }
}

static const char *
get_light_words (TaiStationDevice device, TaiLight light)
{
  if (device == TAI_STATION_DRAWER && light > TAI_LIGHT_UNKNOWN)
    return get_drawer_words (light);
  switch (light) {
  case TAI_LIGHT_NONE:
    return _ ("none");
  case TAI_LIGHT_UNKNOWN:
    return _ ("not tried yet");
  case TAI_LIGHT_READY:
    return _ ("ready");
  case TAI_LIGHT_BUSY:
    return _ ("at work");
  default:
    return _ ("fault");
  }
}

static const char *
get_drawer_advice (TaiLight light)
{
  switch (light) {
  case TAI_LIGHT_UNKNOWN:
    return _ (
        "nothing tells whether it is open: it was not opened yet, has no switch, or its printer does not answer.");
  case TAI_LIGHT_READY:
    return _ ("shut.");
  case TAI_LIGHT_BUSY:
    return _ ("open. Shut it when the money is in.");
  default:
    return _ ("it was left open. Shut it; this stays until it is shut. Selling goes on.");
  }
}

static const char *
get_light_advice (TaiStationDevice device, TaiLight light)
{
  if (device == TAI_STATION_DRAWER && light != TAI_LIGHT_NONE)
    return get_drawer_advice (light);
  switch (light) {
  case TAI_LIGHT_NONE:
    return _ ("none is set up at this terminal. Hall IT sets it up.");
  case TAI_LIGHT_UNKNOWN:
    return _ ("not tried yet. It is tried when it is needed first.");
  case TAI_LIGHT_READY:
    return _ ("ready. The last try went well.");
  case TAI_LIGHT_BUSY:
    return device == TAI_STATION_READER ? _ ("waits for a card.") : _ ("at work.");
  default:
    if (device == TAI_STATION_CARD)
      return _ (
          "the last card payment got no answer. Look whether the terminal has power and its cable is in; what is unclear is asked for by itself.");
    return device == TAI_STATION_READER
               ? _ ("the last try failed. Look whether it has power and its cable is in, then read the card again.")
               : _ ("the last paper may not have come out. Look at paper, cover and power; then print it again from “Not finished”.");
  }
}

char *
tai_status_bar_explain (TaiCounter *counter, TaiStationDevice device)
{
  const TaiStationFigures *figures = tai_station_get_figures (tai_counter_get_station (counter));
  const char *advice = get_light_advice (device, figures->lights[device]);
  g_autofree char *time = NULL;

  if (figures->faults[device] == NULL)
    return g_strdup_printf (_ ("%s: %s"), get_device_words (device), advice);
  time =
      tai_words_day_and_time (figures->fault_us[device], tai_counter_get_terminal (counter)->utc_offset_min);
  /* TRANSLATORS: device, how it stands, when its last fault was, and which */
  return g_strdup_printf (_ ("%s: %s Last fault, %s: %s"), get_device_words (device), advice, time,
                          figures->faults[device]);
}

/* In two rows rather than cut. */
static void
let_wrap (GtkWidget *label)
{
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
}

static GtkWidget *
get_words (GtkWidget *light)
{
  return gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (light)));
}

static void
show_light (TaiStatusBar *self, TaiStationDevice device, TaiLight light)
{
  GtkWidget *label = get_words (self->lights[device]);
  g_autofree char *more = tai_status_bar_explain (self->counter, device);
  g_autofree char *words =
      g_strdup_printf ("%s: %s", get_device_words (device), get_light_words (device, light));
  const char *classes[] = {"flat", "light",
                           light == TAI_LIGHT_FAULT     ? "problem"
                           : light == TAI_LIGHT_UNKNOWN ? "dim-label"
                                                        : NULL,
                           NULL};

  gtk_widget_set_css_classes (self->lights[device], classes);
  gtk_widget_set_visible (self->lights[device], light != TAI_LIGHT_NONE);
  gtk_label_set_text (GTK_LABEL (label), get_light_words (device, light));
  gtk_widget_set_visible (label, light != TAI_LIGHT_UNKNOWN); /* nothing is known, nothing takes room */
  gtk_widget_set_tooltip_text (self->lights[device], more);
  tai_ui_name (self->lights[device], words);
}

/* A picture and its word, to be pressed. Without the focus: what it says is reached by the menu, too. */
static GtkWidget *
new_button (const char *icon)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  return button;
}

static GtkWidget *
new_light (TaiStationDevice device)
{
  GtkWidget *light = new_button (device_icons[device]);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (light), "counter.light");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (light), "i", (gint32)device);
  return light;
}

/* The line ------------------------------------------------------------------------------------------------------------------ */

static void
show_line (TaiStatusBar *self, const TaiStationFigures *figures)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean is_bad = figures->n_quarantined > 0 || figures->paused;
  const char *classes[] = {"flat", "light", is_bad ? "problem" : figures->on_line ? NULL : "off-line", NULL};

  g_string_append (words, figures->paused    ? _ ("Not let in")
                          : figures->on_line ? _ ("On line")
                                             : _ ("Off line"));
  /* TRANSLATORS: customers' sales, of which one is several records; "300+" when there are more */
  if (figures->n_visits > 0)
    g_string_append_printf (words, _ (" · %d%s to upload"), (int)figures->n_visits,
                            figures->more_visits ? "+" : "");
  if (figures->n_quarantined > 0)
    g_string_append_printf (words, _ (" · %d rejected"), (int)figures->n_quarantined);
  gtk_label_set_text (GTK_LABEL (get_words (self->line)), words->str);
  gtk_image_set_from_icon_name (
      GTK_IMAGE (gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (self->line)))),
      figures->on_line ? "network-transmit-receive-symbolic" : "network-offline-symbolic");
  gtk_widget_set_css_classes (self->line, classes);
  tai_ui_name (self->line, words->str);
}

static void
show_figures (TaiStatusBar *self)
{
  const TaiStationFigures *figures = tai_station_get_figures (tai_counter_get_station (self->counter));

  show_line (self, figures);
  for (guint i = 0; i < TAI_N_STATION_DEVICES; i++)
    show_light (self, i, figures->lights[i]);
}

static void
show_place (TaiStatusBar *self)
{
  const TaiTerminal *terminal = tai_counter_get_terminal (self->counter);
  const TaiStaff *staff = tai_counter_get_staff (self->counter);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%s · desk %s"), terminal->hall_name, terminal->desk);
  if (staff != NULL)
    g_string_append_printf (text, " · %s %s", staff->number, staff->name);
  if (g_strcmp0 (terminal->klass, "production") != 0)
    g_string_append_printf (text, " · %s",
                            g_strcmp0 (terminal->klass, "training") == 0 ? _ ("Training") : _ ("Demo"));
  gtk_label_set_text (GTK_LABEL (self->place), text->str);
}

static void
tick_cb (gpointer data)
{
  TaiStatusBar *self = data;
  TaiClock *clock = tai_counter_get_clock (self->counter);
  g_autofree char *time =
      tai_words_time (tai_clock_now (clock), tai_counter_get_terminal (self->counter)->utc_offset_min);

  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->clock)), time) != 0)
    gtk_label_set_text (GTK_LABEL (self->clock), time);
  self->timer = tai_clock_after (clock, TICK_MS, tick_cb, self);
}

static void
tai_status_bar_dispose (GObject *object)
{
  TaiStatusBar *self = TAI_STATUS_BAR (object);

  if (self->timer != 0)
    tai_clock_cancel (tai_counter_get_clock (self->counter), self->timer);
  self->timer = 0;
  tai_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (tai_status_bar_parent_class)->dispose (object);
}

static void
tai_status_bar_class_init (TaiStatusBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_status_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "statusbar");
}

static void
tai_status_bar_init (TaiStatusBar *self)
{
  GtkWidget *parent = GTK_WIDGET (self);

  self->place = gtk_label_new (NULL);
  let_wrap (self->place); /* large text on a small screen */
  gtk_label_set_xalign (GTK_LABEL (self->place), 0);
  gtk_widget_set_hexpand (self->place, TRUE);
  gtk_widget_set_parent (self->place, parent);
  self->line = new_button ("network-offline-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->line), "counter.page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->line), "s", "line");
  gtk_widget_set_tooltip_text (self->line, _ ("Upload status"));
  gtk_widget_set_parent (self->line, parent);
  for (guint i = 0; i < TAI_N_STATION_DEVICES; i++) {
    self->lights[i] = new_light (i);
    gtk_widget_set_parent (self->lights[i], parent);
  }
  self->clock = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->clock, "numeric");
  gtk_widget_set_parent (self->clock, parent);
}

GtkWidget *
tai_status_bar_new (TaiCounter *counter)
{
  TaiStatusBar *self = g_object_new (TAI_TYPE_STATUS_BAR, NULL);

  self->counter = g_object_ref (counter);
  g_signal_connect_object (counter, "notify::staff-number", G_CALLBACK (show_place), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tai_counter_get_station (counter), "changed", G_CALLBACK (show_figures), self,
                           G_CONNECT_SWAPPED);
  show_place (self);
  show_figures (self);
  tick_cb (self);
  return GTK_WIDGET (self);
}
