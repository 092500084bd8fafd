/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-folder.h"

G_BEGIN_DECLS

/* Commands of guitai-hq-commands.c about the money of the day: reports, shifts, what does not match. */
gboolean hq_command_report (HqFolder *folder, int argc, char **argv, GString *out, GError **error);
gboolean hq_command_shifts (HqFolder *folder, int argc, char **argv, GString *out, GError **error);
gboolean hq_command_findings (HqFolder *folder, int argc, char **argv, GString *out, GError **error);
gboolean hq_command_closes (HqFolder *folder, int argc, char **argv, GString *out, GError **error);
gboolean hq_command_bank (HqFolder *folder, int argc, char **argv, GString *out, GError **error);
gboolean hq_command_sums (HqFolder *folder, int argc, char **argv, GString *out, GError **error);

G_END_DECLS
