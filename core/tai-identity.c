/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a document says of its holder: life and death of it, and the checks of the counter. Personal data: it belongs to one
 * visit, goes from the worker that read it to the main thread, and is wiped when freed. No message holds any of it.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-identity.h"

#include <string.h>

#include "tai-core-error.h"

static const char *const kind_texts[] = {
    [TAI_DOCUMENT_CITIZEN] = "citizen_card", [TAI_DOCUMENT_HMT_PERMIT] = "hmt_permit",
    [TAI_DOCUMENT_PR_2017] = "pr_2017",      [TAI_DOCUMENT_PR_2023] = "pr_2023",
    [TAI_DOCUMENT_PASSPORT] = "passport",    [TAI_DOCUMENT_TRAVEL_PERMIT] = "travel_permit",
};

static gboolean
fail (GError **error, TaiCoreError code, const char *message)
{
  g_set_error_literal (error, TAI_CORE_ERROR, code, message);
  return FALSE;
}

const char *
tai_document_kind_to_text (TaiDocumentKind kind)
{
  g_return_val_if_fail ((gsize)kind < G_N_ELEMENTS (kind_texts), NULL);
  return kind_texts[kind];
}

gboolean
tai_document_kind_from_text (const char *text, TaiDocumentKind *kind, GError **error)
{
  g_return_val_if_fail (text != NULL && kind != NULL, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (kind_texts); i++) {
    if (strcmp (kind_texts[i], text) == 0) {
      *kind = (TaiDocumentKind)i;
      return TRUE;
    }
  }
  return fail (error, TAI_CORE_ERROR_STATE_TEXT, "unknown kind of document");
}

TaiIdentity *
tai_identity_new (TaiDocumentKind kind, TaiIdentitySource source)
{
  TaiIdentity *identity = g_new0 (TaiIdentity, 1);

  identity->kind = kind;
  identity->source = source;
  identity->sex = '0';
  return identity;
}

static void
wipe_text (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
wipe_photo (GBytes *photo)
{
  gsize size;

  if (photo == NULL)
    return;

  /* The very memory if nobody else holds it, else a copy: then the last holder wipes. */
  gpointer data = g_bytes_unref_to_data (photo, &size);

  if (data != NULL)
    explicit_bzero (data, size);
  g_free (data);
}

void
tai_identity_free (TaiIdentity *identity)
{
  if (identity == NULL)
    return;
  wipe_text (identity->name);
  wipe_text (identity->latin_name);
  wipe_text (identity->number);
  wipe_text (identity->other_number);
  wipe_text (identity->nationality);
  wipe_text (identity->nation);
  wipe_text (identity->address);
  wipe_text (identity->issuer);
  wipe_photo (identity->photo);
  explicit_bzero (identity, sizeof *identity);
  g_free (identity);
}

int
tai_identity_get_age (const TaiIdentity *identity, TaiDate today)
{
  g_return_val_if_fail (identity != NULL && tai_date_is_valid (today), -1);

  TaiDate birth = identity->birth;

  if (!tai_date_is_valid (birth) || tai_date_compare (birth, today) > 0)
    return -1;

  gboolean before_birthday =
      today.month < birth.month || (today.month == birth.month && today.day < birth.day);

  return today.year - birth.year - (before_birthday ? 1 : 0);
}

static gboolean
is_none (TaiDate date)
{
  return date.year == 0 && date.month == 0 && date.day == 0;
}

static gboolean
check_dates (const TaiIdentity *identity, TaiDate today, GError **error)
{
  TaiDate from = identity->valid_from, until = identity->valid_until;

  if (!tai_date_is_valid (identity->birth) || tai_date_compare (identity->birth, today) > 0)
    return fail (error, TAI_CORE_ERROR_ID_DATE, "no possible day of birth");
  /* MRZ have no first day; a typed number has neither. */
  if (!is_none (from) && !tai_date_is_valid (from))
    return fail (error, TAI_CORE_ERROR_ID_DATE, "no possible first day");
  if (!tai_date_is_valid (until) && !(identity->source == TAI_IDENTITY_TYPED && is_none (until)))
    return fail (error, TAI_CORE_ERROR_ID_DATE, "no possible last day");
  if (!is_none (from) && !is_none (until) && tai_date_compare (from, until) > 0)
    return fail (error, TAI_CORE_ERROR_ID_DATE, "ends before it begins");
  if (!is_none (from) && tai_date_compare (from, today) > 0)
    return fail (error, TAI_CORE_ERROR_ID_DATE, "not yet valid");
  if (!is_none (until) && tai_date_compare (until, today) < 0)
    return fail (error, TAI_CORE_ERROR_ID_EXPIRED, "expired");
  return TRUE;
}

/* Three letters and twelve digits. */
static gboolean
is_pr_2017_number (const char *number)
{
  gsize n_letters = strspn (number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  return n_letters == 3 && strlen (number) == 15 && strspn (number + 3, "0123456789") == 12;
}

static gboolean
check_number (const TaiIdentity *identity, GError **error)
{
  const char *number = identity->number;

  if (number == NULL || number[0] == '\0')
    return fail (error, TAI_CORE_ERROR_ID_SYNTAX, "no number");
  switch (identity->kind) {
  case TAI_DOCUMENT_CITIZEN:
  case TAI_DOCUMENT_HMT_PERMIT:
  case TAI_DOCUMENT_PR_2023:
    /* The region is no proof of the kind: the type letter on the card is. */
    return tai_id_number_parse (number, NULL, NULL, NULL, error);
  case TAI_DOCUMENT_PR_2017:
    return is_pr_2017_number (number) ||
           fail (error, TAI_CORE_ERROR_ID_SYNTAX, "not three letters and twelve digits");
  case TAI_DOCUMENT_PASSPORT:
  case TAI_DOCUMENT_TRAVEL_PERMIT:
    return TRUE; /* its check digits were verified when it was read; the number itself has none */
  }
  g_return_val_if_reached (FALSE);
}

gboolean
tai_identity_check (const TaiIdentity *identity, TaiDate today, int minimum_age, GError **error)
{
  g_return_val_if_fail (identity != NULL && tai_date_is_valid (today), FALSE);
  if (!check_number (identity, error) || !check_dates (identity, today, error))
    return FALSE;
  if (tai_identity_get_age (identity, today) < minimum_age)
    return fail (error, TAI_CORE_ERROR_ID_MINOR, "under age");
  return TRUE;
}

char *
tai_identity_mask_name (const TaiIdentity *identity)
{
  g_return_val_if_fail (identity != NULL, NULL);

  const char *name = identity->name != NULL ? identity->name : "";
  gsize size =
      name[0] != '\0' && g_utf8_validate (name, -1, NULL) ? (gsize)(g_utf8_next_char (name) - name) : 0;

  return g_strdup_printf ("%.*s*", (int)size, name);
}

char *
tai_identity_mask_number (const TaiIdentity *identity)
{
  g_return_val_if_fail (identity != NULL, NULL);

  const char *number = identity->number != NULL ? identity->number : "";
  glong n = g_utf8_validate (number, -1, NULL) ? g_utf8_strlen (number, -1) : 0;

  /* Of a number of four or less, two would be too much. */
  return g_strconcat ("…", n > 4 ? g_utf8_offset_to_pointer (number, n - 2) : "", NULL);
}
