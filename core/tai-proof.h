/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-totp.h"

G_BEGIN_DECLS

/**
 * TaiProof: what a person gives to show who he is, taken apart: the PIN, and after one space the code of his device if he has
 * one ("258046 081804"). Wherever a verb takes a PIN it takes this, so signing in, a yes in place, a hand-over and a kiosk's staff
 * door ask for the same. Wiped. Any thread.
 */
#define TAI_PROOF_PIN_MAX 16
typedef struct {
  char pin[TAI_PROOF_PIN_MAX + 1];
  char digits[TAI_TOTP_DIGITS + 1];
  const char *code; /* (nullable) @digits, or no code was given */
} TaiProof;

/* What is longer than it can be is left empty: wrong, and never cut to what might be right. */
void tai_proof_split (const char *text, TaiProof *self);
/* @text without its code, for whoever asks for another one. */
void tai_proof_drop_code (char *text);
void tai_proof_wipe (TaiProof *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TaiProof, tai_proof_wipe)

G_END_DECLS
