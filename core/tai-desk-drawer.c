/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cash drawer: what moves cash over the counter opens it, in whatever verb. No verb has to think of it: the change says what it
 * posts. On the desk's worker.
 */
#include "tai-desk-private.h"

#include <string.h>

#define PULSE   "drawer_pulse"  /* for money */
#define NO_SALE "drawer_opened" /* by who may, without */

void
tai_desk_set_drawer (TaiDesk *self, const TaiDrawerPort *port)
{
  g_return_if_fail (TAI_IS_DESK (self));
  self->drawer = port != NULL ? *port : (TaiDrawerPort){0};
}

static gint64
sum_drawer (const TaiPostingSet *set)
{
  gint64 sum = 0;

  for (guint i = 0; i < set->postings->len; i++) {
    const TaiPosting *posting = &g_array_index (set->postings, TaiPosting, i);
    if (g_str_has_prefix (posting->account, TAI_ACCOUNT_DRAWER ":"))
      sum += posting->amount.minor;
  }
  return sum;
}

/* Why a hand goes into the drawer; NULL: none does. What a count posts was counted before, and a float is brought in with it. */
static const char *
reason_of (const TaiPostingSet *set)
{
  static const char *const counts[] = {"float", "opening_difference", "count_difference", NULL};
  gint64 sum = sum_drawer (set);

  if (sum == 0 || g_strv_contains (counts, set->event))
    return NULL;
  if (tai_cash_move_find (set->event) != NULL)
    return tai_cash_move_find (set->event)->id;
  return sum > 0 ? "sale" : "refund";
}

static TaiJournalEntry *
make_entry (TaiDesk *self, const TaiPostingsFact *fact, const char *reason)
{
  const char *about = fact->payment_id.text[0] != '\0' ? fact->payment_id.text : fact->order_id.text;
  TaiJournalEntry *entry =
      tai_desk_journal (self, PULSE, NULL, *about != '\0' ? about : NULL, reason, tai_money (0, 0));

  entry->business_day = g_strdup (fact->business_day);
  entry->shift_id = g_strdup (fact->shift_id);
  return entry;
}

void
tai_desk_add_drawer (TaiDesk *self, TaiChange *change)
{
  guint n = tai_change_get_n_facts (change);

  if (self->drawer.open == NULL)
    return;
  for (guint i = 0; i < n; i++) {
    const TaiFact *fact = tai_change_get_fact (change, i);
    const char *reason = fact->kind == TAI_FACT_POSTINGS ? reason_of (fact->postings->set) : NULL;

    if (reason == NULL)
      continue;
    if (self->drawer.is_there (self->drawer.data))
      tai_change_take_journal (change, make_entry (self, fact->postings, reason));
    return; /* once a change */
  }
}

void
tai_desk_push_drawer (TaiDesk *self, const TaiChange *change)
{
  guint n = tai_change_get_n_facts (change);

  for (guint i = 0; self->drawer.open != NULL && i < n; i++) {
    const TaiFact *fact = tai_change_get_fact (change, i);

    if (fact->kind != TAI_FACT_JOURNAL ||
        (strcmp (fact->journal->kind, PULSE) != 0 && strcmp (fact->journal->kind, NO_SALE) != 0))
      continue;
    self->drawer.open (self->drawer.data);
    return;
  }
}

/* In the till's shift, so that it is counted there; a drawer whose till is closed is opened, too. */
static gboolean
note (TaiDesk *self, const char *kind, const char *detail, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = tai_desk_get_shift (self, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  tai_change_take_journal (change, tai_desk_journal (self, kind, shift, NULL, detail, tai_money (0, 0)));
  return tai_desk_commit (self, change, error);
}

gboolean
tai_desk_note_drawer (TaiDesk *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  return tai_desk_check_right (self, TAI_RIGHT_TILL, error) && note (self, NO_SALE, "no_sale", error);
}

gboolean
tai_desk_note_drawer_left_open (TaiDesk *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  return note (self, "drawer_left_open", NULL, error);
}
