/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiPicture: a small picture of black dots for paper, 203 to an inch: the operator's mark on top of receipts and forms. Its text
 * form stands in documents, so that a paper printed again looks as it did. Immutable; any thread; reference counted.
 *
 * Bits: rows of (width + 7) / 8 bytes from the top, the leftmost dot is the highest bit, 1 = black; bits beyond the width are 0.
 */
typedef struct _TaiPicture TaiPicture;

#define TAI_PICTURE_MAX_WIDTH  384
#define TAI_PICTURE_MAX_HEIGHT 160
/* Bytes of the text form. A picture that compresses worse than this is none for paper. */
#define TAI_PICTURE_MAX_TEXT 8000

/* Copies the bits. Errors: TAI_CORE_ERROR_LIMIT (sides, text form). (transfer full) (nullable) */
TaiPicture *tai_picture_new (guint width, guint height, const guint8 *bits, GError **error);
TaiPicture *tai_picture_ref (TaiPicture *self);
void tai_picture_unref (TaiPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPicture, tai_picture_unref)

guint tai_picture_get_width (const TaiPicture *self);
guint tai_picture_get_height (const TaiPicture *self);
const guint8 *tai_picture_get_row (const TaiPicture *self, guint y);
gboolean tai_picture_is_black (const TaiPicture *self, guint x, guint y);

/* "384 96 <base64 of the deflated bits>"; valid as long as the picture. */
const char *tai_picture_get_text (const TaiPicture *self);
/* Anything else is TAI_CORE_ERROR_DOCUMENT. (transfer full) (nullable) */
TaiPicture *tai_picture_from_text (const char *text, GError **error);

G_END_DECLS
