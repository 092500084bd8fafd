/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What makes a message arrive once: its key, the SHA-256 of its exact bytes, its number in the terminal's series. Created,
 * exists (the first answer again), or conflict. A refused message is kept as refused, so that its number counts as arrived;
 * when it comes again it is judged again.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

#include <gnutls/crypto.h>
#include <string.h>

#define KEY_MAX 64

/* nettle behind GnuTLS uses the processor's SHA instructions: this is the hot path's heaviest arithmetic */
TaiDigest
hq_digest (gconstpointer data, gsize size)
{
  TaiDigest digest;
  int result = gnutls_hash_fast (GNUTLS_DIG_SHA256, data, size, digest.byte);
  g_assert (result == 0);
  return digest;
}

gboolean
hq_intake_refuse (HqIntake *self, int status, const char *code, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_free (self->detail);
  self->detail = g_strdup_vprintf (format, args);
  va_end (args);
  self->status = status;
  self->code = code;
  return FALSE;
}

gboolean
hq_intake_refuse_error (HqIntake *self, GError *error)
{
  hq_intake_refuse (self, 400, "invalid", "%s", error->message);
  g_error_free (error);
  return FALSE;
}

/* ---- ids ---- */

/* Only for clients that give none: unique by the store's own count, not by chance. */
static void
make_id (HqIntake *self)
{
  HqStore *store = self->call->store;
  gint64 number = hq_store_get_number (store, "next_id", 1);
  g_autofree char *next = g_strdup_printf ("%" G_GINT64_FORMAT, number + 1);
  store->klass->setting_put (store, "next_id", next);
  g_autofree char *epoch = store->klass->setting_get (store, "epoch");
  g_autofree char *seed = g_strdup_printf ("%s %s %" G_GINT64_FORMAT, epoch != NULL ? epoch : "",
                                           hq_call_hall (self->call), number);
  TaiDigest digest = hq_digest (seed, strlen (seed));
  TaiUuid uuid = tai_uuid_v7 (self->call->request->now_us, digest.byte);
  g_strlcpy (self->id, uuid.text, sizeof self->id);
}

void
hq_intake_choose_id (HqIntake *self, const char *external_id)
{
  if (external_id != NULL && tai_uuid_is_valid (external_id))
    g_strlcpy (self->id, external_id, sizeof self->id);
  else if (self->has_key && tai_uuid_is_valid (self->message.key))
    g_strlcpy (self->id, self->message.key, sizeof self->id);
  else
    make_id (self);
  if (!self->has_key)
    self->message.key = self->id;
}

/* ---- headers ---- */

static gboolean
read_key (HqIntake *self)
{
  const char *key = self->call->request->idempotency_key;
  if (key == NULL)
    return TRUE;
  gsize length = strspn (key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");
  if (length == 0 || length > KEY_MAX || key[length] != '\0')
    return hq_intake_refuse (self, 400, "idempotency_key", "1 to %d letters, digits and -_.:", KEY_MAX);
  self->has_key = TRUE;
  self->message.key = key;
  return TRUE;
}

static gboolean
read_seq (HqIntake *self)
{
  const char *text = self->call->request->seq;
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64 - 1, &self->message.seq, NULL))
    return hq_intake_refuse (self, 400, "sequence", "X-Guitai-Seq is a number from 1");
  if (!self->has_key)
    return hq_intake_refuse (self, 400, "idempotency_key", "a numbered message has a key");
  if (!hq_sequence_may_add (&self->call->seat->row.sequence, self->message.seq))
    return hq_intake_refuse (self, 409, "gaps", "more than %d gaps in the series", HQ_SEQUENCE_MAX_GAPS);
  return TRUE;
}

/* RFC 9530: "sha-256=:base64:", other algorithms beside it are let be. */
static gboolean
read_digest (const char *header, TaiDigest *digest)
{
  const char *start = strstr (header, "sha-256=:");
  const char *end = start != NULL ? strchr (start + 9, ':') : NULL;
  if (end == NULL || end - (start + 9) != 44)
    return FALSE;
  char text[45];
  memcpy (text, start + 9, 44);
  text[44] = '\0';
  gsize size = 0;
  g_base64_decode_inplace (text, &size);
  if (size == TAI_DIGEST_SIZE)
    memcpy (digest->byte, text, TAI_DIGEST_SIZE);
  return size == TAI_DIGEST_SIZE;
}

static gboolean
check_digest (HqIntake *self)
{
  gsize size = 0;
  const char *bytes = self->message.body != NULL ? g_bytes_get_data (self->message.body, &size) : "";
  const char *header = self->call->request->digest;
  TaiDigest named;
  self->message.sha256 = self->call->read != NULL ? self->call->read->sha256 : hq_digest (bytes, size);
  if (size == 0)
    return hq_intake_refuse (self, 400, "body", "there is no body");
  if (size > HQ_MESSAGE_MAX_BYTES)
    return hq_intake_refuse (self, 413, "size", "%" G_GSIZE_FORMAT " bytes, at most %d", size,
                             HQ_MESSAGE_MAX_BYTES);
  if (header == NULL)
    return TRUE;
  if (!read_digest (header, &named))
    return hq_intake_refuse (self, 400, "digest", "Content-Digest has no readable sha-256");
  if (!tai_digest_equal (named, self->message.sha256))
    return hq_intake_refuse (self, 400, "digest", "the body is not the one that was sent");
  return TRUE;
}

/* ---- the judgement ---- */

static void
raise_alarm (HqIntake *self, const char *kind, const char *detail)
{
  HqStore *store = self->call->store;
  store->klass->alarm_raise (store, hq_call_hall (self->call), self->message.terminal, kind, detail,
                             self->message.at_us);
}

static void
respond_refused (HqIntake *self)
{
  hq_response_fail (self->call->response, self->status, self->code, self->detail);
  self->call->response->result = self->status == 422 ? "conflict" : "refused";
}

static void
respond_conflict (HqIntake *self, const char *why)
{
  raise_alarm (self, "conflict", self->message.key);
  hq_intake_refuse (self, 422, "conflict", "%s", why);
  respond_refused (self);
}

static gboolean
seq_has_come (const HqIntake *self)
{
  return self->message.seq > 0 && hq_sequence_has (&self->call->seat->row.sequence, self->message.seq);
}

static void
count_seq (HqIntake *self)
{
  HqSeat *seat = self->call->seat;
  if (self->message.seq == 0 || hq_sequence_has (&seat->row.sequence, self->message.seq))
    return;
  gboolean added = hq_sequence_add (&seat->row.sequence, self->message.seq);
  g_assert (added); /* read_seq asked */
  seat->is_moved = TRUE;
}

/* Who sent the bytes need not read them again: id, href, the key that it came with (a terminal believes no answer that does
 * not name its message) and the state that a new one has. */
static gboolean
respond_minimal (HqIntake *self)
{
  const char *prefer = self->call->request->prefer;
  if (prefer == NULL || self->call->type == NULL || g_ascii_strcasecmp (prefer, "return=minimal") != 0)
    return FALSE;
  const char *id = self->call->made_id;
  char *location = g_strdup_printf ("%s/%s", self->call->type->path, id);
  GString *json = g_string_new (NULL);
  g_string_printf (json, "{\"id\":\"%s\",\"href\":\"%s\",\"key\":\"%s\"", id, location, self->message.key);
  if (self->klass->state_name != NULL)
    g_string_append_printf (json, ",\"%s\":\"%s\"", self->klass->state_name, self->klass->first_state);
  self->call->response->location = location;
  hq_response_take_string (self->call->response, 201, g_string_append_c (json, '}'));
  return TRUE;
}

static void
respond_again (HqIntake *self, const HqMessageRow *stored)
{
  self->call->response->result = "exists";
  g_strlcpy (self->call->made_id, stored->resource != NULL ? stored->resource : "",
             sizeof self->call->made_id);
  if (self->call->in_batch) {
    self->call->response->status = stored->status;
    return;
  }
  if (respond_minimal (self))
    return;
  gsize size;
  const char *bytes = g_bytes_get_data (stored->body, &size);
  if (self->json == NULL)
    self->json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  self->klass->answer (self, stored);
}

/* A message of this key is here and was taken. */
static void
compare_with (HqIntake *self, const HqMessageRow *stored)
{
  gboolean same_seq = self->message.seq == 0 || stored->seq == 0 || self->message.seq == stored->seq;
  if (!tai_digest_equal (stored->sha256, self->message.sha256))
    respond_conflict (self, "the key is known with other bytes");
  else if (!same_seq || stored->kind != self->klass->kind)
    respond_conflict (self, "the key is known with another number or path");
  else
    respond_again (self, stored);
}

/* Kept so that its number counts, with its bytes: a person will want to see them. */
static void
keep_refused (HqIntake *self, gboolean is_there)
{
  const HqStoreClass *klass = self->call->store->klass;
  if (!self->has_key)
    return;
  self->message.status = self->status;
  self->message.code = self->code;
  self->message.resource = NULL;
  count_seq (self);
  if (is_there)
    klass->message_update (self->call->store, &self->message);
  else
    klass->message_insert (self->call->store, &self->message);
}

/* Taking a tree down is a quarter of what is left to the writer: the old one goes where the new one came from. */
static void
keep_recent (HqIntake *self)
{
  HqReadMessage *read = self->call->read;
  TaiJson *old = hq_recent_keep (&self->call->store->recent, self->id, self->message.body, self->json);
  if (read != NULL && read->json == NULL)
    read->json = old;
  else
    tai_json_free (old);
}

static void
respond_created (HqIntake *self)
{
  g_strlcpy (self->call->made_id, self->id, sizeof self->call->made_id);
  if (self->made == NULL) /* nobody reads a document's message again */
    keep_recent (self);
  self->call->response->result = "created";
  if (self->call->in_batch)
    self->call->response->status = 201;
  else if (!respond_minimal (self))
    self->klass->answer (self, &self->message);
}

static gboolean
parse_and_read (HqIntake *self)
{
  GError *error = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (self->message.body, &size);
  if (self->call->read != NULL)
    self->json = g_steal_pointer (&self->call->read->json);
  if (self->json == NULL)
    self->json = tai_json_parse (bytes, (gssize)size, NULL, &error);
  if (self->json == NULL) {
    hq_intake_refuse (self, 400, "json", "%s", error->message);
    g_error_free (error);
    return FALSE;
  }
  if (tai_json_get_kind (self->json) != TAI_JSON_OBJECT)
    return hq_intake_refuse (self, 400, "json", "an object is expected");
  return self->klass->read (self);
}

/* The message's row is written as taken, or (@is_there) stands as refused. */
static void
make (HqIntake *self, gboolean is_there)
{
  const HqStoreClass *klass = self->call->store->klass;
  if (!self->klass->insert (self)) {
    hq_intake_refuse (self, 422, "conflict", "the id %s is another message's", self->id);
    keep_refused (self, TRUE);
    respond_refused (self);
    return;
  }
  count_seq (self);
  if (is_there || self->message.answer != NULL)
    klass->message_update (self->call->store, &self->message);
  respond_created (self);
}

static void
judge (HqIntake *self)
{
  const HqStoreClass *klass = self->call->store->klass;
  gboolean good = parse_and_read (self);
  g_auto (HqMessageRow) stored = {0};
  self->message.status = 201;
  self->message.resource = self->id;
  /* the usual case costs no look-up */
  if (good && klass->message_insert (self->call->store, &self->message)) {
    make (self, FALSE);
    return;
  }
  gboolean is_there = self->message.key != NULL &&
                      klass->message_find (self->call->store, self->message.hall, self->message.key, &stored);
  if (is_there && stored.status < 400)
    compare_with (self, &stored);
  else if (is_there && stored.status == HQ_STATUS_GIVEN_UP) {
    hq_intake_refuse (self, HQ_STATUS_GIVEN_UP, HQ_CODE_GIVEN_UP, "it was given up at the terminal");
    respond_refused (self);
  } else if (good)
    make (self, TRUE);
  else {
    keep_refused (self, is_there);
    respond_refused (self);
  }
}

/* The number has come before: with this very message, or with another: then a terminal counts twice. */
static void
judge_again (HqIntake *self)
{
  HqStore *store = self->call->store;
  g_auto (HqMessageRow) stored = {0};
  gboolean known = store->klass->message_find (store, self->message.hall, self->message.key, &stored);
  if (!known || stored.seq != self->message.seq) {
    raise_alarm (self, "sequence", self->message.key);
    hq_intake_refuse (self, 409, "sequence", "the number came before with another key");
    respond_refused (self);
  } else if (stored.status < 400)
    compare_with (self, &stored);
  else
    judge (self);
}

void
hq_message_take (HqCall *call, const HqIntakeClass *klass)
{
  HqIntake self = {.call = call, .klass = klass};
  self.message = (HqMessageRow){.hall = hq_call_hall (call),
                                .terminal = call->seat->row.id,
                                .kind = klass->kind,
                                .at_us = call->request->now_us,
                                .body = call->request->body};
  if (!read_key (&self) || !read_seq (&self) || !check_digest (&self))
    respond_refused (&self);
  else if (seq_has_come (&self))
    judge_again (&self);
  else
    judge (&self);
  tai_json_free (self.json);
  g_clear_pointer (&self.message.answer, g_bytes_unref);
  g_clear_pointer (&self.made, g_bytes_unref);
  tai_till_news_free (self.news);
  g_free (self.detail);
}
