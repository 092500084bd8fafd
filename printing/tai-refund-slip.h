/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-paperwork.h"

G_BEGIN_DECLS

/* What a customer signs and keeps when money goes back: for roll paper. Any thread. (transfer full) */
TaiDocument *tai_refund_slip_write (const TaiRefundSale *sale);

G_END_DECLS
