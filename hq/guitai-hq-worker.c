/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errands from the store to the line and back. Everything here is on the worker's thread but start, stop and wake. */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-worker.h"

#include <string.h>

#include "guitai-hq-clock.h"
#include "tai-curl.h"
#include "tai-hq-hub.h"
#include "tai-hq-south.h"

#define EVENTS_MAX      8    /* listeners that are told at once */
#define IDLE_MS         2000 /* a person's command is seen after so long */
#define RETRY_MS        1000 /* when the store could not take an answer */
#define RETRY_AFTER_MAX (G_GINT64_CONSTANT (3600) * 1000)

struct _HqWorker {
  HqServer *server;
  const HqProfile *profile;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  TaiClock *clock;
  GHashTable *lines;       /* (element-type utf8 TaiCurl) by use and origin */
  HqSouthLine south;       /* (thread: writer) */
  GPtrArray *answers;      /* (element-type Trip) not given back yet */
  guint n_south, n_events; /* on the line */
  guint timer;
  gboolean is_ending;
  int is_woken; /* atomic */
};

/* An errand under way, and what came of it. */
typedef struct {
  HqWorker *worker;
  HqErrand *errand;
  TaiReply reply; /* owned copies */
} Trip;

static void
trip_free (Trip *self)
{
  hq_errand_free (self->errand);
  g_clear_pointer (&self->reply.body, g_bytes_unref);
  g_free (self->reply.location);
  g_free (self->reply.detail);
  g_free (self);
}

static gboolean
is_event (const HqErrand *errand)
{
  return errand->kind == HQ_ERRAND_EVENT;
}

/* ---- lines ---- */

/* NULL: there cannot be one, and the reason is said. */
static TaiHeadquarters *
get_line (HqWorker *self, const HqErrand *errand, GError **error)
{
  const HqSouthProfile *south = self->profile->south;
  gboolean events = is_event (errand);
  g_autofree char *name = g_strconcat (events ? "event " : "south ", errand->origin, NULL);
  TaiCurl *line = g_hash_table_lookup (self->lines, name);
  if (line != NULL)
    return TAI_HEADQUARTERS (line);
  TaiCurlSettings settings = {.base_url = errand->origin,
                              .ca_file = events ? self->profile->hub.ca_file : south->ca_file,
                              .cert_file = events ? NULL : south->cert_file,
                              .key_file = events ? NULL : south->key_file,
                              .max_connections = events ? EVENTS_MAX : south->concurrency,
                              .may_be_plain = TRUE,
                              .clock = self->clock};
  line = tai_curl_new (&settings, error);
  if (line != NULL)
    g_hash_table_insert (self->lines, g_steal_pointer (&name), line);
  return TAI_HEADQUARTERS (line);
}

/* Read again for each request: tokens are renewed under our feet. (transfer full) (nullable) */
static char *
read_bearer (const HqWorker *self, const HqErrand *errand)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *path = !is_event (errand) ? self->profile->south->bearer_file : NULL;
  if (path == NULL)
    return NULL;
  if (!g_file_get_contents (path, &text, NULL, &error)) {
    g_warning ("%s", error->message);
    return NULL;
  }
  g_strstrip (text);
  return strpbrk (text, "\r\n") == NULL ? g_strconcat ("Bearer ", text, NULL) : NULL;
}

/* ---- back ---- */

/* All that came back, in one transaction. */
static void
give_back_cb (HqFolder *folder, gpointer data)
{
  HqWorker *self = data;
  HqStore *store = folder->store;
  gint64 now_us = g_get_real_time ();
  store->klass->begin (store);
  for (guint i = 0; i < self->answers->len; i++) {
    const Trip *trip = self->answers->pdata[i];
    if (is_event (trip->errand))
      hq_hub_settle (store, trip->errand, &trip->reply, now_us);
    else
      hq_south_settle (store, &self->south, trip->errand, &trip->reply, now_us);
  }
  store->klass->commit (store);
  if (store->error == NULL)
    g_ptr_array_set_size (self->answers, 0);
  else
    g_warning ("what came back is not written yet: %s", store->error->message);
}

/* FALSE: the store could not take it; it is kept. */
static gboolean
give_back (HqWorker *self)
{
  if (self->answers->len > 0)
    hq_server_run_in_writer (self->server, give_back_cb, self);
  return self->answers->len == 0;
}

static void plan_turn (HqWorker *self, gint64 delay_ms);

static void
replied_cb (const TaiReply *reply, gpointer data)
{
  Trip *trip = data;
  HqWorker *self = trip->worker;
  trip->reply = (TaiReply){.line = reply->line,
                           .status = reply->status,
                           .body = reply->body != NULL ? g_bytes_ref (reply->body) : NULL,
                           .location = g_strdup (reply->location),
                           .detail = g_strdup (reply->detail),
                           .retry_after_ms = MIN (reply->retry_after_ms, RETRY_AFTER_MAX)};
  *(is_event (trip->errand) ? &self->n_events : &self->n_south) -= 1;
  g_ptr_array_add (self->answers, trip);
  if (!self->is_ending)
    plan_turn (self, 0); /* those that come together are written together */
}

/* ---- out ---- */

static void
send_errand (HqWorker *self, HqErrand *errand)
{
  g_autoptr (GError) error = NULL;
  Trip *trip = g_new0 (Trip, 1);
  TaiHeadquarters *line = get_line (self, errand, &error);
  g_autofree char *bearer = read_bearer (self, errand);
  TaiRequest request = {.method = errand->method,
                        .path = errand->path,
                        .body = errand->body,
                        .content_type = errand->body != NULL ? "application/json" : NULL,
                        .idempotency_key = errand->key,
                        .timeout_ms = errand->timeout_us / 1000,
                        .authorization = bearer,
                        .is_once = errand->kind == HQ_ERRAND_SEND || errand->kind == HQ_ERRAND_CANCEL};
  *trip = (Trip){.worker = self, .errand = errand};
  *(is_event (errand) ? &self->n_events : &self->n_south) += 1;
  if (line != NULL) {
    tai_headquarters_send (line, &request, replied_cb, trip);
    return;
  }
  TaiReply none = {.line = TAI_LINE_NOT_REACHED, .detail = error->message};
  replied_cb (&none, trip);
}

/* ---- turns ---- */

typedef struct {
  HqWorker *worker;
  GPtrArray *south, *events; /* (owned) (element-type HqErrand) */
  gint64 now_us, next_us;
} Taking;

static gint64
sooner (gint64 a, gint64 b)
{
  return a == 0 || b == 0 ? MAX (a, b) : MIN (a, b);
}

static void
take_cb (HqFolder *folder, gpointer data)
{
  Taking *taking = data;
  HqWorker *self = taking->worker;
  guint south_max = self->profile->south != NULL ? self->profile->south->concurrency : 0;
  gint64 next_south = 0, next_event = 0;
  /* a full line plans nothing: what comes back makes the next turn */
  if (self->n_south < south_max)
    taking->south =
        hq_south_take (folder->store, &self->south, taking->now_us, south_max - self->n_south, &next_south);
  if (self->n_events < EVENTS_MAX)
    taking->events = hq_hub_take (folder->store, taking->now_us, EVENTS_MAX - self->n_events, &next_event);
  taking->next_us = sooner (next_south, next_event);
}

/* The array loses what is sent. */
static void
send_all (HqWorker *self, GPtrArray *errands)
{
  if (errands == NULL)
    return;
  g_ptr_array_set_free_func (errands, NULL);
  for (guint i = 0; i < errands->len; i++)
    send_errand (self, errands->pdata[i]);
  g_ptr_array_unref (errands);
}

static void
take_turn (gpointer data)
{
  HqWorker *self = data;
  self->timer = 0;
  g_atomic_int_set (&self->is_woken, 0);
  if (!give_back (self)) {
    plan_turn (self, RETRY_MS);
    return;
  }
  Taking taking = {.worker = self, .now_us = g_get_real_time ()};
  hq_server_run_in_writer (self->server, take_cb, &taking);
  gint64 wait_ms = taking.next_us != 0 ? (taking.next_us - taking.now_us) / 1000 + 1 : IDLE_MS;
  plan_turn (self, CLAMP (wait_ms, 0, IDLE_MS));
  send_all (self, taking.south);
  send_all (self, taking.events);
}

/* One timer: what was planned last holds, and whoever plans anew plans sooner. */
static void
plan_turn (HqWorker *self, gint64 delay_ms)
{
  if (self->timer != 0)
    tai_clock_cancel (self->clock, self->timer);
  self->timer = tai_clock_after (self->clock, delay_ms, take_turn, self);
}

static gboolean
woken_cb (gpointer data)
{
  plan_turn (data, 0);
  return G_SOURCE_REMOVE;
}

static void
attach (HqWorker *self, GSourceFunc func)
{
  GSource *source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

/* On the writer thread. */
static void
wake_cb (gpointer data)
{
  HqWorker *self = data;
  if (g_atomic_int_compare_and_exchange (&self->is_woken, 0, 1))
    attach (self, woken_cb);
}

/* ---- life ---- */

/* What is broken off is known to be unknown; an answer that the store does not take now is asked for at the next start. */
static void
end_lines (HqWorker *self)
{
  self->is_ending = TRUE;
  g_hash_table_remove_all (self->lines);
  give_back (self);
}

static gpointer
work_loop (gpointer data)
{
  HqWorker *self = data;
  g_main_context_push_thread_default (self->context);
  self->clock = hq_system_clock_new ();
  plan_turn (self, 0);
  g_main_loop_run (self->loop);
  end_lines (self);
  if (self->timer != 0)
    tai_clock_cancel (self->clock, self->timer);
  g_clear_object (&self->clock);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

HqWorker *
hq_worker_start (HqServer *server, const HqProfile *profile)
{
  HqWorker *self = g_new0 (HqWorker, 1);
  self->server = server;
  self->profile = profile;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)trip_free);
  self->thread = g_thread_new ("worker", work_loop, self);
  hq_server_set_wake (server, wake_cb, self);
  return self;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (((HqWorker *)data)->loop);
  return G_SOURCE_REMOVE;
}

void
hq_worker_stop (HqWorker *self)
{
  hq_server_set_wake (self->server, NULL, NULL);
  attach (self, quit_cb);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->answers);
  g_hash_table_unref (self->lines);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}
