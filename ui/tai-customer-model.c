/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. What is not copied here is not shown. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-customer-model.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-numbers.h"
#include "tai-operation-words.h"
#include "tai-words.h"

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
line_free (gpointer data)
{
  TaiCustomerLine *line = data;

  wipe (line->words);
  g_free (line);
}

static void
add_line (TaiCustomerModel *self, char *words, TaiMoney amount, gboolean is_business)
{
  TaiCustomerLine *line = g_new0 (TaiCustomerLine, 1);

  *line = (TaiCustomerLine){words, amount, is_business};
  g_ptr_array_add (self->lines, line);
}

static void
add_item (TaiCustomerModel *self, const TaiOrderItem *item)
{
  TaiMoney today = {0};

  for (guint i = 0; i < item->prices->len; i++) {
    const TaiItemPrice *price = g_ptr_array_index (item->prices, i);
    if (price->today.currency != 0) /* each was checked against the limit of one amount */
      today = tai_money (today.minor + price->today.minor, price->today.currency);
  }
  add_line (self,
            item->quantity > 1 ? g_strdup_printf ("%s × %d", tai_words_item (item), item->quantity)
                               : g_strdup (tai_words_item (item)),
            today, FALSE);
}

static void
add_order (TaiCustomerModel *self, const TaiOrder *order)
{
  const char *msisdn = tai_order_get (order, "MSISDN");
  g_autofree char *mask = msisdn != NULL ? tai_msisdn_mask (msisdn) : NULL;
  const char *title = tai_operation_words_get_title (order->operation->id);

  add_line (self, mask != NULL ? g_strdup_printf ("%s %s", title, mask) : g_strdup (title), tai_money (0, 0),
            TRUE);
  for (guint i = 0; i < order->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (item->offering_id != NULL)
      add_item (self, item);
  }
}

static const char *
say_payment (const TaiPayment *payment)
{
  switch (payment->state) {
  case TAI_PAYMENT_UNKNOWN:
  case TAI_PAYMENT_REVERSING:
    return _ ("We are asking whether your payment came. Please do not pay again.");
  case TAI_PAYMENT_AWAITING_CUSTOMER:
    return payment->qr_text != NULL             ? _ ("Please scan the code to pay")
           : payment->tender == TAI_TENDER_CARD ? _ ("Please use the card terminal")
                                                : _ ("Please confirm the payment on your phone");
  default:
    return _ ("One moment, please");
  }
}

static void
read_visit (TaiCustomerModel *self, const TaiVisitView *visit)
{
  const TaiPayment *open = tai_visit_view_get_open_payment (visit);

  for (guint i = 0; i < visit->orders->len; i++)
    add_order (self, g_ptr_array_index (visit->orders, i));
  self->total = visit->total;
  self->left = visit->due;
  if (visit->first.minor != 0 || visit->normal.minor != 0) {
    self->first = visit->first;
    self->normal = visit->normal;
  }
  self->received = visit->received;
  self->change = visit->change;
  if (open == NULL)
    return;
  self->said = say_payment (open);
  if (open->state == TAI_PAYMENT_AWAITING_CUSTOMER)
    self->qr_text = g_strdup (open->qr_text);
}

static TaiCustomerState
state_of (const TaiVisitView *visit)
{
  switch (visit->state) {
  case TAI_VISIT_OPEN:
    return visit->orders->len > 0 ? TAI_CUSTOMER_BUYING : TAI_CUSTOMER_IDLE;
  case TAI_VISIT_PLACED:
  case TAI_VISIT_PAID:
    return TAI_CUSTOMER_PAYING;
  case TAI_VISIT_CLOSED:
    return TAI_CUSTOMER_THANKS;
  default:
    return TAI_CUSTOMER_IDLE;
  }
}

TaiCustomerModel *
tai_customer_model_new (const TaiVisitView *visit, const char *hall_name, gboolean is_away)
{
  TaiCustomerModel *self = g_new0 (TaiCustomerModel, 1);

  self->hall_name = g_strdup (hall_name);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  if (visit == NULL || is_away)
    return self;
  self->state = state_of (visit);
  if (self->state != TAI_CUSTOMER_IDLE)
    read_visit (self, visit);
  return self;
}

void
tai_customer_model_free (TaiCustomerModel *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  wipe (self->qr_text);
  g_free (self->hall_name);
  explicit_bzero (self, sizeof *self);
  g_free (self);
}
