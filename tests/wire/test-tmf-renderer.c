/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bodies for HQ: judged by TM Forum's own schemas, and read back to see that what was decided at the counter is what is
 * sent. No personal data beside the sealed box.
 */
#include "tai-json-money.h"
#include "tai-test-data.h"
#include "tai-tmf-renderer.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW_US (G_GINT64_CONSTANT (1795312800) * G_USEC_PER_SEC) /* 2026-11-22T02:00:00Z */

static TaiTerminal *
make_terminal (void)
{
  TaiTerminal *terminal = tai_terminal_new ();

  terminal->id = g_strdup ("H017T2");
  terminal->hall = g_strdup ("H017");
  terminal->till = g_strdup ("T2");
  terminal->desk = g_strdup ("3");
  terminal->outlet = g_strdup ("H017");
  terminal->hall_name = g_strdup ("中山路\"营业厅\"");
  terminal->currency = TAI_CNY;
  return terminal;
}

static void
add_plan (TaiOrder *order)
{
  TaiOrderItem *line = tai_order_add_item (order, "add", NULL);
  TaiOrderItem *plan = tai_order_add_item (order, "add", "plan-59");
  TaiItemPrice *price = tai_order_item_add_price (plan, "plan-59-fee", "月费", TAI_PRICE_RECURRING);

  tai_order_item_set (line, "MSISDN", "15400000001");
  tai_order_item_set (line, "ICCID", "89860000000000000019");
  plan->offering_name = g_strdup ("畅享59");
  plan->relies_on = g_strdup (line->id);
  plan->consent_given = TRUE;
  plan->consent_time_us = NOW_US;
  price->list = tai_money (5900, TAI_CNY);
  price->today = tai_money (0, TAI_CNY);
  price->first = tai_money (1967, TAI_CNY);
  price->normal = tai_money (5900, TAI_CNY);
}

static TaiOrder *
make_order (void)
{
  TaiOrder *order = tai_order_new (tai_operation_find ("new_line"));

  g_strlcpy (order->id.text, "0199f3c2-7d10-7c3a-9b1e-5a4d2c6e8f01", sizeof order->id.text);
  order->clerk = g_strdup ("1042");
  order->developer = g_strdup ("1077");
  order->desk = g_strdup ("3");
  order->outlet = g_strdup ("H017");
  order->customer_ref = g_strdup ("blind");
  order->customer_mask = g_strdup ("张*");
  order->document_mask = g_strdup ("…8X");
  order->sealed = g_bytes_new_static ("\1sealed bytes", 13);
  order->today = tai_money (12000, TAI_CNY);
  order->first = tai_money (1967, TAI_CNY);
  order->normal = tai_money (5900, TAI_CNY);
  order->placed_us = NOW_US;
  order->business_day = g_strdup ("2026-11-22");
  order->rule = order->operation->offline;
  order->signed_ = TRUE;
  order->receipt_number = g_strdup ("H017-T2-A-20261122-0001");
  add_plan (order);
  return order;
}

static TaiPayment *
make_payment (const TaiOrder *order)
{
  TaiPayment *payment = tai_payment_new (TAI_TENDER_CASH, order->today);
  TaiAllocation allocation = {.order_id = order->id, .amount = order->today};

  g_strlcpy (payment->id.text, "0199f3c2-7d11-7f40-8a77-1b2c3d4e5f60", sizeof payment->id.text);
  allocation.payment_id = payment->id;
  payment->received = tai_money (20000, TAI_CNY);
  payment->change = tai_money (8000, TAI_CNY);
  payment->clerk = g_strdup ("1042");
  payment->business_day = g_strdup ("2026-11-22");
  payment->created_us = NOW_US;
  g_array_append_val (payment->allocations, allocation);
  return payment;
}

typedef struct {
  TaiTerminal *terminal;
  TaiOrder *order;
  GPtrArray *payments;
  TaiRenderer *renderer;
} Fixture;

static void
setup (Fixture *f, gconstpointer data)
{
  f->terminal = make_terminal ();
  f->order = make_order ();
  f->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  g_ptr_array_add (f->payments, make_payment (f->order));
  f->renderer = TAI_RENDERER (tai_tmf_renderer_new ());
}

static void
teardown (Fixture *f, gconstpointer data)
{
  tai_terminal_free (f->terminal);
  tai_order_free (f->order);
  g_ptr_array_unref (f->payments);
  g_object_unref (f->renderer);
}

static void
judge (GBytes *body, const char *schema, const char *definition)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "tai-body-XXXXXX", NULL);
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "wire", "validate.py", NULL);
  const char *argv[] = {"/usr/bin/python3", script, schema, definition, path, NULL};
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status, file = g_mkstemp (path);

  g_assert_cmpint (file, >=, 0);
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (body, NULL), (gssize)g_bytes_get_size (body), &error));
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_remove (path);
  g_close (file, NULL);
  if (status != 0)
    g_error ("%s", output);
}

static TaiJson *
parse (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  TaiJson *json =
      tai_json_parse (g_bytes_get_data (body, NULL), (gssize)g_bytes_get_size (body), NULL, &error);

  g_assert_no_error (error);
  return json;
}

static void
assert_text (const TaiJson *json, const char *path, const char *value)
{
  g_autoptr (GError) error = NULL;
  const char *found = tai_json_require_string (json, path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, value);
}

static void
assert_money (const TaiJson *json, const char *path, gint64 minor)
{
  g_autoptr (GError) error = NULL;
  TaiMoney money;

  g_assert_true (tai_json_require_money (json, path, &money, &error));
  g_assert_cmpint (money.minor, ==, minor);
  g_assert_cmpint (money.currency, ==, TAI_CNY);
}

static void
test_order (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = tai_renderer_order (f->renderer, f->terminal, f->order, f->payments, &error);
  g_autoptr (TaiJson) json = NULL;

  g_assert_no_error (error);
  g_assert_null (memchr (g_bytes_get_data (body, NULL), '\n', g_bytes_get_size (body)));
  judge (body, "tmf/TMF622-ProductOrder-v4.0.0.swagger.json", "ProductOrder_Create");
  json = parse (body);
  assert_text (json, "externalId", f->order->id.text);
  assert_text (json, "category", "newActivation");
  assert_text (json, "relatedParty.0.id", "blind");
  assert_text (json, "relatedParty.3.role", "developer");
  assert_text (json, "relatedParty.3.id", "1077");
  assert_text (json, "channel.0.name", "中山路\"营业厅\"");
  assert_text (json, "note.0.text", "H017-T2-A-20261122-0001");
  assert_text (json, "payment.0.id", "0199f3c2-7d11-7f40-8a77-1b2c3d4e5f60");
  assert_text (json, "productOrderItem.0.product.productCharacteristic.0.value", "15400000001");
  assert_text (json, "productOrderItem.0.product.productCharacteristic.2.name", "x-guitai-sealed");
  assert_text (json, "productOrderItem.1.productOffering.id", "plan-59");
  assert_text (json, "productOrderItem.1.productOrderItemRelationship.0.id", "10");
  assert_text (json, "productOrderItem.1.product.productCharacteristic.0.name", "x-guitai-consent");
  assert_text (json, "x-guitai.operation", "new_line");
  assert_text (json, "x-guitai.rule", "accepted_not_in_force");
  assert_money (json, "orderTotalPrice.0.price.taxIncludedAmount", 12000);
  assert_money (json, "productOrderItem.1.itemPrice.0.x-guitai.first", 1967);
}

static void
test_payment (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body =
      tai_renderer_payment (f->renderer, f->terminal, g_ptr_array_index (f->payments, 0), &error);
  g_autoptr (TaiJson) json = NULL;

  g_assert_no_error (error);
  judge (body, "tmf/TMF676-Payment-v4.0.0.swagger.json", "Payment_Create");
  json = parse (body);
  assert_text (json, "correlatorId", "0199f3c2-7d11-7f40-8a77-1b2c3d4e5f60");
  assert_text (json, "paymentMethod.@type", "Cash");
  assert_text (json, "paymentItem.0.item.id", f->order->id.text);
  assert_money (json, "totalAmount", 12000);
  assert_money (json, "paymentItem.0.totalAmount", 12000);
  assert_money (json, "x-guitai.received", 20000);
  assert_money (json, "x-guitai.change", 8000);
}

/* The same records give the same bytes; a payment for somebody else's order is not named. */
static void
test_pure (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) one = tai_renderer_order (f->renderer, f->terminal, f->order, f->payments, NULL);
  g_autoptr (GBytes) two = tai_renderer_order (f->renderer, f->terminal, f->order, f->payments, NULL);
  g_autoptr (GBytes) three = NULL;
  g_autoptr (TaiJson) json = NULL;

  g_assert_true (g_bytes_equal (one, two));
  f->order->id.text[0] = '9';
  three = tai_renderer_order (f->renderer, f->terminal, f->order, f->payments, NULL);
  json = parse (three);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (json, "payment")), ==, 0);
}

static void
test_too_big (Fixture *f, gconstpointer data)
{
  g_autofree guint8 *much = g_malloc0 (TAI_MESSAGE_MAX_BYTES);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  g_clear_pointer (&f->order->sealed, g_bytes_unref);
  f->order->sealed = g_bytes_new (much, TAI_MESSAGE_MAX_BYTES);
  body = tai_renderer_order (f->renderer, f->terminal, f->order, f->payments, &error);
  g_assert_null (body);
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SIZE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/wire/tmf-renderer/order", Fixture, NULL, setup, test_order, teardown);
  g_test_add ("/wire/tmf-renderer/payment", Fixture, NULL, setup, test_payment, teardown);
  g_test_add ("/wire/tmf-renderer/pure", Fixture, NULL, setup, test_pure, teardown);
  g_test_add ("/wire/tmf-renderer/too-big", Fixture, NULL, setup, test_too_big, teardown);
  return g_test_run ();
}
