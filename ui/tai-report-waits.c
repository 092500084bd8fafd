/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for who reads the report. A key is "screen" or "screen:text". */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-report-waits.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-findings-screen.h"
#include "tai-operation-words.h"
#include "tai-payment-words.h"
#include "tai-report-tills.h"
#include "tai-row.h"
#include "tai-words.h"

gboolean
tai_report_waits_parse (const char *key, TaiScreenId *id, const char **text)
{
  const char *colon = strchr (key, ':');
  g_autofree char *name = colon != NULL ? g_strndup (key, (gsize)(colon - key)) : g_strdup (key);

  *text = colon != NULL ? colon + 1 : NULL;
  return tai_screen_id_from_name (name, id);
}

static void
add_row (GPtrArray *rows, const char *title, const char *more, const char *end, const char *key)
{
  GtkWidget *row = tai_row_new (title, more, end, key);

  tai_row_set_mark (TAI_ROW (row), "dialog-warning-symbolic", _ ("To do"));
  g_ptr_array_add (rows, row);
}

static void
add (GPtrArray *rows, const char *title, const char *more, const char *end, TaiScreenId id, const char *text)
{
  const char *name = tai_screen_id_to_name (id);
  g_autofree char *key = text != NULL ? g_strconcat (name, ":", text, NULL) : g_strdup (name);

  add_row (rows, title, more, end, key);
}

static void
add_count (GPtrArray *rows, const char *title, const char *more, gint64 count, TaiScreenId id)
{
  g_autofree char *end = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  if (count > 0)
    add (rows, title, more, end, id, NULL);
}

/* (nullable) */
static char *
describe_age (gint64 since_us, gint64 now_us)
{
  g_autofree char *age = tai_words_age (now_us - since_us);

  return since_us > 0 ? g_strdup_printf (_ ("the oldest waits for %s"), age) : NULL;
}

/* Another terminal's difference is settled there. */
static void
add_difference (GPtrArray *rows, const char *title, const char *who, const char *hint, TaiMoney by,
                TaiScreenId id, const char *shift)
{
  g_autofree char *sum = tai_words_money (by);
  g_autofree char *more =
      g_strdup_printf ("%s · %s", who, shift != NULL ? hint : _ ("settled at that terminal"));

  if (shift != NULL)
    add (rows, title, more, sum, id, shift);
  else
    add_row (rows, title, more, sum, NULL);
}

static void
add_differences (GPtrArray *rows, const TaiTillReport *report, TaiCounter *counter)
{
  for (guint i = 0; i < report->shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (report->shifts, i);
    const char *id = tai_report_tills_is_elsewhere (report, shift, counter) ? NULL : shift->id.text;
    TaiMoney by = tai_shift_get_difference (shift), opening = tai_shift_get_opening_difference (shift);
    g_autofree char *till = tai_shift_name_till (shift);
    g_autofree char *who = g_strdup_printf (_ ("Till %s · clerk %s"), till, shift->clerk);

    if (by.minor != 0)
      add_difference (rows, by.minor < 0 ? _ ("Cash short") : _ ("Cash too much"), who,
                      _ ("Enter: where to look"), by, TAI_SCREEN_DIFFERENCE, id);
    if (opening.minor != 0)
      add_difference (rows, _ ("Opening difference"), who, _ ("not what the close before had counted"),
                      opening, TAI_SCREEN_MOVEMENTS, id);
  }
}

static const char *
get_work_words (TaiWorkKind kind)
{
  switch (kind) {
  case TAI_WORK_PLACED:
    return _ ("Placed, not paid: recall it at its counter");
  case TAI_WORK_PARKED:
    return _ ("Parked: recall it at its counter");
  case TAI_WORK_WAITING:
    return _ ("Headquarters has not finished it: ask there");
  case TAI_WORK_QUARANTINED:
    return _ ("Rejected record: read the reason, mend or give up");
  case TAI_WORK_IN_DOUBT:
    return _ ("Payment to be verified: do not take it again");
  case TAI_WORK_REFUND:
    return _ ("Refund to be verified");
  case TAI_WORK_DEBT:
    return _ ("Refund of another desk");
  default:
    return _ ("Paper may not have come out: look, print it again");
  }
}

static char *
describe_work (const TaiWorkItem *item)
{
  if (item->kind == TAI_WORK_REFUSED)
    return g_strdup_printf (_ ("%s: see what the customer gets back"), tai_words_order_end (item->state));
  return g_strdup (get_work_words (item->kind));
}

/* What headquarters refused with a receipt is looked at there, the rest where the line is. */
static void
add_work (GPtrArray *rows, const TaiWorkItem *item, gint64 now_us)
{
  gboolean is_line =
      item->kind == TAI_WORK_WAITING || item->kind == TAI_WORK_QUARANTINED || item->kind == TAI_WORK_IN_DOUBT;
  g_autofree char *age = tai_words_age (now_us - item->since_us);
  g_autofree char *amount = item->amount.currency != 0 ? tai_words_money (item->amount) : NULL;
  g_autofree char *title = describe_work (item);
  GString *more = g_string_new (age);

  if (item->operation != NULL)
    g_string_append_printf (more, " · %s", tai_operation_words_get_title (item->operation));
  if (item->receipt_number != NULL)
    g_string_append_printf (more, " · %s", item->receipt_number);
  if (item->clerk != NULL)
    g_string_append_printf (more, " · %s", item->clerk);
  if (item->kind == TAI_WORK_REFUND)
    g_string_append_printf (more, " · %s", tai_payment_words_refund_todo (item->reason));
  else if (item->reason != NULL)
    g_string_append_printf (more, " · %s", item->reason);
  if (item->kind == TAI_WORK_REFUND)
    add (rows, title, more->str, amount, TAI_SCREEN_REFUND, item->order_id.text);
  else if (item->kind == TAI_WORK_DEBT)
    add (rows, title, more->str, amount, TAI_SCREEN_SLIP, item->order_id.text);
  else if (!is_line && item->receipt_number != NULL)
    add (rows, title, more->str, amount, TAI_SCREEN_RECEIPT, item->receipt_number);
  else
    add (rows, title, more->str, amount, is_line ? TAI_SCREEN_LINE : TAI_SCREEN_ORDERS, NULL);
  g_string_free (more, TRUE);
}

/* Off line there is no count; the page says so to who asks for it. */
static void
add_findings (GPtrArray *rows, const TaiTillReport *report)
{
  const char *whose = tai_till_report_is_by_hall (report) ? TAI_FINDINGS_OF_REGION : NULL;
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, report->n_findings);

  if (report->n_findings > 0)
    add (rows, _ ("What does not match"), _ ("Enter: what it is, and since when"), count, TAI_SCREEN_FINDINGS,
         whose);
}

void
tai_report_waits_fill (GtkListBox *list, const TaiReportView *view, TaiCounter *counter)
{
  const TaiTillReport *report = view->report;
  GPtrArray *rows = g_ptr_array_new ();
  gint64 now_us = tai_clock_now (tai_counter_get_clock (counter));
  g_autofree char *unsent = describe_age (report->oldest_unsent_us, now_us);
  g_autofree char *doubted = describe_age (report->oldest_in_doubt_us, now_us);

  add_differences (rows, report, counter);
  add_findings (rows, report);
  add_count (rows, _ ("Payments to be verified"), doubted, report->n_in_doubt, TAI_SCREEN_LINE);
  add_count (rows, _ ("Rejected records"), _ ("Enter: reasons and remedies"), report->n_quarantined,
             TAI_SCREEN_LINE);
  if (report->refund_due.minor > 0) {
    g_autofree char *sum = tai_words_money (report->refund_due);
    add (rows, _ ("Refunds due"), _ ("Enter: find the order"), sum, TAI_SCREEN_ORDERS, NULL);
  }
  add_count (rows, _ ("Papers that may not have come out"), _ ("Enter: find the order, print it again"),
             view->n_print_trouble, TAI_SCREEN_ORDERS);
  add_count (rows, _ ("Waiting to upload"), unsent, report->n_unsent, TAI_SCREEN_LINE);
  for (guint i = 0; i < view->work->len; i++)
    add_work (rows, g_ptr_array_index (view->work, i), now_us);
  if (rows->len == 0)
    g_ptr_array_add (rows, tai_row_new (_ ("Nothing waits."), NULL, NULL, NULL));
  tai_row_fill_list (list, rows);
}
