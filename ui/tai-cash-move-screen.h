/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

#define TAI_TYPE_CASH_MOVE_SCREEN (tai_cash_move_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiCashMoveScreen, tai_cash_move_screen, TAI, CASH_MOVE_SCREEN, TaiScreen)

G_END_DECLS
