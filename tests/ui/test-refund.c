/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money back by keys of the page, each part the way it came: through what took it, with all that it can answer; by slip; in cash. */
#include "tai-counter-rig.h"

#include "tai-approval-dialog.h"
#include "tai-fake-gateway.h"
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

static const char *
order_of (const TaiVisit *visit)
{
  return ((const TaiOrder *)g_ptr_array_index (tai_visit_get_orders ((TaiVisit *)visit), 0))->id.text;
}

static void
press_focus (TaiCounterRig *rig)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (rig->window));

  g_assert_true (GTK_IS_BUTTON (focus));
  g_signal_emit_by_name (focus, "clicked");
  tai_ui_rig_pass_ms (60);
}

/* To the page of the order, "pay it out", the page of the money's way back, and its first button: it asks for the number of the slip. */
static AdwMessageDialog *
ask_for_it (TaiCounterRig *rig, const TaiVisit *visit)
{
  GtkWidget *button;

  tai_counter_rig_go (rig, TAI_SCREEN_ORDER, order_of (visit));
  tai_ui_rig_pass_ms (60);
  button = tai_counter_rig_find (rig->window, "Pay it out");
  g_assert_nonnull (button);
  if (!GTK_IS_BUTTON (button))
    button = gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  tai_ui_rig_pass_ms (60);
  press_focus (rig);
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
  g_assert_true (tai_counter_rig_shows (rig, "Nothing is owed to the customer any more."));
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
  g_assert_true (tai_counter_rig_shows (rig, "By slip: enter its number"));
}

/* By what took it ---------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiCounterRig *rig;
  TaiFakeGateway *gateway;
  TaiVisit *
      visit; /* (owned) refused: 10.00 in cash, 15.00 by cheque where there is one, the rest by card at the terminal */
} Fixture;

static void
pass (Fixture *f, gint64 ms)
{
  tai_fake_clock_advance (f->rig->desk->clock, ms);
  tai_ui_rig_pass_ms (60);
}

static void
pay (Fixture *f, const TaiTenderRequest *request)
{
  MUST (tai_desk_pay (f->rig->desk->desk, f->visit, request, NULL, &E));
  pass (f, 1000);
}

static Fixture *
fixture_new (gboolean has_cheque)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->rig = tai_counter_rig_new ();
  f->gateway = tai_fake_gateway_new (TAI_CLOCK (f->rig->desk->clock));
  tai_desk_set_gateway (f->rig->desk->desk, TAI_TENDER_CARD, TAI_PAYMENT_GATEWAY (f->gateway));
  tai_counter_rig_sign_in (f->rig, RIG_SUPERVISOR);
  f->visit = tai_desk_rig_begin (f->rig->desk);
  tai_desk_rig_add_top_up (f->rig->desk, f->visit, 5000);
  tai_desk_rig_place (f->rig->desk, f->visit);
  pay (f, &(TaiTenderRequest){.tender = TAI_TENDER_CASH, .amount = CNY (1000)});
  if (has_cheque)
    pay (f, &(TaiTenderRequest){
                .tender = TAI_TENDER_OTHER, .provider = "cheque", .number = "7788", .amount = CNY (1500)});
  pay (f, &(TaiTenderRequest){.tender = TAI_TENDER_CARD});
  MUST (tai_desk_apply_order_state (f->rig->desk->desk, order_of (f->visit), TAI_ORDER_REJECTED,
                                    "line_closed", &E));
  tai_counter_rig_go (f->rig, TAI_SCREEN_REFUND, order_of (f->visit));
  tai_ui_rig_pass_ms (60);
  return f;
}

static void
fixture_free (Fixture *f)
{
  tai_desk_rig_assert_sound (f->rig->desk);
  g_clear_object (&f->visit);
  tai_counter_rig_free (f->rig);
  g_clear_object (&f->gateway);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static void
shoot (Fixture *f, const char *name)
{
  tai_ui_rig_shoot (GTK_WIDGET (f->rig->window), name);
}

static void
assert_shows (Fixture *f, const char *words)
{
  if (!tai_counter_rig_shows (f->rig, words))
    g_error ("\"%s\" is not on the page", words);
}

static gint64
owed (Fixture *f)
{
  return tai_desk_rig_number (f->rig->desk, "SELECT refund_due_minor FROM customer_order");
}

static void
type_slip (const char *number)
{
  AdwMessageDialog *dialog;

  TAI_UI_WAIT (find_dialog () != NULL);
  dialog = find_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)), number);
  adw_message_dialog_response (dialog, "yes");
  gtk_window_destroy (GTK_WINDOW (dialog)); /* which a press does */
  tai_ui_rig_pass_ms (60);
}

/* Three ways, one after the other, by Enter alone. */
static void
test_each_its_way (void)
{
  g_autoptr (Fixture) f = fixture_new (TRUE);

  assert_shows (f, "By the bank terminal");
  assert_shows (f, "Out of the drawer");
  assert_shows (f, "By slip: give it back");
  assert_shows (f, "Give back ¥25.00 by the bank terminal");
  shoot (f, "refund-ways");
  press_focus (f->rig);
  assert_shows (f, "The money is being given back");
  g_assert_null (tai_counter_rig_find (f->rig->window, "Cancel the payment"));
  shoot (f, "refund-waits");
  pass (f, 2000);
  g_assert_cmpint (owed (f), ==, 2500);
  assert_shows (f, "¥25.00 went back the way it came");
  shoot (f, "refund-went");
  press_focus (f->rig);
  type_slip ("R-9");
  g_assert_cmpint (owed (f), ==, 0);
  assert_shows (f, "Give the customer ¥10.00 in cash. ¥15.00 went back");
  shoot (f, "refund-all");
  g_assert_cmpint (tai_fake_gateway_get_returns (f->gateway), ==, 1);
}

/* Refused: why, in words, in the dialog for the slip; not now; the slip or one more try. */
static void
test_refused (void)
{
  g_autoptr (Fixture) f = fixture_new (FALSE);

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_REFUSES);
  press_focus (f->rig);
  pass (f, 2000);
  TAI_UI_WAIT (find_dialog () != NULL);
  tai_ui_rig_shoot (GTK_WIDGET (find_dialog ()), "refund-refused-slip");
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  TAI_UI_WAIT (find_dialog () == NULL);
  assert_shows (f, "Not given back: it is owed as before");
  assert_shows (f, "Ask once more");
  shoot (f, "refund-refused");
  g_assert_cmpint (owed (f), ==, 5000);
  press_focus (f->rig);
  type_slip ("R-9");
  g_assert_cmpint (owed (f), ==, 0);
}

static void
fall_into_doubt (Fixture *f)
{
  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_ANSWER_LOST);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_LOST);
  press_focus (f->rig);
  pass (f, 8000);
  assert_shows (f, "In doubt: nobody knows yet whether the money went back");
}

static void
answer (Fixture *f)
{
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  pass (f, 120000);
}

/* Nobody answers: the page, the order's and the list of work say so; asked now, it goes on. */
static void
test_doubt (void)
{
  g_autoptr (Fixture) f = fixture_new (FALSE);

  fall_into_doubt (f);
  shoot (f, "refund-doubt");
  tai_counter_rig_go (f->rig, TAI_SCREEN_ORDER, order_of (f->visit));
  tai_ui_rig_pass_ms (60);
  assert_shows (f, "¥50.00 is owed to the customer. It is on its way back");
  shoot (f, "refund-doubt-order");
  tai_counter_rig_go (f->rig, TAI_SCREEN_HOME, NULL);
  tai_ui_rig_pass_ms (60);
  assert_shows (f, "Refund to be verified");
  shoot (f, "refund-doubt-home");
  tai_counter_rig_go (f->rig, TAI_SCREEN_REFUND, order_of (f->visit));
  tai_ui_rig_pass_ms (60);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  press_focus (f->rig); /* ask now: what is under way is waited for */
  pass (f, 10000);
  g_assert_cmpint (owed (f), ==, 1000);
  assert_shows (f, "Give the customer ¥10.00 in cash");
}

/* A person says that it did not go; it goes by slip; and then it went: twice, until that is put right. */
static void
test_twice (void)
{
  g_autoptr (Fixture) f = fixture_new (FALSE);
  GtkWidget *button;

  fall_into_doubt (f);
  tai_counter_rig_sign_in (f->rig, RIG_CLERK);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_decide_refund (f->rig->desk->desk, order_of (f->visit),
                                                            TAI_PAYMENT_DECISION_NOT_PAID, &E));
  MUST (tai_desk_approve (f->rig->desk->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  button = tai_counter_rig_find (f->rig->window, "Alt+N It did not go");
  g_assert_nonnull (button);
  g_signal_emit_by_name (GTK_IS_BUTTON (button) ? button : gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON),
                         "clicked");
  tai_ui_rig_pass_ms (60);
  assert_shows (f, "Given up: it is owed as before");
  shoot (f, "refund-given-up");
  tai_counter_rig_sign_in (f->rig, RIG_SUPERVISOR);
  tai_counter_rig_go (f->rig, TAI_SCREEN_REFUND, order_of (f->visit));
  tai_ui_rig_pass_ms (60);
  press_focus (f->rig);
  type_slip ("R-9");
  g_assert_cmpint (owed (f), ==, 0);
  answer (f);
  assert_shows (f, "The money went back twice");
  shoot (f, "refund-twice");
  tai_counter_rig_go (f->rig, TAI_SCREEN_HOME, NULL);
  tai_ui_rig_pass_ms (60);
  assert_shows (f, "Refund to be verified");
  shoot (f, "refund-twice-home");
}

/* Taking back ---------------------------------------------------------------------------------------------------------------- */

/* A top-up of 50.00 that was credited, and its page. */
static TaiVisit *
sell_and_credit (TaiCounterRig *rig)
{
  TaiVisit *visit = tai_desk_rig_sell_top_up (rig->desk, 5000);

  MUST (tai_desk_apply_order_state (rig->desk->desk, order_of (visit), TAI_ORDER_COMPLETED, NULL, &E));
  tai_counter_rig_go (rig, TAI_SCREEN_ORDER, order_of (visit));
  tai_ui_rig_pass_ms (60);
  return visit;
}

static void
press (TaiCounterRig *rig, const char *words)
{
  GtkWidget *button = tai_counter_rig_find (rig->window, words);

  g_assert_nonnull (button);
  if (!GTK_IS_BUTTON (button))
    button = gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  tai_ui_rig_pass_ms (60);
}

/* The words are those of what it is: 返销 of a credit, not 撤单. */
static void
ask_undo (TaiCounterRig *rig)
{
  AdwMessageDialog *dialog;

  press (rig, "Undo this order");
  TAI_UI_WAIT (find_dialog () != NULL);
  dialog = find_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Undo this order?");
  g_assert_null (strstr (adw_message_dialog_get_body (dialog), "before it is in force"));
  g_assert_cmpstr (adw_message_dialog_get_response_label (dialog, "no"), ==, "Leave it as it is");
  tai_ui_rig_shoot (GTK_WIDGET (dialog), "undo-question");
  type_slip ("wrong number");
}

static GtkWindow *
find_approval (void)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *one = all; one != NULL; one = one->next)
    if (g_strcmp0 (gtk_window_get_title (one->data), "A second person must agree") == 0 &&
        gtk_widget_get_mapped (one->data))
      return one->data;
  return NULL;
}

/* Who says yes is told to what: act, amount, order, and who asks. */
static void
test_approval_names (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  g_autoptr (TaiVisit) visit = sell_and_credit (rig);
  const TaiOrder *order = g_ptr_array_index (tai_visit_get_orders (visit), 0);
  g_autofree char *about = NULL;
  GtkWidget *dialog;

  ask_undo (rig);
  TAI_UI_WAIT (find_approval () != NULL);
  dialog = GTK_WIDGET (find_approval ());
  g_assert_nonnull (tai_counter_rig_find (dialog, "A credit of today is undone: ¥50.00."));
  about =
      g_strdup_printf ("Top-up · 139 0000 1234 · receipt %s\nAsked for by " RIG_CLERK, order->receipt_number);
  g_assert_nonnull (tai_counter_rig_find (dialog, about));
  tai_ui_rig_shoot (dialog, "approval-undo");
  gtk_window_close (GTK_WINDOW (dialog));
  TAI_UI_WAIT (find_approval () == NULL);
}

/* While headquarters has not answered the next key is no other button's: it says that it is too early, and pays when it is time. */
static void
test_awaited (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;

  tai_counter_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = sell_and_credit (rig);
  ask_undo (rig);
  TAI_UI_WAIT (tai_counter_rig_shows (rig, "Headquarters has not answered yet. Nothing is owed so far."));
  tai_ui_rig_shoot (rig->window, "undo-awaited");
  press_focus (rig);
  g_assert_true (tai_counter_rig_shows (rig, "Headquarters has not answered yet. The answer comes"));
  g_assert_cmpint (count_refunds (rig), ==, 0);
  MUST (tai_desk_apply_order_state (rig->desk->desk, order_of (visit), TAI_ORDER_UNDONE, NULL, &E));
  tai_screen_figures_changed (tai_counter_rig_get_screen (rig));
  TAI_UI_WAIT (tai_counter_rig_shows (rig, "¥50.00 is owed to the customer"));
  press_focus (rig);
  TAI_UI_WAIT (count_refunds (rig) == 1);
}

/* Whoever says yes is told to what and to how much: each act has a sentence of its own. */
static void
test_approvals (void)
{
  TaiUuid id = {"01890a5d-96ce-7a1b-8c2d-3e4f50617283"};
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_actions;
  const TaiAction *actions = tai_actions_list (&n_actions);

  for (guint i = 0; i < n_actions; i++) {
    g_autoptr (TaiApproval) asked =
        tai_approval_new (&id, &actions[i], "x", tai_money (5000, TAI_CNY), "1042", 0);
    g_autofree char *words = tai_approval_dialog_describe (asked);
    g_test_message ("%s: %s", actions[i].id, words);
    g_assert_nonnull (strstr (words, "¥50.00"));
    g_assert_cmpuint (strlen (words), >, strlen ("¥50.00") + 10);
    g_assert_true (g_hash_table_add (all, g_steal_pointer (&words)));
  }
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_data_func ("/ui/refund/card", GINT_TO_POINTER (0), test_by_slip);
  g_test_add_data_func ("/ui/refund/part-cash", GINT_TO_POINTER (1000), test_by_slip);
  g_test_add_func ("/ui/refund/not-now", test_not_now);
  g_test_add_func ("/ui/refund/each-its-way", test_each_its_way);
  g_test_add_func ("/ui/refund/refused", test_refused);
  g_test_add_func ("/ui/refund/doubt", test_doubt);
  g_test_add_func ("/ui/refund/twice", test_twice);
  g_test_add_func ("/ui/take-back/approval-names", test_approval_names);
  g_test_add_func ("/ui/take-back/awaited", test_awaited);
  g_test_add_func ("/ui/approval/words", test_approvals);
  return g_test_run ();
}
