/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Machine readable zones of ICAO 9303: passports (TD3, two lines of 44) and cards (TD1, three of 30). Everything that carries
 * a check digit is verified; what carries none (names, nationality, sex) must at least have the right characters, for an "0"
 * read for an "O" passes every sum. Pure functions, any thread. No message holds any of the text.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-identity.h"

#include <string.h>

#include "tai-core-error.h"

#define TD3_SIZE  88
#define TD3_WIDTH 44
#define TD1_SIZE  90
#define TD1_WIDTH 30

static gboolean
fail (GError **error, TaiCoreError code, const char *message)
{
  g_set_error (error, TAI_CORE_ERROR, code, "MRZ: %s", message);
  return FALSE;
}

static int
char_value (char c)
{
  if (g_ascii_isdigit (c))
    return c - '0';
  return g_ascii_isupper (c) ? c - 'A' + 10 : 0;
}

/* A run of characters that goes into a sum. */
typedef struct {
  const char *text;
  int n;
} Part;

/* Weights 7 3 1 over all the parts as if they stood in one line. */
static gboolean
sum_is (const Part *parts, gsize n_parts, char check_digit)
{
  static const int weights[] = {7, 3, 1};
  int sum = 0, position = 0;

  for (gsize i = 0; i < n_parts; i++)
    for (int j = 0; j < parts[i].n; j++)
      sum += char_value (parts[i].text[j]) * weights[position++ % 3];
  return check_digit == '0' + sum % 10;
}

static gboolean
field_is (const char *text, int n, char check_digit)
{
  return sum_is (&(Part){text, n}, 1, check_digit);
}

/* Copies at most @size characters of the alphabet without line ends; the number found, or -1 for a foreign character. */
static int
collect (const char *text, char *zone, int size)
{
  int n = 0;

  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '\n' || *p == '\r')
      continue;
    if (n == size || !(g_ascii_isdigit (*p) || g_ascii_isupper (*p) || *p == '<'))
      return -1;
    zone[n++] = *p;
  }
  return n;
}

static gboolean
is_filler (const char *text, int n)
{
  for (int i = 0; i < n; i++)
    if (text[i] != '<')
      return FALSE;
  return TRUE;
}

static gboolean
has_digit (const char *text, int n)
{
  for (int i = 0; i < n; i++)
    if (g_ascii_isdigit (text[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_letter (const char *text, int n)
{
  for (int i = 0; i < n; i++)
    if (g_ascii_isupper (text[i]))
      return TRUE;
  return FALSE;
}

/* Fillers become blanks, runs of them one, none at the ends; NULL when nothing is left. (transfer full) */
static char *
take_text (const char *text, int n)
{
  g_autoptr (GString) out = g_string_sized_new ((gsize)n + 1);
  gboolean blank = FALSE;

  for (int i = 0; i < n; i++) {
    if (text[i] == '<') {
      blank = out->len > 0;
      continue;
    }
    if (blank)
      g_string_append_c (out, ' ');
    blank = FALSE;
    g_string_append_c (out, text[i]);
  }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static gboolean
take_two (const char *text, int *value)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;
  *value = (text[0] - '0') * 10 + text[1] - '0';
  return TRUE;
}

/* YYMMDD in the century of which @last is the last possible day (within the hundred years before it). A date with fillers is
 * one that the issuer doesn't know: none. */
static gboolean
take_date (const char *text, TaiDate last, TaiDate *date)
{
  int year, month, day;

  *date = (TaiDate){0, 0, 0};
  if (memchr (text, '<', 6) != NULL)
    return !has_letter (text, 6);
  if (!take_two (text, &year) || !take_two (text + 2, &month) || !take_two (text + 4, &day))
    return FALSE;
  year += last.year / 100 * 100;
  if (tai_date_compare ((TaiDate){(gint16)year, (gint8)month, (gint8)day}, last) > 0)
    year -= 100;
  *date = (TaiDate){(gint16)year, (gint8)month, (gint8)day};
  return tai_date_is_valid (*date);
}

/* What both layouts have: @birth and @expiry with their check digits behind, @sex, codes of countries, names. */
typedef struct {
  const char *birth, *sex, *expiry, *nationality, *issuer, *names;
  int n_names;
} Common;

static gboolean
take_common (TaiIdentity *identity, const Common *c, TaiDate today, GError **error)
{
  if (has_digit (c->nationality, 3) || has_digit (c->issuer, 3) || is_filler (c->nationality, 3))
    return fail (error, TAI_CORE_ERROR_ID_SYNTAX, "digit in the code of a country");
  if (has_digit (c->names, c->n_names) || is_filler (c->names, 1))
    return fail (error, TAI_CORE_ERROR_ID_SYNTAX, "no name, or a digit in it");
  if (strchr ("MF<X", *c->sex) == NULL)
    return fail (error, TAI_CORE_ERROR_ID_SYNTAX, "sex is none of M, F, X");
  if (!take_date (c->birth, today, &identity->birth) ||
      !take_date (c->expiry, tai_date_add_months (today, 50 * 12), &identity->valid_until))
    return fail (error, TAI_CORE_ERROR_ID_DATE, "impossible date");
  identity->sex = *c->sex == 'M' ? '1' : *c->sex == 'F' ? '2' : '9';
  identity->nationality = take_text (c->nationality, 3);
  identity->issuer = take_text (c->issuer, 3);
  identity->name = take_text (c->names, c->n_names);
  identity->latin_name = g_strdup (identity->name);
  return TRUE;
}

static TaiIdentity *
parse_td3 (const char *zone, TaiDate today, GError **error)
{
  g_autoptr (TaiIdentity) identity = tai_identity_new (TAI_DOCUMENT_PASSPORT, TAI_IDENTITY_READ);
  const char *second = zone + TD3_WIDTH;
  const Part composite[] = {{second, 10}, {second + 13, 7}, {second + 21, 22}};
  const Common common = {second + 13, second + 20, second + 21, second + 10, zone + 2, zone + 5, 39};
  /* An empty personal number may have no check digit. */
  gboolean personal_good =
      field_is (second + 28, 14, second[42]) || (second[42] == '<' && is_filler (second + 28, 14));

  if (zone[0] != 'P' || is_filler (second, 9)) {
    fail (error, TAI_CORE_ERROR_ID_SYNTAX, "not a passport");
    return NULL;
  }
  if (!field_is (second, 9, second[9]) || !field_is (second + 13, 6, second[19]) ||
      !field_is (second + 21, 6, second[27]) || !personal_good ||
      !sum_is (composite, G_N_ELEMENTS (composite), second[43])) {
    fail (error, TAI_CORE_ERROR_ID_CHECK_DIGIT, "wrong check digit");
    return NULL;
  }
  if (!take_common (identity, &common, today, error))
    return NULL;
  identity->number = take_text (second, 9);
  identity->other_number = take_text (second + 28, 14);
  return g_steal_pointer (&identity);
}

/* A number longer than nine goes on in the optional data, its check digit last; a filler stands in the digit's own place. */
static gboolean
take_td1_number (TaiIdentity *identity, const char *line)
{
  const char *optional = line + 15;
  int n = 0;

  if (line[14] != '<') {
    identity->number = take_text (line + 5, 9);
    identity->other_number = take_text (optional, 15);
    return field_is (line + 5, 9, line[14]);
  }
  while (n < 15 && optional[n] != '<')
    n++;
  if (n < 2)
    return FALSE;

  const Part parts[] = {{line + 5, 9}, {optional, n - 1}};
  g_autofree char *number = g_strdup_printf ("%.9s%.*s", line + 5, n - 1, optional);

  identity->number = take_text (number, 9 + n - 1);
  identity->other_number = take_text (optional + n, 15 - n);
  explicit_bzero (number, strlen (number));
  return sum_is (parts, G_N_ELEMENTS (parts), optional[n - 1]);
}

static TaiIdentity *
parse_td1 (const char *zone, TaiDate today, GError **error)
{
  g_autoptr (TaiIdentity) identity = tai_identity_new (TAI_DOCUMENT_TRAVEL_PERMIT, TAI_IDENTITY_READ);
  const char *second = zone + TD1_WIDTH;
  const Part composite[] = {{zone + 5, 25}, {second, 7}, {second + 8, 7}, {second + 18, 11}};
  const Common common = {second, second + 7, second + 8, second + 15, zone + 2, zone + 2 * TD1_WIDTH, 30};

  if (strchr ("ACI", zone[0]) == NULL || is_filler (zone + 5, 9)) {
    fail (error, TAI_CORE_ERROR_ID_SYNTAX, "not an identity or travel card");
    return NULL;
  }
  if (!take_td1_number (identity, zone) || !field_is (second, 6, second[6]) ||
      !field_is (second + 8, 6, second[14]) || !sum_is (composite, G_N_ELEMENTS (composite), second[29])) {
    fail (error, TAI_CORE_ERROR_ID_CHECK_DIGIT, "wrong check digit");
    return NULL;
  }
  return take_common (identity, &common, today, error) ? g_steal_pointer (&identity) : NULL;
}

TaiIdentity *
tai_mrz_parse (const char *text, TaiDate today, GError **error)
{
  g_return_val_if_fail (text != NULL && tai_date_is_valid (today), NULL);

  char zone[TD1_SIZE + 1] = "";
  TaiIdentity *identity = NULL;
  int n = collect (text, zone, TD1_SIZE);

  if (n == TD3_SIZE)
    identity = parse_td3 (zone, today, error);
  else if (n == TD1_SIZE)
    identity = parse_td1 (zone, today, error);
  else
    fail (error, TAI_CORE_ERROR_ID_SYNTAX, "not two lines of 44 or three of 30 characters A-Z, 0-9, <");
  explicit_bzero (zone, sizeof zone);
  return identity;
}
