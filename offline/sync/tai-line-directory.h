/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-directory.h"
#include "tai-pull.h"

G_BEGIN_DECLS

/**
 * TaiLineDirectory: TaiDirectory over the line to HQ: one look-up, one request, no memory of any. The answer is checked whole
 * before anything of it is given on: another number, another hall's takings, a name that is no mask, or anything that is not
 * HQ's words is NOT_HQ and leaves a note in the journal.
 *
 * Thread: the store's worker, like the pulls. Errors: TAI_CORE_ERROR_NUMBER_SYNTAX, NUMBER_NOT_FOR_PEOPLE (nothing was sent),
 * LINE_UNKNOWN; TAI_OFFLINE_ERROR_NO_LINE, REFUSED, NOT_HQ; G_IO_ERROR_CANCELLED (the answer is dropped; HQ has recorded the
 * look).
 */
#define TAI_TYPE_LINE_DIRECTORY (tai_line_directory_get_type ())
G_DECLARE_FINAL_TYPE (TaiLineDirectory, tai_line_directory, TAI, LINE_DIRECTORY, GObject)

/* A customer stands there: a look that takes longer is given up. */
#define TAI_LINE_LOOK_TIMEOUT_MS 5000

/* @ports.timeout_ms 0: TAI_LINE_LOOK_TIMEOUT_MS. All are ref'd until the last look-up has ended. */
TaiLineDirectory *tai_line_directory_new (const TaiPullPorts *ports);

G_END_DECLS
