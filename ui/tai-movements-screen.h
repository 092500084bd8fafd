/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* 现金明细: all that happened to a drawer in one shift, for who looks for a difference. Entered with the shift's id; NULL: the one
 * that was shown. Main thread. */
#define TAI_TYPE_MOVEMENTS_SCREEN (tai_movements_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiMovementsScreen, tai_movements_screen, TAI, MOVEMENTS_SCREEN, TaiScreen)

G_END_DECLS
