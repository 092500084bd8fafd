/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-paperwork.h"
#include "tai-pin-port.h"

G_BEGIN_DECLS

/* The two ports of a desk that cost time and prove nothing where the sale itself is looked at: PINs are compared as they are
 * ("1042" has the record "1042"), and a receipt is its number, the orders' sequence numbers and the total. */
#define TAI_TYPE_FAKE_PINS (tai_fake_pins_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakePins, tai_fake_pins, TAI, FAKE_PINS, GObject)
TaiFakePins *tai_fake_pins_new (void);

#define TAI_TYPE_FAKE_PAPERWORK (tai_fake_paperwork_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakePaperwork, tai_fake_paperwork, TAI, FAKE_PAPERWORK, GObject)
TaiFakePaperwork *tai_fake_paperwork_new (void);

G_END_DECLS
