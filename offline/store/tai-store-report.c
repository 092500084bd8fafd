/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The till report from running totals: its cost depends on how many clerks and businesses a day has, not on how many
 * sales. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-till-report.h"

/* @till: (owned) (nullable) whose drawer; all of the day if there is no shift */
typedef struct {
  TaiDatabase *db;
  guint16 currency;
  const char *day, *shift_id;
  gint64 shift_n;
  char *till;
  gboolean is_closed; /* the shift */
} Scope;

static void
scope_clear (Scope *self)
{
  g_clear_pointer (&self->till, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scope, scope_clear)

static GPtrArray *
list_lines (const Scope *scope, const char *kind, gint64 *n, GError **error)
{
  static const TaiSql select = {
      "report.lines",
      "SELECT clerk, name, sum (count), sum (minor) FROM total WHERE business_day = ?1 AND (?2 IS NULL OR "
      "shift_id = ?2) AND kind = ?3 AND currency = ?4 GROUP BY clerk, name ORDER BY clerk, name"};
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_line_free);
  g_autoptr (TaiQuery) query = tai_database_query (scope->db, &select, error, "tttw", scope->day,
                                                   scope->shift_id, kind, (int)scope->currency);
  gboolean is_tender = g_str_equal (kind, "tender");
  int step;

  if (query == NULL)
    return NULL;
  while ((step = tai_query_next (query, error)) > 0) {
    TaiReportLine *line = g_new0 (TaiReportLine, 1);
    line->clerk = tai_query_dup_text (query, 0);
    *(is_tender ? &line->tender : &line->business) = tai_query_dup_text (query, 1);
    line->count = tai_query_get_int (query, 2);
    line->amount = tai_money (tai_query_get_int (query, 3), scope->currency);
    *n += line->count;
    g_ptr_array_add (lines, line);
  }
  return step == 0 ? g_steal_pointer (&lines) : NULL;
}

/* What the accounts held at the end of the day or shift: what they hold now less what came later. */
static gboolean
balance_then (const Scope *scope, const char *pattern, gint64 *minor, GError **error)
{
  /* "+" on both sides: few rows, and a bound pattern that may use an index has SQLite compile the statement anew for
   * each value. */
  static const TaiSql now = {"report.balance",
                             "SELECT sum (minor) FROM balance WHERE +account GLOB +? AND currency = ?"};
  static const TaiSql later = {
      "report.later",
      "SELECT sum (t.minor) FROM total t LEFT JOIN shift s ON s.id = t.shift_id WHERE t.business_day >= ?1 "
      "AND t.kind = 'account' AND +t.name GLOB +?2 AND t.currency = ?3 AND (t.business_day > ?1 OR s.n > ?4)"};
  gint64 came_later;

  if (!tai_database_get_int (scope->db, &now, 0, minor, error, "tw", pattern, (int)scope->currency) ||
      !tai_database_get_int (scope->db, &later, 0, &came_later, error, "ttwi", scope->day, pattern,
                             (int)scope->currency, scope->shift_n))
    return FALSE;
  *minor -= came_later;
  return TRUE;
}

static gboolean
fill_money (const Scope *scope, TaiTillReport *report, GError **error)
{
  g_autofree char *drawer = g_strconcat (TAI_ACCOUNT_DRAWER ":", scope->till ? scope->till : "*", NULL);
  gint64 refund_due;

  report->drawer_expected.currency = report->refund_due.currency = scope->currency;
  if (!balance_then (scope, drawer, &report->drawer_expected.minor, error) ||
      !balance_then (scope, TAI_ACCOUNT_REFUND_DUE, &refund_due, error))
    return FALSE;
  /* a close books what was counted: what was expected is what stood there before */
  report->drawer_expected.minor -= tai_shifts_get_booked (report->shifts, scope->shift_id);
  report->refund_due.minor = -refund_due; /* owed: a credit balance */
  return TRUE;
}

/* What is open now, of whatever day: a close that hides yesterday's unsent sales is how they get lost. */
static gboolean
fill_open (const Scope *scope, TaiTillReport *report, GError **error)
{
  static const TaiSql unsent = {
      "report.unsent",
      "SELECT count (*) FILTER (WHERE state <> 'quarantined'), count (*) FILTER (WHERE state = "
      "'quarantined'), min (created_us) FROM outbox WHERE state NOT IN ('acknowledged', 'superseded')"};
  static const TaiSql doubt = {"report.in_doubt",
                               "SELECT count (*), min (created_us) FROM payment WHERE in_doubt = 1"};
  g_autoptr (TaiQuery) query = tai_database_query (scope->db, &unsent, error, "");
  g_autoptr (TaiQuery) in_doubt = NULL;

  if (query == NULL || tai_query_next (query, error) < 0)
    return FALSE;
  report->n_unsent = tai_query_get_int (query, 0);
  report->n_quarantined = tai_query_get_int (query, 1);
  report->oldest_unsent_us = tai_query_get_int (query, 2);
  in_doubt = tai_database_query (scope->db, &doubt, error, "");
  if (in_doubt == NULL || tai_query_next (in_doubt, error) < 0)
    return FALSE;
  report->n_in_doubt = tai_query_get_int (in_doubt, 0);
  report->oldest_in_doubt_us = tai_query_get_int (in_doubt, 1);
  return TRUE;
}

static gboolean
fill_counts (const Scope *scope, TaiTillReport *report, GError **error)
{
  static const TaiSql sum = {"report.sum",
                             "SELECT sum (count) FROM total WHERE business_day = ?1 AND (?2 IS NULL "
                             "OR shift_id = ?2) AND kind = ?3"};

  report->by_business = list_lines (scope, "business", &report->n_orders, error);
  if (report->by_business == NULL)
    return FALSE;
  report->by_tender = list_lines (scope, "tender", &report->n_payments, error);
  if (report->by_tender == NULL)
    return FALSE;
  report->shifts = tai_store_list_shifts (scope->db, scope->day, error);
  return report->shifts != NULL &&
         tai_database_get_int (scope->db, &sum, 0, &report->n_reprints, error, "ttt", scope->day,
                               scope->shift_id, "reprint") &&
         tai_database_get_int (scope->db, &sum, 0, &report->n_undone, error, "ttt", scope->day,
                               scope->shift_id, "undone");
}

/* The day that lies @back days before the report's. */
static gboolean
fill_figures (const Scope *scope, int back, TaiDayFigures *figures, GError **error)
{
  static const TaiSql sums = {"report.figures",
                              "SELECT kind, sum (count), sum (minor) FROM total WHERE business_day = ?1 AND "
                              "kind IN ('business', 'tender') AND currency = ?2 GROUP BY kind"};
  Scope of_day = *scope;
  g_autofree char *drawer = g_strconcat (TAI_ACCOUNT_DRAWER ":", scope->till ? scope->till : "*", NULL);
  g_autofree char *day = NULL;
  g_autoptr (TaiQuery) query = NULL;
  g_autoptr (GPtrArray) shifts = NULL;
  TaiDate date;
  int step;

  if (!tai_date_from_text (scope->day, &date))
    return TRUE;
  day = tai_date_to_text (tai_date_from_days (tai_date_to_days (date) - back));
  of_day.day = day;
  g_strlcpy (figures->business_day, day, sizeof figures->business_day);
  figures->sales = figures->drawer = tai_money (0, scope->currency);
  query = tai_database_query (scope->db, &sums, error, "tw", day, (int)scope->currency);
  while ((step = query != NULL ? tai_query_next (query, error) : -1) > 0) {
    if (g_str_equal (tai_query_get_text (query, 0), "tender"))
      figures->n_payments = tai_query_get_int (query, 1);
    else {
      figures->n_orders = tai_query_get_int (query, 1);
      figures->sales.minor = tai_query_get_int (query, 2);
    }
  }
  shifts = step < 0 ? NULL : tai_store_list_shifts (scope->db, day, error);
  if (shifts == NULL || !balance_then (&of_day, drawer, &figures->drawer.minor, error))
    return FALSE;
  figures->is_known = shifts->len > 0;
  figures->drawer.minor -= tai_shifts_get_booked (shifts, NULL);
  return TRUE;
}

/* Of a whole day only: beside yesterday, and the same weekday. */
static gboolean
fill_days (const Scope *scope, TaiTillReport *report, GError **error)
{
  return scope->shift_id != NULL || (fill_figures (scope, 0, &report->day, error) &&
                                     fill_figures (scope, 1, &report->yesterday, error) &&
                                     fill_figures (scope, 7, &report->week_ago, error));
}

static gboolean
find_shift (Scope *scope, char **day, GError **error)
{
  static const TaiSql select = {"report.shift",
                                "SELECT n, business_day, till, state = 'closed' FROM shift WHERE id = ?"};
  g_autoptr (TaiQuery) query = NULL;
  int step;

  if (scope->shift_id == NULL)
    return TRUE;
  query = tai_database_query (scope->db, &select, error, "t", scope->shift_id);
  step = query ? tai_query_next (query, error) : -1;
  if (step == 0)
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "no shift %s", scope->shift_id);
  if (step <= 0)
    return FALSE;
  scope->shift_n = tai_query_get_int (query, 0);
  scope->till = tai_query_dup_text (query, 2);
  scope->is_closed = tai_query_get_int (query, 3) != 0;
  scope->day = *day = tai_query_dup_text (query, 1);
  return TRUE;
}

static gboolean
fill (Scope *scope, TaiStore *self, TaiTillReport *report, GError **error)
{
  TaiDigest head;

  report->business_day = g_strdup (scope->day);
  report->shift_id = g_strdup (scope->shift_id);
  if (!fill_counts (scope, report, error) || !fill_money (scope, report, error) ||
      !fill_open (scope, report, error) || !fill_days (scope, report, error) ||
      !tai_store_get_journal_head (self, &report->journal_seq, &head, error))
    return FALSE;
  tai_digest_to_hex (head, report->journal_head);
  return scope->shift_id == NULL || !scope->is_closed ||
         tai_store_fill_z (self, scope->shift_n, report, error);
}

/* @business_day may be NULL when @shift_id says it. */
TaiTillReport *
tai_store_report (TaiVisitStore *store, const char *business_day, const char *shift_id, GError **error)
{
  TaiStore *self = TAI_STORE (store);
  g_auto (Scope) scope = {self->db, self->currency, business_day, shift_id, G_MAXINT64, NULL, FALSE};
  g_autoptr (TaiTillReport) report = g_new0 (TaiTillReport, 1);
  g_autofree char *day = NULL;

  if (!find_shift (&scope, &day, error))
    return NULL;
  if (scope.day == NULL) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "a report of no day");
    return NULL;
  }
  return fill (&scope, self, report, error) ? g_steal_pointer (&report) : NULL;
}
