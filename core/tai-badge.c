/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text: "GTB", the staff number, two digits that check it (ISO 7064 mod 97-10: each misread digit and each swapped pair). */
#define G_LOG_DOMAIN "tai-core"

#include "tai-badge.h"

#include <string.h>

#define PREFIX "GTB"
#define CHECK  2

/* Of the digits, as one number, mod 97. */
static guint
reduce (const char *digits, gsize length)
{
  guint rest = 0;

  for (gsize i = 0; i < length; i++)
    rest = (rest * 10 + (guint)(digits[i] - '0')) % 97;
  return rest;
}

static gboolean
is_number (const char *text, gsize length)
{
  return length > 0 && length <= TAI_BADGE_NUMBER_MAX && strspn (text, "0123456789") >= length;
}

char *
tai_badge_to_text (const char *number)
{
  g_return_val_if_fail (number != NULL, NULL);
  if (!is_number (number, strlen (number)))
    return NULL;
  return g_strdup_printf (PREFIX "%s%02u", number, 98 - reduce (number, strlen (number)) * 100 % 97);
}

gboolean
tai_badge_from_text (const char *text, char number[TAI_BADGE_NUMBER_MAX + 1])
{
  const char *digits;
  gsize length;

  g_return_val_if_fail (text != NULL && number != NULL, FALSE);
  if (!g_str_has_prefix (text, PREFIX))
    return FALSE;
  digits = text + strlen (PREFIX);
  length = strlen (digits);
  if (length <= CHECK || !is_number (digits, length - CHECK) || strspn (digits, "0123456789") != length ||
      reduce (digits, length) != 1)
    return FALSE;
  memcpy (number, digits, length - CHECK);
  number[length - CHECK] = '\0';
  return TRUE;
}
