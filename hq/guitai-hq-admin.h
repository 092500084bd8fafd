/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guitai-hq-server.h"

G_BEGIN_DECLS

/**
 * HqAdmin: the door for the administrator's commands while the server has the folder open: a Unix socket in the folder
 * (0600), one command a connection, run on the writer thread between two groups.
 */
typedef struct _HqAdmin HqAdmin;
HqAdmin *hq_admin_start (HqServer *server, const char *folder, GError **error);
void hq_admin_stop (HqAdmin *self);

/* The other side. FALSE with @error, or with none when nobody answers at the folder's door. */
gboolean hq_admin_ask (const char *folder, const char *const *arguments, GString *out, GError **error);

G_END_DECLS
