/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-app-error.h"

G_BEGIN_DECLS

/**
 * TaiStateFolder: the folder in which a terminal lives (11-tables, "State folder"), and the lock that says whose it is.
 * Everything in it is readable by its owner only. One thread.
 *
 * Errors: FOLDER, FOLDER_OPEN, LOCKED, FILE.
 */
typedef struct _TaiStateFolder TaiStateFolder;

#define TAI_STATE_LOCK       "lock"
#define TAI_STATE_SOCKET     "socket"
#define TAI_STATE_DATABASE   "terminal.db"
#define TAI_STATE_ENROLMENT  "enrolment.json" /* what HQ said at enrolment: address, terminal, box key */
#define TAI_STATE_DEVICE_KEY "device.key"
#define TAI_STATE_DEVICE_CRT "device.crt"
#define TAI_STATE_HQ_CA      "hq-ca.crt"
#define TAI_STATE_REPORTS    "report"   /* reports that somebody saved: PDF, CSV; made when the first is */
#define TAI_STATE_KEYS       "keys.ini" /* keys that the hall bound otherwise */

/**
 * TaiStateFolderMode:
 * @TAI_STATE_FOLDER_EXISTING: FOLDER when it is not there
 * @TAI_STATE_FOLDER_CREATE: made (0700) with backup/, spool/ and log/ when it is not there
 */
typedef enum { TAI_STATE_FOLDER_EXISTING, TAI_STATE_FOLDER_CREATE } TaiStateFolderMode;

/* The folder of who names none: @machine, the terminal of this machine (TAI_MACHINE_STATE), if it belongs to the account that
 * asks; else $XDG_STATE_HOME/guitai. (transfer full) */
char *tai_state_folder_find_standard (const char *machine);

/* @path: (nullable) the standard one */
TaiStateFolder *tai_state_folder_open (const char *path, TaiStateFolderMode mode, GError **error);
/* Lets the lock go. */
void tai_state_folder_free (TaiStateFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiStateFolder, tai_state_folder_free)

const char *tai_state_folder_get_path (const TaiStateFolder *self);             /* absolute */
char *tai_state_folder_get_file (const TaiStateFolder *self, const char *name); /* (transfer full) */
gboolean tai_state_folder_has (const TaiStateFolder *self, const char *name);
/* For names that a socket address has no room for: the open folder, the folder's own. */
int tai_state_folder_get_fd (const TaiStateFolder *self);

/* The owner's lock; the kernel lets it go when the process ends, however it ends. LOCKED names the pid that has it. */
gboolean tai_state_folder_lock (TaiStateFolder *self, GError **error);
gboolean tai_state_folder_is_locked (const TaiStateFolder *self); /* by this object */

/* A small file (0600), whole and durable or not at all. */
gboolean tai_state_folder_write (TaiStateFolder *self, const char *name, const char *text, gssize length,
                                 GError **error);
/* At most 1 MiB; (transfer full). */
GBytes *tai_state_folder_read (TaiStateFolder *self, const char *name, GError **error);

G_END_DECLS
