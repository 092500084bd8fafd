/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-headquarters.h"
#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiFakeHeadquarters: a line and the HQ behind it, in the clock's virtual time. It keeps what it commits by key, answers as
 * docs/protocol.md says, and fails as a test programs it: each request takes the next programmed fault, then the standing one.
 * One thread.
 */
#define TAI_TYPE_FAKE_HEADQUARTERS (tai_fake_headquarters_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakeHeadquarters, tai_fake_headquarters, TAI, FAKE_HEADQUARTERS, GObject)

typedef enum {
  TAI_FAKE_GOOD,
  TAI_FAKE_NOT_REACHED,
  TAI_FAKE_DROP_BEFORE,   /* lost on the way there */
  TAI_FAKE_DROP_AFTER,    /* committed, the answer is lost */
  TAI_FAKE_LATE,          /* arrives after delay_ms; the caller's time-out may come first */
  TAI_FAKE_DUPLICATE,     /* arrives twice */
  TAI_FAKE_STATUS,        /* HQ says status and commits nothing */
  TAI_FAKE_STATUS_AFTER,  /* HQ commits and then says status (a proxy's 502) */
  TAI_FAKE_HTML,          /* a login page says 200 */
  TAI_FAKE_MISSING_LINES, /* committed; of a batch's answer every second line is not there */
  TAI_FAKE_CUT_SHORT      /* committed; half the answer */
} TaiFakeFaultKind;

typedef struct {
  TaiFakeFaultKind kind;
  int status;
  gint64 delay_ms, retry_after_ms;
} TaiFakeFault;

TaiFakeHeadquarters *tai_fake_headquarters_new (TaiClock *clock);
/* For the next @n requests. */
void tai_fake_headquarters_push (TaiFakeHeadquarters *self, TaiFakeFault fault, guint n);
/* For all when none is pushed. */
void tai_fake_headquarters_stand (TaiFakeHeadquarters *self, TaiFakeFault fault);
/* One in @one_in requests (0: none) meets a fault of any kind, in any order, as @seed says. */
void tai_fake_headquarters_roll (TaiFakeHeadquarters *self, guint one_in, guint64 seed);
/* HQ refuses this message whenever it comes: 4xx with a reason, or 5xx. */
void tai_fake_headquarters_poison (TaiFakeHeadquarters *self, const char *key, int status);
/* HQ refuses any batch that holds a poisoned message, whole. */
void tai_fake_headquarters_refuse_whole_batches (TaiFakeHeadquarters *self);
/* News of an order. */
void tai_fake_headquarters_tell (TaiFakeHeadquarters *self, const char *order, const char *state,
                                 const char *reason);
/* HQ's backup is proved up to here. */
void tai_fake_headquarters_set_safe (TaiFakeHeadquarters *self, gint64 safe_until);
/* HQ was restored: forgets what came above @seq, and its news; a new epoch. */
void tai_fake_headquarters_restore (TaiFakeHeadquarters *self, const char *epoch, gint64 seq);
/* Added to the clock's time in Date; 0 at first. */
void tai_fake_headquarters_set_clock_offset (TaiFakeHeadquarters *self, gint64 offset_us);

gboolean tai_fake_headquarters_knows (TaiFakeHeadquarters *self, const char *key);
guint tai_fake_headquarters_get_n_known (TaiFakeHeadquarters *self);
guint tai_fake_headquarters_get_n_exists (TaiFakeHeadquarters *self);   /* came again, same bytes */
guint tai_fake_headquarters_get_n_asked (TaiFakeHeadquarters *self);    /* keys */
guint tai_fake_headquarters_get_n_requests (TaiFakeHeadquarters *self); /* that left, not those of the feed */
guint tai_fake_headquarters_get_n_polls (TaiFakeHeadquarters *self);
guint tai_fake_headquarters_get_n_open (TaiFakeHeadquarters *self); /* not answered yet */
guint tai_fake_headquarters_get_most_open (TaiFakeHeadquarters *self);

G_END_DECLS
