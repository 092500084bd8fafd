/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose a debt is. Each word of a terminal comes once (its key), but in any order and as late as its line lets it: a number counts how often the
 * debt was let go, only the next one counts, and each goes to exactly one terminal: to who asks, or, when nobody does any more,
 * back.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-debt.h"

#include <string.h>

#include "tai-debt-json.h"
#include "tai-json-money.h"

gboolean
hq_debt_is_paid (const HqDebtRow *row)
{
  return row->amount.currency != 0 && row->paid_minor >= row->amount.minor;
}

/* ---- the feed ---- */

static void
tell (HqStore *store, const HqDebtRow *row, const char *terminal, const TaiDebt *debt, gint64 now_us)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_debt_write (writer, debt);
  g_autofree char *text = tai_json_writer_end_text (writer);
  HqFeedRow event = {.order = row->order,
                     .state = tai_state_to_text (&tai_debt_states, debt->state),
                     .reason = debt->reason,
                     .at_us = now_us,
                     .debt = text};
  store->klass->feed_append (store, row->hall, terminal, &event);
}

static TaiDebt *
make_word (const HqDebtRow *row, const char *claim, TaiDebtState state)
{
  TaiUuid id;
  g_strlcpy (id.text, row->order, sizeof id.text);
  TaiDebt *debt = tai_debt_new (&id);
  g_strlcpy (debt->claim.text, claim, sizeof debt->claim.text);
  debt->state = state;
  return debt;
}

/* Who asked hears why nothing comes; @from: who has it. */
static void
tell_kept (HqStore *store, const HqDebtRow *row, const char *claim, const char *claimant, const char *reason,
           gint64 now_us)
{
  g_autoptr (TaiDebt) debt = make_word (row, claim, TAI_DEBT_STATE_KEPT);
  debt->terminal = g_strdup (row->holder);
  debt->reason = g_strdup (reason);
  tell (store, row, claimant, debt, now_us);
}

static void
tell_asked (HqStore *store, const HqDebtRow *row, gint64 now_us)
{
  g_autoptr (TaiDebt) debt = make_word (row, row->claim, TAI_DEBT_STATE_ASKED);
  debt->terminal = g_strdup (row->claimant);
  debt->clerk = g_strdup (row->clerk);
  tell (store, row, row->holder, debt, now_us);
}

static void
end_claim (HqDebtRow *row)
{
  row->claim = row->claimant = row->clerk = NULL;
  row->due_us = 0;
}

/* ---- words of terminals ---- */

/* The row, or what it is before anybody asks: the terminal's that took the order. FALSE: the hall has no such order. */
static gboolean
find_row (HqIntake *self, const char *order_id, HqDebtRow *row, HqOrderRow *order)
{
  HqStore *store = self->call->store;
  if (store->klass->debt_find (store, self->message.hall, order_id, row))
    return TRUE;
  *row = (HqDebtRow){.hall = self->message.hall, .order = order_id};
  if (!store->klass->order_find (store, self->message.hall, order_id, order))
    return FALSE;
  row->holder = order->terminal;
  return TRUE;
}

/* Why it is not even asked for; NULL: it is. */
static const char *
find_refusal (HqIntake *self, const HqDebtRow *row, gboolean is_known)
{
  if (!is_known)
    return TAI_DEBT_UNKNOWN;
  if (hq_debt_is_paid (row))
    return TAI_DEBT_PAID;
  if (strcmp (row->holder, self->message.terminal) == 0)
    return TAI_DEBT_HERE;
  if (row->claim != NULL && strcmp (row->claimant, self->message.terminal) != 0)
    return TAI_DEBT_CLAIMED;
  return NULL;
}

static void
take_asked (HqIntake *self, const TaiTillNews *news)
{
  HqStore *store = self->call->store;
  g_auto (HqDebtRow) row = {0};
  g_auto (HqOrderRow) order = {0};
  const char *refusal = find_refusal (self, &row, find_row (self, news->subject, &row, &order));
  gint64 now_us = self->message.at_us;
  if (refusal != NULL) {
    tell_kept (store, &row, news->debt->claim.text, self->message.terminal, refusal, now_us);
    return;
  }
  row.claim = news->debt->claim.text;
  row.claimant = self->message.terminal;
  row.clerk = news->clerk;
  row.changed_us = now_us;
  row.due_us = now_us + HQ_DEBT_WAITS_US;
  store->klass->debt_put (store, &row);
  tell_asked (store, &row, now_us);
}

static gboolean
find_claim (HqIntake *self, const TaiTillNews *news, HqDebtRow *row)
{
  HqStore *store = self->call->store;
  return store->klass->debt_find (store, self->message.hall, news->subject, row) &&
         g_strcmp0 (row->claim, news->debt->claim.text) == 0;
}

/* When it was let go before, it is too late: it comes. */
static void
take_withdrawn (HqIntake *self, const TaiTillNews *news)
{
  g_auto (HqDebtRow) row = {0};
  if (!find_claim (self, news, &row) || strcmp (row.claimant, self->message.terminal) != 0)
    return;
  end_claim (&row);
  row.changed_us = self->message.at_us;
  self->call->store->klass->debt_put (self->call->store, &row);
}

static void
take_kept (HqIntake *self, const TaiTillNews *news)
{
  g_auto (HqDebtRow) row = {0};
  if (!find_claim (self, news, &row) || strcmp (row.holder, self->message.terminal) != 0)
    return;
  tell_kept (self->call->store, &row, row.claim, row.claimant, news->reason, self->message.at_us);
  end_claim (&row);
  row.changed_us = self->message.at_us;
  self->call->store->klass->debt_put (self->call->store, &row);
}

/* Who has it from now on. A restored headquarters that has not heard yet who asked is told by who let it go. */
static const char *
choose_holder (HqIntake *self, const TaiTillNews *news, const HqDebtRow *row, gboolean is_known)
{
  if (row->claim != NULL)
    return row->claimant;
  if (!is_known && news->debt->terminal != NULL)
    return news->debt->terminal;
  return self->message.terminal;
}

static void
take_released (HqIntake *self, const TaiTillNews *news)
{
  HqStore *store = self->call->store;
  g_auto (HqDebtRow) row = {0};
  gboolean is_known = store->klass->debt_find (store, self->message.hall, news->subject, &row);
  if (!is_known)
    row = (HqDebtRow){.hall = self->message.hall, .order = news->subject, .holder = self->message.terminal};
  if (news->debt->hop <= row.hop)
    return;
  g_autoptr (TaiDebt) debt = tai_debt_copy (news->debt);
  row.holder = choose_holder (self, news, &row, is_known);
  /* back to where it came from is one more way */
  row.hop = debt->hop = news->debt->hop + (strcmp (row.holder, self->message.terminal) == 0);
  row.amount = news->debt->amount;
  row.changed_us = self->message.at_us;
  if (row.claim != NULL)
    g_strlcpy (debt->claim.text, row.claim, sizeof debt->claim.text);
  end_claim (&row);
  store->klass->debt_put (store, &row);
  g_free (debt->terminal);
  debt->terminal = g_strdup (self->message.terminal);
  tell (store, &row, row.holder, debt, row.changed_us);
}

void
hq_debt_take (HqIntake *self, const TaiTillNews *news)
{
  switch (news->debt->state) {
  case TAI_DEBT_STATE_ASKED:
    take_asked (self, news);
    break;
  case TAI_DEBT_STATE_WITHDRAWN:
    take_withdrawn (self, news);
    break;
  case TAI_DEBT_STATE_KEPT:
    take_kept (self, news);
    break;
  case TAI_DEBT_STATE_RELEASED:
    take_released (self, news);
    break;
  case TAI_DEBT_STATE_HELD: /* nobody tells of it */
  case TAI_DEBT_STATE_PAID:
  default:
    break;
  }
}

/* ---- what becomes of it ---- */

void
hq_debt_note_refund (HqIntake *self)
{
  HqStore *store = self->call->store;
  const char *order = NULL;
  TaiMoney total;
  g_auto (HqDebtRow) row = {0};
  if (!tai_json_optional_string (self->json, "x-guitai.order", &order, NULL) || order == NULL ||
      !tai_json_require_money (self->json, "totalAmount", &total, NULL) ||
      !store->klass->debt_find (store, self->message.hall, order, &row) ||
      strcmp (row.holder, self->message.terminal) != 0)
    return;
  row.paid_minor += ABS (total.minor);
  row.changed_us = self->message.at_us;
  store->klass->debt_put (store, &row);
}

guint
hq_debt_expire (HqStore *store, gint64 now_us, guint max)
{
  g_autoptr (GPtrArray) rows = store->klass->debt_due (store, now_us, max);
  for (guint i = 0; i < rows->len && store->error == NULL; i++) {
    HqDebtRow *row = rows->pdata[i];
    tell_kept (store, row, row->claim, row->claimant, TAI_DEBT_NO_ANSWER, now_us);
    end_claim (row);
    row->changed_us = now_us;
    store->klass->debt_put (store, row);
  }
  return rows->len;
}
