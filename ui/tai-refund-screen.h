/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* Money back: what is owed for an order and which way each part of it goes; one goes after the other. Entered with the order's id. */
#define TAI_TYPE_REFUND_SCREEN (tai_refund_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiRefundScreen, tai_refund_screen, TAI, REFUND_SCREEN, TaiScreen)

G_END_DECLS
