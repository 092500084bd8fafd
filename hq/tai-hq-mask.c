/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a person a counter does not need: of a name the first character stays, ways to reach somebody go. */
#define G_LOG_DOMAIN "tai-hq"

#include <string.h>

#include "tai-directory.h"
#include "tai-hq-shape.h"
#include "tai-hq-types-private.h"

char *
hq_mask_name (const char *name)
{
  if (name[0] == '\0' || tai_line_is_mask (name))
    return g_strdup (name);
  return g_strdup_printf ("%.*s*", (int)(g_utf8_next_char (name) - name), name);
}

static gboolean
is_person (const TaiJson *object)
{
  const char *role = tai_json_require_string (object, "role", NULL);
  const char *type = tai_json_require_string (object, "@referredType", NULL);
  return g_strcmp0 (role, "customer") == 0 || hq_words_have ("Customer Individual", type != NULL ? type : "");
}

static void
write_masked_name (TaiJsonWriter *writer, const TaiJson *value)
{
  const char *name = tai_json_require_string (value, "", NULL);
  g_autofree char *mask = name != NULL ? hq_mask_name (name) : NULL;
  tai_json_writer_string (writer, mask != NULL ? mask : "*");
}

static void write_value (TaiJsonWriter *writer, const TaiJson *value);

static void
write_object (TaiJsonWriter *writer, const TaiJson *object, gboolean is_masked, const char *hidden)
{
  TaiJsonIter iter;
  tai_json_writer_begin_object (writer);
  tai_json_iter_init (&iter, object);
  while (tai_json_iter_next (&iter)) {
    if (hq_words_have (hidden, iter.name))
      continue;
    tai_json_writer_key (writer, iter.name);
    if (is_masked && iter.value != NULL && strcmp (iter.name, "name") == 0)
      write_masked_name (writer, iter.value);
    else
      write_value (writer, iter.value);
  }
  tai_json_writer_end_object (writer);
}

static void
write_value (TaiJsonWriter *writer, const TaiJson *value)
{
  TaiJsonKind kind = tai_json_get_kind (value);
  if (kind == TAI_JSON_OBJECT)
    write_object (writer, value, is_person (value), NULL);
  else if (kind == TAI_JSON_ARRAY) {
    tai_json_writer_begin_array (writer);
    for (guint i = 0; i < tai_json_get_length (value); i++)
      write_value (writer, tai_json_get_element (value, i));
    tai_json_writer_end_array (writer);
  } else if (kind == TAI_JSON_NULL)
    tai_json_writer_null (writer);
  else
    tai_json_writer_node (writer, value);
}

char *
hq_mask_json (const TaiJson *json, const char *hidden)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  gboolean is_customer = g_strcmp0 (tai_json_require_string (json, "@type", NULL), "Customer") == 0;
  write_object (writer, json, is_customer, hidden);
  return tai_json_writer_end_text (writer);
}
