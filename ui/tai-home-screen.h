/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* The command box, what is not finished, what is new. Input: the counter. */
#define TAI_TYPE_HOME_SCREEN (tai_home_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiHomeScreen, tai_home_screen, TAI, HOME_SCREEN, TaiScreen)

G_END_DECLS
