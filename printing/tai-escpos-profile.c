/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The receipt printers that we know by name. Constant, any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-escpos-profile.h"

#include "tai-layout.h"
#include "tai-printing-error.h"

#define FONT_DOTS 12
/* GS v 0 counts bytes a row in 16 bits, but no paper is wider than 4 inches at 300 dpi. */
#define MAX_DOTS 1200

static const TaiEscposProfile profiles[] = {
    {"58mm", 384, 32, TRUE, TAI_CUTTER_NONE, 4, 2, FALSE, TRUE, FALSE, TAI_BACK_CHANNEL_ORDERED},
    {"58mm-416", 416, 34, TRUE, TAI_CUTTER_NONE, 4, 2, FALSE, TRUE, FALSE, TAI_BACK_CHANNEL_ORDERED},
    {"80mm", 576, 48, TRUE, TAI_CUTTER_PARTIAL, 4, 2, FALSE, TRUE, FALSE, TAI_BACK_CHANNEL_ORDERED},
    {"tm-t88", 512, 42, TRUE, TAI_CUTTER_PARTIAL, 4, 2, FALSE, TRUE, FALSE, TAI_BACK_CHANNEL_ORDERED},
};

const TaiEscposProfile *
tai_escpos_profile_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (g_strcmp0 (profiles[i].name, name) == 0)
      return &profiles[i];
  return NULL;
}

gboolean
tai_escpos_profile_check (const TaiEscposProfile *profile, GError **error)
{
  const char *wrong = NULL;

  if (profile->columns < TAI_LAYOUT_MIN_COLUMNS || profile->columns > TAI_LAYOUT_MAX_COLUMNS)
    wrong = "columns out of 24 to 96";
  else if (profile->dots < profile->columns * FONT_DOTS || profile->dots > MAX_DOTS)
    wrong = "dots do not hold the columns, or above 1200";
  else if (profile->cutter > TAI_CUTTER_PARTIAL)
    wrong = "unknown cutter";
  else if (profile->drawer_pin != 2 && profile->drawer_pin != 5)
    wrong = "drawer pin is neither 2 nor 5";
  else if (profile->back_channel > TAI_BACK_CHANNEL_ORDERED)
    wrong = "unknown back channel";
  else if (profile->drawer_sensor > TAI_DRAWER_SENSOR_LOW)
    wrong = "unknown drawer sensor";
  if (wrong)
    g_set_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PROFILE, "printer profile \"%s\": %s",
                 profile->name ? profile->name : "", wrong);
  return wrong == NULL;
}
