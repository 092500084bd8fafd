/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* One count gives the drawer from a clerk to his colleague. Input: the counter. */
#define TAI_TYPE_HAND_OVER_SCREEN (tai_hand_over_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiHandOverScreen, tai_hand_over_screen, TAI, HAND_OVER_SCREEN, TaiScreen)

G_END_DECLS
