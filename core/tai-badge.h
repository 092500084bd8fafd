/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A staff badge (工牌) as a text that is scanned: who comes, never that he is it; the PIN follows. Capitals and digits alone, so
 * that no keyboard and no input method changes them. Any thread. */
#define TAI_BADGE_NUMBER_MAX 16

/* NULL: a staff number that is not 1 to 16 digits has no badge. (transfer full) */
char *tai_badge_to_text (const char *number);
/* FALSE: @text is no such text, or was misread. @number takes the digits and a terminator. */
gboolean tai_badge_from_text (const char *text, char number[TAI_BADGE_NUMBER_MAX + 1]);

G_END_DECLS
