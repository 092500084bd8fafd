/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of a face: what a key press means at the desk. No rule of the business stands here. Thread: the worker. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-do.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-report-view.h"

/* Staff and till --------------------------------------------------------------------------------------------------------- */

/* Whoever is at a locked desk gives his PIN again; another signs in over him, if he may, and the visit is parked. */
static gboolean
sign_in (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  const TaiStaff *staff = tai_desk_get_staff (s->desk);

  if (tai_desk_is_locked (s->desk) && staff != NULL && strcmp (staff->number, a->text) == 0)
    return tai_desk_unlock (s->desk, a->secret, error);
  return tai_desk_sign_in (s->desk, a->text, a->secret, error);
}

gboolean
tai_do_sign_in (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  if (s->check_clock != NULL && !s->check_clock (s->check_data, error))
    return FALSE;
  if (sign_in (s, a, error)) {
    if (s->visit != NULL && tai_visit_get_state (s->visit) == TAI_VISIT_PARKED)
      g_clear_object (&s->visit); /* another clerk's now */
    return TRUE;
  }
  a->number = tai_desk_get_locked_until_us (s->desk);
  return FALSE;
}

gboolean
tai_do_lock (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  tai_desk_lock (s->desk);
  return TRUE;
}

gboolean
tai_do_sign_out (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  tai_desk_sign_out (s->desk);
  return TRUE;
}

gboolean
tai_do_open_till (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_open_till (s->desk, a->amount, error);
}

static void
take_report (TaiCounterArgs *a, TaiTillReport *report)
{
  a->result = report;
  a->free_result = (GDestroyNotify)tai_till_report_free;
}

gboolean
tai_do_close_till (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiTillReport *report = tai_desk_close_till (s->desk, a->amount, error);

  take_report (a, report);
  return report != NULL;
}

gboolean
tai_do_resume_till (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_resume_till (s->desk, error);
}

gboolean
tai_do_move_cash (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_move_cash (s->desk, &(TaiCashRequest){a->text, a->amount, a->bag, a->slip, a->reason},
                             error);
}

gboolean
tai_do_list_bags (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  a->result = tai_desk_list_bags (s->desk, error);
  a->free_result = (GDestroyNotify)g_ptr_array_unref;
  return a->result != NULL;
}

void
tai_asked_view_free (TaiAskedView *self)
{
  tai_approval_free (self->asked);
  g_ptr_array_unref (self->approvers);
  g_clear_pointer (&self->order, tai_order_free);
  g_free (self);
}

static TaiOrder *
find_order_of_payment (TaiCounterSession *s, const char *payment_id)
{
  g_autoptr (GPtrArray) payments = tai_visit_store_list_open_payments (s->store, NULL);
  g_autoptr (GPtrArray) orders = NULL;

  for (guint i = 0; payments != NULL && i < payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (payments, i);
    if (g_str_equal (payment->id.text, payment_id))
      orders = tai_visit_store_list_orders (
          s->store, &(TaiOrderFilter){.visit_id = &payment->visit_id, .limit = 1}, NULL);
    if (orders != NULL)
      return orders->len > 0 ? g_ptr_array_steal_index (orders, 0) : NULL;
  }
  return NULL;
}

/* An order that is not found keeps nobody from deciding: act and amount stand there all the same. */
static TaiOrder *
find_asked_order (TaiCounterSession *s, const TaiApproval *asked)
{
  switch (asked->action->about) {
  case TAI_ACTION_ABOUT_ORDER:
    return tai_visit_store_find_order (s->store, asked->subject, NULL);
  case TAI_ACTION_ABOUT_PAYMENT:
    return find_order_of_payment (s, asked->subject);
  case TAI_ACTION_ABOUT_TILL:
  default:
    return NULL;
  }
}

gboolean
tai_do_get_asked (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  const TaiApproval *asked = tai_desk_get_asked (s->desk);
  GPtrArray *approvers = asked != NULL ? tai_desk_list_approvers (s->desk, error) : NULL;
  TaiAskedView *view;

  if (approvers == NULL)
    return asked == NULL;
  for (guint i = 0; i < approvers->len; i++)
    tai_staff_forget_secrets (g_ptr_array_index (approvers, i));
  view = g_new0 (TaiAskedView, 1);
  view->asked = tai_approval_copy (asked);
  view->approvers = approvers;
  view->order = find_asked_order (s, asked);
  a->result = view;
  a->free_result = (GDestroyNotify)tai_asked_view_free;
  return TRUE;
}

gboolean
tai_do_approve (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_approve (s->desk, a->text, a->secret, error);
}

gboolean
tai_do_take_back (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiOrder) order = tai_visit_store_find_order (s->store, a->text, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  return order != NULL && !tai_order_can_be_cancelled (order)
             ? tai_desk_undo_order (s->desk, a->text, a->reason, error)
             : tai_desk_cancel_order (s->desk, a->text, a->reason, error);
}

gboolean
tai_do_identify_apart (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  if (s->apart == NULL)
    s->apart = tai_desk_begin_visit (s->desk, error);
  return s->apart != NULL && tai_desk_identify (s->desk, s->apart, g_steal_pointer (&a->identity), error);
}

gboolean
tai_do_forget_apart (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (TaiVisit) apart = g_steal_pointer (&s->apart);

  return apart == NULL || tai_desk_abandon (s->desk, apart, error);
}

gboolean
tai_do_correct_order (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  if (s->apart != NULL)
    return tai_desk_correct_order (s->desk, s->apart, a->text, a->more, a->reason, error);
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_REQUIRED, "nobody was identified");
  return FALSE;
}

gboolean
tai_do_print_bill (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_print_bill (s->desk, a->result, FALSE, error);
}

gboolean
tai_do_note_drawer (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_note_drawer (s->desk, error);
}

gboolean
tai_do_note (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_note (s->desk, a->text, NULL, a->more, error);
}

gboolean
tai_do_report (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  a->result = tai_report_view_new (s->desk, s->prints, a->text, a->number != 0, error);
  a->free_result = (GDestroyNotify)tai_report_view_unref;
  return a->result != NULL;
}

gboolean
tai_do_receive_report (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_report_view_fill (a->report, s->desk, s->prints, error);
}

gboolean
tai_do_print_report (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_print_report (s->desk, a->report->report, error);
}

gboolean
tai_do_list_movements (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  a->result = tai_shift_view_new (s->desk, a->text, error);
  a->free_result = (GDestroyNotify)tai_shift_view_free;
  return a->result != NULL;
}

/* The visit ------------------------------------------------------------------------------------------------------------ */

static gboolean
is_over (TaiVisit *visit)
{
  TaiVisitState state = tai_visit_get_state (visit);

  return state == TAI_VISIT_CLOSED || state == TAI_VISIT_ABANDONED;
}

static void
clear_visit (TaiCounterSession *s)
{
  g_clear_object (&s->visit);
}

static gboolean
require_visit (TaiCounterSession *s, GError **error)
{
  if (s->visit != NULL)
    return TRUE;
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_EMPTY, "there is no visit");
  return FALSE;
}

static TaiOrder *
require_order (TaiCounterSession *s, const TaiCounterArgs *a, GError **error)
{
  GPtrArray *orders;

  if (!require_visit (s, error))
    return NULL;
  orders = tai_visit_get_orders (s->visit);
  for (guint i = 0; i < orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (orders, i);
    if (strcmp (order->id.text, a->order.text) == 0)
      return order;
  }
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE,
                       "the order is not in this visit any more");
  return NULL;
}

gboolean
tai_do_add_order (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (TaiVisit) begun = NULL;
  TaiVisit *visit = s->visit;
  TaiOrder *order;

  if (visit == NULL || is_over (visit))
    visit = begun = tai_desk_begin_visit (s->desk, error);
  order = visit != NULL ? tai_desk_add_order (s->desk, visit, a->text, error) : NULL;
  if (order == NULL)
    return FALSE;
  a->order = order->id;
  if (begun != NULL) {
    clear_visit (s);
    s->visit = g_steal_pointer (&begun);
  }
  return TRUE;
}

gboolean
tai_do_remove_order (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrder *order = require_order (s, a, error);

  return order != NULL && tai_desk_remove_order (s->desk, s->visit, order, error);
}

gboolean
tai_do_identify (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return require_visit (s, error) &&
         tai_desk_identify (s->desk, s->visit, g_steal_pointer (&a->identity), error);
}

gboolean
tai_do_set_groups (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_auto (GStrv) groups = g_strsplit (a->more, " ", -1);

  if (a->more[0] == '\0')
    g_clear_pointer (&groups[0], g_free);
  return require_visit (s, error) &&
         tai_desk_set_groups (s->desk, s->visit, a->text, (const char *const *)groups, error);
}

gboolean
tai_do_set_target (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrder *order = require_order (s, a, error);

  return order != NULL && tai_desk_set_target (s->desk, s->visit, order, a->text, error);
}

gboolean
tai_do_set_amount (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrder *order = require_order (s, a, error);

  return order != NULL && tai_desk_set_amount (s->desk, s->visit, order, a->amount, error);
}

gboolean
tai_do_choose_plan (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrder *order = require_order (s, a, error);

  return order != NULL && tai_desk_choose_plan (s->desk, s->visit, order, a->text, error);
}

gboolean
tai_do_preview (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrder *order = require_order (s, a, error);

  if (order == NULL)
    return FALSE;
  a->result = tai_desk_preview (s->desk, s->visit, order, a->text, error);
  a->free_result = (GDestroyNotify)tai_bill_free;
  return a->result != NULL;
}

gboolean
tai_do_choose_number (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrder *order = require_order (s, a, error);

  return order != NULL && tai_desk_choose_number (s->desk, s->visit, order, a->text, error);
}

gboolean
tai_do_choose_sim (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrder *order = require_order (s, a, error);

  return order != NULL && tai_desk_choose_sim (s->desk, s->visit, order, a->text, error);
}

gboolean
tai_do_add_offering (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrder *order = require_order (s, a, error);
  TaiOrderItem *item;

  if (order == NULL)
    return FALSE;
  item = tai_desk_add_offering (s->desk, s->visit, order, a->text, 1, tai_money (0, 0), error);
  if (item == NULL)
    return FALSE;
  return g_strcmp0 (a->more, "yes") != 0 || !item->consent_needed ||
         tai_desk_give_consent (s->desk, s->visit, order, a->text, error);
}

gboolean
tai_do_remove_offering (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrder *order = require_order (s, a, error);

  for (guint i = 0; order != NULL && i < order->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (g_strcmp0 (item->offering_id, a->text) == 0)
      return tai_desk_remove_offering (s->desk, s->visit, order, item, error);
  }
  return order != NULL;
}

gboolean
tai_do_confirm_after_trial (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrder *order = require_order (s, a, error);

  return order != NULL &&
         tai_desk_confirm_after_trial (s->desk, s->visit, order, a->text, a->number != 0, error);
}

gboolean
tai_do_find_repeat (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  TaiOrder *order = require_order (s, a, error);

  if (order == NULL)
    return FALSE;
  a->result = tai_desk_find_repeat (s->desk, order, &local_error);
  a->free_result = (GDestroyNotify)tai_repeat_free;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
tai_do_sign (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return require_visit (s, error) && tai_desk_sign (s->desk, s->visit, error);
}

gboolean
tai_do_place (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  if (!require_visit (s, error))
    return FALSE;
  /* one that has stood for a while, over a restart perhaps: before money is taken, is all of it still to be had? */
  if (tai_visit_get_state (s->visit) == TAI_VISIT_PLACED)
    return tai_desk_renew_holds (s->desk, s->visit, error);
  return tai_desk_place (s->desk, s->visit, error);
}

gboolean
tai_do_pay (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiTenderRequest request = {
      .amount = a->amount, .provider = a->more, .number = a->slip, .pay_code = a->secret};

  if (!tai_tender_from_text (a->text, &request.tender, error) || !tai_do_place (s, a, error))
    return FALSE;
  if (request.tender == TAI_TENDER_CASH) {
    request.received = a->amount;
    if (a->amount.minor >= tai_visit_get_due (s->visit).minor)
      request.amount = tai_money (0, 0);
  }
  return tai_desk_pay (s->desk, s->visit, &request, NULL, error);
}

gboolean
tai_do_settle (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_do_place (s, a, error) && tai_desk_finish (s->desk, s->visit, error);
}

gboolean
tai_do_query_payment (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return require_visit (s, error) && tai_desk_query_payment (s->desk, s->visit, a->text, error);
}

gboolean
tai_do_cancel_payment (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return require_visit (s, error) && tai_desk_cancel_payment (s->desk, s->visit, a->text, error);
}

gboolean
tai_do_decide_payment (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return require_visit (s, error) &&
         tai_desk_decide_payment (s->desk, s->visit, a->text, (TaiPaymentDecision)a->number, error);
}

gboolean
tai_do_abandon (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  if (s->visit != NULL && !is_over (s->visit) && !tai_desk_abandon (s->desk, s->visit, error))
    return FALSE;
  clear_visit (s);
  return TRUE;
}

gboolean
tai_do_finish (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  if (s->visit != NULL && is_over (s->visit))
    clear_visit (s);
  return TRUE;
}

/* Setting aside -------------------------------------------------------------------------------------------------------- */

gboolean
tai_do_recover (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  GPtrArray *visits = tai_desk_recover_visits (s->desk, error);

  if (visits == NULL)
    return FALSE;
  a->number = visits->len;
  g_ptr_array_extend_and_steal (s->waiting, visits);
  return TRUE;
}

/* A placed one waits as it is; one that is still open is parked. */
static gboolean
set_aside (TaiCounterSession *s, GError **error)
{
  if (s->visit == NULL || is_over (s->visit))
    return TRUE;
  if (tai_visit_get_state (s->visit) == TAI_VISIT_PLACED)
    g_ptr_array_add (s->waiting, g_object_ref (s->visit));
  else if (!tai_desk_park (s->desk, s->visit, error))
    return FALSE;
  return TRUE;
}

gboolean
tai_do_park (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  if (!require_visit (s, error) || !set_aside (s, error))
    return FALSE;
  clear_visit (s);
  return TRUE;
}

static void
add_views (TaiCounterSession *s, GPtrArray *views, GPtrArray *visits)
{
  for (guint i = 0; i < visits->len; i++)
    g_ptr_array_add (views, tai_visit_view_new (s->desk, g_ptr_array_index (visits, i)));
}

gboolean
tai_do_list_parked (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  GPtrArray *views = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_visit_view_unref);
  g_autoptr (GPtrArray) parked = tai_desk_list_parked (s->desk);

  add_views (s, views, parked);
  add_views (s, views, s->waiting);
  a->result = views;
  a->free_result = (GDestroyNotify)g_ptr_array_unref;
  return TRUE;
}

static TaiVisit *
find_visit (GPtrArray *visits, const char *id)
{
  for (guint i = 0; i < visits->len; i++)
    if (strcmp (tai_visit_get_id (g_ptr_array_index (visits, i))->text, id) == 0)
      return g_ptr_array_index (visits, i);
  return NULL;
}

gboolean
tai_do_recall (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (GPtrArray) parked = tai_desk_list_parked (s->desk);
  TaiVisit *found = find_visit (parked, a->text), *placed = find_visit (s->waiting, a->text);
  g_autoptr (TaiVisit) visit = found != NULL    ? g_object_ref (found)
                               : placed != NULL ? g_object_ref (placed)
                                                : NULL;

  if (s->visit != NULL && strcmp (tai_visit_get_id (s->visit)->text, a->text) == 0)
    return TRUE; /* it is there */
  if (visit == NULL) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "that visit does not wait any more");
    return FALSE;
  }
  /* what was on the desk is safe before the other comes */
  if (!set_aside (s, error))
    return FALSE;
  clear_visit (s);
  if (found != NULL && !tai_desk_recall (s->desk, visit, error))
    return FALSE;
  g_ptr_array_remove (s->waiting, visit);
  s->visit = g_steal_pointer (&visit);
  return TRUE;
}

/* Slips and notices ----------------------------------------------------------------------------------------------------- */

static TaiPromise
promise_of (const TaiCounterArgs *a)
{
  TaiPromise promise = {.kind = (TaiPromiseKind)a->number};

  g_strlcpy (promise.id.text, a->text, sizeof promise.id.text);
  return promise;
}

gboolean
tai_do_print_promise (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiPromise promise = promise_of (a);

  return tai_desk_print_promise (s->desk, &promise, a->more, error);
}

gboolean
tai_do_print_notice (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_print_notice (s->desk, a->text, error);
}

gboolean
tai_do_follow_promise (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiPromise promise = promise_of (a);
  gboolean on_desk = s->visit != NULL && strcmp (tai_visit_get_id (s->visit)->text, a->text) == 0;

  g_clear_pointer (&a->more, g_free);
  if (promise.kind == TAI_PROMISE_PAYMENT && (on_desk || find_visit (s->waiting, a->text) != NULL))
    return tai_do_recall (s, a, error);
  return tai_desk_follow_promise (s->desk, &promise, &a->more, error);
}
