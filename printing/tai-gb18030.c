/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The printer's character set as one table, so that a receipt costs a look-up a character instead of an iconv call.
 * Where the system's iconv lacks GB18030 only ASCII is left: then every Chinese line is drawn, which prints as well.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-gb18030.h"

static void
fill_table (guint16 *table)
{
  GIConv converter = g_iconv_open ("GB18030", "UTF-8");

  for (gunichar c = 0x20; c < 0x7f; c++)
    table[c] = c;
  if (converter == (GIConv)-1)
    return;
  for (gunichar c = 0xa0; c < 0x10000; c++) {
    char utf8[6], gb[8];
    char *in = utf8, *out = gb;
    gsize n_in, n_out = sizeof gb;

    if ((c >= 0xd800 && c < 0xf900) || !g_unichar_validate (c)) /* surrogates, private use */
      continue;
    n_in = g_unichar_to_utf8 (c, utf8);
    if (g_iconv (converter, &in, &n_in, &out, &n_out) == 0 && out - gb == 2)
      table[c] = (guint16)((guint8)gb[0] << 8 | (guint8)gb[1]);
  }
  g_iconv_close (converter);
}

const guint16 *
tai_gb18030_table (void)
{
  static guint16 table[0x10000];
  static gsize ready;

  if (g_once_init_enter (&ready)) {
    fill_table (table);
    g_once_init_leave (&ready, 1);
  }
  return table;
}
