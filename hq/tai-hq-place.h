/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"

G_BEGIN_DECLS

/**
 * HqPlace: where a terminal stands, by the profile that it was enrolled with.
 * @name: (nullable) what the hall is called
 * @region: (nullable)
 * @currency: of its money; CNY when the profile names none
 * @utc_offset_min: of its days; 480 when the profile names none: the country has one time
 */
typedef struct {
  char *name, *region; /* (owned) */
  guint16 currency;
  int utc_offset_min;
} HqPlace;
void hq_place_clear (HqPlace *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqPlace, hq_place_clear)

/* What is missing or not to be read is as above. */
void hq_place_read (HqPlace *self, const char *profile);
/* The day that it is at @time_us where @terminal stands. Inside a transaction. */
TaiDate hq_place_find_day (HqStore *store, const char *terminal, gint64 time_us);
/* The moment when that day is over there, microseconds UTC. Inside a transaction. */
gint64 hq_place_find_end_of_day (HqStore *store, const char *terminal, TaiDate day);

G_END_DECLS
