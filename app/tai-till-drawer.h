/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-printer-port.h"
#include "tai-station.h"

G_BEGIN_DECLS

/**
 * TaiTillDrawer: the cash drawer of a till, as it hangs on its receipt printer: opens it without waiting, and where it has a switch
 * looks at it until it is shut again. One that stays open is told once, and the light says so until somebody shuts it.
 *
 * Thread: the terminal's worker, with its main context; the printer is talked to on a thread of its own. Told by @changed there.
 */
typedef struct _TaiTillDrawer TaiTillDrawer;

/* @find_printer: the one that it hangs on, asked anew each time; NULL: there is no drawer. *@has_switch: it tells whether it is open.
 * (transfer full)
 * @hold: while a pulse is under way no paper is begun: a sale's pulse goes before its paper. (The printer's line alone only keeps the two
 *   apart: a pulse that came second would wait for all of a paper's bytes.)
 * @left_open: it has been open for @left_open_ms
 * @look_ms, @left_open_ms: 0: the usual */
#define TAI_DRAWER_LOOK_MS      1000
#define TAI_DRAWER_LEFT_OPEN_MS 60000
typedef struct {
  TaiClock *clock; /* ref'd */
  TaiPrinter *(*find_printer) (gboolean *has_switch, gpointer data);
  void (*hold) (gboolean is_held, gpointer data);
  void (*changed) (gpointer data);
  void (*left_open) (gpointer data);
  gpointer data;
  guint look_ms, left_open_ms;
} TaiTillDrawerPorts;

TaiTillDrawer *tai_till_drawer_new (const TaiTillDrawerPorts *ports);
/* Ends what is under way; waits for the printer's thread. */
void tai_till_drawer_free (TaiTillDrawer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTillDrawer, tai_till_drawer_free)

void tai_till_drawer_open (TaiTillDrawer *self);
/* Asks the settings whether there is one. */
gboolean tai_till_drawer_is_there (TaiTillDrawer *self);
/* READY: shut; BUSY: open; FAULT: left open; UNKNOWN: nothing tells, or no pulse came through. */
TaiLight tai_till_drawer_get_light (TaiTillDrawer *self);
/* Why it did not open last, and when; TAI_PRINT_REASON_NONE: it did. */
TaiPrintReason tai_till_drawer_get_fault (TaiTillDrawer *self, gint64 *time_us);
/* When it was found left open last; 0: never. */
gint64 tai_till_drawer_get_left_us (TaiTillDrawer *self);

G_END_DECLS
