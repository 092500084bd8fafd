/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a terminal stands: names, money and days are the place's, not headquarters'. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-place.h"

#include "tai-json.h"

#define USUAL_OFFSET_MIN 480
#define SECONDS_OF_DAY   86400

void
hq_place_clear (HqPlace *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->region, g_free);
}

void
hq_place_read (HqPlace *self, const char *profile)
{
  g_autoptr (TaiJson) json = profile != NULL ? tai_json_parse (profile, -1, NULL, NULL) : NULL;
  const char *name = NULL, *region = NULL, *code = NULL;
  gint64 offset = USUAL_OFFSET_MIN;
  *self = (HqPlace){.currency = TAI_CNY, .utc_offset_min = USUAL_OFFSET_MIN};
  if (json == NULL)
    return;
  if (tai_json_optional_string (json, "hallName", &name, NULL))
    self->name = g_strdup (name);
  if (tai_json_optional_string (json, "region", &region, NULL))
    self->region = g_strdup (region);
  if (tai_json_optional_string (json, "currency", &code, NULL) && code != NULL)
    tai_currency_from_code (code, &self->currency, NULL);
  if (tai_json_optional_int (json, "utcOffsetMinutes", &offset, NULL))
    self->utc_offset_min = (int)CLAMP (offset, -24 * 60, 24 * 60);
}

static int
find_offset_min (HqStore *store, const char *terminal)
{
  g_auto (HqTerminalRow) row = {0};
  g_auto (HqPlace) place = {0};
  hq_place_read (&place, store->klass->terminal_find (store, terminal, &row) ? row.profile : NULL);
  return place.utc_offset_min;
}

TaiDate
hq_place_find_day (HqStore *store, const char *terminal, gint64 time_us)
{
  return tai_time_to_date (time_us, find_offset_min (store, terminal));
}

gint64
hq_place_find_end_of_day (HqStore *store, const char *terminal, TaiDate day)
{
  gint64 offset_s = (gint64)find_offset_min (store, terminal) * 60;
  return ((tai_date_to_days (day) + 1) * SECONDS_OF_DAY - offset_s) * G_USEC_PER_SEC;
}
