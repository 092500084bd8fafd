/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of the desk in the order of a visit. No rule of the business stands here. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-visit-runner.h"

#include <string.h>

#include "tai-app-error.h"
#include "tai-core-error.h"

typedef struct {
  TaiTerminalHost *host;
  TaiDesk *desk;
  const TaiVisitScript *script;
  TaiVisit *visit; /* not owned */
} Run;

static gboolean
identify (Run *run, GError **error)
{
  TaiIdentity *identity;

  if (!tai_visit_script_needs_identity (run->script))
    return TRUE;
  identity = tai_terminal_host_read_card (run->host, run->script->reader, error);
  if (identity == NULL || !tai_desk_identify (run->desk, run->visit, identity, error))
    return FALSE;
  tai_terminal_host_look_up_groups (run->host, run->visit);
  return TRUE;
}

/* Pretty numbers have their price: nobody gets one without asking for it. */
#define PICK_FROM 1000

/* One of the stock that is free now, and plain. */
static char *
pick (Run *run, const char *kind, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (run->host));
  g_autoptr (GPtrArray) free_ones =
      tai_visit_store_list_resources (store, kind, TAI_RESOURCE_LEASED, NULL, PICK_FROM, error);

  if (free_ones == NULL)
    return NULL;
  for (guint i = 0; i < free_ones->len; i++) {
    const TaiResource *resource = g_ptr_array_index (free_ones, i);
    if (resource->grade == NULL)
      return g_strdup (resource->value);
  }
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_NO_STOCK, "no free %s", kind);
  return NULL;
}

typedef gboolean (*ChooseFunc) (TaiDesk *desk, TaiVisit *visit, TaiOrder *order, const char *value,
                                GError **error);

static gboolean
choose (Run *run, TaiOrder *order, const char *kind, const char *wanted, ChooseFunc func, GError **error)
{
  g_autofree char *picked = NULL;

  if (wanted == NULL)
    return TRUE;
  if (strcmp (wanted, TAI_SCRIPT_AUTO) != 0)
    return func (run->desk, run->visit, order, wanted, error);
  picked = pick (run, kind, error);
  return picked != NULL && func (run->desk, run->visit, order, picked, error);
}

static gboolean
add_offering (Run *run, TaiOrder *order, const TaiScriptOffering *offering, GError **error)
{
  if (tai_desk_add_offering (run->desk, run->visit, order, offering->id, offering->quantity, offering->amount,
                             error) == NULL)
    return FALSE;
  return (!offering->consent || tai_desk_give_consent (run->desk, run->visit, order, offering->id, error)) &&
         (!offering->after_trial ||
          tai_desk_confirm_after_trial (run->desk, run->visit, order, offering->id, TRUE, error));
}

/* A top-up's amount belongs to the one offer of the catalogue that is for it. */
static gboolean
add_amount (Run *run, TaiOrder *order, const TaiScriptOrder *wanted, GError **error)
{
  TaiCatalogue *catalogue = tai_desk_get_catalogue (run->desk);
  gint64 now = tai_clock_now (tai_terminal_host_get_clock (run->host));
  const TaiOffering *offering;

  if (wanted->amount.currency == 0)
    return TRUE;
  offering = tai_catalogue_find_for (catalogue, TAI_OFFERING_TOP_UP, wanted->operation->id, now);
  if (offering == NULL) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_UNKNOWN,
                         "no top-up in the catalogue");
    return FALSE;
  }
  return tai_desk_add_offering (run->desk, run->visit, order, offering->id, 1, wanted->amount, error) != NULL;
}

static gboolean
select_order (Run *run, const TaiScriptOrder *wanted, GError **error)
{
  TaiOrder *order = tai_desk_add_order (run->desk, run->visit, wanted->operation->id, error);

  if (order == NULL)
    return FALSE;
  for (guint i = 0; i < wanted->offerings->len; i++)
    if (!add_offering (run, order, g_ptr_array_index (wanted->offerings, i), error))
      return FALSE;
  if (!add_amount (run, order, wanted, error))
    return FALSE;
  if (wanted->target != NULL && !tai_desk_set_target (run->desk, run->visit, order, wanted->target, error))
    return FALSE;
  return choose (run, order, TAI_RESOURCE_NUMBER, wanted->number, tai_desk_choose_number, error) &&
         choose (run, order, TAI_RESOURCE_SIM, wanted->sim, tai_desk_choose_sim, error);
}

/* A script knows its cash before it places: then nothing is placed that cannot be paid. */
static gboolean
check_cash (Run *run, GError **error)
{
  TaiMoney total = tai_visit_get_total (run->visit), rest;

  for (guint i = 0; i < run->script->payments->len; i++) {
    const TaiScriptPayment *payment = g_ptr_array_index (run->script->payments, i);
    if (payment->amount.currency == 0)
      return TRUE; /* it takes all that is left */
    if (!tai_money_subtract (total, payment->amount, &total, error))
      return FALSE;
  }
  if (!tai_money_subtract (run->script->cash, total, &rest, error))
    return FALSE;
  if (rest.minor >= 0)
    return TRUE;
  tai_core_error_set_cash_short (error, -rest.minor, rest.currency);
  return FALSE;
}

/* The gateway's outcome; a customer may take his time, and so may a doubt. */
#define OUTCOME_MS (4 * 60 * 1000)

static gboolean
is_settled (gpointer data)
{
  return tai_visit_get_open_payment (data) == NULL;
}

static gboolean
wait_for_outcome (Run *run, GError **error)
{
  const GPtrArray *payments = tai_visit_get_payments (run->visit);
  const TaiPayment *last;

  tai_terminal_host_run_until (run->host, is_settled, run->visit, OUTCOME_MS);
  last = payments->len > 0 ? g_ptr_array_index (payments, payments->len - 1) : NULL;
  if (last == NULL || last->state == TAI_PAYMENT_SUCCEEDED)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR,
               is_settled (run->visit) ? TAI_CORE_ERROR_PAYMENT_REFUSED : TAI_CORE_ERROR_PAYMENT_OPEN,
               "payment %s is %s: %s", last->id.text, tai_state_to_text (&tai_payment_states, last->state),
               last->detail ? last->detail : "no reason");
  return FALSE;
}

static gboolean
pay (Run *run, TaiMoney *change, GError **error)
{
  *change = tai_money (0, run->script->cash.currency);
  for (guint i = 0; i < run->script->payments->len; i++) {
    const TaiScriptPayment *payment = g_ptr_array_index (run->script->payments, i);
    TaiTenderRequest request = {.tender = payment->tender,
                                .amount = payment->amount,
                                .provider = payment->provider,
                                .number = payment->number,
                                .pay_code = payment->code};
    if (!tai_desk_pay (run->desk, run->visit, &request, NULL, error) || !wait_for_outcome (run, error))
      return FALSE;
  }
  return tai_visit_get_state (run->visit) == TAI_VISIT_CLOSED ||
         tai_desk_pay_cash (run->desk, run->visit, run->script->cash, change, error);
}

static gboolean
run_visit (Run *run, TaiMoney *change, GError **error)
{
  if (!identify (run, error))
    return FALSE;
  if (run->script->developer != NULL)
    tai_desk_set_developer (run->desk, run->visit, run->script->developer);
  for (guint i = 0; i < run->script->orders->len; i++)
    if (!select_order (run, g_ptr_array_index (run->script->orders, i), error))
      return FALSE;
  if (run->script->sign && !tai_desk_sign (run->desk, run->visit, error))
    return FALSE;
  return check_cash (run, error) && tai_desk_place (run->desk, run->visit, error) && pay (run, change, error);
}

/* Parts that were paid go back to the customer, one after the other. */
static void
return_parts (Run *run)
{
  const GPtrArray *payments = tai_visit_get_payments (run->visit);

  for (guint i = 0; i < payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (payments, i);
    if (payment->state == TAI_PAYMENT_SUCCEEDED &&
        tai_desk_cancel_payment (run->desk, run->visit, payment->id.text, NULL))
      tai_terminal_host_run_until (run->host, is_settled, run->visit, OUTCOME_MS);
  }
}

/* The refusal stands; when even giving back fails (a full disk), the owner's next start does it. */
static void
give_back (Run *run)
{
  g_autoptr (GError) error = NULL;

  return_parts (run);
  if (!tai_desk_abandon (run->desk, run->visit, &error))
    g_message ("visit %s could not be abandoned: %s", tai_visit_get_id (run->visit)->text, error->message);
}

gboolean
tai_visit_runner_run (TaiTerminalHost *host, const TaiVisitScript *script, TaiVisit **visit, TaiMoney *change,
                      GError **error)
{
  TaiDesk *desk = tai_terminal_host_get_desk (host);
  g_autoptr (TaiVisit) own = tai_desk_begin_visit (desk, error);
  Run run = {host, desk, script, own};

  gboolean paid;

  if (own == NULL)
    return FALSE;
  /* while a card is read, HQ's news go on */
  tai_terminal_host_hold_catalogue (host);
  paid = run_visit (&run, change, error);
  if (!paid)
    give_back (&run);
  tai_terminal_host_release_catalogue (host);
  if (paid)
    *visit = g_steal_pointer (&own);
  return paid;
}
