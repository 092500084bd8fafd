/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Holds a body against the shapes of the standard. The shapes are taken apart once, at the first use, and kept for good; then a
 * check goes through what a body has, not through what it could have. Any thread.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-shape.h"

#include <stdlib.h>
#include <string.h>

#include "tai-canonical.h"

#define MEMBERS_MAX 64

typedef enum {
  KIND_STRING,
  KIND_URI,
  KIND_TIME,
  KIND_BOOL,
  KIND_INT,
  KIND_NUMBER,
  KIND_ANY,
  KIND_SHAPE
} Kind;

typedef struct {
  char *name;
  Kind kind;
  guint shape; /* index, of KIND_SHAPE */
  gboolean is_array;
} Member;

/* A shape taken apart. Lives as long as the program. */
typedef struct {
  char **words; /* (nullable): a shape of words */
  Member *members;
  guint n_members;
  guint64 required; /* a bit each */
} Parsed;

static gboolean check_value (const char *name, const Member *member, const TaiJson *value,
                             gboolean is_lenient, GError **error);

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

/* ---- the shapes ---- */

static guint
count_shapes (void)
{
  guint n = 0;
  while (hq_shapes[n].name != NULL)
    n++;
  return n;
}

static int
compare_shape_cb (const void *name, const void *shape)
{
  return strcmp (name, ((const HqShape *)shape)->name);
}

static guint
find_index (const char *name, guint n_shapes)
{
  const HqShape *found = bsearch (name, hq_shapes, n_shapes, sizeof hq_shapes[0], compare_shape_cb);
  g_assert (found != NULL);
  return (guint)(found - hq_shapes);
}

static Kind
find_kind (const char *name, const char *kind)
{
  static const char *const plain[] = {
      [KIND_STRING] = "string", [KIND_URI] = "uri",       [KIND_TIME] = "time", [KIND_BOOL] = "bool",
      [KIND_INT] = "int",       [KIND_NUMBER] = "number", [KIND_ANY] = "any"};
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (strcmp (plain[i], kind) == 0)
      return i == KIND_STRING && strcmp (name, "href") == 0 ? KIND_URI : (Kind)i;
  return KIND_SHAPE;
}

/* "name:kind[]!". TRUE: it must be there. */
static gboolean
parse_member (char *word, Member *member, guint n_shapes)
{
  char *kind = strchr (word, ':');
  g_assert (kind != NULL);
  *kind++ = '\0';
  gboolean is_required = g_str_has_suffix (kind, "!");
  if (is_required)
    kind[strlen (kind) - 1] = '\0';
  member->is_array = g_str_has_suffix (kind, "[]");
  if (member->is_array)
    kind[strlen (kind) - 2] = '\0';
  member->name = g_strdup (word);
  member->kind = find_kind (word, kind);
  if (member->kind == KIND_SHAPE)
    member->shape = find_index (kind, n_shapes);
  return is_required;
}

static void
parse_shape (const HqShape *shape, Parsed *parsed, guint n_shapes)
{
  if (shape->members[0] == '=') {
    parsed->words = g_strsplit (shape->members + 1, "|", -1);
    return;
  }
  g_auto (GStrv) words = g_strsplit (shape->members, " ", -1);
  parsed->n_members = g_strv_length (words);
  g_assert (parsed->n_members <= MEMBERS_MAX);
  parsed->members = g_new0 (Member, parsed->n_members);
  for (guint i = 0; i < parsed->n_members; i++)
    if (parse_member (words[i], &parsed->members[i], n_shapes))
      parsed->required |= G_GUINT64_CONSTANT (1) << i;
}

static const Parsed *
get_shapes (void)
{
  static gsize all;
  if (g_once_init_enter (&all)) {
    guint n = count_shapes ();
    Parsed *parsed = g_new0 (Parsed, n);
    for (guint i = 0; i < n; i++)
      parse_shape (&hq_shapes[i], &parsed[i], n);
    g_once_init_leave (&all, (gsize)parsed);
  }
  return (const Parsed *)all;
}

/* Index, or n_members. */
static guint
find_member (const Parsed *shape, const char *name)
{
  guint i = 0;
  while (i < shape->n_members && strcmp (shape->members[i].name, name) != 0)
    i++;
  return i;
}

/* ---- single values ---- */

/* @place "": whoever called says it. */
static gboolean
refuse (GError **error, int code, const char *place, const char *what)
{
  g_set_error (error, TAI_WIRE_ERROR, code, "%s%s%s", place, place[0] != '\0' ? ": " : "", what);
  return FALSE;
}

static gboolean
check_text (const char *name, gboolean is_uri, const TaiJson *value, GError **error)
{
  if (tai_json_get_kind (value) != TAI_JSON_STRING)
    return refuse (error, TAI_WIRE_ERROR_TYPE, name, "a string is expected");
  const char *text = is_uri ? tai_json_require_string (value, "", NULL) : NULL;
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
  g_autofree char *text = kind == TAI_JSON_DECIMAL ? tai_json_require_decimal (value, "", NULL) : NULL;
  return kind == TAI_JSON_INT || text != NULL ||
         refuse (error, TAI_WIRE_ERROR_TYPE, name, "a plain decimal number is expected");
}

/* A kit has words of its own. */
static gboolean
check_word (const char *name, char **words, const TaiJson *value, gboolean is_lenient, GError **error)
{
  const char *text = tai_json_require_string (value, "", NULL);
  if (text != NULL && (is_lenient || g_strv_contains ((const char *const *)words, text)))
    return TRUE;
  g_autofree char *all = g_strjoinv (", ", words);
  g_autofree char *what = g_strconcat ("one of ", all, NULL);
  return refuse (error, TAI_WIRE_ERROR_VALUE, name, what);
}

/* ---- objects ---- */

static gboolean
check_array (const Member *member, const TaiJson *value, gboolean is_required, gboolean is_lenient,
             GError **error)
{
  if (tai_json_get_kind (value) != TAI_JSON_ARRAY)
    return refuse (error, TAI_WIRE_ERROR_TYPE, member->name, "an array is expected");
  if (is_required && !is_lenient && tai_json_get_length (value) == 0)
    return refuse (error, TAI_WIRE_ERROR_MISSING, member->name, "at least one is expected");
  for (guint i = 0; i < tai_json_get_length (value); i++)
    if (!check_value (NULL, member, tai_json_get_element (value, i), is_lenient, error)) {
      tai_json_error_within (error, member->name, (gssize)i);
      return FALSE;
    }
  return TRUE;
}

/* What no shape names is let through; but "@type" and its like are texts wherever they stand. */
static gboolean
check_other (const char *name, const TaiJson *value, GError **error)
{
  static const char *const meta[] = {"@type", "@baseType", "@schemaLocation", "@referredType", NULL};
  if (name[0] != '@' || !g_strv_contains (meta, name))
    return TRUE;
  return check_text (name, strcmp (name, "@schemaLocation") == 0, value, error);
}

static gboolean
check_present (const Parsed *shape, const TaiJsonIter *iter, guint64 *seen, gboolean is_lenient,
               GError **error)
{
  guint i = find_member (shape, iter->name);
  if (i == shape->n_members)
    return iter->value == NULL || check_other (iter->name, iter->value, error);
  const Member *member = &shape->members[i];
  guint64 bit = G_GUINT64_CONSTANT (1) << i;
  if (iter->value == NULL)
    return refuse (error, TAI_WIRE_ERROR_TYPE, iter->name, "null is no value");
  *seen |= bit;
  return member->is_array ? check_array (member, iter->value, (shape->required & bit) != 0, is_lenient, error)
                          : check_value (member->name, member, iter->value, is_lenient, error);
}

static gboolean
check_object (const Parsed *shape, const TaiJson *object, gboolean is_lenient, GError **error)
{
  guint64 seen = 0;
  TaiJsonIter iter;
  if (tai_json_get_kind (object) != TAI_JSON_OBJECT) {
    g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_TYPE, "an object is expected");
    return FALSE;
  }
  tai_json_iter_init (&iter, object);
  while (tai_json_iter_next (&iter))
    if (!check_present (shape, &iter, &seen, is_lenient, error))
      return FALSE;
  guint64 missing = shape->required & ~seen;
  for (guint i = 0; missing != 0 && !is_lenient && i < shape->n_members; i++)
    if (missing & (G_GUINT64_CONSTANT (1) << i))
      return refuse (error, TAI_WIRE_ERROR_MISSING, shape->members[i].name, "missing");
  return TRUE;
}

static gboolean
check_shape (const char *name, const Parsed *shape, const TaiJson *value, gboolean is_lenient, GError **error)
{
  if (shape->words != NULL)
    return check_word (name != NULL ? name : "", shape->words, value, is_lenient, error);
  if (check_object (shape, value, is_lenient, error))
    return TRUE;
  if (name != NULL)
    tai_json_error_within (error, name, -1);
  return FALSE;
}

/* @name NULL: an element, whose place the caller says. */
static gboolean
check_value (const char *name, const Member *member, const TaiJson *value, gboolean is_lenient,
             GError **error)
{
  const char *place = name != NULL ? name : "";
  gboolean yes;
  switch (member->kind) {
  case KIND_STRING:
  case KIND_URI:
    return check_text (place, member->kind == KIND_URI, value, error);
  case KIND_TIME:
    return check_time (place, value, error);
  case KIND_BOOL:
    return tai_json_require_bool (value, "", &yes, NULL) ||
           refuse (error, TAI_WIRE_ERROR_TYPE, place, "true or false");
  case KIND_INT:
    return tai_json_get_kind (value) == TAI_JSON_INT ||
           refuse (error, TAI_WIRE_ERROR_TYPE, place, "a whole number is expected");
  case KIND_NUMBER:
    return check_number (place, value, error);
  case KIND_SHAPE:
    return check_shape (name, &get_shapes ()[member->shape], value, is_lenient, error);
  default:
    return TRUE;
  }
}

gboolean
hq_shape_check (const char *name, const TaiJson *json, gboolean is_lenient, GError **error)
{
  return check_object (&get_shapes ()[find_index (name, count_shapes ())], json, is_lenient, error);
}

gboolean
hq_shape_has (const char *name, const char *member)
{
  const Parsed *shape = &get_shapes ()[find_index (name, count_shapes ())];
  return find_member (shape, member) < shape->n_members;
}

/* ---- completing ---- */

static gboolean
lacks (const Parsed *shape, const TaiJson *object, const char *name)
{
  guint i = find_member (shape, name);
  return i < shape->n_members && (shape->required & (G_GUINT64_CONSTANT (1) << i)) &&
         !tai_json_has (object, name);
}

static void
complete_reference (const Parsed *shape, const char *name, TaiJson *object)
{
  const char *id = tai_json_require_string (object, "id", NULL);
  if (id == NULL)
    return;
  if (lacks (shape, object, "@referredType")) {
    g_autofree char *type = g_strdup_printf ("%c%s", g_ascii_toupper (name[0]), name + 1);
    tai_json_set (object, "@referredType", tai_json_new_string (type));
  }
  if (lacks (shape, object, "href")) {
    g_autofree char *href = g_uri_escape_string (id, ":/", FALSE);
    if (href[0] != '\0')
      tai_json_set (object, "href", tai_json_new_string (href));
  }
}

static void
complete_object (const Parsed *shape, TaiJson *object)
{
  for (guint i = 0; i < shape->n_members; i++) {
    const Member *member = &shape->members[i];
    /* what a getter lends is of this very tree, which is ours to change */
    TaiJson *value = (TaiJson *)tai_json_get_member (object, member->name);
    guint n = member->is_array ? tai_json_get_length (value) : 1;
    for (guint k = 0; member->kind == KIND_SHAPE && value != NULL && k < n; k++) {
      TaiJson *each = member->is_array ? (TaiJson *)tai_json_get_element (value, k) : value;
      if (tai_json_get_kind (each) != TAI_JSON_OBJECT)
        continue;
      complete_reference (&get_shapes ()[member->shape], member->name, each);
      complete_object (&get_shapes ()[member->shape], each);
    }
  }
}

void
hq_shape_complete (const char *name, TaiJson *json)
{
  if (tai_json_get_kind (json) == TAI_JSON_OBJECT)
    complete_object (&get_shapes ()[find_index (name, count_shapes ())], json);
}
