/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * News: what became of the orders, and where HQ's store stands (epoch, safe_until). News is taken in order and may come
 * again after a crash; the desk knows old news. A new epoch means that HQ was restored: whatever it may lack is sent again.
 */
#include "tai-sync-private.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-debt-json.h"
#include "tai-json-text.h"
#include "tai-offline-error.h"
#include "tai-wire-error.h"

#define NEWS_A_PAGE 500
/* Who owes cash is asked for it by a desk where the customer stands. */
#define OWING_POLL_MS 15000

/* Epoch and cursor are settings that nobody else writes while the engine lives: read once. */
static gint64
get_cursor (TaiSync *self)
{
  g_autofree char *text =
      self->cursor ? NULL : tai_visit_store_get_setting (self->ports.store, TAI_SETTING_HQ_FEED, NULL);

  if (text != NULL)
    self->cursor = g_ascii_strtoll (text, NULL, 10);
  return self->cursor;
}

static const char *
get_epoch (TaiSync *self)
{
  if (self->epoch == NULL)
    self->epoch = tai_visit_store_get_setting (self->ports.store, TAI_SETTING_HQ_EPOCH, NULL);
  return self->epoch;
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

  if (!set_setting (self, TAI_SETTING_HQ_FEED, text, error))
    return FALSE;
  self->cursor = cursor;
  return TRUE;
}

static gboolean
set_epoch (TaiSync *self, const char *epoch, GError **error)
{
  if (!set_setting (self, TAI_SETTING_HQ_EPOCH, epoch, error))
    return FALSE;
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  return TRUE;
}

/* TRUE when the page must not be read: its cursor belongs to another epoch. */
static gboolean
handle_epoch (TaiSync *self, const char *epoch, gint64 safe_until, gboolean *stale, GError **error)
{
  const char *known = get_epoch (self);

  *stale = known != NULL && strcmp (known, epoch) != 0;
  if (g_strcmp0 (known, epoch) == 0)
    return TRUE;
  if (*stale) {
    /* Outcomes of the old store go in before, so that they are taken back with the others. */
    if (!tai_sync_flush (self, TRUE)) {
      g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_FAILED, self->figures.detail);
      return FALSE;
    }
    self->restore++;
    g_autofree char *detail = g_strdup_printf ("%s, safe until %" G_GINT64_FORMAT, epoch, safe_until);
    if (tai_outbox_resend_above (self->ports.outbox, self->destination, safe_until, tai_sync_queue_now (self),
                                 error) < 0 ||
        !set_cursor (self, 0, error) || !tai_desk_note (self->ports.desk, "hq_epoch", known, detail, error))
      return FALSE;
  }
  return set_epoch (self, epoch, error);
}

static gboolean
read_event (const TaiJson *event, TaiOrderNews *news, GError **error)
{
  const char *text;
  guint state;

  *news = (TaiOrderNews){.order_id = tai_json_require_string (event, "order", error)};
  text = news->order_id ? tai_json_require_string (event, "state", error) : NULL;
  if (text == NULL || !tai_json_optional_string (event, "reason", &news->reason, error) ||
      !tai_state_from_text (&tai_order_states, text, &state, error))
    return FALSE;
  news->state = (TaiOrderState)state;
  return TRUE;
}

/* Of cash that goes from terminal to terminal; else of an order's state. */
static gboolean
is_of_debt (const TaiJson *event)
{
  const TaiJson *debt = NULL;

  return tai_json_optional_object (event, "debt", &debt, NULL) && debt != NULL;
}

static gboolean
apply_debt (TaiSync *self, const TaiJson *event, GError **error)
{
  const char *state = tai_json_require_string (event, "state", error);
  g_autoptr (TaiDebt) debt = NULL;
  TaiUuid order;

  if (state == NULL || !tai_json_take_uuid (event, "order", TAI_JSON_TEXT_NEEDED, &order, error))
    return FALSE;
  debt = tai_debt_read (event, &order, state, error);
  return debt != NULL && tai_json_take_text (event, "reason", TAI_JSON_TEXT_PLAIN, &debt->reason, error) &&
         tai_desk_apply_debt_news (self->ports.desk, debt, error);
}

static gboolean
apply_event (TaiSync *self, const TaiJson *event, GError **error)
{
  TaiOrderNews news;

  if (is_of_debt (event))
    return apply_debt (self, event, error);
  return read_event (event, &news, error) && tai_desk_apply_order_news (self->ports.desk, &news, 1, error);
}

/* Of the news, not of our own store. */
static gboolean
is_about_news (const GError *error)
{
  return error->domain == TAI_CORE_ERROR || error->domain == TAI_WIRE_ERROR;
}

/* The usual page: all of it in one commit; what is of a debt has its own, after what came before it. */
static gboolean
apply_together (TaiSync *self, const TaiJson *events, GError **error)
{
  guint n = tai_json_get_length (events), n_news = 0;
  g_autofree TaiOrderNews *news = g_new (TaiOrderNews, n + 1);

  for (guint i = 0; i < n; i++) {
    const TaiJson *event = tai_json_get_element (events, i);

    if (!is_of_debt (event)) {
      if (!read_event (event, &news[n_news++], error))
        return FALSE;
      continue;
    }
    if (!tai_desk_apply_order_news (self->ports.desk, news, n_news, error) ||
        !apply_debt (self, event, error))
      return FALSE;
    n_news = 0;
  }
  return tai_desk_apply_order_news (self->ports.desk, news, n_news, error);
}

/* News that makes no sense here (a word of a newer HQ) is journalled and passed over: the others must not wait for it. Only
 * our own store's failure stops the page; it comes again. */
static gboolean
apply_or_note (TaiSync *self, const TaiJson *event, GError **error)
{
  g_autoptr (GError) refused = NULL;
  const char *order = NULL;

  if (apply_event (self, event, &refused))
    return TRUE;
  if (!is_about_news (refused)) {
    g_propagate_error (error, g_steal_pointer (&refused));
    return FALSE;
  }
  if (!tai_json_optional_string (event, "order", &order, NULL))
    order = NULL;
  return tai_desk_note (self->ports.desk, "news_refused", order, refused->message, error);
}

static gboolean
apply_events (TaiSync *self, const TaiJson *events, GError **error)
{
  g_autoptr (GError) refused = NULL;

  if (apply_together (self, events, &refused))
    return TRUE;
  if (!is_about_news (refused)) {
    g_propagate_error (error, g_steal_pointer (&refused));
    return FALSE;
  }
  for (guint i = 0; i < tai_json_get_length (events); i++)
    if (!apply_or_note (self, tai_json_get_element (events, i), error))
      return FALSE;
  return TRUE;
}

/* @more: a full page, so there may be another. */
static gboolean
apply_page (TaiSync *self, const TaiJson *page, gboolean *more, GError **error)
{
  const char *epoch = tai_json_require_string (page, "epoch", error);
  const TaiJson *events = epoch ? tai_json_require_array (page, "events", error) : NULL;
  gint64 safe_until = 0, last = 0, cursor;
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
  if (!apply_events (self, events, error))
    return FALSE;
  if (tai_json_get_length (events) > 0)
    tai_sync_expect_news (self);
  cursor = get_cursor (self);
  *more = tai_json_get_length (events) >= NEWS_A_PAGE && last > cursor;
  if (last > cursor && !set_cursor (self, last, error))
    return FALSE;
  return tai_outbox_purge_until (self->ports.outbox, self->destination, safe_until, error) >= 0;
}

static gboolean
has_unfinished (TaiSync *self)
{
  TaiOrderFilter filter = {.only_unfinished = TRUE, .no_items = TRUE, .limit = 1};
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

/* A customer stands here who waits for another terminal's answer. */
static gboolean
has_asked (TaiSync *self)
{
  g_autoptr (GPtrArray) debts = tai_visit_store_list_debts (self->ports.store, TAI_DEBT_STATE_ASKED, 1, NULL);

  return debts != NULL && debts->len > 0;
}

/* One may stand at another desk and ask for what is owed here. */
static gboolean
is_owing (TaiSync *self)
{
  TaiMoney due;

  return tai_visit_store_balance (self->ports.store, TAI_ACCOUNT_REFUND_DUE, &due, NULL, NULL) &&
         due.minor != 0;
}

/* What waits here goes first: HQ keeps the news, only we have the sales. */
static gboolean
has_backlog (TaiSync *self)
{
  return !g_queue_is_empty (&self->loaded) ||
         tai_outbox_next_due_us (self->ports.outbox, self->destination) <= tai_sync_queue_now (self);
}

/* Soon after something happened, then ever more rarely: thousands of terminals with one held order each are no storm. */
static void
plan_next_poll (TaiSync *self, gboolean more)
{
  gint64 wait_ms = self->settings.idle_poll_ms;

  if (more) {
    wait_ms = has_backlog (self) ? self->settings.poll_ms : 0;
  } else if (has_asked (self)) {
    wait_ms = MIN (self->settings.poll_ms, wait_ms);
  } else if (has_unfinished (self)) {
    wait_ms = MIN (self->poll_ms, self->settings.idle_poll_ms);
    self->poll_ms = MIN (self->poll_ms * 2, self->settings.idle_poll_ms);
  }
  if (is_owing (self))
    wait_ms = MIN (wait_ms, OWING_POLL_MS);
  self->next_poll_us = tai_clock_monotonic (self->ports.clock) + wait_ms * 1000;
}

static void
news_done_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (TaiSyncFlight) flight = data;
  TaiSync *self = flight->sync;
  g_autofree char *reason = NULL;
  gboolean more = FALSE;
  TaiVerdict verdict = read_news (self, reply, &more, &reason);

  self->polling = FALSE;
  plan_next_poll (self, more);
  tai_sync_note_reply (self, flight, reply, verdict, reason);
}

void
tai_sync_send_poll (TaiSync *self)
{
  g_autofree char *path =
      g_strdup_printf (TAI_PATH_FEED "?after=%" G_GINT64_FORMAT "&limit=%d", get_cursor (self), NEWS_A_PAGE);
  TaiRequest request = {.method = "GET", .path = path, .timeout_ms = self->settings.timeout_ms};

  self->polling = TRUE;
  tai_headquarters_send (self->ports.headquarters, &request, news_done_cb, tai_sync_flight_new (self));
}
