/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tai-counter.h"

G_BEGIN_DECLS

/**
 * TaiProofEntry: where a person proves who he is, with its title: the PIN, and in its place the code of his device once the desk
 * has said that he has one. The PIN that was right is kept out of sight until the code comes or the person changes, then
 * wiped, so that nobody types it twice. A TaiPadTarget: of the field that is asked for. Main thread.
 *
 * Signals: "activate": Enter, when the field that is asked for has digits.
 */
#define TAI_TYPE_PROOF_ENTRY (tai_proof_entry_get_type ())
G_DECLARE_FINAL_TYPE (TaiProofEntry, tai_proof_entry, TAI, PROOF_ENTRY, GtkBox)

/* @label: of the PIN */
GtkWidget *tai_proof_entry_new (const char *label);
void tai_proof_entry_set_label (TaiProofEntry *self, const char *label);
gboolean tai_proof_entry_is_filled (TaiProofEntry *self);
/* What the desk takes for a PIN (tai-proof.h), and the fields are empty. (transfer full): wiped by whoever frees it */
char *tai_proof_entry_steal (TaiProofEntry *self);
/* After a call with @args->secret: keeps what of it was right, asks for what is missing, and takes the focus. */
void tai_proof_entry_take_answer (TaiProofEntry *self, TaiCounterArgs *args, const GError *error);
void tai_proof_entry_clear (TaiProofEntry *self); /* another person: wipes */

G_END_DECLS
