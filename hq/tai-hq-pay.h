/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply.h"

G_BEGIN_DECLS

/**
 * hq_pay_settle:
 * @contact: as a response had it; what was answered is @answer
 * @response: (out) what the terminal is told; zeroed by the caller
 *
 * One transaction. The row in the store keeps every promise of core/tai-payment-gateway.h whatever the provider does: what is
 * over is never asked for again, and only a query ends what was taken back.
 */
void hq_pay_settle (HqStore *store, const HqContact *contact, const TaiGatewayAnswer *answer, gint64 now_us,
                    HqResponse *response);

/**
 * hq_pay_take:
 * @contacts: (element-type HqContact) gets what is due, to be asked of providers and settled like a terminal's
 *
 * What nobody knows yet is asked about by headquarters itself, with the same question as a terminal's: its terminal may never come
 * back. First when it has not moved for ten minutes (setting "ask_after_s"), then ever more seldom, at last every six hours. One
 * transaction. *@next_us: when something is due again; 0: nothing is.
 */
void hq_pay_take (HqStore *store, gint64 now_us, guint limit, GPtrArray *contacts, gint64 *next_us);

/* Not asked: what the terminal is told when nobody can ask the provider. */
void hq_pay_answer_unknown (const HqContact *contact, const char *reason, HqResponse *response);

G_END_DECLS
