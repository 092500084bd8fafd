/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QR codes by libqrencode. Always the byte mode, so that the size follows from the length alone. Any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-qr.h"

#include <errno.h>
#include <qrencode.h>

#include "tai-printing-error.h"

struct _TaiQr {
  QRcode *code; /* (owned) */
};

/* Bytes that versions 1 to 40 hold at level M (ISO/IEC 18004, table 7). */
static const guint16 capacity_m[] = {14,   26,   42,   62,   84,   106,  122,  152,  180,  213,
                                     251,  287,  331,  362,  412,  450,  504,  560,  624,  666,
                                     711,  779,  857,  911,  997,  1059, 1125, 1190, 1264, 1370,
                                     1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331};

TaiQr *
tai_qr_new (const char *payload, TaiQrLevel level, GError **error)
{
  static const QRecLevel levels[] = {QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H};
  TaiQr *self;
  QRcode *code;

  g_return_val_if_fail (payload != NULL && level <= TAI_QR_H, NULL);

  code = QRcode_encodeString8bit (payload, 0, levels[level]);
  if (code == NULL) {
    int saved = errno;

    g_set_error (error, TAI_PRINTING_ERROR,
                 saved == ERANGE ? TAI_PRINTING_ERROR_QR_TOO_LONG : TAI_PRINTING_ERROR_FAILED, "QR code: %s",
                 g_strerror (saved));
    return NULL;
  }
  self = g_new0 (TaiQr, 1);
  self->code = code;
  return self;
}

void
tai_qr_free (TaiQr *self)
{
  QRcode_free (self->code);
  g_free (self);
}

guint
tai_qr_get_size (const TaiQr *self)
{
  return self->code->width;
}

gboolean
tai_qr_is_dark (const TaiQr *self, guint x, guint y)
{
  g_return_val_if_fail (x < (guint)self->code->width && y < (guint)self->code->width, FALSE);

  return (self->code->data[y * self->code->width + x] & 1) != 0;
}

guint
tai_qr_size_for_length (gsize n_bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (capacity_m); i++)
    if (n_bytes <= capacity_m[i])
      return 21 + 4 * i;
  return 0;
}
