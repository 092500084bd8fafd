/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a report here and at headquarters. Main thread. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-report-look.h"

#include "tai-do.h"

struct _TaiReportLook {
  GObject parent;
  TaiCounter *counter; /* (owned) */
  TaiReportScope scope;
  TaiReportLookTold told; /* (nullable) dropped */
  gpointer owner;
  GCancellable *cancellable; /* (owned) */
  gboolean is_waiting;
  GError *problem; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TaiReportLook, tai_report_look, G_TYPE_OBJECT)

/* What is asked of headquarters: a region's clerks are too many for a page. */
static const struct {
  const char *hall, *by;
  TaiRight right;
} scopes[TAI_N_REPORT_SCOPES] = {
    [TAI_REPORT_OF_TERMINAL] = {NULL, NULL, TAI_RIGHT_REPORT_OWN},
    [TAI_REPORT_OF_HALL] = {NULL, "terminal,clerk", TAI_RIGHT_REPORT_HALL},
    [TAI_REPORT_OF_REGION] = {TAI_REPORT_REGION, "hall", TAI_RIGHT_REPORT_REGION},
};

gboolean
tai_report_scope_is_open (TaiReportScope scope, TaiCounter *counter)
{
  g_return_val_if_fail (scope < TAI_N_REPORT_SCOPES, FALSE);
  return scope == TAI_REPORT_OF_TERMINAL || tai_counter_has_right (counter, scopes[scope].right);
}

static void
tell (TaiReportLook *self, TaiReportView *view, const GError *error)
{
  if (self->told != NULL)
    self->told (self->owner, view, error);
}

/* Headquarters ------------------------------------------------------------------------------------------------------------- */

static void
fail (TaiReportLook *self, const GError *error)
{
  self->is_waiting = FALSE;
  self->problem = g_error_copy (error);
  tell (self, NULL, NULL);
}

static void
received_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiReportLook *self = owner;

  if (error != NULL) {
    fail (self, error);
    return;
  }
  self->is_waiting = FALSE;
  tell (self, args->report, NULL);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TaiReportLook) self = data;
  g_autoptr (GError) error = NULL;
  TaiTillReport *report = tai_directory_look_up_report_finish (TAI_DIRECTORY (source), result, &error);

  if (self->told == NULL)
    g_clear_pointer (&report, tai_till_report_free);
  else if (report == NULL)
    fail (self, error);
  else {
    TaiCounterArgs *args = tai_counter_args_new ();
    args->report = tai_report_view_new_of (report);
    tai_counter_call (self->counter, tai_do_receive_report, args, received_cb, self);
  }
}

static void
ask_headquarters (TaiReportLook *self, const char *period)
{
  TaiReportQuery query = {.from = period, .hall = scopes[self->scope].hall, .by = scopes[self->scope].by};

  tai_directory_look_up_report_async (tai_counter_get_directory (self->counter), &query, self->cancellable,
                                      looked_cb, g_object_ref (self));
}

/* This terminal ------------------------------------------------------------------------------------------------------------ */

static void
reported_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  g_autoptr (TaiReportLook) self = g_object_ref (owner); /* who is told may drop it */
  TaiReportView *view = args->result;
  const char *period = view != NULL ? view->report->business_day : args->text;

  self->is_waiting = self->scope != TAI_REPORT_OF_TERMINAL && period != NULL;
  tell (self, view, error);
  if (self->is_waiting && self->told != NULL)
    ask_headquarters (self, period);
}

TaiReportLook *
tai_report_look_new (TaiCounter *counter, TaiReportScope scope, TaiReportLookTold told, gpointer owner)
{
  TaiReportLook *self;

  g_return_val_if_fail (TAI_IS_COUNTER (counter) && scope < TAI_N_REPORT_SCOPES, NULL);
  self = g_object_new (TAI_TYPE_REPORT_LOOK, NULL);
  self->counter = g_object_ref (counter);
  self->scope = scope;
  self->told = told;
  self->owner = owner;
  return self;
}

void
tai_report_look_ask (TaiReportLook *self, const char *period, gboolean with_detail)
{
  TaiCounterArgs *args;

  g_return_if_fail (TAI_IS_REPORT_LOOK (self));
  args = tai_counter_args_new ();
  args->text = g_strdup (period);
  args->number = with_detail;
  tai_counter_call (self->counter, tai_do_report, args, reported_cb, self);
}

void
tai_report_look_drop (TaiReportLook *self)
{
  if (self == NULL)
    return;
  self->told = NULL;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self);
}

/* Asking it ---------------------------------------------------------------------------------------------------------------- */

TaiReportScope
tai_report_look_get_scope (TaiReportLook *self)
{
  g_return_val_if_fail (TAI_IS_REPORT_LOOK (self), TAI_REPORT_OF_TERMINAL);
  return self->scope;
}

gboolean
tai_report_look_is_waiting (TaiReportLook *self)
{
  g_return_val_if_fail (TAI_IS_REPORT_LOOK (self), FALSE);
  return self->is_waiting;
}

const GError *
tai_report_look_get_problem (TaiReportLook *self)
{
  g_return_val_if_fail (TAI_IS_REPORT_LOOK (self), NULL);
  return self->problem;
}

static void
finalize (GObject *object)
{
  TaiReportLook *self = TAI_REPORT_LOOK (object);

  g_clear_object (&self->counter);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (tai_report_look_parent_class)->finalize (object);
}

static void
tai_report_look_class_init (TaiReportLookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_report_look_init (TaiReportLook *self)
{
  self->cancellable = g_cancellable_new ();
}
