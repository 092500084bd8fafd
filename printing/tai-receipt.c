/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The receipt (小票): what was done, in which legal state it is, what was paid, how to take it back, and the proof that the
 * terminal keeps the record. The right column holds today's money only, so that it adds up to the total. Any thread.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-sale-paper-private.h"
#include "tai-words.h"
#include "tai-invoice-slip.h"

static void
add_head (TaiPen *pen, const TaiSale *sale)
{
  const char *customer = tai_sale_paper_customer (sale->orders);
  const char *document = tai_sale_paper_document (sale->orders);
  g_autofree char *time = tai_pen_format_time (pen, sale->time_us);
  g_autofree char *place = tai_pen_format_place (pen, sale->clerk);
  g_autofree char *who =
      customer && document ? tai_pen_fill (pen, TAI_WORD_DOCUMENT_ENDS, customer, document, NULL) : NULL;

  tai_pen_add_pair (pen, 0, TAI_WORD_RECEIPT_NUMBER, sale->receipt_number);
  tai_pen_add_pair (pen, 0, TAI_WORD_TIME, time);
  tai_pen_add_pair (pen, 0, TAI_WORD_DESK_CLERK, place);
  tai_pen_add_pair (pen, 0, TAI_WORD_CUSTOMER, who ? who : customer);
  tai_document_add_rule (pen->document, TRUE);
}

/* Orders ------------------------------------------------------------------------------------------------------------- */

/* TRUE: it stands with an amount in the right column. */
static gboolean
add_item (TaiPen *pen, const TaiOrderItem *item, TaiDate day, gboolean in_full)
{
  TaiItemFigures figures = tai_sale_paper_item_figures (item);
  g_autofree char *title = tai_sale_paper_item_title (pen, item);
  g_autofree char *today = tai_pen_format_amount (figures.today);
  g_autoptr (GPtrArray) later = tai_sale_paper_later (pen, item, day, TRUE);
  gboolean paid = figures.today.minor != 0 || (item->prices->len > 0 && !figures.recurring);

  if (paid)
    tai_document_add_pair (pen->document, 0, title, today);
  else
    tai_document_add_text (pen->document, 0, title);
  for (guint i = 0; in_full && i < later->len; i++) {
    g_autofree char *line = g_strconcat ("  ", g_ptr_array_index (later, i), NULL);

    tai_document_add_text (pen->document, 0, line);
  }
  return paid;
}

static void
add_order (TaiPen *pen, const TaiSale *sale, guint index, gboolean in_full)
{
  const TaiOrder *order = g_ptr_array_index (sale->orders, index);
  const char *name = tai_paper_business_name (order->operation->id, pen->language);
  const char *msisdn = tai_order_get (order, "MSISDN");
  g_autofree char *number = msisdn ? tai_pen_format_msisdn (msisdn) : g_strdup ("");
  g_autofree char *title =
      sale->orders->len > 1 ? g_strdup_printf ("%u. %s", index + 1, name) : g_strdup (name);
  guint n_paid = 0;

  tai_document_add_pair (pen->document, TAI_STYLE_BOLD, title, number);
  tai_pen_add_word (pen, TAI_STYLE_LARGE | TAI_STYLE_BOLD, tai_sale_paper_state (order));
  for (guint i = 0; i < order->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);

    if (item->offering_id != NULL)
      n_paid += add_item (pen, item, tai_sale_paper_day (sale, order), in_full);
  }
  if (sale->orders->len > 1 && (n_paid > 1 || (n_paid == 0 && order->today.minor != 0)))
    tai_pen_add_money (pen, TAI_STYLE_BOLD, TAI_WORD_SUBTOTAL, order->today);
  tai_document_add_rule (pen->document, FALSE);
}

/* Money -------------------------------------------------------------------------------------------------------------- */

static char *
payment_label (const TaiPen *pen, const TaiPayment *payment)
{
  const char *how = payment->provider
                        ? tai_paper_provider (payment->provider, pen->language)
                        : tai_paper_tender (tai_tender_to_text (payment->tender), pen->language);
  g_autofree char *label = tai_pen_fill (
      pen, payment->amount.minor < 0 ? TAI_WORD_REFUNDED_BY : TAI_WORD_RECEIVED, how, NULL, NULL);

  if (payment->state == TAI_PAYMENT_SUCCEEDED)
    return g_steal_pointer (&label);
  return tai_pen_fill (pen, TAI_WORD_IN_DOUBT_MARK, label, NULL, NULL);
}

static void
add_payment (TaiPen *pen, const TaiPayment *payment)
{
  g_autofree char *label = payment_label (pen, payment);
  g_autofree char *amount = NULL;
  TaiMoney received = payment->tender == TAI_TENDER_CASH && payment->received.currency != 0
                          ? payment->received
                          : payment->amount;

  if (payment->state == TAI_PAYMENT_FAILED || payment->state == TAI_PAYMENT_REVERSED)
    return;
  amount = tai_pen_format_money (payment->amount.minor < 0 ? tai_money_negate (payment->amount) : received);
  tai_document_add_pair (pen->document, 0, label, amount);
  if (payment->amount.minor >= 0 && payment->change.minor > 0)
    tai_pen_add_money (pen, TAI_STYLE_BOLD, TAI_WORD_CHANGE, payment->change);
}

static void
add_total (TaiPen *pen, const TaiSale *sale)
{
  gboolean refund = sale->total.minor < 0;
  TaiMoney total = refund ? tai_money_negate (sale->total) : sale->total;

  if (total.minor == 0 && sale->payments->len == 0) {
    tai_pen_add_word (pen, TAI_STYLE_BOLD, TAI_WORD_NOTHING_DUE);
    return;
  }
  tai_pen_add_money (pen, TAI_STYLE_LARGE | TAI_STYLE_BOLD, refund ? TAI_WORD_REFUND_TOTAL : TAI_WORD_TOTAL,
                     total);
  tai_sale_paper_add_capitals (pen, total);
  for (guint i = 0; i < sale->payments->len; i++)
    add_payment (pen, g_ptr_array_index (sale->payments, i));
}

/* What it means, how to take it back --------------------------------------------------------------------------------- */

static gboolean
add_once (GArray *seen, TaiPaperWord word)
{
  for (guint i = 0; i < seen->len; i++)
    if (g_array_index (seen, TaiPaperWord, i) == word)
      return FALSE;
  g_array_append_val (seen, word);
  return TRUE;
}

/* Each sentence once, under the state that it explains where there are several states. */
static void
add_explanations (TaiPen *pen, const TaiSale *sale)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (TaiPaperWord));
  TaiPaperWord first = tai_sale_paper_state (g_ptr_array_index (sale->orders, 0));
  gboolean mixed = FALSE;

  for (guint i = 1; i < sale->orders->len; i++)
    mixed = mixed || tai_sale_paper_state (g_ptr_array_index (sale->orders, i)) != first;
  for (guint i = 0; i < sale->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (sale->orders, i);
    const TaiPaperBusiness *business = tai_paper_find_business (order->operation->id);
    TaiPaperWord explanation = tai_sale_paper_explanation (order, sale->off_line);
    g_autofree char *state = tai_sale_paper_state_line (pen, order);

    if (explanation != TAI_N_WORDS && add_once (seen, explanation)) {
      if (mixed)
        tai_document_add_text (pen->document, TAI_STYLE_BOLD, state);
      tai_pen_add_word (pen, 0, explanation);
    }
    if (business && business->note != TAI_N_WORDS && add_once (seen, business->note))
      tai_pen_add_word (pen, 0, business->note);
  }
  if (seen->len > 0)
    tai_document_add_rule (pen->document, FALSE);
}

static TaiPaperWord
undo_of (const TaiSale *sale, guint index)
{
  const TaiOrder *order = g_ptr_array_index (sale->orders, index);
  const TaiPaperBusiness *business = tai_paper_find_business (order->operation->id);

  return business ? business->undo : TAI_N_WORDS;
}

/* "开户、补换卡": whose undo is @word. */
static char *
undone_so (const TaiPen *pen, const TaiSale *sale, TaiPaperWord word)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *comma = g_str_has_prefix (pen->language, "zh") ? "、" : ", ";

  for (guint i = 0; i < sale->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (sale->orders, i);
    const char *name = tai_paper_business_name (order->operation->id, pen->language);

    if (undo_of (sale, i) == word && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
      g_ptr_array_add (names, (gpointer)name);
  }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (comma, (char **)names->pdata);
}

static void
add_undo (TaiPen *pen, const TaiSale *sale)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (TaiPaperWord));
  const char *colon = tai_words_for_language (pen->language)->colon;

  for (guint i = 0; i < sale->orders->len; i++)
    if (undo_of (sale, i) != TAI_N_WORDS)
      add_once (seen, undo_of (sale, i));
  if (seen->len == 0)
    return;
  tai_pen_add_word (pen, TAI_STYLE_BOLD, TAI_WORD_IF_YOU_CHANGE_YOUR_MIND);
  for (guint i = 0; i < seen->len; i++) {
    TaiPaperWord word = g_array_index (seen, TaiPaperWord, i);
    g_autofree char *names = undone_so (pen, sale, word);
    g_autofree char *text = g_strconcat (names, colon, tai_pen_word (pen, word), NULL);

    if (sale->orders->len > 1)
      tai_document_add_text (pen->document, 0, text);
    else
      tai_pen_add_word (pen, 0, word);
  }
  tai_document_add_rule (pen->document, FALSE);
}

/* Foot --------------------------------------------------------------------------------------------------------------- */

/* What finds the receipt and proves that the number was not mistyped; no amount, no phone, nothing of the person. */
static void
add_code (TaiPen *pen, const TaiSale *sale)
{
  const TaiOrder *first = g_ptr_array_index (sale->orders, 0);
  g_autofree char *hash = tai_pen_format_digest (first->content_hash);
  g_autofree char *payload = g_strconcat (sale->receipt_number, "#", hash, NULL);

  tai_document_add_qr (pen->document, first->terminal_seq > 0 ? payload : sale->receipt_number,
                       tai_pen_word (pen, TAI_WORD_QR_CAPTION));
}

static void
add_foot (TaiPen *pen, const TaiSale *sale)
{
  const char *hotline = sale->terminal->hotline;
  g_autofree char *terminal = tai_pen_fill (pen, TAI_WORD_TERMINAL, sale->terminal->id, NULL, NULL);

  if (hotline != NULL) {
    g_autofree char *line = tai_pen_fill (pen, TAI_WORD_HOTLINE, hotline, NULL, NULL);

    tai_document_add_text (pen->document, TAI_STYLE_BOLD | TAI_STYLE_CENTER, line);
  }
  tai_pen_add_word (pen, TAI_STYLE_CENTER, TAI_WORD_KEEP);
  tai_pen_add_word (pen, TAI_STYLE_CENTER, TAI_WORD_THANKS);
  if (sale->receipt_number != NULL && sale->orders->len > 0)
    add_code (pen, sale);
  tai_document_add_text (pen->document, TAI_STYLE_SMALL | TAI_STYLE_CENTER, terminal);
  for (guint i = 0; i < sale->orders->len; i++) {
    g_autofree char *proof = tai_sale_paper_proof (pen, g_ptr_array_index (sale->orders, i), i);

    if (proof != NULL)
      tai_document_add_text (pen->document, TAI_STYLE_SMALL | TAI_STYLE_CENTER, proof);
  }
}

TaiDocument *
tai_receipt_write (const TaiPicture *logo, const TaiSale *sale)
{
  TaiPen pen = tai_pen_begin (sale->terminal, logo, TAI_DOCUMENT_RECEIPT,
                              sale->total.minor < 0 ? TAI_WORD_REFUND_RECEIPT : TAI_WORD_RECEIPT);
  gboolean in_full = tai_sale_paper_has_room (sale->orders);

  add_head (&pen, sale);
  for (guint i = 0; i < sale->orders->len; i++)
    add_order (&pen, sale, i, in_full);
  add_total (&pen, sale);
  tai_sale_paper_add_figures (&pen, sale->orders);
  tai_document_add_rule (pen.document, TRUE);
  if (sale->orders->len > 0)
    add_explanations (&pen, sale);
  add_undo (&pen, sale);
  tai_invoice_slip_add (&pen, sale->invoice, FALSE);
  add_foot (&pen, sale);
  return tai_pen_end (&pen);
}
