/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* A paper as it was given out, and its copy. Input: the counter. */
#define TAI_TYPE_RECEIPT_SCREEN (tai_receipt_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiReceiptScreen, tai_receipt_screen, TAI, RECEIPT_SCREEN, TaiScreen)

G_END_DECLS
