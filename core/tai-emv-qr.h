/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-money.h"

G_BEGIN_DECLS

/**
 * TaiEmvQr: an EMVCo merchant-presented QR: what we show to a customer, or find on a sticker. Lengths count characters, the
 * check sum (CRC-16/CCITT-FALSE) runs over the UTF-8 bytes up to and including "6304". Vectors: emv_qr.json. Any thread.
 */
typedef struct _TaiEmvQr TaiEmvQr;

/* TAI_CORE_ERROR_QR: cut short, no check sum at the end, a wrong one, a field twice, not the format. */
TaiEmvQr *tai_emv_qr_parse (const char *text, GError **error);
void tai_emv_qr_free (TaiEmvQr *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiEmvQr, tai_emv_qr_free)

/* The value of a two-digit id ("59"), or of one in a template ("62", "01": the bill's number); (nullable). */
const char *tai_emv_qr_get (const TaiEmvQr *self, const char *id);
char *tai_emv_qr_dup_inner (const TaiEmvQr *self, const char *id, const char *inner_id); /* (transfer full) */
/* Currency 0: the payer types it. FALSE: what stands there is no amount. */
gboolean tai_emv_qr_get_amount (const TaiEmvQr *self, TaiMoney *amount, GError **error);

guint16 tai_emv_qr_checksum (const char *bytes, gsize size);

G_END_DECLS
