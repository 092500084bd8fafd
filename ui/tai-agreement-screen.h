/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* Key terms, figures, and the customer's agreement. Input: the counter. */
#define TAI_TYPE_AGREEMENT_SCREEN (tai_agreement_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiAgreementScreen, tai_agreement_screen, TAI, AGREEMENT_SCREEN, TaiScreen)

G_END_DECLS
