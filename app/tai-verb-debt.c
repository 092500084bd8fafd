/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verb of money that another desk owes a customer who stands here: how it stands, fetch it, leave it there, give it back. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-core-error.h"
#include "tai-promise.h"
#include "tai-verb-private.h"

#include <glib/gi18n.h>

/* The other terminal answers by itself; after that it is heard of by itself, too. */
#define ANSWER_MS (60 * 1000)

typedef struct {
  TaiVerbCall *call;
  const char *order;
  TaiMoney paid;
} Debt;

/* Not asked for any more: it came, or it does not. */
static gboolean
is_answered (gpointer data)
{
  const Debt *self = data;
  g_autoptr (TaiDebt) debt = tai_visit_store_find_debt (
      TAI_VISIT_STORE (tai_terminal_host_get_store (self->call->host)), self->order, NULL);

  return debt != NULL && debt->state != TAI_DEBT_STATE_ASKED;
}

static gboolean
fetch (Debt *self, GError **error)
{
  if (!tai_desk_ask_debt (tai_terminal_host_get_desk (self->call->host), self->order, error))
    return FALSE;
  tai_terminal_host_run_until (self->call->host, is_answered, self, ANSWER_MS);
  return TRUE;
}

static gboolean
leave (Debt *self, GError **error)
{
  return tai_desk_withdraw_debt (tai_terminal_host_get_desk (self->call->host), self->order, error);
}

static gboolean
pay_out (TaiVerbCall *call, gpointer data, GError **error)
{
  Debt *self = data;

  return tai_desk_pay_debt (tai_terminal_host_get_desk (call->host), self->order, &self->paid, error);
}

static gboolean
pay (Debt *self, GError **error)
{
  return tai_verb_do_approved (self->call, pay_out, self, error);
}

static const struct {
  const char *word;
  gboolean (*act) (Debt *self, GError **error);
} acts[] = {{"fetch", fetch}, {"leave", leave}, {"pay", pay}};

static gboolean
act (Debt *self, const char *word, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (word, acts[i].word))
      return acts[i].act (self, error);
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "--do fetch, leave or pay, not '%s'", word);
  return FALSE;
}

static TaiJson *
show (const Debt *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiDebt) debt =
      tai_desk_look_at_debt (tai_terminal_host_get_desk (self->call->host), self->order, &local_error);
  TaiJson *result;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  result = tai_json_new_object ();
  tai_result_add_text (result, "order", self->order);
  tai_result_add_text (result, "state",
                       debt != NULL ? tai_state_to_text (&tai_debt_states, debt->state) : "elsewhere");
  if (debt == NULL)
    return result;
  tai_result_add_text (result, "reason", debt->reason);
  tai_result_add_text (result, "terminal", debt->terminal);
  tai_result_add_text (result, "receipt", debt->receipt_number);
  if (debt->amount.currency != 0)
    tai_result_add_text (result, "currency", tai_currency_to_code (debt->amount.currency));
  tai_result_add_money (result, "amount", debt->amount);
  tai_result_add_time (result, "since", debt->since_us);
  tai_result_add_money (result, "paidOut", self->paid);
  return result;
}

/* The order's id, or a customer's slip as it is scanned. */
static TaiJson *
run_debt (TaiVerbCall *call, GError **error)
{
  const char *word = tai_verb_get_text (call, "do");
  TaiPromise promise = {.kind = TAI_PROMISE_MONEY};
  Debt self = {.call = call, .order = tai_verb_get_text (call, "order")};

  if (tai_promise_from_text (self.order, &promise))
    self.order = promise.id.text;
  if (promise.kind != TAI_PROMISE_MONEY || !tai_uuid_is_valid (self.order)) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE,
                 "'%s' is no order and no slip of money that is owed", self.order);
    return NULL;
  }
  return word == NULL || act (&self, word, error) ? show (&self, error) : NULL;
}

static const struct {
  const char *state, *words;
} state_words[] = {
    {"elsewhere", N_ ("it was not asked for here")},
    {"asked", N_ ("asked for, the other desk has not answered yet")},
    {"withdrawn", N_ ("left at the other desk")},
    {"kept", N_ ("the other desk keeps it")},
    {"held", N_ ("fetched: it is to be given back here")},
    {"paid", N_ ("given back here")},
    {"released", N_ ("let go to another desk")},
};

static void
print_debt (const TaiJson *result, GString *out)
{
  const char *state = tai_result_text (result, "state");

  for (guint i = 0; i < G_N_ELEMENTS (state_words); i++)
    if (g_str_equal (state, state_words[i].state))
      tai_result_print (out, _ ("Order %s: %s\n"), tai_result_text (result, "order"),
                        _ (state_words[i].words));
  if (tai_json_has (result, "reason"))
    tai_result_print (out, _ ("Reason: %s\n"), tai_result_text (result, "reason"));
  if (tai_json_has (result, "paidOut"))
    tai_result_print (out, _ ("Paid out for order %s: %s %s\n"), tai_result_text (result, "order"),
                      tai_result_text (result, "paidOut"), tai_result_text (result, "currency"));
}

static const TaiVerb order_debt = {
    .name = "order debt",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"order", TAI_VALUE_TEXT, "ORDER"}},
    .required = {"order", "staff"},
    .options = {{"do", TAI_VALUE_TEXT,
                 N_ ("fetch: ask the desk that owes it; leave: not any more; pay: out of the drawer")},
                {"staff", TAI_VALUE_TEXT, N_ ("Staff number")},
                {"pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")},
                {"approver", TAI_VALUE_TEXT, N_ ("Staff number of who approves it")},
                {"approver-pin-file", TAI_VALUE_PATH, N_ ("File that holds that person's PIN")},
                {NULL}},
    .summary = N_ ("Cash that another desk owes a customer who stands here"),
    .run = run_debt,
    .print = print_debt,
};

const TaiVerb *const tai_verbs_debt[] = {&order_debt, NULL};
