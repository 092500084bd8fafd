/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-approval.h"
#include "tai-debt.h"
#include "tai-order.h"
#include "tai-document.h"
#include "tai-hall-close.h"
#include "tai-staff.h"
#include "tai-supplement.h"

G_BEGIN_DECLS

/*
 * A change is all that one transaction writes: a list of facts in order. It is the only way into the store: placing,
 * paying, capturing, HQ's answers, counts and refunds differ in their facts, not in their mechanism. Built by the desk
 * (core/tai-desk) on any thread, applied by the store on its worker: all or nothing.
 */

/**
 * TaiHeads: where the terminal's series stand, as the transaction finds them. tai_change_complete may use the next values;
 * the store advances them with the same commit.
 */
typedef struct {
  gint64 next_terminal_seq; /* contiguous; next free */
  gint64 next_receipt_seq;  /* within the business day of the open shift */
  char epoch_letter;        /* 'A'…: advanced by restore */
  char business_day[11];    /* "" when no shift is open */
  char shift_id[37];
  gint64 journal_seq;     /* of the last entry; 0: none */
  TaiDigest journal_head; /* the chain's */
} TaiHeads;

typedef enum {
  TAI_FACT_VISIT,            /* visit: upsert of its state */
  TAI_FACT_ORDER,            /* order: insert whole */
  TAI_FACT_ORDER_STATE,      /* move of an order, checked against the table and the stored state */
  TAI_FACT_ORDER_CAPTURED,   /* receipt number, sequence, hash of an order that this change makes paid */
  TAI_FACT_PAYMENT,          /* payment: insert with its allocations and the event "created" */
  TAI_FACT_PAYMENT_EVENT,    /* append; checked against the table and the last event */
  TAI_FACT_PAYMENT_CAPTURED, /* sequence and hash of a payment that was there before the capture */
  TAI_FACT_POSTINGS,         /* a balanced set */
  TAI_FACT_RESOURCE,         /* move of a number or SIM */
  TAI_FACT_JOURNAL,          /* append to the hash chain; sequence and chain are the store's */
  TAI_FACT_MESSAGE,          /* into the outbox, rendered */
  TAI_FACT_PRINT,            /* print job: document, printer, state queued */
  TAI_FACT_SHIFT,            /* open, or a move, or a count */
  TAI_FACT_MESSAGE_STATE,    /* what a person decides of a quarantined message */
  TAI_FACT_APPROVAL,         /* granted or refused: inserted; used: checked against what was granted */
  TAI_FACT_SETTING,          /* name = value of the terminal (catalogue version, HQ epoch, …) */
  TAI_FACT_SUPPLEMENT,       /* the next of a Z report */
  TAI_FACT_HALL_CLOSE,       /* a business day of the hall is over; its number is the store's */
  TAI_FACT_DEBT              /* of cash that goes from terminal to terminal: insert, or a move */
} TaiFactKind;

typedef struct {
  TaiUuid id;
  TaiVisitState state;
  char *clerk; /* (owned) */
  gint64 time_us;
} TaiVisitFact;

typedef struct {
  TaiUuid id;
  TaiOrderState to;
  char *reason; /* (owned) (nullable) */
  gint64 time_us;
} TaiOrderStateFact;

typedef struct {
  TaiUuid id;
  TaiPaymentState to;
  char *detail; /* (owned) (nullable) gateway's word */
  gint64 time_us;
  gboolean releases; /* a person let the visit go on while the outcome is not known */
} TaiPaymentEventFact;

typedef struct {
  TaiPostingSet *set;                    /* (owned) */
  TaiUuid order_id, payment_id;          /* text[0] == 0: none */
  char *business_day, *shift_id, *clerk; /* (owned) */
  gint64 time_us;
  char *slip, *reason; /* (owned) (nullable) what was said of cash that moved without a sale */
} TaiPostingsFact;

#define TAI_RESOURCE_NUMBER "msisdn"
#define TAI_RESOURCE_SIM    "iccid"
#define TAI_RESOURCE_COUPON "coupon" /* its grade is what it is worth: "20.00" */
/* A lease comes with to = LEASED and @until_us; other moves are checked against the stored state and holder. */
typedef struct {
  char *kind, *value; /* (owned) */
  TaiResourceState to;
  TaiUuid holder;  /* visit (held) or order (used); text[0] == 0: none */
  gint64 until_us; /* leased, held */
  char *grade;     /* (owned) (nullable) pretty-number grade, SIM type */
} TaiResourceFact;

/* One entry of the journal (I4). The record that is chained is tai_journal_record(). */
typedef struct {
  char *
      kind; /* "sale" "sign_in" "sign_in_failed" "till_opened" "till_closed" "reprint" "clock_jump" "purge" … */
  char *business_day; /* (nullable) */
  char *shift_id;     /* (nullable) */
  char *clerk;        /* (nullable) */
  char *subject;      /* (nullable) order, payment, receipt … it is about */
  char *detail;       /* (nullable) one line */
  TaiMoney amount;    /* currency 0: none */
  gint64 time_us;
} TaiJournalEntry;
/* A code for the invoice of @subject, a receipt: the first one, or one instead; @detail: SHA-256 of its secret. */
#define TAI_JOURNAL_INVOICE_CLAIM     "invoice_claim"
#define TAI_JOURNAL_INVOICE_EXCHANGED "invoice_exchanged"
/* A slip for a customer was printed; @subject: its id, @detail: tai_promise_to_note(). */
#define TAI_JOURNAL_PROMISE "promise_printed"
GBytes *tai_journal_record (gint64 seq, const TaiJournalEntry *entry); /* canonical bytes, version 1 */

#define TAI_DESTINATION_HQ "hq"

typedef struct {
  TaiUuid key;         /* Idempotency-Key; for orders and payments their own id */
  char *destination;   /* TAI_DESTINATION_HQ, or the hall node */
  TaiUuid sale_id;     /* the visit; text[0] == 0: none */
  gint32 step;         /* order within the sale, for reading */
  TaiUuid depends_on;  /* key of a message that must be acknowledged first; text[0] == 0: none */
  TaiUuid supersedes;  /* key of a quarantined message that this one replaces */
  TaiUuid order_id;    /* the order whose state follows this message's; text[0] == 0: none */
  char *path;          /* POST to, "/tmf-api/…" */
  GBytes *body;        /* rendered once, never again: one line of JSON */
  TaiDigest digest;    /* SHA-256 of body */
  gint64 terminal_seq; /* 0: not of the contiguous series */
} TaiMessage;

typedef struct {
  gint64 row; /* the outbox's */
  TaiMessageState to;
  gint64 time_us;
  /* Of one that is given up: whose place in the series HQ must not look for. */
  TaiUuid key;
  gint64 terminal_seq; /* 0: not of the series */
  TaiDigest digest;
  char *reason; /* (owned) (nullable) */
} TaiMessageStateFact;

typedef struct {
  TaiUuid id;
  TaiUuid visit_id;
  char *receipt_number;  /* (nullable) */
  TaiDocument *document; /* (owned) */
  char *printer;         /* role: "receipt", "form", "report" */
  gint32 copy;           /* 0 = original, 1 = first reprint, … */
} TaiPrintJob;

typedef struct {
  TaiUuid id;
  char *till, *clerk, *business_day;
  TaiShiftState to;
  gint64 time_us;
  TaiMoney counted, expected; /* closed: kept for ever */
  gint32 z_number;            /* closed */
} TaiShiftFact;

typedef struct {
  char *name, *value; /* (nullable value: removed) */
} TaiSettingFact;

/* What becomes of a debt here. An answer that changes nothing here is only told. */
typedef enum { TAI_DEBT_STORED = 1 << 0, TAI_DEBT_TOLD = 1 << 1 } TaiDebtUse;
typedef struct {
  TaiDebt *debt; /* (owned) */
  TaiDebtUse use;
  TaiUuid key; /* of the message; text[0] == 0: a new one */
} TaiDebtFact;

typedef struct {
  TaiFactKind kind;
  union {
    TaiVisitFact *visit;
    TaiOrder *order; /* ORDER, ORDER_CAPTURED: (transfer none), must outlive the commit */
    TaiOrderStateFact *order_state;
    TaiPayment *payment; /* PAYMENT, PAYMENT_CAPTURED: (transfer none), must outlive the commit */
    TaiPaymentEventFact *payment_event;
    TaiPostingsFact *postings;
    TaiResourceFact *resource;
    TaiJournalEntry *journal;
    TaiMessage *message;
    TaiMessageStateFact *message_state;
    TaiPrintJob *print;
    TaiShiftFact *shift;
    TaiApproval *approval;
    TaiSettingFact *setting;
    TaiSupplement *supplement;
    TaiHallClose *hall_close;
    TaiDebtFact *debt;
  };
} TaiFact;

typedef struct _TaiChange TaiChange;

/**
 * TaiCompleteFunc:
 * Called once by the store inside the transaction, before the first row: here numbers from @heads are given, bodies and
 * papers that carry them are rendered, and facts appended. FALSE rolls everything back.
 */
typedef gboolean (*TaiCompleteFunc) (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error);

TaiChange *tai_change_new (void);
void tai_change_free (TaiChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiChange, tai_change_free)
void tai_change_set_complete (TaiChange *self, TaiCompleteFunc func, gpointer data);
/* The same, after the other: sees all facts that the change will have but its own. */
void tai_change_set_last (TaiChange *self, TaiCompleteFunc func, gpointer data);
gboolean tai_change_complete (TaiChange *self, const TaiHeads *heads, GError **error); /* by the store */
guint tai_change_get_n_facts (const TaiChange *self);
const TaiFact *tai_change_get_fact (const TaiChange *self, guint index);

void tai_change_add_visit (TaiChange *self, const TaiUuid *id, TaiVisitState state, const char *clerk,
                           gint64 time_us);
void tai_change_add_order (TaiChange *self, TaiOrder *order);
void tai_change_add_order_captured (TaiChange *self, TaiOrder *order);
void tai_change_add_order_state (TaiChange *self, const TaiUuid *id, TaiOrderState to, const char *reason,
                                 gint64 time_us);
void tai_change_add_payment (TaiChange *self, TaiPayment *payment);
void tai_change_add_payment_event (TaiChange *self, const TaiUuid *id, TaiPaymentState to, const char *detail,
                                   gint64 time_us);
/* One after the other; @detail of the last. */
void tai_change_add_payment_events (TaiChange *self, const TaiUuid *id, const TaiPaymentState *to, guint n,
                                    const char *detail, gint64 time_us);
/* One, and from now on the payment no longer keeps its visit from being paid by other means. */
void tai_change_add_payment_release (TaiChange *self, const TaiUuid *id, TaiPaymentState to,
                                     const char *detail, gint64 time_us);
void tai_change_add_payment_captured (TaiChange *self, TaiPayment *payment);
void tai_change_add_postings (TaiChange *self, TaiPostingSet *set /* (transfer full) */,
                              const TaiUuid *order_id, const TaiUuid *payment_id, const char *business_day,
                              const char *shift_id, const char *clerk, gint64 time_us);
/* What was said of the postings that were added last: the bank's slip, why. Both (nullable). */
void tai_change_set_words (TaiChange *self, const char *slip, const char *reason);
void tai_change_add_resource (TaiChange *self, const char *kind, const char *value, TaiResourceState to,
                              const TaiUuid *holder, gint64 until_us, const char *grade);
/* Quarantined to waiting (released). */
void tai_change_add_message_state (TaiChange *self, gint64 row, TaiMessageState to, gint64 time_us);
/* Quarantined to superseded without a fix: given up; refused when another message waits for it. @reason (nullable) */
void tai_change_add_given_up (TaiChange *self, gint64 row, const TaiMessage *message, const char *reason,
                              gint64 time_us);
/* The following take ownership; free functions are internal to the change. */
void tai_change_take_journal (TaiChange *self, TaiJournalEntry *entry);
void tai_change_take_message (TaiChange *self, TaiMessage *message);
void tai_change_take_print (TaiChange *self, TaiPrintJob *job);
void tai_change_take_shift (TaiChange *self, TaiShiftFact *shift);
void tai_change_take_approval (TaiChange *self, TaiApproval *approval);
void tai_change_take_supplement (TaiChange *self, TaiSupplement *supplement);
void tai_change_take_hall_close (TaiChange *self, TaiHallClose *close);
/* @key: (nullable) of the message that tells of it */
void tai_change_take_debt (TaiChange *self, TaiDebt *debt, TaiDebtUse use, const TaiUuid *key);
void tai_change_add_setting (TaiChange *self, const char *name, const char *value);

/* Frees of records that the store hands out, too. */
void tai_message_free (TaiMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiMessage, tai_message_free)
void tai_print_job_free (TaiPrintJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPrintJob, tai_print_job_free)
void tai_journal_entry_free (TaiJournalEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiJournalEntry, tai_journal_entry_free)
void tai_shift_fact_free (TaiShiftFact *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiShiftFact, tai_shift_fact_free)

G_END_DECLS
