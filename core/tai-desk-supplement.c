/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is booked about a closed shift makes a numbered supplement of its Z report, in the change that books it: no verb has to think
 * of it. On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-limits.h"

#include <string.h>

/* A payment that this very change makes belongs to the shift that is open. */
static gboolean
is_made_here (const TaiChange *change, const TaiUuid *payment_id)
{
  for (guint i = 0; i < tai_change_get_n_facts (change); i++) {
    const TaiFact *fact = tai_change_get_fact (change, i);
    if (fact->kind == TAI_FACT_PAYMENT && strcmp (fact->payment->id.text, payment_id->text) == 0)
      return TRUE;
  }
  return FALSE;
}

static gint32
count_here (const TaiChange *change, const TaiShift *shift)
{
  gint32 n = 0;

  for (guint i = 0; i < tai_change_get_n_facts (change); i++) {
    const TaiFact *fact = tai_change_get_fact (change, i);
    n += fact->kind == TAI_FACT_SUPPLEMENT && strcmp (fact->supplement->shift_id.text, shift->id.text) == 0;
  }
  return n;
}

static TaiMoney
sum_debits (const TaiPostingSet *set)
{
  TaiMoney sum = tai_money (0, 0);

  for (guint i = 0; i < set->postings->len; i++) {
    const TaiPosting *posting = &g_array_index (set->postings, TaiPosting, i);
    if (posting->amount.minor > 0)
      sum = tai_money (sum.minor + posting->amount.minor, posting->amount.currency);
  }
  return sum;
}

/* The line of the journal keeps it in the chain. */
static TaiSupplement *
add_supplement (TaiDesk *self, TaiChange *change, const TaiShift *shift, const char *event, TaiMoney amount,
                const TaiShift *booked_in)
{
  gint32 number = (gint32)shift->n_supplements + count_here (change, shift) + 1;
  TaiSupplement *one = tai_supplement_new (&shift->id, shift->z_number, number, event);
  g_autofree char *subject = g_strdup_printf ("Z %s %d/%d", shift->till, shift->z_number, number);

  one->business_day = g_strdup (shift->business_day);
  one->amount = amount;
  one->time_us = tai_desk_now (self);
  one->clerk = self->staff != NULL ? g_strdup (self->staff->number) : NULL;
  tai_change_take_supplement (change, one);
  tai_change_take_journal (change,
                           tai_desk_journal (self, "z_supplement", booked_in, subject, event, amount));
  return one;
}

/* What the count or the safe posts is about no record. */
static gboolean
add_for (TaiDesk *self, TaiChange *change, const TaiPostingsFact *fact, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = NULL;
  TaiSupplement *one;

  if (fact->order_id.text[0] == '\0' &&
      (fact->payment_id.text[0] == '\0' || is_made_here (change, &fact->payment_id)))
    return TRUE;
  shift = tai_visit_store_find_shift_of (self->ports.store, &fact->order_id, &fact->payment_id, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (shift == NULL || shift->state != TAI_SHIFT_CLOSED)
    return TRUE;
  one = add_supplement (self, change, shift, fact->set->event, sum_debits (fact->set), NULL);
  one->order_id = fact->order_id;
  one->payment_id = fact->payment_id;
  one->booked_day = g_strdup (fact->business_day);
  one->booked_shift_id = g_strdup (fact->shift_id);
  return TRUE;
}

gboolean
tai_desk_add_supplements (TaiDesk *self, TaiChange *change, GError **error)
{
  guint n = tai_change_get_n_facts (change);

  for (guint i = 0; i < n; i++) {
    const TaiFact *fact = tai_change_get_fact (change, i);
    const TaiPostingsFact *postings = fact->kind == TAI_FACT_POSTINGS ? fact->postings : NULL;

    if (postings != NULL && !add_for (self, change, postings, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
tai_desk_add_arrivals (TaiDesk *self, TaiChange *change, GError **error)
{
  g_autoptr (GPtrArray) shifts = tai_visit_store_list_arrived (self->ports.store, error);

  for (guint i = 0; shifts != NULL && i < shifts->len; i++)
    add_supplement (self, change, g_ptr_array_index (shifts, i), TAI_SUPPLEMENT_UPLOADED, tai_money (0, 0),
                    NULL);
  return shifts != NULL;
}

GPtrArray *
tai_desk_list_supplements (TaiDesk *self, const char *shift_id, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!tai_desk_check_right (self, TAI_RIGHT_REPORT_OWN, NULL) &&
      !tai_desk_check_right (self, TAI_RIGHT_REPORT_HALL, error))
    return NULL;
  return tai_visit_store_list_supplements (self->ports.store, shift_id, TAI_LIMIT_SUPPLEMENTS, error);
}
