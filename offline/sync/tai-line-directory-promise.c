/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer's slip of any desk of the hall, as headquarters sees it. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include <string.h>

#include "tai-core-error.h"
#include "tai-json-money.h"
#include "tai-line-answer-private.h"
#include "tai-line-directory-private.h"
#include "tai-pull-private.h"

static gboolean
is_unknown (const TaiReply *reply)
{
  gsize size = 0;
  const char *bytes = reply->body != NULL ? g_bytes_get_data (reply->body, &size) : NULL;
  g_autoptr (TaiJson) json = NULL;

  if (reply->line != TAI_LINE_OK || reply->status != 404 || bytes == NULL)
    return FALSE;
  json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  return json != NULL && g_strcmp0 (tai_json_require_string (json, "code", NULL), "promise_unknown") == 0;
}

static gboolean
take_slip (const TaiJson *json, TaiPromiseView *view, GError **error)
{
  const char *kind = NULL;

  if (!tai_json_optional_string (json, "kind", &kind, error))
    return FALSE;
  view->has_slip = kind != NULL;
  if (!view->has_slip)
    return TRUE;
  if (!tai_promise_kind_from_text (kind, &view->kind))
    return tai_line_answer_refuse (error, "a kind of slip that is none");
  return tai_line_answer_take_time (json, "given", &view->given_us, error) &&
         tai_line_answer_take_optional (json, "givenBy", &view->given_by, error) &&
         tai_line_answer_take_time (json, "until", &view->promised_us, error);
}

static gboolean
take_order (const TaiJson *json, TaiPromiseView *view, GError **error)
{
  const TaiJson *order = NULL;

  if (!tai_json_optional_object (json, "order", &order, error))
    return FALSE;
  return order == NULL || (tai_line_answer_take_optional (order, "operation", &view->operation, error) &&
                           tai_line_answer_take_optional (order, "msisdn", &view->msisdn, error) &&
                           tai_line_answer_take_optional (order, "receipt", &view->receipt_number, error));
}

static gboolean
take_debt (const TaiJson *json, TaiPromiseView *view, GError **error)
{
  const TaiJson *debt = NULL;

  if (!tai_json_optional_object (json, "debt", &debt, error))
    return FALSE;
  return debt == NULL || (tai_line_answer_take_required (debt, "state", &view->debt, error) &&
                          tai_line_answer_take_optional (debt, "claimant", &view->claimant, error));
}

static TaiPromiseView *
read_view (TaiPull *self, const TaiJson *json, GError **error)
{
  g_autoptr (TaiPromiseView) view = g_new0 (TaiPromiseView, 1);
  const char *id = tai_json_require_string (json, "id", error);

  if (id == NULL)
    return NULL;
  if (strcmp (id, self->number) != 0) {
    tai_line_answer_refuse (error, "another slip than was asked for");
    return NULL;
  }
  g_strlcpy (view->id.text, id, sizeof view->id.text);
  if (!tai_line_answer_take_required (json, "terminal", &view->terminal, error) ||
      !tai_line_answer_take_optional_time (json, "lastContact", &view->seen_us, error) ||
      !tai_line_answer_take_time (json, "time", &view->as_of_us, error) ||
      !tai_json_optional_money (json, "amount", &view->amount, error) || !take_slip (json, view, error) ||
      !take_order (json, view, error) || !take_debt (json, view, error))
    return NULL;
  return g_steal_pointer (&view);
}

static void
promise_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (TaiJson) json = NULL;
  TaiPromiseView *view;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (is_unknown (reply)) {
    g_task_return_new_error (task, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "HQ has no such slip");
    return;
  }
  json = tai_reply_parse (reply, &error);
  view = json != NULL ? read_view (g_task_get_task_data (task), json, &error) : NULL;
  if (view == NULL)
    tai_pull_refuse (task, "line_refused", error);
  else
    g_task_return_pointer (task, view, (GDestroyNotify)tai_promise_view_free);
}

void
tai_line_promise_ask (GTask *task, const char *id, const char *clerk)
{
  TaiPull *pull = g_task_get_task_data (task);
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path =
      g_strconcat (TAI_PATH_PROMISE "/", escaped, clerk != NULL ? "?clerk=" : NULL, clerk, NULL);

  pull->number = g_strdup (id);
  tai_pull_get (task, path, NULL, promise_cb);
}
