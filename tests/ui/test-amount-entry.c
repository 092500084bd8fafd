/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-amount-entry.h"

#include "tai-number-pad.h"
#include "tai-pad-target.h"
#include "tai-sweep.h"
#include "tai-ui-rig.h"

#define JPY ((guint16)392)

typedef struct {
  GtkWidget *window;
  TaiAmountEntry *amount;
  GtkWidget *entry;
  GtkEditable *text;
  guint n_changed;
  guint n_activated;
} Page;

static void
count_cb (guint *n)
{
  ++*n;
}

static void
open_page (Page *page, guint16 currency, GtkWidget *below)
{
  GtkWidget *amount = tai_amount_entry_new ("Amount received", currency);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  *page = (Page){.amount = TAI_AMOUNT_ENTRY (amount)};
  page->entry = tai_ui_rig_find (amount, GTK_TYPE_ENTRY);
  page->text = gtk_editable_get_delegate (GTK_EDITABLE (page->entry));
  g_signal_connect_swapped (amount, "changed", G_CALLBACK (count_cb), &page->n_changed);
  g_signal_connect_swapped (amount, "activate", G_CALLBACK (count_cb), &page->n_activated);
  gtk_box_append (GTK_BOX (box), amount);
  if (below != NULL)
    gtk_box_append (GTK_BOX (box), below);
  page->window = tai_ui_rig_show (box);
  gtk_widget_grab_focus (amount);
  tai_ui_rig_pass_ms (20);
}

static void
close_page (Page *page)
{
  gpointer amount = page->amount;

  g_object_add_weak_pointer (amount, &amount);
  gtk_window_destroy (GTK_WINDOW (page->window));
  tai_ui_rig_pass_ms (20);
  g_assert_null (amount);
}

static void
assert_shown (Page *page, const char *text, const char *message)
{
  g_assert_cmpstr (gtk_editable_get_text (page->text), ==, text);
  g_assert_cmpstr (tai_amount_entry_get_message (page->amount), ==, message);
}

static void
assert_amount (Page *page, gint64 minor)
{
  TaiMoney amount = {0};

  g_assert_cmpint (tai_amount_entry_get_amount (page->amount, &amount), ==, minor >= 0);
  if (minor >= 0) {
    g_assert_cmpint (amount.minor, ==, minor);
    g_assert_cmpuint (amount.currency, ==, TAI_CNY);
  }
}

/* As an input method commits, at the cursor. */
static void
commit (Page *page, const char *text)
{
  int position = gtk_editable_get_position (page->text);

  gtk_editable_insert_text (page->text, text, -1, &position);
  gtk_editable_set_position (page->text, position);
}

static void
test_typing (void)
{
  Page page;

  open_page (&page, TAI_CNY, NULL);
  assert_shown (&page, "", NULL);
  assert_amount (&page, -1);
  tai_ui_rig_xdotool ("key --delay 20 1 2 3 KP_4 5 6 7 period 5");
  assert_shown (&page, "1,234,567.5", NULL);
  assert_amount (&page, 123456750);
  g_assert_cmpuint (page.n_changed, ==, 9);
  tai_ui_rig_xdotool ("key --delay 20 KP_Enter");
  g_assert_cmpuint (page.n_activated, ==, 1);
  tai_ui_rig_xdotool ("key --delay 20 BackSpace BackSpace BackSpace");
  assert_shown (&page, "123,456", NULL);
  close_page (&page);
}

/* The cursor stays where it is among the digits; a comma is not in the way of Backspace and Delete. */
static void
test_cursor (void)
{
  Page page;

  open_page (&page, TAI_CNY, NULL);
  commit (&page, "1234567");
  tai_ui_rig_xdotool ("key --delay 20 Left Left Left 9");
  assert_shown (&page, "12,349,567", NULL);
  g_assert_cmpint (gtk_editable_get_position (page.text), ==, 6);
  tai_ui_rig_xdotool ("key --delay 20 BackSpace");
  assert_shown (&page, "1,234,567", NULL);
  tai_ui_rig_xdotool ("key --delay 20 Home Right Right BackSpace"); /* behind the comma */
  assert_shown (&page, "234,567", NULL);
  tai_ui_rig_xdotool ("key --delay 20 Home Right Right Right Delete"); /* before the comma */
  assert_shown (&page, "23,467", NULL);
  tai_ui_rig_xdotool ("key --delay 20 ctrl+a 8");
  assert_shown (&page, "8", NULL);
  tai_ui_rig_xdotool ("key --delay 20 ctrl+a Delete");
  assert_shown (&page, "", NULL);
  assert_amount (&page, -1);
  close_page (&page);
}

static void
test_refusals (void)
{
  Page page;

  open_page (&page, TAI_CNY, NULL);
  tai_ui_rig_xdotool ("key --delay 20 1 2 period 3 4");
  tai_ui_rig_xdotool ("key --delay 20 5");
  assert_shown (&page, "12.34", "At most 2 decimals");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (page.entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "At most 2 decimals");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (page.entry), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  tai_ui_rig_shoot (page.window, "amount-refused");
  tai_ui_rig_xdotool ("key --delay 20 a");
  assert_shown (&page, "12.34", "Only digits and one decimal point");
  tai_ui_rig_xdotool ("key --delay 20 BackSpace");
  assert_shown (&page, "12.3", NULL);
  g_assert_false (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (page.entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  tai_amount_entry_set_limit (page.amount, tai_money (500000, TAI_CNY));
  tai_ui_rig_xdotool ("key --delay 20 Home 9 9");
  assert_shown (&page, "912.3", "At most 5,000");
  commit (&page, "-");
  assert_shown (&page, "912.3", "Only digits and one decimal point");
  tai_amount_entry_set_limit (page.amount, tai_money (90000, TAI_CNY)); /* lower than what stands there */
  assert_shown (&page, "912.3", "At most 900");
  tai_amount_entry_clear (page.amount);
  assert_shown (&page, "", NULL);
  close_page (&page);
}

static void
test_input_method (void)
{
  Page page;

  open_page (&page, TAI_CNY, NULL);
  commit (&page, "１２８");
  commit (&page, "。");
  commit (&page, "５");
  assert_shown (&page, "128.5", NULL);
  assert_amount (&page, 12850);
  commit (&page, "元");
  assert_shown (&page, "128.5", "Only digits and one decimal point");
  gtk_editable_set_text (GTK_EDITABLE (page.entry), "￥1，234.00"); /* as a paste */
  assert_shown (&page, "1,234.00", NULL);
  close_page (&page);
}

static void
test_money (void)
{
  Page page;

  open_page (&page, TAI_CNY, NULL);
  tai_amount_entry_set_amount (page.amount, tai_money (12800000, TAI_CNY));
  assert_shown (&page, "128,000.00", NULL);
  g_assert_cmpuint (page.n_changed, ==, 1);
  tai_amount_entry_set_amount (page.amount, tai_money (12800000, TAI_CNY));
  g_assert_cmpuint (page.n_changed, ==, 1);
  tai_ui_rig_xdotool ("key --delay 20 5"); /* what was filled in is typed over */
  assert_shown (&page, "5", NULL);
  tai_amount_entry_set_amount (page.amount, tai_money (12800, TAI_CNY));
  tai_ui_rig_xdotool ("key --delay 20 Home Right 5"); /* unless the cursor was moved into it */
  assert_shown (&page, "1,528.00", NULL);
  tai_amount_entry_set_amount (page.amount, tai_money (0, TAI_CNY));
  assert_amount (&page, 0);
  close_page (&page);

  open_page (&page, JPY, NULL);
  commit (&page, "1280.");
  assert_shown (&page, "", "No decimals in this currency");
  commit (&page, "1280");
  assert_shown (&page, "1,280", NULL);
  close_page (&page);
}

static void
test_quick_and_pad (void)
{
  Page page;
  const TaiMoney amounts[] = {{5000, TAI_CNY}, {10000, TAI_CNY}, {20050, TAI_CNY}, {100000, TAI_CNY}};
  GtkWidget *pad = tai_number_pad_new (TAI_NUMBER_PAD_AMOUNT), *quick, *key;

  open_page (&page, TAI_CNY, pad);
  tai_amount_entry_set_quick_amounts (page.amount, amounts, G_N_ELEMENTS (amounts));
  tai_number_pad_set_target (TAI_NUMBER_PAD (pad), GTK_WIDGET (page.amount));
  gtk_widget_grab_focus (GTK_WIDGET (page.amount));
  tai_ui_rig_pass_ms (100);

  quick = gtk_widget_get_next_sibling (
      gtk_widget_get_next_sibling (gtk_widget_get_first_child (GTK_WIDGET (page.amount))));
  key = gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (gtk_widget_get_first_child (quick)));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (key)), ==, "200.50");
  g_signal_emit_by_name (key, "clicked");
  assert_amount (&page, 20050);
  tai_ui_rig_shoot (page.window, "amount-pad");
  tai_sweep_assert (page.window, TAI_SWEEP_COUNTER_MIN);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (page.text)));

  for (const char *const *name = (const char *const[]){"c", "1", "00", "00", ".", "5", "b", "e", NULL};
       *name != NULL; name++) {
    GtkWidget *grid = gtk_widget_get_first_child (pad);

    for (key = gtk_widget_get_first_child (grid); g_strcmp0 (gtk_widget_get_name (key), *name) != 0;)
      key = gtk_widget_get_next_sibling (key);
    g_signal_emit_by_name (key, "clicked");
  }
  assert_shown (&page, "10,000.", NULL);
  assert_amount (&page, 1000000);
  g_assert_cmpuint (page.n_activated, ==, 1);
  tai_amount_entry_set_quick_amounts (page.amount, NULL, 0);
  g_assert_false (gtk_widget_get_visible (quick));
  close_page (&page);
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/ui/amount-entry/typing", test_typing);
  g_test_add_func ("/ui/amount-entry/cursor", test_cursor);
  g_test_add_func ("/ui/amount-entry/refusals", test_refusals);
  g_test_add_func ("/ui/amount-entry/input-method", test_input_method);
  g_test_add_func ("/ui/amount-entry/money", test_money);
  g_test_add_func ("/ui/amount-entry/quick-and-pad", test_quick_and_pad);
  return g_test_run ();
}
