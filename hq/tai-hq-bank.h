/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"

G_BEGIN_DECLS

/*
 * A bank's statement beside what the halls say. Its lines are of three types: a deposit (cash from sealed bags, known by the number of
 * the bank's slip) and what cards and QR brought a hall for a business day, refunds less. Lines are kept for ever; what has no other
 * half yet is a finding (tai-hq-finding.h), open until it comes.
 */
#define HQ_BANK_DEPOSIT "deposit" /* else the text of a tender: "card", "qr" */

/* What a finding is about: "deposit SLIP", "card 2026-11-22". (transfer full) */
char *hq_bank_subject (const char *type, const char *what);

/* What cards or QR brought on that day is another amount now. Looked at again only where a statement tells of the day; other tenders,
 * and NULL, are nothing. Inside a transaction. */
void hq_bank_suspect_day (HqStore *store, const char *hall, const char *tender, const char *day,
                          const char *terminal);

/* What came of an import. */
typedef struct {
  guint n_lines, n_known; /* of the file; that were there already */
  guint n_left_out;       /* halls that stood beside these in the statement before and are not in this one */
  guint n_open; /* findings of the kind "bank" that are open now, of the file's halls and of those */
} HqBankImport;

/**
 * hq_bank_import:
 * @file: CSV with a row of heads (docs/bank.md)
 * @hall: (nullable) whose all lines are when the file does not say
 *
 * Takes the file whole or not at all, in one transaction; once: what is there already is passed over. A line whose reference is
 * there with another content is no line of that statement: refused. A hall that the statement before told of beside one of these, and
 * this one leaves out, counts as told of: what it says of these days has not come. Not where @hall is given. Errors: TAI_HQ_ERROR_DATA with the line; STORE.
 */
gboolean hq_bank_import (HqStore *store, GBytes *file, const char *hall, gint64 now_us, HqBankImport *result,
                         GError **error);

G_END_DECLS
