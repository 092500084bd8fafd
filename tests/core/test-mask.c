/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an auditor's texts lose, and what they keep. */
#include <string.h>

#include "tai-document.h"
#include "tai-identity.h"
#include "tai-mask.h"

static void
assert_mask (const char *before, const char *after)
{
  g_autofree char *text = g_strdup (before);

  tai_mask_text (text);
  g_assert_cmpstr (text, ==, after);
}

static void
test_masked (void)
{
  assert_mask ("13800138000", "138****8000");
  assert_mask ("缴费 13800138000。", "缴费 138****8000。");
  assert_mask ("13800138000 → 13900001234", "138****8000 → 139****1234");
  assert_mask ("50.00 138 0013 8000", "50.00 138 **** 8000");
  assert_mask ("MSISDN=13800138000\nx", "MSISDN=138****8000\nx");
  assert_mask ("11010519491231002X", "****************2X");
  assert_mask ("11010519491231002x", "****************2x");
  assert_mask ("no. 130503670401001!", "no. *************01!");
  assert_mask ("89860012345678901234", "8986************1234");
  assert_mask ("8986001234567890123", "8986***********0123");
}

static void
test_kept (void)
{
  static const char *const kept[] = {
      "",
      "12800138000", /* no mobile number */
      "1380013800",
      "138001380001",
      "H017T2-A-20261127-000123",
      "01890a5d-96ce-7a1b-8c2d-138001380001",
      "01890a5d-96ce-7a1b-8c2d-a13800138000",
      "13800138000.00",
      "2026-11-27 12:00:00",
      "110105194912310021", /* a check digit that does not fit: a slip's number */
      "4200001234202611271234567890",
      "128 0013 8000",
      "138 0013 80001"};

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    assert_mask (kept[i], kept[i]);
  tai_mask_text (NULL);
}

/* Any number anywhere in any text: it is never whole, and the text is as long as before. */
static void
test_property (void)
{
  for (int round = 0; round < 20000; round++) {
    g_autofree char *number =
        g_strdup_printf ("1%d%09d", g_test_rand_int_range (3, 10), g_test_rand_int_range (0, 1000000000));
    g_autofree char *grouped = g_strdup_printf ("%.3s %.4s %.4s", number, number + 3, number + 7);
    const char *shown = round % 2 ? number : grouped;
    g_autofree char *text = g_strdup_printf ("%.*s%s%.*s", g_test_rand_int_range (0, 9), "客户 A ", shown,
                                             g_test_rand_int_range (0, 4), " ok");
    gsize length = strlen (text);

    tai_mask_text (text);
    g_assert_cmpuint (strlen (text), ==, length);
    g_assert_null (strstr (text, shown));
  }
}

static void
test_document (void)
{
  g_autoptr (TaiDocument) whole = tai_document_new (TAI_DOCUMENT_RECEIPT, "小票", "zh_CN");
  g_autoptr (TaiDocument) masked = NULL;

  tai_document_add_pair (whole, TAI_STYLE_NORMAL, "号码", "138 0013 8000");
  tai_document_add_text (whole, TAI_STYLE_NORMAL, "合计 50.00");
  tai_document_add_rule (whole, FALSE);
  masked = tai_document_copy_masked (whole);
  g_assert_cmpuint (tai_document_get_n_blocks (masked), ==, 3);
  g_assert_cmpstr (tai_document_get_block (masked, 0)->text[1], ==, "138 **** 8000");
  g_assert_cmpstr (tai_document_get_block (masked, 1)->text[0], ==, "合计 50.00");
  g_assert_cmpstr (tai_document_get_block (whole, 0)->text[1], ==, "138 0013 8000");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/mask/masked", test_masked);
  g_test_add_func ("/core/mask/kept", test_kept);
  g_test_add_func ("/core/mask/property", test_property);
  g_test_add_func ("/core/mask/document", test_document);
  return g_test_run ();
}
