/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till report's figures, the clerk's own part of it, and its file. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-till-report.h"

TaiMoney
tai_shift_get_difference (const TaiShift *self)
{
  TaiMoney difference;

  if (self->state != TAI_SHIFT_CLOSED || self->counted.currency == 0 ||
      !tai_money_subtract (self->counted, self->expected, &difference, NULL))
    return tai_money (0, 0);
  return difference;
}

TaiMoney
tai_shift_get_opening_difference (const TaiShift *self)
{
  TaiMoney difference;

  if (self->opening_expected.currency == 0 ||
      !tai_money_subtract (self->float_amount, self->opening_expected, &difference, NULL))
    return tai_money (0, self->float_amount.currency);
  return difference;
}

/* Whether a later one of the same till follows. */
static gboolean
is_followed (GPtrArray *shifts, guint i)
{
  const TaiShift *shift = g_ptr_array_index (shifts, i);

  for (guint k = i + 1; k < shifts->len; k++)
    if (g_strcmp0 (((const TaiShift *)g_ptr_array_index (shifts, k))->till, shift->till) == 0)
      return TRUE;
  return FALSE;
}

gint64
tai_shifts_get_booked (GPtrArray *shifts, const char *shift_id)
{
  gint64 booked = 0;

  for (guint i = 0; i < shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (shifts, i);
    if (shift_id != NULL ? g_str_equal (shift->id.text, shift_id) : !is_followed (shifts, i))
      booked += tai_shift_get_difference (shift).minor;
  }
  return booked;
}

/* Lines ------------------------------------------------------------------------------------------------------------------ */

TaiReportLine *
tai_report_line_new (const char *clerk, const char *business, const char *tender)
{
  TaiReportLine *line = g_new0 (TaiReportLine, 1);

  line->clerk = g_strdup (clerk);
  line->business = g_strdup (business);
  line->tender = g_strdup (tender);
  return line;
}

void
tai_report_line_free (TaiReportLine *self)
{
  if (self == NULL)
    return;
  g_free (self->clerk);
  g_free (self->business);
  g_free (self->tender);
  g_free (self);
}

/* A part that is not to be told makes a sum that is not either. */
static void
add_amount (TaiMoney *sum, TaiMoney amount, gboolean is_first)
{
  if (is_first)
    *sum = amount;
  else if (sum->currency == 0 || !tai_money_add (*sum, amount, sum, NULL))
    *sum = tai_money (0, 0);
}

TaiMoney
tai_report_lines_sum (GPtrArray *lines, gint64 *count)
{
  TaiMoney sum = tai_money (0, 0);
  gint64 n = 0;

  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    add_amount (&sum, line->amount, i == 0);
    n += line->count;
  }
  if (count != NULL)
    *count = n;
  return sum;
}

GPtrArray *
tai_report_lines_by_clerk (GPtrArray *lines)
{
  GPtrArray *clerks = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_line_free);

  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    TaiReportLine *of_clerk = NULL;

    for (guint k = 0; k < clerks->len && of_clerk == NULL; k++) {
      TaiReportLine *one = g_ptr_array_index (clerks, k);
      of_clerk = g_strcmp0 (one->clerk, line->clerk) == 0 ? one : NULL;
    }
    if (of_clerk != NULL)
      add_amount (&of_clerk->amount, line->amount, FALSE);
    else {
      of_clerk = tai_report_line_new (line->clerk, NULL, NULL);
      of_clerk->amount = line->amount;
      g_ptr_array_add (clerks, of_clerk);
    }
    of_clerk->count += line->count;
  }
  return clerks;
}

/* A clerk's own part ----------------------------------------------------------------------------------------------------- */

/* TRUE: one that the report is of is open. */
static gboolean
keep_shifts (GPtrArray *shifts, const char *clerk, const char *shift_id)
{
  gboolean is_open = FALSE;

  for (guint i = shifts != NULL ? shifts->len : 0; i > 0; i--) {
    const TaiShift *shift = g_ptr_array_index (shifts, i - 1);
    if (g_strcmp0 (shift->clerk, clerk) != 0)
      g_ptr_array_remove_index (shifts, i - 1);
    else
      is_open |=
          shift->state != TAI_SHIFT_CLOSED && (shift_id == NULL || g_str_equal (shift->id.text, shift_id));
  }
  return is_open;
}

static void
keep_lines (GPtrArray *lines, const char *clerk, gboolean is_blind)
{
  for (guint i = lines != NULL ? lines->len : 0; i > 0; i--) {
    TaiReportLine *line = g_ptr_array_index (lines, i - 1);
    if (g_strcmp0 (line->clerk, clerk) != 0)
      g_ptr_array_remove_index (lines, i - 1);
    else if (is_blind)
      line->amount = tai_money (0, 0);
  }
}

void
tai_till_report_narrow (TaiTillReport *self, const char *clerk)
{
  g_return_if_fail (self != NULL && clerk != NULL);

  self->is_own = TRUE;
  self->is_blind = keep_shifts (self->shifts, clerk, self->shift_id);
  keep_lines (self->by_business, clerk, self->is_blind);
  keep_lines (self->by_tender, clerk, self->is_blind);
  self->day.sales = tai_report_lines_sum (self->by_business, &self->n_orders);
  tai_report_lines_sum (self->by_tender, &self->n_payments);
  self->day.n_orders = self->n_orders;
  self->day.n_payments = self->n_payments;
  if (self->is_blind)
    self->drawer_expected = tai_money (0, 0);
  self->refund_due = tai_money (0, 0);
  self->day.drawer = self->drawer_expected;
  self->yesterday.is_known = self->week_ago.is_known = FALSE;
}

/* The file ---------------------------------------------------------------------------------------------------------------- */

/* @amount of no currency, a @count below 0: empty. Ids of staff, businesses, tenders and tills hold neither commas nor quotes. */
static void
add_row (GString *out, const char *kind, const char *clerk, const char *name, gint64 count, TaiMoney amount)
{
  g_string_append_printf (out, "%s,%s,%s,", kind, clerk != NULL ? clerk : "", name != NULL ? name : "");
  if (count >= 0)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, count);
  g_string_append_c (out, ',');
  if (amount.currency != 0) {
    g_autofree char *text = tai_money_to_text (amount);
    g_string_append (out, text);
  }
  g_string_append (out, "\r\n");
}

static void
add_lines (GString *out, const char *kind, GPtrArray *lines)
{
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    add_row (out, kind, line->clerk, line->business != NULL ? line->business : line->tender, line->count,
             line->amount);
  }
}

static void
add_shift (GString *out, const TaiShift *shift)
{
  gboolean is_closed = shift->state == TAI_SHIFT_CLOSED;
  const struct {
    const char *name;
    gboolean is_told;
    TaiMoney amount;
  } rows[] = {
      {"float", TRUE, shift->float_amount},
      {"opening difference", TRUE, tai_shift_get_opening_difference (shift)},
      {"expected", is_closed, shift->expected},
      {"counted", is_closed, shift->counted},
      {"difference", is_closed, tai_shift_get_difference (shift)},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = g_strdup_printf ("%s %s", shift->till, rows[i].name);
    if (rows[i].is_told)
      add_row (out, "shift", shift->clerk, name, is_closed ? shift->z_number : -1, rows[i].amount);
  }
}

static void
add_figures (GString *out, const char *kind, const TaiDayFigures *figures)
{
  TaiMoney none = tai_money (0, 0);

  if (!figures->is_known)
    return;
  add_row (out, kind, NULL, "sales", -1, figures->sales);
  add_row (out, kind, NULL, "orders", figures->n_orders, none);
  add_row (out, kind, NULL, "payments", figures->n_payments, none);
  add_row (out, kind, NULL, "drawer", -1, figures->drawer);
}

char *
tai_till_report_to_csv (const TaiTillReport *self)
{
  GString *out = g_string_new ("kind,clerk,name,count,amount\r\n");
  g_autoptr (GPtrArray) clerks = tai_report_lines_by_clerk (self->by_business);
  TaiMoney none = tai_money (0, 0);

  add_lines (out, "business", self->by_business);
  add_lines (out, "tender", self->by_tender);
  add_lines (out, "clerk", clerks);
  for (guint i = 0; self->shifts != NULL && i < self->shifts->len; i++)
    add_shift (out, g_ptr_array_index (self->shifts, i));
  add_row (out, "open", NULL, "unsent", self->n_unsent, none);
  add_row (out, "open", NULL, "in doubt", self->n_in_doubt, none);
  add_row (out, "open", NULL, "quarantined", self->n_quarantined, none);
  add_row (out, "open", NULL, "refund due", -1, self->refund_due);
  add_row (out, "open", NULL, "reprints", self->n_reprints, none);
  add_row (out, "open", NULL, "undone", self->n_undone, none);
  add_figures (out, "day", &self->day);
  add_figures (out, "yesterday", &self->yesterday);
  add_figures (out, "week_ago", &self->week_ago);
  return g_string_free (out, FALSE);
}
