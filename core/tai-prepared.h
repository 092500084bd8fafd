/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-catalogue.h"
#include "tai-operation.h"

G_BEGIN_DECLS

/**
 * TaiPrepared: what a customer chose at a kiosk and pays at a desk. It exists as a text only (a QR code, or read aloud): the
 * desk makes the order of it, checks it as if it had been typed, and takes the money. Nothing is owed or held before that, so
 * a text that is lost, old or used twice does no harm.
 * @operation: one that needs a number and an amount and nothing else
 *
 * A value; any thread.
 */
typedef struct {
  const TaiOperation *operation;
  char msisdn[12];
  TaiMoney amount; /* > 0 */
} TaiPrepared;

/* Longest text with its terminator. */
#define TAI_PREPARED_TEXT_SIZE 64

/**
 * tai_prepared_to_text: "GT1-CZ-13800138000-CNY50.00-73": version, business code, number, currency and amount, two check
 * digits (ISO 7064 MOD 97-10 over letters and digits; they find any one wrong character and any two changed places). Capital
 * letters, digits, '-' and '.' only, so that every scanner and keyboard layout gives it back, and QR keeps it small.
 *
 * Returns: (transfer full)
 */
char *tai_prepared_to_text (const TaiPrepared *self);
/* In any case of letters; nothing else may differ from what tai_prepared_to_text writes. FALSE: no such text, or a damaged
 * one; *@self is undefined then. */
gboolean tai_prepared_from_text (const char *text, TaiPrepared *self);

/* Can it be prepared at all: does it need just a number and an amount? */
gboolean tai_prepared_is_for (const TaiOperation *operation);
/* The open price that the catalogue has for it, with its minimum and maximum; NULL: it is not sold now. (transfer none) */
const TaiPrice *tai_prepared_find_price (const TaiCatalogue *catalogue, const TaiOperation *operation,
                                         gint64 now_us);
/* TAI_CORE_ERROR_NUMBER_*, OFFERING_NOT_ON_SALE, OPEN_AMOUNT (outside minimum and maximum). The desk checks again. */
gboolean tai_prepared_check (const TaiPrepared *self, const TaiCatalogue *catalogue, gint64 now_us,
                             GError **error);
gboolean tai_prepared_check_amount (const TaiPrice *price, TaiMoney amount, GError **error);

G_END_DECLS
