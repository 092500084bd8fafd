/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiTillPolicy: HQ's data about cash, about the end of the day and about what customers are promised; minor units of the terminal's currency; 0 = no such limit. A
 * plain struct; any thread.
 * @cash_warn_minor, @cash_cap_minor: the drawer holds much; holds too much for another visit without a drop or an approval
 * @recount_over_minor: a first count that is further off is made again
 * @max_difference_minor: a till that is further off is closed with an approval only
 * @deposit_minor: of an agent's hall: what the agent has deposited; cash that is not at the bank may come to so much
 * @deposit_warn_minor: so little is left of it that the agent should pay in
 * @deposit_refuses: 1: what would pass the deposit is not sold; 0: it is only said
 * @closing_minute: when the hall closes, minutes after midnight
 * @promise_payment_hours, @promise_paper_hours, @promise_money_hours: by when a customer who left with a slip is called
 *   (core/tai-promise.h); 0 = as the house has it
 */
typedef struct {
  gint64 cash_warn_minor, cash_cap_minor, recount_over_minor, max_difference_minor;
  gint64 deposit_minor, deposit_warn_minor, deposit_refuses, closing_minute;
  gint64 promise_payment_hours, promise_paper_hours, promise_money_hours;
} TaiTillPolicy;

/* The fields as one table: what is stored, sent and set by HQ goes by these names. */
guint tai_till_policy_count_fields (void);
const char *tai_till_policy_get_name (guint field);
gint64 *tai_till_policy_get_field (TaiTillPolicy *self, guint field);

/* Each field within what it can be? */
gboolean tai_till_policy_is_valid (const TaiTillPolicy *self);
/* As it is kept; what a version before did not know is 0. FALSE: no such text. */
char *tai_till_policy_to_text (const TaiTillPolicy *self); /* (transfer full) */
gboolean tai_till_policy_from_text (const char *text, TaiTillPolicy *self);

G_END_DECLS
