/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An order and a payment as TM Forum's v4 bodies, rendered once, inside the capture's transaction, and kept as bytes: what is
 * sent a week later is what was decided at the counter. Figures are the order's own; HQ may refuse, never recompute.
 */
#include "tai-tmf-renderer.h"

#include "tai-json-money.h"
#include "tai-seal.h"
#include "tai-till-news-json.h"

#include <string.h>

struct _TaiTmfRenderer {
  GObject parent;
};

static void renderer_iface_init (TaiRendererInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiTmfRenderer, tai_tmf_renderer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_RENDERER, renderer_iface_init))

static void
add_party (TaiJsonWriter *w, const char *role, const char *id, const char *name, const char *type)
{
  if (id == NULL)
    return;
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "id", id);
  tai_json_writer_add_string (w, "name", name);
  tai_json_writer_add_string (w, "role", role);
  tai_json_writer_add_string (w, "@referredType", type);
  tai_json_writer_end_object (w);
}

static void
begin_price (TaiJsonWriter *w, const char *name, const char *type, TaiMoney amount)
{
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "name", name);
  tai_json_writer_add_string (w, "priceType", type);
  tai_json_writer_add_object (w, "price");
  tai_json_writer_add_money (w, "taxIncludedAmount", amount);
  tai_json_writer_end_object (w);
}

/* The three figures, under the names that the customer saw. */
static void
add_figures (TaiJsonWriter *w, TaiMoney today, TaiMoney first, TaiMoney normal)
{
  tai_json_writer_add_object (w, "x-guitai");
  tai_json_writer_add_money (w, "today", today);
  tai_json_writer_add_money (w, "first", first);
  tai_json_writer_add_money (w, "normal", normal);
  tai_json_writer_end_object (w);
}

static void
add_item_prices (TaiJsonWriter *w, const TaiOrderItem *item)
{
  if (item->prices->len == 0)
    return;
  tai_json_writer_add_array (w, "itemPrice");
  for (guint i = 0; i < item->prices->len; i++) {
    const TaiItemPrice *price = g_ptr_array_index (item->prices, i);
    gboolean recurring = price->type == TAI_PRICE_RECURRING;

    begin_price (w, price->name, recurring ? "recurring" : "nonRecurring", price->list);
    if (recurring)
      tai_json_writer_add_string (w, "recurringChargePeriod", "month");
    tai_json_writer_add_object (w, "productOfferingPrice");
    tai_json_writer_add_string (w, "id", price->price_id);
    tai_json_writer_end_object (w);
    add_figures (w, price->today, price->first, price->normal);
    tai_json_writer_end_object (w);
  }
  tai_json_writer_end_array (w);
}

static void
add_characteristic (TaiJsonWriter *w, const char *name, const char *value)
{
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "name", name);
  tai_json_writer_add_string (w, "valueType", "string");
  tai_json_writer_add_string (w, "value", value);
  tai_json_writer_end_object (w);
}

static void
add_consent (TaiJsonWriter *w, const TaiOrderItem *item)
{
  g_autofree char *when = NULL, *value = NULL;
  char hash[65];

  if (!item->consent_given)
    return;
  when = tai_time_to_text (item->consent_time_us);
  tai_digest_to_hex (item->terms_hash, hash);
  value = g_strdup_printf ("%s %s", when, hash);
  add_characteristic (w, "x-guitai-consent", value);
}

static void
add_product (TaiJsonWriter *w, const TaiOrder *order, const TaiOrderItem *item, gboolean carries_identity)
{
  tai_json_writer_add_object (w, "product");
  tai_json_writer_add_string (w, "@type", "Product");
  tai_json_writer_add_array (w, "productCharacteristic");
  for (guint i = 0; i < item->characteristics->len; i++) {
    const TaiCharacteristic *each = g_ptr_array_index (item->characteristics, i);
    add_characteristic (w, each->name, each->value);
  }
  add_consent (w, item);
  if (carries_identity && order->sealed != NULL) {
    g_autofree char *box = tai_seal_box_to_text (order->sealed);
    add_characteristic (w, "x-guitai-sealed", box);
  }
  tai_json_writer_end_array (w);
  tai_json_writer_end_object (w);
}

static void
add_item (TaiJsonWriter *w, const TaiOrder *order, const TaiOrderItem *item, gboolean is_first)
{
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "@type", "ProductOrderItem");
  tai_json_writer_add_string (w, "id", item->id);
  tai_json_writer_add_int (w, "quantity", item->quantity);
  tai_json_writer_add_string (w, "action", item->action);
  if (item->offering_id != NULL) {
    tai_json_writer_add_object (w, "productOffering");
    tai_json_writer_add_string (w, "id", item->offering_id);
    tai_json_writer_add_string (w, "name", item->offering_name);
    tai_json_writer_end_object (w);
  }
  if (item->relies_on != NULL) {
    tai_json_writer_add_array (w, "productOrderItemRelationship");
    tai_json_writer_begin_object (w);
    tai_json_writer_add_string (w, "id", item->relies_on);
    tai_json_writer_add_string (w, "relationshipType", "reliesOn");
    tai_json_writer_end_object (w);
    tai_json_writer_end_array (w);
  }
  add_item_prices (w, item);
  add_product (w, order, item, is_first);
  tai_json_writer_end_object (w);
}

static void
add_parties (TaiJsonWriter *w, const TaiTerminal *terminal, const TaiOrder *order)
{
  tai_json_writer_add_array (w, "relatedParty");
  add_party (w, "customer", order->customer_ref, order->customer_mask, "Customer");
  add_party (w, "seller", order->clerk, NULL, "Individual");
  add_party (w, "salesChannel", order->outlet, NULL, "Organization");
  add_party (w, "developer", order->developer, NULL, "Individual");
  tai_json_writer_end_array (w);
  tai_json_writer_add_array (w, "channel");
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "id", terminal->id);
  tai_json_writer_add_string (w, "name", terminal->hall_name);
  tai_json_writer_add_string (w, "role", "orderCapture");
  tai_json_writer_add_string (w, "@referredType", "SalesChannel");
  tai_json_writer_end_object (w);
  tai_json_writer_end_array (w);
}

static gboolean
pays_for (const TaiPayment *payment, const TaiOrder *order)
{
  for (guint i = 0; i < payment->allocations->len; i++)
    if (strcmp (g_array_index (payment->allocations, TaiAllocation, i).order_id.text, order->id.text) == 0)
      return TRUE;
  return FALSE;
}

static void
add_payments (TaiJsonWriter *w, const TaiOrder *order, GPtrArray *payments)
{
  tai_json_writer_add_array (w, "payment");
  for (guint i = 0; payments != NULL && i < payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (payments, i);
    if (!pays_for (payment, order))
      continue;
    tai_json_writer_begin_object (w);
    tai_json_writer_add_string (w, "id", payment->id.text);
    tai_json_writer_add_string (w, "@referredType", "Payment");
    tai_json_writer_end_object (w);
  }
  tai_json_writer_end_array (w);
}

static void
add_total (TaiJsonWriter *w, const TaiOrder *order)
{
  tai_json_writer_add_array (w, "orderTotalPrice");
  begin_price (w, "today", "nonRecurring", order->today);
  add_figures (w, order->today, order->first, order->normal);
  tai_json_writer_end_object (w);
  tai_json_writer_end_array (w);
}

static void
add_receipt_note (TaiJsonWriter *w, const TaiTerminal *terminal, const TaiOrder *order)
{
  if (order->receipt_number == NULL)
    return;
  tai_json_writer_add_array (w, "note");
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "author", terminal->id);
  tai_json_writer_add_time (w, "date", order->placed_us);
  tai_json_writer_add_string (w, "text", order->receipt_number);
  tai_json_writer_end_object (w);
  tai_json_writer_end_array (w);
}

static void
add_order_extension (TaiJsonWriter *w, const TaiTerminal *terminal, const TaiOrder *order)
{
  tai_json_writer_add_object (w, "x-guitai");
  tai_json_writer_add_string (w, "terminal", terminal->id);
  tai_json_writer_add_string (w, "desk", order->desk);
  tai_json_writer_add_string (w, "businessDay", order->business_day);
  tai_json_writer_add_string (w, "shift", order->shift_id);
  tai_json_writer_add_string (w, "operation", order->operation->id);
  tai_json_writer_add_string (w, "rule", tai_offline_rule_to_text (order->rule));
  tai_json_writer_add_string (w, "receipt", order->receipt_number);
  tai_json_writer_add_bool (w, "signed", order->signed_);
  tai_json_writer_end_object (w);
}

static GBytes *
end_bounded (TaiJsonWriter *w, GError **error)
{
  GBytes *bytes = tai_json_writer_end_bytes (w);

  if (g_bytes_get_size (bytes) <= TAI_MESSAGE_MAX_BYTES)
    return bytes;
  g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SIZE, "a message of %" G_GSIZE_FORMAT " bytes",
               g_bytes_get_size (bytes));
  g_bytes_unref (bytes);
  return NULL;
}

static GBytes *
render_order (TaiRenderer *renderer, const TaiTerminal *terminal, const TaiOrder *order, GPtrArray *payments,
              GError **error)
{
  TaiJsonWriter *w = tai_json_writer_new ();

  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "@type", "ProductOrder");
  tai_json_writer_add_string (w, "externalId", order->id.text);
  tai_json_writer_add_string (w, "category", order->operation->category);
  tai_json_writer_add_time (w, "requestedStartDate", order->placed_us);
  add_parties (w, terminal, order);
  add_receipt_note (w, terminal, order);
  add_payments (w, order, payments);
  add_total (w, order);
  tai_json_writer_add_array (w, "productOrderItem");
  for (guint i = 0; i < order->items->len; i++)
    add_item (w, order, g_ptr_array_index (order->items, i), i == 0);
  tai_json_writer_end_array (w);
  add_order_extension (w, terminal, order);
  tai_json_writer_end_object (w);
  return end_bounded (w, error);
}

/* TMF676 wants the account the money is for: the hall's till, from where HQ allocates by paymentItem. */
static void
add_account (TaiJsonWriter *w, const TaiTerminal *terminal)
{
  tai_json_writer_add_object (w, "account");
  tai_json_writer_add_string (w, "id", terminal->id);
  tai_json_writer_add_string (w, "@referredType", "FinancialAccount");
  tai_json_writer_end_object (w);
}

static void
add_method (TaiJsonWriter *w, const TaiPayment *payment)
{
  static const char *const type[] = {"Cash", "BankCard", "DigitalWallet", "Voucher", "Other"};

  tai_json_writer_add_object (w, "paymentMethod");
  tai_json_writer_add_string (w, "name",
                              payment->provider ? payment->provider : tai_tender_to_text (payment->tender));
  tai_json_writer_add_string (w, "@type", type[payment->tender]);
  tai_json_writer_add_string (w, "@referredType", type[payment->tender]);
  tai_json_writer_end_object (w);
}

static void
add_allocations (TaiJsonWriter *w, const TaiPayment *payment)
{
  tai_json_writer_add_array (w, "paymentItem");
  for (guint i = 0; i < payment->allocations->len; i++) {
    const TaiAllocation *each = &g_array_index (payment->allocations, TaiAllocation, i);
    tai_json_writer_begin_object (w);
    tai_json_writer_add_object (w, "item");
    tai_json_writer_add_string (w, "id", each->order_id.text);
    tai_json_writer_add_string (w, "@referredType", "ProductOrder");
    tai_json_writer_end_object (w);
    tai_json_writer_add_money (w, "totalAmount", each->amount);
    tai_json_writer_end_object (w);
  }
  tai_json_writer_end_array (w);
}

static void
add_payment_extension (TaiJsonWriter *w, const TaiTerminal *terminal, const TaiPayment *payment)
{
  tai_json_writer_add_object (w, "x-guitai");
  tai_json_writer_add_string (w, "terminal", terminal->id);
  tai_json_writer_add_string (w, "businessDay", payment->business_day);
  tai_json_writer_add_string (w, "shift", payment->shift_id);
  tai_json_writer_add_string (w, "clerk", payment->clerk);
  tai_json_writer_add_string (w, "tender", tai_tender_to_text (payment->tender));
  tai_json_writer_add_string (w, "number", payment->number);
  if (payment->received.currency != 0)
    tai_json_writer_add_money (w, "received", payment->received);
  if (payment->change.currency != 0)
    tai_json_writer_add_money (w, "change", payment->change);
  if (payment->original_id.text[0] != '\0') {
    tai_json_writer_add_string (w, "original", payment->original_id.text);
    /* a refund of the standard names no order */
    if (payment->allocations->len > 0)
      tai_json_writer_add_string (w, "order",
                                  g_array_index (payment->allocations, TaiAllocation, 0).order_id.text);
    if (payment->is_further)
      tai_json_writer_add_bool (w, "further", TRUE);
  }
  tai_json_writer_add_time (w, "time", payment->created_us);
  tai_json_writer_end_object (w);
}

/* Amounts of a refund are positive: its kind says which way they go. */
static GBytes *
render_refund (const TaiTerminal *terminal, const TaiPayment *payment, GError **error)
{
  TaiJsonWriter *w = tai_json_writer_new ();

  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "@type", "Refund");
  tai_json_writer_add_string (w, "correlatorId", payment->id.text);
  add_account (w, terminal);
  tai_json_writer_add_object (w, "payment");
  tai_json_writer_add_string (w, "id", payment->original_id.text);
  tai_json_writer_add_string (w, "@referredType", "Payment");
  tai_json_writer_end_object (w);
  add_method (w, payment);
  tai_json_writer_add_money (w, "amount", tai_money_negate (payment->amount));
  tai_json_writer_add_money (w, "totalAmount", tai_money_negate (payment->amount));
  add_payment_extension (w, terminal, payment);
  tai_json_writer_end_object (w);
  return end_bounded (w, error);
}

static GBytes *
render_take_back (TaiRenderer *renderer, const TaiTerminal *terminal, const TaiTakeBack *what, GError **error)
{
  static const char *const kinds[] = {[TAI_TAKE_BACK_CANCEL] = NULL,
                                      [TAI_TAKE_BACK_UNDO] = "undo",
                                      [TAI_TAKE_BACK_CORRECTION] = "correction"};
  TaiJsonWriter *w = tai_json_writer_new ();

  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "@type", "CancelProductOrder");
  tai_json_writer_add_string (w, "cancellationReason", what->reason);
  tai_json_writer_add_object (w, "productOrder");
  tai_json_writer_add_string (w, "id", what->order->id.text);
  tai_json_writer_add_string (w, "@referredType", "ProductOrder");
  tai_json_writer_end_object (w);
  tai_json_writer_add_object (w, "x-guitai");
  tai_json_writer_add_string (w, "terminal", terminal->id);
  tai_json_writer_add_string (w, "clerk", what->clerk);
  if (what->kind != TAI_TAKE_BACK_CANCEL) {
    tai_json_writer_add_string (w, "takeBack", kinds[what->kind]);
    tai_json_writer_add_string (w, "businessDay", what->business_day);
    tai_json_writer_add_string (w, "target", what->target);
    tai_json_writer_add_string (w, "customer", what->customer_ref);
  }
  tai_json_writer_end_object (w);
  tai_json_writer_end_object (w);
  return end_bounded (w, error);
}

static GBytes *
render_payment (TaiRenderer *renderer, const TaiTerminal *terminal, const TaiPayment *payment, GError **error)
{
  TaiJsonWriter *w;

  if (payment->original_id.text[0] != '\0')
    return render_refund (terminal, payment, error);
  w = tai_json_writer_new ();
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "@type", "Payment");
  tai_json_writer_add_string (w, "correlatorId", payment->id.text);
  add_account (w, terminal);
  tai_json_writer_add_object (w, "channel");
  tai_json_writer_add_string (w, "id", terminal->id);
  tai_json_writer_add_string (w, "name", terminal->hall_name);
  tai_json_writer_end_object (w);
  add_method (w, payment);
  tai_json_writer_add_money (w, "amount", payment->amount);
  tai_json_writer_add_money (w, "totalAmount", payment->amount);
  add_allocations (w, payment);
  add_payment_extension (w, terminal, payment);
  tai_json_writer_end_object (w);
  return end_bounded (w, error);
}

static GBytes *
render_news (TaiRenderer *renderer, const TaiTerminal *terminal, const TaiTillNews *news, GError **error)
{
  return tai_till_news_render (news, terminal);
}

static void
renderer_iface_init (TaiRendererInterface *iface)
{
  iface->news = render_news;
  iface->order = render_order;
  iface->payment = render_payment;
  iface->take_back = render_take_back;
}

static void
tai_tmf_renderer_class_init (TaiTmfRendererClass *klass)
{
}

static void
tai_tmf_renderer_init (TaiTmfRenderer *self)
{
}

TaiTmfRenderer *
tai_tmf_renderer_new (void)
{
  return g_object_new (TAI_TYPE_TMF_RENDERER, NULL);
}
