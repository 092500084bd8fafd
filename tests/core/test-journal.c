/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed to find entries, records read back, and who may look into the journal; an auditor's looks stand in it. */
#include "tai-desk-rig.h"

#include "tai-report-csv.h"

#include <string.h>

#define UTC8 480

static void
test_filter (void)
{
  const struct {
    const char *text, *kind, *clerk, *subject;
    const char *from;
    gint64 amount_minor;
  } cases[] = {
      {"", NULL, NULL, NULL, NULL},
      {"2026-11-22", NULL, NULL, NULL, "2026-11-21T16:00:00.000Z"},
      {"20261122", NULL, NULL, NULL, "2026-11-21T16:00:00.000Z"},
      {"1042", NULL, "1042", NULL, NULL},
      {"99999999", NULL, "99999999", NULL, NULL}, /* eight digits that are no day */
      {"till_closed", "till_closed", NULL, NULL, NULL},
      {"H017-T2-A-20261122-0001", NULL, NULL, "H017-T2-A-20261122-0001", NULL},
      {"13800138000", NULL, NULL, "13800138000", NULL},
      {" 1042  2026-11-22 drawer_opened ", "drawer_opened", "1042", NULL, "2026-11-21T16:00:00.000Z"},
      {"30.00", .amount_minor = 3000},
      {"-30.5 1042", NULL, "1042", .amount_minor = 3050},
      {"30.001", .subject = "30.001"},
      {"Sale", NULL, NULL, "Sale", NULL}, /* no kind has a capital */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (GStrv) words = g_strsplit (cases[i].text, " ", -1);
    TaiJournalFilter filter = {0};
    gint64 from = 0;
    tai_journal_filter_read (&filter, words, UTC8, TAI_CNY);
    g_assert_cmpstr (filter.kind, ==, cases[i].kind);
    g_assert_cmpstr (filter.clerk, ==, cases[i].clerk);
    g_assert_cmpstr (filter.subject, ==, cases[i].subject);
    g_assert_cmpint (filter.amount_minor, ==, cases[i].amount_minor);
    g_assert_true (cases[i].from == NULL || tai_time_from_text (cases[i].from, &from));
    g_assert_cmpint (filter.from_us, ==, from);
    g_assert_cmpint (filter.until_us - filter.from_us, ==, from != 0 ? G_TIME_SPAN_DAY : 0);
  }
}

static void
test_line (void)
{
  TaiJournalEntry entry = {.kind = (char *)"refund",
                           .business_day = (char *)"2026-11-22",
                           .clerk = (char *)"1042",
                           .subject = (char *)"a\nb\\c",
                           .detail = (char *)"明细",
                           .amount = CNY (-3000),
                           .time_us = 1795223109000000};
  g_autoptr (GBytes) record = tai_journal_record (7, &entry);
  TaiDigest before = {{1, 2, 3}}, chain = tai_digest_chain (before, record), wrong = {{9}};
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiJournalLine) good = tai_journal_line_new (record, before, chain, &error);
  g_autoptr (TaiJournalLine) broken = tai_journal_line_new (record, wrong, chain, &error);

  g_assert_no_error (error);
  g_assert_cmpint (good->seq, ==, 7);
  g_assert_true (good->is_chained);
  g_assert_false (broken->is_chained);
  g_assert_cmpstr (good->entry->kind, ==, "refund");
  g_assert_cmpstr (good->entry->business_day, ==, "2026-11-22");
  g_assert_null (good->entry->shift_id);
  g_assert_cmpstr (good->entry->clerk, ==, "1042");
  g_assert_cmpstr (good->entry->subject, ==, "a\nb\\c");
  g_assert_cmpstr (good->entry->detail, ==, "明细");
  g_assert_cmpint (good->entry->amount.minor, ==, -3000);
  g_assert_cmpint (good->entry->amount.currency, ==, TAI_CNY);
  g_assert_cmpint (good->entry->time_us, ==, entry.time_us);
}

static void
test_no_record (void)
{
  static const char *const texts[] = {"",
                                      "version=1\n",
                                      "version=1\nkind=x\n",
                                      "version=1\nsequence=1\n",
                                      "version=1\nsequence=one\nkind=x\n",
                                      "version=1\nsequence=1\nkind=x\namount_minor=1.5\n",
                                      "version=1\nsequence=1\nkind=x\ncurrency=SHELLS\n",
                                      "version=1\nsequence=1\nkind=x\ntime=noon\n",
                                      "version=2\nsequence=1\nkind=x\n\n"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) record = g_bytes_new_static (texts[i], strlen (texts[i]));
    REFUSED (TAI_CORE_ERROR_FAILED,
             tai_journal_line_new (record, (TaiDigest){{0}}, tai_digest_bytes (NULL, 0), &E));
  }
}

/* The desk's journal ------------------------------------------------------------------------------------------------------ */

static GPtrArray *
look (TaiDeskRig *rig, const char *kind, const char *clerk, guint limit)
{
  TaiJournalFilter filter = {.kind = kind, .clerk = clerk, .limit = limit};
  GPtrArray *lines;

  MUST (lines = tai_desk_list_journal (rig->desk, &filter, &E));
  return lines;
}

static void
test_desk (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GPtrArray) all = NULL, sales = NULL, his = NULL, older = NULL;
  TaiJournalFilter filter = {0};
  const TaiJournalLine *first, *last;

  tai_desk_rig_start_day (rig);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_list_journal (rig->desk, &filter, &E));
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  MUST (tai_desk_note_drawer (rig->desk, &E));
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  all = look (rig, NULL, NULL, 0);
  first = all->pdata[0];
  last = all->pdata[all->len - 1];
  g_assert_cmpint (last->seq, ==, 1);
  g_assert_cmpint (first->seq, ==, all->len);
  for (guint i = 0; i < all->len; i++)
    g_assert_true (((TaiJournalLine *)all->pdata[i])->is_chained);
  sales = look (rig, "sale", NULL, 0);
  g_assert_cmpuint (sales->len, ==, 1);
  g_assert_cmpstr (((TaiJournalLine *)sales->pdata[0])->entry->subject, ==,
                   tai_visit_get_receipt_number (visit));
  his = look (rig, "drawer_opened", RIG_CLERK, 0);
  g_assert_cmpuint (his->len, ==, 1);
  g_assert_cmpstr (((TaiJournalLine *)his->pdata[0])->entry->business_day, ==, "2026-11-22");
  filter = (TaiJournalFilter){.before_seq = 3};
  MUST (older = tai_desk_list_journal (rig->desk, &filter, &E));
  g_assert_cmpuint (older->len, ==, 2);
}

/* A changed record and a changed digest both show, each at its entry. */
/* By an amount, whichever way it went; with a kind and with a day, too. */
static void
test_amount (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) first = NULL, second = NULL;
  static const struct {
    const char *text;
    guint n;
  } cases[] = {{"30.00", 1},
               {"-30.00", 1},
               {"30.01", 0},
               {"3.00", 0},
               {"1042 70.00", 1},
               {"1043 70.00", 0},
               {"2026-11-22 70.00", 1},
               {"2026-11-21 70.00", 0},
               {"sale 30.00", 1},
               {"till_opened 30.00", 0}};

  tai_desk_rig_start_day (rig);
  first = tai_desk_rig_sell_top_up (rig, 3000);
  second = tai_desk_rig_sell_top_up (rig, 7000);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (GStrv) words = g_strsplit (cases[i].text, " ", -1);
    g_autoptr (GPtrArray) lines = NULL;
    TaiJournalFilter filter = {0};
    tai_journal_filter_read (&filter, words, UTC8, TAI_CNY);
    MUST (lines = tai_desk_list_journal (rig->desk, &filter, &E));
    if (lines->len != cases[i].n)
      g_error ("%s: %u entries", cases[i].text, lines->len);
  }
}

static void
test_tampered (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  guint n_broken = 0;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  g_assert_cmpint (
      sqlite3_exec (
          rig->sql,
          "DROP TRIGGER journal_update; UPDATE journal SET record = CAST (replace (CAST (record AS TEXT), "
          "'amount_minor=5000', 'amount_minor=4000') AS BLOB) WHERE kind = 'sale'",
          NULL, NULL, NULL),
      ==, SQLITE_OK);
  lines = look (rig, NULL, NULL, 0);
  for (guint i = 0; i < lines->len; i++) {
    const TaiJournalLine *line = lines->pdata[i];
    g_assert_true (line->is_chained != (strcmp (line->entry->kind, "sale") == 0));
    n_broken += !line->is_chained;
  }
  g_assert_cmpuint (n_broken, ==, 1);
}

/* Every kind of look of his is written down before he is told anything; he changes nothing. */
static void
test_auditor (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  g_autoptr (GPtrArray) movements = NULL, journal = NULL;
  g_autofree char *shift = NULL, *reads = NULL;
  TaiVisit *none;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  shift = tai_desk_rig_rows (rig, "SELECT id FROM shift");
  tai_desk_rig_sign_in (rig, RIG_AUDITOR);
  MUST (report = tai_desk_report (rig->desk, NULL, NULL, &E));
  MUST (movements = tai_desk_list_movements (rig->desk, shift, NULL, &E));
  journal = look (rig, NULL, NULL, 0);
  reads = tai_desk_rig_rows (rig, "SELECT subject FROM journal WHERE kind = 'audit_read' ORDER BY seq");
  g_assert_cmpstr (reads, ==, "report\nmovements\njournal");
  g_assert_cmpstr (((TaiJournalLine *)journal->pdata[0])->entry->kind, ==, "audit_read"); /* this one, too */
  g_assert_cmpstr (((TaiJournalLine *)journal->pdata[0])->entry->clerk, ==, RIG_AUDITOR);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, none = tai_desk_begin_visit (rig->desk, &E));
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_note_drawer (rig->desk, &E));
  rig->steps_left = 0; /* what cannot be written down is not told */
  {
    g_autoptr (GError) error = NULL;
    g_assert_null (tai_desk_report (rig->desk, NULL, NULL, &error));
    g_assert_nonnull (error);
  }
  rig->steps_left = -1;
  tai_desk_rig_assert_sound (rig);
}

/* Detail of a report: the hall's, and one's own only when it was counted. */
static void
test_detail (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiTillReport) own = NULL, hall = NULL, closed = NULL, after = NULL;
  g_autofree char *csv = NULL;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  MUST (own = tai_desk_report (rig->desk, NULL, NULL, &E));
  MUST (tai_desk_add_report_detail (rig->desk, own, &E));
  g_assert_cmpuint (own->movements->len, ==, 1);
  g_assert_cmpuint (((GPtrArray *)own->movements->pdata[0])->len, ==, 0); /* blind */
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (hall = tai_desk_report (rig->desk, NULL, NULL, &E));
  MUST (tai_desk_add_report_detail (rig->desk, hall, &E));
  g_assert_cmpuint (((GPtrArray *)hall->movements->pdata[0])->len, ==, 2);
  g_assert_cmpstr (hall->place, ==, "T2");
  g_assert_cmpint (hall->as_of_us, ==, tai_clock_now (TAI_CLOCK (rig->clock)));
  csv = tai_report_csv_write (hall);
  g_assert_nonnull (strstr (csv, tai_visit_get_receipt_number (visit)));
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  MUST (closed = tai_desk_close_till (rig->desk, CNY (RIG_FLOAT + 5000), &E));
  MUST (after = tai_desk_report (rig->desk, NULL, NULL, &E));
  MUST (tai_desk_add_report_detail (rig->desk, after, &E));
  g_assert_cmpuint (((GPtrArray *)after->movements->pdata[0])->len, ==, 3);
}

/* A file that a spreadsheet reads back: quotes doubled, lines ended by both. */
static void
test_csv_quotes (void)
{
  TaiTillReport report = {.place = (char *)"Hall \"A\", north", .n_terminals = 3, .is_from_hq = TRUE};
  g_autofree char *csv = tai_report_csv_write (&report);

  g_assert_nonnull (strstr (csv, "\r\nsource,\"Hall \"\"A\"\", north\",,headquarters,3,,,\r\n"));
  g_assert_null (strstr (csv, "\r\nday"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/filter", test_filter);
  g_test_add_func ("/journal/line", test_line);
  g_test_add_func ("/journal/no-record", test_no_record);
  g_test_add_func ("/journal/desk", test_desk);
  g_test_add_func ("/journal/amount", test_amount);
  g_test_add_func ("/journal/tampered", test_tampered);
  g_test_add_func ("/journal/auditor", test_auditor);
  g_test_add_func ("/report/detail", test_detail);
  g_test_add_func ("/report/csv-quotes", test_csv_quotes);
  return g_test_run ();
}
