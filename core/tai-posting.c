/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules of the till's books: what each event debits and credits (docs/tables.md). Pure; a set is one thread's at a time.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-posting.h"

#include "tai-core-error.h"

TaiPostingSet *
tai_posting_set_new (const char *event)
{
  TaiPostingSet *self;

  g_return_val_if_fail (event != NULL, NULL);

  self = g_new0 (TaiPostingSet, 1);
  g_strlcpy (self->event, event, sizeof self->event);
  self->postings = g_array_new (FALSE, TRUE, sizeof (TaiPosting));
  return self;
}

void
tai_posting_set_free (TaiPostingSet *self)
{
  if (!self)
    return;
  g_array_unref (self->postings);
  g_free (self);
}

void
tai_posting_set_add (TaiPostingSet *self, const char *kind, const char *detail, TaiMoney amount)
{
  TaiPosting posting = {.amount = amount};
  int length;

  g_return_if_fail (self != NULL && kind != NULL);

  if (amount.minor == 0)
    return;
  length = g_snprintf (posting.account, sizeof posting.account, "%s%s%s", kind, detail ? ":" : "",
                       detail ? detail : "");
  /* A name cut short may be another account's: none at all is found by the check. */
  if (length >= (int)sizeof posting.account)
    posting.account[0] = '\0';
  g_array_append_val (self->postings, posting);
}

static gboolean
unbalanced (const TaiPostingSet *self, GError **error, const char *what)
{
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_UNBALANCED, "postings of %s: %s", self->event, what);
  return FALSE;
}

/* Sum of all postings in @currency; FALSE when it overflows. */
static gboolean
sum_currency (const TaiPostingSet *self, guint16 currency, TaiMoney *sum, GError **error)
{
  *sum = tai_money (0, currency);
  for (guint i = 0; i < self->postings->len; i++) {
    const TaiPosting *posting = &g_array_index (self->postings, TaiPosting, i);

    if (posting->amount.currency == currency && !tai_money_add (*sum, posting->amount, sum, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
tai_posting_set_check (const TaiPostingSet *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->postings->len; i++) {
    const TaiPosting *posting = &g_array_index (self->postings, TaiPosting, i);
    TaiMoney sum;

    if (posting->account[0] == '\0')
      return unbalanced (self, error, "the name of an account is too long");
    if (tai_currency_get_decimals (posting->amount.currency) < 0)
      return unbalanced (self, error, "unknown currency");
    if (!sum_currency (self, posting->amount.currency, &sum, error))
      return FALSE;
    if (sum.minor != 0)
      return unbalanced (self, error, "the sum is not zero");
  }
  return TRUE;
}

TaiPostingSet *
tai_posting_set_reverse (const TaiPostingSet *self, const char *event)
{
  TaiPostingSet *reverse;

  g_return_val_if_fail (self != NULL && event != NULL, NULL);

  reverse = tai_posting_set_new (event);
  for (guint i = 0; i < self->postings->len; i++) {
    TaiPosting posting = g_array_index (self->postings, TaiPosting, i);

    posting.amount = tai_money_negate (posting.amount);
    g_array_append_val (reverse->postings, posting);
  }
  return reverse;
}

/* @set if it balances, else NULL and it is freed. */
static TaiPostingSet *
checked (TaiPostingSet *set, GError **error)
{
  g_autoptr (TaiPostingSet) self = set;

  if (!tai_posting_set_check (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
check_not_negative (const TaiPostingSet *set, TaiMoney amount, GError **error)
{
  return amount.minor >= 0 || unbalanced (set, error, "an amount is negative");
}

TaiPostingSet *
tai_posting_sale (const char *event, const TaiDebit *debit, TaiMoney part_paid, const TaiCredit *credits,
                  guint n, GError **error)
{
  g_autoptr (TaiPostingSet) set = NULL;

  g_return_val_if_fail (event != NULL && (credits != NULL || n == 0), NULL);

  set = tai_posting_set_new (event);
  if (!check_not_negative (set, part_paid, error))
    return NULL;
  if (debit != NULL &&
      (!check_not_negative (set, debit->received, error) || !check_not_negative (set, debit->change, error)))
    return NULL;
  if (debit != NULL)
    tai_posting_set_add (set, debit->kind, debit->detail, debit->received);
  tai_posting_set_add (set, TAI_ACCOUNT_PART_PAID, NULL, part_paid);
  for (guint i = 0; i < n; i++) {
    if (!check_not_negative (set, credits[i].amount, error))
      return NULL;
    tai_posting_set_add (set, credits[i].kind, credits[i].detail, tai_money_negate (credits[i].amount));
  }
  if (debit != NULL)
    tai_posting_set_add (set, debit->kind, debit->detail, tai_money_negate (debit->change));
  return checked (g_steal_pointer (&set), error);
}

TaiPostingSet *
tai_posting_cash_sale (const char *till, TaiMoney received, TaiMoney change, const TaiCredit *credits,
                       guint n, GError **error)
{
  TaiDebit debit = {TAI_ACCOUNT_DRAWER, till, received, change};

  g_return_val_if_fail (till != NULL, NULL);

  return tai_posting_sale ("cash_sale", &debit, tai_money (0, received.currency), credits, n, error);
}

TaiPostingSet *
tai_posting_move (const char *event, const TaiCredit *from, const TaiDebit *to, GError **error)
{
  g_return_val_if_fail (from != NULL && to != NULL, NULL);

  return tai_posting_sale (event, to, tai_money (0, from->amount.currency), from, 1, error);
}

TaiPostingSet *
tai_posting_owe (const char *event, const TaiCredit *credits, guint n, GError **error)
{
  g_autoptr (TaiPostingSet) set = tai_posting_set_new (event);

  g_return_val_if_fail (credits != NULL || n == 0, NULL);

  for (guint i = 0; i < n; i++) {
    if (!check_not_negative (set, credits[i].amount, error))
      return NULL;
    tai_posting_set_add (set, credits[i].kind, credits[i].detail, credits[i].amount);
  }
  for (guint i = 0; i < n; i++)
    tai_posting_set_add (set, TAI_ACCOUNT_REFUND_DUE, NULL, tai_money_negate (credits[i].amount));
  return checked (g_steal_pointer (&set), error);
}

TaiPostingSet *
tai_posting_refund_cash (const char *till, TaiMoney amount, GError **error)
{
  g_autoptr (TaiPostingSet) set = tai_posting_set_new ("refund_cash");

  g_return_val_if_fail (till != NULL, NULL);

  if (!check_not_negative (set, amount, error))
    return NULL;
  tai_posting_set_add (set, TAI_ACCOUNT_REFUND_DUE, NULL, amount);
  tai_posting_set_add (set, TAI_ACCOUNT_DRAWER, till, tai_money_negate (amount));
  return checked (g_steal_pointer (&set), error);
}

static TaiPostingSet *
move_debt (const char *event, const char *debit, const char *credit, TaiMoney amount, GError **error)
{
  g_autoptr (TaiPostingSet) set = tai_posting_set_new (event);

  if (!check_not_negative (set, amount, error))
    return NULL;
  tai_posting_set_add (set, debit, NULL, amount);
  tai_posting_set_add (set, credit, NULL, tai_money_negate (amount));
  return checked (g_steal_pointer (&set), error);
}

TaiPostingSet *
tai_posting_debt_released (TaiMoney amount, GError **error)
{
  return move_debt ("debt_released", TAI_ACCOUNT_REFUND_DUE, TAI_ACCOUNT_REFUND_ELSEWHERE, amount, error);
}

TaiPostingSet *
tai_posting_debt_fetched (TaiMoney amount, GError **error)
{
  return move_debt ("debt_fetched", TAI_ACCOUNT_REFUND_ELSEWHERE, TAI_ACCOUNT_REFUND_DUE, amount, error);
}

/* The drawer becomes what was counted; what is missing is debited to @account, what is too much is credited. NULL without
 * an error when both are equal. */
static TaiPostingSet *
difference (const char *event, const char *account, const char *till, TaiMoney expected, TaiMoney counted,
            GError **error)
{
  TaiPostingSet *set;
  TaiMoney missing;

  if (!tai_money_subtract (expected, counted, &missing, error) || missing.minor == 0)
    return NULL;
  set = tai_posting_set_new (event);
  tai_posting_set_add (set, account, NULL, missing);
  tai_posting_set_add (set, TAI_ACCOUNT_DRAWER, till, tai_money_negate (missing));
  return checked (set, error);
}

TaiPostingSet *
tai_posting_opening (const char *till, TaiMoney expected, TaiMoney counted, GError **error)
{
  g_return_val_if_fail (till != NULL, NULL);

  return difference ("opening_difference", TAI_ACCOUNT_OPENING_DIFFERENCE, till, expected, counted, error);
}

TaiPostingSet *
tai_posting_count_difference (const char *till, TaiMoney expected, TaiMoney counted, GError **error)
{
  g_return_val_if_fail (till != NULL, NULL);

  return difference ("count_difference", TAI_ACCOUNT_OVER_SHORT, till, expected, counted, error);
}

TaiPostingSet *
tai_posting_float (const char *hall, const char *till, TaiMoney amount, GError **error)
{
  TaiPostingSet *set;

  g_return_val_if_fail (hall != NULL && till != NULL, NULL);

  set = tai_posting_set_new ("float");
  tai_posting_set_add (set, TAI_ACCOUNT_DRAWER, till, amount);
  tai_posting_set_add (set, TAI_ACCOUNT_SAFE, hall, tai_money_negate (amount));
  return checked (set, error);
}
