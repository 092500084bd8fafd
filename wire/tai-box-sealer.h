/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-paperwork.h"
#include "tai-seal.h"

G_BEGIN_DECLS

/**
 * TaiBoxSealer: the port TaiSealer over tai-seal. HQ's public key is there from enrolment on; the other two keys come after
 * sign-in and live in memory only: without the terminal's there is no to_terminal box, without the blind one no reference.
 * One thread at a time.
 */
#define TAI_TYPE_BOX_SEALER (tai_box_sealer_get_type ())
G_DECLARE_FINAL_TYPE (TaiBoxSealer, tai_box_sealer, TAI, BOX_SEALER, GObject)

TaiBoxSealer *tai_box_sealer_new (TaiSealPublicKey hq, TaiEntropy *entropy);
/* (transfer full) (nullable): the old key is wiped. */
void tai_box_sealer_take_terminal_key (TaiBoxSealer *self, TaiSealKey *key);
void tai_box_sealer_take_blind_key (TaiBoxSealer *self, TaiSealKey *key);

G_END_DECLS
