/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_HQ_ERROR:
 *
 * The one error domain of this library. Foreign errors are converted at its edge. What a terminal sees is not a GError but
 * the status and code of an HqResponse.
 */
#define TAI_HQ_ERROR (tai_hq_error_quark ())
GQuark tai_hq_error_quark (void);

/**
 * TaiHqError:
 * @TAI_HQ_ERROR_FAILED: what has no name of its own; the message tells
 * @TAI_HQ_ERROR_STORE: the store could not read or write (disk full, I/O): nothing of the transaction is there
 * @TAI_HQ_ERROR_SCHEMA: the store's schema is newer than this program, or the file is none of ours
 * @TAI_HQ_ERROR_DATA: a file given to load is malformed: nothing of it was taken
 * @TAI_HQ_ERROR_FOLDER: the folder of the server is missing, incomplete, or already there
 * @TAI_HQ_ERROR_CERTIFICATE: key, certificate or signing request that cannot be read or used
 * @TAI_HQ_ERROR_LISTEN: the address or port cannot be listened on
 */
typedef enum {
  TAI_HQ_ERROR_FAILED,
  TAI_HQ_ERROR_STORE,
  TAI_HQ_ERROR_SCHEMA,
  TAI_HQ_ERROR_DATA,
  TAI_HQ_ERROR_FOLDER,
  TAI_HQ_ERROR_CERTIFICATE,
  TAI_HQ_ERROR_LISTEN,
} TaiHqError;
