/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line over real TLS: what goes out, what comes back, and what each way of failing proves. */
#include "tai-curl.h"

#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>

#include "tai-loop-clock.h"
#include "tai-offline-error.h"
#include "tai-test-server.h"

#define DEADLINE_MS 20000

typedef struct {
  TaiTestCerts *certs;
  TaiTestServer *server;
  TaiClock *clock;
  TaiHeadquarters *line;
  /* what the server answers, and what it saw last (under the lock) */
  GMutex lock;
  int status;
  const char *body;
  gsize size;
  const char *header[8];
  char *seen; /* lines of what came */
  char *client;
  guint hang_up_from; /* requests from this number on are not answered */
  guint hang_up_to;   /* and up to this one; 0: none is any more */
  guint n_seen;
} Fixture;

static void
handle (const TaiTestRequest *request, TaiTestAnswer *answer, gpointer data)
{
  static const char *const names[] = {"content-type",   "idempotency-key", "x-guitai-seq",
                                      "content-digest", "if-none-match",   "prefer",
                                      "expect",         "authorization",   "cookie"};
  Fixture *f = data;
  GString *seen = g_string_new (NULL);
  gboolean is_dead;

  g_mutex_lock (&f->lock);
  g_string_append_printf (seen, "%s %s\n", request->method, request->path);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = g_hash_table_lookup (request->headers, names[i]);
    if (value != NULL)
      g_string_append_printf (seen, "%s: %s\n", names[i], value);
  }
  g_string_append_printf (seen, "\n%s", request->body->str);
  g_free (f->seen);
  f->seen = g_string_free (seen, FALSE);
  g_free (f->client);
  f->client = g_strdup (request->client);
  f->n_seen++;
  is_dead = f->hang_up_from != 0 && f->n_seen >= f->hang_up_from &&
            (f->hang_up_to == 0 || f->n_seen <= f->hang_up_to);
  answer->status = is_dead ? 0 : f->status;
  answer->body = g_memdup2 (f->body, f->size ? f->size : strlen (f->body) + 1);
  answer->size = f->size;
  for (guint i = 0; f->header[i] != NULL; i += 2)
    tai_test_answer_add_header (answer, f->header[i], f->header[i + 1]);
  g_mutex_unlock (&f->lock);
}

static TaiHeadquarters *
make_line (Fixture *f, const char *url, const char *ca_file, gboolean with_cert, guint n)
{
  g_autoptr (GError) error = NULL;
  TaiCurlSettings settings = {.base_url = url,
                              .ca_file = ca_file,
                              .cert_file = with_cert ? f->certs->client_cert : NULL,
                              .key_file = with_cert ? f->certs->client_key : NULL,
                              .max_connections = n,
                              .clock = f->clock};
  TaiCurl *line = tai_curl_new (&settings, &error);

  g_assert_no_error (error);
  return TAI_HEADQUARTERS (line);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *url = NULL;

  g_mutex_init (&f->lock);
  f->certs = tai_test_certs_new ("127.0.0.1", "H017T2");
  f->clock = TAI_CLOCK (tai_loop_clock_new ());
  f->status = 200;
  f->body = "{\"id\":\"1\"}";
  f->server = tai_test_server_new (f->certs, handle, f);
  url = tai_test_server_get_url (f->server);
  f->line = make_line (f, url, f->certs->ca_file, TRUE, 4);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->line);
  g_clear_pointer (&f->server, tai_test_server_free);
  tai_test_certs_free (f->certs);
  g_object_unref (f->clock);
  g_free (f->seen);
  g_free (f->client);
  g_mutex_clear (&f->lock);
}

typedef struct {
  TaiLine line;
  int status;
  char *body, *etag, *location, *detail;
  gsize size;
  gint64 retry_after_ms, date_us;
  guint n;
} Outcome;

static void
outcome_clear (Outcome *o)
{
  g_clear_pointer (&o->body, g_free);
  g_clear_pointer (&o->etag, g_free);
  g_clear_pointer (&o->location, g_free);
  g_clear_pointer (&o->detail, g_free);
  memset (o, 0, sizeof *o);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
done_cb (const TaiReply *reply, gpointer data)
{
  Outcome *o = data;

  o->n++;
  o->line = reply->line;
  o->status = reply->status;
  g_free (o->body);
  o->body =
      reply->body ? g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body)) : NULL;
  o->size = reply->body ? g_bytes_get_size (reply->body) : 0;
  g_free (o->etag);
  o->etag = g_strdup (reply->etag);
  g_free (o->location);
  o->location = g_strdup (reply->location);
  g_free (o->detail);
  o->detail = g_strdup (reply->detail);
  o->retry_after_ms = reply->retry_after_ms;
  o->date_us = reply->date_us;
  if (reply->line != TAI_LINE_OK) {
    g_assert_cmpint (reply->status, ==, 0);
    g_assert_nonnull (reply->detail);
  }
}

static void
ask (TaiHeadquarters *line, const TaiRequest *request, Outcome *o)
{
  outcome_clear (o);
  tai_headquarters_send (line, request, done_cb, o);
  g_assert_cmpuint (o->n, ==, 0); /* never from inside */
  g_assert_true (tai_loop_wait (&o->n, 1, DEADLINE_MS));
  g_assert_cmpuint (o->n, ==, 1);
}

static void
get (TaiHeadquarters *line, const char *path, Outcome *o)
{
  TaiRequest request = {.method = "GET", .path = path, .timeout_ms = 10000};
  ask (line, &request, o);
}

static void
post (TaiHeadquarters *line, const char *body, Outcome *o)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  TaiDigest digest = tai_digest_bytes (body, strlen (body));
  TaiRequest request = {.method = "POST",
                        .path = TAI_PATH_ORDER,
                        .body = bytes,
                        .content_type = "application/json",
                        .idempotency_key = "0198",
                        .terminal_seq = 17,
                        .digest = &digest,
                        .timeout_ms = 10000};
  ask (line, &request, o);
}

static void
test_sends_all (Fixture *f, gconstpointer data)
{
  g_auto (Outcome) o = {0};

  post (f->line, "{\"a\":1}", &o);
  g_assert_cmpint (o.status, ==, 200);
  g_assert_cmpstr (o.body, ==, "{\"id\":\"1\"}");
  g_assert_cmpstr (f->seen, ==,
                   "POST /tmf-api/productOrderingManagement/v4/productOrder\n"
                   "content-type: application/json\n"
                   "idempotency-key: 0198\n"
                   "x-guitai-seq: 17\n"
                   "content-digest: sha-256=:AVq9f1zFei3ZS3WQ8ErYCEJzkF7jPsXOvq5iJ2qX+GI=:\n"
                   "prefer: return=minimal\n"
                   "\n{\"a\":1}");
  g_assert_cmpstr (f->client, ==, "H017T2");
}

static void
test_next_request_is_clean (Fixture *f, gconstpointer data)
{
  g_auto (Outcome) o = {0};
  TaiRequest request = {.method = "GET", .path = "/x?a=b", .if_none_match = "\"v1\"", .timeout_ms = 10000};

  post (f->line, "{\"a\":1}", &o);
  ask (f->line, &request, &o);
  g_assert_cmpstr (f->seen, ==, "GET /x?a=b\nif-none-match: \"v1\"\n\n");
  get (f->line, "/y", &o);
  g_assert_cmpstr (f->seen, ==, "GET /y\n\n");
}

static void
test_reads_headers (Fixture *f, gconstpointer data)
{
  static const char *const headers[] = {"ETag", "\"v2\"", "Location", "/a/1", "Retry-After", "7", NULL};
  g_auto (Outcome) o = {0};

  memcpy (f->header, headers, sizeof headers);
  f->status = 503;
  get (f->line, "/x", &o);
  g_assert_cmpint (o.line, ==, TAI_LINE_OK);
  g_assert_cmpint (o.status, ==, 503);
  g_assert_cmpstr (o.etag, ==, "\"v2\"");
  g_assert_cmpstr (o.location, ==, "/a/1");
  g_assert_cmpint (o.retry_after_ms, ==, 7000);
  g_assert_cmpint (ABS (o.date_us - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);

  f->header[0] = NULL; /* nothing stays from the one before */
  get (f->line, "/x", &o);
  g_assert_null (o.etag);
  g_assert_null (o.location);
  g_assert_cmpint (o.retry_after_ms, ==, 0);
}

/* As a date it counts from HQ's Date, whatever our clock says. */
static void
test_retry_after_date (Fixture *f, gconstpointer data)
{
  static const char *const headers[] = {"Date", "Wed, 21 Oct 2015 07:28:00 GMT", "Retry-After",
                                        "Wed, 21 Oct 2015 07:30:00 GMT", NULL};
  g_auto (Outcome) o = {0};

  memcpy (f->header, headers, sizeof headers);
  get (f->line, "/x", &o);
  if (o.date_us == G_GINT64_CONSTANT (1445412480) * G_USEC_PER_SEC)
    g_assert_cmpint (o.retry_after_ms, ==, 120000);
  f->header[3] = "soon";
  get (f->line, "/x", &o);
  g_assert_cmpint (o.retry_after_ms, ==, 0);
}

static void
test_keeps_connections (Fixture *f, gconstpointer data)
{
  Outcome o[60] = {0};
  TaiRequest request = {.method = "GET", .path = "/x", .timeout_ms = 10000};

  for (guint round = 0; round < 3; round++) {
    for (guint i = 0; i < G_N_ELEMENTS (o); i++) {
      outcome_clear (&o[i]);
      tai_headquarters_send (f->line, &request, done_cb, &o[i]);
    }
    for (guint i = 0; i < G_N_ELEMENTS (o); i++) {
      g_assert_true (tai_loop_wait (&o[i].n, 1, DEADLINE_MS));
      g_assert_cmpint (o[i].status, ==, 200);
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (o); i++)
    outcome_clear (&o[i]);
  g_assert_cmpuint (tai_test_server_get_n_requests (f->server), ==, 180);
  g_assert_cmpuint (tai_test_server_get_n_connections (f->server), <=, 4);
}

/* A server that came back has left all kept connections behind. Curl tries five more of them and gives up: one more request goes
 * out, on a new one. */
static void
test_all_kept_ones_dead (Fixture *f, gconstpointer data)
{
  g_autofree char *url = tai_test_server_get_url (f->server);
  g_autoptr (TaiHeadquarters) line = make_line (f, url, f->certs->ca_file, TRUE, 8);
  TaiRequest request = {.method = "GET", .path = "/x", .timeout_ms = 10000};
  Outcome first[8] = {0};
  g_auto (Outcome) o = {0};

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    tai_headquarters_send (line, &request, done_cb, &first[i]);
  for (guint i = 0; i < G_N_ELEMENTS (first); i++) {
    g_assert_true (tai_loop_wait (&first[i].n, 1, DEADLINE_MS));
    outcome_clear (&first[i]);
  }
  g_assert_cmpuint (tai_test_server_get_n_connections (f->server), ==, 8);
  f->hang_up_from = 9;
  f->hang_up_to = 14;
  post (line, "{}", &o);
  g_assert_cmpint (o.status, ==, 200);
  g_assert_cmpuint (f->n_seen, ==, 15);
  g_assert_cmpuint (tai_test_server_get_n_connections (f->server), ==, 9);
}

static void
test_does_not_follow (Fixture *f, gconstpointer data)
{
  static const char *const headers[] = {"Location", "/elsewhere", NULL};
  g_auto (Outcome) o = {0};

  memcpy (f->header, headers, sizeof headers);
  f->status = 302;
  get (f->line, "/x", &o);
  g_assert_cmpint (o.status, ==, 302);
  g_assert_cmpuint (tai_test_server_get_n_requests (f->server), ==, 1);
}

static void
test_reply_limit (Fixture *f, gconstpointer data)
{
  g_autofree char *big = g_malloc0 (TAI_REPLY_MAX_BYTES + 1);
  g_auto (Outcome) o = {0};

  memset (big, 'x', TAI_REPLY_MAX_BYTES + 1);
  f->body = big;
  f->size = TAI_REPLY_MAX_BYTES;
  get (f->line, "/x", &o);
  g_assert_cmpint (o.status, ==, 200);
  g_assert_cmpuint (o.size, ==, TAI_REPLY_MAX_BYTES);
  f->size = TAI_REPLY_MAX_BYTES + 1;
  get (f->line, "/x", &o);
  g_assert_cmpint (o.line, ==, TAI_LINE_LOST);
  g_assert_nonnull (strstr (o.detail, "longer than"));
  f->size = 0;
  f->body = "{}";
  get (f->line, "/x", &o); /* the line still works */
  g_assert_cmpstr (o.body, ==, "{}");
}

static void
assert_not_reached (TaiHeadquarters *line, const char *words)
{
  g_auto (Outcome) o = {0};

  post (line, "{}", &o);
  g_assert_cmpint (o.line, ==, TAI_LINE_NOT_REACHED);
  if (strstr (o.detail, words) == NULL)
    g_error ("\"%s\" does not say \"%s\"", o.detail, words);
}

static void
test_not_reached (Fixture *f, gconstpointer data)
{
  g_autofree char *closed = g_strdup_printf ("https://127.0.0.1:%u", tai_test_closed_port ());
  g_autofree char *other_name =
      g_strdup_printf ("https://localhost:%u", tai_test_server_get_port (f->server));
  g_autofree char *url = tai_test_server_get_url (f->server);
  g_autoptr (TaiTestCerts) others = tai_test_certs_new ("127.0.0.1", "X");
  g_autoptr (TaiHeadquarters) dead = make_line (f, closed, f->certs->ca_file, TRUE, 1);
  g_autoptr (TaiHeadquarters) nowhere = make_line (f, "https://hq.invalid", f->certs->ca_file, TRUE, 1);
  g_autoptr (TaiHeadquarters) stranger = make_line (f, url, others->ca_file, TRUE, 1);
  g_autoptr (TaiHeadquarters) misnamed = make_line (f, other_name, f->certs->ca_file, TRUE, 1);
  g_autoptr (TaiHeadquarters) no_ca = make_line (f, url, "/nonexistent/ca.crt", TRUE, 1);

  assert_not_reached (dead, "cable");
  assert_not_reached (nowhere, "DNS");
  assert_not_reached (stranger, "certificate of our HQ");
  assert_not_reached (misnamed, "certificate of our HQ");
  assert_not_reached (no_ca, "");
  g_assert_cmpuint (tai_test_server_get_n_requests (f->server), ==, 0);
}

/* Someone who answers in plain HTTP, and someone who accepts and says nothing. */
static void
test_no_tls (Fixture *f, gconstpointer data)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_autofree char *url = NULL;
  g_autoptr (TaiHeadquarters) line = NULL;
  g_auto (Outcome) o = {0};
  TaiRequest request = {.method = "GET", .path = "/x", .timeout_ms = 300};

  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, size), ==, 0);
  g_assert_cmpint (listen (fd, 4), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *)&address, &size), ==, 0);
  url = g_strdup_printf ("https://127.0.0.1:%u", ntohs (address.sin_port));
  line = make_line (f, url, f->certs->ca_file, FALSE, 1);
  ask (line, &request, &o);
  g_assert_cmpint (o.line, ==, TAI_LINE_NOT_REACHED);
  g_assert_nonnull (strstr (o.detail, "in time"));
  close (fd);
}

static void
test_lost (Fixture *f, gconstpointer data)
{
  g_auto (Outcome) o = {0};

  f->hang_up_from = 1;
  post (f->line, "{}", &o);
  g_assert_cmpint (o.line, ==, TAI_LINE_LOST);
  g_assert_cmpuint (f->n_seen, ==, 1); /* it had arrived */
}

static void
count_cb (TaiCurl *curl, guint *n)
{
  (*n)++;
}

/* Who looks after the line hears of every request that was asked in vain, and of no other. */
static void
test_unanswered (Fixture *f, gconstpointer data)
{
  g_autofree char *closed = g_strdup_printf ("https://127.0.0.1:%u", tai_test_closed_port ());
  g_autoptr (TaiHeadquarters) dead = make_line (f, closed, f->certs->ca_file, TRUE, 1);
  guint n = 0;

  g_signal_connect (f->line, "unanswered", G_CALLBACK (count_cb), &n);
  g_signal_connect (dead, "unanswered", G_CALLBACK (count_cb), &n);
  {
    g_auto (Outcome) o = {0};
    f->status = 503;
    post (f->line, "{}", &o);
    g_assert_cmpuint (n, ==, 0); /* an answer is an answer */
  }
  {
    g_auto (Outcome) o = {0};
    post (dead, "{}", &o);
    g_assert_cmpuint (n, ==, 1);
  }
  {
    g_auto (Outcome) o = {0};
    f->hang_up_from = 2;
    post (f->line, "{}", &o);
    g_assert_cmpuint (n, ==, 2);
  }
}

/* A kept connection dies under the request, and then nobody is there any more: the first try proves nothing. */
static void
test_lost_on_kept_connection (Fixture *f, gconstpointer data)
{
  g_auto (Outcome) o = {0};

  post (f->line, "{}", &o);
  g_assert_cmpint (o.status, ==, 200);
  f->hang_up_from = 2;
  post (f->line, "{}", &o);
  g_assert_cmpint (o.line, ==, TAI_LINE_LOST);
  g_clear_pointer (&f->server, tai_test_server_free);
  post (f->line, "{}", &o);
  g_assert_cmpint (o.line, ==, TAI_LINE_NOT_REACHED);
}

/* For a server without idempotency. Curl itself sends a POST again when a kept connection dies before the answer: it would be
 * there twice, and nobody had asked for it. On a connection of its own it is not repeated. */
static void
test_once (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  TaiRequest request = {.method = "POST",
                        .path = "/x",
                        .body = body,
                        .content_type = "application/json",
                        .authorization = "Bearer token",
                        .timeout_ms = 10000};
  g_auto (Outcome) o = {0};

  for (guint i = 0; i < 2; i++) {
    request.is_once = i == 1;
    f->hang_up_from = f->n_seen = 0;
    get (f->line, "/keep", &o);
    g_assert_cmpint (o.status, ==, 200);
    f->hang_up_from = 2;
    ask (f->line, &request, &o);
    g_assert_cmpint (o.line, ==, TAI_LINE_LOST);
    g_assert_cmpuint (f->n_seen, ==, i == 1 ? 2 : 3);
  }
  f->hang_up_from = 0;
  ask (f->line, &request, &o);
  g_assert_cmpstr (f->seen, ==, "POST /x\ncontent-type: application/json\nauthorization: Bearer token\n\n{}");
}

static void
test_no_certificate (Fixture *f, gconstpointer data)
{
  g_autofree char *url = tai_test_server_get_url (f->server);
  g_autoptr (TaiHeadquarters) line = make_line (f, url, f->certs->ca_file, FALSE, 1);
  g_auto (Outcome) o = {0};

  get (line, "/x", &o);
  g_assert_cmpint (o.status, ==, 200);
  g_assert_null (f->client);
}

static void
test_ca_in_memory (Fixture *f, gconstpointer data)
{
  g_autofree char *url = tai_test_server_get_url (f->server);
  g_autofree char *pem = tai_test_certs_read (f->certs->ca_file);
  g_autoptr (GBytes) ca = g_bytes_new (pem, strlen (pem));
  g_autoptr (TaiTestCerts) others = tai_test_certs_new ("127.0.0.1", "X");
  g_autofree char *other_pem = tai_test_certs_read (others->ca_file);
  g_autoptr (GBytes) other_ca = g_bytes_new (other_pem, strlen (other_pem));
  TaiCurlSettings settings = {.base_url = url, .ca_pem = ca, .clock = f->clock};
  TaiCurlSettings other = {.base_url = url, .ca_pem = other_ca, .clock = f->clock};
  g_autoptr (TaiHeadquarters) line = TAI_HEADQUARTERS (tai_curl_new (&settings, NULL));
  g_autoptr (TaiHeadquarters) stranger = TAI_HEADQUARTERS (tai_curl_new (&other, NULL));
  g_auto (Outcome) o = {0};

  get (line, "/x", &o);
  g_assert_cmpint (o.status, ==, 200);
  get (stranger, "/x", &o);
  g_assert_cmpint (o.line, ==, TAI_LINE_NOT_REACHED);
}

/* Before the CA is known nothing but the CA is asked for. */
static void
test_without_ca (Fixture *f, gconstpointer data)
{
  g_autofree char *url = tai_test_server_get_url (f->server);
  TaiCurlSettings settings = {.base_url = url, .clock = f->clock};
  g_autoptr (TaiHeadquarters) line = TAI_HEADQUARTERS (tai_curl_new (&settings, NULL));
  g_auto (Outcome) o = {0};

  get (line, TAI_PATH_CA, &o);
  g_assert_cmpint (o.status, ==, 200);
  if (g_test_subprocess ()) {
    get (line, "/guitai/v1/status", &o);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static void
test_https_only (void)
{
  g_autoptr (TaiClock) clock = TAI_CLOCK (tai_loop_clock_new ());
  g_autoptr (GError) error = NULL;
  TaiCurlSettings settings = {.base_url = "http://127.0.0.1", .clock = clock};

  g_assert_null (tai_curl_new (&settings, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_FAILED);
  g_clear_error (&error);
  /* a helper on this very machine may do the TLS, where that is said; nobody farther away */
  static const char *const far[] = {"http://hq.example", "http://127.0.0.1.hq.example",
                                    "http://127.0.0.1@hq.example", "ftp://127.0.0.1"};
  settings.may_be_plain = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (far); i++) {
    settings.base_url = far[i];
    g_assert_null (tai_curl_new (&settings, &error));
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_FAILED);
    g_clear_error (&error);
  }
  settings.base_url = "http://127.0.0.1:8080";
  g_autoptr (TaiCurl) line = tai_curl_new (&settings, &error);
  g_assert_no_error (error);
}

/* The environment's proxy is nobody's business. */
static void
test_no_proxy (Fixture *f, gconstpointer data)
{
  g_autofree char *url = tai_test_server_get_url (f->server);
  g_autoptr (TaiHeadquarters) line = NULL;
  g_auto (Outcome) o = {0};

  g_setenv ("https_proxy", "http://127.0.0.1:1", TRUE);
  line = make_line (f, url, f->certs->ca_file, TRUE, 1);
  get (line, "/x", &o);
  g_unsetenv ("https_proxy");
  g_assert_cmpint (o.status, ==, 200);
}

/* Whoever waits hears of the end of the line. */
static void
test_dispose (Fixture *f, gconstpointer data)
{
  g_auto (Outcome) o = {0};
  TaiRequest request = {.method = "GET", .path = "/x", .timeout_ms = 10000};

  tai_headquarters_send (f->line, &request, done_cb, &o);
  g_clear_object (&f->line);
  g_assert_cmpuint (o.n, ==, 1);
  g_assert_cmpint (o.line, ==, TAI_LINE_NOT_REACHED);
}

#define ADD(name, func) g_test_add ("/curl/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sends-all", test_sends_all);
  ADD ("next-request-is-clean", test_next_request_is_clean);
  ADD ("reads-headers", test_reads_headers);
  ADD ("retry-after-date", test_retry_after_date);
  ADD ("keeps-connections", test_keeps_connections);
  ADD ("all-kept-ones-dead", test_all_kept_ones_dead);
  ADD ("does-not-follow", test_does_not_follow);
  ADD ("reply-limit", test_reply_limit);
  ADD ("not-reached", test_not_reached);
  ADD ("no-tls", test_no_tls);
  ADD ("lost", test_lost);
  ADD ("unanswered", test_unanswered);
  ADD ("lost-on-kept-connection", test_lost_on_kept_connection);
  ADD ("once", test_once);
  ADD ("no-certificate", test_no_certificate);
  ADD ("ca-in-memory", test_ca_in_memory);
  ADD ("without-ca", test_without_ca);
  ADD ("no-proxy", test_no_proxy);
  ADD ("dispose", test_dispose);
  g_test_add_func ("/curl/https-only", test_https_only);
  return g_test_run ();
}
