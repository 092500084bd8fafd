/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and the report that is made of them: its figures, who may see it, and that they are what the messages say on random days. */
#include "hq-money.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-sum.h"
#include "tai-report-json.h"

#define DAY   "2026-11-22"
#define SHIFT "0199f3c2-7d10-7c3a-9b1e-aaaaaaaaaaaa"

#define CNY(minor) tai_money (minor, TAI_CNY)

static void
set_profile (HqFixture *f, const char *id, const char *hall, const char *region, const char *klass)
{
  g_autofree char *profile = g_strdup_printf (
      "{\"id\":\"%s\",\"hall\":\"%s\",\"region\":\"%s\",\"class\":\"%s\",\"hallName\":\"Hall %s\","
      "\"currency\":\"CNY\",\"utcOffsetMinutes\":480}",
      id, hall, region, klass, hall);
  HqTerminalRow row = {.id = id, .hall = hall, .klass = klass, .profile = profile};
  f->store->klass->begin (f->store);
  f->store->klass->terminal_put (f->store, &row);
  f->store->klass->commit (f->store);
}

static HqFixture *
new_region (void)
{
  HqFixture *f = hq_fixture_new ();
  set_profile (f, "T1", "H017", "4403", "demo");
  set_profile (f, "T2", "H017", "4403", "demo");
  set_profile (f, "T5", "H018", "4403", "demo");
  set_profile (f, "T9", "H099", "4401", "production");
  set_profile (f, "P1", "HQ", "", "partner");
  hq_money_add_staff (f, "H017", "1042", "clerk", NULL);
  hq_money_add_staff (f, "H017", "2001", "supervisor", NULL);
  hq_money_add_staff (f, "H017", "3001", "auditor", NULL);
  hq_money_add_staff (f, "H017", "8001", "supervisor", "[\"report_hall\",\"report_region\"]");
  return f;
}

static int
send_as (HqFixture *f, const char *terminal, const char *path, char *body, const char *key)
{
  g_autofree char *owned = body;
  HqHeaders headers = {.terminal = terminal, .key = key, .type = "application/json"};
  return hq_fixture_send (f, "POST", path, owned, &headers);
}

static void
sell (HqFixture *f, const char *terminal, guint number, const char *clerk, const char *operation,
      const char *tender, gint64 minor, const char *day)
{
  HqMoneySale sale = {.number = number,
                      .minor = minor,
                      .operation = operation,
                      .tender = tender,
                      .clerk = clerk,
                      .day = day,
                      .terminal = terminal};
  hq_money_sell (f, &sale);
}

static TaiTillReport *
ask (HqFixture *f, const char *terminal, const char *query)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *target = g_strconcat (TAI_PATH_REPORT "?", query, NULL);
  HqHeaders headers = {.terminal = terminal};
  TaiTillReport *report;
  g_assert_cmpint (hq_fixture_send (f, "GET", target, NULL, &headers), ==, 200);
  report = tai_report_from_json (f->json, &error);
  g_assert_no_error (error);
  return report;
}

static char *
list_lines (GPtrArray *lines)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    const char *words[] = {line->hall,     line->terminal, line->clerk,
                           line->business, line->tender,   line->event};
    for (guint k = 0; k < G_N_ELEMENTS (words); k++)
      if (words[k] != NULL)
        g_string_append_printf (out, "%s ", words[k]);
    g_string_append_printf (out, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", line->count,
                            line->amount.minor);
  }
  return g_string_free (out, FALSE);
}

#define assert_lines(lines, expected)                                                                        \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autofree char *found_ = list_lines (lines);                                                            \
    g_assert_cmpstr (found_, ==, expected);                                                                  \
  }                                                                                                          \
  G_STMT_END

/* ---- figures ---- */

static void
fill_day (HqFixture *f)
{
  sell (f, "T1", 100, "1042", "top_up", "cash", 5000, DAY);
  sell (f, "T1", 110, "1042", "top_up", "qr", 3000, DAY);
  sell (f, "T2", 120, "1043", "goods_sale", "cash", 12000, DAY);
  sell (f, "T2", 130, "1043", "goods_sale", "cash", 100, "2026-11-21");
  sell (f, "T5", 140, "1900", "top_up", "cash", 777, DAY);
  hq_fixture_advance (f);
}

static void
test_day (void)
{
  g_autoptr (HqFixture) f = new_region ();
  g_autoptr (TaiTillReport) report = NULL, apart = NULL, all = NULL;
  char refund[37], order[37];
  HqMoneyPayment back = {.id = hq_fixture_uuid (200, refund),
                         .order = hq_fixture_uuid (101, order),
                         .minor = 2000,
                         .tender = "cash",
                         .clerk = "1042",
                         .day = DAY};
  fill_day (f);
  g_assert_cmpint (send_as (f, "T1", TAI_PATH_REFUND, hq_money_refund (&back), refund), ==, 201);
  report = ask (f, "T1", "from=" DAY "&clerk=2001");
  g_assert_true (report->is_from_hq);
  g_assert_cmpstr (report->business_day, ==, DAY);
  g_assert_cmpstr (report->place, ==, "Hall H017");
  g_assert_cmpint (report->as_of_us, ==, f->now_us);
  g_assert_cmpint (report->utc_offset_min, ==, 480);
  g_assert_cmpint (report->n_terminals, ==, 2);
  g_assert_cmpint (report->n_orders, ==, 3);
  g_assert_cmpint (report->day.sales.minor, ==, 20000);
  g_assert_cmpint (report->yesterday.sales.minor, ==, 100);
  g_assert_true (report->yesterday.is_known && !report->week_ago.is_known);
  assert_lines (report->by_business, "1042 top_up 2 8000\n1043 goods_sale 1 12000\n");
  assert_lines (report->by_tender,
                "1042 cash 2 3000\n1042 qr 1 3000\n1043 cash 1 12000\n"); /* less the refund */
  assert_lines (report->by_event, "1042 top_up refund 1 2000\n");
  g_assert_cmpuint (report->by_quarter->len, ==, 2);
  g_assert_cmpint (((TaiReportLine *)report->by_quarter->pdata[0])->quarter * 15, ==,
                   G_GINT64_CONSTANT (29921880));
  g_assert_null (report->by_paid);
  apart = ask (f, "T1", "from=" DAY "&by=terminal,paid&clerk=2001");
  assert_lines (apart->by_business, "T1 top_up 2 8000\nT2 goods_sale 1 12000\n");
  assert_lines (apart->by_paid, "T1 top_up cash 1 5000\nT1 top_up qr 1 3000\nT2 goods_sale cash 1 12000\n");
  all = ask (f, "T1", "from=2026-11-21&to=2026-11-22&clerk=2001&by=hall");
  g_assert_cmpstr (all->business_day, ==, "2026-11-21/2026-11-22");
  assert_lines (all->by_business, "H017 goods_sale 2 12100\nH017 top_up 2 8000\n");
  g_assert_cmpuint (all->days->len, ==, 2);
  g_assert_cmpstr (g_array_index (all->days, TaiDayFigures, 0).business_day, ==, "2026-11-21");
  g_assert_cmpint (g_array_index (all->days, TaiDayFigures, 1).sales.minor, ==, 20000);
}

static void
test_month (void)
{
  g_autoptr (HqFixture) f = new_region ();
  g_autoptr (TaiTillReport) report = NULL;
  fill_day (f);
  report = ask (f, "T1", "from=2026-11&clerk=2001");
  g_assert_cmpstr (report->business_day, ==, "2026-11");
  g_assert_cmpint (report->day.sales.minor, ==, 20100);
  g_assert_cmpuint (report->days->len, ==, 2);
  g_assert_null (report->by_quarter);
  g_assert_cmpstr (report->yesterday.business_day, ==, "2026-10");
  g_assert_cmpstr (report->week_ago.business_day, ==, "2025-11");
}

static TaiTillNews *
make_shift (HqFixture *f, TaiNewsKind kind, guint number, gint64 counted, gint64 expected)
{
  TaiTillNews *news = hq_money_news (kind, number, SHIFT, f->now_us);
  news->counted = CNY (counted);
  news->expected = CNY (expected);
  news->z_number = kind == TAI_NEWS_CLOSED ? 7 : 0;
  return news;
}

static void
test_shifts_and_contact (void)
{
  g_autoptr (HqFixture) f = new_region ();
  g_autoptr (TaiTillReport) open = NULL, closed = NULL;
  TaiTillNews *copy = hq_money_news (TAI_NEWS_NOTE, 3, SHIFT, f->now_us),
              *yes = hq_money_news (TAI_NEWS_APPROVAL, 4, SHIFT, f->now_us);
  const TaiReportTerminal *terminal;
  const TaiShift *shift;
  hq_money_post_news (f, make_shift (f, TAI_NEWS_OPENED, 1, 20000, 20100), 2);
  copy->name = g_strdup ("reprint");
  hq_money_post_news (f, copy, 5);
  yes->name = g_strdup ("cash_out");
  yes->subject = g_strdup ("T1");
  yes->asked_by = g_strdup ("1042");
  yes->approver = g_strdup ("2001");
  yes->approval_state = TAI_APPROVAL_GRANTED;
  yes->asked_us = yes->decided_us = f->now_us;
  yes->amount = CNY (100);
  hq_fixture_uuid (5, yes->approval_id.text);
  hq_money_post_news (f, yes, 6);
  open = ask (f, "T1", "from=" DAY "&clerk=2001");
  g_assert_cmpint (open->drawer_expected.minor, ==, 20000);
  g_assert_cmpint (open->n_reprints, ==, 1);
  assert_lines (open->by_event, "1042 override 1 100\n1042 reprint 1 0\n");
  shift = g_ptr_array_index (open->shifts, 0);
  g_assert_cmpint (shift->state, ==, TAI_SHIFT_OPEN);
  terminal = g_ptr_array_index (open->terminals, 0);
  g_assert_cmpstr (terminal->terminal, ==, "T1");
  g_assert_cmpint (terminal->last_contact_us, ==, f->now_us);
  g_assert_cmpint (terminal->n_missing, ==, 3); /* 1, 3, 4 */
  g_assert_cmpint (((TaiReportTerminal *)open->terminals->pdata[1])->last_contact_us, ==, 0);
  hq_money_post_news (f, make_shift (f, TAI_NEWS_CLOSED, 9, 19970, 20000), 7);
  closed = ask (f, "T1", "from=" DAY "&clerk=2001");
  shift = g_ptr_array_index (closed->shifts, 0);
  g_assert_cmpint (shift->state, ==, TAI_SHIFT_CLOSED);
  g_assert_cmpint (shift->z_number, ==, 7);
  g_assert_cmpint (shift->opening_expected.minor, ==, 20100);
  g_assert_cmpint (closed->day.difference.minor, ==, -30);
  g_assert_cmpint (closed->drawer_expected.minor, ==, 20000); /* what stood there before it was counted */
}

/* ---- one shift ---- */

#define OTHER_SHIFT "0199f3c2-7d10-7c3a-9b1e-bbbbbbbbbbbb"

static void
sell_in (HqFixture *f, const char *shift, guint number, const char *tender, gint64 minor)
{
  HqMoneySale sale = {.number = number,
                      .minor = minor,
                      .operation = "top_up",
                      .tender = tender,
                      .clerk = "1042",
                      .day = DAY,
                      .shift = shift};
  hq_money_sell (f, &sale);
}

/* The same clerk's two shifts of a day stay apart. */
static void
test_one_shift (void)
{
  g_autoptr (HqFixture) f = new_region ();
  g_autoptr (TaiTillReport) one = NULL, other = NULL, day = NULL;
  TaiTillNews *closed = make_shift (f, TAI_NEWS_CLOSED, 9, 24970, 25000);
  TaiTillNews *opened = hq_money_news (TAI_NEWS_OPENED, 2, OTHER_SHIFT, f->now_us);
  hq_money_post_news (f, make_shift (f, TAI_NEWS_OPENED, 1, 20000, 20000), 1);
  sell_in (f, SHIFT, 100, "cash", 5000);
  sell_in (f, SHIFT, 110, "qr", 700);
  closed->journal_seq = 41;
  hq_money_post_news (f, closed, 2);
  opened->counted = CNY (24970);
  opened->expected = CNY (24970);
  hq_money_post_news (f, opened, 3);
  sell_in (f, OTHER_SHIFT, 120, "cash", 30);
  hq_fixture_advance (f);
  one = ask (f, "T1", "shift=" SHIFT "&clerk=2001");
  g_assert_cmpstr (one->shift_id, ==, SHIFT);
  g_assert_cmpstr (one->business_day, ==, DAY);
  assert_lines (one->by_business, "1042 top_up 2 5700\n");
  assert_lines (one->by_tender, "1042 cash 1 5000\n1042 qr 1 700\n");
  g_assert_cmpuint (one->shifts->len, ==, 1);
  g_assert_cmpint (one->n_orders, ==, 2);
  g_assert_cmpint (one->n_payments, ==, 2);
  g_assert_cmpint (one->day.difference.minor, ==, -30);
  g_assert_cmpint (one->drawer_expected.minor, ==, 25000);
  g_assert_cmpint (one->journal_seq, ==, 41);
  g_assert_cmpuint (strlen (one->journal_head), ==, 64);
  g_assert_false (one->yesterday.is_known);
  other = ask (f, "T1", "shift=" OTHER_SHIFT "&clerk=2001");
  assert_lines (other->by_business, "1042 top_up 1 30\n");
  g_assert_cmpint (other->drawer_expected.minor, ==, 25000);
  g_assert_cmpint (other->journal_seq, ==, 0);
  day = ask (f, "T1", "from=" DAY "&clerk=2001");
  assert_lines (day->by_business, "1042 top_up 3 5730\n");
  g_assert_null (day->shift_id);
}

static void
test_shift_unknown (void)
{
  static const struct {
    const char *query;
    int status;
  } cases[] = {
      {"shift=" OTHER_SHIFT "&clerk=2001", 404},
      {"shift=&clerk=2001", 400},
      {"shift=%27%20OR%201&clerk=2001", 404},
      {"shift=" SHIFT "&hall=*&clerk=8001", 404}, /* of which hall? */
      {"shift=" SHIFT "&hall=H018&clerk=8001", 404},
      {"shift=" SHIFT "&clerk=1042", 403},
      {"shift=" SHIFT "&clerk=2001", 200},
  }; /* of which hall? */
  g_autoptr (HqFixture) f = new_region ();
  hq_money_post_news (f, make_shift (f, TAI_NEWS_OPENED, 1, 20000, 20000), 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *target = g_strconcat (TAI_PATH_REPORT "?", cases[i].query, NULL);
    HqHeaders headers = {.terminal = "T1"};
    g_assert_cmpint (hq_fixture_send (f, "GET", target, NULL, &headers), ==, cases[i].status);
  }
}

/* ---- who ---- */

static void
test_rights (void)
{
  static const struct {
    const char *terminal, *query;
    int status;
  } cases[] = {
      {"T1", "from=" DAY, 403},
      {"T1", "from=" DAY "&clerk=1042", 403},
      {"T1", "from=" DAY "&clerk=4711", 403},
      {"T1", "from=" DAY "&clerk=2001", 200},
      {"T1", "from=" DAY "&clerk=3001", 200},
      {"T1", "from=" DAY "&clerk=2001&hall=H017", 200},
      {"T1", "from=" DAY "&clerk=2001&hall=H018", 403},
      {"T1", "from=" DAY "&clerk=2001&hall=*", 403},
      {"T1", "from=" DAY "&clerk=8001&hall=H018", 200},
      {"T1", "from=" DAY "&clerk=8001&hall=*", 200},
      {"T1", "from=" DAY "&clerk=8001&hall=H099", 403}, /* another region's */
      {"T5", "from=" DAY "&clerk=2001", 403},           /* nobody of that hall */
      {"P1", "from=" DAY "&hall=H099", 200},
      {"P1", "from=" DAY, 200},
      {"T1", "clerk=2001", 400},
      {"T1", "from=yesterday&clerk=2001", 400},
      {"T1", "from=2026-11-22&to=2026-11-21&clerk=2001", 400},
      {"T1", "from=2025-01&to=2026-11&clerk=2001", 400},
      {"T1", "from=" DAY "&by=customer&clerk=2001", 400},
  };
  g_autoptr (HqFixture) f = new_region ();
  g_autoptr (TaiTillReport) region = NULL, everywhere = NULL;
  fill_day (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *target = g_strconcat (TAI_PATH_REPORT "?", cases[i].query, NULL);
    HqHeaders headers = {.terminal = cases[i].terminal};
    g_test_message ("%s %s", cases[i].terminal, cases[i].query);
    g_assert_cmpint (hq_fixture_send (f, "GET", target, NULL, &headers), ==, cases[i].status);
  }
  region = ask (f, "T1", "from=" DAY "&hall=*&by=hall&clerk=8001");
  g_assert_cmpstr (region->place, ==, "4403");
  assert_lines (region->by_business, "H017 goods_sale 1 12000\nH017 top_up 2 8000\nH018 top_up 1 777\n");
  everywhere = ask (f, "P1", "from=" DAY "&by=hall");
  g_assert_cmpint (everywhere->n_orders, ==, 4);
}

/* ---- sums on random days ---- */

/* What the model says, by the words of hq_money_list_sums(). */
typedef struct {
  HqFixture *f;
  GRand *rand;
  GHashTable *sums; /* "day kind terminal clerk operation name" -> gint64[2] */
  guint number;
} Days;

static void
add (Days *self, const char *day, const char *kind, const char *terminal, const char *clerk,
     const char *operation, const char *name, gint64 count, gint64 minor)
{
  g_autofree char *key = g_strdup_printf ("%s %s %s %s %s %s", day, kind, terminal, clerk, operation, name);
  gint64 *sum = g_hash_table_lookup (self->sums, key);
  if (sum == NULL) {
    sum = g_new0 (gint64, 2);
    g_hash_table_insert (self->sums, g_steal_pointer (&key), sum);
  }
  sum[0] += count;
  sum[1] += minor;
}

static gint
compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
list_model (Days *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init (&iter, self->sums);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    const gint64 *sum = value;
    if (sum[0] != 0 || sum[1] != 0)
      g_ptr_array_add (
          lines, g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, (char *)key, sum[0], sum[1]));
  }
  g_ptr_array_sort (lines, compare_cb);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

static const char *
pick (Days *self, const char *const *words, guint n)
{
  return words[g_rand_int_range (self->rand, 0, (gint)n)];
}
#define PICK(self, words) pick (self, words, G_N_ELEMENTS (words))

/* Once, sometimes twice; sometimes the group fails before, and comes again. */
static void
deliver (Days *self, const char *terminal, const char *path, char *body, const char *key)
{
  g_autofree char *owned = body;
  guint times = g_rand_int_range (self->rand, 0, 4) == 0 ? 2 : 1;
  for (guint i = 0; i < times; i++)
    g_assert_cmpint (send_as (self->f, terminal, path, g_strdup (owned), key), ==, 201);
}

static const char *const operations[] = {"top_up", "new_line", "bill_payment", "goods_sale"};
static const char *const tenders[] = {"cash", "card", "qr"};
static const char *const clerks[] = {"1042", "1043"};
static const char *const days[] = {"2026-11-20", "2026-11-21", "2026-11-22"};
static const char *const terminals[] = {"T1", "T2"};

typedef struct {
  char id[2][37], payment[2][37], refund[37];
  const char *operation[2], *tender[2], *clerk, *day, *terminal;
  gint64 minor[2]; /* of each order */
  gint64 first;    /* what the first payment brings of it */
  gboolean is_short, is_cancelled;
} Sale;

/* Two orders, two payments: the second pays the rest; a short one lacks a fen of the last order. */
static void
make_sale (Days *self, Sale *sale)
{
  *sale = (Sale){.clerk = PICK (self, clerks), .day = PICK (self, days), .terminal = PICK (self, terminals)};
  for (guint i = 0; i < 2; i++) {
    hq_fixture_uuid (++self->number, sale->id[i]);
    hq_fixture_uuid (++self->number, sale->payment[i]);
    sale->operation[i] = PICK (self, operations);
    sale->tender[i] = PICK (self, tenders);
    sale->minor[i] = g_rand_int_range (self->rand, 2, 30000);
  }
  hq_fixture_uuid (++self->number, sale->refund);
  sale->first = g_rand_int_range (self->rand, 1, (gint)sale->minor[0]);
  sale->is_short = g_rand_int_range (self->rand, 0, 8) == 0;
}

static void
send_payment (Days *self, const Sale *sale, guint which)
{
  gint64 rest = sale->minor[1] - (sale->is_short ? 1 : 0);
  HqMoneyPayment p = {.id = sale->payment[which],
                      .order = sale->id[0],
                      .minor = which == 0 ? sale->first : sale->minor[0] - sale->first,
                      .order_2 = which == 1 ? sale->id[1] : NULL,
                      .minor_2 = which == 1 ? rest : 0,
                      .tender = sale->tender[which],
                      .clerk = sale->clerk,
                      .day = sale->day,
                      .shift = SHIFT,
                      .terminal = sale->terminal};
  deliver (self, sale->terminal, TAI_PATH_PAYMENT, hq_money_payment (&p), p.id);
  add (self, sale->day, "tender", sale->terminal, sale->clerk, "", p.tender, 1, p.minor + p.minor_2);
  if (strcmp (p.tender, "cash") == 0)
    add (self, sale->day, "drawer", sale->terminal, "", "", SHIFT, 1, p.minor + p.minor_2);
}

static void
send_order (Days *self, const Sale *sale, guint which)
{
  HqMoneyOrder o = {.id = sale->id[which],
                    .payment = which == 0 ? sale->payment[0] : sale->payment[1],
                    .payment_2 = which == 0 ? sale->payment[1] : NULL,
                    .operation = sale->operation[which],
                    .clerk = sale->clerk,
                    .day = sale->day,
                    .shift = SHIFT,
                    .minor = sale->minor[which],
                    .time = "2026-11-22T02:40:00.000Z",
                    .terminal = sale->terminal};
  deliver (self, sale->terminal, TAI_PATH_ORDER, hq_money_order (&o), o.id);
  add (self, sale->day, "business", sale->terminal, sale->clerk, o.operation, "", 1, o.minor);
  add (self, sale->day, "hour", sale->terminal, sale->clerk, "", "1994792", 1, o.minor);
}

/* What HQ makes of it when all is there. */
static void
model_judgement (Days *self, const Sale *sale)
{
  gint64 rest = sale->minor[1] - (sale->is_short ? 1 : 0);
  add (self, sale->day, "paid", sale->terminal, sale->clerk, sale->operation[0], sale->tender[0], 1,
       sale->first);
  add (self, sale->day, "paid", sale->terminal, sale->clerk, sale->operation[0], sale->tender[1], 1,
       sale->minor[0] - sale->first);
  add (self, sale->day, "paid", sale->terminal, sale->clerk, sale->operation[1], sale->tender[1], 1, rest);
  for (guint i = 0; i < 2; i++) {
    gboolean is_refused =
        (i == 1 && sale->is_short) || strcmp (sale->operation[i], "new_line") == 0; /* no identity */
    if (is_refused)
      add (self, sale->day, "event", sale->terminal, sale->clerk, sale->operation[i], "refused", 1,
           sale->minor[i]);
  }
}

/* What was refused is owed, and sometimes paid out. */
static void
refund (Days *self, const Sale *sale)
{
  HqMoneyPayment back = {.id = sale->refund,
                         .order = sale->id[1],
                         .minor = sale->minor[1],
                         .tender = "cash",
                         .clerk = sale->clerk,
                         .day = sale->day,
                         .shift = SHIFT,
                         .terminal = sale->terminal};
  deliver (self, sale->terminal, TAI_PATH_REFUND, hq_money_refund (&back), back.id);
  add (self, sale->day, "event", sale->terminal, sale->clerk, sale->operation[1], "refund", 1, back.minor);
  add (self, sale->day, "tender", sale->terminal, sale->clerk, "", "cash", 1, -back.minor);
  add (self, sale->day, "drawer", sale->terminal, "", "", SHIFT, 1, -back.minor);
}

/* In any order, and the state engine turns in between. */
static void
send_sale (Days *self, const Sale *sale)
{
  guint left[] = {0, 1, 2, 3};
  for (guint n = 4; n > 0; n--) {
    guint which = (guint)g_rand_int_range (self->rand, 0, (gint)n);
    guint one = left[which];
    left[which] = left[n - 1];
    if (one < 2)
      send_payment (self, sale, one);
    else
      send_order (self, sale, one - 2);
    if (g_rand_int_range (self->rand, 0, 3) == 0)
      hq_fixture_advance (self->f);
  }
  self->f->now_us += 10 * G_TIME_SPAN_MINUTE; /* what waited for its payments is looked at again */
  hq_fixture_advance (self->f);
  model_judgement (self, sale);
}

static void
assert_agrees (Days *self)
{
  g_autofree char *model = list_model (self), *sums = hq_money_list_sums (self->f, "H017");
  g_assert_cmpstr (model, ==, sums);
}

static void
test_random_days (void)
{
  Days self = {.f = new_region (),
               .rand = g_rand_new_with_seed (20261122),
               .sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
               .number = 1000};
  for (guint i = 0; i < 300; i++) {
    Sale sale;
    make_sale (&self, &sale);
    send_sale (&self, &sale);
    if (sale.is_short)
      refund (&self, &sale);
    if (i % 50 == 0)
      assert_agrees (&self);
  }
  assert_agrees (&self);
  g_assert_true (hq_sum_rebuild (self.f->store)); /* and added up anew they are the same */
  assert_agrees (&self);
  hq_fixture_free (self.f);
  g_rand_free (self.rand);
  g_hash_table_unref (self.sums);
}

/* A group that fails leaves nothing in the sums. */
static void
test_rolled_back (void)
{
  g_autoptr (HqFixture) f = new_region ();
  g_autofree char *sums = NULL;
  HqSumRow row = {.hall = "H017", .day = DAY, .kind = HQ_SUM_BUSINESS, .count = 1, .amount = CNY (5)};
  f->store->klass->begin (f->store);
  f->store->klass->sum_add (f->store, &row);
  f->store->klass->rollback (f->store);
  f->store->klass->begin (f->store);
  f->store->klass->commit (f->store);
  sums = hq_money_list_sums (f, "H017");
  g_assert_cmpstr (sums, ==, "");
}

/* ---- cancellations ---- */

static void
test_cancelled (void)
{
  g_autoptr (HqFixture) f = new_region ();
  g_autoptr (TaiTillReport) report = NULL;
  char payment[37], order[37], key[37];
  hq_fixture_uuid (100, payment);
  hq_fixture_uuid (101, order);
  HqMoneyOrder o = {
      .id = order, .payment = payment, .operation = "top_up", .clerk = "1042", .day = DAY, .minor = 5000};
  g_assert_cmpint (send_as (f, "T1", TAI_PATH_ORDER, hq_money_order (&o), order), ==, 201);
  g_assert_cmpint (
      send_as (
          f, "T1", TAI_PATH_CANCEL,
          g_strdup_printf ("{\"productOrder\":{\"id\":\"%s\",\"@referredType\":\"ProductOrder\"}}", order),
          hq_fixture_uuid (102, key)),
      ==, 201);
  hq_fixture_advance (f);
  hq_fixture_assert_order (f, order, "cancelled", "cancelled_by_request");
  report = ask (f, "T1", "from=" DAY "&clerk=2001");
  assert_lines (report->by_event, "1042 top_up cancelled 1 5000\n");
  g_assert_cmpint (report->n_orders, ==, 1); /* it was sold */
}

/* ---- undone ---- */

/* Counts where the order counts: what was sold, too, and the count of what was undone beside it. */
static void
test_undone (void)
{
  g_autoptr (HqFixture) f = new_region ();
  g_autoptr (TaiTillReport) report = NULL, of_shift = NULL, anew = NULL;
  char order[37], key[37];
  HqLineRow line = {.msisdn = "13800000001",
                    .status = "active",
                    .balance = CNY (9000),
                    .arrears = CNY (0),
                    .changed_us = f->now_us};
  hq_fixture_uuid (101, order);
  f->store->klass->begin (f->store);
  f->store->klass->line_put (f->store, &line);
  f->store->klass->commit (f->store);
  hq_money_post_news (f, make_shift (f, TAI_NEWS_OPENED, 1, 20000, 20000), 1);
  sell_in (f, SHIFT, 100, "cash", 5000);
  hq_fixture_advance (f);
  hq_fixture_assert_order (f, order, "completed", "");
  g_assert_cmpint (send_as (f, "T1", TAI_PATH_CANCEL,
                            g_strdup_printf ("{\"productOrder\":{\"id\":\"%s\"},\"x-guitai\":{\"takeBack\":"
                                             "\"undo\",\"businessDay\":\"" DAY "\"}}",
                                             order),
                            hq_fixture_uuid (102, key)),
                   ==, 201);
  hq_fixture_advance (f);
  hq_fixture_assert_order (f, order, "cancelled", "undone_by_request");
  report = ask (f, "T1", "from=" DAY "&clerk=2001");
  assert_lines (report->by_event, "1042 top_up undone 1 5000\n");
  g_assert_cmpint (report->n_undone, ==, 1);
  g_assert_cmpint (report->n_orders, ==, 1);
  of_shift = ask (f, "T1", "shift=" SHIFT "&clerk=2001");
  g_assert_cmpint (of_shift->n_undone, ==, 1);
  g_assert_true (hq_sum_rebuild (f->store));
  anew = ask (f, "T1", "shift=" SHIFT "&clerk=2001");
  assert_lines (anew->by_event, "1042 top_up undone 1 5000\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/day", test_day);
  g_test_add_func ("/report/month", test_month);
  g_test_add_func ("/report/shifts-and-contact", test_shifts_and_contact);
  g_test_add_func ("/report/one-shift", test_one_shift);
  g_test_add_func ("/report/shift-unknown", test_shift_unknown);
  g_test_add_func ("/report/undone", test_undone);
  g_test_add_func ("/report/rights", test_rights);
  g_test_add_func ("/report/random-days", test_random_days);
  g_test_add_func ("/report/rolled-back", test_rolled_back);
  g_test_add_func ("/report/cancelled", test_cancelled);
  return g_test_run ();
}
