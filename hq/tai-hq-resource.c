/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a stored row to the resource that a GET shows: what HQ gives (id, href, state, …) spliced in front of the bytes as
 * they were received, without parsing them; and lists of such. JSON is looked at only where a filter or `fields` asks.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-apply-private.h"

#include <string.h>

#define SCAN_MAX 10000 /* bodies that one list may look into */

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
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  g_assert (json != NULL); /* it was parsed when it came */
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

void
hq_respond_one (HqCall *call, int status, GString *composed)
{
  g_auto (HqQuery) query = {0};
  g_autoptr (GString) text = composed;
  if (call->request->method[0] == 'P')
    query.filters = g_ptr_array_new (); /* an answer to a write is whole */
  else if (!hq_query_parse (&query, call, 1))
    return;
  if (query.fields == NULL) {
    hq_response_take_string (call->response, status, g_steal_pointer (&text));
    return;
  }
  g_autoptr (TaiJson) json = tai_json_parse (text->str, (gssize)text->len, NULL, NULL);
  g_assert (json != NULL);
  hq_response_take_text (call->response, status, hq_query_select (&query, json));
}

/* ---- lists ---- */

void
hq_listing_begin (HqListing *self, HqCall *call, HqQuery *query)
{
  *self = (HqListing){.call = call, .query = query};
  self->out = g_string_sized_new (4096);
  self->one = g_string_sized_new (4096);
  g_string_append_c (self->out, '[');
}

gint64
hq_listing_offset (const HqListing *self)
{
  return hq_query_has_filters (self->query) ? 0 : self->query->offset;
}

gint64
hq_listing_limit (const HqListing *self)
{
  return hq_query_has_filters (self->query) ? -1 : self->query->limit;
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

static gboolean
is_on_page (const HqListing *self)
{
  return self->matched > self->query->offset && self->shown < self->query->limit;
}

gboolean
hq_listing_add (HqListing *self)
{
  gboolean filters = hq_query_has_filters (self->query);
  if (!filters && self->query->fields == NULL) {
    show (self, self->one->str, self->one->len);
    return !self->is_full;
  }
  if (filters && ++self->scanned > SCAN_MAX) {
    self->is_too_wide = TRUE;
    return FALSE;
  }
  g_autoptr (TaiJson) json = tai_json_parse (self->one->str, (gssize)self->one->len, NULL, NULL);
  g_assert (json != NULL);
  if (filters && !hq_query_matches (self->query, json))
    return TRUE;
  self->matched++;
  if (filters && !is_on_page (self))
    return TRUE;
  g_autofree char *selected = self->query->fields != NULL ? hq_query_select (self->query, json) : NULL;
  if (selected != NULL)
    show (self, selected, strlen (selected));
  else
    show (self, self->one->str, self->one->len);
  return filters || !self->is_full;
}

void
hq_listing_end (HqListing *self, gint64 total)
{
  HqResponse *response = self->call->response;
  g_string_append_c (self->out, ']');
  if (self->is_too_wide) {
    hq_response_fail (response, 400, "filter_too_wide",
                      "this filter looks into too many resources: narrow it");
    g_string_free (self->out, TRUE);
  } else {
    response->total = hq_query_has_filters (self->query) ? self->matched : total;
    response->count = self->shown;
    hq_response_take_string (response, 200, self->out);
  }
  g_string_free (self->one, TRUE);
  self->out = self->one = NULL;
}

gboolean
hq_respond_not_modified (HqCall *call, const char *etag)
{
  const char *asked = call->request->if_none_match;
  call->response->etag = g_strdup_printf ("\"%s\"", etag);
  if (asked == NULL || (strcmp (asked, "*") != 0 && strstr (asked, call->response->etag) == NULL))
    return FALSE;
  call->response->status = 304;
  return TRUE;
}
