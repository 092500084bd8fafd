/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-printer-pool.h"
#include "tai-station.h"
#include "tai-store-port.h"

G_BEGIN_DECLS

/**
 * TaiPrintRunner: takes jobs from the print queue to their printers, one after the other, without waiting for them: for a
 * program that has a window. A paper of which nothing was sent stays in the queue, and what came after it; both are tried
 * again by themselves after a while (@retry_ms), or at the next tai_print_runner_run(). What may have come out, or did not
 * come out whole, is left to a person.
 *
 * Thread: the terminal's worker, with its main context; the printers work on a thread of their own. Told by @changed there.
 */
typedef struct _TaiPrintRunner TaiPrintRunner;
typedef void (*TaiPrintRunnerFunc) (gpointer data);

/* @find_printers: addresses of the printers of a role ("receipt", "form"), the preferred one first; NULL: none is set. Asked
 * anew each run. (transfer full)
 * @retry_ms: 0: TAI_PRINT_RETRY_MS */
#define TAI_PRINT_RETRY_MS 15000
typedef struct {
  TaiPrintQueue *queue; /* ref'd */
  TaiPrinterPool *pool; /* ref'd */
  TaiClock *clock;      /* ref'd */
  char **(*find_printers) (const char *role, gpointer data);
  TaiPrintRunnerFunc changed;
  gpointer data;
  guint retry_ms;
} TaiPrintRunnerPorts;

TaiPrintRunner *tai_print_runner_new (const TaiPrintRunnerPorts *ports);
/* Ends what is under way; waits for the printer's thread. */
void tai_print_runner_free (TaiPrintRunner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPrintRunner, tai_print_runner_free)

void tai_print_runner_run (TaiPrintRunner *self);
/* Something goes first: no paper is begun until it is let go. One that is under way goes on. */
void tai_print_runner_hold (TaiPrintRunner *self, gboolean is_held);
/* Of the receipt's or the form's printer; a fault also while a paper waits in the printer for somebody. */
TaiLight tai_print_runner_get_light (TaiPrintRunner *self, const char *role);
/* Why a paper did not come out last, and when; TAI_PRINT_REASON_NONE: all did. */
TaiPrintReason tai_print_runner_get_fault (TaiPrintRunner *self, const char *role, gint64 *time_us);

G_END_DECLS
