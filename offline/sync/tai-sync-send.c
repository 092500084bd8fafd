/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages out: rows are marked in flight before a byte leaves; a crash then finds them unknown. */
#include "tai-sync-private.h"

#include <string.h>

/* Rows that are taken from the outbox at once: each load is a commit, and what is loaded when the power goes is asked for. */
#define LOAD_SINGLE 256
/* A message that failed so often travels alone: it may be what its batch fails for. */
#define ALONE_AFTER     2
#define ASK_MAX         100
#define BATCH_MAX_BYTES (3 * 1024 * 1024)

/* One message a request --------------------------------------------------------------------------------------------- */

/* An acknowledgement of the store that HQ had before it was restored is worth nothing. */
static TaiVerdict
judge (const TaiSyncFlight *flight, TaiVerdict verdict)
{
  if (verdict == TAI_VERDICT_ACKNOWLEDGED && flight->restore != flight->sync->restore)
    return TAI_VERDICT_UNKNOWN;
  return verdict;
}

static void
single_done_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (TaiSyncFlight) flight = data;
  TaiSync *self = flight->sync;
  const TaiOutboxRow *row = g_ptr_array_index (flight->rows, 0);
  g_autofree char *reason = NULL;
  TaiVerdict verdict = judge (flight, tai_verdict_of_reply (reply, &row->message->key, &reason));

  self->n_in_flight--;
  tai_sync_mark_verdict (self, row, verdict, reason);
  tai_sync_note_reply (self, flight, reply, verdict, reason);
}

static void
send_single (TaiSync *self, TaiOutboxRow *row)
{
  TaiSyncFlight *flight = tai_sync_flight_new (self);
  const TaiMessage *message = row->message;
  TaiRequest request = {.method = "POST",
                        .path = message->path,
                        .body = message->body,
                        .content_type = "application/json",
                        .idempotency_key = message->key.text,
                        .terminal_seq = message->terminal_seq,
                        .digest = &message->digest,
                        .timeout_ms = self->settings.timeout_ms};

  g_ptr_array_add (flight->rows, row);
  self->n_in_flight++;
  tai_headquarters_send (self->ports.headquarters, &request, single_done_cb, flight);
}

/* Batches ---------------------------------------------------------------------------------------------------------- */

/* Replies come line by line, in order. A line that is missing or not about its message leaves that one unknown. */
static gboolean
read_batch_lines (TaiSyncFlight *flight, const TaiReply *reply)
{
  gsize size = 0;
  const char *at = reply->body ? g_bytes_get_data (reply->body, &size) : NULL;
  const char *end = at + size;
  gboolean any = FALSE;

  for (guint i = 0; i < flight->rows->len; i++) {
    const TaiOutboxRow *row = g_ptr_array_index (flight->rows, i);
    const char *newline = at && at < end ? memchr (at, '\n', (gsize)(end - at)) : NULL;
    gsize length = newline ? (gsize)(newline - at) : (gsize)(end - at);
    g_autofree char *reason = NULL;
    TaiVerdict verdict = tai_verdict_of_line (length > 0 ? at : "", length, &row->message->key, &reason);
    TaiVerdict judged = judge (flight, verdict);

    any |= verdict == TAI_VERDICT_ACKNOWLEDGED || verdict == TAI_VERDICT_REFUSED;
    tai_sync_mark_verdict (flight->sync, row, judged, reason);
    at = newline ? newline + 1 : end;
  }
  return any;
}

static void
batch_done_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (TaiSyncFlight) flight = data;
  TaiSync *self = flight->sync;
  g_autofree char *reason = NULL;
  TaiVerdict verdict = tai_verdict_of_batch (reply, &reason);

  self->n_in_flight--;
  if (verdict == TAI_VERDICT_ACKNOWLEDGED) {
    if (!read_batch_lines (flight, reply)) {
      verdict = TAI_VERDICT_UNKNOWN;
      reason = g_strdup ("not HQ's words");
    }
  } else {
    for (guint i = 0; i < flight->rows->len; i++)
      tai_sync_mark_verdict (self, g_ptr_array_index (flight->rows, i), verdict, reason);
  }
  tai_sync_note_reply (self, flight, reply, verdict, reason);
}

static void
append_message (GString *text, const TaiMessage *message)
{
  char hash[65];
  gsize size;
  const char *body = g_bytes_get_data (message->body, &size);

  tai_digest_to_hex (message->digest, hash);
  g_string_append_printf (text,
                          "{\"key\":\"%s\",\"seq\":%" G_GINT64_FORMAT ",\"sha256\":\"%s\",\"path\":\"%s\"}\n",
                          message->key.text, message->terminal_seq, hash, message->path);
  g_string_append_len (text, body, (gssize)size);
  g_string_append_c (text, '\n');
}

static gboolean
may_travel_along (const TaiOutboxRow *row)
{
  gsize size;
  const char *body = g_bytes_get_data (row->message->body, &size);

  return row->attempts < ALONE_AFTER && memchr (body, '\n', size) == NULL;
}

static void
send_batch (TaiSync *self)
{
  TaiSyncFlight *flight = tai_sync_flight_new (self);
  GString *text = g_string_sized_new (64 * 1024);
  g_autoptr (GBytes) body = NULL;
  TaiRequest request = {.method = "POST",
                        .path = TAI_PATH_BATCH,
                        .content_type = "application/x-ndjson",
                        .timeout_ms = self->settings.timeout_ms};

  while (flight->rows->len < self->settings.batch && text->len < BATCH_MAX_BYTES &&
         !g_queue_is_empty (&self->loaded) && may_travel_along (g_queue_peek_head (&self->loaded))) {
    TaiOutboxRow *row = g_queue_pop_head (&self->loaded);
    append_message (text, row->message);
    g_ptr_array_add (flight->rows, row);
  }
  body = g_string_free_to_bytes (text);
  request.body = body;
  self->n_in_flight++;
  tai_headquarters_send (self->ports.headquarters, &request, batch_done_cb, flight);
}

/* Asking ----------------------------------------------------------------------------------------------------------- */

static void
asked_done_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (TaiSyncFlight) flight = data;
  TaiSync *self = flight->sync;
  g_autoptr (TaiJson) answer = NULL;
  g_autofree char *reason = NULL;
  TaiVerdict verdict = tai_verdict_of_batch (reply, &reason);

  self->asking = FALSE;
  if (verdict == TAI_VERDICT_ACKNOWLEDGED && reply->body != NULL) {
    gsize size;
    const char *text = g_bytes_get_data (reply->body, &size);
    answer = tai_json_parse (text, (gssize)size, NULL, NULL);
  }
  if (verdict == TAI_VERDICT_ACKNOWLEDGED && answer == NULL) {
    verdict = TAI_VERDICT_UNKNOWN;
    reason = g_strdup ("not HQ's words");
  }
  for (guint i = 0; i < flight->rows->len; i++) {
    const TaiOutboxRow *row = g_ptr_array_index (flight->rows, i);
    TaiVerdict each = answer ? tai_verdict_of_asked (answer, &row->message->key, row->message->digest)
                             : TAI_VERDICT_UNKNOWN;
    tai_sync_mark_asked (self, row, judge (flight, each), verdict == TAI_VERDICT_ACKNOWLEDGED, reason);
  }
  tai_sync_note_reply (self, flight, reply, verdict, reason);
}

static void
send_question (TaiSync *self, TaiSyncFlight *flight)
{
  GString *path = g_string_new (TAI_PATH_MESSAGE "?keys=");
  TaiRequest request = {.method = "GET", .timeout_ms = self->settings.timeout_ms};

  for (guint i = 0; i < flight->rows->len; i++) {
    const TaiOutboxRow *row = g_ptr_array_index (flight->rows, i);
    g_string_append_printf (path, "%s%s", i ? "," : "", row->message->key.text);
  }
  request.path = path->str;
  self->asking = TRUE;
  self->figures.n_asked += flight->rows->len;
  tai_headquarters_send (self->ports.headquarters, &request, asked_done_cb, flight);
  g_string_free (path, TRUE);
}

/* What is due ------------------------------------------------------------------------------------------------------ */

/* Unknown ones are asked for, the others are marked in flight in one commit and wait for a free place. */
static gboolean
take_rows (TaiSync *self, GPtrArray *rows, GError **error)
{
  g_autoptr (TaiSyncFlight) question = tai_sync_flight_new (self);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (TaiOutboxMark));
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_outbox_row_free);

  while (rows->len > 0) {
    TaiOutboxRow *row = g_ptr_array_steal_index (rows, 0);
    TaiOutboxMark mark = {.row = row->row, .to = TAI_MESSAGE_IN_FLIGHT, .next_try_us = 0};

    if (row->state == TAI_MESSAGE_ASKING && question->rows->len < ASK_MAX) {
      g_ptr_array_add (question->rows, row);
    } else if (row->state == TAI_MESSAGE_WAITING) {
      g_array_append_val (marks, mark);
      g_ptr_array_add (waiting, row);
    } else {
      tai_outbox_row_free (row); /* asked for next time */
    }
  }
  if (marks->len > 0 && !tai_outbox_mark (self->ports.outbox, (const TaiOutboxMark *)marks->data, marks->len,
                                          tai_clock_now (self->ports.clock), error))
    return FALSE;
  while (waiting->len > 0)
    g_queue_push_tail (&self->loaded, g_ptr_array_steal_index (waiting, 0));
  if (question->rows->len > 0)
    send_question (self, g_steal_pointer (&question));
  return TRUE;
}

static void
load (TaiSync *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint limit = self->settings.batch > 1 ? self->settings.window * self->settings.batch : LOAD_SINGLE;

  rows = tai_outbox_due (self->ports.outbox, self->destination, tai_sync_queue_now (self), limit, &error);
  self->n_last_load = rows ? rows->len : 0;
  if (rows == NULL || !take_rows (self, rows, &error))
    tai_sync_note_store_failure (self, error);
}

/* The outbox remembers when its next row is due: most ticks are a reply's or a poll's, and find nothing. */
static gboolean
is_something_due (TaiSync *self)
{
  return tai_outbox_next_due_us (self->ports.outbox, self->destination) <= tai_sync_queue_now (self);
}

void
tai_sync_send_due (TaiSync *self)
{
  /* The outbox believes in asking and in nothing in flight until it is told. */
  if (self->must_flush && !tai_sync_flush (self, TRUE))
    return;
  if (self->loaded.length < self->settings.window && !self->asking && is_something_due (self))
    load (self);
  while (self->n_in_flight < self->settings.window && !g_queue_is_empty (&self->loaded)) {
    if (self->settings.batch > 1 && may_travel_along (g_queue_peek_head (&self->loaded)))
      send_batch (self);
    else
      send_single (self, g_queue_pop_head (&self->loaded));
  }
}
