/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is unfinished and needs a person: each kind is one walk over a partial index that holds nothing but such rows, so the
 * list costs the same beside ten sales and beside a hundred thousand. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include <string.h>

/* A visit has so many orders at most. */
#define ORDERS_A_VISIT 16

/* Every query answers these, in this order. */
enum {
  VISIT,
  ORDER,
  ID,
  ROW,
  OPERATION,
  MSISDN,
  RECEIPT,
  MASK,
  MINOR,
  CURRENCY,
  STATE,
  REASON,
  CLERK,
  PRINTER,
  SINCE
};

static TaiWorkItem *
load_item (TaiQuery *query, TaiWorkKind kind)
{
  TaiWorkItem *item = tai_work_item_new (kind);

  item->visit_id = tai_query_get_uuid (query, VISIT);
  item->order_id = tai_query_get_uuid (query, ORDER);
  item->id = tai_query_get_uuid (query, ID);
  item->row = tai_query_get_int (query, ROW);
  item->operation = tai_query_dup_text (query, OPERATION);
  item->msisdn = tai_query_dup_text (query, MSISDN);
  item->receipt_number = tai_query_dup_text (query, RECEIPT);
  item->customer_mask = tai_query_dup_text (query, MASK);
  item->amount = tai_money (tai_query_get_int (query, MINOR), (guint16)tai_query_get_int (query, CURRENCY));
  item->state = tai_query_dup_text (query, STATE);
  item->reason = tai_query_dup_text (query, REASON);
  item->clerk = tai_query_dup_text (query, CLERK);
  item->printer = tai_query_dup_text (query, PRINTER);
  item->since_us = tai_query_get_int (query, SINCE);
  return item;
}

static gboolean
load_items (TaiQuery *query, TaiWorkKind kind, GPtrArray *items, GError **error)
{
  int step;

  if (query == NULL)
    return FALSE;
  while ((step = tai_query_next (query, error)) > 0)
    g_ptr_array_add (items, load_item (query, kind));
  return step == 0;
}

/* Orders ------------------------------------------------------------------------------------------------------------- */

#define LAST_EVENT                                                                                           \
  "(SELECT time_us FROM order_state_event WHERE k BETWEEN o.n * 256 AND o.n * 256 + 255 ORDER BY k DESC "    \
  "LIMIT 1)"
#define ORDERS(since)                                                                                        \
  "SELECT visit_id, id, NULL, 0, operation, msisdn, receipt_number, customer_mask, iif (refund_due_minor "   \
  "<> 0, refund_due_minor, today_minor), currency, state, hq_reason, clerk, NULL, " since " AS since "       \
  "FROM customer_order o INDEXED BY order_work WHERE unfinished = 1 AND state NOT IN ('paid', 'sent') "      \
  "AND state = ?1 AND placed_us <= ?2 AND since <= ?2 ORDER BY n LIMIT ?3"

/* The first order stands for the visit, the sum is the visit's. */
static void
add_to_visit (TaiWorkItem *visit, TaiWorkItem *order)
{
  /* Each was checked against the limit of one amount when it was rated. */
  visit->amount.minor += order->amount.minor;
  if (visit->customer_mask == NULL)
    visit->customer_mask = g_steal_pointer (&order->customer_mask);
  if (visit->msisdn == NULL)
    visit->msisdn = g_steal_pointer (&order->msisdn);
}

/* Of a visit that is paid in part it is what is still to come. */
static gboolean
take_off_paid (TaiDatabase *db, TaiWorkItem *visit, GError **error)
{
  static const TaiSql select = {"work.paid", "SELECT coalesce (sum (amount_minor), 0) FROM payment WHERE "
                                             "visit_id = ? AND last_state = 'succeeded'"};
  gint64 paid;

  if (!tai_database_get_int (db, &select, 0, &paid, error, "t", visit->visit_id.text))
    return FALSE;
  visit->amount.minor -= paid;
  return TRUE;
}

static gboolean
list_placed (TaiDatabase *db, guint limit, GPtrArray *items, GError **error)
{
  static const TaiSql select = {"work.placed", ORDERS ("placed_us")};
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_work_item_free);
  g_autoptr (TaiQuery) query =
      tai_database_query (db, &select, error, "tii", "placed", G_MAXINT64, (gint64)limit * ORDERS_A_VISIT);
  TaiWorkItem *visit = NULL;
  guint first = items->len;

  if (!load_items (query, TAI_WORK_PLACED, orders, error))
    return FALSE;
  while (orders->len > 0) { /* those of one visit lie together */
    TaiWorkItem *order = g_ptr_array_steal_index (orders, 0);
    if (visit != NULL && strcmp (visit->visit_id.text, order->visit_id.text) == 0) {
      add_to_visit (visit, order);
      tai_work_item_free (order);
    } else {
      visit = order;
      visit->order_id = (TaiUuid){""};
      g_ptr_array_add (items, visit);
    }
  }
  for (guint i = first; i < items->len; i++)
    if (!take_off_paid (db, g_ptr_array_index (items, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
list_orders (TaiDatabase *db, gint64 waiting_before_us, guint limit, GPtrArray *items, GError **error)
{
  static const TaiSql select = {"work.orders", ORDERS (LAST_EVENT)};
  static const struct {
    TaiWorkKind kind;
    TaiOrderState state;
    gboolean at_once;
  } states[] = {
      {TAI_WORK_WAITING, TAI_ORDER_HELD, TRUE},          {TAI_WORK_WAITING, TAI_ORDER_PENDING, TRUE},
      {TAI_WORK_WAITING, TAI_ORDER_ACKNOWLEDGED, FALSE}, {TAI_WORK_WAITING, TAI_ORDER_IN_PROGRESS, FALSE},
      {TAI_WORK_REFUSED, TAI_ORDER_REJECTED, TRUE},      {TAI_WORK_REFUSED, TAI_ORDER_FAILED, TRUE},
      {TAI_WORK_REFUSED, TAI_ORDER_CANCELLED, TRUE},     {TAI_WORK_REFUSED, TAI_ORDER_PARTIAL, TRUE},
      {TAI_WORK_REFUSED, TAI_ORDER_UNDONE, TRUE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autoptr (TaiQuery) query =
        tai_database_query (db, &select, error, "tii", tai_state_to_text (&tai_order_states, states[i].state),
                            states[i].at_once ? G_MAXINT64 : waiting_before_us, (gint64)limit);
    if (!load_items (query, states[i].kind, items, error))
      return FALSE;
  }
  return TRUE;
}

/* All else ----------------------------------------------------------------------------------------------------------- */

static gboolean
list_quarantined (TaiDatabase *db, guint limit, GPtrArray *items, GError **error)
{
  static const TaiSql select = {
      "work.quarantined",
      "SELECT m.sale_id, c.id, m.key, o.n, c.operation, c.msisdn, c.receipt_number, c.customer_mask, "
      "coalesce (c.today_minor, p.amount_minor), coalesce (c.currency, p.currency), o.state, o.last_error, "
      "coalesce (c.clerk, p.clerk), NULL, o.created_us FROM outbox o INDEXED BY outbox_quarantined "
      "JOIN message m ON m.n = o.n LEFT JOIN customer_order c ON c.n = m.order_n "
      "LEFT JOIN payment p ON p.id = m.key WHERE o.state = 'quarantined' ORDER BY o.n LIMIT ?"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "i", (gint64)limit);

  return load_items (query, TAI_WORK_QUARANTINED, items, error);
}

static gboolean
list_in_doubt (TaiDatabase *db, guint limit, GPtrArray *items, GError **error)
{
  static const TaiSql select = {
      "work.in_doubt",
      "SELECT visit_id, NULL, id, 0, NULL, NULL, NULL, NULL, amount_minor, currency, last_state, provider, "
      "clerk, NULL, created_us FROM payment INDEXED BY payment_in_doubt WHERE in_doubt = 1 AND original_id IS NULL ORDER BY n LIMIT ?"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "i", (gint64)limit);

  return load_items (query, TAI_WORK_IN_DOUBT, items, error);
}

/* With the order that it gives back. */
static gboolean
list_refunds (TaiDatabase *db, guint limit, GPtrArray *items, GError **error)
{
  static const TaiSql select = {
      "work.refunds",
      "SELECT p.visit_id, c.id, p.id, 0, c.operation, c.msisdn, c.receipt_number, c.customer_mask, -p.amount_minor, "
      "p.currency, p.last_state, CASE WHEN p.released = 0 THEN NULL WHEN (SELECT detail FROM payment_event e WHERE "
      "e.k BETWEEN p.n * 64 AND p.n * 64 + 63 ORDER BY e.k DESC LIMIT 1) GLOB ?1 || '*' THEN ?1 ELSE 'given_up' END, "
      "p.clerk, NULL, p.created_us FROM payment p INDEXED BY payment_in_doubt JOIN allocation a ON a.payment_n = p.n "
      "JOIN customer_order c ON c.n = a.order_n WHERE p.in_doubt = 1 AND p.original_id IS NOT NULL ORDER BY p.n "
      "LIMIT ?2"};
  g_autoptr (TaiQuery) query =
      tai_database_query (db, &select, error, "ti", TAI_PAYMENT_GONE_TWICE, (gint64)limit);

  return load_items (query, TAI_WORK_REFUND, items, error);
}

/* What came back to the order that it is of stands there as that order's. */
static gboolean
list_debts (TaiDatabase *db, guint limit, GPtrArray *items, GError **error)
{
  static const TaiSql select = {
      "work.debts",
      "SELECT visit_id, order_id, NULL, 0, operation, msisdn, receipt_number, customer_mask, amount_minor, currency, "
      "state, reason, clerk, NULL, since_us FROM debt d INDEXED BY debt_open WHERE state IN ('asked', 'held') AND NOT "
      "(state = 'held' AND EXISTS (SELECT 1 FROM customer_order o WHERE o.id = d.order_id)) ORDER BY since_us LIMIT ?"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "i", (gint64)limit);

  return load_items (query, TAI_WORK_DEBT, items, error);
}

/* Of which no later copy was made: that is the remedy. */
static gboolean
list_prints (TaiDatabase *db, guint limit, GPtrArray *items, GError **error)
{
  static const TaiSql select = {
      "work.prints",
      "SELECT visit_id, NULL, id, 0, NULL, NULL, receipt_number, NULL, 0, 0, state, reason, NULL, printer, "
      "changed_us FROM print_job j INDEXED BY print_trouble WHERE state IN ('unknown', 'failed') AND NOT "
      "EXISTS (SELECT 1 FROM print_job l WHERE l.receipt_number = j.receipt_number AND l.printer = j.printer "
      "AND l.copy > j.copy) ORDER BY n LIMIT ?"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "i", (gint64)limit);

  return load_items (query, TAI_WORK_PRINT, items, error);
}

GPtrArray *
tai_store_list_work (TaiVisitStore *store, gint64 waiting_before_us, guint limit, GError **error)
{
  TaiDatabase *db = TAI_STORE (store)->db;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_work_item_free);

  if (!list_placed (db, limit, items, error) || !list_orders (db, waiting_before_us, limit, items, error) ||
      !list_quarantined (db, limit, items, error) || !list_in_doubt (db, limit, items, error) ||
      !list_refunds (db, limit, items, error) || !list_debts (db, limit, items, error) ||
      !list_prints (db, limit, items, error))
    return NULL;
  tai_work_sort (items, limit);
  return g_steal_pointer (&items);
}

/* Not acknowledged ------------------------------------------------------------------------------------------------------ */

static TaiUnsentItem *
load_unsent (TaiQuery *query, GError **error)
{
  TaiUnsentItem *item;
  guint state;

  if (!tai_store_parse_state (&tai_message_states, tai_query_get_text (query, 3), &state, error))
    return NULL;
  item = g_new0 (TaiUnsentItem, 1);
  item->key = tai_query_get_uuid (query, 0);
  item->order_id = tai_query_get_uuid (query, 1);
  item->is_payment = tai_query_get_int (query, 2) != 0;
  item->state = state;
  item->attempts = (gint32)tai_query_get_int (query, 4);
  item->created_us = tai_query_get_int (query, 5);
  item->next_try_us = tai_query_get_int (query, 6);
  item->last_error = tai_query_dup_text (query, 7);
  item->operation = tai_query_dup_text (query, 8);
  item->msisdn = tai_query_dup_text (query, 9);
  item->receipt_number = tai_query_dup_text (query, 10);
  item->clerk = tai_query_dup_text (query, 11);
  item->amount = tai_money (tai_query_get_int (query, 12), (guint16)tai_query_get_int (query, 13));
  return item;
}

GPtrArray *
tai_store_list_unsent (TaiVisitStore *store, const char *destination, guint limit, GError **error)
{
  /* The small rows are put in order first, what they are about is fetched for those that are shown. A payment has the number
   * that it was paid for from the visit's first order. */
  static const TaiSql select = {
      "work.unsent",
      "SELECT m.key, c.id, p.id IS NOT NULL, o.state, o.attempts, o.created_us, o.next_try_us, o.last_error, "
      "c.operation, coalesce (c.msisdn, v.msisdn), coalesce (c.receipt_number, v.receipt_number), "
      "coalesce (c.clerk, p.clerk), coalesce (c.today_minor, p.amount_minor, 0), "
      "coalesce (c.currency, p.currency, 0) FROM (SELECT n AS row FROM outbox WHERE state NOT IN "
      "('acknowledged', 'superseded') AND destination = ?1 AND ready IN (0, 1) ORDER BY state <> 'quarantined', "
      "state <> 'asking', n LIMIT ?2) JOIN outbox o ON o.n = row JOIN message m ON m.n = row "
      "LEFT JOIN customer_order c ON c.n = m.order_n LEFT JOIN payment p ON p.id = m.key "
      "LEFT JOIN customer_order v ON v.n = (SELECT min (n) FROM customer_order WHERE visit_id = p.visit_id) "
      "ORDER BY o.state <> 'quarantined', o.state <> 'asking', row"};
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_unsent_item_free);
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (store)->db, &select, error, "ti", destination, (gint64)limit);
  int step = -1;

  while (query != NULL && (step = tai_query_next (query, error)) > 0) {
    TaiUnsentItem *item = load_unsent (query, error);
    if (item == NULL)
      return NULL;
    g_ptr_array_add (items, item);
  }
  return step == 0 ? g_steal_pointer (&items) : NULL;
}
