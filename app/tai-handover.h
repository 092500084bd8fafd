/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-state-folder.h"

G_BEGIN_DECLS

/*
 * How a second program hands its request to the owner of the state folder: a Unix socket in the folder, one line of JSON
 * each way. Only the same user is heard (SO_PEERCRED). What stands in the lines is tai-verb's; here they are lines.
 */
#define TAI_HANDOVER_MAX_BYTES (4 * 1024 * 1024)

/* Answers one request: (transfer full) one line without its end. May run the main context; requests that come meanwhile wait. */
typedef char *(*TaiHandoverFunc) (const char *request, gpointer data);

/**
 * TaiHandoverServer: the owner's side; serves on the thread-default main context of who made it. One request at a time, in
 * the order of arrival.
 */
typedef struct _TaiHandoverServer TaiHandoverServer;

/* @folder: locked by the caller, outlives the server. A socket that a dead owner left is replaced. Errors: FOLDER. */
TaiHandoverServer *tai_handover_server_new (TaiStateFolder *folder, TaiHandoverFunc func, gpointer data,
                                            GError **error);
void tai_handover_server_free (TaiHandoverServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiHandoverServer, tai_handover_server_free)

/**
 * tai_handover_ask:
 * @timeout_s: longest silence of the owner; 0 = none
 *
 * The other side; blocks. Returns: (transfer full) the owner's line. Errors: LOCKED: nobody listens there (what was asked is
 * certainly not done); OWNER_GONE: it may have been done; OWNER_ANSWER.
 */
char *tai_handover_ask (TaiStateFolder *folder, const char *request, guint timeout_s, GError **error);

G_END_DECLS
