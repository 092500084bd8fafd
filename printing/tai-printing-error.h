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
 * @TAI_PRINTING_ERROR_PROFILE: a printer profile that contradicts itself or names an unknown paper
 * @TAI_PRINTING_ERROR_QR_TOO_LONG: the payload fits no QR code, or none that the paper can hold
 * @TAI_PRINTING_ERROR_PAGE: the document has no such page
 * @TAI_PRINTING_ERROR_FILE: the output file cannot be written
 * @TAI_PRINTING_ERROR_LOGO: a logo that is no PNG, too large, or none for paper
 */
typedef enum {
  TAI_PRINTING_ERROR_FAILED,
  TAI_PRINTING_ERROR_PROFILE,
  TAI_PRINTING_ERROR_QR_TOO_LONG,
  TAI_PRINTING_ERROR_PAGE,
  TAI_PRINTING_ERROR_FILE,
  TAI_PRINTING_ERROR_LOGO,
} TaiPrintingError;
