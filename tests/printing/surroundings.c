/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests share with the machine around them: programs, the caches of other libraries, known leaks of those. */
#include "surroundings.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

/* cairo 1.16 forgets 768 bytes for each face with CFF outlines that it embeds in a PDF (below cairo_surface_finish). It has no
 * symbols to name the place more narrowly. */
const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libcairo.so\n";
}

gboolean
has_program (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);

  return path != NULL;
}

void
font_caches_drop (void)
{
  pango_cairo_font_map_set_default (NULL);
  cairo_debug_reset_static_data ();
  FcFini ();
}
