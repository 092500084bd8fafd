/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-fd-stream.h"

G_BEGIN_DECLS

/**
 * TaiFileMode:
 * @TAI_FILE_DEVICE: must exist: a character device (/dev/usb/lp0) or a plain file, which is written from its end
 * @TAI_FILE_CREATE: a plain file of our own, made new (0600) and emptied
 */
typedef enum { TAI_FILE_DEVICE, TAI_FILE_CREATE } TaiFileMode;

/**
 * TaiFileStream: a character device without a speed, or a plain file that takes a device's bytes. Reading a plain file or a
 * device that only prints is CLOSED or NOT_SUPPORTED.
 */
#define TAI_TYPE_FILE_STREAM (tai_file_stream_get_type ())
G_DECLARE_FINAL_TYPE (TaiFileStream, tai_file_stream, TAI, FILE_STREAM, TaiFdStream)

TaiFileStream *tai_file_stream_new (const char *path, TaiFileMode mode);

G_END_DECLS
