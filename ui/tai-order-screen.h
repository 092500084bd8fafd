/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* TaiOrderScreen: one order and its whole life. Entered with the order's id. */
#define TAI_TYPE_ORDER_SCREEN (tai_order_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiOrderScreen, tai_order_screen, TAI, ORDER_SCREEN, TaiScreen)

G_END_DECLS
