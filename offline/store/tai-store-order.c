/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Orders: written whole when they are placed, then only their state, their capture, what is owed for them and the purge of
 * their boxes change. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-item.h"
#include "tai-store-private.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-limits.h"
#include "tai-offline-error.h"
#include "tai-receipt-number.h"

#define DEFAULT_LIMIT 100

/* Something is still to come of it: work at HQ, or money back to the customer. */
static gboolean
order_is_unfinished (TaiOrderState state, gint64 refund_due_minor)
{
  switch (state) {
  case TAI_ORDER_COMPLETED:
  case TAI_ORDER_CANCELLED:
  case TAI_ORDER_UNDONE:
  case TAI_ORDER_REJECTED:
  case TAI_ORDER_FAILED:
    return refund_due_minor != 0;
  default:
    return TRUE;
  }
}

/* Facts -------------------------------------------------------------------------------------------------------------- */

static gboolean
add_event (TaiDatabase *db, gint64 order_n, TaiOrderState state, const char *reason, gint64 time_us,
           GError **error)
{
  static const TaiSql insert = {
      "order_event.insert",
      "INSERT INTO order_state_event (k, order_n, state, reason, time_us) VALUES ((SELECT coalesce (max (k), ?1 * 256) + 1 "
      "FROM order_state_event WHERE k BETWEEN ?1 * 256 AND ?1 * 256 + 255), ?1, ?2, ?3, ?4)"};

  return tai_database_run (db, &insert, error, "itti", order_n, tai_state_to_text (&tai_order_states, state),
                           reason, time_us);
}

static gboolean
check_new_order (TaiCommit *self, const TaiOrder *order, GError **error)
{
  guint16 currency = order->today.currency;

  if (order->state != TAI_ORDER_DRAFT && order->state != TAI_ORDER_PLACED) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "a new order cannot be %s",
                 tai_state_to_text (&tai_order_states, order->state));
    return FALSE;
  }
  if (order->items->len > TAI_LIMIT_ORDER_LINES) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "more than %d lines", TAI_LIMIT_ORDER_LINES);
    return FALSE;
  }
  if ((order->first.currency && order->first.currency != currency) ||
      (order->normal.currency && order->normal.currency != currency)) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_CURRENCY, "two currencies in an order");
    return FALSE;
  }
  return tai_commit_check_money (order->today, "an order", error) &&
         tai_commit_check_shift (self, order->shift_id, error);
}

gboolean
tai_commit_order (TaiCommit *self, const TaiOrder *order, GError **error)
{
  static const TaiSql insert = {
      "order.insert",
      "INSERT INTO customer_order (id, visit_id, operation, state, unfinished, clerk, developer, desk, outlet, "
      "customer_ref, customer_mask, document_mask, sealed_hq, sealed_terminal, msisdn, today_minor, first_minor, "
      "normal_minor, currency, placed_us, business_day, shift_id, rule, signed, document_kind) "
      "VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
  gint64 order_n;

  if (!check_new_order (self, order, error) ||
      !tai_database_run (self->db, &insert, error, "uutttttttttbbtiiiwitttwt", &order->id, &order->visit_id,
                         order->operation->id, tai_state_to_text (&tai_order_states, order->state),
                         order->clerk, order->developer, order->desk, order->outlet, order->customer_ref,
                         order->customer_mask, order->document_mask, order->sealed, order->recovery,
                         tai_order_get (order, "MSISDN"), order->today.minor, order->first.minor,
                         order->normal.minor, (int)order->today.currency, order->placed_us,
                         order->business_day, order->shift_id, tai_offline_rule_to_text (order->rule),
                         (int)order->signed_, order->document_kind))
    return FALSE;
  order_n = self->last_order_n = tai_database_get_last_row (self->db);
  self->last_order = order->id;
  return tai_item_rows_insert (self->db, order_n, order, error) &&
         add_event (self->db, order_n, order->state, NULL, order->placed_us, error);
}

gboolean
tai_commit_find_order (TaiCommit *self, const TaiUuid *id, gint64 *order_n, GError **error)
{
  static const TaiSql select = {"order.find", "SELECT n FROM customer_order WHERE id = ?"};

  if (self->last_order_n > 0 && strcmp (self->last_order.text, id->text) == 0) {
    *order_n = self->last_order_n;
    return TRUE;
  }
  if (!tai_database_get_int (self->db, &select, 0, order_n, error, "u", id))
    return FALSE;
  self->last_order = *id;
  self->last_order_n = *order_n;
  return TRUE;
}

static gboolean
require_order (TaiCommit *self, const TaiUuid *id, gint64 *order_n, GError **error)
{
  if (!tai_commit_find_order (self, id, order_n, error))
    return FALSE;
  if (*order_n > 0)
    return TRUE;
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "no order %s", id->text);
  return FALSE;
}

static gboolean
load_state (TaiDatabase *db, gint64 order_n, guint *state, gint64 *refund_due, GError **error)
{
  static const TaiSql select = {"order.state",
                                "SELECT state, refund_due_minor FROM customer_order WHERE n = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "i", order_n);
  int step = query ? tai_query_next (query, error) : -1;

  if (step < 0)
    return FALSE;
  g_assert (step == 1);
  *refund_due = tai_query_get_int (query, 1);
  return tai_store_parse_state (&tai_order_states, tai_query_get_text (query, 0), state, error);
}

static gboolean
write_state (TaiDatabase *db, gint64 order_n, TaiOrderState from, TaiOrderState to, gint64 refund_due,
             const char *reason, GError **error)
{
  static const TaiSql update = {"order.move", "UPDATE customer_order SET state = ?, unfinished = ?, "
                                              "hq_reason = coalesce (?, hq_reason) WHERE n = ?"};
  static const TaiSql update_state = {"order.move", "UPDATE customer_order SET state = ? WHERE n = ?"};
  const char *text = tai_state_to_text (&tai_order_states, to);

  if (reason == NULL && order_is_unfinished (from, refund_due) == order_is_unfinished (to, refund_due))
    return tai_database_run (db, &update_state, error, "ti", text, order_n);
  return tai_database_run (db, &update, error, "twti", text, (int)order_is_unfinished (to, refund_due),
                           reason, order_n);
}

gboolean
tai_order_row_move (TaiDatabase *db, gint64 order_n, TaiOrderState to, const char *reason, gint64 time_us,
                    GError **error)
{
  gint64 refund_due;
  guint from;

  return load_state (db, order_n, &from, &refund_due, error) &&
         tai_state_check_move (&tai_order_states, from, to, error) &&
         add_event (db, order_n, to, reason, time_us, error) &&
         write_state (db, order_n, from, to, refund_due, reason, error);
}

gboolean
tai_order_row_acknowledge (TaiDatabase *db, gint64 order_n, gint64 time_us, GError **error)
{
  gint64 refund_due;
  guint from;

  if (!load_state (db, order_n, &from, &refund_due, error))
    return FALSE;
  if (from != TAI_ORDER_PAID && from != TAI_ORDER_SENT)
    return TRUE;
  if (from == TAI_ORDER_PAID && !add_event (db, order_n, TAI_ORDER_SENT, NULL, time_us, error))
    return FALSE;
  return add_event (db, order_n, TAI_ORDER_ACKNOWLEDGED, NULL, time_us, error) &&
         write_state (db, order_n, from, TAI_ORDER_ACKNOWLEDGED, refund_due, NULL, error);
}

gboolean
tai_order_row_add_refund_due (TaiDatabase *db, gint64 order_n, gint64 minor, GError **error)
{
  static const TaiSql update = {
      "order.refund",
      "UPDATE customer_order SET refund_due_minor = refund_due_minor + ?, unfinished = ? WHERE n = ?"};
  gint64 refund_due;
  guint state;

  return load_state (db, order_n, &state, &refund_due, error) &&
         tai_database_run (db, &update, error, "iwi", minor,
                           (int)order_is_unfinished (state, refund_due + minor), order_n);
}

/* It counts in the day of its receipt, whenever it was undone: how much of that day's sales is left. */
static gboolean
count_undone (TaiCommit *self, gint64 order_n, GError **error)
{
  static const TaiSql select = {"order.undone",
                                "SELECT business_day, shift_id, clerk, operation, today_minor, currency FROM "
                                "customer_order WHERE n = ? AND receipt_number IS NOT NULL"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "i", order_n);
  int step = query ? tai_query_next (query, error) : -1;

  if (step <= 0)
    return step == 0;
  return tai_commit_add_total (
      self, tai_query_get_text (query, 0), tai_query_get_text (query, 1), "undone",
      tai_query_get_text (query, 2), tai_query_get_text (query, 3), 1,
      tai_money (tai_query_get_int (query, 4), (guint16)tai_query_get_int (query, 5)), error);
}

gboolean
tai_commit_order_state (TaiCommit *self, const TaiOrderStateFact *fact, GError **error)
{
  gint64 order_n;

  return require_order (self, &fact->id, &order_n, error) &&
         tai_order_row_move (self->db, order_n, fact->to, fact->reason, fact->time_us, error) &&
         (fact->to != TAI_ORDER_UNDONE || count_undone (self, order_n, error));
}

/* The row's own trigger refuses a second capture; asking first gives it a name. */
static gboolean
check_not_captured (TaiCommit *self, gint64 order_n, GError **error)
{
  static const TaiSql select = {"order.captured",
                                "SELECT receipt_number IS NOT NULL FROM customer_order WHERE n = ?"};
  gint64 is_captured;

  if (!tai_database_get_int (self->db, &select, 0, &is_captured, error, "i", order_n))
    return FALSE;
  if (is_captured)
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_EXISTS,
                         "the order has a receipt already");
  return !is_captured;
}

/* It counts in the shift that is open now, which is its receipt's, even when it was placed in the one before (I9). */
gboolean
tai_commit_order_captured (TaiCommit *self, const TaiOrder *order, GError **error)
{
  static const TaiSql update = {"order.capture",
                                "UPDATE customer_order SET receipt_number = ?, terminal_seq = ?, "
                                "content_hash = ?, business_day = ?, shift_id = ? WHERE n = ?"};
  gint64 order_n;

  if (order->receipt_number == NULL) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_SERIES,
                         "a captured order has a receipt number");
    return FALSE;
  }
  if (self->heads.shift_id[0] == '\0') {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "the till is not open");
    return FALSE;
  }
  if (!require_order (self, &order->id, &order_n, error) || !check_not_captured (self, order_n, error) ||
      !tai_commit_take_receipt (self, order->receipt_number, FALSE, error))
    return FALSE;
  g_array_append_val (self->captured, order_n);
  return tai_database_run (self->db, &update, error, "tidtti", order->receipt_number, order->terminal_seq,
                           &order->content_hash, self->heads.business_day, self->heads.shift_id, order_n) &&
         tai_commit_add_total (self, self->heads.business_day, self->heads.shift_id, "business", order->clerk,
                               order->operation->id, 1, order->today, error);
}

/* In the quarter of an hour in which it became paid: that is what its event says, whatever the desk's clock did meanwhile. */
static gboolean
count_quarter (TaiCommit *self, gint64 order_n, GError **error)
{
  static const TaiSql select = {
      "order.quarter",
      "SELECT business_day, shift_id, clerk, today_minor, currency, (SELECT min (time_us) FROM "
      "order_state_event WHERE k BETWEEN ?1 * 256 AND ?1 * 256 + 255 AND state = 'paid') FROM customer_order "
      "WHERE n = ?1"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "i", order_n);
  g_autofree char *quarter = NULL;

  if (query == NULL || tai_query_next (query, error) <= 0)
    return FALSE;
  quarter = g_strdup_printf ("%" G_GINT64_FORMAT, tai_query_get_int (query, 5) / TAI_REPORT_QUARTER_US);
  return tai_commit_add_total (
      self, tai_query_get_text (query, 0), tai_query_get_text (query, 1), "quarter",
      tai_query_get_text (query, 2), quarter, 1,
      tai_money (tai_query_get_int (query, 3), (guint16)tai_query_get_int (query, 4)), error);
}

/* A receipt without its money would be a lie: what a change captures it also makes paid. */
gboolean
tai_commit_check_captured (TaiCommit *self, GError **error)
{
  for (guint i = 0; i < self->captured->len; i++) {
    gint64 refund_due;
    guint state;

    if (!load_state (self->db, g_array_index (self->captured, gint64, i), &state, &refund_due, error))
      return FALSE;
    if (state != TAI_ORDER_PAID) {
      g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "an order is captured and %s",
                   tai_state_to_text (&tai_order_states, state));
      return FALSE;
    }
    if (!count_quarter (self, g_array_index (self->captured, gint64, i), error))
      return FALSE;
  }
  return TRUE;
}

/* Reading ------------------------------------------------------------------------------------------------------------ */

#define COLUMNS                                                                                                  \
  "n, id, visit_id, operation, state, clerk, developer, desk, outlet, customer_ref, customer_mask, "             \
  "document_mask, sealed_hq, sealed_terminal, today_minor, first_minor, normal_minor, currency, placed_us, "     \
  "business_day, shift_id, rule, signed, receipt_number, terminal_seq, content_hash, hq_reason, document_kind, " \
  "refund_due_minor"

static gboolean
corrupt (const char *what, GError **error)
{
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT, "order: %s", what);
  return FALSE;
}

static void
load_texts (TaiQuery *query, TaiOrder *order)
{
  order->clerk = tai_query_dup_text (query, 5);
  order->developer = tai_query_dup_text (query, 6);
  order->desk = tai_query_dup_text (query, 7);
  order->outlet = tai_query_dup_text (query, 8);
  order->customer_ref = tai_query_dup_text (query, 9);
  order->customer_mask = tai_query_dup_text (query, 10);
  order->document_mask = tai_query_dup_text (query, 11);
  order->sealed = tai_query_dup_bytes (query, 12);
  order->recovery = tai_query_dup_bytes (query, 13);
  order->business_day = tai_query_dup_text (query, 19);
  order->shift_id = tai_query_dup_text (query, 20);
  order->receipt_number = tai_query_dup_text (query, 23);
  order->hq_reason = tai_query_dup_text (query, 26);
  order->document_kind = tai_query_dup_text (query, 27);
}

static TaiOrder *
load_order (TaiDatabase *db, TaiQuery *query, gboolean no_items, GError **error)
{
  const TaiOperation *operation = tai_operation_find (tai_query_get_text (query, 3));
  guint16 currency = (guint16)tai_query_get_int (query, 17);
  g_autoptr (TaiOrder) order = NULL;
  guint state;

  if (operation == NULL) {
    corrupt ("unknown operation", error);
    return NULL;
  }
  order = tai_order_new (operation);
  order->id = tai_query_get_uuid (query, 1);
  order->visit_id = tai_query_get_uuid (query, 2);
  load_texts (query, order);
  order->today = tai_money (tai_query_get_int (query, 14), currency);
  order->first = tai_money (tai_query_get_int (query, 15), currency);
  order->normal = tai_money (tai_query_get_int (query, 16), currency);
  order->placed_us = tai_query_get_int (query, 18);
  order->signed_ = tai_query_get_int (query, 22) != 0;
  order->terminal_seq = tai_query_get_int (query, 24);
  order->content_hash = tai_query_get_digest (query, 25);
  if (tai_query_get_int (query, 28) != 0)
    order->refund_due = tai_money (tai_query_get_int (query, 28), currency);
  if (!tai_store_parse_state (&tai_order_states, tai_query_get_text (query, 4), &state, error))
    return NULL;
  order->state = state;
  if (!tai_offline_rule_from_text (tai_query_get_text (query, 21), &order->rule, NULL)) {
    corrupt ("unknown off-line rule", error);
    return NULL;
  }
  if (!no_items && !tai_item_rows_load (db, tai_query_get_int (query, 0), order, error))
    return NULL;
  return g_steal_pointer (&order);
}

TaiOrder *
tai_store_find_order (TaiVisitStore *store, const char *id, GError **error)
{
  static const TaiSql select = {"order.select", "SELECT " COLUMNS " FROM customer_order WHERE id = ?"};
  TaiDatabase *db = TAI_STORE (store)->db;
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "t", id);
  int step = query ? tai_query_next (query, error) : -1;

  return step > 0 ? load_order (db, query, FALSE, error) : NULL;
}

/* Each has the index that answers it; what else the filter says is checked row by row. */
#define LIST(name, first)                                                                                    \
  {                                                                                                          \
    "order.list_" name, "SELECT " COLUMNS " FROM customer_order WHERE " first                                \
                        " AND (?1 IS NULL OR visit_id = ?1) AND (?2 IS NULL OR business_day = ?2)"           \
                        " AND (?3 IS NULL OR receipt_number = ?3) AND (?4 IS NULL OR msisdn = ?4)"           \
                        " AND (?5 IS NULL OR clerk = ?5) AND (?6 = 0 OR unfinished = 1)"                     \
                        " AND (?7 = 0 OR state = 'placed')"                                                  \
                        " AND (?9 = 0 AND ?10 IS NULL AND ?11 IS NULL OR EXISTS ("                           \
                        "SELECT 1 FROM payment p WHERE p.visit_id = customer_order.visit_id"                 \
                        " AND (?9 = 0 OR p.amount_minor IN (?9, -?9)) AND (?10 IS NULL OR p.number = ?10)"   \
                        " AND (?11 IS NULL OR ?11 IN (p.tender, p.provider))))"                              \
                        " AND (?12 IS NULL OR clerk = ?12 OR substr (msisdn, -length (?12)) = ?12"           \
                        " OR substr (receipt_number, -length (?12)) = ?12) ORDER BY n DESC LIMIT ?8"         \
  }

static const TaiSql *
choose_list (const TaiOrderFilter *filter)
{
  static const TaiSql by_visit = LIST ("visit", "visit_id = ?1");
  static const TaiSql by_receipt = LIST ("receipt", "business_day = ?2 AND receipt_number = ?3");
  static const TaiSql by_msisdn = LIST ("msisdn", "msisdn = ?4");
  static const TaiSql by_day = LIST ("day", "business_day = ?2");
  static const TaiSql unfinished = LIST ("unfinished", "unfinished = 1");
  static const TaiSql placed = LIST (
      "placed", "state = 'placed' AND unfinished = 1 AND state NOT IN ('paid', 'sent')"); /* order_work */
  static const TaiSql by_reference =
      LIST ("reference", "visit_id IN (SELECT visit_id FROM payment WHERE number = ?10)");
  static const TaiSql by_paid =
      LIST ("paid", "visit_id IN (SELECT visit_id FROM payment WHERE amount_minor IN (?9, -?9))");
  /* The newest payments of a tender are those of its newest orders. */
  static const TaiSql by_tender = LIST (
      "tender", "visit_id IN (SELECT visit_id FROM (SELECT visit_id FROM payment WHERE tender <> 'cash' AND "
                "tender = ?11 ORDER BY n DESC LIMIT ?8) UNION SELECT visit_id FROM (SELECT visit_id FROM "
                "payment WHERE provider = ?11 ORDER BY n DESC LIMIT ?8))");
  static const TaiSql all = LIST ("all", "TRUE");

  if (filter->visit_id)
    return &by_visit;
  if (filter->receipt_number)
    return &by_receipt;
  if (filter->msisdn)
    return &by_msisdn;
  if (filter->only_placed)
    return &placed;
  if (filter->only_unfinished)
    return &unfinished;
  if (filter->business_day)
    return &by_day;
  if (filter->reference)
    return &by_reference;
  if (filter->paid_minor)
    return &by_paid;
  return filter->tender && !filter->clerk && !g_str_equal (filter->tender, "cash") ? &by_tender : &all;
}

GPtrArray *
tai_store_list_orders (TaiVisitStore *store, const TaiOrderFilter *filter, GError **error)
{
  TaiDatabase *db = TAI_STORE (store)->db;
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_order_free);
  g_autoptr (TaiQuery) query = NULL;
  const char *day = filter->business_day;
  char letter, day_of_receipt[11];
  gint64 sequence;
  int step;

  /* A receipt number names its day, which is the index. */
  if (filter->receipt_number && !day) {
    if (!tai_receipt_number_parse (filter->receipt_number, &letter, day_of_receipt, &sequence))
      return g_steal_pointer (&orders);
    day = day_of_receipt;
  }
  query =
      tai_database_query (db, choose_list (filter), error, "uttttwwiittt", filter->visit_id, day,
                          filter->receipt_number, filter->msisdn, filter->clerk, (int)filter->only_unfinished,
                          (int)filter->only_placed, (gint64)(filter->limit ? filter->limit : DEFAULT_LIMIT),
                          filter->paid_minor, filter->reference, filter->tender, filter->ending);
  if (query == NULL)
    return NULL;
  while ((step = tai_query_next (query, error)) > 0) {
    TaiOrder *order = load_order (db, query, filter->no_items, error);
    if (order == NULL)
      return NULL;
    g_ptr_array_add (orders, order);
  }
  return step == 0 ? g_steal_pointer (&orders) : NULL;
}

static TaiOrderEvent *
load_event (TaiQuery *query, GError **error)
{
  TaiOrderEvent *event;
  guint state;

  if (!tai_store_parse_state (&tai_order_states, tai_query_get_text (query, 0), &state, error))
    return NULL;
  event = g_new0 (TaiOrderEvent, 1);
  event->state = state;
  event->reason = tai_query_dup_text (query, 1);
  event->time_us = tai_query_get_int (query, 2);
  return event;
}

GPtrArray *
tai_store_list_order_events (TaiVisitStore *store, const char *order_id, GError **error)
{
  static const TaiSql select = {
      "order.events",
      "SELECT e.state, e.reason, e.time_us FROM customer_order o JOIN order_state_event e ON e.k "
      "BETWEEN o.n * 256 AND o.n * 256 + 255 WHERE o.id = ? ORDER BY e.k"};
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_order_event_free);
  g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (store)->db, &select, error, "t", order_id);
  int step = -1;

  while (query != NULL && (step = tai_query_next (query, error)) > 0) {
    TaiOrderEvent *event = load_event (query, error);
    if (event == NULL)
      return NULL;
    g_ptr_array_add (events, event);
  }
  return step == 0 ? g_steal_pointer (&events) : NULL;
}
