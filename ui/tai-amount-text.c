/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-amount-text.h"

#include <string.h>

static gunichar
to_ascii (gunichar character)
{
  if (character >= 0xff10 && character <= 0xff19) /* ０ to ９ */
    return character - 0xff10 + '0';
  switch (character) {
  case 0x3002: /* 。 */
  case 0xff0e: /* ． */
  case 0xff61: /* ｡ */
    return '.';
  case ',':
  case 0xff0c: /* ， */
  case 0x00a5: /* ¥ */
  case 0xffe5: /* ￥ */
    return 0;
  default:
    return g_unichar_isspace (character) ? 0 : character;
  }
}

char *
tai_amount_text_to_raw (const char *typed)
{
  GString *raw;
  gsize zeros;

  g_return_val_if_fail (typed != NULL, NULL);

  raw = g_string_new (NULL);
  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar character = to_ascii (g_utf8_get_char (p));

    if (character != 0)
      g_string_append_unichar (raw, character);
  }
  zeros = strspn (raw->str, "0");
  if (zeros > 0 && g_ascii_isdigit (raw->str[zeros]))
    g_string_erase (raw, 0, (gssize)zeros);
  else if (zeros > 1)
    g_string_erase (raw, 0, (gssize)zeros - 1);
  if (raw->str[0] == '.')
    g_string_prepend_c (raw, '0');
  return g_string_free (raw, FALSE);
}

gboolean
tai_amount_text_to_money (const char *raw, guint16 currency, TaiMoney *amount)
{
  g_autofree char *whole = NULL;
  gsize length;

  g_return_val_if_fail (raw != NULL && amount != NULL, FALSE);

  length = strlen (raw);
  if (length == 0)
    return FALSE;
  whole = g_strndup (raw, raw[length - 1] == '.' ? length - 1 : length);
  return tai_money_from_text (whole, currency, amount, NULL);
}

TaiAmountProblem
tai_amount_text_check (const char *raw, TaiMoney limit)
{
  const char *point;
  gsize digits;
  TaiMoney amount;

  g_return_val_if_fail (raw != NULL, TAI_AMOUNT_PROBLEM_CHARACTER);

  if (raw[0] == '\0')
    return TAI_AMOUNT_PROBLEM_NONE;
  digits = strspn (raw, "0123456789");
  point = raw + digits;
  if (*point != '\0' && (*point != '.' || strspn (point + 1, "0123456789") != strlen (point + 1)))
    return TAI_AMOUNT_PROBLEM_CHARACTER;
  if (*point == '.' && ((int)strlen (point + 1) > tai_currency_get_decimals (limit.currency) ||
                        tai_currency_get_decimals (limit.currency) == 0))
    return TAI_AMOUNT_PROBLEM_DECIMALS;
  if (!tai_amount_text_to_money (raw, limit.currency, &amount) || amount.minor > limit.minor)
    return TAI_AMOUNT_PROBLEM_LIMIT;
  return TAI_AMOUNT_PROBLEM_NONE;
}

char *
tai_amount_text_group (const char *raw)
{
  GString *text;
  gsize digits;

  g_return_val_if_fail (raw != NULL, NULL);

  text = g_string_new (NULL);
  digits = strspn (raw, "0123456789");
  for (gsize i = 0; i < digits; i++) {
    if (i > 0 && (digits - i) % 3 == 0)
      g_string_append_c (text, ',');
    g_string_append_c (text, raw[i]);
  }
  g_string_append (text, raw + digits);
  return g_string_free (text, FALSE);
}
