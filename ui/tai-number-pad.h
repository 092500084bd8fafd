/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiNumberPad: digits on the screen, each key at least 56 px, that are typed into a target (a TaiPadTarget or an editable). The focus
 * stays where it is when a key is touched; for the keyboard the pad is one stop, arrows go from key to key. Main thread.
 */
#define TAI_TYPE_NUMBER_PAD (tai_number_pad_get_type ())
G_DECLARE_FINAL_TYPE (TaiNumberPad, tai_number_pad, TAI, NUMBER_PAD, GtkWidget)

/**
 * TaiNumberPadLayout:
 * @TAI_NUMBER_PAD_PIN: 1 2 3 on top as on a telephone; digits only
 * @TAI_NUMBER_PAD_AMOUNT: 7 8 9 on top as on a keyboard; with 00 and the decimal point
 */
typedef enum { TAI_NUMBER_PAD_PIN, TAI_NUMBER_PAD_AMOUNT } TaiNumberPadLayout;

#define TAI_NUMBER_PAD_KEY_MIN 56

GtkWidget *tai_number_pad_new (TaiNumberPadLayout layout);
/* @target (nullable): not kept alive; without one the keys are insensitive. */
void tai_number_pad_set_target (TaiNumberPad *self, GtkWidget *target);

G_END_DECLS
