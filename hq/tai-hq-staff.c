/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff at headquarters: what was loaded, with its rights. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-staff.h"

#include "tai-bundle.h"
#include "tai-hq-body.h"

TaiStaff *
hq_staff_find (HqStore *store, const char *hall, const char *number)
{
  g_autoptr (GBytes) body = NULL;
  if (number == NULL || !store->klass->staff_find (store, hall, number, &body))
    return NULL;
  g_autoptr (TaiJson) json = hq_body_parse (body);
  return tai_staff_from_json (json, NULL);
}
