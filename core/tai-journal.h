/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-change.h"

G_BEGIN_DECLS

/*
 * Looking into the journal: what is searched for, and its entries as they are read back. Plain structs; any thread.
 */

/**
 * TaiJournalFilter: NULL / 0 = any.
 * @from_us, @until_us: of the time; the second is the first that is not meant
 * @kind: of the entry; @clerk: who did it; @subject: exactly what it is about
 * @amount_minor: of it, or as much less than nothing
 * @before_seq: only entries before that one
 * @limit: 0 = 100
 */
typedef struct {
  gint64 from_us, until_us;
  const char *kind, *clerk, *subject;
  gint64 amount_minor, before_seq;
  guint limit;
} TaiJournalFilter;
/* What is read entry by entry, a clerk or an amount of no day, is looked for among so many of the newest, or before @before_seq. */
#define TAI_JOURNAL_LOOK_BACK 100000

/**
 * tai_journal_filter_read:
 * Finds with what a person types: a day ("2026-11-27"), a kind ("till_closed", as the journal has it), a staff number (up to 8
 * digits), an amount with its point ("30.00", whichever way it went), else what it is about. Several words are all meant, each kind of word once. Empty or NULL: all. The words live in
 * @words, which is written to and must outlive the filter.
 */
void tai_journal_filter_read (TaiJournalFilter *self, char **words, int utc_offset_min, guint16 currency);

/**
 * TaiJournalLine: an entry as it stands in the journal.
 * @entry: (owned)
 * @chain: the digest after it
 * @is_chained: it follows from the entry before it, to the last bit
 */
typedef struct {
  gint64 seq;
  TaiJournalEntry *entry;
  TaiDigest chain;
  gboolean is_chained;
} TaiJournalLine;
/* FAILED: @record is no record of a journal. @before: the digest after the entry before it; zeros for the first. */
TaiJournalLine *tai_journal_line_new (GBytes *record, TaiDigest before, TaiDigest chain, GError **error);
void tai_journal_line_free (TaiJournalLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiJournalLine, tai_journal_line_free)

G_END_DECLS
