/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-counter.h"
#include "tai-repeat.h"

G_BEGIN_DECLS

/**
 * TaiLineCard: what headquarters knows of a number, before money is taken for it: masked owner, plan, state, balance, arrears.
 * Without a line it says so; nothing hangs on it. Main thread.
 *
 * Signal "looked": headquarters has answered.
 */
#define TAI_TYPE_LINE_CARD (tai_line_card_get_type ())
G_DECLARE_FINAL_TYPE (TaiLineCard, tai_line_card, TAI, LINE_CARD, GtkWidget)

/* @msisdn NULL: empty; what is still under way is dropped. */
void tai_line_card_look_up (TaiLineCard *self, TaiCounter *counter, const char *msisdn);
/* What is owed on it; currency 0: nothing, or not known. */
TaiMoney tai_line_card_get_arrears (TaiLineCard *self);
/* The same amount for that number, taken in this hall just now; (transfer none) (nullable), until the next look. */
const TaiRepeat *tai_line_card_find_repeat (TaiLineCard *self, const char *msisdn, TaiMoney amount,
                                            gint64 now_us);

G_END_DECLS
