/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The heads of the terminal's series: messages, receipts, journal. Read when a change begins, written with it. On the store's
 * worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include <string.h>

#include "tai-offline-error.h"
#include "tai-receipt-number.h"

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

gboolean
tai_commit_load_heads (TaiCommit *self, GError **error)
{
  if (!load_heads (self->db, &self->heads, &self->journal_seq, &self->journal_head, &self->is_other_day,
                   error))
    return FALSE;
  self->first_terminal_seq = self->heads.next_terminal_seq;
  return TRUE;
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

gboolean
tai_commit_save_heads (TaiCommit *self, GError **error)
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
