/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-offline-error.h"

G_DEFINE_QUARK (tai-offline-error-quark, tai_offline_error)
