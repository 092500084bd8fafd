/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print queue's way to paper, one job at a time, without a loop that waits. Thread: the terminal's worker. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-print-runner.h"

#include <string.h>

#include "tai-printer-choice.h"
#include "tai-thread-executor.h"

#define N_ROLES  2
#define WATCH_MS 500
static const char *const roles[N_ROLES] = {"receipt", "form"};

typedef struct {
  TaiPrintRunner *runner;
  TaiPrinterChoice *printers; /* (owned) */
  TaiPrintJob *job;           /* (owned) */
  guint role;
  TaiPrintResult result;
  char *detail; /* (owned) (nullable) */
} Paper;

struct _TaiPrintRunner {
  TaiPrintRunnerPorts ports; /* (owned refs) */
  TaiExecutor *worker;       /* (owned) the printers' thread */
  GCancellable *cancellable; /* (owned) */
  TaiLight lights[N_ROLES];
  TaiPrintReason faults[N_ROLES];
  gint64 fault_us[N_ROLES];
  gboolean is_told[N_ROLES]; /* the log knows of its trouble */
  gboolean rests[N_ROLES];   /* its printers took nothing: until the next run */
  gboolean is_printing, is_held, again, ended;
  guint retry_timer, watch_timer;
  gint trouble; /* atomic: TaiPrintReason of the paper that is under way, as its printer's thread tells it */
  guint role;   /* of that paper */
};

static void run_next (TaiPrintRunner *self);

static void
paper_free (Paper *paper)
{
  g_clear_pointer (&paper->printers, tai_printer_choice_free);
  g_clear_pointer (&paper->job, tai_print_job_free);
  g_free (paper->detail);
  g_free (paper);
}

/* Thread: the printers'. */
static void
paper_run (gpointer data)
{
  Paper *paper = data;

  paper->result =
      tai_printer_choice_print (paper->printers, paper->job, paper->runner->cancellable, &paper->detail);
}

static void
set_light (TaiPrintRunner *self, guint role, TaiLight light)
{
  if (self->lights[role] == light)
    return;
  self->lights[role] = light;
  if (!self->ended) /* who is told then has let go of us already */
    self->ports.changed (self->ports.data);
}

static void
note_fault (TaiPrintRunner *self, guint role, TaiPrintReason reason)
{
  self->faults[role] = reason;
  self->fault_us[role] = tai_clock_now (self->ports.clock);
}

static gboolean
mark (TaiPrintRunner *self, const TaiPrintJob *job, TaiPrintResult result)
{
  g_autoptr (GError) error = NULL;

  if (tai_print_queue_mark (self->ports.queue, &job->id, result.state, tai_printer_choice_get_reason (result),
                            tai_clock_now (self->ports.clock), &error))
    return TRUE;
  g_message ("print queue: %s",
             error->message); /* the job stays "sending", and is unknown at the next start */
  return FALSE;
}

static void
retry_cb (gpointer data)
{
  TaiPrintRunner *self = data;

  self->retry_timer = 0;
  tai_print_runner_run (self);
}

static void
retry_later (TaiPrintRunner *self)
{
  if (self->retry_timer == 0 && !self->ended)
    self->retry_timer = tai_clock_after (self->ports.clock,
                                         self->ports.retry_ms > 0 ? self->ports.retry_ms : TAI_PRINT_RETRY_MS,
                                         retry_cb, self);
}

/* Thread: the printers'. */
static void
trouble_cb (TaiPrintReason reason, gpointer data)
{
  g_atomic_int_set (&((TaiPrintRunner *)data)->trouble, (gint)reason);
}

static void watch_later (TaiPrintRunner *self);

/* A paper may lie in a printer's queue for a minute: what it waits for is told meanwhile. */
static void
watch_cb (gpointer data)
{
  TaiPrintRunner *self = data;
  TaiPrintReason trouble = (TaiPrintReason)g_atomic_int_get (&self->trouble);

  self->watch_timer = 0;
  if (trouble != TAI_PRINT_REASON_NONE &&
      (self->lights[self->role] != TAI_LIGHT_FAULT || self->faults[self->role] != trouble)) {
    note_fault (self, self->role, trouble);
    self->lights[self->role] = TAI_LIGHT_BUSY; /* so that another trouble is told */
  }
  set_light (self, self->role, trouble != TAI_PRINT_REASON_NONE ? TAI_LIGHT_FAULT : TAI_LIGHT_BUSY);
  watch_later (self);
}

static void
watch_later (TaiPrintRunner *self)
{
  self->watch_timer = tai_clock_after (self->ports.clock, WATCH_MS, watch_cb, self);
}

static void
paper_done (gpointer data)
{
  Paper *paper = data;
  TaiPrintRunner *self = paper->runner;
  gboolean good = mark (self, paper->job, paper->result) && paper->result.state == TAI_PRINT_PRINTED;
  guint role = paper->role;

  if (paper->detail != NULL && !self->is_told[role])
    g_message ("print job %s: %s", paper->job->id.text, paper->detail);
  self->is_told[role] = !good; /* retries are many */
  if (!good) {                 /* the paper itself, or what comes after it, later */
    note_fault (self, role, paper->result.reason);
    self->rests[role] = TRUE;
    retry_later (self);
  }
  paper_free (paper);
  tai_clock_cancel (self->ports.clock, self->watch_timer);
  self->watch_timer = 0;
  self->is_printing = FALSE;
  self->lights[role] = TAI_LIGHT_BUSY; /* so that what comes now is told */
  set_light (self, role, good ? TAI_LIGHT_READY : TAI_LIGHT_FAULT);
  if (self->again)
    memset (self->rests, 0, sizeof self->rests);
  if (!self->ended)
    run_next (self);
}

/* TRUE: a job is out. */
static gboolean
print_one (TaiPrintRunner *self, guint role)
{
  g_auto (GStrv) addresses = self->ports.find_printers (roles[role], self->ports.data);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPrinterChoice) printers = NULL;
  TaiPrintJob *job;
  Paper *paper;

  if (addresses == NULL) {
    set_light (self, role, TAI_LIGHT_NONE);
    return FALSE;
  }
  printers = tai_printer_choice_new ((const char *const *)addresses, self->ports.pool, &error);
  job = printers != NULL ? tai_print_queue_next (self->ports.queue, roles[role], &error) : NULL;
  if (error != NULL) {
    g_message ("%s printer: %s", roles[role], error->message);
    note_fault (self, role, TAI_PRINT_REASON_NOT_REACHED);
    set_light (self, role, TAI_LIGHT_FAULT);
  }
  if (job == NULL)
    return FALSE;
  paper = g_new0 (Paper, 1);
  *paper = (Paper){.runner = self, .printers = g_steal_pointer (&printers), .job = job, .role = role};
  self->is_printing = TRUE;
  self->role = role;
  g_atomic_int_set (&self->trouble, TAI_PRINT_REASON_NONE);
  tai_printer_choice_set_watch (paper->printers, trouble_cb, self);
  set_light (self, role, TAI_LIGHT_BUSY);
  watch_later (self);
  tai_executor_submit (self->worker, paper_run, paper_done, paper);
  return TRUE;
}

static void
run_next (TaiPrintRunner *self)
{
  self->again = self->is_held;
  if (self->is_held)
    return;
  for (guint role = 0; role < N_ROLES; role++)
    if (!self->rests[role] && print_one (self, role))
      return;
}

void
tai_print_runner_run (TaiPrintRunner *self)
{
  if (self->is_printing || self->is_held) {
    self->again = TRUE;
    return;
  }
  memset (self->rests, 0, sizeof self->rests);
  run_next (self);
}

void
tai_print_runner_hold (TaiPrintRunner *self, gboolean is_held)
{
  self->is_held = is_held;
  if (!is_held && self->again && !self->ended)
    tai_print_runner_run (self);
}

static guint
role_of (const char *role)
{
  return g_strcmp0 (role, "receipt") == 0 ? 0 : 1;
}

TaiLight
tai_print_runner_get_light (TaiPrintRunner *self, const char *role)
{
  return self->lights[role_of (role)];
}

TaiPrintReason
tai_print_runner_get_fault (TaiPrintRunner *self, const char *role, gint64 *time_us)
{
  *time_us = self->fault_us[role_of (role)];
  return self->faults[role_of (role)];
}

TaiPrintRunner *
tai_print_runner_new (const TaiPrintRunnerPorts *ports)
{
  TaiPrintRunner *self = g_new0 (TaiPrintRunner, 1);

  self->ports = *ports;
  g_object_ref (ports->queue);
  tai_printer_pool_ref (ports->pool);
  g_object_ref (ports->clock);
  self->worker = TAI_EXECUTOR (tai_thread_executor_new ("printer"));
  self->cancellable = g_cancellable_new ();
  for (guint role = 0; role < N_ROLES; role++) {
    g_auto (GStrv) addresses = ports->find_printers (roles[role], ports->data);
    self->lights[role] = addresses != NULL ? TAI_LIGHT_UNKNOWN : TAI_LIGHT_NONE;
  }
  return self;
}

void
tai_print_runner_free (TaiPrintRunner *self)
{
  GMainContext *context = g_main_context_get_thread_default ();

  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  self->ended = TRUE;
  if (self->retry_timer != 0)
    tai_clock_cancel (self->ports.clock, self->retry_timer);
  g_clear_object (&self->worker); /* waits for its thread; done comes on our context */
  while (self->is_printing)
    g_main_context_iteration (context, TRUE);
  g_object_unref (self->cancellable);
  g_object_unref (self->ports.queue);
  tai_printer_pool_unref (self->ports.pool);
  g_object_unref (self->ports.clock);
  g_free (self);
}
