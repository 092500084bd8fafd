/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look-up that crosses to the worker and back. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-window-directory.h"

struct _TaiWindowDirectory {
  GObject parent;
  TaiExecutor *worker;     /* (owned) */
  TaiDirectory *directory; /* (thread: worker) (owned) */
};

typedef struct {
  GTask *task;        /* (owned) */
  char *msisdn;       /* (owned) */
  TaiLineParts parts; /* 0: the line itself is looked up */
  char *customer;     /* (owned) (nullable) */
  gpointer answer;    /* (owned) (nullable) */
  GDestroyNotify free_answer;
  GError *error;      /* (owned) (nullable) */
  GMainContext *home; /* (owned) */
} Look;

static void directory_init (TaiDirectoryInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiWindowDirectory, tai_window_directory, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_DIRECTORY, directory_init))

static gboolean
deliver_cb (gpointer data)
{
  Look *look = data;

  if (look->error != NULL)
    g_task_return_error (look->task, g_steal_pointer (&look->error));
  else
    g_task_return_pointer (look->task, g_steal_pointer (&look->answer), look->free_answer);
  g_object_unref (look->task);
  g_main_context_unref (look->home);
  g_free (look->msisdn);
  g_free (look->customer);
  g_free (look);
  return G_SOURCE_REMOVE;
}

/* Thread: the worker. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Look *look = data;
  TaiWindowDirectory *self = g_task_get_source_object (look->task);
  GSource *idle = g_idle_source_new ();

  look->answer = look->parts != 0
                     ? (gpointer)tai_directory_look_up_details_finish (self->directory, result, &look->error)
                     : (gpointer)tai_directory_look_up_line_finish (self->directory, result, &look->error);
  g_source_set_priority (idle, G_PRIORITY_DEFAULT);
  g_source_set_callback (idle, deliver_cb, look, NULL);
  g_source_attach (idle, look->home);
  g_source_unref (idle);
}

/* Thread: the worker. */
static void
look_run (gpointer data)
{
  Look *look = data;
  TaiWindowDirectory *self = g_task_get_source_object (look->task);

  if (look->parts != 0)
    tai_directory_look_up_details_async (self->directory, look->msisdn, look->parts, look->customer,
                                         g_task_get_cancellable (look->task), looked_cb, look);
  else
    tai_directory_look_up_line_async (self->directory, look->msisdn, g_task_get_cancellable (look->task),
                                      looked_cb, look);
}

static void
submit (TaiWindowDirectory *self, const char *msisdn, TaiLineParts parts, const char *customer, GTask *task)
{
  Look *look = g_new0 (Look, 1);

  look->task = task;
  look->msisdn = g_strdup (msisdn);
  look->parts = parts;
  look->customer = g_strdup (customer);
  look->free_answer = parts != 0 ? (GDestroyNotify)tai_line_details_free : (GDestroyNotify)tai_line_view_free;
  look->home = g_main_context_ref_thread_default ();
  tai_executor_submit (self->worker, look_run, NULL, look);
}

static void
look_up_line_async (TaiDirectory *directory, const char *msisdn, GCancellable *cancellable,
                    GAsyncReadyCallback done, gpointer data)
{
  submit (TAI_WINDOW_DIRECTORY (directory), msisdn, 0, NULL, g_task_new (directory, cancellable, done, data));
}

static void
look_up_details_async (TaiDirectory *directory, const char *msisdn, TaiLineParts parts, const char *customer,
                       GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  submit (TAI_WINDOW_DIRECTORY (directory), msisdn, parts, customer,
          g_task_new (directory, cancellable, done, data));
}

static TaiLineDetails *
look_up_details_finish (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static TaiLineView *
look_up_line_finish (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
directory_init (TaiDirectoryInterface *iface)
{
  iface->look_up_line_async = look_up_line_async;
  iface->look_up_line_finish = look_up_line_finish;
  iface->look_up_details_async = look_up_details_async;
  iface->look_up_details_finish = look_up_details_finish;
}

static void
tai_window_directory_finalize (GObject *object)
{
  TaiWindowDirectory *self = TAI_WINDOW_DIRECTORY (object);

  g_clear_object (&self->worker);
  g_clear_object (&self->directory);
  G_OBJECT_CLASS (tai_window_directory_parent_class)->finalize (object);
}

static void
tai_window_directory_class_init (TaiWindowDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_window_directory_finalize;
}

static void
tai_window_directory_init (TaiWindowDirectory *self)
{
}

TaiDirectory *
tai_window_directory_new (TaiExecutor *worker, TaiDirectory *directory)
{
  TaiWindowDirectory *self = g_object_new (TAI_TYPE_WINDOW_DIRECTORY, NULL);

  self->worker = g_object_ref (worker);
  self->directory = g_object_ref (directory);
  return TAI_DIRECTORY (self);
}
