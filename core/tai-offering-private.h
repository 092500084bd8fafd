/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-offering.h"

/* For core's files only. */

/* Is @now within [@from, @until)? 0 = open end. */
gboolean tai_offering_is_within (gint64 from_us, gint64 until_us, gint64 now_us);
