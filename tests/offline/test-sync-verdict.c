/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each reply means for a message, row by row. */
#include "tai-sync-verdict.h"

#include <string.h>

#define KEY   "01980000-0000-7000-8000-000000000001"
#define OTHER "01980000-0000-7000-8000-000000000002"

static TaiUuid
key_of (const char *text)
{
  TaiUuid key;

  g_strlcpy (key.text, text, sizeof key.text);
  return key;
}

typedef struct {
  TaiLine line;
  int status;
  const char *body;
  TaiVerdict single, batch;
  const char *reason; /* (nullable) that single's contains */
} Row;

static const Row rows[] = {
    {TAI_LINE_OK, 201, "{\"id\":\"1\",\"externalId\":\"" KEY "\"}", TAI_VERDICT_ACKNOWLEDGED,
     TAI_VERDICT_ACKNOWLEDGED, NULL},
    {TAI_LINE_OK, 200, "{\"id\":\"1\",\"correlatorId\":\"" KEY "\"}", TAI_VERDICT_ACKNOWLEDGED,
     TAI_VERDICT_ACKNOWLEDGED, NULL},
    /* 2xx that is not about this message */
    {TAI_LINE_OK, 201, "{\"externalId\":\"" OTHER "\"}", TAI_VERDICT_UNKNOWN, TAI_VERDICT_ACKNOWLEDGED,
     "not HQ's words"},
    {TAI_LINE_OK, 200, "<html>log in</html>", TAI_VERDICT_UNKNOWN, TAI_VERDICT_ACKNOWLEDGED,
     "not HQ's words"},
    {TAI_LINE_OK, 200, "", TAI_VERDICT_UNKNOWN, TAI_VERDICT_ACKNOWLEDGED, "HTTP 200"},
    {TAI_LINE_OK, 200, "{}", TAI_VERDICT_UNKNOWN, TAI_VERDICT_ACKNOWLEDGED, NULL},
    {TAI_LINE_OK, 200, "[\"" KEY "\"]", TAI_VERDICT_UNKNOWN, TAI_VERDICT_ACKNOWLEDGED, NULL},
    {TAI_LINE_OK, 201, "{\"externalId\":17}", TAI_VERDICT_UNKNOWN, TAI_VERDICT_ACKNOWLEDGED, NULL},
    {TAI_LINE_OK, 201, "{\"externalId\":\"" KEY "\"", TAI_VERDICT_UNKNOWN, TAI_VERDICT_ACKNOWLEDGED, NULL},
    /* no */
    {TAI_LINE_OK, 422, "{\"code\":\"conflict\",\"reason\":\"other bytes\"}", TAI_VERDICT_REFUSED,
     TAI_VERDICT_UNKNOWN, "conflict: other bytes"},
    {TAI_LINE_OK, 400, "{\"code\":\"digest\"}", TAI_VERDICT_REFUSED, TAI_VERDICT_UNKNOWN, "digest"},
    {TAI_LINE_OK, 404, "<html>nginx</html>", TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, "not HQ's words"},
    {TAI_LINE_OK, 404, "{\"message\":\"no\"}", TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, NULL},
    {TAI_LINE_OK, 413, NULL, TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, NULL},
    {TAI_LINE_OK, 302, "", TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, NULL},
    {TAI_LINE_OK, 304, NULL, TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, NULL},
    /* not now */
    {TAI_LINE_OK, 408, "{\"code\":\"slow\"}", TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, "cannot now"},
    {TAI_LINE_OK, 425, "{\"code\":\"early\"}", TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, NULL},
    {TAI_LINE_OK, 429, "{\"code\":\"many\"}", TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, NULL},
    {TAI_LINE_OK, 500, "{\"code\":\"bug\"}", TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, NULL},
    {TAI_LINE_OK, 502, "<html>", TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, NULL},
    {TAI_LINE_OK, 503, "{\"code\":\"busy\"}", TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, NULL},
    /* not you */
    {TAI_LINE_OK, 401, "{\"code\":\"who\"}", TAI_VERDICT_PAUSE, TAI_VERDICT_PAUSE, "not let in"},
    {TAI_LINE_OK, 403, NULL, TAI_VERDICT_PAUSE, TAI_VERDICT_PAUSE, NULL},
    /* the line */
    {TAI_LINE_NOT_REACHED, 0, NULL, TAI_VERDICT_AGAIN, TAI_VERDICT_AGAIN, "wire"},
    {TAI_LINE_LOST, 0, NULL, TAI_VERDICT_UNKNOWN, TAI_VERDICT_UNKNOWN, "wire"},
};

static void
test_replies (void)
{
  TaiUuid key = key_of (KEY);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    g_autoptr (GBytes) body = row->body ? g_bytes_new_static (row->body, strlen (row->body)) : NULL;
    TaiReply reply = {.line = row->line, .status = row->status, .body = body};
    g_autofree char *reason = NULL, *batch_reason = NULL;

    if (row->line != TAI_LINE_OK)
      reply.detail = (char *)"the wire is cut";
    g_test_message ("row %u: %d %s", i, row->status, row->body ? row->body : "-");
    g_assert_cmpint (tai_verdict_of_reply (&reply, &key, &reason), ==, row->single);
    g_assert_cmpint (tai_verdict_of_batch (&reply, &batch_reason), ==, row->batch);
    g_assert_true ((reason != NULL) == (row->single != TAI_VERDICT_ACKNOWLEDGED));
    if (row->reason != NULL)
      g_assert_nonnull (strstr (reason, row->reason));
  }
}

static void
test_lines (void)
{
  static const struct {
    const char *line;
    TaiVerdict verdict;
  } lines[] = {
      {"{\"key\":\"" KEY "\",\"status\":201,\"result\":\"created\"}", TAI_VERDICT_ACKNOWLEDGED},
      {"{\"key\":\"" KEY "\",\"status\":201,\"result\":\"exists\"}", TAI_VERDICT_ACKNOWLEDGED},
      {"{\"key\":\"" KEY "\",\"status\":422,\"error\":{\"code\":\"conflict\"}}", TAI_VERDICT_REFUSED},
      {"{\"key\":\"" KEY "\",\"status\":422}", TAI_VERDICT_UNKNOWN},
      {"{\"key\":\"" KEY "\",\"status\":503,\"error\":{\"code\":\"busy\"}}", TAI_VERDICT_UNKNOWN},
      {"{\"key\":\"" KEY "\",\"status\":429,\"error\":{\"code\":\"busy\"}}", TAI_VERDICT_UNKNOWN},
      {"{\"key\":\"" KEY "\"}", TAI_VERDICT_UNKNOWN},
      {"{\"key\":\"" KEY "\",\"status\":\"201\"}", TAI_VERDICT_UNKNOWN},
      {"{\"key\":\"" OTHER "\",\"status\":201}", TAI_VERDICT_UNKNOWN},
      {"{\"status\":201}", TAI_VERDICT_UNKNOWN},
      {"", TAI_VERDICT_UNKNOWN},
      {"<html>", TAI_VERDICT_UNKNOWN},
  };
  TaiUuid key = key_of (KEY);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *reason = NULL;

    g_test_message ("%s", lines[i].line);
    g_assert_cmpint (tai_verdict_of_line (lines[i].line, strlen (lines[i].line), &key, &reason), ==,
                     lines[i].verdict);
    g_assert_true ((reason != NULL) == (lines[i].verdict != TAI_VERDICT_ACKNOWLEDGED));
  }
}

static void
check_asked (const char *pattern, const char *sha256, TaiVerdict expected)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "%s", 2);
  g_autofree char *text = g_strjoinv (sha256, parts);
  g_autoptr (TaiJson) answer = tai_json_parse (text, -1, NULL, NULL);
  TaiUuid key = key_of (KEY);
  TaiDigest digest = tai_digest_bytes ("x", 1);

  g_test_message ("%s", text);
  g_assert_nonnull (answer);
  g_assert_cmpint (tai_verdict_of_asked (answer, &key, digest), ==, expected);
}

static void
test_asked (void)
{
  char same[65], other[65];

  tai_digest_to_hex (tai_digest_bytes ("x", 1), same);
  tai_digest_to_hex (tai_digest_bytes ("y", 1), other);
  check_asked ("{\"messages\":[{\"key\":\"" KEY "\",\"known\":true,\"sha256\":\"%s\"}]}", same,
               TAI_VERDICT_ACKNOWLEDGED);
  check_asked ("{\"messages\":[{\"key\":\"" KEY "\",\"known\":true,\"status\":201,\"sha256\":\"%s\"}]}", same,
               TAI_VERDICT_ACKNOWLEDGED);
  /* known as refused: it must not count as taken */
  check_asked ("{\"messages\":[{\"key\":\"" KEY "\",\"known\":true,\"status\":422,\"sha256\":\"%s\"}]}", same,
               TAI_VERDICT_AGAIN);
  check_asked ("{\"messages\":[{\"key\":\"" KEY "\",\"known\":true,\"status\":\"x\",\"sha256\":\"%s\"}]}",
               same, TAI_VERDICT_UNKNOWN);
  /* other bytes under our key: sending shows the conflict */
  check_asked ("{\"messages\":[{\"key\":\"" KEY "\",\"known\":true,\"sha256\":\"%s\"}]}", other,
               TAI_VERDICT_AGAIN);
  check_asked ("{\"messages\":[{\"key\":\"" KEY "\",\"known\":true,\"sha256\":\"%s\"}]}", "zz",
               TAI_VERDICT_UNKNOWN);
  check_asked ("{\"messages\":[{\"key\":\"" KEY "\",\"known\":true}]}", "", TAI_VERDICT_UNKNOWN);
  check_asked ("{\"messages\":[{\"key\":\"" OTHER "\",\"known\":true},{\"key\":\"" KEY
               "\",\"known\":false}]}",
               "", TAI_VERDICT_AGAIN);
  check_asked ("{\"messages\":[{\"key\":\"" KEY "\",\"known\":\"no\"}]}", "", TAI_VERDICT_UNKNOWN);
  check_asked ("{\"messages\":[null,{\"key\":\"" OTHER "\",\"known\":false}]}", "", TAI_VERDICT_UNKNOWN);
  check_asked ("{\"messages\":[]}", "", TAI_VERDICT_UNKNOWN);
  check_asked ("{\"messages\":{\"key\":\"" KEY "\"}}", "", TAI_VERDICT_UNKNOWN);
  check_asked ("{}", "", TAI_VERDICT_UNKNOWN);
  check_asked ("[]", "", TAI_VERDICT_UNKNOWN);
}

static void
test_is_hq (void)
{
  g_autoptr (GBytes) json = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) html = g_bytes_new_static ("<>", 2);
  TaiReply reply = {.line = TAI_LINE_OK, .status = 503, .body = json};

  g_assert_true (tai_verdict_is_hq (&reply));
  reply.body = html;
  g_assert_false (tai_verdict_is_hq (&reply));
  reply.body = NULL;
  g_assert_false (tai_verdict_is_hq (&reply));
  reply.status = 304;
  g_assert_true (tai_verdict_is_hq (&reply));
  reply.line = TAI_LINE_LOST;
  g_assert_false (tai_verdict_is_hq (&reply));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-verdict/replies", test_replies);
  g_test_add_func ("/sync-verdict/lines", test_lines);
  g_test_add_func ("/sync-verdict/asked", test_asked);
  g_test_add_func ("/sync-verdict/is-hq", test_is_hq);
  return g_test_run ();
}
