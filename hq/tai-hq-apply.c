/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hq_apply: one transaction around a group of requests, the table of routes, the terminals that speak. A handler writes only
 * after it has checked everything, so a refused request leaves no trace and no savepoint is needed; a store that fails takes
 * the whole group with it.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

#include <string.h>

#include "tai-hq-finding.h"
#include "tai-hq-invoice.h"
#include "tai-hq-paper.h"

#define PATH_CA "/guitai/v1/ca"
#define SEEN_US (60 * G_USEC_PER_SEC)

typedef enum {
  ROUTE_ID = 1 << 0,      /* the path goes on with /{id} */
  ROUTE_OPEN = 1 << 1,    /* no certificate */
  ROUTE_LINES = 1 << 2,   /* application/x-ndjson instead of application/json */
  ROUTE_MESSAGE = 1 << 3, /* also in a batch */
  ROUTE_BELOW = 1 << 4    /* behind what comes behind the id, another id */
} RouteFlags;

typedef struct {
  const char *method;
  const char *path;
  RouteFlags flags;
  HqHandler handler;
  const char *under; /* (nullable) what comes behind /{id} */
} Route;

/* Paths of our own. Those of the standard are in tai-hq-types.c. */
static const Route routes[] = {
    {"POST", TAI_PATH_BATCH, ROUTE_LINES, hq_batch_post},
    {"GET", TAI_PATH_FEED, 0, hq_feed_get},
    {"GET", TAI_PATH_STATUS, 0, hq_status_get},
    {"GET", TAI_PATH_MESSAGE, 0, hq_message_get},
    {"POST", TAI_PATH_TILL, ROUTE_MESSAGE, hq_till_post},
    {"GET", TAI_PATH_REPORT, 0, hq_report_get},
    {"GET", TAI_PATH_FINDING, 0, hq_finding_get},
    {"POST", TAI_PATH_LEASE, 0, hq_lease_post},
    {"GET", TAI_PATH_STAFF, 0, hq_staff_get},
    {"GET", TAI_PATH_PAPER, 0, hq_paper_get},
    {"GET", TAI_PATH_LINE, ROUTE_ID, hq_line_get},
    {"GET", TAI_PATH_PROMISE, ROUTE_ID, hq_promise_get},
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
    {"POST", TAI_PATH_TOPIC, ROUTE_ID, hq_topic_hub_post, HQ_HUB_OF_TOPIC},
    {"GET", TAI_PATH_TOPIC, ROUTE_ID, hq_topic_hub_list, HQ_HUB_OF_TOPIC},
    {"GET", TAI_PATH_TOPIC, ROUTE_ID | ROUTE_BELOW, hq_topic_hub_get, HQ_HUB_OF_TOPIC},
    {"DELETE", TAI_PATH_TOPIC, ROUTE_ID | ROUTE_BELOW, hq_topic_hub_delete, HQ_HUB_OF_TOPIC},
    {"POST", TAI_PATH_PAY, 0, hq_pay_post},
    {"POST", TAI_PATH_PAY_QUERY, 0, hq_pay_query},
    {"POST", TAI_PATH_PAY_CANCEL, 0, hq_pay_cancel},
    {"GET", TAI_PATH_INVOICE, 0, hq_invoice_get},
    {"POST", TAI_PATH_INVOICE, 0, hq_invoice_post},
    {"POST", TAI_PATH_PAY_REFUND, 0, hq_pay_refund},
};

/* What a request is for. */
typedef struct {
  const Route *route;         /* (nullable) */
  const HqResourceType *type; /* (nullable) */
  HqMethods methods;          /* that the path has at all */
} Target;

/* ---- routing ---- */

/* The id after @base, "" when the path is @base itself (be it with a slash behind), NULL when it is another's. */
static const char *
match_path (const char *path, const char *base)
{
  gsize length = strlen (base);
  if (strncmp (path, base, length) != 0)
    return NULL;
  if (path[length] == '\0' || strcmp (path + length, "/") == 0)
    return "";
  if (path[length] != '/' || strchr (path + length + 1, '/') != NULL)
    return NULL;
  return path + length + 1;
}

static HqMethods
method_of (const char *text)
{
  static const char *const names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
  if (strcmp (text, "HEAD") == 0)
    return HQ_METHOD_GET;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (text, names[i]) == 0)
      return (HqMethods)(1 << i);
  return 0;
}

static const char *
find_type (HqCall *call, Target *target)
{
  guint n;
  const HqResourceType *types = hq_types_get (&n);
  for (guint i = 0; i < n; i++) {
    const char *id = match_path (call->request->path, types[i].path);
    if (id == NULL)
      continue;
    target->type = &types[i];
    target->methods = id[0] != '\0' ? types[i].on_one : types[i].on_list;
    return id;
  }
  return NULL;
}

/* The path without what the route has behind the id; (transfer none). @below: the other id behind that. */
static const char *
cut_under (HqCall *call, const Route *route, char *buffer, gsize size, const char **below)
{
  const char *path = call->request->path, *last = strrchr (path, '/');
  gsize length = strlen (path), under = route->under != NULL ? strlen (route->under) : 0;
  if (under == 0)
    return path;
  if (route->flags & ROUTE_BELOW) {
    if (last == NULL || last[1] == '\0')
      return "";
    length = (gsize)(last - path);
    *below = last + 1;
  }
  if (length < under || strncmp (path + length - under, route->under, under) != 0)
    return "";
  g_strlcpy (buffer, path, MIN (size, length - under + 1));
  return buffer;
}

static const char *
find_route (HqCall *call, Target *target)
{
  HqMethods method = method_of (call->request->method);
  const char *found = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++) {
    const char *below = NULL;
    const char *path = cut_under (call, &routes[i], call->cut_path, sizeof call->cut_path, &below);
    const char *id = match_path (path, routes[i].path);
    if (id == NULL || (id[0] != '\0') != ((routes[i].flags & ROUTE_ID) != 0))
      continue;
    target->methods |= method_of (routes[i].method);
    if (method == method_of (routes[i].method))
      target->route = &routes[i];
    call->below = below;
    found = id;
  }
  return found;
}

static gboolean
is_type (const char *type, const char *expected)
{
  gsize length = strlen (expected);
  return g_ascii_strncasecmp (type, expected, length) == 0 && strchr ("; \t", type[length]) != NULL;
}

static gboolean
check_type (const Target *target, HqMethods method, const char *type)
{
  if (type == NULL || method == HQ_METHOD_GET || method == HQ_METHOD_DELETE)
    return TRUE;
  if (target->route != NULL && (target->route->flags & ROUTE_LINES))
    return is_type (type, "application/x-ndjson");
  return is_type (type, "application/json") ||
         (method == HQ_METHOD_PATCH && is_type (type, "application/merge-patch+json"));
}

static char *
list_methods (HqMethods methods)
{
  GString *out = g_string_new (methods & HQ_METHOD_GET ? "GET, HEAD" : NULL);
  static const char *const names[] = {"POST", "PUT", "PATCH", "DELETE"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (methods & (HqMethods)(HQ_METHOD_POST << i))
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", names[i]);
  return g_string_free (out, FALSE);
}

static void
respond_methods (HqCall *call, HqMethods methods)
{
  if (strcmp (call->request->method, "OPTIONS") == 0)
    call->response->status = 204;
  else
    hq_response_fail (call->response, 405, "method", call->request->method);
  call->response->allow = list_methods (methods);
}

static void
handle (HqCall *call, const Target *target, const char *raw_id)
{
  g_autofree char *id = raw_id[0] != '\0' ? g_uri_unescape_string (raw_id, NULL) : NULL;
  call->type = target->type;
  call->id = id;
  if (raw_id[0] != '\0' && (id == NULL || !g_utf8_validate (id, -1, NULL)))
    hq_response_fail (call->response, 404, "unknown", "no such id");
  else if (target->type != NULL)
    hq_rest_handle (call);
  else
    target->route->handler (call);
  call->id = NULL;
}

void
hq_call_route (HqCall *call)
{
  Target target = {0};
  HqMethods method = method_of (call->request->method);
  const char *id = find_type (call, &target);
  if (id == NULL)
    id = find_route (call, &target);
  gboolean is_open = target.route != NULL && (target.route->flags & ROUTE_OPEN);
  gboolean is_message =
      target.type != NULL || (target.route != NULL && (target.route->flags & ROUTE_MESSAGE));
  if (call->seat == NULL && !is_open)
    hq_response_fail (call->response, 403, "no_terminal",
                      "this needs the certificate of an enrolled terminal");
  else if (id == NULL)
    hq_response_fail (call->response, 404, "path", "no such path");
  else if (!(target.methods & method))
    respond_methods (call, target.methods);
  else if (call->in_batch && !is_message)
    hq_response_fail (call->response, 404, "path", "not in a batch");
  else if (!check_type (&target, method, call->request->content_type))
    hq_response_fail (call->response, 415, "content_type", call->request->content_type);
  else
    handle (call, &target, id);
}

HqReading *
hq_read (const HqRequest *request)
{
  HqCall call = {.request = request};
  Target target = {0};
  if (request->body == NULL || method_of (request->method) != HQ_METHOD_POST)
    return NULL;
  const char *id = find_type (&call, &target);
  if (id == NULL)
    find_route (&call, &target);
  if (target.route != NULL && (target.route->flags & ROUTE_LINES))
    return hq_batch_read (request->body);
  gboolean is_message = target.type != NULL ? target.type->intake != NULL && id[0] == '\0'
                                            : target.route != NULL && (target.route->flags & ROUTE_MESSAGE);
  if (!is_message)
    return NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (request->body, &size);
  HqReading *reading = hq_reading_new ();
  hq_reading_add (reading, NULL, bytes, size);
  return reading;
}

/* ---- the group ---- */

static void
seat_free (HqSeat *seat)
{
  hq_terminal_row_clear (&seat->row);
  g_free (seat);
}

/* About when it was heard of last: not worth a row each time. */
static void
note_contact (HqSeat *seat, gint64 now_us)
{
  if (now_us < seat->row.seen_us + SEEN_US)
    return;
  seat->row.seen_us = now_us;
  seat->is_seen = TRUE;
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
    if (seat != NULL && seat->is_seen)
      store->klass->terminal_see (store, seat->row.id, seat->row.seen_us);
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
    HqCall call = {store, &requests[i], &responses[i], hq_reading_get (requests[i].reading, 0),
                   find_seat (store, seats, requests[i].terminal)};
    if (call.seat != NULL)
      note_contact (call.seat, requests[i].now_us);
    hq_call_route (&call);
  }
  if (n > 0)
    hq_finding_settle (store, requests[n - 1].now_us);
  write_seats (store, seats);
  store->klass->commit (store);
  if (store->error != NULL) {
    fail_group (store, n, responses);
    return FALSE;
  }
  return TRUE;
}
