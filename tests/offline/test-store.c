/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store's facts: each one written and read back as it was. */
#include "tai-store-fixture.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"

static void
test_open_empty (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;
  TaiHeads heads;

  g_assert_true (tai_store_get_heads (f->store, &heads, &error));
  g_assert_cmpint (heads.next_terminal_seq, ==, 1);
  g_assert_cmpint (heads.next_receipt_seq, ==, 1);
  g_assert_cmpint (heads.epoch_letter, ==, 'A');
  g_assert_cmpstr (heads.business_day, ==, "");
  g_assert_cmpstr (heads.shift_id, ==, "");
  tai_fixture_assert_verified (f);
  tai_fixture_reopen (f);
  tai_fixture_assert_verified (f);
}

static void
test_sale (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiOrder) found = NULL;
  g_autoptr (GPtrArray) payments = NULL;
  const TaiOrder *order;
  TaiHeads heads;

  tai_fixture_open_till (f, "2026-11-22", 50000);
  sale = tai_fixture_sell (f, "13800138000", 12800);
  order = g_ptr_array_index (sale->orders, 0);
  g_assert_cmpstr (order->receipt_number, ==, "H017-T2-A-20261122-0001");
  tai_fixture_reopen (f);
  found = tai_visit_store_find_order (TAI_VISIT_STORE (f->store), order->id.text, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->state, ==, TAI_ORDER_PAID);
  g_assert_cmpstr (found->receipt_number, ==, order->receipt_number);
  g_assert_cmpint (found->today.minor, ==, 12800);
  g_assert_cmpstr (tai_order_get (found, "MSISDN"), ==, "13800138000");
  g_assert_cmpint (found->terminal_seq, ==, 2);
  g_assert_true (tai_digest_equal (found->content_hash, order->content_hash));
  payments = tai_visit_store_list_payments (TAI_VISIT_STORE (f->store), &sale->visit_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (payments->len, ==, 1);
  g_assert_true (tai_store_get_heads (f->store, &heads, &error));
  g_assert_cmpint (heads.next_terminal_seq, ==, 3);
  g_assert_cmpint (heads.next_receipt_seq, ==, 2);
  tai_fixture_assert_verified (f);
}

static void
test_outbox (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (GError) error = NULL;
  TaiOutbox *outbox = TAI_OUTBOX (f->store);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (TaiOrder) order = NULL;

  tai_fixture_open_till (f, "2026-11-22", 50000);
  g_assert_cmpint (tai_outbox_next_due_us (outbox, "hq"), ==, G_MAXINT64);
  sale = tai_fixture_sell (f, "13800138000", 12800);
  g_assert_cmpint (tai_outbox_next_due_us (outbox, "hq"), ==, 0);
  for (int i = 0; i < 2; i++) { /* the order waits for its payment */
    TaiOutboxMark mark = {.to = TAI_MESSAGE_IN_FLIGHT, .count_attempt = TRUE};
    g_clear_pointer (&rows, g_ptr_array_unref);
    rows = tai_outbox_due (outbox, "hq", f->now_us, 100, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (rows->len, ==, 1);
    mark.row = ((TaiOutboxRow *)g_ptr_array_index (rows, 0))->row;
    g_assert_true (tai_outbox_mark (outbox, &mark, 1, f->now_us, &error));
    mark.to = TAI_MESSAGE_ACKNOWLEDGED;
    g_assert_true (tai_outbox_mark (outbox, &mark, 1, f->now_us, &error));
  }
  g_assert_cmpint (tai_outbox_next_due_us (outbox, "hq"), ==, G_MAXINT64);
  order = tai_visit_store_find_order (TAI_VISIT_STORE (f->store),
                                      ((TaiOrder *)g_ptr_array_index (sale->orders, 0))->id.text, &error);
  g_assert_cmpint (order->state, ==, TAI_ORDER_ACKNOWLEDGED);
  tai_fixture_assert_verified (f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/open-empty", test_open_empty);
  g_test_add_func ("/store/sale", test_sale);
  g_test_add_func ("/store/outbox", test_outbox);
  return g_test_run ();
}
