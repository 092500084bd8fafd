/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-headquarters.h"
#include "tai-payment-gateway.h"

G_BEGIN_DECLS

/**
 * TaiLineGateway: TaiPaymentGateway over the line to HQ, where merchant keys are. One request each; what the line lost is UNKNOWN,
 * what certainly never left is NOT_REACHED, and anything that is not HQ's own word proves nothing. A payment code is in memory
 * until its request was sent, and wiped then.
 *
 * Thread: the line's, like the pulls.
 */
#define TAI_TYPE_LINE_GATEWAY (tai_line_gateway_get_type ())
G_DECLARE_FINAL_TYPE (TaiLineGateway, tai_line_gateway, TAI, LINE_GATEWAY, GObject)

/* HQ waits for a provider that has a customer before it. */
#define TAI_LINE_PAY_TIMEOUT_MS      20000
#define TAI_LINE_PAY_LOOK_TIMEOUT_MS 10000

TaiLineGateway *tai_line_gateway_new (TaiHeadquarters *hq);

G_END_DECLS
