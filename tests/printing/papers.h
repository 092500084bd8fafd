/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-page.h"

/* Of a file in build/tests/printing/papers. (transfer full) */
char *papers_path (const char *name);
/* Its path. (transfer full) */
char *papers_save (GBytes *bytes, const char *name);
char *papers_render_pdf (TaiDocument *doc, TaiPaper paper, const char *name);
char *papers_render_png (TaiDocument *doc, TaiPaper paper, guint index, const char *name);

/* Each page as WHAT-LANGUAGE-PAPER.png for people to look at; nothing of it touches an edge. The path of the first. (transfer full) */
char *papers_show (TaiDocument *doc, TaiPaper paper, const char *what, const char *language);

/* Output of a program of the system (arguments end with NULL), or NULL after marking the test as skipped. (transfer full) */
char *papers_run (const char *first, ...) G_GNUC_NULL_TERMINATED;
/* @text without blanks: pdftotext sets its own. (transfer full) */
char *papers_squeeze (const char *text);
