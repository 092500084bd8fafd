/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bill as a value: what goes in comes out in its order, and belongs to the bill. */
#include <glib.h>
#include <string.h>

#include "tai-bill-paper.h"

#define CNY(fen) tai_money (fen, TAI_CNY)

/* Texts are the bill's own: what the caller does with his afterwards does not matter. */
static void
test_copies (void)
{
  char text[] = "13800138000", name[] = "Calls", party[] = "139****1234";
  g_autoptr (TaiBillPaper) bill = tai_bill_paper_new (text, "2026-10");
  TaiBillPaperGroup *group = tai_bill_paper_add_group (bill, name);

  tai_bill_paper_add_item (group, name, NULL, CNY (100));
  tai_bill_paper_add_record (bill, 7, name, party, NULL, CNY (60));
  memset (text, 'x', sizeof text - 1);
  memset (name, 'x', sizeof name - 1);
  memset (party, 'x', sizeof party - 1);
  g_assert_cmpstr (bill->msisdn, ==, "13800138000");
  g_assert_cmpstr (bill->month, ==, "2026-10");
  g_assert_cmpstr (group->name, ==, "Calls");
  g_assert_cmpstr (((TaiBillPaperItem *)g_ptr_array_index (group->items, 0))->name, ==, "Calls");
  g_assert_cmpstr (((TaiBillPaperRecord *)g_ptr_array_index (bill->records, 0))->party, ==, "139****1234");
}

static void
test_order (void)
{
  g_autoptr (TaiBillPaper) bill = tai_bill_paper_new ("13800138000", "2026-10");
  TaiBillPaperGroup *first = tai_bill_paper_add_group (bill, "a"),
                    *second = tai_bill_paper_add_group (bill, "b");

  tai_bill_paper_add_item (second, "b1", "3 GB", CNY (1));
  tai_bill_paper_add_item (first, "a1", NULL, CNY (-2));
  tai_bill_paper_add_item (second, "b2", NULL, CNY (3));
  g_assert_cmpuint (bill->groups->len, ==, 2);
  g_assert_true (g_ptr_array_index (bill->groups, 0) == first);
  g_assert_cmpuint (first->items->len, ==, 1);
  g_assert_cmpuint (second->items->len, ==, 2);
  g_assert_cmpstr (((TaiBillPaperItem *)g_ptr_array_index (second->items, 0))->quantity, ==, "3 GB");
  g_assert_cmpint (((TaiBillPaperItem *)g_ptr_array_index (first->items, 0))->amount.minor, ==, -2);
  g_assert_cmpstr (((TaiBillPaperItem *)g_ptr_array_index (second->items, 1))->name, ==, "b2");
}

/* A new one owes nothing and knows nothing. */
static void
test_empty (void)
{
  g_autoptr (TaiBillPaper) bill = tai_bill_paper_new ("13800138000", "2026-10");

  g_assert_cmpuint (bill->groups->len + bill->records->len, ==, 0);
  g_assert_cmpuint (bill->total.currency, ==, 0);
  g_assert_cmpuint (bill->arrears.currency, ==, 0);
  g_assert_null (bill->due);
  tai_bill_paper_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bill-paper/copies", test_copies);
  g_test_add_func ("/bill-paper/order", test_order);
  g_test_add_func ("/bill-paper/empty", test_empty);
  return g_test_run ();
}
