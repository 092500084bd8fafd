/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"

G_BEGIN_DECLS

/* @document as UTF-8 text for a terminal or a file: lines of at most @columns (24 to 96) terminal columns, ended by '\n', no
 * control characters, QR codes as their payload. Any thread. (transfer full) */
char *tai_plain_text_render (TaiDocument *document, guint columns);

G_END_DECLS
