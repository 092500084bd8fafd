/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-curl.h"
#include "tai-desk.h"
#include "tai-enrol.h"
#include "tai-pull.h"
#include "tai-store.h"
#include "tai-sync.h"
#include "tai-test-hq.h"

G_BEGIN_DECLS

/**
 * TaiTestTerminal: a real terminal of a TaiTestHq, enrolled over TLS: real store file, desk, bodies and line; only the paper is a
 * fake. Clerk 1042 is signed in and the till is open. Aborts when it cannot.
 */
typedef struct {
  char *folder, *ca_file, *cert_file, *key_file, *store_file;
  TaiClock *clock;
  TaiEntropy *entropy;
  TaiTerminal *terminal;
  TaiStore *store;
  TaiDesk *desk;
  TaiHeadquarters *line;
  TaiSync *sync; /* (nullable) */
} TaiTestTerminal;

/* @url: of the line (a proxy's); NULL: HQ's own. */
TaiTestTerminal *tai_test_terminal_new (TaiTestHq *hq, const char *url, guint n_connections);
/* Another of the hall, "T3". */
TaiTestTerminal *tai_test_terminal_new_at (TaiTestHq *hq, const char *url, guint n_connections,
                                           const char *till);
void tai_test_terminal_free (TaiTestTerminal *self); /* with its folder */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTestTerminal, tai_test_terminal_free)
/* A top-up paid in cash: an order and a payment in the outbox. */
void tai_test_terminal_sell (TaiTestTerminal *self);
/* Borrowed until the terminal is freed. */
TaiPullPorts tai_test_terminal_pull_ports (TaiTestTerminal *self);
/* Begins to drain; replaces an engine that is there. */
void tai_test_terminal_start_sync (TaiTestTerminal *self, const TaiSyncSettings *settings);
/* Until all is acknowledged; FALSE after @deadline_ms. */
gboolean tai_test_terminal_drain (TaiTestTerminal *self, gint64 deadline_ms);
TaiOutboxCounts tai_test_terminal_count (TaiTestTerminal *self);

G_END_DECLS
