/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Document to ESC/POS. The layout gives lines of characters on a grid, the GB18030 table gives two bytes a character, the
 * commands go between. One thread at a time; no allocation a character, a handful a receipt.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-escpos.h"

#include <string.h>

#include "tai-escpos-command.h"
#include "tai-escpos-raster.h"
#include "tai-gb18030.h"
#include "tai-layout.h"

/* A code of about 35 mm at 203 dpi is read at arm's length; larger wastes paper, and 7 dots keep the quiet zone within the
 * empty line above it. */
#define QR_WANTED_DOTS 280
#define QR_MAX_DOTS    7

#define STYLED (TAI_STYLE_BOLD | TAI_STYLE_LARGE | TAI_STYLE_CENTER | TAI_STYLE_RIGHT)

struct _TaiEscpos {
  TaiEscposProfile profile;
  const guint16 *gb18030;
  TaiLayout *layout;     /* (owned) */
  PangoContext *context; /* (owned) (nullable) made when the first line is drawn: fonts cost */
  GByteArray *out;       /* (owned) */
  TaiStyle style;        /* that the printer is in */
};

TaiEscpos *
tai_escpos_new (const TaiEscposProfile *profile, GError **error)
{
  TaiEscpos *self;

  g_return_val_if_fail (profile != NULL, NULL);

  if (!tai_escpos_profile_check (profile, error))
    return NULL;
  self = g_new0 (TaiEscpos, 1);
  self->profile = *profile;
  self->profile.name = g_intern_string (profile->name);
  self->gb18030 = tai_gb18030_table ();
  self->layout = tai_layout_new (TAI_CELLS_PRINTER, profile->columns,
                                 profile->dots / TAI_QR_MIN_DOTS - 2 * TAI_QR_QUIET);
  self->out = g_byte_array_sized_new (4096);
  return self;
}

void
tai_escpos_free (TaiEscpos *self)
{
  tai_layout_free (self->layout);
  g_clear_object (&self->context);
  g_byte_array_unref (self->out);
  g_free (self);
}

const TaiEscposProfile *
tai_escpos_get_profile (const TaiEscpos *self)
{
  return &self->profile;
}

/* Says only what changes. */
static void
set_style (TaiEscpos *self, TaiStyle style)
{
  TaiStyle changed = (style ^ self->style) & STYLED;

  if (changed == 0)
    return;
  if (changed & TAI_STYLE_BOLD)
    tai_escpos_append_bold (self->out, (style & TAI_STYLE_BOLD) != 0);
  if (changed & TAI_STYLE_LARGE) {
    guint factor = style & TAI_STYLE_LARGE ? 2 : 1;

    tai_escpos_append_size (self->out, factor, factor);
    if (self->profile.chinese_quad)
      tai_escpos_append_chinese_quad (self->out, factor == 2);
  }
  if (changed & (TAI_STYLE_CENTER | TAI_STYLE_RIGHT))
    tai_escpos_append_align (self->out, style);
  self->style = style;
}

static void
append_text (TaiEscpos *self, const gunichar *cells, guint n_cells)
{
  guint length = self->out->len;
  guint8 *p;

  g_byte_array_set_size (self->out, length + 2 * n_cells + 1);
  p = self->out->data + length;
  for (guint i = 0; i < n_cells; i++) {
    guint16 gb;

    g_assert (cells[i] < 0x10000);
    gb = self->gb18030[cells[i]];
    g_assert (gb >= 0x20); /* the layout marked what is not in the table */
    if (gb >= 0x80)
      *p++ = gb >> 8;
    *p++ = gb & 0xff;
  }
  *p++ = '\n';
  g_byte_array_set_size (self->out, p - self->out->data);
}

static void
append_text_line (TaiEscpos *self, const TaiLayoutLine *line)
{
  const gunichar *cells = tai_layout_get_cells (self->layout, line);

  if (line->n_cells ==
      0) { /* an empty line needs no style of its own, but a large one would be twice as high */
    set_style (self, self->style & ~TAI_STYLE_LARGE);
    append_text (self, cells, 0);
    return;
  }
  if (line->raster) {
    if (self->context == NULL)
      self->context = tai_escpos_raster_context_new ();
    set_style (self, line->style & (TAI_STYLE_CENTER | TAI_STYLE_RIGHT));
    tai_escpos_append_drawn_line (self->out, self->context, cells, line->n_cells, line->columns, line->style);
    return;
  }
  set_style (self, line->style & STYLED);
  append_text (self, cells, line->n_cells);
}

/* A counted payload is data to the printer, but not all printers count when they look for real-time commands. */
static gboolean
has_controls (const char *payload)
{
  for (; *payload; payload++)
    if ((guint8)*payload < 0x20 || *payload == 0x7f)
      return TRUE;
  return FALSE;
}

static void
append_qr_line (TaiEscpos *self, const TaiLayoutLine *line)
{
  gsize n_bytes = strlen (line->payload);
  guint modules = tai_qr_size_for_length (n_bytes) + 2 * TAI_QR_QUIET;
  guint dots = CLAMP (MIN (QR_WANTED_DOTS, self->profile.dots) / modules, TAI_QR_MIN_DOTS, QR_MAX_DOTS);

  set_style (self, TAI_STYLE_CENTER);
  if (self->profile.native_qr && !has_controls (line->payload)) {
    append_text (self, NULL, 0); /* the printer draws no quiet zone */
    tai_escpos_append_qr (self->out, line->payload, n_bytes, dots, TAI_QR_M);
    append_text (self, NULL, 0);
  } else {
    g_autoptr (TaiQr) qr = tai_qr_new (line->payload, TAI_QR_M, NULL);

    g_assert (qr != NULL); /* the layout asked tai_qr_size_for_length() */
    tai_escpos_append_drawn_qr (self->out, qr, dots);
  }
}

/* A picture that is wider than the paper is none for it. */
static void
append_picture_line (TaiEscpos *self, const TaiLayoutLine *line)
{
  g_autoptr (TaiPicture) picture = tai_picture_from_text (line->payload, NULL);

  if (picture == NULL || tai_picture_get_width (picture) > self->profile.dots)
    return;
  set_style (self, TAI_STYLE_CENTER);
  tai_escpos_append_picture (self->out, picture);
}

GBytes *
tai_escpos_encode (TaiEscpos *self, TaiDocument *document)
{
  g_return_val_if_fail (self != NULL && document != NULL, NULL);

  g_byte_array_set_size (self->out, 0);
  self->style = TAI_STYLE_NORMAL;
  tai_escpos_append_init (self->out);
  if (self->profile.chinese_command)
    tai_escpos_append_chinese (self->out, TRUE);
  tai_layout_run (self->layout, document);
  for (guint i = 0; i < tai_layout_get_n_lines (self->layout); i++) {
    const TaiLayoutLine *line = tai_layout_get_line (self->layout, i);

    if (line->type == TAI_LINE_QR)
      append_qr_line (self, line);
    else if (line->type == TAI_LINE_PICTURE)
      append_picture_line (self, line);
    else
      append_text_line (self, line);
  }
  set_style (self, TAI_STYLE_NORMAL);
  tai_escpos_append_feed (self->out, self->profile.feed_lines);
  tai_escpos_append_cut (self->out, self->profile.cutter);
  return g_bytes_new (self->out->data, self->out->len);
}

GBytes *
tai_escpos_encode_drawer (TaiEscpos *self, gboolean now, guint on_ms, guint off_ms)
{
  GByteArray *out = g_byte_array_new ();

  if (now || self->profile.drawer_now)
    tai_escpos_append_drawer_now (out, self->profile.drawer_pin, CLAMP ((on_ms + 50) / 100, 1, 8));
  else
    tai_escpos_append_drawer (out, self->profile.drawer_pin, on_ms, off_ms);
  return g_byte_array_free_to_bytes (out);
}
