/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of customers, a document each. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-group.h"

#include <string.h>

#include "tai-hq-body.h"
#include "tai-hq-error.h"

#define KIND "CustomerGroup"

static gboolean
is_word (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  return length > 0 && length <= TAI_JSON_MAX_NAME && strpbrk (text, " \t\r\n,") == NULL;
}

char **
hq_group_find (HqStore *store, const char *customer)
{
  g_auto (HqDocumentRow) row = {0};
  if (!store->klass->document_find (store, KIND, "", customer, &row))
    return NULL;
  g_autoptr (TaiJson) list = hq_body_parse (row.body);
  g_autoptr (GStrvBuilder) groups = g_strv_builder_new ();
  for (guint i = 0; i < tai_json_get_length (list); i++)
    g_strv_builder_add (groups, tai_json_require_string (tai_json_get_element (list, i), "", NULL));
  return g_strv_builder_end (groups);
}

gboolean
hq_group_put (HqStore *store, const char *customer, const TaiJson *groups, gint64 now_us, GError **error)
{
  guint n = tai_json_get_length (groups);
  for (guint i = 0; i < n; i++)
    if (n > HQ_GROUPS_MAX ||
        !is_word (tai_json_require_string (tai_json_get_element (groups, i), "", NULL))) {
      g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA, "groups: at most %d, words without blanks",
                   HQ_GROUPS_MAX);
      return FALSE;
    }
  if (n == 0) {
    store->klass->document_delete (store, KIND, "", customer);
    return TRUE;
  }
  char *text = tai_json_to_text (groups);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  HqDocumentRow row = {
      .kind = KIND, .hall = "", .id = customer, .created_us = now_us, .changed_us = now_us, .body = body};
  store->klass->document_put (store, &row);
  return TRUE;
}
