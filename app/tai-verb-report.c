/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that report: of a day, a month, a shift, a clerk. Nobody signs in to read, so the count of an open drawer stays blind. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-core-error.h"
#include "tai-period.h"
#include "tai-report-csv.h"
#include "tai-report-file.h"
#include "tai-report-result.h"

static TaiDocument *
make_paper (TaiVerbCall *call, const TaiTillReport *report, const TaiShift *shift)
{
  return tai_report_result_make_paper (tai_terminal_host_get_terminal (call->host), report, shift,
                                       tai_clock_now (tai_terminal_host_get_clock (call->host)));
}

TaiJson *
tai_verb_report_to_json (TaiVerbCall *call, const TaiTillReport *report, const TaiShift *shift)
{
  return tai_report_result_new (tai_terminal_host_get_terminal (call->host), report, shift,
                                tai_clock_now (tai_terminal_host_get_clock (call->host)));
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
