/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-day-check.h"
#include "tai-difference.h"

G_BEGIN_DECLS

/* The words of the end of a day, for windows and command line. (transfer none) where nothing else is said. */

/* Why a drawer can be off, as a sentence. */
const char *tai_day_words_get_cause (TaiDifferenceCause cause);
/* Short: for the line of a list. */
const char *tai_day_words_get_movement (TaiMovementKind kind);
/* What stands at the end of a day, with its figures; what to do about it. (transfer full) */
char *tai_day_words_describe (const TaiDayItem *item);
const char *tai_day_words_get_todo (TaiDayKind kind);
/* The verb of guitaictl that settles it; not translated. */
const char *tai_day_words_get_command (TaiDayKind kind);
/* What was booked about a closed shift; @event as in TaiSupplement. */
const char *tai_day_words_get_supplement (const char *event);

G_END_DECLS
