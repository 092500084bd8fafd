/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-kiosk-page.h"

G_BEGIN_DECLS

/* The first page: a door for each business that can be prepared and is on sale now. */
#define TAI_TYPE_KIOSK_WELCOME_PAGE (tai_kiosk_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (TaiKioskWelcomePage, tai_kiosk_welcome_page, TAI, KIOSK_WELCOME_PAGE, TaiKioskPage)

G_END_DECLS
