/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as JSON: what is rendered here at headquarters is read here at a terminal. */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-report-json.h"

#include <string.h>

#include "tai-json-money.h"
#include "tai-json-text.h"

/* The lists of lines, and which member of a line each is of. */
static const struct {
  const char *name;
  gsize member; /* of TaiTillReport: GPtrArray * */
} lists[] = {
    {"business", G_STRUCT_OFFSET (TaiTillReport, by_business)},
    {"tender", G_STRUCT_OFFSET (TaiTillReport, by_tender)},
    {"paid", G_STRUCT_OFFSET (TaiTillReport, by_paid)},
    {"event", G_STRUCT_OFFSET (TaiTillReport, by_event)},
    {"hour", G_STRUCT_OFFSET (TaiTillReport, by_quarter)},
};

static const struct {
  const char *name;
  gsize member; /* of TaiReportLine: char * */
} words[] = {
    {"hall", G_STRUCT_OFFSET (TaiReportLine, hall)},
    {"terminal", G_STRUCT_OFFSET (TaiReportLine, terminal)},
    {"clerk", G_STRUCT_OFFSET (TaiReportLine, clerk)},
    {"operation", G_STRUCT_OFFSET (TaiReportLine, business)},
    {"tender", G_STRUCT_OFFSET (TaiReportLine, tender)},
    {"event", G_STRUCT_OFFSET (TaiReportLine, event)},
};

static const struct {
  const char *name;
  gsize member; /* of TaiTillReport: TaiDayFigures */
} figures[] = {
    {"now", G_STRUCT_OFFSET (TaiTillReport, day)},
    {"before", G_STRUCT_OFFSET (TaiTillReport, yesterday)},
    {"like", G_STRUCT_OFFSET (TaiTillReport, week_ago)},
};

static const struct {
  const char *name;
  gsize member; /* of TaiShift: TaiMoney */
} amounts[] = {
    {"float", G_STRUCT_OFFSET (TaiShift, float_amount)},
    {"openingExpected", G_STRUCT_OFFSET (TaiShift, opening_expected)},
    {"counted", G_STRUCT_OFFSET (TaiShift, counted)},
    {"expected", G_STRUCT_OFFSET (TaiShift, expected)},
};

#define MEMBER(type, struct_, offset) (*(type *)G_STRUCT_MEMBER_P (struct_, offset))

/* Writing ---------------------------------------------------------------------------------------------------------------- */

static void
write_line (TaiJsonWriter *w, TaiReportLine *line)
{
  tai_json_writer_begin_object (w);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    tai_json_writer_add_string (w, words[i].name, MEMBER (char *, line, words[i].member));
  tai_json_writer_add_time (w, "from", line->quarter * TAI_REPORT_QUARTER_US);
  tai_json_writer_add_int (w, "count", line->count);
  tai_json_writer_add_known_money (w, "amount", line->amount);
  tai_json_writer_end_object (w);
}

static void
write_lines (TaiJsonWriter *w, const char *name, GPtrArray *lines)
{
  if (lines == NULL)
    return;
  tai_json_writer_add_array (w, name);
  for (guint i = 0; i < lines->len; i++)
    write_line (w, g_ptr_array_index (lines, i));
  tai_json_writer_end_array (w);
}

static void
write_figures (TaiJsonWriter *w, const TaiDayFigures *day)
{
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "period", day->business_day);
  tai_json_writer_add_bool (w, "known", day->is_known);
  tai_json_writer_add_int (w, "orders", day->n_orders);
  tai_json_writer_add_int (w, "payments", day->n_payments);
  tai_json_writer_add_known_money (w, "sales", day->sales);
  tai_json_writer_add_known_money (w, "drawer", day->drawer);
  tai_json_writer_add_known_money (w, "difference", day->difference);
  tai_json_writer_end_object (w);
}

static void
write_shift (TaiJsonWriter *w, TaiShift *shift)
{
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "id", shift->id.text);
  if (shift->hall != NULL)
    tai_json_writer_add_string (w, "hall", shift->hall);
  tai_json_writer_add_string (w, "till", shift->till);
  tai_json_writer_add_string (w, "clerk", shift->clerk);
  tai_json_writer_add_string (w, "businessDay", shift->business_day);
  tai_json_writer_add_string (w, "state", tai_state_to_text (&tai_shift_states, shift->state));
  tai_json_writer_add_time (w, "opened", shift->opened_us);
  tai_json_writer_add_time (w, "closed", shift->closed_us);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    tai_json_writer_add_known_money (w, amounts[i].name, MEMBER (TaiMoney, shift, amounts[i].member));
  tai_json_writer_add_int (w, "zNumber", shift->z_number);
  tai_json_writer_add_int (w, "counts", shift->n_counts);
  tai_json_writer_add_int (w, "supplements", shift->n_supplements);
  tai_json_writer_end_object (w);
}

static void
write_shifts (TaiJsonWriter *w, GPtrArray *shifts)
{
  tai_json_writer_add_array (w, "shifts");
  for (guint i = 0; shifts != NULL && i < shifts->len; i++)
    write_shift (w, g_ptr_array_index (shifts, i));
  tai_json_writer_end_array (w);
}

static void
write_terminals (TaiJsonWriter *w, GPtrArray *terminals)
{
  tai_json_writer_add_array (w, "terminals");
  for (guint i = 0; terminals != NULL && i < terminals->len; i++) {
    const TaiReportTerminal *terminal = g_ptr_array_index (terminals, i);
    tai_json_writer_begin_object (w);
    tai_json_writer_add_string (w, "hall", terminal->hall);
    tai_json_writer_add_string (w, "terminal", terminal->terminal);
    tai_json_writer_add_time (w, "lastContact", terminal->last_contact_us);
    tai_json_writer_add_int (w, "missing", terminal->n_missing);
    if (terminal->is_kiosk)
      tai_json_writer_add_bool (w, "kiosk", TRUE);
    tai_json_writer_end_object (w);
  }
  tai_json_writer_end_array (w);
}

static void
write_findings (TaiJsonWriter *w, GPtrArray *findings)
{
  if (findings == NULL)
    return;
  tai_json_writer_add_array (w, "finding");
  for (guint i = 0; i < findings->len; i++) {
    const TaiReportFinding *finding = g_ptr_array_index (findings, i);
    tai_json_writer_begin_object (w);
    tai_json_writer_add_string (w, "hall", finding->hall);
    tai_json_writer_add_string (w, "terminal", finding->terminal);
    tai_json_writer_add_string (w, "kind", finding->kind);
    tai_json_writer_add_string (w, "subject", finding->subject);
    tai_json_writer_add_string (w, "detail", finding->detail);
    tai_json_writer_add_time (w, "since", finding->since_us);
    tai_json_writer_end_object (w);
  }
  tai_json_writer_end_array (w);
}

static void
write_days (TaiJsonWriter *w, GArray *days)
{
  if (days == NULL)
    return;
  tai_json_writer_add_array (w, "days");
  for (guint i = 0; i < days->len; i++)
    write_figures (w, &g_array_index (days, TaiDayFigures, i));
  tai_json_writer_end_array (w);
}

char *
tai_report_to_json (const TaiTillReport *report)
{
  TaiJsonWriter *w;

  g_return_val_if_fail (report != NULL, NULL);
  w = tai_json_writer_new ();
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "period", report->business_day);
  tai_json_writer_add_string (w, "place", report->place);
  tai_json_writer_add_string (w, "shift", report->shift_id);
  tai_json_writer_add_time (w, "asOf", report->as_of_us);
  tai_json_writer_add_int (w, "utcOffsetMinutes", report->utc_offset_min);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
    tai_json_writer_key (w, figures[i].name);
    write_figures (w, G_STRUCT_MEMBER_P (report, figures[i].member));
  }
  write_days (w, report->days);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    write_lines (w, lists[i].name, MEMBER (GPtrArray *, report, lists[i].member));
  tai_json_writer_add_known_money (w, "drawer", report->drawer_expected);
  if (report->journal_seq > 0) {
    tai_json_writer_add_int (w, "journalSeq", report->journal_seq);
    tai_json_writer_add_string (w, "journalHead", report->journal_head);
  }
  write_shifts (w, report->shifts);
  write_terminals (w, report->terminals);
  tai_json_writer_add_int (w, "findings", report->n_findings);
  write_findings (w, report->findings);
  tai_json_writer_end_object (w);
  return tai_json_writer_end_text (w);
}

/* Reading ---------------------------------------------------------------------------------------------------------------- */

#define PLAIN  TAI_JSON_TEXT_PLAIN
#define NEEDED (TAI_JSON_TEXT_PLAIN | TAI_JSON_TEXT_NEEDED)

/* Elements of an array that may be missing: (nullable) then. */
typedef gboolean (*ReadElement) (const TaiJson *json, gpointer element, GError **error);

static gboolean
read_list (const TaiJson *json, const char *name, gsize size, GDestroyNotify free_func, ReadElement read,
           GPtrArray **list, GError **error)
{
  const TaiJson *array = NULL;

  if (!tai_json_optional_array (json, name, &array, error))
    return FALSE;
  if (tai_json_get_length (array) > TAI_REPORT_MAX_LINES)
    return tai_json_refuse (error, name, "too many");
  if (array == NULL)
    return TRUE;
  *list = g_ptr_array_new_with_free_func (free_func);
  for (guint i = 0; i < tai_json_get_length (array); i++) {
    gpointer element = g_malloc0 (size);
    g_ptr_array_add (*list, element);
    if (!read (tai_json_get_element (array, i), element, error)) {
      tai_json_error_within (error, name, (gssize)i);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
take_count (const TaiJson *json, const char *name, gint64 *count, GError **error)
{
  return tai_json_require_int (json, name, count, error) &&
         (*count >= 0 || tai_json_refuse (error, name, "below 0"));
}

static gboolean
read_line (const TaiJson *json, gpointer element, GError **error)
{
  TaiReportLine *line = element;
  gint64 from_us = 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (!tai_json_take_text (json, words[i].name, PLAIN, &MEMBER (char *, line, words[i].member), error))
      return FALSE;
  if (!tai_json_take_time (json, "from", 0, &from_us, error))
    return FALSE;
  line->quarter = from_us / TAI_REPORT_QUARTER_US;
  return take_count (json, "count", &line->count, error) &&
         tai_json_optional_money (json, "amount", &line->amount, error);
}

static gboolean
read_figures (const TaiJson *json, TaiDayFigures *day, GError **error)
{
  g_autofree char *period = NULL;

  if (!tai_json_take_text (json, "period", NEEDED, &period, error))
    return FALSE;
  g_strlcpy (day->business_day, strlen (period) < sizeof day->business_day ? period : "",
             sizeof day->business_day);
  return tai_json_require_bool (json, "known", &day->is_known, error) &&
         take_count (json, "orders", &day->n_orders, error) &&
         take_count (json, "payments", &day->n_payments, error) &&
         tai_json_optional_money (json, "sales", &day->sales, error) &&
         tai_json_optional_money (json, "drawer", &day->drawer, error) &&
         tai_json_optional_money (json, "difference", &day->difference, error);
}

static gboolean
read_named_figures (const TaiJson *json, const char *name, TaiDayFigures *day, GError **error)
{
  const TaiJson *node = tai_json_require_object (json, name, error);

  if (node == NULL)
    return FALSE;
  if (read_figures (node, day, error))
    return TRUE;
  tai_json_error_within (error, name, -1);
  return FALSE;
}

static gboolean
read_day (const TaiJson *json, gpointer element, GError **error)
{
  return read_figures (json, element, error);
}

static gboolean
read_days (const TaiJson *json, TaiTillReport *report, GError **error)
{
  g_autoptr (GPtrArray) days = NULL;

  if (!read_list (json, "days", sizeof (TaiDayFigures), g_free, read_day, &days, error))
    return FALSE;
  if (days == NULL)
    return TRUE;
  report->days = g_array_new (FALSE, TRUE, sizeof (TaiDayFigures));
  for (guint i = 0; i < days->len; i++)
    g_array_append_vals (report->days, g_ptr_array_index (days, i), 1);
  return TRUE;
}

static gboolean
read_shift_words (const TaiJson *json, TaiShift *shift, GError **error)
{
  g_autofree char *state = NULL;
  g_autoptr (GError) unknown = NULL;
  guint value;

  if (!tai_json_take_uuid (json, "id", NEEDED, &shift->id, error) ||
      !tai_json_take_text (json, "hall", PLAIN, &shift->hall, error) ||
      !tai_json_take_text (json, "till", NEEDED, &shift->till, error) ||
      !tai_json_take_text (json, "clerk", NEEDED, &shift->clerk, error) ||
      !tai_json_take_text (json, "businessDay", NEEDED, &shift->business_day, error) ||
      !tai_json_take_text (json, "state", NEEDED, &state, error))
    return FALSE;
  if (!tai_state_from_text (&tai_shift_states, state, &value, &unknown))
    return tai_json_refuse (error, "state", unknown->message);
  shift->state = value;
  return TRUE;
}

static gboolean
read_shift (const TaiJson *json, gpointer element, GError **error)
{
  TaiShift *shift = element;
  gint64 z_number = 0;

  if (!read_shift_words (json, shift, error) ||
      !tai_json_take_time (json, "opened", 0, &shift->opened_us, error) ||
      !tai_json_take_time (json, "closed", 0, &shift->closed_us, error) ||
      !take_count (json, "zNumber", &z_number, error) ||
      !take_count (json, "counts", &shift->n_counts, error) ||
      !take_count (json, "supplements", &shift->n_supplements, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    if (!tai_json_optional_money (json, amounts[i].name, &MEMBER (TaiMoney, shift, amounts[i].member), error))
      return FALSE;
  if (z_number > G_MAXINT32)
    return tai_json_refuse (error, "zNumber", "no number of a shift");
  shift->z_number = (gint32)z_number;
  return TRUE;
}

static gboolean
read_terminal (const TaiJson *json, gpointer element, GError **error)
{
  TaiReportTerminal *terminal = element;

  return tai_json_take_text (json, "hall", NEEDED, &terminal->hall, error) &&
         tai_json_take_text (json, "terminal", NEEDED, &terminal->terminal, error) &&
         tai_json_take_time (json, "lastContact", 0, &terminal->last_contact_us, error) &&
         take_count (json, "missing", &terminal->n_missing, error) &&
         tai_json_optional_bool (json, "kiosk", &terminal->is_kiosk, error);
}

static gboolean
read_finding (const TaiJson *json, gpointer element, GError **error)
{
  TaiReportFinding *finding = element;

  return tai_json_take_text (json, "hall", NEEDED, &finding->hall, error) &&
         tai_json_take_text (json, "terminal", PLAIN, &finding->terminal, error) &&
         tai_json_take_text (json, "kind", NEEDED, &finding->kind, error) &&
         tai_json_take_text (json, "subject", NEEDED, &finding->subject, error) &&
         tai_json_take_text (json, "detail", NEEDED, &finding->detail, error) &&
         tai_json_take_time (json, "since", NEEDED, &finding->since_us, error);
}

static gboolean
read_lists (const TaiJson *json, TaiTillReport *report, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!read_list (json, lists[i].name, sizeof (TaiReportLine), (GDestroyNotify)tai_report_line_free,
                    read_line, &MEMBER (GPtrArray *, report, lists[i].member), error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    if (!read_named_figures (json, figures[i].name, &MEMBER (TaiDayFigures, report, figures[i].member),
                             error))
      return FALSE;
  return read_days (json, report, error) &&
         read_list (json, "shifts", sizeof (TaiShift), (GDestroyNotify)tai_shift_free, read_shift,
                    &report->shifts, error) &&
         read_list (json, "terminals", sizeof (TaiReportTerminal), (GDestroyNotify)tai_report_terminal_free,
                    read_terminal, &report->terminals, error) &&
         read_list (json, "finding", sizeof (TaiReportFinding), (GDestroyNotify)tai_report_finding_free,
                    read_finding, &report->findings, error);
}

/* Of a shift that is closed. */
static gboolean
read_journal (const TaiJson *json, TaiTillReport *report, GError **error)
{
  g_autofree char *head = NULL;

  if (!tai_json_optional_int (json, "journalSeq", &report->journal_seq, error) ||
      !tai_json_take_text (json, "journalHead", PLAIN, &head, error))
    return FALSE;
  if (report->journal_seq < 0 || (head != NULL && strlen (head) != sizeof report->journal_head - 1))
    return tai_json_refuse (error, "journalHead", "no head of a journal");
  g_strlcpy (report->journal_head, head != NULL ? head : "", sizeof report->journal_head);
  return TRUE;
}

/* What a face counts on is there, be it empty; the figures beside the lists are the lists' own. */
static void
complete (TaiTillReport *report)
{
  GPtrArray **all[] = {&report->by_business, &report->by_tender, &report->by_event, &report->shifts,
                       &report->terminals};

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (*all[i] == NULL)
      *all[i] = g_ptr_array_new ();
  report->is_from_hq = TRUE;
  report->n_terminals = report->terminals->len;
  report->n_orders = report->day.n_orders;
  report->n_payments = report->day.n_payments;
  for (guint i = 0; i < report->by_event->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (report->by_event, i);
    TaiReportEvent event;
    if (!tai_report_event_from_text (line->event, &event))
      continue;
    report->n_reprints += event == TAI_REPORT_EVENT_REPRINT ? line->count : 0;
    report->n_undone += event == TAI_REPORT_EVENT_UNDONE ? line->count : 0;
  }
}

TaiTillReport *
tai_report_from_json (const TaiJson *json, GError **error)
{
  g_autoptr (TaiTillReport) report = g_new0 (TaiTillReport, 1);
  gint64 utc_offset_min = 0;

  if (!tai_json_take_text (json, "period", NEEDED, &report->business_day, error) ||
      !tai_json_take_text (json, "place", PLAIN, &report->place, error) ||
      !tai_json_take_text (json, "shift", PLAIN, &report->shift_id, error) ||
      !read_journal (json, report, error) ||
      !tai_json_take_time (json, "asOf", NEEDED, &report->as_of_us, error) ||
      !tai_json_require_int (json, "utcOffsetMinutes", &utc_offset_min, error) ||
      !tai_json_optional_money (json, "drawer", &report->drawer_expected, error) ||
      !take_count (json, "findings", &report->n_findings, error) || !read_lists (json, report, error))
    return NULL;
  report->utc_offset_min = (int)CLAMP (utc_offset_min, -24 * 60, 24 * 60);
  complete (report);
  return g_steal_pointer (&report);
}
