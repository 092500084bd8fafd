/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"

G_BEGIN_DECLS

/* TRUE: a code with @payload is no longer good. */
typedef gboolean (*TaiDocumentCodeFunc) (const char *payload, gpointer data);

/* Of a document that nobody else has yet: codes that are no longer good leave it, their payload is "" from then on, and printing/
 * says so in their place. Any thread. */
void tai_document_void_codes (TaiDocument *self, TaiDocumentCodeFunc is_void, gpointer data);

G_END_DECLS
