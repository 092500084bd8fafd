/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"
#include "tai-escpos-profile.h"

G_BEGIN_DECLS

/**
 * TaiEscpos: makes the bytes of receipts for one printer. Keeps its tables and buffers from one receipt to the next.
 * One thread at a time (the print worker).
 *
 * Text goes as GB18030. A line that holds a character without a two-byte form (¥ has a substitute, so: rare characters of
 * names, emoji, letters with unusual accents) is drawn whole as a raster line on the same grid, so that its columns stand
 * under those of its neighbours. No byte of a document's text reaches the printer as a control byte.
 */
typedef struct _TaiEscpos TaiEscpos;

/* @profile is copied. Error: TAI_PRINTING_ERROR_PROFILE. */
TaiEscpos *tai_escpos_new (const TaiEscposProfile *profile, GError **error);
void tai_escpos_free (TaiEscpos *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiEscpos, tai_escpos_free)

const TaiEscposProfile *tai_escpos_get_profile (const TaiEscpos *self);

/* Everything from ESC @ to the cut. Cannot fail: what the printer cannot do is drawn or written out. (transfer full) */
GBytes *tai_escpos_encode (TaiEscpos *self, TaiDocument *document);

/* A pulse for the cash drawer, on its own and never as a part of a receipt: @on_ms and @off_ms 2 to 510. @now: in
 * real time, whatever the profile says. (transfer full) */
GBytes *tai_escpos_encode_drawer (TaiEscpos *self, gboolean now, guint on_ms, guint off_ms);

G_END_DECLS
