/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"
#include "tai-staff.h"

G_BEGIN_DECLS

/* A person as the hall's terminals know him: the hall's own word goes before everybody's. (transfer full) (nullable): nobody has that
 * number */
TaiStaff *hq_staff_find (HqStore *store, const char *hall, const char *number);

G_END_DECLS
