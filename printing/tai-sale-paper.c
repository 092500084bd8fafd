/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What receipt and form of a sale share: the legal state of an order, what an item costs now and later, the three figures,
 * the proof. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-sale-paper-private.h"

#include "tai-ports.h"

#include <string.h>

/* A family with five numbers has about fifty lines. */
#define MAX_LINES_IN_FULL 300

/* Legal state -------------------------------------------------------------------------------------------------------- */

/* On line too: at the moment of printing headquarters has seen nothing yet, so nothing is in force or credited. What is only
 * offered on line is headquarters' work as well, but for an enquiry, which ends at the desk. */
TaiPaperWord
tai_sale_paper_state (const TaiOrder *order)
{
  const TaiPaperBusiness *business = tai_paper_find_business (order->operation->id);

  if (business && business->state != TAI_N_WORDS)
    return business->state;
  switch (order->rule) {
  case TAI_OFFLINE_COMPLETES:
    return TAI_WORD_STATE_DONE;
  case TAI_OFFLINE_PAID_NOT_CREDITED:
    return TAI_WORD_STATE_PAID;
  case TAI_OFFLINE_NOT_OFFERED:
    return strcmp (order->operation->action, "noChange") == 0 ? TAI_WORD_STATE_DONE : TAI_WORD_STATE_ACCEPTED;
  case TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE:
  default:
    return TAI_WORD_STATE_ACCEPTED;
  }
}

TaiPaperWord
tai_sale_paper_explanation (const TaiOrder *order, gboolean off_line)
{
  switch (tai_sale_paper_state (order)) {
  case TAI_WORD_STATE_PAID:
    return off_line ? TAI_WORD_PAID_OFF_LINE : TAI_WORD_PAID_ON_LINE;
  case TAI_WORD_STATE_DONE:
    return off_line ? TAI_WORD_DONE_OFF_LINE : TAI_N_WORDS;
  case TAI_WORD_STATE_NOTED:
    return off_line ? TAI_WORD_NOTED_OFF_LINE : TAI_WORD_NOTED_ON_LINE;
  default:
    return off_line ? TAI_WORD_ACCEPTED_OFF_LINE : TAI_WORD_ACCEPTED_ON_LINE;
  }
}

char *
tai_sale_paper_state_line (const TaiPen *pen, const TaiOrder *order)
{
  return g_strdelimit (g_strdup (tai_pen_word (pen, tai_sale_paper_state (order))), "\n", ' ');
}

/* Items -------------------------------------------------------------------------------------------------------------- */

TaiItemFigures
tai_sale_paper_item_figures (const TaiOrderItem *item)
{
  TaiItemFigures figures = {0};

  for (guint i = 0; i < item->prices->len; i++) {
    const TaiItemPrice *price = g_ptr_array_index (item->prices, i);

    tai_pen_sum (&figures.today, price->today);
    tai_pen_sum (&figures.first, price->first);
    tai_pen_sum (&figures.normal, price->normal);
    figures.recurring = figures.recurring || price->type == TAI_PRICE_RECURRING;
  }
  return figures;
}

/* The words of the paper's language for what core chose to tell. */
static TaiTeller
make_teller (const TaiPen *pen)
{
  static const TaiPaperWord words[TAI_N_TELLS] = {
      [TAI_TELL_FIRST] = TAI_WORD_TELL_FIRST,
      [TAI_TELL_FIRST_PLAIN] = TAI_WORD_TELL_FIRST_PLAIN,
      [TAI_TELL_FIRST_DAYS] = TAI_WORD_TELL_FIRST_DAYS,
      [TAI_TELL_FIRST_HALF] = TAI_WORD_TELL_FIRST_HALF,
      [TAI_TELL_FIRST_FREE] = TAI_WORD_TELL_FIRST_FREE,
      [TAI_TELL_NOT_YET] = TAI_WORD_TELL_NOT_YET,
      [TAI_TELL_TRIAL] = TAI_WORD_TELL_TRIAL,
      [TAI_TELL_ENDS] = TAI_WORD_TELL_ENDS,
      [TAI_TELL_INCLUDED] = TAI_WORD_TELL_INCLUDED,
      [TAI_TELL_MONTHS] = TAI_WORD_TELL_MONTHS,
      [TAI_TELL_ONE_MONTH] = TAI_WORD_TELL_ONE_MONTH,
      [TAI_TELL_ALWAYS] = TAI_WORD_TELL_ALWAYS,
      [TAI_TELL_NEW_MONTHS] = TAI_WORD_TELL_NEW_MONTHS,
      [TAI_TELL_NEW_ALWAYS] = TAI_WORD_TELL_NEW_ALWAYS,
      [TAI_TELL_LESS_PERCENT] = TAI_WORD_TELL_LESS_PERCENT,
      [TAI_TELL_LESS_AMOUNT] = TAI_WORD_TELL_LESS_AMOUNT,
      [TAI_TELL_AMOUNT_IS] = TAI_WORD_TELL_AMOUNT_IS,
  };
  TaiTeller teller = {.format_money = tai_pen_format_amount};

  for (guint i = 0; i < TAI_N_TELLS; i++)
    teller.words[i] = tai_pen_word (pen, words[i]);
  return teller;
}

/* The last clause says nothing but the normal month. */
static gboolean
ends_in_normal (const GArray *stretches)
{
  const TaiStretch *last = &g_array_index (stretches, TaiStretch, stretches->len - 1);

  return stretches->len > 1 && last->reason == TAI_REASON_FULL && last->n_discounts == 0;
}

GPtrArray *
tai_sale_paper_later (const TaiPen *pen, const TaiOrderItem *item, TaiDate day, gboolean with_normal)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  TaiTeller teller = make_teller (pen);

  for (guint i = 0; i < item->prices->len; i++) {
    const TaiItemPrice *price = g_ptr_array_index (item->prices, i);

    GPtrArray *told;

    if (price->stretches == NULL || price->stretches->len == 0)
      continue;
    told = tai_stretch_list_tell (price->stretches, day, &teller);
    if (!with_normal && ends_in_normal (price->stretches))
      g_ptr_array_set_size (told, (gint)told->len - 1);
    g_ptr_array_extend_and_steal (parts, told);
  }
  return parts;
}

TaiDate
tai_sale_paper_day (const TaiSale *sale, const TaiOrder *order)
{
  TaiDate day;

  if (order->business_day != NULL && tai_date_from_text (order->business_day, &day))
    return day;
  return tai_time_to_date (sale->time_us, sale->terminal->utc_offset_min);
}

char *
tai_sale_paper_item_title (const TaiPen *pen, const TaiOrderItem *item)
{
  const char *name = tai_pen_item_name (pen, item);
  g_autofree char *quantity = g_strdup_printf ("%d", item->quantity);
  g_autofree char *title =
      item->quantity > 1 ? tai_pen_fill (pen, TAI_WORD_TIMES, name, quantity, NULL) : g_strdup (name);

  if (g_strcmp0 (item->action, "delete") == 0)
    return tai_pen_fill (pen, TAI_WORD_REMOVED, title, NULL, NULL);
  return g_steal_pointer (&title);
}

/* The whole sale ----------------------------------------------------------------------------------------------------- */

gboolean
tai_sale_paper_has_room (GPtrArray *orders)
{
  guint n = 0;

  for (guint i = 0; i < orders->len; i++)
    n += ((TaiOrder *)g_ptr_array_index (orders, i))->items->len;
  return n <= MAX_LINES_IN_FULL;
}

static gboolean
has_reason (const TaiOrder *order, TaiBillReason reason)
{
  for (guint i = 0; i < order->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);

    for (guint j = 0; j < item->prices->len; j++) {
      const TaiItemPrice *price = g_ptr_array_index (item->prices, j);

      for (guint k = 0; price->stretches != NULL && k < price->stretches->len; k++)
        if (g_array_index (price->stretches, TaiStretch, k).reason == reason)
          return TRUE;
    }
  }
  return FALSE;
}

TaiPaperWord
tai_sale_paper_month_word (GPtrArray *orders)
{
  TaiPaperWord word = TAI_WORD_MONTHLY;

  for (guint i = 0; i < orders->len; i++) {
    if (has_reason (g_ptr_array_index (orders, i), TAI_REASON_NEW_PRICE))
      return TAI_WORD_MONTHLY_CHANGED;
    if (tai_order_find_item (g_ptr_array_index (orders, i), TAI_OFFERING_DISCOUNT) != NULL)
      word = TAI_WORD_MONTHLY_LATER;
  }
  return word;
}

void
tai_sale_paper_add_figures (TaiPen *pen, GPtrArray *orders)
{
  TaiMoney today = {0}, first = {0}, normal = {0};

  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);

    tai_pen_sum (&today, order->today);
    tai_pen_sum (&first, order->first);
    tai_pen_sum (&normal, order->normal);
  }
  if (first.minor == 0 && normal.minor == 0)
    return;
  tai_document_add_rule (pen->document, FALSE);
  tai_pen_add_money (pen, TAI_STYLE_BOLD, today.minor < 0 ? TAI_WORD_BACK_TODAY : TAI_WORD_DUE_TODAY,
                     today.minor < 0 ? tai_money_negate (today) : today);
  tai_pen_add_money (pen, TAI_STYLE_BOLD, TAI_WORD_FIRST_BILL, first);
  tai_pen_add_money (pen, TAI_STYLE_BOLD, tai_sale_paper_month_word (orders), normal);
}

void
tai_sale_paper_add_capitals (TaiPen *pen, TaiMoney amount)
{
  g_autofree char *capitals = NULL;

  if (amount.currency != TAI_CNY || !g_str_has_prefix (pen->language, "zh"))
    return;
  capitals = tai_money_to_capitals (amount);
  tai_pen_add_pair (pen, 0, TAI_WORD_CAPITALS, capitals);
}

char *
tai_sale_paper_proof (const TaiPen *pen, const TaiOrder *order, guint index)
{
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  g_autofree char *seq = g_strdup_printf ("%06" G_GINT64_FORMAT, order->terminal_seq);
  g_autofree char *hash = tai_pen_format_digest (order->content_hash);

  return order->terminal_seq > 0 ? tai_pen_fill (pen, TAI_WORD_PROOF, number, seq, hash) : NULL;
}

char *
tai_sale_paper_order_title (const TaiPen *pen, const TaiOrder *order, guint index)
{
  const char *msisdn = tai_order_get (order, "MSISDN");
  g_autofree char *number = msisdn ? tai_pen_format_msisdn (msisdn) : g_strdup ("");

  return g_strchomp (g_strdup_printf ("%u. %s  %s", index + 1,
                                      tai_paper_business_name (order->operation->id, pen->language), number));
}

char *
tai_sale_paper_consent (const TaiPen *pen, const TaiOrderItem *item)
{
  g_autofree char *time = tai_pen_format_time (pen, item->consent_time_us);
  g_autofree char *consent = NULL;

  if (!item->consent_given)
    return g_strdup (tai_pen_word (pen, TAI_WORD_SERVICE_NO_CONSENT));
  consent = tai_pen_fill (pen, TAI_WORD_SERVICE_CONSENT, time, NULL, NULL);
  if (tai_order_item_get (item, TAI_CHARACTERISTIC_AFTER_TRIAL) != NULL)
    return tai_pen_fill (pen, TAI_WORD_AFTER_TRIAL, consent, NULL, NULL);
  return g_steal_pointer (&consent);
}

const char *
tai_sale_paper_customer (GPtrArray *orders)
{
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);

    if (order->customer_mask != NULL)
      return order->customer_mask;
  }
  return NULL;
}

const char *
tai_sale_paper_document (GPtrArray *orders)
{
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);

    if (order->document_mask != NULL)
      return order->document_mask;
  }
  return NULL;
}
