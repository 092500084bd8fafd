/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a text of the command box is by itself: a number, a card, a device, a receipt, a customer, an amount. A scanner types
 * most of them. Pure functions, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-finder-private.h"

#include <string.h>

#include "tai-identity.h"
#include "tai-numbers.h"
#include "tai-prepared.h"
#include "tai-receipt-number.h"

/* The longest is a receipt number; nothing of ours is longer. */
#define SIZE 64
/* What a desk takes in one amount ends far below that; longer digits are some number. */
#define AMOUNT_DIGITS 7

/* Capital ASCII without blanks; FALSE: something else is in it, or too much. A ¥ before and a 元 behind are let go. */
static gboolean
clean (const char *text, char out[SIZE + 1], gboolean *is_amount)
{
  gsize n = 0;

  *is_amount = FALSE;
  for (const char *p = text; *p != '\0';) {
    gunichar ch = g_utf8_get_char_validated (p, -1);

    if (ch == (gunichar)-1 || ch == (gunichar)-2)
      return FALSE;
    p = g_utf8_next_char (p);
    if (ch >= 0xff01 && ch <= 0xff5e) /* full width */
      ch -= 0xff01 - '!';
    if (g_unichar_isspace (ch))
      continue;
    if ((n == 0 && (ch == 0xa5 || ch == 0xffe5)) || (n > 0 && ch == 0x5143)) { /* ¥ ￥ 元 */
      *is_amount = TRUE;
      continue;
    }
    if (ch >= 0x7f || n == SIZE)
      return FALSE;
    out[n++] = g_ascii_toupper ((char)ch);
  }
  out[n] = '\0';
  return n > 0;
}

static void
add (GPtrArray *hits, TaiFinderKind kind, const char *value, gboolean is_suspicious)
{
  TaiFinderHit *hit = g_new0 (TaiFinderHit, 1);
  gboolean is_amount = kind == TAI_FINDER_AMOUNT;

  hit->kind = kind;
  hit->rank = is_amount ? TAI_FINDER_RANK_AMOUNT : TAI_FINDER_RANK_NUMBER;
  hit->score = 2 * (guint)hit->rank + 1;
  hit->value = g_strdup (value);
  hit->is_suspicious = is_suspicious;
  g_ptr_array_add (hits, hit);
}

static void
recognise_number (const char *text, GPtrArray *hits)
{
  static const char *const prefixes[] = {"+86", "0086", "86"};
  char digits[SIZE + 1];
  const char *rest = digits;
  gsize n = 0;

  for (const char *p = text; *p != '\0'; p++)
    if (*p != '-' && *p != '(' && *p != ')')
      digits[n++] = *p;
  digits[n] = '\0';
  for (guint i = 0; n > 11 && i < G_N_ELEMENTS (prefixes) && rest == digits; i++)
    if (g_str_has_prefix (digits, prefixes[i]))
      rest += strlen (prefixes[i]);
  if (tai_msisdn_check (rest, NULL))
    add (hits, TAI_FINDER_NUMBER, rest, FALSE);
}

static void
recognise_amount (const char *text, GPtrArray *hits)
{
  gsize whole = strspn (text, "0123456789");
  gsize decimals = text[whole] == '.' ? strspn (text + whole + 1, "0123456789") : 0;

  if (whole == 0 || whole > AMOUNT_DIGITS || (text[whole] == '.' && (decimals == 0 || decimals > 2)))
    return;
  if (text[whole + (decimals > 0 ? decimals + 1 : 0)] != '\0' || strpbrk (text, "123456789") == NULL)
    return;
  add (hits, TAI_FINDER_AMOUNT, text + MIN (strspn (text, "0"), whole - 1), FALSE);
}

void
tai_finder_recognise (const char *text, GPtrArray *hits)
{
  char cleaned[SIZE + 1], id[19], day[11], epoch;
  gboolean is_amount, is_suspicious;
  TaiPrepared prepared;
  gint64 sequence;

  if (!clean (text, cleaned, &is_amount))
    return;
  if (!is_amount) {
    recognise_number (cleaned, hits);
    if (tai_iccid_check (cleaned, &is_suspicious, NULL))
      add (hits, TAI_FINDER_SIM, cleaned, is_suspicious);
    if (tai_imei_check (cleaned, NULL))
      add (hits, TAI_FINDER_DEVICE, cleaned, FALSE);
    if (tai_receipt_number_parse (cleaned, &epoch, day, &sequence))
      add (hits, TAI_FINDER_RECEIPT, cleaned, FALSE);
    if (tai_prepared_from_text (cleaned, &prepared))
      add (hits, TAI_FINDER_PREPARED, cleaned, FALSE);
    if (tai_id_number_normalize (cleaned, id, NULL))
      add (hits, TAI_FINDER_CUSTOMER, id, FALSE);
  }
  recognise_amount (cleaned, hits);
}
