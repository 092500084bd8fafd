/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tai_gb18030_table:
 *
 * What a Chinese receipt printer can be sent: for each character of the basic plane its GB18030 form of one byte (< 0x80)
 * or two bytes (first byte high), or 0 where the form has four bytes, is a control, or lies in the private use area:
 * printers have only the two-byte areas, what they hold at private codes is anybody's guess.
 * Made once in the process (some ms), constant after; any thread. 65,536 entries.
 */
const guint16 *tai_gb18030_table (void);

G_END_DECLS
