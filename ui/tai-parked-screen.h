/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* Visits that wait for their customer. Input: the counter. */
#define TAI_TYPE_PARKED_SCREEN (tai_parked_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiParkedScreen, tai_parked_screen, TAI, PARKED_SCREEN, TaiScreen)

G_END_DECLS
