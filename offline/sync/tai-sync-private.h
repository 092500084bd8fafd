/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-sync.h"
#include "tai-sync-verdict.h"

G_BEGIN_DECLS

/* One class over three files: tai-sync.c (when), tai-sync-send.c (messages), tai-sync-feed.c (news). */
struct _TaiSync {
  GObject parent;
  TaiSyncPorts ports; /* (owned refs) */
  char *destination;  /* (owned) */
  TaiSyncSettings settings;
  TaiSyncFigures figures;

  GQueue loaded;     /* (element-type TaiOutboxRow) marked in flight, not yet handed to the line */
  GArray *marks;     /* (owned) (element-type TaiOutboxMark) outcomes that wait for one commit */
  GPtrArray *words;  /* (owned) (element-type utf8) texts of @marks */
  guint n_in_flight; /* requests */
  gboolean asking;   /* a question about unknown outcomes is out */
  gboolean polling;  /* a question for news is out */
  gboolean running;

  guint timer;          /* of the next tick; 0: none */
  gint64 timer_due_us;  /* monotonic */
  gint64 not_before_us; /* monotonic: back-off or pause */
  guint back_off_level;
  guint n_failures;    /* in a row */
  gint64 next_poll_us; /* monotonic */
  gint64 journalled_offset_us;
};

/* At once, or after @delay_ms; the earlier of two stands. */
void tai_sync_schedule (TaiSync *self, gint64 delay_ms);
void tai_sync_changed (TaiSync *self);
/* Every reply passes here: is HQ there, does it let us in, how wrong is our clock. */
void tai_sync_note_reply (TaiSync *self, const TaiReply *reply, TaiVerdict verdict, const char *reason);

/* tai-sync-send.c */
void tai_sync_send_due (TaiSync *self);
void tai_sync_flush (TaiSync *self);
void tai_sync_put_back (TaiSync *self); /* what was loaded and not sent waits again */
/* A delay with jitter for the @n-th try, ms. */
gint64 tai_sync_back_off_ms (TaiSync *self, guint n);

/* tai-sync-feed.c */
void tai_sync_send_poll (TaiSync *self);

G_END_DECLS
