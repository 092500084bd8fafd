/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_PRINTING_ERROR:
 *
 * The one error domain of this library. Foreign errors are converted at its edge.
 */
#define TAI_PRINTING_ERROR (tai_printing_error_quark ())
GQuark tai_printing_error_quark (void);

/**
 * TaiPrintingError:
 * @TAI_PRINTING_ERROR_FAILED: what has no name of its own; the message tells
 */
typedef enum {
  TAI_PRINTING_ERROR_FAILED,
} TaiPrintingError;
