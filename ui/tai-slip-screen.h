/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* A customer's slip of another desk of the hall: where it is settled and how it stands; cash that is owed is fetched and given back here.
 * Entered with the slip's text, or with the id of the order whose money it is about. */
#define TAI_TYPE_SLIP_SCREEN (tai_slip_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiSlipScreen, tai_slip_screen, TAI, SLIP_SCREEN, TaiScreen)

G_END_DECLS
