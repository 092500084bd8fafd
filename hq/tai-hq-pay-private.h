/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-pay.h"

G_BEGIN_DECLS

/* The question about @row, or what is wanted of its provider; @klass: of the terminal. (transfer full) */
HqContact *hq_pay_make_contact (HqStore *store, const HqPayRow *row, TaiGatewayVerb verb, const char *klass);
/* It has moved at its changed_us: when headquarters asks by itself, if it ever has to. Put by the caller. */
void hq_pay_plan (HqStore *store, HqPayRow *row, gboolean is_known);

G_END_DECLS
