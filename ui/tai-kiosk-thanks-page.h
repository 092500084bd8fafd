/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-kiosk-page.h"

G_BEGIN_DECLS

/* Goodbye. The window forgets the customer after a few seconds. */
#define TAI_TYPE_KIOSK_THANKS_PAGE (tai_kiosk_thanks_page_get_type ())
G_DECLARE_FINAL_TYPE (TaiKioskThanksPage, tai_kiosk_thanks_page, TAI, KIOSK_THANKS_PAGE, TaiKioskPage)

G_END_DECLS
