/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-money.h"

G_BEGIN_DECLS

/**
 * TaiBillPaper: one month's bill of one line as it is printed (账单), with its records where the customer asked for them
 * (详单). Plain values of headquarters: nothing is computed here but the sums of the groups. Built by one owner, then
 * immutable; any thread. Texts are in the paper's language.
 */
typedef struct {
  char *name;
  char *quantity; /* (nullable) "120 分钟", "3.2 GB" */
  TaiMoney amount;
} TaiBillPaperItem;

typedef struct {
  char *name;       /* "套餐费", "语音", … */
  GPtrArray *items; /* (element-type TaiBillPaperItem) */
} TaiBillPaperGroup;

typedef struct {
  gint64 time_us;
  char *kind;  /* "主叫", "短信", … */
  char *party; /* (nullable) the other number, masked by who gives it if it must be */
  char *used;  /* (nullable) "3分20秒" */
  TaiMoney amount;
} TaiBillPaperRecord;

/**
 * @month: "2026-10"
 * @from, @until: (nullable) first and last day, "2026-10-01"
 * @total: of the month; @arrears: from before it, currency 0: unknown, then no sum is printed
 * @to_pay: what is open now; @due: (nullable) "2026-11-25"
 */
typedef struct {
  char *msisdn;
  char *customer_mask; /* (nullable) */
  char *account;       /* (nullable) */
  char *month;
  char *from, *until;
  GPtrArray *groups;  /* (element-type TaiBillPaperGroup) */
  GPtrArray *records; /* (element-type TaiBillPaperRecord) empty: a bill without detail */
  TaiMoney total, arrears, to_pay;
  char *due;
} TaiBillPaper;

/* Both texts are copied. */
TaiBillPaper *tai_bill_paper_new (const char *msisdn, const char *month);
void tai_bill_paper_free (TaiBillPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiBillPaper, tai_bill_paper_free)

/* All texts are copied; what is given back belongs to the bill. */
TaiBillPaperGroup *tai_bill_paper_add_group (TaiBillPaper *self, const char *name);
void tai_bill_paper_add_item (TaiBillPaperGroup *group, const char *name, const char *quantity,
                              TaiMoney amount);
void tai_bill_paper_add_record (TaiBillPaper *self, gint64 time_us, const char *kind, const char *party,
                                const char *used, TaiMoney amount);

G_END_DECLS
