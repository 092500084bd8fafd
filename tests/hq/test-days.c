/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days by chance at a terminal and at headquarters: the real desk on its real store, headquarters' real store behind hq_apply, and
 * between them every message of the outbox, in any order and often late. Sales in one part and in several, change, orders that are
 * asked back, undone and refused, refunds, copies, drawers opened without a sale, change money, drops, deposits, hand-overs, counts that are
 * off, closes of tills and of the hall. When all has arrived both reports say the same, to the fen and in every count: of each
 * day, of each shift, of the month; what headquarters keeps added up is what it adds up anew; and it finds nothing that does not match.
 * A seed repeats: TAI_DAYS_SEED; TAI_DAYS: how many halls of ten days.
 */
#include "hq-money.h"

#include <string.h>

#include "tai-desk-rig.h"
#include "tai-hq-load.h"
#include "tai-hq-order-move.h"
#include "tai-hq-sum.h"
#include "tai-report-json.h"
#include "tai-test-data.h"
#include "tai-till-report.h"

#define DAY_MS       (24 * 60 * 60 * 1000)
#define TERMINAL     "H017T2"
#define DAYS_OF_HALL 10
#define RECOUNT_OVER 500

typedef struct {
  TaiDeskRig *rig;
  HqFixture *hq;
  GRand *chance;
  gint64 heard; /* of the feed */
  guint n_numbers;
  GPtrArray *shifts;                /* (element-type utf8) of the day */
  gint64 seen[TAI_N_REPORT_EVENTS]; /* what the reports told of */
  guint n_orders, n_splits;
} World;

static void
world_clear (World *self)
{
  g_rand_free (self->chance);
  g_ptr_array_unref (self->shifts);
  tai_desk_rig_free (self->rig);
  hq_fixture_free (self->hq);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static gint64
draw (World *self, gint64 from, gint64 to)
{
  return g_rand_int_range (self->chance, (gint32)from, (gint32)to + 1);
}

static void
add_line (HqFixture *hq, const char *msisdn)
{
  HqLineRow line = {
      .msisdn = msisdn, .status = "active", .balance = CNY (0), .arrears = CNY (0), .changed_us = hq->now_us};
  hq->store->klass->line_put (hq->store, &line);
}

static void
make_headquarters (World *self)
{
  g_autoptr (GBytes) catalogue = tai_test_data_load ("catalogue.json");
  HqFixture *hq = self->hq;
  HqTerminalRow terminal = {.id = TERMINAL,
                            .hall = "H017",
                            .klass = "demo",
                            .profile =
                                "{\"id\":\"" TERMINAL "\",\"hall\":\"H017\",\"class\":\"demo\","
                                "\"hallName\":\"Hall 17\",\"currency\":\"CNY\",\"utcOffsetMinutes\":480}"};
  hq->now_us = tai_clock_now (TAI_CLOCK (self->rig->clock));
  MUST (hq_load_catalogue (hq->store, catalogue, hq->now_us, &E) > 0);
  hq_money_add_staff (hq, "H017", RIG_CLERK, "clerk", NULL);
  hq_money_add_staff (hq, "H017", RIG_CLERK_2, "clerk", NULL);
  hq_money_add_staff (hq, "H017", RIG_SUPERVISOR, "supervisor", NULL);
  hq->store->klass->begin (hq->store);
  hq->store->klass->terminal_put (hq->store, &terminal);
  hq->store->klass->setting_put (hq->store, "delay_ms", "60000"); /* a minute in which it may be asked back */
  add_line (hq, RIG_TARGET);
  hq->store->klass->commit (hq->store);
  g_assert_no_error (hq->store->error);
}

/* ---- the line ---- */

static void
mark (World *self, gint64 row, TaiMessageState to)
{
  TaiOutboxMark one = {.row = row, .to = to};
  MUST (tai_outbox_mark (TAI_OUTBOX (self->rig->store), &one, 1, self->hq->now_us, &E));
}

static void
send (World *self, const TaiOutboxRow *row)
{
  const TaiMessage *message = row->message;
  g_autofree char *base64 = g_base64_encode (message->digest.byte, TAI_DIGEST_SIZE);
  g_autofree char *digest = g_strdup_printf ("sha-256=:%s:", base64);
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, message->terminal_seq);
  HqHeaders headers = {.terminal = TERMINAL,
                       .key = message->key.text,
                       .seq = message->terminal_seq > 0 ? seq : NULL,
                       .digest = digest,
                       .type = "application/json"};
  mark (self, row->row, TAI_MESSAGE_IN_FLIGHT);
  g_assert_cmpint (hq_fixture_send_bytes (self->hq, "POST", message->path, message->body, &headers), ==, 201);
  mark (self, row->row, TAI_MESSAGE_ACKNOWLEDGED);
}

/* In any order, as far as one does not wait for the other. */
static guint
upload (World *self)
{
  g_autoptr (GPtrArray) due = NULL;
  guint n;
  MUST (due = tai_outbox_due (TAI_OUTBOX (self->rig->store), TAI_DESTINATION_HQ, G_MAXINT64 / 2, 100, &E));
  n = due->len;
  while (due->len > 0) {
    guint which = (guint)draw (self, 0, due->len - 1);
    send (self, g_ptr_array_index (due, which));
    g_ptr_array_remove_index_fast (due, which);
  }
  return n;
}

static void
hear (World *self)
{
  g_autofree char *path = g_strdup_printf (TAI_PATH_FEED "?after=%" G_GINT64_FORMAT, self->heard);
  HqHeaders headers = {.terminal = TERMINAL};
  const TaiJson *events;
  g_assert_cmpint (hq_fixture_send (self->hq, "GET", path, NULL, &headers), ==, 200);
  events = tai_json_get (self->hq->json, "events");
  for (guint i = 0; i < tai_json_get_length (events); i++) {
    const TaiJson *event = tai_json_get_element (events, i);
    TaiOrderNews news = {.order_id = tai_json_require_string (event, "order", NULL)};
    guint state;
    MUST (
        tai_state_from_text (&tai_order_states, tai_json_require_string (event, "state", NULL), &state, &E));
    MUST (tai_json_optional_string (event, "reason", &news.reason, &E));
    news.state = (TaiOrderState)state;
    MUST (tai_desk_apply_order_news (self->rig->desk, &news, 1, &E));
  }
  self->heard = hq_fixture_int (self->hq, "last");
}

static void
talk (World *self)
{
  self->hq->now_us = tai_clock_now (TAI_CLOCK (self->rig->clock));
  upload (self);
  hq_fixture_advance (self->hq);
  hear (self);
}

static void
pass_time (World *self, gint64 ms)
{
  tai_fake_clock_advance (self->rig->clock, ms);
  self->hq->now_us = tai_clock_now (TAI_CLOCK (self->rig->clock));
}

/* Until nobody has anything to say any more. */
static void
talk_it_over (World *self)
{
  guint turns = 0;
  do {
    talk (self);
    pass_time (self, 2 * 60000); /* what headquarters has under way is done then */
    hq_fixture_advance (self->hq);
    hear (self);
    g_assert_cmpuint (++turns, <, 50);
  } while (upload (self) > 0);
}

/* ---- what happens ---- */

static gboolean
approved (World *self, const GError *error)
{
  if (error == NULL || error->code != TAI_CORE_ERROR_APPROVAL)
    return FALSE;
  MUST (tai_desk_approve (self->rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  return TRUE;
}

/* Runs @call with &E as its error, and once more when somebody else says yes. *@done: it was done. */
#define TRY(self, done, call)                                                                                \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    GError *E = NULL;                                                                                        \
    (done) = (call);                                                                                         \
    if (!(done) && approved (self, E)) {                                                                     \
      g_clear_error (&E);                                                                                    \
      (done) = (call);                                                                                       \
    }                                                                                                        \
    g_assert_true ((done) || E->domain == TAI_CORE_ERROR);                                                   \
    g_clear_error (&E);                                                                                      \
  }                                                                                                          \
  G_STMT_END

static void
sell (World *self)
{
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (self->rig);
  for (gint64 n = draw (self, 1, 3); n > 0; n--)
    tai_desk_rig_add_top_up (self->rig, visit, draw (self, 100, 40000));
  tai_desk_rig_place (self->rig, visit);
  MUST (tai_desk_pay_cash (self->rig->desk, visit,
                           CNY (tai_visit_get_due (visit).minor + draw (self, 0, 3) * 5000), NULL, &E));
}

/* Cheques and vouchers cover parts, cash the rest; sometimes one is handed back. */
static void
split (World *self)
{
  static const char *const providers[] = {"cheque", "voucher"};
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (self->rig);
  tai_desk_rig_add_top_up (self->rig, visit, draw (self, 1000, 40000));
  tai_desk_rig_add_top_up (self->rig, visit, draw (self, 1000, 40000));
  tai_desk_rig_place (self->rig, visit);
  for (guint i = 0; i < 1 + (guint)draw (self, 0, 1); i++) {
    g_autofree char *number = g_strdup_printf ("C-%u", ++self->n_numbers);
    const TaiTenderRequest part = {.tender = TAI_TENDER_OTHER,
                                   .provider = providers[i],
                                   .amount = CNY (draw (self, 1, tai_visit_get_due (visit).minor / 2)),
                                   .number = number};
    MUST (tai_desk_pay (self->rig->desk, visit, &part, NULL, &E));
  }
  if (draw (self, 0, 3) == 0) {
    const TaiPayment *paid = g_ptr_array_index (tai_visit_get_payments (visit), 0);
    MUST (tai_desk_cancel_payment (self->rig->desk, visit, paid->id.text, &E));
  }
  MUST (tai_desk_pay_cash (self->rig->desk, visit, tai_visit_get_due (visit), NULL, &E));
  self->n_splits++;
}

static void
walk_away (World *self)
{
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (self->rig);
  tai_desk_rig_add_top_up (self->rig, visit, draw (self, 100, 40000));
  if (draw (self, 0, 1))
    tai_desk_rig_place (self->rig, visit);
  MUST (tai_desk_abandon (self->rig->desk, visit, &E));
}

/* The id of an order of that state; "" when there is none. (transfer full) */
static char *
choose_order (World *self, const char *condition)
{
  return tai_desk_rig_rows (self->rig,
                            "SELECT id FROM customer_order WHERE receipt_number IS NOT NULL AND %s ORDER BY "
                            "id LIMIT 1 OFFSET %d",
                            condition, (int)draw (self, 0, 2));
}

static void
undo (World *self)
{
  g_autofree char *day = tai_desk_find_report_day (self->rig->desk, NULL);
  g_autofree char *condition = g_strdup_printf ("state = 'completed' AND business_day = '%s'", day);
  g_autofree char *order = choose_order (self, condition);
  gboolean done;
  if (order[0] != '\0')
    TRY (self, done, tai_desk_undo_order (self->rig->desk, order, "wrong number", &E));
}

static void
ask_back (World *self)
{
  g_autofree char *order = choose_order (self, "state IN ('paid', 'acknowledged', 'in_progress')");
  gboolean done;
  if (order[0] != '\0')
    TRY (self, done, tai_desk_cancel_order (self->rig->desk, order, "changed his mind", &E));
}

/* Headquarters says no to a paid order that it has under way. */
static void
refuse (World *self)
{
  g_autofree char *order = choose_order (self, "state IN ('acknowledged', 'in_progress')");
  g_auto (HqOrderRow) row = {0};
  HqStore *store = self->hq->store;
  if (order[0] == '\0')
    return;
  store->klass->begin (store);
  if (store->klass->order_find (store, "H017", order, &row) && hq_order_is_open (&row))
    hq_order_refuse (store, &row, "rejected", "line_closed", self->hq->now_us);
  store->klass->commit (store);
}

static void
pay_out (World *self)
{
  g_autofree char *order = choose_order (self, "refund_due_minor > 0");
  g_autofree char *slip = g_strdup_printf ("R-%u", ++self->n_numbers);
  gboolean done;
  if (order[0] == '\0')
    return;
  TRY (self, done, tai_desk_pay_refund (self->rig->desk, order, NULL, &E));
  if (!done)
    TRY (self, done, tai_desk_pay_refund_by_slip (self->rig->desk, order, slip, NULL, &E));
}

static void
copy_receipt (World *self)
{
  g_autofree char *receipt = tai_desk_rig_rows (
      self->rig, "SELECT max (receipt_number) FROM customer_order WHERE receipt_number IS NOT NULL");
  gint32 copy;
  gboolean done;
  tai_desk_rig_print (self->rig);
  if (receipt[0] != '\0')
    TRY (self, done, tai_desk_reprint (self->rig->desk, receipt, &copy, &E));
}

static void
open_drawer (World *self)
{
  MUST (tai_desk_note_drawer (self->rig->desk, &E));
}

static void
move_cash (World *self)
{
  static const char *const moves[] = {TAI_CASH_IN, TAI_CASH_OUT, TAI_CASH_DROP};
  g_autofree char *bag = g_strdup_printf ("B-%05u", ++self->n_numbers);
  const char *move = moves[draw (self, 0, 2)];
  TaiCashRequest request = {.move = move, .amount = CNY (draw (self, 1, 30000))};
  gboolean done;
  request.bag = strcmp (move, TAI_CASH_DROP) == 0 ? bag : NULL;
  request.reason = strcmp (move, TAI_CASH_OUT) == 0 ? "change" : NULL;
  TRY (self, done, tai_desk_move_cash (self->rig->desk, &request, &E));
}

static void
bring_to_bank (World *self)
{
  g_autofree char *bag = tai_desk_rig_rows (
      self->rig,
      "SELECT substr (account, 12) FROM balance WHERE account LIKE 'in_transit:%%' AND minor > 0 LIMIT 1");
  g_autofree char *slip = g_strdup_printf ("ICBC-%u", ++self->n_numbers);
  TaiCashRequest request = {.move = TAI_CASH_BANK_DEPOSIT, .bag = bag, .slip = slip};
  gboolean done;
  if (bag[0] == '\0')
    return;
  request.amount =
      CNY (tai_desk_rig_number (self->rig, "SELECT minor FROM balance WHERE account = 'in_transit:%s'", bag));
  TRY (self, done, tai_desk_move_cash (self->rig->desk, &request, &E));
}

static TaiMoney
count_drawer (World *self, gint64 most_off)
{
  gint64 off = draw (self, 0, 2) == 0 ? draw (self, -most_off, most_off) : 0;
  return CNY (MAX (0, tai_desk_rig_drawer (self->rig) + off));
}

static void
note_shift (World *self)
{
  g_autoptr (TaiShift) shift = NULL;
  MUST (shift = tai_desk_get_shift (self->rig->desk, &E));
  g_ptr_array_add (self->shifts, g_strdup (shift->id.text));
}

static void
hand_over (World *self)
{
  const char *giver = tai_desk_get_staff (self->rig->desk)->number;
  const char *taker = strcmp (giver, RIG_CLERK) == 0 ? RIG_CLERK_2 : RIG_CLERK;
  g_autoptr (TaiTillReport) z = NULL;
  MUST (z = tai_desk_hand_over_till (self->rig->desk, count_drawer (self, RECOUNT_OVER), taker, taker, &E));
  note_shift (self);
}

/* ---- what both say ---- */

static gint
compare_text_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Orders that headquarters did not carry out it tells, too; of a cheque that was handed back a terminal keeps a line of nothing. */
static gboolean
is_of_both (const TaiReportLine *line)
{
  TaiReportEvent event;
  if (line->count == 0 && line->amount.minor == 0)
    return FALSE;
  return line->event == NULL || tai_report_event_from_text (line->event, &event);
}

static void
tell_lines (GString *out, const char *title, GPtrArray *lines)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    const char *name = line->event != NULL    ? line->event
                       : line->tender != NULL ? line->tender
                                              : line->business;
    if (is_of_both (line))
      g_ptr_array_add (texts, g_strdup_printf ("%s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                                               " %" G_GINT64_FORMAT "\n",
                                               title, line->clerk, name != NULL ? name : "", line->quarter,
                                               line->count, line->amount.minor));
  }
  g_ptr_array_sort (texts, compare_text_cb);
  for (guint i = 0; i < texts->len; i++)
    g_string_append (out, g_ptr_array_index (texts, i));
}

static void
tell_figures (GString *out, const char *title, const TaiDayFigures *figures)
{
  g_string_append_printf (
      out, "%s %s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
      title, figures->business_day, figures->is_known, figures->n_orders, figures->n_payments,
      figures->is_known ? figures->sales.minor : 0, figures->is_known ? figures->difference.minor : 0);
}

static void
tell_shift (GString *out, const TaiShift *shift)
{
  g_string_append_printf (
      out,
      "shift %s %s %s %s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " float %" G_GINT64_FORMAT
      " of %" G_GINT64_FORMAT " counted %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
      " Z%d counts %" G_GINT64_FORMAT " supplements %" G_GINT64_FORMAT "\n",
      shift->id.text, shift->till, shift->clerk, shift->business_day, (int)shift->state, shift->opened_us,
      shift->closed_us, shift->float_amount.minor, shift->opening_expected.minor, shift->counted.minor,
      shift->expected.minor, shift->z_number, shift->n_counts, shift->n_supplements);
}

/* @shift: (nullable) of that alone */
static char *
tell (const TaiTillReport *report, const char *shift)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GPtrArray) hours = tai_report_lines_group (
      report->by_quarter, TAI_REPORT_BY_CLERK | TAI_REPORT_BY_HOUR, report->utc_offset_min);
  g_autoptr (GPtrArray) events =
      tai_report_lines_group (report->by_event, TAI_REPORT_BY_CLERK | TAI_REPORT_BY_EVENT, 0);
  tell_lines (out, "business", report->by_business);
  tell_lines (out, "tender", report->by_tender);
  tell_lines (out, "event", events);
  tell_lines (out, "hour", hours);
  g_string_append_printf (
      out,
      "counts %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " drawer %" G_GINT64_FORMAT "\n",
      report->n_orders, report->n_payments, report->n_reprints, report->drawer_expected.minor);
  for (guint i = 0; i < report->shifts->len; i++) {
    const TaiShift *one = g_ptr_array_index (report->shifts, i);
    if (shift == NULL || strcmp (shift, one->id.text) == 0)
      tell_shift (out, one);
  }
  if (shift != NULL) {
    g_string_append_printf (out, "journal %" G_GINT64_FORMAT " %s\n", report->journal_seq,
                            report->journal_head);
    return g_string_free (out, FALSE);
  }
  g_string_append_printf (out, "undone %" G_GINT64_FORMAT "\n",
                          report->n_undone); /* a Z's is what its close found */
  tell_figures (out, "day", &report->day);
  tell_figures (out, "before", &report->yesterday);
  tell_figures (out, "like", &report->week_ago);
  for (guint i = 0; report->days != NULL && i < report->days->len; i++)
    tell_figures (out, "of month", &g_array_index (report->days, TaiDayFigures, i));
  return g_string_free (out, FALSE);
}

static TaiTillReport *
ask_headquarters (World *self, const char *period, const char *shift)
{
  g_autofree char *target =
      g_strdup_printf (TAI_PATH_REPORT "?%s=%s&by=clerk&clerk=" RIG_SUPERVISOR,
                       shift != NULL ? "shift" : "from", shift != NULL ? shift : period);
  HqHeaders headers = {.terminal = TERMINAL};
  TaiTillReport *report;
  g_assert_cmpint (hq_fixture_send (self->hq, "GET", target, NULL, &headers), ==, 200);
  MUST (report = tai_report_from_json (self->hq->json, &E));
  return report;
}

static void
compare (World *self, const char *period, const char *shift)
{
  g_autoptr (TaiTillReport) here = NULL, there = ask_headquarters (self, period, shift);
  g_autofree char *told_here = NULL, *told_there = tell (there, shift);
  MUST (here = tai_visit_store_report (TAI_VISIT_STORE (self->rig->store), period, shift, &E));
  here->utc_offset_min = there->utc_offset_min;
  told_here = tell (here, shift);
  g_assert_cmpstr (told_here, ==, told_there);
  if (shift != NULL)
    return;
  self->n_orders += (guint)here->n_orders;
  for (guint i = 0; i < here->by_event->len; i++) {
    TaiReportEvent event;
    const TaiReportLine *line = g_ptr_array_index (here->by_event, i);
    g_assert_true (tai_report_event_from_text (line->event, &event));
    self->seen[event] += line->count;
  }
}

/* ---- days ---- */

static void
close_till (World *self)
{
  TaiMoney counted = count_drawer (self, 3 * RECOUNT_OVER);
  g_autoptr (TaiTillReport) z = NULL;
  g_autoptr (TaiShift) shift = NULL;
  gboolean done = FALSE;
  MUST (shift = tai_desk_get_shift (self->rig->desk, &E));
  if (draw (self, 0, 3) == 0) /* a stuck shift is closed by another */
    tai_desk_rig_sign_in (self->rig, RIG_SUPERVISOR);
  for (guint tries = 0; !done; tries++) {
    g_assert_cmpuint (tries, <, 5);
    if (tries == 3) /* a supervisor has nobody who says yes */
      counted = CNY (tai_desk_rig_drawer (self->rig));
    if (tries < 3 && strcmp (tai_desk_get_staff (self->rig->desk)->number, RIG_SUPERVISOR) == 0)
      counted = CNY (tai_desk_rig_drawer (self->rig));
    TRY (self, done, (z = tai_desk_close_till (self->rig->desk, counted, &E)) != NULL);
  }
}

static void
live_a_day (World *self, gboolean is_first)
{
  static void (*const events[]) (World *) = {sell,      sell,          sell,      sell,         split,
                                             split,     walk_away,     undo,      undo,         ask_back,
                                             refuse,    pay_out,       pay_out,   copy_receipt, open_drawer,
                                             move_cash, bring_to_bank, hand_over, talk,         talk};
  g_autofree char *day = NULL;
  gint64 n = draw (self, 5, 30);
  g_ptr_array_set_size (self->shifts, 0);
  tai_desk_rig_sign_in (self->rig, RIG_CLERK);
  MUST (tai_desk_open_till (self->rig->desk,
                            is_first ? CNY (RIG_FLOAT) : count_drawer (self, 3 * RECOUNT_OVER), &E));
  note_shift (self);
  day = tai_desk_find_report_day (self->rig->desk, NULL);
  for (gint64 i = 0; i < n; i++) {
    pass_time (self, draw (self, 1, 40) * 30000);
    events[draw (self, 0, G_N_ELEMENTS (events) - 1)](self);
  }
  close_till (self);
  if (draw (self, 0, 1)) { /* with all that is still on its way */
    g_autoptr (TaiHallClose) close = NULL;
    tai_desk_rig_sign_in (self->rig, RIG_SUPERVISOR);
    MUST (close = tai_desk_close_hall (self->rig->desk, &E));
  }
  talk_it_over (self);
  compare (self, day, NULL);
  for (guint i = 0; i < self->shifts->len; i++)
    compare (self, day, g_ptr_array_index (self->shifts, i));
  pass_time (self, DAY_MS - tai_clock_now (TAI_CLOCK (self->rig->clock)) / 1000 % DAY_MS + 60 * 60000);
}

static void
live (guint32 seed, World *sums)
{
  g_auto (World) self = {.rig = tai_desk_rig_new (),
                         .hq = hq_fixture_new (),
                         .chance = g_rand_new_with_seed (seed),
                         .shifts = g_ptr_array_new_with_free_func (g_free)};
  g_autofree char *findings = NULL, *kept = NULL, *anew = NULL;
  g_test_message ("TAI_DAYS_SEED=%u", seed);
  make_headquarters (&self);
  tai_desk_set_on_line (self.rig->desk, TRUE);
  MUST (tai_desk_set_till_policy (
      self.rig->desk,
      &(TaiTillPolicy){.recount_over_minor = RECOUNT_OVER, .max_difference_minor = 2 * RECOUNT_OVER}, &E));
  for (guint day = 0; day < DAYS_OF_HALL; day++)
    live_a_day (&self, day == 0);
  compare (&self, "2026-11", NULL);
  compare (&self, "2026-12", NULL);
  kept = hq_money_list_sums (self.hq, "H017");
  g_assert_true (hq_sum_rebuild (self.hq->store));
  anew = hq_money_list_sums (self.hq, "H017");
  g_assert_cmpstr (kept, ==, anew);
  findings = hq_money_list_findings (self.hq);
  g_assert_cmpstr (findings, ==, "");
  sums->n_orders += self.n_orders;
  sums->n_splits += self.n_splits;
  for (guint i = 0; i < TAI_N_REPORT_EVENTS; i++)
    sums->seen[i] += self.seen[i];
}

static void
test_days (void)
{
  const char *seed = g_getenv ("TAI_DAYS_SEED"), *n = g_getenv ("TAI_DAYS");
  guint n_halls = n != NULL ? (guint)g_ascii_strtoull (n, NULL, 10) : 20;
  World sums = {0};
  if (seed != NULL) {
    live ((guint32)g_ascii_strtoull (seed, NULL, 10), &sums);
    return;
  }
  for (guint i = 0; i < n_halls; i++)
    live (71 + i, &sums);
  g_test_message ("%u orders, %u in parts", sums.n_orders, sums.n_splits);
  for (guint i = 0; i < TAI_N_REPORT_EVENTS; i++) { /* it would be easy to agree about nothing */
    g_test_message ("%s: %" G_GINT64_FORMAT, tai_report_event_to_text (i), sums.seen[i]);
    g_assert_cmpint (sums.seen[i], >, 0);
  }
  g_assert_cmpuint (sums.n_splits, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/days/terminal-and-headquarters", test_days);
  return g_test_run ();
}
