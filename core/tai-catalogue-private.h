/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-offering.h"

/* For core's files only. */

/* The pre-sale check: appends a text for each fault of @offerings to @problems. @by_id: the first of each id. */
void tai_catalogue_check (GPtrArray *offerings, GHashTable *by_id, GPtrArray *problems);
