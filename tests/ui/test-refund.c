/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was not paid in cash goes back from the order's page, too: with the number of the slip, each part the way it came. */
#include "tai-counter-rig.h"

#include "tai-ui-rig.h"

/* Part cash, part card at a terminal of its own, and then refused by headquarters. */
static TaiVisit *
sell_by_card (TaiCounterRig *rig, gint64 cash_fen)
{
  TaiVisit *visit = tai_desk_rig_begin (rig->desk);
  const TaiOrder *order;

  tai_desk_rig_add_top_up (rig->desk, visit, 5000);
  tai_desk_rig_place (rig->desk, visit);
  if (cash_fen > 0)
    MUST (tai_desk_pay (
        rig->desk->desk, visit,
        &(TaiTenderRequest){.tender = TAI_TENDER_CASH, .amount = tai_money (cash_fen, TAI_CNY)}, NULL, &E));
  MUST (tai_desk_pay (rig->desk->desk, visit,
                      &(TaiTenderRequest){.tender = TAI_TENDER_CARD, .number = "000123"}, NULL, &E));
  order = g_ptr_array_index (tai_visit_get_orders (visit), 0);
  MUST (tai_desk_apply_order_state (rig->desk->desk, order->id.text, TAI_ORDER_REJECTED, "line_closed", &E));
  return visit;
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *one = all; one != NULL; one = one->next)
    if (ADW_IS_MESSAGE_DIALOG (one->data) && gtk_widget_get_mapped (one->data))
      return one->data;
  return NULL;
}

/* To the page of the order, and "pay it out": it asks for the number of the slip. */
static AdwMessageDialog *
ask_for_it (TaiCounterRig *rig, const TaiVisit *visit)
{
  const TaiOrder *order = g_ptr_array_index (tai_visit_get_orders ((TaiVisit *)visit), 0);
  GtkWidget *button;

  tai_counter_rig_go (rig, TAI_SCREEN_ORDER, order->id.text);
  tai_ui_rig_pass_ms (60);
  button = tai_counter_rig_find (rig->window, "Pay it out");
  g_assert_nonnull (button);
  if (!GTK_IS_BUTTON (button))
    button = gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  TAI_UI_WAIT (find_dialog () != NULL);
  return find_dialog ();
}

static gint64
count_refunds (TaiCounterRig *rig)
{
  return tai_desk_rig_number (rig->desk, "SELECT count(*) FROM payment WHERE original_id IS NOT NULL");
}

static void
test_by_slip (gconstpointer data)
{
  gint64 cash_fen = GPOINTER_TO_INT (data);
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  AdwMessageDialog *dialog;
  GtkEditable *line;
  gint64 drawer;

  tai_counter_rig_sign_in (rig, RIG_SUPERVISOR);
  drawer = tai_desk_rig_drawer (rig->desk);
  visit = sell_by_card (rig, cash_fen);
  dialog = ask_for_it (rig, visit);
  g_assert_cmpint (count_refunds (rig), ==, 0);
  tai_ui_rig_shoot (GTK_WIDGET (dialog), cash_fen > 0 ? "refund-slip-part" : "refund-slip");
  line = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "yes"));
  gtk_editable_set_text (line, "  ");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "yes"));
  gtk_editable_set_text (line, " R-9 ");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "yes"));
  adw_message_dialog_response (dialog, "yes");
  TAI_UI_WAIT (count_refunds (rig) > 0);
  tai_ui_rig_pass_ms (60);
  g_assert_cmpint (count_refunds (rig), ==, cash_fen > 0 ? 2 : 1);
  g_assert_cmpint (tai_desk_rig_number (rig->desk, "SELECT count(*) FROM payment WHERE number = 'R-9'"), ==,
                   1);
  g_assert_cmpint (tai_desk_rig_drawer (rig->desk), ==, drawer);
  g_assert_true (tai_counter_rig_shows (
      rig, cash_fen > 0 ? "Give the customer ¥10.00 in cash. ¥40.00 went back" : "Booked: ¥50.00 went back"));
  g_assert_false (tai_counter_rig_shows (rig, "Pay it out"));
  tai_desk_rig_assert_sound (rig->desk);
}

/* Not now: nothing is booked, and it is still owed. */
static void
test_not_now (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  AdwMessageDialog *dialog;

  tai_counter_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = sell_by_card (rig, 0);
  dialog = ask_for_it (rig, visit);
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)), "R-9");
  gtk_window_close (GTK_WINDOW (dialog));
  TAI_UI_WAIT (find_dialog () == NULL);
  g_assert_cmpint (count_refunds (rig), ==, 0);
  g_assert_true (tai_counter_rig_shows (rig, "Pay it out"));
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_data_func ("/ui/refund/card", GINT_TO_POINTER (0), test_by_slip);
  g_test_add_data_func ("/ui/refund/part-cash", GINT_TO_POINTER (1000), test_by_slip);
  g_test_add_func ("/ui/refund/not-now", test_not_now);
  return g_test_run ();
}
