/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guitai-hq-server.h"

G_BEGIN_DECLS

/**
 * HqWorker: the one thread that speaks to others: to the operator's system (tai-hq-south.h) and to listeners of events
 * (tai-hq-hub.h). It has no state but what is on the line now: errands come from the store, on the writer thread, and what
 * came of them goes back the same way.
 */
typedef struct _HqWorker HqWorker;

/* @profile: borrowed, outlives it. */
HqWorker *hq_worker_start (HqServer *server, const HqProfile *profile);
/* Breaks off what is on the line, and writes down that it did. Before the server is stopped. */
void hq_worker_stop (HqWorker *self);

G_END_DECLS
