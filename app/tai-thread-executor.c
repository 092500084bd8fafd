/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One worker thread that owns one slow thing (a printer, a reader). Jobs run in order; done comes back as an idle source. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-thread-executor.h"

typedef struct {
  TaiJobFunc run;
  TaiJobFunc done; /* (nullable) */
  gpointer data;
  GMainContext *home; /* (owned) the submitter's */
} Job;

struct _TaiThreadExecutor {
  GObject parent;
  GThread *thread;    /* (owned) */
  GAsyncQueue *queue; /* (owned) of Job; &last_job ends the thread */
};

static Job last_job;

static void executor_init (TaiExecutorInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiThreadExecutor, tai_thread_executor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_EXECUTOR, executor_init))

static void
job_free (gpointer data)
{
  Job *job = data;

  g_main_context_unref (job->home);
  g_free (job);
}

static gboolean
deliver_cb (gpointer data)
{
  Job *job = data;

  if (job->done != NULL)
    job->done (job->data);
  return G_SOURCE_REMOVE;
}

static void
deliver (Job *job)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, job, job_free);
  g_source_attach (source, job->home);
  g_source_unref (source);
}

/* Thread: the worker. */
static gpointer
work (gpointer data)
{
  g_autoptr (GAsyncQueue) queue = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  for (Job *job = g_async_queue_pop (queue); job != &last_job; job = g_async_queue_pop (queue)) {
    job->run (job->data);
    deliver (job);
  }
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
submit (TaiExecutor *executor, TaiJobFunc run, TaiJobFunc done, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){run, done, data, g_main_context_ref_thread_default ()};
  g_async_queue_push (TAI_THREAD_EXECUTOR (executor)->queue, job);
}

static void
executor_init (TaiExecutorInterface *iface)
{
  iface->submit = submit;
}

static void
tai_thread_executor_dispose (GObject *object)
{
  TaiThreadExecutor *self = TAI_THREAD_EXECUTOR (object);

  if (self->thread != NULL) {
    g_async_queue_push (self->queue, &last_job);
    g_thread_join (g_steal_pointer (&self->thread));
  }
  g_clear_pointer (&self->queue, g_async_queue_unref);
  G_OBJECT_CLASS (tai_thread_executor_parent_class)->dispose (object);
}

static void
tai_thread_executor_class_init (TaiThreadExecutorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_thread_executor_dispose;
}

static void
tai_thread_executor_init (TaiThreadExecutor *self)
{
  self->queue = g_async_queue_new ();
}

TaiThreadExecutor *
tai_thread_executor_new (const char *name)
{
  TaiThreadExecutor *self = g_object_new (TAI_TYPE_THREAD_EXECUTOR, NULL);

  self->thread = g_thread_new (name, work, g_async_queue_ref (self->queue));
  return self;
}
