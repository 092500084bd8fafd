/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_OFFLINE_ERROR:
 *
 * The one error domain of this library. Foreign errors are converted at its edge.
 */
#define TAI_OFFLINE_ERROR (tai_offline_error_quark ())
GQuark tai_offline_error_quark (void);

/**
 * TaiOfflineError:
 * @TAI_OFFLINE_ERROR_FAILED: what has no name of its own; the message tells
 */
typedef enum {
  TAI_OFFLINE_ERROR_FAILED,
} TaiOfflineError;
