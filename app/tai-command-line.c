/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From words to a verb and back to words. Where it runs: what only reads, here, on a connection of its own; what writes, in
 * the owner of the state folder, which is this process when there is no other.
 */
#define G_LOG_DOMAIN "guitaictl"

#include "tai-command-line.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

#include "tai-advice.h"
#include "tai-app-error.h"
#include "tai-handover.h"
#include "tai-pin-prompt.h"
#include "tai-verb.h"

#define SCRIPT_MAX_BYTES (256 * 1024)
#define SERVE            "serve"

typedef struct {
  char *state; /* (owned) (nullable) */
  gboolean json;
  gboolean help;
  const TaiVerb *verb; /* (nullable) */
  gboolean serves;
  TaiJson *arguments; /* (owned) */
} Call;

static void
call_clear (Call *self)
{
  g_free (self->state);
  g_clear_pointer (&self->arguments, tai_json_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

/* Help ----------------------------------------------------------------------------------------------------------------------- */

static void
print_option (const TaiVerbOption *option)
{
  g_autofree char *name =
      g_strdup_printf ("--%s%s", option->name, option->value == TAI_VALUE_FLAG ? "" : " …");

  g_print ("      %-14s %s\n", name, _ (option->help));
}

static void
print_help (const TaiVerb *only)
{
  g_print (_ ("usage: guitaictl [--state FOLDER] [--json] VERB …\n"));
  for (const TaiVerb *const *verb = tai_verb_get_all (); *verb != NULL; verb++) {
    if (only != NULL && *verb != only)
      continue;
    g_print ("  %s", (*verb)->name);
    for (guint i = 0; i < G_N_ELEMENTS ((*verb)->bare) && (*verb)->bare[i].name != NULL; i++)
      g_print (" %s", (*verb)->bare[i].help);
    g_print ("\n      %s\n", _ ((*verb)->summary));
    for (const TaiVerbOption *option = (*verb)->options; option->name != NULL; option++)
      print_option (option);
  }
  if (only == NULL)
    g_print ("  serve\n      %s\n",
             _ ("Own the terminal's data: send, print, and do what other calls hand over"));
}

/* Taking the words apart ------------------------------------------------------------------------------------------------------ */

static gboolean
fail_usage (GError **error, const char *format, const char *what)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  g_autofree char *text = g_strdup_printf ("%s: %s", format, what);
  G_GNUC_END_IGNORE_DEPRECATIONS
  g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, text);
  return FALSE;
}

/* A script is short; what goes on for ever (a device) is cut, and then too long to be one. */
static char *
read_script (const char *path, gsize *length, GError **error)
{
  g_autofree char *text = g_malloc (SCRIPT_MAX_BYTES + 2);
  FILE *file = fopen (path, "re");
  gboolean good = file != NULL;

  if (good) {
    *length = fread (text, 1, SCRIPT_MAX_BYTES + 1, file);
    good = !ferror (file);
    fclose (file);
  }
  if (!good) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_FILE, "%s: %s", path, g_strerror (errno));
    return NULL;
  }
  text[*length] = '\0';
  return g_steal_pointer (&text);
}

static TaiJson *
read_json (const char *path, GError **error)
{
  static const TaiJsonLimits limits = {.max_bytes = SCRIPT_MAX_BYTES};
  gsize length = 0;
  g_autofree char *text = read_script (path, &length, error);
  TaiJson *json;

  if (text == NULL)
    return NULL;
  json = tai_json_parse (text, (gssize)length, &limits, error);
  if (json == NULL)
    g_prefix_error (error, "%s: ", path);
  return json;
}

static gboolean
take_value (Call *call, const TaiVerbOption *option, const char *text, GError **error)
{
  TaiJson *value = NULL;
  gint64 count;

  switch (option->value) {
  case TAI_VALUE_FLAG:
    value = tai_json_new_bool (TRUE);
    break;
  case TAI_VALUE_COUNT:
    if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &count, NULL))
      return fail_usage (error, option->name, "a whole number is needed");
    value = tai_json_new_int (count);
    break;
  case TAI_VALUE_PATH: {
    g_autofree char *path = g_canonicalize_filename (text, NULL);
    value = tai_json_new_string (path);
    break;
  }
  case TAI_VALUE_JSON:
    value = read_json (text, error);
    if (value == NULL)
      return FALSE;
    break;
  case TAI_VALUE_TEXT:
    if (!g_utf8_validate (text, -1, NULL))
      return fail_usage (error, option->name, "not UTF-8");
    value = tai_json_new_string (text);
    break;
  }
  tai_json_set (call->arguments, option->name, value);
  return TRUE;
}

static const TaiVerbOption *
find_option (const TaiVerb *verb, const char *name, gsize length)
{
  for (const TaiVerbOption *option = verb->options; option->name != NULL; option++)
    if (strlen (option->name) == length && strncmp (option->name, name, length) == 0)
      return option;
  return NULL;
}

/* "--name value", "--name=value", "--flag". *@i stands on it and moves over a value. */
static gboolean
take_option (Call *call, char **words, guint *i, GError **error)
{
  const char *name = words[*i] + 2;
  const char *equals = strchr (name, '=');
  const TaiVerbOption *option =
      find_option (call->verb, name, equals != NULL ? (gsize)(equals - name) : strlen (name));
  const char *value = equals != NULL ? equals + 1 : NULL;

  if (option == NULL)
    return fail_usage (error, "no such option", words[*i]);
  if (option->value == TAI_VALUE_FLAG)
    return value == NULL ? take_value (call, option, NULL, error)
                         : fail_usage (error, "takes no value", words[*i]);
  if (value == NULL)
    value = words[*i + 1] != NULL ? words[++*i] : NULL;
  return value != NULL ? take_value (call, option, value, error)
                       : fail_usage (error, "needs a value", words[*i]);
}

/* Options that stand anywhere: taken out of @words. */
static gboolean
take_common (Call *call, GPtrArray *words, GError **error)
{
  for (guint i = 0; i + 1 < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);
    guint n = 1;
    if (strcmp (word, "--json") == 0)
      call->json = TRUE;
    else if (strcmp (word, "--help") == 0 || strcmp (word, "-h") == 0)
      call->help = TRUE;
    else if (g_str_has_prefix (word, "--state="))
      call->state = g_strdup (word + strlen ("--state="));
    else if (strcmp (word, "--state") == 0 && i + 2 < words->len)
      call->state = g_strdup (g_ptr_array_index (words, i + 1)), n = 2;
    else if (strcmp (word, "--state") == 0)
      return fail_usage (error, "needs a value", word);
    else
      continue;
    g_ptr_array_remove_range (words, i--, n);
  }
  return TRUE;
}

static gboolean
take_words (Call *call, char **words, GError **error)
{
  guint i, n_bare = 0;

  call->verb = tai_verb_find ((const char *const *)words, &i);
  if (call->verb == NULL)
    return fail_usage (error, "no such verb", words[0] != NULL ? words[0] : "");
  for (; words[i] != NULL; i++) {
    if (g_str_has_prefix (words[i], "--")) {
      if (!take_option (call, words, &i, error))
        return FALSE;
    } else if (n_bare < G_N_ELEMENTS (call->verb->bare) && call->verb->bare[n_bare].name != NULL) {
      if (!take_value (call, &call->verb->bare[n_bare++], words[i], error))
        return FALSE;
    } else {
      return fail_usage (error, "one word too many", words[i]);
    }
  }
  if (!call->help && (call->verb = tai_verb_choose (call->verb, call->arguments, error)) == NULL)
    return FALSE;
  for (const char *const *name = call->verb->required; *name != NULL; name++)
    if (!call->help && !tai_json_has (call->arguments, *name))
      return fail_usage (error, "missing", *name);
  return TRUE;
}

static gboolean
parse (Call *call, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (int i = 1; i < argc; i++)
    g_ptr_array_add (words, argv[i]);
  g_ptr_array_add (words, NULL);
  call->arguments = tai_json_new_object ();
  if (!take_common (call, words, error))
    return FALSE;
  call->serves = g_strcmp0 (g_ptr_array_index (words, 0), SERVE) == 0 && words->len == 2;
  if (call->serves || (call->help && words->len == 1))
    return TRUE;
  return take_words (call, (char **)words->pdata, error);
}

/* Who signs in ------------------------------------------------------------------------------------------------------------------ */

/* A script names its staff member; the PIN is never in it, and never among the words of a call. */
static gboolean
add_pin (Call *call, const char *name, const char *file_name, GError **error)
{
  const char *file = NULL;
  g_autofree char *pin = NULL;

  if (!tai_json_optional_string (call->arguments, file_name, &file, error))
    return FALSE;
  pin = tai_pin_prompt (file, error);
  if (pin == NULL)
    return FALSE;
  tai_json_set (call->arguments, name, tai_json_new_string (pin));
  tai_json_delete (call->arguments, file_name);
  explicit_bzero (pin, strlen (pin));
  return TRUE;
}

static gboolean
add_staff (Call *call, GError **error)
{
  const TaiJson *staff = tai_json_get (call->arguments, "script.staff");

  if (!call->verb->signs_in)
    return TRUE;
  if (staff != NULL && tai_json_get_kind (staff) == TAI_JSON_STRING)
    tai_json_set (call->arguments, "staff", tai_json_copy (staff));
  return add_pin (call, "pin", "pin-file", error) &&
         (!tai_json_has (call->arguments, "taker") || add_pin (call, "taker-pin", "taker-pin-file", error)) &&
         (!tai_json_has (call->arguments, "approver") ||
          add_pin (call, "approver-pin", "approver-pin-file", error));
}

/* Running ------------------------------------------------------------------------------------------------------------------------ */

static TaiJson *
run_reading (Call *call, TaiStateFolder *folder, GError **error)
{
  g_autoptr (TaiTerminalHost) host = tai_terminal_host_open (folder, TAI_HOST_READ, error);
  TaiVerbCall verb_call = {folder, host, call->arguments};

  return host != NULL ? tai_verb_run (call->verb, &verb_call, error) : NULL;
}

static TaiJson *
run_owning (Call *call, TaiStateFolder *folder, GError **error)
{
  g_autoptr (TaiTerminalHost) host = tai_terminal_host_open (folder, TAI_HOST_OWN, error);
  TaiVerbCall verb_call = {folder, host, call->arguments};

  if (host == NULL || !tai_terminal_host_start_line (host, error))
    return NULL;
  return tai_verb_run (call->verb, &verb_call, error);
}

static TaiJson *
hand_over (Call *call, TaiStateFolder *folder, const GError *locked, GError **error)
{
  g_autofree char *request = tai_verb_make_request (call->verb, call->arguments);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *answer = tai_handover_ask (folder, request, 0, &local_error);

  memset (request, 0, strlen (request)); /* a PIN may stand in it */
  if (answer != NULL)
    return tai_verb_take_answer (answer, error);
  /* Nobody serves there: the one who has the lock is the better news. */
  g_propagate_error (error, g_error_matches (local_error, TAI_APP_ERROR, TAI_APP_ERROR_LOCKED)
                                ? g_error_copy (locked)
                                : g_steal_pointer (&local_error));
  return NULL;
}

static TaiJson *
run_writing (Call *call, TaiStateFolder *folder, GError **error)
{
  g_autoptr (GError) locked = NULL;

  if (!add_staff (call, error))
    return NULL;
  if (tai_state_folder_lock (folder, &locked))
    return run_owning (call, folder, error);
  if (g_error_matches (locked, TAI_APP_ERROR, TAI_APP_ERROR_LOCKED))
    return hand_over (call, folder, locked, error);
  g_propagate_error (error, g_steal_pointer (&locked));
  return NULL;
}

static TaiJson *
run (Call *call, GError **error)
{
  TaiStateFolderMode mode =
      strcmp (call->verb->name, "init") == 0 ? TAI_STATE_FOLDER_CREATE : TAI_STATE_FOLDER_EXISTING;
  TaiVerbCall verb_call = {NULL, NULL, call->arguments};
  g_autoptr (TaiStateFolder) folder = NULL;

  if (call->verb->place == TAI_VERB_ALONE)
    return tai_verb_run (call->verb, &verb_call, error);
  folder = tai_state_folder_open (call->state, mode, error);
  if (folder == NULL)
    return NULL;
  if (call->verb->place == TAI_VERB_READ)
    return run_reading (call, folder, error);
  if (call->verb->place == TAI_VERB_WRITE)
    return run_writing (call, folder, error);
  verb_call.folder = folder;
  return tai_verb_run (call->verb, &verb_call, error);
}

/* Saying what came of it ---------------------------------------------------------------------------------------------------------- */

static void
say_error (const GError *error)
{
  g_autofree char *words = tai_advice_dup_for_error (error);

  g_printerr ("%s\n", words);
  g_printerr ("  (%s %s: %s)\n",
              tai_advice_domain_to_text (error->domain) ? tai_advice_domain_to_text (error->domain) : "app",
              tai_advice_code_to_text (error->domain, error->code)
                  ? tai_advice_code_to_text (error->domain, error->code)
                  : "failed",
              error->message);
}

static void
say_json (TaiJson *result, const GError *error)
{
  g_autoptr (TaiJson) all = result != NULL ? tai_json_copy (result) : tai_json_new_object ();
  g_autofree char *text = NULL;

  if (error != NULL)
    tai_json_set (all, "error", tai_verb_error_to_json (error, TRUE));
  text = tai_json_to_text (all);
  g_print ("%s\n", text);
}

static int
say (const Call *call, TaiJson *result, const GError *error)
{
  if (call->json) {
    say_json (result, error);
  } else {
    g_autoptr (GString) out = g_string_new (NULL);
    if (result != NULL)
      call->verb->print (result, out);
    fputs (out->str, stdout);
    fflush (stdout);
    if (error != NULL)
      say_error (error);
  }
  return error != NULL ? (int)tai_advice_exit_code (error->domain, error->code) : TAI_EXIT_DONE;
}

/* serve ---------------------------------------------------------------------------------------------------------------------------- */

static char *
answer_cb (const char *request, gpointer data)
{
  return tai_verb_answer_request (data, request);
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
serve (const Call *call, GError **error)
{
  g_autoptr (TaiStateFolder) folder = tai_state_folder_open (call->state, TAI_STATE_FOLDER_EXISTING, error);
  g_autoptr (TaiTerminalHost) host = NULL;
  g_autoptr (TaiHandoverServer) server = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint signals[2];

  if (folder == NULL || !tai_state_folder_lock (folder, error))
    return FALSE;
  host = tai_terminal_host_open (folder, TAI_HOST_OWN, error);
  if (host == NULL || !tai_terminal_host_start_line (host, error))
    return FALSE;
  server = tai_handover_server_new (folder, answer_cb, host, error);
  if (server == NULL)
    return FALSE;
  tai_terminal_host_keep_fresh (host, NULL, NULL);
  signals[0] = g_unix_signal_add (SIGTERM, quit_cb, loop);
  signals[1] = g_unix_signal_add (SIGINT, quit_cb, loop);
  g_print ("ready %s\n", tai_state_folder_get_path (folder));
  fflush (stdout);
  g_main_loop_run (loop);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (signals[i]);
  return TRUE;
}

int
tai_command_line_run (int argc, char **argv)
{
  g_auto (Call) call = {NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiJson) result = NULL;

  if (!parse (&call, argc, argv, &error)) {
    if (call.json)
      say_json (NULL, error);
    else
      say_error (error);
    return (int)tai_advice_exit_code (error->domain, error->code);
  }
  if (call.help) {
    print_help (call.verb);
    return TAI_EXIT_DONE;
  }
  if (!call.serves) {
    result = run (&call, &error);
    return say (&call, result, error);
  }
  if (serve (&call, &error))
    return TAI_EXIT_DONE;
  say_error (error);
  return (int)tai_advice_exit_code (error->domain, error->code);
}
