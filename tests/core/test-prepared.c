/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a prepared visit comes back as it was, a damaged one does not come back at all; when a kiosk may be used. */
#include "tai-prepared.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-kiosk.h"
#include "tai-scan.h"

#define NOW G_GINT64_CONSTANT (1795309200000000)
#define DAY (24 * 3600 * G_GINT64_CONSTANT (1000000))

static TaiPrepared
make (const char *operation, const char *msisdn, gint64 minor)
{
  TaiPrepared self = {.operation = tai_operation_find (operation), .amount = tai_money (minor, TAI_CNY)};

  g_strlcpy (self.msisdn, msisdn, sizeof self.msisdn);
  return self;
}

static void
test_there_and_back (void)
{
  static const char *const operations[] = {"top_up", "bill_payment"};
  static const char *const numbers[] = {"13800138000", "19912345678"};
  static const gint64 amounts[] = {1, 99, 3000, 5000, 10050, TAI_MONEY_LIMIT_MINOR};

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    for (guint j = 0; j < G_N_ELEMENTS (numbers); j++)
      for (guint k = 0; k < G_N_ELEMENTS (amounts); k++) {
        TaiPrepared self = make (operations[i], numbers[j], amounts[k]), read;
        g_autofree char *text = tai_prepared_to_text (&self);
        g_autofree char *lower = g_ascii_strdown (text, -1);

        g_test_message ("%s", text);
        g_assert_cmpuint (strlen (text), <, TAI_PREPARED_TEXT_SIZE);
        g_assert_true (tai_prepared_from_text (text, &read));
        g_assert_true (read.operation == self.operation);
        g_assert_cmpstr (read.msisdn, ==, numbers[j]);
        g_assert_cmpint (read.amount.minor, ==, amounts[k]);
        g_assert_cmpuint (read.amount.currency, ==, TAI_CNY);
        g_assert_true (tai_prepared_from_text (lower, &read));
        g_assert_cmpint (tai_scan_classify (text, NULL), ==, TAI_SCAN_PREPARED);
      }
}

/* The format is a contract between versions of the program: written down here a second time. The check digits are of
 * another program's reading of ISO 7064. */
static void
test_known (void)
{
  TaiPrepared self = make ("top_up", "13800138000", 5000);
  g_autofree char *text = tai_prepared_to_text (&self);

  g_assert_cmpstr (text, ==, "GT1-CZ-13800138000-CNY50.00-73");
}

static void
test_one_wrong_character (void)
{
  static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.";
  TaiPrepared self = make ("bill_payment", "15012345678", 12345), read;
  g_autofree char *text = tai_prepared_to_text (&self);
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++) {
    char kept = text[i];
    for (const char *p = alphabet; *p != '\0'; p++) {
      text[i] = *p;
      if (*p != kept && tai_prepared_from_text (text, &read))
        g_error ("taken: %s", text);
    }
    text[i] = kept;
  }
  for (gsize i = 0; i + 1 < length; i++) {
    char kept = text[i];
    text[i] = text[i + 1];
    text[i + 1] = kept;
    if (text[i] != text[i + 1] && tai_prepared_from_text (text, &read))
      g_error ("taken: %s", text);
    text[i + 1] = text[i];
    text[i] = kept;
  }
  g_assert_true (tai_prepared_from_text (text, &read));
}

static void
test_not_ours (void)
{
  static const char *const texts[] = {
      "",
      "GT1",
      "GT1----",
      "13800138000",
      "H017-T2-A-20261122-0001",
      "GT2-CZ-13800138000-CNY50.00-73",
      "GT1-CZ-13800138000-CNY50-73",
      "GT1-CZ-13800138000-CNY050.00-73",
      "GT1-CZ-13800138000-CNY50.00-73-",
      " GT1-CZ-13800138000-CNY50.00-73",
      "GT1-CZ-13800138000-CNY50.00-73 ",
      "GT1-CZ-13800138000-50.00-41",
      "GT1-KH-13800138000-CNY50.00-41",
      "GT1-CZ-13800138000-CNY-50.00-41",
      "GT1-CZ-13800138000-CNY0.00-41",
      "\xff\xfe",
      "GT1-CZ-13800138000-CNY999999999999999999999999999999999999999999999999999999999999.00-41",
  };
  TaiPrepared read;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_test_message ("%s", texts[i]);
    g_assert_false (tai_prepared_from_text (texts[i], &read));
  }
}

/* An open price for @operation, from 10 to 500 yuan, since yesterday. */
static TaiCatalogue *
make_catalogue (const char *operation)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *offerings = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_offering_free);
  TaiOffering *offering = tai_offering_new ("topup", TAI_OFFERING_TOP_UP);
  TaiPrice *price = tai_offering_add_price (offering, "open", TAI_PRICE_DEPOSIT);
  TaiCatalogue *catalogue;

  offering->name = g_strdup ("充值");
  g_strfreev (offering->operations);
  offering->operations = g_strsplit (operation, " ", -1);
  offering->valid_from_us = NOW - DAY;
  price->is_open = TRUE;
  price->rounding = TAI_ROUNDING_HALF_UP;
  price->amount = tai_money (0, TAI_CNY);
  price->minimum = tai_money (1000, TAI_CNY);
  price->maximum = tai_money (50000, TAI_CNY);
  g_ptr_array_add (offerings, offering);
  catalogue = tai_catalogue_build (offerings, NULL, NULL, &error);
  g_assert_no_error (error);
  return catalogue;
}

static void
check (const TaiPrepared *self, TaiCatalogue *catalogue, gint64 now_us, int wanted)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tai_prepared_check (self, catalogue, now_us, &error) == (wanted < 0));
  if (wanted >= 0)
    g_assert_error (error, TAI_CORE_ERROR, wanted);
}

static void
test_check (void)
{
  g_autoptr (TaiCatalogue) catalogue = make_catalogue ("top_up");
  TaiPrepared good = make ("top_up", "13800138000", 1000), low = make ("top_up", "13800138000", 999);
  TaiPrepared most = make ("top_up", "13800138000", 50000), high = make ("top_up", "13800138000", 50001);
  TaiPrepared other = make ("bill_payment", "13800138000", 5000),
              wrong = make ("top_up", "12800138000", 5000);

  check (&good, catalogue, NOW, -1);
  check (&most, catalogue, NOW, -1);
  check (&low, catalogue, NOW, TAI_CORE_ERROR_OPEN_AMOUNT);
  check (&high, catalogue, NOW, TAI_CORE_ERROR_OPEN_AMOUNT);
  check (&other, catalogue, NOW, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE);
  check (&good, catalogue, NOW - 2 * DAY, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE);
  check (&wrong, catalogue, NOW, TAI_CORE_ERROR_NUMBER_SYNTAX);
  g_assert_false (tai_prepared_is_for (tai_operation_find ("new_line")));
  g_assert_null (tai_prepared_find_price (catalogue, tai_operation_find ("new_line"), NOW));
}

static void
test_kiosk_state (void)
{
  g_autoptr (TaiCatalogue) catalogue = make_catalogue ("top_up");
  g_autoptr (TaiCatalogue) nothing = make_catalogue ("resume");
  TaiStationFigures figures = {.on_line = FALSE};

  g_assert_cmpint (tai_kiosk_get_state (catalogue, &figures, NOW), ==, TAI_KIOSK_OPEN); /* off line, too */
  g_assert_cmpint (tai_kiosk_get_state (NULL, &figures, NOW), ==, TAI_KIOSK_NO_CATALOGUE);
  g_assert_cmpint (tai_kiosk_get_state (nothing, &figures, NOW), ==, TAI_KIOSK_NOTHING_ON_SALE);
  g_assert_cmpint (tai_kiosk_get_state (catalogue, &figures, NOW - 2 * DAY), ==, TAI_KIOSK_NOTHING_ON_SALE);
  figures.clock_offset_us = TAI_KIOSK_CLOCK_LIMIT_US;
  g_assert_cmpint (tai_kiosk_get_state (catalogue, &figures, NOW), ==, TAI_KIOSK_OPEN);
  figures.clock_offset_us++;
  g_assert_cmpint (tai_kiosk_get_state (catalogue, &figures, NOW), ==, TAI_KIOSK_CLOCK_WRONG);
  figures.clock_offset_us = -TAI_KIOSK_CLOCK_LIMIT_US - 1;
  g_assert_cmpint (tai_kiosk_get_state (catalogue, &figures, NOW), ==, TAI_KIOSK_CLOCK_WRONG);
  figures.paused = TRUE;
  g_assert_cmpint (tai_kiosk_get_state (catalogue, &figures, NOW), ==, TAI_KIOSK_NOT_LET_IN);
  g_assert_cmpstr (tai_kiosk_state_to_text (TAI_KIOSK_NOT_LET_IN), ==, "not_let_in");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prepared/there-and-back", test_there_and_back);
  g_test_add_func ("/prepared/known", test_known);
  g_test_add_func ("/prepared/one-wrong-character", test_one_wrong_character);
  g_test_add_func ("/prepared/not-ours", test_not_ours);
  g_test_add_func ("/prepared/check", test_check);
  g_test_add_func ("/kiosk/state", test_kiosk_state);
  return g_test_run ();
}
