/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-contact.h"

G_BEGIN_DECLS

/*
 * The real providers. A merchant's @folder holds merchant.json, key.pem (the merchant's, 0600) and platform.pem (the provider's
 * public key or certificate):
 *   wechat: {"url","appid","mchid","serial","ca"?}   alipay: {"url","appid","ca"?}
 * An answer without a good signature of the provider proves nothing, whatever it says.
 */
HqGateway *hq_wechat_open (const char *folder, GError **error);
HqGateway *hq_alipay_open (const char *folder, GError **error);

/* The id of a payment or refund as a provider's number of it: 32 characters. */
void hq_gateway_order_number (const TaiUuid *id, char number[33]);

G_END_DECLS
