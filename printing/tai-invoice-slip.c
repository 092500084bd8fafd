/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code with which a customer makes his invoice himself, on the receipt or as a paper of its own. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-invoice-slip.h"

void
tai_invoice_slip_add (TaiPen *pen, const TaiInvoiceClaim *claim, gboolean is_exchange)
{
  if (claim == NULL)
    return;
  if (is_exchange) {
    tai_document_add_rule (pen->document, FALSE);
    tai_pen_add_word (pen, TAI_STYLE_BOLD, TAI_WORD_INVOICE_OLD_CODES);
  }
  if (claim->amount.minor == 0) {
    tai_pen_add_word (pen, 0, TAI_WORD_INVOICE_NOTHING_LEFT);
    return;
  }
  tai_pen_add_money (pen, TAI_STYLE_BOLD, TAI_WORD_INVOICE_AMOUNT, claim->amount);
  tai_document_add_qr (pen->document, claim->url, tai_pen_word (pen, TAI_WORD_INVOICE_CAPTION));
}

TaiDocument *
tai_invoice_slip_write (const TaiTerminal *terminal, const TaiInvoiceSlip *slip)
{
  TaiPen pen = tai_pen_begin (terminal, NULL, TAI_DOCUMENT_SLIP, TAI_WORD_INVOICE);
  g_autofree char *time = tai_pen_format_time (&pen, slip->time_us);
  g_autofree char *place = tai_pen_format_place (&pen, slip->clerk);

  tai_pen_add_pair (&pen, TAI_STYLE_BOLD, TAI_WORD_RECEIPT_NUMBER, slip->claim->receipt_number);
  tai_pen_add_pair (&pen, 0, TAI_WORD_TIME, time);
  tai_pen_add_pair (&pen, 0, TAI_WORD_DESK_CLERK, place);
  tai_invoice_slip_add (&pen, slip->claim, TRUE);
  tai_pen_add_pair (&pen, TAI_STYLE_BOLD, TAI_WORD_HOTLINE_LABEL, terminal->hotline);
  tai_pen_add_word (&pen, TAI_STYLE_CENTER, TAI_WORD_KEEP);
  return tai_pen_end (&pen);
}
