/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds a body against the shapes of the standard. No state; any thread. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-shape.h"

#include <stdlib.h>
#include <string.h>

#include "tai-canonical.h"

/* One word of a shape, taken apart. */
typedef struct {
  char name[40], kind[56];
  gboolean is_array, is_required;
} Member;

static gboolean check_value (const char *name, const char *kind, const TaiJson *value, gboolean is_lenient,
                             GError **error);

gboolean
hq_words_have (const char *list, const char *word)
{
  gsize length = strlen (word);
  for (const char *at = list; at != NULL && *at != '\0';) {
    gsize n = strcspn (at, " ");
    if (n == length && strncmp (at, word, n) == 0)
      return TRUE;
    at += n + strspn (at + n, " ");
  }
  return FALSE;
}

static gboolean
refuse (GError **error, int code, const char *place, const char *what)
{
  g_set_error (error, TAI_WIRE_ERROR, code, "%s: %s", place, what);
  return FALSE;
}

static int
compare_shape_cb (const void *name, const void *shape)
{
  return strcmp (name, ((const HqShape *)shape)->name);
}

static const HqShape *
find_shape (const char *name)
{
  static gsize n;
  if (g_once_init_enter (&n)) {
    gsize count = 0;
    while (hq_shapes[count].name != NULL)
      count++;
    g_once_init_leave (&n, count);
  }
  return bsearch (name, hq_shapes, n, sizeof hq_shapes[0], compare_shape_cb);
}

/* The word at *@at, which moves on; FALSE at the end. */
static gboolean
next_member (const char **at, Member *member)
{
  const char *word = *at;
  gsize length = strcspn (word, " "), name = strcspn (word, ":");
  if (length == 0)
    return FALSE;
  *at = word + length + strspn (word + length, " ");
  g_assert (name < length && name < sizeof member->name && length - name - 1 < sizeof member->kind);
  g_strlcpy (member->name, word, name + 1);
  g_strlcpy (member->kind, word + name + 1, length - name);
  member->is_required = g_str_has_suffix (member->kind, "!");
  if (member->is_required)
    member->kind[strlen (member->kind) - 1] = '\0';
  member->is_array = g_str_has_suffix (member->kind, "[]");
  if (member->is_array)
    member->kind[strlen (member->kind) - 2] = '\0';
  return TRUE;
}

/* ---- single values ---- */

static gboolean
check_text (const char *name, const TaiJson *value, GError **error)
{
  if (tai_json_get_kind (value) != TAI_JSON_STRING)
    return refuse (error, TAI_WIRE_ERROR_TYPE, name, "a string is expected");
  const char *text = tai_json_require_string (value, "", NULL);
  gboolean is_uri = strcmp (name, "href") == 0 || strcmp (name, "@schemaLocation") == 0;
  if (is_uri && (text[0] == '\0' || strpbrk (text, " \t\r\n<>\"{}|\\^`") != NULL))
    return refuse (error, TAI_WIRE_ERROR_VALUE, name, "a URI is expected");
  return TRUE;
}

static gboolean
check_time (const char *name, const TaiJson *value, GError **error)
{
  gint64 time_us;
  const char *text = tai_json_require_string (value, "", NULL);
  return (text != NULL && tai_time_from_text (text, &time_us)) ||
         refuse (error, TAI_WIRE_ERROR_VALUE, name, "a time is expected, 2026-11-22T02:00:00Z");
}

static gboolean
check_number (const char *name, const TaiJson *value, GError **error)
{
  TaiJsonKind kind = tai_json_get_kind (value);
  g_autofree char *text =
      kind == TAI_JSON_INT || kind == TAI_JSON_DECIMAL ? tai_json_require_decimal (value, "", NULL) : NULL;
  return text != NULL || refuse (error, TAI_WIRE_ERROR_TYPE, name, "a plain decimal number is expected");
}

static gboolean
check_word (const char *name, const char *words, const TaiJson *value, GError **error)
{
  const char *text = tai_json_require_string (value, "", NULL);
  g_auto (GStrv) known = g_strsplit (words, "|", -1);
  if (text != NULL && g_strv_contains ((const char *const *)known, text))
    return TRUE;
  g_autofree char *what = g_strconcat ("one of ", words, NULL);
  return refuse (error, TAI_WIRE_ERROR_VALUE, name, what);
}

/* ---- objects ---- */

static gboolean
check_array (const Member *member, const TaiJson *value, gboolean is_lenient, GError **error)
{
  if (tai_json_get_kind (value) != TAI_JSON_ARRAY)
    return refuse (error, TAI_WIRE_ERROR_TYPE, member->name, "an array is expected");
  if (member->is_required && !is_lenient && tai_json_get_length (value) == 0)
    return refuse (error, TAI_WIRE_ERROR_MISSING, member->name, "at least one is expected");
  for (guint i = 0; i < tai_json_get_length (value); i++) {
    g_autofree char *place = g_strdup_printf ("%s[%u]", member->name, i);
    if (!check_value (place, member->kind, tai_json_get_element (value, i), is_lenient, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_member (const Member *member, const TaiJson *object, gboolean is_lenient, GError **error)
{
  const TaiJson *value = tai_json_get_member (object, member->name);
  if (value == NULL && tai_json_has (object, member->name))
    return refuse (error, TAI_WIRE_ERROR_TYPE, member->name, "null is no value");
  if (value == NULL)
    return !member->is_required || is_lenient ||
           refuse (error, TAI_WIRE_ERROR_MISSING, member->name, "missing");
  return member->is_array ? check_array (member, value, is_lenient, error)
                          : check_value (member->name, member->kind, value, is_lenient, error);
}

/* "@type" and its like are texts wherever they stand. */
static gboolean
check_meta (const TaiJson *object, GError **error)
{
  static const char *const names[] = {"@type", "@baseType", "@schemaLocation", "@referredType"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const TaiJson *value = tai_json_get_member (object, names[i]);
    if (value != NULL && !check_text (names[i], value, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_object (const char *members, const TaiJson *object, gboolean is_lenient, GError **error)
{
  Member member;
  if (tai_json_get_kind (object) != TAI_JSON_OBJECT) {
    g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_TYPE, "an object is expected");
    return FALSE;
  }
  for (const char *at = members; next_member (&at, &member);)
    if (!check_member (&member, object, is_lenient, error))
      return FALSE;
  return check_meta (object, error);
}

static gboolean
check_value (const char *name, const char *kind, const TaiJson *value, gboolean is_lenient, GError **error)
{
  gboolean yes;
  if (strcmp (kind, "string") == 0)
    return check_text (name, value, error);
  if (strcmp (kind, "any") == 0)
    return TRUE;
  if (strcmp (kind, "time") == 0)
    return check_time (name, value, error);
  if (strcmp (kind, "number") == 0)
    return check_number (name, value, error);
  if (strcmp (kind, "int") == 0)
    return tai_json_get_kind (value) == TAI_JSON_INT ||
           refuse (error, TAI_WIRE_ERROR_TYPE, name, "a whole number is expected");
  if (strcmp (kind, "bool") == 0)
    return tai_json_require_bool (value, "", &yes, NULL) ||
           refuse (error, TAI_WIRE_ERROR_TYPE, name, "true or false");
  const HqShape *shape = find_shape (kind);
  g_assert (shape != NULL);
  if (shape->members[0] == '=')
    return check_word (name, shape->members + 1, value, error);
  if (check_object (shape->members, value, is_lenient, error))
    return TRUE;
  g_prefix_error (error, "%s.", name);
  return FALSE;
}

gboolean
hq_shape_check (const char *name, const TaiJson *json, gboolean is_lenient, GError **error)
{
  const HqShape *shape = find_shape (name);
  g_assert (shape != NULL);
  return check_object (shape->members, json, is_lenient, error);
}

gboolean
hq_shape_has (const char *name, const char *member)
{
  const HqShape *shape = find_shape (name);
  Member each;
  g_assert (shape != NULL);
  for (const char *at = shape->members; next_member (&at, &each);)
    if (strcmp (each.name, member) == 0)
      return TRUE;
  return FALSE;
}
