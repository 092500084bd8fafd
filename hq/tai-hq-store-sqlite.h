/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"

G_BEGIN_DECLS

/* Of the schema; older ones are brought to it, newer ones are refused. */
#define HQ_STORE_SQLITE_VERSION 12

/**
 * hq_store_sqlite_new:
 * @path: file, or ":memory:" for tests and the simulator
 * @epoch: names a store that is created now; a store that exists keeps its own
 *
 * The embedded store: WAL, synchronous=FULL: what was committed survives a power cut. One process, one connection.
 * Errors: STORE, SCHEMA. (transfer full)
 */
HqStore *hq_store_sqlite_new (const char *path, const char *epoch, GError **error);

/* Copies the store as it stands to a new file, checks the copy whole and only then proves it: safe_until of each terminal
 * becomes the high water that the copy contains. Not inside a transaction. */
gboolean hq_store_sqlite_backup (HqStore *self, const char *path, GError **error);

/* A checked copy of @backup becomes the store @path (which must not exist), under the new @epoch. */
gboolean hq_store_sqlite_restore (const char *backup, const char *path, const char *epoch, GError **error);

/* Between transactions: moves the log into the file. */
void hq_store_sqlite_checkpoint (HqStore *self);

G_END_DECLS
