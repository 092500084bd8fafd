/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state tables (docs/tables.md says the same in words). One row a state: its text and the set of states it may move to.
 * Constant data and pure functions, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-state.h"

#include "tai-core-error.h"
#include "tai-text-private.h"

#define TO(state) (1u << (state))
#define TABLE(name, prefix, n)                                                                               \
  const TaiStateTable tai_##prefix##_states = {name " state", prefix##_text, prefix##_edges, n}

/* A placed visit may still be abandoned: its orders are cancelled, nothing was paid. So may a parked one, whose customer does
 * not come back. */
static const char *const visit_text[] = {
    [TAI_VISIT_OPEN] = "open",     [TAI_VISIT_PLACED] = "placed", [TAI_VISIT_PAID] = "paid",
    [TAI_VISIT_CLOSED] = "closed", [TAI_VISIT_PARKED] = "parked", [TAI_VISIT_ABANDONED] = "abandoned",
};
static const guint32 visit_edges[] = {
    [TAI_VISIT_OPEN] = TO (TAI_VISIT_PLACED) | TO (TAI_VISIT_PARKED) | TO (TAI_VISIT_ABANDONED),
    [TAI_VISIT_PLACED] = TO (TAI_VISIT_PAID) | TO (TAI_VISIT_ABANDONED),
    [TAI_VISIT_PAID] = TO (TAI_VISIT_CLOSED),
    [TAI_VISIT_CLOSED] = 0,
    [TAI_VISIT_PARKED] = TO (TAI_VISIT_OPEN) | TO (TAI_VISIT_ABANDONED),
    [TAI_VISIT_ABANDONED] = 0,
};
TABLE ("visit", visit, G_N_ELEMENTS (visit_text));

/*
 * What HQ may say of an order that it knows. The terminal hears of HQ's work by asking now and then, so it may miss a
 * station: every station of the work leads to every other and to each outcome.
 */
#define OUTCOME_SET                                                                                          \
  (TO (TAI_ORDER_COMPLETED) | TO (TAI_ORDER_CANCELLED) | TO (TAI_ORDER_REJECTED) | TO (TAI_ORDER_FAILED) |   \
   TO (TAI_ORDER_PARTIAL))
static const char *const order_text[] = {
    [TAI_ORDER_DRAFT] = "draft",
    [TAI_ORDER_PLACED] = "placed",
    [TAI_ORDER_PAID] = "paid",
    [TAI_ORDER_SENT] = "sent",
    [TAI_ORDER_ACKNOWLEDGED] = "acknowledged",
    [TAI_ORDER_IN_PROGRESS] = "inProgress",
    [TAI_ORDER_COMPLETED] = "completed",
    [TAI_ORDER_CANCELLED] = "cancelled",
    [TAI_ORDER_HELD] = "held",
    [TAI_ORDER_PENDING] = "pending",
    [TAI_ORDER_REJECTED] = "rejected",
    [TAI_ORDER_FAILED] = "failed",
    [TAI_ORDER_PARTIAL] = "partial",
    [TAI_ORDER_UNDONE] = "undone",
};
static const guint32 order_edges[] = {
    [TAI_ORDER_DRAFT] = TO (TAI_ORDER_PLACED),
    [TAI_ORDER_PLACED] = TO (TAI_ORDER_PAID) | TO (TAI_ORDER_CANCELLED),
    [TAI_ORDER_PAID] = TO (TAI_ORDER_SENT),
    [TAI_ORDER_SENT] = TO (TAI_ORDER_ACKNOWLEDGED) | TO (TAI_ORDER_REJECTED),
    [TAI_ORDER_ACKNOWLEDGED] =
        TO (TAI_ORDER_IN_PROGRESS) | TO (TAI_ORDER_HELD) | TO (TAI_ORDER_PENDING) | OUTCOME_SET,
    [TAI_ORDER_IN_PROGRESS] = TO (TAI_ORDER_HELD) | TO (TAI_ORDER_PENDING) | OUTCOME_SET,
    [TAI_ORDER_COMPLETED] = TO (TAI_ORDER_UNDONE),
    [TAI_ORDER_CANCELLED] = 0,
    [TAI_ORDER_HELD] = TO (TAI_ORDER_IN_PROGRESS) | TO (TAI_ORDER_PENDING) | OUTCOME_SET,
    [TAI_ORDER_PENDING] = TO (TAI_ORDER_IN_PROGRESS) | TO (TAI_ORDER_HELD) | OUTCOME_SET,
    [TAI_ORDER_REJECTED] = 0,
    [TAI_ORDER_FAILED] = 0,
    [TAI_ORDER_PARTIAL] = 0,
    [TAI_ORDER_UNDONE] = 0,
};
TABLE ("order", order, G_N_ELEMENTS (order_text));

/* Cash has no gateway: created -> succeeded. An attempt that never left: created -> failed. */
static const char *const payment_text[] = {
    [TAI_PAYMENT_CREATED] = "created",
    [TAI_PAYMENT_SUBMITTED] = "submitted",
    [TAI_PAYMENT_AWAITING_CUSTOMER] = "awaiting_customer",
    [TAI_PAYMENT_UNKNOWN] = "unknown",
    [TAI_PAYMENT_SUCCEEDED] = "succeeded",
    [TAI_PAYMENT_FAILED] = "failed",
    [TAI_PAYMENT_REVERSING] = "reversing",
    [TAI_PAYMENT_REVERSED] = "reversed",
};
static const guint32 payment_edges[] = {
    [TAI_PAYMENT_CREATED] = TO (TAI_PAYMENT_SUBMITTED) | TO (TAI_PAYMENT_SUCCEEDED) | TO (TAI_PAYMENT_FAILED),
    [TAI_PAYMENT_SUBMITTED] = TO (TAI_PAYMENT_AWAITING_CUSTOMER) | TO (TAI_PAYMENT_UNKNOWN) |
                              TO (TAI_PAYMENT_SUCCEEDED) | TO (TAI_PAYMENT_FAILED),
    [TAI_PAYMENT_AWAITING_CUSTOMER] =
        TO (TAI_PAYMENT_UNKNOWN) | TO (TAI_PAYMENT_SUCCEEDED) | TO (TAI_PAYMENT_FAILED),
    [TAI_PAYMENT_UNKNOWN] = TO (TAI_PAYMENT_SUCCEEDED) | TO (TAI_PAYMENT_FAILED) | TO (TAI_PAYMENT_REVERSING),
    [TAI_PAYMENT_SUCCEEDED] = TO (TAI_PAYMENT_REVERSING),
    [TAI_PAYMENT_FAILED] = 0,
    [TAI_PAYMENT_REVERSING] = TO (TAI_PAYMENT_REVERSED) | TO (TAI_PAYMENT_UNKNOWN),
    [TAI_PAYMENT_REVERSED] = 0,
};
TABLE ("payment", payment, G_N_ELEMENTS (payment_text));

/* An acknowledged message goes out again when a restored HQ (new epoch) lacks it. */
static const char *const message_text[] = {
    [TAI_MESSAGE_WAITING] = "waiting",         [TAI_MESSAGE_IN_FLIGHT] = "in_flight",
    [TAI_MESSAGE_ASKING] = "asking",           [TAI_MESSAGE_ACKNOWLEDGED] = "acknowledged",
    [TAI_MESSAGE_QUARANTINED] = "quarantined", [TAI_MESSAGE_SUPERSEDED] = "superseded",
};
static const guint32 message_edges[] = {
    [TAI_MESSAGE_WAITING] = TO (TAI_MESSAGE_IN_FLIGHT),
    [TAI_MESSAGE_IN_FLIGHT] = TO (TAI_MESSAGE_WAITING) | TO (TAI_MESSAGE_ASKING) |
                              TO (TAI_MESSAGE_ACKNOWLEDGED) | TO (TAI_MESSAGE_QUARANTINED),
    [TAI_MESSAGE_ASKING] = TO (TAI_MESSAGE_WAITING) | TO (TAI_MESSAGE_ACKNOWLEDGED),
    [TAI_MESSAGE_ACKNOWLEDGED] = TO (TAI_MESSAGE_WAITING),
    [TAI_MESSAGE_QUARANTINED] = TO (TAI_MESSAGE_WAITING) | TO (TAI_MESSAGE_SUPERSEDED),
    [TAI_MESSAGE_SUPERSEDED] = 0,
};
TABLE ("message", message, G_N_ELEMENTS (message_text));

/* sending -> queued: not a byte went out. What is unknown or failed never goes out again by itself: a marked copy does, as a
 * job of its own. */
static const char *const print_text[] = {
    [TAI_PRINT_QUEUED] = "queued",   [TAI_PRINT_SENDING] = "sending", [TAI_PRINT_PRINTED] = "printed",
    [TAI_PRINT_UNKNOWN] = "unknown", [TAI_PRINT_FAILED] = "failed",
};
static const guint32 print_edges[] = {
    [TAI_PRINT_QUEUED] = TO (TAI_PRINT_SENDING),
    [TAI_PRINT_SENDING] =
        TO (TAI_PRINT_PRINTED) | TO (TAI_PRINT_UNKNOWN) | TO (TAI_PRINT_FAILED) | TO (TAI_PRINT_QUEUED),
    [TAI_PRINT_PRINTED] = 0,
    [TAI_PRINT_UNKNOWN] = 0,
    [TAI_PRINT_FAILED] = 0,
};
TABLE ("print job", print, G_N_ELEMENTS (print_text));

/* used -> free: HQ refused the order and released what it had claimed. */
static const char *const resource_text[] = {
    [TAI_RESOURCE_FREE] = "free",
    [TAI_RESOURCE_LEASED] = "leased",
    [TAI_RESOURCE_HELD] = "held",
    [TAI_RESOURCE_USED] = "used",
};
static const guint32 resource_edges[] = {
    [TAI_RESOURCE_FREE] = TO (TAI_RESOURCE_LEASED),
    [TAI_RESOURCE_LEASED] = TO (TAI_RESOURCE_FREE) | TO (TAI_RESOURCE_HELD),
    [TAI_RESOURCE_HELD] = TO (TAI_RESOURCE_LEASED) | TO (TAI_RESOURCE_USED),
    [TAI_RESOURCE_USED] = TO (TAI_RESOURCE_FREE),
};
TABLE ("resource", resource, G_N_ELEMENTS (resource_text));

static const char *const shift_text[] = {
    [TAI_SHIFT_OPENING] = "opening",
    [TAI_SHIFT_OPEN] = "open",
    [TAI_SHIFT_COUNTING] = "counting",
    [TAI_SHIFT_CLOSED] = "closed",
};
static const guint32 shift_edges[] = {
    [TAI_SHIFT_OPENING] = TO (TAI_SHIFT_OPEN),
    [TAI_SHIFT_OPEN] = TO (TAI_SHIFT_COUNTING),
    [TAI_SHIFT_COUNTING] = TO (TAI_SHIFT_OPEN) | TO (TAI_SHIFT_CLOSED),
    [TAI_SHIFT_CLOSED] = 0,
};
TABLE ("shift", shift, G_N_ELEMENTS (shift_text));

static const char *const approval_text[] = {
    [TAI_APPROVAL_ASKED] = "asked",     [TAI_APPROVAL_GRANTED] = "granted", [TAI_APPROVAL_USED] = "used",
    [TAI_APPROVAL_REFUSED] = "refused", [TAI_APPROVAL_EXPIRED] = "expired",
};
static const guint32 approval_edges[] = {
    [TAI_APPROVAL_ASKED] = TO (TAI_APPROVAL_GRANTED) | TO (TAI_APPROVAL_REFUSED) | TO (TAI_APPROVAL_EXPIRED),
    [TAI_APPROVAL_GRANTED] = TO (TAI_APPROVAL_USED) | TO (TAI_APPROVAL_EXPIRED),
    [TAI_APPROVAL_USED] = 0,
    [TAI_APPROVAL_REFUSED] = 0,
    [TAI_APPROVAL_EXPIRED] = 0,
};
TABLE ("approval", approval, G_N_ELEMENTS (approval_text));

/* What was asked for may come after it was withdrawn: then it is here. What was let go may be asked back, and comes back by itself when
 * nobody wants it any more. */
static const char *const debt_text[] = {
    [TAI_DEBT_STATE_ASKED] = "asked", [TAI_DEBT_STATE_WITHDRAWN] = "withdrawn",
    [TAI_DEBT_STATE_KEPT] = "kept",   [TAI_DEBT_STATE_HELD] = "held",
    [TAI_DEBT_STATE_PAID] = "paid",   [TAI_DEBT_STATE_RELEASED] = "released",
};
static const guint32 debt_edges[] = {
    [TAI_DEBT_STATE_ASKED] =
        TO (TAI_DEBT_STATE_WITHDRAWN) | TO (TAI_DEBT_STATE_KEPT) | TO (TAI_DEBT_STATE_HELD),
    [TAI_DEBT_STATE_WITHDRAWN] = TO (TAI_DEBT_STATE_ASKED) | TO (TAI_DEBT_STATE_HELD),
    [TAI_DEBT_STATE_KEPT] = TO (TAI_DEBT_STATE_ASKED) | TO (TAI_DEBT_STATE_HELD),
    [TAI_DEBT_STATE_HELD] = TO (TAI_DEBT_STATE_PAID) | TO (TAI_DEBT_STATE_RELEASED),
    [TAI_DEBT_STATE_PAID] = 0,
    [TAI_DEBT_STATE_RELEASED] = TO (TAI_DEBT_STATE_ASKED) | TO (TAI_DEBT_STATE_HELD),
};
TABLE ("debt", debt, G_N_ELEMENTS (debt_text));

gboolean
tai_state_can_move (const TaiStateTable *table, guint from, guint to)
{
  g_return_val_if_fail (table != NULL, FALSE);

  return from < table->n_states && to < table->n_states && (table->edges[from] & TO (to)) != 0;
}

gboolean
tai_state_check_move (const TaiStateTable *table, guint from, guint to, GError **error)
{
  g_return_val_if_fail (table != NULL, FALSE);
  g_return_val_if_fail (from < table->n_states && to < table->n_states, FALSE);

  if (tai_state_can_move (table, from, to))
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "%s: no way from %s to %s", table->machine,
               table->text[from], table->text[to]);
  return FALSE;
}

gboolean
tai_state_is_final (const TaiStateTable *table, guint state)
{
  g_return_val_if_fail (table != NULL && state < table->n_states, FALSE);

  return table->edges[state] == 0;
}

const char *
tai_state_to_text (const TaiStateTable *table, guint state)
{
  g_return_val_if_fail (table != NULL && state < table->n_states, NULL);

  return table->text[state];
}

gboolean
tai_state_from_text (const TaiStateTable *table, const char *text, guint *state, GError **error)
{
  g_return_val_if_fail (table != NULL && state != NULL, FALSE);

  return tai_text_find (table->machine, table->text, table->n_states, text, state, error);
}
