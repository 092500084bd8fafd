/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"

G_BEGIN_DECLS

/* Widths of a table's columns, in dots or in characters: what grid and page share. Pure, any thread. */

/* @width shared by the weights of @row. */
void tai_columns_share (const TaiBlock *row, guint width, guint *widths);
/* Each column gets what it needs from the one that has most to spare; FALSE: there is not so much, nothing was moved. */
gboolean tai_columns_widen (guint n, guint *widths, const guint *needed);
/* There is not room for all: right aligned columns (amounts) stand on one line, taken from the widest other column, which
 * keeps a third. */
void tai_columns_squeeze (const TaiBlock *row, guint *widths, const guint *needed);

G_END_DECLS
