/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slip that says why a business was not done and what the customer can do (anti-fraud law: reason, papers, remedy). */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-refusal-slip.h"

#include "tai-pen-private.h"

static void
add_head (TaiPen *pen, const TaiRefusal *refusal)
{
  g_autofree char *time = tai_pen_format_time (pen, refusal->time_us);
  g_autofree char *place = tai_pen_format_place (pen, refusal->clerk);
  g_autofree char *number = refusal->msisdn ? tai_pen_format_msisdn (refusal->msisdn) : NULL;

  tai_pen_add_pair (pen, 0, TAI_WORD_TIME, time);
  tai_pen_add_pair (pen, 0, TAI_WORD_DESK_CLERK, place);
  tai_pen_add_pair (pen, 0, TAI_WORD_CUSTOMER, refusal->customer_mask);
  tai_pen_add_pair (pen, 0, TAI_WORD_RECEIPT_NUMBER, refusal->receipt_number);
  tai_document_add_rule (pen->document, TRUE);
  tai_pen_add_pair (pen, TAI_STYLE_BOLD, TAI_WORD_REFUSED_BUSINESS,
                    tai_paper_business_name (refusal->operation->id, pen->language));
  tai_pen_add_pair (pen, TAI_STYLE_BOLD, TAI_WORD_PHONE_NUMBER, number);
}

static void
add_section (TaiPen *pen, TaiPaperWord title, TaiStyle style, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  tai_document_add_rule (pen->document, FALSE);
  tai_pen_add_word (pen, TAI_STYLE_BOLD, title);
  tai_document_add_text (pen->document, style, text);
}

TaiDocument *
tai_refusal_slip_write (const TaiRefusal *refusal)
{
  TaiPen pen = tai_pen_begin (refusal->terminal, NULL, TAI_DOCUMENT_SLIP, TAI_WORD_REFUSAL);

  add_head (&pen, refusal);
  add_section (&pen, TAI_WORD_REASON, TAI_STYLE_LARGE, refusal->reason);
  tai_pen_add_pair (&pen, TAI_STYLE_SMALL, TAI_WORD_REASON_CODE, refusal->code);
  add_section (&pen, TAI_WORD_BRING, 0, refusal->bring);
  if (refusal->refund_due.currency != 0 && refusal->refund_due.minor != 0) {
    tai_document_add_rule (pen.document, FALSE);
    tai_pen_add_money (&pen, TAI_STYLE_LARGE | TAI_STYLE_BOLD, TAI_WORD_MONEY_BACK, refusal->refund_due);
  }
  add_section (&pen, TAI_WORD_APPEAL, 0, tai_pen_word (&pen, TAI_WORD_APPEAL_TEXT));
  tai_pen_add_pair (&pen, TAI_STYLE_BOLD, TAI_WORD_HOTLINE_LABEL, refusal->terminal->hotline);
  tai_pen_add_word (&pen, TAI_STYLE_CENTER, TAI_WORD_KEEP);
  return tai_pen_end (&pen);
}
