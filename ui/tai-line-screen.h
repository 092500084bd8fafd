/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* What waits for headquarters, and what it refused. Input: the counter. */
#define TAI_TYPE_LINE_SCREEN (tai_line_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiLineScreen, tai_line_screen, TAI, LINE_SCREEN, TaiScreen)

G_END_DECLS
