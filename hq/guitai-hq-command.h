/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"

G_BEGIN_DECLS

/* What every command of an administrator does: read options, refuse, end its transaction. */

/* Takes what @entries name out of @argv; G_OPTION_ERROR for what none names. */
gboolean hq_command_parse_options (GOptionEntry *entries, int *argc, char ***argv, GError **error);

/* TAI_HQ_ERROR_DATA "usage: @text"; FALSE, always. */
gboolean hq_command_refuse_usage (GError **error, const char *text);

/* Undoes the transaction that runs; TAI_HQ_ERROR_DATA @text; FALSE, always. */
gboolean hq_command_undo (HqStore *store, GError **error, const char *text);

/* Commits; FALSE with the store's error. */
gboolean hq_command_end (HqStore *store, GError **error);

G_END_DECLS
