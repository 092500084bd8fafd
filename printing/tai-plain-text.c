/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Document to plain text. Any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-plain-text.h"

#include "tai-layout.h"

char *
tai_plain_text_render (TaiDocument *document, guint columns)
{
  g_autoptr (TaiLayout) layout = tai_layout_new (TAI_CELLS_TERMINAL, columns, 0);
  GString *text = g_string_sized_new (4096);

  tai_layout_run (layout, document);
  for (guint i = 0; i < tai_layout_get_n_lines (layout); i++) {
    const TaiLayoutLine *line = tai_layout_get_line (layout, i);
    const gunichar *cells = tai_layout_get_cells (layout, line);

    for (guint j = tai_layout_get_indent (layout, line); j > 0 && line->n_cells > 0; j--)
      g_string_append_c (text, ' ');
    for (guint j = 0; j < line->n_cells; j++)
      g_string_append_unichar (text, cells[j]);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}
