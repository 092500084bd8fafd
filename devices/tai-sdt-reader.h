/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"
#include "tai-stream.h"

G_BEGIN_DECLS

/**
 * TaiSdtReader: a reader of identity cards that speaks SDT (SAM_V), as a TaiIdReader.
 *
 * A read() opens the stream, looks at which speed the reader answers, asks for a card until one comes or the time is over, and
 * closes the stream again; so a reader may be unplugged and come back between two reads. After a good read the card has to leave
 * before it is found again (the reader's own rule). Everything that held personal data is wiped before read() returns, the
 * identity aside; while it flows the stream is private (tai_stream_set_private()).
 *
 * Thread: the device's worker; one read() at a time.
 *
 * Errors: TAI_DEVICES_ERROR_*, TAI_CORE_ERROR_ID_FOREIGN_LAYOUT.
 */
#define TAI_TYPE_SDT_READER (tai_sdt_reader_get_type ())
G_DECLARE_FINAL_TYPE (TaiSdtReader, tai_sdt_reader, TAI, SDT_READER, GObject)

/* All in milliseconds. */
typedef struct {
  int card_ms;    /* until NO_CARD */
  int retry_ms;   /* between two questions for a card */
  int command_ms; /* until a command counts as unanswered */
  int probe_ms;   /* the same while the speed is looked for */
  int settle_ms;  /* silence after which the line counts as idle */
} TaiSdtTiming;
#define TAI_SDT_TIMING_DEFAULT ((TaiSdtTiming){30000, 300, 5000, 700, 60})

/* @stream: not open; referenced. @clock: for the deadlines; referenced. */
TaiSdtReader *tai_sdt_reader_new (TaiStream *stream, TaiClock *clock);
void tai_sdt_reader_set_timing (TaiSdtReader *self, TaiSdtTiming timing);

G_END_DECLS
