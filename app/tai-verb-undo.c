/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that take back: an order from headquarters, what is owed out of the drawer. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-core-error.h"
#include "tai-tender.h"
#include "tai-verb-private.h"

#include <glib/gi18n.h>

#define LOOK_MS 2000
/* The outcome of a refund; a doubt is asked for by itself after that. */
#define OUTCOME_MS (4 * 60 * 1000)

#define WHO_OPTIONS                                                                                          \
  {"staff", TAI_VALUE_TEXT, N_ ("Staff number")},                                                            \
      {"pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")},                                          \
      {"approver", TAI_VALUE_TEXT, N_ ("Staff number of who approves it")},                                  \
  {                                                                                                          \
    "approver-pin-file", TAI_VALUE_PATH, N_ ("File that holds that person's PIN")                            \
  }

static TaiJson *
show (TaiVerbCall *call, TaiMoney paid, GError **error)
{
  g_autoptr (TaiOrder) order = tai_verb_need_order (call, error);
  TaiJson *result;

  if (order == NULL)
    return NULL;
  result = tai_json_new_object ();
  tai_result_add_text (result, "id", order->id.text);
  tai_result_add_text (result, "state", tai_state_to_text (&tai_order_states, order->state));
  tai_result_add_text (result, "currency", tai_currency_to_code (order->today.currency));
  if (paid.currency != 0)
    tai_result_add_money (result, "paidOut", paid);
  return result;
}

static gboolean
cancel (TaiVerbCall *call, gpointer paid, GError **error)
{
  return tai_desk_cancel_order (tai_terminal_host_get_desk (call->host), tai_verb_get_text (call, "order"),
                                tai_verb_get_text (call, "reason"), error);
}

static gboolean
undo (TaiVerbCall *call, gpointer paid, GError **error)
{
  return tai_desk_undo_order (tai_terminal_host_get_desk (call->host), tai_verb_get_text (call, "order"),
                              tai_verb_get_text (call, "reason"), error);
}

static TaiJson *
run (TaiVerbCall *call, TaiVerbAct act, GError **error)
{
  TaiMoney paid = {0};

  return tai_verb_do_approved (call, act, &paid, error) ? show (call, paid, error) : NULL;
}

static TaiJson *
run_cancel (TaiVerbCall *call, GError **error)
{
  return run (call, cancel, error);
}

static TaiJson *
run_undo (TaiVerbCall *call, GError **error)
{
  return run (call, undo, error);
}

/* Who asks shows his document, once; nothing of it stays but the blind reference in the message. */
static TaiVisit *
identify (TaiVerbCall *call, GError **error)
{
  TaiDesk *desk = tai_terminal_host_get_desk (call->host);
  TaiIdentity *identity = tai_terminal_host_read_card (call->host, NULL, error);
  g_autoptr (TaiVisit) visit = identity != NULL ? tai_desk_begin_visit (desk, error) : NULL;

  if (visit == NULL)
    g_clear_pointer (&identity, tai_identity_free);
  else if (tai_desk_identify (desk, visit, identity, error))
    return g_steal_pointer (&visit);
  return NULL;
}

static gboolean
correct (TaiVerbCall *call, gpointer visit, GError **error)
{
  return tai_desk_correct_order (tai_terminal_host_get_desk (call->host), visit,
                                 tai_verb_get_text (call, "order"), tai_verb_get_text (call, "to"),
                                 tai_verb_get_text (call, "reason"), error);
}

static TaiJson *
run_correct (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiVisit) visit = NULL;
  gboolean good;

  tai_terminal_host_look (call->host, LOOK_MS);
  visit = identify (call, error);
  if (visit == NULL)
    return NULL;
  good = tai_verb_do_approved (call, correct, visit, error);
  tai_desk_abandon (tai_terminal_host_get_desk (call->host), visit, NULL); /* it held nothing */
  return good ? show (call, (TaiMoney){0}, error) : NULL;
}

/* Money back --------------------------------------------------------------------------------------------------------------- */

static gboolean
pay_out (TaiVerbCall *call, gpointer paid, GError **error)
{
  TaiDesk *desk = tai_terminal_host_get_desk (call->host);
  const char *order = tai_verb_get_text (call, "order"), *slip = tai_verb_get_text (call, "slip");

  return slip != NULL ? tai_desk_pay_refund_by_slip (desk, order, slip, paid, error)
                      : tai_desk_pay_refund (desk, order, paid, error);
}

/* The refund whose gateway is asked. */
typedef struct {
  TaiVerbCall *call;
  TaiUuid visit_id;
  TaiPayment *refund; /* (owned) (nullable) as it stood last */
} Wait;

/* Whoever gives it takes his time: nobody waits for that at a desk. */
static gboolean
is_left_in_doubt (const TaiPayment *refund)
{
  return refund->state == TAI_PAYMENT_UNKNOWN && g_strcmp0 (refund->detail, "patience") == 0;
}

/* The newest of the visit. FALSE: still under way. */
static gboolean
is_known (gpointer data)
{
  Wait *wait = data;
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (wait->call->host));
  g_autoptr (GPtrArray) payments = tai_visit_store_list_payments (store, &wait->visit_id, NULL);

  for (guint i = payments != NULL ? payments->len : 0; i > 0; i--) {
    const TaiPayment *one = g_ptr_array_index (payments, i - 1);
    if (!tai_payment_is_refund (one))
      continue;
    g_clear_pointer (&wait->refund, tai_payment_free);
    wait->refund = tai_payment_copy (one);
    return !tai_tender_is_open (one->state) || one->released || is_left_in_doubt (one);
  }
  return FALSE;
}

static gboolean
wait_for_refund (TaiVerbCall *call, TaiMoney *paid, GError **error)
{
  g_autoptr (TaiOrder) order = tai_verb_need_order (call, error);
  Wait wait = {.call = call};
  g_autoptr (TaiPayment) refund = NULL;
  gboolean known;

  if (order == NULL)
    return FALSE;
  wait.visit_id = order->visit_id;
  known = tai_terminal_host_run_until (call->host, is_known, &wait, OUTCOME_MS);
  refund = g_steal_pointer (&wait.refund);
  if (refund != NULL && refund->state == TAI_PAYMENT_SUCCEEDED) {
    *paid = tai_money_negate (refund->amount);
    return TRUE;
  }
  known = known && refund != NULL && !tai_tender_is_open (refund->state);
  g_set_error (error, TAI_CORE_ERROR, known ? TAI_CORE_ERROR_REFUND_REFUSED : TAI_CORE_ERROR_PAYMENT_OPEN,
               "refund %s is %s: %s", refund ? refund->id.text : "",
               refund ? tai_state_to_text (&tai_payment_states, refund->state) : "unknown",
               refund && refund->detail ? refund->detail : "no reason");
  return FALSE;
}

/* One that is under way already, perhaps since the power went, is waited for. */
static gboolean
give_back (TaiVerbCall *call, gpointer paid, GError **error)
{
  TaiDesk *desk = tai_terminal_host_get_desk (call->host);
  const char *order = tai_verb_get_text (call, "order");
  g_autoptr (GError) local_error = NULL;

  if (tai_desk_begin_refund (desk, order, NULL, &local_error) ||
      (g_error_matches (local_error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_OPEN) &&
       tai_desk_query_refund (desk, order, NULL)))
    return wait_for_refund (call, paid, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* *@n: how many parts go each way. Nothing is due any more: none. */
static gboolean
count_parts (TaiVerbCall *call, guint n[TAI_REFUND_BY_SLIP + 1], GError **error)
{
  g_autoptr (GPtrArray) parts = tai_desk_list_refund_parts (tai_terminal_host_get_desk (call->host),
                                                            tai_verb_get_text (call, "order"), error);

  for (TaiRefundWay way = TAI_REFUND_IN_CASH; way <= TAI_REFUND_BY_SLIP; way++)
    n[way] = 0;
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    n[((TaiRefundPart *)g_ptr_array_index (parts, i))->way]++;
  return parts != NULL;
}

static gboolean
is_nothing_due (const GError *error)
{
  return g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOTHING_DUE);
}

/* A slip is booked at once. Then what gateways took: cash is given when the rest is known to have gone. */
static gboolean
give_all_back (TaiVerbCall *call, TaiMoney *sum, GError **error)
{
  gboolean books_slip = tai_verb_get_text (call, "slip") != NULL;
  guint n[TAI_REFUND_BY_SLIP + 1];

  for (;;) {
    g_autoptr (GError) local_error = NULL;
    gboolean asks;
    TaiMoney paid = {0};
    if (!count_parts (call, n, &local_error)) {
      if (sum->currency != 0 && is_nothing_due (local_error))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    asks = !books_slip && n[TAI_REFUND_BY_GATEWAY] > 0;
    if (!tai_verb_do_approved (call, asks ? give_back : pay_out, &paid, error))
      return FALSE;
    *sum = tai_money (sum->minor + paid.minor, paid.currency);
    books_slip = FALSE;
  }
}

/* What a person says of a refund of which nobody knows; NULL: nothing is said. */
static const struct {
  const char *word;
  TaiPaymentDecision decision;
} decisions[] = {{"gone", TAI_PAYMENT_DECISION_PAID}, {"not-gone", TAI_PAYMENT_DECISION_NOT_PAID}};

static gboolean
decide (TaiVerbCall *call, gpointer paid, GError **error)
{
  const char *word = tai_verb_get_text (call, "decide");
  TaiDesk *desk = tai_terminal_host_get_desk (call->host);

  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (g_str_equal (word, decisions[i].word))
      return tai_desk_decide_refund (desk, tai_verb_get_text (call, "order"), decisions[i].decision, error);
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "--decide gone or not-gone, not '%s'", word);
  return FALSE;
}

static TaiJson *
run_refund (TaiVerbCall *call, GError **error)
{
  TaiMoney sum = {0};

  if (tai_verb_get_text (call, "decide") != NULL)
    return run (call, decide, error);
  return give_all_back (call, &sum, error) ? show (call, sum, error) : NULL;
}

static void
print_cancelled (const TaiJson *result, GString *out)
{
  tai_result_print (out, _ ("Headquarters is asked to undo order %s\n"), tai_result_text (result, "id"));
}

static void
print_refunded (const TaiJson *result, GString *out)
{
  if (!tai_json_has (result, "paidOut")) {
    tai_result_print (out, _ ("It is written what became of the refund for order %s\n"),
                      tai_result_text (result, "id"));
    return;
  }
  tai_result_print (out, _ ("Paid out for order %s: %s %s\n"), tai_result_text (result, "id"),
                    tai_result_text (result, "paidOut"), tai_result_text (result, "currency"));
}

static const TaiVerb order_cancel = {
    .name = "order cancel",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"order", TAI_VALUE_TEXT, "ORDER"}},
    .required = {"order", "reason", "staff"},
    .options = {{"reason", TAI_VALUE_TEXT, N_ ("Why, in a few words")}, WHO_OPTIONS, {NULL}},
    .summary = N_ ("Ask headquarters to undo a paid order that is not in force yet"),
    .run = run_cancel,
    .print = print_cancelled,
};

static void
print_correction (const TaiJson *result, GString *out)
{
  tai_result_print (out, _ ("Headquarters is asked to move the credit of order %s\n"),
                    tai_result_text (result, "id"));
}

static const TaiVerb order_undo = {
    .name = "order undo",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"order", TAI_VALUE_TEXT, "ORDER"}},
    .required = {"order", "reason", "staff"},
    .options = {{"reason", TAI_VALUE_TEXT, N_ ("Why, in a few words")}, WHO_OPTIONS, {NULL}},
    .summary = N_ ("Ask headquarters to take back a top-up or bill payment of today"),
    .run = run_undo,
    .print = print_cancelled,
};

static const TaiVerb order_correct = {
    .name = "order correct",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"order", TAI_VALUE_TEXT, "ORDER"}},
    .required = {"order", "to", "reason", "staff"},
    .options = {{"to", TAI_VALUE_TEXT, N_ ("The number that was meant")},
                {"reason", TAI_VALUE_TEXT, N_ ("Why, in a few words")},
                WHO_OPTIONS,
                {NULL}},
    .summary = N_ ("Ask headquarters to move a top-up to the right number; reads the customer's card"),
    .run = run_correct,
    .print = print_correction,
};

static const TaiVerb order_refund = {
    .name = "order refund",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"order", TAI_VALUE_TEXT, "ORDER"}},
    .required = {"order", "staff"},
    .options = {{"slip", TAI_VALUE_TEXT,
                 N_ ("Number of the slip with which the bank or another house gave it back")},
                {"decide", TAI_VALUE_TEXT, N_ ("What became of a refund in doubt: gone or not-gone")},
                WHO_OPTIONS,
                {NULL}},
    .summary = N_ ("Pay out what is owed for an order"),
    .run = run_refund,
    .print = print_refunded,
};

/* Halves ------------------------------------------------------------------------------------------------------------------ */

static TaiJson *
run_halves (TaiVerbCall *call, GError **error)
{
  g_autoptr (GPtrArray) halves = tai_desk_list_halves (tai_terminal_host_get_desk (call->host), error);
  TaiJson *result, *list;

  if (halves == NULL)
    return NULL;
  result = tai_json_new_object ();
  list = tai_result_add_list (result, "halves");
  for (guint i = 0; i < halves->len; i++) {
    const TaiHalf *half = g_ptr_array_index (halves, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "kind", tai_half_kind_to_text (half->kind));
    tai_result_add_text (one, "order", half->order_id.text[0] != '\0' ? half->order_id.text : NULL);
    tai_result_add_text (one, "payment", half->payment_id.text);
    tai_result_add_text (one, "receipt", half->receipt_number);
    tai_result_add_text (one, "tender", tai_tender_to_text (half->tender));
    tai_result_add_text (one, "provider", half->provider);
    tai_result_add_text (one, "currency", tai_currency_to_code (half->amount.currency));
    tai_result_add_money (one, "amount", half->amount);
    tai_result_add_time (one, "since", half->since_us);
  }
  return result;
}

/* What each kind is called by, and what it is; of the order or of the payment alone. */
static const struct {
  const char *kind, *id, *words;
} half_words[] = {
    {"billing_reversed", "order", N_ ("taken back, its money is still to go back")},
    {"bank_open", "payment", N_ ("paid by other means, whether the bank has taken it back is asked")},
    {"refund_open", "order",
     N_ ("its refund was given up, whether the bank gave it back after all is asked")},
    {"refund_twice", "order", N_ ("went back twice: put it right, then order refund --decide not-gone")},
};

static void
print_halves (const TaiJson *result, GString *out)
{
  const TaiJson *list = tai_json_get (result, "halves");

  if (tai_json_get_length (list) == 0)
    g_string_append (out, _ ("Billing and payments match.\n"));
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    tai_result_print_cell (out, tai_result_text (one, "amount"), 12);
    tai_result_print_cell (out, tai_result_text (one, "tender"), 8);
    for (guint k = 0; k < G_N_ELEMENTS (half_words); k++)
      if (g_strcmp0 (tai_result_text (one, "kind"), half_words[k].kind) == 0)
        tai_result_print (out, "%s %s\n", tai_result_text (one, half_words[k].id), _ (half_words[k].words));
  }
}

static const TaiVerb order_halves = {
    .name = "order halves",
    .place = TAI_VERB_WRITE,
    .summary = N_ ("List what billing and the bank have not both taken back"),
    .run = run_halves,
    .print = print_halves,
};

const TaiVerb *const tai_verbs_undo[] = {&order_cancel, &order_undo,   &order_correct,
                                         &order_refund, &order_halves, NULL};
