/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_APP_ERROR:
 *
 * The one error domain of app/: what is wrong with the way a program was called, its folder, or its script.
 */
#define TAI_APP_ERROR (tai_app_error_quark ())
GQuark tai_app_error_quark (void);

/**
 * TaiAppError:
 * @TAI_APP_ERROR_FAILED: what has no name of its own; the message tells
 * @TAI_APP_ERROR_USAGE: unknown verb or option, an option's value is none
 * @TAI_APP_ERROR_FILE: a file that was named cannot be read or written
 * @TAI_APP_ERROR_SCRIPT: the visit script is not what its schema says; nothing of it was done
 * @TAI_APP_ERROR_PIN_MISSING: neither GUITAI_PIN, nor a PIN file, nor a terminal to ask at
 * @TAI_APP_ERROR_FOLDER: the state folder is not there, is no folder, or cannot be used
 * @TAI_APP_ERROR_FOLDER_OPEN: others than its owner may look into the state folder
 * @TAI_APP_ERROR_LOCKED: another process owns the state folder and serves nobody
 * @TAI_APP_ERROR_OWNER_GONE: the owner took the request and hung up: it may have been done
 * @TAI_APP_ERROR_OWNER_ANSWER: what listens at the socket does not speak as we do
 * @TAI_APP_ERROR_NOT_ENROLLED: no enrolment in this folder
 * @TAI_APP_ERROR_ENROLLED: the folder is enrolled already
 * @TAI_APP_ERROR_ENROLMENT: the enrolment's files do not belong together
 * @TAI_APP_ERROR_CLOCK: the machine's clock is behind what was recorded already
 * @TAI_APP_ERROR_WAITED: what was waited for did not come in time
 * @TAI_APP_ERROR_NO_STOCK: no number or SIM is left in this terminal's stock
 * @TAI_APP_ERROR_READER: no reader is named, or its address is none
 * @TAI_APP_ERROR_PRINTER: the printer's address is none
 * @TAI_APP_ERROR_CARD_TERMINAL: the bank terminal's address is none
 * @TAI_APP_ERROR_DISPLAY: likewise the customer display's
 * @TAI_APP_ERROR_NOT_PRINTED: the paper is not out; it waits in the print queue
 * @TAI_APP_ERROR_DESK_TAKEN: somebody is signed in at the owner's window, and the verb needs the desk for another
 * @TAI_APP_ERROR_UNKNOWN_RECORD: no such order or message here
 */
typedef enum {
  TAI_APP_ERROR_FAILED,
  TAI_APP_ERROR_USAGE,
  TAI_APP_ERROR_FILE,
  TAI_APP_ERROR_SCRIPT,
  TAI_APP_ERROR_PIN_MISSING,
  TAI_APP_ERROR_FOLDER,
  TAI_APP_ERROR_FOLDER_OPEN,
  TAI_APP_ERROR_LOCKED,
  TAI_APP_ERROR_OWNER_GONE,
  TAI_APP_ERROR_OWNER_ANSWER,
  TAI_APP_ERROR_NOT_ENROLLED,
  TAI_APP_ERROR_ENROLLED,
  TAI_APP_ERROR_ENROLMENT,
  TAI_APP_ERROR_CLOCK,
  TAI_APP_ERROR_WAITED,
  TAI_APP_ERROR_NO_STOCK,
  TAI_APP_ERROR_READER,
  TAI_APP_ERROR_PRINTER,
  TAI_APP_ERROR_NOT_PRINTED,
  TAI_APP_ERROR_LINE_UNSEEN, /* a number could not be looked up: HQ was not reached */
  TAI_APP_ERROR_DESK_TAKEN,
  TAI_APP_ERROR_UNKNOWN_RECORD,
  TAI_APP_ERROR_CARD_TERMINAL,
  TAI_APP_ERROR_DISPLAY,
} TaiAppError;
