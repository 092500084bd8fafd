/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"
#include "tai-store-port.h"

G_BEGIN_DECLS

/*
 * A report as headquarters sends it (GET TAI_PATH_REPORT, docs/protocol.md): the picture of core/tai-till-report.h, both ways. Any
 * thread.
 */

/* (transfer full) */
char *tai_report_to_json (const TaiTillReport *report);
/* Whole, bounded and plain, or TAI_WIRE_ERROR_* with the place. The picture says that it is headquarters', and as of when. (transfer full) */
TaiTillReport *tai_report_from_json (const TaiJson *json, GError **error);

#define TAI_REPORT_MAX_LINES 20000 /* of each list */

G_END_DECLS
