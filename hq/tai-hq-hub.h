/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-south.h"

G_BEGIN_DECLS

/*
 * Events of orders (TMF630's hub, TMF688's topics): written in the transaction of what they tell, told to each listener of the
 * hall in the order they happened, one at a time, at least once. What a listener will not take is given up after a number of
 * tries and stays visible; a listener that takes nothing is stopped until a person lets it go on.
 */

/* What happened to the order; @changed: (nullable) members that changed, of HQ_EVENT_ATTRIBUTE. */
void hq_event_tell (HqStore *store, HqEventType type, const HqOrderRow *order, GBytes *changed,
                    gint64 now_us);

/* The event as a listener gets it: eventId is always the same for the same event. (transfer full) */
GBytes *hq_event_write (HqStore *store, const HqEventRow *event);

/* Whose turn it is, and what came of it, as hq_south_take() and hq_south_settle(). (element-type HqErrand) (transfer full) */
GPtrArray *hq_hub_take (HqStore *store, gint64 now_us, guint max, gint64 *next_us);
void hq_hub_settle (HqStore *store, const HqErrand *errand, const TaiReply *reply, gint64 now_us);

/* Inside a transaction: the listener goes on, from the first event that it was not told. FALSE: there is none. */
gboolean hq_hub_retry (HqStore *store, const char *id, gint64 now_us);

G_END_DECLS
