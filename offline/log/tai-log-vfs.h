/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * An SQLite VFS that is the system's own but for the log: SQLite writes a commit as two small writes a page (80 for a sale,
 * a third of the sale's time), here they are gathered and reach the file as one, at the latest before its sync. With
 * synchronous=FULL a commit is not done before that sync, and other processes look only at what is done, so what the buffer
 * holds is nobody's yet. Both stores have it, the terminal's and headquarters'. Any thread; a file belongs to one connection.
 */
const char *tai_log_vfs_get (void); /* its name, for sqlite3_open_v2 */

G_END_DECLS
