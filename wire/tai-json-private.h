/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"

G_BEGIN_DECLS

/**
 * TaiJsonScan: what the guard in front of json-c found in a text that it let through.
 * @members: for each object of the text, in the order of the opening braces, the number of its members as written;
 *   json-c keeps the last of two equal names, so a smaller number in the tree betrays a duplicate
 */
typedef struct {
  GArray *members; /* (owned) of guint32 */
} TaiJsonScan;

/* @limits has no zero members left. */
gboolean tai_json_scan (TaiJsonScan *scan, const char *text, gsize length, const TaiJsonLimits *limits,
                        GError **error);
/* TRUE when @text is exactly one number of RFC 8259; *@is_int: without fraction and exponent. */
gboolean tai_json_scan_number (const char *text, gsize length, gboolean *is_int);

/* The text of a decimal as it was parsed or built. */
const char *tai_json_decimal_text (const TaiJson *node);
/* "productOrderItem.2.action" -> "productOrderItem[2].action", "" -> "value". (transfer full) */
char *tai_json_show_path (const char *path);
void tai_json_set_path_error (GError **error, TaiWireError code, const char *path, const char *what);

G_END_DECLS
