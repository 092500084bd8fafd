/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* 营业日报: the day's report, with what waits for who reads it. Entered with a day ("2026-11-27"); NULL: the one that was shown,
 * else today's. Main thread. */
#define TAI_TYPE_REPORT_SCREEN (tai_report_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiReportScreen, tai_report_screen, TAI, REPORT_SCREEN, TaiScreen)

G_END_DECLS
