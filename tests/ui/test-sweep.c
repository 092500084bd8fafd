/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sweep finds what it is for, and nothing else; tai_ui_name gives one name. */
#include "tai-sweep.h"

#include "tai-accessible.h"
#include "tai-ui-rig.h"

static GtkWidget *
make_button (const char *label)
{
  GtkWidget *button = gtk_button_new ();

  if (label != NULL)
    tai_ui_label_button (GTK_BUTTON (button), label);
  else
    gtk_button_set_child (GTK_BUTTON (button), gtk_image_new_from_icon_name ("open-menu-symbolic"));
  gtk_widget_set_size_request (button, TAI_SWEEP_COUNTER_MIN, TAI_SWEEP_COUNTER_MIN);
  return button;
}

static void
test_sweep (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *menu = make_button (NULL),
            *entry = gtk_entry_new ();
  GtkWidget *window, *small = gtk_button_new_with_label ("Small"), *hidden = make_button (NULL), *again;

  gtk_widget_set_size_request (entry, -1, TAI_SWEEP_COUNTER_MIN);
  gtk_widget_set_visible (hidden, FALSE);
  gtk_box_append (GTK_BOX (box), make_button ("_Pay"));
  gtk_box_append (GTK_BOX (box), make_button ("_Cancel"));
  gtk_box_append (GTK_BOX (box), hidden);
  window = tai_ui_rig_show (box);
  g_assert_cmpuint (tai_sweep (window, TAI_SWEEP_COUNTER_MIN), ==, 0);
  g_assert_cmpuint (tai_sweep (window, 400), ==, 2 * 1); /* each too small */

  gtk_box_append (GTK_BOX (box), menu);
  gtk_box_append (GTK_BOX (box), entry);
  tai_ui_rig_pass_ms (60);
  g_assert_cmpuint (tai_sweep (window, TAI_SWEEP_COUNTER_MIN), ==, 2); /* nameless */
  tai_ui_name (menu, "Main menu");
  tai_ui_name (entry, "Name");
  g_assert_cmpuint (tai_sweep (window, TAI_SWEEP_COUNTER_MIN), ==, 0);

  again = make_button ("_Print");
  gtk_box_append (GTK_BOX (box), again);
  gtk_box_append (GTK_BOX (box), small);
  tai_ui_rig_pass_ms (60);
  g_assert_cmpuint (tai_sweep (window, TAI_SWEEP_COUNTER_MIN), ==, 2); /* the same letter; too small */
  g_assert_cmpuint (tai_sweep (window, 0), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_names (void)
{
  GtkWidget *button = g_object_ref_sink (gtk_button_new ());

  tai_ui_label_button (GTK_BUTTON (button), "收款(_P)");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, "收款(P)");
  g_assert_false (
      gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  tai_ui_name (button, "Pay");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, "Pay");
  tai_ui_describe (button, "F9");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "F9");
  tai_ui_describe (button, NULL);
  g_assert_false (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  g_object_unref (button);
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/a11y/sweep", test_sweep);
  g_test_add_func ("/a11y/names", test_names);
  return g_test_run ();
}
