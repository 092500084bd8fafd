/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* Why a drawer is off: the likeliest causes, each with its records, one Enter from each. @text: a shift. */
#define TAI_TYPE_DIFFERENCE_SCREEN (tai_difference_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiDifferenceScreen, tai_difference_screen, TAI, DIFFERENCE_SCREEN, TaiScreen)

G_END_DECLS
