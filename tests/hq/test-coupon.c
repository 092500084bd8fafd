/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coupons at headquarters: asked for, leased, told of late; each is used once, and why one is not good is said. */
#include "hq-fixture.h"
#include "tai-hq-load.h"

#include <string.h>

#define STOCK                                                                                                \
  "[{\"kind\":\"coupon\",\"value\":\"C-10\",\"grade\":\"10.00\"},"                                           \
  "{\"kind\":\"coupon\",\"value\":\"C-H99\",\"grade\":\"10.00\",\"hall\":\"H099\"},"                         \
  "{\"kind\":\"coupon\",\"value\":\"C-OLD\",\"grade\":\"10.00\",\"until\":\"2026-11-22T01:00:00Z\"},"        \
  "{\"kind\":\"coupon\",\"value\":\"C-SOON\",\"grade\":\"20.00\",\"hall\":\"H017\",\"until\":\"2026-11-22T03:00:00Z\"}]"

static HqFixture *
fixture_new (void)
{
  HqFixture *f = hq_fixture_new ();
  g_autoptr (GBytes) stock = g_bytes_new_static (STOCK, strlen (STOCK));
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (hq_load_stock (f->store, stock, &error), ==, 4);
  g_assert_no_error (error);
  return f;
}

static const char *
ask (HqFixture *f, const char *path, guint id, const char *terminal, const char *more)
{
  char uuid[37];
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\"%s}", hq_fixture_uuid (id, uuid), more);

  g_assert_cmpint (hq_fixture_send (f, "POST", path, body, &(HqHeaders){.terminal = terminal}), ==, 200);
  g_assert_null (f->response.contact);
  return hq_fixture_text (f, "outcome");
}

static const char *
pay (HqFixture *f, guint id, const char *terminal, const char *number, const char *amount)
{
  g_autofree char *more = g_strdup_printf (
      ",\"amount\":{\"unit\":\"CNY\",\"value\":%s},\"provider\":\"coupon\",\"number\":\"%s\"", amount,
      number);

  return ask (f, "/guitai/v1/pay", id, terminal, more);
}

static void
assert_refused (HqFixture *f, guint id, const char *number, const char *amount, const char *reason)
{
  g_assert_cmpstr (pay (f, id, "T1", number, amount), ==, "failed");
  g_assert_cmpstr (hq_fixture_text (f, "reason"), ==, reason);
}

static void
test_used_once (void)
{
  g_autoptr (HqFixture) f = fixture_new ();

  g_assert_cmpstr (pay (f, 1, "T1", "C-10", "10.00"), ==, "succeeded");
  g_assert_cmpstr (hq_fixture_text (f, "transaction"), ==, "C-10");
  g_assert_cmpstr (pay (f, 1, "T1", "C-10", "10.00"), ==, "succeeded"); /* doubled */
  g_assert_cmpstr (ask (f, "/guitai/v1/payQuery", 1, "T1", ""), ==, "succeeded");
  assert_refused (f, 2, "C-10", "10.00", "coupon_used");
  g_assert_cmpstr (ask (f, "/guitai/v1/payCancel", 1, "T1", ""), ==, "reversed");
  g_assert_cmpstr (ask (f, "/guitai/v1/payCancel", 1, "T1", ""), ==, "reversed");
  g_assert_cmpstr (pay (f, 1, "T1", "C-10", "10.00"), ==, "reversed"); /* late, and over */
  g_assert_cmpstr (pay (f, 3, "T2", "C-10", "4.00"), ==, "succeeded");
  g_assert_cmpstr (ask (f, "/guitai/v1/payCancel", 1, "T1", ""), ==, "reversed"); /* is not 3's */
  assert_refused (f, 4, "C-10", "10.00", "coupon_used");
}

static void
test_not_good (void)
{
  g_autoptr (HqFixture) f = fixture_new ();

  assert_refused (f, 1, "C-404", "10.00", "coupon_unknown");
  assert_refused (f, 2, "C-H99", "10.00", "coupon_other_hall");
  assert_refused (f, 3, "C-OLD", "10.00", "coupon_expired");
  assert_refused (f, 4, "C-10", "10.01", "coupon_amount");
  g_assert_cmpstr (ask (f, "/guitai/v1/payQuery", 9, "T1", ""), ==, "failed"); /* and never will */
  g_assert_cmpstr (pay (f, 9, "T1", "C-10", "10.00"), ==, "failed");
  g_assert_cmpstr (pay (f, 5, "T1", "C-10", "10.00"), ==, "succeeded");
}

static void
lease (HqFixture *f, const char *terminal, guint key)
{
  char uuid[37];

  g_assert_cmpint (hq_fixture_send (f, "POST", "/guitai/v1/lease", "{\"kind\":\"coupon\",\"count\":10}",
                                    &(HqHeaders){.terminal = terminal, .key = hq_fixture_uuid (key, uuid)}),
                   ==, 201);
}

/* A lease is one terminal's, no longer than the coupon is good, and only what its hall may have. */
static void
test_leased (void)
{
  g_autoptr (HqFixture) f = fixture_new ();

  lease (f, "T1", 50);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (f->json, "resources")), ==, 2);
  g_assert_cmpstr (hq_fixture_text (f, "resources.0.value"), ==, "C-10");
  g_assert_cmpstr (hq_fixture_text (f, "resources.1.value"), ==, "C-SOON");
  g_assert_cmpstr (hq_fixture_text (f, "resources.1.grade"), ==, "20.00");
  g_assert_cmpstr (hq_fixture_text (f, "resources.1.until"), ==, "2026-11-22T03:00:00.000Z");
  lease (f, "T2", 51);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (f->json, "resources")), ==, 0);
  g_assert_cmpstr (pay (f, 1, "T2", "C-SOON", "20.00"), ==, "failed");
  g_assert_cmpstr (hq_fixture_text (f, "reason"), ==, "coupon_elsewhere");
  g_assert_cmpstr (pay (f, 2, "T1", "C-SOON", "20.00"), ==, "succeeded");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hq/coupon/used-once", test_used_once);
  g_test_add_func ("/hq/coupon/not-good", test_not_good);
  g_test_add_func ("/hq/coupon/leased", test_leased);
  return g_test_run ();
}
