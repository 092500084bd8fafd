/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs of the till: opening and closing it, and its reports. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-core-error.h"
#include "tai-plain-text.h"
#include "tai-report-file.h"
#include "tai-till-paper.h"
#include "tai-till-report.h"

#define REPORT_COLUMNS 80
#define SLIP_COLUMNS   48

#define STAFF_OPTIONS                                                                                        \
  {"staff", TAI_VALUE_TEXT, N_ ("Staff number")},                                                            \
  {                                                                                                          \
    "pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")                                               \
  }

/* Reports ---------------------------------------------------------------------------------------------------------------- */

static void
add_lines (TaiJson *result, const char *name, GPtrArray *lines)
{
  TaiJson *list = tai_result_add_list (result, name);

  for (guint i = 0; i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "clerk", line->clerk);
    tai_result_add_text (one, "operation", line->business);
    tai_result_add_text (one, "tender", line->tender);
    tai_result_add_int (one, "count", line->count);
    tai_result_add_money (one, "amount", line->amount);
  }
}

static void
add_shift (TaiJson *one, const TaiShift *shift)
{
  TaiMoney difference;

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
  if (tai_money_subtract (shift->counted, shift->expected, &difference, NULL))
    tai_result_add_money (one, "difference", difference);
  tai_result_add_int (one, "zNumber", shift->z_number);
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

TaiJson *
tai_verb_report_to_json (TaiVerbCall *call, const TaiTillReport *report, const TaiShift *shift)
{
  const TaiTerminal *terminal = tai_terminal_host_get_terminal (call->host);
  g_autoptr (TaiDocument) paper = make_paper (call, report, shift);
  g_autofree char *text = tai_plain_text_render (paper, shift != NULL ? SLIP_COLUMNS : REPORT_COLUMNS);
  TaiJson *result = tai_json_new_object ();
  TaiJson *shifts;

  tai_result_add_text (result, "terminal", terminal->id);
  tai_result_add_text (result, "businessDay", report->business_day);
  tai_result_add_text (result, "shift", report->shift_id);
  tai_result_add_text (result, "currency", tai_currency_to_code (terminal->currency));
  add_lines (result, "byBusiness", report->by_business);
  add_lines (result, "byTender", report->by_tender);
  if (report->drawer_expected.currency != 0)
    tai_result_add_money (result, "drawer", report->drawer_expected);
  tai_result_add_money (result, "refundDue", report->refund_due);
  tai_result_add_int (result, "orders", report->n_orders);
  tai_result_add_int (result, "payments", report->n_payments);
  tai_result_add_int (result, "reprints", report->n_reprints);
  tai_result_add_int (result, "unsent", report->n_unsent);
  tai_result_add_time (result, "oldestUnsent", report->oldest_unsent_us);
  tai_result_add_int (result, "inDoubt", report->n_in_doubt);
  tai_result_add_int (result, "quarantined", report->n_quarantined);
  shifts = tai_result_add_list (result, "shifts");
  for (guint i = 0; report->shifts != NULL && i < report->shifts->len; i++)
    add_shift (tai_result_append_object (shifts), g_ptr_array_index (report->shifts, i));
  if (report->is_z) {
    tai_result_add_int (result, "chainCheckedFrom", report->checked_from);
    tai_result_add_int (result, "chainBrokenAt", report->broken_seq);
    tai_result_add_money (result, "carriedOver", report->carried_over);
  }
  if (report->supplements != NULL)
    tai_verb_add_supplements (result, report->supplements);
  tai_result_add_int (result, "journalSeq", report->journal_seq);
  tai_result_add_text (result, "journalHead", report->journal_head);
  tai_result_add_text (result, "text", text);
  return result;
}

static gboolean
write_pdf (TaiVerbCall *call, const TaiTillReport *report, const TaiShift *shift, const char *path,
           GError **error)
{
  g_autoptr (TaiDocument) paper = make_paper (call, report, shift);

  return tai_report_file_write_paper (paper, path, error);
}

static gboolean
write_csv (const TaiTillReport *report, const char *path, GError **error)
{
  g_autofree char *text = tai_till_report_to_csv (report);

  return tai_report_file_write_text (text, path, error);
}

TaiJson *
tai_verb_give_report (TaiVerbCall *call, const char *day, const TaiShift *shift, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  g_autoptr (TaiTillReport) report =
      tai_visit_store_report (store, day, shift != NULL ? shift->id.text : NULL, error);
  const char *pdf = tai_verb_get_text (call, "pdf"), *csv = tai_verb_get_text (call, "csv");

  if (report != NULL)
    tai_till_report_make_blind (report, NULL); /* nobody signs in to read */
  if (report == NULL || (pdf != NULL && !write_pdf (call, report, shift, pdf, error)) ||
      (csv != NULL && !write_csv (report, csv, error)))
    return NULL;
  return tai_verb_report_to_json (call, report, shift);
}

static char *
today (TaiVerbCall *call)
{
  TaiClock *clock = tai_terminal_host_get_clock (call->host);
  int offset = tai_terminal_host_get_terminal (call->host)->utc_offset_min;

  return tai_date_to_text (tai_time_to_date (tai_clock_now (clock), offset));
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

static TaiJson *
run_report_day (TaiVerbCall *call, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = NULL;
  g_autofree char *now = NULL;
  const char *day = tai_verb_get_text (call, "day");
  TaiDate date;

  if (day != NULL && !tai_date_from_text (day, &date)) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "--day %s: must be like 2026-11-22", day);
    return NULL;
  }
  if (day != NULL)
    return tai_verb_give_report (call, day, NULL, error);
  shift = tai_verb_find_shift (call, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  now = today (call);
  return tai_verb_give_report (call, shift != NULL ? shift->business_day : now, NULL, error);
}

static TaiJson *
run_report_shift (TaiVerbCall *call, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = tai_verb_find_shift (call, &local_error);

  if (shift != NULL)
    return tai_verb_give_report (call, shift->business_day, shift, error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "there was no shift yet");
  return NULL;
}

void
tai_verb_print_report (const TaiJson *result, GString *out)
{
  g_string_append (out, tai_result_text (result, "text"));
}

#define REPORT_OPTIONS                                                                                       \
  {"pdf", TAI_VALUE_PATH, N_ ("Write it as PDF, too")},                                                      \
  {                                                                                                          \
    "csv", TAI_VALUE_PATH, N_ ("Write its lines as comma-separated values, too")                             \
  }

static const TaiVerb report_day = {
    .name = "report day",
    .place = TAI_VERB_READ,
    .options = {{"day", TAI_VALUE_TEXT, N_ ("Business day, 2026-11-22; without it the current one")},
                REPORT_OPTIONS,
                {NULL}},
    .summary = N_ ("The day's figures"),
    .run = run_report_day,
    .print = tai_verb_print_report,
};

static const TaiVerb report_shift = {
    .name = "report shift",
    .place = TAI_VERB_READ,
    .options = {REPORT_OPTIONS, {NULL}},
    .summary = N_ ("The figures of the open shift, or of the last one"),
    .run = run_report_shift,
    .print = tai_verb_print_report,
};

/* The till ---------------------------------------------------------------------------------------------------------------- */

static TaiJson *
till_to_json (TaiVerbCall *call, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  const TaiTerminal *terminal = tai_terminal_host_get_terminal (call->host);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = tai_verb_find_shift (call, &local_error);
  TaiMoney drawer = tai_money (0, 0);
  TaiJson *result;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  if (!tai_visit_store_drawer_balance (store, terminal->till, &drawer, error))
    return NULL;
  result = tai_json_new_object ();
  tai_result_add_text (result, "till", terminal->till);
  tai_result_add_text (result, "currency", tai_currency_to_code (terminal->currency));
  tai_result_add_flag (result, "open", shift != NULL && shift->state == TAI_SHIFT_OPEN);
  /* The count is blind: what should be in an open drawer is told after it was counted. */
  if (shift == NULL || shift->state == TAI_SHIFT_CLOSED)
    tai_result_add_money (result, "drawer", drawer);
  if (shift != NULL)
    add_shift (tai_result_add_object (result, "shift"), shift);
  return result;
}

static TaiJson *
run_till_open (TaiVerbCall *call, GError **error)
{
  TaiMoney counted;

  if (!tai_verb_get_money (call, "count", &counted, error) ||
      !tai_desk_open_till (tai_terminal_host_get_desk (call->host), counted, error))
    return NULL;
  return till_to_json (call, error);
}

static TaiJson *
run_till_close (TaiVerbCall *call, GError **error)
{
  TaiDesk *desk = tai_terminal_host_get_desk (call->host);
  g_autoptr (TaiTillReport) report = NULL;
  g_autoptr (TaiShift) shift = NULL;
  g_autoptr (GError) local_error = NULL;
  TaiMoney counted;
  TaiJson *result;

  if (!tai_verb_get_money (call, "count", &counted, error))
    return NULL;
  report = tai_desk_close_till (desk, counted, &local_error);
  if (report == NULL && tai_verb_approve (call, &local_error))
    report = tai_desk_close_till (desk, counted, &local_error);
  if (report == NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  result = till_to_json (call, error);
  shift = result != NULL ? tai_verb_find_shift (call, error) : NULL;
  if (shift != NULL)
    tai_json_set (result, "report", tai_verb_report_to_json (call, report, shift));
  return result;
}

static void
print_till (const TaiJson *result, GString *out)
{
  g_autofree char *opened = tai_result_local_time (result, "shift.opened");

  if (tai_result_flag (result, "open"))
    tai_result_print (out, _ ("Till %s is open: shift of %s since %s, business day %s\n"),
                      tai_result_text (result, "till"), tai_result_text (result, "shift.clerk"), opened,
                      tai_result_text (result, "shift.businessDay"));
  else if (g_str_equal (tai_result_text (result, "shift.state"), "counting"))
    tai_result_print (out, _ ("Till %s is being counted\n"), tai_result_text (result, "till"));
  else
    tai_result_print (out, _ ("Till %s is closed\n"), tai_result_text (result, "till"));
  if (tai_json_has (result, "drawer"))
    tai_result_print (out, _ ("In the drawer: %s %s\n"), tai_result_text (result, "drawer"),
                      tai_result_text (result, "currency"));
  if (tai_json_has (result, "report"))
    g_string_append (out, tai_result_text (result, "report.text"));
}

static const TaiVerb till_open = {
    .name = "till open",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"count", "staff"},
    .options = {{"count", TAI_VALUE_TEXT, N_ ("What was counted in the drawer, 500.00")},
                STAFF_OPTIONS,
                {NULL}},
    .summary = N_ ("Begin a shift"),
    .run = run_till_open,
    .print = print_till,
};

static const TaiVerb till_close = {
    .name = "till close",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"count", "staff"},
    .options = {{"count", TAI_VALUE_TEXT, N_ ("What was counted in the drawer, 500.00")},
                STAFF_OPTIONS,
                {"approver", TAI_VALUE_TEXT, N_ ("Staff number of who approves a large difference")},
                {"approver-pin-file", TAI_VALUE_PATH, N_ ("File that holds that person's PIN")},
                {NULL}},
    .summary = N_ ("End the shift: count, difference, report"),
    .run = run_till_close,
    .print = print_till,
};

static TaiJson *
run_till_resume (TaiVerbCall *call, GError **error)
{
  return tai_desk_resume_till (tai_terminal_host_get_desk (call->host), error) ? till_to_json (call, error)
                                                                               : NULL;
}

static const TaiVerb till_resume = {
    .name = "till resume",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"staff"},
    .options = {STAFF_OPTIONS, {NULL}},
    .summary = N_ ("Back from counting to selling"),
    .run = run_till_resume,
    .print = print_till,
};

static const TaiVerb till_status = {
    .name = "till status",
    .place = TAI_VERB_READ,
    .summary = N_ ("Is the till open, what should be in it"),
    .run = till_to_json,
    .print = print_till,
};

const TaiVerb *const tai_verbs_till[] = {&till_open,  &till_close,   &till_resume, &till_status,
                                         &report_day, &report_shift, NULL};
