/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-counter.h"

G_BEGIN_DECLS

/**
 * TaiPaperView: a paper as it looks, page by page, in a window that scrolls. Drawn by the counter's painter; until then, and
 * when it cannot be drawn, it says so. Main thread.
 */
#define TAI_TYPE_PAPER_VIEW (tai_paper_view_get_type ())
G_DECLARE_FINAL_TYPE (TaiPaperView, tai_paper_view, TAI, PAPER_VIEW, GtkWidget)

/* @document: (nullable) ref'd; NULL: empty. */
void tai_paper_view_show (TaiPaperView *self, TaiCounter *counter, TaiDocument *document);

G_END_DECLS
