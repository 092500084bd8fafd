/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as a script reads it. Any thread. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-report-result.h"

#include "tai-order-result.h"
#include "tai-plain-text.h"
#include "tai-till-paper.h"
#include "tai-verb-private.h"

#define REPORT_COLUMNS 88
#define SLIP_COLUMNS   48

static void
add_lines (TaiJson *result, const char *name, GPtrArray *lines)
{
  TaiJson *list = tai_result_add_list (result, name);

  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "hall", line->hall);
    tai_result_add_text (one, "terminal", line->terminal);
    tai_result_add_text (one, "clerk", line->clerk);
    tai_result_add_text (one, "operation", line->business);
    tai_result_add_text (one, "tender", line->tender);
    tai_result_add_text (one, "event", line->event);
    tai_result_add_time (one, "from", line->quarter * TAI_REPORT_QUARTER_US);
    tai_result_add_int (one, "count", line->count);
    tai_result_add_money (one, "amount", line->amount);
  }
}

static void
add_hours (TaiJson *result, const TaiTillReport *report)
{
  g_autoptr (GPtrArray) hours = tai_report_lines_group (
      report->by_quarter, TAI_REPORT_BY_HALL | TAI_REPORT_BY_CLERK | TAI_REPORT_BY_HOUR,
      report->utc_offset_min);

  add_lines (result, "byHour", hours);
}

static void
add_figures (TaiJson *object, const TaiDayFigures *figures)
{
  tai_result_add_text (object, "businessDay", figures->business_day);
  tai_result_add_int (object, "orders", figures->n_orders);
  tai_result_add_int (object, "payments", figures->n_payments);
  tai_result_add_money (object, "sales", figures->sales);
  tai_result_add_money (object, "difference", figures->difference);
}

static void
add_days (TaiJson *result, const TaiTillReport *report)
{
  const struct {
    const char *name;
    const TaiDayFigures *figures;
  } others[] = {{"before", &report->yesterday}, {"like", &report->week_ago}};
  TaiJson *list;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].figures->is_known)
      add_figures (tai_result_add_object (result, others[i].name), others[i].figures);
  if (report->days == NULL)
    return;
  list = tai_result_add_list (result, "days");
  for (guint i = 0; i < report->days->len; i++)
    add_figures (tai_result_append_object (list), &g_array_index (report->days, TaiDayFigures, i));
}

void
tai_report_result_add_shift (TaiJson *one, const TaiShift *shift)
{
  tai_result_add_text (one, "id", shift->id.text);
  if (shift->hall != NULL)
    tai_result_add_text (one, "hall", shift->hall);
  tai_result_add_text (one, "till", shift->till);
  tai_result_add_text (one, "clerk", shift->clerk);
  tai_result_add_text (one, "businessDay", shift->business_day);
  tai_result_add_text (one, "state", tai_state_to_text (&tai_shift_states, shift->state));
  tai_result_add_time (one, "opened", shift->opened_us);
  tai_result_add_money (one, "float", shift->float_amount);
  if (shift->state != TAI_SHIFT_CLOSED)
    return;
  tai_result_add_time (one, "closed", shift->closed_us);
  tai_result_add_money (one, "counted", shift->counted);
  tai_result_add_money (one, "expected", shift->expected);
  tai_result_add_money (one, "difference", tai_shift_get_difference (shift));
  tai_result_add_int (one, "zNumber", shift->z_number);
}

static void
add_movements (TaiJson *result, const TaiTillReport *report)
{
  TaiJson *list = report->movements != NULL ? tai_result_add_list (result, "movements") : NULL;

  for (guint i = 0; report->movements != NULL && i < report->movements->len; i++) {
    GPtrArray *movements = g_ptr_array_index (report->movements, i);
    for (guint k = 0; k < movements->len; k++) {
      const TaiShiftMovement *one = g_ptr_array_index (movements, k);
      TaiJson *object = tai_result_append_object (list);
      tai_result_add_text (object, "kind", tai_movement_kind_to_text (one->kind));
      tai_result_add_time (object, "time", one->time_us);
      tai_result_add_text (object, "clerk", one->clerk);
      tai_result_add_text (object, "receipt", one->receipt_number);
      tai_result_add_text (object, "operation", one->operation);
      tai_result_add_text (object, "tender", one->tender);
      tai_result_add_money (object, "amount", one->amount);
    }
  }
}

/* How far headquarters' figures reach, and what does not match in them. */
static void
add_terminals (TaiJson *result, const TaiTillReport *report)
{
  TaiJson *list = tai_result_add_list (result, "terminals");

  for (guint i = 0; i < report->terminals->len; i++) {
    const TaiReportTerminal *terminal = g_ptr_array_index (report->terminals, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "hall", terminal->hall);
    tai_result_add_text (one, "terminal", terminal->terminal);
    tai_result_add_time (one, "lastContact", terminal->last_contact_us);
    tai_result_add_int (one, "missing", terminal->n_missing);
    tai_result_add_flag (one, "kiosk", terminal->is_kiosk);
  }
  tai_result_add_int (result, "findings", report->n_findings);
}

/* What waits at a terminal headquarters cannot know. */
static void
add_counts (TaiJson *result, const TaiTillReport *report)
{
  tai_result_add_int (result, "orders", report->n_orders);
  tai_result_add_int (result, "payments", report->n_payments);
  tai_result_add_int (result, "reprints", report->n_reprints);
  tai_result_add_int (result, "undone", report->n_undone);
  if (report->is_from_hq) {
    add_terminals (result, report);
    return;
  }
  tai_result_add_int (result, "unsent", report->n_unsent);
  tai_result_add_time (result, "oldestUnsent", report->oldest_unsent_us);
  tai_result_add_int (result, "inDoubt", report->n_in_doubt);
  tai_result_add_time (result, "oldestInDoubt", report->oldest_in_doubt_us);
  tai_result_add_int (result, "quarantined", report->n_quarantined);
}

TaiDocument *
tai_report_result_make_paper (const TaiTerminal *terminal, const TaiTillReport *report, const TaiShift *shift,
                              gint64 now_us)
{
  return shift != NULL ? tai_till_paper_slip (terminal, report, shift, now_us, TRUE)
                       : tai_till_paper_report (terminal, report, now_us);
}

void
tai_report_result_add_supplements (TaiJson *result, GPtrArray *supplements)
{
  TaiJson *list = tai_result_add_list (result, "supplements");

  for (guint i = 0; i < supplements->len; i++) {
    const TaiSupplement *one = g_ptr_array_index (supplements, i);
    TaiJson *json = tai_result_append_object (list);

    tai_result_add_int (json, "zNumber", one->z_number);
    tai_result_add_int (json, "number", one->number);
    tai_result_add_text (json, "event", one->event);
    tai_result_add_text (json, "order", one->order_id.text[0] != '\0' ? one->order_id.text : NULL);
    tai_result_add_text (json, "payment", one->payment_id.text[0] != '\0' ? one->payment_id.text : NULL);
    tai_result_add_money (json, "amount", one->amount);
    tai_result_add_text (json, "businessDay", one->booked_day);
    tai_result_add_text (json, "clerk", one->clerk);
    tai_result_add_time (json, "time", one->time_us);
  }
}

TaiJson *
tai_report_result_new (const TaiTerminal *terminal, const TaiTillReport *report, const TaiShift *shift,
                       gint64 now_us)
{
  g_autoptr (TaiDocument) paper = tai_report_result_make_paper (terminal, report, shift, now_us);
  g_autofree char *text = tai_plain_text_render (paper, shift != NULL ? SLIP_COLUMNS : REPORT_COLUMNS);
  TaiTakings takings = tai_till_report_get_takings (report);
  TaiJson *result = tai_json_new_object ();
  TaiJson *shifts;

  tai_result_add_text (result, "terminal", terminal->id);
  tai_result_add_text (result, "source", report->is_from_hq ? "headquarters" : "terminal");
  tai_result_add_text (result, "place", report->is_from_hq ? report->place : NULL);
  tai_result_add_time (result, "asOf", report->as_of_us);
  tai_result_add_text (result, "businessDay", report->business_day);
  tai_result_add_text (result, "shift", report->shift_id);
  tai_result_add_text (result, "currency", tai_currency_to_code (terminal->currency));
  add_lines (result, "byBusiness", report->by_business);
  add_lines (result, "byTender", report->by_tender);
  add_lines (result, "byEvent", report->by_event);
  add_hours (result, report);
  add_days (result, report);
  tai_result_add_money (result, "sales", takings.gross);
  tai_result_add_money (result, "refunds", takings.refunds);
  tai_result_add_money (result, "net", takings.net);
  tai_result_add_money (result, "drawer", report->drawer_expected);
  tai_result_add_money (result, "refundDue", report->refund_due);
  add_counts (result, report);
  shifts = tai_result_add_list (result, "shifts");
  for (guint i = 0; report->shifts != NULL && i < report->shifts->len; i++)
    tai_report_result_add_shift (tai_result_append_object (shifts), g_ptr_array_index (report->shifts, i));
  add_movements (result, report);
  if (report->is_z) {
    tai_result_add_int (result, "chainCheckedFrom", report->checked_from);
    tai_result_add_int (result, "chainBrokenAt", report->broken_seq);
    tai_result_add_money (result, "carriedOver", report->carried_over);
  }
  if (report->supplements != NULL)
    tai_report_result_add_supplements (result, report->supplements);
  if (report->journal_seq > 0) {
    tai_result_add_int (result, "journalSeq", report->journal_seq);
    tai_result_add_text (result, "journalHead", report->journal_head);
  }
  tai_result_add_text (result, "text", text);
  return result;
}
