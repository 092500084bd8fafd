/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-money.h"

G_BEGIN_DECLS

/* Whether cash that a clerk typed is more probably a slip of the finger than what the customer gave: the change would be ten of the largest
 * notes or more. Whoever takes money asks once. Pure; any thread. */
gboolean tai_cash_is_doubtful (TaiMoney received, TaiMoney due);

G_END_DECLS
