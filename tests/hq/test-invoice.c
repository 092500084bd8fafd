/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes for invoices at headquarters: which one of a receipt is good, in whatever order they came, and what the page says of it. */
#include "hq-money.h"
#include "tai-headquarters.h"

#include <string.h>

#define RECEIPT  "H017-T1-A-20261122-0001"
#define FIRST    "AAAAAAAAAAAAAAAAAAAAAA"
#define SECOND   "BBBBBBBBBBBBBBBBBBBBBB"
#define NUMBER   "26112200000000012345"
#define CREDIT   "26112200000000012346"
#define CNY(fen) tai_money (fen, TAI_CNY)

static HqFixture *
fixture_new (void)
{
  HqFixture *f = hq_fixture_new ();

  hq_fixture_add_terminal (f, "P1", "H000", "partner");
  return f;
}

static void
add_code (HqFixture *f, guint number, const char *secret, gint64 fen, gint64 seq)
{
  TaiTillNews *news = hq_money_news (TAI_NEWS_INVOICE, number, NULL, f->now_us);

  news->name = g_strdup (seq > 1 ? "invoice_exchanged" : "invoice_claim");
  news->subject = g_strdup (RECEIPT);
  news->amount = CNY (fen);
  news->token = tai_digest_bytes (secret, strlen (secret));
  g_assert_cmpint (hq_money_post_news (f, news, seq), ==, 201);
}

static int
ask (HqFixture *f, const char *receipt, const char *secret, const char *terminal)
{
  g_autofree char *target = g_strdup_printf (TAI_PATH_INVOICE "?receipt=%s&token=%s", receipt, secret);
  HqHeaders headers = {.terminal = terminal};

  return hq_fixture_send (f, "GET", target, NULL, &headers);
}

static int
tell (HqFixture *f, const char *secret, const char *member, const char *number)
{
  g_autofree char *body = g_strdup_printf (
      "{\"receiptNumber\":\"" RECEIPT "\",\"token\":\"%s\",\"%s\":\"%s\"}", secret, member, number);
  HqHeaders headers = {.terminal = "P1", .type = "application/json"};

  return hq_fixture_send (f, "POST", TAI_PATH_INVOICE, body, &headers);
}

static void
assert_state (HqFixture *f, const char *secret, const char *state)
{
  g_assert_cmpint (ask (f, RECEIPT, secret, "P1"), ==, 200);
  g_assert_cmpstr (hq_fixture_text (f, "state"), ==, state);
}

static void
assert_findings (HqFixture *f, const char *expected)
{
  g_autofree char *found = hq_money_list_findings (f);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_made (void)
{
  g_autoptr (HqFixture) f = fixture_new ();

  add_code (f, 1, FIRST, 5000, 1);
  assert_state (f, FIRST, "open");
  g_assert_cmpstr (hq_fixture_text (f, "hall"), ==, "H017");
  g_assert_cmpint (tell (f, FIRST, "creditNote", CREDIT), ==, 409); /* there is none to take back */
  g_assert_cmpint (tell (f, FIRST, "invoice", NUMBER), ==, 200);
  g_assert_cmpint (tell (f, FIRST, "invoice", NUMBER), ==, 200); /* the same again */
  g_assert_cmpint (tell (f, FIRST, "invoice", CREDIT), ==, 409); /* not two of one code */
  g_assert_cmpstr (hq_fixture_text (f, "code"), ==, "invoice_made");
  assert_state (f, FIRST, "made");
  g_assert_cmpstr (hq_fixture_text (f, "invoice"), ==, NUMBER);
  assert_findings (f, "");
}

/* Money went back before an invoice was made: the old code opens nothing. */
static void
test_replaced (void)
{
  g_autoptr (HqFixture) f = fixture_new ();

  add_code (f, 1, FIRST, 5000, 1);
  add_code (f, 2, SECOND, 3000, 2);
  assert_state (f, FIRST, "replaced");
  assert_state (f, SECOND, "open");
  g_assert_cmpint (tell (f, FIRST, "invoice", NUMBER), ==, 409);
  g_assert_cmpstr (hq_fixture_text (f, "code"), ==, "invoice_replaced");
  g_assert_cmpint (tell (f, SECOND, "invoice", NUMBER), ==, 200);
  assert_findings (f, "");
}

/* What the terminal said later is what counts, also when it comes first. */
static void
test_order (void)
{
  g_autoptr (HqFixture) f = fixture_new ();

  add_code (f, 2, SECOND, 0, 2);
  assert_state (f, SECOND, "empty");
  add_code (f, 1, FIRST, 5000, 1);
  assert_state (f, FIRST, "replaced");
  assert_state (f, SECOND, "empty");
  g_assert_cmpint (tell (f, SECOND, "invoice", NUMBER), ==, 409);
  g_assert_cmpstr (hq_fixture_text (f, "code"), ==, "invoice_empty");
}

/* An invoice of 50.00 of which 20.00 went back is somebody's task until its credit note is there. */
static void
test_finding (void)
{
  g_autoptr (HqFixture) f = fixture_new ();

  add_code (f, 1, FIRST, 5000, 1);
  g_assert_cmpint (tell (f, FIRST, "invoice", NUMBER), ==, 200);
  add_code (f, 2, SECOND, 3000, 2);
  assert_findings (f, "invoice " RECEIPT ": invoice_replaced " NUMBER " 50.00 30.00\n");
  assert_state (f, FIRST, "made");
  g_assert_cmpint (tell (f, FIRST, "creditNote", CREDIT), ==, 200);
  assert_state (f, FIRST, "credited");
  assert_findings (f, "");
  assert_state (f, SECOND, "open");
}

/* A guess tells nothing, and a counter asks nothing. */
static void
test_who (void)
{
  static const char *const bad[] = {
      "{}",
      "[]",
      "{\"receiptNumber\":\"" RECEIPT "\",\"token\":\"" FIRST "\"}",
      "{\"receiptNumber\":\"" RECEIPT "\",\"token\":\"" FIRST "\",\"invoice\":\"1\",\"creditNote\":\"2\"}",
      "{\"receiptNumber\":\"" RECEIPT "\",\"token\":\"" FIRST "\",\"invoice\":\"\"}",
      "{\"receiptNumber\":\"" RECEIPT "\",\"token\":\"" FIRST "\",\"invoice\":\"a b\"}",
      "x"};
  g_autoptr (HqFixture) f = fixture_new ();
  HqHeaders headers = {.terminal = "P1", .type = "application/json"};

  add_code (f, 1, FIRST, 5000, 1);
  g_assert_cmpint (ask (f, RECEIPT, SECOND, "P1"), ==, 404);
  g_assert_cmpint (ask (f, "H017-T1-A-20261122-0002", FIRST, "P1"), ==, 404);
  g_assert_cmpint (ask (f, "H099-T1-A-20261122-0001", FIRST, "P1"), ==, 404);
  g_assert_cmpint (ask (f, "nonsense", FIRST, "P1"), ==, 404);
  g_assert_cmpint (ask (f, RECEIPT, "", "P1"), ==, 404);
  g_assert_cmpint (ask (f, RECEIPT, FIRST, "T1"), ==, 403);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (hq_fixture_send (f, "POST", TAI_PATH_INVOICE, bad[i], &headers), ==, 400);
  assert_state (f, FIRST, "open");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invoice/made", test_made);
  g_test_add_func ("/invoice/replaced", test_replaced);
  g_test_add_func ("/invoice/order", test_order);
  g_test_add_func ("/invoice/finding", test_finding);
  g_test_add_func ("/invoice/who", test_who);
  return g_test_run ();
}
