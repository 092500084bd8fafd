/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The records of a sale: their making, freeing and small look-ups, and what an order's money is credited to. Plain data, one
 * thread at a time.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-order.h"

#include "tai-text-private.h"

TaiTerminal *
tai_terminal_new (void)
{
  return g_new0 (TaiTerminal, 1);
}

TaiTerminal *
tai_terminal_copy (const TaiTerminal *self)
{
  TaiTerminal *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->hall = g_strdup (self->hall);
  copy->desk = g_strdup (self->desk);
  copy->outlet = g_strdup (self->outlet);
  copy->region = g_strdup (self->region);
  copy->klass = g_strdup (self->klass);
  copy->hall_name = g_strdup (self->hall_name);
  copy->till = g_strdup (self->till);
  copy->language = g_strdup (self->language);
  copy->hotline = g_strdup (self->hotline);
  return copy;
}

void
tai_terminal_free (TaiTerminal *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->hall);
  g_free (self->desk);
  g_free (self->outlet);
  g_free (self->region);
  g_free (self->klass);
  g_free (self->hall_name);
  g_free (self->till);
  g_free (self->language);
  g_free (self->hotline);
  g_free (self);
}

static void
characteristic_free (gpointer data)
{
  TaiCharacteristic *self = data;

  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static void
item_price_free (gpointer data)
{
  TaiItemPrice *self = data;

  g_free (self->price_id);
  g_free (self->name);
  g_clear_pointer (&self->stretches, g_array_unref);
  g_free (self);
}

void
tai_order_item_free (TaiOrderItem *self)
{
  g_free (self->id);
  g_free (self->action);
  g_free (self->offering_id);
  g_free (self->offering_name);
  g_free (self->offering_name_en);
  g_free (self->relies_on);
  g_free (self->key_terms);
  g_ptr_array_unref (self->characteristics);
  g_ptr_array_unref (self->prices);
  g_free (self);
}

TaiOrder *
tai_order_new (const TaiOperation *operation)
{
  TaiOrder *self;

  g_return_val_if_fail (operation != NULL, NULL);

  self = g_new0 (TaiOrder, 1);
  self->operation = operation;
  self->rule = operation->offline;
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_order_item_free);
  return self;
}

static void
copy_item (TaiOrder *order, const TaiOrderItem *item)
{
  TaiOrderItem *copy = g_memdup2 (item, sizeof *item);

  copy->id = g_strdup (item->id);
  copy->action = g_strdup (item->action);
  copy->offering_id = g_strdup (item->offering_id);
  copy->offering_name = g_strdup (item->offering_name);
  copy->offering_name_en = g_strdup (item->offering_name_en);
  copy->relies_on = g_strdup (item->relies_on);
  copy->key_terms = g_strdup (item->key_terms);
  copy->characteristics = g_ptr_array_new_with_free_func (characteristic_free);
  for (guint i = 0; i < item->characteristics->len; i++) {
    const TaiCharacteristic *value = g_ptr_array_index (item->characteristics, i);
    tai_order_item_set (copy, value->name, value->value);
  }
  copy->prices = g_ptr_array_new_with_free_func (item_price_free);
  for (guint i = 0; i < item->prices->len; i++) {
    const TaiItemPrice *price = g_ptr_array_index (item->prices, i);
    TaiItemPrice *price_copy = g_memdup2 (price, sizeof *price);
    price_copy->price_id = g_strdup (price->price_id);
    price_copy->name = g_strdup (price->name);
    price_copy->stretches = price->stretches ? g_array_copy (price->stretches) : NULL;
    g_ptr_array_add (copy->prices, price_copy);
  }
  g_ptr_array_add (order->items, copy);
}

TaiOrder *
tai_order_copy (const TaiOrder *self)
{
  TaiOrder *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->clerk = g_strdup (self->clerk);
  copy->developer = g_strdup (self->developer);
  copy->desk = g_strdup (self->desk);
  copy->outlet = g_strdup (self->outlet);
  copy->customer_ref = g_strdup (self->customer_ref);
  copy->customer_mask = g_strdup (self->customer_mask);
  copy->document_mask = g_strdup (self->document_mask);
  copy->document_kind = g_strdup (self->document_kind);
  copy->sealed = self->sealed ? g_bytes_ref (self->sealed) : NULL;
  copy->recovery = self->recovery ? g_bytes_ref (self->recovery) : NULL;
  copy->business_day = g_strdup (self->business_day);
  copy->shift_id = g_strdup (self->shift_id);
  copy->receipt_number = g_strdup (self->receipt_number);
  copy->hq_reason = g_strdup (self->hq_reason);
  copy->items = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_order_item_free);
  for (guint i = 0; i < self->items->len; i++)
    copy_item (copy, g_ptr_array_index (self->items, i));
  return copy;
}

void
tai_order_free (TaiOrder *self)
{
  if (!self)
    return;
  g_free (self->clerk);
  g_free (self->developer);
  g_free (self->desk);
  g_free (self->outlet);
  g_free (self->customer_ref);
  g_free (self->customer_mask);
  g_free (self->document_mask);
  g_free (self->document_kind);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_clear_pointer (&self->recovery, g_bytes_unref);
  g_ptr_array_unref (self->items);
  g_free (self->business_day);
  g_free (self->shift_id);
  g_free (self->receipt_number);
  g_free (self->hq_reason);
  g_free (self);
}

/* "10", "20", …: one more than the last, so that an id is not given twice when an item was taken out. */
static char *
next_item_id (const TaiOrder *self)
{
  const TaiOrderItem *last =
      self->items->len > 0 ? g_ptr_array_index (self->items, self->items->len - 1) : NULL;

  return g_strdup_printf ("%" G_GINT64_FORMAT, last ? g_ascii_strtoll (last->id, NULL, 10) + 10 : 10);
}

TaiOrderItem *
tai_order_add_item (TaiOrder *self, const char *action, const char *offering_id)
{
  TaiOrderItem *item;

  g_return_val_if_fail (self != NULL && action != NULL, NULL);

  item = g_new0 (TaiOrderItem, 1);
  item->id = next_item_id (self);
  item->action = g_strdup (action);
  item->offering_id = g_strdup (offering_id);
  item->quantity = 1;
  item->characteristics = g_ptr_array_new_with_free_func (characteristic_free);
  item->prices = g_ptr_array_new_with_free_func (item_price_free);
  g_ptr_array_add (self->items, item);
  return item;
}

TaiOrderItem *
tai_order_find_item (const TaiOrder *self, TaiOfferingKind kind)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (self->items, i);

    if (item->offering_id != NULL && item->kind == kind)
      return item;
  }
  return NULL;
}

static TaiCharacteristic *
find_characteristic (const TaiOrderItem *self, const char *name)
{
  for (guint i = 0; i < self->characteristics->len; i++) {
    TaiCharacteristic *characteristic = g_ptr_array_index (self->characteristics, i);

    if (g_str_equal (characteristic->name, name))
      return characteristic;
  }
  return NULL;
}

void
tai_order_item_set (TaiOrderItem *self, const char *name, const char *value)
{
  TaiCharacteristic *characteristic;
  char *old;

  g_return_if_fail (self != NULL && name != NULL);

  characteristic = find_characteristic (self, name);
  if (!value) {
    if (characteristic)
      g_ptr_array_remove (self->characteristics, characteristic);
    return;
  }
  if (!characteristic) {
    characteristic = g_new0 (TaiCharacteristic, 1);
    characteristic->name = g_strdup (name);
    g_ptr_array_add (self->characteristics, characteristic);
  }
  /* @value may be the very one that is replaced. */
  old = characteristic->value;
  characteristic->value = g_strdup (value);
  g_free (old);
}

const char *
tai_order_item_get (const TaiOrderItem *self, const char *name)
{
  const TaiCharacteristic *characteristic;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  characteristic = find_characteristic (self, name);
  return characteristic ? characteristic->value : NULL;
}

const char *
tai_order_get (const TaiOrder *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++) {
    const char *value = tai_order_item_get (g_ptr_array_index (self->items, i), name);

    if (value)
      return value;
  }
  return NULL;
}

TaiItemPrice *
tai_order_item_add_price (TaiOrderItem *self, const char *price_id, const char *name, TaiPriceType type)
{
  TaiItemPrice *price;

  g_return_val_if_fail (self != NULL, NULL);

  price = g_new0 (TaiItemPrice, 1);
  price->price_id = g_strdup (price_id);
  price->name = g_strdup (name);
  price->type = type;
  g_ptr_array_add (self->prices, price);
  return price;
}

TaiItemPrice *
tai_order_item_take_line (TaiOrderItem *self, const TaiBillLine *line)
{
  TaiItemPrice *price;

  g_return_val_if_fail (self != NULL && line != NULL, NULL);

  price = tai_order_item_add_price (self, line->price->id, line->price->name, line->price->type);
  price->list = line->price->is_open ? self->open_amount : line->price->amount;
  price->today = line->today;
  price->first = line->first;
  price->normal = line->normal;
  price->reason = line->reason;
  price->stretches = line->stretches ? g_array_copy (line->stretches) : NULL;
  return price;
}

GArray *
tai_order_get_stretches (const TaiOrder *self, GError **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (self->items, i);

    for (guint j = 0; j < item->prices->len; j++) {
      const TaiItemPrice *price = g_ptr_array_index (item->prices, j);

      if (price->stretches != NULL)
        g_ptr_array_add (lists, price->stretches);
    }
  }
  return tai_stretch_list_add_up ((const GArray *const *)lists->pdata, lists->len, self->today.currency,
                                  error);
}

/* The account of one price: what the customer names goes where the business says, the rest by what is sold. */
static const char *
account_of (const TaiOrder *self, const TaiOrderItem *item, const TaiItemPrice *price)
{
  if (item->open_amount.currency != 0 && self->operation->account)
    return self->operation->account;
  if (price->type == TAI_PRICE_DEPOSIT || item->kind == TAI_OFFERING_TOP_UP)
    return TAI_ACCOUNT_CUSTOMER_DEPOSITS;
  if (item->kind == TAI_OFFERING_SIM || item->kind == TAI_OFFERING_GOODS)
    return TAI_ACCOUNT_SIM_AND_GOODS;
  return TAI_ACCOUNT_SALES;
}

static void
add_credit (GArray *credits, const char *kind, const char *detail, TaiMoney amount)
{
  TaiCredit credit = {kind, detail, amount};

  for (guint i = 0; i < credits->len; i++) {
    TaiCredit *known = &g_array_index (credits, TaiCredit, i);

    /* Both are constants of the tables: equal kinds have equal details. An order holds at most 64 lines of at most
     * 10^13 minor units each: no overflow. */
    if (g_str_equal (known->kind, kind) && known->amount.currency == amount.currency) {
      known->amount.minor += amount.minor;
      return;
    }
  }
  g_array_append_val (credits, credit);
}

GArray *
tai_order_get_credits (const TaiOrder *self)
{
  GArray *credits;

  g_return_val_if_fail (self != NULL, NULL);

  credits = g_array_new (FALSE, FALSE, sizeof (TaiCredit));
  for (guint i = 0; i < self->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (self->items, i);

    for (guint j = 0; j < item->prices->len; j++) {
      const TaiItemPrice *price = g_ptr_array_index (item->prices, j);
      const char *kind = account_of (self, item, price);

      if (price->today.minor != 0)
        add_credit (credits, kind, g_str_equal (kind, TAI_ACCOUNT_SALES) ? self->operation->id : NULL,
                    price->today);
    }
  }
  return credits;
}

static const char *const tender_text[] = {
    [TAI_TENDER_CASH] = "cash",     [TAI_TENDER_CARD] = "card",   [TAI_TENDER_QR] = "qr",
    [TAI_TENDER_COUPON] = "coupon", [TAI_TENDER_OTHER] = "other",
};

const char *
tai_tender_to_text (TaiTender tender)
{
  g_return_val_if_fail (tender < G_N_ELEMENTS (tender_text), NULL);

  return tender_text[tender];
}

gboolean
tai_tender_from_text (const char *text, TaiTender *tender, GError **error)
{
  guint value;

  g_return_val_if_fail (tender != NULL, FALSE);

  if (!tai_text_find ("tender", tender_text, G_N_ELEMENTS (tender_text), text, &value, error))
    return FALSE;
  *tender = value;
  return TRUE;
}

TaiPayment *
tai_payment_new (TaiTender tender, TaiMoney amount)
{
  TaiPayment *self = g_new0 (TaiPayment, 1);

  self->tender = tender;
  self->amount = amount;
  self->allocations = g_array_new (FALSE, TRUE, sizeof (TaiAllocation));
  return self;
}

gboolean
tai_payment_is_refund (const TaiPayment *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->original_id.text[0] != '\0';
}

gboolean
tai_payment_is_gone_twice (const TaiPayment *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return tai_payment_is_refund (self) && self->released && self->state == TAI_PAYMENT_UNKNOWN &&
         self->detail != NULL && g_str_has_prefix (self->detail, TAI_PAYMENT_GONE_TWICE);
}

TaiPayment *
tai_payment_copy (const TaiPayment *self)
{
  TaiPayment *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->provider = g_strdup (self->provider);
  copy->number = g_strdup (self->number);
  copy->detail = g_strdup (self->detail);
  copy->qr_text = g_strdup (self->qr_text);
  copy->clerk = g_strdup (self->clerk);
  copy->business_day = g_strdup (self->business_day);
  copy->shift_id = g_strdup (self->shift_id);
  copy->allocations = g_array_copy (self->allocations);
  return copy;
}

void
tai_payment_free (TaiPayment *self)
{
  if (!self)
    return;
  g_free (self->provider);
  g_free (self->number);
  g_free (self->detail);
  g_free (self->qr_text);
  g_free (self->clerk);
  g_free (self->business_day);
  g_free (self->shift_id);
  g_array_unref (self->allocations);
  g_free (self);
}
