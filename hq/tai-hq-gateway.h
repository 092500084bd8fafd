/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-contact.h"

G_BEGIN_DECLS

/**
 * HqMerchants: who takes money in this headquarters' name. A provider whose keys lie in its folder merchant/<provider>/ is the
 * real one; where there are none, play money is taken if the setting "sandbox" is there (docs/protocol.md), else none is.
 * Merchant keys are here and nowhere else: no terminal, store, log or message has them. Any thread.
 */
typedef struct _HqMerchants HqMerchants;

/* @folder: of the headquarters. A merchant's folder that cannot be used whole is an error: money is not taken by half. */
HqMerchants *hq_merchants_open (const char *folder, GError **error);
void hq_merchants_free (HqMerchants *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqMerchants, hq_merchants_free)

/* Blocks as long as the provider does; @answer (out), zeroed by the caller. Nobody takes it: FAILED "no_gateway". */
void hq_merchants_send (HqMerchants *self, const HqContact *contact, gint64 now_us, TaiGatewayAnswer *answer);

G_END_DECLS
