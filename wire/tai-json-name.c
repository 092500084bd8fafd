/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of members that orders, payments and news of tills are full of. Whatever is not here is copied, that is all. Any thread. */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-json-private.h"

#include <string.h>

#define NAMES_MAX 16

/* By their length; the frequent ones first. */
static const char *const names[][NAMES_MAX] = {
    [2] = {"id"},
    [3] = {"key", "seq"},
    [4] = {"name", "role", "unit", "text", "date", "note", "item", "desk", "hall", "till", "time", "kind",
           "path"},
    [5] = {"@type", "value", "price", "today", "first", "shift", "clerk", "units", "state", "order"},
    [6] = {"action", "normal", "author", "amount", "change", "tender", "signed", "sha256", "reason",
           "status"},
    [7] = {"channel", "product", "payment", "account", "receipt"},
    [8] = {"quantity", "category", "x-guitai", "received", "terminal", "provider"},
    [9] = {"priceType", "valueType", "itemPrice", "operation"},
    [10] = {"externalId"},
    [11] = {"totalAmount", "paymentItem", "businessDay", "description"},
    [12] = {"relatedParty", "correlatorId"},
    [13] = {"@referredType", "paymentMethod"},
    [15] = {"productOffering", "orderTotalPrice"},
    [16] = {"productOrderItem", "relationshipType"},
    [17] = {"taxIncludedAmount"},
    [18] = {"requestedStartDate"},
    [20] = {"productOfferingPrice"},
    [21] = {"productCharacteristic", "recurringChargePeriod"},
    [28] = {"productOrderItemRelationship"},
};

const char *
tai_json_name_find (const char *text, gsize length)
{
  if (length >= G_N_ELEMENTS (names))
    return NULL;
  for (const char *const *name = names[length]; *name != NULL; name++)
    if (**name == *text && memcmp (*name, text, length) == 0)
      return *name;
  return NULL;
}
