/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal in memory whose headquarters says what a test writes down: fixture of the tests of look-ups and pulls. Set up, used and torn
 * down on one thread; a result comes in its default main context. */
#pragma once

#include "tai-line-directory.h"
#include "tai-script-line.h"

typedef struct {
  TaiScriptLine *script;
  TaiStore *store;
  TaiDesk *desk;
  TaiClock *clock;
  TaiEntropy *entropy;
  TaiPullPorts ports; /* of those above */
  TaiDirectory *directory;
} TaiLineFixture;

void tai_line_fixture_set_up (TaiLineFixture *fixture, gconstpointer data);

/* All answers that were written down must have been asked for. */
void tai_line_fixture_tear_down (TaiLineFixture *fixture, gconstpointer data);

/* A GAsyncReadyCallback whose @data is where the GAsyncResult is to be kept, and the wait for it: transfer none. */
void tai_line_fixture_result_cb (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *tai_line_fixture_wait (GAsyncResult **result);

/* How many entries the journal has. */
gint64 tai_line_fixture_get_journal_length (TaiLineFixture *fixture);
