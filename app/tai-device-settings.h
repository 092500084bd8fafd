/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-codepay-terminal.h"
#include "tai-ports.h"
#include "tai-printer-port.h"
#include "tai-state-folder.h"

G_BEGIN_DECLS

/*
 * Which reader, printers and bank terminal a terminal has (devices.json in the state folder), and what their addresses mean.
 *
 * A reader:  sdt:PATH            ID reader speaking SDT on a serial line, /dev/ttyUSB0
 * A printer: tcp:HOST[:PORT]     receipt printer on the network, port 9100
 *            usb:PATH            receipt printer, /dev/usb/lp0
 *            serial:PATH[@BAUD]  receipt printer, /dev/ttyS0@115200
 *            file:FOLDER         files: text, ESC/POS, PDF and PNG of each paper
 *            ipp://…, ipps://…   IPP printer, for forms
 * A customer's display: screen:N  a second window of the counter, full screen on the N-th monitor ("screen:2")
 * A bank terminal: codepay:PATH[,APP]  CodePay's protocol on a serial line; APP: the bank's name for this program ("guitai")
 * The receipt printers take ",58mm" (",80mm", …: the profile) behind the address; without it 80mm. So does the cash drawer, which
 * hangs on the first receipt printer on a line (tcp, usb, serial): ",drawer-high" or ",drawer-low" says at which level of its switch
 * it is open, ",no-drawer" that there is none; without any there is one, and nothing tells whether it is open.
 *
 * A role of a printer may have several, the one that is preferred first: a paper goes to the first that is ready. As a text
 * they stand behind one another with ";" between, in the file they are a list.
 */
#define TAI_STATE_DEVICES "devices.json"

typedef enum {
  TAI_DEVICE_READER,
  TAI_DEVICE_RECEIPT,
  TAI_DEVICE_FORM,
  TAI_DEVICE_CARD,
  TAI_DEVICE_DISPLAY,
  TAI_N_DEVICE_ROLES
} TaiDeviceRole;
const char *tai_device_role_to_text (TaiDeviceRole role); /* "reader" "receipt" "form" "card" "display" */

typedef struct _TaiDeviceSettings TaiDeviceSettings;

/* No file: no devices. Errors: FILE, and TAI_WIRE_ERROR for a file that is none of ours. */
TaiDeviceSettings *tai_device_settings_load (TaiStateFolder *folder, GError **error);
gboolean tai_device_settings_save (TaiDeviceSettings *self, TaiStateFolder *folder, GError **error);
void tai_device_settings_free (TaiDeviceSettings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiDeviceSettings, tai_device_settings_free)

/* The preferred one. */
const char *tai_device_settings_get (const TaiDeviceSettings *self, TaiDeviceRole role); /* (nullable) */
/* All of them, at least one; NULL: none is set. (transfer none) */
const char *const *tai_device_settings_get_all (const TaiDeviceSettings *self, TaiDeviceRole role);
/* "A;B", as a person types it. (transfer full) (nullable) */
char *tai_device_settings_get_text (const TaiDeviceSettings *self, TaiDeviceRole role);
/* @addresses: such a text; "" = none. Errors: READER, PRINTER, CARD_TERMINAL, DISPLAY: one is no address, or there are several of what one
 * has one of. */
gboolean tai_device_settings_set (TaiDeviceSettings *self, TaiDeviceRole role, const char *addresses,
                                  GError **error);
/* The printer that the cash drawer hangs on. *@has_switch: its address says what the switch means. NULL: none. (transfer none) */
const char *tai_device_find_drawer (const char *const *receipt_printers, gboolean *has_switch);
/* Cuts off what stands behind an address about paper and drawer (a file name may hold a comma), in place. */
void tai_device_strip (char *address);
/* The addresses of such a text. (transfer full) */
char **tai_device_split (const char *addresses);

/* The device behind an address; opened only when it is used. (transfer full) Errors: READER; PRINTER, TAI_PRINTING_ERROR;
 * CARD_TERMINAL. */
TaiIdReader *tai_device_open_reader (const char *address, TaiClock *clock, GError **error);
TaiPrinter *tai_device_open_printer (const char *address, TaiClock *clock, GError **error);
TaiCodepayTerminal *tai_device_open_card_terminal (const char *address, TaiClock *clock, GError **error);

G_END_DECLS
