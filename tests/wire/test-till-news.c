/* SPDX-License-Identifier: GPL-3.0-or-later */
/* News of tills and reports as JSON: what is written is what is read, and what is not whole is refused. */
#include "tai-till-news-json.h"

#include <string.h>

#include "tai-report-json.h"

#define CNY(minor) tai_money (minor, TAI_CNY)
#define ID(n)      "0199f3c2-7d10-7c3a-9b1e-00000000000" n
#define TIME_US    G_GINT64_CONSTANT (1795312800000000)

static TaiTillNews *
make_news (TaiNewsKind kind)
{
  TaiTillNews *news = tai_till_news_new (kind);
  TaiNewsParts parts = tai_news_get_parts (kind);

  g_strlcpy (news->id.text, ID ("1"), sizeof news->id.text);
  news->till = g_strdup ("T2");
  news->clerk = g_strdup ("1042");
  news->time_us = TIME_US;
  news->business_day = g_strdup (parts & TAI_NEWS_HAS_SHIFT ? "2026-11-22" : NULL);
  news->shift_id = g_strdup (parts & TAI_NEWS_HAS_SHIFT ? ID ("2") : NULL);
  news->name = g_strdup (parts & TAI_NEWS_HAS_NAME ? "drop" : NULL);
  news->subject = g_strdup (parts & TAI_NEWS_HAS_SUBJECT ? ID ("3") : NULL);
  news->reason = g_strdup ("a line\nand another, \"quoted\"");
  if (parts & TAI_NEWS_HAS_AMOUNT)
    news->amount = CNY (12345);
  if (parts & TAI_NEWS_HAS_COUNT) {
    news->counted = CNY (19970);
    news->expected = CNY (20000);
  }
  if (parts & TAI_NEWS_HAS_CLOSE) {
    news->z_number = 7;
    news->journal_seq = 41;
    memset (news->journal_head.byte, 0xcd, sizeof news->journal_head.byte);
  }
  if (parts & TAI_NEWS_HAS_NUMBER) {
    news->z_number = 7;
    news->number = 3;
  }
  if (parts & TAI_NEWS_HAS_HALL) {
    TaiHallClose hall = {.number = 12,
                         .sales = CNY (5000),
                         .drawers = CNY (25000),
                         .safe = CNY (-20000),
                         .in_bags = CNY (0),
                         .n_orders = 3,
                         .n_shifts = 2,
                         .n_left = 1};
    news->business_day = g_strdup ("2026-11-22");
    news->hall = g_memdup2 (&hall, sizeof hall);
  }
  if (parts & TAI_NEWS_HAS_APPROVAL) {
    g_strlcpy (news->approval_id.text, ID ("4"), sizeof news->approval_id.text);
    g_strlcpy (news->act.text, ID ("5"), sizeof news->act.text);
    news->approval_state = TAI_APPROVAL_USED;
    news->asked_by = g_strdup ("1042");
    news->approver = g_strdup ("2001");
    news->asked_us = news->decided_us = TIME_US - 1000;
    news->until_us = TIME_US + 1000;
  }
  if (parts & TAI_NEWS_HAS_MESSAGE) {
    news->message_seq = 17;
    memset (news->message_digest.byte, 0xef, sizeof news->message_digest.byte);
  }
  if (parts & TAI_NEWS_HAS_UNTIL)
    news->promised_us = TIME_US + 5000;
  if (parts & TAI_NEWS_HAS_DEBT) {
    TaiUuid order = {ID ("3")}, payment = {ID ("6")};
    g_free (news->name);
    news->name = g_strdup ("released");
    news->amount = CNY (3000);
    news->debt = tai_debt_new (&order);
    g_strlcpy (news->debt->claim.text, ID ("7"), sizeof news->debt->claim.text);
    g_strlcpy (news->debt->visit_id.text, ID ("8"), sizeof news->debt->visit_id.text);
    news->debt->state = TAI_DEBT_STATE_RELEASED;
    news->debt->hop = 2;
    news->debt->terminal = g_strdup ("H017T3");
    news->debt->operation = g_strdup ("top_up");
    news->debt->amount = CNY (3000);
    tai_debt_add_part (news->debt, &payment, CNY (3000));
  }
  if (parts & TAI_NEWS_HAS_TOKEN)
    memset (news->token.byte, 0xab, sizeof news->token.byte);
  return news;
}

static GBytes *
render (const TaiTillNews *news)
{
  TaiTerminal terminal = {.id = (char *)"H017T2"};

  return tai_till_news_render (news, &terminal);
}

static TaiJson *
parse (GBytes *body)
{
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  TaiJson *json = tai_json_parse (bytes, (gssize)size, NULL, NULL);

  g_assert_nonnull (json);
  return json;
}

/* Each kind comes back as it went, and gives the same bytes again. */
static void
test_round_trip (void)
{
  for (guint kind = 0; kind < TAI_N_NEWS; kind++) {
    g_autoptr (TaiTillNews) news = make_news (kind), back = NULL;
    g_autoptr (GBytes) body = render (news), again = NULL;
    g_autoptr (TaiJson) json = parse (body);
    g_autoptr (GError) error = NULL;
    const char *terminal = NULL;

    back = tai_till_news_from_json (json, &terminal, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (terminal, ==, "H017T2");
    g_assert_cmpint (back->kind, ==, kind);
    again = render (back);
    g_assert_true (g_bytes_equal (body, again));
    g_assert_null (
        memchr (g_bytes_get_data (body, NULL), '\n', g_bytes_get_size (body))); /* one line: batches */
  }
}

/* What a kind must say is asked for: each member left out is refused, and the place is named. */
static void
test_incomplete (void)
{
  static const struct {
    TaiNewsKind kind;
    const char *member;
  } cases[] = {
      {TAI_NEWS_OPENED, "shift"},      {TAI_NEWS_OPENED, "businessDay"},
      {TAI_NEWS_COUNTED, "counted"},   {TAI_NEWS_CLOSED, "expected"},
      {TAI_NEWS_CLOSED, "zNumber"},    {TAI_NEWS_CLOSED, "journal"},
      {TAI_NEWS_CASH, "name"},         {TAI_NEWS_CASH, "amount"},
      {TAI_NEWS_APPROVAL, "approval"}, {TAI_NEWS_APPROVAL, "subject"},
      {TAI_NEWS_NOTE, "name"},         {TAI_NEWS_GIVEN_UP, "message"},
      {TAI_NEWS_GIVEN_UP, "subject"},  {TAI_NEWS_NOTE, "id"},
      {TAI_NEWS_NOTE, "till"},         {TAI_NEWS_NOTE, "time"},
      {TAI_NEWS_NOTE, "terminal"},     {TAI_NEWS_NOTE, "kind"},
      {TAI_NEWS_SUPPLEMENT, "shift"},  {TAI_NEWS_SUPPLEMENT, "zNumber"},
      {TAI_NEWS_SUPPLEMENT, "number"}, {TAI_NEWS_SUPPLEMENT, "name"},
      {TAI_NEWS_HALL_CLOSED, "hall"},  {TAI_NEWS_HALL_CLOSED, "businessDay"},
      {TAI_NEWS_INVOICE, "name"},      {TAI_NEWS_INVOICE, "subject"},
      {TAI_NEWS_INVOICE, "amount"},    {TAI_NEWS_INVOICE, "token"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiTillNews) news = make_news (cases[i].kind);
    g_autoptr (GBytes) body = render (news);
    g_autoptr (TaiJson) json = parse (body);
    g_autoptr (GError) error = NULL;
    const char *terminal = NULL;

    tai_json_delete (json, cases[i].member);
    g_assert_null (tai_till_news_from_json (json, &terminal, &error));
    g_assert_cmpint (error->domain, ==, TAI_WIRE_ERROR);
    g_assert_nonnull (strstr (error->message, cases[i].member));
  }
}

/* Reports ---------------------------------------------------------------------------------------------------------------- */

static void
add_line (GPtrArray *lines, const char *clerk, const char *business, const char *tender, const char *event,
          gint64 count, gint64 minor)
{
  TaiReportLine *line = tai_report_line_new (clerk, business, tender);

  line->hall = g_strdup ("H017");
  line->terminal = g_strdup ("H017T2");
  line->event = g_strdup (event);
  line->count = count;
  line->amount = CNY (minor);
  g_ptr_array_add (lines, line);
}

static GPtrArray *
new_lines (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_line_free);
}

static TaiTillReport *
make_report (void)
{
  TaiTillReport *report = g_new0 (TaiTillReport, 1);
  TaiDayFigures day = {
      .business_day = "2026-11-22", .is_known = TRUE, .sales = CNY (5000), .n_orders = 2, .n_payments = 3};
  TaiReportTerminal *terminal = g_new0 (TaiReportTerminal, 1);
  TaiReportFinding *finding = g_new0 (TaiReportFinding, 1);
  TaiShift *shift = g_new0 (TaiShift, 1);

  report->business_day = g_strdup ("2026-11");
  report->place = g_strdup ("中山路营业厅");
  report->shift_id = g_strdup ("0199f3c2-7d10-7c3a-9b1e-000000000001");
  report->journal_seq = 41;
  memset (report->journal_head, 'a', 64);
  report->as_of_us = TIME_US;
  report->utc_offset_min = 480;
  report->day = report->yesterday = day;
  report->drawer_expected = CNY (1);
  report->days = g_array_new (FALSE, TRUE, sizeof (TaiDayFigures));
  g_array_append_val (report->days, day);
  report->by_business = new_lines ();
  report->by_tender = new_lines ();
  report->by_paid = new_lines ();
  report->by_event = new_lines ();
  report->by_quarter = new_lines ();
  add_line (report->by_business, "1042", "top_up", NULL, NULL, 2, 5000);
  add_line (report->by_tender, "1042", NULL, "cash", NULL, 3, -100);
  add_line (report->by_paid, "1042", "top_up", "cash", NULL, 2, 5000);
  add_line (report->by_event, "1042", NULL, NULL, "reprint", 4, 0);
  add_line (report->by_event, "1042", "top_up", NULL, "something of a newer HQ", 1, 0);
  add_line (report->by_quarter, "1042", NULL, NULL, NULL, 2, 5000);
  ((TaiReportLine *)report->by_quarter->pdata[0])->quarter = TIME_US / TAI_REPORT_QUARTER_US;
  report->shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_free);
  g_strlcpy (shift->id.text, ID ("2"), sizeof shift->id.text);
  shift->till = g_strdup ("T2");
  shift->clerk = g_strdup ("1042");
  shift->business_day = g_strdup ("2026-11-22");
  shift->state = TAI_SHIFT_CLOSED;
  shift->opened_us = TIME_US - 1000;
  shift->closed_us = TIME_US;
  shift->float_amount = shift->opening_expected = shift->counted = shift->expected = CNY (20000);
  shift->z_number = 7;
  shift->n_counts = 1;
  shift->n_supplements = 2;
  g_ptr_array_add (report->shifts, shift);
  report->terminals = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_terminal_free);
  terminal->hall = g_strdup ("H017");
  terminal->terminal = g_strdup ("H017T2");
  terminal->last_contact_us = TIME_US;
  terminal->n_missing = 3;
  terminal->is_kiosk = TRUE;
  g_ptr_array_add (report->terminals, terminal);
  report->n_findings = 5;
  finding->hall = g_strdup ("H017");
  finding->kind = g_strdup ("bank");
  finding->subject = g_strdup ("card 2026-11-22");
  finding->detail = g_strdup ("bank_missing 250.00");
  finding->since_us = TIME_US;
  report->findings = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_finding_free);
  g_ptr_array_add (report->findings, finding);
  return report;
}

static void
test_report (void)
{
  g_autoptr (TaiTillReport) report = make_report (), back = NULL;
  g_autofree char *text = tai_report_to_json (report), *again = NULL;
  g_autoptr (TaiJson) json = tai_json_parse (text, -1, NULL, NULL);
  g_autoptr (GError) error = NULL;

  back = tai_report_from_json (json, &error);
  g_assert_no_error (error);
  again = tai_report_to_json (back);
  g_assert_cmpstr (text, ==, again);
  g_assert_true (back->is_from_hq);
  g_assert_cmpint (back->as_of_us, ==, TIME_US);
  g_assert_cmpint (back->n_terminals, ==, 1);
  g_assert_cmpint (back->n_orders, ==, 2);
  g_assert_cmpint (back->n_reprints, ==, 4);
  g_assert_cmpint (back->n_findings, ==, 5);
  g_assert_cmpstr (((TaiReportFinding *)back->findings->pdata[0])->detail, ==, "bank_missing 250.00");
  g_assert_cmpint (((TaiShift *)back->shifts->pdata[0])->n_supplements, ==, 2);
}

static void
test_bad_report (void)
{
  static const struct {
    const char *from, *to;
  } cases[] = {
      {"\"asOf\"", "\"of\""},
      {"\"now\":{", "\"then\":{"},
      {"\"count\":2", "\"count\":-2"},
      {"\"state\":\"closed\"", "\"state\":\"ajar\""},
      {"\"event\":\"reprint\"", "\"event\":\"re\\u001b[2Jprint\""},
      {"\"value\":50.00", "\"value\":\"50,00\""},
      {"\"zNumber\":7", "\"zNumber\":70000000000"},
      {"\"lastContact\":\"2026", "\"lastContact\":\"in 2026"},
      {"\"shifts\":[", "\"shifts\":[7,"},
      {"\"findings\":5", "\"findings\":null"},
      {"\"detail\":", "\"details\":"},
      {"card 2026-11-22", "card\\u001b[2J"},
      {"\"finding\":[", "\"finding\":[7,"},
      {"\"journalSeq\":41", "\"journalSeq\":-41"},
      {"\"journalHead\":\"a", "\"journalHead\":\""},
  };
  g_autoptr (TaiTillReport) report = make_report ();
  g_autofree char *text = tai_report_to_json (report);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) bad = g_string_new (text);
    g_autoptr (GError) error = NULL;
    g_autoptr (TaiJson) json = NULL;

    g_assert_cmpuint (g_string_replace (bad, cases[i].from, cases[i].to, 0), >, 0);
    json = tai_json_parse (bad->str, -1, NULL, NULL);
    g_assert_nonnull (json);
    g_assert_null (tai_report_from_json (json, &error));
    g_assert_cmpint (error->domain, ==, TAI_WIRE_ERROR);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/till-news/round-trip", test_round_trip);
  g_test_add_func ("/wire/till-news/incomplete", test_incomplete);
  g_test_add_func ("/wire/report/round-trip", test_report);
  g_test_add_func ("/wire/report/bad", test_bad_report);
  return g_test_run ();
}
