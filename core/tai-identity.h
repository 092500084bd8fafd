/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-date.h"

G_BEGIN_DECLS

/**
 * TaiDocumentKind: what the identity was read from. Text forms (wire, canonical bytes) in brackets.
 */
typedef enum {
  TAI_DOCUMENT_CITIZEN,      /* 居民身份证, GA/T 490 (citizen_card) */
  TAI_DOCUMENT_HMT_PERMIT,   /* 港澳台居民居住证, flag J (hmt_permit) */
  TAI_DOCUMENT_PR_2017,      /* foreign PR card 2017, flag I (pr_2017) */
  TAI_DOCUMENT_PR_2023,      /* foreign PR card 2023, flag Y (pr_2023) */
  TAI_DOCUMENT_PASSPORT,     /* MRZ TD3 (passport) */
  TAI_DOCUMENT_TRAVEL_PERMIT /* MRZ TD1 (travel_permit) */
} TaiDocumentKind;

/**
 * TaiIdentitySource: how it came. Only @TAI_IDENTITY_READ may open a line; a typed number can only search.
 */
typedef enum { TAI_IDENTITY_READ, TAI_IDENTITY_READ_EMULATED, TAI_IDENTITY_TYPED } TaiIdentitySource;

/**
 * TaiIdentity: what a document says of its holder. Personal data: lives in memory during a visit only, is wiped when
 * freed, is never logged. All strings UTF-8 (owned) (nullable), blank padding stripped; the name may hold PUA characters
 * and is never "corrected".
 */
typedef struct {
  TaiDocumentKind kind;
  TaiIdentitySource source;
  char *name;       /* as printed; of PR cards the Chinese name if any, else the Latin one */
  char *latin_name; /* PR cards, MRZ */
  char *number;     /* the document's number: for citizens the 18-character ID number */
  char *
      other_number; /* HMT: travel permit; PR 2023: link to the old number; MRZ: personal number, optional data */
  char *nationality; /* ISO 3166 alpha-3, or numeric on PR 2023 cards; "CHN" for citizens */
  char *nation;      /* GB/T 3304 code, "01" */
  char *address;
  char *issuer; /* MRZ: code of the state */
  char sex;     /* '1' male, '2' female, '0'/'9' unknown (GB/T 2261.1) */
  TaiDate birth, valid_from, valid_until;
  GBytes *photo; /* (nullable) 1024 bytes WLT as read; opaque */
} TaiIdentity;

TaiIdentity *tai_identity_new (TaiDocumentKind kind, TaiIdentitySource source);
/* Overwrites every string before freeing it. */
void tai_identity_free (TaiIdentity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiIdentity, tai_identity_free)

const char *tai_document_kind_to_text (TaiDocumentKind kind);
gboolean tai_document_kind_from_text (const char *text, TaiDocumentKind *kind, GError **error);

/* Whole years on @today (a birthday counts from its own day; 29 Feb from 1 March in other years); -1: birth is not known or
 * after @today. */
int tai_identity_get_age (const TaiIdentity *identity, TaiDate today);
/* SYNTAX or CHECK_DIGIT (the number), DATE (impossible, missing or not yet valid; only a typed number may lack the last day),
 * EXPIRED (the last day still counts), MINOR. @minimum_age 0 = any. The source is not judged here (TAI_CORE_ERROR_ID_REQUIRED is
 * the operation's). */
gboolean tai_identity_check (const TaiIdentity *identity, TaiDate today, int minimum_age, GError **error);

/* What may stay in clear: surname (first character) + '*', and last two digits: "张*", "…34". (transfer full) */
char *tai_identity_mask_name (const TaiIdentity *identity);
char *tai_identity_mask_number (const TaiIdentity *identity);

/* Sealed payload: canonical bytes: version first, name=value lines, escaped; the lines stand in tai-identity-canonical.c.
 * (transfer full), and the caller's to wipe. Read back: unknown kind or source TAI_CORE_ERROR_STATE_TEXT, anything else that is
 * not exactly what would be written TAI_CORE_ERROR_FAILED. */
GBytes *tai_identity_to_canonical (const TaiIdentity *identity);
TaiIdentity *tai_identity_from_canonical (GBytes *bytes, GError **error);

/* 18-digit numbers, GB 11643-1999 (ISO 7064 MOD 11-2). Typed text: accepts x, full-width characters, blanks around it; writes
 * the normal form. ID_SYNTAX, ID_CHECK_DIGIT, ID_DATE in this order. Region codes are never a reason to refuse. */
gboolean tai_id_number_normalize (const char *text, char number[19], GError **error);
/* '0'-'9' or 'X' of 17 digits. */
char tai_id_number_check_digit (const char seventeen[17]);
/* 15 -> 18 (19 after digit 6). For archives only. */
gboolean tai_id_number_upgrade (const char *fifteen, char number[19], GError **error);
/* What an 18-digit number in the normal form says (errors as above): birth, sex ('1'/'2'), kind by region (81/82/83, 9…), each
 * (out) (optional). Only for typed numbers: of a card that was read the kind is its type letter. */
gboolean tai_id_number_parse (const char *number, TaiDocumentKind *kind, TaiDate *birth, char *sex,
                              GError **error);

/* ICAO 9303 TD3 (2×44, a passport) and TD1 (3×30, a travel permit), lines separated by '\n' (or "\r\n") or run together.
 * Two-digit years: birth in the past of @today, expiry within 50 years after; dates that the issuer left open are none. Every
 * check digit and the composite are verified. The source is TAI_IDENTITY_READ: a reader on a pty sets its own. ID_SYNTAX,
 * ID_CHECK_DIGIT, ID_DATE. (transfer full) (nullable) */
TaiIdentity *tai_mrz_parse (const char *text, TaiDate today, GError **error);

G_END_DECLS
