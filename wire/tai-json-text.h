/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-json.h"

G_BEGIN_DECLS

/*
 * Texts from outside that are kept or shown: bounded (TAI_LIMIT_FIELD_BYTES), and, where they go to a screen, nothing that moves a
 * cursor. Any thread. Errors: TAI_WIRE_ERROR_MISSING, _TYPE, _VALUE with the path in front.
 */
typedef enum {
  TAI_JSON_TEXT_NEEDED =
      1 << 0, /* missing is an error; else *@text is NULL, the time or id what it was or "" */
  TAI_JSON_TEXT_PLAIN = 1 << 1 /* without control characters */
} TaiJsonTextFlags;

/* (transfer full) *@text; what was there is not freed. */
gboolean tai_json_take_text (const TaiJson *json, const char *path, TaiJsonTextFlags flags, char **text,
                             GError **error);
/* RFC 3339. */
gboolean tai_json_take_time (const TaiJson *json, const char *path, TaiJsonTextFlags flags, gint64 *time_us,
                             GError **error);
gboolean tai_json_take_uuid (const TaiJson *json, const char *path, TaiJsonTextFlags flags, TaiUuid *id,
                             GError **error);
/* @path: why. FALSE, always */
gboolean tai_json_refuse (GError **error, const char *path, const char *why);

G_END_DECLS
