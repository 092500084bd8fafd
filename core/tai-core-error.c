/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-core-error.h"

G_DEFINE_QUARK (tai_core_error, tai_core_error)
