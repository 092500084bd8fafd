/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* guitaictl: takes the words of the call apart, runs the verb here or hands it to the owner, says what came of it. Returns the
 * exit code (tai-advice.h). Thread: main, the only one but for the devices' workers. */
int tai_command_line_run (int argc, char **argv);

G_END_DECLS
