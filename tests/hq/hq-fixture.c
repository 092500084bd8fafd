/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"

HqFixture *
hq_fixture_new (void)
{
  g_autoptr (GError) error = NULL;
  HqFixture *self = g_new0 (HqFixture, 1);
  self->store = hq_store_sqlite_new (":memory:", "epoch-1", &error);
  g_assert_no_error (error);
  self->entropy = TAI_ENTROPY (tai_fake_entropy_new (7));
  self->box_key = tai_seal_key_new (self->entropy);
  self->blind_key = tai_seal_key_new (self->entropy);
  self->store->secrets = (HqSecrets){.box_key = self->box_key, .blind_key = self->blind_key, .ca_pem = "PEM"};
  self->now_us = HQ_T0;
  hq_fixture_add_terminal (self, "T1", "H017", "demo");
  hq_fixture_add_terminal (self, "T2", "H017", "demo");
  hq_fixture_add_terminal (self, "T9", "H099", "production");
  return self;
}

void
hq_fixture_free (HqFixture *self)
{
  hq_response_clear (&self->response);
  tai_json_free (self->json);
  hq_store_free (self->store);
  tai_seal_key_free (self->box_key);
  tai_seal_key_free (self->blind_key);
  g_object_unref (self->entropy);
  g_free (self);
}

static void
add_terminal (HqFixture *self, const char *id, const char *hall, const char *klass, const char *more)
{
  g_autofree char *profile =
      g_strdup_printf ("{\"id\":\"%s\",\"hall\":\"%s\",\"class\":\"%s\"%s}", id, hall, klass, more);
  HqTerminalRow row = {.id = id, .hall = hall, .klass = klass, .profile = profile};
  self->store->klass->begin (self->store);
  self->store->klass->terminal_put (self->store, &row);
  self->store->klass->commit (self->store);
  g_assert_no_error (self->store->error);
}

void
hq_fixture_add_terminal (HqFixture *self, const char *id, const char *hall, const char *klass)
{
  add_terminal (self, id, hall, klass, "");
}

void
hq_fixture_add_terminal_at (HqFixture *self, const char *id, const char *hall, const char *klass,
                            int utc_offset_min)
{
  g_autofree char *more = g_strdup_printf (",\"utcOffsetMinutes\":%d", utc_offset_min);
  add_terminal (self, id, hall, klass, more);
}

/* An answer's body is JSON, or lines of it, or a certificate; whatever it is, it is text. */
static void
take_response (HqFixture *self)
{
  g_clear_pointer (&self->json, tai_json_free);
  if (self->response.body == NULL)
    return;
  gsize size;
  const char *bytes = g_bytes_get_data (self->response.body, &size);
  g_assert_true (g_utf8_validate (bytes, (gssize)size, NULL));
  TaiJsonLimits limits = {.max_bytes = HQ_BODY_MAX_BYTES + 1024, .max_values = 2000000};
  self->json = tai_json_parse (bytes, (gssize)size, &limits, NULL);
}

int
hq_fixture_send_bytes (HqFixture *self, const char *method, const char *target, GBytes *body,
                       const HqHeaders *headers)
{
  HqHeaders none = {0};
  const HqHeaders *h = headers != NULL ? headers : &none;
  g_auto (GStrv) parts = g_strsplit (target, "?", 2);
  const char *terminal = h->terminal == NULL ? "T1" : h->terminal[0] != '\0' ? h->terminal : NULL;
  HqRequest request = {.method = method,
                       .path = parts[0],
                       .query = parts[1],
                       .content_type = h->type,
                       .idempotency_key = h->key,
                       .seq = h->seq,
                       .digest = h->digest,
                       .if_none_match = h->none_match,
                       .body = body,
                       .terminal = terminal,
                       .now_us = self->now_us};
  hq_response_clear (&self->response);
  self->response = (HqResponse){0};
  g_autoptr (HqReading) reading = request.reading = self->reads_ahead ? hq_read (&request) : NULL;
  hq_apply (self->store, &request, 1, &self->response);
  take_response (self);
  return self->response.status;
}

int
hq_fixture_send (HqFixture *self, const char *method, const char *target, const char *body,
                 const HqHeaders *headers)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  return hq_fixture_send_bytes (self, method, target, bytes, headers);
}

int
hq_fixture_get (HqFixture *self, const char *target)
{
  return hq_fixture_send (self, "GET", target, NULL, NULL);
}

int
hq_fixture_post (HqFixture *self, const char *path, const char *body, const char *key, gint64 seq)
{
  TaiDigest digest = tai_digest_bytes (body, strlen (body));
  g_autofree char *base64 = g_base64_encode (digest.byte, TAI_DIGEST_SIZE);
  g_autofree char *header = g_strdup_printf ("sha-256=:%s:", base64);
  g_autofree char *number = seq != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, seq) : NULL;
  HqHeaders headers = {.key = key, .seq = number, .digest = header, .type = "application/json"};
  return hq_fixture_send (self, "POST", path, body, &headers);
}

const char *
hq_fixture_text (HqFixture *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  const char *text = tai_json_require_string (self->json, path, &error);
  g_assert_no_error (error);
  return text;
}

gint64
hq_fixture_int (HqFixture *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;
  tai_json_require_int (self->json, path, &value, &error);
  g_assert_no_error (error);
  return value;
}

void
hq_fixture_advance (HqFixture *self)
{
  int moved;
  while ((moved = hq_advance (self->store, self->now_us, 50, NULL)) > 0)
    ;
  g_assert_cmpint (moved, ==, 0);
}

void
hq_fixture_assert_order (HqFixture *self, const char *id, const char *state, const char *reason)
{
  g_autofree char *target = g_strconcat (TAI_PATH_ORDER "/", id, NULL);
  const char *said = "";
  g_assert_cmpint (hq_fixture_get (self, target), ==, 200);
  g_assert_true (tai_json_optional_string (self->json, "x-guitai-reason", &said, NULL));
  g_assert_cmpstr (hq_fixture_text (self, "state"), ==, state);
  g_assert_cmpstr (said, ==, reason);
}

const char *
hq_fixture_uuid (guint number, char uuid[37])
{
  g_snprintf (uuid, 37, "0199f3c2-7d10-7c3a-9b1e-%012u", number);
  return uuid;
}

char *
hq_make_order (const char *id, const char *payment_id)
{
  g_autofree char *payment =
      payment_id != NULL ? g_strdup_printf (",\"payment\":[{\"id\":\"%s\"}]", payment_id) : NULL;
  return g_strdup_printf (
      "{\"externalId\":\"%s\",\"category\":\"topUp\","
      "\"relatedParty\":[{\"id\":\"1042\",\"role\":\"seller\",\"@referredType\":\"Individual\"}],"
      "\"productOrderItem\":[{\"id\":\"10\",\"action\":\"add\",\"quantity\":1,"
      "\"product\":{\"productCharacteristic\":[{\"name\":\"MSISDN\",\"value\":\"13800000001\"}]}}]%s}",
      id, payment != NULL ? payment : "");
}

char *
hq_make_payment (const char *id, const char *order_id, const char *amount)
{
  return g_strdup_printf (
      "{\"correlatorId\":\"%s\",\"account\":{\"id\":\"till\"},\"paymentMethod\":{\"@type\":\"Cash\",\"name\":\"cash\"},"
      "\"totalAmount\":{\"unit\":\"CNY\",\"value\":%s},\"paymentItem\":[{\"id\":\"1\",\"item\":{\"id\":\"%s\"},"
      "\"totalAmount\":{\"unit\":\"CNY\",\"value\":%s}}]}",
      id, amount, order_id, amount);
}

char *
hq_make_sealed (HqFixture *self, const char *id_number, const char *birth, TaiIdentitySource source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiIdentity) identity = tai_identity_new (TAI_DOCUMENT_CITIZEN, source);
  identity->name = g_strdup ("张三");
  identity->number = g_strdup (id_number);
  g_assert_true (tai_date_from_text (birth, &identity->birth));
  g_autoptr (GBytes) plain = tai_identity_to_canonical (identity);
  TaiSealPublicKey public = tai_seal_key_get_public (self->box_key);
  g_autoptr (GBytes) box = tai_seal_to_hq (&public, plain, self->entropy, &error);
  g_assert_no_error (error);
  return tai_seal_box_to_text (box);
}

char *
hq_make_line (HqFixture *self, const char *id, const char *id_number, const char *msisdn, const char *iccid)
{
  g_autofree char *sealed = hq_make_sealed (self, id_number, "1990-01-01", TAI_IDENTITY_READ);
  return g_strdup_printf (
      "{\"externalId\":\"%s\",\"category\":\"newActivation\",\"x-guitai\":{\"operation\":\"new_line\"},"
      "\"relatedParty\":[{\"id\":\"c1\",\"role\":\"customer\",\"@referredType\":\"Customer\"}],"
      "\"productOrderItem\":[{\"id\":\"10\",\"action\":\"add\",\"product\":{\"productCharacteristic\":["
      "{\"name\":\"MSISDN\",\"value\":\"%s\"},{\"name\":\"ICCID\",\"value\":\"%s\"},"
      "{\"name\":\"x-guitai-sealed\",\"value\":\"%s\"}]}}]}",
      id, msisdn, iccid, sealed);
}

static gboolean
ignore_cb (const HqStockRow *row, gpointer data)
{
  return TRUE;
}

void
hq_fixture_add_stock (HqFixture *self, const char *kind, const char *value, const char *terminal)
{
  HqStockRow row = {.kind = kind, .value = value, .state = "free"};
  self->store->klass->begin (self->store);
  self->store->klass->stock_add (self->store, &row);
  if (terminal != NULL)
    self->store->klass->stock_lease (self->store, kind, 1, terminal, self->now_us, self->now_us + 1,
                                     ignore_cb, NULL);
  self->store->klass->commit (self->store);
  g_assert_no_error (self->store->error);
}
