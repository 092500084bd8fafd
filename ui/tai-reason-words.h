/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"
#include "tai-state.h"

G_BEGIN_DECLS

/*
 * Why something did not go on, and what a clerk does next: codes of HQ, of the line, of printers and of bank terminals as sentences, in one table
 * for all screens. Main thread. Texts are (transfer full) where they are char *.
 */

/* @reason: a code, or "code: HQ's own words" as the outbox keeps it. A code that has no sentence is shown as it is. */
char *tai_reason_words_hq (const char *reason);
/* Of what only waits: NULL where the line's own words say nothing to a clerk. */
char *tai_reason_words_waiting (const char *reason);
/* What to do about it; never NULL. */
const char *tai_reason_words_hq_todo (const char *reason);
/* @reason (nullable): a printer's code. */
char *tai_reason_words_printer (const char *reason);
/* @reason (nullable): of the printer that the cash drawer hangs on: why it did not open; NULL: it was left open. */
char *tai_reason_words_drawer (const char *reason);
/* @reason (nullable): a bank terminal's code (devices/tai-codepay-terminal.h). */
char *tai_reason_words_card (const char *reason);
/* @reason (nullable): why headquarters does not take a coupon. */
char *tai_reason_words_coupon (const char *reason);
/* What becomes of a reprint that was asked for; @copy 0: the paper itself still waits. @is_fault: of its printer's light.
 * (transfer full) */
char *tai_reason_words_copy (int copy, gboolean is_fault);
/* What comes next for an order in that state; NULL: nothing is left to do. */
const char *tai_reason_words_order_todo (TaiOrderState state);
const char *tai_reason_words_message (TaiMessageState state);
const char *tai_reason_words_print (TaiPrintState state);

G_END_DECLS
