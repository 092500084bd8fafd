/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hall tables of the embedded store: orders, payments, cancel tasks. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

static void
bind_filter_hall (sqlite3_stmt *statement, const char *hall)
{
  hq_sqlite_bind_text (statement, 1, hall != NULL ? hall : "");
  hq_sqlite_bind_text (statement, 12, hall != NULL ? hall : HQ_SQLITE_LAST_TEXT);
}

static void
bind_page (sqlite3_stmt *statement, gint64 offset, gint64 limit)
{
  if (statement == NULL)
    return;
  sqlite3_bind_int64 (statement, 10, limit);
  sqlite3_bind_int64 (statement, 11, offset);
}

/* ---- orders ---- */

static gboolean
order_insert (HqStore *store, const HqOrderRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_ORDER_INSERT);
  if (statement == NULL)
    return FALSE;
  const char *text[] = {row->hall,        row->id,     row->key,    row->terminal,
                        row->external_id, row->state,  row->reason, row->category,
                        row->operation,   row->msisdn, row->clerk,  row->day};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  sqlite3_bind_int (statement, 13, (int)row->flags);
  sqlite3_bind_int64 (statement, 14, row->order_us);
  sqlite3_bind_int64 (statement, 15, row->changed_us);
  hq_sqlite_bind_time (statement, 16, row->due_us);
  return hq_sqlite_run (store, statement);
}

static void
read_order_times (sqlite3_stmt *statement, HqOrderRow *row)
{
  row->flags = (HqBodyFlags)sqlite3_column_int (statement, 12);
  row->order_us = sqlite3_column_int64 (statement, 13);
  row->changed_us = sqlite3_column_int64 (statement, 14);
  row->due_us = sqlite3_column_int64 (statement, 15);
  row->body = hq_sqlite_bytes (statement, 16);
}

/* Borrowed until the next step, but for the body. */
static HqOrderRow
peek_order (sqlite3_stmt *statement)
{
  HqOrderRow row = {
      .hall = hq_sqlite_text (statement, 0),
      .id = hq_sqlite_text (statement, 1),
      .key = hq_sqlite_text (statement, 2),
      .terminal = hq_sqlite_text (statement, 3),
      .external_id = hq_sqlite_text (statement, 4),
      .state = hq_sqlite_text (statement, 5),
      .reason = hq_sqlite_text (statement, 6),
      .category = hq_sqlite_text (statement, 7),
      .operation = hq_sqlite_text (statement, 8),
      .msisdn = hq_sqlite_text (statement, 9),
      .clerk = hq_sqlite_text (statement, 10),
      .day = hq_sqlite_text (statement, 11),
  };
  read_order_times (statement, &row);
  return row;
}

static void
keep (GStringChunk *chunk, const char **text)
{
  if (*text != NULL)
    *text = g_string_chunk_insert (chunk, *text);
}

static void
keep_order (HqOrderRow *row)
{
  row->chunk = g_string_chunk_new (512);
  const char **text[] = {&row->hall,        &row->id,     &row->key,    &row->terminal,
                         &row->external_id, &row->state,  &row->reason, &row->category,
                         &row->operation,   &row->msisdn, &row->clerk,  &row->day};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    keep (row->chunk, text[i]);
}

static gboolean
order_find (HqStore *store, const char *hall, const char *id, HqOrderRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_ORDER_FIND);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, id);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *row = peek_order (statement);
  keep_order (row);
  sqlite3_reset (statement);
  return TRUE;
}

static void
bind_order_filter (sqlite3_stmt *statement, const HqListFilter *filter)
{
  const char *text[] = {filter->id,        filter->external_id, filter->state,    filter->category,
                        filter->operation, filter->msisdn,      filter->terminal, filter->day};
  bind_filter_hall (statement, filter->hall);
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 2, text[i]);
}

static void
order_list (HqStore *store, const HqListFilter *filter, gint64 offset, gint64 limit, HqOrderFunc func,
            gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_ORDER_LIST);
  bind_order_filter (statement, filter);
  bind_page (statement, offset, limit);
  while (hq_sqlite_step (store, statement)) {
    HqOrderRow row = peek_order (statement);
    gboolean more = func (&row, data);
    g_clear_pointer (&row.body, g_bytes_unref);
    if (!more) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static void
order_recent (HqStore *store, const char *hall, const char *msisdn, gint64 since_us, HqOrderFunc func,
              gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_ORDER_RECENT);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, msisdn);
  sqlite3_bind_int64 (statement, 3, since_us);
  while (hq_sqlite_step (store, statement)) {
    HqOrderRow row = peek_order (statement);
    gboolean more = func (&row, data);
    g_clear_pointer (&row.body, g_bytes_unref);
    if (!more) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static gint64
order_count (HqStore *store, const HqListFilter *filter)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_ORDER_COUNT);
  bind_order_filter (statement, filter);
  return hq_sqlite_read_count (store, statement);
}

static void
order_set_body (HqStore *store, const HqOrderRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_ORDER_SET_BODY);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, row->hall);
  hq_sqlite_bind_text (statement, 2, row->id);
  hq_sqlite_bind_bytes (statement, 3, row->body);
  sqlite3_bind_int (statement, 4, (int)row->flags);
  sqlite3_bind_int64 (statement, 5, row->changed_us);
  hq_sqlite_run (store, statement);
}

static void
order_set_state (HqStore *store, const HqOrderRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_ORDER_SET_STATE);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, row->hall);
  hq_sqlite_bind_text (statement, 2, row->id);
  hq_sqlite_bind_text (statement, 3, row->state);
  hq_sqlite_bind_text (statement, 4, row->reason);
  sqlite3_bind_int64 (statement, 5, row->changed_us);
  hq_sqlite_bind_time (statement, 6, row->due_us);
  hq_sqlite_run (store, statement);
}

static GPtrArray *
order_due (HqStore *store, gint64 now_us, guint max)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_order_row_free);
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_ORDER_DUE);
  if (statement == NULL)
    return rows;
  sqlite3_bind_int64 (statement, 1, now_us);
  sqlite3_bind_int64 (statement, 2, max);
  while (hq_sqlite_step (store, statement)) {
    HqOrderRow row = peek_order (statement);
    keep_order (&row);
    g_ptr_array_add (rows, g_memdup2 (&row, sizeof row));
  }
  return rows;
}

static gint64
next_due (HqStore *store)
{
  static const HqSql waiting[] = {HQ_SQL_ORDER_NEXT_DUE, HQ_SQL_CANCEL_NEXT_DUE, HQ_SQL_DEBT_NEXT_DUE};
  gint64 first = 0;
  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++) {
    gint64 due = hq_sqlite_read_count (store, hq_sqlite_use (store, waiting[i]));
    if (due != 0 && (first == 0 || due < first))
      first = due;
  }
  return first;
}

/* ---- payments ---- */

static gboolean
payment_insert (HqStore *store, const HqPaymentRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAYMENT_INSERT);
  if (statement == NULL)
    return FALSE;
  const char *text[] = {row->hall,        row->id,     row->key, row->terminal,
                        row->external_id, row->status, row->day, row->tender};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  sqlite3_bind_int (statement, 9, (int)row->flags);
  sqlite3_bind_int64 (statement, 10, row->at_us);
  return hq_sqlite_run (store, statement);
}

static HqPaymentRow
peek_payment (sqlite3_stmt *statement)
{
  return (HqPaymentRow){
      .hall = hq_sqlite_text (statement, 0),
      .id = hq_sqlite_text (statement, 1),
      .key = hq_sqlite_text (statement, 2),
      .terminal = hq_sqlite_text (statement, 3),
      .external_id = hq_sqlite_text (statement, 4),
      .status = hq_sqlite_text (statement, 5),
      .day = hq_sqlite_text (statement, 6),
      .tender = hq_sqlite_text (statement, 7),
      .flags = (HqBodyFlags)sqlite3_column_int (statement, 8),
      .at_us = sqlite3_column_int64 (statement, 9),
      .body = hq_sqlite_bytes (statement, 10),
  };
}

static gboolean
payment_find (HqStore *store, const char *hall, const char *id, HqPaymentRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAYMENT_FIND);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, id);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *row = peek_payment (statement);
  row->chunk = g_string_chunk_new (256);
  const char **text[] = {&row->hall,        &row->id,     &row->key, &row->terminal,
                         &row->external_id, &row->status, &row->day, &row->tender};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    keep (row->chunk, text[i]);
  sqlite3_reset (statement);
  return TRUE;
}

static void
bind_payment_filter (sqlite3_stmt *statement, const HqListFilter *filter)
{
  const char *text[] = {filter->id, filter->external_id, filter->state, filter->terminal, filter->day};
  bind_filter_hall (statement, filter->hall);
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 2, text[i]);
}

static void
payment_list (HqStore *store, const HqListFilter *filter, gint64 offset, gint64 limit, HqPaymentFunc func,
              gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAYMENT_LIST);
  bind_payment_filter (statement, filter);
  bind_page (statement, offset, limit);
  while (hq_sqlite_step (store, statement)) {
    HqPaymentRow row = peek_payment (statement);
    gboolean more = func (&row, data);
    g_clear_pointer (&row.body, g_bytes_unref);
    if (!more) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static gint64
payment_count (HqStore *store, const HqListFilter *filter)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAYMENT_COUNT);
  bind_payment_filter (statement, filter);
  return hq_sqlite_read_count (store, statement);
}

/* ---- cancel tasks ---- */

static gboolean
cancel_insert (HqStore *store, const HqCancelRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_CANCEL_INSERT);
  if (statement == NULL)
    return FALSE;
  const char *text[] = {row->hall, row->id, row->key, row->order_id, row->state};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  sqlite3_bind_int (statement, 6, (int)row->flags);
  sqlite3_bind_int64 (statement, 7, row->at_us);
  sqlite3_bind_int64 (statement, 8, row->changed_us);
  hq_sqlite_bind_time (statement, 9, row->due_us);
  return hq_sqlite_run (store, statement);
}

static HqCancelRow
peek_cancel (sqlite3_stmt *statement)
{
  return (HqCancelRow){
      .hall = hq_sqlite_text (statement, 0),
      .id = hq_sqlite_text (statement, 1),
      .key = hq_sqlite_text (statement, 2),
      .order_id = hq_sqlite_text (statement, 3),
      .state = hq_sqlite_text (statement, 4),
      .flags = (HqBodyFlags)sqlite3_column_int (statement, 5),
      .at_us = sqlite3_column_int64 (statement, 6),
      .changed_us = sqlite3_column_int64 (statement, 7),
      .due_us = sqlite3_column_int64 (statement, 8),
      .body = hq_sqlite_bytes (statement, 9),
  };
}

static void
keep_cancel (HqCancelRow *row)
{
  row->chunk = g_string_chunk_new (256);
  const char **text[] = {&row->hall, &row->id, &row->key, &row->order_id, &row->state};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    keep (row->chunk, text[i]);
}

static gboolean
cancel_find (HqStore *store, const char *hall, const char *id, HqCancelRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_CANCEL_FIND);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, id);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *row = peek_cancel (statement);
  keep_cancel (row);
  sqlite3_reset (statement);
  return TRUE;
}

static void
bind_cancel_filter (sqlite3_stmt *statement, const HqListFilter *filter)
{
  bind_filter_hall (statement, filter->hall);
  hq_sqlite_bind_text (statement, 2, filter->id);
  hq_sqlite_bind_text (statement, 3, filter->state);
}

static void
cancel_list (HqStore *store, const HqListFilter *filter, gint64 offset, gint64 limit, HqCancelFunc func,
             gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_CANCEL_LIST);
  bind_cancel_filter (statement, filter);
  bind_page (statement, offset, limit);
  while (hq_sqlite_step (store, statement)) {
    HqCancelRow row = peek_cancel (statement);
    gboolean more = func (&row, data);
    g_clear_pointer (&row.body, g_bytes_unref);
    if (!more) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static gint64
cancel_count (HqStore *store, const HqListFilter *filter)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_CANCEL_COUNT);
  bind_cancel_filter (statement, filter);
  return hq_sqlite_read_count (store, statement);
}

static void
cancel_set_state (HqStore *store, const HqCancelRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_CANCEL_SET_STATE);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, row->hall);
  hq_sqlite_bind_text (statement, 2, row->id);
  hq_sqlite_bind_text (statement, 3, row->state);
  sqlite3_bind_int64 (statement, 4, row->changed_us);
  hq_sqlite_bind_time (statement, 5, row->due_us);
  hq_sqlite_run (store, statement);
}

GPtrArray *
hq_sqlite_read_cancels (HqStore *store, sqlite3_stmt *statement)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_cancel_row_free);
  while (hq_sqlite_step (store, statement)) {
    HqCancelRow row = peek_cancel (statement);
    keep_cancel (&row);
    g_ptr_array_add (rows, g_memdup2 (&row, sizeof row));
  }
  return rows;
}

static GPtrArray *
cancel_due (HqStore *store, gint64 now_us, guint max)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_CANCEL_DUE);
  if (statement != NULL) {
    sqlite3_bind_int64 (statement, 1, now_us);
    sqlite3_bind_int64 (statement, 2, max);
  }
  return hq_sqlite_read_cancels (store, statement);
}

void
hq_sqlite_fill_orders (HqStoreClass *klass)
{
  klass->order_insert = order_insert;
  klass->order_find = order_find;
  klass->order_list = order_list;
  klass->order_count = order_count;
  klass->order_recent = order_recent;
  klass->order_set_body = order_set_body;
  klass->order_set_state = order_set_state;
  klass->order_due = order_due;
  klass->next_due = next_due;
  klass->payment_insert = payment_insert;
  klass->payment_find = payment_find;
  klass->payment_list = payment_list;
  klass->payment_count = payment_count;
  klass->cancel_insert = cancel_insert;
  klass->cancel_find = cancel_find;
  klass->cancel_list = cancel_list;
  klass->cancel_count = cancel_count;
  klass->cancel_set_state = cancel_set_state;
  klass->cancel_due = cancel_due;
}
