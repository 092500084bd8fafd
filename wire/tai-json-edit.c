/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Building, copying, comparing and patching trees. One thread at a time per tree. json-c's own comparison and copy would go
 * through binary fractions for 19.90, so the walk is ours.
 */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-json-private.h"

#include <json-c/json.h>
#include <string.h>

TaiJson *
tai_json_new_object (void)
{
  return json_object_new_object ();
}

TaiJson *
tai_json_new_array (void)
{
  return json_object_new_array ();
}

TaiJson *
tai_json_new_string (const char *value)
{
  g_return_val_if_fail (value != NULL && g_utf8_validate (value, -1, NULL), NULL);
  return json_object_new_string (value);
}

TaiJson *
tai_json_new_int (gint64 value)
{
  return json_object_new_int64 (value);
}

TaiJson *
tai_json_new_bool (gboolean value)
{
  return json_object_new_boolean (value != FALSE);
}

TaiJson *
tai_json_new_decimal (const char *text)
{
  gboolean is_int;
  g_return_val_if_fail (text != NULL && tai_json_scan_number (text, strlen (text), &is_int), NULL);
  return json_object_new_double_s (0, text); /* the 0 is never read: tai_json_decimal_text */
}

TaiJson *
tai_json_copy (const TaiJson *node)
{
  TaiJson *copy = NULL;
  TaiJsonIter iter;
  switch (tai_json_get_kind (node)) {
  case TAI_JSON_OBJECT:
    copy = tai_json_new_object ();
    tai_json_iter_init (&iter, node);
    while (tai_json_iter_next (&iter))
      tai_json_set (copy, iter.name, tai_json_copy (iter.value));
    return copy;
  case TAI_JSON_ARRAY:
    copy = tai_json_new_array ();
    for (guint i = 0; i < tai_json_get_length (node); i++)
      tai_json_append (copy, tai_json_copy (tai_json_get_element (node, i)));
    return copy;
  case TAI_JSON_DECIMAL:
    return tai_json_new_decimal (tai_json_decimal_text (node));
  case TAI_JSON_STRING:
    return json_object_new_string (json_object_get_string ((json_object *)node));
  case TAI_JSON_INT:
    return tai_json_new_int (json_object_get_int64 (node));
  case TAI_JSON_BOOL:
    return tai_json_new_bool (json_object_get_boolean (node));
  case TAI_JSON_NULL:
  default:
    return NULL;
  }
}

void
tai_json_set (TaiJson *object, const char *name, TaiJson *value)
{
  g_return_if_fail (tai_json_get_kind (object) == TAI_JSON_OBJECT && name != NULL);
  g_return_if_fail (value != object);
  json_object_object_add (object, name, value);
}

void
tai_json_delete (TaiJson *object, const char *name)
{
  g_return_if_fail (tai_json_get_kind (object) == TAI_JSON_OBJECT && name != NULL);
  json_object_object_del (object, name);
}

void
tai_json_append (TaiJson *array, TaiJson *value)
{
  g_return_if_fail (tai_json_get_kind (array) == TAI_JSON_ARRAY && value != array);
  json_object_array_add (array, value);
}

static gboolean
equal_objects (const TaiJson *a, const TaiJson *b)
{
  TaiJsonIter iter;
  tai_json_iter_init (&iter, a);
  while (tai_json_iter_next (&iter)) {
    json_object *other;
    if (!json_object_object_get_ex (b, iter.name, &other) || !tai_json_equal (iter.value, other))
      return FALSE;
  }
  return TRUE;
}

static gboolean
equal_arrays (const TaiJson *a, const TaiJson *b)
{
  for (guint i = 0; i < tai_json_get_length (a); i++)
    if (!tai_json_equal (tai_json_get_element (a, i), tai_json_get_element (b, i)))
      return FALSE;
  return TRUE;
}

gboolean
tai_json_equal (const TaiJson *a, const TaiJson *b)
{
  TaiJsonKind kind = tai_json_get_kind (a);
  if (kind != tai_json_get_kind (b) || tai_json_get_length (a) != tai_json_get_length (b))
    return FALSE;
  switch (kind) {
  case TAI_JSON_OBJECT:
    return equal_objects (a, b);
  case TAI_JSON_ARRAY:
    return equal_arrays (a, b);
  case TAI_JSON_DECIMAL:
    return strcmp (tai_json_decimal_text (a), tai_json_decimal_text (b)) == 0;
  case TAI_JSON_STRING:
    return strcmp (json_object_get_string ((json_object *)a), json_object_get_string ((json_object *)b)) == 0;
  case TAI_JSON_INT:
    return json_object_get_int64 (a) == json_object_get_int64 (b);
  case TAI_JSON_BOOL:
    return json_object_get_boolean (a) == json_object_get_boolean (b);
  case TAI_JSON_NULL:
  default:
    return TRUE;
  }
}

/* RFC 7396, section 2, on a tree of our own. */
static TaiJson *
patch_value (TaiJson *target, const TaiJson *patch)
{
  if (tai_json_get_kind (patch) != TAI_JSON_OBJECT) {
    tai_json_free (target);
    return tai_json_copy (patch);
  }
  if (tai_json_get_kind (target) != TAI_JSON_OBJECT) {
    tai_json_free (target);
    target = tai_json_new_object ();
  }
  TaiJsonIter iter;
  tai_json_iter_init (&iter, patch);
  while (tai_json_iter_next (&iter)) {
    if (iter.value == NULL) {
      tai_json_delete (target, iter.name);
      continue;
    }
    json_object *old = NULL;
    json_object_object_get_ex (target, iter.name, &old);
    tai_json_set (target, iter.name, patch_value (json_object_get (old), iter.value));
  }
  return target;
}

TaiJson *
tai_json_merge_patch (const TaiJson *target, const TaiJson *patch)
{
  return patch_value (tai_json_copy (target), patch);
}
