/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes back from a receipt printer. No state but the caller's, any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-escpos-status.h"

typedef struct {
  guint8 mask;
  TaiEscposStatus status;
} Bit;

/* Table by table what a set bit means; paper bits come in pairs that are set together. */
static TaiEscposStatus
translate (guint8 byte, const Bit *bits, guint n_bits)
{
  TaiEscposStatus status = TAI_ESCPOS_OK;

  for (guint i = 0; i < n_bits; i++)
    if (byte & bits[i].mask)
      status |= bits[i].status;
  return status;
}

gboolean
tai_escpos_status_parse_realtime (guint n, guint8 byte, TaiEscposStatus *status)
{
  static const Bit bits[4][4] = {
      {{0x04, TAI_ESCPOS_DRAWER_HIGH},
       {0x08, TAI_ESCPOS_OFFLINE},
       {0x20, TAI_ESCPOS_WAITING},
       {0x40, TAI_ESCPOS_FEEDING}},
      {{0x04, TAI_ESCPOS_COVER_OPEN},
       {0x08, TAI_ESCPOS_FEEDING},
       {0x20, TAI_ESCPOS_PAPER_END},
       {0x40, TAI_ESCPOS_ERROR}},
      {{0x08, TAI_ESCPOS_CUTTER}, {0x20, TAI_ESCPOS_UNRECOVERABLE}, {0x40, TAI_ESCPOS_RECOVERABLE}},
      {{0x0c, TAI_ESCPOS_PAPER_NEAR_END}, {0x60, TAI_ESCPOS_PAPER_END}},
  };

  g_return_val_if_fail (n >= 1 && n <= 4, FALSE);

  if ((byte & 0x93) != 0x12)
    return FALSE;
  *status = translate (byte, bits[n - 1], G_N_ELEMENTS (bits[0]));
  return TRUE;
}

gboolean
tai_escpos_status_parse_ordered (guint8 byte, TaiEscposStatus *status)
{
  static const Bit bits[] = {{0x03, TAI_ESCPOS_PAPER_NEAR_END}, {0x0c, TAI_ESCPOS_PAPER_END}};

  if ((byte & 0x90) != 0)
    return FALSE;
  *status = translate (byte, bits, G_N_ELEMENTS (bits));
  return TRUE;
}

gboolean
tai_escpos_status_parse_asb (const guint8 bytes[4], TaiEscposStatus *status)
{
  static const Bit bits[3][4] = {
      {{0x04, TAI_ESCPOS_DRAWER_HIGH},
       {0x08, TAI_ESCPOS_OFFLINE},
       {0x20, TAI_ESCPOS_COVER_OPEN},
       {0x40, TAI_ESCPOS_FEEDING}},
      {{0x08, TAI_ESCPOS_CUTTER}, {0x20, TAI_ESCPOS_UNRECOVERABLE}, {0x40, TAI_ESCPOS_RECOVERABLE}},
      {{0x03, TAI_ESCPOS_PAPER_NEAR_END}, {0x0c, TAI_ESCPOS_PAPER_END}},
  };

  if ((bytes[0] & 0x93) != 0x10)
    return FALSE;
  *status = TAI_ESCPOS_OK;
  for (guint i = 0; i < G_N_ELEMENTS (bits); i++) {
    if (i > 0 && (bytes[i] & 0x90) != 0)
      return FALSE;
    *status |= translate (bytes[i], bits[i], G_N_ELEMENTS (bits[0]));
  }
  return TRUE;
}

TaiEscposAnswer
tai_escpos_status_reader_feed (TaiEscposStatusReader *self, guint8 byte, TaiEscposStatus *asb)
{
  if (byte == 0x11 || byte == 0x13) /* XON, XOFF: flow control, anywhere */
    return TAI_ESCPOS_ANSWER_NONE;
  if ((byte & 0x93) == 0x12) { /* real time: may come between the bytes of an ASB */
    return TAI_ESCPOS_ANSWER_REALTIME;
  }
  if ((byte & 0x93) == 0x10) {
    self->asb[0] = byte;
    self->n_asb = 1;
    return TAI_ESCPOS_ANSWER_NONE;
  }
  if ((byte & 0x90) != 0) {
    self->n_asb = 0;
    return TAI_ESCPOS_ANSWER_NONE;
  }
  if (self->n_asb == 0)
    return TAI_ESCPOS_ANSWER_ORDERED;
  self->asb[self->n_asb++] = byte;
  if (self->n_asb < sizeof self->asb)
    return TAI_ESCPOS_ANSWER_NONE;
  self->n_asb = 0;
  return tai_escpos_status_parse_asb (self->asb, asb) ? TAI_ESCPOS_ANSWER_ASB : TAI_ESCPOS_ANSWER_NONE;
}
