/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-money.h"
#include "tai-state.h"

G_BEGIN_DECLS

/**
 * TaiDebt: cash that is owed to a customer, on its way from the terminal that took it to the one where he stands. It is one terminal's
 * at a time; headquarters says whose. Who has it lets it go for good before anybody else hears that it is his, so it can be
 * paid once, whatever line or program fails meanwhile. A plain struct with owned strings; any thread.
 *
 * @order_id: also the debt's own name: an order has one
 * @visit_id: of the order; text[0] == 0: not told yet
 * @claim: who asks for it, at the same time the key of the message that asks
 * @state: as this terminal sees it (tai-state.h); on the wire the word: "asked" "withdrawn" "released" "kept"
 * @hop: how often it has been let go; each is some terminal's, once
 * @terminal: (nullable) the other side: who had it, who asks for it, whose it is now
 * @amount: currency 0: not told yet
 * @parts: (element-type TaiDebtPart) what goes back of which payment; together @amount
 * @operation, @receipt_number, @msisdn, @customer_mask, @seller: (nullable) of the order, for list and slip
 * @clerk: (nullable) who asks
 * @reason: (nullable) why it was kept: TAI_DEBT_…
 * @since_us: since when it is in this state
 */
typedef struct {
  TaiUuid payment_id;
  TaiMoney amount;
} TaiDebtPart;

typedef struct {
  TaiUuid order_id, visit_id, claim;
  TaiDebtState state;
  gint64 hop;
  char *terminal;
  TaiMoney amount;
  GArray *parts; /* (owned) */
  char *operation, *receipt_number, *msisdn, *customer_mask, *seller;
  char *clerk, *reason;
  gint64 since_us;
} TaiDebt;

/* Why nothing was let go. Of who has it: there is nothing (any more), a gateway is giving it back, a part did not come in cash and
 * goes the way it came. Of headquarters: it does not know the order, the asker has it, another asks for it, it was paid, nobody
 * answered in time. */
#define TAI_DEBT_NOTHING_DUE "nothing_due"
#define TAI_DEBT_UNDER_WAY   "refund_under_way"
#define TAI_DEBT_NOT_CASH    "not_cash"
#define TAI_DEBT_UNKNOWN     "order_unknown"
#define TAI_DEBT_HERE        "here"
#define TAI_DEBT_CLAIMED     "claimed"
#define TAI_DEBT_PAID        "paid"
#define TAI_DEBT_NO_ANSWER   "no_answer"

/* An order has no more payments. */
#define TAI_DEBT_MAX_PARTS 16

TaiDebt *tai_debt_new (const TaiUuid *order_id);
TaiDebt *tai_debt_copy (const TaiDebt *self);
void tai_debt_free (TaiDebt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiDebt, tai_debt_free)

void tai_debt_add_part (TaiDebt *self, const TaiUuid *payment_id, TaiMoney amount);
/* Above 0, of one currency, together the amount, 1 to TAI_DEBT_MAX_PARTS of them. */
gboolean tai_debt_is_whole (const TaiDebt *self);
/* A line a part: "payment minor". (transfer full) */
char *tai_debt_parts_to_text (const TaiDebt *self);
/* Into @self, whose amount has the currency. FALSE: no such text. */
gboolean tai_debt_parts_from_text (TaiDebt *self, const char *text);

G_END_DECLS
