/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* One plan of all, up to three side by side. Input: the counter. */
#define TAI_TYPE_PLAN_SCREEN (tai_plan_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiPlanScreen, tai_plan_screen, TAI, PLAN_SCREEN, TaiScreen)

G_END_DECLS
