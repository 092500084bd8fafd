/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-station.h"

G_BEGIN_DECLS

/*
 * TaiFakeStation: a line and devices that stand as a test says, and count what is asked of them. No card ever comes. One thread.
 */
#define TAI_TYPE_FAKE_STATION (tai_fake_station_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakeStation, tai_fake_station, TAI, FAKE_STATION, GObject)

TaiFakeStation *tai_fake_station_new (void);
/* Changed by the test; then tai_station_emit_changed(). */
TaiStationFigures *tai_fake_station_figures (TaiFakeStation *self);
guint tai_fake_station_get_n_tries (TaiFakeStation *self);  /* of the line */
guint tai_fake_station_get_n_prints (TaiFakeStation *self); /* of the print queue */

G_END_DECLS
