/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the printer has no character for, as dots. The whole line is drawn, not one glyph: ESC/POS has no bit image inside a
 * text line that all printers agree on, while GS v 0 is everywhere. The thread of the caller (fonts: its own font map).
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-escpos-raster.h"

#include <string.h>

#include "tai-escpos-command.h"
#include "tai-font.h"

#define COLUMN_DOTS 12
#define GLYPH_DOTS  24
/* Where the baseline of Noto Sans CJK stands in a box of 24 dots. */
#define BASELINE_DOTS 21
/* Ink above this (of 255) is a black dot. */
#define THRESHOLD 110

PangoContext *
tai_escpos_raster_context_new (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_language (context, pango_language_from_string ("zh-cn"));
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  return context;
}

/* One character with its marks, in the box of @width columns that starts at @x; wider glyphs are squeezed. */
static void
draw_cluster (cairo_t *cr, PangoLayout *layout, const gunichar *cluster, guint n, guint x, guint width)
{
  g_autofree char *text = g_ucs4_to_utf8 (cluster, n, NULL, NULL, NULL);
  double box = width * COLUMN_DOTS, advance;
  PangoRectangle logical;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_extents (layout, NULL, &logical);
  advance = pango_units_to_double (logical.width);
  cairo_save (cr);
  cairo_translate (cr, x * COLUMN_DOTS,
                   BASELINE_DOTS - pango_units_to_double (pango_layout_get_baseline (layout)));
  if (advance > box)
    cairo_scale (cr, box / advance, 1);
  else
    cairo_translate (cr, (box - advance) / 2, 0);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}

static PangoLayout *
new_layout (PangoContext *context, TaiStyle style)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string (TAI_FONT_FAMILIES);

  pango_font_description_set_absolute_size (font, GLYPH_DOTS * PANGO_SCALE);
  if (style & TAI_STYLE_BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_font_description_free (font);
  return layout;
}

static void
draw_cells (cairo_t *cr, PangoContext *context, const gunichar *cells, guint n_cells, TaiStyle style)
{
  g_autoptr (PangoLayout) layout = new_layout (context, style);
  guint x = 0, next;

  for (guint i = 0; i < n_cells; i = next) {
    guint width = tai_cells_classify (TAI_CELLS_PRINTER, cells[i]) & TAI_CELL_WIDTH;

    for (next = i + 1; next < n_cells; next++)
      if (tai_cells_classify (TAI_CELLS_PRINTER, cells[next]) & TAI_CELL_WIDTH)
        break;
    if (cells[i] != ' ')
      draw_cluster (cr, layout, cells + i, next - i, x, MAX (width, 1));
    x += width;
  }
}

/* A printer may take 10 04, 10 05 or 10 14 in the middle of data as a real-time command, so a lone dot that would make one gets
 * a neighbour. */
static void
break_commands (guint8 *rows, gsize size)
{
  for (gsize i = 0; i + 1 < size; i++)
    if (rows[i] == 0x10 && (rows[i + 1] == 0x04 || rows[i + 1] == 0x05 || rows[i + 1] == 0x14))
      rows[i] = 0x18;
}

/* Grey to dots. */
static guint8 *
threshold (cairo_surface_t *surface, guint width_bytes, guint height)
{
  guint8 *rows = g_malloc0 (width_bytes * height);
  const guint8 *grey;
  gsize stride = cairo_image_surface_get_stride (surface);

  cairo_surface_flush (surface);
  grey = cairo_image_surface_get_data (surface);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width_bytes * 8; x++)
      if (grey[y * stride + x] > THRESHOLD)
        rows[y * width_bytes + x / 8] |= 0x80 >> x % 8;
  break_commands (rows, (gsize)width_bytes * height);
  return rows;
}

void
tai_escpos_append_drawn_line (GByteArray *out, PangoContext *context, const gunichar *cells, guint n_cells,
                              guint columns, TaiStyle style)
{
  guint scale = style & TAI_STYLE_LARGE ? 2 : 1;
  guint width_bytes = (columns * COLUMN_DOTS + 7) / 8,
        height = GLYPH_DOTS * (scale - 1) + TAI_ESCPOS_LINE_DOTS;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, width_bytes * 8, height);
  cairo_t *cr = cairo_create (surface);
  g_autofree guint8 *rows = NULL;

  cairo_translate (cr, 0, (TAI_ESCPOS_LINE_DOTS - GLYPH_DOTS) / 2);
  cairo_scale (cr, scale, scale);
  draw_cells (cr, context, cells, n_cells, style);
  cairo_destroy (cr);
  rows = threshold (surface, width_bytes, height);
  tai_escpos_append_raster (out, width_bytes, height, rows);
  cairo_surface_destroy (surface);
}

void
tai_escpos_append_drawn_qr (GByteArray *out, const TaiQr *qr, guint dots)
{
  guint size = tai_qr_get_size (qr), side = (size + 2 * TAI_QR_QUIET) * dots, width_bytes = (side + 7) / 8;
  g_autofree guint8 *rows = g_malloc0 (width_bytes * side);

  for (guint y = 0; y < size; y++) { /* one row of dots for each of modules, then copies of it */
    guint8 *row = rows + (y + TAI_QR_QUIET) * dots * width_bytes;

    for (guint x = 0; x < size; x++)
      for (guint i = 0; tai_qr_is_dark (qr, x, y) && i < dots; i++) {
        guint dot = (x + TAI_QR_QUIET) * dots + i;

        row[dot / 8] |= 0x80 >> dot % 8;
      }
    for (guint i = 1; i < dots; i++)
      memcpy (row + i * width_bytes, row, width_bytes);
  }
  tai_escpos_append_raster (out, width_bytes, side, rows);
}

void
tai_escpos_append_picture (GByteArray *out, const TaiPicture *picture)
{
  guint width_bytes = (tai_picture_get_width (picture) + 7) / 8, height = tai_picture_get_height (picture);
  g_autofree guint8 *rows = g_memdup2 (tai_picture_get_row (picture, 0), (gsize)width_bytes * height);

  break_commands (rows, (gsize)width_bytes * height);
  tai_escpos_append_raster (out, width_bytes, height, rows);
}
