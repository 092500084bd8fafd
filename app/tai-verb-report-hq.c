/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reports with --from hq: of all the hall's terminals, or of other halls for who has the right, as headquarters adds them up
 * right now. Headquarters asks who wants to know, so the owner signs that person in; the figures become the same picture, and
 * the same text, PDF, CSV and JSON, as the terminal's own.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-core-error.h"
#include "tai-period.h"
#include "tai-till-report.h"

#define REGION "region"

static gboolean
check_hq (TaiVerbCall *call, GError **error)
{
  if (!tai_verb_get_flag (call, "detail"))
    return TRUE;
  g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE,
                       "--detail: headquarters does not have it, ask each terminal");
  return FALSE;
}

/* @query: of whose halls is filled in here; @clerk: (nullable) of that one alone */
static TaiJson *
give (TaiVerbCall *call, TaiReportQuery *query, const char *clerk, GError **error)
{
  const char *hall = tai_verb_get_text (call, "hall");
  g_autoptr (TaiTillReport) report = NULL;
  const TaiShift *shift = NULL;

  query->hall = g_strcmp0 (hall, REGION) == 0 ? TAI_REPORT_REGION : hall;
  query->by = g_strcmp0 (hall, REGION) == 0 && clerk == NULL ? "hall" : NULL;
  report = tai_terminal_host_look_up_report (call->host, query, error);
  if (report == NULL || !tai_desk_receive_report (tai_terminal_host_get_desk (call->host), report, error))
    return NULL;
  if (clerk != NULL)
    tai_till_report_narrow (report, clerk);
  if (query->shift != NULL && report->shifts->len > 0)
    shift = g_ptr_array_index (report->shifts, 0);
  return tai_verb_write_report (call, report, shift, error);
}

static TaiJson *
run_hq_day (TaiVerbCall *call, GError **error)
{
  TaiPeriod period;

  return tai_verb_find_period (call, &period, error)
             ? give (call, &(TaiReportQuery){.from = period.text}, NULL, error)
             : NULL;
}

static TaiJson *
run_hq_month (TaiVerbCall *call, GError **error)
{
  TaiPeriod period;

  return tai_verb_find_month (call, &period, error)
             ? give (call, &(TaiReportQuery){.from = period.text}, NULL, error)
             : NULL;
}

static TaiJson *
run_hq_clerk (TaiVerbCall *call, GError **error)
{
  TaiPeriod period;

  return tai_verb_find_period (call, &period, error)
             ? give (call, &(TaiReportQuery){.from = period.text}, tai_verb_get_text (call, "clerk"), error)
             : NULL;
}

static TaiJson *
run_hq_shift (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiShift) shift = tai_verb_need_shift (call, error);

  return shift != NULL ? give (call, &(TaiReportQuery){.shift = shift->id.text}, NULL, error) : NULL;
}

#define HQ_ROW(words, run_func)                                                                              \
  {                                                                                                          \
    .name = words, .place = TAI_VERB_WRITE, .signs_in = TRUE, .required = {"staff"}, .check = check_hq,      \
    .run = run_func, .print = tai_verb_print_report                                                          \
  }
const TaiVerb tai_verb_report_hq_day = HQ_ROW ("report day", run_hq_day);
const TaiVerb tai_verb_report_hq_month = HQ_ROW ("report month", run_hq_month);
const TaiVerb tai_verb_report_hq_shift = HQ_ROW ("report shift", run_hq_shift);
const TaiVerb tai_verb_report_hq_clerk = {
    .name = "report clerk",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"clerk", "staff"},
    .check = check_hq,
    .run = run_hq_clerk,
    .print = tai_verb_print_report,
};
