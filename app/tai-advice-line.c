/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes over the line, and what rests on the disk, in words. Constant data. */
#include "tai-advice-private.h"

#include <glib/gi18n.h>

#include "tai-hq-error.h"
#include "tai-offline-error.h"
#include "tai-wire-error.h"

/* clang-format off */
static const TaiAdvice wire[] = {
  [TAI_WIRE_ERROR_FAILED] = {N_ ("A message could not be put together or read. Nothing of it was taken. Try again; if it comes back, tell the help desk."), TAI_EXIT_INTERNAL},
  [TAI_WIRE_ERROR_SYNTAX] = {N_ ("The text is no JSON: cut off, or with a comma or a bracket wrong. Nothing of it was taken. The line below names the place."), TAI_EXIT_USAGE},
  [TAI_WIRE_ERROR_DEPTH] = {N_ ("The text is nested deeper than any of ours is. Nothing of it was taken. Check where it comes from."), TAI_EXIT_USAGE},
  [TAI_WIRE_ERROR_SIZE] = {N_ ("The text is longer than is allowed. Nothing of it was taken. Split it, or check where it comes from."), TAI_EXIT_USAGE},
  [TAI_WIRE_ERROR_UTF8] = {N_ ("The text is not in UTF-8. Nothing of it was taken. Save it as UTF-8 and try again."), TAI_EXIT_USAGE},
  [TAI_WIRE_ERROR_DUPLICATE_KEY] = {N_ ("A name stands twice in the same place, and nobody can tell which one counts. Nothing of it was taken. Take one of them out."), TAI_EXIT_USAGE},
  [TAI_WIRE_ERROR_NUMBER] = {N_ ("A number is larger than any that is allowed. Nothing of it was taken. Correct it and try again."), TAI_EXIT_USAGE},
  [TAI_WIRE_ERROR_MISSING] = {N_ ("Something that must be there is missing. Nothing of it was taken. The line below names it."), TAI_EXIT_USAGE},
  [TAI_WIRE_ERROR_TYPE] = {N_ ("A text stands where a number must, or the other way round. Nothing of it was taken. The line below names the place."), TAI_EXIT_USAGE},
  [TAI_WIRE_ERROR_VALUE] = {N_ ("A value is not one of those that are possible there. Nothing of it was taken. The line below names the place."), TAI_EXIT_USAGE},
  [TAI_WIRE_ERROR_SEAL_FORMAT] = {N_ ("A sealed record is none of this program's. It stays as it is. Read the customer's card again if it is needed, and tell the help desk."), TAI_EXIT_STORAGE},
  [TAI_WIRE_ERROR_SEAL_KEY] = {N_ ("A sealed record, or a key, belongs to another terminal or headquarters. It stays closed. Tell the help desk which terminal this is."), TAI_EXIT_STORAGE},
  [TAI_WIRE_ERROR_SEAL_CORRUPT] = {N_ ("A sealed record was changed after it was written. It stays closed. Stop selling at this terminal and tell the help desk."), TAI_EXIT_STORAGE},
  [TAI_WIRE_ERROR_PIN_WEAK] = {N_ ("This PIN is too easy to guess. The old one stays in force. Take 6 to 16 digits, neither all the same nor a run such as 123456."), TAI_EXIT_REFUSED},
  [TAI_WIRE_ERROR_PIN_RECORD] = {N_ ("The stored PIN of this staff member cannot be used. Nobody was let in by it. Ask headquarters to set a new PIN, then update the staff list."), TAI_EXIT_REFUSED},
};

static const TaiAdvice offline[] = {
  [TAI_OFFLINE_ERROR_FAILED] = {N_ ("Storing or sending did not work. What was stored before is still there. Try again; if it comes back, tell the help desk the line below."), TAI_EXIT_STORAGE},
  [TAI_OFFLINE_ERROR_DISK_FULL] = {N_ ("The disk is full. Nothing of this step was stored; everything before it is safe. Take no money for it, make room on the disk and do it again."), TAI_EXIT_STORAGE},
  [TAI_OFFLINE_ERROR_IO] = {N_ ("The disk failed to read or write. Nothing of this step was stored. Stop selling at this terminal and call the help desk at once."), TAI_EXIT_STORAGE},
  [TAI_OFFLINE_ERROR_CORRUPT] = {N_ ("The terminal's database is damaged or was changed by hand. It was left as it is. Stop selling at this terminal and call the help desk: it must be restored."), TAI_EXIT_STORAGE},
  [TAI_OFFLINE_ERROR_READ_ONLY] = {N_ ("The terminal's database may only be read here. Nothing was changed. Check the rights of its folder, or start the program that owns it first."), TAI_EXIT_STORAGE},
  [TAI_OFFLINE_ERROR_OWNED] = {N_ ("Another program has the terminal's database open. Nothing was done. End that program, or work through it."), TAI_EXIT_LOCKED},
  [TAI_OFFLINE_ERROR_NEWER_DATABASE] = {N_ ("The terminal's database was written by a newer version of this program. It was not touched. Install the newer version again."), TAI_EXIT_STORAGE},
  [TAI_OFFLINE_ERROR_OTHER_TERMINAL] = {N_ ("The database in this folder belongs to another terminal. It was not touched. Name the folder of this terminal."), TAI_EXIT_STORAGE},
  [TAI_OFFLINE_ERROR_MIGRATION] = {N_ ("The database could not be brought up to this version. It is as it was, and a copy lies in backup. Go back to the version before and call the help desk."), TAI_EXIT_STORAGE},
  [TAI_OFFLINE_ERROR_CLOSED] = {N_ ("The connection to the terminal's database was lost. What was confirmed before is safe. Start the program again and look what is there."), TAI_EXIT_STORAGE},
  [TAI_OFFLINE_ERROR_SERIES] = {N_ ("A receipt would have had the wrong number, so it was not made. Nothing was stored. This is a fault of the program: tell the help desk."), TAI_EXIT_INTERNAL},
  [TAI_OFFLINE_ERROR_EXISTS] = {N_ ("This was stored before. It was not stored twice. Look at the order list before going on."), TAI_EXIT_REFUSED},
  [TAI_OFFLINE_ERROR_UNKNOWN_RECORD] = {N_ ("What this step belongs to is not at this terminal. Nothing was stored. Look at the order list; another terminal's orders are finished there."), TAI_EXIT_REFUSED},
  [TAI_OFFLINE_ERROR_NO_LINE] = {N_ ("Headquarters cannot be reached. What waits to be sent is kept and goes by itself later. Check the line; selling goes on off line."), TAI_EXIT_HQ},
  [TAI_OFFLINE_ERROR_REFUSED] = {N_ ("Headquarters refused the request. Nothing was changed here. The line below has its reason; ask headquarters if it is not clear."), TAI_EXIT_HQ},
  [TAI_OFFLINE_ERROR_NOT_HQ] = {N_ ("What answered at headquarters' address does not speak as headquarters does. Nothing was taken from it; what waits to be sent is kept. Check the address and the line."), TAI_EXIT_HQ},
  [TAI_OFFLINE_ERROR_CODE] = {N_ ("The enrolment code is mistyped, or belongs to another headquarters; it was not sent. Nothing was changed. Compare it with the paper, and the address with the one you were given."), TAI_EXIT_REFUSED},
};

static const TaiAdvice hq[] = {
  [TAI_HQ_ERROR_FAILED] = {N_ ("Headquarters' server could not do that. What it stored before is still there. Look into its log."), TAI_EXIT_INTERNAL},
  [TAI_HQ_ERROR_STORE] = {N_ ("Headquarters' database could not be read or written. Nothing of the step was stored; the terminals keep theirs and send again. Check the disk of the server."), TAI_EXIT_STORAGE},
  [TAI_HQ_ERROR_SCHEMA] = {N_ ("Headquarters' database is of a newer version, or none of ours. It was not touched. Install the newer version of the server."), TAI_EXIT_STORAGE},
  [TAI_HQ_ERROR_DATA] = {N_ ("The file to load into headquarters has faults and was kept out whole. What was in force stays so. The line below names the place."), TAI_EXIT_USAGE},
  [TAI_HQ_ERROR_FOLDER] = {N_ ("Headquarters' folder is missing, not complete, or was there already. Nothing was changed. Run \"guitai-hq init\" with a folder of its own."), TAI_EXIT_STORAGE},
  [TAI_HQ_ERROR_CERTIFICATE] = {N_ ("A key or certificate at headquarters cannot be used. Nobody was let in by it. Check the files of its authority."), TAI_EXIT_STORAGE},
  [TAI_HQ_ERROR_LISTEN] = {N_ ("Headquarters' server cannot listen at that address or port. Nothing was started. Choose another one, or end the program that has it."), TAI_EXIT_STORAGE},
};
/* clang-format on */

const TaiAdviceTable tai_advice_wire = {wire, G_N_ELEMENTS (wire)};
const TaiAdviceTable tai_advice_offline = {offline, G_N_ELEMENTS (offline)};
const TaiAdviceTable tai_advice_hq = {hq, G_N_ELEMENTS (hq)};
