/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of facts that one transaction writes, in the order in which they were added. Built on any thread, then handed to
 * the store's; one thread at a time.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-change.h"

struct _TaiChange {
  GArray *facts;                  /* (owned) of TaiFact */
  TaiCompleteFunc complete, last; /* (nullable) */
  gpointer complete_data, last_data;
  gboolean was_completed;
  guint n_before; /* facts before the completion added its own */
};

void
tai_journal_entry_free (TaiJournalEntry *self)
{
  if (!self)
    return;
  g_free (self->kind);
  g_free (self->business_day);
  g_free (self->shift_id);
  g_free (self->clerk);
  g_free (self->subject);
  g_free (self->detail);
  g_free (self);
}

void
tai_message_free (TaiMessage *self)
{
  if (!self)
    return;
  g_free (self->destination);
  g_free (self->path);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

void
tai_print_job_free (TaiPrintJob *self)
{
  if (!self)
    return;
  g_free (self->receipt_number);
  g_clear_pointer (&self->document, tai_document_unref);
  g_free (self->printer);
  g_free (self);
}

void
tai_shift_fact_free (TaiShiftFact *self)
{
  if (!self)
    return;
  g_free (self->till);
  g_free (self->clerk);
  g_free (self->business_day);
  g_free (self);
}

static void
visit_fact_free (TaiVisitFact *self)
{
  g_free (self->clerk);
  g_free (self);
}

static void
order_state_fact_free (TaiOrderStateFact *self)
{
  g_free (self->reason);
  g_free (self);
}

static void
payment_event_fact_free (TaiPaymentEventFact *self)
{
  g_free (self->detail);
  g_free (self);
}

static void
postings_fact_free (TaiPostingsFact *self)
{
  tai_posting_set_free (self->set);
  g_free (self->business_day);
  g_free (self->shift_id);
  g_free (self->clerk);
  g_free (self->slip);
  g_free (self->reason);
  g_free (self);
}

static void
message_state_fact_free (TaiMessageStateFact *self)
{
  g_free (self->reason);
  g_free (self);
}

static void
resource_fact_free (TaiResourceFact *self)
{
  g_free (self->kind);
  g_free (self->value);
  g_free (self->grade);
  g_free (self);
}

static void
setting_fact_free (TaiSettingFact *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static void
debt_fact_free (TaiDebtFact *self)
{
  tai_debt_free (self->debt);
  g_free (self);
}

static void
fact_clear (gpointer data)
{
  TaiFact *fact = data;

  switch (fact->kind) {
  case TAI_FACT_VISIT:
    visit_fact_free (fact->visit);
    break;
  case TAI_FACT_ORDER:
  case TAI_FACT_ORDER_CAPTURED:
  case TAI_FACT_PAYMENT:
  case TAI_FACT_PAYMENT_CAPTURED:
    break; /* the visit's */
  case TAI_FACT_ORDER_STATE:
    order_state_fact_free (fact->order_state);
    break;
  case TAI_FACT_PAYMENT_EVENT:
    payment_event_fact_free (fact->payment_event);
    break;
  case TAI_FACT_POSTINGS:
    postings_fact_free (fact->postings);
    break;
  case TAI_FACT_RESOURCE:
    resource_fact_free (fact->resource);
    break;
  case TAI_FACT_JOURNAL:
    tai_journal_entry_free (fact->journal);
    break;
  case TAI_FACT_MESSAGE:
    tai_message_free (fact->message);
    break;
  case TAI_FACT_MESSAGE_STATE:
    message_state_fact_free (fact->message_state);
    break;
  case TAI_FACT_PRINT:
    tai_print_job_free (fact->print);
    break;
  case TAI_FACT_SHIFT:
    tai_shift_fact_free (fact->shift);
    break;
  case TAI_FACT_APPROVAL:
    tai_approval_free (fact->approval);
    break;
  case TAI_FACT_SETTING:
    setting_fact_free (fact->setting);
    break;
  case TAI_FACT_SUPPLEMENT:
    tai_supplement_free (fact->supplement);
    break;
  case TAI_FACT_HALL_CLOSE:
    tai_hall_close_free (fact->hall_close);
    break;
  case TAI_FACT_DEBT:
    debt_fact_free (fact->debt);
    break;
  default:
    g_assert_not_reached ();
  }
}

TaiChange *
tai_change_new (void)
{
  TaiChange *self = g_new0 (TaiChange, 1);

  self->facts = g_array_new (FALSE, FALSE, sizeof (TaiFact));
  g_array_set_clear_func (self->facts, fact_clear);
  return self;
}

void
tai_change_free (TaiChange *self)
{
  if (!self)
    return;
  g_array_unref (self->facts);
  g_free (self);
}

void
tai_change_set_complete (TaiChange *self, TaiCompleteFunc func, gpointer data)
{
  g_return_if_fail (self != NULL && !self->was_completed);

  self->complete = func;
  self->complete_data = data;
}

void
tai_change_set_last (TaiChange *self, TaiCompleteFunc func, gpointer data)
{
  g_return_if_fail (self != NULL && !self->was_completed);

  self->last = func;
  self->last_data = data;
}

gboolean
tai_change_complete (TaiChange *self, const TaiHeads *heads, GError **error)
{
  g_return_val_if_fail (self != NULL && heads != NULL, FALSE);

  /* A store that rolled back and tries again brings other heads: what the first completion added is void. */
  if (self->was_completed)
    g_array_set_size (self->facts, self->n_before);
  self->n_before = self->facts->len;
  self->was_completed = TRUE;
  return (self->complete == NULL || self->complete (self, heads, self->complete_data, error)) &&
         (self->last == NULL || self->last (self, heads, self->last_data, error));
}

guint
tai_change_get_n_facts (const TaiChange *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->facts->len;
}

const TaiFact *
tai_change_get_fact (const TaiChange *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->facts->len, NULL);

  return &g_array_index (self->facts, TaiFact, index);
}

static void
append (TaiChange *self, TaiFact fact)
{
  g_array_append_val (self->facts, fact);
}

void
tai_change_add_visit (TaiChange *self, const TaiUuid *id, TaiVisitState state, const char *clerk,
                      gint64 time_us)
{
  TaiVisitFact *fact;

  g_return_if_fail (self != NULL && id != NULL);

  fact = g_new0 (TaiVisitFact, 1);
  *fact = (TaiVisitFact){*id, state, g_strdup (clerk), time_us};
  append (self, (TaiFact){.kind = TAI_FACT_VISIT, .visit = fact});
}

void
tai_change_add_message_state (TaiChange *self, gint64 row, TaiMessageState to, gint64 time_us)
{
  TaiMessageStateFact *fact;

  g_return_if_fail (self != NULL);

  fact = g_new0 (TaiMessageStateFact, 1);
  *fact = (TaiMessageStateFact){.row = row, .to = to, .time_us = time_us};
  append (self, (TaiFact){.kind = TAI_FACT_MESSAGE_STATE, .message_state = fact});
}

void
tai_change_add_given_up (TaiChange *self, gint64 row, const TaiMessage *message, const char *reason,
                         gint64 time_us)
{
  TaiMessageStateFact *fact;

  g_return_if_fail (self != NULL && message != NULL);

  fact = g_new0 (TaiMessageStateFact, 1);
  *fact = (TaiMessageStateFact){.row = row,
                                .to = TAI_MESSAGE_SUPERSEDED,
                                .time_us = time_us,
                                .key = message->key,
                                .terminal_seq = message->terminal_seq,
                                .digest = message->digest,
                                .reason = g_strdup (reason)};
  append (self, (TaiFact){.kind = TAI_FACT_MESSAGE_STATE, .message_state = fact});
}

void
tai_change_add_order (TaiChange *self, TaiOrder *order)
{
  g_return_if_fail (self != NULL && order != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_ORDER, .order = order});
}

void
tai_change_add_order_captured (TaiChange *self, TaiOrder *order)
{
  g_return_if_fail (self != NULL && order != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_ORDER_CAPTURED, .order = order});
}

void
tai_change_add_order_state (TaiChange *self, const TaiUuid *id, TaiOrderState to, const char *reason,
                            gint64 time_us)
{
  TaiOrderStateFact *fact;

  g_return_if_fail (self != NULL && id != NULL);

  fact = g_new0 (TaiOrderStateFact, 1);
  *fact = (TaiOrderStateFact){*id, to, g_strdup (reason), time_us};
  append (self, (TaiFact){.kind = TAI_FACT_ORDER_STATE, .order_state = fact});
}

void
tai_change_add_payment (TaiChange *self, TaiPayment *payment)
{
  g_return_if_fail (self != NULL && payment != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_PAYMENT, .payment = payment});
}

static void
add_payment_event (TaiChange *self, const TaiUuid *id, TaiPaymentState to, const char *detail, gint64 time_us,
                   gboolean releases)
{
  TaiPaymentEventFact *fact = g_new0 (TaiPaymentEventFact, 1);

  *fact = (TaiPaymentEventFact){*id, to, g_strdup (detail), time_us, releases};
  append (self, (TaiFact){.kind = TAI_FACT_PAYMENT_EVENT, .payment_event = fact});
}

void
tai_change_add_payment_event (TaiChange *self, const TaiUuid *id, TaiPaymentState to, const char *detail,
                              gint64 time_us)
{
  g_return_if_fail (self != NULL && id != NULL);

  add_payment_event (self, id, to, detail, time_us, FALSE);
}

void
tai_change_add_payment_events (TaiChange *self, const TaiUuid *id, const TaiPaymentState *to, guint n,
                               const char *detail, gint64 time_us)
{
  for (guint i = 0; i < n; i++)
    tai_change_add_payment_event (self, id, to[i], i + 1 == n ? detail : NULL, time_us);
}

void
tai_change_add_payment_release (TaiChange *self, const TaiUuid *id, TaiPaymentState to, const char *detail,
                                gint64 time_us)
{
  g_return_if_fail (self != NULL && id != NULL);

  add_payment_event (self, id, to, detail, time_us, TRUE);
}

void
tai_change_add_payment_captured (TaiChange *self, TaiPayment *payment)
{
  g_return_if_fail (self != NULL && payment != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_PAYMENT_CAPTURED, .payment = payment});
}

void
tai_change_add_postings (TaiChange *self, TaiPostingSet *set, const TaiUuid *order_id,
                         const TaiUuid *payment_id, const char *business_day, const char *shift_id,
                         const char *clerk, gint64 time_us)
{
  TaiPostingsFact *fact;

  g_return_if_fail (self != NULL && set != NULL);

  fact = g_new0 (TaiPostingsFact, 1);
  fact->set = set;
  if (order_id)
    fact->order_id = *order_id;
  if (payment_id)
    fact->payment_id = *payment_id;
  fact->business_day = g_strdup (business_day);
  fact->shift_id = g_strdup (shift_id);
  fact->clerk = g_strdup (clerk);
  fact->time_us = time_us;
  append (self, (TaiFact){.kind = TAI_FACT_POSTINGS, .postings = fact});
}

void
tai_change_set_words (TaiChange *self, const char *slip, const char *reason)
{
  TaiFact *last;

  g_return_if_fail (self != NULL && self->facts->len > 0);
  last = &g_array_index (self->facts, TaiFact, self->facts->len - 1);
  g_return_if_fail (last->kind == TAI_FACT_POSTINGS);

  g_free (last->postings->slip);
  g_free (last->postings->reason);
  last->postings->slip = g_strdup (slip);
  last->postings->reason = g_strdup (reason);
}

void
tai_change_add_resource (TaiChange *self, const char *kind, const char *value, TaiResourceState to,
                         const TaiUuid *holder, gint64 until_us, const char *grade)
{
  TaiResourceFact *fact;

  g_return_if_fail (self != NULL && kind != NULL && value != NULL);

  fact = g_new0 (TaiResourceFact, 1);
  fact->kind = g_strdup (kind);
  fact->value = g_strdup (value);
  fact->to = to;
  if (holder)
    fact->holder = *holder;
  fact->until_us = until_us;
  fact->grade = g_strdup (grade);
  append (self, (TaiFact){.kind = TAI_FACT_RESOURCE, .resource = fact});
}

void
tai_change_take_journal (TaiChange *self, TaiJournalEntry *entry)
{
  g_return_if_fail (self != NULL && entry != NULL && entry->kind != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_JOURNAL, .journal = entry});
}

void
tai_change_take_message (TaiChange *self, TaiMessage *message)
{
  g_return_if_fail (self != NULL && message != NULL);
  g_return_if_fail (message->destination != NULL && message->path != NULL && message->body != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_MESSAGE, .message = message});
}

void
tai_change_take_print (TaiChange *self, TaiPrintJob *job)
{
  g_return_if_fail (self != NULL && job != NULL && job->document != NULL && job->printer != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_PRINT, .print = job});
}

void
tai_change_take_shift (TaiChange *self, TaiShiftFact *shift)
{
  g_return_if_fail (self != NULL && shift != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_SHIFT, .shift = shift});
}

void
tai_change_take_approval (TaiChange *self, TaiApproval *approval)
{
  g_return_if_fail (self != NULL && approval != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_APPROVAL, .approval = approval});
}

void
tai_change_take_supplement (TaiChange *self, TaiSupplement *supplement)
{
  g_return_if_fail (self != NULL && supplement != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_SUPPLEMENT, .supplement = supplement});
}

void
tai_change_take_hall_close (TaiChange *self, TaiHallClose *close)
{
  g_return_if_fail (self != NULL && close != NULL);

  append (self, (TaiFact){.kind = TAI_FACT_HALL_CLOSE, .hall_close = close});
}

void
tai_change_take_debt (TaiChange *self, TaiDebt *debt, TaiDebtUse use, const TaiUuid *key)
{
  TaiDebtFact *fact;

  g_return_if_fail (self != NULL && debt != NULL && use != 0);

  fact = g_new0 (TaiDebtFact, 1);
  fact->debt = debt;
  fact->use = use;
  if (key != NULL)
    fact->key = *key;
  append (self, (TaiFact){.kind = TAI_FACT_DEBT, .debt = fact});
}

void
tai_change_add_setting (TaiChange *self, const char *name, const char *value)
{
  TaiSettingFact *fact;

  g_return_if_fail (self != NULL && name != NULL);

  fact = g_new0 (TaiSettingFact, 1);
  fact->name = g_strdup (name);
  fact->value = g_strdup (value);
  append (self, (TaiFact){.kind = TAI_FACT_SETTING, .setting = fact});
}

GBytes *
tai_journal_record (gint64 seq, const TaiJournalEntry *entry)
{
  TaiCanonical *record;

  g_return_val_if_fail (entry != NULL && entry->kind != NULL, NULL);

  record = tai_canonical_new (1);
  tai_canonical_add_int (record, "sequence", seq);
  tai_canonical_add (record, "kind", entry->kind);
  tai_canonical_add_time (record, "time", entry->time_us);
  tai_canonical_add (record, "business_day", entry->business_day);
  tai_canonical_add (record, "shift_id", entry->shift_id);
  tai_canonical_add (record, "staff", entry->clerk);
  tai_canonical_add (record, "subject", entry->subject);
  tai_canonical_add (record, "detail", entry->detail);
  if (entry->amount.currency != 0) {
    tai_canonical_add_int (record, "amount_minor", entry->amount.minor);
    tai_canonical_add (record, "currency", tai_currency_to_code (entry->amount.currency));
  }
  return tai_canonical_end (record);
}
