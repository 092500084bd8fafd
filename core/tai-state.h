/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Every state machine of the house: an enum, one table of texts and edges, one function that moves it. The texts are what
 * databases, messages and documents say (design: 11-tables, "States"). An unknown text is corruption
 * (TAI_CORE_ERROR_STATE_TEXT), any edge that is not in the table is TAI_CORE_ERROR_STATE.
 */
typedef enum {
  TAI_VISIT_OPEN,
  TAI_VISIT_PLACED,
  TAI_VISIT_PAID,
  TAI_VISIT_CLOSED,
  TAI_VISIT_PARKED,
  TAI_VISIT_ABANDONED
} TaiVisitState;

typedef enum {
  TAI_ORDER_DRAFT,
  TAI_ORDER_PLACED,
  TAI_ORDER_PAID,
  TAI_ORDER_SENT,
  TAI_ORDER_ACKNOWLEDGED,
  TAI_ORDER_IN_PROGRESS,
  TAI_ORDER_COMPLETED,
  TAI_ORDER_CANCELLED,
  TAI_ORDER_HELD,
  TAI_ORDER_PENDING,
  TAI_ORDER_REJECTED,
  TAI_ORDER_FAILED,
  TAI_ORDER_PARTIAL,
  TAI_ORDER_UNDONE
} TaiOrderState;

typedef enum {
  TAI_PAYMENT_CREATED,
  TAI_PAYMENT_SUBMITTED,
  TAI_PAYMENT_AWAITING_CUSTOMER,
  TAI_PAYMENT_UNKNOWN,
  TAI_PAYMENT_SUCCEEDED,
  TAI_PAYMENT_FAILED,
  TAI_PAYMENT_REVERSING,
  TAI_PAYMENT_REVERSED
} TaiPaymentState;

typedef enum {
  TAI_MESSAGE_WAITING,
  TAI_MESSAGE_IN_FLIGHT,
  TAI_MESSAGE_ASKING, /* outcome unknown: ask HQ by key before anything else */
  TAI_MESSAGE_ACKNOWLEDGED,
  TAI_MESSAGE_QUARANTINED, /* refused: waits for a person; blocks only what depends on it */
  TAI_MESSAGE_SUPERSEDED   /* a fix with a new key took its place */
} TaiMessageState;

typedef enum {
  TAI_PRINT_QUEUED,
  TAI_PRINT_SENDING,
  TAI_PRINT_PRINTED,
  TAI_PRINT_UNKNOWN,
  TAI_PRINT_FAILED
} TaiPrintState;

typedef enum {
  TAI_RESOURCE_FREE,
  TAI_RESOURCE_LEASED,
  TAI_RESOURCE_HELD,
  TAI_RESOURCE_USED
} TaiResourceState;

typedef enum { TAI_SHIFT_OPENING, TAI_SHIFT_OPEN, TAI_SHIFT_COUNTING, TAI_SHIFT_CLOSED } TaiShiftState;

typedef enum {
  TAI_APPROVAL_ASKED,
  TAI_APPROVAL_GRANTED,
  TAI_APPROVAL_USED,
  TAI_APPROVAL_REFUSED,
  TAI_APPROVAL_EXPIRED
} TaiApprovalState;

/* Of cash that is owed for an order, at a terminal that has not kept it all the time (core/tai-debt.h). */
typedef enum {
  TAI_DEBT_STATE_ASKED,     /* it is another's, and was asked for */
  TAI_DEBT_STATE_WITHDRAWN, /* likewise, and is not wanted any more */
  TAI_DEBT_STATE_KEPT,      /* likewise, and the other keeps it */
  TAI_DEBT_STATE_HELD,      /* it was fetched, and is owed here */
  TAI_DEBT_STATE_PAID,      /* and was paid here */
  TAI_DEBT_STATE_RELEASED   /* it was owed here, and was let go */
} TaiDebtState;

/**
 * TaiStateTable:
 * @machine: its name, for errors
 * @text: text of each state
 * @edges: for each state a set of states (1 << state) it may move to
 * @n_states: how many
 */
typedef struct {
  const char *machine;
  const char *const *text;
  const guint32 *edges;
  guint n_states;
} TaiStateTable;

extern const TaiStateTable tai_visit_states;
extern const TaiStateTable tai_order_states;
extern const TaiStateTable tai_payment_states;
extern const TaiStateTable tai_message_states;
extern const TaiStateTable tai_print_states;
extern const TaiStateTable tai_resource_states;
extern const TaiStateTable tai_shift_states;
extern const TaiStateTable tai_approval_states;
extern const TaiStateTable tai_debt_states;

gboolean tai_state_can_move (const TaiStateTable *table, guint from, guint to);
/* TRUE, or TAI_CORE_ERROR_STATE naming machine and both texts. */
gboolean tai_state_check_move (const TaiStateTable *table, guint from, guint to, GError **error);
/* A state with no way out. */
gboolean tai_state_is_final (const TaiStateTable *table, guint state);
const char *tai_state_to_text (const TaiStateTable *table, guint state);
gboolean tai_state_from_text (const TaiStateTable *table, const char *text, guint *state, GError **error);

G_END_DECLS
