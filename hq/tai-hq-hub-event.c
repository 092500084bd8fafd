/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an event says, and whom it is for. The row is small; its words are put together when it is told. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-hub-private.h"

#include <string.h>

#include "tai-hq-fulfilment.h"
#include "tai-hq-south-private.h"

#define PURGE_EVERY 64 /* events */
#define PURGE_MAX   (2 * PURGE_EVERY)
#define DAY_US      (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

const char *const hq_event_names[] = {
    [HQ_EVENT_CREATE] = "ProductOrderCreateEvent",
    [HQ_EVENT_STATE] = "ProductOrderStateChangeEvent",
    [HQ_EVENT_ATTRIBUTE] = "ProductOrderAttributeValueChangeEvent",
};

static gint64
get_keep_us (const HqStore *store)
{
  g_autoptr (HqProfile) fallback = store->profile == NULL ? hq_profile_new () : NULL;
  const HqProfile *profile = fallback != NULL ? fallback : store->profile;
  return profile->hub.keep_days * DAY_US;
}

void
hq_event_tell (HqStore *store, HqEventType type, const HqOrderRow *order, GBytes *changed, gint64 now_us)
{
  HqEventRow event = {.hall = order->hall,
                      .type = type,
                      .order_id = order->id,
                      .state = order->state,
                      .reason = order->reason,
                      .detail = changed,
                      .at_us = now_us};
  gint64 seq = store->klass->event_append (store, &event);
  if (seq > 0 && seq % PURGE_EVERY == 0)
    store->klass->event_purge (store, order->hall, now_us - get_keep_us (store), PURGE_MAX);
}

/* ---- words ---- */

static void
add_time (TaiJson *object, const char *name, gint64 time_us)
{
  g_autofree char *text = tai_time_to_text (time_us);
  tai_json_set (object, name, tai_json_new_string (text));
}

static void
add_text (TaiJson *object, const char *name, const char *text)
{
  if (text != NULL)
    tai_json_set (object, name, tai_json_new_string (text));
}

/* The order's body as it came: what was changed since has events of its own. */
static TaiJson *
read_first_body (HqStore *store, const HqOrderRow *order)
{
  g_auto (HqMessageRow) message = {0};
  if ((order->flags & HQ_BODY_PATCHED) &&
      store->klass->message_find (store, order->hall, order->key, &message))
    return hq_body_parse (message.body);
  return hq_body_parse (order->body);
}

/* What is kept of the order's own: everything of a new one; of a change only what names and explains it. TMF622 wants the
 * items of an order wherever one stands. */
static TaiJson *
make_base (HqStore *store, const HqEventRow *event, const HqOrderRow *order)
{
  g_autoptr (TaiJson) body =
      event->type == HQ_EVENT_CREATE ? read_first_body (store, order) : hq_body_parse (order->body);
  g_autoptr (TaiJson) clean = hq_strip_ours (body);
  if (event->type == HQ_EVENT_CREATE)
    return g_steal_pointer (&clean);
  TaiJson *base = tai_json_new_object ();
  tai_json_set (base, "productOrderItem", tai_json_copy (tai_json_get_member (clean, "productOrderItem")));
  return base;
}

static TaiJson *
make_order (HqStore *store, const HqEventRow *event, const HqOrderRow *order)
{
  g_autofree char *href = g_strconcat (TAI_PATH_ORDER "/", order->id, NULL);
  TaiJson *json = make_base (store, event, order);
  if (event->detail != NULL) {
    g_autoptr (TaiJson) detail = hq_body_parse (event->detail);
    g_autoptr (TaiJson) changed = hq_strip_ours (detail);
    TaiJson *merged = tai_json_merge_patch (json, changed);
    tai_json_free (json);
    json = merged;
  }
  add_text (json, "id", order->id);
  add_text (json, "href", href);
  add_text (json, "externalId", order->external_id != NULL ? order->external_id : order->id);
  add_text (json, "category", order->category);
  add_text (json, "state", event->state);
  add_text (json, "x-guitai-reason", event->reason);
  add_time (json, "orderDate", order->order_us);
  return json;
}

/* Derived: told twice, it has the same id twice. */
static void
make_id (HqStore *store, const HqEventRow *event, TaiUuid *id)
{
  g_autofree char *epoch = store->klass->setting_get (store, "epoch");
  g_autofree char *seed =
      g_strdup_printf ("event %s %s %" G_GINT64_FORMAT, epoch != NULL ? epoch : "", event->hall, event->seq);
  TaiDigest digest = hq_digest (seed, strlen (seed));
  *id = tai_uuid_v7 (event->at_us, digest.byte);
}

GBytes *
hq_event_write (HqStore *store, const HqEventRow *event)
{
  g_auto (HqOrderRow) order = {0};
  TaiUuid id;
  if (!store->klass->order_find (store, event->hall, event->order_id, &order))
    return NULL;
  make_id (store, event, &id);
  g_autoptr (TaiJson) json = tai_json_new_object ();
  TaiJson *inside = tai_json_new_object ();
  add_text (json, "eventId", id.text);
  add_time (json, "eventTime", event->at_us);
  add_text (json, "eventType", hq_event_names[event->type]);
  add_text (json, "correlationId", order.external_id != NULL ? order.external_id : order.id);
  add_text (json, "domain", "productOrdering");
  tai_json_set (inside, "productOrder", make_order (store, event, &order));
  tai_json_set (json, "event", inside);
  char *text = tai_json_to_text (json);
  return g_bytes_new_take (text, strlen (text));
}

/* ---- queries ---- */

static gboolean
has_value (const char *values, const char *value)
{
  g_auto (GStrv) list = g_strsplit (values, ",", -1);
  return g_strv_contains ((const char *const *)list, value);
}

/* One "name=values"; FALSE: no such name. @fits: whether the event has one of the values; (nullable) @event: only judge. */
static gboolean
read_term (const char *term, const HqEventRow *event, gboolean *fits)
{
  static const char *const names[] = {"eventType=", "state=", "event.productOrder.state="};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (term, names[i])) {
      const char *values = term + strlen (names[i]);
      if (event != NULL)
        *fits = has_value (values, i == 0 ? hq_event_names[event->type] : event->state);
      return values[0] != '\0';
    }
  return FALSE;
}

gboolean
hq_event_query_is_good (const char *query)
{
  g_auto (GStrv) terms = g_strsplit (query, "&", -1);
  gboolean fits;
  for (guint i = 0; terms[i] != NULL; i++)
    if (!read_term (terms[i], NULL, &fits))
      return FALSE;
  return TRUE;
}

gboolean
hq_event_matches (const HqEventRow *event, const char *query)
{
  g_auto (GStrv) terms = query != NULL ? g_strsplit (query, "&", -1) : NULL;
  for (guint i = 0; terms != NULL && terms[i] != NULL; i++) {
    gboolean fits = FALSE;
    if (!read_term (terms[i], event, &fits) || !fits)
      return FALSE;
  }
  return TRUE;
}
