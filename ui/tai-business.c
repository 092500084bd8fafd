/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a business begins, from wherever it was asked for: a row of the command box, a function key, a scan. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-do.h"
#include "tai-flow.h"
#include "tai-prepared.h"

/* What was known when the business was asked for; kept in the arguments until the order is there. */
static void
begun_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiScreen *screen = owner;
  TaiCounter *counter = tai_screen_get_counter (screen);
  TaiScreenId steps[TAI_FLOW_MAX_STEPS];
  const TaiVisitView *visit = tai_counter_get_visit (counter);
  const TaiOrder *order;

  tai_screen_set_beginning (screen, FALSE);
  if (error != NULL) {
    tai_screen_show_error (screen, error);
    return;
  }
  tai_counter_set_order (counter, &args->order);
  order = tai_counter_get_order (counter);
  if (order == NULL)
    return;
  tai_flow_list (order->operation, steps);
  if (steps[0] == TAI_SCREEN_IDENTITY && tai_flow_is_answered (steps[0], visit, order))
    steps[0] = tai_flow_get_next (steps[0], visit, order);
  tai_screen_go (screen, steps[0], args->more);
}

/* The order with the offering that was asked for in it, or, if that cannot be, without: the step will ask. */
static gboolean
do_begin (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const TaiOffering *found;

  if (!tai_do_add_order (s, a, error))
    return FALSE;
  found = a->offering != NULL ? tai_catalogue_find (tai_desk_get_catalogue (s->desk), a->offering) : NULL;
  if (found == NULL || found->kind == TAI_OFFERING_SERVICE)
    return TRUE; /* a service needs the customer's own yes, on its own step */
  g_free (a->text);
  a->text = g_strdup (a->offering);
  if (!(found->kind == TAI_OFFERING_PLAN ? tai_do_choose_plan (s, a, &local_error)
                                         : tai_do_add_offering (s, a, &local_error)))
    g_message ("%s: %s", a->text, local_error->message);
  return TRUE;
}

void
tai_screen_begin (TaiScreen *self, const char *operation_id, const char *offering, const char *number)
{
  TaiCounterArgs *args;

  if (tai_screen_is_beginning (self))
    return;
  tai_screen_set_beginning (self, TRUE);
  args = tai_counter_args_new ();
  args->text = g_strdup (operation_id);
  args->more = g_strdup (number);
  args->offering = g_strdup (offering);
  tai_counter_call (tai_screen_get_counter (self), do_begin, args, begun_cb, self);
}

/* As much of it as the desk takes: what it refuses, the step asks for. */
static gboolean
do_begin_prepared (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!tai_do_add_order (s, a, error))
    return FALSE;
  g_free (a->text);
  a->text = g_strdup (a->more);
  if (!tai_do_set_target (s, a, &local_error) || !tai_do_set_amount (s, a, &local_error))
    g_message ("prepared: %s", local_error->message);
  return TRUE;
}

gboolean
tai_screen_begin_prepared (TaiScreen *self, const char *text)
{
  TaiCounterArgs *args;
  TaiPrepared prepared;

  if (!tai_prepared_from_text (text, &prepared))
    return FALSE;
  args = tai_counter_args_new ();
  args->text = g_strdup (prepared.operation->id);
  args->more = g_strdup (prepared.msisdn);
  args->amount = prepared.amount;
  tai_counter_call (tai_screen_get_counter (self), do_begin_prepared, args, begun_cb, self);
  return TRUE;
}
