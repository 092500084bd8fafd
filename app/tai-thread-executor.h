/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiThreadExecutor: the port TaiExecutor as one thread with a main context of its own, so that jobs may use timers. Made,
 * used and freed on one thread; freeing waits for the job that runs and for those that wait, whose done functions still
 * come on the submitter's context.
 */
#define TAI_TYPE_THREAD_EXECUTOR (tai_thread_executor_get_type ())
G_DECLARE_FINAL_TYPE (TaiThreadExecutor, tai_thread_executor, TAI, THREAD_EXECUTOR, GObject)

/* @name: of the thread, at most 15 bytes: "printer", "reader". */
TaiThreadExecutor *tai_thread_executor_new (const char *name);

G_END_DECLS
