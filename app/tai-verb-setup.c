/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that make a terminal of a machine. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-enrolment-file.h"
#include "tai-offline-error.h"
#include "tai-system-clock.h"

static TaiJson *
run_init (TaiVerbCall *call, GError **error)
{
  TaiJson *result = tai_json_new_object ();

  tai_result_add_text (result, "folder", tai_state_folder_get_path (call->folder));
  tai_result_add_flag (result, "enrolled", tai_state_folder_has (call->folder, TAI_STATE_ENROLMENT));
  return result;
}

static void
print_init (const TaiJson *result, GString *out)
{
  tai_result_print (out, _ ("The terminal's folder is %s\n"), tai_result_text (result, "folder"));
  g_string_append (out, tai_result_flag (result, "enrolled")
                            ? _ ("It is enrolled already.\n")
                            : _ ("Next: guitaictl enrol --url https://… --code …\n"));
}

static const TaiVerb init = {
    .name = "init",
    .place = TAI_VERB_SETUP,
    .summary = N_ ("Make the terminal's folder"),
    .run = run_init,
    .print = print_init,
};

static void
arrived_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static TaiEnrolment *
ask_hq (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiSystemClock) clock = tai_system_clock_new ();
  TaiEnrolSettings settings = {.base_url = tai_verb_get_text (call, "url"),
                               .code = tai_verb_get_text (call, "code"),
                               .clock = TAI_CLOCK (clock)};
  g_autoptr (GAsyncResult) result = NULL;

  tai_enrol_async (&settings, NULL, arrived_cb, &result);
  while (result == NULL)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  return tai_enrol_finish (result, error);
}

static TaiJson *
run_enrol (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiEnrolment) enrolment = NULL;
  g_autoptr (TaiTerminalHost) host = NULL;
  TaiJson *result;

  if (tai_state_folder_has (call->folder, TAI_STATE_ENROLMENT)) {
    g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_ENROLLED,
                         tai_state_folder_get_path (call->folder));
    return NULL;
  }
  if (!tai_state_folder_lock (call->folder, error))
    return NULL;
  enrolment = ask_hq (call, error);
  if (enrolment == NULL ||
      !tai_enrolment_file_save (call->folder, tai_verb_get_text (call, "url"), enrolment, error))
    return NULL;
  host = tai_terminal_host_open (call->folder, TAI_HOST_OWN, error);
  if (host == NULL || !tai_visit_store_replace_staff (TAI_VISIT_STORE (tai_terminal_host_get_store (host)),
                                                      enrolment->staff, error))
    return NULL;
  result = tai_json_new_object ();
  tai_result_add_text (result, "terminal", enrolment->terminal->id);
  tai_result_add_text (result, "hall", enrolment->terminal->hall);
  tai_result_add_text (result, "hallName", enrolment->terminal->hall_name);
  tai_result_add_text (result, "till", enrolment->terminal->till);
  tai_result_add_text (result, "class", enrolment->terminal->klass);
  tai_result_add_int (result, "staff", enrolment->staff->len);
  return result;
}

static void
print_enrol (const TaiJson *result, GString *out)
{
  tai_result_print (out, _ ("This is terminal %s (%s), till %s, class %s; %lld staff members\n"),
                    tai_result_text (result, "terminal"), tai_result_text (result, "hallName"),
                    tai_result_text (result, "till"), tai_result_text (result, "class"),
                    tai_result_int (result, "staff"));
}

static const TaiVerb enrol = {
    .name = "enrol",
    .place = TAI_VERB_SETUP,
    .required = {"url", "code"},
    .options = {{"url", TAI_VALUE_TEXT, N_ ("Headquarters' address, https://…")},
                {"code", TAI_VALUE_TEXT, N_ ("One-time code from headquarters")},
                {NULL}},
    .summary = N_ ("Enrol this terminal at headquarters"),
    .run = run_enrol,
    .print = print_enrol,
};

const TaiVerb *const tai_verbs_setup[] = {&init, &enrol, NULL};
