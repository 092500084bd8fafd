/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-codepay-emulator.h"
#include "tai-codepay-terminal.h"
#include "tai-emulator-control.h"
#include "tai-identity.h"
#include "tai-printer-emulator.h"
#include "tai-sdt-emulator.h"
#include "tai-sdt-reader.h"

#include "tai-test-data.h"

G_BEGIN_DECLS

/*
 * An emulator in a thread of its own, in a folder of its own, and the way to command it. A command is obeyed before any byte
 * that is sent after it.
 */
typedef struct {
  char *folder, *link, *out, *text, /* the papers as the printer draws them, or the bank terminal's journal */
      *drawer;                  /* what happened to the printer's drawer, a line each; made with the first */
  TaiSdtEmulator *reader;       /* (nullable) */
  TaiPrinterEmulator *printer;  /* (nullable) */
  TaiCodepayEmulator *terminal; /* (nullable) */
  TaiEmulatorControl *control;
  GThread *thread;
  int pipe[2];
  guint16 port;
} TaiEmulatorRig;

/* @commands: separated by ';', obeyed before it starts. */
TaiEmulatorRig *tai_emulator_rig_new_reader (const char *commands);
TaiEmulatorRig *tai_emulator_rig_new_printer (const char *commands);
TaiEmulatorRig *tai_emulator_rig_new_terminal (const char *commands);
void tai_emulator_rig_free (TaiEmulatorRig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiEmulatorRig, tai_emulator_rig_free)

void tai_emulator_rig_command (TaiEmulatorRig *self, const char *command);
/* Waits, with a deadline, until the link is there or gone. */
void tai_emulator_rig_wait_link (TaiEmulatorRig *self, gboolean there);

/* A driver at the rig's link, impatient enough for tests. @stream (nullable): another one than the plain serial line. */
TaiSdtReader *tai_emulator_rig_new_driver (TaiEmulatorRig *self, TaiStream *stream);

TaiCodepayTerminal *tai_emulator_rig_new_card_driver (TaiEmulatorRig *self);

/* The card @i of the vectors. */
void tai_test_assert_is_card (const TaiIdentity *identity, gsize i);

G_END_DECLS
