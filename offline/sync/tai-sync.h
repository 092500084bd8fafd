/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-desk.h"
#include "tai-headquarters.h"
#include "tai-store-port.h"

G_BEGIN_DECLS

/**
 * TaiSync: drains the outbox to one destination and brings back what became of the orders. Several requests are in flight,
 * or batches; each message is acknowledged, refused (quarantine) or unknown on its own. What is unknown is asked for by key
 * before it is sent again. A dead line backs off with jitter, 401/403 pauses the whole destination, and a retry never waits
 * for the next sale.
 *
 * Thread: lives on the store's worker (it calls the ports directly; they take a fraction of a millisecond) and on that
 * thread's main context. In guitaictl and the simulator that is the only thread.
 */
#define TAI_TYPE_SYNC (tai_sync_get_type ())
G_DECLARE_FINAL_TYPE (TaiSync, tai_sync, TAI, SYNC, GObject)

/* All ref'd by the engine. */
typedef struct {
  TaiVisitStore *store;
  TaiOutbox *outbox;
  TaiHeadquarters *headquarters;
  TaiDesk *desk;
  TaiClock *clock;
  TaiEntropy *entropy;
} TaiSyncPorts;

/**
 * TaiSyncSettings: 0 = the default.
 * @window: requests in flight (8)
 * @batch: messages a batch; 1 = one message a request, in TM Forum's own calls (1); more: /guitai/v1/batch
 * @timeout_ms: of one request (30,000)
 * @backoff_min_ms, @backoff_max_ms: a dead line is tried again after (1,000 .. 300,000)
 * @pause_ms: after 401/403 (300,000)
 * @poll_ms: how often to ask for news while orders are unfinished (2,000)
 * @idle_poll_ms: and while none is (60,000)
 */
typedef struct {
  guint window, batch;
  gint64 timeout_ms, backoff_min_ms, backoff_max_ms, pause_ms, poll_ms, idle_poll_ms;
} TaiSyncSettings;

typedef enum {
  TAI_SYNC_STOPPED,
  TAI_SYNC_IDLE,     /* nothing waits */
  TAI_SYNC_BUSY,     /* requests are in flight */
  TAI_SYNC_BACK_OFF, /* the line is dead; next_try_us tells */
  TAI_SYNC_PAUSED    /* HQ does not let us in (401, 403) */
} TaiSyncState;

typedef struct {
  TaiSyncState state;
  gboolean on_line;                                          /* how the last real request ended */
  gint64 last_contact_us;                                    /* 0: never */
  gint64 next_try_us;                                        /* while backing off or paused */
  gint64 n_acknowledged, n_quarantined, n_asked, n_requests; /* since start */
  gint64 clock_offset_us;                                    /* HQ's Date minus our clock; never applied */
  char detail[160]; /* why the last failure failed, for people who mend lines */
} TaiSyncFigures;

/**
 * TaiSync::changed: figures or an order's state are new.
 */
TaiSync *tai_sync_new (const TaiSyncPorts *ports, const char *destination, const TaiSyncSettings *settings);
/* What was in flight when the program ended becomes unknown; then works until stopped. */
gboolean tai_sync_start (TaiSync *self, GError **error);
/* Sends nothing new; replies that still come are taken. */
void tai_sync_stop (TaiSync *self);
/* There is something new in the outbox, or a person says "try now": ends a back-off and a pause. */
void tai_sync_poke (TaiSync *self);
/* Asks for news at once. */
void tai_sync_poll (TaiSync *self);
const TaiSyncFigures *tai_sync_get_figures (TaiSync *self);
/* Nothing is in flight, nothing waits that could be sent now. */
gboolean tai_sync_is_idle (TaiSync *self);

/* Settings of the store that the engine keeps. */
#define TAI_SETTING_HQ_EPOCH "hq.epoch"
#define TAI_SETTING_HQ_FEED  "hq.feed"

G_END_DECLS
