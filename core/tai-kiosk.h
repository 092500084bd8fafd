/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-catalogue.h"
#include "tai-station.h"

G_BEGIN_DECLS

/**
 * TaiKioskState: whether a kiosk may be used, or why not. Being off line is no reason: what is prepared here is paid at a
 * desk, which knows what the law lets it do without a line.
 * @TAI_KIOSK_NO_CATALOGUE: nothing is known of what is sold
 * @TAI_KIOSK_NOTHING_ON_SALE: the catalogue has nothing that can be prepared, at this hour
 * @TAI_KIOSK_CLOCK_WRONG: more than TAI_KIOSK_CLOCK_LIMIT_US from headquarters': what is on sale now cannot be told
 * @TAI_KIOSK_NOT_LET_IN: headquarters has closed this terminal
 */
typedef enum {
  TAI_KIOSK_OPEN,
  TAI_KIOSK_NO_CATALOGUE,
  TAI_KIOSK_NOTHING_ON_SALE,
  TAI_KIOSK_CLOCK_WRONG,
  TAI_KIOSK_NOT_LET_IN
} TaiKioskState;

#define TAI_KIOSK_CLOCK_LIMIT_US (10 * 60 * G_GINT64_CONSTANT (1000000))

/* @catalogue: (nullable). Pure. */
TaiKioskState tai_kiosk_get_state (const TaiCatalogue *catalogue, const TaiStationFigures *figures,
                                   gint64 now_us);
/* For the journal: "open", "no_catalogue", … */
const char *tai_kiosk_state_to_text (TaiKioskState state);

G_END_DECLS
