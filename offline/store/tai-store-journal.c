/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking into the journal. Its entries are numbered without gaps in the order of time, so a day is found by halving and needs
 * no index that each sale would have to keep. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-offline-error.h"

#define DEFAULT_LIMIT 100
/* A clock that was set back leaves entries on the wrong side of where halving looks: so many more are looked at. */
#define CLOCK_MARGIN 2000

/* The first entry that is not before @time_us; one after the last if there is none. */
static gboolean
find_first (TaiDatabase *db, gint64 time_us, gint64 *first, GError **error)
{
  static const TaiSql last = {"journal.last", "SELECT max (seq) FROM journal"};
  static const TaiSql probe = {"journal.probe", "SELECT time_us FROM journal WHERE seq = ?"};
  gint64 low = 1, high, then;

  if (!tai_database_get_int (db, &last, 0, &high, error, ""))
    return FALSE;
  high++;
  while (low < high) {
    gint64 middle = low + (high - low) / 2;
    if (!tai_database_get_int (db, &probe, G_MAXINT64, &then, error, "i", middle))
      return FALSE;
    if (then < time_us)
      low = middle + 1;
    else
      high = middle;
  }
  *first = low;
  return TRUE;
}

/* *@first and *@end: where entries of that time can be. */
static gboolean
find_span (TaiDatabase *db, const TaiJournalFilter *filter, gint64 *first, gint64 *end, GError **error)
{
  *first = 1;
  *end = G_MAXINT64;
  if (filter->from_us != 0 && !find_first (db, filter->from_us, first, error))
    return FALSE;
  if (filter->until_us != 0 && !find_first (db, filter->until_us, end, error))
    return FALSE;
  if (filter->from_us != 0)
    *first = MAX (1, *first - CLOCK_MARGIN);
  if (filter->until_us != 0)
    *end += CLOCK_MARGIN;
  if (filter->before_seq != 0)
    *end = MIN (*end, filter->before_seq);
  return TRUE;
}

static gboolean
add_line (GPtrArray *list, TaiQuery *query, GError **error)
{
  g_autoptr (GBytes) record = tai_query_dup_bytes (query, 0);
  g_autoptr (GError) local_error = NULL;
  TaiJournalLine *line;

  line = tai_journal_line_new (record, tai_query_get_digest (query, 2), tai_query_get_digest (query, 1),
                               &local_error);
  if (line == NULL) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT, local_error->message);
    return FALSE;
  }
  g_ptr_array_add (list, line);
  return TRUE;
}

#define LIST(name, from)                                                                                         \
  {                                                                                                              \
    "journal.list_" name,                                                                                        \
        "SELECT j.record, j.chain, (SELECT p.chain FROM journal p WHERE p.seq = j.seq - 1) FROM journal j " from \
        " AND j.seq >= ?1 AND j.seq < ?2 AND (?3 = 0 OR j.time_us >= ?3) AND (?4 = 0 OR j.time_us < "            \
        "?4) AND (?5 IS NULL OR j.kind = ?5) AND (?6 IS NULL OR j.subject = ?6) AND (?7 IS NULL OR "             \
        "instr (CAST (j.record AS TEXT), char (10) || 'staff=' || ?7 || char (10)) > 0) AND (?9 = 0 OR "         \
        "instr (CAST (j.record AS TEXT), char (10) || 'amount_minor=' || ?9 || char (10)) > 0 OR "               \
        "instr (CAST (j.record AS TEXT), char (10) || 'amount_minor=-' || ?9 || char (10)) > 0) "                \
        "ORDER BY j.seq DESC LIMIT ?8"                                                                           \
  }

/* Sales are most of it, and the newest are soon found. */
static const TaiSql *
choose_list (const TaiJournalFilter *filter)
{
  static const TaiSql by_subject = LIST ("subject", "INDEXED BY journal_subject WHERE j.subject = ?6");
  static const TaiSql by_kind =
      LIST ("kind", "INDEXED BY journal_kind WHERE j.kind <> 'sale' AND j.kind = ?5");
  static const TaiSql all = LIST ("all", "WHERE TRUE");

  if (filter->subject != NULL)
    return &by_subject;
  return filter->kind != NULL && !g_str_equal (filter->kind, "sale") ? &by_kind : &all;
}

/* What no index finds is not looked for without an end: the desk waits meanwhile. */
static gboolean
limit_span (TaiDatabase *db, const TaiJournalFilter *filter, gint64 *first, gint64 end, GError **error)
{
  static const TaiSql last = {"journal.last_of", "SELECT min (max (seq) + 1, ?) FROM journal"};
  gboolean is_read = filter->amount_minor != 0 || filter->clerk != NULL;

  if (!is_read || filter->from_us != 0 || choose_list (filter) != choose_list (&(TaiJournalFilter){0}))
    return TRUE;
  if (!tai_database_get_int (db, &last, 1, &end, error, "i", end))
    return FALSE;
  *first = MAX (*first, end - TAI_JOURNAL_LOOK_BACK);
  return TRUE;
}

GPtrArray *
tai_store_list_journal (TaiVisitStore *store, const TaiJournalFilter *filter, GError **error)
{
  TaiDatabase *db = TAI_STORE (store)->db;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_journal_line_free);
  g_autoptr (TaiQuery) query = NULL;
  gint64 first, end;
  int step;

  if (!find_span (db, filter, &first, &end, error) || !limit_span (db, filter, &first, end, error))
    return NULL;
  query =
      tai_database_query (db, choose_list (filter), error, "iiiitttii", first, end, filter->from_us,
                          filter->until_us, filter->kind, filter->subject, filter->clerk,
                          (gint64)(filter->limit != 0 ? filter->limit : DEFAULT_LIMIT), filter->amount_minor);
  while ((step = query != NULL ? tai_query_next (query, error) : -1) > 0)
    if (!add_line (list, query, error))
      return NULL;
  return step == 0 ? g_steal_pointer (&list) : NULL;
}
