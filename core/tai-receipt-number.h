/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Receipt numbers (I8): hall, till, epoch letter (advanced by a restore), business day, sequence of the day:
 * "H017-T2-A-20261122-0001". Unique because one database makes them; never recycled. @business_day is "2026-11-22".
 */
char *tai_receipt_number_format (const char *hall, const char *till, char epoch_letter,
                                 const char *business_day, gint64 sequence); /* (transfer full) */

/* What a number says of its series. FALSE: no receipt number. @business_day: "2026-11-22". */
gboolean tai_receipt_number_parse (const char *text, char *epoch_letter, char business_day[11],
                                   gint64 *sequence);

/* The papers of a Z report are numbered like receipts, so that a copy of one is marked and counted like theirs: "Z-T2-0012". */
char *tai_receipt_number_format_z (const char *till, gint32 z_number); /* (transfer full) */
gboolean tai_receipt_number_is_z (const char *text);

G_END_DECLS
