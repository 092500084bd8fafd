/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-headquarters.h"

#include <string.h>

#include "tai-fake-random.h"

#define LATENCY_MS 10

typedef struct {
  char *sha256;
  gint64 seq;
} Known;

typedef struct {
  char *order, *state, *reason;
} Event;

/* A request on its way. */
typedef struct {
  TaiFakeHeadquarters *self; /* (owned) */
  TaiFakeFault fault;
  char *method, *path, *key, *sha256; /* (owned) */
  gint64 seq;
  GBytes *body;
  GString *answer;
  int status;
  guint late; /* timer of what arrives after the time-out */
  TaiReplyFunc done;
  gpointer data;
} Trip;

struct _TaiFakeHeadquarters {
  GObject parent;
  TaiClock *clock;
  GHashTable *known;    /* key -> Known */
  GHashTable *poisoned; /* key -> status */
  GArray *faults;       /* of TaiFakeFault */
  GArray *events;       /* of Event */
  TaiFakeFault standing;
  guint one_in;
  guint64 random;
  gboolean whole_batches;
  char *epoch;
  gint64 safe_until, offset_us;
  guint n_exists, n_asked, n_requests, n_polls, n_open, most_open;
};

static void headquarters_init (TaiHeadquartersInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakeHeadquarters, tai_fake_headquarters, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_HEADQUARTERS, headquarters_init))

static void
known_free (gpointer data)
{
  g_free (((Known *)data)->sha256);
  g_free (data);
}

static void
event_clear (gpointer data)
{
  Event *event = data;

  g_free (event->order);
  g_free (event->state);
  g_free (event->reason);
}

/* HQ --------------------------------------------------------------------------------------------------------------- */

/* One message: its status; *@result the word. */
static int
commit (TaiFakeHeadquarters *self, const char *key, const char *sha256, gint64 seq, const char **result)
{
  int refusal = GPOINTER_TO_INT (g_hash_table_lookup (self->poisoned, key));
  Known *known = g_hash_table_lookup (self->known, key);

  if (refusal != 0) {
    *result = "refused";
    return refusal;
  }
  if (known != NULL) {
    gboolean same = strcmp (known->sha256, sha256) == 0;
    self->n_exists += same;
    *result = same ? "exists" : "conflict";
    return same ? 201 : 422;
  }
  known = g_new0 (Known, 1);
  known->sha256 = g_strdup (sha256);
  known->seq = seq;
  g_hash_table_insert (self->known, g_strdup (key), known);
  *result = "created";
  return 201;
}

static void
answer_error (Trip *trip, int status)
{
  trip->status = status;
  g_string_printf (trip->answer, "{\"code\":\"no_%d\",\"reason\":\"because\",\"status\":\"%d\"}", status,
                   status);
}

static void
answer_message (Trip *trip)
{
  const char *result;
  gboolean is_order = strcmp (trip->path, TAI_PATH_ORDER) == 0;
  int status = commit (trip->self, trip->key, trip->sha256, trip->seq, &result);

  if (status >= 400) {
    answer_error (trip, status);
    return;
  }
  trip->status = status;
  g_string_printf (trip->answer, "{\"id\":\"1\",\"%s\":\"%s\",\"state\":\"acknowledged\"}",
                   is_order ? "externalId" : "correlatorId", trip->key);
}

/* The value after "name":" up to the next quote. (transfer full) (nullable) */
static char *
find_text (const char *line, const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("\"%s\":\"", name);
  const char *at = strstr (line, pattern);
  const char *end = at ? strchr (at + strlen (pattern), '"') : NULL;

  return end ? g_strndup (at + strlen (pattern), (gsize)(end - at) - strlen (pattern)) : NULL;
}

static gboolean
has_poison (TaiFakeHeadquarters *self, const char *text)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->poisoned);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (strstr (text, key) != NULL)
      return TRUE;
  return FALSE;
}

static void
answer_batch (Trip *trip)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (trip->body, NULL), g_bytes_get_size (trip->body));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (trip->self->whole_batches && has_poison (trip->self, text)) {
    answer_error (trip, 400);
    return;
  }
  trip->status = 200;
  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i += 2) {
    g_autofree char *key = find_text (lines[i], "key");
    g_autofree char *sha256 = find_text (lines[i], "sha256");
    const char *at = strstr (lines[i], "\"seq\":");
    const char *result;
    int status = commit (trip->self, key, sha256, at ? g_ascii_strtoll (at + 6, NULL, 10) : 0, &result);

    if (trip->fault.kind == TAI_FAKE_MISSING_LINES && i % 4 == 2)
      continue;
    g_string_append_printf (trip->answer, "{\"key\":\"%s\",\"status\":%d,\"result\":\"%s\"", key, status,
                            result);
    if (status >= 400)
      g_string_append_printf (trip->answer, ",\"error\":{\"code\":\"no_%d\",\"reason\":\"because\"}", status);
    g_string_append (trip->answer, "}\n");
  }
}

static void
answer_question (Trip *trip)
{
  const char *list = strstr (trip->path, "keys=");
  g_auto (GStrv) keys = g_strsplit (list ? list + 5 : "", ",", -1);

  trip->status = 200;
  g_string_append (trip->answer, "{\"messages\":[");
  for (guint i = 0; keys[i] != NULL; i++) {
    Known *known = g_hash_table_lookup (trip->self->known, keys[i]);
    trip->self->n_asked++;
    g_string_append_printf (trip->answer, "%s{\"key\":\"%s\",\"known\":%s", i ? "," : "", keys[i],
                            known ? "true" : "false");
    if (known != NULL)
      g_string_append_printf (trip->answer, ",\"status\":201,\"sha256\":\"%s\"", known->sha256);
    g_string_append_c (trip->answer, '}');
  }
  g_string_append (trip->answer, "]}");
}

static void
answer_feed (Trip *trip)
{
  TaiFakeHeadquarters *self = trip->self;
  const char *after = strstr (trip->path, "after=");
  const char *limit = strstr (trip->path, "limit=");
  gint64 from = after ? g_ascii_strtoll (after + 6, NULL, 10) : 0;
  gint64 last = MIN (from + (limit ? g_ascii_strtoll (limit + 6, NULL, 10) : 500), (gint64)self->events->len);

  trip->status = 200;
  g_string_append_printf (trip->answer,
                          "{\"epoch\":\"%s\",\"safe_until\":%" G_GINT64_FORMAT
                          ",\"high_water\":0,\"last\":%" G_GINT64_FORMAT ",\"events\":[",
                          self->epoch, self->safe_until, MAX (last, from));
  for (gint64 i = from; i < last; i++) {
    Event *event = &g_array_index (self->events, Event, i);
    g_string_append_printf (trip->answer, "%s{\"seq\":%" G_GINT64_FORMAT ",\"order\":\"%s\",\"state\":\"%s\"",
                            i > from ? "," : "", i + 1, event->order, event->state);
    if (event->reason != NULL)
      g_string_append_printf (trip->answer, ",\"reason\":\"%s\"", event->reason);
    g_string_append_c (trip->answer, '}');
  }
  g_string_append (trip->answer, "]}");
}

static void
arrive (Trip *trip)
{
  g_string_truncate (trip->answer, 0);
  if (g_str_has_prefix (trip->path, TAI_PATH_FEED))
    answer_feed (trip);
  else if (g_str_has_prefix (trip->path, TAI_PATH_MESSAGE))
    answer_question (trip);
  else if (strcmp (trip->path, TAI_PATH_BATCH) == 0)
    answer_batch (trip);
  else
    answer_message (trip);
}

/* The line --------------------------------------------------------------------------------------------------------- */

static void
trip_free (Trip *trip)
{
  g_free (trip->method);
  g_free (trip->path);
  g_free (trip->key);
  g_free (trip->sha256);
  g_clear_pointer (&trip->body, g_bytes_unref);
  g_string_free (trip->answer, TRUE);
  g_object_unref (trip->self);
  g_free (trip);
}

static void
end_trip (Trip *trip, TaiLine line)
{
  TaiFakeHeadquarters *self = trip->self;
  g_autoptr (GBytes) body = g_bytes_new (trip->answer->str, trip->answer->len);
  TaiReply reply = {.line = line};

  self->n_open--;
  if (line == TAI_LINE_OK) {
    reply.status = trip->status;
    reply.body = body;
    reply.retry_after_ms = trip->fault.retry_after_ms;
    reply.date_us = (tai_clock_now (self->clock) + self->offset_us) / G_USEC_PER_SEC * G_USEC_PER_SEC;
  } else {
    reply.detail = (char *)"the fake line broke";
  }
  trip->done (&reply, trip->data);
  if (trip->late == 0)
    trip_free (trip);
}

static void
late_cb (gpointer data)
{
  arrive (data);
  trip_free (data);
}

static void
lost_cb (gpointer data)
{
  end_trip (data, TAI_LINE_LOST);
}

static void
not_reached_cb (gpointer data)
{
  end_trip (data, TAI_LINE_NOT_REACHED);
}

static void
answered_cb (gpointer data)
{
  Trip *trip = data;

  switch (trip->fault.kind) {
  case TAI_FAKE_STATUS:
    answer_error (trip, trip->fault.status);
    break;
  case TAI_FAKE_HTML:
    trip->status = 200;
    g_string_assign (trip->answer, "<html><body>Please log in</body></html>");
    break;
  case TAI_FAKE_STATUS_AFTER:
    arrive (trip);
    trip->status = trip->fault.status;
    g_string_assign (trip->answer, "<h1>Bad gateway</h1>");
    break;
  case TAI_FAKE_DUPLICATE:
    arrive (trip);
    arrive (trip);
    break;
  case TAI_FAKE_CUT_SHORT:
    arrive (trip);
    g_string_truncate (trip->answer, trip->answer->len / 2);
    break;
  default:
    arrive (trip);
    break;
  }
  end_trip (trip, trip->fault.kind == TAI_FAKE_DROP_AFTER ? TAI_LINE_LOST : TAI_LINE_OK);
}

static TaiFakeFault
next_fault (TaiFakeHeadquarters *self)
{
  TaiFakeFault fault = self->standing;

  if (self->faults->len > 0) {
    fault = g_array_index (self->faults, TaiFakeFault, 0);
    g_array_remove_index (self->faults, 0);
  } else if (self->one_in > 0 && tai_fake_random_next (&self->random) % self->one_in == 0) {
    fault.kind = 1 + tai_fake_random_next (&self->random) % TAI_FAKE_CUT_SHORT;
    fault.status = tai_fake_random_next (&self->random) % 2 ? 503 : 500;
    fault.delay_ms = (gint64)(tai_fake_random_next (&self->random) % 60000);
  }
  return fault;
}

static void
start_trip (Trip *trip, gint64 timeout_ms)
{
  TaiFakeHeadquarters *self = trip->self;
  gint64 latency_ms = LATENCY_MS;

  if (self->one_in > 0) /* answers pass each other */
    latency_ms += (gint64)(tai_fake_random_next (&self->random) % 50);
  switch (trip->fault.kind) {
  case TAI_FAKE_NOT_REACHED:
    tai_clock_after (self->clock, latency_ms, not_reached_cb, trip);
    break;
  case TAI_FAKE_DROP_BEFORE:
    tai_clock_after (self->clock, latency_ms, lost_cb, trip);
    break;
  case TAI_FAKE_LATE:
    if (trip->fault.delay_ms >= timeout_ms) {
      trip->late = tai_clock_after (self->clock, trip->fault.delay_ms + 1, late_cb, trip);
      tai_clock_after (self->clock, timeout_ms, lost_cb, trip);
      break;
    }
    tai_clock_after (self->clock, trip->fault.delay_ms, answered_cb, trip);
    break;
  default:
    tai_clock_after (self->clock, latency_ms, answered_cb, trip);
    break;
  }
}

static void
send_request (TaiHeadquarters *line, const TaiRequest *request, TaiReplyFunc done, gpointer data)
{
  TaiFakeHeadquarters *self = TAI_FAKE_HEADQUARTERS (line);
  Trip *trip = g_new0 (Trip, 1);
  char hash[65] = "";

  if (request->digest != NULL)
    tai_digest_to_hex (*request->digest, hash);
  trip->self = g_object_ref (self);
  trip->method = g_strdup (request->method);
  trip->path = g_strdup (request->path);
  trip->key = g_strdup (request->idempotency_key);
  trip->sha256 = g_strdup (hash);
  trip->seq = request->terminal_seq;
  trip->body = request->body ? g_bytes_ref (request->body) : NULL;
  trip->answer = g_string_new (NULL);
  trip->done = done;
  trip->data = data;
  trip->fault = next_fault (self);
  if (g_str_has_prefix (request->path, TAI_PATH_FEED))
    self->n_polls++;
  else
    self->n_requests++;
  self->n_open++;
  self->most_open = MAX (self->most_open, self->n_open);
  start_trip (trip, request->timeout_ms);
}

static void
headquarters_init (TaiHeadquartersInterface *iface)
{
  iface->send = send_request;
}

/* Programming it --------------------------------------------------------------------------------------------------- */

void
tai_fake_headquarters_push (TaiFakeHeadquarters *self, TaiFakeFault fault, guint n)
{
  for (guint i = 0; i < n; i++)
    g_array_append_val (self->faults, fault);
}

void
tai_fake_headquarters_stand (TaiFakeHeadquarters *self, TaiFakeFault fault)
{
  self->standing = fault;
}

void
tai_fake_headquarters_roll (TaiFakeHeadquarters *self, guint one_in, guint64 seed)
{
  self->one_in = one_in;
  self->random = seed;
}

void
tai_fake_headquarters_poison (TaiFakeHeadquarters *self, const char *key, int status)
{
  g_hash_table_insert (self->poisoned, g_strdup (key), GINT_TO_POINTER (status));
}

void
tai_fake_headquarters_refuse_whole_batches (TaiFakeHeadquarters *self)
{
  self->whole_batches = TRUE;
}

void
tai_fake_headquarters_tell (TaiFakeHeadquarters *self, const char *order, const char *state,
                            const char *reason)
{
  Event event = {g_strdup (order), g_strdup (state), g_strdup (reason)};

  g_array_append_val (self->events, event);
}

void
tai_fake_headquarters_set_safe (TaiFakeHeadquarters *self, gint64 safe_until)
{
  self->safe_until = safe_until;
}

static gboolean
is_above (gpointer key, gpointer value, gpointer data)
{
  return ((Known *)value)->seq > *(gint64 *)data;
}

void
tai_fake_headquarters_restore (TaiFakeHeadquarters *self, const char *epoch, gint64 seq)
{
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  self->safe_until = seq;
  g_hash_table_foreach_remove (self->known, is_above, &seq);
  g_array_set_size (self->events, 0);
}

void
tai_fake_headquarters_set_clock_offset (TaiFakeHeadquarters *self, gint64 offset_us)
{
  self->offset_us = offset_us;
}

gboolean
tai_fake_headquarters_knows (TaiFakeHeadquarters *self, const char *key)
{
  return g_hash_table_contains (self->known, key);
}

guint
tai_fake_headquarters_get_n_known (TaiFakeHeadquarters *self)
{
  return g_hash_table_size (self->known);
}

guint
tai_fake_headquarters_get_n_exists (TaiFakeHeadquarters *self)
{
  return self->n_exists;
}

guint
tai_fake_headquarters_get_n_asked (TaiFakeHeadquarters *self)
{
  return self->n_asked;
}

guint
tai_fake_headquarters_get_n_requests (TaiFakeHeadquarters *self)
{
  return self->n_requests;
}

guint
tai_fake_headquarters_get_n_polls (TaiFakeHeadquarters *self)
{
  return self->n_polls;
}

guint
tai_fake_headquarters_get_n_open (TaiFakeHeadquarters *self)
{
  return self->n_open;
}

guint
tai_fake_headquarters_get_most_open (TaiFakeHeadquarters *self)
{
  return self->most_open;
}

static void
finalize (GObject *object)
{
  TaiFakeHeadquarters *self = TAI_FAKE_HEADQUARTERS (object);

  g_object_unref (self->clock);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->poisoned);
  g_array_unref (self->faults);
  g_array_unref (self->events);
  g_free (self->epoch);
  G_OBJECT_CLASS (tai_fake_headquarters_parent_class)->finalize (object);
}

static void
tai_fake_headquarters_class_init (TaiFakeHeadquartersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_fake_headquarters_init (TaiFakeHeadquarters *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  self->poisoned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->faults = g_array_new (FALSE, FALSE, sizeof (TaiFakeFault));
  self->events = g_array_new (FALSE, FALSE, sizeof (Event));
  g_array_set_clear_func (self->events, event_clear);
  self->epoch = g_strdup ("e1");
}

TaiFakeHeadquarters *
tai_fake_headquarters_new (TaiClock *clock)
{
  TaiFakeHeadquarters *self = g_object_new (TAI_TYPE_FAKE_HEADQUARTERS, NULL);

  self->clock = g_object_ref (clock);
  return self;
}
