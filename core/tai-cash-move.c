/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-core"

#include "tai-cash-move.h"

#include <string.h>

#include "tai-approval.h"
#include "tai-core-error.h"

/* clang-format off */
static const TaiCashMove moves[] = {
  {TAI_CASH_IN,           TAI_ACCOUNT_SAFE,       TAI_ACCOUNT_DRAWER,     TAI_CASH_NEEDS_SHIFT, NULL},
  {TAI_CASH_OUT,          TAI_ACCOUNT_DRAWER,     TAI_ACCOUNT_SAFE,       TAI_CASH_NEEDS_SHIFT | TAI_CASH_NEEDS_REASON | TAI_CASH_NEEDS_APPROVAL, TAI_ACTION_CASH_OUT},
  {TAI_CASH_DROP,         TAI_ACCOUNT_DRAWER,     TAI_ACCOUNT_IN_TRANSIT, TAI_CASH_NEEDS_SHIFT | TAI_CASH_NEEDS_BAG, NULL},
  {TAI_CASH_BANK_DEPOSIT, TAI_ACCOUNT_IN_TRANSIT, TAI_ACCOUNT_BANK,       TAI_CASH_NEEDS_BAG | TAI_CASH_NEEDS_SLIP | TAI_CASH_NEEDS_APPROVAL, TAI_ACTION_BANK_DEPOSIT},
};
/* clang-format on */

const TaiCashMove *
tai_cash_move_find (const char *id)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (moves); i++)
    if (strcmp (moves[i].id, id) == 0)
      return &moves[i];
  return NULL;
}

const TaiCashMove *
tai_cash_move_get_all (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (moves);
  return moves;
}

gboolean
tai_cash_reference_is_valid (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  return length > 0 && length <= TAI_CASH_REFERENCE_MAX &&
         strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-") == length;
}

/* Which of them: "drawer:T2", "safe:H017", "in_transit:B12", "bank". */
static const char *
get_detail (const char *account, const char *hall, const char *till, const char *bag)
{
  if (strcmp (account, TAI_ACCOUNT_DRAWER) == 0)
    return till;
  if (strcmp (account, TAI_ACCOUNT_SAFE) == 0)
    return hall;
  return strcmp (account, TAI_ACCOUNT_IN_TRANSIT) == 0 ? bag : NULL;
}

TaiPostingSet *
tai_cash_move_post (const TaiCashMove *self, const char *hall, const char *till, const char *bag,
                    TaiMoney amount, GError **error)
{
  g_autoptr (TaiPostingSet) set = NULL;

  g_return_val_if_fail (self != NULL && hall != NULL && till != NULL, NULL);
  if (amount.minor <= 0 || amount.minor > TAI_MONEY_LIMIT_MINOR) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE, "%s of no amount that can be moved",
                 self->id);
    return NULL;
  }
  set = tai_posting_set_new (self->id);
  tai_posting_set_add (set, self->to, get_detail (self->to, hall, till, bag), amount);
  tai_posting_set_add (set, self->from, get_detail (self->from, hall, till, bag), tai_money_negate (amount));
  return tai_posting_set_check (set, error) ? g_steal_pointer (&set) : NULL;
}
