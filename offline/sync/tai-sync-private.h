/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-sync.h"
#include "tai-sync-verdict.h"

G_BEGIN_DECLS

/* One class over six files, which stand on one another: -base.c (state and time), -outcome.c (what became of messages), -line.c (what
 * replies say of the line), -send.c (messages), -feed.c (news), tai-sync.c (when). */
struct _TaiSync {
  GObject parent;
  TaiSyncPorts ports; /* (owned refs) */
  char *destination;  /* (owned) */
  TaiSyncSettings settings;
  TaiSyncFigures figures;

  GQueue loaded;       /* (element-type TaiOutboxRow) marked in flight, not yet handed to the line */
  GArray *marks;       /* (owned) (element-type TaiOutboxMark) outcomes that wait for one commit */
  GPtrArray *words;    /* (owned) (element-type utf8) texts of @marks */
  gint64 marked_us;    /* monotonic: the oldest of @marks */
  gboolean must_flush; /* something waits for @marks to be in the outbox */
  guint n_in_flight;   /* requests */
  guint n_last_load;   /* rows that the outbox gave last */
  gboolean asking;     /* a question about unknown outcomes is out */
  gboolean polling;    /* a question for news is out */
  gboolean running;
  gboolean news; /* for listeners */

  gint64 queue_offset_us;     /* see tai_sync_queue_now */
  TaiTimerFunc tick;          /* looks at the whole */
  guint timer;                /* of the next tick; 0: none */
  gint64 timer_due_us;        /* monotonic */
  gint64 not_before_us;       /* monotonic: back-off or pause */
  gint64 store_not_before_us; /* monotonic: the outbox failed */
  guint trial;                /* counts back-offs: what was sent before one must not lengthen it */
  guint restore;              /* counts HQ's restores: what was acknowledged before one proves nothing */
  guint back_off_level;
  guint n_failures;    /* in a row */
  gint64 next_poll_us; /* monotonic */
  char *epoch;         /* (owned) (nullable) as the settings have it; NULL: not read yet */
  gint64 cursor;       /* likewise; 0: not read yet, or none */
  gint64 poll_ms;      /* until the poll after the next */
  gint64 journalled_offset_us;
};

/* A request on its way. */
typedef struct {
  TaiSync *sync;   /* (owned) */
  GPtrArray *rows; /* (owned) (element-type TaiOutboxRow) */
  guint trial, restore;
} TaiSyncFlight;
TaiSyncFlight *tai_sync_flight_new (TaiSync *self);
void tai_sync_flight_free (TaiSyncFlight *flight);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiSyncFlight, tai_sync_flight_free)

/* tai-sync-base.c */
gint64 tai_sync_monotonic (TaiSync *self);
/* The time that the outbox's rows wait by: the wall clock of the start, counted on. Who sets the clock back by a day must not
 * keep a day's sales from HQ. */
gint64 tai_sync_queue_now (TaiSync *self);
/* At once, or after @delay_ms; the earlier of two stands. */
void tai_sync_schedule (TaiSync *self, gint64 delay_ms);
/* A delay with jitter for the @n-th try, ms. */
gint64 tai_sync_back_off_ms (TaiSync *self, guint n);
void tai_sync_set_state (TaiSync *self, TaiSyncState state);
/* The outbox or the store failed: leaves it alone for a while. */
void tai_sync_note_store_failure (TaiSync *self, const GError *error);
/* News is likely soon: the next poll comes no later than the shortest wait. */
void tai_sync_expect_news (TaiSync *self);
/* Listeners hear it if there is something new. */
void tai_sync_tell (TaiSync *self);

/* tai-sync-outcome.c */
void tai_sync_mark_verdict (TaiSync *self, const TaiOutboxRow *row, TaiVerdict verdict, const char *reason);
/* Only an answer that says nothing of the message counts as a try of it; a dead line is not its fault. */
void tai_sync_mark_asked (TaiSync *self, const TaiOutboxRow *row, TaiVerdict verdict, gboolean was_answered,
                          const char *reason);
/* Commits the outcomes if it is time; FALSE: they are still here. */
gboolean tai_sync_flush (TaiSync *self, gboolean now);
void tai_sync_put_back (TaiSync *self); /* what was loaded and not sent waits again */

/* Every reply passes here: is HQ there, does it let us in, how wrong is our clock. Ends in a tick. */
void tai_sync_note_reply (TaiSync *self, const TaiSyncFlight *flight, const TaiReply *reply,
                          TaiVerdict verdict, const char *reason);

/* tai-sync-send.c */
void tai_sync_send_due (TaiSync *self);

/* tai-sync-feed.c */
void tai_sync_send_poll (TaiSync *self);

/* How long outcomes may wait for company; a power cut then only means that HQ is asked again. */
#define TAI_SYNC_FLUSH_MS 40

G_END_DECLS
