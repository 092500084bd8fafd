/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"
#include "tai-order.h"

G_BEGIN_DECLS

/* What a script is told of an order (docs/guitaictl.md): {id, operation, state, …}; @whole: with its items and their prices. Any
 * thread. */
void tai_result_add_order (TaiJson *object, const TaiOrder *order, gboolean whole);

G_END_DECLS
