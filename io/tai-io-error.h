/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_IO_ERROR:
 *
 * The one error domain of this library. Foreign errors are converted at its edge.
 */
#define TAI_IO_ERROR (tai_io_error_quark ())
GQuark tai_io_error_quark (void);

/**
 * TaiIoError:
 * @TAI_IO_ERROR_FAILED: what has no name of its own; the message tells
 */
typedef enum {
  TAI_IO_ERROR_FAILED,
} TaiIoError;
