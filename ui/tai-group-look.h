/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-counter.h"

G_BEGIN_DECLS

/*
 * Which groups a customer is in is headquarters' to know: it is asked once a visit, when somebody is identified and the catalogue
 * has something for a group. Nobody waits for the answer; without one the customer is in no group, and the face says so.
 * Main thread.
 */

/* As long as @counter lives. */
void tai_group_look_watch (TaiCounter *counter);

/* What a clerk should know: the groups, or that nobody could be asked. (transfer full) (nullable) nothing. */
char *tai_group_look_describe (TaiCounter *counter);

G_END_DECLS
