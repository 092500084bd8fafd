/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-devices-error.h"

G_DEFINE_QUARK (tai_devices_error, tai_devices_error)
