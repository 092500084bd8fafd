/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tai_mask_text:
 * @text: (nullable) changed in place, as long as before
 *
 * Who audits sees what was done, not whose it was: each telephone number ("13800138000", also written "138 0013 8000"), each
 * number of a citizen's document and each ICCID in @text loses its middle to stars. What only looks like one stays: amounts, times,
 * receipt numbers, ids, a document number whose check digit is wrong. Any thread.
 */
void tai_mask_text (char *text);

G_END_DECLS
