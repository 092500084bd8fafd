/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The resources of listeners: TMF630's hub (events are posted), TMF688's topic (events are read) and a topic's hub (its events are
 * posted). A hall's own only. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-hub-private.h"

#include <string.h>

#define LISTENERS_MAX 20 /* of a hall */
#define TEXT_MAX      1000
#define EVENTS_LIMIT  100

/* Where it stands: of a topic's hub the row's name is the topic. */
typedef enum { PLACE_HUB, PLACE_TOPIC, PLACE_TOPIC_HUB } Place;

static Place
get_place (const HqListenerRow *row)
{
  if (row->callback == NULL)
    return PLACE_TOPIC;
  return row->name != NULL ? PLACE_TOPIC_HUB : PLACE_HUB;
}

static char *
get_path (const HqListenerRow *row)
{
  if (get_place (row) == PLACE_TOPIC_HUB)
    return g_strconcat (TAI_PATH_TOPIC, "/", row->name, HQ_HUB_OF_TOPIC "/", row->id, NULL);
  return g_strconcat (row->callback != NULL ? TAI_PATH_HUB : TAI_PATH_TOPIC, "/", row->id, NULL);
}

/* ---- showing ---- */

static gboolean
write_dead_cb (const HqDeadRow *row, gpointer data)
{
  TaiJsonWriter *w = data;
  tai_json_writer_begin_object (w);
  tai_json_writer_add_int (w, "seq", row->seq);
  tai_json_writer_add_string (w, "note", row->note);
  tai_json_writer_end_object (w);
  return TRUE;
}

/* How it stands: what TM Forum has no words for. */
static void
write_standing (TaiJsonWriter *w, HqStore *store, const HqListenerRow *row)
{
  tai_json_writer_add_object (w, "x-guitai");
  tai_json_writer_add_string (w, "state", row->is_stopped ? "stopped" : "active");
  tai_json_writer_add_int (w, "toldUntil", row->after_seq);
  tai_json_writer_add_int (w, "tries", row->tries);
  tai_json_writer_add_string (w, "note", row->note);
  tai_json_writer_add_array (w, "dead");
  store->klass->dead_list (store, row->id, write_dead_cb, w);
  tai_json_writer_end_array (w);
  tai_json_writer_end_object (w);
}

static void
write_listener (TaiJsonWriter *w, HqStore *store, const HqListenerRow *row)
{
  Place place = get_place (row);
  g_autofree char *href = get_path (row);
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "id", row->id);
  tai_json_writer_add_string (w, "href", href);
  tai_json_writer_add_string (w, "callback", row->callback);
  tai_json_writer_add_string (w, "query", row->query);
  tai_json_writer_add_string (w, "name", place == PLACE_TOPIC ? row->name : NULL);
  if (place != PLACE_TOPIC)
    write_standing (w, store, row);
  tai_json_writer_end_object (w);
}

static void
respond_listener (HqCall *call, int status, const HqListenerRow *row)
{
  TaiJsonWriter *w = tai_json_writer_new ();
  write_listener (w, call->store, row);
  hq_response_take_text (call->response, status, tai_json_writer_end_text (w));
}

typedef struct {
  HqCall *call;
  TaiJsonWriter *w;
  Place place;
  gint64 count;
  GPtrArray *ids; /* (nullable) to be collected */
} ListenerList;

/* Is it one of those that the request's path names? */
static gboolean
is_here (HqCall *call, Place place, const HqListenerRow *row)
{
  return get_place (row) == place && (place != PLACE_TOPIC_HUB || strcmp (row->name, call->id) == 0);
}

static gboolean
write_listener_cb (const HqListenerRow *row, gpointer data)
{
  ListenerList *list = data;
  if (!is_here (list->call, list->place, row))
    return TRUE;
  list->count++;
  write_listener (list->w, list->call->store, row);
  return TRUE;
}

static gboolean
count_listener_cb (const HqListenerRow *row, gpointer data)
{
  (*(guint *)data)++;
  return row != NULL;
}

static void
respond_list (HqCall *call, Place place)
{
  ListenerList list = {.call = call, .w = tai_json_writer_new (), .place = place};
  tai_json_writer_begin_array (list.w);
  call->store->klass->listener_list (call->store, hq_call_hall (call), write_listener_cb, &list);
  tai_json_writer_end_array (list.w);
  hq_response_take_text (call->response, 200, tai_json_writer_end_text (list.w));
  call->response->total = call->response->count = list.count;
}

/* FALSE: 404 is said. */
static gboolean
find_listener (HqCall *call, Place place, HqListenerRow *row)
{
  const char *id = place == PLACE_TOPIC_HUB ? call->below : call->id;
  if (call->store->klass->listener_find (call->store, id, row) &&
      strcmp (row->hall, hq_call_hall (call)) == 0 && is_here (call, place, row))
    return TRUE;
  hq_response_fail (call->response, 404, "unknown",
                    place == PLACE_TOPIC ? "no such topic" : "no such subscription");
  return FALSE;
}

static gboolean
has_topic (HqCall *call)
{
  g_auto (HqListenerRow) topic = {0};
  return find_listener (call, PLACE_TOPIC, &topic);
}

/* ---- making ---- */

/* Unique by what it is made of: hall, the store's own count, its epoch. */
static void
make_id (HqCall *call, TaiUuid *id)
{
  HqStore *store = call->store;
  gint64 number = hq_store_get_number (store, "next_listener", 1);
  g_autofree char *next = g_strdup_printf ("%" G_GINT64_FORMAT, number + 1);
  g_autofree char *epoch = store->klass->setting_get (store, "epoch");
  g_autofree char *seed = g_strdup_printf ("listener %s %s %" G_GINT64_FORMAT, epoch != NULL ? epoch : "",
                                           hq_call_hall (call), number);
  store->klass->setting_put (store, "next_listener", next);
  TaiDigest digest = hq_digest (seed, strlen (seed));
  *id = tai_uuid_v7 (call->request->now_us, digest.byte);
}

static gboolean
refuse (HqCall *call, int status, const char *code, const char *message)
{
  hq_response_fail (call->response, status, code, message);
  return FALSE;
}

static TaiJson *
parse_request (HqCall *call)
{
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const char *bytes = call->request->body != NULL ? g_bytes_get_data (call->request->body, &size) : "";
  TaiJson *json = tai_json_parse (bytes, (gssize)size, NULL, &error);
  if (json != NULL && tai_json_get_kind (json) == TAI_JSON_OBJECT)
    return json;
  tai_json_free (json);
  refuse (call, 400, "json", error != NULL ? error->message : "an object is expected");
  return NULL;
}

static gboolean
read_text (HqCall *call, const TaiJson *json, const char *name, const char **text)
{
  g_autoptr (GError) error = NULL;
  if (!tai_json_optional_string (json, name, text, &error))
    return refuse (call, 400, "invalid", error->message);
  if (*text != NULL && strlen (*text) > TEXT_MAX)
    return refuse (call, 400, "invalid", "at most 1,000 bytes");
  return TRUE;
}

static gboolean
has_room (HqCall *call)
{
  guint count = 0;
  call->store->klass->listener_list (call->store, hq_call_hall (call), count_listener_cb, &count);
  return count < LISTENERS_MAX ||
         refuse (call, 409, "listeners", "a hall has at most 20 subscriptions and topics");
}

/* It hears of what happens from now on. */
static void
add_listener (HqCall *call, HqListenerRow *row)
{
  TaiUuid id;
  make_id (call, &id);
  row->id = id.text;
  row->hall = hq_call_hall (call);
  row->created_us = call->request->now_us;
  row->after_seq = call->store->klass->event_last (call->store, row->hall);
  call->store->klass->listener_put (call->store, row);
  call->response->location = get_path (row);
  respond_listener (call, 201, row);
}

static gboolean
check_callback (HqCall *call, const HqListenerRow *row)
{
  if (row->callback == NULL)
    return refuse (call, 400, "invalid", "callback: missing");
  if (!hq_profile_may_call (call->store->profile, row->callback))
    return refuse (call, 403, "callback", "headquarters posts only to the origins of its profile");
  if (row->query != NULL && !hq_event_query_is_good (row->query))
    return refuse (call, 400, "query", "eventType=… and state=…, joined by &, are understood");
  return TRUE;
}

static void
post_hub (HqCall *call, const char *topic)
{
  HqListenerRow row = {.name = topic};
  g_autoptr (TaiJson) json = parse_request (call);
  if (json != NULL && read_text (call, json, "callback", &row.callback) &&
      read_text (call, json, "query", &row.query) && check_callback (call, &row) && has_room (call))
    add_listener (call, &row);
}

void
hq_hub_post (HqCall *call)
{
  post_hub (call, NULL);
}

void
hq_topic_hub_post (HqCall *call)
{
  if (has_topic (call))
    post_hub (call, call->id);
}

void
hq_topic_post (HqCall *call)
{
  HqListenerRow row = {.name = "productOrder"};
  g_autoptr (TaiJson) json = parse_request (call);
  if (json == NULL || !read_text (call, json, "name", &row.name))
    return;
  if (tai_json_has (json, "contentQuery") || tai_json_has (json, "headerQuery"))
    refuse (call, 400, "query", "a topic holds all events of the hall's orders");
  else if (has_room (call))
    add_listener (call, &row);
}

/* ---- the rest ---- */

void
hq_hub_list (HqCall *call)
{
  respond_list (call, PLACE_HUB);
}

void
hq_topic_list (HqCall *call)
{
  respond_list (call, PLACE_TOPIC);
}

void
hq_topic_hub_list (HqCall *call)
{
  if (has_topic (call))
    respond_list (call, PLACE_TOPIC_HUB);
}

static void
get_listener (HqCall *call, Place place)
{
  g_auto (HqListenerRow) row = {0};
  if (find_listener (call, place, &row))
    respond_listener (call, 200, &row);
}

void
hq_hub_get (HqCall *call)
{
  get_listener (call, PLACE_HUB);
}

void
hq_topic_get (HqCall *call)
{
  get_listener (call, PLACE_TOPIC);
}

void
hq_topic_hub_get (HqCall *call)
{
  get_listener (call, PLACE_TOPIC_HUB);
}

static gboolean
collect_hub_cb (const HqListenerRow *row, gpointer data)
{
  ListenerList *list = data;
  if (is_here (list->call, PLACE_TOPIC_HUB, row))
    g_ptr_array_add (list->ids, g_strdup (row->id));
  return TRUE;
}

static void
delete_listener (HqCall *call, Place place)
{
  g_auto (HqListenerRow) row = {0};
  if (!find_listener (call, place, &row))
    return;
  call->store->klass->listener_delete (call->store, row.id);
  call->response->status = 204;
}

void
hq_hub_delete (HqCall *call)
{
  delete_listener (call, PLACE_HUB);
}

void
hq_topic_hub_delete (HqCall *call)
{
  delete_listener (call, PLACE_TOPIC_HUB);
}

/* With whoever was told of its events. */
void
hq_topic_delete (HqCall *call)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  ListenerList list = {.call = call, .ids = ids};
  delete_listener (call, PLACE_TOPIC);
  if (call->response->status != 204)
    return;
  call->store->klass->listener_list (call->store, hq_call_hall (call), collect_hub_cb, &list);
  for (guint i = 0; i < ids->len; i++)
    call->store->klass->listener_delete (call->store, ids->pdata[i]);
}

/* offset counts from the topic's first event: a reader goes on at offset + X-Result-Count. */
void
hq_topic_events (HqCall *call)
{
  g_auto (HqListenerRow) row = {0};
  g_auto (HqQuery) query = {0};
  HqStore *store = call->store;
  if (!find_listener (call, PLACE_TOPIC, &row) || !hq_query_parse (&query, call, EVENTS_LIMIT))
    return;
  g_autoptr (GPtrArray) events =
      store->klass->event_after (store, row.hall, row.after_seq + query.offset, query.limit);
  TaiJsonWriter *w = tai_json_writer_new ();
  tai_json_writer_begin_array (w);
  gsize total_size = 0;
  guint shown;
  for (shown = 0; shown < events->len && total_size < HQ_BODY_MAX_BYTES; shown++) {
    g_autoptr (GBytes) event = hq_event_write (store, events->pdata[shown]);
    gsize size = 0;
    const char *text = event != NULL ? g_bytes_get_data (event, &size) : "null";
    tai_json_writer_raw (w, text, event != NULL ? (gssize)size : -1);
    total_size += size;
  }
  tai_json_writer_end_array (w);
  hq_response_take_text (call->response, 200, tai_json_writer_end_text (w));
  call->response->total = store->klass->event_last (store, row.hall) - row.after_seq;
  call->response->count = shown;
}
