/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-kiosk-page.h"

G_BEGIN_DECLS

/* How much: usual amounts, or another one on the pad. */
#define TAI_TYPE_KIOSK_AMOUNT_PAGE (tai_kiosk_amount_page_get_type ())
G_DECLARE_FINAL_TYPE (TaiKioskAmountPage, tai_kiosk_amount_page, TAI, KIOSK_AMOUNT_PAGE, TaiKioskPage)

G_END_DECLS
