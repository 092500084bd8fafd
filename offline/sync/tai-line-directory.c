/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look-ups of numbers at HQ, and the check of what comes back. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-line-directory.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-json-money.h"
#include "tai-limits.h"
#include "tai-numbers.h"
#include "tai-offline-error.h"
#include "tai-pull-private.h"

#define ANSWER_MAX_BYTES (64 * 1024)
#define PAYMENTS_MAX     50

struct _TaiLineDirectory {
  GObject parent;
  TaiPullPorts ports; /* (owned refs) */
};

static void directory_iface_init (TaiDirectoryInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiLineDirectory, tai_line_directory, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_DIRECTORY, directory_iface_init))

/* Reading ---------------------------------------------------------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, why);
  return FALSE;
}

/* It goes to a screen as it is: bounded, and nothing that moves a cursor. */
static gboolean
is_plain (const char *text)
{
  if (strlen (text) > TAI_LIMIT_FIELD_BYTES)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static gboolean
take_optional (const TaiJson *json, const char *path, char **text, GError **error)
{
  const char *found = NULL;

  if (!tai_json_optional_string (json, path, &found, error))
    return FALSE;
  if (found != NULL && !is_plain (found))
    return refuse (error, "a text that is too long, or no text");
  *text = g_strdup (found);
  return TRUE;
}

static gboolean
take_required (const TaiJson *json, const char *path, char **text, GError **error)
{
  return tai_json_require_string (json, path, error) != NULL && take_optional (json, path, text, error);
}

static gboolean
take_time (const TaiJson *json, const char *path, gint64 *time_us, GError **error)
{
  const char *text = tai_json_require_string (json, path, error);

  return text != NULL && (tai_time_from_text (text, time_us) || refuse (error, "a time that is none"));
}

static gboolean
take_plan (const TaiJson *json, TaiLineView *view, GError **error)
{
  const TaiJson *plan = NULL;

  if (!tai_json_optional_object (json, "plan", &plan, error))
    return FALSE;
  return plan == NULL || (take_required (plan, "id", &view->plan_id, error) &&
                          take_required (plan, "name", &view->plan_name, error) &&
                          take_optional (plan, "nameEn", &view->plan_name_en, error));
}

static gboolean
take_money (const TaiJson *json, TaiLineView *view, GError **error)
{
  if (!tai_json_require_money (json, "balance", &view->balance, error) ||
      !tai_json_require_money (json, "arrears", &view->arrears, error))
    return FALSE;
  if (view->arrears.currency != view->balance.currency || view->arrears.minor < 0)
    return refuse (error, "arrears that are none");
  return view->arrears.minor == 0 || take_time (json, "arrears.since", &view->arrears_since_us, error);
}

static gboolean
take_payment (const TaiJson *json, const char *hall, TaiLinePayment *payment, GError **error)
{
  const char *whose = tai_json_require_string (json, "hall", error);

  if (whose == NULL || !take_required (json, "clerk", &payment->clerk, error) ||
      !take_required (json, "terminal", &payment->terminal, error) ||
      !take_required (json, "orderId", &payment->order_id, error) ||
      !take_required (json, "operation", &payment->operation_id, error) ||
      !take_optional (json, "receipt", &payment->receipt_number, error) ||
      !tai_json_require_money (json, "amount", &payment->amount, error) ||
      !take_time (json, "time", &payment->time_us, error))
    return FALSE;
  return (strcmp (whose, hall) == 0 || refuse (error, "another hall's payment")) &&
         (payment->amount.minor > 0 || refuse (error, "a payment of nothing"));
}

static gboolean
take_payments (const TaiJson *json, const char *hall, TaiLineView *view, GError **error)
{
  const TaiJson *list = tai_json_require_array (json, "recentPayments", error);

  if (list == NULL)
    return FALSE;
  if (tai_json_get_length (list) > PAYMENTS_MAX)
    return refuse (error, "more payments than there can be");
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    TaiLinePayment *payment = g_new0 (TaiLinePayment, 1);
    g_ptr_array_add (view->payments, payment);
    if (!take_payment (tai_json_get_element (list, i), hall, payment, error))
      return FALSE;
  }
  return TRUE;
}

static TaiLineView *
read_view (TaiPull *self, const TaiJson *json, GError **error)
{
  g_autoptr (TaiLineView) view = tai_line_view_new (self->number);
  const char *hall = tai_desk_get_terminal (self->ports.desk)->hall;
  const char *number = tai_json_require_string (json, "msisdn", error);
  const char *status = number != NULL ? tai_json_require_string (json, "status", error) : NULL;

  if (status == NULL)
    return NULL;
  if (strcmp (number, self->number) != 0) {
    refuse (error, "another number than was asked for");
    return NULL;
  }
  if (!tai_line_status_from_text (status, &view->status, NULL)) {
    refuse (error, "a status that is none");
    return NULL;
  }
  if (!take_optional (json, "ownerMask", &view->owner_mask, error) || !take_plan (json, view, error) ||
      !take_money (json, view, error) || !take_payments (json, hall, view, error))
    return NULL;
  if (view->owner_mask != NULL && !tai_line_is_mask (view->owner_mask)) {
    refuse (error, "an owner's name that is no mask");
    return NULL;
  }
  return g_steal_pointer (&view);
}

/* Asking ----------------------------------------------------------------------------------------------------------- */

static gboolean
is_unknown (const TaiReply *reply)
{
  gsize size = 0;
  const char *bytes = reply->body != NULL ? g_bytes_get_data (reply->body, &size) : NULL;
  g_autoptr (TaiJson) json = NULL;

  if (reply->line != TAI_LINE_OK || reply->status != 404 || size > ANSWER_MAX_BYTES || bytes == NULL)
    return FALSE;
  json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  return json != NULL && g_strcmp0 (tai_json_require_string (json, "code", NULL), "line_unknown") == 0;
}

static TaiLineView *
read_answer (TaiPull *self, const TaiReply *reply, GError **error)
{
  g_autoptr (TaiJson) json = NULL;

  if (reply->body != NULL && g_bytes_get_size (reply->body) > ANSWER_MAX_BYTES) {
    refuse (error, "an answer that is too large for one number");
    return NULL;
  }
  json = tai_reply_parse (reply, error);
  return json != NULL ? read_view (self, json, error) : NULL;
}

static void
line_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  TaiPull *self = g_task_get_task_data (task);
  GError *error = NULL;
  TaiLineView *view;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (is_unknown (reply)) {
    g_task_return_new_error (task, TAI_CORE_ERROR, TAI_CORE_ERROR_LINE_UNKNOWN, "HQ has no such line");
    return;
  }
  view = read_answer (self, reply, &error);
  if (view == NULL)
    tai_pull_refuse (task, "line_refused", error);
  else
    g_task_return_pointer (task, view, (GDestroyNotify)tai_line_view_free);
}

static void
look_up_line_async (TaiDirectory *directory, const char *msisdn, GCancellable *cancellable,
                    GAsyncReadyCallback done, gpointer data)
{
  TaiLineDirectory *self = TAI_LINE_DIRECTORY (directory);
  g_autoptr (GTask) task = tai_pull_task_new (&self->ports, cancellable, done, data);
  TaiPull *pull = g_task_get_task_data (task);
  const TaiStaff *staff = tai_desk_get_staff (self->ports.desk);
  g_autofree char *clerk = staff != NULL ? g_uri_escape_string (staff->number, NULL, FALSE) : NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, look_up_line_async);
  if (!tai_msisdn_check (msisdn, &error)) {
    g_task_return_error (task, error);
    return;
  }
  pull->number = g_strdup (msisdn);
  path = g_strconcat (TAI_PATH_LINE "/", msisdn, clerk != NULL ? "?clerk=" : NULL, clerk, NULL);
  tai_pull_get (g_steal_pointer (&task), path, NULL, line_cb);
}

static TaiLineView *
look_up_line_finish (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, look_up_line_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
directory_iface_init (TaiDirectoryInterface *iface)
{
  iface->look_up_line_async = look_up_line_async;
  iface->look_up_line_finish = look_up_line_finish;
}

/* The object ------------------------------------------------------------------------------------------------------- */

static void
finalize (GObject *object)
{
  tai_pull_ports_clear (&TAI_LINE_DIRECTORY (object)->ports);
  G_OBJECT_CLASS (tai_line_directory_parent_class)->finalize (object);
}

static void
tai_line_directory_class_init (TaiLineDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_line_directory_init (TaiLineDirectory *self)
{
}

TaiLineDirectory *
tai_line_directory_new (const TaiPullPorts *ports)
{
  TaiLineDirectory *self = g_object_new (TAI_TYPE_LINE_DIRECTORY, NULL);

  self->ports = tai_pull_ports_ref (ports);
  if (self->ports.timeout_ms == 0)
    self->ports.timeout_ms = TAI_LINE_LOOK_TIMEOUT_MS;
  return self;
}
