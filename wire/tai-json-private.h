/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"

G_BEGIN_DECLS

/* Bytes of the number that @text begins with, 0: none; *@is_int: without fraction and exponent. */
gsize tai_json_skip_number (const char *text, gsize length, gboolean *is_int);
/* TRUE when @text is exactly one number of RFC 8259. */
gboolean tai_json_scan_number (const char *text, gsize length, gboolean *is_int);

/* The constant that is @text, NULL: not one of the usual names. */
const char *tai_json_name_find (const char *text, gsize length);
/* The text of a decimal as it was parsed or built. */
const char *tai_json_decimal_text (const TaiJson *node);
/* "productOrderItem.2.action" -> "productOrderItem[2].action", "" -> "value". (transfer full) */
char *tai_json_show_path (const char *path);
void tai_json_set_path_error (GError **error, TaiWireError code, const char *path, const char *what);

G_END_DECLS
