/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The papers of the till: report of the day and slip of a close. Any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-till-paper.h"

#include <string.h>

#include "tai-report-tables-private.h"
#include "tai-till-report.h"

#define RIGHT(i) (1 << (i))

static const guint8 clerk_weights[] = {2, 5, 2, 3};
static const guint8 shift_weights[] = {2, 2, 2, 3, 3, 3, 3, 3};

/* What both papers tell ---------------------------------------------------------------------------------------------- */

static char *
format_count (gint64 count)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, count);
}

/* A warning is bold: it is what somebody has to do something about. */
static void
add_matter (TaiPen *pen, TaiPaperWord label, gint64 count)
{
  if (count > 0)
    tai_pen_add_count (pen, TAI_STYLE_BOLD, label, count);
}

/* How far headquarters' figures reach, and what does not match in them. */
static void
add_headquarters_matters (TaiPen *pen, const TaiTillReport *report)
{
  add_matter (pen, TAI_WORD_N_FINDINGS, report->n_findings);
  for (guint i = 0; report->terminals != NULL && i < report->terminals->len; i++) {
    const TaiReportTerminal *terminal = g_ptr_array_index (report->terminals, i);
    g_autofree char *missing = format_count (terminal->n_missing);
    g_autofree char *time = terminal->last_contact_us != 0
                                ? tai_pen_format_time (pen, terminal->last_contact_us)
                                : g_strdup (tai_pen_word (pen, TAI_WORD_NEVER));
    g_autofree char *text = tai_pen_fill (
        pen, terminal->n_missing > 0 ? TAI_WORD_HEARD_WITH_GAPS : TAI_WORD_HEARD, time, missing, NULL);

    tai_document_add_pair (pen->document, terminal->n_missing > 0 ? TAI_STYLE_BOLD : 0, terminal->terminal,
                           text);
  }
}

static void
add_open_matters (TaiPen *pen, const TaiTillReport *report)
{
  g_autofree char *oldest =
      report->oldest_unsent_us > 0 ? tai_pen_format_time (pen, report->oldest_unsent_us) : NULL;
  g_autofree char *doubted =
      report->oldest_in_doubt_us > 0 ? tai_pen_format_time (pen, report->oldest_in_doubt_us) : NULL;

  tai_report_tables_add_part (pen, TAI_WORD_OPEN_MATTERS);
  if (report->is_from_hq) {
    add_headquarters_matters (pen, report);
    return;
  }
  add_matter (pen, TAI_WORD_N_UNSENT, report->n_unsent);
  tai_pen_add_pair (pen, 0, TAI_WORD_OLDEST_UNSENT, oldest);
  add_matter (pen, TAI_WORD_N_IN_DOUBT, report->n_in_doubt);
  tai_pen_add_pair (pen, 0, TAI_WORD_OLDEST_IN_DOUBT, doubted);
  add_matter (pen, TAI_WORD_N_QUARANTINED, report->n_quarantined);
  if (report->refund_due.minor != 0)
    tai_pen_add_money (pen, TAI_STYLE_BOLD, TAI_WORD_REFUND_DUE, report->refund_due);
  if (report->carried_over.minor != 0)
    tai_pen_add_money (pen, TAI_STYLE_BOLD, TAI_WORD_CARRIED_OVER, report->carried_over);
  if (report->n_unsent == 0 && report->n_in_doubt == 0 && report->n_quarantined == 0 &&
      report->refund_due.minor == 0)
    tai_pen_add_word (pen, 0, TAI_WORD_CLEAN);
}

/* What was sold, what went back, and what is left of it; nothing of it while the count is blind. */
static void
add_takings (TaiPen *pen, const TaiTillReport *report)
{
  TaiTakings takings = tai_till_report_get_takings (report);

  if (takings.net.currency == 0)
    return;
  tai_pen_add_money (pen, 0, TAI_WORD_SALES, takings.gross);
  tai_pen_add_money (pen, 0, TAI_WORD_REFUNDS, takings.refunds);
  tai_pen_add_money (pen, TAI_STYLE_BOLD, TAI_WORD_NET, takings.net);
}

static void
add_counts (TaiPen *pen, const TaiTillReport *report)
{
  tai_pen_add_count (pen, 0, TAI_WORD_N_ORDERS, report->n_orders);
  tai_pen_add_count (pen, 0, TAI_WORD_N_PAYMENTS, report->n_payments);
  tai_pen_add_count (pen, 0, TAI_WORD_N_REPRINTS, report->n_reprints);
  tai_pen_add_count (pen, 0, TAI_WORD_N_UNDONE, report->n_undone);
}

/* In eights, which wrap well and can be read aloud. */
static char *
group_hex (const char *hex)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; hex[i] != '\0'; i++) {
    if (i > 0 && i % 8 == 0)
      g_string_append_c (text, ' ');
    g_string_append_c (text, hex[i]);
  }
  return g_string_free (text, FALSE);
}

static void
add_journal_head (TaiPen *pen, const TaiTillReport *report)
{
  g_autofree char *seq = format_count (report->journal_seq);
  g_autofree char *title = tai_pen_fill (pen, TAI_WORD_JOURNAL_HEAD, seq, NULL, NULL);
  g_autofree char *head = group_hex (report->journal_head);

  if (report->journal_head[0] == '\0')
    return;
  tai_document_add_space (pen->document);
  tai_document_add_text (pen->document, TAI_STYLE_SMALL, title);
  tai_document_add_text (pen->document, TAI_STYLE_SMALL, head);
}

/* Of a Z: what the close found when it computed the chain anew. */
static void
add_chain (TaiPen *pen, const TaiTillReport *report)
{
  g_autofree char *from = format_count (report->broken_seq > 0 ? report->broken_seq : report->checked_from);
  g_autofree char *to = format_count (report->journal_seq);
  TaiPaperWord word = report->broken_seq > 0 ? TAI_WORD_CHAIN_BROKEN : TAI_WORD_CHAIN_WHOLE;
  g_autofree char *text = tai_pen_fill (pen, word, from, to, NULL);

  if (report->is_z)
    tai_document_add_text (pen->document,
                           report->broken_seq > 0 ? TAI_STYLE_BOLD | TAI_STYLE_LARGE : TAI_STYLE_SMALL, text);
}

static const struct {
  const char *event;
  TaiPaperWord word;
} supplement_words[] = {
    {TAI_SUPPLEMENT_UPLOADED, TAI_WORD_SUPPLEMENT_UPLOADED},
    {"hq_refused", TAI_WORD_SUPPLEMENT_REFUSED},
    {"hq_cancelled", TAI_WORD_SUPPLEMENT_CANCELLED},
    {"hq_undone", TAI_WORD_SUPPLEMENT_UNDONE},
    {"refund_cash", TAI_WORD_SUPPLEMENT_REFUND},
    {"refund_part", TAI_WORD_SUPPLEMENT_REFUND},
    {"refund_by_slip", TAI_WORD_SUPPLEMENT_BY_SLIP},
    {"refund_by_gateway", TAI_WORD_SUPPLEMENT_BY_GATEWAY},
    {"refund_twice", TAI_WORD_SUPPLEMENT_TWICE},
    {"refund_put_right", TAI_WORD_SUPPLEMENT_PUT_RIGHT},
    {"debt_released", TAI_WORD_SUPPLEMENT_RELEASED},
    {"debt_fetched", TAI_WORD_SUPPLEMENT_FETCHED},
    {"in_doubt", TAI_WORD_SUPPLEMENT_DOUBT},
    {"doubt_succeeded", TAI_WORD_SUPPLEMENT_CAME},
    {"doubt_gone", TAI_WORD_SUPPLEMENT_GONE},
};

static void
add_supplement (TaiPen *pen, const TaiSupplement *one)
{
  TaiPaperWord word = TAI_WORD_SUPPLEMENT_OTHER;
  g_autofree char *number = g_strdup_printf ("%d", one->number);
  g_autofree char *time = tai_pen_format_time (pen, one->time_us);
  g_autofree char *label = tai_pen_fill (pen, TAI_WORD_SUPPLEMENT, number, time, NULL);
  g_autofree char *amount = tai_pen_format_amount (one->amount);

  for (guint i = 0; i < G_N_ELEMENTS (supplement_words); i++)
    if (g_str_equal (supplement_words[i].event, one->event))
      word = supplement_words[i].word;
  tai_document_add_pair (pen->document, 0, label, one->clerk != NULL ? one->clerk : "");
  tai_document_add_pair (pen->document, TAI_STYLE_BOLD, tai_pen_word (pen, word), amount);
}

static void
add_supplements (TaiPen *pen, GPtrArray *supplements)
{
  if (supplements == NULL || supplements->len == 0)
    return;
  tai_report_tables_add_part (pen, TAI_WORD_SUPPLEMENTS);
  for (guint i = 0; i < supplements->len; i++)
    add_supplement (pen, g_ptr_array_index (supplements, i));
}

static const char *
line_name (const TaiPen *pen, const TaiReportLine *line, gboolean tender)
{
  return tender ? tai_paper_tender (line->tender, pen->language)
                : tai_paper_business_name (line->business, pen->language);
}

/* Report ------------------------------------------------------------------------------------------------------------- */

static void
add_table_row (TaiPen *pen, TaiStyle style, const char *clerk, const char *name, const char *count,
               const char *amount)
{
  const char *cells[] = {clerk, name, count, amount};

  tai_document_add_row (pen->document, style, 4, cells, clerk_weights, RIGHT (2) | RIGHT (3));
}

static void
add_table (TaiPen *pen, TaiPaperWord title, TaiPaperWord what, GPtrArray *lines, gboolean is_by_hall)
{
  TaiReportBy who = is_by_hall ? TAI_REPORT_BY_HALL : TAI_REPORT_BY_CLERK;
  g_autoptr (GPtrArray) groups =
      tai_report_lines_group (lines, who | TAI_REPORT_BY_BUSINESS | TAI_REPORT_BY_TENDER, 0);
  gint64 count = 0;
  TaiMoney sum = tai_report_lines_sum (lines, &count);
  g_autofree char *sum_text = NULL, *count_text = NULL;

  tai_report_tables_add_part (pen, title);
  if (groups->len == 0) {
    tai_pen_add_word (pen, 0, TAI_WORD_NONE);
    return;
  }
  add_table_row (pen, TAI_STYLE_BOLD, tai_pen_word (pen, is_by_hall ? TAI_WORD_HALL : TAI_WORD_CLERK),
                 tai_pen_word (pen, what), tai_pen_word (pen, TAI_WORD_COUNT),
                 tai_pen_word (pen, TAI_WORD_AMOUNT));
  for (guint i = 0; i < groups->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (groups, i);
    g_autofree char *line_count = format_count (line->count);
    g_autofree char *amount = tai_pen_format_amount (line->amount);

    add_table_row (pen, 0, is_by_hall ? line->hall : line->clerk,
                   line_name (pen, line, what == TAI_WORD_TENDER), line_count, amount);
  }
  sum_text = sum.currency != 0 ? tai_pen_format_amount (sum) : g_strdup ("—"); /* better than a wrong one */
  count_text = format_count (count);
  add_table_row (pen, TAI_STYLE_BOLD, tai_pen_word (pen, TAI_WORD_SUM), "", count_text, sum_text);
}

/* The hour is enough: the day stands above. */
static char *
format_hour (const TaiPen *pen, gint64 time_us)
{
  g_autofree char *time = tai_pen_format_time (pen, time_us);

  return g_strdup (time + strlen ("2026-11-22 "));
}

/* Of many days: its day instead of the hour at which it began. */
static void
add_shift_row (TaiPen *pen, const TaiShift *shift, gboolean is_of_many)
{
  gboolean closed = shift->state == TAI_SHIFT_CLOSED;
  g_autofree char *opened =
      is_of_many ? g_strdup (shift->business_day + strlen ("2026-")) : format_hour (pen, shift->opened_us);
  g_autofree char *closed_at =
      closed ? format_hour (pen, shift->closed_us) : g_strdup (tai_pen_word (pen, TAI_WORD_STILL_OPEN));
  g_autofree char *float_amount = tai_pen_format_amount (shift->float_amount);
  g_autofree char *expected = closed ? tai_pen_format_amount (shift->expected) : NULL;
  g_autofree char *counted = closed ? tai_pen_format_amount (shift->counted) : NULL;
  g_autofree char *difference = closed ? tai_pen_format_amount (tai_shift_get_difference (shift)) : NULL;
  g_autofree char *till = tai_shift_name_till (shift);
  const char *cells[] = {till, shift->clerk, opened, closed_at, float_amount, expected, counted, difference};

  tai_document_add_row (pen->document, 0, G_N_ELEMENTS (cells), cells, shift_weights,
                        RIGHT (4) | RIGHT (5) | RIGHT (6) | RIGHT (7));
}

/* On a line of its own: it is nothing that the shift took or lost. */
static void
add_opening_difference (TaiPen *pen, const TaiShift *shift)
{
  TaiMoney difference = tai_shift_get_opening_difference (shift);
  g_autofree char *till = tai_shift_name_till (shift);
  g_autofree char *who = g_strdup_printf ("%s %s", till, shift->clerk);
  g_autofree char *amount = tai_pen_format_money (difference);
  g_autofree char *text = tai_pen_fill (pen, TAI_WORD_OPENING_DIFFERENCE, who, amount, NULL);

  if (difference.minor != 0)
    tai_document_add_text (pen->document, TAI_STYLE_BOLD, text);
}

static void
add_shifts (TaiPen *pen, GPtrArray *shifts, gboolean are_of_many)
{
  static const TaiPaperWord heads[] = {TAI_WORD_TILL,    TAI_WORD_CLERK,     TAI_WORD_OPENED,
                                       TAI_WORD_CLOSED,  TAI_WORD_FLOAT,     TAI_WORD_EXPECTED,
                                       TAI_WORD_COUNTED, TAI_WORD_DIFFERENCE};
  const char *cells[G_N_ELEMENTS (heads)];

  tai_report_tables_add_part (pen, TAI_WORD_SHIFTS);
  if (shifts == NULL || shifts->len == 0) {
    tai_pen_add_word (pen, 0, TAI_WORD_NONE);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    cells[i] = tai_pen_word (pen, heads[i]);
  tai_document_add_row (pen->document, TAI_STYLE_BOLD, G_N_ELEMENTS (cells), cells, shift_weights,
                        RIGHT (4) | RIGHT (5) | RIGHT (6) | RIGHT (7));
  for (guint i = 0; i < shifts->len; i++)
    add_shift_row (pen, g_ptr_array_index (shifts, i), are_of_many);
  for (guint i = 0; i < shifts->len; i++)
    add_opening_difference (pen, g_ptr_array_index (shifts, i));
}

TaiDocument *
tai_till_paper_report (const TaiTerminal *terminal, const TaiTillReport *report, gint64 time_us)
{
  gboolean is_month = report->days != NULL, is_by_hall = tai_till_report_is_by_hall (report);
  TaiPen pen = tai_pen_begin (terminal, NULL, TAI_DOCUMENT_REPORT,
                              is_month ? TAI_WORD_MONTHLY_REPORT : TAI_WORD_TILL_REPORT);
  g_autofree char *time = tai_pen_format_time (&pen, time_us);

  tai_pen_add_pair (&pen, 0, is_month ? TAI_WORD_REPORT_MONTH : TAI_WORD_BUSINESS_DAY, report->business_day);
  tai_pen_add_pair (&pen, 0, TAI_WORD_PRINTED, time);
  tai_report_tables_add_source (&pen, report);
  if (report->is_own)
    tai_pen_add_word (&pen, TAI_STYLE_BOLD, TAI_WORD_OWN_ONLY);
  if (report->is_blind)
    tai_pen_add_word (&pen, TAI_STYLE_BOLD, TAI_WORD_BLIND_COUNT);
  add_takings (&pen, report);
  add_counts (&pen, report);
  tai_report_tables_add_days (&pen, report);
  tai_report_tables_add_month (&pen, report);
  tai_report_tables_add_sums (&pen, report);
  add_table (&pen, TAI_WORD_BY_BUSINESS, TAI_WORD_BUSINESS, report->by_business, is_by_hall);
  add_table (&pen, TAI_WORD_BY_TENDER, TAI_WORD_TENDER, report->by_tender, is_by_hall);
  tai_report_tables_add_hours (&pen, report);
  tai_document_add_space (pen.document);
  if (report->drawer_expected.currency != 0) /* else the count is blind */
    tai_pen_add_money (&pen, TAI_STYLE_BOLD, TAI_WORD_DRAWER_NOW, report->drawer_expected);
  add_shifts (&pen, report->shifts, is_month);
  add_open_matters (&pen, report);
  tai_document_add_field (pen.document, tai_pen_word (&pen, TAI_WORD_SIGN_SUPERVISOR));
  tai_report_tables_add_detail (&pen, report);
  add_journal_head (&pen, report);
  return tai_pen_end (&pen);
}

/* Slip --------------------------------------------------------------------------------------------------------------- */

/* The sum of all lines from @from on that are called @name: of every clerk. */
static void
add_sum (TaiPen *pen, GPtrArray *lines, guint from, const char *name, gboolean tender)
{
  TaiMoney sum = {0};
  gint64 count = 0;
  g_autofree char *count_text = NULL, *label = NULL, *amount = NULL;

  for (guint i = from; i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);

    if (g_str_equal (line_name (pen, line, tender), name)) {
      tai_pen_sum (&sum, line->amount);
      count += line->count;
    }
  }
  count_text = format_count (count);
  label = tai_pen_fill (pen, TAI_WORD_TIMES, name, count_text, NULL);
  amount = tai_pen_format_amount (sum);
  tai_document_add_pair (pen->document, 0, label, amount);
}

static void
add_sums (TaiPen *pen, TaiPaperWord title, GPtrArray *lines, gboolean tender)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  tai_report_tables_add_part (pen, title);
  if (lines == NULL || lines->len == 0) {
    tai_pen_add_word (pen, 0, TAI_WORD_NONE);
    return;
  }
  for (guint i = 0; i < lines->len; i++) {
    const char *name = line_name (pen, g_ptr_array_index (lines, i), tender);

    if (g_hash_table_add (done, (gpointer)name))
      add_sum (pen, lines, i, name, tender);
  }
}

static void
add_drawer (TaiPen *pen, const TaiShift *shift)
{
  TaiMoney difference = tai_shift_get_difference (shift);
  TaiPaperWord word = TAI_WORD_EVEN;

  if (difference.minor != 0)
    word = difference.minor > 0 ? TAI_WORD_OVER : TAI_WORD_SHORT;
  tai_document_add_rule (pen->document, TRUE);
  tai_pen_add_money (pen, 0, TAI_WORD_FLOAT, shift->float_amount);
  tai_pen_add_money (pen, 0, TAI_WORD_EXPECTED, shift->expected);
  tai_pen_add_money (pen, 0, TAI_WORD_COUNTED, shift->counted);
  tai_pen_add_money (pen, TAI_STYLE_LARGE | TAI_STYLE_BOLD, word,
                     difference.minor < 0 ? tai_money_negate (difference) : difference);
  tai_document_add_rule (pen->document, TRUE);
}

static void
add_slip_head (TaiPen *pen, const TaiTerminal *terminal, const TaiShift *shift, gint64 time_us)
{
  gboolean closed = shift->state == TAI_SHIFT_CLOSED;
  g_autofree char *opened = tai_pen_format_time (pen, shift->opened_us);
  g_autofree char *closed_at = closed ? tai_pen_format_time (pen, shift->closed_us) : NULL;
  g_autofree char *printed = tai_pen_format_time (pen, time_us);

  if (closed)
    tai_pen_add_count (pen, TAI_STYLE_BOLD, TAI_WORD_Z_NUMBER, shift->z_number);
  tai_pen_add_pair (pen, 0, TAI_WORD_BUSINESS_DAY, shift->business_day);
  tai_pen_add_pair (pen, 0, TAI_WORD_TILL, shift->till);
  tai_pen_add_pair (pen, 0, TAI_WORD_CLERK, shift->clerk);
  tai_pen_add_pair (pen, 0, TAI_WORD_OPENED, opened);
  tai_pen_add_pair (pen, 0, TAI_WORD_CLOSED, closed_at ? closed_at : tai_pen_word (pen, TAI_WORD_STILL_OPEN));
  tai_pen_add_pair (pen, 0, TAI_WORD_PRINTED, printed);
}

TaiDocument *
tai_till_paper_slip (const TaiTerminal *terminal, const TaiTillReport *report, const TaiShift *shift,
                     gint64 time_us, gboolean on_roll)
{
  gboolean closed = shift->state == TAI_SHIFT_CLOSED;
  TaiPen pen = tai_pen_begin (terminal, NULL, on_roll ? TAI_DOCUMENT_SLIP : TAI_DOCUMENT_REPORT,
                              closed ? TAI_WORD_CLOSE_SLIP : TAI_WORD_TILL_PREVIEW);

  add_slip_head (&pen, terminal, shift, time_us);
  if (closed)
    add_drawer (&pen, shift);
  if (closed) /* the count of an open till is blind */
    add_takings (&pen, report);
  add_counts (&pen, report);
  if (closed) {
    add_sums (&pen, TAI_WORD_BY_BUSINESS, report->by_business, FALSE);
    add_sums (&pen, TAI_WORD_BY_TENDER, report->by_tender, TRUE);
  }
  add_open_matters (&pen, report);
  add_supplements (&pen, report->supplements);
  if (closed) {
    tai_document_add_field (pen.document, tai_pen_word (&pen, TAI_WORD_SIGN_CLERK));
    tai_document_add_field (pen.document, tai_pen_word (&pen, TAI_WORD_SIGN_SUPERVISOR));
  }
  add_journal_head (&pen, report);
  add_chain (&pen, report);
  return tai_pen_end (&pen);
}
