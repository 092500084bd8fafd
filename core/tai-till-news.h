/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-approval.h"
#include "tai-canonical.h"
#include "tai-debt.h"
#include "tai-hall-close.h"
#include "tai-money.h"

G_BEGIN_DECLS

/*
 * What headquarters hears of a till beside orders and payments: shifts, counts, cash without a sale, another person's yes, copies,
 * messages that were given up. One value for all of them, made of the facts of a change (tai-desk-news.c), rendered and read by
 * wire/tai-till-news-json, kept and checked by headquarters. A row of a table says what each kind has.
 */
typedef enum {
  TAI_NEWS_OPENED,      /* the float was counted */
  TAI_NEWS_COUNTED,     /* the drawer was counted, and more may come */
  TAI_NEWS_CLOSED,      /* counted, expected, Z number, journal head: for ever */
  TAI_NEWS_SUPPLEMENT,  /* something was booked about a closed shift; @name: its event */
  TAI_NEWS_HALL_CLOSED, /* a business day is over */
  TAI_NEWS_CASH,        /* money moved without a sale; @name: TaiCashMove */
  TAI_NEWS_APPROVAL,    /* granted, refused or used; @name: TaiAction */
  TAI_NEWS_NOTE,        /* an entry of the journal that reports count; @name: its kind */
  TAI_NEWS_GIVEN_UP,    /* a message that will never come */
  TAI_NEWS_INVOICE,     /* a code for an invoice; @name: TAI_JOURNAL_INVOICE_… */
  TAI_NEWS_PROMISE,     /* a customer left with a slip; @name: TaiPromiseKind, @subject: its id */
  TAI_NEWS_DEBT, /* cash that is owed goes from terminal to terminal; @name: TaiDebtState, @subject: the order */
  TAI_N_NEWS
} TaiNewsKind;
const char *
tai_news_kind_to_text (TaiNewsKind kind); /* "shift_opened" "shift_counted" "shift_closed" "cash" … */
gboolean tai_news_kind_from_text (const char *text, TaiNewsKind *kind, GError **error);

/* What a kind must say. */
typedef enum {
  TAI_NEWS_HAS_NAME = 1 << 0,
  TAI_NEWS_HAS_SHIFT = 1 << 1,
  TAI_NEWS_HAS_AMOUNT = 1 << 2,
  TAI_NEWS_HAS_COUNT = 1 << 3, /* counted and expected */
  TAI_NEWS_HAS_CLOSE = 1 << 4, /* Z number and journal */
  TAI_NEWS_HAS_SUBJECT = 1 << 5,
  TAI_NEWS_HAS_APPROVAL = 1 << 6, /* the members of an approval */
  TAI_NEWS_HAS_MESSAGE = 1 << 7,  /* those of a message */
  TAI_NEWS_HAS_NUMBER = 1 << 8,   /* Z number, and the supplement's within it */
  TAI_NEWS_HAS_HALL = 1 << 9,     /* the day's figures, and the day */
  TAI_NEWS_HAS_TOKEN = 1 << 10,
  TAI_NEWS_HAS_UNTIL = 1 << 11,
  TAI_NEWS_HAS_DEBT = 1 << 12 /* of one that is let go all of it, else the claim */
} TaiNewsParts;
TaiNewsParts tai_news_get_parts (TaiNewsKind kind);

/**
 * TaiTillNews: one of them. A plain struct with owned strings; any thread. Amounts of currency 0: none.
 * @id: also the key of its message
 * @till: the terminal's
 * @business_day, @shift_id: (nullable) where it counts; of a supplement the closed shift
 * @subject: (nullable) bag; order or payment of a supplement; what was approved; receipt; key of the message that was given up
 * @slip, @reason: (nullable) what was said
 * @amount: what moved, or was approved
 * @counted, @expected: of a drawer. Of an opening: @expected is what the close before had counted
 * @z_number, @journal_seq, @journal_head: of a close
 * @number: of a supplement within its Z
 * @hall: (nullable) of a day that is over
 * @promised_us: by when the customer is called
 * @debt: (nullable) its state is @name's, its order @subject, its amount @amount
 * @token: SHA-256 of the secret of a code for an invoice; @subject: the receipt
 * @approval_id, @approval_state, @asked_by, @approver, @asked_us, @decided_us, @until_us: of an approval
 * @act: text[0] == 0: none; key of the message that tells of what the approval was used for
 * @message_seq, @message_digest: of what was given up; its key is @subject
 */
typedef struct {
  TaiUuid id;
  TaiNewsKind kind;
  char *name;
  char *till, *clerk, *business_day, *shift_id;
  gint64 time_us;
  char *subject, *slip, *reason;
  TaiMoney amount, counted, expected;
  gint64 z_number, number, journal_seq;
  TaiDigest journal_head;
  TaiUuid approval_id, act;
  TaiApprovalState approval_state;
  char *asked_by, *approver;
  gint64 asked_us, decided_us, until_us;
  gint64 message_seq;
  TaiDigest message_digest, token;
  TaiHallClose *hall;
  gint64 promised_us;
  TaiDebt *debt;
} TaiTillNews;

TaiTillNews *tai_till_news_new (TaiNewsKind kind);
void tai_till_news_free (TaiTillNews *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTillNews, tai_till_news_free)

/* Does an entry of the journal go to headquarters? Those that reports count. */
gboolean tai_news_takes_note (const char *journal_kind);
/* What it does to the drawer, counted from 0 when the shift opens: the float, cash moves, what a close books. No tender of a
 * sale is in it. Currency 0: nothing. */
TaiMoney tai_till_news_get_drawer (const TaiTillNews *self);

G_END_DECLS
