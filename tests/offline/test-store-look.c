/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a clerk looks up, from the store alone: the order and the limit of what is not acknowledged, papers, lives, stock; that
 * corruption is told and a reader may look, too.
 */
#include "tai-store-fixture.h"

#include "tai-offline-error.h"

#define SALES 30

static GPtrArray *
list (TaiFixture *f, guint limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items =
      tai_visit_store_list_unsent (TAI_VISIT_STORE (f->store), TAI_DESTINATION_HQ, limit, &error);

  g_assert_no_error (error);
  return items;
}

static void
mark (TaiFixture *f, gint64 row, TaiMessageState to)
{
  TaiOutboxMark marks[] = {{.row = row, .to = TAI_MESSAGE_IN_FLIGHT}, {.row = row, .to = to, .error = "why"}};
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    tai_outbox_mark (TAI_OUTBOX (f->store), &marks[i], 1, tai_fixture_tick (f), &error);
    g_assert_no_error (error);
  }
}

static int
rank_of (const TaiUnsentItem *item)
{
  return item->state == TAI_MESSAGE_QUARANTINED ? 0 : item->state == TAI_MESSAGE_ASKING ? 1 : 2;
}

/* Refused before in doubt before waiting, oldest first; a limit cuts the end off and nothing else. */
static void
test_order (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GPtrArray) all = NULL;
  gint64 n;

  tai_fixture_open_till (f, "2026-11-22", 20000);
  for (guint i = 0; i < SALES; i++)
    tai_fixture_sale_free (tai_fixture_sell (f, "13800000001", 1000 + i));
  n = tai_fixture_number (f, "SELECT count(*) FROM outbox");
  for (gint64 row = 3; row <= n; row += 7)
    mark (f, row, row % 2 == 0 ? TAI_MESSAGE_QUARANTINED : TAI_MESSAGE_ASKING);
  all = list (f, 1000);
  g_assert_cmpuint (all->len, ==, n);
  for (guint i = 1; i < all->len; i++) {
    const TaiUnsentItem *a = g_ptr_array_index (all, i - 1), *b = g_ptr_array_index (all, i);
    g_assert_cmpint (rank_of (a), <=, rank_of (b));
    if (rank_of (a) == rank_of (b))
      g_assert_cmpint (a->created_us, <=, b->created_us);
  }
  for (guint limit = 1; limit < 20; limit += 5) {
    g_autoptr (GPtrArray) some = list (f, limit);
    g_assert_cmpuint (some->len, ==, limit);
    for (guint i = 0; i < limit; i++)
      g_assert_cmpstr (((TaiUnsentItem *)g_ptr_array_index (some, i))->key.text, ==,
                       ((TaiUnsentItem *)g_ptr_array_index (all, i))->key.text);
  }
}

static void
test_nothing (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (GPtrArray) before = list (f, 10), after = NULL, papers = NULL;
  g_autoptr (GError) error = NULL;
  TaiStockFigures figures = {1, 1, 1};

  g_assert_cmpuint (before->len, ==, 0);
  tai_visit_store_get_stock (TAI_VISIT_STORE (f->store), &figures, &error);
  g_assert_no_error (error);
  g_assert_cmpint (figures.n_numbers + figures.n_sims + figures.catalogue_us, ==, 0);
  papers = tai_print_queue_list_receipt (TAI_PRINT_QUEUE (f->store), "H017-T2-A-20261122-0001", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (papers->len, ==, 0);
  tai_fixture_open_till (f, "2026-11-22", 20000);
  sale = tai_fixture_sell (f, "13800000001", 1000);
  tai_fixture_acknowledge_all (f);
  after = list (f, 10);
  g_assert_cmpuint (after->len, ==, 0);
}

/* A word that no state has is corruption, never another state. */
static void
test_corrupt (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (GError) error = NULL, other = NULL;
  const TaiOrder *order;

  tai_fixture_open_till (f, "2026-11-22", 20000);
  sale = tai_fixture_sell (f, "13800000001", 1000);
  order = g_ptr_array_index (sale->orders, 0);
  tai_fixture_sql (f, "UPDATE outbox SET state = 'asleep' WHERE n = 1");
  g_assert_null (tai_visit_store_list_unsent (TAI_VISIT_STORE (f->store), TAI_DESTINATION_HQ, 10, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT);
  tai_fixture_sql (f, "DROP TRIGGER order_state_event_update; UPDATE order_state_event SET state = 'asleep'");
  g_assert_null (tai_visit_store_list_order_events (TAI_VISIT_STORE (f->store), order->id.text, &other));
  g_assert_error (other, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/offline/look/order", test_order);
  g_test_add_func ("/offline/look/nothing", test_nothing);
  g_test_add_func ("/offline/look/corrupt", test_corrupt);
  return g_test_run ();
}
