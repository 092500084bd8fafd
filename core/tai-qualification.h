/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-catalogue.h"
#include "tai-order.h"

G_BEGIN_DECLS

/* What an order can take as it stands: the desk refuses by it, the faces offer by it. Pure, any thread. */

/* Can it be put into @order now: under its business, on sale at that moment in that region (nullable), for a customer of
 * these groups (nullable: none), if it is sold in bundles only, in the one of the order, and if it is a discount, not on other plans alone? */
gboolean tai_qualification_is_offered (const TaiCatalogue *catalogue, const TaiOffering *offering,
                                       const TaiOrder *order, const char *const *groups, const char *region,
                                       gint64 now_us);
/* The part that @offering is of the order's bundle; (nullable). */
const TaiBundlePart *tai_qualification_find_part (const TaiCatalogue *catalogue, const TaiOrder *order,
                                                  const TaiOffering *offering);
/* What the number of @order asks of its plan, where that comes to less in a normal month; NULL: it does not. */
const TaiOffering *tai_qualification_find_unmet_grade (const TaiCatalogue *catalogue, const TaiOrder *order,
                                                       const char *grade);

G_END_DECLS
