/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tai-counter.h"

G_BEGIN_DECLS

/**
 * TaiKioskWindow: the whole screen of a terminal that customers touch. They prepare a top-up or a bill payment; a desk takes
 * the money. Nobody is signed in. In the same corners of every page: hall, language, large type, staff; back, start over.
 *
 * Nothing ends it but a person of staff (five touches of the hall's name, then number and PIN) or the program: no key, no
 * close button, no inspector. What a customer entered is gone after "start over", at the end, and when nobody touched it for
 * the quiet time and answered in the time after that.
 *
 * Main thread.
 */
#define TAI_TYPE_KIOSK_WINDOW (tai_kiosk_window_get_type ())
G_DECLARE_FINAL_TYPE (TaiKioskWindow, tai_kiosk_window, TAI, KIOSK_WINDOW, AdwApplicationWindow)

#define TAI_KIOSK_QUIET_S  30
#define TAI_KIOSK_ANSWER_S 20

/* @application: (nullable). @quiet_s: 0: TAI_KIOSK_QUIET_S */
TaiKioskWindow *tai_kiosk_window_new (GtkApplication *application, TaiCounter *counter, guint quiet_s);

G_END_DECLS
