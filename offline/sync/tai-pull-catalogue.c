/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalogue comes in pages of one version: the ETag is the whole's, a page with another one begins it again. It is checked
 * whole before it replaces the old one, first in the store, then at the desk. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-pull-private.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-limits.h"
#include "tai-offering-json.h"
#include "tai-offline-error.h"

#define PAGE         500
#define RESTARTS_MAX 3

static void page_cb (const TaiReply *reply, gpointer data);

static void
ask_page (GTask *task)
{
  TaiPull *self = g_task_get_task_data (task);
  g_autofree char *path = g_strdup_printf (TAI_PATH_OFFERING "?limit=%d&offset=%u", PAGE, self->n_so_far);

  /* Only the first: HQ would say 304 for the whole. */
  tai_pull_get (task, path, self->n_so_far == 0 ? self->known : NULL, page_cb);
}

static void
begin_again (TaiPull *self)
{
  g_clear_pointer (&self->etag, g_free);
  g_string_assign (self->text, "[");
  self->n_so_far = 0;
}

/* The elements of the page behind those that are here, as they came. */
static gboolean
add_page (TaiPull *self, GBytes *body, guint n, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  const char *first = memchr (bytes, '[', size);
  const char *last = memrchr (bytes, ']', size);

  if (n == 0)
    return TRUE;
  g_assert (first != NULL && last > first); /* it was parsed as an array */
  if (self->text->len + size > TAI_LIMIT_CATALOGUE_BYTES || self->n_so_far + n > TAI_LIMIT_OFFERINGS) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, "a catalogue has at most %d offerings",
                 TAI_LIMIT_OFFERINGS);
    return FALSE;
  }
  if (self->n_so_far > 0)
    g_string_append_c (self->text, ',');
  g_string_append_len (self->text, first + 1, last - first - 1);
  self->n_so_far += n;
  return TRUE;
}

static gboolean
put_in_force (TaiPull *self, GError **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  /* A list that lost all its pages; a hall that sells nothing has no use for a terminal. */
  if (self->n_so_far == 0 && self->known != NULL) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE, "nothing is on sale in it");
    return FALSE;
  }
  g_string_append_c (self->text, ']');
  text = g_string_free_to_bytes (g_steal_pointer (&self->text));
  catalogue = tai_catalogue_from_text (text, self->etag, &problems, error);
  for (guint i = 0; problems != NULL && i < problems->len;
       i++) /* the journal has the first; who mends it needs all */
    g_message ("catalogue %s: %s", self->etag, (const char *)g_ptr_array_index (problems, i));
  if (catalogue == NULL || !tai_store_set_catalogue (self->ports.store, self->etag, text,
                                                     tai_clock_now (self->ports.clock), error))
    return FALSE;
  if (self->ports.take_catalogue != NULL)
    self->ports.take_catalogue (catalogue, self->ports.take_data);
  else
    tai_desk_set_catalogue (self->ports.desk, catalogue);
  return TRUE;
}

static gboolean
is_other_version (TaiPull *self, const TaiReply *reply)
{
  return self->etag != NULL && g_strcmp0 (self->etag, reply->etag) != 0;
}

typedef enum { PAGE_FAILED, PAGE_MORE, PAGE_LAST, PAGE_UNCHANGED } PageResult;

static PageResult
take_page (TaiPull *self, const TaiReply *reply, GError **error)
{
  g_autoptr (TaiJson) json = NULL;
  gboolean not_modified;
  guint n;

  if (!tai_reply_check (reply, &not_modified, error))
    return PAGE_FAILED;
  if (not_modified)
    return PAGE_UNCHANGED;
  if (is_other_version (self, reply)) {
    if (self->n_restarts++ < RESTARTS_MAX) {
      begin_again (self);
      return PAGE_MORE;
    }
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE,
                         "HQ's catalogue changes faster than it can be read");
    return PAGE_FAILED;
  }
  json = tai_reply_parse (reply, error);
  if (json == NULL || tai_json_require_array (json, "", error) == NULL)
    return PAGE_FAILED;
  if (reply->etag == NULL) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, "a catalogue without an ETag");
    return PAGE_FAILED;
  }
  if (self->etag == NULL)
    self->etag = g_strdup (reply->etag);
  n = tai_json_get_length (json);
  if (!add_page (self, reply->body, n, error))
    return PAGE_FAILED;
  /* A page may be short of what was asked for without being the last (HQ's limit of bytes). */
  return n == 0 ? PAGE_LAST : PAGE_MORE;
}

static void
page_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  TaiPull *self = g_task_get_task_data (task);
  GError *error = NULL;
  PageResult result;

  if (g_task_return_error_if_cancelled (task))
    return;
  result = take_page (self, reply, &error);
  if (result == PAGE_LAST && !put_in_force (self, &error))
    result = PAGE_FAILED;
  if (result == PAGE_MORE)
    ask_page (g_steal_pointer (&task));
  else if (result == PAGE_FAILED)
    tai_pull_refuse (task, "catalogue_refused", error);
  else if (result == PAGE_UNCHANGED &&
           !tai_store_confirm_catalogue (self->ports.store, tai_clock_now (self->ports.clock), &error))
    g_task_return_error (task, error);
  else
    g_task_return_int (task, result == PAGE_LAST);
}

void
tai_pull_catalogue_async (const TaiPullPorts *ports, GCancellable *cancellable, GAsyncReadyCallback done,
                          gpointer data)
{
  GTask *task = tai_pull_task_new (ports, cancellable, done, data);
  TaiPull *self = g_task_get_task_data (task);
  g_autoptr (GBytes) old = tai_store_get_catalogue (ports->store, &self->known, NULL, NULL);

  g_task_set_source_tag (task, tai_pull_catalogue_async);
  self->text = g_string_new (NULL);
  begin_again (self);
  ask_page (task);
}

gboolean
tai_pull_catalogue_finish (GAsyncResult *result, gboolean *changed, GError **error)
{
  gssize value;

  g_return_val_if_fail (g_async_result_is_tagged (result, tai_pull_catalogue_async), FALSE);
  value = g_task_propagate_int (G_TASK (result), error);
  if (changed != NULL)
    *changed = value > 0;
  return value >= 0;
}
