/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The end of the day at the till: a Z report is written once and never changes, what comes later is a numbered supplement; X and Z on
 * paper; a drawer that goes from hand to hand; clocks past midnight; power cuts in the middle of a close.
 */
#include "tai-desk-rig.h"

#include "tai-till-report.h"

#define DAY_MS (24 * 3600 * 1000)

static void
assert_rows (TaiDeskRig *rig, const char *sql, const char *expected)
{
  g_autofree char *found = tai_desk_rig_rows (rig, "%s", sql);

  g_assert_cmpstr (found, ==, expected);
}

static const char *
first_order (TaiVisit *visit)
{
  return ((TaiOrder *)g_ptr_array_index (tai_visit_get_orders (visit), 0))->id.text;
}

static TaiTillReport *
close_till (TaiDeskRig *rig, gint64 counted)
{
  TaiTillReport *report;

  MUST (report = tai_desk_close_till (rig->desk, CNY (counted), &E));
  return report;
}

static TaiTillReport *
report_of (TaiDeskRig *rig, const char *shift_id)
{
  TaiTillReport *report;

  MUST (report = tai_visit_store_report (TAI_VISIT_STORE (rig->store), NULL, shift_id, &E));
  return report;
}

/* The Z ------------------------------------------------------------------------------------------------------------------ */

static void
test_z (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiTillReport) z = NULL;
  g_autofree char *head = NULL;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  z = close_till (rig, 24000);
  g_assert_true (z->is_z);
  g_assert_cmpint (z->checked_from, ==, 1);
  g_assert_cmpint (z->broken_seq, ==, 0);
  g_assert_cmpint (z->n_unsent, ==, 3); /* the sale's two messages and the opening */
  g_assert_cmpuint (z->supplements->len, ==, 0);
  /* the head is that of the line that says that it was closed */
  head = tai_desk_rig_rows (rig, "SELECT lower (hex (chain)) FROM journal WHERE kind = 'till_closed'");
  g_assert_cmpstr (z->journal_head, ==, head);
  assert_rows (rig, "SELECT z_number, counted_minor, expected_minor FROM shift", "1|24000|25000");
  assert_rows (rig, "SELECT receipt_number, printer, copy FROM print_job WHERE receipt_number LIKE 'Z-%'",
               "Z-T2-0001|receipt|0");
  tai_desk_rig_assert_sound (rig);
}

/* Each close checks from where the one before stood; a line that was changed by hand stops nothing and stands on the Z. */
static void
test_chain (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new_on_disk ();
  g_autoptr (TaiTillReport) first = NULL, second = NULL;
  sqlite3 *vandal;

  tai_desk_rig_start_day (rig);
  first = close_till (rig, RIG_FLOAT);
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
  MUST (tai_desk_note_drawer (rig->desk, &E));
  g_assert_cmpint (sqlite3_open (rig->path, &vandal), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (
          vandal,
          "DROP TRIGGER journal_update; UPDATE journal SET record = CAST (replace (CAST (record AS TEXT), "
          "'1042', '1043') AS BLOB) WHERE kind = 'drawer_opened'",
          NULL, NULL, NULL),
      ==, SQLITE_OK);
  sqlite3_close (vandal);
  second = close_till (rig, RIG_FLOAT);
  g_assert_cmpint (second->checked_from, ==, first->journal_seq + 1);
  g_assert_cmpint (second->broken_seq, ==,
                   tai_desk_rig_number (rig, "SELECT seq FROM journal WHERE kind = 'drawer_opened'"));
}

/* odoo#35286: what was counted, expected and left open at the close says the same for ever. */
static void
test_never_changes (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) refused = NULL, undone = NULL, next = NULL;
  g_autoptr (TaiTillReport) z = NULL, later = NULL;
  const char *shift;

  tai_desk_rig_start_day (rig);
  refused = tai_desk_rig_sell_top_up (rig, 5000);
  undone = tai_desk_rig_sell_top_up (rig, 3000);
  z = close_till (rig, 27000);
  shift = z->shift_id;
  tai_fake_clock_advance (rig->clock, DAY_MS);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (tai_desk_open_till (rig->desk, CNY (27000), &E));
  next = tai_desk_rig_sell_top_up (rig, 900);
  MUST (tai_desk_apply_order_state (rig->desk, first_order (refused), TAI_ORDER_REJECTED, "line_closed", &E));
  later = report_of (rig, shift);
  g_assert_cmpint (later->n_orders, ==, z->n_orders);
  g_assert_cmpint (later->n_unsent, ==, z->n_unsent);
  g_assert_cmpint (later->refund_due.minor, ==, 0);
  g_assert_cmpint (later->drawer_expected.minor, ==, 28000);
  g_assert_cmpstr (later->journal_head, ==, z->journal_head);
  g_assert_cmpint (((TaiReportLine *)g_ptr_array_index (later->by_tender, 0))->amount.minor, ==, 8000);
  g_assert_cmpuint (later->supplements->len, ==, 1);
  tai_desk_rig_assert_sound (rig);
}

/* Supplements ---------------------------------------------------------------------------------------------------------- */

/* Refused after the close, paid back after the close: two, in order, each in the chain. */
static void
test_supplements (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL, today = NULL;
  g_autoptr (TaiTillReport) z = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const TaiSupplement *one;

  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR); /* may refund */
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  z = close_till (rig, 25000);
  MUST (tai_desk_apply_order_state (rig->desk, first_order (visit), TAI_ORDER_REJECTED, "line_closed", &E));
  tai_fake_clock_advance (rig->clock, DAY_MS);
  MUST (tai_desk_open_till (rig->desk, CNY (25000), &E));
  today = tai_desk_rig_sell_top_up (rig, 700);
  MUST (tai_desk_apply_order_state (rig->desk, first_order (today), TAI_ORDER_REJECTED, "line_closed", &E));
  MUST (tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  /* what is of the open shift is none */
  assert_rows (rig, "SELECT k, event, amount_minor, business_day FROM z_supplement ORDER BY k",
               "1|hq_refused|5000|\n2|refund_cash|5000|2026-11-23");
  assert_rows (rig, "SELECT subject FROM journal WHERE kind = 'z_supplement' ORDER BY seq",
               "Z T2 1/1\nZ T2 1/2");
  MUST (list = tai_desk_list_supplements (rig->desk, z->shift_id, &E));
  g_assert_cmpuint (list->len, ==, 2);
  one = g_ptr_array_index (list, 1);
  g_assert_cmpint (one->z_number, ==, 1);
  g_assert_cmpint (one->number, ==, 2);
  g_assert_cmpstr (one->order_id.text, ==, first_order (visit));
  g_assert_cmpstr (one->clerk, ==, RIG_SUPERVISOR);
  tai_desk_rig_assert_sound (rig);
}

/* What was not uploaded at the close arrives a day later: one supplement, when all has. */
static void
test_uploaded (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL, next = NULL;
  g_autoptr (TaiTillReport) z = NULL, empty = NULL, later = NULL;
  const TaiSupplement *one;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  z = close_till (rig, 25000);
  g_assert_cmpint (z->n_unsent, ==, 3); /* the sale's two messages and the opening */
  MUST (tai_desk_open_till (rig->desk, CNY (25000), &E));
  MUST (tai_desk_apply_order_news (rig->desk, NULL, 0, &E)); /* no news */
  assert_rows (rig, "SELECT count (*) FROM z_supplement", "0");
  tai_desk_rig_upload (rig);
  next = tai_desk_rig_sell_top_up (rig, 100); /* a later one that waits keeps nobody */
  for (guint i = 0; i < 3; i++)
    MUST (tai_desk_apply_order_state (rig->desk, first_order (visit), TAI_ORDER_COMPLETED, NULL, &E));
  later = report_of (rig, z->shift_id);
  g_assert_cmpint (later->n_unsent, ==, 3); /* as it was */
  g_assert_cmpuint (later->supplements->len, ==, 1);
  one = g_ptr_array_index (later->supplements, 0);
  g_assert_cmpstr (one->event, ==, TAI_SUPPLEMENT_UPLOADED);
  g_assert_cmpint (one->amount.currency, ==, 0);
  tai_desk_rig_upload (rig);
  empty = close_till (rig, 25100); /* one that left nothing gets none */
  MUST (tai_desk_open_till (rig->desk, CNY (25100), &E));
  assert_rows (rig, "SELECT count (*) FROM z_supplement", "1");
  tai_desk_rig_assert_sound (rig);
}

/* The store takes the next number and no other, of a closed shift and no other. */
static void
test_supplement_series (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiTillReport) z = NULL;
  g_autoptr (TaiShift) open = NULL;
  TaiUuid closed;
  static const struct {
    gint32 number, z_number;
    gboolean is_open, good;
  } cases[] = {{2, 1, FALSE, FALSE}, {1, 2, FALSE, FALSE}, {1, 1, TRUE, FALSE},
               {1, 1, FALSE, TRUE},  {1, 1, FALSE, FALSE}, {2, 1, FALSE, TRUE}};

  tai_desk_rig_start_day (rig);
  z = close_till (rig, RIG_FLOAT);
  g_strlcpy (closed.text, z->shift_id, sizeof closed.text);
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
  MUST (open = tai_desk_get_shift (rig->desk, &E));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiChange) change = tai_change_new ();
    g_autoptr (GError) error = NULL;

    tai_change_take_supplement (change,
                                tai_supplement_new (cases[i].is_open ? &open->id : &closed, cases[i].z_number,
                                                    cases[i].number, "hq_refused"));
    g_assert_cmpint (tai_visit_store_commit (TAI_VISIT_STORE (rig->store), change, &error), ==,
                     cases[i].good);
  }
}

/* Papers --------------------------------------------------------------------------------------------------------------- */

/* An X as often as one likes; a Z once, then copies; each printer has its original. */
static void
test_papers (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiShift) shift = NULL;
  g_autoptr (TaiTillReport) z = NULL;
  gint32 copy = -1;

  tai_desk_rig_start_day (rig);
  MUST (shift = tai_desk_get_shift (rig->desk, &E));
  for (guint i = 0; i < 3; i++)
    MUST (tai_desk_print_till (rig->desk, shift->id.text, i < 2, &copy, &E));
  assert_rows (rig, "SELECT printer, copy FROM print_job ORDER BY n", "receipt|0\nreceipt|0\nform|0");
  z = close_till (rig, RIG_FLOAT);
  tai_desk_rig_print (rig);
  MUST (tai_desk_print_till (rig->desk, shift->id.text, TRUE, &copy, &E));
  g_assert_cmpint (copy, ==, 1);
  MUST (tai_desk_print_till (rig->desk, shift->id.text, FALSE, &copy, &E));
  g_assert_cmpint (copy, ==, 0);
  assert_rows (
      rig, "SELECT receipt_number, printer, copy FROM print_job WHERE receipt_number IS NOT NULL ORDER BY n",
      "Z-T2-0001|receipt|0\nZ-T2-0001|receipt|1\nZ-T2-0001|form|0");
  assert_rows (rig,
               "SELECT kind FROM journal WHERE kind IN ('x_printed', 'z_printed', 'reprint') ORDER BY seq",
               "x_printed\nx_printed\nx_printed\nz_printed\nreprint\nz_printed");
  tai_desk_rig_sign_in (rig, RIG_KIOSK);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_print_till (rig->desk, shift->id.text, TRUE, &copy, &E));
  tai_desk_rig_sign_in (rig, RIG_CLERK_2); /* another clerk's */
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_print_till (rig->desk, shift->id.text, TRUE, &copy, &E));
  tai_desk_rig_assert_sound (rig);
}

/* As a store would answer that lost the shift between two questions. */
static TaiTillReport *
report_without_shifts (TaiVisitStore *store, const char *day, const char *shift_id, GError **error)
{
  TaiTillReport *report = g_new0 (TaiTillReport, 1);

  report->shift_id = g_strdup (shift_id);
  report->shifts = g_ptr_array_new ();
  return report;
}

static void
test_paper_without_shift (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  TaiVisitStoreInterface *store = TAI_VISIT_STORE_GET_IFACE (rig->store), real = *store;
  g_autoptr (TaiShift) shift = NULL;
  gint32 copy = -1;

  tai_desk_rig_start_day (rig);
  MUST (shift = tai_desk_get_shift (rig->desk, &E));
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  store->report = report_without_shifts;
  REFUSED (TAI_CORE_ERROR_NO_SHIFT, tai_desk_print_till (rig->desk, shift->id.text, TRUE, &copy, &E));
  REFUSED (TAI_CORE_ERROR_NO_SHIFT, tai_desk_make_till_paper (rig->desk, shift->id.text, &E));
  *store = real;
  assert_rows (rig, "SELECT count (*) FROM print_job", "0");
}

/* Handing over --------------------------------------------------------------------------------------------------------- */

static void
test_hand_over (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) before = NULL, after = NULL;
  g_autoptr (TaiTillReport) z = NULL;
  g_autoptr (TaiShift) now = NULL;

  tai_desk_rig_start_day (rig);
  before = tai_desk_rig_sell_top_up (rig, 5000);
  MUST (z = tai_desk_hand_over_till (rig->desk, CNY (24900), RIG_CLERK_2, RIG_CLERK_2, &E));
  assert_rows (
      rig, "SELECT clerk, state, float_minor, counted_minor, expected_minor, z_number FROM shift ORDER BY n",
      "1042|closed|20000|24900|25000|1\n1043|open|24900|0|0|0");
  assert_rows (rig, "SELECT event FROM posting_set ORDER BY n", "float\ncash_sale\ncount_difference");
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, 24900);
  g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, RIG_CLERK_2);
  MUST (now = tai_desk_get_shift (rig->desk, &E));
  g_assert_cmpint (tai_shift_get_opening_difference (now).minor, ==, 0);
  after = tai_desk_rig_sell_top_up (rig, 100); /* B sells at once */
  assert_rows (
      rig, "SELECT o.clerk, s.z_number FROM customer_order o JOIN shift s ON s.id = o.shift_id ORDER BY o.n",
      "1042|1\n1043|0");
  assert_rows (
      rig,
      "SELECT clerk FROM (SELECT 1042 AS clerk) WHERE EXISTS (SELECT 1 FROM journal WHERE kind = 'till_handed_over')",
      "1042");
  tai_desk_rig_assert_sound (rig);
}

static void
test_hand_over_refused (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autofree char *before = NULL, *after = NULL;

  tai_desk_rig_start_day (rig);
  before = tai_desk_rig_rows (rig, "SELECT state, clerk FROM shift");
  REFUSED (TAI_CORE_ERROR_SAME_CLERK,
           tai_desk_hand_over_till (rig->desk, CNY (RIG_FLOAT), RIG_CLERK, RIG_CLERK, &E));
  REFUSED (TAI_CORE_ERROR_PIN_WRONG,
           tai_desk_hand_over_till (rig->desk, CNY (RIG_FLOAT), RIG_CLERK_2, "0000", &E));
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING,
           tai_desk_hand_over_till (rig->desk, CNY (RIG_FLOAT), RIG_AUDITOR, RIG_AUDITOR, &E));
  REFUSED (TAI_CORE_ERROR_STAFF_UNKNOWN,
           tai_desk_hand_over_till (rig->desk, CNY (RIG_FLOAT), "7777", "7777", &E));
  after = tai_desk_rig_rows (rig, "SELECT state, clerk FROM shift");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, RIG_CLERK);
  /* a colleague hands over what is not his only with the right */
  tai_desk_rig_sign_in (rig, RIG_CLERK_2);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING,
           tai_desk_hand_over_till (rig->desk, CNY (RIG_FLOAT), RIG_CLERK, RIG_CLERK, &E));
}

/* The limits of a close hold: a first count that is too far off is made again, then a second person agrees. */
static void
test_hand_over_limits (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiTillReport) z = NULL;

  tai_desk_rig_start_day (rig);
  MUST (tai_desk_set_till_policy (
      rig->desk, &(TaiTillPolicy){.recount_over_minor = 500, .max_difference_minor = 2000}, &E));
  REFUSED (TAI_CORE_ERROR_RECOUNT,
           tai_desk_hand_over_till (rig->desk, CNY (10000), RIG_CLERK_2, RIG_CLERK_2, &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL,
           tai_desk_hand_over_till (rig->desk, CNY (10000), RIG_CLERK_2, RIG_CLERK_2, &E));
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  MUST (z = tai_desk_hand_over_till (rig->desk, CNY (10000), RIG_CLERK_2, RIG_CLERK_2, &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT minor FROM balance WHERE account = 'over_short'"), ==,
                   10000);
  tai_desk_rig_assert_sound (rig);
}

/* Two tills opened for one drawer: another window on the same store finds the drawer taken, whoever is there. */
static void
test_one_drawer (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiDesk) other = tai_desk_rig_make_desk (rig, tai_seal_key_get_public (rig->hq_key));

  MUST (tai_desk_sign_in (other, RIG_CLERK_2, RIG_CLERK_2, &E));
  tai_desk_rig_start_day (rig);
  REFUSED (TAI_CORE_ERROR_SHIFT_OPEN, tai_desk_open_till (other, CNY (RIG_FLOAT), &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM shift"), ==, 1);
}

/* Over midnight -------------------------------------------------------------------------------------------------------- */

/* odoo#2115: the day is the shift's. */
static void
test_past_midnight (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiTillReport) z = NULL;

  tai_desk_rig_start_day (rig);
  tai_fake_clock_advance (rig->clock, 16 * 3600 * 1000); /* one in the morning */
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  MUST (tai_desk_move_cash (rig->desk, &(TaiCashRequest){TAI_CASH_DROP, CNY (5000), "B1"}, &E));
  z = close_till (rig, 20000);
  g_assert_cmpstr (z->business_day, ==, "2026-11-22");
  assert_rows (rig, "SELECT business_day, receipt_number FROM customer_order",
               "2026-11-22|H017-T2-A-20261122-0001");
  assert_rows (rig, "SELECT DISTINCT business_day FROM posting_set", "2026-11-22");
  assert_rows (rig, "SELECT DISTINCT business_day FROM payment", "2026-11-22");
  assert_rows (rig, "SELECT DISTINCT business_day FROM journal WHERE shift_id IS NOT NULL", "2026-11-22");
  assert_rows (rig, "SELECT business_day FROM journal WHERE kind = 'till_closed'", "2026-11-22");
  assert_rows (
      rig,
      "SELECT count (*) > 0, sum (instr (CAST (body AS TEXT), '\"businessDay\":\"2026-11-23\"')) FROM message",
      "1|0"); /* headquarters hears the same day */
  MUST (tai_desk_open_till (rig->desk, CNY (20000), &E));
  assert_rows (rig, "SELECT business_day FROM shift ORDER BY n", "2026-11-22\n2026-11-23");
  tai_desk_rig_assert_sound (rig);
}

/* Power cuts ----------------------------------------------------------------------------------------------------------- */

/* The store fails at each of its steps: closed whole or not at all; the paper that is missing then comes out once, as the original. */
static void
cut (gboolean hands_over)
{
  gboolean good = FALSE;

  for (gint n = 0; !good; n++) {
    g_autoptr (TaiDeskRig) rig = tai_desk_rig_new_on_disk ();
    g_autoptr (TaiVisit) visit = NULL;
    g_autoptr (TaiTillReport) z = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *state = NULL;
    gint64 n_closed;

    tai_desk_rig_start_day (rig);
    visit = tai_desk_rig_sell_top_up (rig, 5000);
    rig->steps_left = n;
    z = hands_over ? tai_desk_hand_over_till (rig->desk, CNY (24000), RIG_CLERK_2, RIG_CLERK_2, &error)
                   : tai_desk_close_till (rig->desk, CNY (24000), &error);
    rig->steps_left = -1;
    good = z != NULL;
    tai_desk_rig_restart (rig);
    tai_desk_rig_sign_in (rig, RIG_CLERK);
    n_closed = tai_desk_rig_number (rig, "SELECT count (*) FROM shift WHERE state = 'closed'");
    g_assert_cmpint (n_closed, ==, tai_desk_rig_number (rig, "SELECT count (*) FROM z_report"));
    g_assert_cmpint (
        n_closed, ==,
        tai_desk_rig_number (rig, "SELECT count (*) FROM posting_set WHERE event = 'count_difference'"));
    g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM shift"), ==,
                     hands_over ? 1 + n_closed : 1);
    g_assert_cmpint (tai_desk_rig_drawer (rig), ==, n_closed ? 24000 : 25000);
    if (n_closed > 0) {
      g_autofree char *id = tai_desk_rig_rows (rig, "SELECT id FROM shift WHERE state = 'closed'");
      gint32 copy = -1;

      MUST (tai_desk_print_till (rig->desk, id, TRUE, &copy, &E));
      g_assert_cmpint (
          tai_desk_rig_number (
              rig, "SELECT count (*) FROM print_job WHERE receipt_number = 'Z-T2-0001' AND copy = 0"),
          ==, 1);
    }
    tai_desk_rig_assert_sound (rig);
    g_assert_cmpint (n, <, 400);
  }
}

static void
test_cut (void)
{
  cut (FALSE);
}

static void
test_cut_hand_over (void)
{
  cut (TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/close/z", test_z);
  g_test_add_func ("/desk/close/chain", test_chain);
  g_test_add_func ("/desk/close/never-changes", test_never_changes);
  g_test_add_func ("/desk/close/supplements", test_supplements);
  g_test_add_func ("/desk/close/uploaded", test_uploaded);
  g_test_add_func ("/desk/close/supplement-series", test_supplement_series);
  g_test_add_func ("/desk/close/papers", test_papers);
  g_test_add_func ("/desk/close/paper-without-shift", test_paper_without_shift);
  g_test_add_func ("/desk/close/hand-over", test_hand_over);
  g_test_add_func ("/desk/close/hand-over-refused", test_hand_over_refused);
  g_test_add_func ("/desk/close/hand-over-limits", test_hand_over_limits);
  g_test_add_func ("/desk/close/one-drawer", test_one_drawer);
  g_test_add_func ("/desk/close/past-midnight", test_past_midnight);
  g_test_add_func ("/desk/close/cut", test_cut);
  g_test_add_func ("/desk/close/cut-hand-over", test_cut_hand_over);
  return g_test_run ();
}
