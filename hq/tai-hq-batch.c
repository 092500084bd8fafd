/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * POST /guitai/v1/batch: pairs of lines, what it is and the bytes themselves. Each pair goes through the same door as a
 * request of its own and gets one line of answer; all are in HQ's one transaction.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-apply-private.h"

#include <string.h>

typedef struct {
  const char *bytes, *end;
  GBytes *whole;
  guint n_pairs; /* that were begun */
} Lines;

/* FALSE: no line is left. A last line may lack its end. */
static gboolean
next_line (Lines *self, const char **line, gsize *length)
{
  if (self->bytes >= self->end)
    return FALSE;
  const char *end = memchr (self->bytes, '\n', (gsize)(self->end - self->bytes));
  *line = self->bytes;
  *length = (gsize)((end != NULL ? end : self->end) - self->bytes);
  self->bytes = end != NULL ? end + 1 : self->end;
  return TRUE;
}

static guint
count_lines (GBytes *body)
{
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  guint lines = size > 0 && bytes[size - 1] != '\n';
  for (const char *at = bytes; (at = memchr (at, '\n', (gsize)(bytes + size - at))) != NULL; at++)
    lines++;
  return lines;
}

/* The head of a pair as the headers of a request. */
typedef struct {
  TaiJson *json;
  char seq[24];
  char digest[64];
  HqRequest request;
} Pair;

static gboolean
read_head (Pair *pair, HqReadMessage *read, const char *line, gsize length, GError **error)
{
  const char *sha = NULL;
  gint64 seq = 0;
  TaiDigest digest;
  if (read != NULL)
    pair->json = g_steal_pointer (&read->head);
  if (pair->json == NULL)
    pair->json = tai_json_parse (line, (gssize)length, NULL, error);
  if (pair->json == NULL || !tai_json_optional_string (pair->json, "sha256", &sha, error) ||
      !tai_json_optional_int (pair->json, "seq", &seq, error))
    return FALSE;
  pair->request.idempotency_key = tai_json_require_string (pair->json, "key", error);
  if (pair->request.idempotency_key == NULL)
    return FALSE;
  pair->request.path = tai_json_require_string (pair->json, "path", error);
  if (seq != 0) {
    g_snprintf (pair->seq, sizeof pair->seq, "%" G_GINT64_FORMAT, seq);
    pair->request.seq = pair->seq;
  }
  if (sha != NULL && tai_digest_from_hex (sha, &digest)) {
    g_autofree char *text = g_base64_encode (digest.byte, TAI_DIGEST_SIZE);
    g_snprintf (pair->digest, sizeof pair->digest, "sha-256=:%s:", text);
    pair->request.digest = pair->digest;
  } else if (sha != NULL)
    pair->request.digest = sha; /* refused where headers are read */
  return pair->request.path != NULL;
}

static void
add_quoted (GString *out, const char *text)
{
  g_autoptr (TaiJson) value = tai_json_new_string (text);
  g_autofree char *quoted = tai_json_to_text (value);
  g_string_append (out, quoted);
}

static void
add_answer (GString *out, const char *key, const HqCall *call)
{
  const HqResponse *response = call->response;
  g_string_append (out, "{\"key\":");
  if (key != NULL)
    add_quoted (out, key);
  else
    g_string_append (out, "null");
  g_string_append_printf (out, ",\"status\":%d,\"result\":\"%s\"", response->status,
                          response->result != NULL ? response->result : "refused");
  if (call->made_id[0] != '\0')
    g_string_append_printf (out, ",\"id\":\"%s\"", call->made_id);
  if (response->body != NULL) {
    gsize size;
    const char *bytes = g_bytes_get_data (response->body, &size);
    g_string_append (out, ",\"error\":");
    g_string_append_len (out, bytes, (gssize)size);
  }
  g_string_append (out, "}\n");
}

static void
apply_pair (HqCall *outer, Lines *lines, const char *head, gsize head_length, GString *out)
{
  const char *line = "";
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  Pair pair = {
      .request = {.method = "POST", .terminal = outer->request->terminal, .now_us = outer->request->now_us}};
  HqResponse response = {.total = -1, .count = -1};
  HqReadMessage *read = hq_reading_get (outer->request->reading, lines->n_pairs++);
  HqCall call = {outer->store, &pair.request, &response, read, outer->seat, .in_batch = TRUE};
  gboolean good = read_head (&pair, read, head, head_length, &error);
  gboolean there = next_line (lines, &line, &length);
  gsize offset = there ? (gsize)(line - (const char *)g_bytes_get_data (lines->whole, NULL)) : 0;
  g_autoptr (GBytes) body = there ? g_bytes_new_from_bytes (lines->whole, offset, length) : NULL;
  pair.request.body = body;
  if (!good)
    hq_response_fail (&response, 400, "batch_line", error->message);
  else
    hq_call_route (&call);
  add_answer (out, pair.request.idempotency_key, &call);
  hq_response_clear (&response);
  tai_json_free (pair.json);
}

static gboolean
has_room (GBytes *body)
{
  return g_bytes_get_size (body) <= HQ_BODY_MAX_BYTES && count_lines (body) <= 2 * HQ_BATCH_MAX;
}

static Lines
split (GBytes *body)
{
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  return (Lines){bytes, bytes + size, body, 0};
}

HqReading *
hq_batch_read (GBytes *body)
{
  Lines lines = split (body);
  const char *head, *line;
  gsize head_length, length;
  if (g_bytes_get_size (body) == 0 || !has_room (body))
    return NULL;
  HqReading *reading = hq_reading_new ();
  while (next_line (&lines, &head, &head_length) && next_line (&lines, &line, &length))
    hq_reading_add (reading, hq_reading_parse (head, head_length), line, length);
  return reading;
}

void
hq_batch_post (HqCall *call)
{
  GBytes *body = call->request->body;
  if (body == NULL || g_bytes_get_size (body) == 0) {
    hq_response_fail (call->response, 400, "body", "there is no body");
    return;
  }
  if (!has_room (body)) {
    hq_response_fail (call->response, 413, "size", "at most 500 messages and 4 MiB");
    return;
  }
  Lines lines = split (body);
  GString *out = g_string_sized_new (4096);
  const char *line;
  gsize length;
  while (next_line (&lines, &line, &length))
    apply_pair (call, &lines, line, length, out);
  hq_response_take_string (call->response, 200, out);
  call->response->content_type = "application/x-ndjson";
}
