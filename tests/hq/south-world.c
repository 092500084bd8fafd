/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "south-world.h"

#include <string.h>

#include "tai-headquarters.h"

#define MS          G_GINT64_CONSTANT (1000)
#define TURNS_MAX   20000
#define CONCURRENCY 4

/* An errand under way: when its answer comes, and what it will be. */
typedef struct {
  HqErrand *errand;
  gint64 back_us;
  TaiReply reply;
} Trip;

/* A POST that arrives after its line broke. */
typedef struct {
  GBytes *body;
  gint64 at_us;
} Late;

static void
trip_free (gpointer data)
{
  Trip *trip = data;
  hq_errand_free (trip->errand);
  g_clear_pointer (&trip->reply.body, g_bytes_unref);
  g_free (trip->reply.location);
  g_free (trip);
}

static void
late_free (gpointer data)
{
  Late *late = data;
  g_bytes_unref (late->body);
  g_free (late);
}

static void
order_free (gpointer data)
{
  BssOrder *order = data;
  g_free (order->id);
  g_free (order->external_id);
  g_free (order);
}

SouthWorld *
south_world_new (guint32 seed, BssFilter filter, const char *profile_json)
{
  SouthWorld *self = g_new0 (SouthWorld, 1);
  g_autofree char *text = g_strdup_printf ("{\"southbound\":%s}", profile_json);
  g_autoptr (GError) error = NULL;
  self->fixture = hq_fixture_new ();
  self->profile = hq_profile_parse (text, -1, &error);
  g_assert_no_error (error);
  self->fixture->store->profile = self->profile;
  self->version = (guint)self->profile->south->version;
  self->chance = g_rand_new_with_seed (seed);
  self->filter = filter;
  self->is_hurt = TRUE;
  self->orders = g_ptr_array_new_with_free_func (order_free);
  self->on_line = g_ptr_array_new_with_free_func (trip_free);
  self->late = g_ptr_array_new_with_free_func (late_free);
  g_assert_true (hq_south_recover (self->fixture->store, self->fixture->now_us));
  return self;
}

void
south_world_free (SouthWorld *self)
{
  hq_fixture_free (self->fixture);
  hq_profile_free (self->profile);
  g_rand_free (self->chance);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->on_line);
  g_ptr_array_unref (self->late);
  g_free (self);
}

static gboolean
by_chance (SouthWorld *self, guint percent)
{
  return percent > 0 && (guint)g_rand_int_range (self->chance, 0, 100) < percent;
}

/* ---- the operator's system ---- */

guint
south_world_count (SouthWorld *self, const char *external_id)
{
  guint count = 0;
  for (guint i = 0; i < self->orders->len; i++)
    count += strcmp (((BssOrder *)self->orders->pdata[i])->external_id, external_id) == 0;
  return count;
}

BssOrder *
south_world_find (SouthWorld *self, const char *external_id)
{
  for (guint i = 0; i < self->orders->len; i++) {
    BssOrder *order = self->orders->pdata[i];
    if (strcmp (order->external_id, external_id) == 0 || strcmp (order->id, external_id) == 0)
      return order;
  }
  return NULL;
}

static TaiJson *
parse (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  TaiJson *json = tai_json_parse (text, (gssize)size, NULL, &error);
  g_assert_no_error (error);
  return json;
}

static BssOrder *
create (SouthWorld *self, GBytes *body)
{
  g_autoptr (TaiJson) json = parse (body);
  const char *external = self->version == 5 ? tai_json_require_string (json, "externalId.0.id", NULL)
                                            : tai_json_require_string (json, "externalId", NULL);
  BssOrder *order = g_new0 (BssOrder, 1);
  g_assert_nonnull (external);
  order->id = g_strdup_printf ("bss/%u", self->orders->len + 1); /* needs escaping in a path */
  order->external_id = g_strdup (external);
  order->state = "acknowledged";
  order->at_us = self->fixture->now_us;
  g_ptr_array_add (self->orders, order);
  self->n_posts++;
  return order;
}

static void
append_order (SouthWorld *self, GString *out, const BssOrder *order)
{
  g_string_append_printf (
      out,
      self->version == 5
          ? "{\"id\":\"%s\",\"externalId\":[{\"@type\":\"ExternalIdentifier\",\"id\":\"%s\"}],\"state\":\"%s\"}"
          : "{\"id\":\"%s\",\"externalId\":\"%s\",\"state\":\"%s\"}",
      order->id, order->external_id, order->state);
}

static void
say (TaiReply *reply, int status, GString *body)
{
  reply->line = TAI_LINE_OK;
  reply->status = status;
  reply->body = g_string_free_to_bytes (body);
}

static void
say_list (SouthWorld *self, const HqErrand *errand, TaiReply *reply)
{
  const char *value = strchr (errand->path, '=') + 1;
  g_autofree char *wanted = g_strndup (value, strcspn (value, "&"));
  GString *out = g_string_new ("[");
  for (guint i = 0; i < self->orders->len && self->filter != BSS_SAYS_NOTHING; i++) {
    BssOrder *order = self->orders->pdata[i];
    if (self->filter == BSS_FILTERS && strcmp (order->external_id, wanted) != 0)
      continue;
    if (out->len > 1)
      g_string_append_c (out, ',');
    append_order (self, out, order);
  }
  g_string_append_c (out, ']');
  say (reply, 200, out);
}

static void
say_state (SouthWorld *self, const HqErrand *errand, TaiReply *reply)
{
  const char *start = strstr (errand->path, "/productOrder/") + strlen ("/productOrder/");
  g_autofree char *part = g_strndup (start, strcspn (start, "?"));
  g_autofree char *id = g_uri_unescape_string (part, NULL);
  BssOrder *order = south_world_find (self, id);
  GString *out = g_string_new (NULL);
  if (order != NULL)
    append_order (self, out, order);
  say (reply, order != NULL ? 200 : 404, out);
}

static void
take_cancel (SouthWorld *self, const HqErrand *errand, TaiReply *reply)
{
  g_autoptr (TaiJson) json = parse (errand->body);
  BssOrder *order = south_world_find (self, tai_json_require_string (json, "productOrder.id", NULL));
  gboolean is_over =
      order == NULL || strcmp (order->state, "completed") == 0 || strcmp (order->state, "failed") == 0;
  if (is_over || by_chance (self, self->cancel_percent)) {
    say (reply, 409, g_string_new ("{\"code\":\"final\",\"reason\":\"too late\"}"));
    return;
  }
  order->state = "assessingCancellation";
  order->is_seen_cancelling = TRUE;
  say (reply, 201, g_string_new ("{\"id\":\"task-1\",\"state\":\"acknowledged\"}"));
}

/* What it does and says when all goes well. */
static void
serve (SouthWorld *self, const HqErrand *errand, TaiReply *reply)
{
  GString *out;
  switch (errand->kind) {
  case HQ_ERRAND_SEND:
    out = g_string_new (NULL);
    append_order (self, out, create (self, errand->body));
    say (reply, by_chance (self, 30) ? 202 : 201, out);
    break;
  case HQ_ERRAND_PROVE:
  case HQ_ERRAND_ASK:
    say_list (self, errand, reply);
    break;
  case HQ_ERRAND_LOOK:
    say_state (self, errand, reply);
    break;
  default:
    take_cancel (self, errand, reply);
  }
}

/* Each order goes its way by itself: most complete, some wait, some fail. */
static void
live (SouthWorld *self)
{
  static const struct {
    const char *from, *to[3];
  } moves[] = {
      {"acknowledged", {"inProgress", "pending", "inProgress"}},
      {"inProgress", {"completed", "held", "completed"}},
      {"pending", {"inProgress", "inProgress", "inProgress"}},
      {"held", {"inProgress", "failed", "inProgress"}},
      {"assessingCancellation", {"pendingCancellation", "pendingCancellation", "inProgress"}},
      {"pendingCancellation", {"cancelled", "cancelled", "cancelled"}},
  };
  for (guint i = 0; i < self->orders->len && !self->is_frozen; i++) {
    BssOrder *order = self->orders->pdata[i];
    if (!by_chance (self, 10))
      continue;
    for (guint k = 0; k < G_N_ELEMENTS (moves); k++)
      if (strcmp (moves[k].from, order->state) == 0) {
        order->state = moves[k].to[g_rand_int_range (self->chance, 0, 3)];
        break;
      }
  }
}

/* ---- the line ---- */

typedef enum {
  FAULT_NOT_REACHED,
  FAULT_LOST_BEFORE,
  FAULT_LOST_AFTER,
  FAULT_LATE,
  FAULT_500_BEFORE,
  FAULT_500_AFTER,
  FAULT_503,
  FAULT_429,
  FAULT_401,
  FAULT_HTML,
  FAULT_NO_BODY,
  FAULT_LAST
} Fault;

static void
send_late (SouthWorld *self, const HqErrand *errand)
{
  Late *late = g_new0 (Late, 1);
  late->body = g_bytes_ref (errand->body);
  late->at_us = self->fixture->now_us + g_rand_int_range (self->chance, 0, 900) * MS; /* settle_ms is 1000 */
  g_ptr_array_add (self->late, late);
}

static void
say_status (TaiReply *reply, int status, gint64 retry_ms)
{
  say (reply, status, g_string_new ("<html>no</html>"));
  reply->retry_after_ms = retry_ms;
}

static void
hurt (SouthWorld *self, const HqErrand *errand, TaiReply *reply, Fault fault)
{
  TaiReply unheard = {0};
  gboolean is_done =
      fault == FAULT_LOST_AFTER || fault == FAULT_500_AFTER || fault == FAULT_HTML || fault == FAULT_NO_BODY;
  *reply = (TaiReply){.line = TAI_LINE_LOST};
  if (is_done)
    serve (self, errand, &unheard);
  if (fault == FAULT_NOT_REACHED)
    reply->line = TAI_LINE_NOT_REACHED;
  else if (fault == FAULT_LATE && errand->kind == HQ_ERRAND_SEND)
    send_late (self, errand);
  else if (fault == FAULT_500_BEFORE || fault == FAULT_500_AFTER)
    say_status (reply, 500, 0);
  else if (fault == FAULT_503)
    say_status (reply, 503, 200);
  else if (fault == FAULT_429)
    say_status (reply, 429, 300);
  else if (fault == FAULT_401)
    say_status (reply, 401, 0);
  else if (fault == FAULT_HTML)
    say_status (reply, 201, 0);
  else if (fault == FAULT_NO_BODY && errand->kind == HQ_ERRAND_SEND) {
    BssOrder *order = self->orders->pdata[self->orders->len - 1];
    g_autofree char *escaped = g_uri_escape_string (order->id, NULL, FALSE);
    say (reply, 201, g_string_new (""));
    reply->location = g_strconcat ("https://bss.example/api/productOrder/", escaped, NULL);
  }
  g_clear_pointer (&unheard.body, g_bytes_unref);
}

static void
leave (SouthWorld *self, HqErrand *errand)
{
  Trip *trip = g_new0 (Trip, 1);
  trip->errand = errand;
  trip->back_us = self->fixture->now_us + g_rand_int_range (self->chance, 1, 60) * MS;
  if (self->is_hurt && by_chance (self, self->fault_percent))
    hurt (self, errand, &trip->reply, (Fault)g_rand_int_range (self->chance, 0, FAULT_LAST));
  else
    serve (self, errand, &trip->reply);
  g_ptr_array_add (self->on_line, trip);
}

static void
arrive_late (SouthWorld *self)
{
  for (guint i = 0; i < self->late->len;) {
    Late *late = self->late->pdata[i];
    if (late->at_us > self->fixture->now_us) {
      i++;
      continue;
    }
    create (self, late->body);
    g_ptr_array_remove_index (self->late, i);
  }
}

void
south_world_answer (SouthWorld *self, const HqErrand *errand, const TaiReply *reply)
{
  HqStore *store = self->fixture->store;
  store->klass->begin (store);
  hq_south_settle (store, &self->line, errand, reply, self->fixture->now_us);
  store->klass->commit (store);
  g_assert_no_error (store->error);
}

static void
come_back (SouthWorld *self)
{
  for (guint i = 0; i < self->on_line->len;) {
    Trip *trip = self->on_line->pdata[i];
    if (trip->back_us > self->fixture->now_us) {
      i++;
      continue;
    }
    south_world_answer (self, trip->errand, &trip->reply);
    g_ptr_array_remove_index (self->on_line, i);
  }
}

void
south_world_crash (SouthWorld *self)
{
  g_ptr_array_set_size (self->on_line, 0);
  self->line = (HqSouthLine){0};
  self->n_crashes++;
  g_assert_true (hq_south_recover (self->fixture->store, self->fixture->now_us));
}

/* The next moment at which something may happen. */
static void
pass_time (SouthWorld *self)
{
  self->fixture->now_us += g_rand_int_range (self->chance, 5, 60) * MS;
}

void
south_world_turn (SouthWorld *self)
{
  gint64 next;
  pass_time (self);
  live (self);
  arrive_late (self);
  come_back (self);
  g_assert_cmpint (hq_advance (self->fixture->store, self->fixture->now_us, 50, NULL), >=, 0);
  if (self->on_line->len < CONCURRENCY) {
    g_autoptr (GPtrArray) errands = hq_south_take (self->fixture->store, &self->line, self->fixture->now_us,
                                                   CONCURRENCY - self->on_line->len, &next);
    g_ptr_array_set_free_func (errands, NULL);
    /* the process may die between what it wrote and what it sent */
    for (guint i = 0; i < errands->len; i++)
      leave (self, errands->pdata[i]);
  }
  if (self->is_hurt && by_chance (self, self->crash_percent))
    south_world_crash (self);
}

/* ---- headquarters ---- */

void
south_world_order (SouthWorld *self, guint number, char id[37])
{
  hq_fixture_uuid (number, id);
  g_autofree char *body = hq_make_order (id, NULL);
  g_assert_cmpint (hq_fixture_post (self->fixture, TAI_PATH_ORDER, body, id, 0), ==, 201);
}

void
south_world_cancel (SouthWorld *self, const char *id)
{
  g_autofree char *body = g_strdup_printf ("{\"productOrder\":{\"id\":\"%s\"}}", id);
  g_assert_cmpint (hq_fixture_send (self->fixture, "POST", TAI_PATH_CANCEL, body, NULL), ==, 201);
}

HqSouthRow
south_world_row (SouthWorld *self, const char *id)
{
  HqSouthRow row = {0};
  HqStore *store = self->fixture->store;
  store->klass->begin (store);
  g_assert_true (store->klass->south_find (store, "H017", id, &row));
  store->klass->commit (store);
  return row;
}

static gboolean
collect_cb (const HqSouthRow *row, gpointer data)
{
  g_ptr_array_add (data, g_strdup (row->order_id));
  return TRUE;
}

/* Looks at the system itself, and says what is there. */
static void
decide_all (SouthWorld *self)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_free);
  HqStore *store = self->fixture->store;
  store->klass->begin (store);
  store->klass->south_list (store, HQ_SOUTH_HELD, -1, collect_cb, held);
  for (guint i = 0; i < held->len; i++) {
    const BssOrder *order = south_world_find (self, held->pdata[i]);
    HqSouthDecision decision = order != NULL ? HQ_SOUTH_LINK : HQ_SOUTH_SEND_AGAIN;
    g_assert_true (hq_south_decide (store, held->pdata[i], decision, order != NULL ? order->id : NULL,
                                    self->fixture->now_us));
    self->n_person++;
  }
  store->klass->commit (store);
  g_assert_no_error (store->error);
}

static gboolean
is_at_rest (SouthWorld *self, gboolean with_person)
{
  HqStore *store = self->fixture->store;
  gint64 open = 0;
  store->klass->begin (store);
  for (int step = HQ_SOUTH_QUEUED; step < HQ_SOUTH_DONE; step++)
    if (step != HQ_SOUTH_HELD || with_person)
      open += store->klass->south_count (store, (HqSouthStep)step);
  store->klass->commit (store);
  return open == 0;
}

void
south_world_settle (SouthWorld *self, gboolean with_person)
{
  self->is_hurt = FALSE;
  for (guint i = 0; i < TURNS_MAX && !is_at_rest (self, with_person); i++) {
    south_world_turn (self);
    if (with_person && self->late->len == 0)
      decide_all (self);
  }
  g_assert_true (is_at_rest (self, with_person));
}
