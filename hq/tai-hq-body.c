/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the bodies that the store keeps. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-body.h"

TaiJson *
hq_body_parse (GBytes *body)
{
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  TaiJson *json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  g_assert (json != NULL); /* it was parsed when it came */
  return json;
}

const char *
hq_item_get_characteristic (const TaiJson *item, const char *name)
{
  const TaiJson *list = tai_json_get (item, "product.productCharacteristic");
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    if (g_strcmp0 (tai_json_require_string (one, "name", NULL), name) == 0)
      return tai_json_require_string (one, "value", NULL);
  }
  return NULL;
}

const char *
hq_order_get_characteristic (const TaiJson *order, const char *name)
{
  const TaiJson *items = tai_json_get_member (order, "productOrderItem");
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const char *value = hq_item_get_characteristic (tai_json_get_element (items, i), name);
    if (value != NULL)
      return value;
  }
  return NULL;
}
