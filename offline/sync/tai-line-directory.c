/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look-ups of numbers at HQ, and the check of what comes back. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-line-directory.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-json-money.h"
#include "tai-line-answer-private.h"
#include "tai-line-directory-private.h"
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
take_plan (const TaiJson *json, TaiLineView *view, GError **error)
{
  const TaiJson *plan = NULL;

  if (!tai_json_optional_object (json, "plan", &plan, error))
    return FALSE;
  return plan == NULL || (tai_line_answer_take_required (plan, "id", &view->plan_id, error) &&
                          tai_line_answer_take_required (plan, "name", &view->plan_name, error) &&
                          tai_line_answer_take_optional (plan, "nameEn", &view->plan_name_en, error));
}

static gboolean
take_money (const TaiJson *json, TaiLineView *view, GError **error)
{
  if (!tai_json_require_money (json, "balance", &view->balance, error) ||
      !tai_json_require_money (json, "arrears", &view->arrears, error))
    return FALSE;
  if (view->arrears.currency != view->balance.currency || view->arrears.minor < 0)
    return tai_line_answer_refuse (error, "arrears that are none");
  return view->arrears.minor == 0 ||
         tai_line_answer_take_time (json, "arrears.since", &view->arrears_since_us, error);
}

static gboolean
take_payment (const TaiJson *json, const char *hall, TaiLinePayment *payment, GError **error)
{
  const char *whose = tai_json_require_string (json, "hall", error);

  if (whose == NULL || !tai_line_answer_take_required (json, "clerk", &payment->clerk, error) ||
      !tai_line_answer_take_required (json, "terminal", &payment->terminal, error) ||
      !tai_line_answer_take_required (json, "orderId", &payment->order_id, error) ||
      !tai_line_answer_take_required (json, "operation", &payment->operation_id, error) ||
      !tai_line_answer_take_optional (json, "receipt", &payment->receipt_number, error) ||
      !tai_json_require_money (json, "amount", &payment->amount, error) ||
      !tai_line_answer_take_time (json, "time", &payment->time_us, error))
    return FALSE;
  return (strcmp (whose, hall) == 0 || tai_line_answer_refuse (error, "another hall's payment")) &&
         (payment->amount.minor > 0 || tai_line_answer_refuse (error, "a payment of nothing"));
}

static gboolean
take_payments (const TaiJson *json, const char *hall, TaiLineView *view, GError **error)
{
  const TaiJson *list = tai_json_require_array (json, "recentPayments", error);

  if (list == NULL)
    return FALSE;
  if (tai_json_get_length (list) > PAYMENTS_MAX)
    return tai_line_answer_refuse (error, "more payments than there can be");
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
    tai_line_answer_refuse (error, "another number than was asked for");
    return NULL;
  }
  if (!tai_line_status_from_text (status, &view->status, NULL)) {
    tai_line_answer_refuse (error, "a status that is none");
    return NULL;
  }
  if (!tai_line_answer_take_optional (json, "ownerMask", &view->owner_mask, error) ||
      !take_plan (json, view, error) || !take_money (json, view, error) ||
      !take_payments (json, hall, view, error))
    return NULL;
  if (view->owner_mask != NULL && !tai_line_is_mask (view->owner_mask)) {
    tai_line_answer_refuse (error, "an owner's name that is no mask");
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
    tai_line_answer_refuse (error, "an answer that is too large for one number");
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

/* As it stands in a query; (nullable). (transfer full) */
static char *
make_clerk (TaiLineDirectory *self)
{
  const TaiStaff *staff = tai_desk_get_staff (self->ports.desk);

  return staff != NULL ? g_uri_escape_string (staff->number, NULL, FALSE) : NULL;
}

static void
look_up_line_async (TaiDirectory *directory, const char *msisdn, GCancellable *cancellable,
                    GAsyncReadyCallback done, gpointer data)
{
  TaiLineDirectory *self = TAI_LINE_DIRECTORY (directory);
  g_autoptr (GTask) task = tai_pull_task_new (&self->ports, cancellable, done, data);
  TaiPull *pull = g_task_get_task_data (task);
  g_autofree char *clerk = make_clerk (self);
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
look_up_details_async (TaiDirectory *directory, const char *msisdn, TaiLineParts parts,
                       const char *customer_ref, GCancellable *cancellable, GAsyncReadyCallback done,
                       gpointer data)
{
  TaiLineDirectory *self = TAI_LINE_DIRECTORY (directory);
  g_autoptr (GTask) task = tai_pull_task_new (&self->ports, cancellable, done, data);
  TaiPull *pull = g_task_get_task_data (task);
  GError *error = NULL;

  g_task_set_source_tag (task, look_up_details_async);
  if (parts != TAI_LINE_PART_GROUPS && !tai_msisdn_check (msisdn, &error)) {
    g_task_return_error (task, error);
    return;
  }
  pull->number = g_strdup (msisdn);
  pull->customer = customer_ref != NULL ? g_uri_escape_string (customer_ref, NULL, FALSE) : NULL;
  pull->clerk = make_clerk (self);
  tai_line_details_ask (g_steal_pointer (&task), parts);
}

static TaiLineDetails *
look_up_details_finish (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, look_up_details_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
look_up_report_async (TaiDirectory *directory, const TaiReportQuery *query, GCancellable *cancellable,
                      GAsyncReadyCallback done, gpointer data)
{
  TaiLineDirectory *self = TAI_LINE_DIRECTORY (directory);
  g_autoptr (GTask) task = tai_pull_task_new (&self->ports, cancellable, done, data);
  g_autofree char *clerk = make_clerk (self);

  g_task_set_source_tag (task, look_up_report_async);
  tai_line_report_ask (g_steal_pointer (&task), query, clerk);
}

static TaiTillReport *
look_up_report_finish (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, look_up_report_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
look_up_promise_async (TaiDirectory *directory, const char *id, GCancellable *cancellable,
                       GAsyncReadyCallback done, gpointer data)
{
  TaiLineDirectory *self = TAI_LINE_DIRECTORY (directory);
  g_autoptr (GTask) task = tai_pull_task_new (&self->ports, cancellable, done, data);
  g_autofree char *clerk = make_clerk (self);

  g_task_set_source_tag (task, look_up_promise_async);
  tai_line_promise_ask (g_steal_pointer (&task), id, clerk);
}

static TaiPromiseView *
look_up_promise_finish (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, look_up_promise_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
directory_iface_init (TaiDirectoryInterface *iface)
{
  iface->look_up_promise_async = look_up_promise_async;
  iface->look_up_promise_finish = look_up_promise_finish;
  iface->look_up_report_async = look_up_report_async;
  iface->look_up_report_finish = look_up_report_finish;
  iface->look_up_line_async = look_up_line_async;
  iface->look_up_line_finish = look_up_line_finish;
  iface->look_up_details_async = look_up_details_async;
  iface->look_up_details_finish = look_up_details_finish;
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
