/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of businesses: what docs/tables.md says of each, written out a second time; codes that do not collide.
 */
#include "tai-operation.h"

#include "tai-core-error.h"
#include "tai-posting.h"

/* id, off-line rule, paper (r receipt, f form, s slip), minimum age */
static const struct {
  const char *id, *rule, *paper;
  int minimum_age;
} rows[] = {
    {"top_up", "paid_not_credited", "r", 0},
    {"bill_payment", "paid_not_credited", "r", 0},
    {"new_line", "accepted_not_in_force", "rf", 16},
    {"port_in", "accepted_not_in_force", "rf", 16},
    {"transfer", "accepted_not_in_force", "rf", 16},
    {"sim_replacement", "accepted_not_in_force", "rf", 0},
    {"esim", "accepted_not_in_force", "rf", 16},
    {"plan_change", "accepted_not_in_force", "f", 0},
    {"service_add", "accepted_not_in_force", "f", 0},
    {"service_remove", "accepted_not_in_force", "f", 0},
    {"suspend", "accepted_not_in_force", "f", 0},
    {"resume", "paid_not_credited", "r", 0},
    {"close", "not_offered", "f", 0},
    {"port_out_code", "not_offered", "f", 0},
    {"detail_bill", "not_offered", "s", 0},
    {"change_details", "not_offered", "f", 0},
    {"balance", "not_offered", "", 0},
    {"goods_sale", "completes", "r", 0},
    {"coupon", "completes", "r", 0},
    {"ticket", "completes", "s", 0},
    {"complaint", "completes", "s", 0},
    {"interaction", "completes", "s", 0},
    {"refund", "completes", "s", 0},
    {"undo", "completes", "s", 0},
    {"cancel", "accepted_not_in_force", "s", 0},
    {"correction", "not_offered", "s", 0},
};

static TaiPapers
paper_of (const char *letters)
{
  TaiPapers paper = 0;

  for (; *letters; letters++)
    paper |= *letters == 'r' ? TAI_PAPER_RECEIPT : *letters == 'f' ? TAI_PAPER_FORM : TAI_PAPER_SLIP;
  return paper;
}

static void
test_rows (void)
{
  guint n;
  const TaiOperation *all = tai_operation_get_all (&n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < n; i++) {
    const TaiOperation *operation = tai_operation_find (rows[i].id);

    g_assert_nonnull (operation);
    g_assert_true (operation == &all[i]);
    g_assert_cmpstr (tai_offline_rule_to_text (operation->offline), ==, rows[i].rule);
    g_assert_cmpuint (operation->paper, ==, paper_of (rows[i].paper));
    g_assert_cmpint (operation->minimum_age, ==, rows[i].minimum_age);
  }
}

static void
test_unique (void)
{
  guint n;
  const TaiOperation *all = tai_operation_get_all (&n);

  for (guint i = 0; i < n; i++) {
    g_assert_true (tai_operation_find (all[i].id) == &all[i]);
    g_assert_true (tai_operation_find_by_code (all[i].code) == &all[i]);
    if (all[i].number)
      g_assert_true (tai_operation_find_by_code (all[i].number) == &all[i]);
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (all[i].category, !=, all[j].category);
  }
}

static void
test_form (void)
{
  guint n;
  const TaiOperation *all = tai_operation_get_all (&n);

  for (guint i = 0; i < n; i++) {
    const char *const actions[] = {"add", "modify", "delete", "noChange", NULL};

    g_assert_true (g_strv_contains (actions, all[i].action));
    g_assert_true (g_regex_match_simple ("^[a-z][a-z_]*$", all[i].id, 0, 0));
    g_assert_true (g_regex_match_simple ("^[a-z]+$", all[i].code, 0, 0));
    g_assert_true (g_regex_match_simple ("^[a-z][a-zA-Z]*$", all[i].category, 0, 0));
    /* A form is there to be signed, and what is signed is on paper. */
    g_assert_true (!(all[i].paper & TAI_PAPER_FORM) || (all[i].needs & TAI_NEEDS_SIGNATURE));
    g_assert_true (!(all[i].needs & TAI_NEEDS_SIGNATURE) ||
                   (all[i].paper & (TAI_PAPER_FORM | TAI_PAPER_SLIP)));
    /* An age without a document says nothing. */
    g_assert_true (all[i].minimum_age == 0 || (all[i].needs & TAI_NEEDS_IDENTITY));
    /* What the customer names must be credited somewhere. */
    g_assert_true (!(all[i].needs & TAI_NEEDS_AMOUNT) || all[i].account != NULL);
  }
}

/* The law of real names: none of these is in force, or done at all, before HQ has checked (I7). */
static void
test_real_name (void)
{
  const char *const ids[] = {"new_line", "port_in", "transfer", "sim_replacement", "esim"};

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    const TaiOperation *operation = tai_operation_find (ids[i]);

    g_assert_cmpint (operation->offline, >=, TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE);
    g_assert_true (operation->needs & TAI_NEEDS_IDENTITY);
    g_assert_true (operation->needs & TAI_NEEDS_SIGNATURE);
  }
}

static void
test_two_rows_in_full (void)
{
  const TaiOperation *new_line = tai_operation_find ("new_line");
  const TaiOperation *top_up = tai_operation_find ("top_up");

  g_assert_cmpstr (new_line->category, ==, "newActivation");
  g_assert_cmpstr (new_line->code, ==, "kh");
  g_assert_cmpstr (new_line->number, ==, "1104");
  g_assert_cmpstr (new_line->action, ==, "add");
  g_assert_null (new_line->account);
  g_assert_cmpuint (new_line->needs, ==,
                    TAI_NEEDS_IDENTITY | TAI_NEEDS_NUMBER | TAI_NEEDS_SIM | TAI_NEEDS_PLAN |
                        TAI_NEEDS_SIGNATURE);
  g_assert_cmpstr (top_up->category, ==, "topUp");
  g_assert_cmpuint (top_up->needs, ==, TAI_NEEDS_TARGET | TAI_NEEDS_AMOUNT);
  g_assert_cmpstr (top_up->account, ==, TAI_ACCOUNT_CUSTOMER_DEPOSITS);
  g_assert_cmpstr (tai_operation_find ("bill_payment")->account, ==, TAI_ACCOUNT_RECEIVABLE_SETTLED);
}

/* The schemas' examples name the categories. */
static void
test_categories (void)
{
  g_assert_cmpstr (tai_operation_find ("plan_change")->category, ==, "planChange");
  g_assert_cmpstr (tai_operation_find ("suspend")->category, ==, "suspend");
  g_assert_cmpstr (tai_operation_find ("close")->category, ==, "termination");
}

static void
test_find (void)
{
  g_assert_null (tai_operation_find (NULL));
  g_assert_null (tai_operation_find (""));
  g_assert_null (tai_operation_find ("New_Line"));
  g_assert_null (tai_operation_find ("new_line "));
  g_assert_null (tai_operation_find_by_code (NULL));
  g_assert_null (tai_operation_find_by_code (""));
  g_assert_null (tai_operation_find_by_code ("zzz"));
  g_assert_null (tai_operation_find_by_code ("9999"));
  g_assert_cmpstr (tai_operation_find_by_code ("KH")->id, ==, "new_line");
  g_assert_cmpstr (tai_operation_find_by_code ("1300")->id, ==, "bill_payment");
}

static void
test_rule_texts (void)
{
  const char *const bad[] = {"", "complete", "COMPLETES", "paid-not-credited", NULL};

  for (TaiOfflineRule rule = TAI_OFFLINE_COMPLETES; rule <= TAI_OFFLINE_NOT_OFFERED; rule++) {
    g_autoptr (GError) error = NULL;
    TaiOfflineRule back;

    g_assert_true (tai_offline_rule_from_text (tai_offline_rule_to_text (rule), &back, &error));
    g_assert_no_error (error);
    g_assert_cmpint (back, ==, rule);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    TaiOfflineRule rule = TAI_OFFLINE_NOT_OFFERED;

    g_assert_false (tai_offline_rule_from_text (bad[i], &rule, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
    g_assert_cmpint (rule, ==, TAI_OFFLINE_NOT_OFFERED);
  }
  /* Ordered: HQ may only move it to the right. */
  g_assert_cmpint (TAI_OFFLINE_COMPLETES, <, TAI_OFFLINE_PAID_NOT_CREDITED);
  g_assert_cmpint (TAI_OFFLINE_PAID_NOT_CREDITED, <, TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE);
  g_assert_cmpint (TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE, <, TAI_OFFLINE_NOT_OFFERED);
}

/* What a desk cannot do yet it does not offer; all else it does. */
static void
test_has_steps (void)
{
  static const char *const without[] = {"coupon", "refund", "undo", "cancel", "correction", NULL};
  guint n;
  const TaiOperation *all = tai_operation_get_all (&n);

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (tai_operation_has_steps (&all[i]), ==, !g_strv_contains (without, all[i].id));
}

/* A number that is there already is its owner's to change; only who brings one or takes one over is somebody else. */
static void
test_owner (void)
{
  static const char *const others[] = {"port_in", "transfer", NULL};
  guint n;
  const TaiOperation *all = tai_operation_get_all (&n);

  for (guint i = 0; i < n; i++) {
    gboolean is_about_a_line = (all[i].needs & TAI_NEEDS_IDENTITY) && (all[i].needs & TAI_NEEDS_TARGET);
    g_assert_cmpint ((all[i].needs & TAI_NEEDS_OWNER) != 0, ==,
                     is_about_a_line && !g_strv_contains (others, all[i].id));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/operation/owner", test_owner);
  g_test_add_func ("/core/operation/has-steps", test_has_steps);
  g_test_add_func ("/core/operation/rows", test_rows);
  g_test_add_func ("/core/operation/unique", test_unique);
  g_test_add_func ("/core/operation/form", test_form);
  g_test_add_func ("/core/operation/real-name", test_real_name);
  g_test_add_func ("/core/operation/two-rows-in-full", test_two_rows_in_full);
  g_test_add_func ("/core/operation/categories", test_categories);
  g_test_add_func ("/core/operation/find", test_find);
  g_test_add_func ("/core/operation/rule-texts", test_rule_texts);
  return g_test_run ();
}
