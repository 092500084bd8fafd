/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CFF faces cut down by HarfBuzz and shown by cairo in place of Pango's. A cut-down face lives as long as cairo keeps it,
 * which is longer than we do. One thread at a time.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-page-face-private.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb-subset.h>

#define CFF_TAG HB_TAG ('C', 'F', 'F', ' ')

/* What a cut-down face does not need: layout is done, printing has no hints and no vertical lines. */
static const hb_tag_t dropped_tables[] = {
    HB_TAG ('G', 'S', 'U', 'B'), HB_TAG ('G', 'P', 'O', 'S'), HB_TAG ('G', 'D', 'E', 'F'),
    HB_TAG ('B', 'A', 'S', 'E'), HB_TAG ('V', 'O', 'R', 'G'), HB_TAG ('v', 'h', 'e', 'a'),
    HB_TAG ('v', 'm', 't', 'x'), HB_TAG ('D', 'S', 'I', 'G'),
};

/* One face as cairo takes it. */
typedef struct {
  FT_Library library;
  FT_Face face;
  hb_blob_t *blob; /* (owned) the bytes that @face reads */
} Loaded;

/* One face of the PDF. @cut NULL: Pango shows it. */
typedef struct {
  hb_face_t *whole; /* (owned) */
  hb_set_t *glyphs; /* (owned) shown ones */
  gboolean is_cut;  /* tried */
  hb_map_t *places; /* (owned) (nullable) glyph of @whole to glyph of @cut */
  cairo_font_face_t *cut;
} Face;

struct _TaiPageFaces {
  GPtrArray *faces; /* (owned) of Face */
};

static void
face_free (gpointer data)
{
  Face *self = data;

  hb_face_destroy (self->whole);
  hb_set_destroy (self->glyphs);
  g_clear_pointer (&self->places, hb_map_destroy);
  g_clear_pointer (&self->cut, cairo_font_face_destroy);
  g_free (self);
}

TaiPageFaces *
tai_page_faces_new (void)
{
  TaiPageFaces *self = g_new0 (TaiPageFaces, 1);

  self->faces = g_ptr_array_new_with_free_func (face_free);
  return self;
}

void
tai_page_faces_free (TaiPageFaces *self)
{
  g_ptr_array_unref (self->faces);
  g_free (self);
}

static Face *
find_face (TaiPageFaces *self, PangoFont *font)
{
  hb_face_t *whole = hb_font_get_face (pango_font_get_hb_font (font));
  Face *face;

  for (guint i = 0; i < self->faces->len; i++) {
    face = g_ptr_array_index (self->faces, i);
    if (face->whole == whole)
      return face;
  }
  face = g_new0 (Face, 1);
  face->whole = hb_face_reference (whole);
  face->glyphs = hb_set_create ();
  g_ptr_array_add (self->faces, face);
  return face;
}

void
tai_page_faces_add (TaiPageFaces *self, const PangoLayoutLine *line)
{
  for (GSList *l = line->runs; l; l = l->next) {
    const PangoGlyphItem *run = l->data;
    Face *face = find_face (self, run->item->analysis.font);

    for (int i = 0; i < run->glyphs->num_glyphs; i++)
      hb_set_add (face->glyphs, run->glyphs->glyphs[i].glyph);
  }
}

/* Cutting ---------------------------------------------------------------------------------------------------------------- */

static void
loaded_free (void *data)
{
  Loaded *self = data;

  if (self->face)
    FT_Done_Face (self->face);
  if (self->library)
    FT_Done_FreeType (self->library);
  hb_blob_destroy (self->blob);
  g_free (self);
}

/* (transfer full) (nullable) */
static cairo_font_face_t *
load (hb_face_t *face)
{
  static const cairo_user_data_key_t key;
  Loaded *loaded = g_new0 (Loaded, 1);
  cairo_font_face_t *result;
  unsigned int size;
  const char *bytes;

  loaded->blob = hb_face_reference_blob (face);
  bytes = hb_blob_get_data (loaded->blob, &size);
  if (FT_Init_FreeType (&loaded->library) != 0 ||
      FT_New_Memory_Face (loaded->library, (const FT_Byte *)bytes, (FT_Long)size, 0, &loaded->face) != 0) {
    loaded_free (loaded);
    return NULL;
  }
  result = cairo_ft_font_face_create_for_ft_face (loaded->face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
  if (cairo_font_face_set_user_data (result, &key, loaded, loaded_free) == CAIRO_STATUS_SUCCESS)
    return result;
  cairo_font_face_destroy (result);
  loaded_free (loaded);
  return NULL;
}

static gboolean
is_cff (hb_face_t *face)
{
  hb_blob_t *table = hb_face_reference_table (face, CFF_TAG);
  gboolean result = hb_blob_get_length (table) > 0;

  hb_blob_destroy (table);
  return result;
}

static hb_subset_plan_t *
plan_cut (const Face *self)
{
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();
  hb_subset_plan_t *plan = NULL;

  if (input == NULL)
    return NULL;
  hb_set_union (hb_subset_input_glyph_set (input), self->glyphs);
  for (guint i = 0; i < G_N_ELEMENTS (dropped_tables); i++)
    hb_set_add (hb_subset_input_set (input, HB_SUBSET_SETS_DROP_TABLE_TAG), dropped_tables[i]);
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                        HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  plan = hb_subset_plan_create_or_fail (self->whole, input);
  hb_subset_input_destroy (input);
  return plan;
}

static void
cut_face (Face *self)
{
  hb_subset_plan_t *plan;
  hb_face_t *cut;

  self->is_cut = TRUE;
  if (!is_cff (self->whole) || (plan = plan_cut (self)) == NULL)
    return;
  cut = hb_subset_plan_execute_or_fail (plan);
  if (cut != NULL) {
    self->places = hb_map_copy (hb_subset_plan_old_to_new_glyph_mapping (plan));
    self->cut = load (cut);
    hb_face_destroy (cut);
  }
  hb_subset_plan_destroy (plan);
}

/* Showing ---------------------------------------------------------------------------------------------------------------- */

/* FALSE: a glyph has no place in the cut-down face (a box for an unknown character), or the run goes from right to left. */
static gboolean
can_show (const Face *self, const PangoGlyphItem *run)
{
  if (self->cut == NULL || run->item->analysis.level % 2 != 0)
    return FALSE;
  for (int i = 0; i < run->glyphs->num_glyphs; i++) {
    PangoGlyph glyph = run->glyphs->glyphs[i].glyph;

    if (glyph != PANGO_GLYPH_EMPTY && !hb_map_has (self->places, glyph))
      return FALSE;
  }
  return TRUE;
}

static void
set_font (cairo_t *cr, const Face *self, PangoFont *font)
{
  cairo_scaled_font_t *scaled = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font));
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_matrix_t matrix;

  cairo_scaled_font_get_font_matrix (scaled, &matrix);
  cairo_scaled_font_get_font_options (scaled, options);
  cairo_set_font_face (cr, self->cut);
  cairo_set_font_matrix (cr, &matrix);
  cairo_set_font_options (cr, options);
  cairo_font_options_destroy (options);
}

static void
show_run (cairo_t *cr, const Face *self, const char *text, PangoGlyphItem *run, double x, double y)
{
  guint n = (guint)run->glyphs->num_glyphs;
  g_autofree cairo_glyph_t *glyphs = g_new (cairo_glyph_t, n);
  g_autofree cairo_text_cluster_t *clusters = g_new (cairo_text_cluster_t, n);
  guint n_glyphs = 0, n_clusters = 0;
  PangoGlyphItemIter iter;

  for (gboolean more = pango_glyph_item_iter_init_start (&iter, run, text); more;
       more = pango_glyph_item_iter_next_cluster (&iter)) {
    guint first = n_glyphs;

    for (int i = iter.start_glyph; i < iter.end_glyph; i++) {
      const PangoGlyphInfo *info = &run->glyphs->glyphs[i];

      if (info->glyph != PANGO_GLYPH_EMPTY)
        glyphs[n_glyphs++] = (cairo_glyph_t){hb_map_get (self->places, info->glyph),
                                             x + pango_units_to_double (info->geometry.x_offset),
                                             y + pango_units_to_double (info->geometry.y_offset)};
      x += pango_units_to_double (info->geometry.width);
    }
    clusters[n_clusters++] =
        (cairo_text_cluster_t){iter.end_index - iter.start_index, (int)(n_glyphs - first)};
  }
  set_font (cr, self, run->item->analysis.font);
  cairo_show_text_glyphs (cr, text + run->item->offset, run->item->length, glyphs, (int)n_glyphs, clusters,
                          (int)n_clusters, 0);
}

void
tai_page_faces_show (TaiPageFaces *self, cairo_t *cr, PangoLayoutLine *line)
{
  const char *text = pango_layout_get_text (line->layout);
  double x, y;

  cairo_get_current_point (cr, &x, &y);
  for (GSList *l = line->runs; l; l = l->next) {
    PangoGlyphItem *run = l->data;
    Face *face = find_face (self, run->item->analysis.font);

    if (!face->is_cut)
      cut_face (face);
    if (can_show (face, run)) {
      show_run (cr, face, text, run, x, y);
    } else {
      cairo_move_to (cr, x, y);
      pango_cairo_show_glyph_item (cr, text, run);
    }
    x += pango_units_to_double (pango_glyph_string_get_width (run->glyphs));
  }
}
