/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-counter.h"

G_BEGIN_DECLS

/**
 * TaiIdleLock: a desk that nobody touches for five minutes locks itself; the visit on it is kept. Watches keys, buttons and touches
 * of one window. Main thread.
 */
typedef struct _TaiIdleLock TaiIdleLock;

/* @window: owns the lock and frees it in its dispose. @locked: told with @window as owner when the desk has been locked. */
TaiIdleLock *tai_idle_lock_new (GtkWidget *window, TaiCounter *counter, TaiCounterDone locked);
void tai_idle_lock_free (TaiIdleLock *self);

G_END_DECLS
