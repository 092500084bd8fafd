/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-kiosk-page.h"

G_BEGIN_DECLS

/* Out of service, why, and what to do. */
#define TAI_TYPE_KIOSK_CLOSED_PAGE (tai_kiosk_closed_page_get_type ())
G_DECLARE_FINAL_TYPE (TaiKioskClosedPage, tai_kiosk_closed_page, TAI, KIOSK_CLOSED_PAGE, TaiKioskPage)

G_END_DECLS
