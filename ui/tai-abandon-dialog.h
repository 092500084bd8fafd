/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tai-visit-view.h"

G_BEGIN_DECLS

/* What the clerk answers; anything else keeps all as it is. */
#define TAI_ABANDON_ORDER "leave-out" /* one business of several is left out */
#define TAI_ABANDON_VISIT "abandon"

/* As of AdwMessageDialog::response. @owner: the window that was asked over; not called when it has ended. Main thread. */
typedef void (*TaiAbandonFunc) (AdwMessageDialog *dialog, const char *answer, gpointer owner);

/* The one question of the flow, before numbers and cards go back into the stock. @order: (nullable) the one that is shown */
void tai_abandon_dialog_ask (GtkWindow *owner, const TaiVisitView *visit, const TaiOrder *order,
                             TaiAbandonFunc answered);
/* Before the window is closed over a visit that was not placed: all of it, or nothing. */
void tai_abandon_dialog_ask_before_close (GtkWindow *owner, TaiAbandonFunc answered);

G_END_DECLS
