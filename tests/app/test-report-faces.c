/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report says the same wherever it is told: days by chance of a real desk, and pictures by chance (--seed) with all that one
 * can hold, of this terminal and of headquarters, are read from the screen's tables, the paper, the file, a script's answer and headquarters' message.
 */
#include <string.h>

#include "report-facts.h"
#include "tai-plain-text.h"
#include "tai-report-csv.h"
#include "tai-report-json.h"
#include "tai-report-result.h"
#include "tai-test-days.h"
#include "tai-till-paper.h"

#define N_PICTURES 400
#define N_HALLS    12

static const TaiTerminal *
get_terminal (void)
{
  static TaiTerminal terminal = {.id = (char *)"H017T2",
                                 .desk = (char *)"3",
                                 .till = (char *)"T2",
                                 .klass = (char *)"demo",
                                 .hall_name = (char *)"Hall 17",
                                 .utc_offset_min = 480,
                                 .currency = TAI_CNY,
                                 .language = (char *)"en",
                                 .hotline = (char *)"10099"};
  return &terminal;
}

static void
check (GHashTable *said, const TaiTillReport *report, const ReportFace *face, const char *name)
{
  g_autoptr (GHashTable) facts = said;
  g_autoptr (GHashTable) expected = report_facts_expected (report, face);

  report_facts_assert_same (facts, expected, name);
}

/* No figure is broken by a column that is too narrow; between figures it may be. */
static void
check_whole (TaiDocument *paper)
{
  g_autofree char *text = tai_plain_text_render (paper, 88);

  for (guint i = 0; i < tai_document_get_n_blocks (paper); i++) {
    const TaiBlock *block = tai_document_get_block (paper, i);
    for (guint k = 0; block->type == TAI_BLOCK_ROW && k < block->n_text; k++) {
      g_auto (GStrv) figures = g_strsplit (block->text[k], " ", -1);
      for (guint f = 0; figures[f] != NULL; f++)
        if (strpbrk (figures[f], "0123456789") != NULL && strstr (text, figures[f]) == NULL)
          g_error ("\"%s\" is not whole in\n%s", figures[f], text);
    }
  }
}

/* Each is held against the lines of the picture, so they agree with each other. */
static void
check_faces (const TaiTillReport *report)
{
  g_autofree char *csv = tai_report_csv_write (report);
  g_autoptr (TaiDocument) paper = tai_till_paper_report (get_terminal (), report, TAI_FAKE_CLOCK_MORNING_US);
  TaiJson *json = tai_report_result_new (get_terminal (), report, NULL, TAI_FAKE_CLOCK_MORNING_US);

  check (report_facts_of_screen (report), report, &report_face_screen, "the screen");
  check (report_facts_of_paper (paper), report, &report_face_paper, "the paper");
  check (report_facts_of_csv (csv, report), report, &report_face_csv, "the file");
  check (report_facts_of_json (json, report->utc_offset_min), report, &report_face_json, "the script");
  check_whole (paper);
  tai_json_free (json);
}

/* What headquarters sends is what it has. */
static void
check_message (const TaiTillReport *report)
{
  g_autofree char *text = tai_report_to_json (report);
  g_autoptr (GError) error = NULL;
  TaiJson *json =
      tai_json_parse (text, -1, &(TaiJsonLimits){.max_bytes = 16 << 20, .max_values = 1000000}, &error);
  g_autoptr (TaiTillReport) read = NULL;

  g_assert_no_error (error);
  read = tai_report_from_json (json, &error);
  g_assert_no_error (error);
  tai_json_free (json);
  check (report_facts_expected (read, &report_face_csv), report, &report_face_csv, "the message");
  check_faces (read);
}

/* Days by chance ----------------------------------------------------------------------------------------------------------- */

static void
look_cb (TaiDeskRig *rig, const char *day, gpointer data)
{
  static const char *const people[] = {RIG_SUPERVISOR, RIG_CLERK, RIG_CLERK_2};
  const char *was = tai_desk_get_staff (rig->desk)->number;
  g_autofree char *number = g_strdup (was), *month = g_strndup (day, strlen ("2026-11"));
  guint *n = data;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autoptr (TaiTillReport) of_day = NULL, of_month = NULL;
    tai_desk_rig_sign_in (rig, people[i]);
    MUST (of_day = tai_desk_report (rig->desk, day, NULL, &E));
    MUST (of_month = tai_desk_report (rig->desk, month, NULL, &E));
    check_faces (of_day);
    check_faces (of_month);
    *n += of_day->by_business->len > 0;
  }
  tai_desk_rig_sign_in (rig, number);
}

static void
test_days (void)
{
  guint n = 0;

  for (guint i = 0; i < N_HALLS; i++)
    tai_test_days_live (815 + i, 6, look_cb, &n);
  g_assert_cmpuint (n, >, N_HALLS * 6); /* there was something to say */
}

/* Pictures by chance ------------------------------------------------------------------------------------------------------- */

static gint64
draw (gint64 from, gint64 to)
{
  return from + (gint64)g_test_rand_double_range (0, (double)(to - from + 1));
}

static TaiMoney
draw_money (gboolean is_told)
{
  gint64 size = draw (0, 3) == 0 ? 100000000000 : 100000;

  return is_told ? CNY (draw (-size / 4, size)) : tai_money (0, 0);
}

/* @by_hall: of a region; else of up to three terminals, @n_terminals */
static TaiReportLine *
draw_line (gboolean is_by_hall, gint64 n_terminals)
{
  TaiReportLine *line = tai_report_line_new (NULL, NULL, NULL);

  line->hall = is_by_hall ? g_strdup_printf ("H%03d", (int)draw (17, 22)) : NULL;
  line->clerk = is_by_hall ? NULL : g_strdup_printf ("%d", (int)draw (1001, 1006));
  if (n_terminals > 1 && !is_by_hall)
    line->terminal = g_strdup_printf ("H017T%d", (int)draw (1, n_terminals));
  line->count = draw (0, 2000);
  return line;
}

static void
draw_lists (TaiTillReport *report, gboolean is_by_hall, gboolean is_told)
{
  static const char *const tenders[] = {"cash", "card", "qr", "coupon", "other", "shells"};
  GPtrArray **lists[] = {&report->by_business, &report->by_tender, &report->by_event, &report->by_quarter};
  guint n_operations;
  const TaiOperation *operations = tai_operation_get_all (&n_operations);

  for (guint k = 0; k < G_N_ELEMENTS (lists); k++) {
    *lists[k] = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_line_free);
    for (gint64 i = draw (0, 30); i > 0; i--) {
      TaiReportLine *line = draw_line (is_by_hall, report->n_terminals);
      TaiReportEvent event = (TaiReportEvent)draw (0, TAI_N_REPORT_EVENTS - 1);
      line->amount = draw_money (is_told);
      if (k == 0)
        line->business = g_strdup (operations[draw (0, n_operations - 1)].id);
      else if (k == 1)
        line->tender = g_strdup (tenders[draw (0, G_N_ELEMENTS (tenders) - 1)]);
      else if (k == 2)
        line->event = g_strdup (tai_report_event_to_text (event));
      else
        line->quarter = TAI_FAKE_CLOCK_MORNING_US / TAI_REPORT_QUARTER_US + draw (0, 40);
      if (k == 2 &&
          (line->count == 0 || event == TAI_REPORT_EVENT_REPRINT || event == TAI_REPORT_EVENT_NO_SALE))
        line->amount.minor = 0; /* such have none */
      g_ptr_array_add (*lists[k], line);
    }
  }
}

static void
draw_shifts (TaiTillReport *report)
{
  report->shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_free);
  for (gint64 i = draw (0, 6); i > 0; i--) {
    TaiShift *shift = g_new0 (TaiShift, 1);
    g_strlcpy (shift->id.text, "0199f3c2-7d10-7c3a-9b1e-aaaaaaaaaaaa", sizeof shift->id.text);
    shift->till = g_strdup_printf ("T%d", (int)draw (1, 3));
    shift->clerk = g_strdup_printf ("%d", (int)draw (1001, 1006));
    shift->business_day = g_strdup ("2026-11-22");
    shift->state = draw (0, 2) == 0 ? TAI_SHIFT_OPEN : TAI_SHIFT_CLOSED;
    shift->opened_us = TAI_FAKE_CLOCK_MORNING_US;
    shift->closed_us = shift->state == TAI_SHIFT_CLOSED ? TAI_FAKE_CLOCK_MORNING_US + G_USEC_PER_SEC : 0;
    shift->float_amount = CNY (draw (0, 100000));
    shift->expected = CNY (draw (0, 99999999));
    shift->counted = CNY (draw (0, 99999999));
    g_ptr_array_add (report->shifts, shift);
  }
}

/* As the store and headquarters do: the figures of the day are sums of its lines. */
static void
sum_up (TaiTillReport *report)
{
  report->day.sales = tai_report_lines_sum (report->by_business, &report->n_orders);
  tai_report_lines_sum (report->by_tender, &report->n_payments);
  report->day.is_known = TRUE;
  report->day.n_orders = report->n_orders;
  report->day.n_payments = report->n_payments;
}

static TaiTillReport *
draw_picture (gboolean is_from_hq)
{
  TaiTillReport *report = g_new0 (TaiTillReport, 1);
  gboolean is_by_hall = is_from_hq && draw (0, 2) == 0, is_told = is_from_hq || draw (0, 5) > 0;
  gint64 n_terminals = is_from_hq ? draw (2, 3) : 1;

  tai_till_report_set_source (report, is_from_hq, is_from_hq ? "Hall 17" : "T2", n_terminals,
                              TAI_FAKE_CLOCK_MORNING_US, 480);
  report->business_day = g_strdup ("2026-11-22");
  g_strlcpy (report->day.business_day, report->business_day, sizeof report->day.business_day);
  g_strlcpy (report->yesterday.business_day, "2026-11-21", sizeof report->yesterday.business_day);
  g_strlcpy (report->week_ago.business_day, "2026-11-15", sizeof report->week_ago.business_day);
  report->terminals = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_terminal_free);
  for (gint64 i = 1; is_from_hq && i <= n_terminals; i++) {
    TaiReportTerminal *terminal = g_new0 (TaiReportTerminal, 1);
    terminal->hall = g_strdup ("H017");
    terminal->terminal = g_strdup_printf ("H017T%d", (int)i);
    g_ptr_array_add (report->terminals, terminal);
  }
  draw_lists (report, is_by_hall, is_told);
  draw_shifts (report);
  sum_up (report);
  return report;
}

static void
test_pictures (void)
{
  for (guint i = 0; i < N_PICTURES; i++) {
    gboolean is_from_hq = i % 2 == 1;
    g_autoptr (TaiTillReport) report = draw_picture (is_from_hq);
    check_faces (report);
    if (is_from_hq)
      check_message (report);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-faces/days", test_days);
  g_test_add_func ("/report-faces/pictures", test_pictures);
  return g_test_run ();
}
