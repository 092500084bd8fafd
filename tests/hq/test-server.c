/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program as a terminal meets it: TLS in both directions, enrolment, HTTP's edges, commands while it runs, its end. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "hq-client.h"
#include "tai-canonical.h"
#include "tai-headquarters.h"

static const char *program;

static void
assert_status (HqProcess *process, const char *identity, const char *method, const char *path, long status)
{
  HqAsk ask = {.method = method, .path = path, .identity = identity};
  g_autoptr (HqAnswer) answer = hq_ask (process, &ask);
  g_assert_cmpint (answer->result, ==, CURLE_OK);
  g_assert_cmpint (answer->status, ==, status);
}

static void
test_who_may (void)
{
  g_autoptr (HqProcess) process = hq_process_new (program), other = hq_process_new (program);
  hq_process_start (process);
  hq_process_start (other);
  hq_enrol (process, "H017T2", "H017");
  hq_enrol (other, "H017T2", "H017");
  hq_make_self_signed (process, "self", "H017T2");
  assert_status (process, "H017T2", "GET", TAI_PATH_STATUS, 200);
  assert_status (process, NULL, "GET", TAI_PATH_STATUS, 403);
  assert_status (process, "self", "GET", TAI_PATH_STATUS, 403);
  assert_status (process, "self", "GET", "/guitai/v1/ca", 200);
  /* a certificate of another operator's authority, for the very same name */
  g_autofree char *foreign = g_strconcat ("../", strrchr (other->folder, '/') + 1, "/H017T2", NULL);
  assert_status (process, foreign, "GET", TAI_PATH_STATUS, 403);
  /* and a terminal does not talk to another's server */
  g_autofree char *foreign_ca = g_strconcat ("../", strrchr (other->folder, '/') + 1, "/ca.crt", NULL);
  HqAsk ask = {.method = "GET", .path = TAI_PATH_STATUS, .identity = "H017T2", .ca = foreign_ca};
  g_autoptr (HqAnswer) refused = hq_ask (process, &ask);
  g_assert_cmpint (refused->result, ==, CURLE_PEER_FAILED_VERIFICATION);
  /* revoked: from the next request on */
  g_assert_cmpint (hq_process_run (process, NULL, "revoke", "H017T2", NULL), ==, 0);
  assert_status (process, "H017T2", "GET", TAI_PATH_STATUS, 403);
}

static void
assert_enrol_fails (HqProcess *process, const char *code, const char *request, long status, const char *why)
{
  g_autoptr (HqAnswer) answer = hq_ask_enrol (process, code, request);
  g_assert_cmpint (answer->status, ==, status);
  g_assert_cmpstr (tai_json_require_string (answer->json, "code", NULL), ==, why);
}

static void
test_enrolment (void)
{
  g_autoptr (HqProcess) process = hq_process_new (program);
  hq_process_start (process);
  g_autofree char *code = hq_make_code (process, "H017T2", "H017");
  g_autofree char *wrong = g_strconcat ("A", code + 1, NULL);
  wrong[0] = code[0] == 'A' ? 'B' : 'A';
  hq_make_request (process, "first", "H001T1"); /* asks for another's name */
  hq_make_request (process, "second", "H017T2");
  assert_enrol_fails (process, wrong, "first", 403, "code_unknown");
  g_autoptr (HqAnswer) answer = hq_ask_enrol (process, code, "first");
  g_assert_cmpint (answer->status, ==, 201);
  g_assert_cmpstr (tai_json_require_string (answer->json, "terminal.class", NULL), ==, "demo");
  g_assert_true (tai_json_has (answer->json, "box_key"));
  g_autofree char *path = hq_process_path (process, "first.crt");
  const char *certificate = tai_json_require_string (answer->json, "certificate", NULL);
  g_assert_true (g_file_set_contents (path, certificate, -1, NULL));
  /* the answer was lost: the same request has the same certificate; another request has none */
  g_autoptr (HqAnswer) again = hq_ask_enrol (process, code, "first");
  g_assert_cmpint (again->status, ==, 201);
  g_assert_cmpstr (tai_json_require_string (again->json, "certificate", NULL), ==, certificate);
  assert_enrol_fails (process, code, "second", 403, "code_used");
  /* it is who HQ says, not who it asked to be */
  HqAsk ask = {.method = "GET", .path = TAI_PATH_STATUS, .identity = "first"};
  g_autoptr (HqAnswer) status = hq_ask (process, &ask);
  g_assert_cmpint (status->status, ==, 200);
  g_assert_cmpstr (tai_json_require_string (status->json, "terminal.id", NULL), ==, "H017T2");
}

static void
test_bad_requests_to_enrol (void)
{
  g_autoptr (HqProcess) process = hq_process_new (program);
  hq_process_start (process);
  g_autofree char *code = hq_make_code (process, "H017T2", "H017");
  static const char *const csrs[] = {"", "hello",
                                     "-----BEGIN NEW CERTIFICATE REQUEST-----\nAAAA\n-----END NEW "
                                     "CERTIFICATE REQUEST-----\n"};
  g_autofree char *path = hq_process_path (process, "bad.csr");
  for (guint i = 0; i < G_N_ELEMENTS (csrs); i++) {
    g_assert_true (g_file_set_contents (path, csrs[i], -1, NULL));
    assert_enrol_fails (process, code, "bad", 400, "csr");
  }
  hq_make_request (process, "good", "x"); /* none of them used the code up */
  g_autoptr (HqAnswer) answer = hq_ask_enrol (process, code, "good");
  g_assert_cmpint (answer->status, ==, 201);
}

static void
test_code_names_the_authority (void)
{
  g_autoptr (HqProcess) process = hq_process_new (program);
  g_autofree char *code = hq_make_code (process, "H017T2", "H017");
  g_autofree char *path = hq_process_path (process, "ca.crt");
  g_autofree char *pem = NULL;
  g_assert_true (g_file_get_contents (path, &pem, NULL, NULL));
  char *start = strchr (pem, '\n') + 1;
  *strstr (start, "-----END") = '\0';
  gsize size = 0;
  guchar *der = g_base64_decode_inplace (start, &size);
  char hex[65];
  tai_digest_to_hex (tai_digest_bytes (der, size), hex);
  hex[16] = '\0';
  g_assert_true (g_str_has_suffix (code, hex));
}

static void
test_edges_of_http (void)
{
  g_autoptr (HqProcess) process = hq_process_new (program);
  g_autofree char *large = g_strnfill (4 * 1024 * 1024 + 1, ' ');
  static const char *const chunked[] = {"Transfer-Encoding: chunked", NULL};
  hq_process_start (process);
  hq_enrol (process, "T", "H");
  HqAsk ask = {.method = "POST",
               .path = TAI_PATH_BATCH,
               .identity = "T",
               .body = large,
               .content_type = "application/x-ndjson"};
  g_autoptr (HqAnswer) announced = hq_ask (process, &ask);
  g_assert_cmpint (announced->status, ==, 413);
  ask.headers = chunked;
  g_autoptr (HqAnswer) streamed = hq_ask (process, &ask);
  g_assert_cmpint (streamed->status, ==, 413);
  HqAsk head = {.method = "HEAD", .path = TAI_PATH_ORDER, .identity = "T"};
  g_autoptr (HqAnswer) heading = hq_ask (process, &head);
  g_assert_cmpint (heading->status, ==, 200);
  g_assert_nonnull (strstr (heading->headers, "X-Total-Count: 0"));
  assert_status (process, "T", "DELETE", TAI_PATH_ORDER "/x", 405);
  assert_status (process, "T", "BREW", TAI_PATH_ORDER, 405);
  assert_status (process, "T", "GET", "/", 404);
  assert_status (process, "T", "GET", TAI_PATH_ORDER "?state=%zz", 400);
}

static void
test_catalogue_over_http (void)
{
  g_autoptr (HqProcess) process = hq_process_new (program);
  g_autofree char *bad = hq_process_path (process, "bad.json");
  hq_process_start (process);
  hq_enrol (process, "T", "H");
  g_assert_true (g_file_set_contents (bad, "[{\"id\":\"P\"}]", -1, NULL));
  g_assert_cmpint (hq_process_run (process, NULL, "catalogue", "load", bad, NULL), ==, 1);
  g_assert_true (g_file_set_contents (bad, "{", -1, NULL));
  g_assert_cmpint (hq_process_run (process, NULL, "stock", "load", bad, NULL), ==, 1);
  HqAsk ask = {.method = "GET", .path = TAI_PATH_OFFERING, .identity = "T"};
  g_autoptr (HqAnswer) empty = hq_ask (process, &ask);
  g_assert_cmpint (empty->status, ==, 200);
  g_assert_cmpstr (empty->body->str, ==, "[]");
}

static void
test_commands_while_serving (void)
{
  g_autoptr (HqProcess) process = hq_process_new (program);
  hq_process_start (process);
  hq_enrol (process, "T", "H");
  const char *body = "{\"externalId\":\"0199f3c2-7d10-7c3a-9b1e-000000000001\","
                     "\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}";
  static const char *const numbered[] = {"Idempotency-Key: 0199f3c2-7d10-7c3a-9b1e-000000000001",
                                         "X-Guitai-Seq: 1", NULL};
  HqAsk ask = {.method = "POST", .path = TAI_PATH_ORDER, .identity = "T", .body = body, .headers = numbered};
  g_autoptr (HqAnswer) answer = hq_ask (process, &ask);
  g_assert_cmpint (answer->status, ==, 201);
  g_assert_nonnull (strstr (answer->headers, "X-Guitai-Result: created"));
  g_assert_nonnull (strstr (answer->headers, "Location: " TAI_PATH_ORDER "/0199f3c2"));
  g_autofree char *text = NULL, *orders = NULL;
  g_assert_cmpint (hq_process_run (process, &orders, "orders", process->folder, "--json", NULL), ==, 0);
  g_autoptr (TaiJson) list = tai_json_parse (orders, -1, NULL, NULL);
  g_assert_cmpstr (tai_json_require_string (list, "0.terminal", NULL), ==, "T");
  g_assert_cmpint (hq_process_run (process, &text, "orders", process->folder, NULL), ==, 0);
  g_assert_nonnull (strstr (text, "0199f3c2-7d10-7c3a-9b1e-000000000001"));
  /* a second server on the same folder is refused */
  g_assert_cmpint (hq_process_run (process, NULL, "serve", process->folder, NULL), ==, 1);
  g_assert_cmpint (hq_process_run (process, NULL, "unheard-of", NULL), ==, 2);
  g_assert_cmpint (hq_process_run (process, NULL, "set", "nonsense", "1", NULL), ==, 1);
}

static void
test_backup_and_restore (void)
{
  g_autoptr (HqProcess) process = hq_process_new (program);
  g_autofree char *backup = hq_process_path (process, "backup.db");
  static const char *const numbered[] = {"Idempotency-Key: 0199f3c2-7d10-7c3a-9b1e-000000000001",
                                         "X-Guitai-Seq: 1", NULL};
  HqAsk post = {.method = "POST",
                .path = TAI_PATH_ORDER,
                .identity = "T",
                .headers = numbered,
                .body = "{\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}"};
  HqAsk ask = {.method = "GET", .path = TAI_PATH_STATUS, .identity = "T"};
  gint64 safe = -1;
  hq_process_start (process);
  hq_enrol (process, "T", "H");
  g_autoptr (HqAnswer) sent = hq_ask (process, &post);
  g_autoptr (HqAnswer) before = hq_ask (process, &ask);
  tai_json_require_int (before->json, "safe_until", &safe, NULL);
  g_assert_cmpint (safe, ==, 0); /* arrived, but not proved */
  g_assert_cmpint (hq_process_run (process, NULL, "backup", backup, NULL), ==, 0);
  g_assert_cmpint (hq_process_run (process, NULL, "backup", backup, NULL), ==, 1); /* never over another */
  g_autoptr (HqAnswer) proved = hq_ask (process, &ask);
  tai_json_require_int (proved->json, "safe_until", &safe, NULL);
  g_assert_cmpint (safe, ==, 1);
  g_assert_cmpint (hq_process_run (process, NULL, "restore", process->folder, backup, NULL), ==,
                   1); /* it runs */
  g_assert_cmpint (hq_process_stop (process, SIGTERM), ==, 0);
  g_assert_cmpint (hq_process_run (process, NULL, "restore", process->folder, backup, NULL), ==, 0);
  hq_process_start (process);
  g_autoptr (HqAnswer) after = hq_ask (process, &ask);
  tai_json_require_int (after->json, "safe_until", &safe, NULL);
  g_assert_cmpint (safe, ==, 1);
  g_assert_cmpstr (tai_json_require_string (after->json, "epoch", NULL), !=,
                   tai_json_require_string (before->json, "epoch", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  curl_global_init (CURL_GLOBAL_DEFAULT);
  g_test_add_func ("/server/who-may", test_who_may);
  g_test_add_func ("/server/enrolment", test_enrolment);
  g_test_add_func ("/server/bad-requests-to-enrol", test_bad_requests_to_enrol);
  g_test_add_func ("/server/code-names-the-authority", test_code_names_the_authority);
  g_test_add_func ("/server/edges-of-http", test_edges_of_http);
  g_test_add_func ("/server/catalogue", test_catalogue_over_http);
  g_test_add_func ("/server/commands-while-serving", test_commands_while_serving);
  g_test_add_func ("/server/backup-and-restore", test_backup_and_restore);
  return g_test_run ();
}
