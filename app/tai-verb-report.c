/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that report: of a day, a month, a shift, a clerk. Nobody signs in to read, so the count of an open drawer stays blind. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-core-error.h"
#include "tai-period.h"
#include "tai-plain-text.h"
#include "tai-report-csv.h"
#include "tai-report-file.h"
#include "tai-till-paper.h"

#define REPORT_COLUMNS 88
#define SLIP_COLUMNS   48

/* As JSON ---------------------------------------------------------------------------------------------------------------- */

static void
add_lines (TaiJson *result, const char *name, GPtrArray *lines)
{
  TaiJson *list = tai_result_add_list (result, name);

  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "hall", line->hall);
    tai_result_add_text (one, "terminal", line->terminal);
    tai_result_add_text (one, "clerk", line->clerk);
    tai_result_add_text (one, "operation", line->business);
    tai_result_add_text (one, "tender", line->tender);
    tai_result_add_text (one, "event", line->event);
    tai_result_add_time (one, "from", line->quarter * TAI_REPORT_QUARTER_US);
    tai_result_add_int (one, "count", line->count);
    tai_result_add_money (one, "amount", line->amount);
  }
}

static void
add_hours (TaiJson *result, const TaiTillReport *report)
{
  g_autoptr (GPtrArray) hours = tai_report_lines_group (
      report->by_quarter, TAI_REPORT_BY_CLERK | TAI_REPORT_BY_HOUR, report->utc_offset_min);

  add_lines (result, "byHour", hours);
}

static void
add_figures (TaiJson *object, const TaiDayFigures *figures)
{
  tai_result_add_text (object, "businessDay", figures->business_day);
  tai_result_add_int (object, "orders", figures->n_orders);
  tai_result_add_int (object, "payments", figures->n_payments);
  tai_result_add_money (object, "sales", figures->sales);
  tai_result_add_money (object, "difference", figures->difference);
}

static void
add_days (TaiJson *result, const TaiTillReport *report)
{
  const struct {
    const char *name;
    const TaiDayFigures *figures;
  } others[] = {{"before", &report->yesterday}, {"like", &report->week_ago}};
  TaiJson *list;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].figures->is_known)
      add_figures (tai_result_add_object (result, others[i].name), others[i].figures);
  if (report->days == NULL)
    return;
  list = tai_result_add_list (result, "days");
  for (guint i = 0; i < report->days->len; i++)
    add_figures (tai_result_append_object (list), &g_array_index (report->days, TaiDayFigures, i));
}

void
tai_verb_add_shift (TaiJson *one, const TaiShift *shift)
{
  tai_result_add_text (one, "id", shift->id.text);
  tai_result_add_text (one, "till", shift->till);
  tai_result_add_text (one, "clerk", shift->clerk);
  tai_result_add_text (one, "businessDay", shift->business_day);
  tai_result_add_text (one, "state", tai_state_to_text (&tai_shift_states, shift->state));
  tai_result_add_time (one, "opened", shift->opened_us);
  tai_result_add_money (one, "float", shift->float_amount);
  if (shift->state != TAI_SHIFT_CLOSED)
    return;
  tai_result_add_time (one, "closed", shift->closed_us);
  tai_result_add_money (one, "counted", shift->counted);
  tai_result_add_money (one, "expected", shift->expected);
  tai_result_add_money (one, "difference", tai_shift_get_difference (shift));
  tai_result_add_int (one, "zNumber", shift->z_number);
}

static void
add_movements (TaiJson *result, const TaiTillReport *report)
{
  TaiJson *list = report->movements != NULL ? tai_result_add_list (result, "movements") : NULL;

  for (guint i = 0; report->movements != NULL && i < report->movements->len; i++) {
    GPtrArray *movements = g_ptr_array_index (report->movements, i);
    for (guint k = 0; k < movements->len; k++) {
      const TaiShiftMovement *one = g_ptr_array_index (movements, k);
      TaiJson *object = tai_result_append_object (list);
      tai_result_add_text (object, "kind", tai_movement_kind_to_text (one->kind));
      tai_result_add_time (object, "time", one->time_us);
      tai_result_add_text (object, "clerk", one->clerk);
      tai_result_add_text (object, "receipt", one->receipt_number);
      tai_result_add_text (object, "operation", one->operation);
      tai_result_add_text (object, "tender", one->tender);
      tai_result_add_money (object, "amount", one->amount);
    }
  }
}

/* How far headquarters' figures reach, and what does not match in them. */
static void
add_terminals (TaiJson *result, const TaiTillReport *report)
{
  TaiJson *list = tai_result_add_list (result, "terminals");

  for (guint i = 0; i < report->terminals->len; i++) {
    const TaiReportTerminal *terminal = g_ptr_array_index (report->terminals, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "hall", terminal->hall);
    tai_result_add_text (one, "terminal", terminal->terminal);
    tai_result_add_time (one, "lastContact", terminal->last_contact_us);
    tai_result_add_int (one, "missing", terminal->n_missing);
  }
  tai_result_add_int (result, "findings", report->n_findings);
}

/* What waits at a terminal headquarters cannot know. */
static void
add_counts (TaiJson *result, const TaiTillReport *report)
{
  tai_result_add_int (result, "orders", report->n_orders);
  tai_result_add_int (result, "payments", report->n_payments);
  tai_result_add_int (result, "reprints", report->n_reprints);
  tai_result_add_int (result, "undone", report->n_undone);
  if (report->is_from_hq) {
    add_terminals (result, report);
    return;
  }
  tai_result_add_int (result, "unsent", report->n_unsent);
  tai_result_add_time (result, "oldestUnsent", report->oldest_unsent_us);
  tai_result_add_int (result, "inDoubt", report->n_in_doubt);
  tai_result_add_time (result, "oldestInDoubt", report->oldest_in_doubt_us);
  tai_result_add_int (result, "quarantined", report->n_quarantined);
}

/* Of one shift: the slip for the roll, which keeps the count blind while the shift is open. */
static TaiDocument *
make_paper (TaiVerbCall *call, const TaiTillReport *report, const TaiShift *shift)
{
  const TaiTerminal *terminal = tai_terminal_host_get_terminal (call->host);
  gint64 now = tai_clock_now (tai_terminal_host_get_clock (call->host));

  return shift != NULL ? tai_till_paper_slip (terminal, report, shift, now, TRUE)
                       : tai_till_paper_report (terminal, report, now);
}

void
tai_verb_add_supplements (TaiJson *result, GPtrArray *supplements)
{
  TaiJson *list = tai_result_add_list (result, "supplements");

  for (guint i = 0; i < supplements->len; i++) {
    const TaiSupplement *one = g_ptr_array_index (supplements, i);
    TaiJson *json = tai_result_append_object (list);

    tai_result_add_int (json, "zNumber", one->z_number);
    tai_result_add_int (json, "number", one->number);
    tai_result_add_text (json, "event", one->event);
    tai_result_add_text (json, "order", one->order_id.text[0] != '\0' ? one->order_id.text : NULL);
    tai_result_add_text (json, "payment", one->payment_id.text[0] != '\0' ? one->payment_id.text : NULL);
    tai_result_add_money (json, "amount", one->amount);
    tai_result_add_text (json, "businessDay", one->booked_day);
    tai_result_add_text (json, "clerk", one->clerk);
    tai_result_add_time (json, "time", one->time_us);
  }
}

TaiJson *
tai_verb_report_to_json (TaiVerbCall *call, const TaiTillReport *report, const TaiShift *shift)
{
  const TaiTerminal *terminal = tai_terminal_host_get_terminal (call->host);
  g_autoptr (TaiDocument) paper = make_paper (call, report, shift);
  g_autofree char *text = tai_plain_text_render (paper, shift != NULL ? SLIP_COLUMNS : REPORT_COLUMNS);
  TaiJson *result = tai_json_new_object ();
  TaiJson *shifts;

  tai_result_add_text (result, "terminal", terminal->id);
  tai_result_add_text (result, "source", report->is_from_hq ? "headquarters" : "terminal");
  tai_result_add_text (result, "place", report->is_from_hq ? report->place : NULL);
  tai_result_add_time (result, "asOf", report->as_of_us);
  tai_result_add_text (result, "businessDay", report->business_day);
  tai_result_add_text (result, "shift", report->shift_id);
  tai_result_add_text (result, "currency", tai_currency_to_code (terminal->currency));
  add_lines (result, "byBusiness", report->by_business);
  add_lines (result, "byTender", report->by_tender);
  add_lines (result, "byEvent", report->by_event);
  add_hours (result, report);
  add_days (result, report);
  tai_result_add_money (result, "drawer", report->drawer_expected);
  tai_result_add_money (result, "refundDue", report->refund_due);
  add_counts (result, report);
  shifts = tai_result_add_list (result, "shifts");
  for (guint i = 0; report->shifts != NULL && i < report->shifts->len; i++)
    tai_verb_add_shift (tai_result_append_object (shifts), g_ptr_array_index (report->shifts, i));
  add_movements (result, report);
  if (report->is_z) {
    tai_result_add_int (result, "chainCheckedFrom", report->checked_from);
    tai_result_add_int (result, "chainBrokenAt", report->broken_seq);
    tai_result_add_money (result, "carriedOver", report->carried_over);
  }
  if (report->supplements != NULL)
    tai_verb_add_supplements (result, report->supplements);
  if (report->journal_seq > 0) {
    tai_result_add_int (result, "journalSeq", report->journal_seq);
    tai_result_add_text (result, "journalHead", report->journal_head);
  }
  tai_result_add_text (result, "text", text);
  return result;
}

/* Making it -------------------------------------------------------------------------------------------------------------- */

static gboolean
write_files (TaiVerbCall *call, const TaiTillReport *report, const TaiShift *shift, GError **error)
{
  const char *pdf = tai_verb_get_text (call, "pdf"), *csv = tai_verb_get_text (call, "csv");
  g_autoptr (TaiDocument) paper = pdf != NULL ? make_paper (call, report, shift) : NULL;
  g_autofree char *text = csv != NULL ? tai_report_csv_write (report) : NULL;

  return (pdf == NULL || tai_report_file_write_paper (paper, pdf, error)) &&
         (csv == NULL || tai_report_file_write_text (text, csv, error));
}

/* A drawer that is still to be counted has no detail here. */
static gboolean
add_detail (TaiVerbCall *call, TaiTillReport *report, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));

  if (!tai_verb_get_flag (call, "detail"))
    return TRUE;
  report->movements = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < report->shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (report->shifts, i);
    GPtrArray *movements = shift->state == TAI_SHIFT_CLOSED
                               ? tai_visit_store_list_movements (store, shift->id.text, error)
                               : g_ptr_array_new ();
    if (movements == NULL)
      return FALSE;
    g_ptr_array_add (report->movements, movements);
  }
  return TRUE;
}

TaiJson *
tai_verb_write_report (TaiVerbCall *call, const TaiTillReport *report, const TaiShift *shift, GError **error)
{
  return write_files (call, report, shift, error) ? tai_verb_report_to_json (call, report, shift) : NULL;
}

/* @shift, @clerk: (nullable) of that alone */
static TaiJson *
give_report (TaiVerbCall *call, const char *day, const TaiShift *shift, const char *clerk, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  const TaiTerminal *terminal = tai_terminal_host_get_terminal (call->host);
  g_autoptr (TaiTillReport) report =
      tai_visit_store_report (store, day, shift != NULL ? shift->id.text : NULL, error);

  if (report == NULL)
    return NULL;
  tai_till_report_set_source (report, FALSE, terminal->till, 1,
                              tai_clock_now (tai_terminal_host_get_clock (call->host)),
                              terminal->utc_offset_min);
  tai_till_report_make_blind (report, NULL);
  if (clerk != NULL)
    tai_till_report_narrow (report, clerk);
  return add_detail (call, report, error) ? tai_verb_write_report (call, report, shift, error) : NULL;
}

TaiJson *
tai_verb_give_report (TaiVerbCall *call, const char *day, const TaiShift *shift, GError **error)
{
  return give_report (call, day, shift, NULL, error);
}

TaiShift *
tai_verb_find_shift (TaiVerbCall *call, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  const char *till = tai_terminal_host_get_terminal (call->host)->till;
  g_autoptr (GError) local_error = NULL;
  TaiShift *shift = tai_visit_store_find_open_shift (store, till, &local_error);

  if (shift == NULL && local_error == NULL)
    shift = tai_visit_store_find_last_closed_shift (store, till, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return shift;
}

gboolean
tai_verb_find_period (TaiVerbCall *call, TaiPeriod *period, GError **error)
{
  const char *date = tai_verb_get_text (call, "date");
  int offset = tai_terminal_host_get_terminal (call->host)->utc_offset_min;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = NULL;

  if (date != NULL) {
    if (tai_period_from_text (date, period))
      return TRUE;
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "--date %s: must be like 2026-11-22 or 2026-11",
                 date);
    return FALSE;
  }
  shift = tai_verb_find_shift (call, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (shift == NULL || !tai_period_from_text (shift->business_day, period))
    *period = tai_period_of_day (
        tai_time_to_date (tai_clock_now (tai_terminal_host_get_clock (call->host)), offset));
  return TRUE;
}

gboolean
tai_verb_find_month (TaiVerbCall *call, TaiPeriod *period, GError **error)
{
  TaiDate date;

  if (!tai_verb_find_period (call, period, error))
    return FALSE;
  g_assert (tai_date_from_text (period->from, &date));
  *period = tai_period_of_month (date);
  return TRUE;
}

static TaiJson *
run_report_day (TaiVerbCall *call, GError **error)
{
  TaiPeriod period;

  return tai_verb_find_period (call, &period, error) ? give_report (call, period.text, NULL, NULL, error)
                                                     : NULL;
}

static TaiJson *
run_report_month (TaiVerbCall *call, GError **error)
{
  TaiPeriod period;

  return tai_verb_find_month (call, &period, error) ? give_report (call, period.text, NULL, NULL, error)
                                                    : NULL;
}

static TaiJson *
run_report_clerk (TaiVerbCall *call, GError **error)
{
  TaiPeriod period;

  return tai_verb_find_period (call, &period, error)
             ? give_report (call, period.text, NULL, tai_verb_get_text (call, "clerk"), error)
             : NULL;
}

TaiShift *
tai_verb_need_shift (TaiVerbCall *call, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  TaiShift *shift = tai_verb_find_shift (call, &local_error);

  if (shift != NULL)
    return shift;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "there was no shift yet");
  return NULL;
}

static TaiJson *
run_report_shift (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiShift) shift = tai_verb_need_shift (call, error);

  return shift != NULL ? give_report (call, shift->business_day, shift, NULL, error) : NULL;
}

/* What only headquarters can be asked. */
static gboolean
check_own (TaiVerbCall *call, GError **error)
{
  if (tai_verb_get_text (call, "hall") == NULL)
    return TRUE;
  g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "--hall: only with --from hq");
  return FALSE;
}

void
tai_verb_print_report (const TaiJson *result, GString *out)
{
  g_string_append (out, tai_result_text (result, "text"));
}

/* The verbs -------------------------------------------------------------------------------------------------------------- */

#define DATE_OPTION                                                                                          \
  {                                                                                                          \
    "date", TAI_VALUE_TEXT, N_ ("Business day 2026-11-22 or month 2026-11; without it the current day")      \
  }
#define FILE_OPTIONS                                                                                         \
  {"pdf", TAI_VALUE_PATH, N_ ("Write it as PDF, too")},                                                      \
  {                                                                                                          \
    "csv", TAI_VALUE_PATH, N_ ("Write its lines as comma-separated values, too")                             \
  }
#define HQ_OPTIONS                                                                                           \
  {"from", TAI_VALUE_TEXT,                                                                                   \
   N_ ("terminal: as this one knows it (the default); hq: as headquarters adds it up now")},                 \
      {"hall", TAI_VALUE_TEXT, N_ ("Of headquarters: another hall, or region for all of it")},               \
      {"staff", TAI_VALUE_TEXT, N_ ("Of headquarters: who asks")},                                           \
  {                                                                                                          \
    "pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")                                               \
  }
#define DETAIL_OPTION                                                                                        \
  {                                                                                                          \
    "detail", TAI_VALUE_FLAG, N_ ("With all that happened to the drawers that were counted")                 \
  }

static const TaiVerb report_day = {
    .name = "report day",
    .place = TAI_VERB_READ,
    .options = {DATE_OPTION, DETAIL_OPTION, FILE_OPTIONS, HQ_OPTIONS, {NULL}},
    .check = check_own,
    .summary = N_ ("The day's figures"),
    .from_hq = &tai_verb_report_hq_day,
    .run = run_report_day,
    .print = tai_verb_print_report,
};

static const TaiVerb report_month = {
    .name = "report month",
    .place = TAI_VERB_READ,
    .options = {DATE_OPTION, DETAIL_OPTION, FILE_OPTIONS, HQ_OPTIONS, {NULL}},
    .check = check_own,
    .summary = N_ ("The month's figures, day by day"),
    .from_hq = &tai_verb_report_hq_month,
    .run = run_report_month,
    .print = tai_verb_print_report,
};

static const TaiVerb report_clerk = {
    .name = "report clerk",
    .place = TAI_VERB_READ,
    .bare = {{"clerk", TAI_VALUE_TEXT, "CLERK"}},
    .required = {"clerk"},
    .options = {DATE_OPTION, DETAIL_OPTION, FILE_OPTIONS, HQ_OPTIONS, {NULL}},
    .check = check_own,
    .summary = N_ ("One clerk's own figures of a day or month"),
    .from_hq = &tai_verb_report_hq_clerk,
    .run = run_report_clerk,
    .print = tai_verb_print_report,
};

static const TaiVerb report_shift = {
    .name = "report shift",
    .place = TAI_VERB_READ,
    .options = {FILE_OPTIONS, HQ_OPTIONS, {NULL}},
    .check = check_own,
    .summary = N_ ("The figures of the open shift, or of the last one"),
    .from_hq = &tai_verb_report_hq_shift,
    .run = run_report_shift,
    .print = tai_verb_print_report,
};

const TaiVerb *const tai_verbs_report[] = {&report_day, &report_month, &report_shift, &report_clerk, NULL};
