/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sales for the papers. What take_bill() of the desk does to an order is done here to one without a desk. */
#include "sales.h"

#include <stdlib.h>
#include <string.h>

#include "tai-rating.h"
#include "tai-receipt-number.h"

static TaiOffering *
offer (GPtrArray *offerings, const char *id, const char *name, const char *name_en, TaiOfferingKind kind,
       TaiPriceType type, gint64 fen)
{
  TaiOffering *offering = tai_offering_new (id, kind);
  TaiPrice *price = tai_offering_add_price (offering, id, type);

  offering->name = g_strdup (name);
  offering->name_en = g_strdup (name_en);
  price->name = g_strdup (name);
  price->amount = tai_money (fen, TAI_CNY);
  if (type == TAI_PRICE_RECURRING)
    price->period_months = 1;
  g_ptr_array_add (offerings, offering);
  return offering;
}

static TaiPrice *
price_of (TaiOffering *offering)
{
  return g_ptr_array_index (offering->prices, 0);
}

static void
add_plans (GPtrArray *offerings)
{
  TaiOffering *plan =
      offer (offerings, "plan59", "畅享59套餐", "Unlimited 59", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 5900);
  TaiOffering *next =
      offer (offerings, "plan99", "畅享99套餐", "Unlimited 99", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 9900);
  TaiOffering *ring = offer (offerings, "ring", "来电显示", "Caller display", TAI_OFFERING_SERVICE,
                             TAI_PRICE_RECURRING, 1000);
  TaiOffering *free_month =
      offer (offerings, "video", "视频会员", "Video", TAI_OFFERING_SERVICE, TAI_PRICE_RECURRING, 1500);

  plan->key_terms = g_strdup (SALE_TERMS_59);
  plan->key_terms_en =
      g_strdup ("Contract of 24 months. Leaving early costs 30 % of the monthly fees that are left.\n"
                "Data beyond the plan: 3.00 yuan a GB, 500.00 a month at most.");
  price_of (plan)->first_period = TAI_FIRST_PERIOD_PRORATA_DAYS;
  next->key_terms = g_strdup ("次月1日起按新套餐收费，当月仍按原套餐。");
  price_of (next)->effect = TAI_EFFECT_NEXT_PERIOD;
  price_of (ring)->first_period = TAI_FIRST_PERIOD_HALF;
  free_month->key_terms = g_strdup ("入网当月免费试用，月末自动停止；另行确认的，次月起每月15元。");
  price_of (free_month)->trial_months = 1;
}

static void
add_rest (GPtrArray *offerings)
{
  TaiOffering *open, *off;

  offer (offerings, "sim", "SIM卡", "SIM card", TAI_OFFERING_SIM, TAI_PRICE_ONE_TIME, 2000);
  offer (offerings, "prepay", "预存话费", "Prepayment", TAI_OFFERING_PREPAYMENT, TAI_PRICE_DEPOSIT, 10000);
  offer (offerings, "case", "手机保护壳", "Phone case", TAI_OFFERING_GOODS, TAI_PRICE_ONE_TIME, 2990);
  open = offer (offerings, "topup", "话费充值", "Top-up", TAI_OFFERING_TOP_UP, TAI_PRICE_DEPOSIT, 0);
  price_of (open)->is_open = TRUE;
  off = offer (offerings, "off30", "老客户七折", "30 % off", TAI_OFFERING_DISCOUNT, TAI_PRICE_RECURRING, 0);
  g_strfreev (off->applies_to);
  off->applies_to = g_strsplit ("plan59", ",", -1);
  price_of (off)->discount = (TaiDiscount){.kind = TAI_DISCOUNT_PERCENT,
                                           .percent_x100 = 3000,
                                           .base = TAI_DISCOUNT_BASE_LIST,
                                           .months = 6,
                                           .stack_order = 1};
}

static TaiCatalogue *
build (GPtrArray *offerings)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  TaiCatalogue *catalogue = tai_catalogue_build (offerings, NULL, &problems, &error);

  g_assert_no_error (error);
  return catalogue;
}

static TaiTerminal *
terminal (const char *language)
{
  TaiTerminal *self = tai_terminal_new ();
  gboolean chinese = g_str_has_prefix (language, "zh");

  self->id = g_strdup ("H017T2");
  self->hall = g_strdup ("H017");
  self->till = g_strdup ("T2");
  self->desk = g_strdup ("3");
  self->klass = g_strdup ("production");
  self->hall_name = g_strdup (chinese ? "中山路营业厅" : "Zhongshan Road Service Hall");
  self->utc_offset_min = 480;
  self->currency = TAI_CNY;
  self->language = g_strdup (language);
  self->hotline = g_strdup ("10099");
  return self;
}

Sale *
sale_new (const char *language, gboolean off_line)
{
  Sale *self = g_new0 (Sale, 1);
  GPtrArray *offerings = g_ptr_array_new ();

  add_plans (offerings);
  add_rest (offerings);
  self->catalogue = build (offerings);
  self->terminal = terminal (language);
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_order_free);
  self->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  self->sale.off_line = off_line;
  return self;
}

void
sale_free (Sale *self)
{
  g_free ((char *)self->sale.receipt_number);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->payments);
  tai_catalogue_unref (self->catalogue);
  tai_terminal_free (self->terminal);
  g_free (self);
}

/* Orders ------------------------------------------------------------------------------------------------------------- */

static void
rate (Sale *self, TaiOrder *order, guint first_item)
{
  TaiRatingContext context = {.day = {2026, 11, 21}, .now_us = SALE_TIME_US, .currency = TAI_CNY};
  TaiBasketLine basket[TAI_BASKET_MAX];
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiBill) bill = NULL;
  guint n = order->items->len - first_item;

  for (guint i = 0; i < n; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, first_item + i);

    basket[i] = (TaiBasketLine){item->offering_id, item->quantity, item->open_amount};
  }
  bill = tai_rate (self->catalogue, basket, n, &context, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < bill->lines->len; i++) {
    const TaiBillLine *line = &g_array_index (bill->lines, TaiBillLine, i);

    tai_order_item_take_line (g_ptr_array_index (order->items, first_item + line->basket_index), line);
  }
  order->today = bill->today;
  order->first = bill->first;
  order->normal = bill->normal;
}

static void
add_item (Sale *self, TaiOrder *order, const char *what)
{
  g_auto (GStrv) amount = g_strsplit (what, "=", 2), times = g_strsplit (amount[0], "*", 2);
  const TaiOffering *offering = tai_catalogue_find (self->catalogue, times[0]);
  const char *terms;
  TaiOrderItem *item;

  g_assert_nonnull (offering);
  terms = tai_offering_get_terms (offering, self->terminal->language);
  item = tai_order_add_item (
      order, order->operation == tai_operation_find ("service_remove") ? "delete" : "add", offering->id);
  item->offering_name = g_strdup (offering->name);
  item->offering_name_en = g_strdup (offering->name_en);
  item->kind = offering->kind;
  if (times[1])
    item->quantity = atoi (times[1]);
  if (amount[1])
    g_assert_true (tai_money_from_text (amount[1], TAI_CNY, &item->open_amount, NULL));
  item->consent_needed = offering->kind == TAI_OFFERING_SERVICE;
  item->consent_given = item->consent_needed;
  item->consent_time_us = SALE_TIME_US - 60 * G_USEC_PER_SEC;
  if (terms) {
    item->key_terms = g_strdup (terms);
    item->terms_hash = tai_digest_bytes (terms, strlen (terms));
  }
}

static void
add_customer (TaiOrder *order)
{
  g_autoptr (TaiIdentity) identity = tai_identity_new (TAI_DOCUMENT_CITIZEN, TAI_IDENTITY_READ);

  identity->name = g_strdup (SALE_NAME);
  identity->number = g_strdup (SALE_ID);
  identity->address = g_strdup (SALE_ADDRESS);
  order->customer_mask = tai_identity_mask_name (identity);
  order->document_mask = tai_identity_mask_number (identity);
  order->document_kind = g_strdup (tai_document_kind_to_text (identity->kind));
  order->customer_ref = g_strdup ("ref-" SALE_ID);
  order->sealed = tai_identity_to_canonical (identity);
  order->recovery = g_bytes_ref (order->sealed);
}

TaiOrder *
sale_add (Sale *self, const char *operation, const char *msisdn, const char *offerings)
{
  TaiOrder *order = tai_order_new (tai_operation_find (operation));
  g_auto (GStrv) names = g_strsplit (offerings ? offerings : "", ",", -1);
  guint first_item;

  order->today = order->first = order->normal = tai_money (0, TAI_CNY);
  if (msisdn)
    tai_order_item_set (tai_order_add_item (order, "add", NULL), "MSISDN", msisdn);
  if (msisdn && order->operation->needs & TAI_NEEDS_SIM)
    tai_order_item_set (g_ptr_array_index (order->items, 0), "ICCID", "89860012345678901234");
  first_item = order->items->len;
  for (guint i = 0; names[i]; i++)
    add_item (self, order, names[i]);
  if (names[0])
    rate (self, order, first_item);
  if (order->operation->needs & TAI_NEEDS_IDENTITY)
    add_customer (order);
  order->signed_ = TRUE;
  g_ptr_array_add (self->orders, order);
  return order;
}

TaiOffering *
sale_offer (Sale *self, const char *id, const char *name, TaiOfferingKind kind, TaiPriceType type, gint64 fen)
{
  GPtrArray *offerings = g_ptr_array_new ();
  TaiOffering *offering;

  add_plans (offerings);
  add_rest (offerings);
  offering = offer (offerings, id, name, NULL, kind, type, fen);
  tai_catalogue_unref (self->catalogue);
  self->catalogue = build (offerings);
  return offering;
}

/* Money and capture -------------------------------------------------------------------------------------------------- */

static TaiMoney
total_of (const Sale *self)
{
  TaiMoney total = tai_money (0, TAI_CNY);

  for (guint i = 0; i < self->orders->len; i++)
    g_assert_true (
        tai_money_add (total, ((TaiOrder *)g_ptr_array_index (self->orders, i))->today, &total, NULL));
  return total;
}

TaiPayment *
sale_pay (Sale *self, TaiTender tender, const char *provider, gint64 fen)
{
  TaiPayment *payment = tai_payment_new (tender, tai_money (fen, TAI_CNY));

  payment->provider = g_strdup (provider);
  payment->state = TAI_PAYMENT_SUCCEEDED;
  g_ptr_array_add (self->payments, payment);
  return payment;
}

void
sale_pay_cash (Sale *self, gint64 received_fen)
{
  gint64 total = total_of (self).minor;
  TaiPayment *payment = sale_pay (self, TAI_TENDER_CASH, NULL, total);

  payment->received = tai_money (received_fen, TAI_CNY);
  payment->change = tai_money (received_fen - total, TAI_CNY);
}

void
sale_capture (Sale *self)
{
  for (guint i = 0; i < self->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (self->orders, i);

    order->terminal_seq = 148 + i;
    order->content_hash = tai_digest_bytes (&i, sizeof i);
    order->state = TAI_ORDER_PLACED;
  }
  self->sale.terminal = self->terminal;
  g_free ((char *)self->sale.receipt_number); /* of an earlier capture */
  self->sale.receipt_number = tai_receipt_number_format ("H017", "T2", 'A', "2026-11-21", 1);
  self->sale.time_us = SALE_TIME_US;
  self->sale.clerk = "1042";
  self->sale.orders = self->orders;
  self->sale.payments = self->payments;
  self->sale.total = total_of (self);
}

Sale *
sale_family (const char *language, gboolean off_line)
{
  Sale *self = sale_new (language, off_line);

  sale_add (self, "new_line", "19400001234", "plan59,off30,ring,sim,prepay");
  sale_add (self, "top_up", "16700005678", "topup=50.00");
  sale_pay_cash (self, 20000);
  sale_capture (self);
  return self;
}

Sale *
sale_top_up (const char *language, gboolean off_line)
{
  Sale *self = sale_new (language, off_line);

  sale_add (self, "top_up", "16700005678", "topup=50.00");
  sale_pay_cash (self, 10000);
  sale_capture (self);
  return self;
}
