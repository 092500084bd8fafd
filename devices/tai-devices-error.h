/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_DEVICES_ERROR:
 *
 * The one error domain of this library. Foreign errors are converted at its edge.
 */
#define TAI_DEVICES_ERROR (tai_devices_error_quark ())
GQuark tai_devices_error_quark (void);

/**
 * TaiDevicesError:
 * @TAI_DEVICES_ERROR_FAILED: what has no name of its own; the message tells
 */
typedef enum {
  TAI_DEVICES_ERROR_FAILED,
} TaiDevicesError;
