/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a stored row to the resource that a GET shows: what HQ gives (id, href, state, …) spliced in front of the bytes as
 * they were received, without parsing them; and lists of such. JSON is looked at only where a filter, `sort` or `fields` asks.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-apply-private.h"

#include <string.h>

#define SCAN_MAX       10000              /* bodies that one list may look into */
#define SKIP_MAX       200000             /* rows that one list may pass by */
#define KEPT_MAX_BYTES (16 * 1024 * 1024) /* of rows that wait for their place */

gboolean
hq_is_ours (const char *const *names, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return TRUE;
  return FALSE;
}

static GBytes *
without_ours (GBytes *body, const char *const *names)
{
  g_autoptr (TaiJson) json = hq_body_parse (body);
  for (guint i = 0; names[i] != NULL; i++)
    tai_json_delete (json, names[i]);
  char *text = tai_json_to_text (json);
  return g_bytes_new_take (text, strlen (text));
}

void
hq_compose (GString *out, const char *ours, GBytes *body, HqBodyFlags flags, const char *const *names)
{
  g_autoptr (GBytes) clean = (flags & HQ_BODY_HAS_OURS) ? without_ours (body, names) : g_bytes_ref (body);
  gsize size;
  const char *bytes = g_bytes_get_data (clean, &size);
  const char *end = bytes + size;
  const char *start = memchr (bytes, '{', size);
  g_assert (start != NULL);
  for (start++; start < end && strchr (" \t\r\n", *start) != NULL;)
    start++;
  g_assert (start < end);
  g_string_append_c (out, '{');
  g_string_append (out, ours);
  if (*start != '}')
    g_string_append_c (out, ',');
  g_string_append_len (out, start, end - start);
}

/* ---- versions ---- */

char *
hq_make_etag (const char *text, gsize length)
{
  char hex[65];
  tai_digest_to_hex (hq_digest (text, length), hex);
  return g_strdup_printf ("\"%.32s\"", hex);
}

/* RFC 9110: a list, or a star. What is weak fits where only reading is spared. */
gboolean
hq_etag_is_in (const char *header, const char *etag, gboolean may_be_weak)
{
  g_auto (GStrv) tags = g_strsplit (header, ",", -1);
  for (guint i = 0; tags[i] != NULL; i++) {
    const char *tag = g_strstrip (tags[i]);
    if (may_be_weak && g_str_has_prefix (tag, "W/"))
      tag += 2;
    if (strcmp (tag, "*") == 0 || strcmp (tag, etag) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_known (const HqCall *call, const char *etag)
{
  return call->request->if_none_match != NULL && hq_etag_is_in (call->request->if_none_match, etag, TRUE);
}

gboolean
hq_respond_not_modified (HqCall *call, const char *etag)
{
  call->response->etag = g_strdup_printf ("\"%s\"", etag);
  if (!is_known (call, call->response->etag))
    return FALSE;
  call->response->status = 304;
  return TRUE;
}

/* ---- one ---- */

void
hq_respond_whole (HqCall *call, int status, GString *composed)
{
  if (call->request->method[0] == 'P' && strcmp (call->request->method, "POST") != 0)
    call->response->etag = hq_make_etag (composed->str, composed->len);
  hq_response_take_string (call->response, status, composed);
}

void
hq_respond_one (HqCall *call, GString *composed)
{
  g_autoptr (GString) text = composed;
  if (call->query->fields == NULL) {
    call->response->etag = hq_make_etag (text->str, text->len);
    if (is_known (call, call->response->etag))
      call->response->status = 304;
    else
      hq_response_take_string (call->response, 200, g_steal_pointer (&text));
    return;
  }
  g_autoptr (TaiJson) json = tai_json_parse (text->str, (gssize)text->len, NULL, NULL);
  g_assert (json != NULL);
  hq_response_take_text (call->response, 200, hq_query_select (call->query, json));
}

/* ---- lists ---- */

/* A row that waits for its place. */
typedef struct {
  const HqQuery *query;
  GPtrArray *keys;
  char *text;
  guint position; /* as it came: what is equal stays in order */
} Sorted;

static void
sorted_free (gpointer data)
{
  Sorted *row = data;
  g_ptr_array_unref (row->keys);
  g_free (row->text);
  g_free (row);
}

static int
compare_sorted_cb (gconstpointer a, gconstpointer b)
{
  const Sorted *one = *(const Sorted *const *)a, *other = *(const Sorted *const *)b;
  int order = hq_query_compare_keys (one->query, one->keys, other->keys);
  return order != 0 ? order : (one->position > other->position) - (one->position < other->position);
}

void
hq_listing_begin (HqListing *self, HqCall *call, gboolean pages_here)
{
  *self = (HqListing){.call = call, .query = call->query, .pages_here = pages_here};
  self->out = g_string_sized_new (4096);
  self->one = g_string_sized_new (4096);
  if (self->query->sorts != NULL)
    self->sorted = g_ptr_array_new_with_free_func (sorted_free);
  g_string_append_c (self->out, '[');
}

/* All rows are looked into. */
static gboolean
looks_inside (const HqListing *self)
{
  return self->sorted != NULL || hq_query_has_filters (self->query);
}

gint64
hq_listing_offset (const HqListing *self)
{
  return self->pages_here || looks_inside (self) ? 0 : self->query->offset;
}

gint64
hq_listing_limit (const HqListing *self)
{
  return self->pages_here || looks_inside (self) ? -1 : self->query->limit;
}

static gboolean
is_on_page (const HqListing *self, gint64 position)
{
  return position >= self->query->offset && position - self->query->offset < self->query->limit;
}

gboolean
hq_listing_skip (HqListing *self)
{
  if (!self->pages_here || looks_inside (self) || is_on_page (self, self->matched))
    return FALSE;
  if (++self->matched > SKIP_MAX)
    self->is_too_wide = TRUE;
  return TRUE;
}

static void
show (HqListing *self, const char *text, gsize length)
{
  if (self->is_full || self->out->len + length + 2 > HQ_BODY_MAX_BYTES) {
    self->is_full = TRUE; /* the client goes on at offset + X-Result-Count */
    return;
  }
  if (self->shown++ > 0)
    g_string_append_c (self->out, ',');
  g_string_append_len (self->out, text, (gssize)length);
}

static void
keep_sorted (HqListing *self, const TaiJson *json, const char *text)
{
  Sorted *row = g_new0 (Sorted, 1);
  *row = (Sorted){self->query, hq_query_sort_keys (self->query, json), g_strdup (text), self->sorted->len};
  g_ptr_array_add (self->sorted, row);
  self->kept_bytes += strlen (text);
  self->is_too_wide |= self->kept_bytes > KEPT_MAX_BYTES;
}

static gboolean
look_inside (HqListing *self)
{
  if (++self->scanned > SCAN_MAX) {
    self->is_too_wide = TRUE;
    return FALSE;
  }
  g_autoptr (TaiJson) json = tai_json_parse (self->one->str, (gssize)self->one->len, NULL, NULL);
  g_assert (json != NULL);
  if (!hq_query_matches (self->query, json))
    return TRUE;
  gint64 position = self->matched++;
  if (self->sorted == NULL && !is_on_page (self, position))
    return TRUE;
  g_autofree char *selected = self->query->fields != NULL ? hq_query_select (self->query, json) : NULL;
  const char *text = selected != NULL ? selected : self->one->str;
  if (self->sorted != NULL)
    keep_sorted (self, json, text);
  else
    show (self, text, strlen (text));
  return !self->is_too_wide;
}

gboolean
hq_listing_add (HqListing *self)
{
  if (looks_inside (self))
    return look_inside (self);
  self->matched++;
  if (self->query->fields == NULL)
    show (self, self->one->str, self->one->len);
  else {
    g_autoptr (TaiJson) json = tai_json_parse (self->one->str, (gssize)self->one->len, NULL, NULL);
    g_assert (json != NULL);
    g_autofree char *selected = hq_query_select (self->query, json);
    show (self, selected, strlen (selected));
  }
  return self->pages_here || !self->is_full;
}

static void
show_sorted (HqListing *self)
{
  g_ptr_array_sort (self->sorted, compare_sorted_cb);
  for (guint i = 0; i < self->sorted->len; i++)
    if (is_on_page (self, i)) {
      const Sorted *row = self->sorted->pdata[i];
      show (self, row->text, strlen (row->text));
    }
}

/* The query as it came, at another offset. */
static void
add_link (GString *out, const HqListing *self, const char *rel, gint64 offset)
{
  g_auto (GStrv) pairs =
      g_strsplit (self->call->request->query != NULL ? self->call->request->query : "", "&", -1);
  g_string_append_printf (out, "%s<%s?offset=%" G_GINT64_FORMAT "&limit=%" G_GINT64_FORMAT,
                          out->len > 0 ? ", " : "", self->call->request->path, offset, self->query->limit);
  for (guint i = 0; pairs[i] != NULL; i++)
    if (pairs[i][0] != '\0' && !g_str_has_prefix (pairs[i], "offset=") &&
        !g_str_has_prefix (pairs[i], "limit=") && strpbrk (pairs[i], "<>\"") == NULL)
      g_string_append_printf (out, "&%s", pairs[i]);
  g_string_append_printf (out, ">; rel=\"%s\"", rel);
}

/* RFC 8288, when there is more than this page. */
static char *
make_links (const HqListing *self, gint64 total)
{
  gint64 offset = self->query->offset, limit = self->query->limit, next = offset + self->shown;
  if (limit == 0 || (offset == 0 && next >= total))
    return NULL;
  GString *out = g_string_new (NULL);
  add_link (out, self, "self", offset);
  add_link (out, self, "first", 0);
  if (offset > 0)
    add_link (out, self, "prev", MAX (offset - limit, 0));
  if (next < total && self->shown > 0)
    add_link (out, self, "next", next);
  if (total > 0)
    add_link (out, self, "last", (total - 1) / limit * limit);
  return g_string_free (out, FALSE);
}

/* The swagger files know only 200 for a list, TMF630 says 206 for a part of one: who asks by offset and limit gets 200, who asks
 * by Range gets 206 or 416 (RFC 9110; "items" is TMF630's unit). */
static void
respond_list (HqListing *self, gint64 total)
{
  HqResponse *response = self->call->response;
  gint64 first = self->query->offset;
  if (self->query->is_range && self->shown == 0) {
    hq_response_fail (response, 416, "range", "there are fewer items in the list");
    response->content_range = g_strdup_printf ("items */%" G_GINT64_FORMAT, total);
    g_string_free (self->out, TRUE);
    return;
  }
  response->total = total;
  response->count = self->shown;
  response->link = make_links (self, total);
  if (self->query->is_range)
    response->content_range =
        g_strdup_printf ("items %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, first,
                         first + self->shown - 1, total);
  hq_response_take_string (response, self->query->is_range ? 206 : 200, self->out);
}

void
hq_listing_end (HqListing *self)
{
  HqResponse *response = self->call->response;
  gint64 total = self->pages_here || looks_inside (self) ? self->matched : self->total;
  if (self->sorted != NULL && !self->is_too_wide)
    show_sorted (self);
  g_string_append_c (self->out, ']');
  if (self->is_too_wide) {
    hq_response_fail (response, 400, "filter_too_wide", "this looks into too many resources: narrow it");
    g_string_free (self->out, TRUE);
  } else
    respond_list (self, total);
  g_string_free (self->one, TRUE);
  g_clear_pointer (&self->sorted, g_ptr_array_unref);
  self->out = self->one = NULL;
}
