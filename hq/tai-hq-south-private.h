/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-order-move.h"
#include "tai-hq-south.h"
#include "tai-state.h"

G_BEGIN_DECLS

/* ---- states (tai-hq-south-state) ---- */

/* Moves the row; an edge that is not in the table is our bug. tries begin anew. */
void hq_south_step (HqSouthRow *row, HqSouthStep to, gint64 due_us, gint64 now_us);

/* The order waits for a person: @reason is a code of docs/protocol.md, @note what was said there. */
void hq_south_hold (HqStore *store, HqSouthRow *row, const char *reason, const char *note, gint64 now_us);

/**
 * hq_south_take_state:
 * @word: what the operator's system says
 *
 * Its word mapped to ours, and the order moved when the table of orders has such an edge; with an outcome the row is done and
 * open cancellations end. An unknown word holds the order, which is looked at further.
 */
void hq_south_take_state (HqStore *store, HqSouthRow *row, const char *word, gint64 now_us);

/* It is not there and is not wanted any more: cancelled here, with its tasks. */
void hq_south_cancel_here (HqStore *store, HqSouthRow *row, gint64 now_us);

/* Certainly not there: to be sent, or cancelled when that was asked for meanwhile. */
void hq_south_queue (HqStore *store, HqSouthRow *row, gint64 due_us, gint64 now_us);

/* Open cancellations of the order end. */
void hq_south_end_cancels (HqStore *store, const HqSouthRow *row, gboolean is_cancelled, gint64 now_us);

/* After the @tries-th failure: between @least_us and @most_us, a little apart for each @id. */
gint64 hq_backoff_us (gint64 least_us, gint64 most_us, gint64 tries, const char *id);

/* ---- the order as it goes there (tai-hq-south-order, tai-hq-south-v5) ---- */

/* A copy without what is between terminals and headquarters: members and characteristics of x-guitai, the sealed identity
 * among them. (transfer full) */
TaiJson *hq_strip_ours (const TaiJson *body);

/**
 * hq_south_order_make:
 * @plan: (nullable) offering that the line has now, for a plan change that must name it
 *
 * The one internal value that both serialisers write: TMF622's v4 shape without what is between terminals and headquarters
 * (x-guitai, the sealed identity), under the order's externalId, a plan change in the profile's dialect. (transfer full)
 */
TaiJson *hq_south_order_make (const HqSouthProfile *profile, const HqOrderRow *row, const TaiJson *body,
                              const char *plan);
gboolean hq_south_is_plan_change (const HqOrderRow *row);
/* (transfer full) */
GBytes *hq_south_order_to_v4 (const HqSouthProfile *profile, const TaiJson *order);
GBytes *hq_south_order_to_v5 (const HqSouthProfile *profile, const TaiJson *order);
GBytes *hq_south_order_write (const HqSouthProfile *profile, const TaiJson *order);
/* cancelProductOrder; @reason: (nullable). */
GBytes *hq_south_cancel_write (const HqSouthProfile *profile, const char *foreign_id, const char *reason);
/* Does a resource of theirs carry this externalId, in either version's shape? FALSE, too, when it shows none. */
gboolean hq_south_has_external_id (const TaiJson *resource, const char *external_id);
gboolean hq_south_shows_external_id (const TaiJson *resource);

G_END_DECLS
