/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiScanKind: what a scanned text is, by its own form: a scan is routed by content, never by where the focus is.
 * @TAI_SCAN_UNKNOWN: none of these; say so, change nothing
 * @TAI_SCAN_ICCID: a SIM card, 19 or 20 characters beginning with 89
 * @TAI_SCAN_IMEI: a handset, 15 digits with the right check digit
 * @TAI_SCAN_MSISDN: a telephone number, 11 digits
 * @TAI_SCAN_WECHAT: @TAI_SCAN_ALIPAY: @TAI_SCAN_UNIONPAY: a customer's payment code
 * @TAI_SCAN_RECEIPT: one of our receipts
 * @TAI_SCAN_PREPARED: what a customer prepared at a kiosk (tai-prepared.h)
 * @TAI_SCAN_PROMISE: a slip that a customer left with (tai-promise.h)
 * @TAI_SCAN_BADGE: a staff badge (tai-badge.h)
 * @TAI_SCAN_EAN13: goods, 13 digits with the right check digit
 */
typedef enum {
  TAI_SCAN_UNKNOWN,
  TAI_SCAN_ICCID,
  TAI_SCAN_IMEI,
  TAI_SCAN_MSISDN,
  TAI_SCAN_WECHAT,
  TAI_SCAN_ALIPAY,
  TAI_SCAN_UNIONPAY,
  TAI_SCAN_RECEIPT,
  TAI_SCAN_PREPARED,
  TAI_SCAN_PROMISE,
  TAI_SCAN_BADGE,
  TAI_SCAN_EAN13,
} TaiScanKind;

/* @suspicious (optional): an ICCID whose check digit is wrong, which some cards in circulation have: warn, HQ's stock is the
 * truth. Vectors: pay_codes.json, sim_numbers.json. Any thread. */
TaiScanKind tai_scan_classify (const char *text, gboolean *suspicious);

G_END_DECLS
