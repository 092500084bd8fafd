/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of a face that look things up, and the remedies for what is found. No rule of the business stands here. Thread: the worker. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-do.h"

#include <string.h>

#include "tai-core-error.h"

#define LOOK_AT      2000
#define JOURNAL_PAGE 50 /* what a frame can lay out */

static void
take_array (TaiCounterArgs *a, GPtrArray *array)
{
  a->result = array;
  a->free_result = (GDestroyNotify)g_ptr_array_unref;
}

gboolean
tai_do_list_work (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  GPtrArray *work = tai_desk_list_work (s->desk, (guint)a->number, error);

  take_array (a, work);
  return work != NULL;
}

gboolean
tai_do_list_stock (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (GPtrArray) all =
      tai_visit_store_list_resources (s->store, a->text, TAI_RESOURCE_LEASED, NULL, LOOK_AT, error);

  if (all == NULL)
    return FALSE;
  for (guint i = all->len; i > 0; i--) {
    const TaiResource *one = g_ptr_array_index (all, i - 1);
    if (a->more != NULL && strstr (one->value, a->more) == NULL)
      g_ptr_array_remove_index (all, i - 1);
  }
  if (a->number > 0 && all->len > a->number)
    g_ptr_array_set_size (all, (int)a->number);
  take_array (a, g_steal_pointer (&all));
  return TRUE;
}

gboolean
tai_do_list_orders (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrderFilter filter = {.limit = (guint)a->number};
  gboolean is_number = a->text != NULL && a->text[0] == '#'; /* of a slip, blanks and all */
  g_auto (GStrv) words = g_strsplit (a->text != NULL ? a->text : "", is_number ? "\n" : " ", -1);
  char day[11];
  GPtrArray *orders;

  tai_order_filter_read (&filter, words, tai_desk_get_terminal (s->desk)->currency, day);
  orders = tai_desk_list_orders (s->desk, &filter, error);
  take_array (a, orders);
  return orders != NULL;
}

void
tai_order_look_free (TaiOrderLook *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->order, tai_order_free);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_clear_pointer (&self->message, tai_outbox_row_free);
  g_clear_pointer (&self->cancel, tai_outbox_row_free);
  g_clear_pointer (&self->take_back, tai_outbox_row_free);
  g_free (self->answer);
  tai_refund_look_free (self->back);
  g_free (self);
}

/* What can be asked back after it was credited, and what was. */
static void
load_take_back (TaiCounterSession *s, TaiOrderLook *look, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = tai_desk_get_shift (s->desk, &local_error);

  if (local_error == NULL)
    look->take_back = tai_desk_find_take_back (s->desk, look->order, &local_error);
  if (local_error == NULL)
    look->answer = tai_desk_get_take_back (s->desk, look->order, &local_error);
  look->can_undo = shift != NULL && tai_order_can_be_undone (look->order, shift->business_day);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
}

/* FALSE: an error, or there is no such order. */
static gboolean
load_look (TaiCounterSession *s, TaiOrderLook *look, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  look->order = tai_desk_look_at_order (s->desk, id, &local_error);
  if (look->order == NULL && local_error == NULL)
    g_set_error (&local_error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "no order %s here", id);
  if (look->order != NULL)
    look->events = tai_visit_store_list_order_events (s->store, id, &local_error);
  if (look->events != NULL)
    look->payments = tai_visit_store_list_payments (s->store, &look->order->visit_id, &local_error);
  if (look->payments != NULL) /* an order's message has its id as key; one that is not paid has none yet */
    look->message = tai_visit_store_find_message (s->store, TAI_DESTINATION_HQ, id, &local_error);
  if (local_error == NULL)
    look->cancel = tai_desk_find_cancel (s->desk, look->order, &local_error);
  if (local_error == NULL)
    load_take_back (s, look, &local_error);
  if (local_error == NULL)
    look->back = tai_refund_look_new (s, look->order, look->payments, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
tai_do_look_at_order (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiOrderLook *look = g_new0 (TaiOrderLook, 1);

  a->result = look;
  a->free_result = (GDestroyNotify)tai_order_look_free;
  return load_look (s, look, a->text, error);
}

gboolean
tai_do_list_unsent (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  GPtrArray *items = tai_desk_list_unsent (s->desk, (guint)a->number, error);

  take_array (a, items);
  return items != NULL;
}

gboolean
tai_do_release_message (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_release_message (s->desk, a->text, error);
}

gboolean
tai_do_give_up_message (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_give_up_message (s->desk, a->text, error);
}

gboolean
tai_do_get_stock (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  a->result = g_new0 (TaiStockFigures, 1);
  a->free_result = g_free;
  return tai_visit_store_get_stock (s->store, a->result, error);
}

gboolean
tai_do_list_journal (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  TaiJournalFilter filter = {.before_seq = a->number, .limit = JOURNAL_PAGE};
  g_auto (GStrv) words = g_strsplit (a->text != NULL ? a->text : "", " ", -1);
  GPtrArray *lines;

  tai_journal_filter_read (&filter, words, tai_desk_get_terminal (s->desk)->utc_offset_min,
                           tai_desk_get_terminal (s->desk)->currency);
  lines = tai_desk_list_journal (s->desk, &filter, error);
  take_array (a, lines);
  return lines != NULL;
}

gboolean
tai_do_find_receipt (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  TaiPrintJob *job = tai_print_queue_find_receipt (s->prints, a->text, &local_error);

  a->result = job;
  a->free_result = (GDestroyNotify)tai_print_job_free;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (job == NULL)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "no receipt %s here", a->text);
  return job != NULL;
}

gboolean
tai_do_list_papers (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  GPtrArray *papers = tai_desk_list_papers (s->desk, a->text, error);

  take_array (a, papers);
  a->number = tai_desk_has_invoices (s->desk);
  if (papers == NULL || papers->len > 0)
    return papers != NULL;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "no receipt %s here", a->text);
  return FALSE;
}

gboolean
tai_do_exchange_invoice (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_exchange_invoice (s->desk, a->text, &a->amount, error);
}

gboolean
tai_do_reprint_paper (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  gint32 copy = 0;

  if (!tai_desk_reprint_paper (s->desk, a->text, a->more, &copy, error))
    return FALSE;
  a->number = copy;
  return TRUE;
}

gboolean
tai_do_reprint (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  gint32 copy = 0;

  if (!tai_desk_reprint (s->desk, a->text, &copy, error))
    return FALSE;
  a->number = copy;
  return TRUE;
}
