/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a call, a script or the state folder, in words. Constant data. */
#include "tai-advice-private.h"

#include <glib/gi18n.h>

#include "tai-app-error.h"

/* clang-format off */
static const TaiAdvice rows[] = {
  [TAI_APP_ERROR_FAILED] = {N_ ("The program could not do that. What was stored is unchanged. Tell the help desk the line below."), TAI_EXIT_INTERNAL},
  [TAI_APP_ERROR_USAGE] = {N_ ("The command is not complete or not known. Nothing was done. \"guitaictl --help\" shows how it is written."), TAI_EXIT_USAGE},
  [TAI_APP_ERROR_FILE] = {N_ ("A file could not be read or written. What is stored at the terminal is unchanged. Check the file's name, its rights and the room on the disk."), TAI_EXIT_STORAGE},
  [TAI_APP_ERROR_SCRIPT] = {N_ ("The script is not written as a visit script must be. Nothing of it was done. The line below names the place; docs/schemas/visit-script.json says what may stand there."), TAI_EXIT_USAGE},
  [TAI_APP_ERROR_PIN_MISSING] = {N_ ("Nobody signed in: there is no PIN. Nothing was done. Set GUITAI_PIN, name a --pin-file, or run it at a terminal, where it asks."), TAI_EXIT_USAGE},
  [TAI_APP_ERROR_FOLDER] = {N_ ("The terminal's folder is missing or cannot be used. Nothing was changed. Hall IT sets it up, or names the right folder with --state."), TAI_EXIT_STORAGE},
  [TAI_APP_ERROR_FOLDER_OPEN] = {N_ ("Other users may look into the terminal's folder, so it is not used. Nothing was changed. Take their rights away (chmod 700) and tell who answers for data protection."), TAI_EXIT_STORAGE},
  [TAI_APP_ERROR_LOCKED] = {N_ ("Another program is working with this terminal's data. Nothing was done. Wait until it is finished, or end it; the line below names it."), TAI_EXIT_LOCKED},
  [TAI_APP_ERROR_OWNER_GONE] = {N_ ("The program that owns the terminal's data went away before it answered: the request may have been done. Look with \"guitaictl order list\" before doing it again."), TAI_EXIT_LOCKED},
  [TAI_APP_ERROR_OWNER_ANSWER] = {N_ ("The program that owns the terminal's data does not answer as this version does. Nothing is known to be done. Use the same version for both."), TAI_EXIT_LOCKED},
  [TAI_APP_ERROR_NOT_ENROLLED] = {N_ ("This terminal is not enrolled at headquarters yet. Nothing was done. Hall IT enrols it with a code from there."), TAI_EXIT_NOT_ENROLLED},
  [TAI_APP_ERROR_ENROLLED] = {N_ ("This terminal is enrolled already. Its enrolment stays as it is. Use another folder for another terminal."), TAI_EXIT_REFUSED},
  [TAI_APP_ERROR_ENROLMENT] = {N_ ("The terminal's enrolment does not fit together: a key, a certificate or the terminal's data was exchanged. Nothing was done. Enrol it anew in an empty folder and tell the help desk."), TAI_EXIT_STORAGE},
  [TAI_APP_ERROR_CLOCK] = {N_ ("The machine's clock is behind what was recorded here before. Nothing was done, the jump is in the journal. Set the clock to the right time and date, then go on."), TAI_EXIT_REFUSED},
  [TAI_APP_ERROR_WAITED] = {N_ ("Headquarters has not finished everything in the time that was given. Nothing is lost: what waits goes on by itself. Look again later."), TAI_EXIT_WAITED},
  [TAI_APP_ERROR_NO_STOCK] = {N_ ("This terminal has no free number or SIM card left. Nothing was reserved. New ones come by themselves while headquarters can be reached; another desk may have some."), TAI_EXIT_REFUSED},
  [TAI_APP_ERROR_READER] = {N_ ("It is not known which ID reader to use. Nothing was read. Name it as serial:/dev/ttyUSB0, or sdt:PATH."), TAI_EXIT_USAGE},
  [TAI_APP_ERROR_PRINTER] = {N_ ("The printer's address is not one. Nothing was printed, the paper waits in the print queue. Name it as tcp:HOST:PORT, file:PATH, usb:PATH or ipp:ADDRESS."), TAI_EXIT_USAGE},
  [TAI_APP_ERROR_NOT_PRINTED] = {N_ ("The sale stands, but its paper is not out. The paper waits in the print queue. See to the printer, look whether the paper came after all, then print it again as a copy."), TAI_EXIT_DEVICE},
  [TAI_APP_ERROR_LINE_UNSEEN] = {N_ ("Headquarters cannot be reached, so the number could not be looked up. Nothing was changed. Read the number back to the customer digit by digit and ask whether somebody paid for it just now; a top-up or bill payment may then still be taken: the receipt says \"paid, not credited yet\", and it is credited when the line is back."), TAI_EXIT_HQ},
  [TAI_APP_ERROR_DESK_TAKEN] = {N_ ("A clerk is signed in at this terminal's window. Nothing was done. Let him sign out there first, or do it in the window; reports and lists can be had beside him."), TAI_EXIT_LOCKED},
  [TAI_APP_ERROR_UNKNOWN_RECORD] = {N_ ("There is no such order or message at this terminal. Nothing was changed. Check the number: the lists of orders and of what waits for upload show them."), TAI_EXIT_REFUSED},
  [TAI_APP_ERROR_DISPLAY] = {N_ ("The customer display's address is not one. Nothing was changed. Name it as screen:2, the number of the monitor."), TAI_EXIT_USAGE},
  [TAI_APP_ERROR_CARD_TERMINAL] = {N_ ("The bank terminal's address is not one. Nothing was changed. Name it as codepay:/dev/ttyUSB1."), TAI_EXIT_USAGE},
};
/* clang-format on */

const TaiAdviceTable tai_advice_app = {rows, G_N_ELEMENTS (rows)};
