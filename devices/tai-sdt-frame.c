/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames of the card readers' protocol. What: building, and incremental parsing that survives noise, split and merged reads.
 * Why by itself: driver and emulator share it, and it can be fuzzed. Any thread. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-sdt-frame.h"

#include <string.h>

static const guint8 preamble[TAI_SDT_PREAMBLE_SIZE] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};

static guint8
checksum (const guint8 *bytes, gsize size)
{
  guint8 sum = 0;

  while (size-- > 0)
    sum ^= *bytes++;
  return sum;
}

gsize
tai_sdt_frame_build (const guint8 *body, gsize size, guint8 *frame)
{
  guint8 *length = frame + TAI_SDT_PREAMBLE_SIZE;

  g_return_val_if_fail (size >= 2 && size < TAI_SDT_MAX_LENGTH, 0);

  memcpy (frame, preamble, sizeof preamble);
  length[0] = (guint8)((size + 1) >> 8);
  length[1] = (guint8)(size + 1);
  memcpy (length + 2, body, size);
  length[2 + size] = checksum (length, 2 + size);
  return TAI_SDT_PREAMBLE_SIZE + 2 + size + 1;
}

void
tai_sdt_parser_init (TaiSdtParser *self, gsize minimum)
{
  self->size = self->given = 0;
  self->minimum = minimum;
}

void
tai_sdt_parser_wipe (TaiSdtParser *self)
{
  explicit_bzero (self->bytes, sizeof self->bytes);
  self->size = self->given = 0;
}

static void
drop (TaiSdtParser *self, gsize size)
{
  g_assert (size <= self->size);
  memmove (self->bytes, self->bytes + size, self->size - size);
  self->size -= size;
  explicit_bzero (self->bytes + self->size, size);
}

guint8 *
tai_sdt_parser_room (TaiSdtParser *self, gsize *size)
{
  drop (self, self->given);
  self->given = 0;
  *size = sizeof self->bytes - self->size;
  return self->bytes + self->size;
}

void
tai_sdt_parser_add (TaiSdtParser *self, gsize size)
{
  g_assert (size <= sizeof self->bytes - self->size);
  self->size += size;
}

/* Drops what stands before the preamble; of a buffer without one it keeps the bytes that may be its beginning. */
static gboolean
find_preamble (TaiSdtParser *self)
{
  guint8 *start = memmem (self->bytes, self->size, preamble, sizeof preamble);

  if (start != NULL)
    drop (self, (gsize)(start - self->bytes));
  else if (self->size >= sizeof preamble)
    drop (self, self->size - (sizeof preamble - 1));
  return start != NULL;
}

TaiSdtParse
tai_sdt_parser_next (TaiSdtParser *self, const guint8 **body, gsize *size)
{
  const guint8 *start = self->bytes + TAI_SDT_PREAMBLE_SIZE;

  drop (self, self->given);
  self->given = 0;
  if (!find_preamble (self) || self->size < TAI_SDT_PREAMBLE_SIZE + 2)
    return TAI_SDT_PARSE_MORE;

  gsize length = (gsize)(start[0] << 8 | start[1]);
  if (length < self->minimum || length > TAI_SDT_MAX_LENGTH) {
    self->given = TAI_SDT_PREAMBLE_SIZE;
    return TAI_SDT_PARSE_LENGTH;
  }
  if (self->size < TAI_SDT_PREAMBLE_SIZE + 2 + length)
    return TAI_SDT_PARSE_MORE;
  if (checksum (start, 2 + length) != 0) {
    self->given = TAI_SDT_PREAMBLE_SIZE;
    return TAI_SDT_PARSE_CHECKSUM;
  }
  self->given = TAI_SDT_PREAMBLE_SIZE + 2 + length;
  *body = start + 2;
  *size = length - 1;
  return TAI_SDT_PARSE_FRAME;
}
