/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeping a terminal fresh by itself: a chain of pulls in which each answer starts the next request, so that nobody waits and
 * no loop runs inside another. On the host's main context. A chain that outlives its host is cancelled and touches nothing.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-terminal-host-private.h"

#include "tai-offline-error.h"

#define PULL_LIMIT_MS 30000
/* All terminals of a province hear at once that HQ is back. */
#define BACK_SPREAD_MS 3000
/* Of the time between two, so much more or less. */
#define SPREAD_PERCENT 20

/* One chain; the task's data. */
typedef struct {
  TaiTerminalHost *host; /* gone when the task is cancelled */
  TaiHostPulled pulled;
  GError *error;      /* (owned) (nullable) the first */
  gboolean line_dead; /* nothing more is asked */
  guint step;
} Refresh;

static void
refresh_free (gpointer data)
{
  Refresh *self = data;

  g_clear_error (&self->error);
  g_free (self);
}

static void next_step (GTask *task);

static void
fail (Refresh *self, GError *error)
{
  self->line_dead |= g_error_matches (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE);
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

/* Steps: each begins one pull, or has nothing to do (FALSE) ------------------------------------------------------------------ */

static void step_cb (GObject *source, GAsyncResult *result, gpointer data);

static gboolean
begin_lease (Refresh *self, GTask *task, guint which)
{
  GError *error = NULL;
  gboolean needed = FALSE;

  if (!tai_terminal_host_begin_lease (self->host, which, self->host->refresh_cancellable, step_cb, task,
                                      &needed, &error))
    fail (self, error);
  return needed;
}

#define N_PULLS 4

static gboolean
begin (Refresh *self, GTask *task)
{
  TaiPullPorts ports = tai_terminal_host_get_pull_ports (self->host, PULL_LIMIT_MS);
  GCancellable *cancellable = self->host->refresh_cancellable;

  switch (self->step) {
  case 0:
    tai_pull_status_async (&ports, cancellable, step_cb, task);
    return TRUE;
  case 1:
    tai_pull_catalogue_async (&ports, cancellable, step_cb, task);
    return TRUE;
  case 2:
    tai_pull_staff_async (&ports, cancellable, step_cb, task);
    return TRUE;
  case 3:
    tai_pull_papers_async (&ports, cancellable, step_cb, task);
    return TRUE;
  default:
    return begin_lease (self, task, self->step - N_PULLS);
  }
}

#define N_STEPS (N_PULLS + TAI_HOST_LEASES)

/* May who is signed in still work? */
static gboolean
is_clerk_gone (TaiTerminalHost *host)
{
  const TaiStaff *clerk = tai_desk_get_staff (host->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStaff) now = NULL;
  gint64 last_us;
  guint failures;

  if (clerk == NULL)
    return FALSE;
  now =
      tai_visit_store_find_staff (TAI_VISIT_STORE (host->store), clerk->number, &failures, &last_us, &error);
  return error == NULL && (now == NULL || now->disabled);
}

static gboolean
finish (Refresh *self, GAsyncResult *result, GError **error)
{
  TaiHostPulled *pulled = &self->pulled;
  guint *const came[TAI_HOST_LEASES] = {&pulled->numbers, &pulled->sims, &pulled->coupons};

  switch (self->step) {
  case 0:
    return tai_terminal_host_take_status (self->host, result, error);
  case 1:
    return tai_pull_catalogue_finish (result, &pulled->catalogue_changed, error);
  case 2:
    if (!tai_pull_staff_finish (result, &pulled->staff_changed, error))
      return FALSE;
    pulled->clerk_gone = pulled->staff_changed && is_clerk_gone (self->host);
    return TRUE;
  case 3:
    return tai_pull_papers_finish (result, &pulled->papers_changed, error);
  default:
    return tai_terminal_host_finish_lease (self->host, self->step - N_PULLS, result,
                                           came[self->step - N_PULLS], error);
  }
}

/* The chain ------------------------------------------------------------------------------------------------------------------ */

static void
step_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Refresh *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task)) {
    g_object_unref (task); /* the host is gone; the pull's result goes with it */
    return;
  }
  if (!finish (self, result, &error))
    fail (self, error);
  self->step++;
  next_step (task);
}

/* Takes the reference of @task when nothing is left to do. */
static void
next_step (GTask *task)
{
  Refresh *self = g_task_get_task_data (task);

  while (self->step < N_STEPS && !self->line_dead) {
    if (begin (self, task))
      return;
    self->step++;
  }
  self->host->refreshes = FALSE;
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

void
tai_terminal_host_refresh_async (TaiTerminalHost *self, GAsyncReadyCallback done, gpointer data)
{
  GTask *task = g_task_new (NULL, self->refresh_cancellable, done, data);
  Refresh *refresh = g_new0 (Refresh, 1);

  g_task_set_source_tag (task, tai_terminal_host_refresh_async);
  g_task_set_check_cancellable (task, FALSE); /* what is finished is finished */
  g_task_set_task_data (task, refresh, refresh_free);
  refresh->host = self;
  if (self->refreshes) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "a refresh is under way");
    g_object_unref (task);
    return;
  }
  self->refreshes = TRUE;
  next_step (task);
}

gboolean
tai_terminal_host_refresh_finish (GAsyncResult *result, TaiHostPulled *pulled, GError **error)
{
  Refresh *self;

  g_return_val_if_fail (g_async_result_is_tagged (result, tai_terminal_host_refresh_async), FALSE);
  self = g_task_get_task_data (G_TASK (result));
  *pulled = self->pulled;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  return self->error == NULL;
}

/* By itself ------------------------------------------------------------------------------------------------------------------- */

static void begin_cb (gpointer data);

/* Between 0 and @spread_ms. */
static gint64
roll (TaiTerminalHost *self, gint64 spread_ms)
{
  guint8 bytes[4];
  guint32 number;

  tai_entropy_fill (self->entropy, bytes, sizeof bytes);
  number = (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
  return (gint64)(number % (guint64)(spread_ms + 1));
}

static gint64
get_period_ms (TaiTerminalHost *self)
{
  const char *text = g_getenv ("GUITAI_TEST_REFRESH");
  gint64 seconds;

  if (text != NULL && g_strcmp0 (self->enrolment->terminal->klass, "production") != 0 &&
      g_ascii_string_to_signed (text, 10, 1, 3600, &seconds, NULL))
    return seconds * 1000;
  return TAI_HOST_REFRESH_MINUTES * 60 * 1000;
}

static void
begin_after (TaiTerminalHost *self, gint64 delay_ms)
{
  if (self->refresh_timer != 0)
    tai_clock_cancel (TAI_CLOCK (self->clock), self->refresh_timer);
  self->refresh_timer = tai_clock_after (TAI_CLOCK (self->clock), delay_ms, begin_cb, self);
}

static void
plan_next (TaiTerminalHost *self)
{
  gint64 period_ms = get_period_ms (self), spread_ms = period_ms * SPREAD_PERCENT / 100;

  begin_after (self, period_ms - spread_ms + roll (self, 2 * spread_ms));
}

static void
fresh_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  TaiTerminalHost *self = data;
  g_autoptr (GError) error = NULL;
  TaiHostPulled pulled;

  if (!tai_terminal_host_refresh_finish (result, &pulled, &error)) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return; /* the host is gone */
    g_message ("refresh: %s", error->message);
  }
  if (self->fresh_func != NULL)
    self->fresh_func (&pulled, error, self->fresh_data);
}

/* While the line is dead the engine tries it by itself, and tells. */
static void
begin_cb (gpointer data)
{
  TaiTerminalHost *self = data;
  TaiSyncState state = tai_sync_get_figures (self->sync)->state;

  self->refresh_timer = 0;
  plan_next (self);
  if (state != TAI_SYNC_BACK_OFF && state != TAI_SYNC_PAUSED && !self->refreshes)
    tai_terminal_host_refresh_async (self, fresh_cb, self);
}

static void
line_changed_cb (TaiSync *sync, gpointer data)
{
  TaiTerminalHost *self = data;
  gboolean on_line = tai_sync_get_figures (sync)->on_line;

  if (on_line && !self->was_on_line)
    begin_after (self, roll (self, MIN (BACK_SPREAD_MS, get_period_ms (self))));
  self->was_on_line = on_line;
}

void
tai_terminal_host_keep_fresh (TaiTerminalHost *self, TaiHostFreshFunc told, gpointer data)
{
  g_return_if_fail (self->sync != NULL && self->refresh_timer == 0);
  self->fresh_func = told;
  self->fresh_data = data;
  self->was_on_line = tai_sync_get_figures (self->sync)->on_line;
  g_signal_connect (self->sync, "changed", G_CALLBACK (line_changed_cb), self);
  plan_next (self);
}
