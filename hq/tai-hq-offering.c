/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TMF620 productOffering: the catalogue as it was loaded, one ETag for the whole. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-apply-private.h"

#define LIMIT 1000

static const char *const ours[] = {"href", NULL};

static void
compose (GString *out, const char *id, GBytes *body)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *head = g_strdup_printf ("\"href\":\"" TAI_PATH_OFFERING "/%s\"", escaped);
  hq_compose (out, head, body, 0, ours); /* the loader took href out */
}

void
hq_offering_get (HqCall *call)
{
  g_autoptr (GBytes) body = NULL;
  g_autofree char *id = g_uri_unescape_string (call->id, NULL);
  if (id == NULL || !call->store->klass->offering_find (call->store, id, &body)) {
    hq_response_fail (call->response, 404, "unknown", "no such offering");
    return;
  }
  GString *out = g_string_new (NULL);
  compose (out, id, body);
  hq_respond_one (call, 200, out);
}

typedef struct {
  HqListing listing;
  gint64 position;
} OfferingList;

static gboolean
list_offering_cb (const char *id, GBytes *body, gpointer data)
{
  OfferingList *list = data;
  HqListing *listing = &list->listing;
  gint64 offset = hq_listing_offset (listing), limit = hq_listing_limit (listing);
  gint64 position = list->position++;
  if (position < offset || (limit >= 0 && position >= offset + limit))
    return TRUE; /* goes on: the total is counted here */
  g_string_truncate (listing->one, 0);
  compose (listing->one, id, body);
  hq_listing_add (listing);
  return !listing->is_too_wide;
}

void
hq_offering_list (HqCall *call)
{
  g_autofree char *etag = call->store->klass->setting_get (call->store, "catalogue_etag");
  g_auto (HqQuery) query = {0};
  if (etag != NULL && hq_respond_not_modified (call, etag))
    return;
  if (!hq_query_parse (&query, call, LIMIT))
    return;
  OfferingList list = {.position = 0};
  hq_listing_begin (&list.listing, call, &query);
  call->store->klass->offering_list (call->store, list_offering_cb, &list);
  hq_listing_end (&list.listing, list.position);
}
