/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { TAI_CUTTER_NONE, TAI_CUTTER_FULL, TAI_CUTTER_PARTIAL } TaiCutter;

/**
 * TaiBackChannel: what the printer tells.
 * @TAI_BACK_CHANNEL_NONE: nothing (a print server in between): no job is ever known to be printed
 * @TAI_BACK_CHANNEL_REALTIME: answers DLE EOT at once: known is that it had no trouble while it should have printed
 * @TAI_BACK_CHANNEL_ORDERED: answers GS r, too, in the order of the data: that proves that all before it is on paper
 */
typedef enum { TAI_BACK_CHANNEL_NONE, TAI_BACK_CHANNEL_REALTIME, TAI_BACK_CHANNEL_ORDERED } TaiBackChannel;

/* Which level of pin 3 means that the drawer is open; it is the drawer's own, and where there is no switch the level says nothing. */
typedef enum { TAI_DRAWER_SENSOR_NONE, TAI_DRAWER_SENSOR_HIGH, TAI_DRAWER_SENSOR_LOW } TaiDrawerSensor;

/**
 * TaiEscposProfile: what a receipt printer can do. Names of papers do not say it ("58 mm" is 384, 416 or 432 dots).
 * @name: for settings
 * @dots: printable width; @columns: of 12 dots (a Chinese character takes two), at most @dots / 12
 * @native_qr: has GS ( k; else codes go as raster
 * @cutter, @feed_lines: lines fed before the cut, so that the last one is outside (without cutter: to tear off)
 * @drawer_pin: 2 or 5, of the drawer's socket
 * @drawer_now: the drawer is always opened in real time (DLE DC4); else in the order of the data (ESC p), and in real time only while
 *   the printer is off line, when it obeys nothing else
 * @chinese_command: needs FS & before Chinese text (most start in that mode)
 * @chinese_quad: needs FS W besides GS ! for large Chinese characters
 * @drawer_sensor: of the drawer, not of the printer: from the settings
 */
typedef struct {
  const char *name;
  guint dots;
  guint columns;
  gboolean native_qr;
  TaiCutter cutter;
  guint8 feed_lines;
  guint8 drawer_pin;
  gboolean drawer_now;
  gboolean chinese_command;
  gboolean chinese_quad;
  TaiBackChannel back_channel;
  TaiDrawerSensor drawer_sensor;
} TaiEscposProfile;

/* "58mm", "58mm-416", "80mm", "tm-t88" (180 dpi); NULL: unknown. */
const TaiEscposProfile *tai_escpos_profile_find (const char *name);
/* Is it possible at all? For profiles from settings. Error: TAI_PRINTING_ERROR_PROFILE. */
gboolean tai_escpos_profile_check (const TaiEscposProfile *profile, GError **error);

G_END_DECLS
