/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-document.h"
#include "tai-escpos-profile.h"
#include "tai-qr.h"

G_BEGIN_DECLS

/*
 * The ESC/POS commands that this house sends, each as one append to a byte array. Checked against tests/data/escpos.json.
 * Nothing else in the project writes control bytes to a printer.
 */
void tai_escpos_append_init (GByteArray *out);                  /* ESC @ */
void tai_escpos_append_bold (GByteArray *out, gboolean on);     /* ESC E */
void tai_escpos_append_align (GByteArray *out, TaiStyle style); /* ESC a: CENTER, RIGHT, else left */
void tai_escpos_append_size (GByteArray *out, guint width, guint height); /* GS !: factors 1 to 8 */
void tai_escpos_append_chinese (GByteArray *out, gboolean on);            /* FS & / FS . */
void tai_escpos_append_chinese_quad (GByteArray *out, gboolean on);       /* FS W */
void tai_escpos_append_feed (GByteArray *out, guint8 lines);              /* ESC d */
void tai_escpos_append_cut (GByteArray *out, TaiCutter cutter);           /* GS V 0 / 1 */
/* ESC p: @pin 2 or 5; times 0 to 510 ms in steps of 2. */
void tai_escpos_append_drawer (GByteArray *out, guint pin, guint on_ms, guint off_ms);
/* DLE DC4 1: at once, before what waits in the buffer; on and off @time × 100 ms, 1 to 8. */
void tai_escpos_append_drawer_now (GByteArray *out, guint pin, guint8 time);
/* DLE EOT @n, 1 to 4. Only between complete commands: the printer takes the byte 10h as a parameter of an open one. */
void tai_escpos_append_status_request (GByteArray *out, guint8 n);
void tai_escpos_append_ordered_status_request (GByteArray *out); /* GS r 1 */
/* GS v 0 and its rows: one bit a dot, black = 1, @width_bytes bytes a row. */
void tai_escpos_append_raster (GByteArray *out, guint width_bytes, guint height, const guint8 *rows);
/* GS ( k: model 2, @dots a module, @level, store, print. */
void tai_escpos_append_qr (GByteArray *out, const char *payload, gsize n_bytes, guint8 dots,
                           TaiQrLevel level);

G_END_DECLS
