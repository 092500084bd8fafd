/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"

G_BEGIN_DECLS

/* What stands in the body of a row. */

/* It was parsed when it came. (transfer full) */
TaiJson *hq_body_parse (GBytes *body);

/* Value of a characteristic of one item; (nullable). */
const char *hq_item_get_characteristic (const TaiJson *item, const char *name);

/* First value of a characteristic over all items of an order; (nullable). */
const char *hq_order_get_characteristic (const TaiJson *order, const char *name);

G_END_DECLS
