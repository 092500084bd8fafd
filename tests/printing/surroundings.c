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

/* A thread of Pango's that still looks for fonts keeps their map, and cairo aborts when its faces go before their users: what is
 * in use after all is left to the list of leaks. */
void
font_caches_drop (void)
{
#ifdef __SANITIZE_ADDRESS__
  GObject *map = G_OBJECT (pango_cairo_font_map_get_default ());
  gint64 until_us = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  g_object_add_weak_pointer (map, (gpointer *)&map);
  pango_cairo_font_map_set_default (NULL);
  while (g_atomic_pointer_get (&map) != NULL && g_get_monotonic_time () < until_us)
    g_usleep (1000);
  if (map != NULL) {
    g_object_remove_weak_pointer (map, (gpointer *)&map);
    return;
  }
  cairo_debug_reset_static_data ();
  FcFini ();
#endif
}
