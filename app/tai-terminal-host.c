/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The wiring of a terminal: each port gets its implementation here and nowhere else. On one thread with its main context.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-terminal-host-private.h"

#include "tai-core-error.h"
#include "tai-fast-digest.h"
#include "tai-hall-paperwork.h"
#include "tai-line-gateway.h"
#include "tai-pin.h"
#include "tai-system-entropy.h"
#include "tai-template-file.h"
#include "tai-tmf-renderer.h"

/* A clock may be set by a little; what is more would bring records out of order. */
#define CLOCK_SLACK_US  (2 * 60 * G_USEC_PER_SEC)
#define HOUSEKEEPING_MS (60 * 1000)
#define LOG_BYTES       (4 * 1024 * 1024)

/* The log is moved into the file when nobody waits for it, not on a sale (I10). */
static void
move_log (TaiTerminalHost *self)
{
  g_autoptr (GError) error = NULL;

  if (tai_store_get_log_bytes (self->store) > LOG_BYTES &&
      !tai_store_checkpoint (self->store, TAI_CHECKPOINT_PASSIVE, &error))
    g_message ("checkpoint: %s", error->message);
}

static void
keep_house_cb (gpointer data)
{
  TaiTerminalHost *self = data;
  g_autoptr (GError) error = NULL;

  self->housekeeping = tai_clock_after (TAI_CLOCK (self->clock), HOUSEKEEPING_MS, keep_house_cb, self);
  if (tai_store_release_holds (self->store, tai_clock_now (TAI_CLOCK (self->clock)), &error) < 0)
    g_message ("holds: %s", error->message);
  if (tai_sync_is_idle (self->sync))
    move_log (self);
}

void
tai_terminal_host_free (TaiTerminalHost *self)
{
  if (self == NULL)
    return;
  if (self->housekeeping != 0)
    tai_clock_cancel (TAI_CLOCK (self->clock), self->housekeeping);
  if (self->sync != NULL)
    move_log (self);
  if (self->sync != NULL) {
    g_signal_handlers_disconnect_by_data (self->sync, self);
    tai_sync_stop (self->sync);
  }
  if (self->refresh_timer != 0)
    tai_clock_cancel (TAI_CLOCK (self->clock), self->refresh_timer);
  g_cancellable_cancel (self->refresh_cancellable);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->directory);
  g_clear_pointer (&self->next_catalogue, tai_catalogue_unref);
  g_clear_object (&self->reader_worker);
  g_clear_object (&self->printer_worker);
  g_clear_pointer (&self->printers, tai_printer_pool_unref);
  g_clear_object (&self->card);
  g_clear_object (&self->card_worker);
  g_clear_pointer (&self->card_address, g_free);
  g_clear_object (&self->sync);
  g_clear_object (&self->curl);
  g_clear_object (&self->desk);
  g_clear_object (&self->paperwork);
  g_clear_object (&self->sealer);
  g_clear_pointer (&self->catalogue, tai_catalogue_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->entropy);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->refresh_cancellable);
  g_clear_pointer (&self->enrolment, tai_enrolment_file_free);
  g_free (self);
}

/* Opening ---------------------------------------------------------------------------------------------------------------- */

/* For tests of wrong clocks; never in production. */
static void
move_clock (TaiTerminalHost *self)
{
  const char *text = g_getenv ("GUITAI_TEST_CLOCK_OFFSET");
  gint64 seconds;

  if (text != NULL && g_strcmp0 (self->enrolment->terminal->klass, "production") != 0 &&
      g_ascii_string_to_signed (text, 10, -G_MAXINT32, G_MAXINT32, &seconds, NULL))
    tai_system_clock_set_offset (self->clock, seconds * G_USEC_PER_SEC);
}

static gboolean
make_sealer (TaiTerminalHost *self, GError **error)
{
  TaiSealPublicKey key;

  if (!tai_seal_public_key_from_text (self->enrolment->box_key, &key, error))
    return FALSE;
  self->sealer = tai_box_sealer_new (key, self->entropy);
  return TRUE;
}

static void
make_desk (TaiTerminalHost *self)
{
  g_autoptr (TaiTmfRenderer) renderer = tai_tmf_renderer_new ();
  g_autoptr (TaiTemplate) form = tai_template_file_load (self->folder, TAI_TEMPLATE_FORM);
  g_autoptr (TaiTemplate) notice = tai_template_file_load (self->folder, TAI_TEMPLATE_NOTICE);
  g_autoptr (TaiPicture) logo = tai_logo_file_load (self->folder);
  g_autoptr (TaiPinHasher) pins = tai_pin_new (self->entropy, TAI_PIN_COST_NORMAL);
  TaiDeskPorts ports = {.store = TAI_VISIT_STORE (self->store),
                        .prints = TAI_PRINT_QUEUE (self->store),
                        .renderer = TAI_RENDERER (renderer),
                        .sealer = TAI_SEALER (self->sealer),
                        .pins = pins,
                        .clock = TAI_CLOCK (self->clock),
                        .entropy = self->entropy};

  ports.paperwork = self->paperwork = tai_hall_paperwork_new (form, notice);
  tai_hall_paperwork_set_logo (TAI_HALL_PAPERWORK (self->paperwork), logo);
  self->desk = tai_desk_new (self->enrolment->terminal, &ports);
}

/* Customers who pay by QR pay through HQ, where the merchants' keys are, and it knows the coupons that nobody holds. */
static void
plug_in_gateway (TaiTerminalHost *self)
{
  g_autoptr (TaiLineGateway) gateway = tai_line_gateway_new (TAI_HEADQUARTERS (self->curl));

  tai_desk_set_gateway (self->desk, TAI_TENDER_QR, TAI_PAYMENT_GATEWAY (gateway));
  tai_desk_set_gateway (self->desk, TAI_TENDER_COUPON, TAI_PAYMENT_GATEWAY (gateway));
}

/* Whoever asked in vain: the line is looked at now and not with the next poll. */
static void
unanswered_cb (TaiCurl *curl, TaiSync *sync)
{
  if (tai_sync_get_figures (sync)->on_line)
    tai_sync_poll (sync);
}

static gboolean
make_line (TaiTerminalHost *self, GError **error)
{
  g_autofree char *ca = tai_state_folder_get_file (self->folder, TAI_STATE_HQ_CA);
  g_autofree char *certificate = tai_state_folder_get_file (self->folder, TAI_STATE_DEVICE_CRT);
  g_autofree char *key = tai_state_folder_get_file (self->folder, TAI_STATE_DEVICE_KEY);
  TaiCurlSettings settings = {.base_url = self->enrolment->url,
                              .ca_file = ca,
                              .cert_file = certificate,
                              .key_file = key,
                              .clock = TAI_CLOCK (self->clock)};
  TaiSyncSettings defaults = {0};
  TaiPullPorts look_ports;
  TaiSyncPorts ports;

  self->curl = tai_curl_new (&settings, error);
  if (self->curl == NULL)
    return FALSE;
  ports = (TaiSyncPorts){.store = TAI_VISIT_STORE (self->store),
                         .outbox = TAI_OUTBOX (self->store),
                         .headquarters = TAI_HEADQUARTERS (self->curl),
                         .desk = self->desk,
                         .clock = TAI_CLOCK (self->clock),
                         .entropy = self->entropy};
  self->sync = tai_sync_new (&ports, TAI_DESTINATION_HQ, &defaults);
  g_signal_connect_object (self->curl, "unanswered", G_CALLBACK (unanswered_cb), self->sync, 0);
  look_ports = tai_terminal_host_get_pull_ports (self, TAI_LINE_LOOK_TIMEOUT_MS);
  self->directory = TAI_DIRECTORY (tai_line_directory_new (&look_ports));
  plug_in_gateway (self);
  tai_terminal_host_plug_in_card (self);
  return TRUE;
}

/* What an owner that died had in its memory, nobody has any more; what it had placed is in the store. */
static gboolean
put_right (TaiTerminalHost *self, TaiHostMode mode, GError **error)
{
  if (!tai_print_queue_recover (TAI_PRINT_QUEUE (self->store), error))
    return FALSE;
  if (mode == TAI_HOST_OWN_VISITS)
    return tai_store_release_lost_holds (self->store, error) >= 0;
  return tai_store_release_holds (self->store, G_MAXINT64, error) >= 0 &&
         tai_desk_abandon_unpaid (self->desk, NULL, error) && tai_desk_recover_payments (self->desk, error);
}

static gboolean
open_owner (TaiTerminalHost *self, TaiHostMode mode, const char *path, GError **error)
{
  if (!tai_state_folder_is_locked (self->folder) && !tai_state_folder_lock (self->folder, error))
    return FALSE;
  self->store = tai_store_open (path, self->enrolment->terminal, error);
  if (self->store == NULL || !make_sealer (self, error))
    return FALSE;
  make_desk (self);
  if (!make_line (self, error) || !put_right (self, mode, error) ||
      (mode != TAI_HOST_OWN_VISITS && !tai_terminal_host_load_prices (self, error)))
    return FALSE;
  self->housekeeping = tai_clock_after (TAI_CLOCK (self->clock), HOUSEKEEPING_MS, keep_house_cb, self);
  return TRUE;
}

TaiTerminalHost *
tai_terminal_host_open (TaiStateFolder *folder, TaiHostMode mode, GError **error)
{
  g_autoptr (TaiTerminalHost) self = g_new0 (TaiTerminalHost, 1);
  g_autofree char *path = tai_state_folder_get_file (folder, TAI_STATE_DATABASE);
  gboolean good;

  self->folder = folder;
  tai_fast_digest_install ();
  self->cancellable = g_cancellable_new ();
  self->refresh_cancellable = g_cancellable_new ();
  self->clock = tai_system_clock_new ();
  self->entropy = TAI_ENTROPY (tai_system_entropy_new ());
  self->enrolment = tai_enrolment_file_load (folder, error);
  if (self->enrolment == NULL)
    return NULL;
  move_clock (self);
  if (mode == TAI_HOST_READ)
    good = (self->store = tai_store_open_readonly (path, error)) != NULL;
  else
    good = open_owner (self, mode, path, error);
  return good ? g_steal_pointer (&self) : NULL;
}

TaiStateFolder *
tai_terminal_host_get_folder (TaiTerminalHost *self)
{
  return self->folder;
}

const TaiTerminal *
tai_terminal_host_get_terminal (TaiTerminalHost *self)
{
  return self->enrolment->terminal;
}

const char *
tai_terminal_host_get_url (TaiTerminalHost *self)
{
  return self->enrolment->url;
}

TaiStore *
tai_terminal_host_get_store (TaiTerminalHost *self)
{
  return self->store;
}

TaiClock *
tai_terminal_host_get_clock (TaiTerminalHost *self)
{
  return TAI_CLOCK (self->clock);
}

TaiDesk *
tai_terminal_host_get_desk (TaiTerminalHost *self)
{
  g_assert (self->desk != NULL);
  return self->desk;
}

TaiSync *
tai_terminal_host_get_sync (TaiTerminalHost *self)
{
  g_assert (self->sync != NULL);
  return self->sync;
}

TaiDirectory *
tai_terminal_host_get_directory (TaiTerminalHost *self)
{
  g_assert (self->directory != NULL);
  return self->directory;
}

TaiCatalogue *
tai_terminal_host_get_catalogue (TaiTerminalHost *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  TaiCatalogue *catalogue = self->desk != NULL ? tai_desk_get_catalogue (self->desk) : self->catalogue;

  if (catalogue == NULL && self->desk == NULL)
    catalogue = self->catalogue = tai_terminal_host_load_catalogue (self, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (catalogue == NULL)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE, "no catalogue has been loaded");
  return catalogue;
}

/* The clock ---------------------------------------------------------------------------------------------------------------- */

/* The latest time that a sale or a shift has recorded; 0: none. */
static gboolean
find_latest (TaiTerminalHost *self, gint64 *latest_us, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (self->store);
  const char *till = self->enrolment->terminal->till;
  TaiOrderFilter newest = {.limit = 1};
  g_autoptr (GPtrArray) orders = tai_visit_store_list_orders (store, &newest, error);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) open =
      orders != NULL ? tai_visit_store_find_open_shift (store, till, &local_error) : NULL;
  g_autoptr (TaiShift) last = orders != NULL && local_error == NULL
                                  ? tai_visit_store_find_last_closed_shift (store, till, &local_error)
                                  : NULL;

  if (orders == NULL)
    return FALSE;
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  *latest_us = orders->len > 0 ? ((const TaiOrder *)g_ptr_array_index (orders, 0))->placed_us : 0;
  *latest_us = MAX (*latest_us, open != NULL ? open->opened_us : 0);
  *latest_us = MAX (*latest_us, last != NULL ? last->closed_us : 0);
  return TRUE;
}

gboolean
tai_terminal_host_check_clock (TaiTerminalHost *self, GError **error)
{
  gint64 now = tai_clock_now (TAI_CLOCK (self->clock)), latest;
  g_autofree char *recorded = NULL;
  g_autofree char *said = NULL;

  if (!find_latest (self, &latest, error))
    return FALSE;
  if (now + CLOCK_SLACK_US >= latest)
    return TRUE;
  recorded = tai_time_to_text (latest);
  said = tai_time_to_text (now);
  if (!tai_desk_note (self->desk, "clock_jump", recorded, said, error))
    return FALSE;
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_CLOCK, "the clock says %s, the last record %s", said,
               recorded);
  return FALSE;
}

void
tai_terminal_host_set_lend (TaiTerminalHost *self, TaiHostLendFunc func, gpointer data)
{
  self->lend_func = func;
  self->lend_data = data;
}

void
tai_terminal_host_lend (TaiTerminalHost *self, gboolean is_lent)
{
  if (self->lend_func != NULL)
    self->lend_func (is_lent, self->lend_data);
}

/* Waiting ------------------------------------------------------------------------------------------------------------------ */

static void
raise_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
}

gboolean
tai_terminal_host_run_until (TaiTerminalHost *self, gboolean (*is_done) (gpointer data), gpointer data,
                             gint64 timeout_ms)
{
  GMainContext *context = g_main_context_get_thread_default ();
  gboolean late = FALSE;
  guint timer = tai_clock_after (TAI_CLOCK (self->clock), timeout_ms, raise_cb, &late);

  while (!is_done (data) && !late)
    g_main_context_iteration (context, TRUE);
  tai_clock_cancel (TAI_CLOCK (self->clock), timer);
  return is_done (data);
}

static gboolean
is_never (gpointer data)
{
  return FALSE;
}

void
tai_terminal_host_run_for (TaiTerminalHost *self, gint64 time_ms)
{
  tai_terminal_host_run_until (self, is_never, NULL, time_ms);
}
