/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Typed reading of trees. A json-c "double" of ours carries its source text as user data: only that is ever read. One thread
 * at a time per tree.
 */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-json-private.h"

#include <json-c/json.h>
#include <string.h>

static json_object *
raw (const TaiJson *node)
{
  return (json_object *)node; /* json-c's readers take no const */
}

TaiJson *
tai_json_ref (TaiJson *json)
{
  return json_object_get (json);
}

void
tai_json_free (TaiJson *json)
{
  json_object_put (json);
}

TaiJsonKind
tai_json_get_kind (const TaiJson *node)
{
  switch (json_object_get_type (node)) {
  case json_type_boolean:
    return TAI_JSON_BOOL;
  case json_type_int:
    return TAI_JSON_INT;
  case json_type_double:
    return TAI_JSON_DECIMAL;
  case json_type_string:
    return TAI_JSON_STRING;
  case json_type_array:
    return TAI_JSON_ARRAY;
  case json_type_object:
    return TAI_JSON_OBJECT;
  case json_type_null:
  default:
    return TAI_JSON_NULL;
  }
}

const char *
tai_json_kind_to_text (TaiJsonKind kind)
{
  static const char *const text[] = {"null", "bool", "int", "decimal", "string", "array", "object"};
  g_return_val_if_fail (kind < G_N_ELEMENTS (text), NULL);
  return text[kind];
}

guint
tai_json_get_length (const TaiJson *node)
{
  if (json_object_is_type (node, json_type_array))
    return (guint)json_object_array_length (node);
  if (json_object_is_type (node, json_type_object))
    return (guint)json_object_object_length (node);
  return 0;
}

const TaiJson *
tai_json_get_element (const TaiJson *array, guint index)
{
  return json_object_is_type (array, json_type_array) ? json_object_array_get_idx (array, index) : NULL;
}

static gboolean
find_member (const TaiJson *object, const char *name, const TaiJson **found)
{
  json_object *value = NULL;
  if (!json_object_is_type (object, json_type_object) || !json_object_object_get_ex (object, name, &value))
    return FALSE;
  *found = value;
  return TRUE;
}

const TaiJson *
tai_json_get_member (const TaiJson *object, const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  const TaiJson *found = NULL;
  find_member (object, name, &found);
  return found;
}

static gboolean
find_element (const TaiJson *array, const char *index, const TaiJson **found)
{
  guint64 position;
  if (!g_ascii_string_to_unsigned (index, 10, 0, G_MAXUINT, &position, NULL) ||
      position >= tai_json_get_length (array))
    return FALSE;
  *found = tai_json_get_element (array, (guint)position);
  return TRUE;
}

/* TRUE: it is there, and *@found may be NULL for null. */
static gboolean
find (const TaiJson *node, const char *path, const TaiJson **found)
{
  char name[TAI_JSON_MAX_NAME + 1];
  *found = node;
  while (*path != '\0') {
    gsize length = strcspn (path, ".");
    g_return_val_if_fail (length > 0 && length <= TAI_JSON_MAX_NAME, FALSE);
    memcpy (name, path, length);
    name[length] = '\0';
    path += length + (path[length] == '.');
    node = *found;
    gboolean there = json_object_is_type (node, json_type_array) ? find_element (node, name, found)
                                                                 : find_member (node, name, found);
    if (!there)
      return FALSE;
  }
  return TRUE;
}

gboolean
tai_json_has (const TaiJson *node, const char *path)
{
  const TaiJson *found;
  return find (node, path, &found);
}

const TaiJson *
tai_json_get (const TaiJson *node, const char *path)
{
  const TaiJson *found = NULL;
  return find (node, path, &found) ? found : NULL;
}

char *
tai_json_show_path (const char *path)
{
  GString *shown = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    gboolean index = parts[i][0] != '\0' && strspn (parts[i], "0123456789") == strlen (parts[i]);
    if (index)
      g_string_append_printf (shown, "[%s]", parts[i]);
    else
      g_string_append_printf (shown, "%s%s", shown->len > 0 ? "." : "", parts[i]);
  }
  if (shown->len == 0)
    g_string_append (shown, "value");
  return g_string_free (shown, FALSE);
}

void
tai_json_set_path_error (GError **error, TaiWireError code, const char *path, const char *what)
{
  g_autofree char *shown = tai_json_show_path (path);
  g_set_error (error, TAI_WIRE_ERROR, (int)code, "%s: %s", shown, what);
}

void
tai_json_error_within (GError **error, const char *name, gssize index)
{
  if (error == NULL || *error == NULL)
    return;
  const char *joint = (*error)->message[0] == '[' ? "" : ".";
  if (index >= 0)
    g_prefix_error (error, "%s[%" G_GSSIZE_FORMAT "]%s", name, index, joint);
  else
    g_prefix_error (error, "%s%s", name, joint);
}

static gboolean
check_kind (const TaiJson *node, TaiJsonKind kind, const char *path, GError **error)
{
  TaiJsonKind is = tai_json_get_kind (node);
  if (is == kind)
    return TRUE;
  g_autofree char *what =
      g_strdup_printf ("%s instead of %s", tai_json_kind_to_text (is), tai_json_kind_to_text (kind));
  tai_json_set_path_error (error, TAI_WIRE_ERROR_TYPE, path, what);
  return FALSE;
}

static const TaiJson *
require (const TaiJson *node, const char *path, TaiJsonKind kind, GError **error)
{
  const TaiJson *found = tai_json_get (node, path);
  if (found == NULL) {
    tai_json_set_path_error (error, TAI_WIRE_ERROR_MISSING, path, "missing");
    return NULL;
  }
  return check_kind (found, kind, path, error) ? found : NULL;
}

const char *
tai_json_require_string (const TaiJson *node, const char *path, GError **error)
{
  const TaiJson *found = require (node, path, TAI_JSON_STRING, error);
  return found != NULL ? json_object_get_string (raw (found)) : NULL;
}

/* json-c hands out the bytes that it keeps. */
void
tai_json_wipe_string (TaiJson *node, const char *path)
{
  const TaiJson *found = tai_json_get (node, path);
  char *text =
      tai_json_get_kind (found) == TAI_JSON_STRING ? (char *)json_object_get_string (raw (found)) : NULL;
  for (gsize i = 0; text != NULL && text[i] != '\0'; i++)
    ((volatile char *)text)[i] = ' ';
}

gboolean
tai_json_require_int (const TaiJson *node, const char *path, gint64 *value, GError **error)
{
  const TaiJson *found = require (node, path, TAI_JSON_INT, error);
  if (found != NULL)
    *value = json_object_get_int64 (found);
  return found != NULL;
}

gboolean
tai_json_require_bool (const TaiJson *node, const char *path, gboolean *value, GError **error)
{
  const TaiJson *found = require (node, path, TAI_JSON_BOOL, error);
  if (found != NULL)
    *value = json_object_get_boolean (found) != 0;
  return found != NULL;
}

const TaiJson *
tai_json_require_array (const TaiJson *node, const char *path, GError **error)
{
  return require (node, path, TAI_JSON_ARRAY, error);
}

const TaiJson *
tai_json_require_object (const TaiJson *node, const char *path, GError **error)
{
  return require (node, path, TAI_JSON_OBJECT, error);
}

const char *
tai_json_decimal_text (const TaiJson *node)
{
  g_assert (tai_json_get_kind (node) == TAI_JSON_DECIMAL);
  const char *text = json_object_get_userdata (raw (node));
  g_assert (text != NULL);
  return text;
}

static const char *
number_text (const TaiJson *node)
{
  switch (tai_json_get_kind (node)) {
  case TAI_JSON_DECIMAL:
    return tai_json_decimal_text (node);
  case TAI_JSON_STRING:
  case TAI_JSON_INT: /* json-c renders it into the node */
    return json_object_get_string (raw (node));
  case TAI_JSON_NULL:
  case TAI_JSON_BOOL:
  case TAI_JSON_ARRAY:
  case TAI_JSON_OBJECT:
  default:
    return NULL;
  }
}

char *
tai_json_require_decimal (const TaiJson *node, const char *path, GError **error)
{
  const TaiJson *found = tai_json_get (node, path);
  if (found == NULL) {
    tai_json_set_path_error (error, TAI_WIRE_ERROR_MISSING, path, "missing");
    return NULL;
  }
  const char *text = number_text (found);
  if (text == NULL) {
    check_kind (found, TAI_JSON_DECIMAL, path, error);
    return NULL;
  }
  gboolean is_int;
  if (!tai_json_scan_number (text, strlen (text), &is_int) || strpbrk (text, "eE") != NULL) {
    tai_json_set_path_error (error, TAI_WIRE_ERROR_VALUE, path, "not a plain decimal number");
    return NULL;
  }
  return g_strdup (text);
}

/* Missing or null: TRUE and *@found NULL. */
static gboolean
optional (const TaiJson *node, const char *path, TaiJsonKind kind, const TaiJson **found, GError **error)
{
  *found = tai_json_get (node, path);
  return *found == NULL || check_kind (*found, kind, path, error);
}

gboolean
tai_json_optional_string (const TaiJson *node, const char *path, const char **value, GError **error)
{
  const TaiJson *found;
  if (!optional (node, path, TAI_JSON_STRING, &found, error))
    return FALSE;
  if (found != NULL)
    *value = json_object_get_string (raw (found));
  return TRUE;
}

gboolean
tai_json_optional_int (const TaiJson *node, const char *path, gint64 *value, GError **error)
{
  return tai_json_get (node, path) == NULL || tai_json_require_int (node, path, value, error);
}

gboolean
tai_json_optional_bool (const TaiJson *node, const char *path, gboolean *value, GError **error)
{
  return tai_json_get (node, path) == NULL || tai_json_require_bool (node, path, value, error);
}

static gboolean
optional_node (const TaiJson *node, const char *path, TaiJsonKind kind, const TaiJson **value, GError **error)
{
  const TaiJson *found;
  if (!optional (node, path, kind, &found, error))
    return FALSE;
  if (found != NULL)
    *value = found;
  return TRUE;
}

gboolean
tai_json_optional_array (const TaiJson *node, const char *path, const TaiJson **value, GError **error)
{
  return optional_node (node, path, TAI_JSON_ARRAY, value, error);
}

gboolean
tai_json_optional_object (const TaiJson *node, const char *path, const TaiJson **value, GError **error)
{
  return optional_node (node, path, TAI_JSON_OBJECT, value, error);
}

void
tai_json_iter_init (TaiJsonIter *iter, const TaiJson *object)
{
  struct lh_table *table =
      json_object_is_type (object, json_type_object) ? json_object_get_object (object) : NULL;
  *iter = (TaiJsonIter){table != NULL ? lh_table_head (table) : NULL, NULL, NULL};
}

gboolean
tai_json_iter_next (TaiJsonIter *iter)
{
  struct lh_entry *entry = iter->next;
  if (entry == NULL)
    return FALSE;
  iter->name = lh_entry_k (entry);
  iter->value = lh_entry_v (entry);
  iter->next = lh_entry_next (entry);
  return TRUE;
}
