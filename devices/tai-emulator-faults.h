/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TAI_EMULATOR_MAX_FAULTS 32

/**
 * TaiEmulatorFaults: what an emulator does wrong on demand; a fault is an index into @names. Thread: the emulator's.
 */
typedef struct {
  const char *const *names;
  guint n;
  struct {
    gboolean on;
    guint when, seen; /* when 0 = each time */
  } rows[TAI_EMULATOR_MAX_FAULTS];
} TaiEmulatorFaults;

void tai_emulator_faults_init (TaiEmulatorFaults *self, const char *const *names, guint n);
/* "name" or "name@N". @fault, @number (0: none was given): (out) (optional). Errors: EMULATION; then nothing has changed. */
gboolean tai_emulator_faults_set (TaiEmulatorFaults *self, const char *text, guint *fault, guint *number,
                                  GError **error);
void tai_emulator_faults_clear (TaiEmulatorFaults *self);
/* It could happen now. TRUE: it does. */
gboolean tai_emulator_faults_bite (TaiEmulatorFaults *self, guint fault);

G_END_DECLS
