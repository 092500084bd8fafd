/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs of the till: opening and closing it. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-core-error.h"
#include "tai-till-report.h"

#define STAFF_OPTIONS                                                                                        \
  {"staff", TAI_VALUE_TEXT, N_ ("Staff number")},                                                            \
  {                                                                                                          \
    "pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")                                               \
  }

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
    tai_report_result_add_shift (tai_result_add_object (result, "shift"), shift);
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

typedef struct {
  TaiMoney counted;
  TaiTillReport **report;
} Close;

static gboolean
close_till (TaiVerbCall *call, gpointer data, GError **error)
{
  const Close *self = data;

  *self->report = tai_desk_close_till (tai_terminal_host_get_desk (call->host), self->counted, error);
  return *self->report != NULL;
}

static TaiJson *
run_till_close (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiTillReport) report = NULL;
  g_autoptr (TaiShift) shift = NULL;
  Close closing = {.report = &report};
  TaiJson *result;

  if (!tai_verb_get_money (call, "count", &closing.counted, error) ||
      !tai_verb_do_approved (call, close_till, &closing, error))
    return NULL;
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

const TaiVerb *const tai_verbs_till[] = {&till_open, &till_close, &till_resume, &till_status, NULL};
