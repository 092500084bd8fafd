/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of the end of a day: slips, handing over, why a drawer is off, the close of the hall. Thread: the worker. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-core-error.h"
#include "tai-do.h"

#define N_HINTS 5

gboolean
tai_do_check_close (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  a->result = tai_desk_check_close (s->desk, error);
  a->free_result = (GDestroyNotify)g_ptr_array_unref;
  return a->result != NULL;
}

gboolean
tai_do_hand_over (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  a->result = tai_desk_hand_over_till (s->desk, a->amount, a->text, a->secret, error);
  a->free_result = (GDestroyNotify)tai_till_report_free;
  return a->result != NULL;
}

/* Slips ------------------------------------------------------------------------------------------------------------------ */

void
tai_slips_view_free (TaiSlipsView *self)
{
  g_clear_pointer (&self->shifts, g_ptr_array_unref);
  g_clear_pointer (&self->papers, g_ptr_array_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiSlipsView, tai_slips_view_free)

/* Of the day of @shift_id, of the open till, or of the last that was closed. */
static TaiTillReport *
report_day (TaiCounterSession *s, const char *shift_id, GError **error)
{
  const char *till = tai_desk_get_terminal (s->desk)->till;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = NULL;

  if (shift_id != NULL)
    shift = tai_visit_store_find_shift (s->store, shift_id, &local_error);
  else {
    shift = tai_visit_store_find_open_shift (s->store, till, &local_error);
    if (shift == NULL && local_error == NULL)
      shift = tai_visit_store_find_last_closed_shift (s->store, till, &local_error);
  }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (shift == NULL)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "there was no shift yet");
  return shift != NULL ? tai_desk_report (s->desk, shift->business_day, NULL, error) : NULL;
}

gboolean
tai_do_list_slips (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (TaiTillReport) report = report_day (s, a->text, error);
  g_autoptr (TaiSlipsView) view = NULL;

  if (report == NULL)
    return FALSE;
  view = g_new0 (TaiSlipsView, 1);
  view->shifts = g_ptr_array_ref (report->shifts);
  view->papers = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_document_unref);
  for (guint i = 0; i < view->shifts->len; i++) {
    TaiDocument *paper =
        tai_desk_make_till_paper (s->desk, ((TaiShift *)g_ptr_array_index (view->shifts, i))->id.text, error);
    if (paper == NULL)
      return FALSE;
    g_ptr_array_add (view->papers, paper);
  }
  a->result = g_steal_pointer (&view);
  a->free_result = (GDestroyNotify)tai_slips_view_free;
  return TRUE;
}

gboolean
tai_do_print_till (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  gint32 copy = 0;
  gboolean done = tai_desk_print_till (s->desk, a->text, a->number == 0, &copy, error);

  a->number = copy;
  return done;
}

/* Why a drawer is off ---------------------------------------------------------------------------------------------------- */

void
tai_difference_view_free (TaiDifferenceView *self)
{
  tai_shift_free (self->shift);
  g_clear_pointer (&self->movements, g_ptr_array_unref);
  g_clear_pointer (&self->hints, g_ptr_array_unref);
  g_free (self);
}

/* (transfer full) (nullable) without error: none was closed yet */
static char *
find_last (TaiCounterSession *s, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift =
      tai_visit_store_find_last_closed_shift (s->store, tai_desk_get_terminal (s->desk)->till, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (shift == NULL)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "no till was closed yet");
  return shift != NULL ? g_strdup (shift->id.text) : NULL;
}

gboolean
tai_do_find_difference (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autofree char *id = a->text != NULL ? g_strdup (a->text) : find_last (s, error);
  TaiShift *shift = NULL;
  GPtrArray *movements = id != NULL ? tai_desk_list_movements (s->desk, id, &shift, error) : NULL;
  TaiDifferenceView *view;

  if (movements == NULL)
    return FALSE;
  view = g_new0 (TaiDifferenceView, 1);
  view->shift = shift;
  view->movements = movements;
  view->hints = tai_difference_find (shift, movements, N_HINTS);
  a->result = view;
  a->free_result = (GDestroyNotify)tai_difference_view_free;
  return TRUE;
}

/* The hall --------------------------------------------------------------------------------------------------------------- */

gboolean
tai_do_check_hall (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  a->result = tai_desk_check_hall (s->desk, error);
  a->free_result = (GDestroyNotify)tai_hall_check_free;
  return a->result != NULL;
}

gboolean
tai_do_close_hall (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  a->result = tai_desk_close_hall (s->desk, error);
  a->free_result = (GDestroyNotify)tai_hall_close_free;
  return a->result != NULL;
}

/* Who may not see the hall is told of the deposit alone. */
gboolean
tai_do_look_ahead (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (TaiHallCheck) check = NULL;
  TaiDeposit deposit;
  TaiAheadView *view;

  if (!tai_desk_get_deposit (s->desk, &deposit, error))
    return FALSE;
  if (tai_desk_get_till_policy (s->desk).closing_minute > 0)
    check = tai_desk_check_hall (s->desk, NULL);
  view = g_new0 (TaiAheadView, 1);
  view->deposit = deposit;
  view->closes_soon = check != NULL && check->is_due && check->closed == NULL;
  a->result = view;
  a->free_result = g_free;
  return TRUE;
}
