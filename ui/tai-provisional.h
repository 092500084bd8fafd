/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiProvisional: a field that shows a character before it is known whether a hand or a scanner sent it.
 *
 * TaiScanCatcher holds each key for a moment. A field that implements this is told the character at once, so that whoever types sees what
 * he finds without waiting; then either the key itself comes by its ordinary way, or it was a scan and the field is as it was before.
 * Main thread.
 */
#define TAI_TYPE_PROVISIONAL (tai_provisional_get_type ())
G_DECLARE_INTERFACE (TaiProvisional, tai_provisional, TAI, PROVISIONAL, GtkWidget)

/**
 * TaiProvisionalInterface:
 * @show: as if @character had been typed. FALSE: not now, e.g. because an input method takes the letters: nothing was shown
 * @let_come: a hand pressed it: the key is on its way, and takes the place of what is shown
 * @take_back: a scanner sent it: text, cursor and selection as before
 */
struct _TaiProvisionalInterface {
  GTypeInterface parent;
  gboolean (*show) (TaiProvisional *self, gunichar character);
  void (*let_come) (TaiProvisional *self);
  void (*take_back) (TaiProvisional *self);
};

gboolean tai_provisional_show (TaiProvisional *self, gunichar character);
void tai_provisional_let_come (TaiProvisional *self);
void tai_provisional_take_back (TaiProvisional *self);

G_END_DECLS
