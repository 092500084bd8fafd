/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What opens the cash drawer, and what the journal says of it. */
#include "tai-desk-rig.h"

#include <string.h>

/* A drawer that counts. At each opening what it is for is in the journal already: all pulses there are no fewer than those here. */
typedef struct {
  TaiDeskRig *rig;
  gboolean is_there;
  guint n;
} Drawer;

static gboolean
is_there_cb (gpointer data)
{
  return ((Drawer *)data)->is_there;
}

static void
open_cb (gpointer data)
{
  Drawer *self = data;

  self->n++;
  g_assert_cmpint (
      tai_desk_rig_number (self->rig,
                           "SELECT count (*) FROM journal WHERE kind IN ('drawer_pulse', 'drawer_opened')"),
      ==, self->n);
}

static void
start (Drawer *self, TaiDeskRig *rig)
{
  *self = (Drawer){rig, TRUE, 0};
  tai_desk_set_drawer (rig->desk, &(TaiDrawerPort){is_there_cb, open_cb, self});
  tai_desk_rig_start_day (rig);
  g_assert_cmpuint (self->n, ==, 0); /* what was counted was counted before */
}

/* "sale refund": the reasons in the journal, in order. */
static char *
list_reasons (TaiDeskRig *rig)
{
  g_autofree char *rows = tai_desk_rig_rows (
      rig, "SELECT replace (CAST (record AS TEXT), char (10), ';') FROM journal WHERE kind LIKE 'drawer_%%' "
           "ORDER BY seq");
  g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);
  GString *reasons = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    const char *detail = strstr (lines[i], ";detail=");
    if (reasons->len > 0)
      g_string_append_c (reasons, ' ');
    g_string_append_len (reasons, detail != NULL ? detail + 8 : "-",
                         detail != NULL ? (gssize)strcspn (detail + 8, ";") : 1);
  }
  return g_string_free (reasons, FALSE);
}

static void
assert_opened (Drawer *self, guint n, const char *reasons)
{
  g_autofree char *found = list_reasons (self->rig);

  g_assert_cmpstr (found, ==, reasons);
  g_assert_cmpuint (self->n, ==, n);
}

static void
test_sale (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autofree char *record = NULL;
  Drawer drawer;

  start (&drawer, rig);
  visit = tai_desk_rig_sell_top_up (rig, 3000);
  assert_opened (&drawer, 1, "sale");
  record = tai_desk_rig_rows (
      rig, "SELECT shift_id IS NOT NULL, business_day IS NOT NULL, subject = (SELECT id FROM payment) "
           "FROM journal WHERE kind = 'drawer_pulse'");
  g_assert_cmpstr (record, ==, "1|1|1");
  tai_desk_rig_assert_sound (rig);
}

/* Of a mix the part in cash alone opens it, when it is taken, and so does giving that part back. */
static void
test_split (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  const TaiPayment *payment;
  g_autofree char *cash = NULL;
  TaiTenderRequest card = {.tender = TAI_TENDER_CARD, .amount = CNY (1000), .number = "000123"};
  TaiTenderRequest part = {.tender = TAI_TENDER_CASH, .amount = CNY (500), .received = CNY (1000)};
  TaiTenderRequest rest = {.tender = TAI_TENDER_CARD, .amount = CNY (2000), .number = "000124"};
  Drawer drawer;

  start (&drawer, rig);
  visit = tai_desk_rig_begin (rig);
  tai_desk_rig_add_top_up (rig, visit, 3000);
  tai_desk_rig_place (rig, visit);
  MUST (tai_desk_pay (rig->desk, visit, &card, NULL, &E));
  assert_opened (&drawer, 0, "");
  MUST (tai_desk_pay (rig->desk, visit, &part, NULL, &E));
  assert_opened (&drawer, 1, "sale");
  payment = g_ptr_array_index (tai_visit_get_payments (visit), 1);
  cash = g_strdup (payment->id.text);
  MUST (tai_desk_cancel_payment (rig->desk, visit, cash, &E));
  assert_opened (&drawer, 2, "sale refund");
  MUST (tai_desk_pay (rig->desk, visit, &rest, NULL, &E));
  assert_opened (&drawer, 2, "sale refund");
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_CLOSED);
}

static void
test_refund (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  const TaiOrder *order;
  Drawer drawer;

  start (&drawer, rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR); /* may refund */
  visit = tai_desk_rig_sell_top_up (rig, 3000);
  order = g_ptr_array_index (tai_visit_get_orders (visit), 0);
  MUST (tai_desk_apply_order_state (rig->desk, order->id.text, TAI_ORDER_REJECTED, "line_closed", &E));
  assert_opened (&drawer, 1, "sale"); /* owed is not paid out */
  MUST (tai_desk_pay_refund (rig->desk, order->id.text, NULL, &E));
  assert_opened (&drawer, 2, "sale refund");
}

/* Cash moves open it if it is the drawer's cash that moves; a bag on its way to the bank is somewhere else. */
static void
test_moves (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  TaiCashRequest bank = {TAI_CASH_BANK_DEPOSIT, CNY (2000), "B1", "ICBC-1", NULL};
  TaiCashRequest out = {TAI_CASH_OUT, CNY (100), NULL, NULL, "water"};
  Drawer drawer;

  start (&drawer, rig);
  MUST (tai_desk_move_cash (rig->desk, &(TaiCashRequest){TAI_CASH_IN, CNY (5000)}, &E));
  MUST (tai_desk_move_cash (rig->desk, &(TaiCashRequest){TAI_CASH_DROP, CNY (2000), "B1"}, &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_move_cash (rig->desk, &out, &E));
  assert_opened (&drawer, 2, "cash_in drop");
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  MUST (tai_desk_move_cash (rig->desk, &out, &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_move_cash (rig->desk, &bank, &E));
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  MUST (tai_desk_move_cash (rig->desk, &bank, &E));
  assert_opened (&drawer, 3, "cash_in drop cash_out");
}

/* A count that is off moves nothing. */
static void
test_counts (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  Drawer drawer;

  start (&drawer, rig);
  MUST (tai_desk_close_till (rig->desk, CNY (RIG_FLOAT - 1000), &E));
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
  assert_opened (&drawer, 0, "");
}

/* What is not written opens nothing. */
static void
test_not_written (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  Drawer drawer;

  start (&drawer, rig);
  visit = tai_desk_rig_begin (rig);
  tai_desk_rig_add_top_up (rig, visit, 3000);
  tai_desk_rig_place (rig, visit);
  rig->steps_left = 3;
  g_assert_false (tai_desk_pay_cash (rig->desk, visit, CNY (3000), NULL, &error));
  rig->steps_left = -1;
  assert_opened (&drawer, 0, "");
}

/* Without a sale it is another kind, which reports count and who looks for a difference finds; the others are not that. */
static void
test_no_sale (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GPtrArray) movements = NULL;
  g_autoptr (TaiShift) shift = NULL;
  guint n = 0;
  Drawer drawer;

  start (&drawer, rig);
  visit = tai_desk_rig_sell_top_up (rig, 3000);
  MUST (tai_desk_note_drawer (rig->desk, &E));
  assert_opened (&drawer, 2, "sale no_sale");
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM journal WHERE kind = 'drawer_opened'"),
                   ==, 1);
  tai_desk_rig_sign_in (rig, RIG_AUDITOR);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_note_drawer (rig->desk, &E));
  assert_opened (&drawer, 2, "sale no_sale");
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (shift = tai_desk_get_shift (rig->desk, &E));
  MUST (movements = tai_desk_list_movements (rig->desk, shift->id.text, NULL, &E));
  for (guint i = 0; i < movements->len; i++)
    n += ((const TaiShiftMovement *)g_ptr_array_index (movements, i))->kind == TAI_MOVEMENT_NO_SALE;
  g_assert_cmpuint (n, ==, 1);
}

/* A till without a drawer writes nothing and opens nothing. */
static void
test_none (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL, other = NULL;
  Drawer drawer;

  start (&drawer, rig);
  drawer.is_there = FALSE;
  visit = tai_desk_rig_sell_top_up (rig, 3000);
  tai_desk_set_drawer (rig->desk, NULL);
  other = tai_desk_rig_sell_top_up (rig, 3000);
  assert_opened (&drawer, 0, "");
}

static void
test_left_open (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autofree char *rows = NULL;
  Drawer drawer;

  start (&drawer, rig);
  MUST (tai_desk_note_drawer_left_open (rig->desk, &E));
  tai_desk_sign_out (rig->desk);
  MUST (tai_desk_note_drawer_left_open (rig->desk, &E)); /* then it is nobody's */
  rows =
      tai_desk_rig_rows (rig, "SELECT shift_id IS NOT NULL, CAST (record AS TEXT) LIKE '%%clerk=1042%%' OR "
                              "CAST (record AS TEXT) LIKE '%%staff=1042%%' FROM journal WHERE kind = "
                              "'drawer_left_open' ORDER BY seq");
  g_assert_cmpstr (rows, ==, "1|1\n1|0");
  assert_opened (&drawer, 0, "- -");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/drawer/sale", test_sale);
  g_test_add_func ("/desk/drawer/split", test_split);
  g_test_add_func ("/desk/drawer/refund", test_refund);
  g_test_add_func ("/desk/drawer/moves", test_moves);
  g_test_add_func ("/desk/drawer/counts", test_counts);
  g_test_add_func ("/desk/drawer/not-written", test_not_written);
  g_test_add_func ("/desk/drawer/no-sale", test_no_sale);
  g_test_add_func ("/desk/drawer/none", test_none);
  g_test_add_func ("/desk/drawer/left-open", test_left_open);
  return g_test_run ();
}
