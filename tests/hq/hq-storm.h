/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hq-client.h"

/*
 * Many messages at once from one thread: libcurl multi with @parallel connections, each posting one message a request, the
 * payment of a sale and then its order, numbered 1, 2, 3 … .
 */
typedef struct {
  const char *identity;
  guint first, n; /* message numbers */
  guint parallel;
  GPid kill_pid;    /* 0: nobody */
  int kill_signal;  /* what it gets */
  guint kill_after; /* acknowledgements */
} HqStorm;

typedef struct {
  guint8 *acknowledged; /* (owned) [n], 1: a 201 was read whole */
  guint n_acknowledged, n_failed;
  gint64 elapsed_us;
} HqStormResult;

HqStormResult hq_storm_run (HqProcess *process, const HqStorm *storm);
const char *hq_storm_key (guint number, char key[37]);
