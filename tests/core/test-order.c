/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The records of a sale: items and their ids, characteristics, what the money is credited to, copies and frees.
 */
#include "tai-order.h"

#include "tai-core-error.h"

#define CNY(fen) tai_money (fen, TAI_CNY)

static TaiOrder *
order_of (const char *operation)
{
  return tai_order_new (tai_operation_find (operation));
}

/* An item with one price; @open: the customer named the amount. */
static TaiOrderItem *
add_sold (TaiOrder *order, TaiOfferingKind kind, TaiPriceType type, gint64 today, gboolean open)
{
  TaiOrderItem *item = tai_order_add_item (order, "add", "x");

  item->kind = kind;
  if (open)
    item->open_amount = CNY (today);
  tai_order_item_add_price (item, "p", "x", type)->today = CNY (today);
  return item;
}

static void
assert_credits (const TaiOrder *order, const char *expected)
{
  g_autoptr (GArray) credits = tai_order_get_credits (order);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < credits->len; i++) {
    const TaiCredit *credit = &g_array_index (credits, TaiCredit, i);

    g_string_append_printf (text, "%s%s%s%s %" G_GINT64_FORMAT, i ? ", " : "", credit->kind,
                            credit->detail ? ":" : "", credit->detail ? credit->detail : "",
                            credit->amount.minor);
  }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_copy (void)
{
  TaiOrder *order = order_of ("new_line");
  TaiOrderItem *item = add_sold (order, TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 1967, FALSE);
  g_autoptr (TaiOrder) copy = NULL;
  const TaiOrderItem *of_copy;

  tai_order_item_set (item, "MSISDN", "13800138000");
  item->offering_name = g_strdup ("畅享59");
  item->key_terms = g_strdup ("terms");
  order->clerk = g_strdup ("1042");
  order->customer_mask = g_strdup ("张*");
  order->sealed = g_bytes_new ("box", 3);
  order->today = CNY (1967);
  copy = tai_order_copy (order);
  tai_order_item_set (item, "MSISDN", "13900139000");
  tai_order_free (order); /* the copy shares nothing that goes with it */

  g_assert_cmpstr (copy->clerk, ==, "1042");
  g_assert_cmpstr (copy->customer_mask, ==, "张*");
  g_assert_cmpuint (g_bytes_get_size (copy->sealed), ==, 3);
  g_assert_cmpint (copy->today.minor, ==, 1967);
  g_assert_cmpuint (copy->items->len, ==, 1);
  of_copy = g_ptr_array_index (copy->items, 0);
  g_assert_cmpstr (of_copy->offering_name, ==, "畅享59");
  g_assert_cmpstr (of_copy->key_terms, ==, "terms");
  g_assert_cmpstr (tai_order_get (copy, "MSISDN"), ==, "13800138000");
  g_assert_cmpint (((TaiItemPrice *)g_ptr_array_index (of_copy->prices, 0))->today.minor, ==, 1967);
}

static void
test_new (void)
{
  g_autoptr (TaiOrder) order = order_of ("new_line");

  g_assert_cmpstr (order->operation->id, ==, "new_line");
  g_assert_cmpint (order->state, ==, TAI_ORDER_DRAFT);
  g_assert_cmpint (order->rule, ==, TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE);
  g_assert_cmpuint (order->items->len, ==, 0);
  g_assert_cmpint (order->terminal_seq, ==, 0);
  assert_credits (order, "");
}

static void
test_items (void)
{
  g_autoptr (TaiOrder) order = order_of ("new_line");
  TaiOrderItem *plan = tai_order_add_item (order, "add", "plan59");
  TaiOrderItem *line = tai_order_add_item (order, "noChange", NULL);

  plan->kind = TAI_OFFERING_SIM;
  g_assert_cmpstr (plan->id, ==, "10");
  g_assert_cmpstr (line->id, ==, "20");
  g_assert_cmpstr (line->action, ==, "noChange");
  g_assert_null (line->offering_id);
  g_assert_cmpint (plan->quantity, ==, 1);
  g_assert_cmpuint (plan->open_amount.currency, ==, 0);
  g_assert_true (tai_order_find_item (order, TAI_OFFERING_SIM) == plan);
  /* An item without an offering is of no kind, whatever its field says. */
  g_assert_cmpint (line->kind, ==, TAI_OFFERING_PLAN);
  g_assert_null (tai_order_find_item (order, TAI_OFFERING_PLAN));
}

/* Ids stay unique when an item in the middle goes. */
static void
test_item_ids (void)
{
  g_autoptr (TaiOrder) order = order_of ("goods_sale");

  for (guint i = 0; i < 3; i++)
    tai_order_add_item (order, "add", "x");
  g_ptr_array_remove_index (order->items, 0);
  g_assert_cmpstr (tai_order_add_item (order, "add", "x")->id, ==, "40");
}

static void
test_find_first (void)
{
  g_autoptr (TaiOrder) order = order_of ("goods_sale");
  TaiOrderItem *first = add_sold (order, TAI_OFFERING_GOODS, TAI_PRICE_ONE_TIME, 1, FALSE);

  add_sold (order, TAI_OFFERING_GOODS, TAI_PRICE_ONE_TIME, 2, FALSE);
  g_assert_true (tai_order_find_item (order, TAI_OFFERING_GOODS) == first);
}

static void
test_characteristics (void)
{
  g_autoptr (TaiOrder) order = order_of ("new_line");
  TaiOrderItem *plan = tai_order_add_item (order, "add", "plan59");
  TaiOrderItem *sim = tai_order_add_item (order, "add", "sim");

  g_assert_null (tai_order_get (order, "MSISDN"));
  tai_order_item_set (sim, "ICCID", "89860");
  tai_order_item_set (plan, "MSISDN", "13800138000");
  tai_order_item_set (sim, "MSISDN", "second");
  g_assert_cmpstr (tai_order_get (order, "MSISDN"), ==, "13800138000");
  g_assert_cmpstr (tai_order_get (order, "ICCID"), ==, "89860");
  g_assert_cmpstr (tai_order_item_get (sim, "MSISDN"), ==, "second");
  g_assert_null (tai_order_item_get (plan, "ICCID"));
  g_assert_null (tai_order_item_get (plan, "msisdn"));
  tai_order_item_set (plan, "MSISDN", "13900139000");
  g_assert_cmpuint (plan->characteristics->len, ==, 1);
  g_assert_cmpstr (tai_order_get (order, "MSISDN"), ==, "13900139000");
  tai_order_item_set (plan, "MSISDN", NULL);
  tai_order_item_set (plan, "nothing", NULL);
  g_assert_cmpuint (plan->characteristics->len, ==, 0);
  g_assert_cmpstr (tai_order_get (order, "MSISDN"), ==, "second");
  /* A value set to itself, as a screen does that saves a field unchanged. */
  tai_order_item_set (sim, "MSISDN", tai_order_item_get (sim, "MSISDN"));
  g_assert_cmpstr (tai_order_item_get (sim, "MSISDN"), ==, "second");
}

static void
test_credits_of_each_kind (void)
{
  const struct {
    const char *operation;
    TaiOfferingKind kind;
    TaiPriceType type;
    gboolean open;
    const char *credits;
  } rows[] = {
      {"top_up", TAI_OFFERING_TOP_UP, TAI_PRICE_DEPOSIT, TRUE, "customer_deposits 700"},
      {"top_up", TAI_OFFERING_TOP_UP, TAI_PRICE_ONE_TIME, TRUE, "customer_deposits 700"},
      {"top_up", TAI_OFFERING_TOP_UP, TAI_PRICE_ONE_TIME, FALSE, "customer_deposits 700"},
      {"bill_payment", TAI_OFFERING_TOP_UP, TAI_PRICE_DEPOSIT, TRUE, "receivable_settled 700"},
      {"bill_payment", TAI_OFFERING_TOP_UP, TAI_PRICE_ONE_TIME, TRUE, "receivable_settled 700"},
      {"resume", TAI_OFFERING_TOP_UP, TAI_PRICE_DEPOSIT, TRUE, "receivable_settled 700"},
      {"resume", TAI_OFFERING_SERVICE, TAI_PRICE_ONE_TIME, FALSE, "sales:resume 700"},
      {"new_line", TAI_OFFERING_PREPAYMENT, TAI_PRICE_DEPOSIT, FALSE, "customer_deposits 700"},
      {"new_line", TAI_OFFERING_PREPAYMENT, TAI_PRICE_DEPOSIT, TRUE, "customer_deposits 700"},
      {"new_line", TAI_OFFERING_SIM, TAI_PRICE_ONE_TIME, FALSE, "sim_and_goods 700"},
      {"goods_sale", TAI_OFFERING_GOODS, TAI_PRICE_ONE_TIME, FALSE, "sim_and_goods 700"},
      {"goods_sale", TAI_OFFERING_GOODS, TAI_PRICE_DEPOSIT, FALSE, "customer_deposits 700"},
      {"new_line", TAI_OFFERING_PLAN, TAI_PRICE_ONE_TIME, FALSE, "sales:new_line 700"},
      {"service_add", TAI_OFFERING_SERVICE, TAI_PRICE_ONE_TIME, FALSE, "sales:service_add 700"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TaiOrder) order = order_of (rows[i].operation);

    add_sold (order, rows[i].kind, rows[i].type, 700, rows[i].open);
    assert_credits (order, rows[i].credits);
  }
}

/* The new line of the worked figures, with a one-time fee: what costs nothing today is left out, equal accounts are one. */
static void
test_credits_of_a_sale (void)
{
  g_autoptr (TaiOrder) order = order_of ("new_line");
  TaiOrderItem *plan = add_sold (order, TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 0, FALSE);

  tai_order_item_add_price (plan, "fee", "fee", TAI_PRICE_ONE_TIME)->today = CNY (500);
  add_sold (order, TAI_OFFERING_SIM, TAI_PRICE_ONE_TIME, 2000, FALSE);
  add_sold (order, TAI_OFFERING_PREPAYMENT, TAI_PRICE_DEPOSIT, 10000, FALSE);
  add_sold (order, TAI_OFFERING_SERVICE, TAI_PRICE_ONE_TIME, 300, FALSE);
  add_sold (order, TAI_OFFERING_GOODS, TAI_PRICE_ONE_TIME, 9900, FALSE);
  assert_credits (order, "sales:new_line 800, sim_and_goods 11900, customer_deposits 10000");
}

/* What an order is credited to is what its capture and HQ's refusal post. */
static void
test_credits_balance (void)
{
  g_autoptr (TaiOrder) order = order_of ("new_line");
  g_autoptr (GArray) credits = NULL;
  g_autoptr (TaiPostingSet) sale = NULL, refused = NULL;
  g_autoptr (GError) error = NULL;

  add_sold (order, TAI_OFFERING_SIM, TAI_PRICE_ONE_TIME, 2000, FALSE);
  add_sold (order, TAI_OFFERING_PREPAYMENT, TAI_PRICE_DEPOSIT, 10000, FALSE);
  credits = tai_order_get_credits (order);
  sale = tai_posting_cash_sale ("T2", CNY (20000), CNY (8000), (const TaiCredit *)(gpointer)credits->data,
                                credits->len, &error);
  g_assert_no_error (error);
  refused = tai_posting_owe ("hq_refused", (const TaiCredit *)(gpointer)credits->data, credits->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sale->postings->len, ==, 4);
  g_assert_cmpuint (refused->postings->len, ==, 4);
}

/* Everything filled in, so that the sanitizers see what is not freed. */
static void
test_free_full (void)
{
  TaiOrder *order = order_of ("new_line");
  TaiOrderItem *item = tai_order_add_item (order, "add", "plan59");

  order->clerk = g_strdup ("1042");
  order->developer = g_strdup ("1043");
  order->desk = g_strdup ("3");
  order->outlet = g_strdup ("H017");
  order->customer_ref = g_strdup ("ab12");
  order->customer_mask = g_strdup ("张*");
  order->document_mask = g_strdup ("…34");
  order->sealed = g_bytes_new ("box", 3);
  order->recovery = g_bytes_new ("box", 3);
  order->business_day = g_strdup ("2026-11-22");
  order->shift_id = g_strdup ("s");
  order->receipt_number = g_strdup ("r");
  order->hq_reason = g_strdup ("idLimit");
  item->offering_name = g_strdup ("畅享59");
  item->relies_on = g_strdup ("20");
  tai_order_item_set (item, "MSISDN", "13800138000");
  tai_order_item_add_price (item, "p", "月费", TAI_PRICE_RECURRING);
  tai_order_free (order);
  tai_order_free (NULL);
  tai_payment_free (NULL);
  tai_terminal_free (NULL);
}

static void
test_payment (void)
{
  g_autoptr (TaiPayment) payment = tai_payment_new (TAI_TENDER_CASH, CNY (12800));
  const TaiAllocation allocation = {{"p"}, {"o"}, CNY (12800)};

  g_assert_cmpint (payment->tender, ==, TAI_TENDER_CASH);
  g_assert_cmpint (payment->amount.minor, ==, 12800);
  g_assert_cmpint (payment->state, ==, TAI_PAYMENT_CREATED);
  g_assert_cmpstr (payment->original_id.text, ==, "");
  g_array_append_val (payment->allocations, allocation);
  payment->provider = g_strdup ("wechat");
  payment->clerk = g_strdup ("1042");
  payment->business_day = g_strdup ("2026-11-22");
  payment->shift_id = g_strdup ("s");
}

static void
test_tender_texts (void)
{
  const char *const texts[] = {"cash", "card", "qr", "coupon", "other"};
  const char *const bad[] = {"", "Cash", "cheque", NULL};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    TaiTender tender;

    g_assert_cmpstr (tai_tender_to_text ((TaiTender)i), ==, texts[i]);
    g_assert_true (tai_tender_from_text (texts[i], &tender, NULL));
    g_assert_cmpuint (tender, ==, i);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    TaiTender tender = TAI_TENDER_QR;

    g_assert_false (tai_tender_from_text (bad[i], &tender, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
    g_assert_cmpuint (tender, ==, TAI_TENDER_QR);
  }
}

/* A copy shares nothing with the original. */
static void
test_terminal_copy (void)
{
  TaiTerminal *terminal = tai_terminal_new ();
  g_autoptr (TaiTerminal) copy = NULL;
  char **const fields[] = {&terminal->id,        &terminal->hall,   &terminal->desk,
                           &terminal->outlet,    &terminal->region, &terminal->klass,
                           &terminal->hall_name, &terminal->till,   &terminal->language};

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *fields[i] = g_strdup_printf ("field %u", i);
  terminal->utc_offset_min = 480;
  terminal->currency = TAI_CNY;
  copy = tai_terminal_copy (terminal);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    (*fields[i])[0] = 'X';
  tai_terminal_free (terminal);
  g_assert_cmpstr (copy->id, ==, "field 0");
  g_assert_cmpstr (copy->hall, ==, "field 1");
  g_assert_cmpstr (copy->desk, ==, "field 2");
  g_assert_cmpstr (copy->outlet, ==, "field 3");
  g_assert_cmpstr (copy->region, ==, "field 4");
  g_assert_cmpstr (copy->klass, ==, "field 5");
  g_assert_cmpstr (copy->hall_name, ==, "field 6");
  g_assert_cmpstr (copy->till, ==, "field 7");
  g_assert_cmpstr (copy->language, ==, "field 8");
  g_assert_null (copy->hotline);
  g_assert_cmpint (copy->utc_offset_min, ==, 480);
  g_assert_cmpuint (copy->currency, ==, TAI_CNY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/order/new", test_new);
  g_test_add_func ("/core/order/copy", test_copy);
  g_test_add_func ("/core/order/items", test_items);
  g_test_add_func ("/core/order/item-ids", test_item_ids);
  g_test_add_func ("/core/order/find-first", test_find_first);
  g_test_add_func ("/core/order/characteristics", test_characteristics);
  g_test_add_func ("/core/order/credits/each-kind", test_credits_of_each_kind);
  g_test_add_func ("/core/order/credits/sale", test_credits_of_a_sale);
  g_test_add_func ("/core/order/credits/balance", test_credits_balance);
  g_test_add_func ("/core/order/free-full", test_free_full);
  g_test_add_func ("/core/order/payment", test_payment);
  g_test_add_func ("/core/order/tender-texts", test_tender_texts);
  g_test_add_func ("/core/order/terminal-copy", test_terminal_copy);
  return g_test_run ();
}
