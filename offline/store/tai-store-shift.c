/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shifts of a till: one open at a time, its counts kept for ever, closed for good with a Z number. Each close leaves a
 * checkpoint of the journal to be signed. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"

/* Facts ---------------------------------------------------------------------------------------------------------------- */

static gboolean
load_shift_state (TaiCommit *self, const char *id, gint64 *shift_n, guint *state, GError **error)
{
  static const TaiSql select = {"shift.state", "SELECT n, state FROM shift WHERE id = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "t", id);
  int step = query ? tai_query_next (query, error) : -1;

  *shift_n = 0;
  if (step <= 0)
    return step == 0;
  *shift_n = tai_query_get_int (query, 0);
  return tai_store_parse_state (&tai_shift_states, tai_query_get_text (query, 1), state, error);
}

/* Asked for every fact of a sale, so what the heads say is enough for the shift that is open. A shift that this very change
 * closes still takes its last records (the difference of the count). */
gboolean
tai_commit_check_shift (TaiCommit *self, const char *shift_id, GError **error)
{
  gint64 shift_n;
  guint state;

  if (shift_id == NULL || g_str_equal (shift_id, self->heads.shift_id) ||
      g_hash_table_contains (self->own_shifts, shift_id))
    return TRUE;
  if (!load_shift_state (self, shift_id, &shift_n, &state, error))
    return FALSE;
  if (shift_n == 0) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "no shift %s", shift_id);
    return FALSE;
  }
  if (state != TAI_SHIFT_CLOSED)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "shift %s is closed", shift_id);
  return FALSE;
}

static gboolean
add_event (TaiCommit *self, gint64 shift_n, const TaiShiftFact *fact, GError **error)
{
  static const TaiSql insert = {
      "shift_event.insert",
      "INSERT INTO shift_event (shift_n, k, state, clerk, counted_minor, expected_minor, currency, "
      "time_us) SELECT ?1, coalesce (max (k), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 FROM shift_event "
      "WHERE shift_n = ?1"};
  guint16 currency = fact->counted.currency ? fact->counted.currency : self->store->currency;

  return tai_database_run (self->db, &insert, error, "ittiiwi", shift_n,
                           tai_state_to_text (&tai_shift_states, fact->to), fact->clerk, fact->counted.minor,
                           fact->expected.minor, (int)currency, fact->time_us);
}

static gboolean
check_none_open (TaiCommit *self, const char *till, GError **error)
{
  static const TaiSql select = {"shift.is_open",
                                "SELECT count (*) FROM shift WHERE till = ? AND state <> 'closed'"};
  gint64 n;

  if (!tai_database_get_int (self->db, &select, 0, &n, error, "t", till))
    return FALSE;
  if (n > 0)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_SHIFT_OPEN, "till %s is open already", till);
  return n == 0;
}

static gboolean
open_shift (TaiCommit *self, const TaiShiftFact *fact, gint64 *shift_n, GError **error)
{
  static const TaiSql insert = {
      "shift.insert",
      "INSERT INTO shift (id, till, clerk, business_day, state, opened_us, float_minor, currency) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};

  if (fact->to != TAI_SHIFT_OPENING && fact->to != TAI_SHIFT_OPEN) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "no shift %s", fact->id.text);
    return FALSE;
  }
  if (!check_none_open (self, fact->till, error) ||
      !tai_database_run (self->db, &insert, error, "uttttiiw", &fact->id, fact->till, fact->clerk,
                         fact->business_day, tai_state_to_text (&tai_shift_states, fact->to), fact->time_us,
                         fact->counted.minor, (int)self->store->currency))
    return FALSE;
  *shift_n = tai_database_get_last_row (self->db);
  return TRUE;
}

static gboolean
add_checkpoint (TaiCommit *self, gint64 time_us, GError **error)
{
  static const TaiSql insert = {
      "checkpoint.insert",
      "INSERT INTO journal_checkpoint (seq, chain, time_us) SELECT ?1, ?2, ?3 WHERE ?1 > 0 "
      "ON CONFLICT DO NOTHING"};

  return tai_database_run (self->db, &insert, error, "idi", self->journal_seq, &self->journal_head, time_us);
}

static gboolean
close_shift (TaiCommit *self, gint64 shift_n, const TaiShiftFact *fact, GError **error)
{
  static const TaiSql last = {"shift.last_z", "SELECT max (z_number) FROM shift WHERE till = ?"};
  static const TaiSql update = {
      "shift.close",
      "UPDATE shift SET state = 'closed', closed_us = ?, counted_minor = ?, expected_minor = ?, z_number = ? "
      "WHERE n = ?"};
  gint64 z;

  if (!tai_database_get_int (self->db, &last, 0, &z, error, "t", fact->till))
    return FALSE;
  if (fact->z_number != z + 1) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_SERIES,
                 "Z number %d, the next is %" G_GINT64_FORMAT, fact->z_number, z + 1);
    return FALSE;
  }
  return tai_database_run (self->db, &update, error, "iiiii", fact->time_us, fact->counted.minor,
                           fact->expected.minor, (gint64)fact->z_number, shift_n) &&
         tai_commit_z (self, shift_n, error) && add_checkpoint (self, fact->time_us, error);
}

static gboolean
move_shift (TaiCommit *self, gint64 shift_n, guint from, const TaiShiftFact *fact, GError **error)
{
  static const TaiSql update = {"shift.move", "UPDATE shift SET state = ? WHERE n = ?"};

  if (!tai_state_check_move (&tai_shift_states, from, fact->to, error))
    return FALSE;
  if (fact->to == TAI_SHIFT_CLOSED)
    return close_shift (self, shift_n, fact, error);
  return tai_database_run (self->db, &update, error, "ti", tai_state_to_text (&tai_shift_states, fact->to),
                           shift_n);
}

gboolean
tai_commit_shift (TaiCommit *self, const TaiShiftFact *fact, GError **error)
{
  gint64 shift_n;
  guint from;

  if (!load_shift_state (self, fact->id.text, &shift_n, &from, error) ||
      !(shift_n == 0 ? open_shift (self, fact, &shift_n, error)
                     : move_shift (self, shift_n, from, fact, error)))
    return FALSE;
  g_hash_table_add (self->own_shifts, g_strdup (fact->id.text));
  return add_event (self, shift_n, fact, error);
}

/* Reading ------------------------------------------------------------------------------------------------------------ */

#define COLUMNS                                                                                                \
  "id, till, clerk, business_day, state, opened_us, closed_us, float_minor, counted_minor, expected_minor, "   \
  "currency, z_number, (SELECT expected_minor FROM shift_event WHERE shift_n = n AND k = 1), "                 \
  "(SELECT count (*) FROM shift_event WHERE shift_n = n AND state = 'counting'), "                             \
  "(SELECT counted_minor FROM shift_event WHERE shift_n = n AND state = 'counting' ORDER BY k DESC LIMIT 1), " \
  "(SELECT count (*) FROM z_supplement WHERE shift_n = n)"

static TaiShift *
load_shift (TaiQuery *query, GError **error)
{
  guint16 currency = (guint16)tai_query_get_int (query, 10);
  TaiShift *shift;
  guint state;

  if (!tai_store_parse_state (&tai_shift_states, tai_query_get_text (query, 4), &state, error))
    return NULL;
  shift = g_new0 (TaiShift, 1);
  shift->id = tai_query_get_uuid (query, 0);
  shift->till = tai_query_dup_text (query, 1);
  shift->clerk = tai_query_dup_text (query, 2);
  shift->business_day = tai_query_dup_text (query, 3);
  shift->state = state;
  shift->opened_us = tai_query_get_int (query, 5);
  shift->closed_us = tai_query_get_int (query, 6);
  shift->float_amount = tai_money (tai_query_get_int (query, 7), currency);
  shift->counted = tai_money (tai_query_get_int (query, 8), currency);
  shift->expected = tai_money (tai_query_get_int (query, 9), currency);
  shift->z_number = (gint32)tai_query_get_int (query, 11);
  shift->opening_expected = tai_money (tai_query_get_int (query, 12), currency);
  shift->n_counts = tai_query_get_int (query, 13);
  shift->last_count = tai_money (tai_query_get_int (query, 14), shift->n_counts > 0 ? currency : 0);
  shift->n_supplements = tai_query_get_int (query, 15);
  return shift;
}

static TaiShift *
find_one (TaiVisitStore *store, const TaiSql *sql, const char *value, GError **error)
{
  g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (store)->db, sql, error, "t", value);
  int step = query ? tai_query_next (query, error) : -1;

  return step > 0 ? load_shift (query, error) : NULL;
}

TaiShift *
tai_store_find_open_shift (TaiVisitStore *store, const char *till, GError **error)
{
  static const TaiSql select = {"shift.find_open",
                                "SELECT " COLUMNS " FROM shift WHERE till = ? AND state <> 'closed'"};

  return find_one (store, &select, till, error);
}

TaiShift *
tai_store_find_last_closed_shift (TaiVisitStore *store, const char *till, GError **error)
{
  static const TaiSql select = {"shift.find_closed",
                                "SELECT " COLUMNS " FROM shift WHERE till = ? AND z_number > 0 "
                                "ORDER BY z_number DESC LIMIT 1"};

  return find_one (store, &select, till, error);
}

TaiShift *
tai_store_find_shift (TaiVisitStore *store, const char *shift_id, GError **error)
{
  static const TaiSql select = {"shift.find", "SELECT " COLUMNS " FROM shift WHERE id = ?"};

  return find_one (store, &select, shift_id, error);
}

TaiShift *
tai_store_find_z (TaiVisitStore *store, const char *till, gint32 z_number, GError **error)
{
  static const TaiSql select = {
      "shift.find_z", "SELECT " COLUMNS " FROM shift WHERE till = ? AND z_number = ? AND z_number > 0"};
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (store)->db, &select, error, "ti", till, (gint64)z_number);
  int step = query ? tai_query_next (query, error) : -1;

  return step > 0 ? load_shift (query, error) : NULL;
}

TaiShift *
tai_store_find_shift_of (TaiVisitStore *store, const TaiUuid *order_id, const TaiUuid *payment_id,
                         GError **error)
{
  static const TaiSql select = {
      "shift.find_of",
      "SELECT " COLUMNS " FROM shift WHERE id = coalesce ((SELECT o.shift_id FROM "
      "customer_order o WHERE o.id = ?), (SELECT p.shift_id FROM payment p WHERE p.id = ?))"};
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (store)->db, &select, error, "uu", order_id, payment_id);
  int step = query ? tai_query_next (query, error) : -1;

  return step > 0 ? load_shift (query, error) : NULL;
}

static GPtrArray *
load_shifts (TaiQuery *query, GError **error)
{
  g_autoptr (GPtrArray) shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_free);
  int step;

  if (query == NULL)
    return NULL;
  while ((step = tai_query_next (query, error)) > 0) {
    TaiShift *shift = load_shift (query, error);
    if (shift == NULL)
      return NULL;
    g_ptr_array_add (shifts, shift);
  }
  return step == 0 ? g_steal_pointer (&shifts) : NULL;
}

GPtrArray *
tai_store_list_shifts (TaiDatabase *db, const char *from, const char *until, GError **error)
{
  static const TaiSql select = {"shift.list", "SELECT " COLUMNS
                                              " FROM shift WHERE business_day BETWEEN ? AND ? ORDER BY n"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "tt", from, until);

  return load_shifts (query, error);
}

GPtrArray *
tai_store_list_open_shifts (TaiVisitStore *store, GError **error)
{
  static const TaiSql select = {"shift.list_open",
                                "SELECT " COLUMNS " FROM shift WHERE state <> 'closed' ORDER BY n"};
  g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (store)->db, &select, error, "");

  return load_shifts (query, error);
}
