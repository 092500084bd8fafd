/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-facts.h"

#include <string.h>

#include "tai-canonical.h"
#include "tai-figure.h"
#include "tai-operation-words.h"
#include "tai-paper-words.h"
#include "tai-words.h"

typedef struct {
  gint64 count, minor;
  gboolean is_told; /* the amount */
} Fact;

static GHashTable *
facts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
add (GHashTable *facts, const char *section, const char *who, const char *what, gint64 count, TaiMoney amount)
{
  g_autofree char *key = g_strjoin ("|", section, who != NULL ? who : "", what, NULL);
  Fact *fact = g_hash_table_lookup (facts, key);

  if (fact == NULL) {
    fact = g_new0 (Fact, 1);
    fact->is_told = TRUE;
    g_hash_table_insert (facts, g_steal_pointer (&key), fact);
  }
  fact->count += count;
  fact->minor += amount.minor;
  fact->is_told &= amount.currency != 0;
}

static TaiMoney
none (void)
{
  return tai_money (0, TAI_CNY);
}

/* "−¥5.00", "-5.00", "5.00"; "", "–" and "—": not told. */
static TaiMoney
read_money (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "¥", 2);
  g_autofree char *plain = g_strjoinv ("", parts);
  g_autoptr (GError) error = NULL;
  TaiMoney money;

  if (text[0] == '\0' || g_str_equal (text, "–") || g_str_equal (text, "—"))
    return tai_money (0, 0);
  if (g_str_has_prefix (plain, "−")) {
    char *minus = g_strconcat ("-", plain + strlen ("−"), NULL);
    g_free (plain);
    plain = minus;
  }
  tai_money_from_text (plain, TAI_CNY, &money, &error);
  g_assert_no_error (error);
  return money;
}

static gint64
read_count (const char *text)
{
  char *end;
  gint64 count = g_ascii_strtoll (text, &end, 10);

  if (end == text)
    g_error ("\"%s\" is no count", text);
  return count;
}

/* "2 · ¥60.00", "2 / 60.00", "2" */
static void
add_event (GHashTable *facts, const char *who, const char *event, const char *text)
{
  const char *amount = strrchr (text, ' ');

  add (facts, "event", who, event, read_count (text), amount != NULL ? read_money (amount + 1) : none ());
}

static const char *const events[] = {"refund", "undone", "reprint", "drawer_opened", "override"};

/* name, count, amount, five events */
static void
add_sum_row (GHashTable *facts, const char *section, const char *const *cells)
{
  add (facts, section, cells[0], "sold", read_count (cells[1]), read_money (cells[2]));
  for (guint i = 0; i < G_N_ELEMENTS (events) && g_str_equal (section, "sum"); i++)
    add_event (facts, cells[0], events[i], cells[3 + i]);
}

/* What is expected -------------------------------------------------------------------------------------------------------- */

static const char *
as_it_is (const char *id)
{
  return id;
}

static const char *
name_business_on_paper (const char *id)
{
  return tai_paper_business_name (id, "en");
}

static const char *
name_tender_on_paper (const char *id)
{
  return tai_paper_tender (id, "en");
}

static const char *
name_tender_on_screen (const char *id)
{
  TaiTender tender;

  return tai_tender_from_text (id, &tender, NULL) ? tai_words_tender (tender) : id;
}

const ReportFace report_face_screen = {tai_operation_words_get_title, name_tender_on_screen,
                                       "business tender hour sum place event day total"};
const ReportFace report_face_paper = {name_business_on_paper, name_tender_on_paper,
                                      "business tender hour sum place event day total shift all taken"};
const ReportFace report_face_csv = {as_it_is, as_it_is,
                                    "business tender hour sum place event day shift all taken"};
const ReportFace report_face_json = {as_it_is, as_it_is, "business tender hour event day shift all taken"};

static const char *
get_who (const TaiReportLine *line)
{
  return line->hall != NULL ? line->hall : line->clerk;
}

static char *
format_hour (gint64 time_us, int utc_offset_min)
{
  gint64 minute = time_us / (60 * G_USEC_PER_SEC) + utc_offset_min;

  return g_strdup_printf ("%02d:00", (int)(minute / 60 % 24));
}

static void
expect_lines (GHashTable *facts, const TaiTillReport *report, const ReportFace *face)
{
  for (guint i = 0; i < report->by_business->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (report->by_business, i);
    add (facts, "business", get_who (line), face->business (line->business), line->count, line->amount);
    add (facts, "sum", get_who (line), "sold", line->count, line->amount);
    if (report->n_terminals > 1 && line->hall == NULL)
      add (facts, "place", line->terminal, "sold", line->count, line->amount);
    add (facts, "total", "business", "", line->count, line->amount);
    add (facts, "total", "sum", "", line->count, line->amount);
    add (facts, "all", "", "orders", line->count, none ());
    add (facts, "all", "", "sales", 0, line->amount);
    add (facts, "taken", "", "gross", 0, line->amount);
    add (facts, "taken", "", "net", 0, line->amount);
  }
  for (guint i = 0; i < report->by_tender->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (report->by_tender, i);
    add (facts, "tender", get_who (line), face->tender (line->tender), line->count, line->amount);
    add (facts, "total", "tender", "", line->count, line->amount);
    add (facts, "all", "", "payments", line->count, none ());
  }
  for (guint i = 0; i < report->by_event->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (report->by_event, i);
    add (facts, "event", get_who (line), line->event, line->count,
         tai_money (line->amount.minor, TAI_CNY)); /* an amount of 0 and one that is not told read alike */
    if (g_str_equal (line->event, "refund")) {
      add (facts, "taken", "", "refunds", 0, line->amount);
      add (facts, "taken", "", "net", 0, tai_money (-line->amount.minor, line->amount.currency));
    }
  }
  for (guint i = 0; report->by_quarter != NULL && i < report->by_quarter->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (report->by_quarter, i);
    g_autofree char *hour = format_hour (line->quarter * TAI_REPORT_QUARTER_US, report->utc_offset_min);
    add (facts, "hour", hour, "", line->count, line->amount);
  }
}

static void
expect_shifts (GHashTable *facts, const TaiTillReport *report)
{
  for (guint i = 0; i < report->shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (report->shifts, i);
    gboolean is_closed = shift->state == TAI_SHIFT_CLOSED;
    g_autofree char *who = g_strdup_printf ("%s %s", shift->till, shift->clerk);
    add (facts, "shift", who, "float", 0, shift->float_amount);
    if (!is_closed)
      continue;
    add (facts, "shift", who, "expected", 0, shift->expected);
    add (facts, "shift", who, "counted", 0, shift->counted);
    add (facts, "shift", who, "difference", 0,
         tai_money (shift->counted.minor - shift->expected.minor, TAI_CNY));
  }
}

static void
add_day (GHashTable *facts, const char *day, gint64 orders, gint64 payments, TaiMoney sales,
         TaiMoney difference)
{
  add (facts, "day", day, "orders", orders, none ());
  add (facts, "day", day, "payments", payments, none ());
  add (facts, "day", day, "sales", 0, sales);
  add (facts, "day", day, "difference", 0, difference);
}

GHashTable *
report_facts_expected (const TaiTillReport *report, const ReportFace *face)
{
  g_auto (GStrv) sections = g_strsplit (face->sections, " ", -1);
  GHashTable *facts = facts_new ();
  GHashTableIter iter;
  gpointer key;

  expect_lines (facts, report, face);
  expect_shifts (facts, report);
  for (guint i = 0; report->days != NULL && i < report->days->len; i++) {
    const TaiDayFigures *day = &g_array_index (report->days, TaiDayFigures, i);
    add_day (facts, day->business_day, day->n_orders, day->n_payments, day->sales, day->difference);
  }
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    g_auto (GStrv) parts = g_strsplit (key, "|", 2);
    if (!g_strv_contains ((const char *const *)sections, parts[0]))
      g_hash_table_iter_remove (&iter);
  }
  return facts;
}

/* Screen ------------------------------------------------------------------------------------------------------------------ */

static void
read_screen_row (GHashTable *facts, TaiFigureKind kind, const char *const *cells, gboolean is_sum)
{
  const char *section = kind == TAI_FIGURE_BUSINESS ? "business" : "tender";

  switch (kind) {
  case TAI_FIGURE_BUSINESS:
  case TAI_FIGURE_TENDER:
    if (is_sum)
      add (facts, "total", section, "", read_count (cells[2]), read_money (cells[3]));
    else
      add (facts, section, cells[0], cells[1], read_count (cells[2]), read_money (cells[3]));
    break;
  case TAI_FIGURE_CLERK:
  case TAI_FIGURE_HALL:
    if (is_sum)
      add (facts, "total", "sum", "", read_count (cells[1]), read_money (cells[2]));
    else
      add_sum_row (facts, "sum", cells);
    break;
  case TAI_FIGURE_TERMINAL:
    if (!is_sum)
      add_sum_row (facts, "place", cells);
    break;
  case TAI_FIGURE_HOUR:
    if (!is_sum)
      add (facts, "hour", cells[0], "", read_count (cells[1]), read_money (cells[2]));
    break;
  default:
    if (!is_sum)
      add_day (facts, cells[0], read_count (cells[1]), read_count (cells[2]), read_money (cells[3]),
               read_money (cells[4]));
    break;
  }
}

GHashTable *
report_facts_of_screen (const TaiTillReport *report)
{
  GHashTable *facts = facts_new ();

  for (guint kind = 0; kind < TAI_N_FIGURES; kind++) {
    g_autoptr (TaiFigure) figure = NULL;
    if (!tai_figure_is_of (kind, report))
      continue;
    figure = tai_figure_new (kind, report);
    for (guint i = 0; i < figure->rows->len; i++)
      read_screen_row (facts, kind, g_ptr_array_index (figure->rows, i), i + 1 == figure->rows->len);
  }
  return facts;
}

/* Paper ------------------------------------------------------------------------------------------------------------------- */

typedef enum {
  TABLE_NONE,
  TABLE_BUSINESS,
  TABLE_TENDER,
  TABLE_SUM,
  TABLE_PLACE,
  TABLE_HOUR,
  TABLE_DAY,
  TABLE_SHIFT
} Table;

static gboolean
is_word (const char *text, TaiPaperWord word)
{
  return g_str_equal (text, tai_paper_word (word, "en"));
}

/* The table of which @block is the head, by its words. */
static Table
find_table (const TaiBlock *block)
{
  gboolean is_hall = is_word (block->text[0], TAI_WORD_HALL),
           is_clerk = is_word (block->text[0], TAI_WORD_CLERK);

  if (block->n_text == 4)
    return is_word (block->text[1], TAI_WORD_BUSINESS) ? TABLE_BUSINESS
           : is_word (block->text[1], TAI_WORD_TENDER) ? TABLE_TENDER
                                                       : TABLE_NONE;
  if (is_word (block->text[0], TAI_WORD_HOUR))
    return TABLE_HOUR;
  if (is_word (block->text[0], TAI_WORD_TILL))
    return TABLE_SHIFT;
  if (block->n_text > 4 && is_word (block->text[1], TAI_WORD_SALES))
    return TABLE_DAY;
  if (is_word (block->text[0], TAI_WORD_ONE_TERMINAL))
    return TABLE_PLACE;
  return is_hall || is_clerk ? TABLE_SUM : TABLE_NONE;
}

static void
read_shift_row (GHashTable *facts, const char *const *cells)
{
  static const char *const names[] = {"float", "expected", "counted", "difference"};
  g_autofree char *who = g_strdup_printf ("%s %s", cells[0], cells[1]);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (cells[4 + i][0] != '\0')
      add (facts, "shift", who, names[i], 0, read_money (cells[4 + i]));
}

/* "2026-11-22", of a month; what begins with a word is the report's own day or month, or another to hold it against. */
static void
read_day_row (GHashTable *facts, const char *const *cells)
{
  if (g_str_has_prefix (cells[0], tai_paper_word (TAI_WORD_BUSINESS_DAY, "en")) ||
      g_str_has_prefix (cells[0], tai_paper_word (TAI_WORD_REPORT_MONTH, "en")))
    if (!g_str_has_prefix (cells[0], tai_paper_word (TAI_WORD_MONTH_BEFORE, "en")))
      add (facts, "all", "", "sales", 0, read_money (cells[1]));
  if (g_ascii_isdigit (cells[0][0]))
    add_day (facts, cells[0], read_count (cells[2]), read_count (cells[3]), read_money (cells[1]),
             read_money (cells[4]));
}

static void
read_paper_sum (GHashTable *facts, Table table, const char *const *cells)
{
  if (table == TABLE_SUM)
    add (facts, "total", "sum", "", read_count (cells[1]), read_money (cells[2]));
  else if (table != TABLE_PLACE)
    add (facts, "total", table == TABLE_BUSINESS ? "business" : "tender", "", read_count (cells[2]),
         read_money (cells[3]));
}

static void
read_paper_row (GHashTable *facts, Table table, const char *const *cells)
{
  if (table == TABLE_BUSINESS || table == TABLE_TENDER)
    add (facts, table == TABLE_BUSINESS ? "business" : "tender", cells[0], cells[1], read_count (cells[2]),
         read_money (cells[3]));
  else if (table == TABLE_SUM || table == TABLE_PLACE)
    add_sum_row (facts, table == TABLE_SUM ? "sum" : "place", cells);
  else if (table == TABLE_HOUR)
    add (facts, "hour", cells[0], "", read_count (cells[1]), read_money (cells[2]));
  else if (table == TABLE_SHIFT)
    read_shift_row (facts, cells);
  else if (table == TABLE_DAY)
    read_day_row (facts, cells);
}

static void
read_paper_pair (GHashTable *facts, const TaiBlock *block)
{
  static const struct {
    TaiPaperWord word;
    const char *name;
  } taken[] = {{TAI_WORD_SALES, "gross"}, {TAI_WORD_REFUNDS, "refunds"}, {TAI_WORD_NET, "net"}};

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (is_word (block->text[0], taken[i].word))
      add (facts, "taken", "", taken[i].name, 0, read_money (block->text[1]));
  if (is_word (block->text[0], TAI_WORD_N_ORDERS))
    add (facts, "all", "", "orders", read_count (block->text[1]), none ());
  if (is_word (block->text[0], TAI_WORD_N_PAYMENTS))
    add (facts, "all", "", "payments", read_count (block->text[1]), none ());
}

GHashTable *
report_facts_of_paper (const TaiDocument *paper)
{
  GHashTable *facts = facts_new ();
  Table table = TABLE_NONE;

  g_assert_false (tai_document_is_truncated (paper));
  for (guint i = 0; i < tai_document_get_n_blocks (paper); i++) {
    const TaiBlock *block = tai_document_get_block (paper, i);
    gboolean is_bold = (block->style & TAI_STYLE_BOLD) != 0;
    if (block->type == TAI_BLOCK_PAIR)
      read_paper_pair (facts, block);
    if (block->type != TAI_BLOCK_ROW)
      continue;
    if (is_bold && is_word (block->text[0], TAI_WORD_SUM))
      read_paper_sum (facts, table, block->text);
    else if (is_bold)
      table = find_table (block);
    else
      read_paper_row (facts, table, block->text);
  }
  return facts;
}

/* File -------------------------------------------------------------------------------------------------------------------- */

enum { KIND, TERMINAL, CLERK, NAME, COUNT, AMOUNT, TIME, REFERENCE, N_FIELDS };

static void
read_figure (GHashTable *facts, const char *section, const char *who, char **f)
{
  gboolean is_count = f[COUNT][0] != '\0';

  if (g_strcmp0 (f[NAME], "drawer") != 0)
    add (facts, section, who, f[NAME], is_count ? read_count (f[COUNT]) : 0,
         is_count ? none () : read_money (f[AMOUNT]));
}

static void
read_csv_row (GHashTable *facts, char **f, const TaiTillReport *report)
{
  gboolean is_by_hall = tai_till_report_is_by_hall (report), is_line = TRUE;
  const char *who = is_by_hall ? f[TERMINAL] : f[CLERK];
  gint64 time_us = 0;

  if (g_str_equal (f[KIND], "business") || g_str_equal (f[KIND], "tender"))
    add (facts, f[KIND], who, f[NAME], read_count (f[COUNT]), read_money (f[AMOUNT]));
  else if (g_str_equal (f[KIND], "event"))
    add (facts, "event", who, f[NAME], read_count (f[COUNT]),
         tai_money (read_money (f[AMOUNT]).minor, TAI_CNY));
  else if (g_str_equal (f[KIND], "clerk") || g_str_equal (f[KIND], "hall"))
    add (facts, "sum", who, "sold", read_count (f[COUNT]), read_money (f[AMOUNT]));
  else if (g_str_equal (f[KIND], "takings"))
    add (facts, "taken", "", f[NAME], 0, read_money (f[AMOUNT]));
  else if (g_str_equal (f[KIND], "terminal"))
    is_line = report->n_terminals > 1;
  if (g_str_equal (f[KIND], "terminal") && is_line)
    add (facts, "place", f[TERMINAL], "sold", read_count (f[COUNT]), read_money (f[AMOUNT]));
  if (g_str_equal (f[KIND], "hour")) {
    g_autofree char *hour = NULL;
    g_assert_true (tai_time_from_text (f[TIME], &time_us));
    hour = format_hour (time_us, report->utc_offset_min);
    add (facts, "hour", hour, "", read_count (f[COUNT]), read_money (f[AMOUNT]));
  } else if (g_str_equal (f[KIND], "shift") && !g_str_equal (f[NAME], "opening_difference")) {
    g_autofree char *shift = g_strdup_printf ("%s %s", f[TERMINAL], f[CLERK]);
    add (facts, "shift", shift, f[NAME], 0, read_money (f[AMOUNT]));
  } else if (g_str_equal (f[KIND], "date"))
    read_figure (facts, "day", f[REFERENCE], f);
  else if (g_str_equal (f[KIND], "day") && !g_str_equal (f[NAME], "difference"))
    read_figure (facts, "all", "", f);
}

GHashTable *
report_facts_of_csv (const char *csv, const TaiTillReport *report)
{
  g_auto (GStrv) rows = g_strsplit (csv, "\r\n", -1);
  GHashTable *facts = facts_new ();

  for (guint i = 1; rows[i] != NULL && rows[i][0] != '\0'; i++) {
    g_auto (GStrv) fields = g_strsplit (rows[i], ",", -1);
    g_assert_cmpuint (g_strv_length (fields), ==, N_FIELDS);
    read_csv_row (facts, fields, report);
  }
  return facts;
}

/* A script's answer ------------------------------------------------------------------------------------------------------- */

static const char *
get_text (const TaiJson *json, const char *name)
{
  const char *text = NULL;

  g_assert_true (tai_json_optional_string (json, name, &text, NULL));
  return text;
}

static TaiMoney
get_money (const TaiJson *json, const char *name)
{
  const char *text = get_text (json, name);

  return read_money (text != NULL ? text : "");
}

static gint64
get_count (const TaiJson *json, const char *name)
{
  gint64 count = 0;

  g_assert_true (tai_json_require_int (json, name, &count, NULL));
  return count;
}

static void
read_json_line (GHashTable *facts, const char *section, const TaiJson *line, int utc_offset_min)
{
  TaiMoney amount = get_money (line, "amount");
  const char *what = g_str_equal (section, "business") ? "operation" : section,
             *from = get_text (line, "from");
  g_autofree char *hour = NULL;
  gint64 time_us;

  if (g_str_equal (section, "hour")) {
    g_assert_true (from != NULL && tai_time_from_text (from, &time_us));
    hour = format_hour (time_us, utc_offset_min);
    add (facts, section, hour, "", get_count (line, "count"), amount);
    return;
  }
  if (g_str_equal (section, "event"))
    amount.currency = TAI_CNY;
  add (facts, section, get_text (line, "hall") != NULL ? get_text (line, "hall") : get_text (line, "clerk"),
       get_text (line, what), get_count (line, "count"), amount);
}

static void
read_json_shift (GHashTable *facts, const TaiJson *shift)
{
  static const char *const names[] = {"float", "expected", "counted", "difference"};
  g_autofree char *who = g_strdup_printf ("%s %s", get_text (shift, "till"), get_text (shift, "clerk"));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (get_text (shift, names[i]) != NULL)
      add (facts, "shift", who, names[i], 0, get_money (shift, names[i]));
}

GHashTable *
report_facts_of_json (const TaiJson *json, int utc_offset_min)
{
  static const struct {
    const char *name, *section;
  } lists[] = {{"byBusiness", "business"}, {"byTender", "tender"}, {"byEvent", "event"}, {"byHour", "hour"}};
  GHashTable *facts = facts_new ();
  const TaiJson *shifts = tai_json_get_member (json, "shifts"), *days = tai_json_get_member (json, "days");

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    const TaiJson *list = tai_json_get_member (json, lists[i].name);
    for (guint k = 0; k < tai_json_get_length (list); k++)
      read_json_line (facts, lists[i].section, tai_json_get_element (list, k), utc_offset_min);
  }
  for (guint i = 0; i < tai_json_get_length (shifts); i++)
    read_json_shift (facts, tai_json_get_element (shifts, i));
  for (guint i = 0; days != NULL && i < tai_json_get_length (days); i++) {
    const TaiJson *day = tai_json_get_element (days, i);
    add_day (facts, get_text (day, "businessDay"), get_count (day, "orders"), get_count (day, "payments"),
             get_money (day, "sales"), get_money (day, "difference"));
  }
  add (facts, "all", "", "orders", get_count (json, "orders"), none ());
  add (facts, "all", "", "payments", get_count (json, "payments"), none ());
  add (facts, "all", "", "sales", 0, get_money (json, "sales"));
  add (facts, "taken", "", "gross", 0, get_money (json, "sales"));
  add (facts, "taken", "", "refunds", 0, get_money (json, "refunds"));
  add (facts, "taken", "", "net", 0, get_money (json, "net"));
  return facts;
}

/* Comparing --------------------------------------------------------------------------------------------------------------- */

/* What is nothing need not be told. */
static gboolean
is_nothing (const Fact *fact)
{
  return fact->count == 0 && fact->minor == 0;
}

static char *
list (GHashTable *facts)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (facts), (GCompareFunc)strcmp);
  GString *text = g_string_new (NULL);

  for (GList *one = keys; one != NULL; one = one->next) {
    const Fact *fact = g_hash_table_lookup (facts, one->data);
    if (is_nothing (fact))
      continue;
    g_string_append_printf (text, "%s: %" G_GINT64_FORMAT, (const char *)one->data, fact->count);
    if (fact->is_told)
      g_string_append_printf (text, ", %" G_GINT64_FORMAT "\n", fact->minor);
    else
      g_string_append (text, ", not told\n");
  }
  return g_string_free (text, FALSE);
}

void
report_facts_assert_same (GHashTable *said, GHashTable *expected, const char *face)
{
  g_autofree char *a = list (said), *b = list (expected);
  g_auto (GStrv) says = g_strsplit (a, "\n", -1), shall = g_strsplit (b, "\n", -1);
  guint i = 0;

  while (says[i] != NULL && g_strcmp0 (says[i], shall[i]) == 0)
    i++;
  if (says[i] != NULL || shall[i] != NULL)
    g_error ("%s says\n%s\nshall be\n%s", face, says[i] != NULL ? says[i] : "(nothing more)",
             shall[i] != NULL ? shall[i] : "(nothing more)");
}
