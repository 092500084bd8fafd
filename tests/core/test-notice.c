/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a clerk is told of line, clock, prices and stock, at the edges; what is typed to find orders. */
#include "tai-notice.h"

#define NOW ((gint64)1795000000 * G_USEC_PER_SEC)

static const TaiStationFigures good_line = {.on_line = TRUE, .last_contact_us = NOW};
static const TaiStockFigures good_stock = {.n_numbers = 5, .n_sims = 5, .catalogue_us = NOW - 60};

/* -1: there is none of that kind. */
static gint64
value_of (const TaiStationFigures *line, const TaiStockFigures *stock, TaiNoticeKind kind, guint n)
{
  g_autoptr (GArray) notices = tai_notice_list (line, stock, NOW);

  g_assert_cmpuint (notices->len, ==, n);
  for (guint i = 0; i < notices->len; i++)
    if (g_array_index (notices, TaiNotice, i).kind == kind)
      return g_array_index (notices, TaiNotice, i).value;
  return -1;
}

static void
test_all_well (void)
{
  g_assert_cmpint (value_of (&good_line, &good_stock, TAI_NOTICE_PRICES, 1), ==, NOW - 60);
}

static void
test_line (void)
{
  TaiStationFigures line = {.last_contact_us = 77};

  g_assert_cmpint (value_of (&line, &good_stock, TAI_NOTICE_OFF_LINE, 2), ==, 77);
  line.paused = TRUE;
  g_assert_cmpint (value_of (&line, &good_stock, TAI_NOTICE_NOT_LET_IN, 2), ==, 0);
}

static void
test_clock (void)
{
  TaiStationFigures line = good_line;

  line.clock_offset_us = TAI_NOTICE_CLOCK_US;
  g_assert_cmpint (value_of (&line, &good_stock, TAI_NOTICE_CLOCK, 1), ==, -1);
  line.clock_offset_us = -TAI_NOTICE_CLOCK_US - 1;
  g_assert_cmpint (value_of (&line, &good_stock, TAI_NOTICE_CLOCK, 2), ==, -TAI_NOTICE_CLOCK_US - 1);
}

static void
test_stock (void)
{
  TaiStockFigures stock = good_stock;

  stock.n_numbers = 4;
  g_assert_cmpint (value_of (&good_line, &stock, TAI_NOTICE_FEW_NUMBERS, 2), ==, 4);
  stock = good_stock;
  stock.n_sims = 0;
  g_assert_cmpint (value_of (&good_line, &stock, TAI_NOTICE_FEW_SIMS, 2), ==, 0);
}

static void
test_prices (void)
{
  TaiStockFigures stock = good_stock;

  stock.catalogue_us = NOW - TAI_NOTICE_OLD_PRICES_US;
  g_assert_cmpint (value_of (&good_line, &stock, TAI_NOTICE_PRICES, 1), ==, stock.catalogue_us);
  stock.catalogue_us--;
  g_assert_cmpint (value_of (&good_line, &stock, TAI_NOTICE_OLD_PRICES, 1), ==, TAI_NOTICE_OLD_PRICES_US + 1);
  stock.catalogue_us = 0;
  g_assert_cmpint (value_of (&good_line, &stock, TAI_NOTICE_NO_PRICES, 1), ==, 0);
}

static void
test_filter (void)
{
  static const struct {
    const char *text, *receipt, *day, *msisdn, *clerk, *reference, *tender, *ending;
    gint64 paid_minor;
  } rows[] = {{NULL},
              {""},
              {"H017-T2-A-20261122-0001", "H017-T2-A-20261122-0001"},
              {"2026-11-22", NULL, "2026-11-22"},
              {"20261122", NULL, "2026-11-22"},
              {"13800138000", NULL, NULL, "13800138000"},
              {"104", NULL, NULL, NULL, "104"},
              {.text = "1042", .ending = "1042"},
              {.text = "20261399", .ending = "20261399"},
              {.text = "3800138000", .ending = "3800138000"},
              {.text = "30.00", .paid_minor = 3000},
              {.text = "-30.5", .paid_minor = 3050},
              {.text = "30.001", .reference = "30.001"},
              {.text = "SLIP7", .reference = "SLIP7"},
              {.text = "#1042", .reference = "1042"},
              {.text = "cash", .tender = "cash"},
              {.text = "wechat", .tender = "wechat"},
              {.text = "#cash", .reference = "cash"},
              {.text = " qr  2026-11-22 30.00 1042 ",
               .tender = "qr",
               .day = "2026-11-22",
               .paid_minor = 3000,
               .ending = "1042"}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) words = rows[i].text != NULL ? g_strsplit (rows[i].text, " ", -1) : NULL;
    TaiOrderFilter filter = {0};
    char day[11];
    tai_order_filter_read (&filter, words, TAI_CNY, day);
    g_assert_cmpstr (filter.receipt_number, ==, rows[i].receipt);
    g_assert_cmpstr (filter.business_day, ==, rows[i].day);
    g_assert_cmpstr (filter.msisdn, ==, rows[i].msisdn);
    g_assert_cmpstr (filter.clerk, ==, rows[i].clerk);
    g_assert_cmpstr (filter.reference, ==, rows[i].reference);
    g_assert_cmpstr (filter.tender, ==, rows[i].tender);
    g_assert_cmpstr (filter.ending, ==, rows[i].ending);
    g_assert_cmpint (filter.paid_minor, ==, rows[i].paid_minor);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/notice/all-well", test_all_well);
  g_test_add_func ("/core/notice/line", test_line);
  g_test_add_func ("/core/notice/clock", test_clock);
  g_test_add_func ("/core/notice/stock", test_stock);
  g_test_add_func ("/core/notice/prices", test_prices);
  g_test_add_func ("/core/order-filter", test_filter);
  return g_test_run ();
}
