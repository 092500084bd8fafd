/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-canonical.h"
#include "tai-hq-profile.h"
#include "tai-hq-recent.h"
#include "tai-hq-sequence.h"
#include "tai-money.h"
#include "tai-seal.h"

G_BEGIN_DECLS

/*
 * What headquarters knows, behind a table of verbs: SQLite embedded (tai-hq-store-sqlite), others later. One writer, one
 * transaction at a time, one thread at a time. Tables are of two families: hall tables keyed (hall, id), and claim tables
 * keyed by the thing that is claimed.
 *
 * Errors are sticky: the first one of a transaction stays in HqStore.error, every later verb does nothing and finds nothing,
 * and commit rolls back. So a handler reads as if nothing could fail, and hq_apply answers 503 for the whole group.
 *
 * Strings given to a verb are borrowed for the call. A row handed to a callback lives during the call; a row that a find
 * fills is cleared with its own function.
 */
typedef struct _HqStore HqStore;

typedef enum {
  HQ_MESSAGE_ORDER,
  HQ_MESSAGE_PAYMENT,
  HQ_MESSAGE_CANCEL,
  HQ_MESSAGE_LEASE,
  HQ_MESSAGE_DOCUMENT,
  HQ_MESSAGE_TILL
} HqMessageKind;

/* A message as it came: the bytes, and what was answered. status >= 400: refused, kept to count its sequence number. */
typedef struct {
  const char *hall, *key, *terminal;
  gint64 seq; /* 0: none */
  HqMessageKind kind;
  const char *resource; /* (nullable) id of what it made */
  int status;
  const char *code; /* (nullable) of a refusal */
  TaiDigest sha256;
  gint64 at_us;
  GBytes *body;   /* (borrowed) of an insert; (nullable) (owned) of a find */
  GBytes *answer; /* likewise; only where the answer can't be composed again */
  GStringChunk *chunk;
} HqMessageRow;

/* The body as it was received cannot be spliced into an answer. */
typedef enum {
  HQ_BODY_HAS_OURS = 1 << 0, /* it has members that are HQ's to give (id, href, state, …) */
  HQ_BODY_NO_PARTY = 1 << 1, /* it has no relatedParty */
  HQ_BODY_PATCHED = 1 << 2,  /* the row has a body of its own */
  HQ_BODY_BRIEF = 1 << 3,    /* references in it lack what they must have */
} HqBodyFlags;

typedef struct {
  const char *hall, *id, *key, *terminal;
  const char *external_id;                                 /* (nullable): as @id */
  const char *state;                                       /* TMF622's word */
  const char *reason;                                      /* (nullable) code of a refusal */
  const char *category, *operation, *msisdn, *clerk, *day; /* (nullable) */
  HqBodyFlags flags;
  gint64 order_us, changed_us;
  gint64 due_us; /* when the state engine looks at it; 0: never again */
  GBytes *body;  /* as it is now; not used by insert, which finds it in the message */
  GStringChunk *chunk;
} HqOrderRow;

typedef struct {
  const char *hall, *id, *key, *terminal;
  const char *external_id;  /* (nullable): as @id */
  const char *status;       /* TMF676's word */
  const char *day, *tender; /* (nullable) */
  HqBodyFlags flags;
  gint64 at_us;
  GBytes *body;
  GStringChunk *chunk;
} HqPaymentRow;

typedef struct {
  const char *hall, *id, *key;
  const char *order_id;
  const char *state; /* TaskStateType's word */
  HqBodyFlags flags;
  gint64 at_us, changed_us, due_us;
  GBytes *body;
  GStringChunk *chunk;
} HqCancelRow;

typedef struct {
  gint64 seq;
  const char *order; /* externalId */
  const char *state, *reason;
  gint64 at_us;
  const char *debt; /* (nullable) JSON: it is of a debt, and @state is its word (tai-debt-json.h) */
} HqFeedRow;

/* Cash that is owed for an order of the hall and was asked for at another terminal than took it: whose it is. One row an order; written the
 * first time that somebody asks. */
typedef struct {
  const char *hall, *order;
  const char *holder;                   /* the one terminal that may pay it */
  gint64 hop;                           /* how often it has been let go */
  const char *claim, *claimant, *clerk; /* (nullable) who asks for it */
  TaiMoney amount;                      /* currency 0: nobody has let it go yet */
  gint64 paid_minor;                    /* what the holder has told of it */
  gint64 changed_us, due_us;            /* due_us: when nobody has answered; 0: nobody asks */
  GStringChunk *chunk;
} HqDebtRow;

typedef struct {
  const char *id, *hall, *klass, *profile; /* profile: JSON object as docs/protocol.md has it */
  gint64 safe_until;
  gboolean revoked;
  gint64 seen_us;      /* when it was last heard of, about; 0: never */
  HqSequence sequence; /* which numbers have arrived */
  GStringChunk *chunk;
} HqTerminalRow;

typedef struct {
  TaiDigest code; /* SHA-256 of the secret part: the code itself is nowhere */
  const char *terminal, *hall, *klass, *profile;
  gint64 expires_us;
  gboolean used;
  TaiDigest csr;           /* of the request it was used with */
  const char *certificate; /* (nullable) PEM that was given for it */
  GStringChunk *chunk;
} HqCodeRow;

typedef struct {
  const char *kind, *value, *grade, *state, *terminal;
  gint64 until_us;
  const char *hall;  /* (nullable) whose terminals alone may have it */
  gint64 expires_us; /* 0: never */
} HqStockRow;

/* A subscriber's line: a claim table's row, keyed by the number. Nothing of the owner but a mask and the blind reference. */
typedef struct {
  const char *msisdn;
  const char *owner;                           /* (nullable) "张*" */
  const char *customer;                        /* (nullable) blind reference */
  const char *plan, *plan_name, *plan_name_en; /* (nullable) */
  const char *status;                          /* tai-directory.h's word */
  TaiMoney balance, arrears;                   /* of one currency */
  gint64 arrears_since_us;                     /* 0: nothing is owed */
  gint64 changed_us;
  GStringChunk *chunk;
} HqLineRow;

/* Somebody looked at a number. Written once, never changed. */
typedef struct {
  const char *hall, *terminal;
  const char *clerk; /* (nullable) as the terminal says */
  const char *msisdn;
  gboolean found;
  gint64 at_us;
} HqLookRow;

/* A resource of the standard that is nothing but its body: a customer, a ticket, a bill. What it is, is its kind's to say
 * (tai-hq-types); here are the ways to find it. */
typedef struct {
  const char *kind; /* the standard's name: "TroubleTicket" */
  const char *hall; /* whose it is; "": headquarters' own */
  const char *id;
  const char *line;  /* (nullable) number of the line that it is about */
  const char *party; /* (nullable) customer whom it is about */
  gint64 created_us, changed_us;
  GBytes *body; /* JSON object without id and href */
  GStringChunk *chunk;
} HqDocumentRow;

/* All given must match; NULL: any. */
typedef struct {
  const char *kind; /* never NULL */
  const char *value, *grade, *state;
} HqStockFilter;

/* Of a line, else of a customer: the hall's own (NULL: any hall's) and headquarters'. Without both: the hall's own, and what
 * headquarters has that is about no line; or, without a hall, all. */
typedef struct {
  const char *kind, *hall, *line, *party; /* all but @kind (nullable) */
  const char *original;                   /* (nullable) of refunds: the payment; with @hall, and alone */
} HqDocumentFilter;

/* Where an order stands on its way to the operator's own system: tai-hq-south.h has the table. */
typedef enum {
  HQ_SOUTH_QUEUED,  /* certainly not there */
  HQ_SOUTH_SENDING, /* written before the first byte leaves */
  HQ_SOUTH_ASKING,  /* it may be there: asked for before anything else */
  HQ_SOUTH_TAKEN,   /* there, under foreign_id */
  HQ_SOUTH_HELD,    /* a person has to look */
  HQ_SOUTH_DONE     /* the order is over */
} HqSouthStep;

/* Whether the server showed, since the last POST, that it filters by externalId. */
typedef enum { HQ_PROOF_NONE, HQ_PROOF_GIVEN, HQ_PROOF_FAILED } HqSouthProof;

/* A cancellation on its way there. */
typedef enum {
  HQ_SOUTH_CANCEL_NONE,
  HQ_SOUTH_CANCEL_WANTED,
  HQ_SOUTH_CANCEL_SENDING,
  HQ_SOUTH_CANCEL_PASSED
} HqSouthCancel;

/* An order that is handed on; one row, for ever. */
typedef struct {
  const char *hall, *order_id;
  const char *external_id; /* what it is called there by us: the order's UUID */
  HqSouthStep step;
  HqSouthProof proof;
  HqSouthCancel cancel;
  const char *foreign_id, *foreign_state; /* (nullable) */
  const char *note;                       /* (nullable) what was last said there, for people */
  gint64 sends;                           /* POSTs that may have arrived */
  gint64 tries;                           /* attempts since something last changed */
  gint64 sent_us;                         /* when the last POST ended, or was given up; 0: never */
  gint64 changed_us, due_us;              /* due_us 0: waits for an answer or a person */
  GStringChunk *chunk;
} HqSouthRow;

typedef enum { HQ_EVENT_CREATE, HQ_EVENT_STATE, HQ_EVENT_ATTRIBUTE } HqEventType;

/* Something happened to an order of the hall. Small: what it looked like is composed when it is told. */
typedef struct {
  const char *hall;
  gint64 seq; /* in the hall, without gaps; given by the store */
  HqEventType type;
  const char *order_id, *state;
  const char *reason; /* (nullable) */
  GBytes *detail;     /* (nullable) of HQ_EVENT_ATTRIBUTE: the members that changed, a JSON object */
  gint64 at_us;
  GStringChunk *chunk;
} HqEventRow;

/* Who wants to hear of events: with a callback they are posted, without one they are read (TMF688 topic). */
typedef struct {
  const char *id, *hall;
  const char *callback, *query, *name; /* (nullable) */
  gboolean is_stopped;                 /* too much was refused there: a person goes on */
  gint64 after_seq;                    /* told up to here */
  gint64 tries;                        /* of the next event */
  gint64 dead_in_row;                  /* events given up since one was taken */
  gint64 created_us, due_us;           /* due_us 0: nothing is to be told */
  const char *note;                    /* (nullable) what was last said there */
  GStringChunk *chunk;
} HqListenerRow;

/* An event that a listener never took. */
typedef struct {
  const char *listener;
  gint64 seq, at_us;
  const char *note;
} HqDeadRow;

/* A payment through the gateway, or a refund of one, as HQ knows it. A hall table's row: (hall, id). */
typedef struct {
  const char *hall, *id, *terminal;
  const char *original; /* (nullable) of a refund: the payment whose money goes back */
  const char *provider; /* "" when it never came */
  TaiMoney amount;      /* above 0, of a refund as well; currency 0 when it never came */
  gboolean shows;       /* a QR is shown to the customer; else his code is charged */
  const char *state;    /* "wanted" "awaiting" "unknown" "succeeded" "reversing" "reversed" "failed" */
  const char *reason, *transaction, *qr; /* (nullable) */
  gint64 since_us, changed_us;
  guint asks;    /* how often headquarters has asked by itself since it moved */
  gint64 due_us; /* when it asks again; 0: never */
  GStringChunk *chunk;
} HqPayRow;

/* ---- the money of the day: tai-hq-sum.h, tai-hq-till.h ---- */

/* A sum that grows with what comes: how often and how much, of a kind, on a hall's business day. "": does not apply. */
typedef struct {
  const char *hall, *day, *kind, *terminal, *clerk, *operation, *name, *shift;
  gint64 count;
  TaiMoney amount;
} HqSumRow;

/* What is asked for, and what stays apart; what does not is added up, and "" in the rows. */
typedef struct {
  const char *hall, *from, *until; /* days, both included */
  const char *kind, *shift;        /* (nullable): any */
  gboolean by_day, by_terminal, by_clerk, by_shift;
} HqSumFilter;

/* News of a till, the ways to find it; all else is in its message. Written once, never changed. */
typedef struct {
  const char *hall, *id, *key, *terminal;
  const char *kind;                       /* tai_news_kind_to_text() */
  const char *name, *shift, *day, *clerk; /* (nullable) */
  const char *subject;                    /* (nullable) bag, receipt, … */
  const char *ref;                        /* (nullable) an approval's own id; key of what was given up */
  const char *act;                        /* (nullable) key of the message that an approval was used for */
  const char *slip;                       /* (nullable) the bank's, of a deposit */
  TaiMoney amount;                        /* currency 0: none */
  gint64 at_us, arrived_us;
  GBytes *body;
} HqTillRow;

/* All given must match; one of @subject, @ref, @act, @slip and @shift is. */
typedef struct {
  const char *hall, *kind, *subject, *ref, *act, *slip, *shift; /* all but @hall (nullable) */
} HqTillFilter;

/* What a bank's statement says of a hall's money: tai-hq-bank.h. Written once, never changed. */
typedef struct {
  const char *hall, *reference; /* the bank's own number of it */
  const char *type;             /* HQ_BANK_DEPOSIT, or a tender's text */
  const char *number;           /* (nullable) a deposit's slip */
  const char *day;              /* booked; of a settlement the business day that is settled */
  TaiMoney amount;
  gint64 at_us; /* when it was read in */
  GStringChunk *chunk;
} HqBankRow;

/* All given must match; NULL: any. Either by @number or by days, both included. */
typedef struct {
  const char *hall, *type, *number, *from, *until; /* all but @hall (nullable) */
} HqBankFilter;

/* A shift as headquarters has heard of it: what has not come yet is 0. */
typedef struct {
  const char *hall, *id, *terminal, *till, *clerk, *day; /* @clerk: who opened it, else who closed it */
  gint64 opened_us, closed_us;
  TaiMoney float_amount, opening_expected, counted, expected; /* of one currency */
  gint64 z_number, n_counts, journal_seq;
  const char *journal_head; /* (nullable) hex */
  gint64 arrived_us;        /* of the close */
  gint64 close_seq;         /* the close's number in the terminal's series */
  gint64 n_supplements;
  GStringChunk *chunk;
} HqShiftRow;

/* What was booked about a closed shift, as its terminal numbers it (TaiSupplement). */
typedef struct {
  const char *hall, *shift;
  gint64 number;
  const char *event, *id; /* @id: (nullable) of the order or payment */
  TaiMoney amount;
  gint64 at_us, arrived_us;
} HqSupplementRow;

/* Money of a shift that came when its close was settled. */
typedef struct {
  const char *hall, *shift, *id;
  const char *kind; /* "order" "payment" "refund" "cash" */
  TaiMoney amount;
  gint64 arrived_us;
} HqLateRow;

/* A business day that a terminal has closed (TaiHallClose). */
typedef struct {
  const char *hall, *day, *terminal, *clerk; /* @clerk (nullable) */
  gint64 number;
  TaiMoney sales, drawers, safe, in_bags; /* of one currency */
  gint64 n_orders, n_shifts, n_left;
  gint64 at_us;
} HqHallCloseRow;

/* Something that does not match. One for each (kind, subject); it is open until what was missing has come. */
typedef struct {
  const char *hall, *kind, *subject, *terminal;
  const char *detail; /* codes */
  gint64 since_us, changed_us;
  gboolean is_open;
} HqFindingRow;

/* All given must match; NULL: any. Compared for equality. */
typedef struct {
  const char *hall; /* (nullable): all halls, for the administrator */
  const char *id, *external_id, *state, *category, *operation, *msisdn, *terminal, *day;
} HqListFilter;

typedef gboolean (*HqMessageFunc) (const HqMessageRow *row, gpointer data); /* FALSE: enough */
typedef gboolean (*HqOrderFunc) (const HqOrderRow *row, gpointer data);     /* FALSE: enough */
typedef gboolean (*HqPaymentFunc) (const HqPaymentRow *row, gpointer data);
typedef gboolean (*HqCancelFunc) (const HqCancelRow *row, gpointer data);
typedef gboolean (*HqFeedFunc) (const HqFeedRow *row, gpointer data);
typedef gboolean (*HqBodyFunc) (const char *id, GBytes *body, gpointer data);
typedef gboolean (*HqLookFunc) (const HqLookRow *row, gpointer data);
typedef gboolean (*HqStockFunc) (const HqStockRow *row, gpointer data);
typedef gboolean (*HqLineFunc) (const HqLineRow *row, gpointer data);
typedef gboolean (*HqDocumentFunc) (const HqDocumentRow *row, gpointer data);
typedef gboolean (*HqSouthFunc) (const HqSouthRow *row, gpointer data);
typedef gboolean (*HqListenerFunc) (const HqListenerRow *row, gpointer data);
typedef gboolean (*HqDeadFunc) (const HqDeadRow *row, gpointer data);
typedef gboolean (*HqPayFunc) (const HqPayRow *row, gpointer data);
typedef gboolean (*HqSumFunc) (const HqSumRow *row, gpointer data);
typedef gboolean (*HqTillFunc) (const HqTillRow *row, gpointer data);
typedef gboolean (*HqBankFunc) (const HqBankRow *row, gpointer data); /* FALSE: enough */
typedef gboolean (*HqShiftFunc) (const HqShiftRow *row, gpointer data);
typedef gboolean (*HqSupplementFunc) (const HqSupplementRow *row, gpointer data);
typedef gboolean (*HqLateFunc) (const HqLateRow *row, gpointer data);
typedef gboolean (*HqHallCloseFunc) (const HqHallCloseRow *row, gpointer data);
typedef gboolean (*HqFindingFunc) (const HqFindingRow *row, gpointer data);
typedef void (*HqNameFunc) (const char *name, gpointer data);
typedef gboolean (*HqTerminalFunc) (const HqTerminalRow *row, gpointer data);

typedef struct {
  const char *name;
  void (*free) (HqStore *self);
  void (*begin) (HqStore *self);
  void (*commit) (HqStore *self); /* with a sticky error: rolls back */
  void (*rollback) (HqStore *self);

  /* FALSE: (hall, key) is there already, nothing was written */
  gboolean (*message_insert) (HqStore *self, const HqMessageRow *row);
  gboolean (*message_find) (HqStore *self, const char *hall, const char *key, HqMessageRow *row);
  void (*message_update) (HqStore *self, const HqMessageRow *row);

  gboolean (*order_insert) (HqStore *self, const HqOrderRow *row); /* FALSE: (hall, id) is taken */
  gboolean (*order_find) (HqStore *self, const char *hall, const char *id, HqOrderRow *row);
  void (*order_list) (HqStore *self, const HqListFilter *filter, gint64 offset, gint64 limit,
                      HqOrderFunc func, gpointer data);
  gint64 (*order_count) (HqStore *self, const HqListFilter *filter);
  /* Orders of a number that arrived at the hall since then, newest first. */
  void (*order_recent) (HqStore *self, const char *hall, const char *msisdn, gint64 since_us,
                        HqOrderFunc func, gpointer data);
  void (*order_set_body) (HqStore *self, const HqOrderRow *row);     /* body, flags, changed_us */
  void (*order_set_state) (HqStore *self, const HqOrderRow *row);    /* state, reason, changed_us, due_us */
  GPtrArray *(*order_due) (HqStore *self, gint64 now_us, guint max); /* (element-type HqOrderRow) */
  gint64 (*next_due) (HqStore *self); /* orders, tasks and debts; 0: nothing waits */

  gboolean (*payment_insert) (HqStore *self, const HqPaymentRow *row);
  gboolean (*payment_find) (HqStore *self, const char *hall, const char *id, HqPaymentRow *row);
  void (*payment_list) (HqStore *self, const HqListFilter *filter, gint64 offset, gint64 limit,
                        HqPaymentFunc func, gpointer data);
  gint64 (*payment_count) (HqStore *self, const HqListFilter *filter);

  gboolean (*cancel_insert) (HqStore *self, const HqCancelRow *row);
  gboolean (*cancel_find) (HqStore *self, const char *hall, const char *id, HqCancelRow *row);
  void (*cancel_list) (HqStore *self, const HqListFilter *filter, gint64 offset, gint64 limit,
                       HqCancelFunc func, gpointer data);
  gint64 (*cancel_count) (HqStore *self, const HqListFilter *filter);
  void (*cancel_set_state) (HqStore *self, const HqCancelRow *row);
  GPtrArray *(*cancel_due) (HqStore *self, gint64 now_us, guint max); /* (element-type HqCancelRow) */

  /* The next number of the hall, under the hall's row; the event is the terminal's. */
  void (*feed_append) (HqStore *self, const char *hall, const char *terminal, const HqFeedRow *row);
  void (*feed_list) (HqStore *self, const char *hall, const char *terminal, gint64 after, gint64 limit,
                     HqFeedFunc func, gpointer data);
  gint64 (*feed_last) (HqStore *self, const char *hall);

  gboolean (*debt_find) (HqStore *self, const char *hall, const char *order, HqDebtRow *row);
  void (*debt_put) (HqStore *self, const HqDebtRow *row);           /* new, or instead of what was there */
  GPtrArray *(*debt_due) (HqStore *self, gint64 now_us, guint max); /* (element-type HqDebtRow) */

  /* TRUE: (kind, thing, slot) is the order's now, or was before; FALSE: another's. */
  gboolean (*claim_take) (HqStore *self, const char *kind, const char *thing, int slot, const char *hall,
                          const char *order_id, gint64 at_us);
  gboolean (*claim_has) (HqStore *self, const char *kind, const char *thing, const char *hall,
                         const char *order_id);
  void (*claim_release) (HqStore *self, const char *hall, const char *order_id);

  void (*stock_add) (HqStore *self, const HqStockRow *row); /* known values stay as they are */
  gboolean (*stock_is_leased) (HqStore *self, const char *kind, const char *value, const char *terminal);
  gint64 (*stock_count_leased) (HqStore *self, const char *kind, const char *terminal);
  /* What is free, good at @now_us and not another hall's than the terminal's; none longer than it is good. */
  void (*stock_lease) (HqStore *self, const char *kind, gint64 count, const char *terminal, gint64 now_us,
                       gint64 until_us, HqStockFunc func, gpointer data);
  void (*stock_set_state) (HqStore *self, const char *kind, const char *value, const char *state);

  void (*stock_list) (HqStore *self, const HqStockFilter *filter, HqStockFunc func,
                      gpointer data); /* by value */

  gboolean (*line_find) (HqStore *self, const char *msisdn, HqLineRow *row);
  /* By number. @customer: (nullable) any */
  void (*line_list) (HqStore *self, const char *customer, HqLineFunc func, gpointer data);
  void (*line_put) (HqStore *self, const HqLineRow *row); /* new, or instead of what was there */
  void (*look_append) (HqStore *self, const HqLookRow *row);
  void (*look_list) (HqStore *self, const char *msisdn, gint64 limit, HqLookFunc func,
                     gpointer data); /* newest first */

  gboolean (*document_insert) (HqStore *self,
                               const HqDocumentRow *row);         /* FALSE: (kind, hall, id) is taken */
  void (*document_put) (HqStore *self, const HqDocumentRow *row); /* new, or instead of what was there */
  /* @hall: (nullable) any hall's, else the hall's own or headquarters' */
  gboolean (*document_find) (HqStore *self, const char *kind, const char *hall, const char *id,
                             HqDocumentRow *row);
  void (*document_list) (HqStore *self, const HqDocumentFilter *filter, HqDocumentFunc func,
                         gpointer data); /* in the order in which they came */
  void (*document_delete) (HqStore *self, const char *kind, const char *hall, const char *id);
  gboolean (*pay_find) (HqStore *self, const char *hall, const char *id, HqPayRow *row);
  void (*pay_put) (HqStore *self, const HqPayRow *row); /* new, or what changed of it */
  /* What is given back of a payment, or (without @is_known) may still be: all of its refunds but the failed ones. */
  gint64 (*pay_given_back) (HqStore *self, const char *hall, const char *original, gboolean is_known);
  /* What headquarters has to ask about by itself, first things first; and when the next is due, 0: none. */
  void (*pay_due) (HqStore *self, gint64 now_us, guint limit, HqPayFunc func, gpointer data);
  gint64 (*pay_next_due) (HqStore *self);
  /* What was asked and answered, for ever; no payment code is ever in it. */
  void (*pay_note) (HqStore *self, const HqPayRow *row, const char *what);
  /* A payment's message tells of it. */
  void (*pay_claim) (HqStore *self, const char *hall, const char *id);
  gboolean (*pay_is_claimed) (HqStore *self, const char *hall, const char *id);
  /* Money that the gateway took before then and that no message tells of. */
  void (*pay_unclaimed) (HqStore *self, gint64 before_us, HqPayFunc func, gpointer data);

  gboolean (*is_blocked) (HqStore *self, const char *id_hash);
  void (*set_blocked) (HqStore *self, const char *id_hash, gboolean blocked);

  gboolean (*terminal_find) (HqStore *self, const char *id, HqTerminalRow *row);
  void (*terminal_put) (HqStore *self,
                        const HqTerminalRow *row); /* id, hall, class, profile, revoked; keeps the series */
  void (*terminal_set_sequence) (HqStore *self, const char *id, const HqSequence *sequence);
  void (*terminal_prove_all) (HqStore *self); /* safe_until = high water, of every terminal */
  void (*terminal_see) (HqStore *self, const char *id, gint64 now_us);
  /* Those of @hall (nullable: all), by id. */
  void (*terminal_list) (HqStore *self, const char *hall, HqTerminalFunc func, gpointer data);

  gboolean (*code_insert) (HqStore *self, const HqCodeRow *row);
  gboolean (*code_find) (HqStore *self, TaiDigest code, HqCodeRow *row);
  void (*code_use) (HqStore *self, const HqCodeRow *row); /* used, csr, certificate */

  void (*staff_put) (HqStore *self, const char *hall, const char *number, GBytes *body);
  void (*staff_list) (HqStore *self, const char *hall, HqBodyFunc func,
                      gpointer data); /* the hall's and everybody's */
  /* The hall's own word on a person, else everybody's. *@body: (out) (transfer full) */
  gboolean (*staff_find) (HqStore *self, const char *hall, const char *number, GBytes **body);

  void (*offering_clear) (HqStore *self);
  gboolean (*offering_insert) (HqStore *self, const char *id, gint64 position, GBytes *body);
  gboolean (*offering_find) (HqStore *self, const char *id,
                             GBytes **body); /* (out) (nullable) (transfer full) */
  void (*offering_list) (HqStore *self, HqBodyFunc func, gpointer data); /* in catalogue order */

  char *(*setting_get) (HqStore *self, const char *name); /* (transfer full) (nullable) */
  void (*setting_put) (HqStore *self, const char *name, const char *value);

  void (*alarm_raise) (HqStore *self, const char *hall, const char *terminal, const char *kind,
                       const char *detail, gint64 at_us);
  gint64 (*alarm_count) (HqStore *self);

  /* ---- the money of the day ---- */
  /* Gathered until the commit, or until somebody asks. */
  void (*sum_add) (HqStore *self, const HqSumRow *row);
  void (*sum_list) (HqStore *self, const HqSumFilter *filter, HqSumFunc func, gpointer data);
  void (*sum_clear) (HqStore *self); /* all: they are added up anew */
  void (*till_insert) (HqStore *self, const HqTillRow *row);
  void (*till_list) (HqStore *self, const HqTillFilter *filter, HqTillFunc func,
                     gpointer data); /* as they came */
  gboolean (*shift_find) (HqStore *self, const char *hall, const char *id, HqShiftRow *row);
  void (*shift_put) (HqStore *self, const HqShiftRow *row); /* new, or instead of what was there */
  /* Of the days, oldest first. */
  void (*shift_list) (HqStore *self, const char *hall, const char *from, const char *until, HqShiftFunc func,
                      gpointer data);
  void (*supplement_append) (HqStore *self, const HqSupplementRow *row);
  void (*supplement_list) (HqStore *self, const char *hall, const char *shift, HqSupplementFunc func,
                           gpointer data);
  void (*late_append) (HqStore *self, const HqLateRow *row);
  void (*late_list) (HqStore *self, const char *hall, const char *shift, HqLateFunc func, gpointer data);
  void (*hall_close_put) (HqStore *self, const HqHallCloseRow *row);
  /* Of the days, oldest first. */
  void (*hall_close_list) (HqStore *self, const char *hall, const char *from, const char *until,
                           HqHallCloseFunc func, gpointer data);
  /* Deposits of days (both included), in the order in which they came. */
  void (*deposit_list) (HqStore *self, const char *hall, const char *from, const char *until, HqTillFunc func,
                        gpointer data);
  gboolean (*bank_insert) (HqStore *self, const HqBankRow *row); /* FALSE: that reference is there */
  gboolean (*bank_find) (HqStore *self, const char *hall, const char *reference, HqBankRow *row);
  void (*bank_list) (HqStore *self, const HqBankFilter *filter, HqBankFunc func, gpointer data);
  /* A statement tells all of that type from day to day: what is not in it has not come. */
  void (*statement_put) (HqStore *self, const char *hall, const char *type, const char *from,
                         const char *until, gint64 at_us);
  gboolean (*statement_covers) (HqStore *self, const char *hall, const char *type, const char *day);
  /* The halls that stood beside @hall in the last statement of that type that told of it. */
  void (*statement_beside) (HqStore *self, const char *hall, const char *type, HqNameFunc func,
                            gpointer data);
  void (*finding_put) (HqStore *self, const HqFindingRow *row); /* @since_us of one that is there stays */
  void (*finding_close) (HqStore *self, const char *hall, const char *kind, const char *subject,
                         gint64 now_us);
  /* @hall: (nullable) all; oldest first */
  void (*finding_list) (HqStore *self, const char *hall, gboolean only_open, HqFindingFunc func,
                        gpointer data);
  gint64 (*finding_count) (HqStore *self, const char *hall); /* that are open */
  /* Every message that is there and was taken, in the order in which it came, for who adds up anew. */
  void (*message_list) (HqStore *self, HqMessageFunc func, gpointer data);

  /* ---- southbound ---- */
  gboolean (*south_insert) (HqStore *self, const HqSouthRow *row); /* FALSE: is there */
  gboolean (*south_find) (HqStore *self, const char *hall, const char *order_id, HqSouthRow *row);
  gboolean (*south_find_held) (HqStore *self, const char *order_id, HqSouthRow *row); /* of any hall */
  void (*south_put) (HqStore *self, const HqSouthRow *row);          /* all but hall, order, external id */
  GPtrArray *(*south_due) (HqStore *self, gint64 now_us, guint max); /* (element-type HqSouthRow) */
  gint64 (*south_next_due) (HqStore *self);                          /* 0: nothing waits */
  /* The order that was last known to be there, other than this one. */
  gboolean (*south_witness) (HqStore *self, const char *hall, const char *order_id, HqSouthRow *row);
  void (*south_list) (HqStore *self, HqSouthStep step, gint64 limit, HqSouthFunc func, gpointer data);
  gint64 (*south_count) (HqStore *self, HqSouthStep step);
  /* Tasks of an order that are not carried out yet. (element-type HqCancelRow) */
  GPtrArray *(*cancel_open) (HqStore *self, const char *hall, const char *order_id);

  /* ---- events ---- */
  /* Written only when the hall has a listener; those with a callback become due. */
  gint64 (*event_append) (HqStore *self, const HqEventRow *row); /* its seq; 0: nobody listens */
  gint64 (*event_last) (HqStore *self, const char *hall);        /* seq; 0: none yet */
  GPtrArray *(*event_after) (HqStore *self, const char *hall, gint64 after,
                             gint64 limit); /* (element-type HqEventRow) */
  void (*event_purge) (HqStore *self, const char *hall, gint64 before_us,
                       gint64 max);                               /* of the oldest @max */
  void (*listener_put) (HqStore *self, const HqListenerRow *row); /* new, or instead of what was there */
  gboolean (*listener_find) (HqStore *self, const char *id, HqListenerRow *row);
  void (*listener_delete) (HqStore *self, const char *id); /* with its dead events */
  void (*listener_list) (HqStore *self, const char *hall, HqListenerFunc func,
                         gpointer data);                                /* hall NULL: all */
  GPtrArray *(*listener_due) (HqStore *self, gint64 now_us, guint max); /* (element-type HqListenerRow) */
  gint64 (*listener_next_due) (HqStore *self);                          /* 0: nothing waits */
  void (*dead_append) (HqStore *self, const HqDeadRow *row);
  void (*dead_list) (HqStore *self, const char *listener, HqDeadFunc func, gpointer data);
  void (*dead_clear) (HqStore *self, const char *listener);
} HqStoreClass;

/**
 * HqSignFunc: a terminal's certificate for its signing request, from hq/tai-hq-authority. The only call of a handler that
 * leaves the store. (transfer full) PEM.
 */
typedef char *(*HqSignFunc) (const char *csr_pem, const HqCodeRow *code, gint64 now_us, gpointer data,
                             GError **error);

/**
 * HqSecrets: what headquarters must not lose and not show. Borrowed by the store, outlives it.
 * @box_key: opens the sealed identities; (nullable): none can be opened
 * @blind_key: key of the blind index; (nullable)
 * @ca_pem: (nullable) certificate of the authority
 */
typedef struct {
  const TaiSealKey *box_key, *blind_key;
  const char *ca_pem;
  HqSignFunc sign; /* (nullable): no enrolment */
  gpointer sign_data;
} HqSecrets;

struct _HqStore {
  const HqStoreClass *klass;
  GError *error; /* (nullable) sticky until the next begin */
  HqSecrets secrets;
  HqRecent recent;
  /* answers as TM Forum's conformance kits want it, whoever asks; never with real customers */
  gboolean is_lenient;
  const HqProfile *profile; /* (nullable) (borrowed) */
  GHashTable *suspects;     /* (owned) (nullable) of the transaction: tai-hq-finding */
};

void hq_store_free (HqStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqStore, hq_store_free)

/* The integer of a setting, or @fallback when it is missing or no number. */
gint64 hq_store_get_number (HqStore *self, const char *name, gint64 fallback);

void hq_message_row_clear (HqMessageRow *row);
void hq_order_row_clear (HqOrderRow *row);
void hq_order_row_free (HqOrderRow *row);
void hq_payment_row_clear (HqPaymentRow *row);
void hq_cancel_row_clear (HqCancelRow *row);
void hq_cancel_row_free (HqCancelRow *row);
void hq_terminal_row_clear (HqTerminalRow *row);
void hq_code_row_clear (HqCodeRow *row);
void hq_line_row_clear (HqLineRow *row);
void hq_document_row_clear (HqDocumentRow *row);
void hq_south_row_clear (HqSouthRow *row);
void hq_south_row_free (HqSouthRow *row);
void hq_event_row_clear (HqEventRow *row);
void hq_event_row_free (HqEventRow *row);
void hq_listener_row_clear (HqListenerRow *row);
void hq_listener_row_free (HqListenerRow *row);
void hq_pay_row_clear (HqPayRow *row);
void hq_debt_row_clear (HqDebtRow *row);
void hq_debt_row_free (HqDebtRow *row);
void hq_shift_row_clear (HqShiftRow *row);
void hq_bank_row_clear (HqBankRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqPayRow, hq_pay_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqDebtRow, hq_debt_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqShiftRow, hq_shift_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqBankRow, hq_bank_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqMessageRow, hq_message_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqOrderRow, hq_order_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqPaymentRow, hq_payment_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqCancelRow, hq_cancel_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqTerminalRow, hq_terminal_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqCodeRow, hq_code_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqLineRow, hq_line_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqDocumentRow, hq_document_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqSouthRow, hq_south_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqEventRow, hq_event_row_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqListenerRow, hq_listener_row_clear)

G_END_DECLS
