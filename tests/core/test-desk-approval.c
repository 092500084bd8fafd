/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second person's yes is good for what was asked and for nothing beside it, and only from who may do the act himself. */
#include "tai-desk-rig.h"

#define JPY ((guint16)392)

#define ONLY_APPROVES "5001"
#define ONLY_UNDOES   "5002"

static const char *
first_order (TaiVisit *visit)
{
  return ((const TaiOrder *)g_ptr_array_index (tai_visit_get_orders (visit), 0))->id.text;
}

static gboolean
move (TaiDeskRig *rig, const char *kind, gint64 fen, const char *bag, const char *slip, const char *reason,
      GError **error)
{
  return tai_desk_move_cash (rig->desk, &(TaiCashRequest){kind, CNY (fen), bag, slip, reason}, error);
}

static gint64
count_used (TaiDeskRig *rig)
{
  return tai_desk_rig_number (rig, "SELECT count (*) FROM approval WHERE state = 'used'");
}

static void
approve (TaiDeskRig *rig)
{
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
}

/* Each part of what was asked counts. */
static void
test_parts (void)
{
  static const TaiUuid id = {"01890a5d-96ce-7a1b-8c2d-3e4f50617283"};
  static const struct {
    const char *action, *subject;
    TaiMoney amount;
    const char *asked_by;
  } others[] = {{TAI_ACTION_UNDO, "order-1", {5000, TAI_CNY}, "1042"},
                {TAI_ACTION_CANCEL, "order-2", {5000, TAI_CNY}, "1042"},
                {TAI_ACTION_CANCEL, "order-1", {5001, TAI_CNY}, "1042"},
                {TAI_ACTION_CANCEL, "order-1", {-5000, TAI_CNY}, "1042"},
                {TAI_ACTION_CANCEL, "order-1", {5000, JPY}, "1042"},
                {TAI_ACTION_CANCEL, "order-1", {5000, TAI_CNY}, "1043"}};
  g_autoptr (TaiApproval) granted =
      tai_approval_new (&id, tai_action_find (TAI_ACTION_CANCEL), "order-1", CNY (5000), "1042", 1);
  g_autoptr (TaiApproval) again =
      tai_approval_new (&id, tai_action_find (TAI_ACTION_CANCEL), "order-1", CNY (5000), "1042", 2);

  g_assert_true (tai_approval_is_for (granted, again));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (TaiApproval) other = tai_approval_new (
        &id, tai_action_find (others[i].action), others[i].subject, others[i].amount, others[i].asked_by, 1);
    g_assert_false (tai_approval_is_for (granted, other));
  }
}

/* Of one order, not of the next one of the same sum. */
static void
test_other_order (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) one = NULL, two = NULL;

  tai_desk_rig_start_day (rig);
  one = tai_desk_rig_sell_top_up (rig, 5000);
  two = tai_desk_rig_sell_top_up (rig, 5000);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_cancel_order (rig->desk, first_order (one), "asked", &E));
  approve (rig);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_cancel_order (rig->desk, first_order (two), "asked", &E));
  g_assert_cmpint (count_used (rig), ==, 0);
  MUST (tai_desk_cancel_order (rig->desk, first_order (one), "asked", &E));
  g_assert_cmpint (count_used (rig), ==, 1);
}

/* A yes to the cancellation is none to paying out what it leaves owed. */
static void
test_other_action (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_cancel_order (rig->desk, first_order (visit), "asked", &E));
  approve (rig);
  MUST (tai_desk_apply_order_state (rig->desk, first_order (visit), TAI_ORDER_REJECTED, "line_closed", &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 5000);
  g_assert_cmpint (count_used (rig), ==, 0);
}

/* Another bag with as much in it. */
static void
test_other_bag (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  static const char *const bags[] = {"B1", "B2"};

  tai_desk_rig_start_day (rig);
  for (guint i = 0; i < G_N_ELEMENTS (bags); i++)
    MUST (move (rig, TAI_CASH_DROP, 5000, bags[i], NULL, NULL, &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, move (rig, TAI_CASH_BANK_DEPOSIT, 5000, "B1", "S1", NULL, &E));
  approve (rig);
  REFUSED (TAI_CORE_ERROR_APPROVAL, move (rig, TAI_CASH_BANK_DEPOSIT, 5000, "B2", "S1", NULL, &E));
  MUST (move (rig, TAI_CASH_BANK_DEPOSIT, 5000, "B1", "S1", NULL, &E));
}

/* Who asked has gone and comes back: what was granted to him is not lying there. */
static void
test_gone_and_back (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  REFUSED (TAI_CORE_ERROR_APPROVAL, move (rig, TAI_CASH_OUT, 5000, NULL, NULL, "water", &E));
  approve (rig);
  tai_desk_sign_out (rig->desk);
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  REFUSED (TAI_CORE_ERROR_APPROVAL, move (rig, TAI_CASH_OUT, 5000, NULL, NULL, "water", &E));
}

/* Two who have half of what it takes each, beside those of the rig. */
static void
add_halves (TaiDeskRig *rig)
{
  g_autoptr (GPtrArray) staff = NULL;
  TaiStaff *approves = tai_staff_new (ONLY_APPROVES, ONLY_APPROVES, TAI_ROLE_CLERK, ONLY_APPROVES);
  TaiStaff *undoes = tai_staff_new (ONLY_UNDOES, ONLY_UNDOES, TAI_ROLE_CLERK, ONLY_UNDOES);

  MUST (staff = tai_visit_store_list_staff (TAI_VISIT_STORE (rig->store), &E));
  approves->rights |= TAI_RIGHT_APPROVE;
  approves->rights &= ~(TAI_RIGHT_UNDO | TAI_RIGHT_REFUND | TAI_RIGHT_CLOSE_OTHERS);
  undoes->rights |= TAI_RIGHT_UNDO | TAI_RIGHT_REFUND | TAI_RIGHT_CLOSE_OTHERS;
  undoes->rights &= ~TAI_RIGHT_APPROVE;
  g_ptr_array_add (staff, approves);
  g_ptr_array_add (staff, undoes);
  MUST (tai_visit_store_replace_staff (TAI_VISIT_STORE (rig->store), staff, &E));
}

static void
assert_listed (TaiDeskRig *rig, const char *number, gboolean is_listed)
{
  g_autoptr (GPtrArray) list = NULL;
  gboolean found = FALSE;

  MUST (list = tai_desk_list_approvers (rig->desk, &E));
  for (guint i = 0; i < list->len; i++)
    found |= g_str_equal (((const TaiStaff *)g_ptr_array_index (list, i))->number, number);
  g_assert_cmpint (found, ==, is_listed);
}

/* Neither who may approve but not do it, nor who may do it but not approve; the refusal is a row, and nothing was done. */
static void
test_half_the_right (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  static const char *const halves[] = {ONLY_APPROVES, ONLY_UNDOES};

  add_halves (rig);
  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  for (guint i = 0; i < G_N_ELEMENTS (halves); i++) {
    REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_cancel_order (rig->desk, first_order (visit), "asked", &E));
    assert_listed (rig, halves[i], FALSE);
    REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_approve (rig->desk, halves[i], halves[i], &E));
    g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM approval WHERE state = 'refused'"), ==,
                     i + 1);
    g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM approval WHERE state = 'granted'"), ==,
                     0);
  }
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_cancel_order (rig->desk, first_order (visit), "asked", &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, move (rig, TAI_CASH_OUT, 5000, NULL, NULL, "water", &E));
  assert_listed (rig, ONLY_APPROVES, TRUE); /* that takes no more */
  MUST (tai_desk_approve (rig->desk, ONLY_APPROVES, ONLY_APPROVES, &E));
  MUST (move (rig, TAI_CASH_OUT, 5000, NULL, NULL, "water", &E));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-approval/parts", test_parts);
  g_test_add_func ("/desk-approval/other-order", test_other_order);
  g_test_add_func ("/desk-approval/other-action", test_other_action);
  g_test_add_func ("/desk-approval/other-bag", test_other_bag);
  g_test_add_func ("/desk-approval/gone-and-back", test_gone_and_back);
  g_test_add_func ("/desk-approval/half-the-right", test_half_the_right);
  return g_test_run ();
}
