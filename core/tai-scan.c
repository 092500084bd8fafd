/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No two of these forms overlap: length and first digits divide them (tests/core/test-scan.c tries). */
#include "tai-scan.h"

#include <string.h>

#include "tai-badge.h"
#include "tai-numbers.h"
#include "tai-prepared.h"
#include "tai-promise.h"
#include "tai-receipt-number.h"

static TaiScanKind
classify_payment (const char *digits, gsize length)
{
  int first_two = (digits[0] - '0') * 10 + digits[1] - '0';

  if (length == 18 && first_two >= 10 && first_two <= 15)
    return TAI_SCAN_WECHAT;
  if (length >= 16 && length <= 24 && first_two >= 25 && first_two <= 30)
    return TAI_SCAN_ALIPAY;
  if (length == 19 && first_two == 62)
    return TAI_SCAN_UNIONPAY;
  return TAI_SCAN_UNKNOWN;
}

static gboolean
is_ean13 (const char *digits)
{
  int sum = 0;

  for (int i = 0; i < 13; i++)
    sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return sum % 10 == 0;
}

TaiScanKind
tai_scan_classify (const char *text, gboolean *suspicious)
{
  char epoch_letter, business_day[11], number[TAI_BADGE_NUMBER_MAX + 1];
  TaiPrepared prepared;
  TaiPromise promise;
  gint64 sequence;
  gsize length;

  g_return_val_if_fail (text != NULL, TAI_SCAN_UNKNOWN);

  if (suspicious != NULL)
    *suspicious = FALSE;
  if (tai_iccid_check (text, suspicious, NULL))
    return TAI_SCAN_ICCID;
  if (tai_receipt_number_parse (text, &epoch_letter, business_day, &sequence))
    return TAI_SCAN_RECEIPT;
  if (tai_prepared_from_text (text, &prepared))
    return TAI_SCAN_PREPARED;
  if (tai_promise_from_text (text, &promise))
    return TAI_SCAN_PROMISE;
  if (tai_badge_from_text (text, number))
    return TAI_SCAN_BADGE;
  length = strlen (text);
  if (length < 11 || strspn (text, "0123456789") != length)
    return TAI_SCAN_UNKNOWN;
  if (length == 11)
    return tai_msisdn_check (text, NULL) ? TAI_SCAN_MSISDN : TAI_SCAN_UNKNOWN;
  if (length == 13)
    return is_ean13 (text) ? TAI_SCAN_EAN13 : TAI_SCAN_UNKNOWN;
  if (length == 15)
    return tai_imei_check (text, NULL) ? TAI_SCAN_IMEI : TAI_SCAN_UNKNOWN;
  return classify_payment (text, length);
}
