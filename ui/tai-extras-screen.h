/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* What is sold beside: services with the customer's yes, SIM, prepayment, goods. Input: the counter. */
#define TAI_TYPE_EXTRAS_SCREEN (tai_extras_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiExtrasScreen, tai_extras_screen, TAI, EXTRAS_SCREEN, TaiScreen)

G_END_DECLS
