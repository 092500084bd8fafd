/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* What is due, what was given, what goes back. Input: the counter. */
#define TAI_TYPE_CASH_SCREEN (tai_cash_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiCashScreen, tai_cash_screen, TAI, CASH_SCREEN, TaiScreen)

G_END_DECLS
