/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bank's statement beside what the halls say: halves that match, halves that are missing on either side, files that are none. */
#include "hq-money.h"

#include <string.h>

#include "tai-cash-move.h"
#include "tai-headquarters.h"
#include "tai-hq-bank.h"
#include "tai-hq-csv.h"
#include "tai-hq-error.h"

#define SHIFT      "0199f3c2-7d10-7c3a-9b1e-aaaaaaaaaaaa"
#define DAY        "2026-11-22"
#define HEADS      "type,day,hall,number,reference,amount\n"
#define CNY(minor) tai_money (minor, TAI_CNY)

static gint64 seq;

static void
deposit (HqFixture *f, guint number, const char *slip, gint64 minor)
{
  g_autofree char *bag = g_strdup_printf ("B-%u", number);
  const char *const moves[] = {TAI_CASH_DROP, TAI_CASH_BANK_DEPOSIT};
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++) {
    TaiTillNews *news = hq_money_news (TAI_NEWS_CASH, number * 2 + i, SHIFT, f->now_us);
    news->name = g_strdup (moves[i]);
    news->amount = CNY (minor);
    news->subject = g_strdup (bag);
    news->slip = g_strdup (i == 1 ? slip : NULL);
    g_assert_cmpint (hq_money_post_news (f, news, ++seq), ==, 201);
  }
}

/* Payment or refund @number for order @number + 1, both of T1. */
static void
move (HqFixture *f, const char *path, guint number, const char *tender, gint64 minor)
{
  char id[37], order[37];
  HqMoneyPayment p = {.id = hq_fixture_uuid (number, id),
                      .order = hq_fixture_uuid (number + 1, order),
                      .minor = minor,
                      .tender = tender,
                      .clerk = "1042",
                      .day = DAY,
                      .shift = SHIFT};
  char *body = g_str_equal (path, TAI_PATH_REFUND) ? hq_money_refund (&p) : hq_money_payment (&p);
  g_assert_cmpint (hq_money_post (f, path, body, id, ++seq), ==, 201);
}

static void
pay (HqFixture *f, guint number, const char *tender, gint64 minor)
{
  move (f, TAI_PATH_PAYMENT, number, tender, minor);
}

static void
give_back (HqFixture *f, guint number, const char *tender, gint64 minor)
{
  move (f, TAI_PATH_REFUND, number, tender, minor);
}

static HqBankImport
read_in (HqFixture *f, const char *lines)
{
  g_autofree char *text = g_strconcat (HEADS, lines, NULL);
  g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  HqBankImport result;
  gboolean done = hq_bank_import (f->store, file, NULL, f->now_us, &result, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return result;
}

/* Only those about the bank. */
static void
assert_open (HqFixture *f, const char *expected)
{
  g_autofree char *all = hq_money_list_findings (f);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  g_autoptr (GString) found = g_string_new (NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "bank "))
      g_string_append_printf (found, "%s\n", lines[i] + strlen ("bank "));
  g_assert_cmpstr (found->str, ==, expected);
}

static gboolean
count_cb (const HqBankRow *row, gpointer data)
{
  ++*(guint *)data;
  return TRUE;
}

static guint
count_lines (HqFixture *f)
{
  HqBankFilter all = {.hall = "H017"};
  guint n = 0;
  f->store->klass->bank_list (f->store, &all, count_cb, &n);
  return n;
}

/* ---- deposits ---- */

static void
test_both_halves (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  deposit (f, 10, "S-1", 25000);
  HqBankImport result = read_in (f, "deposit," DAY ",H017,S-1,ICBC-001,250.00\n");
  g_assert_cmpuint (result.n_lines, ==, 1);
  g_assert_cmpuint (result.n_known, ==, 0);
  g_assert_cmpuint (result.n_open, ==, 0);
  assert_open (f, "");
}

/* The bank's half comes first, then the hall's. */
static void
test_hall_is_late (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  HqBankImport result = read_in (f, "deposit," DAY ",H017,S-1,ICBC-001,250.00\n");
  g_assert_cmpuint (result.n_open, ==, 1);
  assert_open (f, "deposit S-1: hall_missing 250.00\n");
  deposit (f, 10, "S-1", 25000);
  assert_open (f, "");
}

/* A statement that tells of that day has no such deposit; the next one has. */
static void
test_bank_is_late (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  deposit (f, 10, "S-1", 25000);
  deposit (f, 20, "S-2", 100);
  assert_open (f, ""); /* no statement tells of the day: nothing is missing yet */
  read_in (f, "deposit," DAY ",H017,S-2,ICBC-002,1.00\n");
  assert_open (f, "deposit S-1: bank_missing 250.00\n");
  read_in (f, "deposit,2026-11-23,H017,S-1,ICBC-003,250.00\n");
  assert_open (f, "");
}

static void
test_amounts (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  deposit (f, 10, "S-1", 25000);
  deposit (f, 20, "S-2", 100);
  deposit (f, 30, "S-3", 100);
  read_in (f, "deposit," DAY ",H017,S-1,ICBC-001,249.00\n"
              "deposit," DAY ",H017,S-2,ICBC-002,1.00\n"
              "deposit," DAY ",H017,S-2,ICBC-003,1.00\n"
              "deposit," DAY ",H017,S-3,ICBC-004,1.00\n");
  assert_open (f, "deposit S-1: bank_amount -1.00\n"
                  "deposit S-2: bank_twice bank_amount 1.00\n");
}

/* ---- what cards and QR brought ---- */

static void
test_settlements (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  pay (f, 100, "card", 5000);
  pay (f, 110, "card", 700);
  give_back (f, 120, "card", 200);
  pay (f, 130, "qr", 3000);
  pay (f, 140, "cash", 9000); /* no bank's affair */
  read_in (f, "card," DAY ",H017,,UP-1,50.00\ncard," DAY ",H017,,UP-2,5.00\nqr," DAY ",H017,,WX-1,29.00\n");
  assert_open (f, "qr " DAY ": bank_amount -1.00\n");
  pay (f, 150, "card", 100); /* late: the day was settled without it */
  assert_open (f, "card " DAY ": bank_amount -1.00\nqr " DAY ": bank_amount -1.00\n");
  read_in (f, "card," DAY ",H017,,UP-3,1.00\nqr," DAY ",H017,,WX-2,1.00\n");
  assert_open (f, "");
  give_back (f, 160, "qr", 500);
  assert_open (f, "qr " DAY ": bank_amount 5.00\n");
  read_in (f, "qr," DAY ",H017,,WX-3,-5.00\n"); /* the settlement of what went back */
  assert_open (f, "");
}

/* A day on which more went back than came is settled below zero. */
static void
test_more_back (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  pay (f, 100, "qr", 1000);
  give_back (f, 110, "qr", 3000);
  read_in (f, "qr," DAY ",H017,,WX-1,-20.00\n");
  assert_open (f, "");
  give_back (f, 120, "qr", 100);
  assert_open (f, "qr " DAY ": bank_amount 1.00\n");
}

static void
test_days_of_nothing (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  pay (f, 100, "qr", 3000);
  read_in (
      f, "qr,2026-11-21,H017,,WX-1,10.00\nqr,2026-11-23,H017,,WX-2,20.00\n"); /* and the 22nd between them */
  assert_open (f, "qr 2026-11-21: hall_missing 10.00\nqr 2026-11-22: bank_missing 30.00\n"
                  "qr 2026-11-23: hall_missing 20.00\n");
}

/* ---- a hall that is left out ---- */

#define BOTH "card,2026-11-21,H017,,UP-1,10.00\ncard,2026-11-21,H099,,UP-2,20.00\n"

static void
sell_at_h099 (HqFixture *f)
{
  HqMoneySale sale = {
      .number = 300, .minor = 4000, .tender = "card", .clerk = "1099", .day = DAY, .shift = SHIFT};
  sale.operation = "top_up";
  sale.terminal = "T9";
  hq_money_sell (f, &sale);
}

/* It stood beside the other yesterday: today's file tells of its card money, too, by saying nothing. */
static void
test_hall_left_out (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  sell_at_h099 (f);
  HqBankImport first = read_in (f, BOTH);
  g_assert_cmpuint (first.n_left_out, ==, 0);
  f->now_us += G_TIME_SPAN_DAY;
  HqBankImport second = read_in (f, "card," DAY ",H017,,UP-3,10.00\n");
  g_assert_cmpuint (second.n_left_out, ==, 1);
  g_assert_cmpuint (second.n_open, ==, 4);
  assert_open (f, "card 2026-11-21: hall_missing 10.00\ncard 2026-11-21: hall_missing 20.00\n"
                  "card " DAY ": hall_missing 10.00\ncard " DAY ": bank_missing 40.00\n");
  f->now_us += G_TIME_SPAN_DAY;
  HqBankImport third = read_in (f, "card,2026-11-23,H017,,UP-4,10.00\n"); /* still the same halls */
  g_assert_cmpuint (third.n_left_out, ==, 1);
  HqBankImport late = read_in (f, "card," DAY ",H099,,UP-5,40.00\n");
  g_assert_cmpuint (late.n_left_out, ==, 1); /* now the other one's 22nd, which is there */
  assert_open (f, "card 2026-11-21: hall_missing 10.00\ncard 2026-11-21: hall_missing 20.00\n"
                  "card " DAY ": hall_missing 10.00\ncard 2026-11-23: hall_missing 10.00\n");
}

/* Another bank's halls, another type of money, a statement of one hall: none of them tells of the hall. */
static void
test_hall_not_left_out (void)
{
  static const struct {
    const char *first, *second, *hall;
  } cases[] = {
      {"card,2026-11-21,H017,,UP-1,10.00\n", "card," DAY ",H017,,UP-3,10.00\n", NULL},
      {BOTH, "qr," DAY ",H017,,WX-3,10.00\n", NULL},
      {BOTH, "card," DAY ",H017,,UP-3,10.00\n", "H017"},
      {BOTH, "card," DAY ",H017,,UP-3,10.00\ncard," DAY ",H099,,UP-4,40.00\n", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HqFixture) f = hq_fixture_new ();
    g_autofree char *text = g_strconcat (HEADS, cases[i].second, NULL);
    g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));
    g_autoptr (GError) error = NULL;
    HqBankImport result;
    sell_at_h099 (f);
    read_in (f, cases[i].first);
    f->now_us += G_TIME_SPAN_DAY;
    g_assert_true (hq_bank_import (f->store, file, cases[i].hall, f->now_us, &result, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (result.n_left_out, ==, 0);
    g_autofree char *all = hq_money_list_findings (f);
    g_assert_null (strstr (all, "bank_missing"));
  }
}

/* ---- again ---- */

static void
test_the_same_file (void)
{
  static const char text[] = "deposit," DAY ",H017,S-1,ICBC-001,250.00\nqr," DAY ",H017,,WX-1,30.00\n";
  g_autoptr (HqFixture) f = hq_fixture_new ();
  read_in (f, text);
  HqBankImport again = read_in (f, text);
  g_assert_cmpuint (again.n_lines, ==, 2);
  g_assert_cmpuint (again.n_known, ==, 2);
  g_assert_cmpuint (again.n_open, ==, 2);
  g_assert_cmpuint (count_lines (f), ==, 2);
  assert_open (f, "deposit S-1: hall_missing 250.00\nqr " DAY ": hall_missing 30.00\n");
  HqBankImport more =
      read_in (f, "qr," DAY ",H017,,WX-1,30.00\nqr," DAY ",H017,,WX-2,5.00\n"); /* they overlap */
  g_assert_cmpuint (more.n_known, ==, 1);
  g_assert_cmpuint (count_lines (f), ==, 3);
}

/* ---- files that are none ---- */

static void
assert_refused (HqFixture *f, GBytes *file, const char *why)
{
  g_autoptr (GError) error = NULL;
  HqBankImport result;
  g_assert_false (hq_bank_import (f->store, file, NULL, f->now_us, &result, &error));
  g_assert_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA);
  if (strstr (error->message, why) == NULL)
    g_error ("%s: %s is expected", error->message, why);
  g_assert_cmpuint (count_lines (f), ==, 1); /* nothing of it */
  assert_open (f, "deposit S-0: hall_missing 1.00\n");
}

static void
test_refused (void)
{
#define GOOD "deposit," DAY ",H017,S-1,R-1,250.00\n"
  static const struct {
    const char *text, *why;
  } cases[] = {
      {"", "no heads"},
      {HEADS, "no lines"},
      {HEADS GOOD "deposit," DAY ",H017,S-2,R-2,12.345\n", "line 3: amount 12.345"},
      {HEADS GOOD "deposit," DAY ",H017,S-2,R-2,-5.00\n", "not above 0"},
      {HEADS GOOD "deposit," DAY ",H017,S-2,R-2,0.00\n", "not above 0"},
      {HEADS GOOD "deposit," DAY ",H017,S-2,R-2,\"1,234.00\"\n", "amount 1,234.00"},
      {HEADS GOOD "deposit," DAY ",H017,S-2,R-2,99999999999999999999.00\n", "line 3: amount"},
      {HEADS GOOD "deposit," DAY ",H017,S-2,R-2,\n", "line 3: amount"},
      {HEADS GOOD "deposit," DAY ",H017,S-2,R-2,1.00元\n", "line 3: amount"},
      {HEADS GOOD GOOD, "line 3: reference R-1: line 2 has it, too"},
      {HEADS GOOD "qr," DAY ",H017,,R-1,1.00\n", "line 2 has it, too"},
      {HEADS GOOD "deposit," DAY ",H017,S-0,R-0,2.00\n", "with another content"},
      {HEADS GOOD "cheque," DAY ",H017,S-2,R-2,1.00\n", "type cheque"},
      {HEADS GOOD "deposit," DAY ",H017,,R-2,1.00\n", "number: a deposit"},
      {HEADS GOOD "deposit," DAY ",H017,S-2,,1.00\n", "reference: missing"},
      {HEADS GOOD "deposit,2026-02-30,H017,S-2,R-2,1.00\n", "no day"},
      {HEADS GOOD "deposit,22.11.2026,H017,S-2,R-2,1.00\n", "no day"},
      {HEADS GOOD "deposit," DAY ",H999,S-2,R-2,1.00\n", "hall H999"},
      {HEADS GOOD "deposit," DAY ",,S-2,R-2,1.00\n", "hall: missing"},
      {HEADS GOOD "deposit," DAY ",H017,S-2,R-2,1.00,more\n", "more cells than heads"},
      {HEADS GOOD "deposit,2024-01-01,H017,S-2,R-2,1.00\n", "more than a year"},
      {HEADS GOOD "deposit," DAY ",H017,\"S-2,R-2,1.00\n", "line 3: a quote is not closed"},
      {HEADS GOOD "deposit," DAY ",H017,S\"2,R-2,1.00\n", "a quote inside a cell"},
      {HEADS GOOD "deposit," DAY ",H017,\"S-2\"x,R-2,1.00\n", "something behind a quote"},
      {HEADS GOOD "deposit," DAY ",H017,S\0332,R-2,1.00\n", "a control character"},
      {"type,day,number,reference,amount\n" GOOD, "no column hall"},
      {"type,day,hall,number,amount\n" GOOD, "no column reference"},
      {"type,day,day,hall,number,reference,amount\n" GOOD, "day: two columns"},
  };
  g_autoptr (HqFixture) f = hq_fixture_new ();
  read_in (f, "deposit," DAY ",H017,S-0,R-0,1.00\n");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) file = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
    g_test_message ("%s", cases[i].why);
    assert_refused (f, file, cases[i].why);
  }
}

static void
test_wrong_encoding (void)
{
  static const char latin[] = HEADS "deposit," DAY ",H017,S-1,R-1,1.00 \xff\xff\n",
                    nul[] = HEADS "de\0posit\n", torn[] = "\xef\xbb\xbf" HEADS "\xe6\x89\n";
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (HQ_CSV_MAX_BYTES + 1), HQ_CSV_MAX_BYTES + 1);
  const struct {
    const char *bytes;
    gsize size;
    const char *why;
  } cases[] = {{latin, sizeof latin - 1, "neither UTF-8 nor GB 18030"},
               {nul, sizeof nul - 1, "no text"},
               {torn, sizeof torn - 1, "no UTF-8"},
               {g_bytes_get_data (large, NULL), HQ_CSV_MAX_BYTES + 1, "too large"}};
  read_in (f, "deposit," DAY ",H017,S-0,R-0,1.00\n");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) file = g_bytes_new (cases[i].bytes, cases[i].size);
    assert_refused (f, file, cases[i].why);
  }
}

/* ---- as banks write them ---- */

static void
test_gbk (void)
{
  static const char text[] = "流水号,交易日期,业务类型,缴款单号,贷方金额,币种,摘要\r\n"
                             "ICBC-001,20261122,现金缴款,S-1,250.00,CNY,\"中山路营业厅, 缴款\"\r\n"
                             "\r\n"
                             "UP-1,2026/11/22,银行卡,,50.00,CNY,银联清算\r\n"
                             "WX-1,2026-11-22,扫码,,30.00,,\r\n";
  static const char *const encodings[] = {"GB18030", "GBK", "UTF-8"};
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++) {
    g_autoptr (HqFixture) f = hq_fixture_new ();
    g_autoptr (GError) error = NULL;
    HqBankImport result;
    gsize size = 0;
    char *bytes = g_convert (text, -1, encodings[i], "UTF-8", NULL, &size, NULL);
    g_autoptr (GBytes) file = g_bytes_new_take (bytes, size);
    deposit (f, 10, "S-1", 25000);
    pay (f, 100, "card", 5000);
    pay (f, 110, "qr", 3000);
    g_assert_true (hq_bank_import (f->store, file, "H017", f->now_us, &result, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (result.n_lines, ==, 3);
    assert_open (f, "");
  }
}

static void
test_csv (void)
{
  static const char text[] = "\xef\xbb\xbf"
                             "a, b ,\"c,\"\"d\"\"\"\r\n,,\n\"\",x\ny";
  g_autoptr (GBytes) file = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = hq_csv_parse (file, &error);
  static const char *const expected[] = {"1 a|b|c,\"d\"", "3 |x", "4 y"};
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < rows->len; i++) {
    const HqCsvRow *row = g_ptr_array_index (rows, i);
    g_autofree char *cells = g_strjoinv ("|", row->cells);
    g_autofree char *found = g_strdup_printf ("%u %s", row->line, cells);
    g_assert_cmpstr (found, ==, expected[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bank/both-halves", test_both_halves);
  g_test_add_func ("/bank/hall-left-out", test_hall_left_out);
  g_test_add_func ("/bank/hall-not-left-out", test_hall_not_left_out);
  g_test_add_func ("/bank/hall-is-late", test_hall_is_late);
  g_test_add_func ("/bank/bank-is-late", test_bank_is_late);
  g_test_add_func ("/bank/amounts", test_amounts);
  g_test_add_func ("/bank/settlements", test_settlements);
  g_test_add_func ("/bank/more-back", test_more_back);
  g_test_add_func ("/bank/days-of-nothing", test_days_of_nothing);
  g_test_add_func ("/bank/the-same-file", test_the_same_file);
  g_test_add_func ("/bank/refused", test_refused);
  g_test_add_func ("/bank/wrong-encoding", test_wrong_encoding);
  g_test_add_func ("/bank/gbk", test_gbk);
  g_test_add_func ("/bank/csv", test_csv);
  return g_test_run ();
}
