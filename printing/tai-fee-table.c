/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of what the orders of a form cost: today, on the first bill, in a normal month, with the reasons behind the
 * names, the sums and the amount in capitals. Any thread.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-sale-paper-private.h"
#include "tai-words.h"

static const guint8 fee_weights[] = {6, 2, 2, 2};
#define FEES_RIGHT (1 << 1 | 1 << 2 | 1 << 3)

static void
add_fee_row (TaiPen *pen, TaiStyle style, const char *name, TaiMoney today, TaiMoney first, TaiMoney normal)
{
  g_autofree char *today_text = tai_pen_format_amount (today);
  g_autofree char *first_text = tai_pen_format_amount (first);
  g_autofree char *normal_text = tai_pen_format_amount (normal);
  const char *cells[] = {name, today_text, first_text, normal_text};

  tai_document_add_row (pen->document, style, 4, cells, fee_weights, FEES_RIGHT);
}

/* An item's name and, behind it, why its later bills are what they are; and the consent where it has no line of its own. */
static char *
fee_name (const TaiPen *pen, const TaiOrderItem *item, TaiDate day, gboolean with_consent)
{
  g_autofree char *title = tai_sale_paper_item_title (pen, item);
  g_autoptr (GPtrArray) later = tai_sale_paper_later (pen, item, day, FALSE);
  const char *colon = tai_words_for_language (pen->language)->colon;
  g_autofree char *why = NULL;

  if (with_consent && item->consent_needed)
    g_ptr_array_add (later, tai_sale_paper_consent (pen, item));
  if (later->len == 0)
    return g_steal_pointer (&title);
  g_ptr_array_add (later, NULL);
  why = g_strjoinv (g_str_has_prefix (pen->language, "zh") ? "；" : "; ", (char **)later->pdata);
  return g_strconcat (title, colon, why, NULL);
}

static void
add_fees_of (TaiPen *pen, const TaiOrder *order, TaiDate day, gboolean with_consent)
{
  for (guint i = 0; i < order->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    TaiItemFigures figures = tai_sale_paper_item_figures (item);
    TaiMoney none = {0};
    g_autofree char *name = NULL;

    if (item->offering_id == NULL)
      continue;
    name = fee_name (pen, item, day, with_consent);
    add_fee_row (pen, 0, name, figures.recurring && figures.today.minor == 0 ? none : figures.today,
                 figures.recurring ? figures.first : none, figures.recurring ? figures.normal : none);
  }
}

static void
add_sums (TaiPen *pen, const TaiSale *sale, GPtrArray *orders)
{
  TaiMoney today = {0}, first = {0}, normal = {0};

  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);

    tai_pen_sum (&today, order->today);
    tai_pen_sum (&first, order->first);
    tai_pen_sum (&normal, order->normal);
  }
  tai_document_add_rule (pen->document, FALSE);
  add_fee_row (pen, TAI_STYLE_BOLD, tai_pen_word (pen, TAI_WORD_SUM), today, first, normal);
  tai_document_add_rule (pen->document, FALSE);
  tai_sale_paper_add_capitals (pen, today);
  if (sale->total.currency != today.currency || sale->total.minor != today.minor)
    tai_pen_add_money (pen, 0, TAI_WORD_WHOLE_VISIT, sale->total);
}

void
tai_fee_table_add (TaiPen *pen, const TaiSale *sale, GPtrArray *orders)
{
  const char *head[] = {tai_pen_word (pen, TAI_WORD_ITEM), tai_pen_word (pen, TAI_WORD_DUE_TODAY),
                        tai_pen_word (pen, TAI_WORD_FIRST_BILL),
                        tai_pen_word (pen, tai_sale_paper_month_word (orders))};
  const TaiMoney none = {0};

  tai_document_add_row (pen->document, TAI_STYLE_BOLD, 4, head, fee_weights, FEES_RIGHT);
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);
    g_autofree char *title = tai_sale_paper_order_title (pen, order, i);

    if (orders->len > 1 && order->items->len > 1)
      add_fee_row (pen, TAI_STYLE_BOLD, title, none, none, none);
    add_fees_of (pen, order, tai_sale_paper_day (sale, order), !tai_sale_paper_has_room (orders));
  }
  add_sums (pen, sale, orders);
}
