/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* Waits for the customer's card. Input: the counter. */
#define TAI_TYPE_IDENTITY_SCREEN (tai_identity_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiIdentityScreen, tai_identity_screen, TAI, IDENTITY_SCREEN, TaiScreen)

G_END_DECLS
