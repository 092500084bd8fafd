/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-money.h"

G_BEGIN_DECLS

/**
 * TaiAmountEntry: one amount of money as it is typed: large, right-aligned, grouped by thousands.
 *
 * What can't become an amount (a third decimal of CNY, more than the limit, a letter) is refused at once and said below the field and to a
 * screen reader; the line for that is always there, so that nothing moves. Full-width digits and 。 are taken. A TaiPadTarget. Main thread.
 *
 * Signals: "changed": another amount, or none; "activate": Enter.
 */
#define TAI_TYPE_AMOUNT_ENTRY (tai_amount_entry_get_type ())
G_DECLARE_FINAL_TYPE (TaiAmountEntry, tai_amount_entry, TAI, AMOUNT_ENTRY, GtkWidget)

#define TAI_AMOUNT_ENTRY_QUICK_MAX 8

/* @label: what a screen reader calls it ("Amount received"). @currency: one that core knows. */
GtkWidget *tai_amount_entry_new (const char *label, guint16 currency);

/* FALSE: empty. */
gboolean tai_amount_entry_get_amount (TaiAmountEntry *self, TaiMoney *amount);
/* In the entry's currency, from 0 to the limit; with all decimals; what is typed next replaces it, unless the cursor was
 * moved into it. */
void tai_amount_entry_set_amount (TaiAmountEntry *self, TaiMoney amount);
void tai_amount_entry_clear (TaiAmountEntry *self);
/* The largest amount that can be typed; from the start TAI_MONEY_LIMIT_MINOR. */
void tai_amount_entry_set_limit (TaiAmountEntry *self, TaiMoney limit);
/* Buttons below that fill in an amount each and leave the focus in the field; at most TAI_AMOUNT_ENTRY_QUICK_MAX, 0 takes them away. */
void tai_amount_entry_set_quick_amounts (TaiAmountEntry *self, const TaiMoney *amounts, guint n_amounts);
/* What is said below: NULL while all is well. */
const char *tai_amount_entry_get_message (TaiAmountEntry *self);

G_END_DECLS
