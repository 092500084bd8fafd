/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong with readers, printers and their lines, in words. Constant data. */
#include "tai-advice-private.h"

#include <glib/gi18n.h>

#include "tai-devices-error.h"
#include "tai-io-error.h"
#include "tai-printing-error.h"

/* clang-format off */
static const TaiAdvice io[] = {
  [TAI_IO_ERROR_FAILED] = {N_ ("A device's line failed. Nothing was stored. Unplug the device, plug it in again and repeat the step."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_NOT_FOUND] = {N_ ("There is no such device, file or host. Nothing was stored. Check the cable and the device's name in the settings."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_PERMISSION] = {N_ ("This user may not open the device's line. Nothing was stored. Ask the help desk for the right (on most systems: group dialout or lp)."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_BUSY] = {N_ ("Another program is using the device's line. Nothing was stored. Close that program and repeat the step."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_UNREACHABLE] = {N_ ("Nothing answers at the device's network address. Nothing was stored. Check that the device is on and its network cable is in."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_TIMED_OUT] = {N_ ("The device's line stayed silent too long. Nothing was stored. Check that the device is on, then repeat the step."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_CLOSED] = {N_ ("The device hung up in the middle. Nothing was stored. Check its cable and repeat the step."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_CANCELLED] = {N_ ("The conversation with the device was ended by hand. Nothing was stored. Repeat it when you are ready."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_NO_SPACE] = {N_ ("There is no room to write the device's bytes. What was sold is safe. Make room on the disk and print again."), TAI_EXIT_STORAGE},
  [TAI_IO_ERROR_NOT_SUPPORTED] = {N_ ("This device or file cannot do that. Nothing was changed. Choose another device."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_RECORDING] = {N_ ("A recording of a device cannot be read or written. The device itself is not concerned. Choose another file."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_MISMATCH] = {N_ ("The program did something else than the recording says. Nothing was stored. Record the device anew."), TAI_EXIT_DEVICE},
  [TAI_IO_ERROR_BLANKED] = {N_ ("The recording lacks these bytes, because they were personal data. Nothing was stored. Use a recording of a synthetic card."), TAI_EXIT_DEVICE},
};

static const TaiAdvice devices[] = {
  [TAI_DEVICES_ERROR_FAILED] = {N_ ("The device did not do its work. Nothing was stored. Unplug it, plug it in again and repeat the step."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_UNPLUGGED] = {N_ ("The ID reader is not there or was unplugged. Nothing was stored, the visit was not begun. Check its cable and read again."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_PERMISSION] = {N_ ("This user may not open the ID reader. Nothing was stored. Ask the help desk for the right (on most systems: group dialout)."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_BUSY] = {N_ ("Another program is using the ID reader. Nothing was stored. Close that program and read again."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_TIMED_OUT] = {N_ ("The ID reader does not answer. Nothing was stored. Check that it has power; unplug it and plug it in again."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_CHECKSUM] = {N_ ("What came from the card was damaged on its way. Nothing was stored. Take the card off, put it down again and wait for the signal."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_PROTOCOL] = {N_ ("The device answers, but not as an ID reader does. Nothing was stored. Check which device is named as the reader."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_CANCELLED] = {N_ ("Reading was ended by hand. Nothing was stored. Read again when the customer is ready."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_NO_CARD] = {N_ ("No card was put on the reader. Nothing was stored. Put the card flat on the reader; one that lies there already must be taken off first."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_CARD_PULLED] = {N_ ("The card was taken off before it was read. Nothing was stored. Put it down again and leave it until the signal."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_TWO_CARDS] = {N_ ("The reader cannot single out a card; most often there are two. Nothing was stored. Put one card alone on the reader."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_READ_FAILED] = {N_ ("The card lies there and cannot be read. Nothing was stored. Turn it over and try again; if it stays so, the card is defective: ask for another document."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_CARD_REFUSED] = {N_ ("Card and reader do not accept each other: it is no ID card, or not a genuine one. Nothing was stored. Do not accept it; ask for another document."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_CARD_DATA] = {N_ ("The card was read, but what stands in it makes no sense. Nothing was stored. Read it once more; if it stays so, ask for another document."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_SAM_UNAUTHORISED] = {N_ ("The reader's security module is not authorised any more. Nothing was stored. Use another reader and tell the help desk."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_SELF_TEST] = {N_ ("The reader's self-test failed. Nothing was stored. Switch it off and on; if it stays so, use another reader."), TAI_EXIT_DEVICE},
  [TAI_DEVICES_ERROR_EMULATION] = {N_ ("The emulator does not know this command, fault or card file. Nothing was changed. devices/README.md lists them."), TAI_EXIT_USAGE},
};

static const TaiAdvice printing[] = {
  [TAI_PRINTING_ERROR_FAILED] = {N_ ("The paper could not be drawn. The sale stands, its paper waits in the print queue. Try again; if it comes back, tell the help desk."), TAI_EXIT_DEVICE},
  [TAI_PRINTING_ERROR_PROFILE] = {N_ ("The printer's settings contradict themselves, or name an unknown paper. Nothing was printed. Choose 58mm, 80mm or the printer's own profile."), TAI_EXIT_USAGE},
  [TAI_PRINTING_ERROR_QR_TOO_LONG] = {N_ ("The text is too long for a QR code on this paper. The sale stands. Print on wider paper."), TAI_EXIT_DEVICE},
  [TAI_PRINTING_ERROR_PAGE] = {N_ ("The document has no such page. Nothing was printed. Count its pages."), TAI_EXIT_USAGE},
  [TAI_PRINTING_ERROR_LOGO] = {N_ ("The logo is no PNG, or too large for paper: at most 256 KB and 4000 pixels a side, and not more shades than paper can show. The one in force stays. Have it made smaller."), TAI_EXIT_USAGE},
  [TAI_PRINTING_ERROR_FILE] = {N_ ("The file for the paper cannot be written. The sale stands, its paper waits in the print queue. Check the folder, its rights and the room on the disk."), TAI_EXIT_STORAGE},
};
/* clang-format on */

const TaiAdviceTable tai_advice_io = {io, G_N_ELEMENTS (io)};
const TaiAdviceTable tai_advice_devices = {devices, G_N_ELEMENTS (devices)};
const TaiAdviceTable tai_advice_printing = {printing, G_N_ELEMENTS (printing)};
