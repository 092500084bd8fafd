/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames of the bank terminals' protocol: building, and incremental parsing that survives noise, split and merged reads. Driver
 * and emulator share it. Any thread. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-codepay-frame.h"

#include <string.h>

#define HEAD_SIZE 7 /* start, type, ack, id, length */

static const guint8 start[] = {0x55, 0xAA}, end[] = {0xCC, 0x33};

static guint8
checksum (const guint8 *bytes, gsize size)
{
  guint8 sum = 0;

  while (size-- > 0)
    sum ^= *bytes++;
  return sum;
}

gsize
tai_codepay_frame_build (const TaiCodepayFrame *frame, guint8 *bytes)
{
  guint8 *at = bytes;

  g_return_val_if_fail (frame->size == 0 || frame->data != NULL, 0);
  if (frame->size > TAI_CODEPAY_MAX_DATA)
    return 0;
  memcpy (at, start, sizeof start);
  at += sizeof start;
  *at++ = frame->type;
  *at++ = frame->ack;
  *at++ = frame->id;
  *at++ = (guint8)(frame->size >> 8);
  *at++ = (guint8)frame->size;
  if (frame->size > 0)
    memcpy (at, frame->data, frame->size);
  at += frame->size;
  *at = checksum (bytes + sizeof start, (gsize)(at - bytes) - sizeof start);
  memcpy (at + 1, end, sizeof end);
  return TAI_CODEPAY_OVERHEAD + frame->size;
}

static void
drop (TaiCodepayParser *self, gsize size)
{
  g_assert (size <= self->size);
  memmove (self->bytes, self->bytes + size, self->size - size);
  self->size -= size;
  explicit_bzero (self->bytes + self->size, size);
}

static void
drop_given (TaiCodepayParser *self)
{
  drop (self, self->given);
  self->given = 0;
}

guint8 *
tai_codepay_parser_room (TaiCodepayParser *self, gsize *size)
{
  drop_given (self);
  *size = sizeof self->bytes - self->size;
  return self->bytes + self->size;
}

void
tai_codepay_parser_add (TaiCodepayParser *self, gsize size)
{
  g_assert (size <= sizeof self->bytes - self->size);
  self->size += size;
}

void
tai_codepay_parser_wipe (TaiCodepayParser *self)
{
  explicit_bzero (self->bytes, sizeof self->bytes);
  self->size = self->given = 0;
}

/* Drops what stands before a start; of a buffer without one it keeps the byte that may be its first half. */
static gboolean
find_start (TaiCodepayParser *self)
{
  guint8 *at = memmem (self->bytes, self->size, start, sizeof start);

  if (at != NULL)
    drop (self, (gsize)(at - self->bytes));
  else if (self->size > 0)
    drop (self, self->size - (self->bytes[self->size - 1] == start[0] ? 1 : 0));
  return at != NULL;
}

gboolean
tai_codepay_parser_skip (TaiCodepayParser *self)
{
  drop_given (self);
  if (!find_start (self))
    return FALSE;
  drop (self, sizeof start);
  return TRUE;
}

TaiCodepayParse
tai_codepay_parser_next (TaiCodepayParser *self, TaiCodepayFrame *frame)
{
  const guint8 *bytes = self->bytes;
  gsize size;

  drop_given (self);
  if (!find_start (self) || self->size < HEAD_SIZE)
    return TAI_CODEPAY_PARSE_MORE;
  size = (gsize)(bytes[5] << 8 | bytes[6]);
  self->given = sizeof start;
  if (size > TAI_CODEPAY_MAX_DATA)
    return TAI_CODEPAY_PARSE_DAMAGED;
  if (self->size < TAI_CODEPAY_OVERHEAD + size) {
    self->given = 0;
    return TAI_CODEPAY_PARSE_MORE;
  }
  if (checksum (bytes + sizeof start, HEAD_SIZE - sizeof start + size) != bytes[HEAD_SIZE + size] ||
      memcmp (bytes + HEAD_SIZE + size + 1, end, sizeof end) != 0)
    return TAI_CODEPAY_PARSE_DAMAGED;
  self->given = TAI_CODEPAY_OVERHEAD + size;
  *frame = (TaiCodepayFrame){bytes[2], bytes[3], bytes[4], bytes + HEAD_SIZE, size};
  return TAI_CODEPAY_PARSE_FRAME;
}
