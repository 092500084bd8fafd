/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include <glib.h>

G_BEGIN_DECLS

/*
 * A terminal's disk: a database in memory that stays when the program dies, and that can be put back to an earlier image in
 * a memcpy.
 *
 * A program that starts again reads the schema and compiles its statements: nine tenths of a schedule's time, and the same
 * work each time. So the linker leads the store's sqlite3_open, _prepare, _finalize and _close here (meson: --wrap), and a
 * connection to a disk that is closed is rolled back, reset and handed to who opens that disk next, with its compiled
 * statements. What a program knew is gone with it, what SQLite committed stays: a crash to the store, none to the parser.
 * TAI_SIM_FRESH=1 opens each time anew; test-sim compares the two.
 */
typedef struct _TaiSimDisk TaiSimDisk;

/* The connection that was opened last, by whomever: headquarters' own, so that a test can look behind its back. */
sqlite3 *tai_sim_disk_get_last_opened (void);

/* Once, before anything of SQLite runs. */
void tai_sim_disk_configure (void);
void tai_sim_disk_set_recycling (gboolean recycling);

TaiSimDisk *tai_sim_disk_new (const char *name);
void tai_sim_disk_free (TaiSimDisk *self);
const char *tai_sim_disk_get_uri (TaiSimDisk *self);
/* The same database from outside. */
sqlite3 *tai_sim_disk_get_handle (TaiSimDisk *self);
/* Prepared once; @text is a constant. Reset it after use. (transfer none) */
sqlite3_stmt *tai_sim_disk_prepare (TaiSimDisk *self, const char *text);
/* Another number after each commit. */
guint32 tai_sim_disk_count_commits (TaiSimDisk *self);
GByteArray *tai_sim_disk_read (TaiSimDisk *self);
/* Nobody may be inside a transaction. */
void tai_sim_disk_write (TaiSimDisk *self, GByteArray *image);

G_END_DECLS
