/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiQr: a QR code as a square of modules, without quiet zone. Immutable; any thread.
 */
typedef struct _TaiQr TaiQr;

/* Share of the code that may be damaged: 7, 15, 25, 30 %. M is the default of this house. */
typedef enum { TAI_QR_L, TAI_QR_M, TAI_QR_Q, TAI_QR_H } TaiQrLevel;

/* Modules that must stay white at each side (ISO/IEC 18004). */
#define TAI_QR_QUIET 4
/* Dots a module needs on 203 dpi paper to be read by any telephone. */
#define TAI_QR_MIN_DOTS 4

/* Error: TAI_PRINTING_ERROR_QR_TOO_LONG (empty payloads too: nothing to encode -> TAI_PRINTING_ERROR_FAILED). */
TaiQr *tai_qr_new (const char *payload, TaiQrLevel level, GError **error);
void tai_qr_free (TaiQr *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiQr, tai_qr_free)

guint tai_qr_get_size (const TaiQr *self);
gboolean tai_qr_is_dark (const TaiQr *self, guint x, guint y);

/* Modules a side of the code of @n_bytes at level M, without making it; 0: fits none. */
guint tai_qr_size_for_length (gsize n_bytes);

G_END_DECLS
