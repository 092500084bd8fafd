/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-kiosk-page.h"

G_BEGIN_DECLS

/* The hidden way out: staff number and PIN of who may operate the terminal. */
#define TAI_TYPE_KIOSK_STAFF_PAGE (tai_kiosk_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (TaiKioskStaffPage, tai_kiosk_staff_page, TAI, KIOSK_STAFF_PAGE, TaiKioskPage)

G_END_DECLS
