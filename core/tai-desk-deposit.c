/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The deposit of an agent's hall: cash that was taken and is not at the bank may come to so much. HQ says how much, and whether more is
 * refused or only said. On the desk's worker.
 */
#include "tai-desk-private.h"

/* Drawer, safe and bags together: what the safe gave as float stands there with the other sign. */
static gboolean
sum_cash (TaiDesk *self, TaiMoney *sum, GError **error)
{
  static const char *const prefixes[] = {TAI_ACCOUNT_DRAWER ":", TAI_ACCOUNT_SAFE ":",
                                         TAI_ACCOUNT_IN_TRANSIT ":"};

  *sum = tai_money (0, self->terminal->currency);
  for (guint k = 0; k < G_N_ELEMENTS (prefixes); k++) {
    g_autoptr (GPtrArray) balances = tai_visit_store_list_balances (self->ports.store, prefixes[k], error);

    if (balances == NULL)
      return FALSE;
    for (guint i = 0; i < balances->len; i++)
      sum->minor += ((TaiBalance *)g_ptr_array_index (balances, i))->amount.minor;
  }
  return TRUE;
}

gboolean
tai_desk_get_deposit (TaiDesk *self, TaiDeposit *deposit, GError **error)
{
  const TaiTillPolicy *policy = &self->policy;
  TaiMoney used;

  g_return_val_if_fail (TAI_IS_DESK (self) && deposit != NULL, FALSE);
  *deposit = (TaiDeposit){.level = TAI_DEPOSIT_NONE};
  if (policy->deposit_minor == 0)
    return TRUE;
  if (!sum_cash (self, &used, error))
    return FALSE;
  deposit->deposit = tai_money (policy->deposit_minor, used.currency);
  deposit->left = tai_money (policy->deposit_minor - used.minor, used.currency);
  deposit->refuses = policy->deposit_refuses != 0;
  deposit->level = deposit->left.minor <= 0                            ? TAI_DEPOSIT_SPENT
                   : deposit->left.minor <= policy->deposit_warn_minor ? TAI_DEPOSIT_LOW
                                                                       : TAI_DEPOSIT_GOOD;
  return TRUE;
}

/* @amount more. Nobody is refused unless HQ says so. */
gboolean
tai_desk_check_deposit (TaiDesk *self, TaiMoney amount, GError **error)
{
  TaiDeposit deposit;

  if (self->policy.deposit_minor == 0 || self->policy.deposit_refuses == 0 || amount.minor <= 0)
    return TRUE;
  if (!tai_desk_get_deposit (self, &deposit, error))
    return FALSE;
  if (amount.minor <= deposit.left.minor)
    return TRUE;
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DEPOSIT_SPENT,
                       "the agent's deposit does not cover it");
  return FALSE;
}
