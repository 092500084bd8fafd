/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a reply says of the line. Reachability is how the last real request ended: there is no ping that could be wrong
 * (odoo#220954).
 */
#include "tai-sync-private.h"

#define OFFSET_WORTH_A_NOTE_US  (120 * G_USEC_PER_SEC)
#define FAILURES_UNTIL_BACK_OFF 3

TaiSyncFlight *
tai_sync_flight_new (TaiSync *self)
{
  TaiSyncFlight *flight = g_new0 (TaiSyncFlight, 1);

  flight->sync = g_object_ref (self);
  flight->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_outbox_row_free);
  flight->trial = self->trial;
  flight->restore = self->restore;
  return flight;
}

void
tai_sync_flight_free (TaiSyncFlight *flight)
{
  g_ptr_array_unref (flight->rows);
  g_object_unref (flight->sync);
  g_free (flight);
}

static void
wait_ms (TaiSync *self, gint64 delay_ms, TaiSyncState state)
{
  self->trial++;
  self->not_before_us = tai_sync_monotonic (self) + delay_ms * 1000;
  tai_sync_set_state (self, state);
  self->figures.next_try_us = tai_clock_now (self->ports.clock) + delay_ms * 1000;
  tai_sync_put_back (self);
}

static void
note_clock (TaiSync *self, gint64 date_us)
{
  g_autofree char *detail = NULL;
  gint64 offset_us;

  if (date_us == 0)
    return;
  offset_us = date_us - tai_clock_now (self->ports.clock);
  self->figures.clock_offset_us = offset_us;
  if (ABS (offset_us - self->journalled_offset_us) < OFFSET_WORTH_A_NOTE_US)
    return;
  detail = g_strdup_printf ("offset %" G_GINT64_FORMAT " s", offset_us / G_USEC_PER_SEC);
  if (tai_desk_note (self->ports.desk, "clock_offset", self->destination, detail, NULL))
    self->journalled_offset_us = offset_us;
}

static void
set_on_line (TaiSync *self, gboolean on_line)
{
  self->news |= self->figures.on_line != on_line;
  self->figures.on_line = on_line;
  tai_desk_set_on_line (self->ports.desk, on_line);
}

static void
note_success (TaiSync *self, const TaiReply *reply)
{
  self->back_off_level = 0;
  self->n_failures = 0;
  self->figures.last_contact_us = tai_clock_now (self->ports.clock);
  self->figures.detail[0] = '\0';
  set_on_line (self, TRUE);
  note_clock (self, reply->date_us);
}

static void
note_failure (TaiSync *self, const TaiReply *reply, TaiVerdict verdict, const char *reason)
{
  gint64 delay_ms;

  self->news = TRUE;
  g_strlcpy (self->figures.detail, reason ? reason : "", sizeof self->figures.detail);
  if (verdict == TAI_VERDICT_PAUSE) {
    set_on_line (self, FALSE);
    wait_ms (self, self->settings.pause_ms, TAI_SYNC_PAUSED);
    return;
  }
  /* HQ stumbling over one message must not stop the others; over three in a row it is the line. */
  self->n_failures++;
  if (reply->line == TAI_LINE_OK && tai_verdict_is_hq (reply) && reply->retry_after_ms == 0 &&
      self->n_failures < FAILURES_UNTIL_BACK_OFF)
    return;
  set_on_line (self, FALSE);
  delay_ms = tai_sync_back_off_ms (self, self->back_off_level);
  if (self->back_off_level < 20)
    self->back_off_level++;
  wait_ms (self, MAX (delay_ms, MIN (reply->retry_after_ms, self->settings.backoff_max_ms)),
           TAI_SYNC_BACK_OFF);
}

void
tai_sync_note_reply (TaiSync *self, const TaiSyncFlight *flight, const TaiReply *reply, TaiVerdict verdict,
                     const char *reason)
{
  self->figures.n_requests++;
  if (verdict == TAI_VERDICT_ACKNOWLEDGED || verdict == TAI_VERDICT_REFUSED)
    note_success (self, reply);
  else if (flight->trial == self->trial)
    note_failure (self, reply, verdict, reason);
  if (self->running)
    tai_sync_schedule (self, 0);
  else
    tai_sync_flush (self, TRUE); /* stopped: nobody else will */
}
