/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* The number that it is done for, and how much. Input: the counter. */
#define TAI_TYPE_TARGET_SCREEN (tai_target_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiTargetScreen, tai_target_screen, TAI, TARGET_SCREEN, TaiScreen)

G_END_DECLS
