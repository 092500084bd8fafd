/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headquarters' report at a terminal: against answers that a test writes, and against a real headquarters over mutual TLS, whose figures
 * are those of the terminal's own memory. */
#include "tai-line-fixture.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-test-terminal.h"

#define MARK "\"known\":false,\"orders\":0,\"payments\":0"
#define ANSWER                                                                                               \
  "{\"period\":\"2026-11-22\",\"asOf\":\"2026-11-22T02:00:00.000Z\",\"utcOffsetMinutes\":480,"               \
  "\"now\":{\"period\":\"2026-11-22\"," MARK "},\"before\":{\"period\":\"2026-11-21\"," MARK                 \
  "},\"like\":{\"period\":\"2026-11-15\"," MARK                                                              \
  "},\"business\":[{\"clerk\":\"1042\",\"operation\":\"top_up\","                                            \
  "\"count\":1,\"amount\":{\"unit\":\"CNY\",\"value\":50.00}}],\"findings\":0}"

static TaiTillReport *
look_up (TaiDirectory *directory, const TaiReportQuery *query, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tai_directory_look_up_report_async (directory, query, NULL, tai_line_fixture_result_cb, &result);
  tai_line_fixture_wait (&result);
  return tai_directory_look_up_report_finish (directory, result, error);
}

static void
test_asked (TaiLineFixture *f, gconstpointer data)
{
  TaiReportQuery query = {.from = "2026-11-22", .to = "2026-11-23", .hall = "*", .by = "hall,paid"};
  TaiReportQuery shift = {.shift = "0199f3c2-7d10-7c3a-9b1e-aaaaaaaaaaaa"};
  g_autoptr (TaiTillReport) report = NULL, of_shift = NULL;
  g_autoptr (GError) error = NULL;

  tai_script_line_say (f->script, 200, NULL, ANSWER);
  report = look_up (f->directory, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tai_script_line_get_asked (f->script)->str, ==,
                   "GET " TAI_PATH_REPORT "?from=2026-11-22&to=2026-11-23&hall=%2A&by=hall,paid\n");
  g_assert_true (report->is_from_hq);
  tai_script_line_say (f->script, 200, NULL, ANSWER);
  of_shift = look_up (f->directory, &shift, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (tai_script_line_get_asked (f->script)->str,
                                   "GET " TAI_PATH_REPORT "?shift=0199f3c2-7d10-7c3a-9b1e-aaaaaaaaaaaa\n"));
  g_assert_nonnull (of_shift);
  g_assert_cmpuint (report->by_business->len, ==, 1);
  g_assert_cmpuint (report->shifts->len, ==, 0); /* there, be it empty */
}

static void
test_refused (TaiLineFixture *f, gconstpointer data)
{
  static const struct {
    int status;
    const char *body;
    int code;
    gboolean is_core;
  } cases[] = {
      {403, "{\"code\":\"right\",\"reason\":\"Not allowed\"}", TAI_CORE_ERROR_RIGHT_MISSING, TRUE},
      {403, "{\"code\":\"no_terminal\"}", TAI_OFFLINE_ERROR_REFUSED, FALSE},
      {404, "{\"code\":\"path\"}", TAI_OFFLINE_ERROR_REFUSED, FALSE}, /* an older headquarters */
      {503, "{\"code\":\"store\"}", TAI_OFFLINE_ERROR_NO_LINE, FALSE},
      {200, "<html>sign in to the hall's network</html>", TAI_OFFLINE_ERROR_NOT_HQ, FALSE},
      {200, "{\"period\":\"2026-11-22\"}", TAI_OFFLINE_ERROR_NOT_HQ, FALSE},
  };
  TaiReportQuery query = {.from = "2026-11-22"};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    tai_script_line_say (f->script, cases[i].status, NULL, cases[i].body);
    g_assert_null (look_up (f->directory, &query, &error));
    g_assert_true (error->domain == (cases[i].is_core ? TAI_CORE_ERROR : TAI_OFFLINE_ERROR));
    g_assert_cmpint (error->code, ==, cases[i].code);
  }
}

/* A real headquarters ------------------------------------------------------------------------------------------------ */

static TaiTestHq *
make_hq (const char *role)
{
  g_autofree char *catalogue = g_test_build_filename (G_TEST_DIST, "data", "catalogue.json", NULL);
  TaiTestHq *hq = tai_test_hq_new (catalogue);
  g_autofree char *file = g_build_filename (hq->folder, "more-staff.json", NULL);
  g_autofree char *staff =
      g_strdup_printf ("[{\"number\":\"1042\",\"name\":\"Li\",\"role\":\"%s\",\"pin\":\"273849\"}]", role);

  g_assert_true (g_file_set_contents (file, staff, -1, NULL));
  g_free (tai_test_hq_run (hq, "staff", "load", file, NULL));
  return hq;
}

static void
assert_same_lines (GPtrArray *here, GPtrArray *there)
{
  g_assert_cmpuint (here->len, ==, there->len);
  for (guint i = 0; i < here->len; i++) {
    const TaiReportLine *a = g_ptr_array_index (here, i), *b = g_ptr_array_index (there, i);
    g_assert_cmpstr (a->clerk, ==, b->clerk);
    g_assert_cmpstr (a->business, ==, b->business);
    g_assert_cmpstr (a->tender, ==, b->tender);
    g_assert_cmpstr (a->event, ==, b->event);
    g_assert_cmpint (a->count, ==, b->count);
    g_assert_cmpint (a->amount.minor, ==, b->amount.minor);
  }
}

/* Sales, change money, a copy, a close that is 0.30 short: HQ tells the same to the fen. */
static void
test_real_hq (void)
{
  g_autoptr (TaiTestHq) hq = make_hq ("supervisor");
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, 2);
  TaiPullPorts ports = tai_test_terminal_pull_ports (t);
  g_autoptr (TaiDirectory) directory = TAI_DIRECTORY (tai_line_directory_new (&ports));
  TaiCashRequest cash = {.move = TAI_CASH_IN, .amount = tai_money (3000, TAI_CNY)};
  g_autoptr (TaiTillReport) here = NULL, there = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shifts = NULL, *findings = NULL;
  TaiReportQuery query = {0};
  const TaiShift *shift;

  for (guint i = 0; i < 3; i++)
    tai_test_terminal_sell (t);
  g_assert_true (tai_desk_move_cash (t->desk, &cash, &error));
  g_assert_true (tai_desk_note_drawer (t->desk, &error));
  here = tai_desk_close_till (t->desk, tai_money (20000 + 3 * 5000 + 3000 - 30, TAI_CNY), &error);
  g_assert_no_error (error);
  tai_test_terminal_start_sync (t, &(TaiSyncSettings){0});
  g_assert_true (tai_test_terminal_drain (t, 30 * 1000));
  query.from = here->business_day;
  there = look_up (directory, &query, &error);
  g_assert_no_error (error);
  g_assert_true (there->is_from_hq && there->as_of_us > 0);
  assert_same_lines (here->by_business, there->by_business);
  assert_same_lines (here->by_tender, there->by_tender);
  g_assert_cmpint (there->n_orders, ==, here->n_orders);
  g_assert_cmpint (there->n_payments, ==, here->n_payments);
  g_assert_cmpint (there->drawer_expected.minor, ==, here->drawer_expected.minor);
  g_assert_cmpuint (there->shifts->len, ==, 1);
  shift = g_ptr_array_index (there->shifts, 0);
  g_assert_cmpint (shift->counted.minor - shift->expected.minor, ==, -30);
  g_assert_cmpint (shift->z_number, ==, 1);
  g_assert_cmpint (there->n_findings, ==, 0);
  g_assert_cmpuint (there->terminals->len, ==, 1);
  g_assert_cmpint (((TaiReportTerminal *)there->terminals->pdata[0])->n_missing, ==, 0);
  shifts = tai_test_hq_run (hq, "shifts", "--from", here->business_day, NULL);
  g_assert_nonnull (strstr (shifts, "Z1  counted 379.70, expected 380.00"));
  findings = tai_test_hq_run (hq, "findings", NULL);
  g_assert_cmpstr (findings, ==, "");
}

/* Who is signed in has to have the right at HQ, whatever this terminal believes. */
static void
test_right (void)
{
  g_autoptr (TaiTestHq) hq = make_hq ("clerk");
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, 2);
  TaiPullPorts ports = tai_test_terminal_pull_ports (t);
  g_autoptr (TaiDirectory) directory = TAI_DIRECTORY (tai_line_directory_new (&ports));
  TaiReportQuery query = {.from = "2026-11-22"};
  g_autoptr (GError) error = NULL;

  g_assert_null (look_up (directory, &query, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RIGHT_MISSING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/line-report/asked", TaiLineFixture, NULL, tai_line_fixture_set_up, test_asked,
              tai_line_fixture_tear_down);
  g_test_add ("/line-report/refused", TaiLineFixture, NULL, tai_line_fixture_set_up, test_refused,
              tai_line_fixture_tear_down);
  g_test_add_func ("/line-report/real-hq", test_real_hq);
  g_test_add_func ("/line-report/right", test_right);
  return g_test_run ();
}
