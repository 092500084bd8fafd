/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-money.h"

G_BEGIN_DECLS

/**
 * TaiDigitField: one large line of digits for a screen that is touched. No editable inside: no cursor to place, no menu on a
 * long press, no clipboard that another customer pastes from, no input method, no emoji. Wiped when cleared and when it goes. A
 * TaiPadTarget; digits of a keyboard, Backspace and Enter are taken, too. Main thread.
 *
 * Signals: "changed"; "activate": Enter, or OK on the pad.
 */
#define TAI_TYPE_DIGIT_FIELD (tai_digit_field_get_type ())
G_DECLARE_FINAL_TYPE (TaiDigitField, tai_digit_field, TAI, DIGIT_FIELD, GtkWidget)

/**
 * TaiDigitKind:
 * @TAI_DIGIT_NUMBER: a mobile number, shown 138 0013 8000
 * @TAI_DIGIT_PLAIN: up to eight digits
 * @TAI_DIGIT_AMOUNT: an amount of CNY, as far as it has decimals and limits
 */
typedef enum { TAI_DIGIT_NUMBER, TAI_DIGIT_PLAIN, TAI_DIGIT_AMOUNT } TaiDigitKind;

/* @label: what a screen reader calls it; what stands in it is said after it. */
GtkWidget *tai_digit_field_new (const char *label, TaiDigitKind kind);
/* Without blanks and separators. */
const char *tai_digit_field_get_text (TaiDigitField *self);
/* What does not fit is left out. Does not tell "changed". */
void tai_digit_field_set_text (TaiDigitField *self, const char *text);
/* FALSE: empty. Of an amount. */
gboolean tai_digit_field_get_amount (TaiDigitField *self, guint16 currency, TaiMoney *amount);
void tai_digit_field_clear (TaiDigitField *self);

G_END_DECLS
