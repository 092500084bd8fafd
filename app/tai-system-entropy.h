/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiSystemEntropy: the port TaiEntropy by the kernel's generator (getrandom). Any thread.
 */
#define TAI_TYPE_SYSTEM_ENTROPY (tai_system_entropy_get_type ())
G_DECLARE_FINAL_TYPE (TaiSystemEntropy, tai_system_entropy, TAI, SYSTEM_ENTROPY, GObject)

TaiSystemEntropy *tai_system_entropy_new (void);

G_END_DECLS
