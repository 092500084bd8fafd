/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one way in: a change is applied fact by fact inside one transaction, each fact checked against what is stored, and
 * all of it is rolled back when one fails. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-limits.h"
#include "tai-offline-error.h"
#include "tai-receipt-number.h"

/* Heads -------------------------------------------------------------------------------------------------------------- */

static gboolean
load_meta (TaiDatabase *db, TaiHeads *heads, gint64 *journal_seq, TaiDigest *journal_head,
           char receipt_day[11], GError **error)
{
  static const TaiSql select = {"meta.select",
                                "SELECT next_terminal_seq, next_receipt_seq, epoch_letter, receipt_day, "
                                "journal_seq, journal_head FROM meta"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "");
  int step = query ? tai_query_next (query, error) : -1;

  if (step < 0)
    return FALSE;
  g_assert (step == 1); /* tai_store_open has seen it */
  heads->next_terminal_seq = tai_query_get_int (query, 0);
  heads->next_receipt_seq = tai_query_get_int (query, 1);
  heads->epoch_letter = tai_query_get_text (query, 2)[0];
  g_strlcpy (receipt_day, tai_query_get_text (query, 3), 11);
  *journal_seq = heads->journal_seq = tai_query_get_int (query, 4);
  *journal_head = heads->journal_head = tai_query_get_digest (query, 5);
  return TRUE;
}

static gboolean
load_shift (TaiDatabase *db, TaiHeads *heads, GError **error)
{
  static const TaiSql select = {
      "shift.current", "SELECT id, business_day FROM shift WHERE state <> 'closed' ORDER BY n DESC LIMIT 1"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "");
  int step = query ? tai_query_next (query, error) : -1;

  if (step <= 0)
    return step == 0;
  g_strlcpy (heads->shift_id, tai_query_get_text (query, 0), sizeof heads->shift_id);
  g_strlcpy (heads->business_day, tai_query_get_text (query, 1), sizeof heads->business_day);
  return TRUE;
}

static gboolean
load_heads (TaiDatabase *db, TaiHeads *heads, gint64 *journal_seq, TaiDigest *journal_head,
            gboolean *is_other_day, GError **error)
{
  static const TaiSql series = {
      "series.select", "SELECT next_seq FROM receipt_series WHERE business_day = ? AND epoch_letter = ?"};
  char receipt_day[11], letter[2] = "";

  *heads = (TaiHeads){0};
  if (!load_meta (db, heads, journal_seq, journal_head, receipt_day, error) || !load_shift (db, heads, error))
    return FALSE;
  *is_other_day = !g_str_equal (heads->business_day, receipt_day);
  if (!*is_other_day)
    return TRUE;
  letter[0] = heads->epoch_letter;
  return tai_database_get_int (db, &series, 1, &heads->next_receipt_seq, error, "tt", heads->business_day,
                               letter);
}

gboolean
tai_store_get_heads (TaiStore *self, TaiHeads *heads, GError **error)
{
  gint64 seq;
  TaiDigest head;
  gboolean is_other_day;

  g_return_val_if_fail (TAI_IS_STORE (self) && heads != NULL, FALSE);
  return load_heads (self->db, heads, &seq, &head, &is_other_day, error);
}

/* The series of another day is put aside: a day that is opened again finds its own. */
static gboolean
put_series_aside (TaiCommit *self, GError **error)
{
  static const TaiSql aside = {
      "series.put", "INSERT INTO receipt_series (business_day, epoch_letter, next_seq) SELECT receipt_day, "
                    "epoch_letter, next_receipt_seq FROM meta WHERE receipt_day <> '' ON CONFLICT DO UPDATE "
                    "SET next_seq = excluded.next_seq"};

  return tai_database_run (self->db, &aside, error, "");
}

static gboolean
save_heads (TaiCommit *self, GError **error)
{
  static const TaiSql all = {"meta.update",
                             "UPDATE meta SET next_terminal_seq = ?, journal_seq = ?, journal_head = ?, "
                             "receipt_day = ?, next_receipt_seq = ?"};
  static const TaiSql no_receipt = {
      "meta.update", "UPDATE meta SET next_terminal_seq = ?, journal_seq = ?, journal_head = ?"};
  const TaiHeads *heads = &self->heads;

  if (self->receipt_number[0] == '\0' && heads->next_terminal_seq == self->first_terminal_seq &&
      heads->journal_seq == self->journal_seq)
    return TRUE; /* a hold, an outcome: no series has moved */
  if (self->receipt_number[0] == '\0')
    return tai_database_run (self->db, &no_receipt, error, "iid", heads->next_terminal_seq, self->journal_seq,
                             &self->journal_head);
  return (!self->is_other_day || put_series_aside (self, error)) &&
         tai_database_run (self->db, &all, error, "iidti", heads->next_terminal_seq, self->journal_seq,
                           &self->journal_head, heads->business_day, heads->next_receipt_seq);
}

gboolean
tai_commit_take_receipt (TaiCommit *self, const char *number, gboolean may_be_old, GError **error)
{
  char letter, day[11];
  gint64 sequence;

  if (g_str_equal (number, self->receipt_number))
    return TRUE;
  if (strlen (number) >= sizeof self->receipt_number ||
      !tai_receipt_number_parse (number, &letter, day, &sequence)) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_SERIES, "'%s' is no receipt number", number);
    return FALSE;
  }
  if (letter == self->heads.epoch_letter && g_str_equal (day, self->heads.business_day) &&
      sequence == self->heads.next_receipt_seq) {
    g_strlcpy (self->receipt_number, number, sizeof self->receipt_number);
    self->heads.next_receipt_seq++;
    return TRUE;
  }
  if (may_be_old)
    return TRUE;
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_SERIES,
               "receipt %s is not number %" G_GINT64_FORMAT " of %s, epoch %c", number,
               self->heads.next_receipt_seq, self->heads.business_day, self->heads.epoch_letter);
  return FALSE;
}

gboolean
tai_commit_check_money (TaiMoney money, const char *what, GError **error)
{
  if (tai_currency_get_decimals (money.currency) >= 0)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_CURRENCY, "%s has no currency", what);
  return FALSE;
}

/* What a change adds to one row of "total"; one write for all its facts. */
typedef struct {
  char *day, *shift_id, *clerk, *name; /* (owned) */
  const char *kind;
  gint64 count;
  TaiMoney amount;
} Total;

static void
total_free (gpointer data)
{
  Total *total = data;

  g_free (total->day);
  g_free (total->shift_id);
  g_free (total->clerk);
  g_free (total->name);
  g_free (total);
}

static Total *
find_total (TaiCommit *self, const char *day, const char *shift_id, const char *kind, const char *clerk,
            const char *name, guint16 currency)
{
  for (guint i = 0; i < self->totals->len; i++) {
    Total *total = g_ptr_array_index (self->totals, i);
    if (total->kind == kind && total->amount.currency == currency && g_str_equal (total->name, name) &&
        g_str_equal (total->clerk, clerk) && g_str_equal (total->day, day) &&
        g_str_equal (total->shift_id, shift_id))
      return total;
  }
  return NULL;
}

gboolean
tai_commit_add_total (TaiCommit *self, const char *business_day, const char *shift_id, const char *kind,
                      const char *clerk, const char *name, gint64 count, TaiMoney amount, GError **error)
{
  const char *day = business_day ? business_day : "", *shift = shift_id ? shift_id : "",
             *who = clerk ? clerk : "";
  Total *total;

  kind = g_intern_string (kind);
  total = find_total (self, day, shift, kind, who, name, amount.currency);
  if (total == NULL) {
    total = g_new0 (Total, 1);
    *total = (Total){g_strdup (day),
                     g_strdup (shift),
                     g_strdup (who),
                     g_strdup (name),
                     kind,
                     0,
                     tai_money (0, amount.currency)};
    g_ptr_array_add (self->totals, total);
  }
  total->count += count;
  return tai_money_add (total->amount, amount, &total->amount, error);
}

gint64
tai_commit_get_added (TaiCommit *self, const char *account)
{
  gint64 minor = 0;

  for (guint i = 0; i < self->totals->len; i++) {
    const Total *total = g_ptr_array_index (self->totals, i);
    if (g_str_equal (total->kind, "account") && g_str_equal (total->name, account) &&
        total->amount.currency == self->store->currency)
      minor += total->amount.minor;
  }
  return minor;
}

/* Nearly always the row is there. */
static gboolean
save_total (TaiCommit *self, const Total *total, GError **error)
{
  static const TaiSql update = {
      "total.add", "UPDATE total SET count = count + ?, minor = minor + ? WHERE business_day = ? AND "
                   "shift_id = ? AND kind = ? AND clerk = ? AND name = ? AND currency = ?"};
  static const TaiSql insert = {
      "total.insert", "INSERT INTO total (count, minor, business_day, shift_id, kind, clerk, name, currency) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
  int currency = total->amount.currency;

  if (!tai_database_run (self->db, &update, error, "iitttttw", total->count, total->amount.minor, total->day,
                         total->shift_id, total->kind, total->clerk, total->name, currency))
    return FALSE;
  return tai_database_get_changes (self->db) > 0 ||
         tai_database_run (self->db, &insert, error, "iitttttw", total->count, total->amount.minor,
                           total->day, total->shift_id, total->kind, total->clerk, total->name, currency);
}

static gboolean
save_balance (TaiCommit *self, const Total *total, GError **error)
{
  static const TaiSql update = {"balance.add",
                                "UPDATE balance SET minor = minor + ? WHERE account = ? AND currency = ?"};
  static const TaiSql insert = {"balance.insert",
                                "INSERT INTO balance (minor, account, currency) VALUES (?, ?, ?)"};
  int currency = total->amount.currency;

  if (!g_str_equal (total->kind, "account"))
    return TRUE;
  if (!tai_database_run (self->db, &update, error, "itw", total->amount.minor, total->name, currency))
    return FALSE;
  return tai_database_get_changes (self->db) > 0 ||
         tai_database_run (self->db, &insert, error, "itw", total->amount.minor, total->name, currency);
}

static gboolean
save_totals (TaiCommit *self, GError **error)
{
  for (guint i = 0; i < self->totals->len; i++)
    if (!save_total (self, g_ptr_array_index (self->totals, i), error) ||
        !save_balance (self, g_ptr_array_index (self->totals, i), error))
      return FALSE;
  return TRUE;
}

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
  self->totals = g_ptr_array_new_with_free_func (total_free);
  self->visits = g_hash_table_new (g_str_hash, g_str_equal);
  self->moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (load_heads (self->db, &self->heads, &self->journal_seq, &self->journal_head, &self->is_other_day,
                  error)) {
    self->first_terminal_seq = self->heads.next_terminal_seq;
    return TRUE;
  }
  tai_database_rollback (self->db);
  return FALSE;
}

gboolean
tai_commit_end (TaiCommit *self, GError **error)
{
  if (!save_visits (self, error) || !save_totals (self, error) || !save_heads (self, error) ||
      !tai_database_commit (self->db, error))
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
