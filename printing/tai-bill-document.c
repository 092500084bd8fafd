/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A month's bill on paper: what is open and until when stands first and large, because that is what the customer came for;
 * then the items by group, then, where they were asked for, the single records. Any thread.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-bill-document.h"

#include <string.h>

#include "tai-sale-paper-private.h"

#define RIGHT(column) (1 << (column))

/* name, quantity, amount */
static const guint8 item_weights[] = {6, 3, 3};
/* time, kind, other party, used, amount */
static const guint8 record_weights[] = {5, 3, 5, 4, 3};
/* Each record is a block; the rest of the document is below a hundred, as its groups and items are few. */
#define MAX_ITEMS   300
#define MAX_RECORDS (TAI_DOCUMENT_MAX_BLOCKS - MAX_ITEMS - 100)

static void
add_head (TaiPen *pen, const TaiBillPaper *bill, gint64 time_us)
{
  g_autofree char *number = tai_pen_format_msisdn (bill->msisdn);
  g_autofree char *time = tai_pen_format_time (pen, time_us);
  g_autofree char *period =
      bill->from && bill->until ? g_strconcat (bill->from, " – ", bill->until, NULL) : NULL;

  tai_pen_add_pair (pen, TAI_STYLE_BOLD, TAI_WORD_PHONE_NUMBER, number);
  tai_pen_add_pair (pen, TAI_STYLE_BOLD, TAI_WORD_BILL_MONTH, bill->month);
  tai_pen_add_pair (pen, 0, TAI_WORD_BILL_PERIOD, period);
  tai_pen_add_pair (pen, 0, TAI_WORD_CUSTOMER, bill->customer_mask);
  tai_pen_add_pair (pen, 0, TAI_WORD_BILL_ACCOUNT, bill->account);
  tai_pen_add_pair (pen, 0, TAI_WORD_PRINTED, time);
}

static void
add_sums (TaiPen *pen, const TaiBillPaper *bill)
{
  tai_document_add_rule (pen->document, TRUE);
  tai_pen_add_money (pen, 0, TAI_WORD_BILL_TOTAL, bill->total);
  if (bill->arrears.currency != 0)
    tai_pen_add_money (pen, bill->arrears.minor != 0 ? TAI_STYLE_BOLD : 0, TAI_WORD_BILL_ARREARS,
                       bill->arrears);
  tai_pen_add_money (pen, TAI_STYLE_LARGE | TAI_STYLE_BOLD, TAI_WORD_BILL_TO_PAY, bill->to_pay);
  if (bill->to_pay.minor > 0) {
    tai_sale_paper_add_capitals (pen, bill->to_pay);
    tai_pen_add_pair (pen, TAI_STYLE_BOLD, TAI_WORD_BILL_DUE, bill->due);
  }
  tai_document_add_rule (pen->document, TRUE);
}

static void
add_row (TaiPen *pen, TaiStyle style, const char *name, const char *quantity, TaiMoney amount)
{
  g_autofree char *text = tai_pen_format_amount (amount);
  const char *cells[] = {name, quantity ? quantity : "", text};

  tai_document_add_row (pen->document, style, G_N_ELEMENTS (cells), cells, item_weights,
                        RIGHT (1) | RIGHT (2));
}

static void
add_group (TaiPen *pen, const TaiBillPaperGroup *group, guint *n_left)
{
  TaiMoney sum = {0};

  for (guint i = 0; i < group->items->len; i++)
    tai_pen_sum (&sum, ((const TaiBillPaperItem *)g_ptr_array_index (group->items, i))->amount);
  add_row (pen, TAI_STYLE_BOLD, group->name, NULL, sum);
  for (guint i = 0; i<group->items->len && * n_left> 0; i++, (*n_left)--) {
    const TaiBillPaperItem *item = g_ptr_array_index (group->items, i);
    g_autofree char *name = g_strconcat ("  ", item->name, NULL);

    add_row (pen, 0, name, item->quantity, item->amount);
  }
}

static void
add_items (TaiPen *pen, const TaiBillPaper *bill)
{
  const char *head[] = {tai_pen_word (pen, TAI_WORD_ITEM), tai_pen_word (pen, TAI_WORD_BILL_USED),
                        tai_pen_word (pen, TAI_WORD_AMOUNT)};
  guint n_left = MAX_ITEMS;

  tai_document_add_row (pen->document, TAI_STYLE_BOLD, G_N_ELEMENTS (head), head, item_weights,
                        RIGHT (1) | RIGHT (2));
  tai_document_add_rule (pen->document, FALSE);
  for (guint i = 0; i < bill->groups->len; i++)
    add_group (pen, g_ptr_array_index (bill->groups, i), &n_left);
  tai_document_add_rule (pen->document, FALSE);
  add_row (pen, TAI_STYLE_BOLD, tai_pen_word (pen, TAI_WORD_BILL_TOTAL), NULL, bill->total);
}

/* "10-03 08:15": the month stands above. (transfer full) */
static char *
format_short_time (const TaiPen *pen, gint64 time_us)
{
  g_autofree char *time = tai_pen_format_time (pen, time_us);

  return g_strdup (time + strlen ("2026-"));
}

static void
add_record (TaiPen *pen, const TaiBillPaperRecord *record)
{
  g_autofree char *time = format_short_time (pen, record->time_us);
  g_autofree char *amount = tai_pen_format_amount (record->amount);
  const char *cells[] = {time, record->kind, record->party ? record->party : "",
                         record->used ? record->used : "", amount};

  tai_document_add_row (pen->document, 0, G_N_ELEMENTS (cells), cells, record_weights, RIGHT (3) | RIGHT (4));
}

static void
add_records (TaiPen *pen, const TaiBillPaper *bill)
{
  static const TaiPaperWord heads[] = {TAI_WORD_TIME, TAI_WORD_BILL_KIND, TAI_WORD_BILL_PARTY,
                                       TAI_WORD_BILL_USED, TAI_WORD_AMOUNT};
  const char *cells[G_N_ELEMENTS (heads)];
  guint n = MIN (bill->records->len, MAX_RECORDS);
  g_autofree char *left_out = g_strdup_printf ("%u", bill->records->len - n);
  g_autofree char *more = tai_pen_fill (pen, TAI_WORD_BILL_MORE, left_out, NULL, NULL);

  tai_document_add_space (pen->document);
  tai_pen_add_word (pen, TAI_STYLE_BOLD, TAI_WORD_BILL_RECORDS);
  tai_document_add_rule (pen->document, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    cells[i] = tai_pen_word (pen, heads[i]);
  tai_document_add_row (pen->document, TAI_STYLE_BOLD, G_N_ELEMENTS (cells), cells, record_weights,
                        RIGHT (3) | RIGHT (4));
  for (guint i = 0; i < n; i++)
    add_record (pen, g_ptr_array_index (bill->records, i));
  if (n < bill->records->len)
    tai_document_add_text (pen->document, TAI_STYLE_BOLD, more);
}

static void
add_foot (TaiPen *pen)
{
  const char *hotline = pen->terminal->hotline;

  tai_document_add_rule (pen->document, FALSE);
  tai_pen_add_word (pen, TAI_STYLE_CENTER, TAI_WORD_BILL_PRIVATE);
  if (hotline != NULL) {
    g_autofree char *line = tai_pen_fill (pen, TAI_WORD_HOTLINE, hotline, NULL, NULL);

    tai_document_add_text (pen->document, TAI_STYLE_BOLD | TAI_STYLE_CENTER, line);
  }
}

TaiDocument *
tai_bill_document_write (const TaiTerminal *terminal, const TaiBillPaper *bill, gint64 time_us,
                         gboolean on_roll)
{
  TaiPen pen = tai_pen_begin (terminal, NULL, on_roll ? TAI_DOCUMENT_SLIP : TAI_DOCUMENT_REPORT,
                              bill->records->len > 0 ? TAI_WORD_BILL_WITH_RECORDS : TAI_WORD_BILL);

  add_head (&pen, bill, time_us);
  add_sums (&pen, bill);
  add_items (&pen, bill);
  if (bill->records->len > 0)
    add_records (&pen, bill);
  add_foot (&pen);
  return tai_pen_end (&pen);
}
