/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * TMF630 for all resources of the table: lists, single ones, POST, merge-patch, PUT, DELETE; versions (ETag, If-Match,
 * If-None-Match), who may write. What is particular to a resource is in its row and in its places of rows.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

#include <string.h>

gboolean
hq_call_is_partner (const HqCall *call)
{
  return call->store->is_lenient || strcmp (call->seat->row.klass, "partner") == 0;
}

const char *
hq_call_get_line (const HqCall *call)
{
  g_auto (GStrv) names = g_strsplit (call->type->line_names != NULL ? call->type->line_names : "", " ", -1);
  const char *line = NULL;
  for (guint i = 0; line == NULL && names[i] != NULL; i++)
    line = hq_query_peek (call->query, names[i]);
  return line;
}

void
hq_call_note_look (HqCall *call, const char *msisdn)
{
  g_auto (HqLineRow) line = {0};
  HqLookRow look = {.hall = hq_call_hall (call),
                    .terminal = call->seat->row.id,
                    .clerk = call->clerk,
                    .msisdn = msisdn,
                    .at_us = call->request->now_us};
  if (call->has_looked || hq_call_is_partner (call))
    return;
  look.found = call->store->klass->line_find (call->store, msisdn, &line);
  call->store->klass->look_append (call->store, &look);
  call->has_looked = TRUE;
}

/* ---- what the client takes ---- */

static gboolean
is_refused_by_weight (const char *parameters)
{
  const char *weight = strstr (parameters, "q=0");
  return weight != NULL && strspn (weight + 3, ".0") == strcspn (weight + 3, ",; ");
}

/* RFC 9110, as far as one type needs it. */
static gboolean
accepts_json (const char *accept)
{
  static const char *const ours[] = {"*/*", "application/*", "application/json", NULL};
  if (accept == NULL || accept[strspn (accept, " ,")] == '\0')
    return TRUE;
  g_auto (GStrv) ranges = g_strsplit (accept, ",", -1);
  for (guint i = 0; ranges[i] != NULL; i++) {
    char *parameters = strchr (ranges[i], ';');
    gboolean refused = parameters != NULL && is_refused_by_weight (parameters);
    if (parameters != NULL)
      *parameters = '\0';
    g_autofree char *type = g_ascii_strdown (g_strstrip (ranges[i]), -1);
    if (!refused && hq_is_ours (ours, type))
      return TRUE;
  }
  return FALSE;
}

/* ---- reading ---- */

static const HqRowsClass *
find_row (HqCall *call, GString *out)
{
  for (guint i = 0; call->type->rows[i] != NULL; i++)
    if (call->type->rows[i]->find (call, out))
      return call->type->rows[i];
  return NULL;
}

static void
respond_unknown (HqCall *call)
{
  g_autofree char *detail = g_strconcat ("no such ", call->type->name, NULL);
  hq_response_fail (call->response, 404, "unknown", detail);
}

static void
get_one (HqCall *call)
{
  g_autoptr (GString) out = g_string_new (NULL);
  if (find_row (call, out) == NULL)
    respond_unknown (call);
  else
    hq_respond_one (call, g_steal_pointer (&out));
}

static gboolean
is_list_known (HqCall *call)
{
  gboolean has_version = call->type->version != NULL && !hq_call_is_partner (call);
  g_autofree char *version =
      has_version ? call->store->klass->setting_get (call->store, call->type->version) : NULL;
  return version != NULL && hq_respond_not_modified (call, version);
}

static void
get_list (HqCall *call)
{
  HqListing listing;
  const HqRowsClass *const *rows = call->type->rows;
  if (is_list_known (call))
    return;
  hq_listing_begin (&listing, call, rows[1] != NULL || !rows[0]->is_paged);
  for (guint i = 0; rows[i] != NULL && !listing.is_too_wide; i++)
    rows[i]->list (call, &listing);
  hq_listing_end (&listing);
}

static void
get (HqCall *call)
{
  g_auto (HqQuery) query = {0};
  if (!accepts_json (call->request->accept))
    hq_response_fail (call->response, 406, "accept", "application/json is what there is");
  else if (hq_query_parse (&query, call, call->type->limit)) {
    call->query = &query;
    query.only_fields = call->store->is_lenient && call->id != NULL;
    call->clerk = hq_query_take (&query, "clerk");
    if (call->type->of_owner && !hq_call_is_partner (call))
      call->owner = hq_query_take (&query, "relatedParty.id");
    if (call->id == NULL && call->request->range != NULL)
      hq_query_read_range (&query, call->request->range);
    if (call->id != NULL)
      get_one (call);
    else
      get_list (call);
    call->query = NULL;
  }
}

/* ---- writing ---- */

static gboolean
may_write (HqCall *call)
{
  if (!call->type->partners_write || hq_call_is_partner (call))
    return TRUE;
  hq_response_fail (call->response, 403, "class", "a terminal only reads this");
  return FALSE;
}

/* FALSE: the response says why. */
static gboolean
is_as_client_knows (HqCall *call, const GString *row)
{
  g_autofree char *etag = hq_make_etag (row->str, row->len);
  if (call->request->if_match == NULL || hq_etag_is_in (call->request->if_match, etag, FALSE))
    return TRUE;
  hq_response_fail (call->response, 412, "changed", "the resource is no longer what If-Match names");
  return FALSE;
}

/* The place of the row that is to be changed; NULL: the response says why not. */
static const HqRowsClass *
find_for_change (HqCall *call)
{
  g_autoptr (GString) row = g_string_new (NULL);
  const HqRowsClass *rows = may_write (call) ? find_row (call, row) : NULL;
  if (rows == NULL && call->response->status == 0)
    respond_unknown (call);
  if (rows == NULL || !is_as_client_knows (call, row))
    return NULL;
  return rows;
}

static void
respond_derived (HqCall *call)
{
  hq_response_fail (call->response, 409, "derived", "this is made of other records, and changes with them");
}

static void
change_one (HqCall *call)
{
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const char *bytes = call->request->body != NULL ? g_bytes_get_data (call->request->body, &size) : NULL;
  const HqRowsClass *rows = find_for_change (call);
  if (rows == NULL)
    return;
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, &error);
  if (json == NULL || tai_json_get_kind (json) != TAI_JSON_OBJECT)
    hq_response_fail (call->response, 400, "json", error != NULL ? error->message : "an object is expected");
  else if (rows->change == NULL)
    respond_derived (call);
  else
    rows->change (call, json, strcmp (call->request->method, "PUT") == 0);
}

static void
remove_one (HqCall *call)
{
  const HqRowsClass *rows = find_for_change (call);
  if (rows == NULL)
    return;
  if (rows->remove == NULL) {
    respond_derived (call);
    return;
  }
  rows->remove (call);
  if (call->response->status == 0)
    call->response->status = 204;
}

/* A change answers whole, whatever the query. */
static void
without_query (HqCall *call, void (*func) (HqCall *call))
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  HqQuery query = {.filters = none};
  call->query = &query;
  func (call);
  call->query = NULL;
}

void
hq_rest_handle (HqCall *call)
{
  const char *method = call->request->method;
  if (method[0] == 'G' || method[0] == 'H')
    get (call);
  else if (strcmp (method, "PATCH") == 0 || strcmp (method, "PUT") == 0)
    without_query (call, change_one);
  else if (strcmp (method, "DELETE") == 0)
    without_query (call, remove_one);
  else if (may_write (call))
    hq_message_take (call, call->type->intake);
}
