/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiKioskIdle: has the customer gone? After a quiet time it comes over the page and counts down in sight, from the first
 * second to the last; any touch says that somebody is there, as often as wanted. Then "expired". Hidden while nothing counts.
 *
 * Main thread; time is the clock's. Signals: "expired"; "start-over": the customer has finished.
 */
#define TAI_TYPE_KIOSK_IDLE (tai_kiosk_idle_get_type ())
G_DECLARE_FINAL_TYPE (TaiKioskIdle, tai_kiosk_idle, TAI, KIOSK_IDLE, GtkWidget)

/* @clock: ref'd. @quiet_s, @answer_s: > 0 */
GtkWidget *tai_kiosk_idle_new (TaiClock *clock, guint quiet_s, guint answer_s);
/* TRUE: somebody may have left something here; the quiet time begins. FALSE: nothing is counted. */
void tai_kiosk_idle_set_watching (TaiKioskIdle *self, gboolean is_watching);
/* Who reads slowly gets the quiet time twice. */
void tai_kiosk_idle_set_slow (TaiKioskIdle *self, gboolean is_slow);
/* Somebody is there. */
void tai_kiosk_idle_touch (TaiKioskIdle *self);
gboolean tai_kiosk_idle_is_counting (TaiKioskIdle *self);

G_END_DECLS
