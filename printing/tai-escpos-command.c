/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of ESC/POS. No state, any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-escpos-command.h"

#define ESC 0x1b
#define FS  0x1c
#define GS  0x1d
#define DLE 0x10

#define APPEND(out, ...)                                                                                     \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    const guint8 bytes_[] = {__VA_ARGS__};                                                                   \
    g_byte_array_append ((out), bytes_, sizeof bytes_);                                                      \
  }                                                                                                          \
  G_STMT_END

void
tai_escpos_append_init (GByteArray *out)
{
  APPEND (out, ESC, '@');
}

void
tai_escpos_append_bold (GByteArray *out, gboolean on)
{
  APPEND (out, ESC, 'E', on ? 1 : 0);
}

void
tai_escpos_append_align (GByteArray *out, TaiStyle style)
{
  APPEND (out, ESC, 'a', style & TAI_STYLE_CENTER ? 1 : style & TAI_STYLE_RIGHT ? 2 : 0);
}

void
tai_escpos_append_size (GByteArray *out, guint width, guint height)
{
  g_return_if_fail (width >= 1 && width <= 8 && height >= 1 && height <= 8);

  APPEND (out, GS, '!', (width - 1) << 4 | (height - 1));
}

void
tai_escpos_append_chinese (GByteArray *out, gboolean on)
{
  APPEND (out, FS, on ? '&' : '.');
}

void
tai_escpos_append_chinese_quad (GByteArray *out, gboolean on)
{
  APPEND (out, FS, 'W', on ? 1 : 0);
}

void
tai_escpos_append_feed (GByteArray *out, guint8 lines)
{
  APPEND (out, ESC, 'd', lines);
}

void
tai_escpos_append_cut (GByteArray *out, TaiCutter cutter)
{
  if (cutter != TAI_CUTTER_NONE)
    APPEND (out, GS, 'V', cutter == TAI_CUTTER_FULL ? 0 : 1);
}

void
tai_escpos_append_drawer (GByteArray *out, guint pin, guint on_ms, guint off_ms)
{
  g_return_if_fail (pin == 2 || pin == 5);
  g_return_if_fail (on_ms <= 510 && off_ms <= 510);

  APPEND (out, ESC, 'p', pin == 2 ? '0' : '1', on_ms / 2, off_ms / 2);
}

void
tai_escpos_append_drawer_now (GByteArray *out, guint pin, guint8 time)
{
  g_return_if_fail (pin == 2 || pin == 5);
  g_return_if_fail (time >= 1 && time <= 8);

  APPEND (out, DLE, 0x14, 1, pin == 2 ? 0 : 1, time);
}

void
tai_escpos_append_status_request (GByteArray *out, guint8 n)
{
  g_return_if_fail (n >= 1 && n <= 4);

  APPEND (out, DLE, 0x04, n);
}

void
tai_escpos_append_ordered_status_request (GByteArray *out)
{
  APPEND (out, GS, 'r', 1);
}

void
tai_escpos_append_raster (GByteArray *out, guint width_bytes, guint height, const guint8 *rows)
{
  g_return_if_fail (width_bytes > 0 && width_bytes < 0x10000 && height > 0 && height < 0x10000);

  APPEND (out, GS, 'v', '0', 0, width_bytes & 0xff, width_bytes >> 8, height & 0xff, height >> 8);
  g_byte_array_append (out, rows, width_bytes * height);
}

void
tai_escpos_append_qr (GByteArray *out, const char *payload, gsize n_bytes, guint8 dots, TaiQrLevel level)
{
  gsize n = n_bytes + 3;

  g_return_if_fail (n_bytes > 0 && n_bytes <= 7089);
  g_return_if_fail (dots >= 1 && dots <= 16 && level <= TAI_QR_H);

  APPEND (out, GS, '(', 'k', 4, 0, '1', 'A', '2', 0);
  APPEND (out, GS, '(', 'k', 3, 0, '1', 'C', dots);
  APPEND (out, GS, '(', 'k', 3, 0, '1', 'E', '0' + level);
  APPEND (out, GS, '(', 'k', n & 0xff, n >> 8, '1', 'P', '0');
  g_byte_array_append (out, (const guint8 *)payload, n_bytes);
  APPEND (out, GS, '(', 'k', 3, 0, '1', 'Q', '0');
}
