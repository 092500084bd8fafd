/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/* The system's random numbers behind the port, for the program. Any thread. (transfer full) */
#define HQ_TYPE_SYSTEM_ENTROPY (hq_system_entropy_get_type ())
G_DECLARE_FINAL_TYPE (HqSystemEntropy, hq_system_entropy, HQ, SYSTEM_ENTROPY, GObject)
TaiEntropy *hq_system_entropy_new (void);

G_END_DECLS
