/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Does the file still say what was written? The chain of the journal, postings, everything that is derived, the pages. It
 * stops at the first thing that is wrong and names it. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-offline-error.h"

void
tai_store_verification_clear (TaiStoreVerification *self)
{
  g_clear_pointer (&self->problem, g_free);
}

G_GNUC_PRINTF (3, 4)
static gboolean
fail (TaiStoreVerification *report, GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_free (report->problem);
  report->problem = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT, report->problem);
  return FALSE;
}

/* The journal ------------------------------------------------------------------------------------------------------------ */

gboolean
tai_store_get_journal_head (TaiStore *self, gint64 *seq, TaiDigest *chain, GError **error)
{
  static const TaiSql select = {"journal.head", "SELECT journal_seq, journal_head FROM meta"};
  g_autoptr (TaiQuery) query = NULL;

  g_return_val_if_fail (TAI_IS_STORE (self) && seq != NULL && chain != NULL, FALSE);
  query = tai_database_query (self->db, &select, error, "");
  if (query == NULL || tai_query_next (query, error) < 0)
    return FALSE;
  *seq = tai_query_get_int (query, 0);
  *chain = tai_query_get_digest (query, 1);
  return TRUE;
}

GBytes *
tai_store_get_journal (TaiStore *self, gint64 seq, TaiDigest *chain, GError **error)
{
  static const TaiSql select = {"journal.select", "SELECT record, chain FROM journal WHERE seq = ?"};
  g_autoptr (TaiQuery) query = NULL;

  g_return_val_if_fail (TAI_IS_STORE (self), NULL);
  query = tai_database_query (self->db, &select, error, "i", seq);
  if (query == NULL || tai_query_next (query, error) <= 0)
    return NULL;
  if (chain != NULL)
    *chain = tai_query_get_digest (query, 1);
  return tai_query_dup_bytes (query, 0);
}

gboolean
tai_store_sign_journal (TaiStore *self, gint64 seq, const char *key_id, GBytes *signature, gint64 time_us,
                        GError **error)
{
  static const TaiSql sign = {
      "checkpoint.sign",
      "INSERT INTO journal_checkpoint (seq, chain, time_us, key_id, signature) SELECT seq, chain, ?2, ?3, ?4 "
      "FROM journal WHERE seq = ?1 ON CONFLICT DO UPDATE SET key_id = excluded.key_id, signature = "
      "excluded.signature"};

  g_return_val_if_fail (TAI_IS_STORE (self) && signature != NULL, FALSE);
  if (!tai_store_check_writable (self, error) ||
      !tai_database_run (self->db, &sign, error, "iitb", seq, time_us, key_id, signature))
    return FALSE;
  if (tai_database_get_changes (self->db) > 0)
    return TRUE;
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD,
               "no journal entry %" G_GINT64_FORMAT, seq);
  return FALSE;
}

typedef struct {
  gint64 seq;
  TaiDigest chain;
} Link;

static gboolean
find_checkpoint (TaiStore *self, Link *link, GError **error)
{
  static const TaiSql select = {"verify.checkpoint",
                                "SELECT seq, chain FROM journal_checkpoint ORDER BY seq DESC LIMIT 1"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "");
  int step = query ? tai_query_next (query, error) : -1;

  if (step > 0)
    *link = (Link){tai_query_get_int (query, 0), tai_query_get_digest (query, 1)};
  return step >= 0;
}

/* The columns beside the record are copies: one that says something else was changed by hand. */
typedef struct {
  TaiQuery *query;
  gboolean differs;
} Comparison;

static gboolean
compare_cb (const char *name, const char *value, gpointer data, GError **error)
{
  static const char *const columns[] = {"sequence", "kind", "business_day", "shift_id", "subject"};
  Comparison *comparison = data;

  for (int i = 0; i < (int)G_N_ELEMENTS (columns); i++)
    if (g_str_equal (name, columns[i]) && g_strcmp0 (value, tai_query_get_text (comparison->query, i)) != 0)
      comparison->differs = TRUE;
  return TRUE;
}

static gboolean
check_entry (TaiQuery *query, Link *link, TaiStoreVerification *report, GError **error)
{
  g_autoptr (GBytes) record = tai_query_dup_bytes (query, 5);
  Comparison comparison = {.query = query};
  gint64 seq = tai_query_get_int (query, 0);

  if (seq != link->seq + 1)
    return fail (report, error, "journal %" G_GINT64_FORMAT ": missing", link->seq + 1);
  link->seq = seq;
  link->chain = tai_digest_chain (link->chain, record);
  if (!tai_digest_equal (link->chain, tai_query_get_digest (query, 6)))
    return fail (report, error, "journal %" G_GINT64_FORMAT ": the chain is broken", seq);
  if (!tai_canonical_parse (record, compare_cb, &comparison, NULL) || comparison.differs)
    return fail (report, error, "journal %" G_GINT64_FORMAT ": the record and its columns differ", seq);
  report->n_journal++;
  return TRUE;
}

static gboolean
check_entries (TaiStore *self, Link link, gint64 seq, TaiDigest head, TaiStoreVerification *report,
               GError **error)
{
  static const TaiSql select = {"verify.journal",
                                "SELECT seq, kind, business_day, shift_id, subject, record, chain FROM "
                                "journal WHERE seq > ? ORDER BY seq"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "i", link.seq);
  int step;

  report->first_seq = link.seq + 1;
  if (query == NULL)
    return FALSE;
  while ((step = tai_query_next (query, error)) > 0)
    if (!check_entry (query, &link, report, error))
      return FALSE;
  if (step < 0)
    return FALSE;
  if (seq != link.seq || !tai_digest_equal (head, link.chain))
    return fail (report, error, "journal %" G_GINT64_FORMAT ": the head is not the last entry's", link.seq);
  return TRUE;
}

gboolean
tai_store_check_chain (TaiStore *self, gint64 seq, TaiDigest head, TaiStoreVerification *report,
                       GError **error)
{
  g_autoptr (GBytes) record = NULL;
  Link link = {0};
  TaiDigest chain;

  if (!find_checkpoint (self, &link, error))
    return FALSE;
  report->first_seq = link.seq;
  if (link.seq > 0) {
    record = tai_store_get_journal (self, link.seq, &chain, NULL);
    if (record == NULL || !tai_digest_equal (chain, link.chain))
      return fail (report, error, "journal %" G_GINT64_FORMAT ": not what the checkpoint says", link.seq);
  }
  return check_entries (self, link, seq, head, report, error);
}

/* Everything else ----------------------------------------------------------------------------------------------------- */

/* A query whose first row, if there is one, is something that must not be. */
typedef struct {
  TaiSql sql;
  const char *format; /* of the problem; %s = first column */
} Rule;

static const Rule rules[] = {
    {{"verify.checkpoints",
      "SELECT c.seq FROM journal_checkpoint c LEFT JOIN journal j USING (seq) WHERE j.chain IS NOT "
      "c.chain ORDER BY seq LIMIT 1"},
     "journal %s: not what the checkpoint says"},
    {{"verify.balance", "SELECT set_n FROM posting_imbalance ORDER BY set_n LIMIT 1"},
     "posting set %s: does not sum to 0"},
    {{"verify.balances",
      "WITH derived AS MATERIALIZED (SELECT account AS a, currency AS u, sum (amount_minor) AS m FROM posting GROUP BY 1, 2) "
      "SELECT a FROM derived LEFT JOIN balance ON (account, currency) = (a, u) WHERE minor IS NOT m UNION ALL SELECT account "
      "FROM balance WHERE (SELECT count (*) FROM derived) <> (SELECT count (*) FROM balance) AND (account, currency) NOT IN "
      "(SELECT a, u FROM derived) LIMIT 1"},
     "account %s: the balance is not its postings' sum"},
    {{"verify.order_state",
      "SELECT o.n FROM customer_order o WHERE state IS NOT (SELECT e.state FROM order_state_event e "
      "WHERE e.k BETWEEN o.n * 256 AND o.n * 256 + 255 ORDER BY e.k DESC LIMIT 1) ORDER BY n LIMIT 1"},
     "order %s: its state is not its last event's"},
    {{"verify.payment_state",
      "SELECT p.id FROM payment p WHERE last_state IS NOT (SELECT e.state FROM payment_event e "
      "WHERE e.k BETWEEN p.n * 64 AND p.n * 64 + 63 ORDER BY e.k DESC LIMIT 1) LIMIT 1"},
     "payment %s: its state is not its last event's"},
    {{"verify.in_doubt",
      "SELECT id FROM payment WHERE in_doubt <> (last_state IN ('submitted', 'awaiting_customer', "
      "'unknown', 'reversing')) LIMIT 1"},
     "payment %s: in doubt or not"},
    {{"verify.allocations",
      "SELECT p.id FROM payment p JOIN allocation a ON a.payment_n = p.n GROUP BY p.n HAVING "
      "sum (a.amount_minor) <> p.amount_minor LIMIT 1"},
     "payment %s: its allocations are not its amount"},
    {{"verify.refund_due",
      "SELECT n FROM customer_order o WHERE refund_due_minor <> (SELECT coalesce (-sum (p.amount_minor), 0) FROM "
      "posting_set s JOIN posting p ON p.set_n = s.n WHERE s.order_n = o.n AND p.account = 'refund_due') AND "
      "refund_due_minor <> 0 LIMIT 1"},
     "order %s: what is owed is not what was posted"},
    {{"verify.owed",
      "SELECT account FROM balance b WHERE account = 'refund_due' AND -minor <> (SELECT coalesce (sum "
      "(refund_due_minor), 0) FROM customer_order WHERE currency = b.currency AND refund_due_minor <> 0) + (SELECT coalesce (sum (amount_minor), "
      "0) FROM debt d WHERE state = 'held' AND currency = b.currency AND NOT EXISTS (SELECT 1 FROM customer_order o "
      "WHERE o.id = d.order_id))"},
     "account %s: not what orders and fetched debts say"},
    {{"verify.paid_debts",
      "SELECT visit_id FROM debt d WHERE state = 'paid' AND amount_minor <> (SELECT coalesce (-sum (p.amount_minor), 0) "
      "FROM payment p WHERE p.debt_id = d.order_id AND p.last_state = 'succeeded') LIMIT 1"},
     "a debt of visit %s: paid, and not its amount"},
    {{"verify.captured",
      "SELECT n FROM customer_order WHERE receipt_number IS NOT NULL AND (state IN ('draft', 'placed') "
      "OR content_hash IS NULL) ORDER BY n LIMIT 1"},
     "order %s: has a receipt and was not paid"},
    /* Contiguous, but for one step up at each restore: what HQ has of the life that was lost. */
    {{"verify.sequence",
      "WITH step AS (SELECT terminal_seq AS seq, lag (terminal_seq, 1, 0) OVER (ORDER BY n) AS before FROM message WHERE "
      "terminal_seq > 0 UNION ALL SELECT next_terminal_seq, coalesce ((SELECT max (terminal_seq) FROM message), 0) FROM meta) "
      "SELECT seq FROM step WHERE seq <= before UNION ALL SELECT * FROM (SELECT seq FROM step WHERE seq > before + 1 "
      "ORDER BY seq LIMIT 1 OFFSET (SELECT unicode (epoch_letter) - unicode ('A') FROM meta)) LIMIT 1"},
     "message with sequence %s: not contiguous"},
    {{"verify.outbox",
      "SELECT n FROM message LEFT JOIN outbox o USING (n) WHERE o.n IS NULL ORDER BY n LIMIT 1"},
     "message %s: is in no queue"},
    {{"verify.unsent",
      "SELECT n FROM outbox o JOIN message m USING (n) WHERE m.body IS NULL AND o.state <> 'acknowledged' "
      "ORDER BY n LIMIT 1"},
     "message %s: unsent without a body"},
    {{"verify.z",
      "SELECT till FROM shift WHERE z_number > 0 GROUP BY till HAVING max (z_number) <> count (*) LIMIT 1"},
     "till %s: its Z numbers have a gap"},
    {{"verify.supplements",
      "SELECT shift_n FROM z_supplement GROUP BY shift_n HAVING max (k) <> count (*) LIMIT 1"},
     "shift %s: its supplements have a gap"},
    {{"verify.hall_close", "SELECT max (number) FROM hall_close HAVING max (number) <> count (*)"},
     "hall close %s: there is a gap before it"},
};

static const Rule reference_rules[] = {
    {{"verify.references", "PRAGMA foreign_key_check"}, "a row of %s refers to nothing"},
};

/* A line "name=value" of a canonical record r, without its name of @skip characters with the line's end before it; NULL: it has none. */
#define FIELD(name, skip)                                                                                    \
  "iif (instr (r, char (10) || '" name "=') = 0, NULL, substr (substr (r, instr (r, char (10) || '" name     \
  "=') + " skip "), 1, instr (substr (r, instr (r, char (10) || '" name "=') + " skip "), char (10)) - 1))"

/* What the totals must be, from the facts. */
#define DERIVED_TOTALS                                                                                                                \
  "SELECT coalesce (s.business_day, '') AS d, coalesce (s.shift_id, '') AS h, 'account' AS k, '' AS c, "                              \
  "p.account AS a, p.currency AS u, count (*) AS n, sum (p.amount_minor) AS m FROM posting_set s JOIN posting p "                     \
  "ON p.set_n = s.n GROUP BY 1, 2, 5, 6 "                                                                                             \
  "UNION ALL SELECT business_day, shift_id, 'business', coalesce (clerk, ''), operation, currency, "                                  \
  "count (*), sum (today_minor) FROM customer_order WHERE receipt_number IS NOT NULL GROUP BY 1, 2, 4, 5, 6 "                         \
  "UNION ALL SELECT business_day, shift_id, 'undone', coalesce (clerk, ''), operation, currency, "                                    \
  "count (*), sum (today_minor) FROM customer_order WHERE receipt_number IS NOT NULL AND state = 'undone' "                           \
  "GROUP BY 1, 2, 4, 5, 6 "                                                                                                           \
  "UNION ALL SELECT coalesce (e.business_day, ''), coalesce (e.shift_id, ''), 'tender', "                                             \
  "coalesce (p.clerk, ''), p.tender, p.currency, sum (iif (e.state = 'reversed', -1, 1)), "                                           \
  "sum (iif (e.state = 'reversed', -p.amount_minor, p.amount_minor)) FROM payment_event e JOIN payment p "                            \
  "ON p.n = e.payment_n WHERE e.state IN ('succeeded', 'reversed') GROUP BY 1, 2, 4, 5, 6 "                                           \
  "UNION ALL SELECT coalesce (business_day, ''), coalesce (shift_id, ''), 'event', "                                                  \
  "coalesce (" FIELD (                                                                                                                \
      "staff",                                                                                                                        \
      "7") ", ''), kind, (SELECT currency FROM meta), count (*), "                                                                    \
           "sum (coalesce (CAST (" FIELD (                                                                                            \
               "amount_minor",                                                                                                        \
               "14") " AS INTEGER), 0)) FROM (SELECT *, CAST (record AS TEXT) "                                                       \
                     "AS r FROM journal WHERE kind IN ('refund', 'reprint', 'drawer_opened', 'override')) GROUP BY 1, 2, 4, 5 "       \
                     "UNION ALL SELECT o.business_day, o.shift_id, 'quarter', coalesce (o.clerk, ''), (SELECT CAST (min (e.time_us) " \
                     "/ 900000000 AS TEXT) FROM order_state_event e WHERE e.k BETWEEN o.n * 256 AND o.n * 256 + 255 AND "             \
                     "e.state = 'paid'), o.currency, count (*), sum (o.today_minor) FROM customer_order o WHERE "                     \
                     "o.receipt_number IS NOT NULL GROUP BY 1, 2, 4, 5, 6"
#define TOTAL_COLUMNS "business_day, shift_id, kind, clerk, name, currency"

/* Each derived one is there, and there are no more. */
static const Rule total_rules[] = {
    {{"verify.totals",
      "WITH derived AS MATERIALIZED (" DERIVED_TOTALS
      ") SELECT d || ' ' || k || ' ' || a FROM derived LEFT JOIN total t ON "
      "(" TOTAL_COLUMNS
      ") = (d, h, k, c, a, u) WHERE t.count IS NOT n OR t.minor IS NOT m UNION ALL SELECT * FROM (SELECT "
      "business_day || ' ' || kind || ' ' || name FROM total WHERE (SELECT count (*) FROM derived) <> (SELECT count (*) FROM "
      "total) AND (" TOTAL_COLUMNS ") NOT IN (SELECT d, h, k, c, a, u FROM derived)) LIMIT 1"},
     "total %s: not the sum of its facts"},
};

static gboolean
check_rules (TaiStore *self, const Rule *list, guint n, TaiStoreVerification *report, GError **error)
{
  for (guint i = 0; i < n; i++) {
    g_autoptr (TaiQuery) query = tai_database_query (self->db, &list[i].sql, error, "");
    int step = query ? tai_query_next (query, error) : -1;

    if (step < 0)
      return FALSE;
    if (step > 0) {
      g_auto (GStrv) parts = g_strsplit (list[i].format, "%s", 2);
      return fail (report, error, "%s%s%s", parts[0], tai_query_get_text (query, 0), parts[1]);
    }
  }
  return TRUE;
}

static gboolean
check_pages (TaiStore *self, TaiStoreVerification *report, GError **error)
{
  static const TaiSql check = {"verify.pages", "PRAGMA integrity_check (1)"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &check, error, "");
  const char *text;

  if (query == NULL || tai_query_next (query, error) < 0)
    return FALSE;
  text = tai_query_get_text (query, 0);
  return g_strcmp0 (text, "ok") == 0 || fail (report, error, "file: %s", text ? text : "");
}

/* What was hashed at capture is what is stored. */
static gboolean
check_bodies (TaiStore *self, TaiStoreVerification *report, GError **error)
{
  static const TaiSql select = {"verify.bodies",
                                "SELECT n, digest, body FROM message WHERE body IS NOT NULL ORDER BY n"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "");
  int step;

  if (query == NULL)
    return FALSE;
  while ((step = tai_query_next (query, error)) > 0) {
    g_autoptr (GBytes) body = tai_query_dup_bytes (query, 2);
    if (!tai_digest_equal (tai_query_get_digest (query, 1),
                           tai_digest_bytes (g_bytes_get_data (body, NULL), g_bytes_get_size (body))))
      return fail (report, error, "message %" G_GINT64_FORMAT ": the body is not its digest's",
                   tai_query_get_int (query, 0));
  }
  return step == 0;
}

static gboolean
count_records (TaiStore *self, TaiStoreVerification *report, GError **error)
{
  static const TaiSql sets = {"verify.count_sets", "SELECT count (*) FROM posting_set"};
  static const TaiSql orders = {"verify.count_orders", "SELECT count (*) FROM customer_order"};
  static const TaiSql messages = {"verify.count_messages", "SELECT count (*) FROM message"};

  return tai_database_get_int (self->db, &sets, 0, &report->n_posting_sets, error, "") &&
         tai_database_get_int (self->db, &orders, 0, &report->n_orders, error, "") &&
         tai_database_get_int (self->db, &messages, 0, &report->n_messages, error, "");
}

gboolean
tai_store_verify (TaiStore *self, TaiVerifyDepth depth, TaiStoreVerification *report, GError **error)
{
  gboolean whole = depth == TAI_VERIFY_FULL;
  TaiDigest head;
  gint64 seq;

  g_return_val_if_fail (TAI_IS_STORE (self) && report != NULL, FALSE);

  if (!tai_store_get_journal_head (self, &seq, &head, error))
    return FALSE;
  if (depth == TAI_VERIFY_RECENT)
    return tai_store_check_chain (self, seq, head, report, error);
  return (!whole || check_pages (self, report, error)) &&
         check_entries (self, (Link){0}, seq, head, report, error) &&
         (!whole || check_rules (self, reference_rules, G_N_ELEMENTS (reference_rules), report, error)) &&
         check_rules (self, rules, G_N_ELEMENTS (rules), report, error) &&
         check_rules (self, total_rules, G_N_ELEMENTS (total_rules), report, error) &&
         check_bodies (self, report, error) && count_records (self, report, error);
}
