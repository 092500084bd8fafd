/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* Till preview and close slips of a day, as they stand on paper. @text: a shift. */
#define TAI_TYPE_TILL_SLIP_SCREEN (tai_till_slip_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiTillSlipScreen, tai_till_slip_screen, TAI, TILL_SLIP_SCREEN, TaiScreen)

G_END_DECLS
