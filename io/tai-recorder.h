/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-stream.h"

G_BEGIN_DECLS

/**
 * TaiRecorder: a stream around another one that writes down all that passes, for tai-replayer.h and for people.
 *
 * The recording is text, one event a line:
 *
 *     guitai-recording 1
 *     open                     or: open !not_found
 *     baud 115200
 *     > AAAAAA96690003200122   written, one line a call; with an error: > AAAA !timed_out
 *     < AAAAAA96690008         read, one line a call
 *     < !timed_out             a read that ended in an error (names: tai_io_error_to_text())
 *     < ?1295                  1295 bytes that were private (tai_stream_set_private()); so "> ?40"
 *     close
 *     # a remark
 *
 * Bytes that pass while the driver says "private" are never written, and no hash of them either: a name or an ID number has
 * so few possible values that a hash gives it away.
 */
#define TAI_TYPE_RECORDER (tai_recorder_get_type ())
G_DECLARE_FINAL_TYPE (TaiRecorder, tai_recorder, TAI, RECORDER, TaiStream)

/**
 * TaiRecorderPrivacy:
 * @TAI_RECORDER_BLANK: private bytes are left out
 * @TAI_RECORDER_CLEAR: everything is written; for tests with synthetic cards only
 */
typedef enum { TAI_RECORDER_BLANK, TAI_RECORDER_CLEAR } TaiRecorderPrivacy;

/* @inner: taken a reference of; not open. @path: made new (0600). Errors: RECORDING. */
TaiRecorder *tai_recorder_new (TaiStream *inner, const char *path, TaiRecorderPrivacy privacy,
                               GError **error);
/* Closes the stream and the file. FALSE (RECORDING) if any event was lost: a failing recording never disturbs the device,
 * so it is told here. */
gboolean tai_recorder_finish (TaiRecorder *self, GError **error);

G_END_DECLS
