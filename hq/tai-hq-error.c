/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-hq-error.h"

G_DEFINE_QUARK (tai-hq-error-quark, tai_hq_error)
