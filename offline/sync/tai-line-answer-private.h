/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"

G_BEGIN_DECLS

/*
 * Reading what HQ says of a number: whatever goes to a screen is bounded and plain. FALSE: TAI_OFFLINE_ERROR_NOT_HQ, or the wire's
 * error with the place.
 */
gboolean tai_line_answer_refuse (GError **error, const char *why); /* FALSE, always */
/* (transfer full) *@text; NULL where it is not there. */
gboolean tai_line_answer_take_optional (const TaiJson *json, const char *path, char **text, GError **error);
gboolean tai_line_answer_take_required (const TaiJson *json, const char *path, char **text, GError **error);
gboolean tai_line_answer_take_time (const TaiJson *json, const char *path, gint64 *time_us, GError **error);
/* 0 where it is not there. */
gboolean tai_line_answer_take_optional_time (const TaiJson *json, const char *path, gint64 *time_us,
                                             GError **error);

G_END_DECLS
