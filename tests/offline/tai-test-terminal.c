/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-test-terminal.h"

#include "tai-box-sealer.h"
#include "tai-fake-desk-ports.h"
#include "tai-fake-entropy.h"
#include "tai-loop-clock.h"
#include "tai-pin.h"
#include "tai-tmf-renderer.h"

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
write_bytes (const char *path, GBytes *bytes)
{
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL));
}

static TaiEnrolment *
enrol (TaiTestTerminal *self, TaiTestHq *hq, const char *till)
{
  g_autofree char *code = tai_test_hq_make_code_for (hq, till);
  TaiEnrolSettings settings = {.base_url = hq->url, .code = code, .clock = self->clock};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TaiEnrolment *enrolment;

  tai_enrol_async (&settings, NULL, result_cb, &result);
  wait_for (&result);
  enrolment = tai_enrol_finish (result, &error);
  g_assert_no_error (error);
  write_bytes (self->ca_file, enrolment->ca_pem);
  write_bytes (self->cert_file, enrolment->certificate_pem);
  write_bytes (self->key_file, enrolment->key_pem);
  self->terminal = tai_terminal_copy (enrolment->terminal);
  return enrolment;
}

static void
make_desk (TaiTestTerminal *self, const char *box_key)
{
  g_autoptr (GError) error = NULL;
  TaiSealPublicKey hq_key;
  g_autoptr (TaiRenderer) renderer = TAI_RENDERER (tai_tmf_renderer_new ());
  g_autoptr (TaiPaperwork) paperwork = TAI_PAPERWORK (tai_fake_paperwork_new ());
  g_autoptr (TaiPinHasher) pins = tai_pin_new (self->entropy, TAI_PIN_COST_CHEAP);
  g_autoptr (TaiSealer) sealer = NULL;
  TaiDeskPorts ports = {.store = TAI_VISIT_STORE (self->store),
                        .prints = TAI_PRINT_QUEUE (self->store),
                        .renderer = renderer,
                        .paperwork = paperwork,
                        .pins = pins,
                        .clock = self->clock,
                        .entropy = self->entropy};

  g_assert_true (tai_seal_public_key_from_text (box_key, &hq_key, &error));
  sealer = TAI_SEALER (tai_box_sealer_new (hq_key, self->entropy));
  ports.sealer = sealer;
  self->desk = tai_desk_new (self->terminal, &ports);
}

static void
open_till (TaiTestTerminal *self)
{
  TaiPullPorts ports = tai_test_terminal_pull_ports (self);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tai_pull_catalogue_async (&ports, NULL, result_cb, &result);
  wait_for (&result);
  g_assert_true (tai_pull_catalogue_finish (result, NULL, &error));
  g_assert_true (tai_desk_sign_in (self->desk, "1042", "273849", &error));
  g_assert_true (tai_desk_open_till (self->desk, tai_money (20000, self->terminal->currency), &error));
  g_assert_no_error (error);
}

TaiTestTerminal *
tai_test_terminal_new (TaiTestHq *hq, const char *url, guint n_connections)
{
  return tai_test_terminal_new_at (hq, url, n_connections, "T2");
}

TaiTestTerminal *
tai_test_terminal_new_at (TaiTestHq *hq, const char *url, guint n_connections, const char *till)
{
  TaiTestTerminal *self = g_new0 (TaiTestTerminal, 1);
  g_autoptr (TaiEnrolment) enrolment = NULL;
  g_autoptr (GError) error = NULL;
  TaiCurlSettings settings = {.max_connections = n_connections};

  self->folder = g_dir_make_tmp ("tai-terminal-XXXXXX", NULL);
  self->ca_file = g_build_filename (self->folder, "hq-ca.crt", NULL);
  self->cert_file = g_build_filename (self->folder, "device.crt", NULL);
  self->key_file = g_build_filename (self->folder, "device.key", NULL);
  self->store_file = g_build_filename (self->folder, "terminal.db", NULL);
  self->clock = TAI_CLOCK (tai_loop_clock_new ());
  self->entropy = TAI_ENTROPY (tai_fake_entropy_new ((guint64)g_get_real_time ()));
  enrolment = enrol (self, hq, till);
  self->store = tai_store_open (self->store_file, self->terminal, &error);
  g_assert_no_error (error);
  g_assert_true (tai_visit_store_replace_staff (TAI_VISIT_STORE (self->store), enrolment->staff, &error));
  make_desk (self, enrolment->box_key);
  settings.base_url = url ? url : hq->url;
  settings.ca_file = self->ca_file;
  settings.cert_file = self->cert_file;
  settings.key_file = self->key_file;
  settings.clock = self->clock;
  self->line = TAI_HEADQUARTERS (tai_curl_new (&settings, &error));
  g_assert_no_error (error);
  open_till (self);
  return self;
}

void
tai_test_terminal_free (TaiTestTerminal *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", self->folder);

  if (self->sync != NULL)
    tai_sync_stop (self->sync);
  g_clear_object (&self->line); /* whoever waits hears of it now */
  g_clear_object (&self->sync);
  g_object_unref (self->desk);
  g_object_unref (self->store);
  tai_terminal_free (self->terminal);
  g_object_unref (self->clock);
  g_object_unref (self->entropy);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (self->folder);
  g_free (self->ca_file);
  g_free (self->cert_file);
  g_free (self->key_file);
  g_free (self->store_file);
  g_free (self);
}

TaiPullPorts
tai_test_terminal_pull_ports (TaiTestTerminal *self)
{
  return (TaiPullPorts){
      .headquarters = self->line, .store = self->store, .desk = self->desk, .clock = self->clock};
}

void
tai_test_terminal_sell (TaiTestTerminal *self)
{
  g_autoptr (GError) error = NULL;
  TaiMoney amount = tai_money (5000, self->terminal->currency), change;
  TaiVisit *visit = tai_desk_begin_visit (self->desk, &error);
  TaiOrder *order = visit ? tai_desk_add_order (self->desk, visit, "top_up", &error) : NULL;
  gboolean good;

  good = order != NULL && tai_desk_set_target (self->desk, visit, order, "15900000000", &error) &&
         tai_desk_add_offering (self->desk, visit, order, "topup", 1, amount, &error) != NULL &&
         tai_desk_place (self->desk, visit, &error) &&
         tai_desk_pay_cash (self->desk, visit, tai_money (10000, amount.currency), &change, &error);
  g_assert_no_error (error);
  g_assert_true (good);
  g_object_unref (visit);
}

void
tai_test_terminal_start_sync (TaiTestTerminal *self, const TaiSyncSettings *settings)
{
  g_autoptr (GError) error = NULL;
  TaiSyncPorts ports = {.store = TAI_VISIT_STORE (self->store),
                        .outbox = TAI_OUTBOX (self->store),
                        .headquarters = self->line,
                        .desk = self->desk,
                        .clock = self->clock,
                        .entropy = self->entropy};

  if (self->sync != NULL)
    tai_sync_stop (self->sync);
  g_clear_object (&self->sync);
  self->sync = tai_sync_new (&ports, TAI_DESTINATION_HQ, settings);
  g_assert_true (tai_sync_start (self->sync, &error));
}

TaiOutboxCounts
tai_test_terminal_count (TaiTestTerminal *self)
{
  TaiOutboxCounts counts;

  g_assert_true (tai_outbox_counts (TAI_OUTBOX (self->store), TAI_DESTINATION_HQ, &counts, NULL));
  return counts;
}

static gboolean
late_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
tai_test_terminal_drain (TaiTestTerminal *self, gint64 deadline_ms)
{
  gboolean is_late = FALSE;
  guint id = g_timeout_add ((guint)deadline_ms, late_cb, &is_late);
  TaiOutboxCounts counts = {.waiting = 1};

  while (!is_late && counts.waiting + counts.in_flight + counts.asking > 0) {
    g_main_context_iteration (NULL, TRUE);
    /* Counting walks the queue: only when it may be empty. */
    if (tai_sync_is_idle (self->sync))
      counts = tai_test_terminal_count (self);
  }
  if (!is_late)
    g_source_remove (id);
  return !is_late;
}
