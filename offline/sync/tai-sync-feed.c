/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * News: what became of the orders, and where HQ's store stands (epoch, safe_until). News is taken in order and may come
 * again after a crash; the desk knows old news. A new epoch means that HQ was restored: whatever it may lack is sent again.
 */
#include "tai-sync-private.h"

#include <string.h>

#define NEWS_A_PAGE 500

static gint64
get_cursor (TaiSync *self)
{
  g_autofree char *text = tai_visit_store_get_setting (self->ports.store, TAI_SETTING_HQ_FEED, NULL);
  return text ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
set_setting (TaiSync *self, const char *name, const char *value, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  tai_change_add_setting (change, name, value);
  return tai_visit_store_commit (self->ports.store, change, error);
}

static gboolean
set_cursor (TaiSync *self, gint64 cursor, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, cursor);
  return set_setting (self, TAI_SETTING_HQ_FEED, text, error);
}

/* TRUE when the page must not be read: its cursor belongs to another epoch. */
static gboolean
handle_epoch (TaiSync *self, const char *epoch, gint64 safe_until, gboolean *stale, GError **error)
{
  g_autofree char *known = tai_visit_store_get_setting (self->ports.store, TAI_SETTING_HQ_EPOCH, NULL);

  *stale = known != NULL && strcmp (known, epoch) != 0;
  if (g_strcmp0 (known, epoch) == 0)
    return TRUE;
  if (*stale) {
    g_autofree char *detail = g_strdup_printf ("%s, safe until %" G_GINT64_FORMAT, epoch, safe_until);
    if (tai_outbox_resend_above (self->ports.outbox, self->destination, safe_until,
                                 tai_clock_now (self->ports.clock), error) < 0 ||
        !set_cursor (self, 0, error) || !tai_desk_note (self->ports.desk, "hq_epoch", known, detail, error))
      return FALSE;
  }
  return set_setting (self, TAI_SETTING_HQ_EPOCH, epoch, error);
}

static gboolean
apply_event (TaiSync *self, const TaiJson *event, GError **error)
{
  const char *order = tai_json_require_string (event, "order", error);
  const char *text = order ? tai_json_require_string (event, "state", error) : NULL;
  const char *reason = NULL;
  guint state;

  return text != NULL && tai_json_optional_string (event, "reason", &reason, error) &&
         tai_state_from_text (&tai_order_states, text, &state, error) &&
         tai_desk_apply_order_state (self->ports.desk, order, (TaiOrderState)state, reason, error);
}

/* @more: a full page, so there may be another. */
static gboolean
apply_page (TaiSync *self, const TaiJson *page, gboolean *more, GError **error)
{
  const char *epoch = tai_json_require_string (page, "epoch", error);
  const TaiJson *events = epoch ? tai_json_require_array (page, "events", error) : NULL;
  gint64 safe_until = 0, last = 0;
  gboolean stale;

  *more = FALSE;
  if (events == NULL || !tai_json_require_int (page, "safe_until", &safe_until, error) ||
      !tai_json_require_int (page, "last", &last, error) ||
      !handle_epoch (self, epoch, safe_until, &stale, error))
    return FALSE;
  if (stale) {
    *more = TRUE;
    return TRUE;
  }
  for (guint i = 0; i < tai_json_get_length (events); i++)
    if (!apply_event (self, tai_json_get_element (events, i), error)) {
      tai_json_error_within (error, "events", i);
      return FALSE;
    }
  *more = tai_json_get_length (events) >= NEWS_A_PAGE;
  if (last > get_cursor (self) && !set_cursor (self, last, error))
    return FALSE;
  return tai_outbox_purge_until (self->ports.outbox, self->destination, safe_until, error) >= 0;
}

static gboolean
has_unfinished (TaiSync *self)
{
  TaiOrderFilter filter = {.only_unfinished = TRUE, .limit = 1};
  g_autoptr (GPtrArray) orders = tai_visit_store_list_orders (self->ports.store, &filter, NULL);

  return orders != NULL && orders->len > 0;
}

static TaiVerdict
read_news (TaiSync *self, const TaiReply *reply, gboolean *more, char **reason)
{
  TaiVerdict verdict = tai_verdict_of_batch (reply, reason);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiJson) page = NULL;
  const char *text;
  gsize size;

  if (verdict != TAI_VERDICT_ACKNOWLEDGED)
    return verdict;
  text = reply->body ? g_bytes_get_data (reply->body, &size) : NULL;
  page = text ? tai_json_parse (text, (gssize)size, NULL, &error) : NULL;
  if (page != NULL && apply_page (self, page, more, &error))
    return TAI_VERDICT_ACKNOWLEDGED;
  *reason = g_strdup (error ? error->message : "not HQ's words");
  return TAI_VERDICT_UNKNOWN;
}

static void
news_done_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (TaiSync) self = data;
  g_autofree char *reason = NULL;
  gboolean more = FALSE;
  TaiVerdict verdict = read_news (self, reply, &more, &reason);
  gint64 wait_ms = more ? 0 : has_unfinished (self) ? self->settings.poll_ms : self->settings.idle_poll_ms;

  self->polling = FALSE;
  self->next_poll_us = tai_clock_monotonic (self->ports.clock) + wait_ms * 1000;
  tai_sync_note_reply (self, reply, verdict, reason);
  tai_sync_schedule (self, 0);
}

void
tai_sync_send_poll (TaiSync *self)
{
  g_autofree char *path =
      g_strdup_printf (TAI_PATH_FEED "?after=%" G_GINT64_FORMAT "&limit=%d", get_cursor (self), NEWS_A_PAGE);
  TaiRequest request = {.method = "GET", .path = path, .timeout_ms = self->settings.timeout_ms};

  self->polling = TRUE;
  tai_headquarters_send (self->ports.headquarters, &request, news_done_cb, g_object_ref (self));
}
