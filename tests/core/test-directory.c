/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a looked-up line is made of: its status as text, and what counts as a mask of its owner. */
#include "tai-core-error.h"
#include "tai-directory.h"

static void
test_status (void)
{
  static const char *const texts[] = {"active", "suspended", "closed"};
  static const char *const bad[] = {"", "Active", "unknown", "active ", NULL};
  g_autoptr (GError) error = NULL;
  TaiLineStatus status;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_cmpstr (tai_line_status_to_text (i), ==, texts[i]);
    g_assert_true (tai_line_status_from_text (texts[i], &status, &error));
    g_assert_cmpuint (status, ==, i);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_false (tai_line_status_from_text (bad[i], &status, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
    g_clear_error (&error);
  }
}

/* The words of the standard, there and back; any other is corruption. */
static void
test_words (void)
{
  static const char *const bad[] = {"", "Sent", "paid", "aborted ", NULL};
  g_autoptr (GError) error = NULL;
  TaiLineBillState bill;
  TaiLineProductState product;

  for (TaiLineBillState i = TAI_LINE_BILL_NEW; i <= TAI_LINE_BILL_SETTLED; i++) {
    g_assert_true (tai_line_bill_state_from_text (tai_line_bill_state_to_text (i), &bill, &error));
    g_assert_cmpint (bill, ==, i);
  }
  for (TaiLineProductState i = TAI_LINE_PRODUCT_CREATED; i <= TAI_LINE_PRODUCT_ABORTED; i++) {
    g_assert_true (tai_line_product_state_from_text (tai_line_product_state_to_text (i), &product, &error));
    g_assert_cmpint (product, ==, i);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_false (tai_line_bill_state_from_text (bad[i], &bill, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
    g_clear_error (&error);
    g_assert_false (tai_line_product_state_from_text (bad[i], &product, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
    g_clear_error (&error);
  }
}

/* A whole name must not pass for one. */
static void
test_mask (void)
{
  static const char *const masks[] = {"张*", "**明", "*", "欧阳*", "Z*", "张**丰"};
  static const char *const names[] = {"", "张", "张三", "张三丰", "张三丰*", "Smith", "Smith*", "*********"};

  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    g_assert_true (tai_line_is_mask (masks[i]));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_false (tai_line_is_mask (names[i]));
}

static void
test_view (void)
{
  g_autoptr (TaiLineView) view = tai_line_view_new ("13800000001");
  TaiLinePayment *payment = g_new0 (TaiLinePayment, 1);

  payment->clerk = g_strdup ("1042");
  payment->amount = tai_money (5000, TAI_CNY);
  g_ptr_array_add (view->payments, payment);
  g_assert_cmpint (view->status, ==, TAI_LINE_STATUS_ACTIVE);
  g_assert_cmpuint (view->payments->len, ==, 1);
}

static void
test_may_be_of (void)
{
  g_autoptr (TaiLineView) view = tai_line_view_new ("15400000099");

  g_assert_true (tai_line_view_may_be_of (view, "测*")); /* nobody knows whose it is */
  view->owner_mask = g_strdup ("王*");
  g_assert_true (tai_line_view_may_be_of (view, NULL));
  g_assert_true (tai_line_view_may_be_of (view, "王*"));
  g_assert_false (tai_line_view_may_be_of (view, "测*"));
  g_free (view->owner_mask);
  view->owner_mask = g_strdup ("**明");
  g_assert_true (tai_line_view_may_be_of (view, "测*"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/status", test_status);
  g_test_add_func ("/directory/words", test_words);
  g_test_add_func ("/directory/mask", test_mask);
  g_test_add_func ("/directory/view", test_view);
  g_test_add_func ("/directory/may-be-of", test_may_be_of);
  return g_test_run ();
}
