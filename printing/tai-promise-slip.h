/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-paperwork.h"

G_BEGIN_DECLS

/* (transfer full) Any thread. */
TaiDocument *tai_promise_slip_write (const TaiPromiseSlip *slip);

G_END_DECLS
