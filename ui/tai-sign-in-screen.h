/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* Who works at this desk: staff number and PIN. Input: the counter. */
#define TAI_TYPE_SIGN_IN_SCREEN (tai_sign_in_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiSignInScreen, tai_sign_in_screen, TAI, SIGN_IN_SCREEN, TaiScreen)

G_END_DECLS
