/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The query of a GET as TMF630 has it: offset, limit, fields, sort, and filters on attributes by dotted path, ANDed; several
 * values with a comma, and .gt .gte .lt .lte .ne .eq, or the signs > >= < <=, behind the path. A path goes through arrays: any
 * element will do. What is asked for otherwise (patterns, JSONPath) is refused: an empty list would be an answer.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-apply-private.h"

#include <string.h>

#define QUERY_MAX_BYTES   4096
#define QUERY_MAX_FILTERS 16
#define LIMIT_MAX         1000
#define QUERY_MAX_SORTS   4

static void
filter_free (gpointer data)
{
  HqQueryFilter *filter = data;
  g_free (filter->path);
  g_strfreev (filter->values);
  g_free (filter->whole);
  g_free (filter);
}

void
hq_query_clear (HqQuery *self)
{
  g_clear_pointer (&self->fields, g_strfreev);
  g_clear_pointer (&self->sorts, g_strfreev);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
}

static char
cut_operator (char *path)
{
  static const struct {
    const char *text;
    char op;
  } operators[] = {{".gte", 'g'}, {".lte", 'l'}, {".gt", '>'}, {".lt", '<'}, {".ne", '!'}, {".eq", '='}};
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_has_suffix (path, operators[i].text)) {
      path[strlen (path) - strlen (operators[i].text)] = '\0';
      return operators[i].op;
    }
  return '=';
}

/* Ways to ask that are TMF630's, too, and not offered here. */
static gboolean
is_other_way (const char *name)
{
  return strcmp (name, "filter") == 0 || g_str_has_suffix (name, ".regex") || g_str_has_suffix (name, "*");
}

static gboolean
is_good_path (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] == '\0' || strlen (parts[i]) > TAI_JSON_MAX_NAME)
      return FALSE;
  return parts[0] != NULL;
}

static gboolean
read_number (const char *value, gint64 max, gint64 *number)
{
  return g_ascii_string_to_signed (value, 10, 0, max, number, NULL);
}

/* "-orderDate,state": the last first, then by state. */
static gboolean
read_sorts (HqQuery *self, const char *value)
{
  g_strfreev (self->sorts);
  self->sorts = g_strsplit (value, ",", -1);
  for (guint i = 0; self->sorts[i] != NULL; i++)
    if (i >= QUERY_MAX_SORTS || !is_good_path (self->sorts[i] + strspn (self->sorts[i], "-+")))
      return FALSE;
  return self->sorts[0] != NULL;
}

/* @op: 0 = what the name ends in. */
static gboolean
add_filter (HqQuery *self, char *name, char op, const char *value)
{
  if (op == 0)
    op = cut_operator (name);
  if (is_other_way (name) || !is_good_path (name) || self->filters->len >= QUERY_MAX_FILTERS)
    return FALSE;
  HqQueryFilter *filter = g_new0 (HqQueryFilter, 1);
  filter->path = g_strdup (name);
  filter->op = op;
  filter->values = g_strsplit (value, ",", -1);
  filter->whole = g_strdup (value);
  g_ptr_array_add (self->filters, filter);
  return TRUE;
}

static gboolean
add_parameter (HqQuery *self, char *name, const char *value)
{
  if (strcmp (name, "offset") == 0)
    return read_number (value, G_MAXINT32, &self->offset);
  if (strcmp (name, "limit") == 0) {
    gboolean good = read_number (value, G_MAXINT32, &self->limit);
    self->limit = MIN (self->limit, LIMIT_MAX);
    return good;
  }
  if (strcmp (name, "fields") == 0) {
    g_strfreev (self->fields);
    self->fields = g_strsplit (value, ",", -1);
    return TRUE;
  }
  if (strcmp (name, "sort") == 0)
    return read_sorts (self, value);
  return add_filter (self, name, 0, value);
}

static char *
decode (const char *raw)
{
  g_autofree char *text = g_uri_unescape_string (raw, NULL); /* NULL: bad escape, or %00 */
  return text != NULL && g_utf8_validate (text, -1, NULL) ? g_steal_pointer (&text) : NULL;
}

/* The sign may be escaped, as it has to be in some clients: "orderDate%3E%3D2026". The first one ends the name. */
static gboolean
add_pair (HqQuery *self, const char *pair)
{
  g_autofree char *text = decode (pair);
  gsize length = text != NULL ? strcspn (text, "<>=") : 0;
  if (length == 0 || text[length] == '\0')
    return FALSE;
  char sign = text[length];
  const char *value = text + length + 1;
  text[length] = '\0';
  if (sign == '=')
    return add_parameter (self, text, value);
  if (value[0] != '=')
    return value[0] != '\0' && add_filter (self, text, sign, value);
  return add_filter (self, text, sign == '>' ? 'g' : 'l', value + 1);
}

gboolean
hq_query_parse (HqQuery *self, HqCall *call, gint64 default_limit)
{
  const char *query = call->request->query;
  *self = (HqQuery){.limit = default_limit, .filters = g_ptr_array_new_with_free_func (filter_free)};
  if (query == NULL || query[0] == '\0')
    return TRUE;
  if (strlen (query) > QUERY_MAX_BYTES) {
    hq_response_fail (call->response, 400, "query", "the query is too long");
    return FALSE;
  }
  g_auto (GStrv) pairs = g_strsplit (query, "&", -1);
  for (guint i = 0; pairs[i] != NULL; i++)
    if (pairs[i][0] != '\0' && !add_pair (self, pairs[i])) {
      g_autofree char *detail = g_strdup_printf ("parameter %u of the query cannot be read", i + 1);
      hq_response_fail (call->response, 400, "query", detail);
      return FALSE;
    }
  return TRUE;
}

void
hq_query_read_range (HqQuery *self, const char *range)
{
  gint64 first, last;
  if (!g_str_has_prefix (range, "items="))
    return;
  g_auto (GStrv) ends = g_strsplit (range + strlen ("items="), "-", 2);
  if (g_strv_length (ends) != 2 || !read_number (ends[0], G_MAXINT32, &first))
    return;
  if (ends[1][0] == '\0')
    last = first + self->limit - 1;
  else if (!read_number (ends[1], G_MAXINT32, &last) || last < first)
    return;
  self->offset = first;
  self->limit = MIN (last - first + 1, LIMIT_MAX);
  self->is_range = TRUE;
}

static HqQueryFilter *
find_equality (const HqQuery *self, const char *path)
{
  for (guint i = 0; i < self->filters->len; i++) {
    HqQueryFilter *filter = self->filters->pdata[i];
    if (!filter->done && filter->op == '=' && strcmp (filter->path, path) == 0 && filter->values[0] != NULL &&
        filter->values[1] == NULL)
      return filter;
  }
  return NULL;
}

const char *
hq_query_take (HqQuery *self, const char *path)
{
  HqQueryFilter *filter = find_equality (self, path);
  if (filter == NULL)
    return NULL;
  filter->done = TRUE;
  return filter->values[0];
}

const char *
hq_query_peek (const HqQuery *self, const char *path)
{
  HqQueryFilter *filter = find_equality (self, path);
  return filter != NULL ? filter->values[0] : NULL;
}

const char *
hq_query_param (HqQuery *self, const char *name)
{
  for (guint i = 0; i < self->filters->len; i++) {
    HqQueryFilter *filter = self->filters->pdata[i];
    if (strcmp (filter->path, name) == 0 && filter->values[0] != NULL) {
      filter->done = TRUE;
      return filter->values[0];
    }
  }
  return NULL;
}

gboolean
hq_query_has_filters (const HqQuery *self)
{
  for (guint i = 0; i < self->filters->len; i++)
    if (!((HqQueryFilter *)self->filters->pdata[i])->done)
      return TRUE;
  return FALSE;
}

/* ---- comparing ---- */

/* -?digits(.digits)? in two parts without leading and trailing zeros. */
static gboolean
split_decimal (const char *text, gboolean *negative, char **whole, char **part)
{
  *negative = text[0] == '-';
  text += *negative;
  gsize digits = strspn (text, "0123456789");
  gsize more = text[digits] == '.' ? strspn (text + digits + 1, "0123456789") : 0;
  gsize end = digits + (text[digits] == '.' ? 1 + more : 0);
  if (digits == 0 || text[end] != '\0')
    return FALSE;
  gsize zeros = strspn (text, "0");
  zeros = MIN (zeros, digits);
  *whole = g_strndup (text + zeros, digits - zeros);
  *part = g_strndup (text + digits + (more > 0), more);
  for (gsize i = more; i > 0 && (*part)[i - 1] == '0'; i--)
    (*part)[i - 1] = '\0';
  return TRUE;
}

static int
compare_digits (const char *a_whole, const char *a_part, const char *b_whole, const char *b_part)
{
  gsize a_length = strlen (a_whole), b_length = strlen (b_whole);
  if (a_length != b_length)
    return a_length < b_length ? -1 : 1;
  int order = strcmp (a_whole, b_whole);
  return order != 0 ? order : strcmp (a_part, b_part);
}

int
hq_query_compare (const char *a, const char *b)
{
  gint64 a_us, b_us;
  if (tai_time_from_text (a, &a_us) && tai_time_from_text (b, &b_us))
    return (a_us > b_us) - (a_us < b_us);
  gboolean a_negative, b_negative;
  g_autofree char *a_whole = NULL, *a_part = NULL, *b_whole = NULL, *b_part = NULL;
  if (!split_decimal (a, &a_negative, &a_whole, &a_part) ||
      !split_decimal (b, &b_negative, &b_whole, &b_part))
    return strcmp (a, b);
  int order = compare_digits (a_whole, a_part, b_whole, b_part);
  if (a_negative != b_negative)
    return a_whole[0] == '\0' && a_part[0] == '\0' && order == 0 ? 0 : a_negative ? -1 : 1;
  return a_negative ? -order : order;
}

/* What a comma parts may also be one value with a comma in it. */
static gboolean
is_one_of (const HqQueryFilter *filter, const char *text)
{
  for (guint i = 0; filter->values[i] != NULL; i++)
    if (hq_query_compare (text, filter->values[i]) == 0)
      return TRUE;
  return strcmp (text, filter->whole) == 0;
}

static gboolean
value_fits (const HqQueryFilter *filter, const char *text)
{
  if (filter->op == '=' || filter->op == '!')
    return is_one_of (filter, text) == (filter->op == '=');
  for (guint i = 0; filter->values[i] != NULL; i++) {
    int order = hq_query_compare (text, filter->values[i]);
    gboolean fits = (filter->op == '<' && order < 0) || (filter->op == '>' && order > 0) ||
                    (filter->op == 'l' && order <= 0) || (filter->op == 'g' && order >= 0);
    if (fits)
      return TRUE;
  }
  return FALSE;
}

static gboolean
scalar_fits (const HqQueryFilter *filter, const TaiJson *node)
{
  TaiJsonKind kind = tai_json_get_kind (node);
  gboolean yes = FALSE;
  if (kind == TAI_JSON_STRING)
    return value_fits (filter, tai_json_require_string (node, "", NULL));
  if (kind == TAI_JSON_BOOL && tai_json_require_bool (node, "", &yes, NULL))
    return value_fits (filter, yes ? "true" : "false");
  if (kind != TAI_JSON_INT && kind != TAI_JSON_DECIMAL)
    return FALSE;
  g_autofree char *number = tai_json_to_text (node);
  return value_fits (filter, number);
}

static gboolean
node_fits (const HqQueryFilter *filter, const TaiJson *node, const char *path)
{
  if (tai_json_get_kind (node) == TAI_JSON_ARRAY) {
    for (guint i = 0; i < tai_json_get_length (node); i++)
      if (node_fits (filter, tai_json_get_element (node, i), path))
        return TRUE;
    return FALSE;
  }
  if (path[0] == '\0')
    return scalar_fits (filter, node);
  /* a member's own name may hold dots or not: the whole rest first, then its first part */
  const TaiJson *whole = tai_json_get_member (node, path);
  if (whole != NULL)
    return node_fits (filter, whole, "");
  const char *dot = strchr (path, '.');
  if (dot == NULL)
    return FALSE;
  g_autofree char *name = g_strndup (path, (gsize)(dot - path));
  const TaiJson *member = tai_json_get_member (node, name);
  return member != NULL && node_fits (filter, member, dot + 1);
}

gboolean
hq_query_matches (const HqQuery *self, const TaiJson *json)
{
  for (guint i = 0; i < self->filters->len; i++) {
    const HqQueryFilter *filter = self->filters->pdata[i];
    if (!filter->done && !node_fits (filter, json, filter->path))
      return FALSE;
  }
  return TRUE;
}

/* ---- sorting ---- */

static char *
scalar_text (const TaiJson *node)
{
  TaiJsonKind kind = tai_json_get_kind (node);
  if (kind == TAI_JSON_STRING)
    return g_strdup (tai_json_require_string (node, "", NULL));
  return kind == TAI_JSON_INT || kind == TAI_JSON_DECIMAL || kind == TAI_JSON_BOOL ? tai_json_to_text (node)
                                                                                   : NULL;
}

/* The first there is behind @path. */
static char *
find_first (const TaiJson *node, const char *path)
{
  if (tai_json_get_kind (node) == TAI_JSON_ARRAY) {
    char *found = NULL;
    for (guint i = 0; found == NULL && i < tai_json_get_length (node); i++)
      found = find_first (tai_json_get_element (node, i), path);
    return found;
  }
  if (path[0] == '\0')
    return scalar_text (node);
  const TaiJson *whole = tai_json_get_member (node, path);
  const char *dot = strchr (path, '.');
  if (whole != NULL || dot == NULL)
    return whole != NULL ? find_first (whole, "") : NULL;
  g_autofree char *name = g_strndup (path, (gsize)(dot - path));
  const TaiJson *member = tai_json_get_member (node, name);
  return member != NULL ? find_first (member, dot + 1) : NULL;
}

GPtrArray *
hq_query_sort_keys (const HqQuery *self, const TaiJson *json)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; self->sorts[i] != NULL; i++)
    g_ptr_array_add (keys, find_first (json, self->sorts[i] + strspn (self->sorts[i], "-+")));
  return keys;
}

int
hq_query_compare_keys (const HqQuery *self, const GPtrArray *a, const GPtrArray *b)
{
  for (guint i = 0; self->sorts[i] != NULL; i++) {
    const char *one = a->pdata[i], *other = b->pdata[i];
    int order =
        one != NULL && other != NULL ? hq_query_compare (one, other) : (one == NULL) - (other == NULL);
    /* what has no such attribute comes last, whichever way */
    if (order != 0)
      return one != NULL && other != NULL && self->sorts[i][0] == '-' ? -order : order;
  }
  return 0;
}

/* ---- fields ---- */

static gboolean
is_wanted (const HqQuery *self, const char *name)
{
  if (!self->only_fields && (strcmp (name, "id") == 0 || strcmp (name, "href") == 0))
    return TRUE;
  for (guint i = 0; self->fields[i] != NULL; i++) {
    gsize length = strcspn (self->fields[i], "."); /* of a nested one: its whole first level */
    if (strlen (name) == length && strncmp (name, self->fields[i], length) == 0)
      return TRUE;
  }
  return FALSE;
}

char *
hq_query_select (const HqQuery *self, const TaiJson *json)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  TaiJsonIter iter;
  tai_json_writer_begin_object (writer);
  tai_json_iter_init (&iter, json);
  while (tai_json_iter_next (&iter))
    if (is_wanted (self, iter.name)) {
      tai_json_writer_key (writer, iter.name);
      if (iter.value != NULL)
        tai_json_writer_node (writer, iter.value);
      else
        tai_json_writer_null (writer);
    }
  tai_json_writer_end_object (writer);
  return tai_json_writer_end_text (writer);
}
