/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiLoopExecutor: the port TaiExecutor as one thread that runs a main loop of its own, for what has timers and sockets beside
 * its jobs: the terminal's worker (store, desk, line). Jobs run one after the other, also while one of them waits in an
 * iteration of the thread's main context. Made and freed on one thread; freeing waits for the jobs that are queued.
 */
#define TAI_TYPE_LOOP_EXECUTOR (tai_loop_executor_get_type ())
G_DECLARE_FINAL_TYPE (TaiLoopExecutor, tai_loop_executor, TAI, LOOP_EXECUTOR, GObject)

/* @name: of the thread, at most 15 bytes. */
TaiLoopExecutor *tai_loop_executor_new (const char *name);

/* Jobs wait until it is let go again; timers and sockets go on. Thread: the worker. */
void tai_loop_executor_hold (TaiLoopExecutor *self, gboolean is_held);

G_END_DECLS
