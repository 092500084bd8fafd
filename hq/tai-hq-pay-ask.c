/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What providers are asked: the question itself, and when headquarters asks by itself. A terminal asks about its own payments and
 * refunds for as long as it lives; one that is broken for good never does, and the customer's money would be known to nobody.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-pay-private.h"

#include <string.h>

#define SETTING_SANDBOX   "sandbox"
#define SETTING_ASK_AFTER "ask_after_s"
#define ASK_AFTER_S       600
#define ASK_AFTER_MAX_US  (6 * G_TIME_SPAN_HOUR)
#define ASK_DOUBLINGS     10 /* beyond them it is the longest anyway */

static void
read_original (HqStore *store, const HqPayRow *row, HqContact *contact)
{
  g_auto (HqPayRow) original = {0};
  if (row->original == NULL || !store->klass->pay_find (store, row->hall, row->original, &original))
    return;
  g_strlcpy (contact->original.text, row->original, sizeof contact->original.text);
  contact->paid = original.amount;
}

HqContact *
hq_pay_make_contact (HqStore *store, const HqPayRow *row, TaiGatewayVerb verb, const char *klass)
{
  HqContact *contact = g_new0 (HqContact, 1);
  contact->verb = verb;
  contact->hall = g_strdup (row->hall);
  g_strlcpy (contact->id.text, row->id, sizeof contact->id.text);
  contact->provider = g_strdup (row->provider);
  contact->amount = row->amount;
  contact->shows = row->shows;
  read_original (store, row, contact);
  contact->closing = strcmp (row->state, "reversing") == 0;
  contact->steer = store->klass->setting_get (store, SETTING_SANDBOX);
  /* a terminal in production is never paid by play money */
  if (g_strcmp0 (klass, "production") == 0)
    g_clear_pointer (&contact->steer, g_free);
  return contact;
}

/* ---- by itself ---- */

static gint64
wait_us (HqStore *store, guint asks)
{
  gint64 first_us =
      CLAMP (hq_store_get_number (store, SETTING_ASK_AFTER, ASK_AFTER_S), 1, 24 * 3600) * G_USEC_PER_SEC;
  return MIN (first_us << MIN (asks, ASK_DOUBLINGS), MAX (first_us, ASK_AFTER_MAX_US));
}

void
hq_pay_plan (HqStore *store, HqPayRow *row, gboolean is_known)
{
  row->asks = 0;
  row->due_us = is_known ? 0 : row->changed_us + wait_us (store, 0);
}

/* One that is due. (owned) strings */
typedef struct {
  char *hall, *id;
} Due;

static void
due_free (gpointer data)
{
  Due *self = data;
  g_free (self->hall);
  g_free (self->id);
  g_free (self);
}

static gboolean
note_due_cb (const HqPayRow *row, gpointer data)
{
  Due *due = g_new0 (Due, 1);
  due->hall = g_strdup (row->hall);
  due->id = g_strdup (row->id);
  g_ptr_array_add (data, due);
  return TRUE;
}

static HqContact *
take_one (HqStore *store, const Due *due, gint64 now_us)
{
  g_auto (HqPayRow) row = {0};
  g_auto (HqTerminalRow) terminal = {0};
  gboolean is_there;
  HqContact *contact;
  if (!store->klass->pay_find (store, due->hall, due->id, &row))
    return NULL;
  is_there = store->klass->terminal_find (store, row.terminal, &terminal);
  contact = hq_pay_make_contact (store, &row, TAI_GATEWAY_QUERY, is_there ? terminal.klass : NULL);
  contact->is_own = TRUE;
  row.asks++;
  row.due_us = now_us + wait_us (store, row.asks);
  store->klass->pay_put (store, &row);
  return contact;
}

void
hq_pay_take (HqStore *store, gint64 now_us, guint limit, GPtrArray *contacts, gint64 *next_us)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (due_free);
  g_return_if_fail (store != NULL && contacts != NULL && contacts->len == 0 && next_us != NULL);
  store->klass->begin (store);
  store->klass->pay_due (store, now_us, limit, note_due_cb, due);
  for (guint i = 0; i < due->len; i++) {
    HqContact *contact = take_one (store, g_ptr_array_index (due, i), now_us);
    if (contact != NULL)
      g_ptr_array_add (contacts, contact);
  }
  *next_us = store->klass->pay_next_due (store);
  store->klass->commit (store);
  if (store->error == NULL)
    return;
  g_ptr_array_set_size (contacts, 0); /* asked when the store can write again */
  *next_us = 0;
}
