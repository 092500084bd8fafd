/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* The sale is stored: change, papers. Input: the counter. */
#define TAI_TYPE_DONE_SCREEN (tai_done_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiDoneScreen, tai_done_screen, TAI, DONE_SCREEN, TaiScreen)

G_END_DECLS
