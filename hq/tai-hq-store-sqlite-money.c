/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The money of the day in the embedded store: sums, news of tills, shifts, what does not match (all of the hall family). Sums are
 * gathered while a transaction runs: a batch of hundreds of messages writes a row of each sum once.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

#include <string.h>

/* ---- sums ---- */

/* What tells one sum from another, text by text. */
#define N_KEYS 8

typedef struct {
  char *keys[N_KEYS]; /* (owned): all in one piece, the first is its begin */
  guint hash;
  gint64 count;
  TaiMoney amount;
} Sum;

static void
list_keys (const HqSumRow *row, const char *keys[N_KEYS])
{
  const char *all[N_KEYS] = {row->hall,  row->day,       row->kind, row->terminal,
                             row->clerk, row->operation, row->name, row->shift};
  for (guint i = 0; i < N_KEYS; i++)
    keys[i] = all[i] != NULL ? all[i] : "";
}

static guint
hash_cb (gconstpointer data)
{
  return ((const Sum *)data)->hash;
}

static gboolean
equal_cb (gconstpointer a, gconstpointer b)
{
  const Sum *one = a, *two = b;
  if (one->hash != two->hash || one->amount.currency != two->amount.currency)
    return FALSE;
  for (guint i = 0; i < N_KEYS; i++)
    if (strcmp (one->keys[i], two->keys[i]) != 0)
      return FALSE;
  return TRUE;
}

static void
free_cb (gpointer data)
{
  g_free (((Sum *)data)->keys[0]);
  g_free (data);
}

GHashTable *
hq_sqlite_new_sums (void)
{
  return g_hash_table_new_full (hash_cb, equal_cb, free_cb, NULL);
}

static Sum *
copy_sum (const Sum *probe)
{
  Sum *sum = g_memdup2 (probe, sizeof *probe);
  gsize size[N_KEYS], total = 0;
  for (guint i = 0; i < N_KEYS; i++)
    total += size[i] = strlen (probe->keys[i]) + 1;
  char *at = g_malloc (total);
  for (guint i = 0; i < N_KEYS; at += size[i++])
    sum->keys[i] = memcpy (at, probe->keys[i], size[i]);
  return sum;
}

static void
sum_add (HqStore *store, const HqSumRow *row)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  const char *keys[N_KEYS];
  Sum probe = {.amount = tai_money (0, row->amount.currency), .hash = row->amount.currency};
  list_keys (row, keys);
  for (guint i = 0; i < N_KEYS; i++) {
    probe.keys[i] = (char *)keys[i];
    probe.hash = probe.hash * 31 + g_str_hash (keys[i]);
  }
  Sum *sum = g_hash_table_lookup (self->sums, &probe);
  if (sum == NULL) {
    sum = copy_sum (&probe);
    g_hash_table_add (self->sums, sum);
  }
  sum->count += row->count;
  sum->amount.minor +=
      row->amount.minor; /* messages carry at most what TaiMoney holds: far from the end of 63 bits */
}

static void
write_sum (HqStore *store, const Sum *sum)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SUM_ADD);
  if (statement == NULL)
    return;
  for (guint i = 0; i < N_KEYS; i++)
    hq_sqlite_bind_text (statement, (int)i + 1, sum->keys[i]);
  sqlite3_bind_int (statement, N_KEYS + 1, sum->amount.currency);
  sqlite3_bind_int64 (statement, N_KEYS + 2, sum->count);
  sqlite3_bind_int64 (statement, N_KEYS + 3, sum->amount.minor);
  hq_sqlite_run (store, statement);
}

void
hq_sqlite_write_sums (HqStore *store)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  GHashTableIter iter;
  gpointer sum;
  g_hash_table_iter_init (&iter, self->sums);
  while (g_hash_table_iter_next (&iter, &sum, NULL))
    write_sum (store, sum);
  hq_sqlite_forget_sums (store);
}

void
hq_sqlite_forget_sums (HqStore *store)
{
  g_hash_table_remove_all (((HqStoreSqlite *)store)->sums);
}

static void
sum_list (HqStore *store, const HqSumFilter *filter, HqSumFunc func, gpointer data)
{
  hq_sqlite_write_sums (store);
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SUM_LIST);
  if (statement == NULL)
    return;
  const char *text[] = {filter->hall, filter->from, filter->until, filter->kind, filter->shift};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  sqlite3_bind_int (statement, 6, filter->by_day);
  sqlite3_bind_int (statement, 7, filter->by_terminal);
  sqlite3_bind_int (statement, 8, filter->by_clerk);
  sqlite3_bind_int (statement, 9, filter->by_shift);
  while (hq_sqlite_step (store, statement)) {
    HqSumRow row = {
        .hall = filter->hall,
        .day = hq_sqlite_text (statement, 0),
        .kind = hq_sqlite_text (statement, 1),
        .terminal = hq_sqlite_text (statement, 2),
        .clerk = hq_sqlite_text (statement, 3),
        .operation = hq_sqlite_text (statement, 4),
        .name = hq_sqlite_text (statement, 5),
        .shift = hq_sqlite_text (statement, 6),
        .count = sqlite3_column_int64 (statement, 8),
        .amount = tai_money (sqlite3_column_int64 (statement, 9), (guint16)sqlite3_column_int (statement, 7)),
    };
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static void
sum_clear (HqStore *store)
{
  hq_sqlite_forget_sums (store);
  hq_sqlite_run (store, hq_sqlite_use (store, HQ_SQL_SUM_CLEAR));
}

/* ---- news of tills ---- */

static void
till_insert (HqStore *store, const HqTillRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_TILL_INSERT);
  if (statement == NULL)
    return;
  const char *text[] = {row->hall, row->id,    row->key,     row->terminal, row->kind, row->name, row->shift,
                        row->day,  row->clerk, row->subject, row->ref,      row->act,  row->slip};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  if (row->amount.currency != 0) {
    sqlite3_bind_int (statement, 14, row->amount.currency);
    sqlite3_bind_int64 (statement, 15, row->amount.minor);
  }
  sqlite3_bind_int64 (statement, 16, row->at_us);
  sqlite3_bind_int64 (statement, 17, row->arrived_us);
  hq_sqlite_run (store, statement);
}

static sqlite3_stmt *
use_till_filter (HqStore *store, const HqTillFilter *filter)
{
  const struct {
    HqSql which;
    const char *value;
  } ways[] = {{HQ_SQL_TILL_BY_SUBJECT, filter->subject},
              {HQ_SQL_TILL_BY_REF, filter->ref},
              {HQ_SQL_TILL_BY_ACT, filter->act},
              {HQ_SQL_TILL_BY_SLIP, filter->slip},
              {HQ_SQL_TILL_BY_SHIFT, filter->shift}};
  guint i = 0;
  while (i + 1 < G_N_ELEMENTS (ways) && ways[i].value == NULL)
    i++;
  sqlite3_stmt *statement = hq_sqlite_use (store, ways[i].which);
  hq_sqlite_bind_text (statement, 1, filter->hall);
  hq_sqlite_bind_text (statement, 2, filter->kind);
  hq_sqlite_bind_text (statement, 3, ways[i].value);
  return statement;
}

static HqTillRow
peek_till (sqlite3_stmt *statement)
{
  return (HqTillRow){
      .hall = hq_sqlite_text (statement, 0),
      .id = hq_sqlite_text (statement, 1),
      .key = hq_sqlite_text (statement, 2),
      .terminal = hq_sqlite_text (statement, 3),
      .kind = hq_sqlite_text (statement, 4),
      .name = hq_sqlite_text (statement, 5),
      .shift = hq_sqlite_text (statement, 6),
      .day = hq_sqlite_text (statement, 7),
      .clerk = hq_sqlite_text (statement, 8),
      .subject = hq_sqlite_text (statement, 9),
      .ref = hq_sqlite_text (statement, 10),
      .act = hq_sqlite_text (statement, 11),
      .amount = tai_money (sqlite3_column_int64 (statement, 13), (guint16)sqlite3_column_int (statement, 12)),
      .at_us = sqlite3_column_int64 (statement, 14),
      .arrived_us = sqlite3_column_int64 (statement, 15),
      .body = hq_sqlite_bytes (statement, 16),
      .slip = hq_sqlite_text (statement, 17),
  };
}

static void
read_till (HqStore *store, sqlite3_stmt *statement, HqTillFunc func, gpointer data)
{
  while (hq_sqlite_step (store, statement)) {
    HqTillRow row = peek_till (statement);
    gboolean more = func (&row, data);
    g_clear_pointer (&row.body, g_bytes_unref);
    if (!more) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static void
till_list (HqStore *store, const HqTillFilter *filter, HqTillFunc func, gpointer data)
{
  read_till (store, use_till_filter (store, filter), func, data);
}

static void
deposit_list (HqStore *store, const char *hall, const char *from, const char *until, HqTillFunc func,
              gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_DEPOSIT_LIST);
  const char *text[] = {hall, from, until};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  read_till (store, statement, func, data);
}

/* ---- shifts ---- */

static HqShiftRow
peek_shift (sqlite3_stmt *statement)
{
  guint16 currency = (guint16)sqlite3_column_int (statement, 8);
  return (HqShiftRow){
      .hall = hq_sqlite_text (statement, 0),
      .id = hq_sqlite_text (statement, 1),
      .terminal = hq_sqlite_text (statement, 2),
      .till = hq_sqlite_text (statement, 3),
      .clerk = hq_sqlite_text (statement, 4),
      .day = hq_sqlite_text (statement, 5),
      .opened_us = sqlite3_column_int64 (statement, 6),
      .closed_us = sqlite3_column_int64 (statement, 7),
      .float_amount = tai_money (sqlite3_column_int64 (statement, 9), currency),
      .opening_expected = tai_money (sqlite3_column_int64 (statement, 10), currency),
      .counted = tai_money (sqlite3_column_int64 (statement, 11), currency),
      .expected = tai_money (sqlite3_column_int64 (statement, 12), currency),
      .z_number = sqlite3_column_int64 (statement, 13),
      .n_counts = sqlite3_column_int64 (statement, 14),
      .journal_seq = sqlite3_column_int64 (statement, 15),
      .journal_head = hq_sqlite_text (statement, 16),
      .arrived_us = sqlite3_column_int64 (statement, 17),
      .close_seq = sqlite3_column_int64 (statement, 18),
      .n_supplements = sqlite3_column_int64 (statement, 19),
  };
}

static gboolean
shift_find (HqStore *store, const char *hall, const char *id, HqShiftRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SHIFT_FIND);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, id);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *row = peek_shift (statement);
  row->chunk = g_string_chunk_new (256);
  const char **text[] = {&row->hall,  &row->id,  &row->terminal,    &row->till,
                         &row->clerk, &row->day, &row->journal_head};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    *text[i] = *text[i] != NULL ? g_string_chunk_insert (row->chunk, *text[i]) : NULL;
  sqlite3_reset (statement);
  return TRUE;
}

static void
shift_put (HqStore *store, const HqShiftRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SHIFT_PUT);
  if (statement == NULL)
    return;
  const char *text[] = {row->hall, row->id, row->terminal, row->till, row->clerk, row->day};
  const gint64 numbers[] = {row->opened_us,
                            row->closed_us,
                            row->float_amount.currency,
                            row->float_amount.minor,
                            row->opening_expected.minor,
                            row->counted.minor,
                            row->expected.minor,
                            row->z_number,
                            row->n_counts,
                            row->journal_seq};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    sqlite3_bind_int64 (statement, (int)i + 7, numbers[i]);
  hq_sqlite_bind_text (statement, 17, row->journal_head);
  sqlite3_bind_int64 (statement, 18, row->arrived_us);
  sqlite3_bind_int64 (statement, 19, row->close_seq);
  sqlite3_bind_int64 (statement, 20, row->n_supplements);
  hq_sqlite_run (store, statement);
}

static void
shift_list (HqStore *store, const char *hall, const char *from, const char *until, HqShiftFunc func,
            gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SHIFT_LIST);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, from);
  hq_sqlite_bind_text (statement, 3, until);
  while (hq_sqlite_step (store, statement)) {
    HqShiftRow row = peek_shift (statement);
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

/* ---- supplements ---- */

static void
supplement_append (HqStore *store, const HqSupplementRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SUPPLEMENT_APPEND);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, row->hall);
  hq_sqlite_bind_text (statement, 2, row->shift);
  sqlite3_bind_int64 (statement, 3, row->number);
  hq_sqlite_bind_text (statement, 4, row->event);
  hq_sqlite_bind_text (statement, 5, row->id);
  sqlite3_bind_int (statement, 6, row->amount.currency);
  sqlite3_bind_int64 (statement, 7, row->amount.minor);
  sqlite3_bind_int64 (statement, 8, row->at_us);
  sqlite3_bind_int64 (statement, 9, row->arrived_us);
  hq_sqlite_run (store, statement);
}

static void
supplement_list (HqStore *store, const char *hall, const char *shift, HqSupplementFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SUPPLEMENT_LIST);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, shift);
  while (hq_sqlite_step (store, statement)) {
    HqSupplementRow row = {
        .hall = hall,
        .shift = shift,
        .number = sqlite3_column_int64 (statement, 0),
        .event = hq_sqlite_text (statement, 1),
        .id = hq_sqlite_text (statement, 2),
        .amount = tai_money (sqlite3_column_int64 (statement, 4), (guint16)sqlite3_column_int (statement, 3)),
        .at_us = sqlite3_column_int64 (statement, 5),
        .arrived_us = sqlite3_column_int64 (statement, 6),
    };
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static void
late_append (HqStore *store, const HqLateRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_LATE_APPEND);
  if (statement == NULL)
    return;
  const char *text[] = {row->hall, row->shift, row->id, row->kind};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  sqlite3_bind_int (statement, 5, row->amount.currency);
  sqlite3_bind_int64 (statement, 6, row->amount.minor);
  sqlite3_bind_int64 (statement, 7, row->arrived_us);
  hq_sqlite_run (store, statement);
}

static void
late_list (HqStore *store, const char *hall, const char *shift, HqLateFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_LATE_LIST);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, shift);
  while (hq_sqlite_step (store, statement)) {
    HqLateRow row = {
        .hall = hall,
        .shift = shift,
        .id = hq_sqlite_text (statement, 0),
        .kind = hq_sqlite_text (statement, 1),
        .amount = tai_money (sqlite3_column_int64 (statement, 3), (guint16)sqlite3_column_int (statement, 2)),
        .arrived_us = sqlite3_column_int64 (statement, 4),
    };
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

/* ---- days that are over ---- */

static void
hall_close_put (HqStore *store, const HqHallCloseRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_HALL_CLOSE_PUT);
  if (statement == NULL)
    return;
  const char *text[] = {row->hall, row->day, row->terminal, row->clerk};
  const gint64 numbers[] = {row->number,     row->sales.currency, row->sales.minor, row->drawers.minor,
                            row->safe.minor, row->in_bags.minor,  row->n_orders,    row->n_shifts,
                            row->n_left,     row->at_us};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    sqlite3_bind_int64 (statement, (int)(i + 1 + G_N_ELEMENTS (text)), numbers[i]);
  hq_sqlite_run (store, statement);
}

static void
hall_close_list (HqStore *store, const char *hall, const char *from, const char *until, HqHallCloseFunc func,
                 gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_HALL_CLOSE_LIST);
  const char *text[] = {hall, from, until};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  while (hq_sqlite_step (store, statement)) {
    guint16 currency = (guint16)sqlite3_column_int (statement, 4);
    HqHallCloseRow row = {
        .hall = hall,
        .day = hq_sqlite_text (statement, 0),
        .terminal = hq_sqlite_text (statement, 1),
        .clerk = hq_sqlite_text (statement, 2),
        .number = sqlite3_column_int64 (statement, 3),
        .sales = tai_money (sqlite3_column_int64 (statement, 5), currency),
        .drawers = tai_money (sqlite3_column_int64 (statement, 6), currency),
        .safe = tai_money (sqlite3_column_int64 (statement, 7), currency),
        .in_bags = tai_money (sqlite3_column_int64 (statement, 8), currency),
        .n_orders = sqlite3_column_int64 (statement, 9),
        .n_shifts = sqlite3_column_int64 (statement, 10),
        .n_left = sqlite3_column_int64 (statement, 11),
        .at_us = sqlite3_column_int64 (statement, 12),
    };
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

/* ---- what does not match ---- */

static void
finding_put (HqStore *store, const HqFindingRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_FINDING_PUT);
  if (statement == NULL)
    return;
  const char *text[] = {row->hall, row->kind, row->subject, row->terminal, row->detail};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  sqlite3_bind_int64 (statement, 6, row->since_us);
  sqlite3_bind_int64 (statement, 7, row->changed_us);
  sqlite3_bind_int (statement, 8, row->is_open);
  hq_sqlite_run (store, statement);
}

static void
finding_close (HqStore *store, const char *hall, const char *kind, const char *subject, gint64 now_us)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_FINDING_CLOSE);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, kind);
  hq_sqlite_bind_text (statement, 3, subject);
  sqlite3_bind_int64 (statement, 4, now_us);
  hq_sqlite_run (store, statement);
}

static void
finding_list (HqStore *store, const char *hall, gboolean only_open, HqFindingFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_FINDING_LIST);
  hq_sqlite_bind_text (statement, 1, hall);
  if (statement != NULL)
    sqlite3_bind_int (statement, 2, only_open);
  while (hq_sqlite_step (store, statement)) {
    HqFindingRow row = {
        .hall = hq_sqlite_text (statement, 0),
        .kind = hq_sqlite_text (statement, 1),
        .subject = hq_sqlite_text (statement, 2),
        .terminal = hq_sqlite_text (statement, 3),
        .detail = hq_sqlite_text (statement, 4),
        .since_us = sqlite3_column_int64 (statement, 5),
        .changed_us = sqlite3_column_int64 (statement, 6),
        .is_open = sqlite3_column_int (statement, 7) != 0,
    };
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static gint64
finding_count (HqStore *store, const char *hall)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_FINDING_COUNT);
  hq_sqlite_bind_text (statement, 1, hall);
  return hq_sqlite_read_count (store, statement);
}

void
hq_sqlite_fill_money (HqStoreClass *klass)
{
  klass->sum_add = sum_add;
  klass->sum_list = sum_list;
  klass->sum_clear = sum_clear;
  klass->till_insert = till_insert;
  klass->till_list = till_list;
  klass->deposit_list = deposit_list;
  klass->shift_find = shift_find;
  klass->shift_put = shift_put;
  klass->shift_list = shift_list;
  klass->supplement_append = supplement_append;
  klass->supplement_list = supplement_list;
  klass->late_append = late_append;
  klass->late_list = late_list;
  klass->hall_close_put = hall_close_put;
  klass->hall_close_list = hall_close_list;
  klass->finding_put = finding_put;
  klass->finding_close = finding_close;
  klass->finding_list = finding_list;
  klass->finding_count = finding_count;
}
