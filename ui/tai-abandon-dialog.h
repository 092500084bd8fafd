/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tai-visit-view.h"

G_BEGIN_DECLS

/* What the clerk answers; Esc keeps all as it is, which is not told. */
typedef enum {
  TAI_ABANDON_ORDER, /* one business of several is left out */
  TAI_ABANDON_VISIT
} TaiAbandonAnswer;

/* @owner: the window that was asked over. Main thread. */
typedef void (*TaiAbandonFunc) (gpointer owner, TaiAbandonAnswer answer);

/* The one question of the flow, before numbers and cards go back into the stock. @order: (nullable) the one that is shown */
void tai_abandon_dialog_ask (GtkWindow *owner, const TaiVisitView *visit, const TaiOrder *order,
                             TaiAbandonFunc answered);
/* Before the window is closed over a visit that was not placed: all of it, or nothing. */
void tai_abandon_dialog_ask_before_close (GtkWindow *owner, TaiAbandonFunc answered);

G_END_DECLS
