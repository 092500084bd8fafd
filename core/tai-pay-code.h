/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiPayCode: the code that a customer shows to be charged (付款码). It is money until it is used: it lives in memory from the
 * scan to the gateway, is wiped when it is freed, and appears in no log, message or store. One thread at a time.
 */
typedef struct _TaiPayCode TaiPayCode;

/* Whose code this is by its form, "wechat" "alipay" "unionpay" (vectors: pay_codes.json); NULL: no payment code. */
const char *tai_pay_code_classify (const char *text);

/* NULL: no payment code. The caller wipes its own copy. */
TaiPayCode *tai_pay_code_new (const char *text);
void tai_pay_code_free (TaiPayCode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPayCode, tai_pay_code_free)
const char *tai_pay_code_get_text (const TaiPayCode *self); /* for the gateway alone */
const char *tai_pay_code_get_provider (const TaiPayCode *self);

G_END_DECLS
