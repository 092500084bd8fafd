/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telling events: whose turn it is, and what came of it. One event at a time a listener, in the order they happened. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-hub-private.h"

#include <string.h>

#include "tai-hq-south-private.h"

#define SECOND_US       G_GINT64_CONSTANT (1000000)
#define SLACK_US        (10 * SECOND_US)
#define LOOK_AHEAD      100 /* events of one turn that nobody asked for */
#define DEAD_IN_ROW_MAX 3   /* then it is stopped */
#define NOTE_MAX_BYTES  200

static void
stop (HqListenerRow *listener, const char *note)
{
  listener->is_stopped = TRUE;
  listener->due_us = 0;
  listener->note = note;
}

/* The next event that it asked for; NULL: there is none among those looked at, and the place in the list moves on. */
static const HqEventRow *
find_next (HqListenerRow *listener, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++) {
    const HqEventRow *event = events->pdata[i];
    if (hq_event_matches (event, listener->query))
      return event;
    listener->after_seq = event->seq;
  }
  return NULL;
}

static HqErrand *
new_errand (HqStore *store, const HqListenerRow *listener, const HqEventRow *event)
{
  const char *path = strchr (strstr (listener->callback, "://") + 3, '/');
  HqErrand *self = g_new0 (HqErrand, 1);
  self->kind = HQ_ERRAND_EVENT;
  self->hall = g_strdup (listener->hall);
  self->order_id = g_strdup (listener->id);
  self->seq = event->seq;
  self->method = "POST";
  self->origin = hq_url_origin (listener->callback);
  self->path = g_strdup (path != NULL ? path : "/");
  self->body = hq_event_write (store, event);
  self->timeout_us = store->profile->hub.timeout_us;
  return self;
}

static HqErrand *
begin_turn (HqStore *store, HqListenerRow *listener, gint64 now_us)
{
  if (!hq_profile_may_call (store->profile, listener->callback)) {
    stop (listener, "the profile does not allow this callback");
    return NULL;
  }
  g_autoptr (GPtrArray) events =
      store->klass->event_after (store, listener->hall, listener->after_seq, LOOK_AHEAD);
  const HqEventRow *event = find_next (listener, events);
  if (event == NULL) {
    listener->due_us = events->len < LOOK_AHEAD ? 0 : now_us;
    return NULL;
  }
  listener->due_us = now_us + 2 * store->profile->hub.timeout_us + SLACK_US;
  return new_errand (store, listener, event);
}

GPtrArray *
hq_hub_take (HqStore *store, gint64 now_us, guint max, gint64 *next_us)
{
  GPtrArray *errands = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_errand_free);
  g_return_val_if_fail (store->profile != NULL && next_us != NULL, errands);
  store->klass->begin (store);
  g_autoptr (GPtrArray) listeners = store->klass->listener_due (store, now_us, max);
  for (guint i = 0; i < listeners->len && store->error == NULL; i++) {
    HqErrand *errand = begin_turn (store, listeners->pdata[i], now_us);
    store->klass->listener_put (store, listeners->pdata[i]);
    if (errand != NULL)
      g_ptr_array_add (errands, errand);
  }
  *next_us = store->klass->listener_next_due (store);
  store->klass->commit (store);
  if (store->error == NULL)
    return errands;
  g_warning ("no event is told: %s", store->error->message);
  g_ptr_array_set_size (errands, 0);
  *next_us = now_us + SECOND_US;
  return errands;
}

/* ---- what came of it ---- */

static char *
make_note (const TaiReply *reply)
{
  if (reply->line != TAI_LINE_OK)
    return g_strdup (reply->detail != NULL ? reply->detail : "no answer");
  gsize size = 0;
  const char *bytes = reply->body != NULL ? g_bytes_get_data (reply->body, &size) : NULL;
  g_autofree char *text =
      bytes != NULL ? g_utf8_make_valid (bytes, (gssize)MIN (size, NOTE_MAX_BYTES)) : NULL;
  char *note = g_strdup_printf ("%d %s", reply->status, text != NULL ? text : "");
  return g_strdelimit (note, "\r\n\t", ' ');
}

static void
give_up (HqStore *store, HqListenerRow *listener, const HqErrand *errand, gint64 now_us)
{
  HqDeadRow dead = {.listener = listener->id, .seq = errand->seq, .at_us = now_us, .note = listener->note};
  store->klass->dead_append (store, &dead);
  store->klass->alarm_raise (store, listener->hall, "", "event_dead", listener->note, now_us);
  listener->after_seq = errand->seq;
  listener->tries = 0;
  listener->due_us = now_us;
  if (++listener->dead_in_row >= DEAD_IN_ROW_MAX)
    stop (listener, listener->note);
}

static void
settle (HqStore *store, HqListenerRow *listener, const HqErrand *errand, const TaiReply *reply, gint64 now_us)
{
  const HqHubProfile *profile = &store->profile->hub;
  if (reply->line == TAI_LINE_OK && reply->status >= 200 && reply->status < 300) {
    listener->after_seq = errand->seq;
    listener->tries = listener->dead_in_row = 0;
    listener->note = NULL;
    listener->due_us = now_us;
  } else if (++listener->tries >= profile->tries)
    give_up (store, listener, errand, now_us);
  else
    listener->due_us = now_us + MAX (hq_backoff_us (profile->backoff_us, profile->backoff_max_us,
                                                    listener->tries - 1, listener->id),
                                     reply->retry_after_ms * 1000);
}

void
hq_hub_settle (HqStore *store, const HqErrand *errand, const TaiReply *reply, gint64 now_us)
{
  g_auto (HqListenerRow) listener = {0};
  g_autofree char *note = make_note (reply);
  /* it may be gone, or have been told meanwhile, when an answer came very late */
  if (store->klass->listener_find (store, errand->order_id, &listener) && !listener.is_stopped &&
      errand->seq > listener.after_seq) {
    listener.note = note;
    settle (store, &listener, errand, reply, now_us);
    store->klass->listener_put (store, &listener);
  }
}

/* ---- a person ---- */

static gboolean
first_cb (const HqDeadRow *row, gpointer data)
{
  *(gint64 *)data = row->seq;
  return FALSE;
}

gboolean
hq_hub_retry (HqStore *store, const char *id, gint64 now_us)
{
  g_auto (HqListenerRow) listener = {0};
  gint64 first_dead = 0;
  if (!store->klass->listener_find (store, id, &listener) || listener.callback == NULL)
    return FALSE;
  store->klass->dead_list (store, id, first_cb, &first_dead);
  store->klass->dead_clear (store, id);
  if (first_dead > 0)
    listener.after_seq = first_dead - 1;
  listener.is_stopped = FALSE;
  listener.tries = listener.dead_in_row = 0;
  listener.due_us = now_us;
  store->klass->listener_put (store, &listener);
  return TRUE;
}
