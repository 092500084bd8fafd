/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the supervisor's page asks of this terminal's own database, as its worker asks it: the first answer of a program that has
 * just started, and the median of many. Arguments: state folder, staff number, PIN.
 */
#include <stdlib.h>

#include "tai-report-view.h"
#include "tai-terminal-host.h"

#define N_TIMES 25

typedef struct {
  TaiTerminalHost *host;
  TaiDesk *desk;
  const char *day;
  int utc_offset_min;
  TaiOrderFilter orders;
  TaiJournalFilter journal;
} Question;

static gboolean
ask_report (const Question *self, GError **error)
{
  g_autoptr (TaiReportView) view = tai_report_view_new (
      self->desk, TAI_PRINT_QUEUE (tai_terminal_host_get_store (self->host)), self->day, FALSE, error);

  return view != NULL;
}

static gboolean
ask_orders (const Question *self, GError **error)
{
  g_autoptr (GPtrArray) orders = tai_desk_list_orders (self->desk, &self->orders, error);

  return orders != NULL;
}

static gboolean
ask_journal (const Question *self, GError **error)
{
  g_autoptr (GPtrArray) lines = tai_desk_list_journal (self->desk, &self->journal, error);

  return lines != NULL;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

static void
measure (const char *name, gboolean (*ask) (const Question *, GError **), const Question *question)
{
  gint64 took[N_TIMES], first;

  for (guint i = 0; i < N_TIMES; i++) {
    g_autoptr (GError) error = NULL;
    gint64 begin = g_get_monotonic_time ();
    if (!ask (question, &error))
      g_error ("%s: %s", name, error->message);
    took[i] = g_get_monotonic_time () - begin;
  }
  first = took[0];
  qsort (took, N_TIMES, sizeof took[0], compare);
  g_print ("# %-44s first %8.2f ms, median %8.2f, longest %8.2f\n", name, (double)first / 1000,
           (double)took[N_TIMES / 2] / 1000, (double)took[N_TIMES - 1] / 1000);
}

static void
measure_orders (Question *question, const char *name, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  char day[11];

  question->orders = (TaiOrderFilter){.limit = 100};
  tai_order_filter_read (&question->orders, words, TAI_CNY, day);
  measure (name, ask_orders, question);
}

static void
measure_journal (Question *question, const char *name, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  question->journal = (TaiJournalFilter){.limit = 50};
  tai_journal_filter_read (&question->journal, words, question->utc_offset_min, TAI_CNY);
  measure (name, ask_journal, question);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStateFolder) folder = NULL;
  g_autoptr (TaiTerminalHost) host = NULL;
  g_autofree char *today = NULL, *month = NULL;
  Question question = {0};

  if (argc != 4)
    g_error ("usage: bench-supervisor STATE STAFF PIN");
  folder = tai_state_folder_open (argv[1], TAI_STATE_FOLDER_EXISTING, &error);
  g_assert_no_error (error);
  host = tai_terminal_host_open (folder, TAI_HOST_OWN, &error);
  g_assert_no_error (error);
  question.host = host;
  question.desk = tai_terminal_host_get_desk (host);
  question.utc_offset_min = tai_terminal_host_get_terminal (host)->utc_offset_min;
  if (!tai_desk_sign_in (question.desk, argv[2], argv[3], &error))
    g_error ("%s", error->message);
  today = tai_desk_find_report_day (question.desk, &error);
  g_assert_no_error (error);
  month = g_strndup (today, 7);
  measure ("today (gate 100)", ask_report, &question);
  question.day = month;
  measure ("this month (gate 100)", ask_report, &question);
  measure_orders (&question, "the newest orders", "");
  measure_orders (&question, "orders of a day", today);
  measure_orders (&question, "orders by the amount of a payment", "15.00");
  measure_orders (&question, "orders by a tender that is not there", "wechat");
  measure_orders (&question, "orders that were paid in cash", "cash");
  measure_journal (&question, "the newest of the journal", "");
  measure_journal (&question, "journal of a day", today);
  measure_journal (&question, "journal of a kind that is rare", "till_closed");
  measure_journal (&question, "journal by an amount that is not there", "0.01");
  return 0;
}
