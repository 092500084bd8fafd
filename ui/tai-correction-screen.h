/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

#define TAI_TYPE_CORRECTION_SCREEN (tai_correction_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiCorrectionScreen, tai_correction_screen, TAI, CORRECTION_SCREEN, TaiScreen)

G_END_DECLS
