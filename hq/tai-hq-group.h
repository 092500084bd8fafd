/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"
#include "tai-json.h"

G_BEGIN_DECLS

/*
 * Groups of customers ("student"): whom an offering may be for. A document of headquarters' own for each customer who is in one,
 * by the blind reference, whether he has a line or not; no resource of the standard has it, TMF629's customer shows it.
 */

#define HQ_GROUPS_MAX 16

/* (transfer full) (nullable): of no group that headquarters knows. */
char **hq_group_find (HqStore *store, const char *customer);
/* @groups: an array of words; what was there is replaced. FALSE: no words, or too many. */
gboolean hq_group_put (HqStore *store, const char *customer, const TaiJson *groups, gint64 now_us,
                       GError **error);

G_END_DECLS
