/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The outbox: messages are facts, their way to a destination is a small row that is rewritten. "ready" is FALSE while the
 * message that a row waits for is not acknowledged, so that the queue is one walk over one partial index however long it is.
 * On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"
#include "tai-limits.h"
#include "tai-offline-error.h"

#define DEFAULT_LIMIT 100

void
tai_store_forget_next_due (TaiStore *self)
{
  g_hash_table_remove_all (self->next_due);
}

gboolean
tai_store_count_open (TaiStore *self, GError **error)
{
  static const TaiSql count = {
      "outbox.count_open", "SELECT count (*) FROM outbox WHERE state NOT IN ('acknowledged', 'superseded')"};

  return tai_database_get_int (self->db, &count, 0, &self->n_open, error, "");
}

/* Into the queue ------------------------------------------------------------------------------------------------------ */

static gboolean
fail_unknown (const char *what, const TaiUuid *key, GError **error)
{
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "%s no message %s", what,
               key->text);
  return FALSE;
}

static gboolean
check_limits (TaiCommit *self, const TaiMessage *message, GError **error)
{
  TaiStore *store = self->store;

  if (message->body == NULL || g_bytes_get_size (message->body) > TAI_LIMIT_MESSAGE_BYTES) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "a message has 1 to %d bytes",
                 TAI_LIMIT_MESSAGE_BYTES);
    return FALSE;
  }
  /* n_open only grows with each commit; what went out is counted off when it seems full. */
  if (store->n_open + self->n_messages >= TAI_LIMIT_OUTBOX_MESSAGES && !tai_store_count_open (store, error))
    return FALSE;
  if (store->n_open >= TAI_LIMIT_OUTBOX_MESSAGES) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "%d messages wait to be sent",
                 TAI_LIMIT_OUTBOX_MESSAGES);
    return FALSE;
  }
  self->n_messages++;
  return TRUE;
}

static gboolean
take_sequence (TaiCommit *self, gint64 seq, GError **error)
{
  if (seq == 0)
    return TRUE;
  if (seq == self->heads.next_terminal_seq) {
    self->heads.next_terminal_seq++;
    return TRUE;
  }
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_SERIES,
               "terminal sequence %" G_GINT64_FORMAT ", the next is %" G_GINT64_FORMAT, seq,
               self->heads.next_terminal_seq);
  return FALSE;
}

static gboolean
find_row (TaiCommit *self, const TaiUuid *key, const char *destination, gint64 *row, guint *state,
          GError **error)
{
  static const TaiSql select = {"outbox.find", "SELECT m.n, o.state FROM message m JOIN outbox o USING (n) "
                                               "WHERE m.key = ? AND m.destination = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "ut", key, destination);
  int step = query ? tai_query_next (query, error) : -1;

  *row = 0;
  if (step <= 0)
    return step == 0;
  *row = tai_query_get_int (query, 0);
  return tai_store_parse_state (&tai_message_states, tai_query_get_text (query, 1), state, error);
}

/* What depended on the refused message waits for its fix from now on. */
static gboolean
supersede (TaiCommit *self, const TaiMessage *message, gint64 row, GError **error)
{
  static const TaiSql update = {"outbox.supersede",
                                "UPDATE outbox SET state = 'superseded', ready = 1 WHERE n = ?"};
  static const TaiSql follow = {"outbox.follow", "UPDATE outbox SET dep_n = ? WHERE dep_n = ? AND ready = 0"};
  gint64 old;
  guint state;

  if (message->supersedes.text[0] == '\0')
    return TRUE;
  if (!find_row (self, &message->supersedes, message->destination, &old, &state, error))
    return FALSE;
  if (old == 0)
    return fail_unknown ("supersedes", &message->supersedes, error);
  return tai_state_check_move (&tai_message_states, state, TAI_MESSAGE_SUPERSEDED, error) &&
         tai_database_run (self->db, &update, error, "i", old) &&
         tai_database_run (self->db, &follow, error, "ii", row, old);
}

static gboolean
find_dependency (TaiCommit *self, const TaiMessage *message, gint64 *dep_n, gboolean *ready, GError **error)
{
  guint state = TAI_MESSAGE_ACKNOWLEDGED;

  *dep_n = 0;
  *ready = TRUE;
  if (message->depends_on.text[0] == '\0')
    return TRUE;
  if (!find_row (self, &message->depends_on, message->destination, dep_n, &state, error))
    return FALSE;
  if (*dep_n == 0)
    return fail_unknown ("depends on", &message->depends_on, error);
  *ready = state == TAI_MESSAGE_ACKNOWLEDGED;
  return TRUE;
}

static gboolean
find_order (TaiCommit *self, const TaiMessage *message, gint64 *order_n, GError **error)
{
  *order_n = 0;
  if (message->order_id.text[0] == '\0')
    return TRUE;
  if (!tai_commit_find_order (self, &message->order_id, order_n, error))
    return FALSE;
  if (*order_n == 0)
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "a message for no order %s",
                 message->order_id.text);
  return *order_n != 0;
}

/* The digest is the contract with HQ: what is stored is what was hashed. */
static gboolean
check_digest (const TaiMessage *message, GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (message->body, &size);

  if (tai_digest_equal (tai_digest_bytes (data, size), message->digest))
    return TRUE;
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_FAILED, "message %s: the digest is not its body's",
               message->key.text);
  return FALSE;
}

gboolean
tai_commit_message (TaiCommit *self, const TaiMessage *message, GError **error)
{
  static const TaiSql insert = {
      "message.insert",
      "INSERT INTO message (destination, key, sale_id, step, depends_on, supersedes, order_n, path, digest, "
      "terminal_seq, created_us, body) VALUES (?, ?, ?, ?, ?, ?, nullif (?, 0), ?, ?, ?, ?, ?)"};
  static const TaiSql queue = {"outbox.insert",
                               "INSERT INTO outbox (n, destination, state, ready, dep_n, created_us) "
                               "VALUES (?, ?, 'waiting', ?, nullif (?, 0), ?)"};
  gint64 order_n, dep_n, row;
  gboolean ready;

  if (!check_limits (self, message, error) || !check_digest (message, error) ||
      !take_sequence (self, message->terminal_seq, error) || !find_order (self, message, &order_n, error) ||
      !find_dependency (self, message, &dep_n, &ready, error) ||
      !tai_database_run (self->db, &insert, error, "tuuwuuitdiib", message->destination, &message->key,
                         &message->sale_id, (int)message->step, &message->depends_on, &message->supersedes,
                         order_n, message->path, &message->digest, message->terminal_seq, self->now_us,
                         message->body))
    return FALSE;
  row = tai_database_get_last_row (self->db);
  return supersede (self, message, row, error) &&
         tai_database_run (self->db, &queue, error, "itwii", row, message->destination, (int)ready, dep_n,
                           self->now_us);
}

/* Reading the queue --------------------------------------------------------------------------------------------------- */

#define COLUMNS                                                                                              \
  "o.n, m.destination, m.key, m.sale_id, m.step, m.depends_on, m.supersedes, m.path, m.digest, "             \
  "m.terminal_seq, m.body, o.state, o.attempts, o.next_try_us, o.last_error, o.created_us, c.id"

static TaiOutboxRow *
load_row (TaiQuery *query, GError **error)
{
  g_autoptr (TaiOutboxRow) row = g_new0 (TaiOutboxRow, 1);
  TaiMessage *message = row->message = g_new0 (TaiMessage, 1);
  guint state;

  row->row = tai_query_get_int (query, 0);
  message->destination = tai_query_dup_text (query, 1);
  message->key = tai_query_get_uuid (query, 2);
  message->sale_id = tai_query_get_uuid (query, 3);
  message->step = (gint32)tai_query_get_int (query, 4);
  message->depends_on = tai_query_get_uuid (query, 5);
  message->supersedes = tai_query_get_uuid (query, 6);
  message->path = tai_query_dup_text (query, 7);
  message->digest = tai_query_get_digest (query, 8);
  message->terminal_seq = tai_query_get_int (query, 9);
  message->body = tai_query_dup_bytes (query, 10);
  message->order_id = tai_query_get_uuid (query, 16);
  row->attempts = (gint32)tai_query_get_int (query, 12);
  row->next_try_us = tai_query_get_int (query, 13);
  row->last_error = tai_query_dup_text (query, 14);
  row->created_us = tai_query_get_int (query, 15);
  if (!tai_store_parse_state (&tai_message_states, tai_query_get_text (query, 11), &state, error))
    return NULL;
  row->state = state;
  return g_steal_pointer (&row);
}

static GPtrArray *
load_rows (TaiQuery *query, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_outbox_row_free);
  int step;

  if (query == NULL)
    return NULL;
  while ((step = tai_query_next (query, error)) > 0) {
    TaiOutboxRow *row = load_row (query, error);
    if (row == NULL)
      return NULL;
    g_ptr_array_add (rows, row);
  }
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}

/* The walk: open rows of a destination that wait for nobody, in the order in which they were written. */
#define QUEUE                                                                                                \
  "FROM outbox o INDEXED BY outbox_open WHERE o.state NOT IN ('acknowledged', 'superseded') "                \
  "AND o.destination = ?1 AND o.ready = 1 AND o.state IN ('waiting', 'asking') "

static GPtrArray *
store_due (TaiOutbox *outbox, const char *destination, gint64 now_us, guint limit, GError **error)
{
  static const TaiSql select = {"outbox.due", "SELECT " COLUMNS " FROM (SELECT o.n AS due_n " QUEUE
                                              "AND o.next_try_us <= ?2 ORDER BY o.n LIMIT ?3) "
                                              "JOIN outbox o ON o.n = due_n JOIN message m ON m.n = due_n "
                                              "LEFT JOIN customer_order c ON c.n = m.order_n ORDER BY due_n"};
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (outbox)->db, &select, error, "tii", destination, now_us, (gint64)limit);

  return load_rows (query, error);
}

/* Asked after every step of the engine, hence remembered until a row changes. */
static gint64
store_next_due_us (TaiOutbox *outbox, const char *destination)
{
  static const TaiSql select = {"outbox.next_due", "SELECT min (o.next_try_us) " QUEUE};
  /* The usual answer on a busy day, found at the first row. */
  static const TaiSql at_once = {"outbox.due_at_once", "SELECT 0 " QUEUE "AND o.next_try_us = 0 LIMIT 1"};
  TaiStore *self = TAI_STORE (outbox);
  gint64 *known = g_hash_table_lookup (self->next_due, destination);
  gint64 next = 0;

  if (known != NULL)
    return *known;
  /* An error here is no answer: the engine asks due(), which says what is wrong. */
  if (!tai_database_get_int (self->db, &at_once, 1, &next, NULL, "t", destination) ||
      (next != 0 && !tai_database_get_int (self->db, &select, G_MAXINT64, &next, NULL, "t", destination)))
    return 0;
  known = g_new (gint64, 1);
  *known = next;
  g_hash_table_insert (self->next_due, g_strdup (destination), known);
  return next;
}

static GPtrArray *
store_list (TaiOutbox *outbox, const char *destination, TaiMessageState state, guint limit, GError **error)
{
  static const TaiSql open = {
      "outbox.list_open",
      "SELECT " COLUMNS " FROM outbox o JOIN message m ON m.n = o.n LEFT JOIN customer_order c "
      "ON c.n = m.order_n WHERE o.state NOT IN ('acknowledged', 'superseded') AND "
      "o.destination = ?1 AND o.ready IN (0, 1) AND o.state = ?2 ORDER BY o.n LIMIT ?3"};
  static const TaiSql done = {
      "outbox.list_done",
      "SELECT " COLUMNS " FROM outbox o JOIN message m ON m.n = o.n LEFT JOIN customer_order c "
      "ON c.n = m.order_n WHERE o.destination = ?1 AND o.state = ?2 ORDER BY o.n LIMIT ?3"};
  gboolean is_done = state == TAI_MESSAGE_ACKNOWLEDGED || state == TAI_MESSAGE_SUPERSEDED;
  g_autoptr (TaiQuery) query = tai_database_query (
      TAI_STORE (outbox)->db, is_done ? &done : &open, error, "tti", destination,
      tai_state_to_text (&tai_message_states, state), (gint64)(limit ? limit : DEFAULT_LIMIT));

  return load_rows (query, error);
}

TaiOutboxRow *
tai_store_find_message (TaiVisitStore *store, const char *destination, const char *key, GError **error)
{
  static const TaiSql select = {"outbox.by_key",
                                "SELECT " COLUMNS
                                " FROM message m JOIN outbox o ON o.n = m.n LEFT JOIN customer_order c "
                                "ON c.n = m.order_n WHERE m.key = ? AND m.destination = ?"};
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (store)->db, &select, error, "tt", key, destination);
  int step = query ? tai_query_next (query, error) : -1;

  return step > 0 ? load_row (query, error) : NULL;
}

static gboolean
count_state (TaiQuery *query, TaiOutboxCounts *counts, GError **error)
{
  gint64 n = tai_query_get_int (query, 1), oldest = tai_query_get_int (query, 2);
  guint state;

  if (!tai_store_parse_state (&tai_message_states, tai_query_get_text (query, 0), &state, error))
    return FALSE;
  if (state == TAI_MESSAGE_WAITING)
    counts->waiting = n;
  else if (state == TAI_MESSAGE_IN_FLIGHT)
    counts->in_flight = n;
  else if (state == TAI_MESSAGE_ASKING)
    counts->asking = n;
  else if (state == TAI_MESSAGE_QUARANTINED)
    counts->quarantined = n;
  if (counts->oldest_us == 0 || oldest < counts->oldest_us)
    counts->oldest_us = oldest;
  return TRUE;
}

/* A sale is two messages or more; people count customers. */
static gboolean
count_visits (TaiDatabase *db, const char *destination, TaiOutboxCounts *counts, GError **error)
{
  static const TaiSql select = {
      "outbox.visits",
      "SELECT count (DISTINCT coalesce (c.visit_id, p.visit_id)) FROM (SELECT n AS row FROM outbox WHERE state "
      "NOT IN ('acknowledged', 'superseded') AND state <> 'quarantined' AND destination = ?1 AND ready IN (0, "
      "1) ORDER BY n LIMIT ?2) JOIN message m ON m.n = row LEFT JOIN customer_order c ON c.n = m.order_n LEFT "
      "JOIN payment p ON p.id = m.key"};

  counts->more_visits = counts->waiting + counts->in_flight + counts->asking > TAI_OUTBOX_VISITS_AMONG;
  return tai_database_get_int (db, &select, 0, &counts->visits, error, "ti", destination,
                               (gint64)TAI_OUTBOX_VISITS_AMONG);
}

static gboolean
store_counts (TaiOutbox *outbox, const char *destination, TaiOutboxCounts *counts, GError **error)
{
  static const TaiSql open = {
      "outbox.counts",
      "SELECT state, count (*), min (created_us) FROM outbox WHERE state NOT IN ('acknowledged', "
      "'superseded') AND destination = ? GROUP BY state"};
  static const TaiSql done = {
      "outbox.count_done", "SELECT count (*) FROM outbox WHERE state = 'acknowledged' AND destination = ?"};
  TaiDatabase *db = TAI_STORE (outbox)->db;
  g_autoptr (TaiQuery) query = tai_database_query (db, &open, error, "t", destination);
  int step;

  *counts = (TaiOutboxCounts){0};
  if (query == NULL)
    return FALSE;
  while ((step = tai_query_next (query, error)) > 0)
    if (!count_state (query, counts, error))
      return FALSE;
  return step == 0 && tai_database_get_int (db, &done, 0, &counts->acknowledged, error, "t", destination) &&
         count_visits (db, destination, counts, error);
}

/* Marks ----------------------------------------------------------------------------------------------------------------- */

static gboolean
load_mark (TaiDatabase *db, gint64 row, guint *state, gint64 *order_n, GError **error)
{
  static const TaiSql select = {"outbox.state",
                                "SELECT o.state, m.order_n FROM outbox o JOIN message m USING (n) "
                                "WHERE o.n = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "i", row);
  int step = query ? tai_query_next (query, error) : -1;

  if (step == 0)
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD,
                 "no outbox row %" G_GINT64_FORMAT, row);
  if (step <= 0)
    return FALSE;
  *order_n = tai_query_get_int (query, 1);
  return tai_store_parse_state (&tai_message_states, tai_query_get_text (query, 0), state, error);
}

/* Asked without an answer: it is no move, it is only put off. */
static gboolean
check_mark (guint from, guint to, GError **error)
{
  return (from == TAI_MESSAGE_ASKING && to == TAI_MESSAGE_ASKING) ||
         tai_state_check_move (&tai_message_states, from, to, error);
}

static gboolean
apply_mark (TaiDatabase *db, const TaiOutboxMark *mark, gint64 now_us, GError **error)
{
  static const TaiSql update = {"outbox.mark",
                                "UPDATE outbox SET state = ?, next_try_us = ?, attempts = attempts + ?, "
                                "last_error = ? WHERE n = ?"};
  static const TaiSql unblock = {"outbox.unblock",
                                 "UPDATE outbox SET ready = 1 WHERE dep_n = ? AND ready = 0"};
  gint64 order_n;
  guint from;

  if (!load_mark (db, mark->row, &from, &order_n, error) || !check_mark (from, mark->to, error) ||
      !tai_database_run (db, &update, error, "tiwti", tai_state_to_text (&tai_message_states, mark->to),
                         mark->next_try_us, (int)mark->count_attempt, mark->error, mark->row))
    return FALSE;
  if (mark->to != TAI_MESSAGE_ACKNOWLEDGED)
    return TRUE;
  return tai_database_run (db, &unblock, error, "i", mark->row) &&
         (order_n == 0 || tai_order_row_acknowledge (db, order_n, now_us, error));
}

/* What a person decides. Given up without a fix, what waits for it would wait for ever. */
gboolean
tai_commit_message_state (TaiCommit *self, const TaiMessageStateFact *fact, GError **error)
{
  static const TaiSql update = {"outbox.decide",
                                "UPDATE outbox SET state = ?1, next_try_us = 0, last_error = "
                                "iif (?1 = 'waiting', NULL, last_error) WHERE n = ?2"};
  static const TaiSql awaited = {"outbox.awaited",
                                 "SELECT count (*) FROM outbox WHERE dep_n = ? AND ready = 0"};
  gint64 order_n, n_waiting = 0;
  guint from;

  if (!load_mark (self->db, fact->row, &from, &order_n, error) ||
      !tai_state_check_move (&tai_message_states, from, fact->to, error))
    return FALSE;
  if (fact->to == TAI_MESSAGE_SUPERSEDED &&
      !tai_database_get_int (self->db, &awaited, 0, &n_waiting, error, "i", fact->row))
    return FALSE;
  if (from != TAI_MESSAGE_QUARANTINED || n_waiting > 0) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE,
                 n_waiting > 0 ? "other messages wait for row %" G_GINT64_FORMAT
                               : "row %" G_GINT64_FORMAT " is not quarantined",
                 fact->row);
    return FALSE;
  }
  self->wakes_outbox = TRUE;
  return tai_database_run (self->db, &update, error, "ti", tai_state_to_text (&tai_message_states, fact->to),
                           fact->row);
}

static gboolean
apply_marks (TaiDatabase *db, const TaiOutboxMark *marks, guint n, gint64 now_us, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (!apply_mark (db, &marks[i], now_us, error))
      return FALSE;
  return TRUE;
}

/* Rolls back unless @good and committed. */
static gboolean
end_transaction (TaiStore *self, gboolean good, GError **error)
{
  if (good && tai_database_commit (self->db, error)) {
    tai_store_forget_next_due (self);
    tai_store_limit_log (self);
    return TRUE;
  }
  tai_database_rollback (self->db);
  return FALSE;
}

static gboolean
begin_transaction (TaiStore *self, GError **error)
{
  return tai_store_check_writable (self, error) && tai_database_begin (self->db, error);
}

static gboolean
store_mark (TaiOutbox *outbox, const TaiOutboxMark *marks, guint n, gint64 now_us, GError **error)
{
  TaiStore *self = TAI_STORE (outbox);

  if (n == 0)
    return TRUE;
  return begin_transaction (self, error) &&
         end_transaction (self, apply_marks (self->db, marks, n, now_us, error), error);
}

static gboolean
store_recover (TaiOutbox *outbox, const char *destination, GError **error)
{
  static const TaiSql update = {
      "outbox.recover",
      "UPDATE outbox SET state = iif (state = 'in_flight', 'asking', state), next_try_us = 0 WHERE state NOT IN "
      "('acknowledged', 'superseded') AND destination = ? AND ready IN (0, 1) AND (state = 'in_flight' OR "
      "(next_try_us > 0 AND state <> 'quarantined'))"};
  TaiStore *self = TAI_STORE (outbox);

  return begin_transaction (self, error) &&
         end_transaction (self, tai_database_run (self->db, &update, error, "t", destination), error);
}

/* HQ's marks -------------------------------------------------------------------------------------------------------- */

/* Sequences and rows grow together: what HQ has proved up to a sequence it has proved up to that message's row, also of the
 * messages between that carry none. */
#define SAFE_ROW                                                                                             \
  "coalesce ((SELECT n FROM message WHERE destination = ?1 AND terminal_seq BETWEEN 1 AND ?2 ORDER BY n DESC LIMIT 1), 0)"

static gboolean
run_resend (TaiStore *self, const char *destination, gint64 safe_seq, gint64 now_us, gint64 *n,
            GError **error)
{
  static const TaiSql resend = {
      "outbox.resend",
      "UPDATE outbox SET state = 'waiting', next_try_us = ?3, last_error = NULL WHERE destination = ?1 AND "
      "state = 'acknowledged' AND n > " SAFE_ROW " AND EXISTS (SELECT 1 FROM message m WHERE m.n = "
      "outbox.n AND m.body IS NOT NULL)"};
  static const TaiSql block = {
      "outbox.block",
      "UPDATE outbox SET ready = 0 WHERE destination = ? AND dep_n IS NOT NULL AND state NOT IN "
      "('acknowledged', 'superseded') AND (SELECT state FROM outbox d WHERE d.n = outbox.dep_n) <> "
      "'acknowledged'"};

  if (!tai_database_run (self->db, &resend, error, "tii", destination, safe_seq, now_us))
    return FALSE;
  *n = tai_database_get_changes (self->db);
  return tai_database_run (self->db, &block, error, "t", destination);
}

static gint64
store_resend_above (TaiOutbox *outbox, const char *destination, gint64 safe_seq, gint64 now_us,
                    GError **error)
{
  TaiStore *self = TAI_STORE (outbox);
  gint64 n = 0;

  if (!begin_transaction (self, error) ||
      !end_transaction (self, run_resend (self, destination, safe_seq, now_us, &n, error), error))
    return -1;
  self->n_open += n;
  return n;
}

/* Where the next purge may begin: all before it is gone. */
static gboolean
skip_purged (TaiStore *self, GError **error)
{
  static const TaiSql select = {"message.purged",
                                "SELECT n FROM message WHERE n >= ? AND body IS NOT NULL ORDER BY n LIMIT 1"};

  return tai_database_get_int (self->db, &select, self->first_body, &self->first_body, error, "i",
                               self->first_body);
}

static gboolean
run_purge (TaiStore *self, const char *destination, gint64 safe_seq, gint64 *n, GError **error)
{
  static const TaiSql bodies = {
      "message.purge",
      "UPDATE message SET body = NULL WHERE destination = ?1 AND body IS NOT NULL AND n BETWEEN ?3 AND " SAFE_ROW
      " AND (SELECT state FROM outbox o WHERE o.n = message.n) = 'acknowledged'"};
  static const TaiSql boxes = {
      "order.purge",
      "UPDATE customer_order SET sealed_hq = NULL, sealed_terminal = NULL WHERE (sealed_hq IS NOT NULL OR "
      "sealed_terminal IS NOT NULL) AND terminal_seq BETWEEN 1 AND ? AND state NOT IN ('draft', 'placed', "
      "'paid', 'sent')"};

  if (!skip_purged (self, error) ||
      !tai_database_run (self->db, &bodies, error, "tii", destination, safe_seq, self->first_body))
    return FALSE;
  *n = tai_database_get_changes (self->db);
  return tai_database_run (self->db, &boxes, error, "i", safe_seq);
}

static gint64
store_purge_until (TaiOutbox *outbox, const char *destination, gint64 safe_seq, GError **error)
{
  TaiStore *self = TAI_STORE (outbox);
  gint64 n = 0;

  if (!tai_store_check_writable (self, error))
    return -1;
  /* HQ has proved no backup yet: each page of news says so, and none of them is worth a transaction. */
  if (safe_seq <= 0)
    return 0;
  if (!begin_transaction (self, error) ||
      !end_transaction (self, run_purge (self, destination, safe_seq, &n, error), error))
    return -1;
  return n;
}

void
tai_store_outbox_init (TaiOutboxInterface *iface)
{
  iface->due = store_due;
  iface->mark = store_mark;
  iface->recover = store_recover;
  iface->next_due_us = store_next_due_us;
  iface->counts = store_counts;
  iface->list = store_list;
  iface->resend_above = store_resend_above;
  iface->purge_until = store_purge_until;
}
