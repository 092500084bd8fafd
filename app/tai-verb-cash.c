/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs of cash without a sale. Where a second person must say yes, he is named on the command line and gives his own PIN. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-core-error.h"

#define STAFF_OPTIONS                                                                                        \
  {"staff", TAI_VALUE_TEXT, N_ ("Staff number")},                                                            \
  {                                                                                                          \
    "pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")                                               \
  }
#define APPROVER_OPTIONS                                                                                     \
  {"approver", TAI_VALUE_TEXT, N_ ("Staff number of who approves it")},                                      \
  {                                                                                                          \
    "approver-pin-file", TAI_VALUE_PATH, N_ ("File that holds that person's PIN")                            \
  }
#define AMOUNT_OPTION                                                                                        \
  {                                                                                                          \
    "amount", TAI_VALUE_TEXT, N_ ("How much, 500.00")                                                        \
  }

static gboolean
approve (TaiVerbCall *call, GError **error)
{
  const char *approver = tai_verb_get_text (call, "approver"),
             *pin = tai_verb_get_text (call, "approver-pin");

  if (approver == NULL || pin == NULL || !g_error_matches (*error, TAI_CORE_ERROR, TAI_CORE_ERROR_APPROVAL))
    return FALSE;
  g_clear_error (error);
  return tai_desk_approve (tai_terminal_host_get_desk (call->host), approver, pin, error);
}

gboolean
tai_verb_do_approved (TaiVerbCall *call, TaiVerbAct act, gpointer data, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (act (call, data, &local_error) || (approve (call, &local_error) && act (call, data, &local_error)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static TaiJson *
bags_to_json (TaiVerbCall *call, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  g_autoptr (GPtrArray) bags = tai_visit_store_list_balances (store, TAI_ACCOUNT_IN_TRANSIT ":", error);
  TaiJson *result, *list;

  if (bags == NULL)
    return NULL;
  result = tai_json_new_object ();
  tai_result_add_text (result, "currency",
                       tai_currency_to_code (tai_terminal_host_get_terminal (call->host)->currency));
  list = tai_result_add_list (result, "bags");
  for (guint i = 0; i < bags->len; i++) {
    const TaiBalance *bag = g_ptr_array_index (bags, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "bag", bag->detail);
    tai_result_add_money (one, "amount", bag->amount);
  }
  return result;
}

static gboolean
move (TaiVerbCall *call, gpointer request, GError **error)
{
  return tai_desk_move_cash (tai_terminal_host_get_desk (call->host), request, error);
}

static TaiJson *
move_cash (TaiVerbCall *call, const char *move_id, GError **error)
{
  TaiCashRequest request = {.move = move_id,
                            .bag = tai_verb_get_text (call, "bag"),
                            .slip = tai_verb_get_text (call, "slip"),
                            .reason = tai_verb_get_text (call, "reason")};
  TaiJson *result;

  if (!tai_verb_get_money (call, "amount", &request.amount, error) ||
      !tai_verb_do_approved (call, move, &request, error))
    return NULL;
  result = bags_to_json (call, error);
  if (result == NULL)
    return NULL;
  tai_result_add_text (result, "move", move_id);
  tai_result_add_money (result, "amount", request.amount);
  return result;
}

static TaiJson *
run_in (TaiVerbCall *call, GError **error)
{
  return move_cash (call, TAI_CASH_IN, error);
}

static TaiJson *
run_out (TaiVerbCall *call, GError **error)
{
  return move_cash (call, TAI_CASH_OUT, error);
}

static TaiJson *
run_drop (TaiVerbCall *call, GError **error)
{
  return move_cash (call, TAI_CASH_DROP, error);
}

static TaiJson *
run_deposit (TaiVerbCall *call, GError **error)
{
  return move_cash (call, TAI_CASH_BANK_DEPOSIT, error);
}

static void
print_moved (const TaiJson *result, GString *out)
{
  const TaiJson *bags = tai_json_get (result, "bags");

  if (tai_json_has (result, "move"))
    tai_result_print (out, _ ("Booked: %s %s\n"), tai_result_text (result, "amount"),
                      tai_result_text (result, "currency"));
  for (guint i = 0; i < tai_json_get_length (bags); i++) {
    const TaiJson *bag = tai_json_get_element (bags, i);
    tai_result_print (out, _ ("Under way in bag %s: %s %s\n"), tai_result_text (bag, "bag"),
                      tai_result_text (bag, "amount"), tai_result_text (result, "currency"));
  }
  if (tai_json_get_length (bags) == 0)
    tai_result_print (out, _ ("No bag is under way\n"));
}

static const TaiVerb cash_in = {
    .name = "till cash-in",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"amount", "staff"},
    .options = {AMOUNT_OPTION, STAFF_OPTIONS, {NULL}},
    .summary = N_ ("Change money from the safe into the drawer"),
    .run = run_in,
    .print = print_moved,
};

static const TaiVerb cash_out = {
    .name = "till cash-out",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"amount", "reason", "staff"},
    .options = {AMOUNT_OPTION,
                {"reason", TAI_VALUE_TEXT, N_ ("What it is for, in a few words")},
                STAFF_OPTIONS,
                APPROVER_OPTIONS,
                {NULL}},
    .summary = N_ ("Money out of the drawer into the safe, with a reason and a second person's yes"),
    .run = run_out,
    .print = print_moved,
};

static const TaiVerb drop = {
    .name = "till drop",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"amount", "bag", "staff"},
    .options = {AMOUNT_OPTION,
                {"bag", TAI_VALUE_TEXT, N_ ("Number of the sealed bag")},
                STAFF_OPTIONS,
                {NULL}},
    .summary = N_ ("Money out of the drawer into a numbered, sealed bag"),
    .run = run_drop,
    .print = print_moved,
};

static const TaiVerb deposit = {
    .name = "till deposit",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"amount", "bag", "slip", "staff"},
    .options = {AMOUNT_OPTION,
                {"bag", TAI_VALUE_TEXT, N_ ("Number of the sealed bag")},
                {"slip", TAI_VALUE_TEXT, N_ ("Number of the bank's slip")},
                STAFF_OPTIONS,
                APPROVER_OPTIONS,
                {NULL}},
    .summary = N_ ("A bag to the bank, with its slip and a second person's yes"),
    .run = run_deposit,
    .print = print_moved,
};

static const TaiVerb bags = {
    .name = "till bags",
    .place = TAI_VERB_READ,
    .summary = N_ ("Bags that the bank does not have yet"),
    .run = bags_to_json,
    .print = print_moved,
};

const TaiVerb *const tai_verbs_cash[] = {&cash_in, &cash_out, &drop, &deposit, &bags, NULL};
