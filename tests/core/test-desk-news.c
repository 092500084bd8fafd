/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What headquarters hears of a till beside orders and payments: every fact that it is to hear becomes a message of the same transaction,
 * whichever verb wrote it, with the next number of the series. */
#include "tai-desk-rig.h"

#include <string.h>

#include "tai-cash-move.h"
#include "tai-headquarters.h"
#include "tai-till-news-json.h"

static TaiTillNews *
parse (const TaiMessage *message)
{
  gsize size;
  const char *bytes = g_bytes_get_data (message->body, &size);
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  g_autoptr (GError) error = NULL;
  const char *terminal = NULL;
  TaiTillNews *news = tai_till_news_from_json (json, &terminal, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (terminal, ==, "H017T2");
  g_assert_cmpstr (news->id.text, ==, message->key.text);
  return news;
}

/* All of them, as they stand in the outbox. (element-type TaiTillNews) */
static GPtrArray *
list_news (TaiDeskRig *rig)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_till_news_free);
  g_autoptr (GPtrArray) rows = NULL;

  MUST (rows = tai_outbox_list (TAI_OUTBOX (rig->store), TAI_DESTINATION_HQ, TAI_MESSAGE_WAITING, 100, &E));
  for (guint i = 0; i < rows->len; i++) {
    const TaiMessage *message = ((TaiOutboxRow *)g_ptr_array_index (rows, i))->message;
    g_assert_cmpint (message->terminal_seq, ==, i + 1); /* one series for all */
    if (strcmp (message->path, TAI_PATH_TILL) == 0)
      g_ptr_array_add (list, parse (message));
  }
  tai_desk_rig_assert_sound (rig);
  return list;
}

static const TaiTillNews *
get (GPtrArray *list, guint i, TaiNewsKind kind)
{
  const TaiTillNews *news;

  g_assert_cmpuint (list->len, >, i);
  news = g_ptr_array_index (list, i);
  g_assert_cmpint (news->kind, ==, kind);
  g_assert_cmpstr (news->till, ==, "T2");
  return news;
}

static void
approve (TaiDeskRig *rig)
{
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
}

/* ---- shifts ---- */

static void
test_opened (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *shift = NULL;
  const TaiTillNews *news;

  tai_desk_rig_start_day (rig);
  list = list_news (rig);
  g_assert_cmpuint (list->len, ==, 1);
  news = get (list, 0, TAI_NEWS_OPENED);
  shift = tai_desk_rig_rows (rig, "SELECT id FROM shift");
  g_assert_cmpstr (news->shift_id, ==, shift);
  g_assert_cmpstr (news->business_day, ==, "2026-11-22");
  g_assert_cmpstr (news->clerk, ==, RIG_CLERK);
  g_assert_cmpint (news->counted.minor, ==, RIG_FLOAT);
  g_assert_cmpint (news->expected.minor, ==, RIG_FLOAT); /* the first opening expects what is counted */
}

/* The head is the journal's at the close, as the checkpoint has it: what is signed and printed is what HQ was told. */
static void
test_closed (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *checkpoint = NULL, *told = NULL;
  const TaiTillNews *news;
  char head[65];

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  MUST (report = tai_desk_close_till (rig->desk, CNY (RIG_FLOAT + 4970), &E));
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
  list = list_news (rig);
  g_assert_cmpuint (list->len, ==, 4);
  news = get (list, 1, TAI_NEWS_COUNTED);
  g_assert_cmpint (news->counted.minor, ==, RIG_FLOAT + 4970);
  news = get (list, 2, TAI_NEWS_CLOSED);
  g_assert_cmpint (news->counted.minor, ==, RIG_FLOAT + 4970);
  g_assert_cmpint (news->expected.minor, ==, RIG_FLOAT + 5000);
  g_assert_cmpint (news->z_number, ==, 1);
  tai_digest_to_hex (news->journal_head, head);
  told = g_strdup_printf ("%" G_GINT64_FORMAT "|%s", news->journal_seq, head);
  checkpoint = tai_desk_rig_rows (rig, "SELECT seq, lower (hex (chain)) FROM journal_checkpoint");
  g_assert_cmpstr (told, ==, checkpoint);
  g_assert_cmpint (tai_till_news_get_drawer (news).minor, ==, -30);
  news = get (list, 3, TAI_NEWS_OPENED);
  g_assert_cmpint (news->expected.minor, ==, RIG_FLOAT + 4970); /* what the close had counted */
}

/* One change, one series: the count, the close of the one, the opening of the other, in this order. */
static void
test_handed_over (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiTillReport) report = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const TaiTillNews *closed, *opened;

  tai_desk_rig_start_day (rig);
  MUST (report = tai_desk_hand_over_till (rig->desk, CNY (RIG_FLOAT - 100), RIG_CLERK_2, RIG_CLERK_2, &E));
  list = list_news (rig);
  g_assert_cmpuint (list->len, ==, 4);
  g_assert_cmpstr (get (list, 1, TAI_NEWS_COUNTED)->clerk, ==, RIG_CLERK);
  closed = get (list, 2, TAI_NEWS_CLOSED);
  opened = get (list, 3, TAI_NEWS_OPENED);
  g_assert_cmpstr (closed->clerk, ==, RIG_CLERK);
  g_assert_cmpstr (opened->clerk, ==, RIG_CLERK_2);
  g_assert_cmpstr (opened->shift_id, !=, closed->shift_id);
  g_assert_cmpint (opened->counted.minor, ==, RIG_FLOAT - 100);
  g_assert_cmpint (opened->expected.minor, ==, RIG_FLOAT - 100);
  g_assert_cmpint (tai_till_news_get_drawer (closed).minor, ==, -100);
}

/* Each count is told, also those that closed nothing. */
static void
test_counted_again (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiTillReport) report = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const gint64 counts[] = {100, RIG_FLOAT};

  tai_desk_rig_start_day (rig);
  MUST (tai_desk_set_till_policy (rig->desk, &(TaiTillPolicy){.recount_over_minor = 500}, &E));
  REFUSED (TAI_CORE_ERROR_RECOUNT, tai_desk_close_till (rig->desk, CNY (counts[0]), &E));
  MUST (report = tai_desk_close_till (rig->desk, CNY (counts[1]), &E));
  list = list_news (rig);
  g_assert_cmpuint (list->len, ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    const TaiTillNews *news = get (list, i + 1, TAI_NEWS_COUNTED);
    g_assert_cmpint (news->counted.minor, ==, counts[i]);
    g_assert_cmpint (news->expected.minor, ==, RIG_FLOAT);
    g_assert_cmpint (tai_till_news_get_drawer (news).currency, ==, 0); /* a look moves nothing */
  }
  get (list, 3, TAI_NEWS_CLOSED);
}

/* Going back to selling is no news. */
static void
test_resumed (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (GPtrArray) list = NULL;

  tai_desk_rig_start_day (rig);
  MUST (tai_desk_set_till_policy (rig->desk, &(TaiTillPolicy){.recount_over_minor = 500}, &E));
  REFUSED (TAI_CORE_ERROR_RECOUNT, tai_desk_close_till (rig->desk, CNY (100), &E));
  MUST (tai_desk_resume_till (rig->desk, &E));
  list = list_news (rig);
  g_assert_cmpuint (list->len, ==, 2);
}

/* ---- what is booked later ---- */

/* The number on the paper, the day of the shift that is meant, and what it is about. */
static void
test_supplements (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiTillReport) z = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const TaiTillNews *news;
  const char *order;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  order = tai_visit_get_order (visit, 0)->id.text;
  MUST (z = tai_desk_close_till (rig->desk, CNY (RIG_FLOAT + 5000), &E));
  tai_fake_clock_advance (rig->clock, 24 * 3600 * 1000);
  MUST (tai_desk_apply_order_state (rig->desk, order, TAI_ORDER_REJECTED, "line_closed", &E));
  list = list_news (rig);
  g_assert_cmpuint (list->len, ==, 4);
  news = get (list, 3, TAI_NEWS_SUPPLEMENT);
  g_assert_cmpstr (news->shift_id, ==, z->shift_id);
  g_assert_cmpstr (news->business_day, ==, "2026-11-22");
  g_assert_cmpstr (news->subject, ==, order);
  g_assert_cmpint (news->z_number, ==, 1);
  g_assert_cmpint (news->number, ==, 1);
  g_assert_cmpint (news->amount.minor, ==, 5000);
  g_assert_cmpint (tai_till_news_get_drawer (news).currency, ==,
                   0); /* what moves a drawer tells of it itself */
}

/* All has arrived: told when it is noticed, with no amount and no subject. */
static void
test_uploaded (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiTillReport) z = NULL;
  g_autoptr (TaiOutboxRow) row = NULL;
  g_autoptr (TaiTillNews) news = NULL;
  g_autofree char *key = NULL;

  tai_desk_rig_start_day (rig);
  MUST (z = tai_desk_close_till (rig->desk, CNY (RIG_FLOAT), &E));
  tai_desk_rig_upload (rig);
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
  key = tai_desk_rig_rows (rig, "SELECT key FROM message WHERE instr (CAST (body AS TEXT), 'z_supplement')");
  MUST (row = tai_visit_store_find_message (TAI_VISIT_STORE (rig->store), TAI_DESTINATION_HQ, key, &E));
  news = parse (row->message);
  g_assert_cmpint (news->kind, ==, TAI_NEWS_SUPPLEMENT);
  g_assert_cmpstr (news->name, ==, TAI_SUPPLEMENT_UPLOADED);
  g_assert_cmpstr (news->shift_id, ==, z->shift_id);
  g_assert_null (news->subject);
  g_assert_cmpint (news->amount.currency, ==, 0);
  tai_desk_rig_assert_sound (rig);
}

/* With the number that the store gives it. */
static void
test_hall_closed (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  for (gint32 day = 1; day <= 2; day++) {
    g_autoptr (TaiTillReport) z = NULL;
    g_autoptr (TaiHallClose) close = NULL;
    g_autoptr (GPtrArray) list = NULL;
    g_autoptr (TaiVisit) visit = NULL;
    const TaiTillNews *news;

    MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
    visit = tai_desk_rig_sell_top_up (rig, 1000 * day);
    MUST (z = tai_desk_close_till (rig->desk, CNY (RIG_FLOAT + 1000 * day), &E));
    tai_desk_rig_print (rig);
    MUST (close = tai_desk_close_hall (rig->desk, &E));
    list = list_news (rig);
    news = get (list, list->len - 1, TAI_NEWS_HALL_CLOSED);
    g_assert_cmpint (news->hall->number, ==, day);
    g_assert_cmpint (news->hall->number, ==, close->number);
    g_assert_cmpstr (news->business_day, ==, close->business_day);
    g_assert_cmpstr (news->clerk, ==, RIG_SUPERVISOR);
    g_assert_null (news->shift_id);
    g_assert_cmpint (news->hall->sales.minor, ==, 1000 * day);
    g_assert_cmpint (news->hall->n_orders, ==, 1);
    g_assert_cmpint (news->hall->n_shifts, ==, 1);
    g_assert_cmpint (news->hall->drawers.minor, ==, close->drawers.minor);
    g_assert_cmpint (news->hall->safe.minor, ==, close->safe.minor);
    g_assert_cmpint (news->hall->in_bags.minor, ==, close->in_bags.minor);
    g_assert_cmpint (news->hall->n_left, ==, close->n_left);
    tai_fake_clock_advance (rig->clock, 24 * 3600 * 1000);
  }
}

/* ---- cash ---- */

static void
test_cash (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  TaiCashRequest in = {.move = TAI_CASH_IN, .amount = CNY (3000)};
  TaiCashRequest drop = {.move = TAI_CASH_DROP, .amount = CNY (10000), .bag = "B12"};
  TaiCashRequest deposit = {
      .move = TAI_CASH_BANK_DEPOSIT, .amount = CNY (10000), .bag = "B12", .slip = "S-7"};
  g_autoptr (GPtrArray) list = NULL;
  const TaiTillNews *news, *granted, *used;

  tai_desk_rig_start_day (rig);
  MUST (tai_desk_move_cash (rig->desk, &in, &E));
  MUST (tai_desk_move_cash (rig->desk, &drop, &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_move_cash (rig->desk, &deposit, &E));
  approve (rig);
  MUST (tai_desk_move_cash (rig->desk, &deposit, &E));
  list = list_news (rig);
  g_assert_cmpuint (list->len, ==, 6);
  news = get (list, 1, TAI_NEWS_CASH);
  g_assert_cmpstr (news->name, ==, TAI_CASH_IN);
  g_assert_cmpint (tai_till_news_get_drawer (news).minor, ==, 3000);
  g_assert_null (news->subject);
  news = get (list, 2, TAI_NEWS_CASH);
  g_assert_cmpint (tai_till_news_get_drawer (news).minor, ==, -10000);
  g_assert_cmpstr (news->subject, ==, "B12");
  granted = get (list, 3, TAI_NEWS_APPROVAL);
  g_assert_cmpint (granted->approval_state, ==, TAI_APPROVAL_GRANTED);
  g_assert_cmpstr (granted->act.text, ==, "");
  news = get (list, 4, TAI_NEWS_CASH);
  g_assert_cmpstr (news->slip, ==, "S-7");
  g_assert_cmpint (news->amount.minor, ==, 10000);
  g_assert_cmpint (tai_till_news_get_drawer (news).currency, ==, 0); /* the bag is not in the drawer */
  g_assert_null (news->shift_id);
  used = get (list, 5, TAI_NEWS_APPROVAL);
  g_assert_cmpint (used->approval_state, ==, TAI_APPROVAL_USED);
  g_assert_cmpstr (used->approval_id.text, ==, granted->approval_id.text);
  g_assert_cmpstr (used->act.text, ==, news->id.text);
  g_assert_cmpstr (used->approver, ==, RIG_SUPERVISOR);
  g_assert_cmpstr (used->asked_by, ==, RIG_CLERK);
  g_assert_cmpstr (used->subject, ==, "B12");
  g_assert_cmpint (used->until_us - used->decided_us, ==, TAI_APPROVAL_US);
}

/* ---- refunds: the act is a message of the standard ---- */

static void
test_refund (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *key = NULL, *told = NULL;
  const char *order;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  order = tai_visit_get_order (visit, 0)->id.text;
  MUST (tai_desk_apply_order_state (rig->desk, order, TAI_ORDER_REJECTED, "line_closed", &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_pay_refund (rig->desk, order, NULL, &E));
  approve (rig);
  MUST (tai_desk_pay_refund (rig->desk, order, NULL, &E));
  list = list_news (rig);
  key = tai_desk_rig_rows (rig, "SELECT key FROM message WHERE path LIKE '%%/refund'");
  g_assert_cmpstr (get (list, 2, TAI_NEWS_APPROVAL)->act.text, ==, key);
  told = tai_desk_rig_rows (
      rig, "SELECT instr (CAST (body AS TEXT), '\"order\":\"%s\"') > 0 FROM message WHERE key = '%s'", order,
      key);
  g_assert_cmpstr (told, ==, "1"); /* which the standard does not say */
}

/* A no is told, too: who asked, who said it, and that nothing was done. */
static void
test_refused (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  TaiCashRequest out = {.move = TAI_CASH_OUT, .amount = CNY (3000), .reason = "change for the safe"};
  g_autoptr (GPtrArray) list = NULL;
  const TaiTillNews *news;

  tai_desk_rig_start_day (rig);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_move_cash (rig->desk, &out, &E));
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_approve (rig->desk, RIG_CLERK_2, RIG_CLERK_2, &E));
  list = list_news (rig);
  g_assert_cmpuint (list->len, ==, 2);
  news = get (list, 1, TAI_NEWS_APPROVAL);
  g_assert_cmpint (news->approval_state, ==, TAI_APPROVAL_REFUSED);
  g_assert_cmpstr (news->name, ==, TAI_ACTION_CASH_OUT);
  g_assert_cmpstr (news->subject, ==, "T2");
  g_assert_cmpint (news->amount.minor, ==, 3000);
  g_assert_cmpint (news->decided_us, >=, news->asked_us);
  g_assert_cmpstr (news->approver, ==, RIG_CLERK_2);
  g_assert_cmpstr (news->asked_by, ==, RIG_CLERK);
  g_assert_cmpstr (news->act.text, ==, "");
  g_assert_cmpint (news->until_us, ==, 0);
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT);
}

/* An order that is asked back from HQ: the act is the cancellation. */
static void
test_cancelled (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *key = NULL;
  const TaiTillNews *used;
  const char *order;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  order = tai_visit_get_order (visit, 0)->id.text;
  tai_desk_rig_sign_in (rig, RIG_CLERK_2); /* another's order */
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_cancel_order (rig->desk, order, "asked", &E));
  approve (rig);
  MUST (tai_desk_cancel_order (rig->desk, order, "asked", &E));
  list = list_news (rig);
  key = tai_desk_rig_rows (rig, "SELECT key FROM message WHERE path LIKE '%%/cancelProductOrder'");
  used = get (list, 2, TAI_NEWS_APPROVAL);
  g_assert_cmpstr (used->act.text, ==, key);
  g_assert_cmpstr (used->name, ==, TAI_ACTION_CANCEL);
  g_assert_cmpstr (used->subject, ==, order);
  g_assert_cmpstr (used->asked_by, ==, RIG_CLERK_2);
}

/* ---- notes ---- */

static void
test_notes (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const TaiTillNews *news;
  gint32 copy;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  tai_desk_rig_print (rig);
  MUST (tai_desk_reprint (rig->desk, tai_visit_get_receipt_number (visit), &copy, &E));
  MUST (tai_desk_note_drawer (rig->desk, &E));
  MUST (tai_desk_note (rig->desk, "clock_jump", NULL, "nobody counts it", &E));
  list = list_news (rig);
  g_assert_cmpuint (list->len, ==, 3);
  news = get (list, 1, TAI_NEWS_NOTE);
  g_assert_cmpstr (news->name, ==, "reprint");
  g_assert_cmpstr (news->subject, ==, tai_visit_get_receipt_number (visit));
  g_assert_cmpstr (news->business_day, ==, "2026-11-22");
  news = get (list, 2, TAI_NEWS_NOTE);
  g_assert_cmpstr (news->name, ==, "drawer_opened");
  g_assert_nonnull (news->shift_id);
}

/* ---- messages that were given up ---- */

static void
test_given_up (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (TaiOutboxRow) row = NULL;
  g_autoptr (TaiTillNews) news = NULL;
  TaiOutboxMark marks[] = {{.to = TAI_MESSAGE_IN_FLIGHT},
                           {.to = TAI_MESSAGE_QUARANTINED, .error = "invalid: x"}};
  g_autofree char *key = NULL, *own = NULL;
  const char *order;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  order = tai_visit_get_order (visit, 0)->id.text;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    marks[i].row = tai_desk_rig_number (rig, "SELECT n FROM message WHERE key = '%s'", order);
    MUST (tai_outbox_mark (TAI_OUTBOX (rig->store), &marks[i], 1, 1, &E));
  }
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (tai_desk_give_up_message (rig->desk, order, &E));
  own = tai_desk_rig_rows (rig, "SELECT key FROM message ORDER BY n DESC LIMIT 1");
  MUST (row = tai_visit_store_find_message (TAI_VISIT_STORE (rig->store), TAI_DESTINATION_HQ, own, &E));
  news = parse (row->message);
  g_assert_cmpint (news->kind, ==, TAI_NEWS_GIVEN_UP);
  g_assert_cmpstr (news->subject, ==, order);
  g_assert_cmpstr (news->reason, ==, "invalid: x");
  g_assert_cmpstr (news->clerk, ==, RIG_SUPERVISOR);
  g_assert_cmpint (news->message_seq, ==, 3);
  g_assert_cmpint (row->message->terminal_seq, ==, 4);
}

/* ---- all or nothing ---- */

/* What cannot be told is not done; and the numbers are not burnt. */
static void
test_renderer_fails (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  TaiCashRequest in = {.move = TAI_CASH_IN, .amount = CNY (3000)};
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *before = NULL, *after = NULL;

  tai_desk_rig_start_day (rig);
  before = tai_desk_rig_dump (rig);
  rig->renders_left = 0;
  REFUSED (TAI_CORE_ERROR_FAILED, tai_desk_move_cash (rig->desk, &in, &E));
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
  MUST (tai_desk_move_cash (rig->desk, &in, &E));
  list = list_news (rig);
  g_assert_cmpuint (list->len, ==, 2);
}

/* The store dies at any of its steps: the fact and its message are both there, or neither is. */
static void
test_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  TaiCashRequest in = {.move = TAI_CASH_IN, .amount = CNY (3000)};
  gboolean good = FALSE;

  tai_desk_rig_start_day (rig);
  for (gint n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;

    rig->steps_left = n;
    good = tai_desk_move_cash (rig->desk, &in, &error);
    rig->steps_left = -1;
    g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM posting_set WHERE event = 'cash_in'"),
                     ==,
                     tai_desk_rig_number (
                         rig, "SELECT count (*) FROM message WHERE instr (CAST (body AS TEXT), 'cash_in')"));
    g_assert_cmpint (n, <, 200);
  }
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 3000);
  tai_desk_rig_assert_sound (rig);
}

/* What each kind does to the copy of a drawer. */
static void
test_drawer (void)
{
  static const struct {
    TaiNewsKind kind;
    const char *name;
    gint64 drawer; /* G_MAXINT64: nothing */
  } cases[] = {
      {TAI_NEWS_OPENED, NULL, 19970},
      {TAI_NEWS_COUNTED, NULL, G_MAXINT64},
      {TAI_NEWS_CLOSED, NULL, -30},
      {TAI_NEWS_CASH, TAI_CASH_IN, 700},
      {TAI_NEWS_CASH, TAI_CASH_OUT, -700},
      {TAI_NEWS_CASH, TAI_CASH_DROP, -700},
      {TAI_NEWS_CASH, TAI_CASH_BANK_DEPOSIT, G_MAXINT64},
      {TAI_NEWS_CASH, "of a newer terminal", G_MAXINT64},
      {TAI_NEWS_SUPPLEMENT, "refund_cash", G_MAXINT64},
      {TAI_NEWS_APPROVAL, TAI_CASH_OUT, G_MAXINT64},
      {TAI_NEWS_NOTE, "drawer_opened", G_MAXINT64},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiTillNews) news = tai_till_news_new (cases[i].kind);
    TaiMoney drawer;

    news->name = g_strdup (cases[i].name);
    news->amount = CNY (700);
    news->counted = CNY (19970);
    news->expected = CNY (20000);
    drawer = tai_till_news_get_drawer (news);
    g_assert_cmpint (drawer.currency, ==, cases[i].drawer == G_MAXINT64 ? 0 : TAI_CNY);
    if (drawer.currency != 0)
      g_assert_cmpint (drawer.minor, ==, cases[i].drawer);
  }
}

/* The kinds that reports count, and no other line of the journal. */
static void
test_which_notes (void)
{
  g_assert_true (tai_news_takes_note ("reprint"));
  g_assert_true (tai_news_takes_note ("drawer_opened"));
  g_assert_false (tai_news_takes_note ("refund")); /* has a message of its own */
  g_assert_false (tai_news_takes_note ("override"));
  g_assert_false (tai_news_takes_note ("sign_in"));
  g_assert_false (tai_news_takes_note (NULL));
}

static void
test_kinds (void)
{
  for (guint kind = 0; kind < TAI_N_NEWS; kind++) {
    TaiNewsKind back;
    MUST (tai_news_kind_from_text (tai_news_kind_to_text (kind), &back, &E));
    g_assert_cmpint (back, ==, kind);
    g_assert_cmpint (tai_news_get_parts (kind), !=, 0);
  }
  REFUSED (TAI_CORE_ERROR_STATE_TEXT, tai_news_kind_from_text ("party", &(TaiNewsKind){0}, &E));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-news/opened", test_opened);
  g_test_add_func ("/desk-news/closed", test_closed);
  g_test_add_func ("/desk-news/handed-over", test_handed_over);
  g_test_add_func ("/desk-news/counted-again", test_counted_again);
  g_test_add_func ("/desk-news/resumed", test_resumed);
  g_test_add_func ("/desk-news/supplements", test_supplements);
  g_test_add_func ("/desk-news/uploaded", test_uploaded);
  g_test_add_func ("/desk-news/hall-closed", test_hall_closed);
  g_test_add_func ("/desk-news/disk-error", test_disk_error);
  g_test_add_func ("/desk-news/drawer", test_drawer);
  g_test_add_func ("/desk-news/cash", test_cash);
  g_test_add_func ("/desk-news/refund", test_refund);
  g_test_add_func ("/desk-news/refused", test_refused);
  g_test_add_func ("/desk-news/cancelled", test_cancelled);
  g_test_add_func ("/desk-news/notes", test_notes);
  g_test_add_func ("/desk-news/given-up", test_given_up);
  g_test_add_func ("/desk-news/renderer-fails", test_renderer_fails);
  g_test_add_func ("/desk-news/which-notes", test_which_notes);
  g_test_add_func ("/desk-news/kinds", test_kinds);
  return g_test_run ();
}
