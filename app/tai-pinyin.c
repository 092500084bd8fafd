/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How Chinese characters are read, from a table that the build makes of Unicode's own data (make-pinyin-table.py). ICU would
 * give one reading a character, 银行 as "yin xing". Constant data, any thread.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-pinyin.h"

#include "tai-pinyin-table.inc"

char **
tai_pinyin_readings (gunichar han, gpointer data)
{
  gsize low = 0, high = G_N_ELEMENTS (characters);

  while (low < high) {
    gsize middle = low + (high - low) / 2;
    gunichar found = characters[middle] >> SET_BITS;

    if (found == han)
      return g_strsplit (reading_sets[characters[middle] & ((1u << SET_BITS) - 1)], " ", -1);
    if (found < han)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}
