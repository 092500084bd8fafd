/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-devices-error.h"

G_DEFINE_QUARK (tai-devices-error-quark, tai_devices_error)
