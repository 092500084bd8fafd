/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/*
 * TaiFakeExecutor: a worker without a thread. Jobs run in the order of submission, and are done in that order: what a real
 * worker leaves open is only when. Inline: both at once inside submit (what is submitted meanwhile comes after). Seeded:
 * nothing happens until a step; each step either runs the next job or delivers the oldest result, as the seed decides.
 * One thread.
 */
#define TAI_TYPE_FAKE_EXECUTOR (tai_fake_executor_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakeExecutor, tai_fake_executor, TAI, FAKE_EXECUTOR, GObject)

TaiFakeExecutor *tai_fake_executor_new_inline (void);
TaiFakeExecutor *tai_fake_executor_new_seeded (guint64 seed);

/* FALSE: nothing is left to do. */
gboolean tai_fake_executor_step (TaiFakeExecutor *self);
/* Steps until nothing is left. */
void tai_fake_executor_drain (TaiFakeExecutor *self);
/* Jobs whose result was not delivered yet. */
guint tai_fake_executor_get_n_pending (TaiFakeExecutor *self);

G_END_DECLS
