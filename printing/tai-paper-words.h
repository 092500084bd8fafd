/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiPaperWord: the words of the hall's papers (receipt, form, slips, report). The paper's language decides, not the
 * process's locale: one desk prints English for one customer and Chinese for the next (README.md). {1}, {2}, {3} are places
 * to fill in. Constant data; any thread.
 */
typedef enum {
  /* titles and warnings */
  TAI_WORD_RECEIPT,
  TAI_WORD_REFUND_RECEIPT,
  TAI_WORD_CORRECTION_RECEIPT,
  TAI_WORD_RIGHT_NUMBER,
  TAI_WORD_CLOSE_SLIP,
  TAI_WORD_TILL_PREVIEW,
  TAI_WORD_TILL_REPORT,
  TAI_WORD_REFUSAL,
  TAI_WORD_TRAINING,
  TAI_WORD_DEMO,
  /* head */
  TAI_WORD_RECEIPT_NUMBER,
  TAI_WORD_TIME,
  TAI_WORD_DESK_CLERK,
  TAI_WORD_CUSTOMER,
  TAI_WORD_DOCUMENT_ENDS,
  TAI_WORD_PHONE_NUMBER,
  /* what was bought */
  TAI_WORD_REMOVED,
  /* what later bills come to: places as in tai-stretch.h */
  TAI_WORD_TELL_FIRST,
  TAI_WORD_TELL_FIRST_PLAIN,
  TAI_WORD_TELL_FIRST_DAYS,
  TAI_WORD_TELL_FIRST_HALF,
  TAI_WORD_TELL_FIRST_FREE,
  TAI_WORD_TELL_NOT_YET,
  TAI_WORD_TELL_TRIAL,
  TAI_WORD_TELL_ENDS,
  TAI_WORD_TELL_INCLUDED,
  TAI_WORD_TELL_MONTHS,
  TAI_WORD_TELL_ONE_MONTH,
  TAI_WORD_TELL_ALWAYS,
  TAI_WORD_TELL_NEW_MONTHS,
  TAI_WORD_TELL_NEW_ALWAYS,
  TAI_WORD_TELL_LESS_PERCENT,
  TAI_WORD_TELL_LESS_AMOUNT,
  TAI_WORD_TELL_AMOUNT_IS,
  /* and what more stands there */
  TAI_WORD_SUBTOTAL,
  /* the legal state of an order, and what it means */
  TAI_WORD_STATE_ACCEPTED,
  TAI_WORD_STATE_PAID,
  TAI_WORD_STATE_DONE,
  TAI_WORD_STATE_NOTED,
  TAI_WORD_ACCEPTED_ON_LINE,
  TAI_WORD_ACCEPTED_OFF_LINE,
  TAI_WORD_PAID_ON_LINE,
  TAI_WORD_PAID_OFF_LINE,
  TAI_WORD_DONE_OFF_LINE,
  TAI_WORD_NOTED_OFF_LINE,
  TAI_WORD_NOTED_ON_LINE,
  TAI_WORD_NOTE_RESUME,
  TAI_WORD_NOTE_SIM,
  /* money */
  TAI_WORD_DUE_TODAY,
  TAI_WORD_BACK_TODAY,
  TAI_WORD_FIRST_BILL,
  TAI_WORD_MONTHLY,
  TAI_WORD_MONTHLY_LATER,
  TAI_WORD_MONTHLY_CHANGED,
  TAI_WORD_TOTAL,
  TAI_WORD_REFUND_TOTAL,
  TAI_WORD_CAPITALS,
  TAI_WORD_RECEIVED,
  TAI_WORD_REFUNDED_BY,
  TAI_WORD_CHANGE,
  TAI_WORD_NOTHING_DUE,
  TAI_WORD_IN_DOUBT_MARK,
  TAI_WORD_CASH,
  TAI_WORD_CARD,
  TAI_WORD_QR_PAYMENT,
  TAI_WORD_COUPON,
  TAI_WORD_OTHER_TENDER,
  /* undo */
  TAI_WORD_IF_YOU_CHANGE_YOUR_MIND,
  TAI_WORD_UNDO_SAME_DAY,
  TAI_WORD_UNDO_CANCEL,
  TAI_WORD_UNDO_RETURN,
  /* foot */
  TAI_WORD_HOTLINE,
  TAI_WORD_THANKS,
  TAI_WORD_KEEP,
  TAI_WORD_TERMINAL,
  TAI_WORD_PROOF,
  TAI_WORD_QR_CAPTION,
  /* form */
  TAI_WORD_SERVICE_CONSENT,
  TAI_WORD_SERVICE_NO_CONSENT,
  TAI_WORD_AFTER_TRIAL,
  TAI_WORD_ITEM,
  TAI_WORD_WHOLE_VISIT,
  TAI_WORD_TERMS_OF,
  TAI_WORD_TERMS_LEFT_OUT,
  TAI_WORD_SIGN_CUSTOMER,
  TAI_WORD_SIGN_CLERK,
  TAI_WORD_SIGN_SUPERVISOR,
  /* till */
  TAI_WORD_BUSINESS_DAY,
  TAI_WORD_TILL,
  TAI_WORD_CLERK,
  TAI_WORD_Z_NUMBER,
  TAI_WORD_OPENED,
  TAI_WORD_CLOSED,
  TAI_WORD_STILL_OPEN,
  TAI_WORD_PRINTED,
  TAI_WORD_FLOAT,
  TAI_WORD_EXPECTED,
  TAI_WORD_COUNTED,
  TAI_WORD_DIFFERENCE,
  TAI_WORD_OVER,
  TAI_WORD_SHORT,
  TAI_WORD_EVEN,
  TAI_WORD_OPENING_DIFFERENCE,
  TAI_WORD_DAY_FIGURES,
  TAI_WORD_YESTERDAY,
  TAI_WORD_WEEK_AGO,
  TAI_WORD_SALES,
  TAI_WORD_OWN_ONLY,
  TAI_WORD_BLIND_COUNT,
  TAI_WORD_BY_CLERK,
  TAI_WORD_BY_BUSINESS,
  TAI_WORD_BY_TENDER,
  TAI_WORD_BUSINESS,
  TAI_WORD_TENDER,
  TAI_WORD_COUNT,
  TAI_WORD_AMOUNT,
  TAI_WORD_SUM,
  TAI_WORD_NONE,
  TAI_WORD_TIMES,
  TAI_WORD_SHIFTS,
  TAI_WORD_DRAWER_NOW,
  TAI_WORD_REFUND_DUE,
  TAI_WORD_N_ORDERS,
  TAI_WORD_N_PAYMENTS,
  TAI_WORD_N_REPRINTS,
  TAI_WORD_N_UNDONE,
  TAI_WORD_N_UNSENT,
  TAI_WORD_OLDEST_UNSENT,
  TAI_WORD_N_IN_DOUBT,
  TAI_WORD_OLDEST_IN_DOUBT,
  TAI_WORD_N_QUARANTINED,
  TAI_WORD_OPEN_MATTERS,
  TAI_WORD_CLEAN,
  TAI_WORD_JOURNAL_HEAD,
  TAI_WORD_CHAIN_WHOLE,
  TAI_WORD_CHAIN_BROKEN,
  TAI_WORD_CARRIED_OVER,
  TAI_WORD_SUPPLEMENTS,
  TAI_WORD_SUPPLEMENT,
  TAI_WORD_SUPPLEMENT_UPLOADED,
  TAI_WORD_SUPPLEMENT_REFUSED,
  TAI_WORD_SUPPLEMENT_REFUND,
  TAI_WORD_SUPPLEMENT_CAME,
  TAI_WORD_SUPPLEMENT_GONE,
  TAI_WORD_SUPPLEMENT_OTHER,
  /* bill */
  TAI_WORD_BILL,
  TAI_WORD_BILL_WITH_RECORDS,
  TAI_WORD_BILL_MONTH,
  TAI_WORD_BILL_PERIOD,
  TAI_WORD_BILL_ACCOUNT,
  TAI_WORD_BILL_TOTAL,
  TAI_WORD_BILL_ARREARS,
  TAI_WORD_BILL_TO_PAY,
  TAI_WORD_BILL_DUE,
  TAI_WORD_BILL_USED,
  TAI_WORD_BILL_RECORDS,
  TAI_WORD_BILL_KIND,
  TAI_WORD_BILL_PARTY,
  TAI_WORD_BILL_MORE,
  TAI_WORD_BILL_PRIVATE,
  /* refusal */
  TAI_WORD_REFUSED_BUSINESS,
  TAI_WORD_REASON,
  TAI_WORD_REASON_CODE,
  TAI_WORD_BRING,
  TAI_WORD_MONEY_BACK,
  TAI_WORD_APPEAL,
  TAI_WORD_APPEAL_TEXT,
  TAI_WORD_HOTLINE_LABEL,
  /* slip of a customer who leaves before it is settled: what happened and what we do, by kind */
  TAI_WORD_PROMISE,
  TAI_WORD_PROMISE_PAYMENT,
  TAI_WORD_PROMISE_PAPER,
  TAI_WORD_PROMISE_MONEY,
  TAI_WORD_PROMISE_DO_PAYMENT,
  TAI_WORD_PROMISE_DO_PAPER,
  TAI_WORD_PROMISE_DO_MONEY,
  TAI_WORD_PROMISE_REFERENCE,
  TAI_WORD_PROMISE_UNTIL,
  TAI_WORD_PROMISE_WHO_CALLS,
  TAI_WORD_PROMISE_YOUR_PHONE,
  TAI_WORD_PROMISE_MERCHANT_ORDER,
  TAI_WORD_PROMISE_QR,
  TAI_N_WORDS
} TaiPaperWord;

/* @language: of the paper, "zh_CN" or "en"; what is not Chinese gets English. Never NULL, never empty. */
const char *tai_paper_word (TaiPaperWord word, const char *language);

/**
 * TaiPaperBusiness: how one operation reads on paper.
 * @state: TAI_N_WORDS, or the word in place of "done" of what only is written down (a complaint)
 * @undo: TAI_N_WORDS: nothing to take back
 * @note: TAI_N_WORDS, or what the customer must know besides
 */
typedef struct {
  const char *id; /* of TaiOperation */
  const char *name[2];
  TaiPaperWord undo;
  TaiPaperWord state;
  TaiPaperWord note;
} TaiPaperBusiness;

/* (nullable) for an operation that has no words. */
const TaiPaperBusiness *tai_paper_find_business (const char *operation_id);
/* The operation's name; one without words reads as its id. */
const char *tai_paper_business_name (const char *operation_id, const char *language);
/* "citizen_card" and its like; NULL: unknown. */
const char *tai_paper_document_kind (const char *kind, const char *language);
/* "cash" and its like; unknown ones read as they are. */
const char *tai_paper_tender (const char *tender, const char *language);
/* "wechat" and its like; unknown ones read as they are. */
const char *tai_paper_provider (const char *provider, const char *language);

G_END_DECLS
