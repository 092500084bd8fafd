/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-offering.h"
#include "tai-operation.h"

G_BEGIN_DECLS

/*
 * What is sold under which business: one table for the desk, which refuses, and the faces, which offer. Pure, any thread.
 */

/* Does @operation take offerings of that kind, and does the offering's own list of businesses (x-guitai operations) name it? */
gboolean tai_selling_is_under (const TaiOffering *offering, const TaiOperation *operation);
/* The business that one begins who asks for the offering by its name; NULL: it is not sold alone. */
const TaiOperation *tai_selling_find_operation (const TaiOffering *offering);

G_END_DECLS
