/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* Orders of this terminal, found by number or receipt. Input: the counter. */
#define TAI_TYPE_ORDERS_SCREEN (tai_orders_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiOrdersScreen, tai_orders_screen, TAI, ORDERS_SCREEN, TaiScreen)

G_END_DECLS
