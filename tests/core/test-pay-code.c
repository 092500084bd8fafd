/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payment codes of customers (pay_codes.json) and merchant QRs (emv_qr.json). */
#include "tai-core-error.h"
#include "tai-emv-qr.h"
#include "tai-pay-code.h"
#include "tai-test-data.h"

#include <string.h>

static void
test_codes (void)
{
  g_autoptr (json_object) json = tai_test_data_load_json ("pay_codes.json");

  for (gsize i = 0; i < tai_test_json_length (json, "cases"); i++) {
    json_object *each = tai_test_json_element (json, "cases", i), *whose = NULL;
    const char *text = tai_test_json_string (each, "code"), *channel = NULL;
    g_autoptr (TaiPayCode) code = tai_pay_code_new (text);

    g_assert_true (json_object_object_get_ex (each, "channel", &whose));
    channel = whose ? json_object_get_string (whose) : NULL;
    g_assert_cmpstr (tai_pay_code_classify (text), ==, channel);
    g_assert_true ((code != NULL) == (channel != NULL));
    if (code != NULL) {
      g_assert_cmpstr (tai_pay_code_get_text (code), ==, text);
      g_assert_cmpstr (tai_pay_code_get_provider (code), ==, channel);
    }
  }
}

static void
refuse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiEmvQr) qr = tai_emv_qr_parse (text, &error);

  g_assert_null (qr);
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_QR);
}

static void
test_merchant_qr (void)
{
  g_autoptr (json_object) json = tai_test_data_load_json ("emv_qr.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiEmvQr) example = tai_emv_qr_parse (tai_test_json_string (json, "spec_example"), &error);
  g_autoptr (TaiEmvQr) ours = tai_emv_qr_parse (tai_test_json_string (json, "synthetic"), &error);
  g_autofree char *city = NULL, *bill = NULL, *terminal = NULL, *nothing = NULL;
  TaiMoney amount;

  g_assert_no_error (error);
  g_assert_cmphex (tai_emv_qr_checksum ("123456789", 9), ==, 0x29b1);
  g_assert_cmpstr (tai_emv_qr_get (example, "59"), ==, "BEST TRANSPORT");
  city = tai_emv_qr_dup_inner (example, "64", "02"); /* characters, not bytes */
  g_assert_cmpstr (city, ==, "北京");
  g_assert_true (tai_emv_qr_get_amount (example, &amount, &error));
  g_assert_cmpint (amount.minor, ==, 2372);
  g_assert_true (tai_emv_qr_get_amount (ours, &amount, &error));
  g_assert_cmpint (amount.minor, ==, 19900);
  g_assert_cmpuint (amount.currency, ==, TAI_CNY);
  bill = tai_emv_qr_dup_inner (ours, "62", "01");
  terminal = tai_emv_qr_dup_inner (ours, "62", "07");
  nothing = tai_emv_qr_dup_inner (ours, "62", "09");
  g_assert_cmpstr (bill, ==, "ORD20260101000001");
  g_assert_cmpstr (terminal, ==, "T0001");
  g_assert_null (nothing);
  refuse (tai_test_json_string (json, "bad_crc"));
  refuse (tai_test_json_string (json, "truncated"));
}

/* No byte of a good one may be another, and none may be missing. */
static void
test_damaged_qr (void)
{
  g_autoptr (json_object) json = tai_test_data_load_json ("emv_qr.json");
  const char *good = tai_test_json_string (json, "synthetic");

  for (gsize i = 0; i < strlen (good); i++) {
    g_autofree char *bad = g_strdup (good), *cut = g_strndup (good, i);
    bad[i] = bad[i] == '9' ? '8' : '9';
    refuse (bad);
    refuse (cut);
  }
  refuse ("weixin://wxpay/bizpayurl?pr=EXAMPLE0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pay-code/codes", test_codes);
  g_test_add_func ("/pay-code/merchant-qr", test_merchant_qr);
  g_test_add_func ("/pay-code/damaged-qr", test_damaged_qr);
  return g_test_run ();
}
