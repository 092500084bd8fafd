/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiPinEntry: digits that nobody may read.
 *
 * They stand in a buffer of its own behind dots: no editable, no input method, no clipboard, no undo; AT-SPI hears how many
 * there are ("PIN, 3 digits entered"). Digits of the keyboard and the keypad are taken, Backspace takes the last back, Esc clears (an
 * empty one lets it pass), Enter confirms. A TaiPadTarget. Main thread.
 *
 * Signals: "changed"; "activate": Enter, when there are digits.
 */
#define TAI_TYPE_PIN_ENTRY (tai_pin_entry_get_type ())
G_DECLARE_FINAL_TYPE (TaiPinEntry, tai_pin_entry, TAI, PIN_ENTRY, GtkWidget)

#define TAI_PIN_ENTRY_DIGITS_MAX 16

/* @label: what a screen reader calls it ("PIN", "Service password"); what is seen beside it is the page's business.
 * @digits_max: from 1 to TAI_PIN_ENTRY_DIGITS_MAX; more are refused with a bell. */
GtkWidget *tai_pin_entry_new (const char *label, guint digits_max);

void tai_pin_entry_set_label (TaiPinEntry *self, const char *label);
void tai_pin_entry_append_digit (TaiPinEntry *self, char digit); /* '0' to '9' */
void tai_pin_entry_backspace (TaiPinEntry *self);
void tai_pin_entry_clear (TaiPinEntry *self); /* wipes */
guint tai_pin_entry_get_n_digits (TaiPinEntry *self);
/* The digits, and the entry is empty. (transfer full): tai_pin_free */
char *tai_pin_entry_steal_pin (TaiPinEntry *self);
/* Wipes, then frees. NULL is fine. */
void tai_pin_free (char *pin);

G_END_DECLS
