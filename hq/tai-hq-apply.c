/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hq_apply: one transaction around a group of requests, the table of routes, the terminals that speak. A handler writes only
 * after it has checked everything, so a refused request leaves no trace and no savepoint is needed; a store that fails takes
 * the whole group with it.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-apply-private.h"

#include <string.h>

#define PATH_CA "/guitai/v1/ca"

typedef enum {
  ROUTE_ID = 1 << 0,    /* the path goes on with /{id} */
  ROUTE_OPEN = 1 << 1,  /* no certificate */
  ROUTE_LINES = 1 << 2, /* application/x-ndjson instead of application/json */
  ROUTE_PATCH = 1 << 3, /* application/merge-patch+json, too */
  ROUTE_BATCH = 1 << 4  /* may travel in a batch */
} RouteFlags;

typedef struct {
  const char *method;
  const char *path;
  RouteFlags flags;
  HqHandler handler;
  const char *under; /* (nullable) what comes behind /{id} */
} Route;

static const Route routes[] = {
    {"POST", TAI_PATH_ORDER, ROUTE_BATCH, hq_order_post},
    {"POST", TAI_PATH_PAYMENT, ROUTE_BATCH, hq_payment_post},
    {"POST", TAI_PATH_BATCH, ROUTE_LINES, hq_batch_post},
    {"GET", TAI_PATH_FEED, 0, hq_feed_get},
    {"GET", TAI_PATH_STATUS, 0, hq_status_get},
    {"GET", TAI_PATH_MESSAGE, 0, hq_message_get},
    {"GET", TAI_PATH_ORDER, ROUTE_ID, hq_order_get},
    {"GET", TAI_PATH_ORDER, 0, hq_order_list},
    {"PATCH", TAI_PATH_ORDER, ROUTE_ID | ROUTE_PATCH, hq_order_patch},
    {"POST", TAI_PATH_CANCEL, ROUTE_BATCH, hq_cancel_post},
    {"GET", TAI_PATH_CANCEL, ROUTE_ID, hq_cancel_get},
    {"GET", TAI_PATH_CANCEL, 0, hq_cancel_list},
    {"GET", TAI_PATH_PAYMENT, ROUTE_ID, hq_payment_get},
    {"GET", TAI_PATH_PAYMENT, 0, hq_payment_list},
    {"GET", TAI_PATH_OFFERING, ROUTE_ID, hq_offering_get},
    {"GET", TAI_PATH_OFFERING, 0, hq_offering_list},
    {"POST", TAI_PATH_LEASE, 0, hq_lease_post},
    {"GET", TAI_PATH_STAFF, 0, hq_staff_get},
    {"GET", TAI_PATH_LINE, ROUTE_ID, hq_line_get},
    {"POST", TAI_PATH_ENROL, ROUTE_OPEN, hq_enrol_post},
    {"GET", PATH_CA, ROUTE_OPEN, hq_ca_get},
    {"POST", TAI_PATH_HUB, 0, hq_hub_post},
    {"GET", TAI_PATH_HUB, 0, hq_hub_list},
    {"GET", TAI_PATH_HUB, ROUTE_ID, hq_hub_get},
    {"DELETE", TAI_PATH_HUB, ROUTE_ID, hq_hub_delete},
    {"POST", TAI_PATH_TOPIC, 0, hq_topic_post},
    {"GET", TAI_PATH_TOPIC, 0, hq_topic_list},
    {"GET", TAI_PATH_TOPIC, ROUTE_ID, hq_topic_get},
    {"DELETE", TAI_PATH_TOPIC, ROUTE_ID, hq_topic_delete},
    {"GET", TAI_PATH_TOPIC, ROUTE_ID, hq_topic_events, "/event"},
};

void
hq_response_clear (HqResponse *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->etag, g_free);
}

void
hq_response_take_text (HqResponse *self, int status, char *json)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  self->status = status;
  self->content_type = "application/json;charset=utf-8";
  self->body = g_bytes_new_take (json, strlen (json));
}

void
hq_response_take_string (HqResponse *self, int status, GString *json)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  self->status = status;
  self->content_type = "application/json;charset=utf-8";
  self->body = g_string_free_to_bytes (json);
}

/* TMF630: reason may be shown to a person; the words a clerk reads are made at the terminal from the code. */
static const char *
reason_of (int status)
{
  switch (status) {
  case 400:
    return "The request is not valid";
  case 403:
    return "Not allowed";
  case 404:
    return "There is no such resource";
  case 405:
    return "The resource does not offer this method";
  case 409:
    return "The resource is in another state";
  case 413:
    return "Too large";
  case 415:
    return "Another media type is expected";
  case 422:
    return "The same key came with other content";
  case 503:
    return "Not available now; nothing was taken";
  default:
    return "The request failed";
  }
}

void
hq_response_fail (HqResponse *self, int status, const char *code, const char *message)
{
  char status_text[12];
  g_snprintf (status_text, sizeof status_text, "%d", status);
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "code", code);
  tai_json_writer_add_string (writer, "reason", reason_of (status));
  g_autofree char *valid = message != NULL ? g_utf8_make_valid (message, -1) : NULL;
  tai_json_writer_add_string (writer, "message", valid);
  tai_json_writer_add_string (writer, "status", status_text);
  tai_json_writer_end_object (writer);
  hq_response_take_text (self, status, tai_json_writer_end_text (writer));
  self->total = self->count = -1;
}

/* ---- routing ---- */

/* The id after @base, "" when the path is @base itself, NULL when it is another's. */
static const char *
match_path (const char *path, const char *base)
{
  gsize length = strlen (base);
  if (strncmp (path, base, length) != 0)
    return NULL;
  if (path[length] == '\0')
    return "";
  if (path[length] != '/' || path[length + 1] == '\0' || strchr (path + length + 1, '/') != NULL)
    return NULL;
  return path + length + 1;
}

/* The path without what the route has behind the id; (transfer none). */
static const char *
cut_under (HqCall *call, const Route *route, char *buffer, gsize size)
{
  const char *path = call->request->path;
  gsize length = strlen (path), under = route->under != NULL ? strlen (route->under) : 0;
  if (under == 0 || length < under || strcmp (path + length - under, route->under) != 0)
    return under == 0 ? path : "";
  g_strlcpy (buffer, path, MIN (size, length - under + 1));
  return buffer;
}

static const Route *
find_route (HqCall *call, const char **allow)
{
  const char *method = strcmp (call->request->method, "HEAD") == 0 ? "GET" : call->request->method;
  gboolean get = FALSE, post = FALSE, patch = FALSE, delete = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++) {
    const char *path = cut_under (call, &routes[i], call->cut_path, sizeof call->cut_path);
    const char *id = match_path (path, routes[i].path);
    if (id == NULL || (id[0] != '\0') != ((routes[i].flags & ROUTE_ID) != 0))
      continue;
    if (strcmp (method, routes[i].method) == 0) {
      call->id = id[0] != '\0' ? id : NULL;
      return &routes[i];
    }
    get |= routes[i].method[0] == 'G';
    post |= strcmp (routes[i].method, "POST") == 0;
    patch |= strcmp (routes[i].method, "PATCH") == 0;
    delete |= strcmp (routes[i].method, "DELETE") == 0;
  }
  *allow = get && post     ? "GET, HEAD, POST"
           : get && patch  ? "GET, HEAD, PATCH"
           : get && delete ? "GET, HEAD, DELETE"
           : get           ? "GET, HEAD"
           : post          ? "POST"
                           : NULL;
  return NULL;
}

static gboolean
is_type (const char *type, const char *expected)
{
  gsize length = strlen (expected);
  return g_ascii_strncasecmp (type, expected, length) == 0 && strchr ("; \t", type[length]) != NULL;
}

static gboolean
check_type (const Route *route, const char *type)
{
  if (type == NULL || route->method[0] == 'G')
    return TRUE;
  if (route->flags & ROUTE_LINES)
    return is_type (type, "application/x-ndjson");
  return is_type (type, "application/json") ||
         ((route->flags & ROUTE_PATCH) != 0 && is_type (type, "application/merge-patch+json"));
}

void
hq_call_route (HqCall *call)
{
  const char *allow = NULL;
  const Route *route = find_route (call, &allow);
  if (call->seat == NULL && (route == NULL || !(route->flags & ROUTE_OPEN)))
    hq_response_fail (call->response, 403, "no_terminal",
                      "this needs the certificate of an enrolled terminal");
  else if (route == NULL && allow != NULL) {
    hq_response_fail (call->response, 405, "method", call->request->method);
    call->response->allow = allow;
  } else if (route == NULL)
    hq_response_fail (call->response, 404, "path", "no such path");
  else if (call->in_batch && !(route->flags & ROUTE_BATCH))
    hq_response_fail (call->response, 404, "path", "not in a batch");
  else if (!check_type (route, call->request->content_type))
    hq_response_fail (call->response, 415, "content_type", call->request->content_type);
  else
    route->handler (call);
}

/* ---- the group ---- */

static void
seat_free (HqSeat *seat)
{
  hq_terminal_row_clear (&seat->row);
  g_free (seat);
}

/* Unknown and revoked ones are looked for once, too. */
static HqSeat *
find_seat (HqStore *store, GHashTable *seats, const char *terminal)
{
  gpointer found = NULL;
  if (terminal == NULL)
    return NULL;
  if (g_hash_table_lookup_extended (seats, terminal, NULL, &found))
    return found;
  HqSeat *seat = g_new0 (HqSeat, 1);
  if (!store->klass->terminal_find (store, terminal, &seat->row) || seat->row.revoked) {
    seat_free (seat);
    seat = NULL;
  }
  g_hash_table_insert (seats, g_strdup (terminal), seat);
  return seat;
}

static void
free_seat_cb (gpointer seat)
{
  if (seat != NULL)
    seat_free (seat);
}

static void
write_seats (HqStore *store, GHashTable *seats)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, seats);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    HqSeat *seat = value;
    if (seat != NULL && seat->is_moved)
      store->klass->terminal_set_sequence (store, seat->row.id, &seat->row.sequence);
  }
}

static void
fail_group (HqStore *store, guint n, HqResponse *responses)
{
  g_warning ("nothing of a group of %u was taken: %s", n, store->error->message);
  for (guint i = 0; i < n; i++) {
    hq_response_clear (&responses[i]);
    responses[i] = (HqResponse){.total = -1, .count = -1, .retry_after_s = 5};
    hq_response_fail (&responses[i], 503, "store", "the store of headquarters cannot write now");
  }
}

gboolean
hq_apply (HqStore *store, const HqRequest *requests, guint n, HqResponse *responses)
{
  g_return_val_if_fail (store != NULL && (n == 0 || (requests != NULL && responses != NULL)), FALSE);
  g_autoptr (GHashTable) seats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_seat_cb);
  store->klass->begin (store);
  for (guint i = 0; i < n && store->error == NULL; i++) {
    responses[i] = (HqResponse){.total = -1, .count = -1};
    HqCall call = {store, &requests[i], &responses[i], find_seat (store, seats, requests[i].terminal)};
    hq_call_route (&call);
  }
  write_seats (store, seats);
  store->klass->commit (store);
  if (store->error != NULL) {
    fail_group (store, n, responses);
    return FALSE;
  }
  return TRUE;
}
