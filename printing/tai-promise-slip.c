/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slip of a customer who leaves before it is settled: what happened, what we do, by when, who calls, and a code that leads back. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-promise-slip.h"

#include <string.h>

#include "tai-pen-private.h"

typedef struct {
  TaiPaperWord happened, todo;
} Words;

static const Words kinds[] = {
    [TAI_PROMISE_PAYMENT] = {TAI_WORD_PROMISE_PAYMENT, TAI_WORD_PROMISE_DO_PAYMENT},
    [TAI_PROMISE_PAPER] = {TAI_WORD_PROMISE_PAPER, TAI_WORD_PROMISE_DO_PAPER},
    [TAI_PROMISE_MONEY] = {TAI_WORD_PROMISE_MONEY, TAI_WORD_PROMISE_DO_MONEY},
};

/* Of a business that was taken back at the customer's wish nobody says that it could not be done. */
static const Words *
find_words_of_money (const TaiOrder *order)
{
  static const Words cancelled = {TAI_WORD_PROMISE_MONEY_CANCELLED, TAI_WORD_PROMISE_DO_MONEY};
  static const Words undone = {TAI_WORD_PROMISE_MONEY_UNDONE, TAI_WORD_PROMISE_DO_MONEY};

  return order->state == TAI_ORDER_CANCELLED ? &cancelled
         : order->state == TAI_ORDER_UNDONE  ? &undone
                                             : &kinds[TAI_PROMISE_MONEY];
}

/* Who has been asked to give it back does: nobody fetches it here as well. */
static const Words *
find_words (const TaiPromiseSlip *slip)
{
  static const Words on_its_way = {TAI_WORD_PROMISE_MONEY_ON_ITS_WAY, TAI_WORD_PROMISE_DO_MONEY_ON_ITS_WAY};
  gboolean is_on_its_way = slip->promise.kind == TAI_PROMISE_MONEY && slip->payment != NULL;

  if (is_on_its_way)
    return &on_its_way;
  return slip->promise.kind == TAI_PROMISE_MONEY ? find_words_of_money (slip->order)
                                                 : &kinds[slip->promise.kind];
}

/* What is told on the telephone: the receipt's number, or the last digits of the payment's. */
static char *
format_reference (const TaiPromiseSlip *slip)
{
  const char *id = slip->payment != NULL ? slip->payment->id.text : slip->promise.id.text;
  g_autofree char *end = NULL;

  if (slip->order->receipt_number != NULL)
    return g_strdup (slip->order->receipt_number);
  end = g_ascii_strup (strlen (id) >= 8 ? id + strlen (id) - 8 : id, -1);
  return g_strdup_printf ("%.4s %s", end, strlen (end) > 4 ? end + 4 : "");
}

static void
add_head (TaiPen *pen, const TaiPromiseSlip *slip)
{
  g_autofree char *reference = format_reference (slip);
  g_autofree char *time = tai_pen_format_time (pen, slip->time_us);
  g_autofree char *place = tai_pen_format_place (pen, slip->clerk);
  const char *msisdn = tai_order_get (slip->order, "MSISDN");
  g_autofree char *number = msisdn != NULL ? tai_pen_format_msisdn (msisdn) : NULL;

  tai_pen_add_pair (pen, TAI_STYLE_BOLD, TAI_WORD_PROMISE_REFERENCE, reference);
  tai_pen_add_pair (pen, 0, TAI_WORD_TIME, time);
  tai_pen_add_pair (pen, 0, TAI_WORD_DESK_CLERK, place);
  tai_pen_add_pair (pen, 0, TAI_WORD_CUSTOMER, slip->order->customer_mask);
  tai_document_add_rule (pen->document, TRUE);
  tai_pen_add_pair (pen, TAI_STYLE_BOLD, TAI_WORD_BUSINESS,
                    tai_paper_business_name (slip->order->operation->id, pen->language));
  tai_pen_add_pair (pen, 0, TAI_WORD_PHONE_NUMBER, number);
  if (slip->payment != NULL && slip->payment->provider != NULL)
    tai_pen_add_pair (pen, 0, TAI_WORD_TENDER, tai_paper_provider (slip->payment->provider, pen->language));
  tai_pen_add_money (pen, TAI_STYLE_LARGE | TAI_STYLE_BOLD, TAI_WORD_AMOUNT, slip->amount);
}

TaiDocument *
tai_promise_slip_write (const TaiPromiseSlip *slip)
{
  TaiPen pen = tai_pen_begin (slip->terminal, NULL, TAI_DOCUMENT_SLIP, TAI_WORD_PROMISE);
  g_autofree char *until = tai_pen_format_time (&pen, slip->until_us);
  const Words *words = find_words (slip);
  g_autofree char *todo = tai_pen_fill (&pen, words->todo, until, NULL, NULL);
  g_autofree char *code = tai_promise_to_text (&slip->promise);

  add_head (&pen, slip);
  tai_document_add_rule (pen.document, FALSE);
  tai_pen_add_word (&pen, TAI_STYLE_BOLD, words->happened);
  tai_document_add_text (pen.document, 0, todo);
  tai_document_add_rule (pen.document, FALSE);
  tai_pen_add_pair (&pen, TAI_STYLE_BOLD, TAI_WORD_PROMISE_UNTIL, until);
  tai_pen_add_pair (&pen, TAI_STYLE_BOLD, TAI_WORD_PROMISE_WHO_CALLS, slip->terminal->hall_name);
  tai_document_add_field (pen.document, tai_pen_word (&pen, TAI_WORD_PROMISE_YOUR_PHONE));
  tai_pen_add_pair (&pen, TAI_STYLE_BOLD, TAI_WORD_HOTLINE_LABEL, slip->terminal->hotline);
  tai_document_add_qr (pen.document, code, tai_pen_word (&pen, TAI_WORD_PROMISE_QR));
  if (slip->payment != NULL)
    tai_pen_add_pair (&pen, TAI_STYLE_SMALL, TAI_WORD_PROMISE_MERCHANT_ORDER, slip->payment->id.text);
  tai_pen_add_word (&pen, TAI_STYLE_CENTER, TAI_WORD_KEEP);
  return tai_pen_end (&pen);
}
