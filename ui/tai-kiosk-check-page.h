/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-kiosk-page.h"

G_BEGIN_DECLS

/* The number read back large: a top-up for a stranger does not come back. */
#define TAI_TYPE_KIOSK_CHECK_PAGE (tai_kiosk_check_page_get_type ())
G_DECLARE_FINAL_TYPE (TaiKioskCheckPage, tai_kiosk_check_page, TAI, KIOSK_CHECK_PAGE, TaiKioskPage)

G_END_DECLS
