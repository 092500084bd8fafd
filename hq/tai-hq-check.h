/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/**
 * hq_check_order:
 * @json: the order's body as it is now
 *
 * What only headquarters can say of an order, by what its operation needs: identity, age, blocked list, offerings, number
 * and SIM leased to that terminal and nobody else's, lines on one identity, whose the line is. Takes the claims as it goes; the caller releases
 * them all when it refuses. NULL, or the reason's code (docs/protocol.md).
 */
const char *hq_check_order (HqStore *store, const HqOrderRow *order, const TaiJson *json);

/* The catalogue's part of it: "offering_unknown", "offering_group" (for others than @owner, nullable: who was identified),
 * "consent_missing", "trial_end" (free for longer than the list in force has it), "minimum_spend" (of a pretty number). */
const char *hq_check_offerings (HqStore *store, const HqOrderRow *order, const TaiJson *json,
                                const char *owner);

/* What grades of numbers ask, made of the catalogue when it is loaded: {"A": {"unit", "value"}}. */
#define HQ_SETTING_GRADES "number_grades"

/* The keyed hash of who was identified for the order; (nullable) (transfer full). */
char *hq_check_find_owner (HqStore *store, const TaiJson *json);

/* The order took effect: what it used is no longer stock. */
void hq_settle_order (HqStore *store, const HqOrderRow *order, const TaiJson *json);

G_END_DECLS
