/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A table that other people's programs wrote: RFC 4180, UTF-8 or GB 18030 (of which GBK and GB 2312 are parts). */

/* One row that is not empty. */
typedef struct {
  guint line;   /* where it begins in the file, from 1 */
  char **cells; /* (owned) without blanks around them */
} HqCsvRow;

/* (transfer full) (element-type HqCsvRow). Errors: TAI_HQ_ERROR_DATA: too large, neither encoding, a quote that is not closed or
 * stands inside a cell, control characters. */
GPtrArray *hq_csv_parse (GBytes *file, GError **error);
#define HQ_CSV_MAX_BYTES (16 << 20)

G_END_DECLS
