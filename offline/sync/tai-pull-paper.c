/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How papers look, from HQ: all of it under one ETag. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include <string.h>

#include "tai-limits.h"
#include "tai-offline-error.h"
#include "tai-pull-private.h"

#define PAPERS_MAX 16

void
tai_pulled_paper_free (TaiPulledPaper *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static GBytes *
read_png (const char *text, GError **error)
{
  gsize size;
  guchar *bytes;

  if (strlen (text) > TAI_LIMIT_LOGO_BYTES / 3 * 4 + 8) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ,
                         "png: more than a logo may have");
    return NULL;
  }
  bytes = g_base64_decode (text, &size);
  return g_bytes_new_take (bytes, size);
}

static TaiPulledPaper *
read_paper (const TaiJson *json, GError **error)
{
  const char *id = tai_json_require_string (json, "id", error), *text = NULL, *png = NULL;
  gint64 version = 0;
  TaiPulledPaper *paper;
  GBytes *bytes;

  if (id == NULL || !tai_json_require_int (json, "version", &version, error) ||
      !tai_json_optional_string (json, "text", &text, error) ||
      !tai_json_optional_string (json, "png", &png, error))
    return NULL;
  if ((text == NULL) == (png == NULL)) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, "a paper is a text or a png");
    return NULL;
  }
  bytes = text != NULL ? g_bytes_new (text, strlen (text)) : read_png (png, error);
  if (bytes == NULL)
    return NULL;
  paper = g_new0 (TaiPulledPaper, 1);
  *paper = (TaiPulledPaper){g_strdup (id), version, png != NULL, bytes};
  return paper;
}

static GPtrArray *
read_papers (const TaiJson *json, GError **error)
{
  const TaiJson *list = tai_json_require_array (json, "papers", error);
  g_autoptr (GPtrArray) papers = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_pulled_paper_free);

  if (list == NULL)
    return NULL;
  if (tai_json_get_length (list) > PAPERS_MAX) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, "more papers than there can be");
    return NULL;
  }
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    TaiPulledPaper *paper = read_paper (tai_json_get_element (list, i), error);
    if (paper == NULL) {
      tai_json_error_within (error, "papers", i);
      return NULL;
    }
    g_ptr_array_add (papers, paper);
  }
  return g_steal_pointer (&papers);
}

static gboolean
apply_papers (TaiPull *self, const TaiReply *reply, GError **error)
{
  g_autoptr (TaiJson) json = tai_reply_parse (reply, error);
  g_autoptr (GPtrArray) papers = json != NULL ? read_papers (json, error) : NULL;

  /* The ETag after the papers: a crash between only fetches them once more. */
  return papers != NULL && self->ports.take_papers (papers, self->ports.take_data, error) &&
         tai_pull_keep_setting (self, TAI_SETTING_HQ_PAPERS, reply->etag, error);
}

static void
papers_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  TaiPull *self = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean not_modified;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!tai_reply_check (reply, &not_modified, &error) ||
      (!not_modified && !apply_papers (self, reply, &error)))
    tai_pull_refuse (task, "papers_refused", error);
  else
    g_task_return_int (task, !not_modified);
}

void
tai_pull_papers_async (const TaiPullPorts *ports, GCancellable *cancellable, GAsyncReadyCallback done,
                       gpointer data)
{
  GTask *task = tai_pull_task_new (ports, cancellable, done, data);
  TaiPull *self = g_task_get_task_data (task);

  g_task_set_source_tag (task, tai_pull_papers_async);
  g_return_if_fail (ports->take_papers != NULL);
  self->known = tai_visit_store_get_setting (TAI_VISIT_STORE (ports->store), TAI_SETTING_HQ_PAPERS, NULL);
  tai_pull_get (task, TAI_PATH_PAPER, self->known, papers_cb);
}

gboolean
tai_pull_papers_finish (GAsyncResult *result, gboolean *changed, GError **error)
{
  gssize value;

  g_return_val_if_fail (g_async_result_is_tagged (result, tai_pull_papers_async), FALSE);
  value = g_task_propagate_int (G_TASK (result), error);
  if (changed != NULL)
    *changed = value > 0;
  return value >= 0;
}
