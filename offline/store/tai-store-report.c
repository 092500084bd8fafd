/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The till report from running totals: its cost depends on how many clerks and businesses a day has, not on how many
 * sales. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-period.h"
#include "tai-till-report.h"

/* @till: (owned) (nullable) whose drawer; all of the period if there is no shift */
typedef struct {
  TaiDatabase *db;
  guint16 currency;
  TaiPeriod period;
  const char *shift_id;
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

/* A kind of total, and what its name says in a line. @and: counted with it under its own name */
typedef enum { NAME_BUSINESS, NAME_TENDER, NAME_EVENT, NAME_QUARTER } NameOf;
static const struct {
  const char *kind, *and;
} kinds[] = {
    [NAME_BUSINESS] = {"business", "business"},
    [NAME_TENDER] = {"tender", "tender"},
    [NAME_EVENT] = {"event", "undone"},
    [NAME_QUARTER] = {"quarter", "quarter"},
};

static TaiReportLine *
load_line (const Scope *scope, NameOf of, TaiQuery *query)
{
  const char *name = tai_query_get_text (query, 1);
  TaiReportLine *line = tai_report_line_new (tai_query_get_text (query, 0), of == NAME_BUSINESS ? name : NULL,
                                             of == NAME_TENDER ? name : NULL);

  line->event = g_strdup (of == NAME_EVENT ? name : NULL);
  line->quarter = of == NAME_QUARTER ? g_ascii_strtoll (name, NULL, 10) : 0;
  line->count = tai_query_get_int (query, 2);
  line->amount = tai_money (tai_query_get_int (query, 3), scope->currency);
  return line;
}

static GPtrArray *
list_lines (const Scope *scope, NameOf of, gint64 *n, GError **error)
{
  static const TaiSql select = {
      "report.lines",
      "SELECT clerk, iif (kind = 'undone', kind, name), sum (count), sum (minor) FROM total WHERE business_day "
      "BETWEEN ?1 AND ?2 AND (?3 IS NULL OR shift_id = ?3) AND kind IN (?4, ?5) AND currency = ?6 GROUP BY 1, 2 "
      "ORDER BY 1, 2"};
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_line_free);
  g_autoptr (TaiQuery) query =
      tai_database_query (scope->db, &select, error, "tttttw", scope->period.from, scope->period.until,
                          scope->shift_id, kinds[of].kind, kinds[of].and, (int)scope->currency);
  int step;

  *n = 0;
  while ((step = query != NULL ? tai_query_next (query, error) : -1) > 0) {
    TaiReportLine *line = load_line (scope, of, query);
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
      !tai_database_get_int (scope->db, &later, 0, &came_later, error, "ttwi", scope->period.until, pattern,
                             (int)scope->currency, scope->shift_n))
    return FALSE;
  *minor -= came_later;
  return TRUE;
}

/* A month has no end at which one looks into the drawer. */
static gboolean
fill_money (const Scope *scope, TaiTillReport *report, GError **error)
{
  g_autofree char *drawer = g_strconcat (TAI_ACCOUNT_DRAWER ":", scope->till ? scope->till : "*", NULL);
  gint64 refund_due;

  report->refund_due.currency = scope->currency;
  if (!balance_then (scope, TAI_ACCOUNT_REFUND_DUE, &refund_due, error))
    return FALSE;
  report->refund_due.minor = -refund_due; /* owed: a credit balance */
  if (scope->period.is_month)
    return TRUE;
  report->drawer_expected.currency = scope->currency;
  if (!balance_then (scope, drawer, &report->drawer_expected.minor, error))
    return FALSE;
  /* a close books what was counted: what was expected is what stood there before */
  report->drawer_expected.minor -= tai_shifts_get_booked (report->shifts, scope->shift_id);
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

static gint64
count_event (const TaiTillReport *report, TaiReportEvent event)
{
  gint64 n = 0;

  for (guint i = 0; i < report->by_event->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (report->by_event, i);
    if (g_strcmp0 (line->event, tai_report_event_to_text (event)) == 0)
      n += line->count;
  }
  return n;
}

/* By quarters of an hour only where somebody asks how a day went. */
static gboolean
fill_counts (const Scope *scope, TaiTillReport *report, GError **error)
{
  gint64 n;

  report->by_business = list_lines (scope, NAME_BUSINESS, &report->n_orders, error);
  if (report->by_business == NULL)
    return FALSE;
  report->by_tender = list_lines (scope, NAME_TENDER, &report->n_payments, error);
  if (report->by_tender == NULL)
    return FALSE;
  report->by_event = list_lines (scope, NAME_EVENT, &n, error);
  if (report->by_event == NULL)
    return FALSE;
  report->n_reprints = count_event (report, TAI_REPORT_EVENT_REPRINT);
  report->n_undone = count_event (report, TAI_REPORT_EVENT_UNDONE);
  if (!scope->period.is_month) {
    report->by_quarter = list_lines (scope, NAME_QUARTER, &n, error);
    if (report->by_quarter == NULL)
      return FALSE;
  }
  report->shifts = tai_store_list_shifts (scope->db, scope->period.from, scope->period.until, error);
  return report->shifts != NULL;
}

/* Figures to hold it against ---------------------------------------------------------------------------------------------- */

static gboolean
fill_sums (const Scope *scope, TaiDayFigures *figures, GError **error)
{
  static const TaiSql sums = {
      "report.figures", "SELECT kind, sum (count), sum (minor) FROM total WHERE business_day BETWEEN ?1 "
                        "AND ?2 AND kind IN ('business', 'tender') AND currency = ?3 GROUP BY kind"};
  g_autoptr (TaiQuery) query = tai_database_query (scope->db, &sums, error, "ttw", scope->period.from,
                                                   scope->period.until, (int)scope->currency);
  int step;

  figures->sales = tai_money (0, scope->currency);
  while ((step = query != NULL ? tai_query_next (query, error) : -1) > 0) {
    if (g_str_equal (tai_query_get_text (query, 0), "tender"))
      figures->n_payments = tai_query_get_int (query, 1);
    else {
      figures->n_orders = tai_query_get_int (query, 1);
      figures->sales.minor = tai_query_get_int (query, 2);
    }
  }
  return step == 0;
}

static gboolean
fill_figures (const Scope *scope, TaiPeriod period, TaiDayFigures *figures, GError **error)
{
  Scope of_period = *scope;
  g_autofree char *drawer = g_strconcat (TAI_ACCOUNT_DRAWER ":", scope->till ? scope->till : "*", NULL);
  g_autoptr (GPtrArray) shifts = NULL;

  of_period.period = period;
  g_strlcpy (figures->business_day, period.text, sizeof figures->business_day);
  shifts = tai_store_list_shifts (scope->db, period.from, period.until, error);
  if (shifts == NULL || !fill_sums (&of_period, figures, error))
    return FALSE;
  figures->is_known = shifts->len > 0;
  figures->difference = tai_shifts_get_difference (shifts, scope->currency);
  if (period.is_month)
    return TRUE;
  figures->drawer.currency = scope->currency;
  if (!balance_then (&of_period, drawer, &figures->drawer.minor, error))
    return FALSE;
  figures->drawer.minor -= tai_shifts_get_booked (shifts, NULL);
  return TRUE;
}

/* Shifts are listed in their order in time; a day that was opened again comes twice. */
static TaiDayFigures *
take_day (GArray *days, const TaiShift *shift, guint16 currency)
{
  TaiDayFigures fresh = {.is_known = TRUE, .sales = {0, currency}, .difference = {0, currency}};

  for (guint i = days->len; i > 0; i--)
    if (g_str_equal (g_array_index (days, TaiDayFigures, i - 1).business_day, shift->business_day))
      return &g_array_index (days, TaiDayFigures, i - 1);
  g_strlcpy (fresh.business_day, shift->business_day, sizeof fresh.business_day);
  g_array_append_val (days, fresh);
  return &g_array_index (days, TaiDayFigures, days->len - 1);
}

static gint
compare_day_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (((const TaiDayFigures *)a)->business_day, ((const TaiDayFigures *)b)->business_day);
}

static gboolean
fill_month (const Scope *scope, TaiTillReport *report, GError **error)
{
  Scope of_day = *scope;
  TaiDate date;

  report->days = g_array_new (FALSE, TRUE, sizeof (TaiDayFigures));
  for (guint i = 0; i < report->shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (report->shifts, i);
    TaiDayFigures *day = take_day (report->days, shift, scope->currency);
    TaiMoney difference = tai_shift_get_difference (shift);
    if (difference.currency != 0 && !tai_money_add (day->difference, difference, &day->difference, error))
      return FALSE;
  }
  g_array_sort (report->days, compare_day_cb);
  for (guint i = 0; i < report->days->len; i++) {
    TaiDayFigures *day = &g_array_index (report->days, TaiDayFigures, i);
    g_assert (tai_date_from_text (day->business_day, &date));
    of_day.period = tai_period_of_day (date);
    if (!fill_sums (&of_day, day, error))
      return FALSE;
  }
  return TRUE;
}

/* Of a whole day or month only: beside the one before and the one that is like it. */
static gboolean
fill_days (const Scope *scope, TaiTillReport *report, GError **error)
{
  const TaiPeriod *period = &scope->period;

  return scope->shift_id != NULL ||
         (fill_figures (scope, *period, &report->day, error) &&
          fill_figures (scope, tai_period_before (period), &report->yesterday, error) &&
          fill_figures (scope, tai_period_like (period), &report->week_ago, error) &&
          (!period->is_month || fill_month (scope, report, error)));
}

static gboolean
find_shift (Scope *scope, GError **error)
{
  static const TaiSql select = {"report.shift",
                                "SELECT n, business_day, till, state = 'closed' FROM shift WHERE id = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (scope->db, &select, error, "t", scope->shift_id);
  int step = query ? tai_query_next (query, error) : -1;

  if (step == 0)
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "no shift %s", scope->shift_id);
  if (step <= 0)
    return FALSE;
  scope->shift_n = tai_query_get_int (query, 0);
  scope->till = tai_query_dup_text (query, 2);
  scope->is_closed = tai_query_get_int (query, 3) != 0;
  if (tai_period_from_text (tai_query_get_text (query, 1), &scope->period))
    return TRUE;
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT, "shift %s is of no day", scope->shift_id);
  return FALSE;
}

static gboolean
find_period (Scope *scope, const char *business_day, GError **error)
{
  if (scope->shift_id != NULL)
    return find_shift (scope, error);
  if (tai_period_from_text (business_day, &scope->period))
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "a report of no day: %s",
               business_day != NULL ? business_day : "none");
  return FALSE;
}

static gboolean
fill (Scope *scope, TaiStore *self, TaiTillReport *report, GError **error)
{
  TaiDigest head;

  report->business_day = g_strdup (scope->period.text);
  report->shift_id = g_strdup (scope->shift_id);
  report->n_terminals = 1;
  if (!fill_counts (scope, report, error) || !fill_money (scope, report, error) ||
      !fill_open (scope, report, error) || !fill_days (scope, report, error) ||
      !tai_store_get_journal_head (self, &report->journal_seq, &head, error))
    return FALSE;
  tai_digest_to_hex (head, report->journal_head);
  if (scope->shift_id == NULL || !scope->is_closed)
    return TRUE;
  report->supplements = tai_store_list_supplements (TAI_VISIT_STORE (self), scope->shift_id, G_MAXINT, error);
  return report->supplements != NULL && tai_store_fill_z (self, scope->shift_n, report, error);
}

/* @business_day may be NULL when @shift_id says it. */
TaiTillReport *
tai_store_report (TaiVisitStore *store, const char *business_day, const char *shift_id, GError **error)
{
  TaiStore *self = TAI_STORE (store);
  g_auto (Scope)
      scope = {.db = self->db, .currency = self->currency, .shift_id = shift_id, .shift_n = G_MAXINT64};
  g_autoptr (TaiTillReport) report = g_new0 (TaiTillReport, 1);

  return find_period (&scope, business_day, error) && fill (&scope, self, report, error)
             ? g_steal_pointer (&report)
             : NULL;
}
