/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

#define TAI_TYPE_MONEY_SCREEN (tai_money_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiMoneyScreen, tai_money_screen, TAI, MONEY_SCREEN, TaiScreen)

G_END_DECLS
