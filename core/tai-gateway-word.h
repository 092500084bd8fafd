/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-payment-gateway.h"

G_BEGIN_DECLS

/*
 * The words of those who take payments, in one table: what each says of a payment, as an outcome. Any thread.
 */

/* @house: "wechat" "alipay" "codepay" "tmf676"; of refunds "wechat_refund" "alipay_refund". FALSE: a word that is not in the table; *@outcome is UNKNOWN then, because a
 * word that nobody knows proves nothing. */
gboolean tai_gateway_word_read (const char *house, const char *word, TaiGatewayOutcome *outcome);
/* The word says that there is no such payment, or refund (yet). */
gboolean tai_gateway_word_is_not_there (const char *house, const char *word);

G_END_DECLS
