/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print queue's way to paper, one job at a time, without a loop that waits. Thread: the terminal's worker. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-print-runner.h"

#include "tai-device-settings.h"
#include "tai-thread-executor.h"

#define N_ROLES 2
static const char *const roles[N_ROLES] = {"receipt", "form"};

typedef struct {
  TaiPrintRunner *runner;
  TaiPrinter *printer; /* (owned) */
  TaiPrintJob *job;    /* (owned) */
  char *name;          /* (owned) */
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
  gboolean is_printing, again, ended;
};

static void run_next (TaiPrintRunner *self);

static void
paper_free (Paper *paper)
{
  g_clear_object (&paper->printer);
  g_clear_pointer (&paper->job, tai_print_job_free);
  g_free (paper->name);
  g_free (paper->detail);
  g_free (paper);
}

/* "receipt-H017-T2-A-20261122-0001", and "-copy1" behind it for a reprint: as guitaictl names its files. */
static char *
name_of (const TaiPrintJob *job)
{
  const char *number = job->receipt_number != NULL ? job->receipt_number : job->id.text;

  return job->copy == 0 ? g_strdup_printf ("%s-%s", job->printer, number)
                        : g_strdup_printf ("%s-%s-copy%d", job->printer, number, job->copy);
}

/* Thread: the printers'. */
static void
paper_run (gpointer data)
{
  Paper *paper = data;

  paper->result = tai_printer_print (paper->printer, paper->job->document, paper->name, 1,
                                     paper->runner->cancellable, &paper->detail);
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
  const char *reason =
      result.reason != TAI_PRINT_REASON_NONE ? tai_print_reason_to_text (result.reason) : NULL;

  if (tai_print_queue_mark (self->ports.queue, &job->id, result.state, reason,
                            tai_clock_now (self->ports.clock), &error))
    return TRUE;
  g_message ("print queue: %s",
             error->message); /* the job stays "sending", and is unknown at the next start */
  return FALSE;
}

static void
paper_done (gpointer data)
{
  Paper *paper = data;
  TaiPrintRunner *self = paper->runner;
  gboolean good = mark (self, paper->job, paper->result) && paper->result.state == TAI_PRINT_PRINTED;
  guint role = paper->role;

  if (!good && paper->detail != NULL)
    g_message ("%s: %s", paper->name, paper->detail);
  if (paper->result.state != TAI_PRINT_PRINTED)
    note_fault (self, role, paper->result.reason);
  paper_free (paper);
  self->is_printing = FALSE;
  self->lights[role] = TAI_LIGHT_BUSY; /* so that what comes now is told */
  set_light (self, role, good ? TAI_LIGHT_READY : TAI_LIGHT_FAULT);
  if (!self->ended && (good || self->again))
    run_next (self);
}

/* TRUE: a job is out. */
static gboolean
print_one (TaiPrintRunner *self, guint role)
{
  g_autofree char *address = self->ports.find_address (roles[role], self->ports.data);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPrinter) printer = NULL;
  TaiPrintJob *job;
  Paper *paper;

  if (address == NULL) {
    set_light (self, role, TAI_LIGHT_NONE);
    return FALSE;
  }
  printer = tai_device_open_printer (address, self->ports.clock, &error);
  job = printer != NULL ? tai_print_queue_next (self->ports.queue, roles[role], &error) : NULL;
  if (error != NULL) {
    g_message ("%s printer: %s", roles[role], error->message);
    note_fault (self, role, TAI_PRINT_REASON_NOT_REACHED);
    set_light (self, role, TAI_LIGHT_FAULT);
  }
  if (job == NULL)
    return FALSE;
  paper = g_new0 (Paper, 1);
  *paper = (Paper){
      .runner = self, .printer = g_steal_pointer (&printer), .job = job, .name = name_of (job), .role = role};
  self->is_printing = TRUE;
  set_light (self, role, TAI_LIGHT_BUSY);
  tai_executor_submit (self->worker, paper_run, paper_done, paper);
  return TRUE;
}

static void
run_next (TaiPrintRunner *self)
{
  self->again = FALSE;
  for (guint role = 0; role < N_ROLES; role++)
    if (print_one (self, role))
      return;
}

void
tai_print_runner_run (TaiPrintRunner *self)
{
  if (self->is_printing)
    self->again = TRUE;
  else
    run_next (self);
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
  g_object_ref (ports->clock);
  self->worker = TAI_EXECUTOR (tai_thread_executor_new ("printer"));
  self->cancellable = g_cancellable_new ();
  for (guint role = 0; role < N_ROLES; role++) {
    g_autofree char *address = ports->find_address (roles[role], ports->data);
    self->lights[role] = address != NULL ? TAI_LIGHT_UNKNOWN : TAI_LIGHT_NONE;
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
  g_clear_object (&self->worker); /* waits for its thread; done comes on our context */
  while (self->is_printing)
    g_main_context_iteration (context, TRUE);
  g_object_unref (self->cancellable);
  g_object_unref (self->ports.queue);
  g_object_unref (self->ports.clock);
  g_free (self);
}
