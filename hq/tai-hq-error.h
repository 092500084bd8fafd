/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_HQ_ERROR:
 *
 * The one error domain of this library. Foreign errors are converted at its edge.
 */
#define TAI_HQ_ERROR (tai_hq_error_quark ())
GQuark tai_hq_error_quark (void);

/**
 * TaiHqError:
 * @TAI_HQ_ERROR_FAILED: what has no name of its own; the message tells
 */
typedef enum {
  TAI_HQ_ERROR_FAILED,
} TaiHqError;
