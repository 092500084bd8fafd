/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that take back: an order from headquarters, what is owed out of the drawer. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

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
  g_autoptr (TaiOrder) order = tai_visit_store_find_order (
      TAI_VISIT_STORE (tai_terminal_host_get_store (call->host)), tai_verb_get_text (call, "order"), error);
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
cancel (TaiVerbCall *call, TaiMoney *paid, GError **error)
{
  return tai_desk_cancel_order (tai_terminal_host_get_desk (call->host), tai_verb_get_text (call, "order"),
                                tai_verb_get_text (call, "reason"), error);
}

static gboolean
refund (TaiVerbCall *call, TaiMoney *paid, GError **error)
{
  return tai_desk_pay_refund (tai_terminal_host_get_desk (call->host), tai_verb_get_text (call, "order"),
                              paid, error);
}

static TaiJson *
run (TaiVerbCall *call, gboolean (*act) (TaiVerbCall *, TaiMoney *, GError **), GError **error)
{
  g_autoptr (GError) local_error = NULL;
  TaiMoney paid = {0};

  if (act (call, &paid, &local_error) ||
      (tai_verb_approve (call, &local_error) && act (call, &paid, &local_error)))
    return show (call, paid, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static TaiJson *
run_cancel (TaiVerbCall *call, GError **error)
{
  return run (call, cancel, error);
}

static TaiJson *
run_refund (TaiVerbCall *call, GError **error)
{
  return run (call, refund, error);
}

static void
print_cancelled (const TaiJson *result, GString *out)
{
  tai_result_print (out, _ ("Headquarters is asked to undo order %s\n"), tai_result_text (result, "id"));
}

static void
print_refunded (const TaiJson *result, GString *out)
{
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

static const TaiVerb order_refund = {
    .name = "order refund",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"order", TAI_VALUE_TEXT, "ORDER"}},
    .required = {"order", "staff"},
    .options = {WHO_OPTIONS, {NULL}},
    .summary = N_ ("Pay out what is owed for an order"),
    .run = run_refund,
    .print = print_refunded,
};

const TaiVerb *const tai_verbs_undo[] = {&order_cancel, &order_refund, NULL};
