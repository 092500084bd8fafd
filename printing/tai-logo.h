/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-picture.h"

G_BEGIN_DECLS

/* What becomes of it on paper: scaled down to fit, never up. */
#define TAI_LOGO_WIDTH  320
#define TAI_LOGO_HEIGHT 120

/* A PNG as dots: over white, in grey, shades by scattered dots. Some ms; any thread. Errors: TAI_PRINTING_ERROR_LOGO: the message
 * says what is wrong with it; sizes above TAI_LIMIT_LOGO_BYTES and _SIDE are. (transfer full) (nullable) */
TaiPicture *tai_logo_from_png (GBytes *png, GError **error);

G_END_DECLS
