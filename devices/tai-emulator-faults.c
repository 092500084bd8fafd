/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of emulators. Thread: the emulator's. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-emulator-faults.h"

#include "tai-devices-error.h"
#include "tai-emulator-control.h"

#include <string.h>

void
tai_emulator_faults_init (TaiEmulatorFaults *self, const char *const *names, guint n)
{
  g_assert (n <= TAI_EMULATOR_MAX_FAULTS);
  self->names = names;
  self->n = n;
  tai_emulator_faults_clear (self);
}

void
tai_emulator_faults_clear (TaiEmulatorFaults *self)
{
  memset (self->rows, 0, sizeof self->rows);
}

gboolean
tai_emulator_faults_set (TaiEmulatorFaults *self, const char *text, guint *fault, guint *number,
                         GError **error)
{
  guint n;
  g_autofree char *name = tai_emulator_parse_fault (text, &n, error);

  if (name == NULL)
    return FALSE;
  for (guint i = 0; i < self->n; i++)
    if (g_str_equal (self->names[i], name)) {
      self->rows[i].on = TRUE;
      self->rows[i].when = n;
      self->rows[i].seen = 0;
      if (fault != NULL)
        *fault = i;
      if (number != NULL)
        *number = n;
      return TRUE;
    }
  g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "no fault '%s'", name);
  return FALSE;
}

gboolean
tai_emulator_faults_bite (TaiEmulatorFaults *self, guint fault)
{
  g_assert (fault < self->n);
  if (!self->rows[fault].on)
    return FALSE;
  self->rows[fault].seen++;
  return self->rows[fault].when == 0 || self->rows[fault].when == self->rows[fault].seen;
}
