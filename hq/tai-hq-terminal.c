/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal asks about itself: status, feed, the fate of its messages, leases, staff; and how it becomes one. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-apply-private.h"
#include "tai-hq-invoice.h"

#include <string.h>

#define FEED_LIMIT      500
#define FEED_LIMIT_MAX  1000
#define LEASE_COUNT_MAX 1000
#define LEASE_LIMIT     500 /* of a kind, at a terminal */
#define LEASE_DAYS      14
#define DAY_US          (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define CSR_MAX_BYTES   8192
#define CODE_MAX_BYTES  128

/* The gaps as [[first,last], …] */
static void
write_gaps (TaiJsonWriter *writer, const HqSequence *sequence)
{
  tai_json_writer_add_array (writer, "gaps");
  for (guint i = 0; sequence->gaps != NULL && i < sequence->gaps->len; i++) {
    const HqRange *gap = &g_array_index (sequence->gaps, HqRange, i);
    tai_json_writer_begin_array (writer);
    tai_json_writer_int (writer, gap->first);
    tai_json_writer_int (writer, gap->last);
    tai_json_writer_end_array (writer);
  }
  tai_json_writer_end_array (writer);
}

static void
write_heads (TaiJsonWriter *writer, HqCall *call)
{
  g_autofree char *epoch = call->store->klass->setting_get (call->store, "epoch");
  tai_json_writer_add_string (writer, "epoch", epoch);
  tai_json_writer_add_int (writer, "safe_until", call->seat->row.safe_until);
  tai_json_writer_add_int (writer, "high_water", hq_sequence_get_high_water (&call->seat->row.sequence));
}

static void
write_raw (TaiJsonWriter *writer, const char *name, const char *json)
{
  tai_json_writer_key (writer, name);
  tai_json_writer_raw (writer, json, -1);
}

void
hq_status_get (HqCall *call)
{
  g_autofree char *tighten = call->store->klass->setting_get (call->store, "tighten");
  g_autofree char *till = call->store->klass->setting_get (call->store, "till");
  g_autofree char *invoice_page = hq_invoice_get_page (call->store);
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  write_heads (writer, call);
  write_gaps (writer, &call->seat->row.sequence);
  write_raw (writer, "terminal", call->seat->row.profile);
  write_raw (writer, "tighten", tighten != NULL ? tighten : "[]");
  if (till != NULL)
    write_raw (writer, "till", till);
  tai_json_writer_add_string (writer, "invoice_page", invoice_page);
  if (call->store->secrets.blind_key != NULL) {
    char *key = tai_seal_key_to_text (call->store->secrets.blind_key);
    tai_json_writer_add_string (writer, "blind_key", key);
    tai_seal_text_free (key);
  }
  tai_json_writer_end_object (writer);
  hq_response_take_text (call->response, 200, tai_json_writer_end_text (writer));
}

/* ---- feed ---- */

typedef struct {
  TaiJsonWriter *writer;
  gint64 count, last;
} FeedList;

static gboolean
write_event_cb (const HqFeedRow *row, gpointer data)
{
  FeedList *list = data;
  tai_json_writer_begin_object (list->writer);
  tai_json_writer_add_int (list->writer, "seq", row->seq);
  tai_json_writer_add_string (list->writer, "order", row->order);
  tai_json_writer_add_string (list->writer, "state", row->state);
  tai_json_writer_add_string (list->writer, "reason", row->reason);
  g_autofree char *time = tai_time_to_text (row->at_us);
  tai_json_writer_add_string (list->writer, "time", time);
  if (row->debt != NULL)
    write_raw (list->writer, "debt", row->debt);
  tai_json_writer_end_object (list->writer);
  list->count++;
  list->last = row->seq;
  return TRUE;
}

static gboolean
read_after (HqQuery *query, gint64 *after)
{
  const char *text = hq_query_param (query, "after");
  return text == NULL || g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, after, NULL);
}

void
hq_feed_get (HqCall *call)
{
  const HqTerminalRow *terminal = &call->seat->row;
  g_auto (HqQuery) query = {0};
  gint64 after = 0;
  if (!hq_query_parse (&query, call, FEED_LIMIT))
    return;
  if (!read_after (&query, &after)) {
    hq_response_fail (call->response, 400, "query", "after: a number is expected");
    return;
  }
  gint64 limit = CLAMP (query.limit, 1, FEED_LIMIT_MAX);
  FeedList list = {tai_json_writer_new (), 0, after};
  tai_json_writer_begin_object (list.writer);
  write_heads (list.writer, call);
  tai_json_writer_add_array (list.writer, "events");
  call->store->klass->feed_list (call->store, terminal->hall, terminal->id, after, limit, write_event_cb,
                                 &list);
  tai_json_writer_end_array (list.writer);
  /* what lies between is other terminals': one look need not see it again */
  if (list.count < limit)
    list.last = MAX (after, call->store->klass->feed_last (call->store, terminal->hall));
  tai_json_writer_add_int (list.writer, "last", list.last);
  tai_json_writer_end_object (list.writer);
  hq_response_take_text (call->response, 200, tai_json_writer_end_text (list.writer));
}

/* ---- was it committed? ---- */

static void
write_message (TaiJsonWriter *writer, HqCall *call, const char *key)
{
  g_auto (HqMessageRow) row = {0};
  gboolean known = call->store->klass->message_find (call->store, hq_call_hall (call), key, &row);
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "key", key);
  tai_json_writer_key (writer, "known");
  tai_json_writer_bool (writer, known);
  if (known) {
    char hex[65];
    tai_digest_to_hex (row.sha256, hex);
    tai_json_writer_add_int (writer, "status", row.status);
    tai_json_writer_add_string (writer, "id", row.resource);
    tai_json_writer_add_string (writer, "code", row.code);
    tai_json_writer_add_string (writer, "sha256", hex);
  }
  tai_json_writer_end_object (writer);
}

static gboolean
are_keys_good (char **keys)
{
  if (keys == NULL || g_strv_length (keys) == 0 || g_strv_length (keys) > HQ_KEYS_MAX)
    return FALSE;
  for (guint i = 0; keys[i] != NULL; i++)
    if (keys[i][0] == '\0')
      return FALSE;
  return TRUE;
}

void
hq_message_get (HqCall *call)
{
  const char *query = call->request->query;
  const char *start = query != NULL && g_str_has_prefix (query, "keys=") ? query + strlen ("keys=") : NULL;
  g_autofree char *text = start != NULL ? g_uri_unescape_segment (start, strchrnul (start, '&'), NULL) : NULL;
  gboolean valid = text != NULL && g_utf8_validate (text, -1, NULL);
  g_auto (GStrv) keys = valid ? g_strsplit (text, ",", HQ_KEYS_MAX + 2) : NULL;
  if (!are_keys_good (keys)) {
    hq_response_fail (call->response, 400, "keys", "keys=a,b,…: 1 to 100 keys");
    return;
  }
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_array (writer, "messages");
  for (guint i = 0; keys[i] != NULL; i++)
    write_message (writer, call, keys[i]);
  tai_json_writer_end_array (writer);
  tai_json_writer_end_object (writer);
  hq_response_take_text (call->response, 200, tai_json_writer_end_text (writer));
}

/* ---- leases ---- */

static gboolean
read_lease (HqIntake *self)
{
  GError *error = NULL;
  gint64 count = 0;
  const char *kind = tai_json_require_string (self->json, "kind", &error);
  if (kind == NULL || !tai_json_require_int (self->json, "count", &count, &error))
    return hq_intake_refuse_error (self, error);
  if (!self->has_key)
    return hq_intake_refuse (self, 400, "idempotency_key", "a lease is asked for with a key");
  if (strcmp (kind, "msisdn") != 0 && strcmp (kind, "iccid") != 0 && strcmp (kind, "coupon") != 0)
    return hq_intake_refuse (self, 400, "invalid", "kind: msisdn, iccid or coupon");
  if (count < 1 || count > LEASE_COUNT_MAX)
    return hq_intake_refuse (self, 400, "invalid", "count: 1 to %d", LEASE_COUNT_MAX);
  hq_intake_choose_id (self, NULL);
  return TRUE;
}

static gboolean
write_lease_cb (const HqStockRow *row, gpointer data)
{
  TaiJsonWriter *writer = data;
  g_autofree char *until = tai_time_to_text (row->until_us);
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "kind", row->kind);
  tai_json_writer_add_string (writer, "value", row->value);
  tai_json_writer_add_string (writer, "grade", row->grade);
  tai_json_writer_add_string (writer, "until", until);
  tai_json_writer_end_object (writer);
  return TRUE;
}

static gboolean
insert_lease (HqIntake *self)
{
  HqStore *store = self->call->store;
  const char *kind = tai_json_require_string (self->json, "kind", NULL);
  const char *terminal = self->message.terminal;
  gint64 count = 0;
  tai_json_require_int (self->json, "count", &count, NULL);
  gint64 room = hq_store_get_number (store, "lease_limit", LEASE_LIMIT) -
                store->klass->stock_count_leased (store, kind, terminal);
  gint64 until = self->message.at_us + hq_store_get_number (store, "lease_days", LEASE_DAYS) * DAY_US;
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_array (writer, "resources");
  if (room > 0)
    store->klass->stock_lease (store, kind, MIN (count, room), terminal, self->message.at_us, until,
                               write_lease_cb, writer);
  tai_json_writer_end_array (writer);
  tai_json_writer_end_object (writer);
  self->message.answer = tai_json_writer_end_bytes (writer);
  return TRUE;
}

static void
answer_lease (HqIntake *self, const HqMessageRow *stored)
{
  gsize size;
  const char *bytes = g_bytes_get_data (stored->answer, &size);
  hq_response_take_text (self->call->response, 201, g_strndup (bytes, size));
}

const HqIntakeClass hq_lease_intake = {HQ_MESSAGE_LEASE, NULL, NULL, read_lease, insert_lease, answer_lease};

void
hq_lease_post (HqCall *call)
{
  hq_message_take (call, &hq_lease_intake);
}

/* ---- staff ---- */

static gboolean
add_staff_cb (const char *number, GBytes *body, gpointer data)
{
  GString *out = data;
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  if (out->str[out->len - 1] != '[')
    g_string_append_c (out, ',');
  g_string_append_len (out, bytes, (gssize)size);
  return TRUE;
}

/* "[…]" */
static GString *
list_staff (HqStore *store, const char *hall)
{
  GString *out = g_string_new ("[");
  store->klass->staff_list (store, hall, add_staff_cb, out);
  return g_string_append_c (out, ']');
}

void
hq_staff_get (HqCall *call)
{
  g_autoptr (GString) list = list_staff (call->store, hq_call_hall (call));
  char hex[65];
  tai_digest_to_hex (hq_digest (list->str, list->len), hex);
  if (hq_respond_not_modified (call, hex))
    return;
  GString *out = g_string_new ("{\"staff\":");
  g_string_append_len (out, list->str, (gssize)list->len);
  g_string_append_c (out, '}');
  hq_response_take_string (call->response, 200, out);
}

/* ---- enrolment ---- */

static void
respond_enrolled (HqCall *call, const HqCodeRow *code)
{
  const HqSecrets *secrets = &call->store->secrets;
  g_autoptr (GString) staff = list_staff (call->store, code->hall);
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "certificate", code->certificate);
  tai_json_writer_add_string (writer, "ca", secrets->ca_pem);
  write_raw (writer, "terminal", code->profile);
  if (secrets->box_key != NULL) {
    TaiSealPublicKey public = tai_seal_key_get_public (secrets->box_key);
    g_autofree char *text = tai_seal_public_key_to_text (&public);
    tai_json_writer_add_string (writer, "box_key", text);
  }
  write_raw (writer, "staff", staff->str);
  tai_json_writer_end_object (writer);
  hq_response_take_text (call->response, 201, tai_json_writer_end_text (writer));
}

typedef struct {
  const HqCodeRow *code;
  char *till;        /* (owned) that the code's terminal would have */
  gboolean is_taken; /* by another terminal of the hall */
} TillLook;

static char *
read_till (const char *profile)
{
  g_autoptr (TaiJson) json = tai_json_parse (profile, -1, NULL, NULL);
  return json != NULL ? g_strdup (tai_json_require_string (json, "till", NULL)) : NULL;
}

static gboolean
look_at_till_cb (const HqTerminalRow *row, gpointer data)
{
  TillLook *look = data;
  g_autofree char *till = NULL;
  if (row->revoked || strcmp (row->id, look->code->terminal) == 0 ||
      strcmp (row->klass, look->code->klass) != 0)
    return TRUE;
  till = read_till (row->profile);
  look->is_taken = g_strcmp0 (till, look->till) == 0;
  return !look->is_taken;
}

/* A drawer is one terminal's: two would open it twice, and count their receipts by the same numbers. Who takes the place of another
 * has that one revoked first; a training terminal stands beside the real one and has papers of its own. */
static gboolean
is_till_taken (HqStore *store, const HqCodeRow *code)
{
  TillLook look = {code, read_till (code->profile), FALSE};
  if (look.till != NULL)
    store->klass->terminal_list (store, code->hall, look_at_till_cb, &look);
  g_free (look.till);
  return look.is_taken;
}

static void
enrol (HqCall *call, HqCodeRow *code, const char *csr)
{
  HqStore *store = call->store;
  g_autoptr (GError) error = NULL;
  g_autofree char *certificate =
      store->secrets.sign (csr, code, call->request->now_us, store->secrets.sign_data, &error);
  if (certificate == NULL) {
    hq_response_fail (call->response, 400, "csr", error->message);
    return;
  }
  code->certificate = certificate;
  code->csr = hq_digest (csr, strlen (csr));
  HqTerminalRow terminal = {
      .id = code->terminal, .hall = code->hall, .klass = code->klass, .profile = code->profile};
  store->klass->terminal_put (store, &terminal);
  store->klass->code_use (store, code);
  respond_enrolled (call, code);
  code->certificate = NULL;
}

static void
use_code (HqCall *call, HqCodeRow *code, const char *csr)
{
  /* the answer may have been lost: the same request gets the same certificate again */
  gboolean same = code->used && tai_digest_equal (code->csr, hq_digest (csr, strlen (csr)));
  if (code->expires_us <= call->request->now_us)
    hq_response_fail (call->response, 403, "code_expired", "the enrolment code is no longer valid");
  else if (same)
    respond_enrolled (call, code);
  else if (code->used)
    hq_response_fail (call->response, 403, "code_used", "the enrolment code was used before");
  else if (is_till_taken (call->store, code))
    hq_response_fail (call->response, 409, "till_taken",
                      "another terminal of the hall has this till; revoke that one first");
  else
    enrol (call, code, csr);
}

/* The secret part: what is before the fingerprint of the authority. */
static TaiDigest
digest_code (const char *code)
{
  const char *dash = strrchr (code, '-');
  return hq_digest (code, dash != NULL ? (gsize)(dash - code) : strlen (code));
}

void
hq_enrol_post (HqCall *call)
{
  g_autoptr (GError) error = NULL;
  g_auto (HqCodeRow) row = {0};
  gsize size = 0;
  const char *bytes = call->request->body != NULL ? g_bytes_get_data (call->request->body, &size) : NULL;
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, &error);
  const char *code = json != NULL ? tai_json_require_string (json, "code", &error) : NULL;
  const char *csr = code != NULL ? tai_json_require_string (json, "csr", &error) : NULL;
  if (csr == NULL)
    hq_response_fail (call->response, 400, "invalid", error->message);
  else if (strlen (csr) > CSR_MAX_BYTES || strlen (code) > CODE_MAX_BYTES)
    hq_response_fail (call->response, 413, "size", "code or csr is too long");
  else if (call->store->secrets.sign == NULL)
    hq_response_fail (call->response, 403, "no_enrolment", "this headquarters enrols nobody");
  else if (!call->store->klass->code_find (call->store, digest_code (code), &row))
    hq_response_fail (call->response, 403, "code_unknown", "there is no such enrolment code");
  else
    use_code (call, &row, csr);
}

void
hq_ca_get (HqCall *call)
{
  const char *pem = call->store->secrets.ca_pem;
  if (pem == NULL) {
    hq_response_fail (call->response, 404, "unknown", "this headquarters has no authority");
    return;
  }
  call->response->status = 200;
  call->response->content_type = "application/x-pem-file";
  call->response->body = g_bytes_new (pem, strlen (pem));
}
