/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-test-data.h"

#include <string.h>

char *
tai_test_data_path (const char *name)
{
  return g_build_filename (g_test_get_dir (G_TEST_DIST), "data", name, NULL);
}

GBytes *
tai_test_data_load (const char *name)
{
  g_autofree char *path = tai_test_data_path (name);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

json_object *
tai_test_data_load_json (const char *name)
{
  g_autoptr (GBytes) bytes = tai_test_data_load (name);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  json_tokener *tokener = json_tokener_new ();
  json_object *object = json_tokener_parse_ex (tokener, data, (int)size);

  if (object == NULL)
    g_error ("%s: %s", name, json_tokener_error_desc (json_tokener_get_error (tokener)));
  json_tokener_free (tokener);
  return object;
}

json_object *
tai_test_json_get (json_object *object, const char *key, json_type type)
{
  json_object *value = NULL;

  if (!json_object_object_get_ex (object, key, &value) || !json_object_is_type (value, type))
    g_error ("no \"%s\" of type %s in %s", key, json_type_to_name (type),
             json_object_to_json_string (object));
  return value;
}

const char *
tai_test_json_string (json_object *object, const char *key)
{
  return json_object_get_string (tai_test_json_get (object, key, json_type_string));
}

gint64
tai_test_json_int (json_object *object, const char *key)
{
  return json_object_get_int64 (tai_test_json_get (object, key, json_type_int));
}

gboolean
tai_test_json_boolean (json_object *object, const char *key)
{
  return json_object_get_boolean (tai_test_json_get (object, key, json_type_boolean));
}

gsize
tai_test_json_length (json_object *object, const char *key)
{
  gsize length = json_object_array_length (tai_test_json_get (object, key, json_type_array));

  g_assert_cmpuint (length, >, 0);
  return length;
}

json_object *
tai_test_json_element (json_object *object, const char *key, gsize index)
{
  json_object *element = json_object_array_get_idx (tai_test_json_get (object, key, json_type_array), index);

  g_assert_nonnull (element);
  return element;
}

const char *
tai_test_json_string_element (json_object *object, const char *key, gsize index)
{
  json_object *element = tai_test_json_element (object, key, index);

  g_assert_true (json_object_is_type (element, json_type_string));
  return json_object_get_string (element);
}

GBytes *
tai_test_from_hex (const char *hex)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (const char *p = hex; *p != '\0';) {
    if (g_ascii_isspace (*p)) {
      p++;
      continue;
    }
    g_assert_true (g_ascii_isxdigit (p[0]) && g_ascii_isxdigit (p[1]));

    guint8 byte = (guint8)(g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));

    g_byte_array_append (bytes, &byte, 1);
    p += 2;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

char *
tai_test_to_hex (gconstpointer data, gsize size)
{
  GString *hex = g_string_sized_new (2 * size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", ((const guint8 *)data)[i]);
  return g_string_free (hex, FALSE);
}

gint64
tai_test_rand_int64 (void)
{
  return (gint64)((guint64)(guint32)g_test_rand_int () << 32 | (guint32)g_test_rand_int ());
}
