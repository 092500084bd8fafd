/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/* The number may leave: a product of the line that holds the code, for its owner's eyes, and until when the code is good. In the
 * transaction that completes the order, so once. */
void hq_port_out_give_code (HqStore *store, const HqOrderRow *order, const HqLineRow *line);

G_END_DECLS
