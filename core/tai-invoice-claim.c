/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code for an invoice: an address, a receipt's number, a secret. Pure but for the secret's chance. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-invoice-claim.h"

#include <string.h>

#include "tai-core-error.h"

#define SECRET_BYTES 16
#define SECRET_TEXT  22 /* base64url without padding */
#define PAGE_MAX     120
#define QUERY        "n=%s&t=%s" /* receipt, secret; last in the address */

/* RFC 4648 §5, without padding. */
static void
write_secret (const guint8 *secret, char text[SECRET_TEXT + 1])
{
  g_autofree char *plain = g_base64_encode (secret, SECRET_BYTES);

  g_strlcpy (text, plain, SECRET_TEXT + 1);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
}

TaiInvoiceClaim *
tai_invoice_claim_new (const char *page, const char *receipt_number, TaiMoney amount, TaiEntropy *entropy)
{
  TaiInvoiceClaim *self;
  guint8 secret[SECRET_BYTES];
  char text[SECRET_TEXT + 1];

  g_return_val_if_fail (page != NULL && receipt_number != NULL && amount.minor >= 0, NULL);
  tai_entropy_fill (entropy, secret, sizeof secret);
  write_secret (secret, text);
  self = g_new0 (TaiInvoiceClaim, 1);
  self->receipt_number = g_strdup (receipt_number);
  self->url =
      g_strdup_printf ("%s%s" QUERY, page, strchr (page, '?') != NULL ? "&" : "?", receipt_number, text);
  self->token = tai_digest_bytes (text, SECRET_TEXT);
  self->amount = amount;
  return self;
}

void
tai_invoice_claim_free (TaiInvoiceClaim *self)
{
  if (self == NULL)
    return;
  g_free (self->receipt_number);
  g_free (self->url);
  g_free (self);
}

static gboolean
is_printable (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text) || strchr ("\"<>#", *text) != NULL)
      return FALSE;
  return TRUE;
}

gboolean
tai_invoice_page_check (const char *page, GError **error)
{
  g_return_val_if_fail (page != NULL, FALSE);
  if (page[0] == '\0' || (strlen (page) <= PAGE_MAX && is_printable (page) &&
                          g_str_has_prefix (page, "https://") && g_ascii_isalnum (page[strlen ("https://")])))
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT,
               "the page for invoices is an https address of at most %d characters", PAGE_MAX);
  return FALSE;
}

gboolean
tai_invoice_token_read (const char *text, TaiDigest *token)
{
  g_return_val_if_fail (token != NULL, FALSE);
  if (text == NULL || strlen (text) != SECRET_TEXT ||
      strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") != SECRET_TEXT)
    return FALSE;
  *token = tai_digest_bytes (text, SECRET_TEXT);
  return TRUE;
}

gboolean
tai_invoice_claim_read_url (const char *url, const char *receipt_number, TaiDigest *token)
{
  g_autofree char *query = NULL;
  const char *at;

  g_return_val_if_fail (url != NULL && receipt_number != NULL && token != NULL, FALSE);
  query = g_strdup_printf (QUERY, receipt_number, "");
  at = strstr (url, query);
  return at != NULL && tai_invoice_token_read (at + strlen (query), token);
}
