/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HqSequence: which numbers of a terminal's contiguous series (1, 2, 3, …) have arrived: everything up to @top but the
 * ranges in the gaps. Zeroed = nothing has arrived. Exact and small: a terminal that sends in order has no gap at all.
 */
typedef struct {
  gint64 top;   /* highest number that arrived; 0: none */
  GArray *gaps; /* (owned) (nullable) (element-type HqRange), ascending, disjoint, not adjacent, below top */
} HqSequence;

typedef struct {
  gint64 first, last; /* both included */
} HqRange;

#define HQ_SEQUENCE_MAX_GAPS 1000

void hq_sequence_clear (HqSequence *self);
gboolean hq_sequence_has (const HqSequence *self, gint64 number);
/* FALSE: it might make more than HQ_SEQUENCE_MAX_GAPS gaps. */
gboolean hq_sequence_may_add (const HqSequence *self, gint64 number);
/* FALSE: it would make more than HQ_SEQUENCE_MAX_GAPS gaps; nothing changed. @number > 0, not there yet. */
gboolean hq_sequence_add (HqSequence *self, gint64 number);
/* Every number up to it has arrived. */
gint64 hq_sequence_get_high_water (const HqSequence *self);

/* The gaps as "3-5,9-9"; "" for none. (transfer full) */
char *hq_sequence_gaps_to_text (const HqSequence *self);
/* FALSE: corrupt; @self is cleared. */
gboolean hq_sequence_set (HqSequence *self, gint64 top, const char *gaps);

G_END_DECLS
