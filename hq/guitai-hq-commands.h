/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-folder.h"

G_BEGIN_DECLS

/**
 * hq_command_run:
 * @arguments: command and what follows it: {"code", "--terminal", "H017T2", …}; NULL-terminated
 * @out: what the command says
 *
 * The administrator's commands on an open headquarters. The same ones run in the program itself, or inside the server that
 * has the folder open. TRUE: done.
 */
gboolean hq_command_run (HqFolder *folder, const char *const *arguments, GString *out, GError **error);

/* One of those. */
gboolean hq_command_is_known (const char *name);

/* Words of their usage, one line each. */
extern const char *const hq_command_usage;

G_END_DECLS
