/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for who reads the report. A key is "screen" or "screen:text". */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-report-waits.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-operation-words.h"
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
add (GtkListBox *list, const char *title, const char *more, const char *end, TaiScreenId id, const char *text)
{
  const char *name = tai_screen_id_to_name (id);
  g_autofree char *key = text != NULL ? g_strconcat (name, ":", text, NULL) : g_strdup (name);
  GtkWidget *row = tai_row_new (title, more, end, key);

  tai_row_set_mark (TAI_ROW (row), "dialog-warning-symbolic", _ ("To do"));
  gtk_list_box_append (list, row);
}

static void
add_count (GtkListBox *list, const char *title, const char *more, gint64 count, TaiScreenId id)
{
  g_autofree char *end = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  if (count > 0)
    add (list, title, more, end, id, NULL);
}

/* (nullable) */
static char *
describe_age (gint64 since_us, gint64 now_us)
{
  g_autofree char *age = tai_words_age (now_us - since_us);

  return since_us > 0 ? g_strdup_printf (_ ("the oldest waits for %s"), age) : NULL;
}

static void
add_differences (GtkListBox *list, GPtrArray *shifts)
{
  for (guint i = 0; i < shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (shifts, i);
    TaiMoney by = tai_shift_get_difference (shift), opening = tai_shift_get_opening_difference (shift);
    g_autofree char *who = g_strdup_printf (_ ("Till %s · clerk %s"), shift->till, shift->clerk);

    if (by.minor != 0) {
      g_autofree char *sum = tai_words_money (by);
      g_autofree char *more = g_strdup_printf (_ ("%s · Enter: where to look"), who);
      add (list, by.minor < 0 ? _ ("Cash short") : _ ("Cash too much"), more, sum, TAI_SCREEN_DIFFERENCE,
           shift->id.text);
    }
    if (opening.minor != 0) {
      g_autofree char *sum = tai_words_money (opening);
      g_autofree char *more = g_strdup_printf (_ ("%s · not what the close before had counted"), who);
      add (list, _ ("Opening difference"), more, sum, TAI_SCREEN_MOVEMENTS, shift->id.text);
    }
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
  case TAI_WORK_REFUSED:
    return _ ("Refused: the customer gets the money back");
  case TAI_WORK_QUARANTINED:
    return _ ("Rejected record: read the reason, mend or give up");
  case TAI_WORK_IN_DOUBT:
    return _ ("Payment to be verified: do not take it again");
  default:
    return _ ("Paper may not have come out: look, print it again");
  }
}

/* What headquarters refused with a receipt is looked at there, the rest where the line is. */
static void
add_work (GtkListBox *list, const TaiWorkItem *item, gint64 now_us)
{
  gboolean is_line =
      item->kind == TAI_WORK_WAITING || item->kind == TAI_WORK_QUARANTINED || item->kind == TAI_WORK_IN_DOUBT;
  g_autofree char *age = tai_words_age (now_us - item->since_us);
  g_autofree char *amount = item->amount.currency != 0 ? tai_words_money (item->amount) : NULL;
  GString *more = g_string_new (age);

  if (item->operation != NULL)
    g_string_append_printf (more, " · %s", tai_operation_words_get_title (item->operation));
  if (item->receipt_number != NULL)
    g_string_append_printf (more, " · %s", item->receipt_number);
  if (item->clerk != NULL)
    g_string_append_printf (more, " · %s", item->clerk);
  if (item->reason != NULL)
    g_string_append_printf (more, " · %s", item->reason);
  if (!is_line && item->receipt_number != NULL)
    add (list, get_work_words (item->kind), more->str, amount, TAI_SCREEN_RECEIPT, item->receipt_number);
  else
    add (list, get_work_words (item->kind), more->str, amount, is_line ? TAI_SCREEN_LINE : TAI_SCREEN_ORDERS,
         NULL);
  g_string_free (more, TRUE);
}

void
tai_report_waits_fill (GtkListBox *list, const TaiReportView *view, TaiCounter *counter)
{
  const TaiTillReport *report = view->report;
  gint64 now_us = tai_clock_now (tai_counter_get_clock (counter));
  g_autofree char *unsent = describe_age (report->oldest_unsent_us, now_us);
  g_autofree char *doubted = describe_age (report->oldest_in_doubt_us, now_us);

  tai_row_clear_list (list);
  add_differences (list, report->shifts);
  add_count (list, _ ("Payments to be verified"), doubted, report->n_in_doubt, TAI_SCREEN_LINE);
  add_count (list, _ ("Rejected records"), _ ("Enter: reasons and remedies"), report->n_quarantined,
             TAI_SCREEN_LINE);
  if (report->refund_due.minor > 0) {
    g_autofree char *sum = tai_words_money (report->refund_due);
    add (list, _ ("Refunds due"), _ ("Enter: find the order"), sum, TAI_SCREEN_ORDERS, NULL);
  }
  add_count (list, _ ("Papers that may not have come out"), _ ("Enter: find the order, print it again"),
             view->n_print_trouble, TAI_SCREEN_ORDERS);
  add_count (list, _ ("Waiting to upload"), unsent, report->n_unsent, TAI_SCREEN_LINE);
  for (guint i = 0; i < view->work->len; i++)
    add_work (list, g_ptr_array_index (view->work, i), now_us);
  if (gtk_list_box_get_row_at_index (list, 0) == NULL)
    gtk_list_box_append (list, tai_row_new (_ ("Nothing waits."), NULL, NULL, NULL));
}
