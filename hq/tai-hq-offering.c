/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TMF620 productOffering: the catalogue as it was loaded, one ETag for the whole. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

static const char *const ours[] = {"href", NULL};

static void
compose (GString *out, const char *id, GBytes *body)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *head = g_strdup_printf ("\"href\":\"" TAI_PATH_OFFERING "/%s\"", escaped);
  hq_compose (out, head, body, 0, ours); /* the loader took href out */
}

static gboolean
find_offering (HqCall *call, GString *out)
{
  g_autoptr (GBytes) body = NULL;
  if (!call->store->klass->offering_find (call->store, call->id, &body))
    return FALSE;
  compose (out, call->id, body);
  return TRUE;
}

static gboolean
list_offering_cb (const char *id, GBytes *body, gpointer data)
{
  HqListing *listing = data;
  if (hq_listing_skip (listing))
    return TRUE;
  g_string_truncate (listing->one, 0);
  compose (listing->one, id, body);
  return hq_listing_add (listing);
}

static void
list_offerings (HqCall *call, HqListing *listing)
{
  call->store->klass->offering_list (call->store, list_offering_cb, listing);
}

const HqRowsClass hq_offering_rows = {find_offering, list_offerings, NULL, NULL, FALSE};
