/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* The drawer is counted blind, the till closed. Input: the counter. */
#define TAI_TYPE_CLOSE_TILL_SCREEN (tai_close_till_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiCloseTillScreen, tai_close_till_screen, TAI, CLOSE_TILL_SCREEN, TaiScreen)

G_END_DECLS
