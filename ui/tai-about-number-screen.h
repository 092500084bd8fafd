/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

#define TAI_TYPE_ABOUT_NUMBER_SCREEN (tai_about_number_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiAboutNumberScreen, tai_about_number_screen, TAI, ABOUT_NUMBER_SCREEN, TaiScreen)

G_END_DECLS
