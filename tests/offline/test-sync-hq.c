/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A real terminal and a real headquarters over real mutual TLS: enrolment, pulls, and sales through a line that breaks. */
#include <signal.h>
#include <string.h>

#include "tai-chopper.h"
#include "tai-test-terminal.h"

static char *
catalogue_file (void)
{
  return g_test_build_filename (G_TEST_DIST, "data", "catalogue.json", NULL);
}

static TaiTestHq *
make_hq (void)
{
  g_autofree char *file = catalogue_file ();
  return tai_test_hq_new (file);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/* Every order of the terminal stands at HQ, each once; and no other. */
static void
assert_each_once (TaiTestTerminal *t, TaiTestHq *hq, guint n)
{
  g_autoptr (GPtrArray) ids = tai_test_hq_list_orders (hq);
  g_autoptr (GHashTable) at_hq = g_hash_table_new (g_str_hash, g_str_equal);
  TaiOrderFilter filter = {.limit = n + 1};
  g_autoptr (GPtrArray) orders = tai_visit_store_list_orders (TAI_VISIT_STORE (t->store), &filter, NULL);

  g_assert_cmpuint (ids->len, ==, n);
  g_assert_cmpuint (orders->len, ==, n);
  for (guint i = 0; i < ids->len; i++)
    g_assert_true (g_hash_table_add (at_hq, g_ptr_array_index (ids, i)));
  for (guint i = 0; i < orders->len; i++)
    g_assert_true (g_hash_table_contains (at_hq, ((TaiOrder *)g_ptr_array_index (orders, i))->id.text));
}

static TaiPulledStatus *
pull_status (TaiTestTerminal *t)
{
  TaiPullPorts ports = tai_test_terminal_pull_ports (t);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TaiPulledStatus *status;

  tai_pull_status_async (&ports, NULL, result_cb, &result);
  status = tai_pull_status_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  return status;
}

static void
test_pulls (void)
{
  g_autoptr (TaiTestHq) hq = make_hq ();
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, 2);
  TaiPullPorts ports = tai_test_terminal_pull_ports (t);
  g_autoptr (GAsyncResult) again = NULL, staff = NULL, lease = NULL, same_lease = NULL;
  g_autoptr (TaiPulledStatus) status = NULL;
  g_autoptr (GError) error = NULL;
  TaiUuid key = tai_entropy_uuid (t->entropy, t->clock);
  gboolean changed;

  g_assert_cmpstr (t->terminal->id, ==, "H017T2");
  g_assert_cmpstr (t->terminal->till, ==, "T2");
  g_assert_nonnull (tai_catalogue_find (tai_desk_get_catalogue (t->desk), "topup"));

  tai_pull_catalogue_async (&ports, NULL, result_cb, &again);
  g_assert_true (tai_pull_catalogue_finish (wait_for (&again), &changed, &error));
  g_assert_false (changed);

  tai_pull_staff_async (&ports, NULL, result_cb, &staff);
  g_assert_true (tai_pull_staff_finish (wait_for (&staff), &changed, &error));
  g_assert_true (changed);

  g_free (
      tai_test_hq_run (hq, "set", "tighten", "[{\"operation\":\"top_up\",\"rule\":\"not_offered\"}]", NULL));
  status = pull_status (t);
  g_assert_nonnull (status->blind_key);
  g_assert_cmpstr (status->terminal->id, ==, "H017T2");
  g_assert_cmpint (tai_desk_get_rule (t->desk, tai_operation_find ("top_up")), ==, TAI_OFFLINE_NOT_OFFERED);

  tai_pull_lease_async (&ports, TAI_RESOURCE_NUMBER, 10, &key, NULL, result_cb, &lease);
  g_assert_cmpint (tai_pull_lease_finish (wait_for (&lease), &error), ==, 10);
  /* The same key gives the same ten. */
  tai_pull_lease_async (&ports, TAI_RESOURCE_NUMBER, 10, &key, NULL, result_cb, &same_lease);
  g_assert_cmpint (tai_pull_lease_finish (wait_for (&same_lease), &error), ==, 10);
  {
    g_autoptr (GPtrArray) numbers = tai_visit_store_list_resources (
        TAI_VISIT_STORE (t->store), TAI_RESOURCE_NUMBER, TAI_RESOURCE_LEASED, NULL, 100, &error);
    g_assert_cmpuint (numbers->len, ==, 10);
  }
  g_assert_no_error (error);
}

static void
drain_all (TaiTestTerminal *t, TaiTestHq *hq, guint n)
{
  TaiOutboxCounts counts;
  g_autoptr (TaiPulledStatus) status = NULL;

  g_assert_true (tai_test_terminal_drain (t, 90 * 1000));
  counts = tai_test_terminal_count (t);
  g_assert_cmpint (counts.acknowledged, ==, 2 * n + 1); /* and that the till was opened */
  g_assert_cmpint (counts.quarantined, ==, 0);
  assert_each_once (t, hq, n);
  status = pull_status (t);
  g_assert_cmpint (status->high_water, ==, 2 * n + 1);
  g_assert_cmpuint (status->n_gaps, ==, 0);
}

static void
test_drain (gconstpointer data)
{
  TaiSyncSettings settings = {.batch = GPOINTER_TO_UINT (data)};
  g_autoptr (TaiTestHq) hq = make_hq ();
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, 8);

  for (guint i = 0; i < 50; i++)
    tai_test_terminal_sell (t);
  tai_test_terminal_start_sync (t, &settings);
  drain_all (t, hq, 50);
}

/* 300 sales while connections die after some random bytes, in the middle of a handshake, a request or an answer. */
static void
test_chopped (gconstpointer data)
{
  guint batch = GPOINTER_TO_UINT (data);
  TaiSyncSettings settings = {
      .batch = batch, .timeout_ms = 2000, .backoff_min_ms = 5, .backoff_max_ms = 100, .poll_ms = 200};
  g_autoptr (TaiTestHq) hq = make_hq ();
  g_autoptr (TaiChopper) chopper = tai_chopper_new (hq->port, 0, 20261122);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", tai_chopper_get_port (chopper));
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, url, 8);

  tai_chopper_set_mean (chopper, batch > 1 ? 60000 : 12000);
  for (guint i = 0; i < 300; i++)
    tai_test_terminal_sell (t);
  tai_test_terminal_start_sync (t, &settings);
  g_assert_true (tai_test_terminal_drain (t, 100 * 1000));
  g_test_message ("%u cuts, %" G_GINT64_FORMAT " requests, %" G_GINT64_FORMAT " asked",
                  tai_chopper_get_n_cuts (chopper), tai_sync_get_figures (t->sync)->n_requests,
                  tai_sync_get_figures (t->sync)->n_asked);
  g_assert_cmpuint (tai_chopper_get_n_cuts (chopper), >, 10);
  tai_chopper_set_mean (chopper, 0);
  tai_sync_stop (t->sync);
  g_clear_object (&t->line);
  {
    TaiCurlSettings line = {.base_url = hq->url,
                            .ca_file = t->ca_file,
                            .cert_file = t->cert_file,
                            .key_file = t->key_file,
                            .clock = t->clock};
    t->line = TAI_HEADQUARTERS (tai_curl_new (&line, NULL));
  }
  tai_test_terminal_start_sync (t, &settings);
  drain_all (t, hq, 300);
}

/* HQ dies in the middle (kill -9) and comes back. */
static void
test_hq_dies (void)
{
  TaiSyncSettings settings = {.backoff_min_ms = 20, .backoff_max_ms = 200, .poll_ms = 200};
  g_autoptr (TaiTestHq) hq = make_hq ();
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, 8);

  for (guint i = 0; i < 300; i++)
    tai_test_terminal_sell (t);
  tai_test_terminal_start_sync (t, &settings);
  for (guint round = 1; round <= 3; round++) {
    while (tai_sync_get_figures (t->sync)->n_acknowledged < 100 * round)
      g_main_context_iteration (NULL, TRUE);
    tai_test_hq_stop (hq, SIGKILL);
    tai_test_hq_start (hq);
  }
  drain_all (t, hq, 300);
}

/* HQ is restored from a backup in the middle of the day: the terminal sends again what that lacks. */
static void
test_hq_restored (void)
{
  TaiSyncSettings settings = {
      .backoff_min_ms = 20, .backoff_max_ms = 200, .poll_ms = 100, .idle_poll_ms = 200};
  g_autoptr (TaiTestHq) hq = make_hq ();
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, 8);
  g_autofree char *backup = g_build_filename (t->folder, "hq.backup", NULL);
  const char *restore[] = {g_getenv ("TAI_GUITAI_HQ"), "restore", hq->folder, backup, NULL};
  g_autoptr (GError) error = NULL;
  gint64 n_before;
  int status;

  for (guint i = 0; i < 20; i++)
    tai_test_terminal_sell (t);
  tai_test_terminal_start_sync (t, &settings);
  g_assert_true (tai_test_terminal_drain (t, 30 * 1000));
  g_free (tai_test_hq_run (hq, "backup", backup, NULL));
  for (guint i = 0; i < 20; i++)
    tai_test_terminal_sell (t);
  tai_sync_poke (t->sync);
  g_assert_true (tai_test_terminal_drain (t, 30 * 1000));
  n_before = tai_sync_get_figures (t->sync)->n_acknowledged;
  g_assert_cmpint (n_before, ==, 81);
  tai_test_hq_stop (hq, SIGTERM);
  g_assert_true (g_spawn_sync (NULL, (char **)restore, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                               &status, &error));
  g_assert_cmpint (status, ==, 0);
  tai_test_hq_start (hq);
  while (tai_sync_get_figures (t->sync)->n_acknowledged < n_before + 40) /* without a new sale */
    g_main_context_iteration (NULL, TRUE);
  drain_all (t, hq, 40);
}

static void
test_wrong_code (void)
{
  g_autoptr (TaiTestHq) hq = make_hq ();
  g_autofree char *code = tai_test_hq_make_code (hq);
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, 1);
  TaiEnrolSettings settings = {.base_url = hq->url, .code = code, .clock = t->clock};
  g_autoptr (GAsyncResult) used = NULL, other = NULL;
  g_autoptr (GError) error = NULL;

  code[strlen (code) - 1] = code[strlen (code) - 1] == '0' ? '1' : '0';
  tai_enrol_async (&settings, NULL, result_cb, &other);
  g_assert_null (tai_enrol_finish (wait_for (&other), &error));
  g_assert_nonnull (strstr (error->message, "was not sent"));
  g_clear_error (&error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("TAI_GUITAI_HQ") == NULL) {
    g_test_message ("TAI_GUITAI_HQ must name the server");
    return 1;
  }
  g_test_add_func ("/sync-hq/pulls", test_pulls);
  g_test_add_func ("/sync-hq/wrong-code", test_wrong_code);
  g_test_add_data_func ("/sync-hq/drain", GUINT_TO_POINTER (1), test_drain);
  g_test_add_data_func ("/sync-hq/drain-batches", GUINT_TO_POINTER (50), test_drain);
  g_test_add_data_func ("/sync-hq/chopped", GUINT_TO_POINTER (1), test_chopped);
  g_test_add_data_func ("/sync-hq/chopped-batches", GUINT_TO_POINTER (20), test_chopped);
  g_test_add_func ("/sync-hq/hq-dies", test_hq_dies);
  g_test_add_func ("/sync-hq/hq-restored", test_hq_restored);
  return g_test_run ();
}
