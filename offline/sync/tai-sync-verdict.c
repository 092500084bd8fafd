/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sync-verdict.h"

#include <string.h>

static char *
describe (const TaiReply *reply, const char *what)
{
  if (reply->line != TAI_LINE_OK)
    return g_strdup (reply->detail ? reply->detail : what);
  return g_strdup_printf ("HTTP %d: %s", reply->status, what);
}

static TaiJson *
parse_body (const TaiReply *reply)
{
  gsize size = 0;
  const char *data = reply->body ? g_bytes_get_data (reply->body, &size) : NULL;

  return data ? tai_json_parse (data, (gssize)size, NULL, NULL) : NULL;
}

/* TMF630's error body: code (or reason) is a text. */
static gboolean
read_error (const TaiJson *json, char **reason)
{
  const char *code = NULL, *words = NULL;

  if (json == NULL || tai_json_get_kind (json) != TAI_JSON_OBJECT ||
      !tai_json_optional_string (json, "code", &code, NULL) || code == NULL)
    return FALSE;
  if (!tai_json_optional_string (json, "reason", &words, NULL))
    words = NULL;
  *reason = words ? g_strdup_printf ("%s: %s", code, words) : g_strdup (code);
  return TRUE;
}

static gboolean
names_key (const TaiJson *json, const TaiUuid *key)
{
  static const char *const names[] = {"externalId", "correlatorId", "key"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = NULL;
    if (tai_json_optional_string (json, names[i], &value, NULL) && value != NULL)
      return strcmp (value, key->text) == 0;
  }
  return FALSE;
}

static gboolean
is_passing (int status)
{
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

/* Everything but success. */
static TaiVerdict
verdict_of_failure (const TaiReply *reply, char **reason)
{
  g_autoptr (TaiJson) json = NULL;

  if (reply->line == TAI_LINE_NOT_REACHED) {
    *reason = describe (reply, "not reached");
    return TAI_VERDICT_AGAIN;
  }
  if (reply->line == TAI_LINE_LOST) {
    *reason = describe (reply, "lost");
    return TAI_VERDICT_UNKNOWN;
  }
  if (reply->status == 401 || reply->status == 403) {
    *reason = describe (reply, "not let in");
    return TAI_VERDICT_PAUSE;
  }
  json = parse_body (reply);
  if (!is_passing (reply->status) && reply->status >= 400 && read_error (json, reason))
    return TAI_VERDICT_REFUSED;
  *reason = describe (reply, is_passing (reply->status) ? "HQ cannot now" : "not HQ's words");
  return TAI_VERDICT_UNKNOWN;
}

static gboolean
is_success (const TaiReply *reply)
{
  return reply->line == TAI_LINE_OK && reply->status >= 200 && reply->status < 300;
}

TaiVerdict
tai_verdict_of_reply (const TaiReply *reply, const TaiUuid *key, char **reason)
{
  g_autoptr (TaiJson) json = NULL;

  *reason = NULL;
  if (!is_success (reply))
    return verdict_of_failure (reply, reason);
  json = parse_body (reply);
  if (json != NULL && names_key (json, key))
    return TAI_VERDICT_ACKNOWLEDGED;
  *reason = describe (reply, "not HQ's words");
  return TAI_VERDICT_UNKNOWN;
}

TaiVerdict
tai_verdict_of_batch (const TaiReply *reply, char **reason)
{
  *reason = NULL;
  if (!is_success (reply)) {
    TaiVerdict verdict = verdict_of_failure (reply, reason);
    /* No message of it was judged: nobody goes into quarantine for the batch's own fault. */
    return verdict == TAI_VERDICT_REFUSED ? TAI_VERDICT_UNKNOWN : verdict;
  }
  return TAI_VERDICT_ACKNOWLEDGED;
}

TaiVerdict
tai_verdict_of_line (const char *line, gsize length, const TaiUuid *key, char **reason)
{
  g_autoptr (TaiJson) json = tai_json_parse (line, (gssize)length, NULL, NULL);
  const TaiJson *error;
  gint64 status = 0;

  *reason = NULL;
  if (json == NULL || !names_key (json, key) || !tai_json_require_int (json, "status", &status, NULL)) {
    *reason = g_strdup ("not HQ's words");
    return TAI_VERDICT_UNKNOWN;
  }
  if (status >= 200 && status < 300)
    return TAI_VERDICT_ACKNOWLEDGED;
  error = tai_json_get (json, "error");
  if (status >= 400 && !is_passing ((int)status) && read_error (error, reason))
    return TAI_VERDICT_REFUSED;
  *reason = g_strdup_printf ("HQ cannot now (%d)", (int)status);
  return TAI_VERDICT_UNKNOWN;
}

TaiVerdict
tai_verdict_of_asked (const TaiJson *answer, const TaiUuid *key, TaiDigest digest)
{
  const TaiJson *list = tai_json_get (answer, "messages");

  for (guint i = 0; list != NULL && i < tai_json_get_length (list); i++) {
    const TaiJson *each = tai_json_get_element (list, i);
    const char *sha256 = NULL;
    gboolean known = FALSE;
    gint64 status = 0;
    TaiDigest theirs;

    if (each == NULL || !names_key (each, key))
      continue;
    if (!tai_json_require_bool (each, "known", &known, NULL))
      return TAI_VERDICT_UNKNOWN;
    if (!tai_json_optional_int (each, "status", &status, NULL))
      return TAI_VERDICT_UNKNOWN;
    /* A message that was refused is known, too: sending it shows why. */
    if (!known || status >= 400)
      return TAI_VERDICT_AGAIN;
    if (!tai_json_optional_string (each, "sha256", &sha256, NULL) || sha256 == NULL ||
        !tai_digest_from_hex (sha256, &theirs))
      return TAI_VERDICT_UNKNOWN;
    return tai_digest_equal (theirs, digest) ? TAI_VERDICT_ACKNOWLEDGED : TAI_VERDICT_AGAIN;
  }
  return TAI_VERDICT_UNKNOWN;
}

gboolean
tai_verdict_is_hq (const TaiReply *reply)
{
  g_autoptr (TaiJson) json = NULL;

  if (reply->line != TAI_LINE_OK)
    return FALSE;
  if (reply->status == 304)
    return TRUE;
  json = parse_body (reply);
  return json != NULL;
}
