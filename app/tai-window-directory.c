/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look-up that crosses to the worker and back. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-window-directory.h"

struct _TaiWindowDirectory {
  GObject parent;
  TaiExecutor *worker;     /* (owned) */
  TaiDirectory *directory; /* (thread: worker) (owned) */
};

typedef struct _Look Look;

/* What differs between looks. Both on the worker. */
typedef struct {
  void (*start) (TaiDirectory *directory, Look *look, GAsyncReadyCallback done);
  gpointer (*finish) (TaiDirectory *directory, GAsyncResult *result, GError **error);
  GDestroyNotify free_answer;
} LookClass;

struct _Look {
  GTask *task; /* (owned) */
  const LookClass *klass;
  char *subject;                       /* (owned) (nullable) a number, or the id of a slip */
  TaiLineParts parts;                  /* of details */
  char *customer;                      /* (owned) (nullable) */
  char *from, *to, *hall, *by, *shift; /* (owned) (nullable) of a report */
  gpointer answer;                     /* (owned) (nullable) */
  GError *error;                       /* (owned) (nullable) */
  GMainContext *home;                  /* (owned) */
};

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
    g_task_return_pointer (look->task, g_steal_pointer (&look->answer), look->klass->free_answer);
  g_object_unref (look->task);
  g_main_context_unref (look->home);
  g_free (look->subject);
  g_free (look->customer);
  g_free (look->from);
  g_free (look->to);
  g_free (look->hall);
  g_free (look->by);
  g_free (look->shift);
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

  look->answer = look->klass->finish (self->directory, result, &look->error);
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

  look->klass->start (self->directory, look, looked_cb);
}

/* The caller fills in what is looked for and submits. */
static Look *
look_new (TaiDirectory *directory, const LookClass *klass, GCancellable *cancellable,
          GAsyncReadyCallback done, gpointer data)
{
  Look *look = g_new0 (Look, 1);

  look->klass = klass;
  look->task = g_task_new (directory, cancellable, done, data);
  look->home = g_main_context_ref_thread_default ();
  return look;
}

static void
submit (TaiDirectory *directory, Look *look)
{
  tai_executor_submit (TAI_WINDOW_DIRECTORY (directory)->worker, look_run, NULL, look);
}

/* Lines ------------------------------------------------------------------------------------------------------------ */

static void
start_line (TaiDirectory *directory, Look *look, GAsyncReadyCallback done)
{
  tai_directory_look_up_line_async (directory, look->subject, g_task_get_cancellable (look->task), done,
                                    look);
}

static gpointer
finish_line (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  return tai_directory_look_up_line_finish (directory, result, error);
}

static void
look_up_line_async (TaiDirectory *directory, const char *msisdn, GCancellable *cancellable,
                    GAsyncReadyCallback done, gpointer data)
{
  static const LookClass klass = {start_line, finish_line, (GDestroyNotify)tai_line_view_free};
  Look *look = look_new (directory, &klass, cancellable, done, data);

  look->subject = g_strdup (msisdn);
  submit (directory, look);
}

static TaiLineView *
look_up_line_finish (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
start_details (TaiDirectory *directory, Look *look, GAsyncReadyCallback done)
{
  tai_directory_look_up_details_async (directory, look->subject, look->parts, look->customer,
                                       g_task_get_cancellable (look->task), done, look);
}

static gpointer
finish_details (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  return tai_directory_look_up_details_finish (directory, result, error);
}

static void
look_up_details_async (TaiDirectory *directory, const char *msisdn, TaiLineParts parts, const char *customer,
                       GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  static const LookClass klass = {start_details, finish_details, (GDestroyNotify)tai_line_details_free};
  Look *look = look_new (directory, &klass, cancellable, done, data);

  look->subject = g_strdup (msisdn);
  look->parts = parts;
  look->customer = g_strdup (customer);
  submit (directory, look);
}

static TaiLineDetails *
look_up_details_finish (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Reports ---------------------------------------------------------------------------------------------------------- */

static void
start_report (TaiDirectory *directory, Look *look, GAsyncReadyCallback done)
{
  TaiReportQuery query = {look->from, look->to, look->hall, look->by, look->shift};

  tai_directory_look_up_report_async (directory, &query, g_task_get_cancellable (look->task), done, look);
}

static gpointer
finish_report (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  return tai_directory_look_up_report_finish (directory, result, error);
}

static void
look_up_report_async (TaiDirectory *directory, const TaiReportQuery *query, GCancellable *cancellable,
                      GAsyncReadyCallback done, gpointer data)
{
  static const LookClass klass = {start_report, finish_report, (GDestroyNotify)tai_till_report_free};
  Look *look = look_new (directory, &klass, cancellable, done, data);

  look->from = g_strdup (query->from);
  look->to = g_strdup (query->to);
  look->hall = g_strdup (query->hall);
  look->by = g_strdup (query->by);
  look->shift = g_strdup (query->shift);
  submit (directory, look);
}

static TaiTillReport *
look_up_report_finish (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Slips ------------------------------------------------------------------------------------------------------------- */

static void
start_promise (TaiDirectory *directory, Look *look, GAsyncReadyCallback done)
{
  tai_directory_look_up_promise_async (directory, look->subject, g_task_get_cancellable (look->task), done,
                                       look);
}

static gpointer
finish_promise (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  return tai_directory_look_up_promise_finish (directory, result, error);
}

static void
look_up_promise_async (TaiDirectory *directory, const char *id, GCancellable *cancellable,
                       GAsyncReadyCallback done, gpointer data)
{
  static const LookClass klass = {start_promise, finish_promise, (GDestroyNotify)tai_promise_view_free};
  Look *look = look_new (directory, &klass, cancellable, done, data);

  look->subject = g_strdup (id);
  submit (directory, look);
}

static TaiPromiseView *
look_up_promise_finish (TaiDirectory *directory, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
directory_init (TaiDirectoryInterface *iface)
{
  iface->look_up_promise_async = look_up_promise_async;
  iface->look_up_promise_finish = look_up_promise_finish;
  iface->look_up_line_async = look_up_line_async;
  iface->look_up_line_finish = look_up_line_finish;
  iface->look_up_details_async = look_up_details_async;
  iface->look_up_details_finish = look_up_details_finish;
  iface->look_up_report_async = look_up_report_async;
  iface->look_up_report_finish = look_up_report_finish;
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
