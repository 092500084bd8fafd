/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal and its headquarters: when to ask for what. What an answer means is offline/sync's. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-terminal-host-private.h"

#include "tai-offline-error.h"

/* Stock below LOW is filled up to FULL. */
#define STOCK_LOW     10
#define STOCK_FULL    20
#define PULL_LIMIT_MS 30000
#define PULL_WAIT_MS  (10 * 60 * 1000)

/* A pull that is under way, waited for by a loop. */
typedef struct {
  GAsyncResult *result; /* (owned) (nullable) */
} Wait;

static void
wait_clear (Wait *self)
{
  g_clear_object (&self->result);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wait, wait_clear)

static void
arrived_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Wait *)data)->result = g_object_ref (result);
}

static gboolean
has_arrived (gpointer data)
{
  return ((Wait *)data)->result != NULL;
}

/* The budget of a whole pull is far above its requests' own: it ends by theirs. */
static void
wait_for (TaiTerminalHost *self, Wait *wait)
{
  gboolean arrived = tai_terminal_host_run_until (self, has_arrived, wait, PULL_WAIT_MS);

  if (!arrived) {
    g_cancellable_cancel (self->cancellable);
    tai_terminal_host_run_until (self, has_arrived, wait, PULL_WAIT_MS);
    g_cancellable_reset (self->cancellable);
  }
}

/* Status -------------------------------------------------------------------------------------------------------------------- */

gboolean
tai_terminal_host_take_status (TaiTerminalHost *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TaiPulledStatus) status = tai_pull_status_finish (result, error);

  if (status == NULL)
    return FALSE;
  if (status->blind_key != NULL) {
    tai_box_sealer_take_blind_key (self->sealer, g_steal_pointer (&status->blind_key));
    self->knows_blind_key = TRUE;
  }
  return TRUE;
}

static gboolean
pull_status (TaiTerminalHost *self, gint64 timeout_ms, GError **error)
{
  TaiPullPorts ports = tai_terminal_host_get_pull_ports (self, timeout_ms);
  g_auto (Wait) wait = {NULL};

  tai_pull_status_async (&ports, self->cancellable, arrived_cb, &wait);
  wait_for (self, &wait);
  return tai_terminal_host_take_status (self, wait.result, error);
}

gboolean
tai_terminal_host_look (TaiTerminalHost *self, gint64 timeout_ms)
{
  TaiSyncState state = tai_sync_get_figures (self->sync)->state;
  g_autoptr (GError) error = NULL;

  /* The engine knows that the line is dead, and tries it by itself. */
  if (state == TAI_SYNC_BACK_OFF || state == TAI_SYNC_PAUSED)
    return FALSE;
  if (!pull_status (self, timeout_ms, &error))
    g_message ("headquarters: %s", error->message);
  tai_desk_set_on_line (self->desk, error == NULL);
  return error == NULL;
}

/* Keys that live in memory only are lost with the process, and cannot be fetched while the line is dead. */
static void
status_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPulledStatus) ended = NULL;
  TaiTerminalHost *self = data;

  if (g_task_get_cancellable (G_TASK (result)) != NULL &&
      g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)))) {
    ended = tai_pull_status_finish (result, NULL);
    return; /* the host may be gone */
  }
  self->asks_status = FALSE;
  if (!tai_terminal_host_take_status (self, result, &error))
    g_message ("headquarters' status: %s", error->message);
}

static void
sync_changed_cb (TaiSync *sync, gpointer data)
{
  TaiTerminalHost *self = data;
  TaiPullPorts ports = tai_terminal_host_get_pull_ports (self, PULL_LIMIT_MS);

  if (self->knows_blind_key || self->asks_status || !tai_sync_get_figures (sync)->on_line)
    return;
  self->asks_status = TRUE;
  tai_pull_status_async (&ports, self->cancellable, status_cb, self);
}

gboolean
tai_terminal_host_start_line (TaiTerminalHost *self, GError **error)
{
  if (self->line_started)
    return TRUE;
  g_signal_connect (self->sync, "changed", G_CALLBACK (sync_changed_cb), self);
  self->line_started = tai_sync_start (self->sync, error);
  return self->line_started;
}

static gboolean
is_idle (gpointer data)
{
  const TaiSyncFigures *figures = tai_sync_get_figures (data);

  return tai_sync_is_idle (data) || figures->state == TAI_SYNC_BACK_OFF || figures->state == TAI_SYNC_PAUSED;
}

gboolean
tai_terminal_host_wait_sent (TaiTerminalHost *self, gint64 timeout_ms)
{
  return tai_terminal_host_run_until (self, is_idle, self->sync, timeout_ms) && tai_sync_is_idle (self->sync);
}

/* Catalogue, staff, stock ---------------------------------------------------------------------------------------------------- */

static gboolean
pull_catalogue (TaiTerminalHost *self, gboolean *changed, GError **error)
{
  TaiPullPorts ports = tai_terminal_host_get_pull_ports (self, PULL_LIMIT_MS);
  g_auto (Wait) wait = {NULL};

  tai_pull_catalogue_async (&ports, self->cancellable, arrived_cb, &wait);
  wait_for (self, &wait);
  return tai_pull_catalogue_finish (wait.result, changed, error);
}

static gboolean
pull_staff (TaiTerminalHost *self, gboolean *changed, GError **error)
{
  TaiPullPorts ports = tai_terminal_host_get_pull_ports (self, PULL_LIMIT_MS);
  g_auto (Wait) wait = {NULL};

  tai_pull_staff_async (&ports, self->cancellable, arrived_cb, &wait);
  wait_for (self, &wait);
  return tai_pull_staff_finish (wait.result, changed, error);
}

static gboolean
pull_papers (TaiTerminalHost *self, gboolean *changed, GError **error)
{
  TaiPullPorts ports = tai_terminal_host_get_pull_ports (self, PULL_LIMIT_MS);
  g_auto (Wait) wait = {NULL};

  tai_pull_papers_async (&ports, self->cancellable, arrived_cb, &wait);
  wait_for (self, &wait);
  return tai_pull_papers_finish (wait.result, changed, error);
}

const char *
tai_terminal_host_lease_kind (guint which)
{
  static const char *const kinds[TAI_HOST_LEASES] = {TAI_RESOURCE_NUMBER, TAI_RESOURCE_SIM,
                                                     TAI_RESOURCE_COUPON};

  return kinds[which];
}

gboolean
tai_terminal_host_begin_lease (TaiTerminalHost *self, guint which, GCancellable *cancellable,
                               GAsyncReadyCallback done, gpointer data, gboolean *needed, GError **error)
{
  const char *kind = tai_terminal_host_lease_kind (which);
  TaiPullPorts ports = tai_terminal_host_get_pull_ports (self, PULL_LIMIT_MS);
  TaiHostLease *lease = &self->leases[which];
  g_autoptr (GPtrArray) free_ones = tai_visit_store_list_resources (
      TAI_VISIT_STORE (self->store), kind, TAI_RESOURCE_LEASED, NULL, STOCK_FULL, error);

  if (free_ones == NULL)
    return FALSE;
  *needed = free_ones->len < STOCK_LOW;
  if (!*needed)
    return TRUE;
  if (lease->key.text[0] == '\0')
    *lease = (TaiHostLease){tai_entropy_uuid (self->entropy, TAI_CLOCK (self->clock)),
                            STOCK_FULL - free_ones->len};
  tai_pull_lease_async (&ports, kind, lease->count, &lease->key, cancellable, done, data);
  return TRUE;
}

gboolean
tai_terminal_host_finish_lease (TaiTerminalHost *self, guint which, GAsyncResult *result, guint *came,
                                GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gint n = tai_pull_lease_finish (result, &local_error);

  /* only an answer that may have been lost is asked for again */
  if (n >= 0 || g_error_matches (local_error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_REFUSED))
    self->leases[which].key.text[0] = '\0';
  if (n >= 0)
    *came = (guint)n;
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return n >= 0;
}

static gboolean
fill_stock (TaiTerminalHost *self, guint which, guint *came, GError **error)
{
  g_auto (Wait) wait = {NULL};
  gboolean needed;

  if (!tai_terminal_host_begin_lease (self, which, self->cancellable, arrived_cb, &wait, &needed, error))
    return FALSE;
  if (!needed)
    return TRUE;
  wait_for (self, &wait);
  return tai_terminal_host_finish_lease (self, which, wait.result, came, error);
}

gboolean
tai_terminal_host_pull (TaiTerminalHost *self, TaiHostPull what, TaiHostPulled *pulled, GError **error)
{
  *pulled = (TaiHostPulled){0};
  return (!(what & TAI_PULL_STATUS) || pull_status (self, PULL_LIMIT_MS, error)) &&
         (!(what & TAI_PULL_CATALOGUE) || pull_catalogue (self, &pulled->catalogue_changed, error)) &&
         (!(what & TAI_PULL_STAFF) || pull_staff (self, &pulled->staff_changed, error)) &&
         (!(what & TAI_PULL_PAPERS) || pull_papers (self, &pulled->papers_changed, error)) &&
         (!(what & TAI_PULL_STOCK) ||
          (fill_stock (self, 0, &pulled->numbers, error) && fill_stock (self, 1, &pulled->sims, error) &&
           fill_stock (self, 2, &pulled->coupons, error)));
}

void
tai_terminal_host_refill (TaiTerminalHost *self)
{
  g_autoptr (GError) error = NULL;
  TaiHostPulled pulled;

  if (tai_desk_is_on_line (self->desk) && !tai_terminal_host_pull (self, TAI_PULL_STOCK, &pulled, &error))
    g_message ("stock: %s", error->message);
}

/* Looks ------------------------------------------------------------------------------------------------------------------ */

/* What a clerk does when a look has no answer is another thing than when messages wait. Takes @found (nullable). */
static void
pass_on (GError *found, GError **error)
{
  if (found == NULL)
    return;
  if (!g_error_matches (found, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE)) {
    g_propagate_error (error, found);
    return;
  }
  g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_LINE_UNSEEN, found->message);
  g_error_free (found);
}

TaiLineView *
tai_terminal_host_look_up (TaiTerminalHost *self, const char *msisdn, GError **error)
{
  g_auto (Wait) wait = {NULL};
  GError *local_error = NULL;
  TaiLineView *view;

  tai_directory_look_up_line_async (self->directory, msisdn, self->cancellable, arrived_cb, &wait);
  wait_for (self, &wait);
  view = tai_directory_look_up_line_finish (self->directory, wait.result, &local_error);
  pass_on (local_error, error);
  return view;
}

void
tai_terminal_host_look_up_groups (TaiTerminalHost *self, TaiVisit *visit)
{
  g_auto (Wait) wait = {NULL};
  g_autofree char *customer = tai_desk_make_customer_ref (self->desk, visit);
  TaiCatalogue *catalogue = tai_desk_get_catalogue (self->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiLineDetails) details = NULL;

  if (customer == NULL || catalogue == NULL || !tai_catalogue_has_groups (catalogue))
    return;
  tai_directory_look_up_details_async (self->directory, NULL, TAI_LINE_PART_GROUPS, customer,
                                       self->cancellable, arrived_cb, &wait);
  wait_for (self, &wait);
  details = tai_directory_look_up_details_finish (self->directory, wait.result, &error);
  if (details != NULL) {
    g_ptr_array_add (details->groups, NULL);
    tai_desk_set_groups (self->desk, visit, customer, (const char *const *)details->groups->pdata, &error);
  }
  if (error != NULL)
    g_message ("groups: %s", error->message);
}

TaiTillReport *
tai_terminal_host_look_up_report (TaiTerminalHost *self, const TaiReportQuery *query, GError **error)
{
  g_auto (Wait) wait = {NULL};
  GError *local_error = NULL;
  TaiTillReport *report;

  tai_directory_look_up_report_async (self->directory, query, self->cancellable, arrived_cb, &wait);
  wait_for (self, &wait);
  report = tai_directory_look_up_report_finish (self->directory, wait.result, &local_error);
  pass_on (local_error, error);
  return report;
}
