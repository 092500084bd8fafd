/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-database.h"
#include "tai-order.h"

G_BEGIN_DECLS

/* The items of an order: rows of their own, frozen with the order; characteristics and prices ride in them as canonical
 * lines, because nothing looks for one of them alone and each further table costs a page of log a sale. */
gboolean tai_item_rows_insert (TaiDatabase *db, gint64 order_n, const TaiOrder *order, GError **error);
gboolean tai_item_rows_load (TaiDatabase *db, gint64 order_n, TaiOrder *order, GError **error);

G_END_DECLS
