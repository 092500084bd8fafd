/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report's figures from the sums: the picture that a terminal makes of its own memory, of one hall or many. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-report.h"

#include <string.h>

#include "tai-hq-place.h"
#include "tai-hq-sum.h"
#include "tai-period.h"
#include "tai-till-report.h"

/* ---- what is asked ---- */

void
hq_report_ask_clear (HqReportAsk *self)
{
  g_clear_pointer (&self->halls, g_ptr_array_unref);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->shift, g_free);
}

gboolean
hq_report_ask_set_days (HqReportAsk *self, const char *from, const char *to)
{
  TaiPeriod first, last;
  TaiDate a, b;
  if (!tai_period_from_text (from, &first) || !tai_period_from_text (to != NULL ? to : from, &last) ||
      !tai_date_from_text (first.from, &a) || !tai_date_from_text (last.until, &b))
    return FALSE;
  gint64 days = tai_date_to_days (b) - tai_date_to_days (a) + 1;
  g_strlcpy (self->from, first.from, sizeof self->from);
  g_strlcpy (self->until, last.until, sizeof self->until);
  return days >= 1 && days <= HQ_REPORT_MAX_DAYS;
}

gboolean
hq_report_ask_set_shift (HqReportAsk *self, HqStore *store, const char *hall, const char *shift)
{
  g_auto (HqShiftRow) row = {0};
  if (!store->klass->shift_find (store, hall, shift, &row) || !hq_report_ask_set_days (self, row.day, NULL))
    return FALSE;
  g_free (self->shift);
  self->shift = g_strdup (shift);
  return TRUE;
}

void
hq_report_ask_read_profile (HqReportAsk *self, const char *profile)
{
  g_auto (HqPlace) place = {0};
  hq_place_read (&place, profile);
  if (self->place == NULL)
    self->place = g_steal_pointer (&place.name);
  self->currency = place.currency;
  self->utc_offset_min = place.utc_offset_min;
}

typedef struct {
  HqReportAsk *ask;
  const char *region;
} HallSearch;

static gboolean
add_hall_cb (const HqTerminalRow *row, gpointer data)
{
  HallSearch *search = data;
  GPtrArray *halls = search->ask->halls;
  if (g_ptr_array_find_with_equal_func (halls, row->hall, g_str_equal, NULL))
    return TRUE;
  g_auto (HqPlace) place = {0};
  if (search->region != NULL)
    hq_place_read (&place, row->profile);
  if (search->region == NULL || g_strcmp0 (place.region, search->region) == 0)
    g_ptr_array_add (halls, g_strdup (row->hall));
  return TRUE;
}

void
hq_report_ask_add_halls (HqReportAsk *self, HqStore *store, const char *region)
{
  HallSearch search = {self, region};
  store->klass->terminal_list (store, NULL, add_hall_cb, &search);
}

/* Only of a day one tells what is in the drawers. */
static gboolean
is_one_day (const HqReportAsk *ask)
{
  return strcmp (ask->from, ask->until) == 0;
}

/* ---- lines ---- */

typedef struct {
  HqStore *store;
  const HqReportAsk *ask;
  TaiTillReport *report;
  const char *hall;       /* that is read now */
  GHashTable *lines;      /* (owned) key -> (unowned) TaiReportLine */
  GHashTable *drawers;    /* (owned) shift -> (owned) gint64: what should be in its drawer */
  TaiDayFigures *figures; /* of the period that is read now */
} Maker;

/* Where a sum's row goes: the kinds that are lines, and which member is told by its name. */
static const struct {
  const char *kind;
  gsize list, name; /* of TaiTillReport; of TaiReportLine, 0: none */
} kinds[] = {
    {HQ_SUM_BUSINESS, G_STRUCT_OFFSET (TaiTillReport, by_business), 0},
    {HQ_SUM_TENDER, G_STRUCT_OFFSET (TaiTillReport, by_tender), G_STRUCT_OFFSET (TaiReportLine, tender)},
    {HQ_SUM_PAID, G_STRUCT_OFFSET (TaiTillReport, by_paid), G_STRUCT_OFFSET (TaiReportLine, tender)},
    {HQ_SUM_EVENT, G_STRUCT_OFFSET (TaiTillReport, by_event), G_STRUCT_OFFSET (TaiReportLine, event)},
    {HQ_SUM_HOUR, G_STRUCT_OFFSET (TaiTillReport, by_quarter), 0},
};

static void
set_word (char **member, const char *word)
{
  *member = word[0] != '\0' ? g_strdup (word) : NULL;
}

static TaiReportLine *
new_line (const Maker *self, const HqSumRow *row, gsize name)
{
  TaiReportLine *line = g_new0 (TaiReportLine, 1);
  line->hall = self->ask->by_hall ? g_strdup (self->hall) : NULL;
  set_word (&line->terminal, row->terminal);
  set_word (&line->clerk, row->clerk);
  set_word (&line->business, row->operation);
  if (name != 0)
    set_word (&G_STRUCT_MEMBER (char *, line, name), row->name);
  else if (strcmp (row->kind, HQ_SUM_HOUR) == 0)
    line->quarter = g_ascii_strtoll (row->name, NULL, 10);
  line->amount = tai_money (0, row->amount.currency);
  return line;
}

static TaiReportLine *
take_line (Maker *self, const HqSumRow *row, GPtrArray *list, gsize name)
{
  g_autofree char *key =
      g_strdup_printf ("%s\n%s\n%s\n%s\n%s\n%s\n%u", row->kind, self->ask->by_hall ? self->hall : "",
                       row->terminal, row->clerk, row->operation, row->name, row->amount.currency);
  TaiReportLine *line = g_hash_table_lookup (self->lines, key);
  if (line != NULL)
    return line;
  line = new_line (self, row, name);
  g_ptr_array_add (list, line);
  g_hash_table_insert (self->lines, g_steal_pointer (&key), line);
  return line;
}

/* What is more than an amount can be is not told. */
static void
add_money (TaiMoney *sum, TaiMoney amount)
{
  if (sum->currency != 0 && !tai_money_add (*sum, amount, sum, NULL))
    *sum = tai_money (0, 0);
}

static void
note_drawer (Maker *self, const HqSumRow *row)
{
  gint64 *minor = g_hash_table_lookup (self->drawers, row->shift);
  if (minor == NULL) {
    minor = g_new0 (gint64, 1);
    g_hash_table_insert (self->drawers, g_strdup (row->shift), minor);
  }
  *minor += row->amount.minor;
}

/* Without an amount it is an amount of nothing: one line with those that have one, as the terminal's own report has it. */
static gboolean
add_row_cb (const HqSumRow *found, gpointer data)
{
  Maker *self = data;
  HqSumRow told = *found, *row = &told;
  if (told.amount.currency == 0)
    told.amount = tai_money (0, self->ask->currency);
  if (strcmp (row->kind, HQ_SUM_DRAWER) == 0)
    note_drawer (self, row);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    GPtrArray *list = G_STRUCT_MEMBER (GPtrArray *, self->report, kinds[i].list);
    if (strcmp (kinds[i].kind, row->kind) != 0 || list == NULL)
      continue;
    TaiReportLine *line = take_line (self, row, list, kinds[i].name);
    line->count += row->count;
    add_money (&line->amount, row->amount);
  }
  return TRUE;
}

/* ---- figures of a time ---- */

static void
add_figures (TaiDayFigures *figures, const HqSumRow *row)
{
  gboolean is_business = strcmp (row->kind, HQ_SUM_BUSINESS) == 0;
  if (!is_business && strcmp (row->kind, HQ_SUM_TENDER) != 0)
    return;
  figures->is_known = TRUE;
  if (is_business) {
    figures->n_orders += row->count;
    add_money (&figures->sales, row->amount);
  } else
    figures->n_payments += row->count;
}

static gboolean
add_figures_cb (const HqSumRow *row, gpointer data)
{
  add_figures (((Maker *)data)->figures, row);
  return TRUE;
}

static TaiDayFigures
start_figures (const HqReportAsk *ask, const char *name)
{
  TaiDayFigures figures = {.sales = {0, ask->currency}, .difference = {0, ask->currency}};
  g_strlcpy (figures.business_day, strlen (name) < sizeof figures.business_day ? name : "",
             sizeof figures.business_day);
  return figures;
}

static gboolean
is_asked_for (const HqReportAsk *ask, const HqShiftRow *row)
{
  return ask->shift == NULL || strcmp (ask->shift, row->id) == 0;
}

static gboolean
add_difference_cb (const HqShiftRow *row, gpointer data)
{
  const Maker *self = data;
  TaiDayFigures *figures = self->figures;
  TaiMoney difference;
  if (!is_asked_for (self->ask, row))
    return TRUE;
  figures->is_known = TRUE;
  if (row->closed_us != 0 && tai_money_subtract (row->counted, row->expected, &difference, NULL))
    add_money (&figures->difference, difference);
  return TRUE;
}

static void
read_figures (Maker *self, const char *name, const char *from, const char *until, TaiDayFigures *figures)
{
  *figures = start_figures (self->ask, name);
  self->figures = figures;
  for (guint i = 0; i < self->ask->halls->len; i++) {
    HqSumFilter filter = {.hall = g_ptr_array_index (self->ask->halls, i),
                          .from = from,
                          .until = until,
                          .shift = self->ask->shift};
    self->store->klass->sum_list (self->store, &filter, add_figures_cb, self);
    self->store->klass->shift_list (self->store, filter.hall, from, until, add_difference_cb, self);
  }
}

/* ---- days ---- */

static TaiDayFigures *
find_day (Maker *self, const char *day)
{
  GArray *days = self->report->days;
  for (guint i = days->len; i > 0; i--)
    if (strcmp (g_array_index (days, TaiDayFigures, i - 1).business_day, day) == 0)
      return &g_array_index (days, TaiDayFigures, i - 1);
  TaiDayFigures fresh = start_figures (self->ask, day);
  g_array_append_val (days, fresh);
  return &g_array_index (days, TaiDayFigures, days->len - 1);
}

static gboolean
add_day_cb (const HqSumRow *row, gpointer data)
{
  add_figures (find_day (data, row->day), row);
  return TRUE;
}

static gboolean
add_shift_day_cb (const HqShiftRow *row, gpointer data)
{
  Maker *self = data;
  self->figures = find_day (self, row->day);
  return add_difference_cb (row, self);
}

static gint
compare_day_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (((const TaiDayFigures *)a)->business_day, ((const TaiDayFigures *)b)->business_day);
}

static void
read_days (Maker *self)
{
  const HqReportAsk *ask = self->ask;
  self->report->days = g_array_new (FALSE, TRUE, sizeof (TaiDayFigures));
  for (guint i = 0; i < ask->halls->len; i++) {
    HqSumFilter filter = {
        .hall = g_ptr_array_index (ask->halls, i), .from = ask->from, .until = ask->until, .by_day = TRUE};
    self->store->klass->sum_list (self->store, &filter, add_day_cb, self);
    self->store->klass->shift_list (self->store, filter.hall, ask->from, ask->until, add_shift_day_cb, self);
  }
  g_array_sort (self->report->days, compare_day_cb);
}

/* ---- shifts, drawers, terminals ---- */

static gboolean
add_shift_cb (const HqShiftRow *row, gpointer data)
{
  Maker *self = data;
  if (!is_asked_for (self->ask, row))
    return TRUE;
  if (self->ask->shift != NULL && row->journal_head != NULL) {
    self->report->journal_seq = row->journal_seq;
    g_strlcpy (self->report->journal_head, row->journal_head, sizeof self->report->journal_head);
  }
  TaiShift *shift = g_new0 (TaiShift, 1);
  g_strlcpy (shift->id.text, row->id, sizeof shift->id.text);
  shift->till = g_strdup (row->till);
  shift->hall = self->ask->by_hall ? g_strdup (row->hall) : NULL;
  shift->clerk = g_strdup (row->clerk);
  shift->business_day = g_strdup (row->day);
  shift->state = row->closed_us != 0 ? TAI_SHIFT_CLOSED : TAI_SHIFT_OPEN;
  shift->opened_us = row->opened_us;
  shift->closed_us = row->closed_us;
  shift->float_amount = row->float_amount;
  shift->opening_expected = row->opening_expected;
  shift->counted = row->counted;
  shift->expected = row->expected;
  shift->z_number = (gint32)row->z_number;
  shift->n_counts = row->n_counts;
  shift->n_supplements = row->n_supplements;
  g_ptr_array_add (self->report->shifts, shift);
  return TRUE;
}

static gboolean
is_last_of_till (GPtrArray *shifts, guint index)
{
  const TaiShift *shift = g_ptr_array_index (shifts, index);
  for (guint i = index + 1; i < shifts->len; i++)
    if (strcmp (((const TaiShift *)g_ptr_array_index (shifts, i))->till, shift->till) == 0)
      return FALSE;
  return TRUE;
}

/* Of each till its last shift: what was expected when it was closed, or what should be there now. @first: of this hall's shifts */
static void
add_drawers (Maker *self, GPtrArray *shifts)
{
  for (guint i = 0; i < shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (shifts, i);
    const gint64 *minor = g_hash_table_lookup (self->drawers, shift->id.text);
    TaiMoney now = tai_money (minor != NULL ? *minor : 0, shift->float_amount.currency);
    if (now.currency != 0 && is_last_of_till (shifts, i))
      add_money (&self->report->drawer_expected, shift->state == TAI_SHIFT_CLOSED ? shift->expected : now);
  }
}

static gboolean
is_kiosk (const char *profile)
{
  g_autoptr (TaiJson) json = tai_json_parse (profile, -1, NULL, NULL);
  gboolean is_one = FALSE;
  return json != NULL && tai_json_optional_bool (json, "kiosk", &is_one, NULL) && is_one;
}

static gboolean
add_terminal_cb (const HqTerminalRow *row, gpointer data)
{
  Maker *self = data;
  TaiReportTerminal *terminal = g_new0 (TaiReportTerminal, 1);
  terminal->hall = g_strdup (row->hall);
  terminal->terminal = g_strdup (row->id);
  terminal->last_contact_us = row->seen_us;
  terminal->is_kiosk = is_kiosk (row->profile);
  for (guint i = 0; row->sequence.gaps != NULL && i < row->sequence.gaps->len; i++) {
    const HqRange *gap = &g_array_index (row->sequence.gaps, HqRange, i);
    terminal->n_missing += gap->last - gap->first + 1;
  }
  g_ptr_array_add (self->report->terminals, terminal);
  return TRUE;
}

static gboolean
add_finding_cb (const HqFindingRow *row, gpointer data)
{
  Maker *self = data;
  TaiReportFinding *finding = g_new0 (TaiReportFinding, 1);
  finding->hall = g_strdup (row->hall);
  finding->terminal = row->terminal != NULL && row->terminal[0] != '\0' ? g_strdup (row->terminal) : NULL;
  finding->kind = g_strdup (row->kind);
  finding->subject = g_strdup (row->subject);
  finding->detail = g_strdup (row->detail);
  finding->since_us = row->since_us;
  g_ptr_array_add (self->report->findings, finding);
  return self->report->findings->len < TAI_REPORT_MAX_FINDINGS;
}

static void
read_hall (Maker *self, const char *hall)
{
  const HqReportAsk *ask = self->ask;
  HqSumFilter filter = {.hall = hall,
                        .from = ask->from,
                        .until = ask->until,
                        .shift = ask->shift,
                        .by_terminal = ask->by_terminal,
                        .by_clerk = ask->by_clerk,
                        .by_shift = is_one_day (ask)};
  guint n_before = self->report->shifts->len;
  self->hall = hall;
  self->store->klass->sum_list (self->store, &filter, add_row_cb, self);
  self->store->klass->shift_list (self->store, hall, ask->from, ask->until, add_shift_cb, self);
  self->store->klass->terminal_list (self->store, hall, add_terminal_cb, self);
  self->report->n_findings += self->store->klass->finding_count (self->store, hall);
  if (self->report->findings->len < TAI_REPORT_MAX_FINDINGS)
    self->store->klass->finding_list (self->store, hall, TRUE, add_finding_cb, self);
  g_autoptr (GPtrArray) of_hall = g_ptr_array_new ();
  for (guint i = n_before; i < self->report->shifts->len; i++)
    g_ptr_array_add (of_hall, g_ptr_array_index (self->report->shifts, i));
  add_drawers (self, of_hall);
}

/* ---- all ---- */

/* FALSE: neither a day nor a month, and nothing to hold it against. */
static gboolean
find_period (const HqReportAsk *ask, TaiPeriod *period)
{
  TaiDate from;
  if (!tai_date_from_text (ask->from, &from))
    return FALSE;
  *period = strcmp (ask->from, ask->until) == 0 ? tai_period_of_day (from) : tai_period_of_month (from);
  return strcmp (period->from, ask->from) == 0 && strcmp (period->until, ask->until) == 0;
}

static void
compare (Maker *self, const TaiPeriod *period)
{
  TaiPeriod before = tai_period_before (period), like = tai_period_like (period);
  read_figures (self, before.text, before.from, before.until, &self->report->yesterday);
  read_figures (self, like.text, like.from, like.until, &self->report->week_ago);
}

static GPtrArray *
new_lines (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_line_free);
}

static TaiTillReport *
new_report (const HqReportAsk *ask, gint64 now_us)
{
  TaiTillReport *report = g_new0 (TaiTillReport, 1);
  gboolean is_day = is_one_day (ask);
  report->by_business = new_lines ();
  report->by_tender = new_lines ();
  report->by_event = new_lines ();
  report->by_quarter = is_day ? new_lines () : NULL;
  report->by_paid = ask->has_paid ? new_lines () : NULL;
  report->shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_free);
  report->terminals = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_terminal_free);
  report->findings = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_finding_free);
  report->drawer_expected = tai_money (0, is_day ? ask->currency : 0);
  report->shift_id = g_strdup (ask->shift);
  tai_till_report_set_source (report, TRUE, ask->place, 0, now_us, ask->utc_offset_min);
  return report;
}

TaiTillReport *
hq_report_make (HqStore *store, const HqReportAsk *ask, gint64 now_us)
{
  TaiTillReport *report = new_report (ask, now_us);
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) drawers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Maker self = {.store = store, .ask = ask, .report = report, .lines = lines, .drawers = drawers};
  TaiPeriod period = {0};
  gboolean has_period = find_period (ask, &period);
  report->business_day =
      has_period ? g_strdup (period.text) : g_strdup_printf ("%s/%s", ask->from, ask->until);
  for (guint i = 0; i < ask->halls->len; i++)
    read_hall (&self, g_ptr_array_index (ask->halls, i));
  report->n_terminals = report->terminals->len;
  read_figures (&self, report->business_day, ask->from, ask->until, &report->day);
  report->day.drawer = report->drawer_expected;
  report->n_orders = report->day.n_orders;
  report->n_payments = report->day.n_payments;
  if (has_period && ask->shift == NULL)
    compare (&self, &period);
  else
    report->yesterday = report->week_ago = start_figures (ask, "");
  if (!is_one_day (ask))
    read_days (&self);
  return report;
}
