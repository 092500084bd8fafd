/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-pin-entry.h"

#include <string.h>

#include "tai-number-pad.h"
#include "tai-pad-target.h"
#include "tai-proof-entry.h"
#include "tai-sweep.h"
#include "tai-ui-rig.h"

typedef struct {
  GtkWidget *window;
  TaiPinEntry *pin;
  guint n_changed;
  guint n_activated;
  guint n_escaped;
} Page;

static void
count_cb (guint *n)
{
  ++*n;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, Page *page)
{
  page->n_escaped += keyval == GDK_KEY_Escape;
  return GDK_EVENT_PROPAGATE;
}

static void
open_page (Page *page, guint digits_max, GtkWidget *below)
{
  GtkWidget *pin = tai_pin_entry_new ("PIN", digits_max), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  *page = (Page){.pin = TAI_PIN_ENTRY (pin)};
  g_signal_connect_swapped (pin, "changed", G_CALLBACK (count_cb), &page->n_changed);
  g_signal_connect_swapped (pin, "activate", G_CALLBACK (count_cb), &page->n_activated);
  gtk_box_append (GTK_BOX (box), pin);
  if (below != NULL)
    gtk_box_append (GTK_BOX (box), below);
  page->window = tai_ui_rig_show (box);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), page);
  gtk_widget_add_controller (page->window, keys);
  gtk_widget_grab_focus (pin);
}

static void
close_page (Page *page)
{
  gpointer pin = page->pin;

  g_object_add_weak_pointer (pin, &pin);
  gtk_window_destroy (GTK_WINDOW (page->window));
  tai_ui_rig_pass_ms (20);
  g_assert_null (pin);
}

static void
assert_name (Page *page, const char *name)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (page->pin), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_keys (void)
{
  Page page;
  char *pin;

  open_page (&page, 6, NULL);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (page.pin), GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  assert_name (&page, "PIN, 0 digits entered");
  tai_ui_rig_xdotool ("key --delay 20 Return");
  g_assert_cmpuint (page.n_activated, ==, 0);
  tai_ui_rig_xdotool ("key --delay 20 1");
  assert_name (&page, "PIN, 1 digit entered");
  tai_ui_rig_xdotool ("key --delay 20 KP_2 x 3 Left 4 BackSpace 5");
  g_assert_cmpuint (tai_pin_entry_get_n_digits (page.pin), ==, 4);
  tai_ui_rig_xdotool ("key --delay 20 6 7 8 9");
  assert_name (&page, "PIN, 6 digits entered");
  tai_ui_rig_xdotool ("key --delay 20 KP_Enter");
  g_assert_cmpuint (page.n_activated, ==, 1);
  pin = tai_pin_entry_steal_pin (page.pin);
  g_assert_cmpstr (pin, ==, "123567");
  tai_pin_free (pin);
  tai_pin_free (NULL);
  assert_name (&page, "PIN, 0 digits entered");
  pin = tai_pin_entry_steal_pin (page.pin);
  g_assert_cmpstr (pin, ==, "");
  tai_pin_free (pin);
  close_page (&page);
}

static void
test_escape (void)
{
  Page page;

  open_page (&page, 6, NULL);
  tai_ui_rig_xdotool ("key --delay 20 1 2 Escape");
  g_assert_cmpuint (tai_pin_entry_get_n_digits (page.pin), ==, 0);
  g_assert_cmpuint (page.n_escaped, ==, 0);
  tai_ui_rig_xdotool ("key --delay 20 Escape"); /* nothing to clear: it closes what is around */
  g_assert_cmpuint (page.n_escaped, ==, 1);
  close_page (&page);
}

/* No copy of the digits is left in the object. */
static void
test_wiped (void)
{
  GtkWidget *pin = g_object_ref_sink (tai_pin_entry_new ("PIN", 8));
  GTypeQuery query;
  char *taken;

  g_type_query (TAI_TYPE_PIN_ENTRY, &query);
  for (const char *p = "73918264"; *p != '\0'; p++)
    tai_pin_entry_append_digit (TAI_PIN_ENTRY (pin), *p);
  g_assert_nonnull (memmem (pin, query.instance_size, "73918264", 8));
  tai_pin_entry_backspace (TAI_PIN_ENTRY (pin));
  g_assert_null (memmem (pin, query.instance_size, "73918264", 8));
  tai_pin_entry_clear (TAI_PIN_ENTRY (pin));
  g_assert_null (memmem (pin, query.instance_size, "739", 3));
  for (const char *p = "73918264"; *p != '\0'; p++)
    tai_pin_entry_append_digit (TAI_PIN_ENTRY (pin), *p);
  taken = tai_pin_entry_steal_pin (TAI_PIN_ENTRY (pin));
  g_assert_cmpstr (taken, ==, "73918264");
  g_assert_null (memmem (pin, query.instance_size, "739", 3));
  tai_pin_free (taken);
  for (const char *p = "73918264"; *p != '\0'; p++)
    tai_pin_entry_append_digit (TAI_PIN_ENTRY (pin), *p);
  g_object_run_dispose (G_OBJECT (pin));
  g_assert_null (memmem (pin, query.instance_size, "739", 3));
  g_object_unref (pin);
}

static void
press_pad (GtkWidget *pad, const char *name)
{
  GtkWidget *key = gtk_widget_get_first_child (gtk_widget_get_first_child (pad));

  while (key != NULL && g_strcmp0 (gtk_widget_get_name (key), name) != 0)
    key = gtk_widget_get_next_sibling (key);
  g_assert_nonnull (key);
  g_signal_emit_by_name (key, "clicked");
}

static void
test_pad (void)
{
  Page page;
  GtkWidget *pad = tai_number_pad_new (TAI_NUMBER_PAD_PIN), *editable = gtk_entry_new ();
  char *pin;

  open_page (&page, 6, pad);
  g_assert_false (gtk_widget_is_sensitive (gtk_widget_get_first_child (pad)));
  tai_number_pad_set_target (TAI_NUMBER_PAD (pad), GTK_WIDGET (page.pin));
  gtk_widget_grab_focus (GTK_WIDGET (page.pin));
  tai_ui_rig_pass_ms (100);
  press_pad (pad, "4");
  press_pad (pad, "0");
  press_pad (pad, "9");
  press_pad (pad, "b");
  press_pad (pad, "7");
  g_assert_cmpuint (tai_pin_entry_get_n_digits (page.pin), ==, 3);
  tai_ui_rig_shoot (page.window, "pin-pad");
  tai_sweep_assert (page.window, TAI_SWEEP_COUNTER_MIN);
  g_assert_cmpuint (tai_sweep (pad, TAI_SWEEP_KIOSK_MIN), ==, 0);
  press_pad (pad, "e");
  g_assert_cmpuint (page.n_activated, ==, 1);
  pin = tai_pin_entry_steal_pin (page.pin);
  g_assert_cmpstr (pin, ==, "407");
  tai_pin_free (pin);

  /* Tab: one stop for the whole pad */
  tai_ui_rig_xdotool ("key --delay 20 Tab");
  g_assert_cmpstr (gtk_widget_get_name (gtk_window_get_focus (GTK_WINDOW (page.window))), ==, "1");
  tai_ui_rig_xdotool ("key --delay 20 Right");
  g_assert_cmpstr (gtk_widget_get_name (gtk_window_get_focus (GTK_WINDOW (page.window))), ==, "2");
  tai_ui_rig_xdotool ("key --delay 20 Tab");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (page.window)) == GTK_WIDGET (page.pin));

  /* any editable is fed too */
  g_object_ref_sink (editable);
  tai_number_pad_set_target (TAI_NUMBER_PAD (pad), editable);
  press_pad (pad, "1");
  press_pad (pad, "3");
  press_pad (pad, "b");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (editable)), ==, "1");
  tai_pad_target_clear (editable);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (editable)), ==, "");
  g_object_unref (editable);
  g_assert_false (gtk_widget_is_sensitive (gtk_widget_get_first_child (pad)));
  close_page (&page);
}

/* The proof is a bin around the entry: Shift+Tab leaves it for what stands above. */
static void
test_back_out_of_proof (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *above = gtk_entry_new ();
  GtkWidget *place = adw_bin_new (), *proof = tai_proof_entry_new ("PIN"), *window;

  adw_bin_set_child (ADW_BIN (place), proof);
  gtk_box_append (GTK_BOX (box), above);
  gtk_box_append (GTK_BOX (box), place);
  window = tai_ui_rig_show (box);
  gtk_widget_grab_focus (proof);
  tai_ui_rig_xdotool ("key --delay 20 1 2");
  tai_ui_rig_xdotool ("key --delay 20 shift+Tab 9");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (above)), ==, "9");
  tai_ui_rig_xdotool ("key --delay 20 Tab 3");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (above)), ==, "9");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/ui/pin-entry/keys", test_keys);
  g_test_add_func ("/ui/pin-entry/escape", test_escape);
  g_test_add_func ("/ui/pin-entry/wiped", test_wiped);
  g_test_add_func ("/ui/pin-entry/pad", test_pad);
  g_test_add_func ("/ui/pin-entry/back-out-of-proof", test_back_out_of_proof);
  return g_test_run ();
}
