/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one way in: a change is applied fact by fact inside one transaction, each fact checked against what is stored, and
 * all of it is rolled back when one fails. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"

/* Small facts --------------------------------------------------------------------------------------------------------- */

static gboolean
find_visit (TaiCommit *self, const TaiVisitFact *fact, guint *state, GError **error)
{
  static const TaiSql select = {"visit.select", "SELECT state FROM visit WHERE id = ?"};
  const TaiVisitFact *before = g_hash_table_lookup (self->visits, fact->id.text);
  g_autoptr (TaiQuery) query = NULL;
  int step;

  *state = before ? before->state : fact->state;
  if (before)
    return TRUE;
  query = tai_database_query (self->db, &select, error, "u", &fact->id);
  step = query ? tai_query_next (query, error) : -1;
  return step == 0 ||
         (step > 0 && tai_store_parse_state (&tai_visit_states, tai_query_get_text (query, 0), state, error));
}

/* A visit is stored with whatever it has become when it is first heard of: it lives in memory until then. */
gboolean
tai_commit_visit (TaiCommit *self, const TaiVisitFact *fact, GError **error)
{
  guint before;

  if (!find_visit (self, fact, &before, error))
    return FALSE;
  if (before != fact->state && !tai_state_check_move (&tai_visit_states, before, fact->state, error))
    return FALSE;
  g_hash_table_replace (self->visits, (gpointer)fact->id.text, (gpointer)fact);
  return TRUE;
}

static gboolean
save_visits (TaiCommit *self, GError **error)
{
  static const TaiSql upsert = {
      "visit.put",
      "INSERT INTO visit (id, state, clerk, opened_us, changed_us) VALUES (?, ?, ?, ?4, ?4) "
      "ON CONFLICT DO UPDATE SET state = excluded.state, clerk = coalesce (excluded.clerk, clerk), "
      "changed_us = excluded.changed_us"};
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->visits);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const TaiVisitFact *fact = value;
    if (!tai_database_run (self->db, &upsert, error, "utti", &fact->id,
                           tai_state_to_text (&tai_visit_states, fact->state), fact->clerk, fact->time_us))
      return FALSE;
  }
  return TRUE;
}

/* What a report tells of each clerk beside his sales is told by the journal, so it is counted from there and nowhere else. */
static gboolean
count_event (TaiCommit *self, const TaiJournalEntry *entry, GError **error)
{
  gboolean has_amount = entry->amount.currency == self->store->currency;
  TaiReportEvent event;

  return !tai_report_event_from_text (entry->kind, &event) ||
         tai_commit_add_total (self, entry->business_day, entry->shift_id, "event", entry->clerk, entry->kind,
                               1, tai_money (has_amount ? entry->amount.minor : 0, self->store->currency),
                               error);
}

gboolean
tai_commit_journal (TaiCommit *self, const TaiJournalEntry *entry, GError **error)
{
  static const TaiSql insert = {
      "journal.insert",
      "INSERT INTO journal (seq, kind, business_day, shift_id, subject, time_us, record, chain) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
  g_autoptr (GBytes) record = NULL;

  if (!tai_commit_check_shift (self, entry->shift_id, error))
    return FALSE;
  record = tai_journal_record (self->journal_seq + 1, entry);
  self->journal_head = tai_digest_chain (self->journal_head, record);
  self->journal_seq++;
  return tai_database_run (self->db, &insert, error, "ittttibd", self->journal_seq, entry->kind,
                           entry->business_day, entry->shift_id, entry->subject, entry->time_us, record,
                           &self->journal_head) &&
         count_event (self, entry, error);
}

gboolean
tai_commit_setting (TaiCommit *self, const TaiSettingFact *fact, GError **error)
{
  static const TaiSql put = {
      "setting.put",
      "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"};
  static const TaiSql delete = {"setting.delete", "DELETE FROM setting WHERE name = ?"};

  return fact->value ? tai_database_run (self->db, &put, error, "tt", fact->name, fact->value)
                     : tai_database_run (self->db, &delete, error, "t", fact->name);
}

/* The transaction ------------------------------------------------------------------------------------------------------ */

static gint64
time_of (const TaiFact *fact)
{
  switch (fact->kind) {
  case TAI_FACT_VISIT:
    return fact->visit->time_us;
  case TAI_FACT_ORDER:
    return fact->order->placed_us;
  case TAI_FACT_ORDER_STATE:
    return fact->order_state->time_us;
  case TAI_FACT_PAYMENT:
    return fact->payment->created_us;
  case TAI_FACT_PAYMENT_EVENT:
    return fact->payment_event->time_us;
  case TAI_FACT_POSTINGS:
    return fact->postings->time_us;
  case TAI_FACT_JOURNAL:
    return fact->journal->time_us;
  case TAI_FACT_SHIFT:
    return fact->shift->time_us;
  case TAI_FACT_MESSAGE_STATE:
    return fact->message_state->time_us;
  case TAI_FACT_APPROVAL:
    return fact->approval->decided_us;
  case TAI_FACT_SUPPLEMENT:
    return fact->supplement->time_us;
  case TAI_FACT_HALL_CLOSE:
    return fact->hall_close->time_us;
  case TAI_FACT_DEBT:
    return fact->debt->debt->since_us;
  case TAI_FACT_ORDER_CAPTURED:
  case TAI_FACT_PAYMENT_CAPTURED:
  case TAI_FACT_RESOURCE:
  case TAI_FACT_MESSAGE:
  case TAI_FACT_PRINT:
  case TAI_FACT_SETTING:
    return 0;
  default:
    g_assert_not_reached ();
  }
}

static gboolean
apply (TaiCommit *self, const TaiFact *fact, GError **error)
{
  switch (fact->kind) {
  case TAI_FACT_VISIT:
    return tai_commit_visit (self, fact->visit, error);
  case TAI_FACT_ORDER:
    return tai_commit_order (self, fact->order, error);
  case TAI_FACT_ORDER_STATE:
    return tai_commit_order_state (self, fact->order_state, error);
  case TAI_FACT_ORDER_CAPTURED:
    return tai_commit_order_captured (self, fact->order, error);
  case TAI_FACT_PAYMENT:
    return tai_commit_payment (self, fact->payment, error);
  case TAI_FACT_PAYMENT_EVENT:
    return tai_commit_payment_event (self, fact->payment_event, error);
  case TAI_FACT_PAYMENT_CAPTURED:
    return tai_commit_payment_captured (self, fact->payment, error);
  case TAI_FACT_POSTINGS:
    return tai_commit_postings (self, fact->postings, error);
  case TAI_FACT_RESOURCE:
    return tai_commit_resource (self, fact->resource, error);
  case TAI_FACT_JOURNAL:
    return tai_commit_journal (self, fact->journal, error);
  case TAI_FACT_MESSAGE:
    return tai_commit_message (self, fact->message, error);
  case TAI_FACT_MESSAGE_STATE:
    return tai_commit_message_state (self, fact->message_state, error);
  case TAI_FACT_PRINT:
    return tai_commit_print (self, fact->print, error);
  case TAI_FACT_SHIFT:
    return tai_commit_shift (self, fact->shift, error);
  case TAI_FACT_APPROVAL:
    return tai_commit_approval (self, fact->approval, error);
  case TAI_FACT_SETTING:
    return tai_commit_setting (self, fact->setting, error);
  case TAI_FACT_SUPPLEMENT:
    return tai_commit_supplement (self, fact->supplement, error);
  case TAI_FACT_HALL_CLOSE:
    return tai_commit_hall_close (self, fact->hall_close, error);
  case TAI_FACT_DEBT:
    return tai_commit_debt (self, fact->debt, error);
  default:
    g_assert_not_reached ();
  }
}

gboolean
tai_commit_begin (TaiCommit *self, TaiStore *store, GError **error)
{
  *self = (TaiCommit){.store = store, .db = store->db};
  if (!tai_store_check_writable (store, error) || !tai_database_begin (self->db, error))
    return FALSE;
  self->own_shifts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->captured = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->paying_visits = g_ptr_array_new_with_free_func (g_free);
  self->totals = tai_commit_new_totals ();
  self->visits = g_hash_table_new (g_str_hash, g_str_equal);
  self->moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (tai_commit_load_heads (self, error))
    return TRUE;
  tai_database_rollback (self->db);
  return FALSE;
}

gboolean
tai_commit_end (TaiCommit *self, GError **error)
{
  if (!save_visits (self, error) || !tai_commit_save_totals (self, error) ||
      !tai_commit_save_heads (self, error) || !tai_database_commit (self->db, error))
    return FALSE;
  self->store->n_open += self->n_messages;
  if (self->n_messages > 0 || self->wakes_outbox)
    tai_store_forget_next_due (self->store);
  tai_store_limit_log (self->store);
  return TRUE;
}

/* Whatever is not committed by now is rolled back. */
void
tai_commit_clear (TaiCommit *self)
{
  if (self->db)
    tai_database_rollback (self->db);
  g_clear_pointer (&self->own_shifts, g_hash_table_unref);
  g_clear_pointer (&self->captured, g_array_unref);
  g_clear_pointer (&self->paying_visits, g_ptr_array_unref);
  g_clear_pointer (&self->moved, g_hash_table_unref);
  g_clear_pointer (&self->totals, g_ptr_array_unref);
  g_clear_pointer (&self->visits, g_hash_table_unref);
}

static gboolean
apply_all (TaiCommit *self, TaiChange *change, GError **error)
{
  for (guint i = 0; i < tai_change_get_n_facts (change); i++)
    self->now_us = MAX (self->now_us, time_of (tai_change_get_fact (change, i)));
  for (guint i = 0; i < tai_change_get_n_facts (change); i++)
    if (!apply (self, tai_change_get_fact (change, i), error))
      return FALSE;
  return tai_commit_check_captured (self, error) && tai_commit_end_payments (self, error);
}

gboolean
tai_store_commit (TaiVisitStore *store, TaiChange *change, GError **error)
{
  g_auto (TaiCommit) commit = {0};

  return tai_commit_begin (&commit, TAI_STORE (store), error) &&
         tai_change_complete (change, &commit.heads, error) && apply_all (&commit, change, error) &&
         tai_commit_end (&commit, error);
}

/* The letter is chosen before anything else may use the series, and the journal says why (I8). */
gboolean
tai_store_advance_epoch (TaiStore *self, gint64 hq_top, const char *detail, gint64 time_us, GError **error)
{
  static const TaiSql update = {"meta.epoch",
                                "UPDATE meta SET epoch_letter = ?, receipt_day = '', next_receipt_seq = 1"};
  g_auto (TaiCommit) commit = {0};
  char letter[2] = "";
  TaiJournalEntry entry = {
      .kind = (char *)"restored", .subject = letter, .detail = (char *)detail, .time_us = time_us};

  g_return_val_if_fail (TAI_IS_STORE (self), FALSE);
  if (!tai_commit_begin (&commit, self, error))
    return FALSE;
  if (commit.heads.epoch_letter == 'Z') {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT,
                         "the terminal was restored 25 times: enrol it anew");
    return FALSE;
  }
  letter[0] = (char)(commit.heads.epoch_letter + 1);
  commit.heads.next_terminal_seq = MAX (commit.heads.next_terminal_seq, hq_top + 1);
  return tai_database_run (self->db, &update, error, "t", letter) &&
         tai_commit_journal (&commit, &entry, error) && tai_commit_end (&commit, error);
}
