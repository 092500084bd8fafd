/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pulls of one request: staff, status, lease; and what all pulls share. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-pull-private.h"

#include <string.h>

#include "tai-bundle.h"
#include "tai-core-error.h"
#include "tai-offline-error.h"

/* What all share --------------------------------------------------------------------------------------------------- */

TaiPullPorts
tai_pull_ports_ref (const TaiPullPorts *ports)
{
  g_object_ref (ports->headquarters);
  g_object_ref (ports->store);
  g_object_ref (ports->desk);
  g_object_ref (ports->clock);
  return *ports;
}

void
tai_pull_ports_clear (TaiPullPorts *ports)
{
  g_clear_object (&ports->headquarters);
  g_clear_object (&ports->store);
  g_clear_object (&ports->desk);
  g_clear_object (&ports->clock);
}

static void
pull_free (gpointer data)
{
  TaiPull *self = data;

  tai_pull_ports_clear (&self->ports);
  g_free (self->number);
  g_free (self->customer);
  g_free (self->clerk);
  g_clear_pointer (&self->details, tai_line_details_free);
  g_free (self->known);
  g_free (self->etag);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self);
}

GTask *
tai_pull_task_new (const TaiPullPorts *ports, GCancellable *cancellable, GAsyncReadyCallback done,
                   gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, done, data);
  TaiPull *self = g_new0 (TaiPull, 1);

  self->ports = tai_pull_ports_ref (ports);
  if (self->ports.timeout_ms == 0)
    self->ports.timeout_ms = TAI_PULL_TIMEOUT_MS;
  g_task_set_task_data (task, self, pull_free);
  return task;
}

void
tai_pull_get (GTask *task, const char *path, const char *if_none_match, TaiReplyFunc reply)
{
  TaiPull *self = g_task_get_task_data (task);
  TaiRequest request = {
      .method = "GET", .path = path, .if_none_match = if_none_match, .timeout_ms = self->ports.timeout_ms};

  tai_headquarters_send (self->ports.headquarters, &request, reply, task);
}

/* HQ's own words of a refusal, if they are. */
static char *
words_of (const TaiReply *reply)
{
  gsize size = 0;
  const char *bytes = reply->body ? g_bytes_get_data (reply->body, &size) : NULL;
  g_autoptr (TaiJson) json = bytes ? tai_json_parse (bytes, (gssize)size, NULL, NULL) : NULL;
  const char *code = NULL, *reason = NULL;

  if (json == NULL || tai_json_get_kind (json) != TAI_JSON_OBJECT ||
      !tai_json_optional_string (json, "code", &code, NULL) || code == NULL)
    return NULL;
  if (!tai_json_optional_string (json, "reason", &reason, NULL))
    reason = NULL;
  return reason ? g_strdup_printf ("%s: %s", code, reason) : g_strdup (code);
}

gboolean
tai_reply_check (const TaiReply *reply, gboolean *not_modified, GError **error)
{
  g_autofree char *words = NULL;

  *not_modified = FALSE;
  if (reply->line != TAI_LINE_OK) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE,
                         reply->detail ? reply->detail : "no answer");
    return FALSE;
  }
  *not_modified = reply->status == 304;
  if (reply->status == 304 || (reply->status >= 200 && reply->status < 300))
    return TRUE;
  words = words_of (reply);
  if (words != NULL && reply->status >= 400 && reply->status < 500)
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_REFUSED, "HTTP %d: %s", reply->status, words);
  else
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE, "HTTP %d: %s", reply->status,
                 words ? words : "not HQ's words");
  return FALSE;
}

TaiJson *
tai_reply_parse (const TaiReply *reply, GError **error)
{
  static const TaiJsonLimits limits = {.max_bytes = TAI_REPLY_MAX_BYTES, .max_values = 1000 * 1000};
  g_autoptr (GError) wrong = NULL;
  gboolean not_modified;
  const char *bytes;
  TaiJson *json;
  gsize size = 0;

  if (!tai_reply_check (reply, &not_modified, error))
    return NULL;
  bytes = reply->body ? g_bytes_get_data (reply->body, &size) : NULL;
  json = tai_json_parse (bytes ? bytes : "", (gssize)size, &limits, &wrong);
  if (json == NULL)
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, "not HQ's words: %s", wrong->message);
  return json;
}

void
tai_pull_refuse (GTask *task, const char *kind, GError *error)
{
  TaiPull *self = g_task_get_task_data (task);

  /* Well-formed and still not what HQ says: to the caller it is the same as HTML. */
  if (error->domain == TAI_WIRE_ERROR) {
    GError *foreign = error;
    error = g_error_new (TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, "not HQ's words: %s", foreign->message);
    g_error_free (foreign);
  }
  /* A journal that cannot be written now is the lesser evil: the error says it all, too. */
  if (error->domain != TAI_OFFLINE_ERROR || error->code == TAI_OFFLINE_ERROR_NOT_HQ)
    tai_desk_note (self->ports.desk, kind, NULL, error->message, NULL);
  g_task_return_error (task, error);
}

gboolean
tai_pull_keep_setting (TaiPull *self, const char *name, const char *value, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  tai_change_add_setting (change, name, value);
  return tai_visit_store_commit (TAI_VISIT_STORE (self->ports.store), change, error);
}

/* Staff ------------------------------------------------------------------------------------------------------------ */

static gboolean
apply_staff (TaiPull *self, const TaiReply *reply, GError **error)
{
  g_autoptr (TaiJson) json = tai_reply_parse (reply, error);
  const TaiJson *list = json ? tai_json_require_array (json, "staff", error) : NULL;
  g_autoptr (GPtrArray) staff = list ? tai_staff_list_from_json (list, error) : NULL;

  /* The ETag after the list: a crash between only fetches it once more. */
  return staff != NULL && tai_visit_store_replace_staff (TAI_VISIT_STORE (self->ports.store), staff, error) &&
         tai_pull_keep_setting (self, TAI_SETTING_HQ_STAFF, reply->etag, error);
}

static void
staff_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  TaiPull *self = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean not_modified;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!tai_reply_check (reply, &not_modified, &error) ||
      (!not_modified && !apply_staff (self, reply, &error)))
    tai_pull_refuse (task, "staff_refused", error);
  else
    g_task_return_int (task, !not_modified);
}

void
tai_pull_staff_async (const TaiPullPorts *ports, GCancellable *cancellable, GAsyncReadyCallback done,
                      gpointer data)
{
  GTask *task = tai_pull_task_new (ports, cancellable, done, data);
  TaiPull *self = g_task_get_task_data (task);

  g_task_set_source_tag (task, tai_pull_staff_async);
  self->known = tai_visit_store_get_setting (TAI_VISIT_STORE (ports->store), TAI_SETTING_HQ_STAFF, NULL);
  tai_pull_get (task, TAI_PATH_STAFF, self->known, staff_cb);
}

gboolean
tai_pull_staff_finish (GAsyncResult *result, gboolean *changed, GError **error)
{
  gssize value;

  g_return_val_if_fail (g_async_result_is_tagged (result, tai_pull_staff_async), FALSE);
  value = g_task_propagate_int (G_TASK (result), error);
  if (changed != NULL)
    *changed = value > 0;
  return value >= 0;
}

/* Status ----------------------------------------------------------------------------------------------------------- */

void
tai_pulled_status_free (TaiPulledStatus *self)
{
  if (self == NULL)
    return;
  g_free (self->epoch);
  g_clear_pointer (&self->terminal, tai_terminal_free);
  g_clear_pointer (&self->blind_key, tai_seal_key_free);
  g_free (self);
}

/* A rule or operation of a newer HQ is passed over; what is known counts. */
static gboolean
tighten (TaiDesk *desk, const TaiJson *list, GError **error)
{
  for (guint i = 0; list != NULL && i < tai_json_get_length (list); i++) {
    const TaiJson *each = tai_json_get_element (list, i);
    const char *operation = tai_json_require_string (each, "operation", error);
    const char *text = operation ? tai_json_require_string (each, "rule", error) : NULL;
    TaiOfflineRule rule;

    if (text == NULL) {
      tai_json_error_within (error, "tighten", i);
      return FALSE;
    }
    if (tai_offline_rule_from_text (text, &rule, NULL))
      tai_desk_tighten (desk, operation, rule);
  }
  return TRUE;
}

/* Each limit that is missing is none. */
static gboolean
take_till_policy (TaiDesk *desk, const TaiJson *json, GError **error)
{
  const TaiJson *till = NULL;
  TaiTillPolicy policy = {0};

  if (!tai_json_optional_object (json, "till", &till, error))
    return FALSE;
  for (guint i = 0; till != NULL && i < tai_till_policy_count_fields (); i++)
    if (!tai_json_optional_int (till, tai_till_policy_get_name (i), tai_till_policy_get_field (&policy, i),
                                error))
      return FALSE;
  return tai_desk_set_till_policy (desk, &policy, error);
}

static TaiPulledStatus *
read_status (TaiPull *self, const TaiJson *json, GError **error)
{
  g_autoptr (TaiPulledStatus) status = g_new0 (TaiPulledStatus, 1);
  const char *epoch = tai_json_require_string (json, "epoch", error), *blind_key = NULL;
  const TaiJson *terminal = epoch ? tai_json_require_object (json, "terminal", error) : NULL;
  const TaiJson *rules = NULL;
  const char *page = NULL;

  if (terminal == NULL || !tai_json_require_int (json, "safe_until", &status->safe_until, error) ||
      !tai_json_require_int (json, "high_water", &status->high_water, error) ||
      !tai_json_optional_array (json, "tighten", &rules, error) ||
      !tai_json_optional_string (json, "blind_key", &blind_key, error) ||
      !tai_json_optional_string (json, "invoice_page", &page, error))
    return NULL;
  status->epoch = g_strdup (epoch);
  status->n_gaps = tai_json_get_length (tai_json_get (json, "gaps"));
  status->terminal = tai_terminal_from_json (terminal, error);
  if (status->terminal == NULL)
    return NULL;
  if (blind_key != NULL && (status->blind_key = tai_seal_key_from_text (blind_key, error)) == NULL)
    return NULL;
  return tighten (self->ports.desk, rules, error) && take_till_policy (self->ports.desk, json, error) &&
                 tai_desk_set_invoice_page (self->ports.desk, page != NULL ? page : "", error)
             ? g_steal_pointer (&status)
             : NULL;
}

static void
status_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  TaiPull *self = g_task_get_task_data (task);
  g_autoptr (TaiJson) json = NULL;
  TaiPulledStatus *status;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  json = tai_reply_parse (reply, &error);
  status = json ? read_status (self, json, &error) : NULL;
  if (status == NULL)
    tai_pull_refuse (task, "status_refused", error);
  else
    g_task_return_pointer (task, status, (GDestroyNotify)tai_pulled_status_free);
}

void
tai_pull_status_async (const TaiPullPorts *ports, GCancellable *cancellable, GAsyncReadyCallback done,
                       gpointer data)
{
  GTask *task = tai_pull_task_new (ports, cancellable, done, data);

  g_task_set_source_tag (task, tai_pull_status_async);
  tai_pull_get (task, TAI_PATH_STATUS, NULL, status_cb);
}

TaiPulledStatus *
tai_pull_status_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tai_pull_status_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Lease ------------------------------------------------------------------------------------------------------------ */

typedef struct {
  const char *kind, *value, *grade;
  gint64 until_us;
} Lease;

static gboolean
read_lease (const TaiJson *json, Lease *lease, GError **error)
{
  const char *until;

  *lease = (Lease){0};
  lease->kind = tai_json_require_string (json, "kind", error);
  lease->value = lease->kind ? tai_json_require_string (json, "value", error) : NULL;
  until = lease->value ? tai_json_require_string (json, "until", error) : NULL;
  if (until == NULL || !tai_json_optional_string (json, "grade", &lease->grade, error))
    return FALSE;
  if (tai_time_from_text (until, &lease->until_us))
    return TRUE;
  g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, "until: no time");
  return FALSE;
}

/* Each stands alone: what was used meanwhile (an answer that came twice) is passed over. */
static gint
apply_leases (TaiPull *self, const TaiJson *json, GError **error)
{
  const TaiJson *list = tai_json_require_array (json, "resources", error);
  gint n = 0;
  Lease lease;

  for (guint i = 0; list != NULL && i < tai_json_get_length (list); i++)
    if (!read_lease (tai_json_get_element (list, i), &lease, error))
      return -1;
  for (guint i = 0; list != NULL && i < tai_json_get_length (list); i++) {
    g_autoptr (GError) refused = NULL;

    read_lease (tai_json_get_element (list, i), &lease, NULL);
    if (tai_desk_apply_lease (self->ports.desk, lease.kind, lease.value, lease.grade, lease.until_us,
                              &refused)) {
      n++;
    } else if (refused->domain != TAI_CORE_ERROR) {
      g_propagate_error (error, g_steal_pointer (&refused));
      return -1;
    }
  }
  return list != NULL ? n : -1;
}

static void
lease_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  TaiPull *self = g_task_get_task_data (task);
  g_autoptr (TaiJson) json = NULL;
  GError *error = NULL;
  gint n;

  if (g_task_return_error_if_cancelled (task))
    return;
  json = tai_reply_parse (reply, &error);
  n = json ? apply_leases (self, json, &error) : -1;
  if (n < 0)
    tai_pull_refuse (task, "lease_refused", error);
  else
    g_task_return_int (task, n);
}

void
tai_pull_lease_async (const TaiPullPorts *ports, const char *kind, guint count, const TaiUuid *key,
                      GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  GTask *task = tai_pull_task_new (ports, cancellable, done, data);
  TaiPull *self = g_task_get_task_data (task);
  g_autofree char *text = g_strdup_printf ("{\"kind\":\"%s\",\"count\":%u}", kind, count);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  TaiDigest digest = tai_digest_bytes (text, strlen (text));
  TaiRequest request = {.method = "POST",
                        .path = TAI_PATH_LEASE,
                        .body = body,
                        .content_type = "application/json",
                        .idempotency_key = key->text,
                        .digest = &digest,
                        .timeout_ms = self->ports.timeout_ms};

  g_task_set_source_tag (task, tai_pull_lease_async);
  tai_headquarters_send (self->ports.headquarters, &request, lease_cb, task);
}

gint
tai_pull_lease_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tai_pull_lease_async), -1);
  return (gint)g_task_propagate_int (G_TASK (result), error);
}
