/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* What does not match at headquarters, for who sees the hall's report; entered with TAI_FINDINGS_OF_REGION it is the region's. Off line
 * it says so. Main thread. */
#define TAI_FINDINGS_OF_REGION   "region"
#define TAI_TYPE_FINDINGS_SCREEN (tai_findings_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiFindingsScreen, tai_findings_screen, TAI, FINDINGS_SCREEN, TaiScreen)

G_END_DECLS
