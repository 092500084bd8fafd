/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-printer-port.h"
#include "tai-station.h"
#include "tai-store-port.h"

G_BEGIN_DECLS

/**
 * TaiPrintRunner: takes jobs from the print queue to their printers, one after the other, without waiting for them: for a
 * program that has a window. A printer that fails keeps what came after in the queue until the next tai_print_runner_run().
 *
 * Thread: the terminal's worker, with its main context; the printers work on a thread of their own. Told by @changed there.
 */
typedef struct _TaiPrintRunner TaiPrintRunner;
typedef void (*TaiPrintRunnerFunc) (gpointer data);

/* Which printer is at hand; NULL: none is set for that role ("receipt", "form"). Read anew each run. (transfer full) */
typedef struct {
  TaiPrintQueue *queue; /* ref'd */
  TaiClock *clock;      /* ref'd */
  char *(*find_address) (const char *role, gpointer data);
  TaiPrintRunnerFunc changed;
  gpointer data;
} TaiPrintRunnerPorts;

TaiPrintRunner *tai_print_runner_new (const TaiPrintRunnerPorts *ports);
/* Ends what is under way; waits for the printer's thread. */
void tai_print_runner_free (TaiPrintRunner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPrintRunner, tai_print_runner_free)

void tai_print_runner_run (TaiPrintRunner *self);
/* Of the receipt's or the form's printer. */
TaiLight tai_print_runner_get_light (TaiPrintRunner *self, const char *role);
/* Why a paper did not come out last, and when; TAI_PRINT_REASON_NONE: all did. */
TaiPrintReason tai_print_runner_get_fault (TaiPrintRunner *self, const char *role, gint64 *time_us);

G_END_DECLS
