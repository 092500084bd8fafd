/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-provisional.h"

G_BEGIN_DECLS

/**
 * TaiCommandEntry: the box in which one types what one wants: a GtkEntry that shows each letter at once (TaiProvisional).
 *
 * Where an input method takes the letters (pinyin is on) it shows none beforehand; it learns that from what the last letter did. So the
 * first letter after the input method was switched off, or after the start, still waits. There is no undo. Main thread.
 */
#define TAI_TYPE_COMMAND_ENTRY (tai_command_entry_get_type ())
G_DECLARE_FINAL_TYPE (TaiCommandEntry, tai_command_entry, TAI, COMMAND_ENTRY, GtkEntry)

GtkWidget *tai_command_entry_new (void);

G_END_DECLS
