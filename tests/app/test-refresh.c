/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal that keeps itself fresh, as a window has it: no command, no loop inside another, a real headquarters over TLS. */
#include "tai-terminal-host.h"

#include <signal.h>

#include "tai-enrol.h"
#include "tai-enrolment-file.h"
#include "tai-offline-error.h"
#include "tai-system-clock.h"
#include "tai-test-hq.h"

typedef struct {
  TaiTestHq *hq;
  char *path;
  TaiStateFolder *folder;
  TaiTerminalHost *host;
  guint n_told;
  TaiHostPulled told;
} Fixture;

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

static GPtrArray *
enrol (Fixture *f)
{
  g_autoptr (TaiSystemClock) clock = tai_system_clock_new ();
  g_autofree char *code = tai_test_hq_make_code (f->hq);
  TaiEnrolSettings settings = {.base_url = f->hq->url, .code = code, .clock = TAI_CLOCK (clock)};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TaiEnrolment) enrolment = NULL;
  g_autoptr (GError) error = NULL;

  tai_enrol_async (&settings, NULL, result_cb, &result);
  wait_for (&result);
  enrolment = tai_enrol_finish (result, &error);
  g_assert_no_error (error);
  g_assert_true (tai_enrolment_file_save (f->folder, f->hq->url, enrolment, &error));
  return g_ptr_array_ref (enrolment->staff);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *catalogue = g_test_build_filename (G_TEST_DIST, "data", "catalogue.json", NULL);
  g_autoptr (GPtrArray) staff = NULL;
  g_autoptr (GError) error = NULL;

  f->hq = tai_test_hq_new (catalogue);
  f->path = g_dir_make_tmp ("tai-refresh-XXXXXX", NULL);
  f->folder = tai_state_folder_open (f->path, TAI_STATE_FOLDER_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (tai_state_folder_lock (f->folder, &error));
  staff = enrol (f);
  f->host = tai_terminal_host_open (f->folder, TAI_HOST_OWN, &error);
  g_assert_no_error (error);
  g_assert_true (
      tai_visit_store_replace_staff (TAI_VISIT_STORE (tai_terminal_host_get_store (f->host)), staff, &error));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", f->path);

  g_clear_pointer (&f->host, tai_terminal_host_free);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* who was asked for something that is gone hears of it */
  tai_state_folder_free (f->folder);
  tai_test_hq_free (f->hq);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (f->path);
}

static gboolean
refresh (Fixture *f, TaiHostPulled *pulled, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tai_terminal_host_refresh_async (f->host, result_cb, &result);
  wait_for (&result);
  return tai_terminal_host_refresh_finish (result, pulled, error);
}

static void
load (Fixture *f, const char *what, const char *text)
{
  g_autofree char *path = g_build_filename (f->path, "load.json", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_free (tai_test_hq_run (f->hq, what, "load", path, NULL));
}

/* One service for @yuan a month: told apart by its price. */
static void
load_catalogue (Fixture *f, guint yuan)
{
  g_autofree char *text = g_strdup_printf (
      "[{\"id\":\"a\",\"name\":\"n\",\"x-guitai\":{\"kind\":\"service\"},\"productOfferingPrice\":[{\"id\":\"p\","
      "\"name\":\"p\",\"priceType\":\"recurring\",\"recurringChargePeriodType\":\"month\","
      "\"recurringChargePeriodLength\":1,\"price\":{\"unit\":\"CNY\",\"value\":%u.00}}]}]",
      yuan);

  load (f, "catalogue", text);
}

static gint64
price_at_desk (Fixture *f)
{
  TaiCatalogue *catalogue = tai_desk_get_catalogue (tai_terminal_host_get_desk (f->host));
  const TaiOffering *offering = catalogue != NULL ? tai_catalogue_find (catalogue, "a") : NULL;

  return offering != NULL ? ((const TaiPrice *)g_ptr_array_index (offering->prices, 0))->amount.minor : 0;
}

static void
test_chain (Fixture *f, gconstpointer data)
{
  TaiHostPulled pulled;
  g_autoptr (GError) error = NULL;

  load_catalogue (f, 1);
  g_assert_true (refresh (f, &pulled, &error));
  g_assert_no_error (error);
  g_assert_true (pulled.catalogue_changed);
  g_assert_true (pulled.staff_changed);
  g_assert_false (pulled.clerk_gone);
  g_assert_cmpuint (pulled.numbers, ==, 20);
  g_assert_cmpuint (pulled.sims, ==, 20);
  g_assert_cmpint (price_at_desk (f), ==, 100);
  g_assert_true (refresh (f, &pulled, &error)); /* nothing is new */
  g_assert_false (pulled.catalogue_changed || pulled.staff_changed || pulled.numbers > 0 || pulled.sims > 0);
}

static void
test_one_at_a_time (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  TaiHostPulled pulled;

  tai_terminal_host_refresh_async (f->host, result_cb, &first);
  tai_terminal_host_refresh_async (f->host, result_cb, &second);
  wait_for (&second);
  g_assert_false (tai_terminal_host_refresh_finish (second, &pulled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  wait_for (&first);
  g_assert_true (tai_terminal_host_refresh_finish (first, &pulled, &error));
}

/* Held twice: a visit, and another that was recalled meanwhile. */
static void
test_held (Fixture *f, gconstpointer data)
{
  TaiHostPulled pulled;

  load_catalogue (f, 1);
  g_assert_true (refresh (f, &pulled, NULL));
  tai_terminal_host_hold_catalogue (f->host);
  tai_terminal_host_hold_catalogue (f->host);
  load_catalogue (f, 2);
  g_assert_true (refresh (f, &pulled, NULL));
  g_assert_true (pulled.catalogue_changed);
  g_assert_cmpint (price_at_desk (f), ==, 100);
  g_assert_true (tai_terminal_host_has_next_catalogue (f->host));
  load_catalogue (f, 3); /* the newest counts */
  g_assert_true (refresh (f, &pulled, NULL));
  g_assert_false (tai_terminal_host_release_catalogue (f->host));
  g_assert_cmpint (price_at_desk (f), ==, 100);
  g_assert_true (tai_terminal_host_release_catalogue (f->host));
  g_assert_cmpint (price_at_desk (f), ==, 300);
  g_assert_false (tai_terminal_host_has_next_catalogue (f->host));
  tai_terminal_host_hold_catalogue (f->host);
  g_assert_false (tai_terminal_host_release_catalogue (f->host)); /* nothing waited */
}

static void
test_clerk_gone (Fixture *f, gconstpointer data)
{
  TaiHostPulled pulled;
  g_autoptr (GError) error = NULL;

  g_assert_true (tai_desk_sign_in (tai_terminal_host_get_desk (f->host), "1042", "273849", &error));
  g_assert_true (refresh (f, &pulled, &error));
  g_assert_false (pulled.clerk_gone);
  load (
      f, "staff",
      "[{\"number\":\"1042\",\"name\":\"Test\",\"role\":\"supervisor\",\"pin\":\"273849\",\"disabled\":true}]");
  g_assert_true (refresh (f, &pulled, &error));
  g_assert_true (pulled.clerk_gone);
}

static void
test_dead_line (Fixture *f, gconstpointer data)
{
  TaiHostPulled pulled;
  g_autoptr (GError) error = NULL;

  tai_test_hq_stop (f->hq, SIGTERM);
  g_assert_false (refresh (f, &pulled, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE);
  g_clear_error (&error);
  tai_test_hq_start (f->hq);
  g_assert_true (refresh (f, &pulled, &error));
  g_assert_no_error (error);
}

/* The host goes while the chain is at each of its steps: nobody touches it afterwards (ASan looks). */
static void
test_host_goes (Fixture *f, gconstpointer data)
{
  for (guint turns = 0; turns < 12; turns++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    TaiHostPulled pulled;

    if (f->host == NULL)
      f->host = tai_terminal_host_open (f->folder, TAI_HOST_OWN, &error);
    g_assert_no_error (error);
    load_catalogue (f, turns + 1);
    tai_terminal_host_refresh_async (f->host, result_cb, &result);
    for (guint i = 0; i < 3 * turns && result == NULL; i++)
      g_main_context_iteration (NULL, TRUE);
    g_clear_pointer (&f->host, tai_terminal_host_free);
    wait_for (&result); /* the request under way keeps store and line until its answer is here */
    while (g_main_context_iteration (NULL, FALSE))
      ;
    if (!tai_terminal_host_refresh_finish (result, &pulled, &error))
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
}

static void
told_cb (const TaiHostPulled *pulled, const GError *error, gpointer data)
{
  Fixture *f = data;

  f->n_told++;
  f->told = *pulled;
}

static gboolean
is_told (gpointer data)
{
  return ((Fixture *)data)->n_told > 0;
}

/* By itself: at the first contact, and when HQ comes back. */
static void
test_by_itself (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  load_catalogue (f, 1);
  g_assert_true (tai_terminal_host_start_line (f->host, &error));
  tai_terminal_host_keep_fresh (f->host, told_cb, f);
  g_assert_true (tai_terminal_host_run_until (f->host, is_told, f, 20 * 1000));
  g_assert_cmpint (price_at_desk (f), ==, 100);
  tai_test_hq_stop (f->hq, SIGTERM);
  load_catalogue (f, 2);
  tai_sync_poll (tai_terminal_host_get_sync (f->host)); /* the engine finds the line dead */
  while (tai_sync_get_figures (tai_terminal_host_get_sync (f->host))->on_line)
    g_main_context_iteration (NULL, TRUE);
  f->n_told = 0;
  tai_test_hq_start (f->hq);
  tai_sync_poke (tai_terminal_host_get_sync (f->host)); /* not in a minute: an idle engine is in no hurry */
  tai_sync_poll (tai_terminal_host_get_sync (f->host));
  g_assert_true (tai_terminal_host_run_until (f->host, is_told, f, 30 * 1000));
  g_assert_true (f->told.catalogue_changed);
  g_assert_cmpint (price_at_desk (f), ==, 200);
}

#define ADD(name, func) g_test_add ("/refresh/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("chain", test_chain);
  ADD ("one-at-a-time", test_one_at_a_time);
  ADD ("held", test_held);
  ADD ("clerk-gone", test_clerk_gone);
  ADD ("dead-line", test_dead_line);
  ADD ("host-goes", test_host_goes);
  ADD ("by-itself", test_by_itself);
  return g_test_run ();
}
