/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's half and the hall's: both there, of the same amount, once. */
#define G_LOG_DOMAIN "tai-hq"

#include <string.h>

#include "tai-hq-bank.h"
#include "tai-hq-finding-private.h"
#include "tai-hq-sum.h"

/* One half: how often, how much. */
typedef struct {
  guint n;
  TaiMoney amount;
  char day[11];       /* of the last one */
  const char *tender; /* that is added up */
} Half;

static void
add (Half *half, TaiMoney amount)
{
  if (half->n++ == 0)
    half->amount = amount;
  else if (!tai_money_add (half->amount, amount, &half->amount, NULL))
    half->amount = tai_money (0, 0); /* of two currencies: no amount that could be the other's */
}

static gboolean
add_line_cb (const HqBankRow *row, gpointer data)
{
  add (data, row->amount);
  return TRUE;
}

static gboolean
add_deposit_cb (const HqTillRow *row, gpointer data)
{
  Half *half = data;
  add (half, row->amount);
  g_strlcpy (half->day, row->day != NULL ? row->day : "", sizeof half->day);
  return TRUE;
}

static gboolean
add_sum_cb (const HqSumRow *row, gpointer data)
{
  Half *half = data;
  if (strcmp (row->name, half->tender) == 0)
    add (half, row->amount);
  return TRUE;
}

static void
add_amount (GString **codes, const char *code, TaiMoney amount)
{
  g_autofree char *text = tai_money_to_text (amount);
  g_autofree char *whole = g_strdup_printf ("%s %s", code, text);
  hq_finding_add (codes, whole);
}

/* What is too much is the bank's less the hall's. */
static void
compare (const Half *bank, const Half *hall, GString **codes)
{
  TaiMoney off;
  if (bank->amount.minor == hall->amount.minor && bank->amount.currency == hall->amount.currency)
    return;
  if (tai_money_subtract (bank->amount, hall->amount, &off, NULL))
    add_amount (codes, "bank_amount", off);
  else
    hq_finding_add (codes, "bank_currency");
}

static char *
check_deposit (HqStore *store, const char *hall, const char *slip)
{
  Half bank = {0}, ours = {0};
  GString *codes = NULL;
  HqBankFilter lines = {.hall = hall, .type = HQ_BANK_DEPOSIT, .number = slip};
  HqTillFilter deposits = {.hall = hall, .kind = tai_news_kind_to_text (TAI_NEWS_CASH), .slip = slip};
  store->klass->bank_list (store, &lines, add_line_cb, &bank);
  store->klass->till_list (store, &deposits, add_deposit_cb, &ours);
  if (bank.n > 1)
    hq_finding_add (&codes, "bank_twice");
  if (bank.n > 0 && ours.n > 0)
    compare (&bank, &ours, &codes);
  else if (bank.n > 0)
    add_amount (&codes, "hall_missing", bank.amount);
  else if (ours.n > 0 && store->klass->statement_covers (store, hall, HQ_BANK_DEPOSIT, ours.day))
    add_amount (&codes, "bank_missing", ours.amount);
  return hq_finding_end (codes);
}

static char *
check_day (HqStore *store, const char *hall, const char *tender, const char *day)
{
  Half bank = {0}, ours = {.tender = tender};
  GString *codes = NULL;
  HqBankFilter lines = {.hall = hall, .type = tender, .from = day, .until = day};
  HqSumFilter sums = {.hall = hall, .from = day, .until = day, .kind = HQ_SUM_TENDER};
  if (!store->klass->statement_covers (store, hall, tender, day))
    return NULL;
  store->klass->bank_list (store, &lines, add_line_cb, &bank);
  store->klass->sum_list (store, &sums, add_sum_cb, &ours);
  gboolean is_ours = ours.n > 0 && ours.amount.minor != 0;
  if (bank.n > 0 && is_ours)
    compare (&bank, &ours, &codes);
  else if (bank.n > 0)
    add_amount (&codes, "hall_missing", bank.amount);
  else if (is_ours)
    add_amount (&codes, "bank_missing", ours.amount);
  return hq_finding_end (codes);
}

char *
hq_finding_check_bank (HqStore *store, const char *hall, const char *subject)
{
  const char *blank = strchr (subject, ' ');
  g_assert (blank != NULL); /* hq_bank_subject() */
  g_autofree char *type = g_strndup (subject, (gsize)(blank - subject));
  return strcmp (type, HQ_BANK_DEPOSIT) == 0 ? check_deposit (store, hall, blank + 1)
                                             : check_day (store, hall, type, blank + 1);
}
