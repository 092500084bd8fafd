/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"
#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiLight: how a device stands, as far as is known.
 * @TAI_LIGHT_NONE: this terminal has none
 * @TAI_LIGHT_UNKNOWN: it was not tried yet, or its last answer was unclear
 */
typedef enum { TAI_LIGHT_NONE, TAI_LIGHT_UNKNOWN, TAI_LIGHT_READY, TAI_LIGHT_BUSY, TAI_LIGHT_FAULT } TaiLight;

/* What a face may ask for by its light. */
typedef enum {
  TAI_STATION_READER,
  TAI_STATION_RECEIPT,
  TAI_STATION_FORM,
  TAI_STATION_CARD,
  TAI_STATION_DRAWER, /* READY: shut, BUSY: open, FAULT: left open, UNKNOWN: nothing tells */
  TAI_N_STATION_DEVICES
} TaiStationDevice;

/**
 * TaiStationFigures: the line and the devices around a desk, as last known.
 * @on_line: how the last real request to HQ ended
 * @paused: HQ does not let this terminal in (401, 403)
 * @oldest_us: when the oldest message that HQ has not acknowledged was made; 0: none waits
 * @n_visits: how many customers' visits the messages on their way belong to; @more_visits: and more
 * @faults: the last fault of each device in the desk's words; NULL: none since the program was started. Static strings
 * @fault_us: when that was
 * @clock_offset_us: HQ's clock minus ours; shown, never applied
 */
typedef struct {
  gboolean on_line, paused;
  gint64 last_contact_us, next_try_us, oldest_us, clock_offset_us;
  gint64 n_waiting, n_in_doubt, n_quarantined, n_visits;
  gboolean more_visits;
  TaiLight lights[TAI_N_STATION_DEVICES];
  const char *faults[TAI_N_STATION_DEVICES];
  gint64 fault_us[TAI_N_STATION_DEVICES];
} TaiStationFigures;

/**
 * TaiStation: what stands around a desk: reader, printers, bank terminal, cash drawer (which the desk opens itself), the line. The port through which a face (counter, kiosk,
 * supervisor) reaches them; app/ implements it over the terminal's worker.
 *
 * Thread: the face's main context; nothing blocks. TaiStation::changed: the figures are new.
 */
#define TAI_TYPE_STATION (tai_station_get_type ())
G_DECLARE_INTERFACE (TaiStation, tai_station, TAI, STATION, GObject)
struct _TaiStationInterface {
  GTypeInterface parent;
  const TaiStationFigures *(*get_figures) (TaiStation *self);
  void (*read_card) (TaiStation *self, GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);
  TaiIdentity *(*read_card_finish) (TaiStation *self, GAsyncResult *result, GError **error);
  void (*print) (TaiStation *self);
  void (*try_line) (TaiStation *self);
  void (*save) (TaiStation *self, const char *name, TaiDocument *paper, const char *text,
                GAsyncReadyCallback done, gpointer data);
  char *(*save_finish) (TaiStation *self, GAsyncResult *result, GError **error);
  const char *(*explain) (TaiStation *self, const GError *error);
};

const TaiStationFigures *tai_station_get_figures (TaiStation *self);
/* Waits for a card until it comes or @cancellable ends it (G_IO_ERROR_CANCELLED); a fault of the reader or of the card ends it,
 * too. One at a time. (transfer full) */
void tai_station_read_card_async (TaiStation *self, GCancellable *cancellable, GAsyncReadyCallback done,
                                  gpointer data);
TaiIdentity *tai_station_read_card_finish (TaiStation *self, GAsyncResult *result, GError **error);
/* What waits in the print queue goes to its printers; what came of it stands in the queue and in the lights. */
void tai_station_print (TaiStation *self);
/* Ends a back-off: something new waits, or a person says "now". */
void tai_station_try_line (TaiStation *self);
/* A report for whoever carries it on, into the terminal's folder of reports: @paper (ref'd) as PDF or @text as it is; one of them.
 * Overwrites. Finish: where it is, (transfer full). */
void tai_station_save_async (TaiStation *self, const char *name, TaiDocument *paper, const char *text,
                             GAsyncReadyCallback done, gpointer data);
char *tai_station_save_finish (TaiStation *self, GAsyncResult *result, GError **error);
/* An error of any room in words a clerk can act on, in the desk's language. (transfer none), never NULL */
const char *tai_station_explain (TaiStation *self, const GError *error);
/* For who implements it. */
void tai_station_emit_changed (TaiStation *self);

G_END_DECLS
