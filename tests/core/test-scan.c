/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-scan.h"

#include "tai-receipt-number.h"
#include "tai-test-data.h"

static TaiScanKind
classify (const char *text)
{
  return tai_scan_classify (text, NULL);
}

static void
test_pay_codes (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("pay_codes.json");

  for (gsize i = 0; i < tai_test_json_length (data, "cases"); i++) {
    json_object *one = tai_test_json_element (data, "cases", i), *channel = NULL;
    const char *code = tai_test_json_string (one, "code");
    TaiScanKind wanted = TAI_SCAN_UNKNOWN;

    g_test_message ("%s", code);
    g_assert_true (json_object_object_get_ex (one, "channel", &channel));
    if (channel != NULL) {
      const char *name = json_object_get_string (channel);

      wanted = g_str_equal (name, "wechat")   ? TAI_SCAN_WECHAT
               : g_str_equal (name, "alipay") ? TAI_SCAN_ALIPAY
                                              : TAI_SCAN_UNIONPAY;
    }
    g_assert_cmpint (classify (code), ==, wanted);
  }
}

static void
test_sims (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("sim_numbers.json");

  for (gsize i = 0; i < tai_test_json_length (data, "iccid"); i++) {
    json_object *one = tai_test_json_element (data, "iccid", i);
    gboolean suspicious = FALSE;

    g_assert_cmpint (tai_scan_classify (tai_test_json_string (one, "iccid"), &suspicious), ==,
                     TAI_SCAN_ICCID);
    g_assert_cmpint (suspicious, ==, !g_str_equal (tai_test_json_string (one, "luhn"), "ok"));
  }
}

static void
test_others (void)
{
  g_autofree char *receipt = tai_receipt_number_format ("H017", "T2", 'A', "2026-11-22", 1);
  gboolean suspicious = TRUE;

  g_assert_cmpint (classify (receipt), ==, TAI_SCAN_RECEIPT);
  g_assert_cmpint (classify ("490154203237518"), ==, TAI_SCAN_IMEI);
  g_assert_cmpint (classify ("490154203237519"), ==, TAI_SCAN_UNKNOWN);
  g_assert_cmpint (classify ("GTPD01890A5D96CE7A1B8C2D3E4F50617283"), ==, TAI_SCAN_PROMISE);
  g_assert_cmpint (classify ("GTPX01890A5D96CE7A1B8C2D3E4F50617283"), ==, TAI_SCAN_UNKNOWN);
  g_assert_cmpint (classify ("GTPD01890A5D96CE7A1B8C2D3E4F5061728"), ==, TAI_SCAN_UNKNOWN);
  g_assert_cmpint (classify ("GTPD01890a5d96ce7a1b8c2d3e4f50617283"), ==, TAI_SCAN_UNKNOWN);
  g_assert_cmpint (classify ("GTB104276"), ==, TAI_SCAN_BADGE);
  g_assert_cmpint (classify ("GTB104277"), ==, TAI_SCAN_UNKNOWN);
  g_assert_cmpint (classify ("13400000000"), ==, TAI_SCAN_MSISDN);
  g_assert_cmpint (classify ("12400000000"), ==, TAI_SCAN_UNKNOWN);
  g_assert_cmpint (classify ("6901234567892"), ==, TAI_SCAN_EAN13);
  g_assert_cmpint (classify ("6901234567893"), ==, TAI_SCAN_UNKNOWN);
  g_assert_cmpint (tai_scan_classify ("", &suspicious), ==, TAI_SCAN_UNKNOWN);
  g_assert_false (suspicious);
  g_assert_cmpint (classify ("SN8901ABCx"), ==, TAI_SCAN_UNKNOWN);
  g_assert_cmpint (classify ("8986"), ==, TAI_SCAN_UNKNOWN);
  g_assert_cmpint (classify ("https://example.org/1"), ==, TAI_SCAN_UNKNOWN);
  g_assert_cmpint (classify ("１３４０００００００００"), ==, TAI_SCAN_UNKNOWN);
}

/* Digits of any length: a second opinion by regular expressions; no text is two things. */
static void
test_property (void)
{
  static const struct {
    const char *pattern;
    TaiScanKind kind;
  } forms[] = {{"^89\\d{17,18}$", TAI_SCAN_ICCID},
               {"^1[0-5]\\d{16}$", TAI_SCAN_WECHAT},
               {"^(2[5-9]|30)\\d{14,22}$", TAI_SCAN_ALIPAY},
               {"^62\\d{17}$", TAI_SCAN_UNIONPAY}};

  for (int round = 0; round < 20000; round++) {
    char text[27] = "";
    int length = g_test_rand_int_range (14, 26), matched = 0;
    TaiScanKind kind;

    for (int i = 0; i < length; i++)
      text[i] = (char)('0' + g_test_rand_int_range (0, 10));
    if (round % 3 == 0)
      memcpy (text, &"8913262562303115"[2 * g_test_rand_int_range (0, 8)], 2);
    kind = classify (text);
    for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
      gboolean is_one = g_regex_match_simple (forms[i].pattern, text, 0, 0);

      matched += is_one;
      g_assert_cmpint (kind == forms[i].kind, ==, is_one);
    }
    g_assert_cmpint (matched, <=, 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/scan/pay-codes", test_pay_codes);
  g_test_add_func ("/core/scan/sims", test_sims);
  g_test_add_func ("/core/scan/others", test_others);
  g_test_add_func ("/core/scan/property", test_property);
  return g_test_run ();
}
