/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"
#include "tai-hq-hub.h"

G_BEGIN_DECLS

extern const char *const hq_event_names[]; /* by HqEventType */

/* "eventType=A,B&state=completed": all must fit, any value will do. FALSE: names what no event has. */
gboolean hq_event_query_is_good (const char *query);
gboolean hq_event_matches (const HqEventRow *event, const char *query); /* (nullable): all */

G_END_DECLS
