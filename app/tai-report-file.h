/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"

G_BEGIN_DECLS

/*
 * Reports as files that somebody carries on: PDF of the paper, text as it is. Readable by their owner only (0600), whole or not
 * at all. For window and command line. Any thread; blocks. Errors: FILE, printing's.
 */
gboolean tai_report_file_write_paper (TaiDocument *paper, const char *path, GError **error);
gboolean tai_report_file_write_text (const char *text, const char *path, GError **error);

G_END_DECLS
