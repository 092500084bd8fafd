/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tai_pinyin_readings: TaiPinyinFunc of the command box (tai-finder.h) with the readings of Unicode's Unihan database: all that
 * the dictionaries of today's language give, the usual one first. Any thread.
 * @data: unused
 *
 * Returns: (transfer full) (nullable): NULL when it is no Chinese character, or one without a reading
 */
char **tai_pinyin_readings (gunichar han, gpointer data);

G_END_DECLS
