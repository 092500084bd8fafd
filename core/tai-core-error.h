/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_CORE_ERROR:
 *
 * The one error domain of core: what the business of a hall refuses. The message is English detail for a log; what a
 * clerk reads is made from the code in app/ and ui/ (gettext), so a code is as fine as an advice can be.
 */
#define TAI_CORE_ERROR (tai_core_error_quark ())
GQuark tai_core_error_quark (void);

typedef enum {
  TAI_CORE_ERROR_FAILED,
  /* money */
  TAI_CORE_ERROR_MONEY_SYNTAX,   /* not a decimal number */
  TAI_CORE_ERROR_MONEY_DECIMALS, /* more decimals than the currency has */
  TAI_CORE_ERROR_MONEY_RANGE,    /* overflow of int64 minor units or of the limit of one amount */
  TAI_CORE_ERROR_MONEY_CURRENCY, /* unknown, or two different ones in one operation */
  /* identity */
  TAI_CORE_ERROR_ID_SYNTAX, /* wrong length or characters */
  TAI_CORE_ERROR_ID_CHECK_DIGIT,
  TAI_CORE_ERROR_ID_DATE, /* impossible date inside */
  TAI_CORE_ERROR_ID_EXPIRED,
  TAI_CORE_ERROR_ID_MINOR,          /* under the age that the operation asks */
  TAI_CORE_ERROR_ID_FOREIGN_LAYOUT, /* a card whose type letter is not known: never read as a citizen's */
  TAI_CORE_ERROR_ID_REQUIRED,       /* the operation needs an identity that was read from a document */
  /* numbers */
  TAI_CORE_ERROR_NUMBER_SYNTAX,
  TAI_CORE_ERROR_NUMBER_NOT_FOR_PEOPLE, /* satellite, IoT */
  TAI_CORE_ERROR_LINE_UNKNOWN,          /* HQ has no line of that number */
  /* catalogue and rating */
  TAI_CORE_ERROR_CATALOGUE, /* malformed or contradictory: refused whole */
  TAI_CORE_ERROR_OPERATION_UNKNOWN,
  TAI_CORE_ERROR_OPERATION_NOT_HERE, /* known, but this terminal has no steps for what it needs */
  TAI_CORE_ERROR_OFFERING_UNKNOWN,
  TAI_CORE_ERROR_OFFERING_NOT_ON_SALE, /* outside validFor or region */
  TAI_CORE_ERROR_OFFERING_GROUP,       /* for a group of customers that this one is not known to be in */
  TAI_CORE_ERROR_OFFERING_EXCLUDED,    /* excluded by another line of the basket */
  TAI_CORE_ERROR_OFFERING_REQUIRES,    /* lacks a line that it requires */
  TAI_CORE_ERROR_MINIMUM_SPEND, /* a pretty number asks more of its plan than that comes to in a normal month */
  TAI_CORE_ERROR_OPEN_AMOUNT, /* the customer's amount is missing, not asked for, or outside minimum and maximum */
  /* visit, order, payment */
  TAI_CORE_ERROR_STATE,      /* the state table has no such edge: our bug or a race, nothing was done */
  TAI_CORE_ERROR_STATE_TEXT, /* unknown state text in a file or message: corruption */
  TAI_CORE_ERROR_EMPTY,      /* nothing to place */
  TAI_CORE_ERROR_NUMBER_REQUIRED,
  TAI_CORE_ERROR_SIM_REQUIRED,
  TAI_CORE_ERROR_PLAN_REQUIRED,
  TAI_CORE_ERROR_AMOUNT_REQUIRED,
  TAI_CORE_ERROR_SIGNATURE_REQUIRED,
  TAI_CORE_ERROR_CONSENT_MISSING, /* a value-added service without the customer's own yes */
  TAI_CORE_ERROR_NUMBER_TAKEN,
  TAI_CORE_ERROR_SIM_TAKEN,
  TAI_CORE_ERROR_SIM_SYNTAX,      /* no ICCID at all */
  TAI_CORE_ERROR_SIM_CHECK_DIGIT, /* not in stock, and its last digit does not fit: misread */
  TAI_CORE_ERROR_NOT_LEASED,      /* number or SIM is not in this terminal's stock */
  TAI_CORE_ERROR_CASH_SHORT,      /* received less than due */
  TAI_CORE_ERROR_NOT_CANCELLABLE, /* the order is in force, ended, or was asked back already */
  TAI_CORE_ERROR_NOTHING_DUE,     /* nothing is owed for the order */
  TAI_CORE_ERROR_REFUND_TENDER,   /* it did not come in cash, so it does not go back in cash */
  TAI_CORE_ERROR_REFUND_REFUSED,  /* the gateway did not give it back; owed as before */
  TAI_CORE_ERROR_PAYMENT_OPEN,    /* another attempt of this visit is still open */
  TAI_CORE_ERROR_PAYMENT_UNKNOWN, /* the visit has no such payment */
  TAI_CORE_ERROR_PAYMENT_REFUSED, /* no money came: refused, cancelled, or it never arrived */
  TAI_CORE_ERROR_PAYMENT_EARLY,   /* it may not be cancelled yet: the customer may be typing a password */
  TAI_CORE_ERROR_PAYMENT_TAKEN,   /* money was taken for the visit: give it back first */
  TAI_CORE_ERROR_PAYMENT_AMOUNT,  /* nothing, or more than is due */
  TAI_CORE_ERROR_TENDER_NOT_HERE, /* this terminal has nothing to take it with */
  TAI_CORE_ERROR_COUPON_UNKNOWN,  /* not of this terminal's stock, and headquarters cannot be asked */
  TAI_CORE_ERROR_COUPON_USED,
  TAI_CORE_ERROR_COUPON_EXPIRED,
  TAI_CORE_ERROR_COUPON_AMOUNT,
  TAI_CORE_ERROR_TENDER_NUMBER, /* the number of the coupon or slip is missing or too long */
  TAI_CORE_ERROR_PAY_CODE,      /* no payment code */
  TAI_CORE_ERROR_QR,            /* no merchant QR, or a damaged one */
  TAI_CORE_ERROR_NOT_OFFERED_OFFLINE,
  TAI_CORE_ERROR_LIMIT, /* one of the named limits (tai-limits.h) */
  /* staff */
  TAI_CORE_ERROR_STAFF_UNKNOWN,
  TAI_CORE_ERROR_PIN_WRONG,
  TAI_CORE_ERROR_CODE_NEEDED, /* the PIN is right; this person's code device must be read, too */
  TAI_CORE_ERROR_CODE_WRONG,
  TAI_CORE_ERROR_CODE_USED,  /* a code counts once */
  TAI_CORE_ERROR_CODE_CLOCK, /* the code of another time: the device's clock or this machine's is wrong */
  TAI_CORE_ERROR_LOCKED_OUT,
  TAI_CORE_ERROR_RIGHT_MISSING,
  TAI_CORE_ERROR_LOCKED,        /* the desk is locked until its clerk gives the PIN again */
  TAI_CORE_ERROR_APPROVAL,      /* needs another person's yes: tai_desk_get_asked(), tai_desk_approve() */
  TAI_CORE_ERROR_APPROVAL_SELF, /* nobody approves his own act */
  /* till */
  TAI_CORE_ERROR_NO_SHIFT,    /* the till is not open */
  TAI_CORE_ERROR_SHIFT_OPEN,  /* the till is open already */
  TAI_CORE_ERROR_VISITS_OPEN, /* visits are parked, or placed and unpaid (tai_desk_count_visits) */
  TAI_CORE_ERROR_RECOUNT,     /* the first count is too far off: count again; it is not told by how much */
  TAI_CORE_ERROR_COUNTING,    /* the till is being counted: finish, or go back to selling */
  TAI_CORE_ERROR_REASON_REQUIRED, /* money leaves the drawer without a reason */
  TAI_CORE_ERROR_REFERENCE,       /* number of a bag or slip: missing, or no such text */
  TAI_CORE_ERROR_BAG_KNOWN,       /* the bag's number was used before */
  TAI_CORE_ERROR_BAG_UNKNOWN,     /* no money is under way in it */
  TAI_CORE_ERROR_DRAWER_SHORT,    /* the drawer should not hold as much */
  TAI_CORE_ERROR_SAME_CLERK,      /* who hands the drawer over cannot take it, too */
  TAI_CORE_ERROR_DAY_CLOSED,      /* the hall's business day is over */
  TAI_CORE_ERROR_DAY_OPEN,      /* something still stops the hall's close: tai_desk_check_hall() says what */
  TAI_CORE_ERROR_DEPOSIT_SPENT, /* an agent's deposit does not cover what this visit comes to */
  TAI_CORE_ERROR_UNBALANCED,    /* a posting that does not sum to 0: our bug, nothing was written */
  /* documents */
  TAI_CORE_ERROR_DOCUMENT, /* a stored document that cannot be read back: corruption */
  TAI_CORE_ERROR_RECEIPT_UNKNOWN,
  TAI_CORE_ERROR_PRINT_UNKNOWN,   /* no paper in trouble with that id */
  TAI_CORE_ERROR_MESSAGE_UNKNOWN, /* no refused message with that key */
  /* script, class of terminal */
  TAI_CORE_ERROR_IDENTITY_IN_SCRIPT, /* a script names a reader, never an identity */
  TAI_CORE_ERROR_CLASS,              /* emulated or scripted device at a production terminal */
} TaiCoreError;

/* CASH_SHORT carries what is missing, as data for a face: minor units and their ISO 4217 number, in the message. */
void tai_core_error_set_cash_short (GError **error, gint64 missing_minor, guint16 currency);
/* FALSE: it is no such error. */
gboolean tai_core_error_get_missing (const GError *error, gint64 *minor, guint16 *currency);
