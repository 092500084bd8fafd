/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The verbs as one table, their arguments, and the two lines in which a request goes to the owner and comes back. Runs where
 * the store may be called.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-advice.h"

#define MAX_VERBS 64

const TaiVerb *const *
tai_verb_get_all (void)
{
  static const TaiVerb *all[MAX_VERBS];
  static const TaiVerb *const *const tables[] = {
      tai_verbs_setup, tai_verbs_catalogue, tai_verbs_order,    tai_verbs_undo,  tai_verbs_debt,
      tai_verbs_till,  tai_verbs_cash,      tai_verbs_close,    tai_verbs_line,  tai_verbs_directory,
      tai_verbs_print, tai_verbs_desk,      tai_verbs_template, tai_verbs_report};
  guint n = 0;

  if (all[0] != NULL)
    return all;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (guint j = 0; tables[i][j] != NULL; j++) {
      g_assert (n < MAX_VERBS - 1);
      all[n++] = tables[i][j];
    }
  return all;
}

const TaiVerb *
tai_verb_find (const char *const *words, guint *n_words)
{
  const TaiVerb *best = NULL;

  *n_words = 0;
  for (const TaiVerb *const *verb = tai_verb_get_all (); *verb != NULL; verb++) {
    g_auto (GStrv) name = g_strsplit ((*verb)->name, " ", -1);
    guint n = g_strv_length (name), i = 0;
    while (i < n && words[i] != NULL && strcmp (words[i], name[i]) == 0)
      i++;
    if (i == n && n > *n_words) {
      best = *verb;
      *n_words = n;
    }
  }
  return best;
}

const TaiVerb *
tai_verb_choose (const TaiVerb *verb, const TaiJson *arguments, GError **error)
{
  const TaiVerbCall call = {.arguments = arguments};
  const char *from = tai_verb_get_text (&call, "from");

  if (from == NULL || strcmp (from, "terminal") == 0)
    return verb;
  if (strcmp (from, "hq") == 0 && verb->from_hq != NULL)
    return verb->from_hq;
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "--from %s: must be terminal or hq", from);
  return NULL;
}

/* Arguments ------------------------------------------------------------------------------------------------------------ */

const char *
tai_verb_get_text (const TaiVerbCall *call, const char *name)
{
  const char *text = NULL;

  return tai_json_optional_string (call->arguments, name, &text, NULL) ? text : NULL;
}

gboolean
tai_verb_get_flag (const TaiVerbCall *call, const char *name)
{
  gboolean flag = FALSE;

  return tai_json_optional_bool (call->arguments, name, &flag, NULL) && flag;
}

gint64
tai_verb_get_count (const TaiVerbCall *call, const char *name, gint64 fallback)
{
  gint64 count = fallback;

  return tai_json_optional_int (call->arguments, name, &count, NULL) ? count : fallback;
}

gboolean
tai_verb_get_money (const TaiVerbCall *call, const char *name, TaiMoney *money, GError **error)
{
  const char *text = tai_verb_get_text (call, name);

  if (text == NULL) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "--%s is missing", name);
    return FALSE;
  }
  return tai_money_from_text (text, tai_terminal_host_get_terminal (call->host)->currency, money, error);
}

/* Running ---------------------------------------------------------------------------------------------------------------- */

static gboolean
sign_in (TaiVerbCall *call, GError **error)
{
  const char *staff = tai_verb_get_text (call, "staff");
  const char *pin = tai_verb_get_text (call, "pin");

  if (staff == NULL) {
    g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "--staff is missing");
    return FALSE;
  }
  if (pin == NULL) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_PIN_MISSING, "no PIN for %s", staff);
    return FALSE;
  }
  return tai_desk_sign_in (tai_terminal_host_get_desk (call->host), staff, pin, error);
}

/* A clerk who is at the window would find himself signed out, or his visit under another name. */
static gboolean
check_desk_free (TaiVerbCall *call, GError **error)
{
  const TaiStaff *staff = tai_desk_get_staff (tai_terminal_host_get_desk (call->host));

  if (staff == NULL)
    return TRUE;
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_DESK_TAKEN, "%s is signed in at the window",
               staff->number);
  return FALSE;
}

static TaiJson *
run_signed_in (const TaiVerb *verb, TaiVerbCall *call, GError **error)
{
  TaiJson *result = NULL;

  if (sign_in (call, error)) {
    result = verb->run (call, error);
    tai_desk_sign_out (tai_terminal_host_get_desk (call->host));
  }
  return result;
}

TaiJson *
tai_verb_run (const TaiVerb *verb, TaiVerbCall *call, GError **error)
{
  TaiJson *result;

  if (verb->check != NULL && !verb->check (call, error))
    return NULL;
  if (!verb->signs_in)
    return verb->run (call, error);
  if (!tai_terminal_host_check_clock (call->host, error) || !check_desk_free (call, error))
    return NULL;
  tai_terminal_host_lend (call->host, TRUE);
  result = run_signed_in (verb, call, error);
  tai_terminal_host_lend (call->host, FALSE);
  return result;
}

/* Lines ------------------------------------------------------------------------------------------------------------------ */

TaiJson *
tai_verb_error_to_json (const GError *error, gboolean with_words)
{
  TaiJson *json = tai_json_new_object ();
  g_autofree char *words = with_words ? tai_advice_dup_for_error (error) : NULL;
  const char *code = tai_advice_code_to_text (error->domain, error->code);

  tai_result_add_text (json, "domain", code != NULL ? tai_advice_domain_to_text (error->domain) : "app");
  tai_result_add_text (json, "code", code != NULL ? code : "failed");
  tai_result_add_text (json, "detail", error->message);
  if (with_words)
    tai_result_add_text (json, "words", words);
  return json;
}

static GError *
error_from_json (const TaiJson *json)
{
  GQuark domain = tai_advice_domain_from_text (tai_result_text (json, "domain"));
  int code;

  if (domain == 0 || !tai_advice_code_from_text (domain, tai_result_text (json, "code"), &code))
    return g_error_new_literal (TAI_APP_ERROR, TAI_APP_ERROR_OWNER_ANSWER, "an error that is not known here");
  return g_error_new_literal (domain, code, tai_result_text (json, "detail"));
}

char *
tai_verb_make_request (const TaiVerb *verb, const TaiJson *arguments)
{
  g_autoptr (TaiJson) json = tai_json_new_object ();

  tai_result_add_text (json, "version", TAI_VERSION);
  tai_result_add_text (json, "verb", verb->name);
  tai_json_set (json, "arguments", tai_json_copy (arguments));
  return tai_json_to_text (json);
}

static TaiJson *
run_request (TaiTerminalHost *host, const char *request, GError **error)
{
  g_autoptr (TaiJson) json = tai_json_parse (request, -1, NULL, error);
  const char *name = json != NULL ? tai_json_require_string (json, "verb", error) : NULL;
  g_auto (GStrv) words = name != NULL ? g_strsplit (name, " ", -1) : NULL;
  TaiVerbCall call = {tai_terminal_host_get_folder (host), host, NULL};
  const TaiVerb *verb;
  guint n_words;

  if (words == NULL)
    return NULL;
  call.arguments = tai_json_require_object (json, "arguments", error);
  verb = tai_verb_find ((const char *const *)words, &n_words);
  if (call.arguments == NULL ||
      (verb != NULL && (verb = tai_verb_choose (verb, call.arguments, error)) == NULL))
    return NULL;
  if (verb == NULL || verb->place != TAI_VERB_WRITE || strcmp (verb->name, name) != 0 ||
      strcmp (tai_result_text (json, "version"), TAI_VERSION) != 0) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_OWNER_ANSWER,
                 "the owner (version %s) does not do \"%s\"", TAI_VERSION, name);
    return NULL;
  }
  return tai_verb_run (verb, &call, error);
}

char *
tai_verb_answer_request (TaiTerminalHost *host, const char *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiJson) answer = tai_json_new_object ();
  TaiJson *result = run_request (host, request, &error);

  if (result != NULL)
    tai_json_set (answer, "result", result);
  if (error != NULL)
    tai_json_set (answer, "error", tai_verb_error_to_json (error, FALSE));
  return tai_json_to_text (answer);
}

TaiJson *
tai_verb_take_answer (const char *answer, GError **error)
{
  static const TaiJsonLimits limits = {.max_bytes = 8 * 1024 * 1024};
  g_autoptr (TaiJson) json = tai_json_parse (answer, -1, &limits, NULL);
  const TaiJson *result = json != NULL ? tai_json_get_member (json, "result") : NULL;
  const TaiJson *fault = json != NULL ? tai_json_get_member (json, "error") : NULL;

  if (fault != NULL)
    g_propagate_error (error, error_from_json (fault));
  else if (result == NULL)
    g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_OWNER_ANSWER, "neither result nor error");
  return result != NULL ? tai_json_copy (result) : NULL;
}
