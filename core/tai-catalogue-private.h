/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-catalogue.h"

/* For core's files only. */

/* Is @now within [@from, @until)? 0 = open end. */
gboolean tai_catalogue_is_valid_at (gint64 from_us, gint64 until_us, gint64 now_us);

/* The pre-sale check: appends a text for each fault of @offerings to @problems. @by_id: the first of each id. */
void tai_catalogue_check (GPtrArray *offerings, GHashTable *by_id, GPtrArray *problems);
