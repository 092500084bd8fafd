/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of cash without a sale and the one of acts that need a yes, written out a second time. */
#include "tai-approval.h"
#include "tai-cash-move.h"
#include "tai-core-error.h"

static const struct {
  const char *id, *from, *to, *action;
  const char *needs; /* r: reason, b: bag, s: slip, a: approval, t: an open till */
} expected[] = {
    {"cash_in", "safe", "drawer", NULL, "t"},
    {"cash_out", "drawer", "safe", "cash_out", "rat"},
    {"drop", "drawer", "in_transit", NULL, "bt"},
    {"bank_deposit", "in_transit", "bank", "bank_deposit", "bsa"},
};

static TaiCashNeeds
read_needs (const char *letters)
{
  TaiCashNeeds needs = 0;

  for (const char *letter = letters; *letter; letter++)
    needs |= *letter == 'r'   ? TAI_CASH_NEEDS_REASON
             : *letter == 'b' ? TAI_CASH_NEEDS_BAG
             : *letter == 's' ? TAI_CASH_NEEDS_SLIP
             : *letter == 'a' ? TAI_CASH_NEEDS_APPROVAL
                              : TAI_CASH_NEEDS_SHIFT;
  return needs;
}

static void
test_table (void)
{
  guint n;
  const TaiCashMove *all = tai_cash_move_get_all (&n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < n; i++) {
    g_assert_cmpstr (all[i].id, ==, expected[i].id);
    g_assert_cmpstr (all[i].from, ==, expected[i].from);
    g_assert_cmpstr (all[i].to, ==, expected[i].to);
    g_assert_cmpstr (all[i].action, ==, expected[i].action);
    g_assert_cmpint (all[i].needs, ==, read_needs (expected[i].needs));
    g_assert_true (tai_cash_move_find (expected[i].id) == &all[i]);
    /* who needs a yes names the act, and it is one */
    g_assert_true ((all[i].action != NULL) == ((all[i].needs & TAI_CASH_NEEDS_APPROVAL) != 0));
    g_assert_true (all[i].action == NULL || tai_action_find (all[i].action) != NULL);
  }
  g_assert_null (tai_cash_move_find ("steal"));
  g_assert_null (tai_cash_move_find (NULL));
}

/* Each posts what it says, one way and balanced. */
static void
test_postings (void)
{
  static const char *const accounts[][2] = {{"drawer:T2", "safe:H017"},
                                            {"safe:H017", "drawer:T2"},
                                            {"in_transit:B7", "drawer:T2"},
                                            {"bank", "in_transit:B7"}};

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TaiPostingSet) set = tai_cash_move_post (tai_cash_move_find (expected[i].id), "H017", "T2",
                                                        "B7", tai_money (12345, TAI_CNY), &error);
    g_assert_no_error (error);
    g_assert_cmpstr (set->event, ==, expected[i].id);
    g_assert_cmpuint (set->postings->len, ==, 2);
    for (guint k = 0; k < 2; k++) {
      const TaiPosting *posting = &g_array_index (set->postings, TaiPosting, k);
      g_assert_cmpstr (posting->account, ==, accounts[i][k]);
      g_assert_cmpint (posting->amount.minor, ==, k == 0 ? 12345 : -12345);
    }
  }
}

static void
test_amounts (void)
{
  static const gint64 bad[] = {0, -1, G_MININT64, TAI_MONEY_LIMIT_MINOR + 1, G_MAXINT64};

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (tai_cash_move_post (tai_cash_move_find (TAI_CASH_IN), "H017", "T2", NULL,
                                       tai_money (bad[i], TAI_CNY), &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE);
  }
}

static void
test_references (void)
{
  static const char *const good[] = {"1", "B-0007", "abcXYZ019", "01234567890123456789012345678901"};
  static const char *const bad[] = {"",    " ",    "B 7",  "B_7",
                                    "B:7", "封包", "B\n7", "012345678901234567890123456789012"};

  g_assert_false (tai_cash_reference_is_valid (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (tai_cash_reference_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (tai_cash_reference_is_valid (bad[i]));
}

/* Approvals ------------------------------------------------------------------------------------------------------------- */

static void
test_actions (void)
{
  static const struct {
    const char *id;
    TaiRight right;
  } actions[] = {
      {"cash_out", TAI_RIGHT_APPROVE},
      {"cash_cap", TAI_RIGHT_APPROVE},
      {"close_difference", TAI_RIGHT_APPROVE | TAI_RIGHT_CLOSE_OTHERS},
      {"bank_deposit", TAI_RIGHT_APPROVE},
      {"cancel", TAI_RIGHT_APPROVE | TAI_RIGHT_UNDO},
      {"refund", TAI_RIGHT_APPROVE | TAI_RIGHT_REFUND},
      {"payment_paid", TAI_RIGHT_APPROVE},
      {"payment_not_paid", TAI_RIGHT_APPROVE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    g_assert_nonnull (tai_action_find (actions[i].id));
    g_assert_cmpint (tai_action_find (actions[i].id)->right, ==, actions[i].right);
    /* a supervisor can give each of them */
    g_assert_cmpint (tai_role_default_rights (TAI_ROLE_SUPERVISOR) & actions[i].right, ==, actions[i].right);
    g_assert_cmpint (tai_role_default_rights (TAI_ROLE_CLERK) & actions[i].right, !=, actions[i].right);
  }
  g_assert_null (tai_action_find ("anything"));
  g_assert_null (tai_action_find (NULL));
}

static TaiApproval *
ask (const char *action, const char *subject, gint64 minor, const char *by)
{
  TaiUuid id = tai_uuid_v7 (1, (const guint8 *)"0123456789");

  return tai_approval_new (&id, tai_action_find (action), subject, tai_money (minor, TAI_CNY), by, 7);
}

static void
test_is_for (void)
{
  g_autoptr (TaiApproval) asked = ask ("cash_out", "T2", 500, "1042");
  g_autoptr (TaiApproval) granted = tai_approval_copy (asked);
  TaiApproval *others[] = {ask ("cash_cap", "T2", 500, "1042"), ask ("cash_out", "T3", 500, "1042"),
                           ask ("cash_out", "T2", 501, "1042"), ask ("cash_out", "T2", 500, "1043")};

  granted->state = TAI_APPROVAL_GRANTED;
  granted->approver = g_strdup ("2001");
  granted->until_us = 99;
  g_assert_true (tai_approval_is_for (granted, asked)); /* state and times do not matter */
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (tai_approval_is_for (granted, others[i]));
  granted->amount.currency = 840;
  g_assert_false (tai_approval_is_for (granted, asked));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    tai_approval_free (others[i]);
}

static void
test_copy (void)
{
  g_autoptr (TaiApproval) asked = ask ("refund", "an order", 500, "1042");
  g_autoptr (TaiApproval) copy = tai_approval_copy (asked);

  g_assert_cmpstr (copy->id.text, ==, asked->id.text);
  g_assert_true (copy->subject != asked->subject);
  g_assert_cmpstr (copy->subject, ==, "an order");
  g_assert_cmpstr (copy->asked_by, ==, "1042");
  g_assert_null (copy->approver);
  g_assert_cmpint (copy->state, ==, TAI_APPROVAL_ASKED);
  g_assert_cmpint (copy->asked_us, ==, 7);
  tai_approval_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cash-move/table", test_table);
  g_test_add_func ("/cash-move/postings", test_postings);
  g_test_add_func ("/cash-move/amounts", test_amounts);
  g_test_add_func ("/cash-move/references", test_references);
  g_test_add_func ("/approval/actions", test_actions);
  g_test_add_func ("/approval/is-for", test_is_for);
  g_test_add_func ("/approval/copy", test_copy);
  return g_test_run ();
}
