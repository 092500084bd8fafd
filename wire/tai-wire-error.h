/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_WIRE_ERROR:
 *
 * The one error domain of this library. Foreign errors are converted at its edge.
 */
#define TAI_WIRE_ERROR (tai_wire_error_quark ())
GQuark tai_wire_error_quark (void);

/**
 * TaiWireError:
 * @TAI_WIRE_ERROR_FAILED: what has no name of its own; the message tells
 */
typedef enum {
  TAI_WIRE_ERROR_FAILED,
} TaiWireError;
