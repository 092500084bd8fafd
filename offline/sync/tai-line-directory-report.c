/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headquarters' report of a hall or a region. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include <string.h>

#include "tai-core-error.h"
#include "tai-line-directory-private.h"
#include "tai-pull-private.h"
#include "tai-report-json.h"

static gboolean
is_right_missing (const TaiReply *reply)
{
  gsize size = 0;
  const char *bytes = reply->body != NULL ? g_bytes_get_data (reply->body, &size) : NULL;
  g_autoptr (TaiJson) json = NULL;

  if (reply->line != TAI_LINE_OK || reply->status != 403 || bytes == NULL)
    return FALSE;
  json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  return json != NULL && g_strcmp0 (tai_json_require_string (json, "code", NULL), "right") == 0;
}

static TaiTillReport *
read_report (const TaiReply *reply, GError **error)
{
  g_autoptr (TaiJson) json = tai_reply_parse (reply, error);

  return json != NULL ? tai_report_from_json (json, error) : NULL;
}

static void
report_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  TaiTillReport *report;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (is_right_missing (reply)) {
    g_task_return_new_error (task, TAI_CORE_ERROR, TAI_CORE_ERROR_RIGHT_MISSING,
                             "HQ does not show this report to who is signed in");
    return;
  }
  report = read_report (reply, &error);
  if (report == NULL)
    tai_pull_refuse (task, "report_refused", error);
  else
    g_task_return_pointer (task, report, (GDestroyNotify)tai_till_report_free);
}

static void
add_param (GString *path, const char *name, const char *value)
{
  g_autofree char *escaped = value != NULL ? g_uri_escape_string (value, ",", FALSE) : NULL;

  if (escaped != NULL)
    g_string_append_printf (path, "%c%s=%s", strchr (path->str, '?') != NULL ? '&' : '?', name, escaped);
}

void
tai_line_report_ask (GTask *task, const TaiReportQuery *query, const char *clerk)
{
  g_autoptr (GString) path = g_string_new (TAI_PATH_REPORT);

  add_param (path, "from", query->from);
  add_param (path, "to", query->to);
  add_param (path, "hall", query->hall);
  add_param (path, "by", query->by);
  add_param (path, "shift", query->shift);
  if (clerk != NULL)
    g_string_append_printf (path, "&clerk=%s", clerk);
  tai_pull_get (task, path->str, NULL, report_cb);
}
