/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* The float is counted before the first sale. Input: the counter. */
#define TAI_TYPE_OPEN_TILL_SCREEN (tai_open_till_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiOpenTillScreen, tai_open_till_screen, TAI, OPEN_TILL_SCREEN, TaiScreen)

G_END_DECLS
