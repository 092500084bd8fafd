/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-directory.h"

#include "tai-core-error.h"

typedef struct {
  gpointer value; /* (owned) (nullable) TaiLineView, TaiLineDetails or TaiTillReport */
  GDestroyNotify free_value;
  GError *error; /* (owned) (nullable) */
} Answer;

struct _TaiFakeDirectory {
  GObject parent;
  GQueue answers;   /* (owned) of (owned) Answer */
  GPtrArray *asked; /* (owned) */
  GQueue held;      /* (owned) of (owned) GTask */
  gboolean is_held;
};

static void directory_init (TaiDirectoryInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakeDirectory, tai_fake_directory, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_DIRECTORY, directory_init))

static gboolean
answer_cb (gpointer data)
{
  GTask *task = data;
  TaiFakeDirectory *self = g_task_get_source_object (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  g_autofree Answer *answer = g_queue_pop_head (&self->answers);

  if (answer == NULL)
    g_task_return_new_error (task, TAI_CORE_ERROR, TAI_CORE_ERROR_LINE_UNKNOWN, "nothing was pushed");
  else if (answer->error != NULL)
    g_task_return_error (task, answer->error);
  else
    g_task_return_pointer (task, answer->value, answer->free_value);
  return G_SOURCE_REMOVE;
}

static void
answer_soon (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, answer_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
look_up_line_async (TaiDirectory *directory, const char *msisdn, GCancellable *cancellable,
                    GAsyncReadyCallback done, gpointer data)
{
  TaiFakeDirectory *self = TAI_FAKE_DIRECTORY (directory);
  GTask *task = g_task_new (self, cancellable, done, data);

  g_ptr_array_add (self->asked, g_strdup (msisdn));
  if (self->is_held)
    g_queue_push_tail (&self->held, task);
  else
    answer_soon (task);
}

static TaiLineView *
look_up_line_finish (TaiDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
look_up_details_async (TaiDirectory *directory, const char *msisdn, TaiLineParts parts, const char *customer,
                       GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  look_up_line_async (directory, msisdn, cancellable, done, data);
}

static TaiLineDetails *
look_up_details_finish (TaiDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static TaiTillReport *
look_up_report_finish (TaiDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Asked for as "hall from-to by". */
static void
look_up_report_async (TaiDirectory *directory, const TaiReportQuery *query, GCancellable *cancellable,
                      GAsyncReadyCallback done, gpointer data)
{
  g_autofree char *asked = g_strdup_printf ("%s %s-%s %s", query->hall ? query->hall : "",
                                            query->from ? query->from : query->shift,
                                            query->to ? query->to : query->from, query->by ? query->by : "");

  look_up_line_async (directory, asked, cancellable, done, data);
}

static TaiPromiseView *
look_up_promise_finish (TaiDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
directory_init (TaiDirectoryInterface *iface)
{
  iface->look_up_promise_async = look_up_line_async;
  iface->look_up_promise_finish = look_up_promise_finish;
  iface->look_up_report_async = look_up_report_async;
  iface->look_up_report_finish = look_up_report_finish;
  iface->look_up_line_async = look_up_line_async;
  iface->look_up_line_finish = look_up_line_finish;
  iface->look_up_details_async = look_up_details_async;
  iface->look_up_details_finish = look_up_details_finish;
}

static void
push (TaiFakeDirectory *self, gpointer value, GDestroyNotify free_value, GError *error)
{
  Answer *answer = g_new0 (Answer, 1);

  *answer = (Answer){value, free_value, error};
  g_queue_push_tail (&self->answers, answer);
}

void
tai_fake_directory_push (TaiFakeDirectory *self, TaiLineView *view)
{
  push (self, view, (GDestroyNotify)tai_line_view_free, NULL);
}

void
tai_fake_directory_push_details (TaiFakeDirectory *self, TaiLineDetails *details)
{
  push (self, details, (GDestroyNotify)tai_line_details_free, NULL);
}

void
tai_fake_directory_push_report (TaiFakeDirectory *self, TaiTillReport *report)
{
  push (self, report, (GDestroyNotify)tai_till_report_free, NULL);
}

void
tai_fake_directory_push_promise (TaiFakeDirectory *self, TaiPromiseView *view)
{
  push (self, view, (GDestroyNotify)tai_promise_view_free, NULL);
}

void
tai_fake_directory_fail (TaiFakeDirectory *self, GError *error)
{
  push (self, NULL, NULL, error);
}

void
tai_fake_directory_hold (TaiFakeDirectory *self, gboolean held)
{
  GTask *task;

  self->is_held = held;
  while (!held && (task = g_queue_pop_head (&self->held)) != NULL)
    answer_soon (task);
}

GPtrArray *
tai_fake_directory_get_asked (TaiFakeDirectory *self)
{
  return self->asked;
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  if (answer->value != NULL)
    answer->free_value (answer->value);
  g_clear_error (&answer->error);
  g_free (answer);
}

/* A held task has a reference of this object: whoever holds answers lets them go before the end. */
static void
finalize (GObject *object)
{
  TaiFakeDirectory *self = TAI_FAKE_DIRECTORY (object);

  g_assert (g_queue_is_empty (&self->held));
  g_queue_clear_full (&self->answers, answer_free);
  g_ptr_array_unref (self->asked);
  G_OBJECT_CLASS (tai_fake_directory_parent_class)->finalize (object);
}

static void
tai_fake_directory_class_init (TaiFakeDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_fake_directory_init (TaiFakeDirectory *self)
{
  g_queue_init (&self->answers);
  g_queue_init (&self->held);
  self->asked = g_ptr_array_new_with_free_func (g_free);
}

TaiFakeDirectory *
tai_fake_directory_new (void)
{
  return g_object_new (TAI_TYPE_FAKE_DIRECTORY, NULL);
}
