/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an answer of the operator's system means for an order on its way there: one function a kind of errand, each a small
 * table of what was said. Nothing but an answer that names the order is believed; nothing but a proof of absence lets it be
 * sent again. Inside the writer's transaction.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-south-private.h"

#include <string.h>

#define SECOND_US        G_GINT64_CONSTANT (1000000)
#define NOTE_MAX_BYTES   240
#define ID_MAX_BYTES     200
#define ASK_TRIES_MAX    10 /* of a list that is none */
#define GONE_TRIES_MAX   5  /* of an order that is not found: a replica may lag */
#define POLL_AGE_DIVISOR 8  /* an order that has not moved for long is looked at less often */
#define SHIFT_MAX        20

typedef enum {
  SAID_UNREACHED, /* no byte of ours left */
  SAID_NOTHING,   /* the answer did not come */
  SAID_YES,
  SAID_REST,    /* not taken, and not now: 401, 403, 425, 429 */
  SAID_TROUBLE, /* their error: it proves nothing */
  SAID_NO       /* not taken, and never will be like this */
} Said;

static Said
judge (const TaiReply *reply)
{
  if (reply->line != TAI_LINE_OK)
    return reply->line == TAI_LINE_NOT_REACHED ? SAID_UNREACHED : SAID_NOTHING;
  switch (reply->status) {
  case 401:
  case 403:
  case 425:
  case 429:
    return SAID_REST;
  case 408: /* it may have had it when it lost patience */
  case 409: /* perhaps because it is there */
    return SAID_TROUBLE;
  default:
    break;
  }
  if (reply->status >= 200 && reply->status < 300)
    return SAID_YES;
  return reply->status >= 500 || reply->status < 200 ? SAID_TROUBLE : SAID_NO;
}

/* One errand's settlement. */
typedef struct {
  HqStore *store;
  const HqSouthProfile *profile;
  HqSouthLine *line;
  const HqErrand *errand;
  const TaiReply *reply;
  Said said;
  TaiJson *json; /* (owned) (nullable) the answer, when it is JSON */
  gint64 now_us;
  HqSouthRow row;
  char *note; /* (owned) (nullable) */
} Settle;

static void
settle_clear (Settle *self)
{
  tai_json_free (self->json);
  hq_south_row_clear (&self->row);
  g_free (self->note);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Settle, settle_clear)

/* For people: status and the beginning of what was said. */
static const char *
make_note (Settle *self)
{
  gsize size = 0;
  const char *bytes = self->reply->body != NULL ? g_bytes_get_data (self->reply->body, &size) : NULL;
  g_autofree char *text =
      bytes != NULL ? g_utf8_make_valid (bytes, (gssize)MIN (size, NOTE_MAX_BYTES)) : NULL;
  const char *detail = self->reply->detail != NULL ? self->reply->detail : text != NULL ? text : "";
  g_free (self->note);
  self->note = self->reply->line == TAI_LINE_OK ? g_strdup_printf ("%d %s", self->reply->status, detail)
                                                : g_strdup (detail);
  g_strdelimit (self->note, "\r\n\t", ' ');
  return self->note;
}

static void
put (Settle *self)
{
  self->store->klass->south_put (self->store, &self->row);
}

static gint64
backoff_us (const Settle *self, gint64 tries)
{
  return hq_backoff_us (self->profile->backoff_us, self->profile->backoff_max_us, tries, self->row.order_id);
}

/* The same again, later. */
static void
try_later (Settle *self)
{
  self->row.note = make_note (self);
  self->row.due_us =
      self->now_us + MAX (backoff_us (self, self->row.tries), self->reply->retry_after_ms * 1000);
  self->row.tries++;
  put (self);
}

static void
hold (Settle *self, const char *reason)
{
  hq_south_hold (self->store, &self->row, reason, make_note (self), self->now_us);
}

/* An id that can stand in a path; (nullable). */
static const char *
read_id (const TaiJson *resource)
{
  const char *id = tai_json_require_string (resource, "id", NULL);
  return id != NULL && id[0] != '\0' && strlen (id) <= ID_MAX_BYTES ? id : NULL;
}

/* An answer without a body may still say where the order is. (transfer full) (nullable) */
static char *
read_location (const TaiReply *reply)
{
  const char *found = reply->location != NULL ? strstr (reply->location, "/productOrder/") : NULL;
  const char *id = found != NULL ? found + strlen ("/productOrder/") : "";
  gsize length = strcspn (id, "/?#");
  g_autofree char *part = g_strndup (id, length);
  return length > 0 && length <= ID_MAX_BYTES ? g_uri_unescape_string (part, NULL) : NULL;
}

/* ---- it is there ---- */

static gint64
next_look_us (const Settle *self)
{
  gint64 age_us = (self->now_us - self->row.changed_us) / POLL_AGE_DIVISOR;
  gboolean is_awaited = self->row.cancel != HQ_SOUTH_CANCEL_NONE;
  gint64 wait_us = is_awaited ? self->profile->poll_us
                              : CLAMP (age_us, self->profile->poll_us, self->profile->poll_max_us);
  return self->now_us + wait_us;
}

static void
take (Settle *self, const char *foreign_id, const char *state)
{
  self->row.foreign_id = foreign_id;
  self->row.foreign_state = NULL;
  self->row.note = NULL;
  hq_south_step (&self->row, HQ_SOUTH_TAKEN, 0, self->now_us);
  self->row.due_us = self->row.cancel != HQ_SOUTH_CANCEL_NONE ? self->now_us : next_look_us (self);
  if (state != NULL)
    hq_south_take_state (self->store, &self->row, state, self->now_us);
  else
    put (self);
}

static void
take_resource (Settle *self, const TaiJson *resource)
{
  take (self, read_id (resource), tai_json_require_string (resource, "state", NULL));
}

/* ---- SEND ---- */

/* From now on it may be there. */
static void
doubt (Settle *self)
{
  self->row.note = make_note (self);
  hq_south_step (&self->row, HQ_SOUTH_ASKING, 0, self->now_us);
  self->row.sent_us = self->now_us;
  self->row.proof = HQ_PROOF_NONE;
  self->row.due_us = self->now_us + MAX (MIN (self->profile->settle_us, self->profile->backoff_us),
                                         self->reply->retry_after_ms * 1000);
  put (self);
}

static void
send_later (Settle *self)
{
  self->row.note = make_note (self);
  self->row.sends--;
  hq_south_queue (self->store, &self->row, self->now_us + self->profile->backoff_us, self->now_us);
}

/* Only what names the order is believed. */
static void
settle_created (Settle *self)
{
  g_autofree char *place = self->json == NULL ? read_location (self->reply) : NULL;
  gboolean is_ours = !hq_south_shows_external_id (self->json) ||
                     hq_south_has_external_id (self->json, self->row.external_id);
  if (read_id (self->json) != NULL && is_ours)
    take_resource (self, self->json);
  else if (place != NULL)
    take (self, place, NULL);
  else
    doubt (self);
}

static void
settle_send (Settle *self)
{
  switch (self->said) {
  case SAID_UNREACHED:
  case SAID_REST:
    send_later (self);
    return;
  case SAID_NO:
    hold (self, "bss_refused");
    return;
  case SAID_YES:
    settle_created (self);
    return;
  default:
    doubt (self);
  }
}

/* ---- PROVE ---- */

/* A list, or a clear no; a page of somebody between us is neither, until it has come often enough. */
static gboolean
is_answered (const Settle *self)
{
  if (self->said == SAID_YES && tai_json_get_kind (self->json) != TAI_JSON_ARRAY)
    return self->row.tries >= ASK_TRIES_MAX;
  return self->said == SAID_YES || self->said == SAID_NO;
}

/* Of a filtered list each row is the witness, and there is one. */
static gboolean
shows_filter (const Settle *self)
{
  guint n = tai_json_get_kind (self->json) == TAI_JSON_ARRAY ? tai_json_get_length (self->json) : 0;
  for (guint i = 0; i < n; i++) {
    const TaiJson *resource = tai_json_get_element (self->json, i);
    if (g_strcmp0 (read_id (resource), self->errand->witness_id) != 0 &&
        !hq_south_has_external_id (resource, self->errand->witness_external_id))
      return FALSE;
  }
  return n > 0;
}

static void
settle_prove (Settle *self)
{
  if (!is_answered (self)) {
    try_later (self);
    return;
  }
  self->row.proof = shows_filter (self) ? HQ_PROOF_GIVEN : HQ_PROOF_FAILED;
  self->row.due_us = self->now_us;
  put (self);
}

/* ---- ASK ---- */

/* Not found, and that proves nothing: once more when nothing can be on its way any longer, then a person. Without a witness
 * the other orders may become one. */
static void
settle_unproved (Settle *self)
{
  gint64 settled_us = self->row.sent_us + self->profile->settle_us;
  gboolean may_wait = self->profile->filters && self->row.proof == HQ_PROOF_NONE &&
                      self->row.tries < self->profile->send_limit;
  if (!may_wait && self->now_us >= settled_us) {
    hold (self, "bss_unproved");
    return;
  }
  self->row.proof = HQ_PROOF_NONE;
  self->row.note = make_note (self);
  self->row.due_us = MAX (self->now_us + backoff_us (self, self->row.tries), may_wait ? 0 : settled_us);
  self->row.tries++;
  put (self);
}

/* An empty list of a server that filters. */
static void
settle_absent (Settle *self)
{
  gint64 settled_us = self->row.sent_us + self->profile->settle_us;
  if (self->now_us >= settled_us) {
    hq_south_queue (self->store, &self->row, self->now_us, self->now_us);
    return;
  }
  self->row.proof = HQ_PROOF_NONE; /* both questions again, then */
  self->row.due_us = settled_us;
  put (self);
}

static void
settle_list (Settle *self)
{
  const TaiJson *found = NULL;
  guint n = tai_json_get_length (self->json), n_found = 0;
  for (guint i = 0; i < n; i++) {
    const TaiJson *resource = tai_json_get_element (self->json, i);
    if (!hq_south_has_external_id (resource, self->row.external_id) || read_id (resource) == NULL)
      continue;
    found = resource;
    n_found++;
  }
  if (n_found > 1)
    hold (self, "bss_double");
  else if (n_found == 1)
    take_resource (self, found);
  else if (n == 0 && self->row.proof == HQ_PROOF_GIVEN)
    settle_absent (self);
  else
    settle_unproved (self);
}

static void
settle_ask (Settle *self)
{
  if (!is_answered (self))
    try_later (self);
  else if (tai_json_get_kind (self->json) == TAI_JSON_ARRAY)
    settle_list (self);
  else
    settle_unproved (self);
}

/* ---- LOOK ---- */

static void
settle_look (Settle *self)
{
  const char *state = tai_json_require_string (self->json, "state", NULL);
  gboolean is_gone = self->said == SAID_NO && (self->reply->status == 404 || self->reply->status == 410);
  if (self->said == SAID_YES && state != NULL) {
    /* between two tries of a cancellation the count goes on */
    gboolean is_cancelling = self->row.cancel == HQ_SOUTH_CANCEL_WANTED;
    self->row.tries = is_cancelling ? self->row.tries + 1 : 0;
    self->row.note = NULL;
    self->row.due_us =
        is_cancelling ? self->now_us + backoff_us (self, self->row.tries / 2) : next_look_us (self);
    hq_south_take_state (self->store, &self->row, state, self->now_us);
  } else if (is_gone && self->row.tries >= GONE_TRIES_MAX)
    hold (self, "bss_lost");
  else
    try_later (self);
}

/* ---- CANCEL ---- */

static void
settle_cancel (Settle *self)
{
  gboolean is_refused = self->said == SAID_NO || self->reply->status == 409;
  self->row.cancel = HQ_SOUTH_CANCEL_WANTED;
  if (self->said != SAID_YES && !is_refused) {
    self->row.note = make_note (self);
    self->row.tries++; /* odd: the order is looked at next */
    self->row.due_us = self->now_us + self->profile->backoff_us;
    put (self);
    return;
  }
  self->row.cancel = is_refused ? HQ_SOUTH_CANCEL_NONE : HQ_SOUTH_CANCEL_PASSED;
  self->row.note = is_refused ? make_note (self) : NULL;
  self->row.tries = 0;
  self->row.due_us = self->now_us + self->profile->poll_us;
  put (self);
  if (is_refused)
    hq_south_end_cancels (self->store, &self->row, FALSE, self->now_us);
}

/* ---- all ---- */

/* @step: where the row must stand for the errand's answer to mean something. */
static const struct {
  HqSouthStep step;
  void (*settle) (Settle *self);
} kinds[] = {
    [HQ_ERRAND_SEND] = {HQ_SOUTH_SENDING, settle_send},   [HQ_ERRAND_PROVE] = {HQ_SOUTH_ASKING, settle_prove},
    [HQ_ERRAND_ASK] = {HQ_SOUTH_ASKING, settle_ask},      [HQ_ERRAND_LOOK] = {HQ_SOUTH_TAKEN, settle_look},
    [HQ_ERRAND_CANCEL] = {HQ_SOUTH_TAKEN, settle_cancel},
};

/* Whoever cannot be reached, or asks for rest, gets it from all orders at once. */
static void
settle_line (Settle *self)
{
  gboolean rests = self->said == SAID_UNREACHED || self->said == SAID_REST ||
                   (self->said == SAID_TROUBLE && self->reply->retry_after_ms > 0);
  if (!rests) {
    *self->line = (HqSouthLine){0};
    return;
  }
  gint64 wait_us = hq_backoff_us (self->profile->backoff_us, self->profile->backoff_max_us, self->line->tries,
                                  self->profile->origin);
  self->line->tries = MIN (self->line->tries + 1, SHIFT_MAX);
  self->line->rest_until_us = self->now_us + MAX (wait_us, self->reply->retry_after_ms * 1000);
}

static void
parse_answer (Settle *self)
{
  gsize size;
  const char *bytes = self->reply->body != NULL ? g_bytes_get_data (self->reply->body, &size) : NULL;
  TaiJsonLimits limits = {.max_bytes = TAI_REPLY_MAX_BYTES};
  if (bytes != NULL && self->said == SAID_YES)
    self->json = tai_json_parse (bytes, (gssize)size, &limits, NULL);
}

void
hq_south_settle (HqStore *store, HqSouthLine *line, const HqErrand *errand, const TaiReply *reply,
                 gint64 now_us)
{
  g_return_if_fail (errand->kind < G_N_ELEMENTS (kinds) && store->profile != NULL);
  g_auto (Settle) self = {.store = store,
                          .profile = store->profile->south,
                          .line = line,
                          .errand = errand,
                          .reply = reply,
                          .said = judge (reply),
                          .now_us = now_us};
  parse_answer (&self);
  settle_line (&self);
  if (store->klass->south_find (store, errand->hall, errand->order_id, &self.row) &&
      self.row.step == kinds[errand->kind].step)
    kinds[errand->kind].settle (&self);
}

/* ---- a person ---- */

static void
give_up (HqStore *store, HqSouthRow *row, gint64 now_us)
{
  g_auto (HqOrderRow) order = {0};
  if (store->klass->order_find (store, row->hall, row->order_id, &order) && hq_order_is_open (&order))
    hq_order_refuse (store, &order, "rejected", "bss_given_up", now_us);
  hq_south_step (row, HQ_SOUTH_DONE, 0, now_us);
  store->klass->south_put (store, row);
  hq_south_end_cancels (store, row, FALSE, now_us);
}

gboolean
hq_south_decide (HqStore *store, const char *order_id, HqSouthDecision decision, const char *foreign_id,
                 gint64 now_us)
{
  g_auto (HqSouthRow) row = {0};
  gboolean has_id = foreign_id != NULL && foreign_id[0] != '\0' && strlen (foreign_id) <= ID_MAX_BYTES;
  if (!store->klass->south_find_held (store, order_id, &row) || (decision == HQ_SOUTH_LINK && !has_id))
    return FALSE;
  row.proof = HQ_PROOF_NONE;
  row.sends = 0;
  switch (decision) {
  case HQ_SOUTH_SEND_AGAIN:
    hq_south_queue (store, &row, now_us, now_us);
    break;
  case HQ_SOUTH_ASK_AGAIN:
    hq_south_step (&row, HQ_SOUTH_ASKING, now_us, now_us);
    store->klass->south_put (store, &row);
    break;
  case HQ_SOUTH_LINK:
    row.foreign_id = foreign_id;
    row.foreign_state = NULL;
    hq_south_step (&row, HQ_SOUTH_TAKEN, now_us, now_us);
    store->klass->south_put (store, &row);
    break;
  default:
    give_up (store, &row, now_us);
  }
  return TRUE;
}
