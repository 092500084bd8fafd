/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What became of messages, collected and committed together when the line has nothing more to say for the moment. Until then the
 * outbox believes them in flight: a crash asks for them.
 */
#include "tai-sync-private.h"

#include "tai-core-error.h"

/* Outcomes of one commit. */
#define FLUSH_AT 512

static const char *
keep_word (TaiSync *self, const char *word)
{
  if (word == NULL)
    return NULL;
  g_ptr_array_add (self->words, g_strdup (word));
  return g_ptr_array_index (self->words, self->words->len - 1);
}

static void
add_mark (TaiSync *self, const TaiOutboxRow *row, TaiMessageState to, gint64 wait_ms, const char *reason,
          gboolean count)
{
  TaiOutboxMark mark = {.row = row->row,
                        .to = to,
                        .next_try_us = tai_sync_queue_now (self) + wait_ms * 1000,
                        .error = keep_word (self, reason),
                        .count_attempt = count};

  if (self->marks->len == 0)
    self->marked_us = tai_clock_monotonic (self->ports.clock);
  g_array_append_val (self->marks, mark);
}

void
tai_sync_mark_verdict (TaiSync *self, const TaiOutboxRow *row, TaiVerdict verdict, const char *reason)
{
  switch (verdict) {
  case TAI_VERDICT_ACKNOWLEDGED:
    self->figures.n_acknowledged++;
    tai_sync_expect_news (self);
    add_mark (self, row, TAI_MESSAGE_ACKNOWLEDGED, 0, NULL, TRUE);
    break;
  case TAI_VERDICT_REFUSED:
    self->figures.n_quarantined++;
    add_mark (self, row, TAI_MESSAGE_QUARANTINED, 0, reason, TRUE);
    break;
  case TAI_VERDICT_PAUSE:
  case TAI_VERDICT_AGAIN:
    add_mark (self, row, TAI_MESSAGE_WAITING, 0, reason, FALSE);
    break;
  case TAI_VERDICT_UNKNOWN:
    self->must_flush = TRUE;
    add_mark (self, row, TAI_MESSAGE_ASKING, tai_sync_back_off_ms (self, (guint)MIN (row->attempts, 20)),
              reason, TRUE);
    break;
  }
}

static gboolean
mark_all (TaiSync *self, guint first, guint n, GError **error)
{
  const TaiOutboxMark *marks = (const TaiOutboxMark *)self->marks->data;

  return tai_outbox_mark (self->ports.outbox, marks + first, n, tai_clock_now (self->ports.clock), error);
}

/* One outcome that the outbox refuses (a person released the message meanwhile) must not keep back the others for ever. */
static gboolean
mark_each (TaiSync *self, GError **error)
{
  while (self->marks->len > 0) {
    g_autoptr (GError) refused = NULL;

    if (!mark_all (self, 0, 1, &refused)) {
      g_autofree char *row =
          g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (self->marks, TaiOutboxMark, 0).row);
      if (refused->domain != TAI_CORE_ERROR ||
          !tai_desk_note (self->ports.desk, "outcome_refused", row, refused->message, NULL)) {
        g_propagate_error (error, g_steal_pointer (&refused));
        return FALSE;
      }
    }
    g_array_remove_index (self->marks, 0);
  }
  return TRUE;
}

static gboolean
is_flush_time (TaiSync *self)
{
  gint64 now = tai_clock_monotonic (self->ports.clock);

  return self->must_flush || self->marks->len >= FLUSH_AT || now < self->not_before_us ||
         (self->n_in_flight == 0 && g_queue_is_empty (&self->loaded)) ||
         now >= self->marked_us + TAI_SYNC_FLUSH_MS * 1000;
}

gboolean
tai_sync_flush (TaiSync *self, gboolean now)
{
  g_autoptr (GError) error = NULL;
  gboolean good;

  if (self->marks->len == 0)
    return TRUE;
  if (!now && !is_flush_time (self))
    return FALSE;
  good = mark_all (self, 0, self->marks->len, &error);
  if (!good && error->domain == TAI_CORE_ERROR) {
    g_clear_error (&error);
    good = mark_each (self, &error);
  }
  /* A disk that is full now: the outcomes are tried again; HQ knows the keys anyway. */
  if (!good) {
    tai_sync_note_store_failure (self, error);
    return FALSE;
  }
  g_array_set_size (self->marks, 0);
  g_ptr_array_set_size (self->words, 0);
  self->must_flush = FALSE;
  self->news = TRUE;
  return TRUE;
}

void
tai_sync_put_back (TaiSync *self)
{
  TaiOutboxRow *row;

  while ((row = g_queue_pop_head (&self->loaded)) != NULL) {
    add_mark (self, row, TAI_MESSAGE_WAITING, 0, NULL, FALSE);
    tai_outbox_row_free (row);
  }
}

void
tai_sync_mark_asked (TaiSync *self, const TaiOutboxRow *row, TaiVerdict verdict, gboolean was_answered,
                     const char *reason)
{
  self->must_flush = TRUE; /* until then the outbox would have it asked again */
  if (verdict == TAI_VERDICT_UNKNOWN && !was_answered)
    add_mark (self, row, TAI_MESSAGE_ASKING, 0, reason, FALSE);
  else
    tai_sync_mark_verdict (self, row, verdict, reason);
}
