/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lengths of ESC/POS commands. Why: a status query is answered at once where it stands between commands, and is data where it
 * stands inside one; real printers differ in the second, so the emulator can do both. Any thread. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-escpos-scanner.h"

#define DLE 0x10
#define DC4 0x14
#define EOT 0x04
#define ESC 0x1B
#define FS  0x1C
#define GS  0x1D

/* Bytes after prefix and letter where they are not one. */
static const struct {
  guint8 prefix, letter, size;
} sizes[] = {
    {ESC, '@', 0}, {ESC, '2', 0}, {ESC, '<', 0},  {ESC, 'i', 0}, {ESC, 'm', 0}, {ESC, 'L', 0},
    {ESC, 'S', 0}, {ESC, '$', 2}, {ESC, '\\', 2}, {ESC, 'c', 2}, {ESC, 'p', 3}, {ESC, 'B', 2},
    {ESC, '*', 3}, {ESC, 'W', 8}, {FS, '&', 0},   {FS, '.', 0},  {FS, 'S', 2},  {FS, 'p', 2},
    {FS, '2', 74}, {GS, ':', 0},  {GS, 'L', 2},   {GS, 'W', 2},  {GS, 'P', 2},  {GS, '$', 2},
    {GS, '\\', 2}, {GS, '^', 3},  {GS, 'v', 6},   {GS, '(', 3},  {GS, '8', 5},  {GS, '*', 2},
};

static guint
size_of (guint8 prefix, guint8 letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (sizes[i].prefix == prefix && sizes[i].letter == letter)
      return sizes[i].size;
  return 1;
}

static guint
number (const guint8 *bytes)
{
  return (guint)(bytes[0] | bytes[1] << 8);
}

/* Bytes of data behind a whole head. */
static guint64
data_of (const guint8 *head)
{
  const guint8 *p = head + 2;

  if (head[0] == GS && head[1] == 'v')
    return (guint64)number (p + 2) * number (p + 4);
  if (head[0] == GS && head[1] == '(')
    return number (p + 1);
  if (head[0] == GS && head[1] == '8')
    return (guint64)number (p + 1) | (guint64)number (p + 3) << 16;
  if (head[0] == GS && head[1] == '*')
    return (guint64)p[0] * p[1] * 8;
  if (head[0] == ESC && head[1] == '*')
    return (guint64)number (p + 1) * (p[0] >= 32 ? 3 : 1);
  if (head[0] == GS && head[1] == 'V')
    return p[0] >= 65 ? 1 : 0;
  return 0;
}

/* One byte of the printed stream: STORE, or what it completes. */
static TaiEscposEvent
walk (TaiEscposScanner *self, guint8 byte, guint8 *argument)
{
  if (self->skip > 0) {
    self->skip--;
    return TAI_ESCPOS_STORE;
  }
  if (self->n == 0 && byte != ESC && byte != FS && byte != GS)
    return TAI_ESCPOS_STORE;
  self->head[self->n++] = byte;
  if (self->n < 2)
    return TAI_ESCPOS_STORE;
  guint size = size_of (self->head[0], self->head[1]);
  if (size > sizeof self->head - 2) { /* long and without a length of its own: all of it is data */
    self->skip = size;
    self->n = 0;
    return TAI_ESCPOS_STORE;
  }
  if (self->n < 2 + size)
    return TAI_ESCPOS_STORE;
  self->n = 0;
  self->skip = data_of (self->head);
  *argument = byte;
  if (self->head[0] == ESC && self->head[1] == 'p')
    return TAI_ESCPOS_PULSE;
  return self->head[0] == GS && self->head[1] == 'r' ? TAI_ESCPOS_STATUS : TAI_ESCPOS_STORE;
}

static gboolean
starts_realtime (const TaiEscposScanner *self, guint8 byte)
{
  return byte == DLE && (self->realtime_in_data || (self->n == 0 && self->skip == 0));
}

/* DLE EOT n, DLE DC4 1 m t: does @byte stand before the last one? */
static gboolean
goes_on (const TaiEscposScanner *self, guint8 byte)
{
  switch (self->n_dle) {
  case 0:
    return starts_realtime (self, byte);
  case 1:
    return byte == EOT || byte == DC4;
  case 2:
    return self->dle[1] == DC4 && byte == 1;
  case 3:
    return byte <= 1;
  default:
    return FALSE;
  }
}

TaiEscposEvent
tai_escpos_scanner_take (TaiEscposScanner *self, guint8 byte, guint8 *argument, guint *held)
{
  *held = 0;
  if (goes_on (self, byte)) {
    self->dle[self->n_dle++] = byte;
    return TAI_ESCPOS_HOLD;
  }
  if (self->n_dle == 2 && self->dle[1] == EOT && byte >= 1 && byte <= 4) {
    self->n_dle = 0;
    *argument = byte;
    return TAI_ESCPOS_REALTIME;
  }
  if (self->n_dle == 4 && byte >= 1 && byte <= 8) {
    self->n_dle = 0;
    *argument = self->dle[3];
    return TAI_ESCPOS_PULSE_NOW;
  }
  *held = self->n_dle;
  for (guint i = 0; i < *held; i++)
    walk (self, self->dle[i], argument);
  self->n_dle = 0;
  return walk (self, byte, argument);
}
