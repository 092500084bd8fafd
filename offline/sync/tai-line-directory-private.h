/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-line-details.h"
#include "tai-pull-private.h"

G_BEGIN_DECLS

/* Asks for the parts of the task's number one after the other; the task (transfer full) ends with a TaiLineDetails. */
void tai_line_details_ask (GTask *task, TaiLineParts parts);

G_END_DECLS
