/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help as pages to be read, not as a message to be got rid of. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-help-window.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-operation-words.h"
#include "tai-operation.h"

#define ICON         "org.guitai.Guitai"
#define MAX_IN_GROUP 7 /* as many as large text has room for on a small screen */

/* A page -------------------------------------------------------------------------------------------------------------------- */

static void
add_label (GtkBox *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
}

static gboolean
close_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
add_close_key (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (close_cb, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
}

/* Which verbs do something on which screen; Help and Back always do. */
static gboolean
works_here (TaiScreenId id, TaiKey key)
{
  switch (key) {
  case TAI_KEY_HELP:
    return TRUE;
  case TAI_KEY_PRINT:
    return id == TAI_SCREEN_DONE || id == TAI_SCREEN_RECEIPT || id == TAI_SCREEN_ORDER;
  case TAI_KEY_PLAN:
    return tai_screen_id_has_sides (id) && id != TAI_SCREEN_HOME && id != TAI_SCREEN_DONE;
  default:
    return id != TAI_SCREEN_SIGN_IN;
  }
}

/* Two pairs in a row of the grid. */
static void
add_pair (GtkGrid *grid, guint n, const char *name, const char *words)
{
  GtkWidget *left = gtk_label_new (name), *right = gtk_label_new (words);
  int column = (int)(n % 2) * 2, row = (int)(n / 2);

  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_xalign (GTK_LABEL (right), 0);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_widget_set_size_request (right, 150, -1);
  gtk_widget_add_css_class (left, "key-name");
  gtk_grid_attach (grid, left, column, row, 1, 1);
  gtk_grid_attach (grid, right, column + 1, row, 1, 1);
}

static GtkWidget *
new_key_grid (TaiScreenId id, TaiKeyMap *keys)
{
  GtkWidget *grid = gtk_grid_new ();
  guint n = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (guint key = 0; key < TAI_N_KEYS; key++) {
    g_autofree char *name = tai_key_map_get_label (keys, key);
    if (works_here (id, key))
      add_pair (GTK_GRID (grid), n++, name, tai_key_get_label (key));
  }
  return grid;
}

/* What the command box begins, by its letters: a new business is there by itself. */
static GtkWidget *
new_business_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();
  guint n_all, n = 0;
  const TaiOperation *all = tai_operation_get_all (&n_all);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (guint i = 0; i < n_all; i++)
    if (tai_operation_has_steps (&all[i]))
      add_pair (GTK_GRID (grid), n++, all[i].code, tai_operation_words_get_title (all[i].id));
  return grid;
}

static GtkWidget *
new_page (TaiScreenId id, TaiKeyMap *keys)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (box, "help-page");
  add_label (GTK_BOX (box), _ ("What to do here"), "heading");
  add_label (GTK_BOX (box), tai_screen_id_get_help (id), NULL);
  if (id == TAI_SCREEN_HOME) {
    add_label (GTK_BOX (box), _ ("What can be typed"), "heading");
    gtk_box_append (GTK_BOX (box), new_business_grid ());
  }
  add_label (GTK_BOX (box), _ ("Keys that work here"), "heading");
  gtk_box_append (GTK_BOX (box), new_key_grid (id, keys));
  add_label (GTK_BOX (box), _ ("Without a line"), "heading");
  add_label (GTK_BOX (box), tai_screen_id_get_off_line_help (id), NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

void
tai_help_window_show (GtkWindow *parent, TaiScreenId id, TaiKeyMap *keys)
{
  GtkWidget *window = adw_window_new (), *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *close = gtk_button_new ();
  g_autofree char *title = g_strdup_printf (_ ("Help: %s"), tai_screen_id_get_title (id));

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 680, 600);
  gtk_box_append (GTK_BOX (all), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (all), new_page (id, keys));
  tai_ui_label_button (GTK_BUTTON (close), _ ("_Close"));
  gtk_widget_add_css_class (close, "large-button");
  gtk_widget_set_halign (close, GTK_ALIGN_END);
  gtk_widget_set_margin_end (close, 12);
  gtk_widget_set_margin_bottom (close, 12);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (gtk_window_close), window);
  gtk_box_append (GTK_BOX (all), close);
  adw_window_set_content (ADW_WINDOW (window), all);
  add_close_key (window);
  gtk_window_set_focus (GTK_WINDOW (window), close);
  gtk_window_present (GTK_WINDOW (window));
}

/* All keys ------------------------------------------------------------------------------------------------------------------- */

static void
add_shortcut (GString *xml, const char *accel, const char *title)
{
  g_autofree char *text = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsShortcut'><property name='accelerator'>%s</property>"
      "<property name='title'>%s</property></object></child>",
      accel, title);

  g_string_append (xml, text);
}

static void
begin_group (GString *xml, const char *title)
{
  g_autofree char *text = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", title);

  g_string_append (xml, text);
}

/* GTK 4.8 builds such a window from XML only. */
void
tai_help_window_show_keys (GtkWindow *parent, TaiKeyMap *keys)
{
  g_autoptr (GString) xml = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'><child>"
                                          "<object class='GtkShortcutsSection'>"
                                          "<property name='section-name'>all</property>"
                                          "<property name='max-height'>8</property>");
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window;

  for (guint key = 0; key < TAI_N_KEYS; key++) {
    if (key % MAX_IN_GROUP == 0)
      begin_group (xml, key == 0 ? _ ("On every screen") : "");
    add_shortcut (xml, tai_key_map_get_accel (keys, key), tai_key_get_label (key));
    if (key % MAX_IN_GROUP == MAX_IN_GROUP - 1)
      g_string_append (xml, "</object></child>");
  }
  add_shortcut (xml, "<Control>question", _ ("All keys"));
  g_string_append (xml, "</object></child>");
  begin_group (xml, _ ("In fields and lists"));
  add_shortcut (xml, "Return", _ ("Take it, go on"));
  add_shortcut (xml, "Up Down", _ ("Choose a line"));
  add_shortcut (xml, "space", _ ("Take a line or leave it"));
  add_shortcut (xml, "Tab", _ ("To the next field or button"));
  g_string_append (xml, "</object></child></object></child></object></interface>");
  builder = gtk_builder_new_from_string (xml->str, -1);
  window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_modal (window, TRUE);
  gtk_window_present (window);
}

/* About ------------------------------------------------------------------------------------------------------------------------ */

void
tai_help_window_show_about (GtkWindow *parent)
{
  GtkWidget *window = adw_about_window_new ();
  GtkIconTheme *icons = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (parent)));

  if (gtk_icon_theme_has_icon (icons, ICON)) /* where the program is installed */
    adw_about_window_set_application_icon (ADW_ABOUT_WINDOW (window), ICON);
  g_object_set (window, "application-name", _ ("Guitai"), "version", TAI_VERSION, "comments",
                _ ("The counter of a service hall: card, plan, money, receipt, with and without a line."),
                "license-type", GTK_LICENSE_GPL_3_0, NULL);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
