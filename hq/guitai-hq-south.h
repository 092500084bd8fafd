/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-folder.h"

G_BEGIN_DECLS

/* Commands of the administrator: orders on their way to the operator's system, and listeners of events. */
gboolean hq_command_south (HqFolder *folder, int argc, char **argv, GString *out, GError **error);
gboolean hq_command_hub (HqFolder *folder, int argc, char **argv, GString *out, GError **error);

G_END_DECLS
