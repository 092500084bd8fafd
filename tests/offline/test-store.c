/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sale's facts: each one written and read back as it was, across a restart. */
#include "tai-store-fixture.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-receipt-number.h"

#define STORE(f) TAI_VISIT_STORE ((f)->store)

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
  g_assert_null (tai_visit_store_find_order (STORE (f), "no such", &error));
  g_assert_no_error (error);
  g_assert_null (tai_visit_store_find_open_shift (STORE (f), "T2", &error));
  g_assert_no_error (error);
}

/* Orders ---------------------------------------------------------------------------------------------------------------- */

static void
fill_rich_order (TaiOrder *order)
{
  TaiOrderItem *item = tai_order_add_item (order, "add", "caller-id");

  item->offering_name = g_strdup ("来电显示");
  item->kind = TAI_OFFERING_SERVICE;
  item->quantity = 2;
  item->open_amount = tai_money (5000, TAI_CNY);
  item->relies_on = g_strdup ("10");
  item->consent_needed = item->consent_given = TRUE;
  item->consent_time_us = 1234567;
  item->terms_hash = tai_digest_bytes ("terms", 5);
  item->key_terms = g_strdup ("terms");
  item->offering_name_en = g_strdup ("Caller id");
  tai_order_item_set (item, "ICCID", "89860000000000000001");
  tai_order_item_set (item, "odd name = \\ \n", "line one\nline \\two=");
  tai_order_item_add_price (item, NULL, NULL, TAI_PRICE_DEPOSIT);
  tai_order_item_add_price (item, "p2", "price\nname", TAI_PRICE_USAGE)->list = tai_money (-7, TAI_CNY);
  for (TaiBillReason reason = TAI_REASON_ONE_TIME; reason <= TAI_REASON_NEW_PRICE; reason++) {
    TaiItemPrice *price = tai_order_item_add_price (item, NULL, NULL, TAI_PRICE_RECURRING);
    price->reason = reason;
    price->stretches = tai_stretch_list_new ();
    for (guint i = 0; i < 3; i++) {
      TaiStretch stretch = {i,
                            i < 2 ? i + 1 : TAI_MONTH_FOREVER,
                            tai_money (reason, TAI_CNY),
                            tai_money (5900, TAI_CNY),
                            tai_money (4130, TAI_CNY),
                            2,
                            3000,
                            reason,
                            (gint32)reason * 7,
                            31};
      g_array_append_val (price->stretches, stretch);
    }
  }
  tai_order_add_item (order, "noChange", NULL);
  order->customer_ref = g_strdup ("blind");
  order->customer_mask = g_strdup ("张*");
  order->document_mask = g_strdup ("…34");
  order->document_kind = g_strdup ("passport");
  order->sealed = g_bytes_new ("box\0one", 7);
  order->recovery = g_bytes_new ("box two", 7);
  order->rule = TAI_OFFLINE_NOT_OFFERED;
  order->signed_ = TRUE;
}

static void
assert_same_stretch (const TaiStretch *a, const TaiStretch *b)
{
  g_assert_cmpuint (a->from, ==, b->from);
  g_assert_cmpuint (a->until, ==, b->until);
  g_assert_cmpint (a->amount.minor, ==, b->amount.minor);
  g_assert_cmpint (a->list.minor, ==, b->list.minor);
  g_assert_cmpint (a->full.minor, ==, b->full.minor);
  g_assert_cmpuint (a->full.currency, ==, b->full.currency);
  g_assert_cmpuint (a->n_discounts, ==, b->n_discounts);
  g_assert_cmpint (a->percent_x100, ==, b->percent_x100);
  g_assert_cmpint (a->reason, ==, b->reason);
  g_assert_cmpint (a->numerator, ==, b->numerator);
  g_assert_cmpint (a->denominator, ==, b->denominator);
}

static void
assert_same_item (const TaiOrderItem *a, const TaiOrderItem *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->action, ==, b->action);
  g_assert_cmpstr (a->offering_id, ==, b->offering_id);
  g_assert_cmpstr (a->offering_name, ==, b->offering_name);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->quantity, ==, b->quantity);
  g_assert_cmpint (a->open_amount.minor, ==, b->open_amount.minor);
  g_assert_cmpint (a->open_amount.currency, ==, b->open_amount.currency);
  g_assert_cmpstr (a->relies_on, ==, b->relies_on);
  g_assert_cmpint (a->consent_needed, ==, b->consent_needed);
  g_assert_cmpint (a->consent_given, ==, b->consent_given);
  g_assert_cmpint (a->consent_time_us, ==, b->consent_time_us);
  g_assert_true (tai_digest_equal (a->terms_hash, b->terms_hash));
  g_assert_cmpstr (a->key_terms, ==, b->key_terms);
  g_assert_cmpstr (a->offering_name_en, ==, b->offering_name_en);
  g_assert_cmpuint (a->characteristics->len, ==, b->characteristics->len);
  for (guint i = 0; i < a->characteristics->len; i++) {
    const TaiCharacteristic *x = g_ptr_array_index (a->characteristics, i);
    g_assert_cmpstr (tai_order_item_get (b, x->name), ==, x->value);
  }
  g_assert_cmpuint (a->prices->len, ==, b->prices->len);
  for (guint i = 0; i < a->prices->len; i++) {
    const TaiItemPrice *x = g_ptr_array_index (a->prices, i), *y = g_ptr_array_index (b->prices, i);
    g_assert_cmpstr (x->price_id, ==, y->price_id);
    g_assert_cmpstr (x->name, ==, y->name);
    g_assert_cmpint (x->type, ==, y->type);
    g_assert_cmpmem (&x->list, sizeof x->list, &y->list, sizeof y->list);
    g_assert_cmpint (x->today.minor, ==, y->today.minor);
    g_assert_cmpint (x->first.minor, ==, y->first.minor);
    g_assert_cmpint (x->normal.minor, ==, y->normal.minor);
    g_assert_cmpint (x->normal.currency, ==, y->normal.currency);
    g_assert_cmpint (x->reason, ==, y->reason);
    g_assert_true ((x->stretches == NULL) == (y->stretches == NULL));
    for (guint j = 0; x->stretches != NULL && j < MAX (x->stretches->len, y->stretches->len); j++)
      assert_same_stretch (&g_array_index (x->stretches, TaiStretch, j),
                           &g_array_index (y->stretches, TaiStretch, j));
    g_assert_true (x->stretches == NULL || x->stretches->len == y->stretches->len);
  }
}

static void
assert_same_order (const TaiOrder *a, const TaiOrder *b)
{
  g_assert_cmpstr (a->id.text, ==, b->id.text);
  g_assert_cmpstr (a->visit_id.text, ==, b->visit_id.text);
  g_assert_true (a->operation == b->operation);
  g_assert_cmpstr (a->clerk, ==, b->clerk);
  g_assert_cmpstr (a->developer, ==, b->developer);
  g_assert_cmpstr (a->desk, ==, b->desk);
  g_assert_cmpstr (a->outlet, ==, b->outlet);
  g_assert_cmpstr (a->customer_ref, ==, b->customer_ref);
  g_assert_cmpstr (a->document_kind, ==, b->document_kind);
  g_assert_cmpstr (a->customer_mask, ==, b->customer_mask);
  g_assert_cmpstr (a->document_mask, ==, b->document_mask);
  g_assert_true (a->sealed == b->sealed || g_bytes_equal (a->sealed, b->sealed));
  g_assert_true (a->recovery == b->recovery || g_bytes_equal (a->recovery, b->recovery));
  g_assert_cmpint (a->today.minor, ==, b->today.minor);
  g_assert_cmpint (a->first.minor, ==, b->first.minor);
  g_assert_cmpint (a->normal.minor, ==, b->normal.minor);
  g_assert_cmpint (a->today.currency, ==, b->normal.currency);
  g_assert_cmpint (a->placed_us, ==, b->placed_us);
  g_assert_cmpstr (a->business_day, ==, b->business_day);
  g_assert_cmpstr (a->shift_id, ==, b->shift_id);
  g_assert_cmpint (a->rule, ==, b->rule);
  g_assert_cmpint (a->signed_, ==, b->signed_);
  g_assert_cmpstr (a->receipt_number, ==, b->receipt_number);
  g_assert_cmpint (a->terminal_seq, ==, b->terminal_seq);
  g_assert_true (tai_digest_equal (a->content_hash, b->content_hash));
  g_assert_cmpuint (a->items->len, ==, b->items->len);
  for (guint i = 0; i < a->items->len; i++)
    assert_same_item (g_ptr_array_index (a->items, i), g_ptr_array_index (b->items, i));
}

static void
test_order_round_trip (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (TaiOrder) placed = NULL, paid = NULL;
  g_autoptr (TaiChange) place = tai_change_new (), pay = tai_change_new ();
  g_autoptr (GError) error = NULL;
  TaiOrder *order;

  tai_fixture_open_till (f, "2026-11-22", 50000);
  sale = tai_fixture_sale_new (f, "13800138000", 12800);
  order = g_ptr_array_index (sale->orders, 0);
  fill_rich_order (order);
  tai_fixture_sale_place (sale, place);
  tai_fixture_commit_ok (f, place);
  tai_fixture_reopen (f);
  placed = tai_visit_store_find_order (STORE (f), order->id.text, &error);
  g_assert_no_error (error);
  g_assert_cmpint (placed->state, ==, TAI_ORDER_PLACED);
  assert_same_order (order, placed);
  tai_fixture_sale_pay (sale, pay);
  tai_fixture_commit_ok (f, pay);
  tai_fixture_reopen (f);
  paid = tai_visit_store_find_order (STORE (f), order->id.text, &error);
  g_assert_no_error (error);
  g_assert_cmpint (paid->state, ==, TAI_ORDER_PAID);
  g_assert_cmpstr (paid->receipt_number, ==, "H017-T2-A-20261122-0001");
  g_assert_cmpint (paid->terminal_seq, ==, 2);
  assert_same_order (order, paid);
  tai_fixture_assert_verified (f);
}

static void
assert_listed (TaiFixture *f, TaiOrderFilter filter, const char *const *receipts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = tai_visit_store_list_orders (STORE (f), &filter, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (orders->len, ==, g_strv_length ((char **)receipts));
  for (guint i = 0; i < orders->len; i++)
    g_assert_cmpstr (((TaiOrder *)g_ptr_array_index (orders, i))->receipt_number, ==, receipts[i]);
}
#define LISTED(f, filter, ...)                                                                               \
  assert_listed (f, (TaiOrderFilter)filter, (const char *const[]){__VA_ARGS__, NULL})
#define FILTER(...)                                                                                          \
  {                                                                                                          \
    __VA_ARGS__                                                                                              \
  }

static void
test_list_orders (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) a = NULL, b = NULL, c = NULL;
  const char *none[] = {NULL};
  g_autoptr (TaiChange) change = tai_change_new ();

  tai_fixture_open_till (f, "2026-11-22", 0);
  a = tai_fixture_sell (f, "13800000001", 100);
  b = tai_fixture_sell (f, "13800000002", 200);
  tai_fixture_close_till (f, 300);
  tai_fixture_open_till (f, "2026-11-23", 300);
  c = tai_fixture_sell (f, "13800000001", 400);
#define A "H017-T2-A-20261122-0001"
#define B "H017-T2-A-20261122-0002"
#define C "H017-T2-A-20261123-0001"
  LISTED (f, {0}, C, B, A);
  LISTED (f, FILTER (.limit = 2), C, B);
  LISTED (f, FILTER (.business_day = "2026-11-22"), B, A);
  LISTED (f, FILTER (.receipt_number = B), B);
  LISTED (f, FILTER (.receipt_number = B, .business_day = "2026-11-22"), B);
  LISTED (f, FILTER (.msisdn = "13800000001"), C, A);
  LISTED (f, FILTER (.msisdn = "13800000001", .business_day = "2026-11-23"), C);
  LISTED (f, FILTER (.clerk = "1042"), C, B, A);
  LISTED (f, FILTER (.ending = "1042"), C, B, A);
  LISTED (f, FILTER (.ending = "0002"), B);
  LISTED (f, FILTER (.ending = "0001"), C, A);
  LISTED (f, FILTER (.visit_id = &b->visit_id), B);
  LISTED (f, FILTER (.only_unfinished = TRUE), C, B, A);
  assert_listed (f, (TaiOrderFilter){.clerk = "9999"}, none);
  assert_listed (f, (TaiOrderFilter){.ending = "1380"}, none);
  assert_listed (f, (TaiOrderFilter){.receipt_number = "nonsense"}, none);
  assert_listed (f, (TaiOrderFilter){.receipt_number = A, .business_day = "2026-11-23"}, none);
  tai_fixture_acknowledge_all (f);
  tai_change_add_order_state (change, &((TaiOrder *)g_ptr_array_index (a->orders, 0))->id,
                              TAI_ORDER_COMPLETED, NULL, f->now_us);
  tai_fixture_commit_ok (f, change);
  LISTED (f, FILTER (.only_unfinished = TRUE), C, B);
  LISTED (f, FILTER (.only_unfinished = TRUE, .business_day = "2026-11-22"), B);
#undef A
#undef B
#undef C
}

/* HQ refuses what was paid: the order stays in sight until the money has gone back. */
static void
test_refund_due (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (TaiChange) refused = tai_change_new (), refunded = tai_change_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  TaiCredit credit = {TAI_ACCOUNT_CUSTOMER_DEPOSITS, NULL, tai_money (100, TAI_CNY)};
  g_autoptr (TaiOrder) found = NULL;
  const char *none[] = {NULL};
  TaiOrder *order;

  tai_fixture_open_till (f, "2026-11-22", 1000);
  sale = tai_fixture_sell (f, "13800000001", 100);
  order = g_ptr_array_index (sale->orders, 0);
  tai_fixture_acknowledge_all (f);
  tai_change_add_order_state (refused, &order->id, TAI_ORDER_REJECTED, "five_numbers", f->now_us);
  tai_change_add_postings (refused, tai_posting_owe ("hq_refused", &credit, 1, &error), &order->id, NULL,
                           "2026-11-22", f->shift_id.text, NULL, f->now_us);
  tai_fixture_commit_ok (f, refused);
  found = tai_visit_store_find_order (STORE (f), order->id.text, &error);
  g_assert_cmpint (found->state, ==, TAI_ORDER_REJECTED);
  g_assert_cmpstr (found->hq_reason, ==, "five_numbers");
  LISTED (f, FILTER (.only_unfinished = TRUE), order->receipt_number);
  report = tai_visit_store_report (STORE (f), "2026-11-22", NULL, &error);
  g_assert_cmpint (report->refund_due.minor, ==, 100);
  tai_fixture_assert_verified (f);
  tai_change_add_postings (refunded, tai_posting_refund_cash ("T2", tai_money (100, TAI_CNY), &error),
                           &order->id, NULL, "2026-11-22", f->shift_id.text, NULL, f->now_us);
  tai_fixture_commit_ok (f, refunded);
  assert_listed (f, (TaiOrderFilter){.only_unfinished = TRUE}, none);
  tai_fixture_assert_verified (f);
}

/* Payments ------------------------------------------------------------------------------------------------------------- */

static TaiPayment *
qr_payment (TaiFixture *f, const TaiUuid *visit)
{
  TaiPayment *payment = tai_payment_new (TAI_TENDER_QR, tai_money (500, TAI_CNY));

  payment->id = tai_fixture_uuid (f);
  payment->visit_id = *visit;
  payment->provider = g_strdup ("wechat");
  payment->clerk = g_strdup ("1042");
  payment->business_day = g_strdup (f->business_day);
  payment->shift_id = g_strdup (f->shift_id.text);
  payment->created_us = f->now_us;
  return payment;
}

static void
move_payment (TaiFixture *f, const TaiPayment *payment, TaiPaymentState to)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  tai_change_add_payment_event (change, &payment->id, to, "word", tai_fixture_tick (f));
  tai_fixture_commit_ok (f, change);
}

/* Money that arrives after its shift was closed counts in the one that is open. */
static void
test_payment_life (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  TaiUuid visit;
  g_autoptr (TaiPayment) payment = NULL;
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments = NULL;
  g_autoptr (TaiTillReport) report = NULL, after = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  visit = tai_fixture_uuid (f);
  payment = qr_payment (f, &visit);
  tai_change_add_payment (change, payment);
  tai_fixture_commit_ok (f, change);
  move_payment (f, payment, TAI_PAYMENT_SUBMITTED);
  move_payment (f, payment, TAI_PAYMENT_UNKNOWN);
  report = tai_visit_store_report (STORE (f), "2026-11-22", NULL, &error);
  g_assert_cmpint (report->n_in_doubt, ==, 1);
  g_assert_cmpint (report->n_payments, ==, 0);
  tai_fixture_close_till (f, 0);
  tai_fixture_open_till (f, "2026-11-23", 0);
  move_payment (f, payment, TAI_PAYMENT_SUCCEEDED);
  after = tai_visit_store_report (STORE (f), "2026-11-23", NULL, &error);
  g_assert_cmpint (after->n_in_doubt, ==, 0);
  g_assert_cmpint (after->n_payments, ==, 1);
  g_assert_cmpint (((TaiReportLine *)g_ptr_array_index (after->by_tender, 0))->amount.minor, ==, 500);
  payments = tai_visit_store_list_payments (STORE (f), &visit, &error);
  g_assert_cmpint (((TaiPayment *)g_ptr_array_index (payments, 0))->state, ==, TAI_PAYMENT_SUCCEEDED);
  g_assert_cmpstr (((TaiPayment *)g_ptr_array_index (payments, 0))->provider, ==, "wechat");
  g_assert_cmpstr (((TaiPayment *)g_ptr_array_index (payments, 0))->business_day, ==, "2026-11-22");
  g_assert_cmpint (tai_fixture_number (f, "SELECT count (*) FROM payment_event"), ==, 4);
  move_payment (f, payment, TAI_PAYMENT_REVERSING);
  move_payment (f, payment, TAI_PAYMENT_REVERSED);
  tai_fixture_assert_verified (f);
}

static void
test_refund_payment (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (TaiPayment) refund = NULL;
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  sale = tai_fixture_sell (f, "13800000001", 500);
  refund = qr_payment (f, &sale->visit_id);
  refund->amount.minor = -500;
  refund->original_id = sale->payment->id;
  tai_change_add_payment (change, refund);
  tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_SUCCEEDED, NULL, f->now_us);
  tai_fixture_commit_ok (f, change);
  payments = tai_visit_store_list_payments (STORE (f), &sale->visit_id, &error);
  g_assert_cmpuint (payments->len, ==, 2);
  g_assert_cmpstr (((TaiPayment *)g_ptr_array_index (payments, 1))->original_id.text, ==,
                   sale->payment->id.text);
  g_assert_cmpint (((TaiPayment *)g_ptr_array_index (payments, 0))->allocations->len, ==, 1);
  g_assert_cmpstr (
      g_array_index (((TaiPayment *)g_ptr_array_index (payments, 0))->allocations, TaiAllocation, 0)
          .order_id.text,
      ==, ((TaiOrder *)g_ptr_array_index (sale->orders, 0))->id.text);
  tai_fixture_assert_verified (f);
}

/* Shifts and series ------------------------------------------------------------------------------------------------------ */

static void
test_shift (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiShift) open = NULL, closed = NULL;
  g_autoptr (TaiFixtureSale) sale = NULL;
  TaiMoney balance;

  tai_fixture_open_till (f, "2026-11-22", 50000);
  open = tai_visit_store_find_open_shift (STORE (f), "T2", &error);
  g_assert_cmpstr (open->id.text, ==, f->shift_id.text);
  g_assert_cmpstr (open->clerk, ==, "1042");
  g_assert_cmpint (open->float_amount.minor, ==, 50000);
  g_assert_cmpint (open->state, ==, TAI_SHIFT_OPEN);
  g_assert_null (tai_visit_store_find_open_shift (STORE (f), "T3", &error));
  g_assert_null (tai_visit_store_find_last_closed_shift (STORE (f), "T2", &error));
  sale = tai_fixture_sell (f, "13800000001", 12800);
  g_assert_true (tai_visit_store_drawer_balance (STORE (f), "T2", &balance, &error));
  g_assert_cmpint (balance.minor, ==, 62800);
  g_assert_cmpint (balance.currency, ==, TAI_CNY);
  tai_fixture_close_till (f, 62000);
  g_assert_null (tai_visit_store_find_open_shift (STORE (f), "T2", &error));
  closed = tai_visit_store_find_last_closed_shift (STORE (f), "T2", &error);
  g_assert_cmpint (closed->counted.minor, ==, 62000);
  g_assert_cmpint (closed->expected.minor, ==, 62800);
  g_assert_cmpint (closed->z_number, ==, 1);
  g_assert_true (tai_visit_store_drawer_balance (STORE (f), "T2", &balance, &error));
  g_assert_cmpint (balance.minor, ==, 62000);
  g_assert_cmpint (tai_fixture_number (f, "SELECT count (*) FROM shift_event"), ==, 3);
  g_assert_cmpint (tai_fixture_number (f, "SELECT count (*) FROM journal_checkpoint"), ==, 1);
  tai_fixture_assert_verified (f);
}

/* A day that is opened again goes on with its numbers; another epoch begins with 1 under a new letter. */
static void
test_receipt_series (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) a = NULL, b = NULL, c = NULL, d = NULL;
  g_autoptr (GError) error = NULL;
  TaiHeads heads;

  tai_fixture_open_till (f, "2026-11-22", 0);
  a = tai_fixture_sell (f, "13800000001", 100);
  tai_fixture_close_till (f, 100);
  tai_fixture_open_till (f, "2026-11-23", 100);
  b = tai_fixture_sell (f, "13800000001", 100);
  g_assert_cmpstr (tai_fixture_sale_get_receipt (b), ==, "H017-T2-A-20261123-0001");
  tai_fixture_close_till (f, 200);
  tai_fixture_open_till (f, "2026-11-22", 200); /* a clock that was set back */
  c = tai_fixture_sell (f, "13800000001", 100);
  g_assert_cmpstr (tai_fixture_sale_get_receipt (c), ==, "H017-T2-A-20261122-0002");
  g_assert_true (tai_store_advance_epoch (f->store, 9, "hq head 17", f->now_us, &error));
  g_assert_no_error (error);
  g_assert_true (tai_store_get_heads (f->store, &heads, &error));
  g_assert_cmpint (heads.epoch_letter, ==, 'B');
  d = tai_fixture_sell (f, "13800000001", 100);
  g_assert_cmpstr (tai_fixture_sale_get_receipt (d), ==, "H017-T2-B-20261122-0001");
  g_assert_cmpint (heads.next_terminal_seq, ==, 10); /* HQ has up to 9: the copy was older */
  g_assert_cmpint (tai_fixture_number (f, "SELECT count (*) FROM journal WHERE kind = 'restored'"), ==, 1);
  tai_fixture_assert_verified (f);
}

static void
test_epoch_limit (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new_in_memory ("epoch");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 25; i++)
    g_assert_true (tai_store_advance_epoch (f->store, 0, NULL, 1, &error));
  g_assert_false (tai_store_advance_epoch (f->store, 0, NULL, 1, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT);
}

/* What was placed before the close and paid after it counts in the shift of its receipt. */
static void
test_paid_in_next_shift (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (TaiChange) place = tai_change_new (), pay = tai_change_new ();
  g_autoptr (TaiTillReport) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  sale = tai_fixture_sale_new (f, "13800000001", 100);
  tai_fixture_sale_place (sale, place);
  tai_fixture_commit_ok (f, place);
  tai_fixture_close_till (f, 0);
  tai_fixture_open_till (f, "2026-11-23", 0);
  tai_fixture_sale_pay (sale, pay);
  tai_fixture_commit_ok (f, pay);
  first = tai_visit_store_report (STORE (f), "2026-11-22", NULL, &error);
  second = tai_visit_store_report (STORE (f), "2026-11-23", NULL, &error);
  g_assert_cmpint (first->n_orders, ==, 0);
  g_assert_cmpint (second->n_orders, ==, 1);
  LISTED (f, FILTER (.receipt_number = tai_fixture_sale_get_receipt (sale)),
          tai_fixture_sale_get_receipt (sale));
  tai_fixture_assert_verified (f);
}

static void
test_receipt_number_parse (void)
{
  static const char *const bad[] = {"",
                                    "H017",
                                    "H017-T2-A-20261122",
                                    "H017-T2-A-20261122-",
                                    "H017-T2-A-20261122-001",
                                    "H017-T2-A-20261122-0000",
                                    "H017-T2-a-20261122-0001",
                                    "H017-T2-A-2026112x-0001",
                                    "H017-T2-AB-20261122-0001",
                                    "A-20261122-0001",
                                    "H017-T2-A-20261122-00x1",
                                    "H017-T2-A-20261122-99999999999999999999",
                                    "H017-T2-A-20261122--0001"};
  char letter, day[11];
  gint64 sequence;

  g_assert_true (tai_receipt_number_parse ("H-0-17-T 2-Q-20261122-12345", &letter, day, &sequence));
  g_assert_cmpint (letter, ==, 'Q');
  g_assert_cmpstr (day, ==, "2026-11-22");
  g_assert_cmpint (sequence, ==, 12345);
  g_assert_false (tai_receipt_number_parse (NULL, &letter, day, &sequence));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (tai_receipt_number_parse (bad[i], &letter, day, &sequence));
}

/* A visit is stored as what it has become; a change may take it through several states, each checked. */
static void
test_visit (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  TaiUuid visit = tai_fixture_uuid (f);
  g_autoptr (TaiChange) way = tai_change_new (), back = tai_change_new ();
  g_autoptr (GError) error = NULL;

  tai_change_add_visit (way, &visit, TAI_VISIT_OPEN, "1042", 1);
  tai_change_add_visit (way, &visit, TAI_VISIT_PARKED, NULL, 2);
  tai_change_add_visit (way, &visit, TAI_VISIT_OPEN, NULL, 3);
  tai_change_add_visit (way, &visit, TAI_VISIT_OPEN, "1043", 4); /* the same again is no move */
  tai_fixture_commit_ok (f, way);
  g_assert_cmpint (
      tai_fixture_number (f, "SELECT count (*) FROM visit WHERE state = 'open' AND clerk = '1043' AND "
                             "changed_us = 4"),
      ==, 1);
  tai_change_add_visit (back, &visit, TAI_VISIT_ABANDONED, NULL, 5);
  tai_change_add_visit (back, &visit, TAI_VISIT_OPEN, NULL, 6);
  g_assert_false (tai_fixture_commit (f, back, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE);
  g_assert_cmpint (tai_fixture_number (f, "SELECT changed_us FROM visit"), ==, 4);
}

/* A store in memory is the same store. */
static void
test_memory (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new_in_memory ("terminal-1");
  g_autoptr (TaiFixture) g = tai_fixture_new_in_memory ("terminal-2");
  g_autoptr (TaiFixtureSale) sale = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  sale = tai_fixture_sell (f, "13800000001", 100);
  tai_fixture_acknowledge_all (f);
  tai_fixture_assert_verified (f);
  tai_fixture_assert_verified (g);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/open-empty", test_open_empty);
  g_test_add_func ("/store/order-round-trip", test_order_round_trip);
  g_test_add_func ("/store/list-orders", test_list_orders);
  g_test_add_func ("/store/refund-due", test_refund_due);
  g_test_add_func ("/store/payment-life", test_payment_life);
  g_test_add_func ("/store/refund-payment", test_refund_payment);
  g_test_add_func ("/store/shift", test_shift);
  g_test_add_func ("/store/receipt-series", test_receipt_series);
  g_test_add_func ("/store/epoch-limit", test_epoch_limit);
  g_test_add_func ("/store/paid-in-next-shift", test_paid_in_next_shift);
  g_test_add_func ("/store/receipt-number-parse", test_receipt_number_parse);
  g_test_add_func ("/store/visit", test_visit);
  g_test_add_func ("/store/memory", test_memory);
  return g_test_run ();
}
