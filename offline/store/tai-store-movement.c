/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happened to a drawer in one shift. Rows are only ever appended and a closed shift takes none, so a shift's rows lie
 * together: its first is found by halving, without an index that each sale would have to keep. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"

/* @drawer: (owned) its account */
typedef struct {
  TaiDatabase *db;
  const char *shift_id;
  gint64 shift_n, opened_us;
  char *drawer;
  guint16 currency;
} Scope;

static void
scope_clear (Scope *self)
{
  g_clear_pointer (&self->drawer, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scope, scope_clear)

/* The first row whose shift is @shift_n or a later one; one after the last if there is none. @probe: row and shift of the first row from ? on that has a shift. */
static gboolean
find_first (const Scope *scope, const TaiSql *probe, const TaiSql *last, gint64 shift_n, gint64 *first,
            GError **error)
{
  gint64 low = 1, high;

  if (!tai_database_get_int (scope->db, last, 0, &high, error, ""))
    return FALSE;
  *first = ++high;
  while (low < high) {
    gint64 middle = low + (high - low) / 2;
    g_autoptr (TaiQuery) query = tai_database_query (scope->db, probe, error, "i", middle);
    int step = query != NULL ? tai_query_next (query, error) : -1;

    if (step < 0)
      return FALSE;
    if (step > 0 && tai_query_get_int (query, 1) < shift_n)
      low = tai_query_get_int (query, 0) + 1;
    else {
      high = middle;
      *first = step > 0 ? tai_query_get_int (query, 0) : *first;
    }
  }
  return TRUE;
}

/* Money ------------------------------------------------------------------------------------------------------------------ */

static TaiMovementKind
kind_of_event (const char *event)
{
  if (g_str_has_suffix (event, "_sale"))
    return TAI_MOVEMENT_SALE;
  return g_str_has_prefix (event, "refund") ? TAI_MOVEMENT_REFUND : TAI_MOVEMENT_OTHER;
}

static TaiShiftMovement *
load_money (const Scope *scope, TaiQuery *query)
{
  TaiShiftMovement *one =
      tai_shift_movement_new (kind_of_event (tai_query_get_text (query, 0)), tai_query_get_int (query, 2));

  one->event = tai_query_dup_text (query, 0);
  one->clerk = tai_query_dup_text (query, 1);
  one->drawer = tai_money (tai_query_get_int (query, 3), scope->currency);
  one->tender = tai_query_dup_text (query, 4);
  if (one->tender != NULL) {
    one->amount = tai_money (tai_query_get_int (query, 5), scope->currency);
    one->received = tai_money (tai_query_get_int (query, 6), scope->currency);
    one->change = tai_money (tai_query_get_int (query, 7), scope->currency);
  } else
    one->amount = one->drawer;
  one->receipt_number = tai_query_dup_text (query, 8);
  one->operation = tai_query_dup_text (query, 9);
  one->n_orders = tai_query_get_int (query, 10);
  one->order_id = tai_query_get_uuid (query, 11);
  one->payment_id = tai_query_get_uuid (query, 12);
  return one;
}

/* Opening and closing differences belong to the counts, which the shift tells. What neither touched a drawer nor was paid (HQ's
 * refusals) is no movement. */
static gboolean
add_money (const Scope *scope, GPtrArray *list, GError **error)
{
  static const TaiSql last = {"movement.last_set", "SELECT max (n) FROM posting_set"};
  static const TaiSql probe = {"movement.probe_set",
                               "SELECT p.n, s.n FROM posting_set p CROSS JOIN shift s ON s.id = p.shift_id "
                               "WHERE p.n >= ? ORDER BY p.n LIMIT 1"};
  static const TaiSql select = {
      "movement.money",
      "SELECT * FROM (SELECT t.event, t.clerk, t.time_us, (SELECT sum (p.amount_minor) FROM posting p WHERE "
      "p.k BETWEEN t.n * 4096 AND t.n * 4096 + 4095 AND p.account = ?4) AS drawer, y.tender AS tender, "
      "y.amount_minor, y.received_minor, y.change_minor, coalesce (o.receipt_number, d.receipt_number), coalesce "
      "(o.operation, d.operation), (SELECT count (*) FROM allocation a WHERE a.payment_n = t.payment_n), o.id, y.id FROM "
      "posting_set t LEFT JOIN payment y ON y.n = t.payment_n LEFT JOIN debt d ON d.order_id = y.debt_id LEFT JOIN "
      "customer_order o ON o.n = coalesce (t.order_n, (SELECT min (a.order_n) FROM allocation a WHERE a.payment_n = "
      "t.payment_n)) WHERE t.n >= ?1 AND t.n < ?2 AND t.shift_id = ?3 AND t.event NOT IN ('opening_difference', "
      "'count_difference') AND (t.event <> 'float' OR t.time_us > ?5) ORDER BY t.n) "
      "WHERE drawer IS NOT NULL OR tender IS NOT NULL"};
  g_autoptr (TaiQuery) query = NULL;
  gint64 first, end;
  int step;

  if (!find_first (scope, &probe, &last, scope->shift_n, &first, error) ||
      !find_first (scope, &probe, &last, scope->shift_n + 1, &end, error))
    return FALSE;
  query = tai_database_query (scope->db, &select, error, "iitti", first, end, scope->shift_id, scope->drawer,
                              scope->opened_us);
  while ((step = query != NULL ? tai_query_next (query, error) : -1) > 0)
    g_ptr_array_add (list, load_money (scope, query));
  return step == 0;
}

/* What is no money -------------------------------------------------------------------------------------------------------- */

static gboolean
take_staff_cb (const char *name, const char *value, gpointer data, GError **error)
{
  char **staff = data;

  if (g_str_equal (name, "staff") && *staff == NULL)
    *staff = g_strdup (value);
  return TRUE;
}

static const struct {
  const char *name;
  TaiMovementKind kind;
} noted_kinds[] = {
    {"drawer_opened", TAI_MOVEMENT_NO_SALE}, {"reprint", TAI_MOVEMENT_REPRINT}, {"undo", TAI_MOVEMENT_UNDO}};

static TaiShiftMovement *
load_note (TaiQuery *query, GError **error)
{
  const char *name = tai_query_get_text (query, 0);
  g_autoptr (GBytes) record = tai_query_dup_bytes (query, 3);
  TaiShiftMovement *one = tai_shift_movement_new (TAI_MOVEMENT_NO_SALE, tai_query_get_int (query, 2));

  for (guint i = 0; i < G_N_ELEMENTS (noted_kinds); i++)
    if (g_str_equal (name, noted_kinds[i].name))
      one->kind = noted_kinds[i].kind;
  if (one->kind != TAI_MOVEMENT_NO_SALE)
    one->receipt_number = tai_query_dup_text (query, 1);
  if (!tai_canonical_parse (record, take_staff_cb, &one->clerk, error))
    g_clear_pointer (&one, tai_shift_movement_free);
  return one;
}

/* Notes without a shift count where they stand: between the opening of this one and its close. */
static gboolean
add_notes (const Scope *scope, GPtrArray *list, GError **error)
{
  static const TaiSql last = {"movement.last_entry", "SELECT max (seq) FROM journal"};
  static const TaiSql probe = {"movement.probe_entry",
                               "SELECT j.seq, s.n FROM journal j CROSS JOIN shift s ON s.id = j.shift_id "
                               "WHERE j.seq >= ? ORDER BY j.seq LIMIT 1"};
  static const TaiSql closed = {"movement.closed",
                                "SELECT seq FROM journal WHERE seq >= ?1 AND seq < ?2 AND shift_id = ?3 AND "
                                "kind = 'till_closed' ORDER BY seq DESC LIMIT 1"};
  static const TaiSql select = {"movement.notes",
                                "SELECT kind, subject, time_us, record FROM journal WHERE seq >= ? AND "
                                "seq < ? AND kind IN ('drawer_opened', 'reprint', 'undo') ORDER BY seq"};
  g_autoptr (TaiQuery) query = NULL;
  gint64 first, end;
  int step;

  if (!find_first (scope, &probe, &last, scope->shift_n, &first, error) ||
      !find_first (scope, &probe, &last, scope->shift_n + 1, &end, error) ||
      !tai_database_get_int (scope->db, &closed, end, &end, error, "iit", first, end, scope->shift_id))
    return FALSE;
  query = tai_database_query (scope->db, &select, error, "ii", first, end);
  while ((step = query != NULL ? tai_query_next (query, error) : -1) > 0) {
    TaiShiftMovement *one = load_note (query, error);
    if (one == NULL)
      return FALSE;
    g_ptr_array_add (list, one);
  }
  return step == 0;
}

/* The whole --------------------------------------------------------------------------------------------------------------- */

static TaiShiftMovement *
new_count (const TaiShift *shift, gboolean is_close)
{
  TaiShiftMovement *one = tai_shift_movement_new (is_close ? TAI_MOVEMENT_CLOSED : TAI_MOVEMENT_OPENED,
                                                  is_close ? shift->closed_us : shift->opened_us);

  one->clerk = g_strdup (shift->clerk);
  one->amount = is_close ? shift->counted : shift->float_amount;
  return one;
}

/* Two lists that are sorted each; of the same time money first. */
static GPtrArray *
merge (const TaiShift *shift, GPtrArray *money, GPtrArray *notes)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_movement_free);
  guint m = 0, n = 0;

  g_ptr_array_add (list, new_count (shift, FALSE));
  while (m < money->len || n < notes->len) {
    const TaiShiftMovement *next_money = m < money->len ? money->pdata[m] : NULL,
                           *next_note = n < notes->len ? notes->pdata[n] : NULL;
    gboolean is_money =
        next_note == NULL || (next_money != NULL && next_money->time_us <= next_note->time_us);
    g_ptr_array_add (list, is_money ? money->pdata[m++] : notes->pdata[n++]);
  }
  if (shift->state == TAI_SHIFT_CLOSED)
    g_ptr_array_add (list, new_count (shift, TRUE));
  return list;
}

static gboolean
add_balances (GPtrArray *list, TaiMoney balance, GError **error)
{
  for (guint i = 0; i < list->len; i++) {
    TaiShiftMovement *one = g_ptr_array_index (list, i);
    if (one->drawer.currency != 0 && !tai_money_add (balance, one->drawer, &balance, error))
      return FALSE;
    one->balance = balance;
  }
  return TRUE;
}

static gboolean
find_scope (Scope *scope, const TaiShift *shift, GError **error)
{
  static const TaiSql select = {"movement.shift", "SELECT n FROM shift WHERE id = ?"};

  scope->shift_id = shift->id.text;
  scope->opened_us = shift->opened_us;
  scope->drawer = g_strconcat (TAI_ACCOUNT_DRAWER ":", shift->till, NULL);
  return tai_database_get_int (scope->db, &select, 0, &scope->shift_n, error, "t", shift->id.text);
}

GPtrArray *
tai_store_list_movements (TaiVisitStore *store, const char *shift_id, GError **error)
{
  TaiStore *self = TAI_STORE (store);
  g_auto (Scope) scope = {.db = self->db, .currency = self->currency};
  g_autoptr (GPtrArray) money = g_ptr_array_new (), notes = g_ptr_array_new (), list = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = tai_store_find_shift (store, shift_id, &local_error);
  gboolean good;

  if (shift == NULL) {
    if (local_error != NULL)
      g_propagate_error (error, g_steal_pointer (&local_error));
    else
      g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "no shift %s", shift_id);
    return NULL;
  }
  good = find_scope (&scope, shift, error) && add_money (&scope, money, error) &&
         add_notes (&scope, notes, error);
  list = merge (shift, money, notes); /* owns them all */
  return good && add_balances (list, shift->float_amount, error) ? g_steal_pointer (&list) : NULL;
}
