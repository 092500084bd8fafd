/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff at headquarters: what was loaded, with its rights. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-staff.h"

#include "tai-bundle.h"

TaiStaff *
hq_staff_find (HqStore *store, const char *hall, const char *number)
{
  g_autoptr (GBytes) body = NULL;
  if (number == NULL || !store->klass->staff_find (store, hall, number, &body))
    return NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  return json != NULL ? tai_staff_from_json (json, NULL) : NULL;
}
