/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-executor.h"

#include "tai-fake-random.h"

typedef struct {
  TaiJobFunc run;
  TaiJobFunc done; /* (nullable) */
  gpointer job;
} Job;

struct _TaiFakeExecutor {
  GObject parent;
  gboolean is_inline;
  gboolean running;  /* inside a job */
  gboolean draining; /* inside drain */
  guint64 state;
  GQueue to_run;     /* (owned) of (owned) Job */
  GQueue to_deliver; /* (owned) of (owned) Job */
};

static void executor_init (TaiExecutorInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakeExecutor, tai_fake_executor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_EXECUTOR, executor_init))

static void
submit (TaiExecutor *executor, TaiJobFunc run, TaiJobFunc done, gpointer data)
{
  TaiFakeExecutor *self = TAI_FAKE_EXECUTOR (executor);
  Job *job = g_new0 (Job, 1);

  *job = (Job){run, done, data};
  g_queue_push_tail (&self->to_run, job);
  if (self->is_inline && !self->draining)
    tai_fake_executor_drain (self);
}

static void
executor_init (TaiExecutorInterface *iface)
{
  iface->submit = submit;
}

static void
run_next (TaiFakeExecutor *self)
{
  Job *job = g_queue_pop_head (&self->to_run);

  self->running = TRUE;
  job->run (job->job);
  self->running = FALSE;
  g_queue_push_tail (&self->to_deliver, job);
}

static void
deliver_next (TaiFakeExecutor *self)
{
  g_autofree Job *job = g_queue_pop_head (&self->to_deliver);

  if (job->done != NULL)
    job->done (job->job);
}

gboolean
tai_fake_executor_step (TaiFakeExecutor *self)
{
  gboolean can_run = !g_queue_is_empty (&self->to_run);
  gboolean can_deliver = !g_queue_is_empty (&self->to_deliver);

  /* A job that waits for its own executor would wait for ever in the product. */
  g_assert (!self->running);
  if (!can_run && !can_deliver)
    return FALSE;
  if (can_run && can_deliver && !self->is_inline)
    can_run = (tai_fake_random_next (&self->state) & 1) != 0;
  else if (self->is_inline)
    can_run = !can_deliver;
  if (can_run)
    run_next (self);
  else
    deliver_next (self);
  return TRUE;
}

void
tai_fake_executor_drain (TaiFakeExecutor *self)
{
  gboolean outer = self->draining;

  g_object_ref (self);
  self->draining = TRUE;
  while (tai_fake_executor_step (self))
    continue;
  self->draining = outer;
  g_object_unref (self);
}

guint
tai_fake_executor_get_n_pending (TaiFakeExecutor *self)
{
  return self->to_run.length + self->to_deliver.length;
}

static void
finalize (GObject *object)
{
  TaiFakeExecutor *self = TAI_FAKE_EXECUTOR (object);

  g_queue_clear_full (&self->to_run, g_free);
  g_queue_clear_full (&self->to_deliver, g_free);
  G_OBJECT_CLASS (tai_fake_executor_parent_class)->finalize (object);
}

static void
tai_fake_executor_class_init (TaiFakeExecutorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_fake_executor_init (TaiFakeExecutor *self)
{
  g_queue_init (&self->to_run);
  g_queue_init (&self->to_deliver);
}

TaiFakeExecutor *
tai_fake_executor_new_inline (void)
{
  TaiFakeExecutor *self = g_object_new (TAI_TYPE_FAKE_EXECUTOR, NULL);

  self->is_inline = TRUE;
  return self;
}

TaiFakeExecutor *
tai_fake_executor_new_seeded (guint64 seed)
{
  TaiFakeExecutor *self = g_object_new (TAI_TYPE_FAKE_EXECUTOR, NULL);

  self->state = seed;
  return self;
}
