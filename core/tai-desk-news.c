/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What headquarters hears beside orders and payments. No verb sends it: whatever a change writes down of shifts, cash, approvals,
 * copies and messages that were given up becomes messages of the same transaction, with the next numbers of the series; so a verb
 * cannot forget to. On the store's worker, inside the transaction.
 */
#include "tai-desk-private.h"
#include "tai-promise.h"

#include <string.h>

/* The facts of one change on their way to messages. */
typedef struct {
  TaiDesk *desk;
  TaiChange *change;
  const TaiHeads *heads;
  const TaiApproval *used; /* (nullable) the approval that the change uses */
  TaiUuid act;             /* key of the message that tells of the act; text[0] == 0: none so far */
  gint64 next_seq;
  gint64 journal_seq;
  TaiDigest journal_head;
} Teller;

static TaiTillNews *
news_new (const Teller *self, TaiNewsKind kind, const char *clerk, const char *business_day,
          const char *shift_id, gint64 time_us)
{
  TaiTillNews *news = tai_till_news_new (kind);

  news->id = tai_desk_uuid (self->desk);
  news->till = g_strdup (self->desk->terminal->till);
  news->clerk = g_strdup (clerk);
  news->business_day = g_strdup (business_day);
  news->shift_id = g_strdup (shift_id);
  news->time_us = time_us;
  return news;
}

/* Going back to selling is no news. */
static TaiTillNews *
tell_shift (const Teller *self, const TaiShiftFact *fact)
{
  static const struct {
    TaiShiftState to;
    TaiNewsKind kind;
  } kinds[] = {{TAI_SHIFT_OPEN, TAI_NEWS_OPENED},
               {TAI_SHIFT_COUNTING, TAI_NEWS_COUNTED},
               {TAI_SHIFT_CLOSED, TAI_NEWS_CLOSED}};
  TaiTillNews *news = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds) && fact->counted.currency != 0; i++)
    if (kinds[i].to == fact->to)
      news = news_new (self, kinds[i].kind, fact->clerk, fact->business_day, fact->id.text, fact->time_us);
  if (news == NULL)
    return NULL;
  news->counted = fact->counted;
  news->expected = fact->expected;
  news->z_number = fact->z_number;
  news->journal_seq = self->journal_seq;
  news->journal_head = self->journal_head;
  return news;
}

/* What stands behind the colon of the first account of that kind; (nullable). */
static const char *
find_detail (const TaiPostingSet *set, const char *kind)
{
  gsize length = strlen (kind);

  for (guint i = 0; i < set->postings->len; i++) {
    const char *account = g_array_index (set->postings, TaiPosting, i).account;
    if (strncmp (account, kind, length) == 0 && account[length] == ':')
      return account + length + 1;
  }
  return NULL;
}

static TaiTillNews *
tell_cash (const Teller *self, const TaiPostingsFact *fact)
{
  const TaiCashMove *move = tai_cash_move_find (fact->set->event);
  TaiTillNews *news;

  if (move == NULL)
    return NULL;
  news = news_new (self, TAI_NEWS_CASH, fact->clerk, fact->business_day, fact->shift_id, fact->time_us);
  news->name = g_strdup (move->id);
  news->amount = g_array_index (fact->set->postings, TaiPosting, 0).amount; /* what the row debits */
  news->subject = g_strdup (find_detail (fact->set, TAI_ACCOUNT_IN_TRANSIT));
  news->slip = g_strdup (fact->slip);
  news->reason = g_strdup (fact->reason);
  return news;
}

/* What names no shift counts in the one that is open. */
static TaiTillNews *
news_in_shift (const Teller *self, TaiNewsKind kind, const char *clerk, const char *shift_id,
               const char *business_day, gint64 time_us)
{
  gboolean is_open = shift_id == NULL && self->heads->shift_id[0] != '\0';

  return news_new (self, kind, clerk, is_open ? self->heads->business_day : business_day,
                   is_open ? self->heads->shift_id : shift_id, time_us);
}

static TaiTillNews *
tell_approval (const Teller *self, const TaiApproval *fact)
{
  TaiTillNews *news =
      news_in_shift (self, TAI_NEWS_APPROVAL, fact->asked_by, NULL, NULL, tai_desk_now (self->desk));

  news->name = g_strdup (fact->action->id);
  news->subject = g_strdup (fact->subject);
  news->amount = fact->amount;
  news->approval_id = fact->id;
  news->approval_state = fact->state;
  news->asked_by = g_strdup (fact->asked_by);
  news->approver = g_strdup (fact->approver);
  news->asked_us = fact->asked_us;
  news->decided_us = fact->decided_us;
  news->until_us = fact->until_us;
  return news;
}

static TaiTillNews *
tell_note (const Teller *self, const TaiJournalEntry *entry)
{
  TaiTillNews *news;

  if (!tai_news_takes_note (entry->kind))
    return NULL;
  news =
      news_in_shift (self, TAI_NEWS_NOTE, entry->clerk, entry->shift_id, entry->business_day, entry->time_us);
  news->name = g_strdup (entry->kind);
  news->subject = g_strdup (entry->subject);
  return news;
}

/* The code's own entry has all that headquarters needs to know it again. */
static TaiTillNews *
tell_claim (const Teller *self, const TaiJournalEntry *entry)
{
  TaiTillNews *news;
  TaiDigest token;

  if ((strcmp (entry->kind, TAI_JOURNAL_INVOICE_CLAIM) != 0 &&
       strcmp (entry->kind, TAI_JOURNAL_INVOICE_EXCHANGED) != 0) ||
      !tai_digest_from_hex (entry->detail, &token))
    return NULL;
  news = news_in_shift (self, TAI_NEWS_INVOICE, entry->clerk, entry->shift_id, entry->business_day,
                        entry->time_us);
  news->name = g_strdup (entry->kind);
  news->subject = g_strdup (entry->subject);
  news->amount = entry->amount;
  news->token = token;
  return news;
}

/* Who has the slip may come to another desk: there it is asked for. */
static TaiTillNews *
tell_promise (const Teller *self, const TaiJournalEntry *entry)
{
  TaiPromiseKind kind;
  TaiTillNews *news;
  gint64 until_us;

  if (strcmp (entry->kind, TAI_JOURNAL_PROMISE) != 0 ||
      !tai_promise_from_note (entry->detail, &kind, &until_us))
    return NULL;
  news = news_in_shift (self, TAI_NEWS_PROMISE, entry->clerk, entry->shift_id, entry->business_day,
                        entry->time_us);
  news->name = g_strdup (tai_promise_kind_to_text (kind));
  news->subject = g_strdup (entry->subject);
  news->amount = entry->amount;
  news->promised_us = until_us;
  return news;
}

static TaiTillNews *
tell_entry (const Teller *self, const TaiJournalEntry *entry)
{
  TaiTillNews *news = tell_note (self, entry);

  news = news != NULL ? news : tell_claim (self, entry);
  return news != NULL ? news : tell_promise (self, entry);
}

static TaiTillNews *
tell_debt (const Teller *self, const TaiDebtFact *fact)
{
  const TaiStaff *staff = self->desk->staff;
  const TaiDebt *debt = fact->debt;
  TaiTillNews *news;

  if (!(fact->use & TAI_DEBT_TOLD))
    return NULL;
  news = news_in_shift (self, TAI_NEWS_DEBT, staff ? staff->number : NULL, NULL, NULL, debt->since_us);
  if (fact->key.text[0] != '\0')
    news->id = fact->key;
  news->name = g_strdup (tai_state_to_text (&tai_debt_states, debt->state));
  news->subject = g_strdup (debt->order_id.text);
  news->amount = debt->amount;
  news->reason = g_strdup (debt->reason);
  news->debt = tai_debt_copy (debt);
  return news;
}

/* HQ would look for its number for ever. */
static TaiTillNews *
tell_given_up (const Teller *self, const TaiMessageStateFact *fact)
{
  const TaiStaff *staff = self->desk->staff;
  TaiTillNews *news;

  if (fact->to != TAI_MESSAGE_SUPERSEDED || fact->key.text[0] == '\0')
    return NULL;
  news = news_new (self, TAI_NEWS_GIVEN_UP, staff ? staff->number : NULL, NULL, NULL, fact->time_us);
  news->subject = g_strdup (fact->key.text);
  news->reason = g_strdup (fact->reason);
  news->message_seq = fact->terminal_seq;
  news->message_digest = fact->digest;
  return news;
}

/* The same number as on the paper of the Z. */
static TaiTillNews *
tell_supplement (const Teller *self, const TaiSupplement *fact)
{
  const char *subject = fact->order_id.text[0] != '\0' ? fact->order_id.text : fact->payment_id.text;
  TaiTillNews *news = news_new (self, TAI_NEWS_SUPPLEMENT, fact->clerk, fact->business_day,
                                fact->shift_id.text, fact->time_us);

  news->name = g_strdup (fact->event);
  news->subject = subject[0] != '\0' ? g_strdup (subject) : NULL;
  news->amount = fact->amount;
  news->z_number = fact->z_number;
  news->number = fact->number;
  return news;
}

/* Its number is the store's: the one after the last, which stands fast within the transaction. NULL: @error */
static TaiTillNews *
tell_hall_close (const Teller *self, const TaiHallClose *fact, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiHallClose) last =
      tai_visit_store_find_hall_close (self->desk->ports.store, NULL, &local_error);
  TaiTillNews *news;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  news = news_new (self, TAI_NEWS_HALL_CLOSED, fact->clerk, fact->business_day, NULL, fact->time_us);
  news->hall = g_memdup2 (fact, sizeof *fact);
  news->hall->business_day = news->hall->clerk = NULL; /* the news' own */
  news->hall->number = last != NULL ? last->number + 1 : 1;
  return news;
}

/* NULL: no news, or @error */
static TaiTillNews *
tell (const Teller *self, const TaiFact *fact, GError **error)
{
  switch (fact->kind) {
  case TAI_FACT_SHIFT:
    return tell_shift (self, fact->shift);
  case TAI_FACT_POSTINGS:
    return tell_cash (self, fact->postings);
  case TAI_FACT_APPROVAL:
    return fact->approval->state == TAI_APPROVAL_USED ? NULL : tell_approval (self, fact->approval);
  case TAI_FACT_SUPPLEMENT:
    return tell_supplement (self, fact->supplement);
  case TAI_FACT_HALL_CLOSE:
    return tell_hall_close (self, fact->hall_close, error);
  case TAI_FACT_DEBT:
    return tell_debt (self, fact->debt);
  case TAI_FACT_JOURNAL:
    return tell_entry (self, fact->journal);
  case TAI_FACT_MESSAGE_STATE:
    return tell_given_up (self, fact->message_state);
  case TAI_FACT_VISIT:
  case TAI_FACT_ORDER:
  case TAI_FACT_ORDER_STATE:
  case TAI_FACT_ORDER_CAPTURED:
  case TAI_FACT_PAYMENT:
  case TAI_FACT_PAYMENT_EVENT:
  case TAI_FACT_PAYMENT_CAPTURED:
  case TAI_FACT_RESOURCE:
  case TAI_FACT_MESSAGE:
  case TAI_FACT_PRINT:
  case TAI_FACT_SETTING:
  default:
    return NULL;
  }
}

/* Takes @news. */
static gboolean
add_message (Teller *self, TaiTillNews *news, GError **error)
{
  g_autoptr (TaiTillNews) owned = news;
  TaiDesk *desk = self->desk;
  GBytes *body = tai_renderer_news (desk->ports.renderer, desk->terminal, news, error);
  TaiMessage *message;

  if (body == NULL)
    return FALSE;
  message = g_new0 (TaiMessage, 1);
  message->key = news->id;
  message->destination = g_strdup (TAI_DESTINATION_HQ);
  message->path = g_strdup (TAI_PATH_TILL);
  message->body = body;
  message->digest = tai_digest_bytes (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  message->terminal_seq = self->next_seq++;
  if (news->debt != NULL && news->debt->state == TAI_DEBT_STATE_WITHDRAWN)
    message->depends_on = news->debt->claim; /* what is taken back has come before */
  tai_change_take_message (self->change, message);
  return TRUE;
}

/* A payment that somebody declared paid may not be the first of those that cover its visit. */
static gboolean
is_approved (const Teller *self, const TaiMessage *message)
{
  return self->used != NULL && g_strcmp0 (self->used->subject, message->key.text) == 0;
}

/* A refund that a gateway is asked for: its message comes when it went, under its id. */
static gboolean
is_refund (const TaiFact *fact)
{
  return fact->kind == TAI_FACT_PAYMENT && tai_payment_is_refund (fact->payment);
}

/* What stands in the change already: the approval that it uses, the numbers that are taken, and the act, when a message of the
 * standard tells of it. */
static void
look (Teller *self, guint n)
{
  for (guint i = 0; i < n; i++) {
    const TaiFact *fact = tai_change_get_fact (self->change, i);
    if (fact->kind == TAI_FACT_APPROVAL && fact->approval->state == TAI_APPROVAL_USED)
      self->used = fact->approval;
    if (self->act.text[0] == '\0' && is_refund (fact))
      self->act = fact->payment->id;
    if (fact->kind != TAI_FACT_MESSAGE)
      continue;
    self->next_seq += fact->message->terminal_seq > 0;
    if (self->act.text[0] == '\0' || is_approved (self, fact->message))
      self->act = fact->message->key;
  }
}

static void
follow_journal (Teller *self, const TaiFact *fact)
{
  g_autoptr (GBytes) record = NULL;

  if (fact->kind != TAI_FACT_JOURNAL)
    return;
  record = tai_journal_record (++self->journal_seq, fact->journal);
  self->journal_head = tai_digest_chain (self->journal_head, record);
}

/* An act that somebody approved: cash that moves, or a close. */
static gboolean
is_act (const TaiTillNews *news)
{
  return news->kind == TAI_NEWS_CASH || news->kind == TAI_NEWS_CLOSED;
}

/* The approval last, with the key of the message that tells what it was used for. */
static gboolean
tell_used (Teller *self, GError **error)
{
  TaiTillNews *news;

  if (self->used == NULL)
    return TRUE;
  news = tell_approval (self, self->used);
  news->act = self->act;
  return add_message (self, news, error);
}

gboolean
tai_desk_add_news_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error)
{
  guint n = tai_change_get_n_facts (change);
  Teller self = {.desk = data,
                 .change = change,
                 .heads = heads,
                 .next_seq = heads->next_terminal_seq,
                 .journal_seq = heads->journal_seq,
                 .journal_head = heads->journal_head};

  look (&self, n);
  for (guint i = 0; i < n; i++) {
    const TaiFact *fact = tai_change_get_fact (change, i);
    g_autoptr (GError) local_error = NULL;
    TaiTillNews *news;

    follow_journal (&self, fact);
    news = tell (&self, fact, &local_error);
    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    if (news == NULL)
      continue;
    if (self.act.text[0] == '\0' && is_act (news))
      self.act = news->id;
    if (!add_message (&self, news, error))
      return FALSE;
  }
  return tell_used (&self, error);
}
