/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* The hall's day: what stops its close, each with the way to settle it, and the close itself. */
#define TAI_TYPE_HALL_CLOSE_SCREEN (tai_hall_close_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiHallCloseScreen, tai_hall_close_screen, TAI, HALL_CLOSE_SCREEN, TaiScreen)

G_END_DECLS
