/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-hq-error.h"

G_DEFINE_QUARK (tai_hq_error, tai_hq_error)
