/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-kiosk-page.h"

G_BEGIN_DECLS

/* The code that a counter reads, and what to do with it. */
#define TAI_TYPE_KIOSK_CODE_PAGE (tai_kiosk_code_page_get_type ())
G_DECLARE_FINAL_TYPE (TaiKioskCodePage, tai_kiosk_code_page, TAI, KIOSK_CODE_PAGE, TaiKioskPage)

G_END_DECLS
