/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The claim tables of the embedded store, and its small ones: stock, terminals, codes, staff, catalogue, settings, alarms. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-error.h"
#include "tai-hq-store-sqlite-private.h"

static gboolean
is_there (HqStore *store, sqlite3_stmt *statement)
{
  gboolean found = hq_sqlite_step (store, statement);
  if (statement != NULL)
    sqlite3_reset (statement);
  return found;
}

static gint64
read_number (HqStore *store, sqlite3_stmt *statement)
{
  gint64 number = hq_sqlite_step (store, statement) ? sqlite3_column_int64 (statement, 0) : 0;
  if (statement != NULL)
    sqlite3_reset (statement);
  return number;
}

/* The first @n values, all texts. */
static sqlite3_stmt *
use_with (HqStore *store, HqSql which, guint n, const char *const *text)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, which);
  for (guint i = 0; i < n; i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  return statement;
}
#define USE(store, which, ...)                                                                               \
  use_with (store, which, G_N_ELEMENTS (((const char *[]){__VA_ARGS__})), (const char *[]){__VA_ARGS__})

static void
bind_int (sqlite3_stmt *statement, int index, gint64 value)
{
  if (statement != NULL)
    sqlite3_bind_int64 (statement, index, value);
}

/* ---- claims ---- */

static gboolean
claim_take (HqStore *store, const char *kind, const char *thing, int slot, const char *hall,
            const char *order_id, gint64 at_us)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_CLAIM_TAKE, kind, thing);
  bind_int (statement, 3, slot);
  hq_sqlite_bind_text (statement, 4, hall);
  hq_sqlite_bind_text (statement, 5, order_id);
  bind_int (statement, 6, at_us);
  if (hq_sqlite_run (store, statement))
    return TRUE;
  statement = USE (store, HQ_SQL_CLAIM_FIND, kind, thing);
  bind_int (statement, 3, slot);
  hq_sqlite_bind_text (statement, 4, hall);
  hq_sqlite_bind_text (statement, 5, order_id);
  return is_there (store, statement);
}

static gboolean
claim_has (HqStore *store, const char *kind, const char *thing, const char *hall, const char *order_id)
{
  return is_there (store, USE (store, HQ_SQL_CLAIM_HAS, kind, thing, hall, order_id));
}

static void
claim_release (HqStore *store, const char *hall, const char *order_id)
{
  hq_sqlite_run (store, USE (store, HQ_SQL_CLAIM_RELEASE, hall, order_id));
}

/* ---- stock ---- */

static void
stock_add (HqStore *store, const HqStockRow *row)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_STOCK_ADD, row->kind, row->value, row->grade, row->hall);
  bind_int (statement, 5, row->expires_us);
  hq_sqlite_run (store, statement);
}

static gboolean
stock_is_leased (HqStore *store, const char *kind, const char *value, const char *terminal)
{
  return is_there (store, USE (store, HQ_SQL_STOCK_IS_LEASED, kind, value, terminal));
}

static gint64
stock_count_leased (HqStore *store, const char *kind, const char *terminal)
{
  return read_number (store, USE (store, HQ_SQL_STOCK_COUNT_LEASED, kind, terminal));
}

static void
lease_one (HqStore *store, const HqStockRow *row)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_STOCK_LEASE, row->kind, row->value, row->terminal);
  bind_int (statement, 4, row->until_us);
  hq_sqlite_run (store, statement);
}

static void
stock_lease (HqStore *store, const char *kind, gint64 count, const char *terminal, gint64 now_us,
             gint64 until_us, HqStockFunc func, gpointer data)
{
  /* chosen first, written after: an index is not walked while it changes */
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = USE (store, HQ_SQL_STOCK_FREE, kind);
  bind_int (statement, 2, count);
  hq_sqlite_bind_text (statement, 3, terminal);
  bind_int (statement, 4, now_us);
  while (hq_sqlite_step (store, statement)) {
    gint64 expires_us = sqlite3_column_int64 (statement, 2);
    gint64 end_us = expires_us != 0 ? MIN (expires_us, until_us) : until_us;
    g_ptr_array_add (chosen, g_strdup (hq_sqlite_text (statement, 0)));
    g_ptr_array_add (chosen, g_strdup (hq_sqlite_text (statement, 1)));
    g_array_append_val (ends, end_us);
  }
  gboolean more = TRUE;
  for (guint i = 0; i < chosen->len && more; i += 2) {
    HqStockRow row = {.kind = kind,
                      .value = chosen->pdata[i],
                      .grade = chosen->pdata[i + 1],
                      .state = "leased",
                      .terminal = terminal,
                      .until_us = g_array_index (ends, gint64, i / 2)};
    lease_one (store, &row);
    more = func (&row, data);
  }
}

static void
stock_list (HqStore *store, const HqStockFilter *filter, HqStockFunc func, gpointer data)
{
  const char *first = filter->value != NULL ? filter->value : "";
  const char *last = filter->value != NULL ? filter->value : HQ_SQLITE_LAST_TEXT;
  sqlite3_stmt *statement =
      USE (store, HQ_SQL_STOCK_LIST, filter->kind, first, last, filter->grade, filter->state);
  gboolean more = TRUE;
  while (more && hq_sqlite_step (store, statement)) {
    HqStockRow row = {.kind = filter->kind,
                      .value = hq_sqlite_text (statement, 0),
                      .grade = hq_sqlite_text (statement, 1),
                      .state = hq_sqlite_text (statement, 2),
                      .terminal = hq_sqlite_text (statement, 3),
                      .until_us = sqlite3_column_int64 (statement, 4),
                      .hall = hq_sqlite_text (statement, 5),
                      .expires_us = sqlite3_column_int64 (statement, 6)};
    more = func (&row, data);
  }
  if (!more)
    sqlite3_reset (statement);
}

static void
stock_set_state (HqStore *store, const char *kind, const char *value, const char *state)
{
  hq_sqlite_run (store, USE (store, HQ_SQL_STOCK_SET_STATE, kind, value, state));
}

/* ---- blocked identities ---- */

static gboolean
is_blocked (HqStore *store, const char *id_hash)
{
  return is_there (store, USE (store, HQ_SQL_BLOCKED_FIND, id_hash));
}

static void
set_blocked (HqStore *store, const char *id_hash, gboolean blocked)
{
  hq_sqlite_run (store, USE (store, blocked ? HQ_SQL_BLOCKED_ADD : HQ_SQL_BLOCKED_DELETE, id_hash));
}

/* ---- terminals ---- */

/* FALSE: its series is corrupt, and that is the sticky error. */
static gboolean
keep_terminal (HqStore *store, sqlite3_stmt *statement, HqTerminalRow *row)
{
  GStringChunk *chunk = g_string_chunk_new (512);
  *row = (HqTerminalRow){
      .id = hq_sqlite_keep (chunk, statement, 0),
      .hall = hq_sqlite_keep (chunk, statement, 1),
      .klass = hq_sqlite_keep (chunk, statement, 2),
      .profile = hq_sqlite_keep (chunk, statement, 3),
      .safe_until = sqlite3_column_int64 (statement, 4),
      .revoked = sqlite3_column_int (statement, 5) != 0,
      .seen_us = sqlite3_column_int64 (statement, 8),
      .chunk = chunk,
  };
  gboolean good =
      hq_sequence_set (&row->sequence, sqlite3_column_int64 (statement, 6), hq_sqlite_text (statement, 7));
  if (!good && store->error == NULL)
    g_set_error (&store->error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE, "terminal %s: its series is corrupt",
                 row->id);
  if (!good)
    hq_terminal_row_clear (row);
  return good;
}

static gboolean
terminal_find (HqStore *store, const char *id, HqTerminalRow *row)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_TERMINAL_FIND, id);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  gboolean good = keep_terminal (store, statement, row);
  sqlite3_reset (statement);
  return good;
}

static void
terminal_see (HqStore *store, const char *id, gint64 now_us)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_TERMINAL_SEE, id);
  bind_int (statement, 2, now_us);
  hq_sqlite_run (store, statement);
}

static void
terminal_list (HqStore *store, const char *hall, HqTerminalFunc func, gpointer data)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_TERMINAL_LIST, hall);
  while (hq_sqlite_step (store, statement)) {
    g_auto (HqTerminalRow) row = {0};
    if (!keep_terminal (store, statement, &row) || !func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static void
terminal_put (HqStore *store, const HqTerminalRow *row)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_TERMINAL_PUT, row->id, row->hall, row->klass, row->profile);
  bind_int (statement, 5, row->revoked);
  hq_sqlite_run (store, statement);
}

static void
terminal_set_sequence (HqStore *store, const char *id, const HqSequence *sequence)
{
  g_autofree char *gaps = hq_sequence_gaps_to_text (sequence);
  sqlite3_stmt *statement = USE (store, HQ_SQL_TERMINAL_SET_SEQUENCE, id);
  bind_int (statement, 2, sequence->top);
  hq_sqlite_bind_text (statement, 3, gaps);
  hq_sqlite_run (store, statement);
}

static void
prove_one (HqStore *store, const char *id, gint64 until)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_TERMINAL_PROVE, id);
  bind_int (statement, 2, until);
  hq_sqlite_run (store, statement);
}

static void
terminal_prove_all (HqStore *store)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) waters = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_TERMINAL_ALL);
  while (hq_sqlite_step (store, statement)) {
    HqSequence sequence = {0};
    if (hq_sequence_set (&sequence, sqlite3_column_int64 (statement, 1), hq_sqlite_text (statement, 2))) {
      gint64 water = hq_sequence_get_high_water (&sequence);
      g_ptr_array_add (ids, g_strdup (hq_sqlite_text (statement, 0)));
      g_array_append_val (waters, water);
    }
    hq_sequence_clear (&sequence);
  }
  for (guint i = 0; i < ids->len; i++)
    prove_one (store, ids->pdata[i], g_array_index (waters, gint64, i));
}

/* ---- enrolment codes ---- */

static gboolean
code_insert (HqStore *store, const HqCodeRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_CODE_INSERT);
  hq_sqlite_bind_digest (statement, 1, &row->code);
  hq_sqlite_bind_text (statement, 2, row->terminal);
  hq_sqlite_bind_text (statement, 3, row->hall);
  hq_sqlite_bind_text (statement, 4, row->klass);
  hq_sqlite_bind_text (statement, 5, row->profile);
  bind_int (statement, 6, row->expires_us);
  return hq_sqlite_run (store, statement);
}

static gboolean
code_find (HqStore *store, TaiDigest code, HqCodeRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_CODE_FIND);
  hq_sqlite_bind_digest (statement, 1, &code);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  GStringChunk *chunk = g_string_chunk_new (1024);
  *row = (HqCodeRow){
      .code = code,
      .terminal = hq_sqlite_keep (chunk, statement, 0),
      .hall = hq_sqlite_keep (chunk, statement, 1),
      .klass = hq_sqlite_keep (chunk, statement, 2),
      .profile = hq_sqlite_keep (chunk, statement, 3),
      .expires_us = sqlite3_column_int64 (statement, 4),
      .used = sqlite3_column_int (statement, 5) != 0,
      .csr = hq_sqlite_digest (statement, 6),
      .certificate = hq_sqlite_keep (chunk, statement, 7),
      .chunk = chunk,
  };
  sqlite3_reset (statement);
  return TRUE;
}

static void
code_use (HqStore *store, const HqCodeRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_CODE_USE);
  hq_sqlite_bind_digest (statement, 1, &row->code);
  hq_sqlite_bind_digest (statement, 2, &row->csr);
  hq_sqlite_bind_text (statement, 3, row->certificate);
  hq_sqlite_run (store, statement);
}

/* ---- staff, catalogue ---- */

static void
list_bodies (HqStore *store, sqlite3_stmt *statement, HqBodyFunc func, gpointer data)
{
  while (hq_sqlite_step (store, statement)) {
    g_autoptr (GBytes) body = hq_sqlite_bytes (statement, 1);
    if (!func (hq_sqlite_text (statement, 0), body, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static void
staff_put (HqStore *store, const char *hall, const char *number, GBytes *body)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_STAFF_PUT, hall, number);
  hq_sqlite_bind_bytes (statement, 3, body);
  hq_sqlite_run (store, statement);
}

static void
staff_list (HqStore *store, const char *hall, HqBodyFunc func, gpointer data)
{
  list_bodies (store, USE (store, HQ_SQL_STAFF_LIST, hall), func, data);
}

static gboolean
staff_find (HqStore *store, const char *hall, const char *number, GBytes **body)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_STAFF_FIND, hall, number);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *body = hq_sqlite_bytes (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

static void
offering_clear (HqStore *store)
{
  hq_sqlite_run (store, hq_sqlite_use (store, HQ_SQL_OFFERING_CLEAR));
}

static gboolean
offering_insert (HqStore *store, const char *id, gint64 position, GBytes *body)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_OFFERING_INSERT, id);
  bind_int (statement, 2, position);
  hq_sqlite_bind_bytes (statement, 3, body);
  return hq_sqlite_run (store, statement);
}

static gboolean
offering_find (HqStore *store, const char *id, GBytes **body)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_OFFERING_FIND, id);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  if (body != NULL)
    *body = hq_sqlite_bytes (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

static void
offering_list (HqStore *store, HqBodyFunc func, gpointer data)
{
  list_bodies (store, hq_sqlite_use (store, HQ_SQL_OFFERING_LIST), func, data);
}

/* ---- settings, alarms ---- */

static char *
setting_get (HqStore *store, const char *name)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_SETTING_GET, name);
  if (!hq_sqlite_step (store, statement))
    return NULL;
  char *value = g_strdup (hq_sqlite_text (statement, 0));
  sqlite3_reset (statement);
  return value;
}

static void
setting_put (HqStore *store, const char *name, const char *value)
{
  hq_sqlite_run (store, USE (store, HQ_SQL_SETTING_PUT, name, value));
}

static void
alarm_raise (HqStore *store, const char *hall, const char *terminal, const char *kind, const char *detail,
             gint64 at_us)
{
  sqlite3_stmt *statement = USE (store, HQ_SQL_ALARM_RAISE, hall, terminal, kind, detail);
  bind_int (statement, 5, at_us);
  hq_sqlite_run (store, statement);
}

static gint64
alarm_count (HqStore *store)
{
  return read_number (store, hq_sqlite_use (store, HQ_SQL_ALARM_COUNT));
}

void
hq_sqlite_fill_things (HqStoreClass *klass)
{
  klass->claim_take = claim_take;
  klass->claim_has = claim_has;
  klass->claim_release = claim_release;
  klass->stock_add = stock_add;
  klass->stock_is_leased = stock_is_leased;
  klass->stock_count_leased = stock_count_leased;
  klass->stock_lease = stock_lease;
  klass->stock_list = stock_list;
  klass->stock_set_state = stock_set_state;
  klass->is_blocked = is_blocked;
  klass->set_blocked = set_blocked;
  klass->terminal_find = terminal_find;
  klass->terminal_put = terminal_put;
  klass->terminal_set_sequence = terminal_set_sequence;
  klass->terminal_prove_all = terminal_prove_all;
  klass->code_insert = code_insert;
  klass->code_find = code_find;
  klass->code_use = code_use;
  klass->staff_put = staff_put;
  klass->staff_list = staff_list;
  klass->staff_find = staff_find;
  klass->terminal_see = terminal_see;
  klass->terminal_list = terminal_list;
  klass->offering_clear = offering_clear;
  klass->offering_insert = offering_insert;
  klass->offering_find = offering_find;
  klass->offering_list = offering_list;
  klass->setting_get = setting_get;
  klass->setting_put = setting_put;
  klass->alarm_raise = alarm_raise;
  klass->alarm_count = alarm_count;
}
