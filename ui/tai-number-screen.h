/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* A number of the stock, and the SIM card. Input: the counter. */
#define TAI_TYPE_NUMBER_SCREEN (tai_number_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiNumberScreen, tai_number_screen, TAI, NUMBER_SCREEN, TaiScreen)

G_END_DECLS
