/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-kiosk-page.h"

G_BEGIN_DECLS

/* The mobile number, on a large pad. */
#define TAI_TYPE_KIOSK_NUMBER_PAGE (tai_kiosk_number_page_get_type ())
G_DECLARE_FINAL_TYPE (TaiKioskNumberPage, tai_kiosk_number_page, TAI, KIOSK_NUMBER_PAGE, TaiKioskPage)

G_END_DECLS
