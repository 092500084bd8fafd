/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-offline-error.h"

G_DEFINE_QUARK (tai_offline_error, tai_offline_error)
