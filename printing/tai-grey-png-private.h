/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* @surface (RGB24) as a PNG of 16 greys. cairo's own writer takes three times as long: it squeezes colours, and as hard as it
 * can. Error: TAI_PRINTING_ERROR_FAILED. (transfer full) */
GBytes *tai_grey_png_write (cairo_surface_t *surface, GError **error);

G_END_DECLS
