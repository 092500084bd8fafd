/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the journal, read back from their records. Pure, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-journal.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-date.h"

#define MAX_STAFF_DIGITS 8
#define US_PER_MINUTE    (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define US_PER_DAY       (24 * 60 * US_PER_MINUTE)

/* Filter ----------------------------------------------------------------------------------------------------------------- */

static gboolean
is_of (const char *text, const char *letters)
{
  return *text != '\0' && text[strspn (text, letters)] == '\0';
}

/* Day before number: a day without dashes is eight digits, too. */
static void
read_word (TaiJournalFilter *self, const char *word, int utc_offset_min, guint16 currency)
{
  TaiMoney amount;
  TaiDate date;

  if (tai_date_from_text (word, &date)) {
    self->from_us = tai_date_to_days (date) * US_PER_DAY - utc_offset_min * US_PER_MINUTE;
    self->until_us = self->from_us + US_PER_DAY;
  } else if (strlen (word) <= MAX_STAFF_DIGITS && is_of (word, "0123456789"))
    self->clerk = word;
  else if (strchr (word, '.') != NULL && tai_money_from_text (word, currency, &amount, NULL))
    self->amount_minor = ABS (amount.minor);
  else if (is_of (word, "abcdefghijklmnopqrstuvwxyz_"))
    self->kind = word;
  else
    self->subject = word;
}

void
tai_journal_filter_read (TaiJournalFilter *self, char **words, int utc_offset_min, guint16 currency)
{
  g_return_if_fail (self != NULL);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      read_word (self, words[i], utc_offset_min, currency);
}

/* Line ------------------------------------------------------------------------------------------------------------------- */

static gboolean
take_number (const char *value, gint64 *number, GError **error)
{
  return g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, number, error);
}

static gboolean
take_cb (const char *name, const char *value, gpointer data, GError **error)
{
  TaiJournalLine *self = data;
  const struct {
    const char *name;
    char **to;
  } texts[] = {
      {"kind", &self->entry->kind},         {"business_day", &self->entry->business_day},
      {"shift_id", &self->entry->shift_id}, {"staff", &self->entry->clerk},
      {"subject", &self->entry->subject},   {"detail", &self->entry->detail},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (name, texts[i].name) == 0) {
      g_free (*texts[i].to);
      *texts[i].to = g_strdup (value);
    }
  if (strcmp (name, "sequence") == 0)
    return take_number (value, &self->seq, error);
  if (strcmp (name, "amount_minor") == 0)
    return take_number (value, &self->entry->amount.minor, error);
  if (strcmp (name, "currency") == 0)
    return tai_currency_from_code (value, &self->entry->amount.currency, error);
  return strcmp (name, "time") != 0 || tai_time_from_text (value, &self->entry->time_us);
}

TaiJournalLine *
tai_journal_line_new (GBytes *record, TaiDigest before, TaiDigest chain, GError **error)
{
  g_autoptr (TaiJournalLine) self = g_new0 (TaiJournalLine, 1);
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (record != NULL, NULL);
  self->entry = g_new0 (TaiJournalEntry, 1);
  self->chain = chain;
  self->is_chained = tai_digest_equal (tai_digest_chain (before, record), chain);
  if (tai_canonical_parse (record, take_cb, self, &local_error) && self->entry->kind != NULL && self->seq > 0)
    return g_steal_pointer (&self);
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_FAILED, "no record of a journal: %s",
               local_error != NULL ? local_error->message : "no kind");
  return NULL;
}

void
tai_journal_line_free (TaiJournalLine *self)
{
  if (self == NULL)
    return;
  tai_journal_entry_free (self->entry);
  g_free (self);
}
