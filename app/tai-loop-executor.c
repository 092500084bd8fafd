/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worker with a main loop. One source takes the jobs: a source is never dispatched inside itself, so no job runs inside another. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-loop-executor.h"

typedef struct {
  TaiJobFunc run;  /* NULL: the loop ends */
  TaiJobFunc done; /* (nullable) */
  gpointer data;
  GMainContext *home; /* (owned) (nullable) the submitter's */
} Job;

typedef struct {
  GSource source;
  GAsyncQueue *queue; /* not owned */
  gboolean *is_held;  /* not owned */
} JobSource;

struct _TaiLoopExecutor {
  GObject parent;
  GThread *thread;       /* (owned) */
  GMainContext *context; /* (owned) the thread's */
  GMainLoop *loop;       /* (owned) */
  GAsyncQueue *queue;    /* (owned) of Job */
  gboolean is_held;      /* (thread: worker) */
};

static void executor_init (TaiExecutorInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiLoopExecutor, tai_loop_executor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_EXECUTOR, executor_init))

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->home, g_main_context_unref);
  g_free (job);
}

static gboolean
deliver_cb (gpointer data)
{
  Job *job = data;

  job->done (job->data);
  return G_SOURCE_REMOVE;
}

static void
deliver (Job *job)
{
  GSource *source;

  if (job->done == NULL) {
    job_free (job);
    return;
  }
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, job, job_free);
  g_source_attach (source, job->home);
  g_source_unref (source);
}

/* The source, on the thread ------------------------------------------------------------------------------------------------ */

static gboolean
jobs_check (GSource *source)
{
  JobSource *self = (JobSource *)source;

  return !*self->is_held && g_async_queue_length (self->queue) > 0;
}

static gboolean
jobs_prepare (GSource *source, int *timeout_ms)
{
  *timeout_ms = -1;
  return jobs_check (source);
}

/* One a turn, so that timers and sockets get theirs. */
static gboolean
jobs_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  Job *job = g_async_queue_try_pop (((JobSource *)source)->queue);

  if (job == NULL)
    return G_SOURCE_CONTINUE;
  if (job->run == NULL) {
    g_main_loop_quit (job->data);
    job_free (job);
    return G_SOURCE_REMOVE;
  }
  job->run (job->data);
  deliver (job);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs job_functions = {jobs_prepare, jobs_check, jobs_dispatch, NULL, NULL, NULL};

static gpointer
work (gpointer data)
{
  TaiLoopExecutor *self = data;
  GSource *source = g_source_new (&job_functions, sizeof (JobSource));

  ((JobSource *)source)->queue = self->queue;
  ((JobSource *)source)->is_held = &self->is_held;
  g_main_context_push_thread_default (self->context);
  g_source_attach (source, self->context);
  g_main_loop_run (self->loop);
  g_source_destroy (source);
  g_source_unref (source);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* The port ------------------------------------------------------------------------------------------------------------------ */

static void
submit (TaiExecutor *executor, TaiJobFunc run, TaiJobFunc done, gpointer data)
{
  TaiLoopExecutor *self = TAI_LOOP_EXECUTOR (executor);
  Job *job = g_new0 (Job, 1);

  *job = (Job){run, done, data, g_main_context_ref_thread_default ()};
  g_async_queue_push (self->queue, job);
  g_main_context_wakeup (self->context);
}

static void
executor_init (TaiExecutorInterface *iface)
{
  iface->submit = submit;
}

static void
tai_loop_executor_dispose (GObject *object)
{
  TaiLoopExecutor *self = TAI_LOOP_EXECUTOR (object);

  if (self->thread != NULL) {
    submit (TAI_EXECUTOR (self), NULL, NULL, self->loop);
    g_thread_join (g_steal_pointer (&self->thread));
  }
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->queue, g_async_queue_unref);
  G_OBJECT_CLASS (tai_loop_executor_parent_class)->dispose (object);
}

static void
tai_loop_executor_class_init (TaiLoopExecutorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_loop_executor_dispose;
}

static void
tai_loop_executor_init (TaiLoopExecutor *self)
{
  self->queue = g_async_queue_new_full (job_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
}

void
tai_loop_executor_hold (TaiLoopExecutor *self, gboolean is_held)
{
  self->is_held = is_held;
}

TaiLoopExecutor *
tai_loop_executor_new (const char *name)
{
  TaiLoopExecutor *self = g_object_new (TAI_TYPE_LOOP_EXECUTOR, NULL);

  self->thread = g_thread_new (name, work, self);
  return self;
}
