/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"
#include "tai-order.h"
#include "tai-staff.h"

G_BEGIN_DECLS

/*
 * What HQ sends of a terminal and of the people who work at it (docs/protocol.md). Any thread. Errors: TAI_WIRE_ERROR with the
 * path; TAI_CORE_ERROR for unknown words.
 */

/* {"id","hall","desk",…}. (transfer full) */
TaiTerminal *tai_terminal_from_json (const TaiJson *json, GError **error);

/* {"number","name","role","rights":[…],"pin","disabled"}. Without "rights" the role's. (transfer full) */
TaiStaff *tai_staff_from_json (const TaiJson *json, GError **error);

/* A list of them: all or nothing, no number twice. (transfer full) (element-type TaiStaff) */
GPtrArray *tai_staff_list_from_json (const TaiJson *list, GError **error);

G_END_DECLS
