/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Width and breaking class of characters, as one table a kind of paper. Built once, then constant; any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-cells.h"

#include "tai-gb18030.h"

/* Marks that Chinese typesetting keeps away from the start or the end of a line (GB/T 15834), and signs of money. */
static const gunichar no_start[] = U"、。，．：；？！…—·”’）》〉】〕］｝」』〗％℃々)]}!,.:;?%>";
static const gunichar no_end[] = U"“‘（《〈【〔［｛「『〖￥＄￡€$([{<#＃";
static const gunichar unit[] = U"元角分整圆％℃%年月日时秒天个张笔条次页折兆";

static gboolean
contains (const gunichar *set, gunichar c)
{
  for (; *set; set++)
    if (*set == c)
      return TRUE;
  return FALSE;
}

static gboolean
is_private (gunichar c)
{
  return (c >= 0xe000 && c < 0xf900) || c >= 0xf0000;
}

static guint8
get_width (TaiCells kind, gunichar c, gboolean in_printer)
{
  GUnicodeType type = g_unichar_type (c);

  if (type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK || g_unichar_iszerowidth (c))
    return 0;
  if (g_unichar_iswide (c))
    return 2;
  if (kind == TAI_CELLS_PRINTER && ((in_printer && c >= 0x80) || is_private (c)))
    return 2;
  return 1;
}

guint8
tai_cells_classify (TaiCells kind, gunichar c)
{
  GUnicodeType type = g_unichar_type (c);
  gboolean in_printer = c < 0x10000 && tai_gb18030_table ()[c] != 0;
  guint8 result;

  if (c == ' ')
    return 1;
  if (type == G_UNICODE_FORMAT)
    return TAI_CELL_DROP;
  if (type == G_UNICODE_CONTROL || type == G_UNICODE_SURROGATE || c == 0xfffd ||
      (type == G_UNICODE_UNASSIGNED && !g_unichar_iswide (c)))
    return TAI_CELL_REPLACE;
  result = get_width (kind, c, in_printer);
  if (result == 2 || is_private (c))
    result |= TAI_CELL_BREAK;
  if (contains (no_start, c))
    result |= TAI_CELL_NO_START;
  if (contains (no_end, c))
    result |= TAI_CELL_NO_END;
  if (contains (unit, c))
    result |= TAI_CELL_UNIT;
  if (kind == TAI_CELLS_PRINTER && !in_printer)
    result |= TAI_CELL_RASTER;
  return result;
}

const guint8 *
tai_cells_get_classes (TaiCells kind)
{
  static guint8 classes[2][0x10000];
  static gsize ready[2];

  if (g_once_init_enter (&ready[kind])) {
    for (gunichar c = 0; c < 0x10000; c++)
      classes[kind][c] = tai_cells_classify (kind, c);
    g_once_init_leave (&ready[kind], 1);
  }
  return classes[kind];
}
