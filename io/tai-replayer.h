/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-stream.h"

G_BEGIN_DECLS

/**
 * TaiReplayer: plays a recording (tai-recorder.h) to a driver as if the device were there: same bytes, same chunks, same
 * errors, and no waiting. A driver that does something else than it did then gets MISMATCH with the line and the offset.
 */
#define TAI_TYPE_REPLAYER (tai_replayer_get_type ())
G_DECLARE_FINAL_TYPE (TaiReplayer, tai_replayer, TAI, REPLAYER, TaiStream)

/* Reads the whole recording (at most 16 MiB). Errors: NOT_FOUND, RECORDING with the line. */
TaiReplayer *tai_replayer_new (const char *path, GError **error);
TaiReplayer *tai_replayer_new_from_text (const char *text, GError **error);
/* TRUE if all was played; else MISMATCH with the line that nobody asked for. */
gboolean tai_replayer_finish (TaiReplayer *self, GError **error);

G_END_DECLS
