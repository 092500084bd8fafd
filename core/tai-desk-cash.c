/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cash without a sale: from the safe and back, into sealed bags, to the bank; and the cap on what a drawer may hold. On the
 * desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-limits.h"

#include <string.h>

static gboolean
refuse (GError **error, TaiCoreError code, const char *detail)
{
  g_set_error_literal (error, TAI_CORE_ERROR, code, detail);
  return FALSE;
}

/* The words and numbers that the row asks for. */
static gboolean
check_said (const TaiCashMove *move, const TaiCashRequest *request, GError **error)
{
  gsize reason = request->reason != NULL ? strlen (request->reason) : 0;

  if ((move->needs & TAI_CASH_NEEDS_REASON) && (reason == 0 || reason > TAI_LIMIT_FIELD_BYTES))
    return refuse (error, TAI_CORE_ERROR_REASON_REQUIRED, "no reason is given");
  if ((move->needs & TAI_CASH_NEEDS_BAG) && !tai_cash_reference_is_valid (request->bag))
    return refuse (error, TAI_CORE_ERROR_REFERENCE, "no number of a bag");
  if ((move->needs & TAI_CASH_NEEDS_SLIP) && !tai_cash_reference_is_valid (request->slip))
    return refuse (error, TAI_CORE_ERROR_REFERENCE, "no number of a slip");
  return TRUE;
}

/* A bag's number is used once, ever; what leaves it is what is in it, to the fen. */
static gboolean
check_bag (TaiDesk *self, const TaiCashMove *move, const TaiCashRequest *request, GError **error)
{
  g_autofree char *account = NULL;
  gboolean is_known;
  TaiMoney held;

  if (!(move->needs & TAI_CASH_NEEDS_BAG))
    return TRUE;
  account = g_strconcat (TAI_ACCOUNT_IN_TRANSIT ":", request->bag, NULL);
  if (!tai_visit_store_balance (self->ports.store, account, &held, &is_known, error))
    return FALSE;
  if (strcmp (move->to, TAI_ACCOUNT_IN_TRANSIT) == 0)
    return !is_known || refuse (error, TAI_CORE_ERROR_BAG_KNOWN, request->bag);
  if (held.minor <= 0)
    return refuse (error, TAI_CORE_ERROR_BAG_UNKNOWN, request->bag);
  return held.minor == request->amount.minor ||
         refuse (error, TAI_CORE_ERROR_MONEY_RANGE, "not what was put into the bag");
}

static gboolean
check_drawer (TaiDesk *self, const TaiCashMove *move, const TaiCashRequest *request, GError **error)
{
  TaiMoney drawer;

  if (strcmp (move->from, TAI_ACCOUNT_DRAWER) != 0)
    return TRUE;
  if (!tai_visit_store_drawer_balance (self->ports.store, self->terminal->till, &drawer, error))
    return FALSE;
  return drawer.minor >= request->amount.minor ||
         refuse (error, TAI_CORE_ERROR_DRAWER_SHORT, "more than the drawer should hold");
}

/* What happens outside a shift counts on the day it happens. */
static gboolean
find_day (TaiDesk *self, const TaiCashMove *move, TaiShift **shift, char **day, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *shift = (move->needs & TAI_CASH_NEEDS_SHIFT) ? tai_desk_require_selling (self, &local_error) : NULL;
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  *day = *shift != NULL ? g_strdup ((*shift)->business_day) : tai_date_to_text (tai_desk_today (self));
  return TRUE;
}

static char *
make_detail (const TaiCashRequest *request)
{
  GString *text = g_string_new (NULL);

  if (request->bag != NULL)
    g_string_append_printf (text, "bag %s", request->bag);
  if (request->slip != NULL)
    g_string_append_printf (text, "%sslip %s", text->len > 0 ? ", " : "", request->slip);
  if (request->reason != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", request->reason);
  return g_string_free (text, FALSE);
}

static void
add_facts (TaiDesk *self, TaiChange *change, const TaiCashMove *move, const TaiCashRequest *request,
           const TaiShift *shift, const char *day, TaiPostingSet *set)
{
  g_autofree char *detail = make_detail (request);
  const char *subject = request->bag != NULL ? request->bag : self->terminal->till;
  TaiJournalEntry *entry = tai_desk_journal (self, move->id, shift, subject, detail, request->amount);

  if (shift == NULL)
    entry->business_day = g_strdup (day);
  tai_change_add_postings (change, set, NULL, NULL, day, shift != NULL ? shift->id.text : NULL,
                           self->staff->number, entry->time_us);
  tai_change_set_words (change, request->slip, request->reason);
  tai_change_take_journal (change, entry);
}

gboolean
tai_desk_move_cash (TaiDesk *self, const TaiCashRequest *request, GError **error)
{
  const TaiCashMove *move;
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiPostingSet) set = NULL;
  g_autoptr (TaiShift) shift = NULL;
  g_autofree char *day = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && request != NULL, FALSE);
  move = tai_cash_move_find (request->move);
  g_return_val_if_fail (move != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, error) || !check_said (move, request, error))
    return FALSE;
  if (request->amount.currency != self->terminal->currency)
    return refuse (error, TAI_CORE_ERROR_MONEY_CURRENCY, "not the till's currency");
  set = tai_cash_move_post (move, self->terminal->hall, self->terminal->till, request->bag, request->amount,
                            error);
  if (set == NULL || !find_day (self, move, &shift, &day, error) || !check_bag (self, move, request, error) ||
      !check_drawer (self, move, request, error))
    return FALSE;
  if (move->action != NULL &&
      !tai_desk_take_approval (self, change, move->action,
                               request->bag != NULL ? request->bag : self->terminal->till, request->amount,
                               error))
    return FALSE;
  add_facts (self, change, move, request, shift, day, g_steal_pointer (&set));
  return tai_desk_commit (self, change, error);
}

GPtrArray *
tai_desk_list_bags (TaiDesk *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, error))
    return NULL;
  return tai_visit_store_list_balances (self->ports.store, TAI_ACCOUNT_IN_TRANSIT ":", error);
}

/* The cap ------------------------------------------------------------------------------------------------------------ */

#define POLICY_SETTING "till_policy"

/* Of a store that says nothing, or something else: no limits. HQ says it again with its next word. */
void
tai_desk_load_till_policy (TaiDesk *self)
{
  g_autofree char *text = tai_visit_store_get_setting (self->ports.store, POLICY_SETTING, NULL);

  if (text == NULL || !tai_till_policy_from_text (text, &self->policy))
    self->policy = (TaiTillPolicy){0};
}

gboolean
tai_desk_set_till_policy (TaiDesk *self, const TaiTillPolicy *policy, GError **error)
{
  g_autoptr (TaiChange) change = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && policy != NULL, FALSE);
  if (memcmp (&self->policy, policy, sizeof *policy) == 0)
    return TRUE;
  if (!tai_till_policy_is_valid (policy))
    return refuse (error, TAI_CORE_ERROR_MONEY_RANGE, "a limit that cannot be");
  change = tai_change_new ();
  text = tai_till_policy_to_text (policy);
  tai_change_add_setting (change, POLICY_SETTING, text);
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  self->policy = *policy;
  return TRUE;
}

TaiTillPolicy
tai_desk_get_till_policy (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), (TaiTillPolicy){0});
  return self->policy;
}

gboolean
tai_desk_get_cash_level (TaiDesk *self, TaiCashLevel *level, GError **error)
{
  const TaiTillPolicy *policy = &self->policy;
  TaiMoney drawer;

  g_return_val_if_fail (TAI_IS_DESK (self) && level != NULL, FALSE);
  *level = TAI_CASH_LEVEL_NORMAL;
  if (policy->cash_cap_minor == 0 && policy->cash_warn_minor == 0)
    return TRUE;
  if (!tai_visit_store_drawer_balance (self->ports.store, self->terminal->till, &drawer, error))
    return FALSE;
  if (policy->cash_cap_minor > 0 && drawer.minor >= policy->cash_cap_minor)
    *level = TAI_CASH_LEVEL_FULL;
  else if (policy->cash_warn_minor > 0 && drawer.minor >= policy->cash_warn_minor)
    *level = TAI_CASH_LEVEL_HIGH;
  return TRUE;
}

/* Asked before a customer is served, not while he holds out his money: nobody's cash is refused. The approval names the cap, not
 * what is in the drawer: the count stays blind. */
gboolean
tai_desk_check_cap (TaiDesk *self, GError **error)
{
  g_autoptr (TaiChange) change = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = NULL;
  TaiCashLevel level;

  if (!tai_desk_get_cash_level (self, &level, error))
    return FALSE;
  if (level != TAI_CASH_LEVEL_FULL)
    return TRUE;
  shift = tai_desk_get_shift (self, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (shift == NULL) /* says so when it sells */
    return TRUE;
  change = tai_change_new ();
  return tai_desk_take_approval (self, change, TAI_ACTION_CASH_CAP, shift->id.text,
                                 tai_money (self->policy.cash_cap_minor, self->terminal->currency), error) &&
         tai_desk_commit (self, change, error);
}
