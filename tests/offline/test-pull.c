/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pulls against answers that a test writes, and enrolment against servers that are not our HQ. */
#include "tai-pull.h"

#include <gnutls/x509.h>
#include <string.h>

#include "tai-enrol.h"
#include "tai-fake-clock.h"
#include "tai-line-fixture.h"
#include "tai-loop-clock.h"
#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-offering-json.h"
#include "tai-test-server.h"

/* The terminal ----------------------------------------------------------------------------------------------------- */

static void
say (TaiLineFixture *f, int status, const char *etag, const char *body)
{
  tai_script_line_say (f->script, status, etag, body);
}

static gboolean
pull_catalogue (TaiLineFixture *f, gboolean *changed, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tai_pull_catalogue_async (&f->ports, NULL, tai_line_fixture_result_cb, &result);
  return tai_pull_catalogue_finish (tai_line_fixture_wait (&result), changed, error);
}

/* The catalogue ---------------------------------------------------------------------------------------------------- */

#define OFFERING(id)                                                                                         \
  "{\"id\":\"" id "\",\"name\":\"n\",\"x-guitai\":{\"kind\":\"service\"},\"productOfferingPrice\":"          \
  "[{\"id\":\"" id                                                                                           \
  "-p\",\"name\":\"p\",\"priceType\":\"recurring\",\"price\":{\"unit\":\"CNY\",\"value\":1.00}}]}"

static void
assert_in_force (TaiLineFixture *f, const char *etag, guint n)
{
  TaiCatalogue *catalogue = tai_desk_get_catalogue (f->desk);
  g_autofree char *stored_etag = NULL;
  g_autoptr (GBytes) stored = tai_store_get_catalogue (f->store, &stored_etag, NULL, NULL);
  g_autoptr (TaiCatalogue) again = stored ? tai_catalogue_from_text (stored, stored_etag, NULL, NULL) : NULL;

  g_assert_nonnull (catalogue);
  g_assert_nonnull (again);
  g_assert_cmpstr (tai_catalogue_get_etag (catalogue), ==, etag);
  g_assert_cmpstr (stored_etag, ==, etag);
  g_assert_cmpuint (tai_catalogue_get_n_offerings (catalogue), ==, n);
  g_assert_cmpuint (tai_catalogue_get_n_offerings (again), ==, n);
}

static void
test_catalogue (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean changed;

  /* A page that is short of what was asked for is not the last. */
  say (f, 200, "\"1\"", "[" OFFERING ("a") "," OFFERING ("b") "]");
  say (f, 200, "\"1\"", " [ " OFFERING ("c") " ] ");
  say (f, 200, "\"1\"", "[]");
  g_assert_true (pull_catalogue (f, &changed, &error));
  g_assert_no_error (error);
  g_assert_true (changed);
  assert_in_force (f, "\"1\"", 3);
  g_assert_cmpstr (tai_script_line_get_asked (f->script)->str, ==,
                   "GET " TAI_PATH_OFFERING "?limit=500&offset=0\n"
                   "GET " TAI_PATH_OFFERING "?limit=500&offset=2\n"
                   "GET " TAI_PATH_OFFERING "?limit=500&offset=3\n");

  g_string_truncate (tai_script_line_get_asked (f->script), 0);
  say (f, 304, "\"1\"", NULL);
  g_assert_true (pull_catalogue (f, &changed, &error));
  g_assert_false (changed);
  g_assert_cmpstr (tai_script_line_get_asked (f->script)->str, ==,
                   "GET " TAI_PATH_OFFERING "?limit=500&offset=0 \"1\"\n");
  assert_in_force (f, "\"1\"", 3);
}

static gint64
catalogue_age (TaiLineFixture *f)
{
  TaiStockFigures stock = {0};

  g_assert_true (tai_visit_store_get_stock (TAI_VISIT_STORE (f->store), &stock, NULL));
  return tai_clock_now (f->clock) - stock.catalogue_us;
}

/* The age of the prices counts from HQ's last word on them: what it says is unchanged is fresh, what it could not say is not. */
static void
test_catalogue_age (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean changed;

  say (f, 200, "\"1\"", "[" OFFERING ("a") "]");
  say (f, 200, "\"1\"", "[]");
  g_assert_true (pull_catalogue (f, &changed, &error));
  g_assert_cmpint (catalogue_age (f), ==, 0);
  tai_fake_clock_advance (TAI_FAKE_CLOCK (f->clock), 4 * G_TIME_SPAN_DAY / 1000);
  g_assert_cmpint (catalogue_age (f), ==, 4 * G_TIME_SPAN_DAY);
  say (f, 503, NULL, NULL);
  g_assert_false (pull_catalogue (f, &changed, &error));
  g_clear_error (&error);
  g_assert_cmpint (catalogue_age (f), ==, 4 * G_TIME_SPAN_DAY);
  say (f, 304, "\"1\"", NULL);
  g_assert_true (pull_catalogue (f, &changed, &error));
  g_assert_no_error (error);
  g_assert_false (changed);
  g_assert_cmpint (catalogue_age (f), ==, 0);
  /* not at each question: an hour is fine enough */
  tai_fake_clock_advance (TAI_FAKE_CLOCK (f->clock), 10 * G_TIME_SPAN_MINUTE / 1000);
  say (f, 304, "\"1\"", NULL);
  g_assert_true (pull_catalogue (f, &changed, &error));
  g_assert_cmpint (catalogue_age (f), ==, 10 * G_TIME_SPAN_MINUTE);
  assert_in_force (f, "\"1\"", 1);
}

/* HQ loads another one between two pages: nothing of the two is mixed. */
static void
test_catalogue_changes (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  say (f, 200, "\"1\"", "[" OFFERING ("a") "]");
  say (f, 200, "\"2\"", "[" OFFERING ("z") "]");
  say (f, 200, "\"2\"", "[" OFFERING ("x") "]");
  say (f, 200, "\"2\"", "[]");
  g_assert_true (pull_catalogue (f, NULL, &error));
  assert_in_force (f, "\"2\"", 1);
  g_assert_nonnull (tai_catalogue_find (tai_desk_get_catalogue (f->desk), "x"));
}

/* Whatever is wrong, the old one stays in force. */
static void
test_catalogue_refused (TaiLineFixture *f, gconstpointer data)
{
  static const struct {
    int status;
    const char *etag, *body;
    GQuark (*domain) (void);
    int code;
    gboolean noted;
  } bad[] = {
      {200, "\"2\"", "[{\"id\":\"a\"}]", NULL, 0, TRUE},
      {200, "\"2\"", "[]", tai_core_error_quark, TAI_CORE_ERROR_CATALOGUE, TRUE},
      {200, "\"2\"", "{}", tai_offline_error_quark, TAI_OFFLINE_ERROR_NOT_HQ, TRUE},
      {200, "\"2\"", "<html>", tai_offline_error_quark, TAI_OFFLINE_ERROR_NOT_HQ, TRUE},
      {200, "\"2\"", NULL, tai_offline_error_quark, TAI_OFFLINE_ERROR_NOT_HQ, TRUE},
      {200, NULL, "[" OFFERING ("a") "]", tai_offline_error_quark, TAI_OFFLINE_ERROR_NOT_HQ, TRUE},
      {0, NULL, NULL, tai_offline_error_quark, TAI_OFFLINE_ERROR_NO_LINE, FALSE},
      {503, NULL, "{\"code\":\"busy\"}", tai_offline_error_quark, TAI_OFFLINE_ERROR_NO_LINE, FALSE},
      {404, NULL, "<html>", tai_offline_error_quark, TAI_OFFLINE_ERROR_NO_LINE, FALSE},
      {403, NULL, "{\"code\":\"who\",\"reason\":\"not you\"}", tai_offline_error_quark,
       TAI_OFFLINE_ERROR_REFUSED, FALSE},
  };

  say (f, 200, "\"1\"", "[" OFFERING ("a") "]");
  say (f, 200, "\"1\"", "[]");
  g_assert_true (pull_catalogue (f, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    gint64 n = tai_line_fixture_get_journal_length (f);

    g_test_message ("%d %s", bad[i].status, bad[i].body ? bad[i].body : "-");
    say (f, bad[i].status, bad[i].etag, bad[i].body);
    if (bad[i].domain == NULL)
      say (f, 200, "\"2\"", "[]");
    g_assert_false (pull_catalogue (f, NULL, &error));
    if (bad[i].domain != NULL)
      g_assert_error (error, bad[i].domain (), bad[i].code);
    g_assert_cmpint (tai_line_fixture_get_journal_length (f) - n, ==, bad[i].noted);
    assert_in_force (f, "\"1\"", 1);
  }
}

static void
test_catalogue_never_ends (TaiLineFixture *f, gconstpointer data)
{
  static const char *const etags[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (etags); i++)
    say (f, 200, etags[i], "[" OFFERING ("a") "]");
  g_assert_false (pull_catalogue (f, NULL, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE);
  g_assert_null (tai_desk_get_catalogue (f->desk));
}

static void
test_cancelled (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  say (f, 200, "\"1\"", "[]");
  tai_pull_catalogue_async (&f->ports, cancellable, tai_line_fixture_result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_false (tai_pull_catalogue_finish (tai_line_fixture_wait (&result), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (tai_desk_get_catalogue (f->desk));
}

/* Staff ------------------------------------------------------------------------------------------------------------ */

#define PIN "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$R2Xq1ZpYQHk1oKQ2KZ8F0j2s9rQO2s0c8cVtq0lJrGk"
#define PERSON(number, more)                                                                                 \
  "{\"number\":\"" number "\",\"name\":\"N\",\"role\":\"clerk\",\"pin\":\"" PIN "\"" more "}"

static gboolean
pull_staff (TaiLineFixture *f, gboolean *changed, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tai_pull_staff_async (&f->ports, NULL, tai_line_fixture_result_cb, &result);
  return tai_pull_staff_finish (tai_line_fixture_wait (&result), changed, error);
}

static TaiStaff *
find_staff (TaiLineFixture *f, const char *number)
{
  guint failures;
  gint64 last_us;

  return tai_visit_store_find_staff (TAI_VISIT_STORE (f->store), number, &failures, &last_us, NULL);
}

static void
test_staff (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean changed;

  say (f, 200, "\"s1\"",
       "{\"staff\":[" PERSON ("1", "") "," PERSON (
           "2", ",\"rights\":[\"audit\",\"of a newer HQ\"],\"disabled\":true") "]}");
  g_assert_true (pull_staff (f, &changed, &error));
  g_assert_no_error (error);
  g_assert_true (changed);
  {
    g_autoptr (TaiStaff) one = find_staff (f, "1");
    g_autoptr (TaiStaff) two = find_staff (f, "2");
    g_assert_cmpint (one->rights, ==, tai_role_default_rights (TAI_ROLE_CLERK));
    g_assert_cmpint (two->rights, ==, TAI_RIGHT_AUDIT);
    g_assert_true (two->disabled);
  }
  say (f, 304, NULL, NULL);
  g_assert_true (pull_staff (f, &changed, &error));
  g_assert_false (changed);
  g_assert_nonnull (strstr (tai_script_line_get_asked (f->script)->str, TAI_PATH_STAFF " \"s1\""));
}

/* Half a list would take somebody's rights away, or leave a thief's. */
static void
test_staff_refused (TaiLineFixture *f, gconstpointer data)
{
  static const char *const bad[] = {
      "{}",
      "{\"staff\":{}}",
      "{\"staff\":[" PERSON ("1", "") "," PERSON ("1", "") "]}",
      "{\"staff\":[" PERSON ("1", "") ",null]}",
      "{\"staff\":[" PERSON ("1", "") ",{\"number\":\"2\"}]}",
      "{\"staff\":[{\"number\":\"1\",\"name\":\"N\",\"role\":\"king\",\"pin\":\"" PIN "\"}]}",
      "{\"staff\":[{\"number\":\"1\",\"name\":\"N\",\"role\":\"clerk\",\"pin\":\"273849\"}]}",
      "{\"staff\":[" PERSON ("1", ",\"rights\":\"all\"") "]}",
      "{\"staff\":[" PERSON ("1", ",\"rights\":[1]") "]}",
      "{\"staff\":[" PERSON ("1", ",\"disabled\":1") "]}",
  };

  say (f, 200, "\"s1\"", "{\"staff\":[" PERSON ("7", "") "]}");
  g_assert_true (pull_staff (f, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TaiStaff) old = NULL;
    gint64 n = tai_line_fixture_get_journal_length (f);

    g_test_message ("%s", bad[i]);
    say (f, 200, "\"s2\"", bad[i]);
    g_assert_false (pull_staff (f, NULL, &error));
    g_assert_nonnull (error);
    g_assert_cmpint (tai_line_fixture_get_journal_length (f), ==, n + 1);
    old = find_staff (f, "7");
    g_assert_nonnull (old);
  }
}

/* Status, lease ---------------------------------------------------------------------------------------------------- */

#define TERMINAL                                                                                                \
  "{\"id\":\"H017T2\",\"hall\":\"H017\",\"desk\":\"3\",\"outlet\":\"H017\",\"region\":\"\",\"class\":\"demo\"," \
  "\"hallName\":\"Hall\",\"till\":\"T2\",\"utcOffsetMinutes\":480,\"currency\":\"CNY\",\"language\":\"zh_CN\"}"

static TaiPulledStatus *
pull_status (TaiLineFixture *f, const char *body, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  say (f, 200, NULL, body);
  tai_pull_status_async (&f->ports, NULL, tai_line_fixture_result_cb, &result);
  return tai_pull_status_finish (tai_line_fixture_wait (&result), error);
}

static void
test_status (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPulledStatus) status = pull_status (
      f,
      "{\"epoch\":\"e\",\"safe_until\":3,\"high_water\":9,\"gaps\":[[4,5]],\"terminal\":" TERMINAL
      ",\"tighten\":[{\"operation\":\"top_up\",\"rule\":\"not_offered\"},"
      "{\"operation\":\"of_a_newer_hq\",\"rule\":\"not_offered\"},{\"operation\":\"top_up\",\"rule\":\"newer\"}],"
      "\"till\":{\"cash_warn_minor\":300000,\"cash_cap_minor\":500000,\"max_difference_minor\":5000}}",
      &error);

  g_assert_no_error (error);
  g_assert_cmpint (status->safe_until, ==, 3);
  g_assert_cmpint (status->high_water, ==, 9);
  g_assert_cmpuint (status->n_gaps, ==, 1);
  g_assert_null (status->blind_key);
  g_assert_cmpint (status->terminal->utc_offset_min, ==, 480);
  g_assert_cmpint (status->terminal->currency, ==, 156);
  g_assert_cmpint (tai_desk_get_rule (f->desk, tai_operation_find ("top_up")), ==, TAI_OFFLINE_NOT_OFFERED);
  g_assert_cmpint (tai_desk_get_till_policy (f->desk).cash_warn_minor, ==, 300000);
  g_assert_cmpint (tai_desk_get_till_policy (f->desk).cash_cap_minor, ==, 500000);
  g_assert_cmpint (tai_desk_get_till_policy (f->desk).recount_over_minor, ==, 0);
  g_assert_cmpint (tai_desk_get_till_policy (f->desk).max_difference_minor, ==, 5000);
}

static void
test_status_refused (TaiLineFixture *f, gconstpointer data)
{
  static const char *const bad[] = {
      "{}",
      "{\"epoch\":\"e\",\"safe_until\":3,\"high_water\":9,\"terminal\":{}}",
      "{\"epoch\":\"e\",\"safe_until\":\"3\",\"high_water\":9,\"terminal\":" TERMINAL "}",
      "{\"epoch\":\"e\",\"safe_until\":3,\"high_water\":9,\"terminal\":" TERMINAL ",\"tighten\":[7]}",
      "{\"epoch\":\"e\",\"safe_until\":3,\"high_water\":9,\"terminal\":" TERMINAL ",\"till\":7}",
      "{\"epoch\":\"e\",\"safe_until\":3,\"high_water\":9,\"terminal\":" TERMINAL
      ",\"till\":{\"cash_cap_minor\":-1}}",
      "{\"epoch\":\"e\",\"safe_until\":3,\"high_water\":9,\"terminal\":" TERMINAL ",\"blind_key\":\"short\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", bad[i]);
    g_assert_null (pull_status (f, bad[i], &error));
    g_assert_nonnull (error);
  }
}

static gint
pull_lease (TaiLineFixture *f, const char *body, GError **error)
{
  TaiUuid key = tai_entropy_uuid (f->entropy, f->clock);
  g_autoptr (GAsyncResult) result = NULL;

  say (f, 201, NULL, body);
  tai_pull_lease_async (&f->ports, TAI_RESOURCE_NUMBER, 2, &key, NULL, tai_line_fixture_result_cb, &result);
  return tai_pull_lease_finish (tai_line_fixture_wait (&result), error);
}

static void
test_lease (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiResource) number = NULL;

  g_assert_cmpint (pull_lease (f, "{\"resources\":[]}", &error), ==, 0);
  g_assert_cmpint (
      pull_lease (f,
                  "{\"resources\":[{\"kind\":\"msisdn\",\"value\":\"13900000001\",\"grade\":\"plain\","
                  "\"until\":\"2026-12-01T00:00:00.000Z\"}]}",
                  &error),
      ==, 1);
  g_assert_no_error (error);
  number = tai_visit_store_find_resource (TAI_VISIT_STORE (f->store), "msisdn", "13900000001", &error);
  g_assert_cmpint (number->state, ==, TAI_RESOURCE_LEASED);
  /* one bad entry: none of the answer is taken */
  g_assert_cmpint (
      pull_lease (f,
                  "{\"resources\":[{\"kind\":\"msisdn\",\"value\":\"13900000002\","
                  "\"until\":\"2026-12-01T00:00:00.000Z\"},{\"kind\":\"msisdn\",\"value\":\"13900000003\","
                  "\"until\":\"soon\"}]}",
                  &error),
      ==, -1);
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ);
  g_assert_null (tai_visit_store_find_resource (TAI_VISIT_STORE (f->store), "msisdn", "13900000002", NULL));
}

/* Enrolment -------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiTestCerts *certs;
  TaiTestServer *server;
  TaiClock *clock;
  char *url, *code;
  GMutex lock;
  const char *certificate_of; /* (nullable) a PEM instead of what the CA makes of the request */
  guint n_lost;               /* answers that get lost first */
  guint n_posts;
  char *first_request;
  gboolean same_request;
} Enrolment;

static void
enrol_handler (const TaiTestRequest *request, TaiTestAnswer *answer, gpointer data)
{
  Enrolment *e = data;
  g_autoptr (TaiJson) json = NULL;
  g_autofree char *certificate = NULL;
  TaiJsonWriter *writer;

  if (strcmp (request->path, "/guitai/v1/ca") == 0) {
    answer->body = tai_test_certs_read (e->certs->ca_file);
    return;
  }
  g_assert_cmpstr (request->path, ==, TAI_PATH_ENROL);
  json = tai_json_parse (request->body->str, (gssize)request->body->len, NULL, NULL);
  g_assert_cmpstr (tai_json_require_string (json, "code", NULL), ==, e->code);
  g_mutex_lock (&e->lock);
  e->n_posts++;
  e->same_request = e->first_request == NULL || strcmp (e->first_request, request->body->str) == 0;
  if (e->first_request == NULL)
    e->first_request = g_strdup (request->body->str);
  answer->status = e->n_posts <= e->n_lost ? 0 : 201;
  g_mutex_unlock (&e->lock);
  certificate = e->certificate_of
                    ? g_strdup (e->certificate_of)
                    : tai_test_certs_sign (e->certs, tai_json_require_string (json, "csr", NULL));
  writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "certificate", certificate);
  tai_json_writer_key (writer, "terminal");
  tai_json_writer_raw (writer, TERMINAL, -1);
  tai_json_writer_add_string (writer, "box_key", "AAAA");
  tai_json_writer_key (writer, "staff");
  tai_json_writer_raw (writer, "[" PERSON ("1", "") "]", -1);
  tai_json_writer_end_object (writer);
  answer->body = tai_json_writer_end_text (writer);
}

static char *
make_code (const char *ca_file)
{
  g_autofree char *pem = tai_test_certs_read (ca_file);
  gnutls_datum_t data = {(guchar *)pem, (unsigned)strlen (pem)};
  gnutls_x509_crt_t ca;
  TaiDigest digest;
  size_t size = sizeof digest.byte;
  char hex[65];

  gnutls_x509_crt_init (&ca);
  g_assert_cmpint (gnutls_x509_crt_import (ca, &data, GNUTLS_X509_FMT_PEM), ==, 0);
  gnutls_x509_crt_get_fingerprint (ca, GNUTLS_DIG_SHA256, digest.byte, &size);
  gnutls_x509_crt_deinit (ca);
  tai_digest_to_hex (digest, hex);
  return g_strdup_printf ("ABCDE-FGHJK-%.16s", hex);
}

static void
enrol_set_up (Enrolment *e, gconstpointer data)
{
  g_mutex_init (&e->lock);
  e->certs = tai_test_certs_new ("127.0.0.1", "H017T2");
  e->clock = TAI_CLOCK (tai_loop_clock_new ());
  e->server = tai_test_server_new (e->certs, enrol_handler, e);
  e->url = tai_test_server_get_url (e->server);
  e->code = make_code (e->certs->ca_file);
}

static void
enrol_tear_down (Enrolment *e, gconstpointer data)
{
  tai_test_server_free (e->server);
  tai_test_certs_free (e->certs);
  g_object_unref (e->clock);
  g_free (e->url);
  g_free (e->code);
  g_free (e->first_request);
  g_mutex_clear (&e->lock);
}

static TaiEnrolment *
enrol (Enrolment *e, const char *url, const char *code, GError **error)
{
  TaiEnrolSettings settings = {.base_url = url, .code = code, .clock = e->clock, .timeout_ms = 5000};
  g_autoptr (GAsyncResult) result = NULL;

  tai_enrol_async (&settings, NULL, tai_line_fixture_result_cb, &result);
  return tai_enrol_finish (tai_line_fixture_wait (&result), error);
}

static void
test_enrol (Enrolment *e, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *typed = g_strdup_printf (" %s\n", e->code);
  g_autoptr (TaiEnrolment) enrolment = enrol (e, e->url, typed, &error);
  g_autofree char *ca = tai_test_certs_read (e->certs->ca_file);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (enrolment->ca_pem, NULL), g_bytes_get_size (enrolment->ca_pem), ca,
                   strlen (ca));
  g_assert_true (g_str_has_prefix (g_bytes_get_data (enrolment->key_pem, NULL), "-----BEGIN"));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (enrolment->key_pem, NULL), 60, "PRIVATE KEY"));
  g_assert_null (strstr (e->first_request, "PRIVATE")); /* it never leaves */
  g_assert_cmpstr (enrolment->terminal->id, ==, "H017T2");
  g_assert_cmpuint (enrolment->staff->len, ==, 1);
}

/* The answer is lost, the code is used up: only the very same request gets it again. */
static void
test_enrol_answer_lost (Enrolment *e, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiEnrolment) enrolment = NULL;

  e->n_lost = 2;
  enrolment = enrol (e, e->url, e->code, &error);
  g_assert_no_error (error);
  g_assert_nonnull (enrolment);
  g_assert_cmpuint (e->n_posts, ==, 3);
  g_assert_true (e->same_request);
}

static void
test_enrol_codes (Enrolment *e, gconstpointer data)
{
  static const char *const bad[] = {"",
                                    "abc",
                                    "-0123456789abcdef",
                                    "A-0123456789abcde",
                                    "A-0123456789abcdeg",
                                    "A 0123456789abcdef",
                                    "A\"-0123456789abcdef"};
  g_autoptr (TaiTestCerts) others = tai_test_certs_new ("127.0.0.1", "X");
  g_autofree char *other_code = make_code (others->ca_file);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_null (enrol (e, e->url, bad[i], &error));
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CODE);
    g_clear_error (&error);
  }
  g_assert_cmpuint (tai_test_server_get_n_requests (e->server), ==, 0);
  /* Another authority answers: the code stays here. */
  g_assert_null (enrol (e, e->url, other_code, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CODE);
  g_assert_cmpuint (e->n_posts, ==, 0);
}

/* A certificate for another key, or from another authority, is none. */
static void
test_enrol_certificates (Enrolment *e, gconstpointer data)
{
  g_autoptr (TaiTestCerts) others = tai_test_certs_new ("127.0.0.1", "X");
  g_autofree char *other_key = tai_test_certs_read (e->certs->client_cert);
  g_autofree char *other_ca = tai_test_certs_read (others->client_cert);
  const char *bad[] = {other_key, other_ca, "none"};

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    e->certificate_of = bad[i];
    g_assert_null (enrol (e, e->url, e->code, &error));
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ);
  }
}

static void
test_enrol_no_line (Enrolment *e, gconstpointer data)
{
  g_autofree char *closed = g_strdup_printf ("https://127.0.0.1:%u", tai_test_closed_port ());
  g_autoptr (GError) error = NULL;

  g_assert_null (enrol (e, closed, e->code, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE);
  g_clear_error (&error);
  g_assert_null (enrol (e, "http://127.0.0.1", e->code, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_FAILED);
}

#define ADD(name, func)                                                                                      \
  g_test_add ("/pull/" name, TaiLineFixture, NULL, tai_line_fixture_set_up, func, tai_line_fixture_tear_down)
#define ADD_ENROL(name, func)                                                                                \
  g_test_add ("/enrol/" name, Enrolment, NULL, enrol_set_up, func, enrol_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("catalogue", test_catalogue);
  ADD ("catalogue-age", test_catalogue_age);
  ADD ("catalogue-changes", test_catalogue_changes);
  ADD ("catalogue-refused", test_catalogue_refused);
  ADD ("catalogue-never-ends", test_catalogue_never_ends);
  ADD ("cancelled", test_cancelled);
  ADD ("staff", test_staff);
  ADD ("staff-refused", test_staff_refused);
  ADD ("status", test_status);
  ADD ("status-refused", test_status_refused);
  ADD ("lease", test_lease);
  ADD_ENROL ("good", test_enrol);
  ADD_ENROL ("answer-lost", test_enrol_answer_lost);
  ADD_ENROL ("codes", test_enrol_codes);
  ADD_ENROL ("certificates", test_enrol_certificates);
  ADD_ENROL ("no-line", test_enrol_no_line);
  return g_test_run ();
}
