/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Payments, their events and the postings: facts that are only appended. Beside them the store keeps what can be derived
 * from them (last state, balances, totals), in the same transaction. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-offline-error.h"

/* Payments ----------------------------------------------------------------------------------------------------------- */

/* 0 without error: there is no such payment. */
static gboolean
find_payment (TaiCommit *self, const TaiUuid *id, gint64 *payment_n, GError **error)
{
  static const TaiSql select = {"payment.find", "SELECT n FROM payment WHERE id = ?"};

  return tai_database_get_int (self->db, &select, 0, payment_n, error, "u", id);
}

static gboolean
add_event (TaiCommit *self, gint64 payment_n, TaiPaymentState state, const char *detail,
           const char *business_day, const char *shift_id, gint64 time_us, GError **error)
{
  static const TaiSql insert = {
      "payment_event.insert",
      "INSERT INTO payment_event (k, payment_n, state, detail, business_day, shift_id, time_us) VALUES ((SELECT "
      "coalesce (max (k), ?1 * 64) + 1 FROM payment_event WHERE k BETWEEN ?1 * 64 AND ?1 * 64 + 63), ?1, ?2, ?3, ?4, "
      "?5, ?6)"};

  return tai_database_run (self->db, &insert, error, "itttti", payment_n,
                           tai_state_to_text (&tai_payment_states, state), detail, business_day, shift_id,
                           time_us);
}

static gboolean
add_allocation (TaiCommit *self, gint64 payment_n, const TaiAllocation *allocation, GError **error)
{
  static const TaiSql insert = {
      "allocation.insert",
      "INSERT INTO allocation (payment_n, order_n, amount_minor, currency) VALUES (?, ?, ?, ?)"};
  gint64 order_n;

  if (!tai_commit_find_order (self, &allocation->order_id, &order_n, error))
    return FALSE;
  if (order_n == 0) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "allocation to no order %s",
                 allocation->order_id.text);
    return FALSE;
  }
  return tai_database_run (self->db, &insert, error, "iiiw", payment_n, order_n, allocation->amount.minor,
                           (int)allocation->amount.currency);
}

/* What is allocated is what was paid, to the fen. */
static gboolean
check_allocations (const TaiPayment *payment, GError **error)
{
  TaiMoney sum = tai_money (0, payment->amount.currency);

  for (guint i = 0; i < payment->allocations->len; i++) {
    const TaiAllocation *allocation = &g_array_index (payment->allocations, TaiAllocation, i);
    if (strcmp (allocation->payment_id.text, payment->id.text) != 0 ||
        !tai_money_add (sum, allocation->amount, &sum, NULL))
      sum = tai_money (G_MAXINT64, payment->amount.currency);
  }
  if (payment->allocations->len == 0 || sum.minor == payment->amount.minor)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_UNBALANCED, "payment %s: allocations are not its amount",
               payment->id.text);
  return FALSE;
}

static TaiPaying *
paying_new (const TaiPayment *payment, gint64 payment_n)
{
  TaiPaying *self = g_new0 (TaiPaying, 1);

  self->visit_id = payment->visit_id;
  self->payment_n = payment_n;
  return self;
}

gboolean
tai_commit_payment (TaiCommit *self, const TaiPayment *payment, GError **error)
{
  static const TaiSql insert = {
      "payment.insert",
      "INSERT INTO payment (id, visit_id, original_id, tender, provider, number, amount_minor, received_minor, "
      "change_minor, currency, clerk, business_day, shift_id, created_us, terminal_seq, content_hash, elsewhere_id, "
      "debt_id, last_state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'created')"};
  static const TaiUuid none = {""};
  const TaiUuid *here = payment->is_elsewhere ? &none : &payment->original_id;
  const TaiUuid *elsewhere = payment->is_elsewhere ? &payment->original_id : &none;
  const TaiUuid *debt =
      payment->is_elsewhere ? &g_array_index (payment->allocations, TaiAllocation, 0).order_id : &none;
  gint64 payment_n;

  if (!tai_commit_check_money (payment->amount, "a payment", error) || !check_allocations (payment, error) ||
      !tai_commit_check_shift (self, payment->shift_id, error) ||
      !tai_database_run (self->db, &insert, error, "uuutttiiiwtttiiduu", &payment->id, &payment->visit_id,
                         here, tai_tender_to_text (payment->tender), payment->provider, payment->number,
                         payment->amount.minor, payment->received.minor, payment->change.minor,
                         (int)payment->amount.currency, payment->clerk, payment->business_day,
                         payment->shift_id, payment->created_us, payment->terminal_seq,
                         &payment->content_hash, elsewhere, debt))
    return FALSE;
  payment_n = tai_database_get_last_row (self->db);
  for (guint i = 0; !payment->is_elsewhere && i < payment->allocations->len; i++)
    if (!add_allocation (self, payment_n, &g_array_index (payment->allocations, TaiAllocation, i), error))
      return FALSE;
  g_ptr_array_add (self->paying_visits, paying_new (payment, payment_n));
  return add_event (self, payment_n, TAI_PAYMENT_CREATED, NULL, payment->business_day, payment->shift_id,
                    payment->created_us, error);
}

/* Its number in the terminal's series, given by the capture. */
gboolean
tai_commit_payment_captured (TaiCommit *self, const TaiPayment *payment, GError **error)
{
  static const TaiSql update = {"payment.captured",
                                "UPDATE payment SET terminal_seq = ?, content_hash = ? WHERE id = ?"};

  if (!tai_database_run (self->db, &update, error, "idu", payment->terminal_seq, &payment->content_hash,
                         &payment->id))
    return FALSE;
  if (tai_database_get_changes (self->db) == 1)
    return TRUE;
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "no payment %s", payment->id.text);
  return FALSE;
}

static gboolean
release (TaiCommit *self, gint64 payment_n, GError **error)
{
  static const TaiSql update = {"payment.release", "UPDATE payment SET released = 1 WHERE n = ?"};

  return tai_database_run (self->db, &update, error, "i", payment_n);
}

/* What an event needs to know of its payment. */
typedef struct {
  gint64 payment_n;
  guint state;
  TaiMoney amount;
  char tender[16], business_day[11], shift_id[37], *clerk;
  gboolean is_closed; /* its shift */
} EventContext;

static void
event_context_clear (EventContext *self)
{
  g_clear_pointer (&self->clerk, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EventContext, event_context_clear)

static gboolean
load_context (TaiCommit *self, const TaiUuid *id, EventContext *context, GError **error)
{
  static const TaiSql select = {
      "payment.context",
      "SELECT p.last_state, p.amount_minor, p.currency, p.tender, p.business_day, p.shift_id, p.clerk, "
      "s.state = 'closed', p.n FROM payment p LEFT JOIN shift s ON s.id = shift_id WHERE p.id = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "u", id);
  int step = query ? tai_query_next (query, error) : -1;
  gpointer moved;

  if (step == 0)
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "no payment %s", id->text);
  if (step <= 0)
    return FALSE;
  context->amount = tai_money (tai_query_get_int (query, 1), (guint16)tai_query_get_int (query, 2));
  g_strlcpy (context->tender, tai_query_get_text (query, 3), sizeof context->tender);
  g_strlcpy (context->business_day, tai_query_is_null (query, 4) ? "" : tai_query_get_text (query, 4),
             sizeof context->business_day);
  g_strlcpy (context->shift_id, tai_query_is_null (query, 5) ? "" : tai_query_get_text (query, 5),
             sizeof context->shift_id);
  context->clerk = tai_query_dup_text (query, 6);
  context->is_closed = tai_query_get_int (query, 7) != 0;
  context->payment_n = tai_query_get_int (query, 8);
  if (g_hash_table_lookup_extended (self->moved, id->text, NULL, &moved)) {
    context->state = GPOINTER_TO_UINT (moved);
    return TRUE;
  }
  return tai_store_parse_state (&tai_payment_states, tai_query_get_text (query, 0), &context->state, error);
}

/* +1 when the money has come, -1 when it has gone back. */
static int
count_of (TaiPaymentState to)
{
  return to == TAI_PAYMENT_SUCCEEDED ? 1 : to == TAI_PAYMENT_REVERSED ? -1 : 0;
}

/* What comes after the payment's shift was closed counts in the one that is open (I9). */
gboolean
tai_commit_payment_event (TaiCommit *self, const TaiPaymentEventFact *fact, GError **error)
{
  g_auto (EventContext) context = {0};
  const char *day, *shift_id;
  int count = count_of (fact->to);

  if (!load_context (self, &fact->id, &context, error) ||
      !tai_state_check_move (&tai_payment_states, context.state, fact->to, error))
    return FALSE;
  day = context.is_closed ? self->heads.business_day : context.business_day;
  shift_id = context.is_closed ? self->heads.shift_id : context.shift_id;
  g_hash_table_replace (self->moved, g_strdup (fact->id.text), GUINT_TO_POINTER (fact->to));
  if (!add_event (self, context.payment_n, fact->to, fact->detail, day[0] ? day : NULL,
                  shift_id[0] ? shift_id : NULL, fact->time_us, error))
    return FALSE;
  if (fact->releases && !release (self, context.payment_n, error))
    return FALSE;
  return count == 0 ||
         tai_commit_add_total (self, day, shift_id, "tender", context.clerk, context.tender, count,
                               tai_money (count * context.amount.minor, context.amount.currency), error);
}

static gboolean
is_in_doubt (TaiPaymentState state)
{
  return state == TAI_PAYMENT_SUBMITTED || state == TAI_PAYMENT_AWAITING_CUSTOMER ||
         state == TAI_PAYMENT_UNKNOWN || state == TAI_PAYMENT_REVERSING;
}

/* Written once however many events a change has: cash is never for a moment in the index of what is in doubt. */
static gboolean
write_last_states (TaiCommit *self, GError **error)
{
  static const TaiSql update = {"payment.move",
                                "UPDATE payment SET last_state = ?, in_doubt = ? WHERE id = ?"};
  GHashTableIter iter;
  gpointer id, state;

  g_hash_table_iter_init (&iter, self->moved);
  while (g_hash_table_iter_next (&iter, &id, &state))
    if (!tai_database_run (self->db, &update, error, "twt",
                           tai_state_to_text (&tai_payment_states, GPOINTER_TO_UINT (state)),
                           (int)is_in_doubt (GPOINTER_TO_UINT (state)), id))
      return FALSE;
  return TRUE;
}

/* One open attempt a visit, and nothing beside it: a second payment of any kind while the first is in doubt could charge the
 * customer twice. */
gboolean
tai_commit_end_payments (TaiCommit *self, GError **error)
{
  static const TaiSql count = {
      "payment.attempts",
      "SELECT count (*) FROM payment WHERE visit_id = ? AND (in_doubt = 1 OR last_state = 'created') AND "
      "released = 0 AND n <> ?"};

  if (!write_last_states (self, error))
    return FALSE;
  for (guint i = 0; i < self->paying_visits->len; i++) {
    const TaiPaying *paying = g_ptr_array_index (self->paying_visits, i);
    gint64 n;

    if (!tai_database_get_int (self->db, &count, 0, &n, error, "ui", &paying->visit_id, paying->payment_n))
      return FALSE;
    if (n > 0) {
      g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_OPEN, "visit %s has an open payment",
                   paying->visit_id.text);
      return FALSE;
    }
  }
  return TRUE;
}

/* Postings ------------------------------------------------------------------------------------------------------------- */

static gboolean
add_posting (TaiCommit *self, gint64 set_n, int k, const TaiPosting *posting, const TaiPostingsFact *fact,
             GError **error)
{
  static const TaiSql insert = {"posting.insert",
                                "INSERT INTO posting (k, set_n, account, amount_minor, currency) "
                                "VALUES (?1 * 4096 + ?2, ?1, ?3, ?4, ?5)"};

  return tai_database_run (self->db, &insert, error, "iwtiw", set_n, k, posting->account,
                           posting->amount.minor, (int)posting->amount.currency) &&
         tai_commit_add_total (self, fact->business_day, fact->shift_id, "account", NULL, posting->account, 1,
                               posting->amount, error);
}

static gboolean
fail_unknown (const char *what, const TaiUuid *id, GError **error)
{
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "postings for no %s %s", what,
               id->text);
  return FALSE;
}

/* 0 without error: the fact names none. */
static gboolean
find_posted (TaiCommit *self, const TaiPostingsFact *fact, gint64 *order_n, gint64 *payment_n, GError **error)
{
  *order_n = *payment_n = 0;
  if (fact->order_id.text[0] && !tai_commit_find_order (self, &fact->order_id, order_n, error))
    return FALSE;
  if (fact->order_id.text[0] && *order_n == 0)
    return fail_unknown ("order", &fact->order_id, error);
  if (fact->payment_id.text[0] && !find_payment (self, &fact->payment_id, payment_n, error))
    return FALSE;
  return fact->payment_id.text[0] == '\0' || *payment_n != 0 ||
         fail_unknown ("payment", &fact->payment_id, error);
}

static gint64
refund_due_of (const TaiPostingSet *set)
{
  gint64 minor = 0;

  for (guint i = 0; i < set->postings->len; i++) {
    const TaiPosting *posting = &g_array_index (set->postings, TaiPosting, i);
    if (g_str_equal (posting->account, TAI_ACCOUNT_REFUND_DUE))
      minor -= posting->amount.minor; /* a credit is what we owe */
  }
  return minor;
}

gboolean
tai_commit_postings (TaiCommit *self, const TaiPostingsFact *fact, GError **error)
{
  static const TaiSql insert = {
      "posting_set.insert",
      "INSERT INTO posting_set (event, order_n, payment_n, clerk, business_day, shift_id, time_us) "
      "VALUES (?, nullif (?, 0), nullif (?, 0), ?, ?, ?, ?)"};
  gint64 order_n, payment_n, set_n, refund_due = refund_due_of (fact->set);

  if (!tai_posting_set_check (fact->set, error) || !tai_commit_check_shift (self, fact->shift_id, error) ||
      !find_posted (self, fact, &order_n, &payment_n, error) ||
      !tai_database_run (self->db, &insert, error, "tiittti", fact->set->event, order_n, payment_n,
                         fact->clerk, fact->business_day, fact->shift_id, fact->time_us))
    return FALSE;
  set_n = tai_database_get_last_row (self->db);
  for (guint i = 0; i < fact->set->postings->len; i++)
    if (!add_posting (self, set_n, (int)i, &g_array_index (fact->set->postings, TaiPosting, i), fact, error))
      return FALSE;
  return order_n == 0 || refund_due == 0 ||
         tai_order_row_add_refund_due (self->db, order_n, refund_due, error);
}

/* Reading ------------------------------------------------------------------------------------------------------------ */

static gboolean
load_allocations (TaiDatabase *db, TaiPayment *payment, GError **error)
{
  static const TaiSql select = {
      "allocation.select",
      "SELECT o.id, a.amount_minor, a.currency FROM allocation a JOIN customer_order o "
      "ON o.n = a.order_n WHERE payment_n = (SELECT n FROM payment WHERE id = ?) ORDER BY order_n"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "u", &payment->id);
  int step;

  if (query == NULL)
    return FALSE;
  while ((step = tai_query_next (query, error)) > 0) {
    TaiAllocation allocation = {
        payment->id, tai_query_get_uuid (query, 0),
        tai_money (tai_query_get_int (query, 1), (guint16)tai_query_get_int (query, 2))};
    g_array_append_val (payment->allocations, allocation);
  }
  return step == 0;
}

static TaiPayment *
load_payment (TaiDatabase *db, TaiQuery *query, GError **error)
{
  guint16 currency = (guint16)tai_query_get_int (query, 7);
  g_autoptr (TaiPayment) payment =
      tai_payment_new (TAI_TENDER_OTHER, tai_money (tai_query_get_int (query, 4), currency));
  guint state;

  payment->id = tai_query_get_uuid (query, 0);
  payment->visit_id = tai_query_get_uuid (query, 1);
  payment->original_id = tai_query_get_uuid (query, 2);
  payment->provider = tai_query_dup_text (query, 8);
  payment->clerk = tai_query_dup_text (query, 9);
  payment->business_day = tai_query_dup_text (query, 10);
  payment->shift_id = tai_query_dup_text (query, 11);
  payment->created_us = tai_query_get_int (query, 12);
  payment->terminal_seq = tai_query_get_int (query, 13);
  payment->content_hash = tai_query_get_digest (query, 14);
  if (!tai_store_parse_state (&tai_payment_states, tai_query_get_text (query, 15), &state, error))
    return NULL;
  payment->state = state;
  if (!tai_tender_from_text (tai_query_get_text (query, 3), &payment->tender, NULL)) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT, "payment: unknown tender");
    return NULL;
  }
  if (payment->tender == TAI_TENDER_CASH) {
    payment->received = tai_money (tai_query_get_int (query, 5), currency);
    payment->change = tai_money (tai_query_get_int (query, 6), currency);
  }
  payment->number = tai_query_dup_text (query, 16);
  payment->released = tai_query_get_int (query, 17) != 0;
  payment->detail = tai_query_dup_text (query, 18);
  payment->is_elsewhere = tai_query_get_int (query, 19) != 0;
  return load_allocations (db, payment, error) ? g_steal_pointer (&payment) : NULL;
}

#define PAYMENTS                                                                                                              \
  "SELECT id, visit_id, coalesce (original_id, elsewhere_id), tender, amount_minor, received_minor, change_minor, currency, " \
  "provider, clerk, business_day, shift_id, created_us, terminal_seq, content_hash, last_state, number, "                     \
  "released, (SELECT detail FROM payment_event e WHERE e.k BETWEEN p.n * 64 AND p.n * 64 + 63 ORDER BY e.k "                  \
  "DESC LIMIT 1), elsewhere_id IS NOT NULL FROM payment p "

static GPtrArray *
load_payments (TaiDatabase *db, TaiQuery *query, GError **error)
{
  g_autoptr (GPtrArray) payments = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  int step;

  if (query == NULL)
    return NULL;
  while ((step = tai_query_next (query, error)) > 0) {
    TaiPayment *payment = load_payment (db, query, error);
    if (payment == NULL)
      return NULL;
    g_ptr_array_add (payments, payment);
  }
  return step == 0 ? g_steal_pointer (&payments) : NULL;
}

GPtrArray *
tai_store_list_payments (TaiVisitStore *store, const TaiUuid *visit_id, GError **error)
{
  static const TaiSql select = {"payment.list", PAYMENTS "WHERE visit_id = ? ORDER BY created_us, id"};
  TaiDatabase *db = TAI_STORE (store)->db;
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "u", visit_id);

  return load_payments (db, query, error);
}

GPtrArray *
tai_store_list_open_payments (TaiVisitStore *store, GError **error)
{
  static const TaiSql select = {"payment.open", PAYMENTS "WHERE in_doubt = 1 ORDER BY n"};
  TaiDatabase *db = TAI_STORE (store)->db;
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "");

  return load_payments (db, query, error);
}
