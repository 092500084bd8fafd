/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By form, because a number may stand in any field that a person or a program wrote. Pure, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-mask.h"

#include <string.h>

#include "tai-identity.h"
#include "tai-numbers.h"

#define RUN_MAX 20

/* Of a run: how many of its characters stay, before and after the stars; nothing of it is told when both are 0. */
typedef struct {
  gsize first, last;
} Rest;

static gboolean
is_document (const char *run, gsize length)
{
  char number[19];
  TaiDocumentKind kind;
  TaiDate birth;
  char sex;

  if (length == 15)
    return tai_id_number_upgrade (run, number, NULL);
  return length == 18 && tai_id_number_normalize (run, number, NULL) &&
         tai_id_number_parse (number, &kind, &birth, &sex, NULL);
}

/* FALSE: nobody's number. */
static gboolean
judge (const char *digits, gsize length, Rest *rest)
{
  char run[RUN_MAX + 1];

  if (length > RUN_MAX)
    return FALSE;
  memcpy (run, digits, length);
  run[length] = '\0';
  if (length == 11 && run[0] == '1' && run[1] >= '3')
    *rest = (Rest){3, 4};
  else if ((length == 19 || length == 20) && g_str_has_prefix (run, "89"))
    *rest = (Rest){4, 4};
  else if (is_document (run, length))
    *rest = (Rest){0, 2};
  else
    return FALSE;
  return TRUE;
}

/* "138 0013 8000": its length; 0: no such thing. */
static gsize
match_grouped (const char *text)
{
  static const char form[] = "000 0000 0000";

  for (gsize i = 0; form[i] != '\0'; i++)
    if (form[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != ' ')
      return 0;
  return g_ascii_isdigit (text[sizeof form - 1]) || text[0] != '1' || text[1] < '3' ? 0 : sizeof form - 1;
}

/* Part of an id in hexadecimal digits, of a receipt's number, of a decimal. */
static gboolean
is_joined (const char *text, const char *at, const char *end)
{
  static const char id_letters[] = "abcdef-";

  return (at > text && (strchr (id_letters, at[-1]) != NULL || at[-1] == '.')) ||
         (*end != '\0' && strchr (id_letters, *end) != NULL) || (*end == '.' && g_ascii_isdigit (end[1]));
}

void
tai_mask_text (char *text)
{
  char *at = text;

  while (at != NULL && *at != '\0') {
    gsize grouped = match_grouped (at);
    gsize length = grouped > 0 ? grouped : strspn (at, "0123456789");
    Rest rest = {4, 5}; /* of a number in groups: its spaces stay, too */

    if (length == 17 && (at[17] == 'X' || at[17] == 'x'))
      length = 18;
    if (length > 0 && !is_joined (text, at, at + length) && (grouped > 0 || judge (at, length, &rest)))
      memset (at + rest.first, '*', length - rest.first - rest.last);
    at += MAX (length, 1);
  }
}
