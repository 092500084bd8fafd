/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* TaiKeysScreen: which key means what at this desk, and another one for it. */
#define TAI_TYPE_KEYS_SCREEN (tai_keys_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiKeysScreen, tai_keys_screen, TAI, KEYS_SCREEN, TaiScreen)

G_END_DECLS
