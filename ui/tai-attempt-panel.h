/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-counter.h"

G_BEGIN_DECLS

/**
 * TaiAttemptPanel: how the one payment, or refund, stands that a gateway was asked for: said three ways (icon, word, colour), with the code
 * that the customer scans, and what can be done now, each with its key. The buttons for that activate "counter.key", the screen
 * knows what the keys mean; they are no part of the panel, for the foot of the page, where nothing scrolls away.
 *
 * Signal "decide" (int TaiPaymentDecision): what a person says of a doubt. Main thread.
 */
#define TAI_TYPE_ATTEMPT_PANEL (tai_attempt_panel_get_type ())
G_DECLARE_FINAL_TYPE (TaiAttemptPanel, tai_attempt_panel, TAI, ATTEMPT_PANEL, GtkWidget)

/* @payment: (nullable) nothing is shown. Called again with the time: when cancelling is possible counts down. */
void tai_attempt_panel_show (TaiAttemptPanel *self, TaiCounter *counter, const TaiPayment *payment,
                             gint64 now_us);
/* The buttons, to be put somewhere; (transfer none). Hidden while there is nothing to do. */
GtkWidget *tai_attempt_panel_get_actions (TaiAttemptPanel *self);

G_END_DECLS
