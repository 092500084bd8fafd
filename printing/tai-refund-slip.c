/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money back: of which sale, how much, how it was given, and the customer's signature for it. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-refund-slip.h"

#include <string.h>

#include "tai-invoice-slip.h"
#include "tai-pen-private.h"

static void
add_head (TaiPen *pen, const TaiRefundSale *sale)
{
  g_autofree char *time = tai_pen_format_time (pen, sale->time_us);
  g_autofree char *place = tai_pen_format_place (pen, sale->clerk);
  const char *msisdn = tai_order_get (sale->order, "MSISDN");
  g_autofree char *number = msisdn != NULL ? tai_pen_format_msisdn (msisdn) : NULL;

  tai_pen_add_pair (pen, 0, TAI_WORD_TIME, time);
  tai_pen_add_pair (pen, 0, TAI_WORD_DESK_CLERK, place);
  tai_pen_add_pair (pen, 0, TAI_WORD_APPROVED_BY, sale->approver);
  tai_pen_add_pair (pen, 0, TAI_WORD_CUSTOMER, sale->order->customer_mask);
  tai_pen_add_pair (pen, 0, TAI_WORD_RECEIPT_NUMBER, sale->order->receipt_number);
  tai_document_add_rule (pen->document, TRUE);
  tai_pen_add_pair (pen, TAI_STYLE_BOLD, TAI_WORD_BUSINESS,
                    tai_paper_business_name (sale->order->operation->id, pen->language));
  tai_pen_add_pair (pen, TAI_STYLE_BOLD, TAI_WORD_PHONE_NUMBER, number);
}

/* No money: the credit goes to the right number when headquarters says so. */
static void
add_correction (TaiPen *pen, const TaiRefundSale *sale)
{
  g_autofree char *number = tai_pen_format_msisdn (sale->target);

  tai_pen_add_pair (pen, TAI_STYLE_LARGE | TAI_STYLE_BOLD, TAI_WORD_RIGHT_NUMBER, number);
  tai_pen_add_money (pen, TAI_STYLE_BOLD, TAI_WORD_AMOUNT, sale->order->today);
}

/* What the customer finds on the bank's statement: the number of the money's way back, and the last digits of the card. Of what went
 * by slip: that slip's number. A decision of a person is no number. */
static void
add_numbers (TaiPen *pen, const TaiPayment *refund)
{
  const char *card = refund->detail != NULL ? strstr (refund->detail, " ****") : NULL;
  g_autofree char *transaction =
      card != NULL ? g_strndup (refund->detail, (gsize)(card - refund->detail)) : g_strdup (refund->detail);
  g_autofree char *shown_card = card != NULL ? g_strdup (card + 1) : NULL;

  if (refund->number != NULL)
    tai_pen_add_pair (pen, 0, TAI_WORD_REFUND_SLIP, refund->number);
  if (transaction != NULL && strchr (transaction, ' ') == NULL)
    tai_pen_add_pair (pen, 0, TAI_WORD_TRANSACTION, transaction);
  tai_pen_add_pair (pen, 0, TAI_WORD_TO_CARD, shown_card);
}

static void
add_refunds (TaiPen *pen, const TaiRefundSale *sale)
{
  TaiMoney sum = {0};

  for (guint i = 0; i < sale->refunds->len; i++) {
    const TaiPayment *refund = g_ptr_array_index (sale->refunds, i);
    g_autofree char *amount = tai_pen_format_money (tai_money_negate (refund->amount));
    tai_document_add_pair (pen->document, 0,
                           refund->provider != NULL
                               ? tai_paper_provider (refund->provider, pen->language)
                               : tai_paper_tender (tai_tender_to_text (refund->tender), pen->language),
                           amount);
    add_numbers (pen, refund);
    tai_pen_sum (&sum, tai_money_negate (refund->amount));
  }
  tai_pen_add_money (pen, TAI_STYLE_LARGE | TAI_STYLE_BOLD, TAI_WORD_MONEY_GONE_BACK, sum);
}

TaiDocument *
tai_refund_slip_write (const TaiRefundSale *sale)
{
  TaiPen pen = tai_pen_begin (sale->terminal, NULL, TAI_DOCUMENT_SLIP,
                              sale->target != NULL ? TAI_WORD_CORRECTION_RECEIPT : TAI_WORD_REFUND_RECEIPT);

  add_head (&pen, sale);
  tai_document_add_rule (pen.document, FALSE);
  if (sale->target != NULL)
    add_correction (&pen, sale);
  else
    add_refunds (&pen, sale);
  tai_invoice_slip_add (&pen, sale->invoice, TRUE);
  tai_document_add_field (pen.document, tai_pen_word (&pen, TAI_WORD_SIGN_CUSTOMER));
  tai_document_add_field (pen.document, tai_pen_word (&pen, TAI_WORD_SIGN_CLERK));
  tai_pen_add_pair (&pen, TAI_STYLE_BOLD, TAI_WORD_HOTLINE_LABEL, sale->terminal->hotline);
  return tai_pen_end (&pen);
}
