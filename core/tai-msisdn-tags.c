/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pretty numbers (靓号): tags of the tail of a number, for search and display. Pure functions, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-numbers.h"

#include <string.h>

/* The three digits before are the operator's prefix and nobody's choice. */
#define TAIL_SIZE 8

/* Repeats, most valuable first: equal letters stand for equal digits, different letters for different ones. */
static const char *const repeats[] = {"ABCDABCD", "ABCABC", "AABB", "ABAB", "ABBA", "AAAB"};

/* Length of the run at the end of @tail where each digit is the one before plus @step. */
static int
run_length (const char *tail, int step)
{
  int n = 1;

  while (n < TAIL_SIZE && tail[TAIL_SIZE - n] - tail[TAIL_SIZE - n - 1] == step)
    n++;
  return n;
}

static gboolean
matches (const char *tail, const char *pattern)
{
  gsize size = strlen (pattern);
  const char *digits = tail + TAIL_SIZE - size;

  for (gsize i = 0; i < size; i++)
    for (gsize j = i + 1; j < size; j++)
      if ((pattern[i] == pattern[j]) != (digits[i] == digits[j]))
        return FALSE;
  return TRUE;
}

char **
tai_msisdn_get_tags (const char *msisdn)
{
  g_return_val_if_fail (msisdn != NULL, NULL);

  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

  if (strlen (msisdn) != 11 || strspn (msisdn, "0123456789") != 11)
    return g_strv_builder_end (tags);

  const char *tail = msisdn + 11 - TAIL_SIZE;
  int same = run_length (tail, 0), up = run_length (tail, 1), down = run_length (tail, -1);
  char tag[16];

  if (same >= 3) {
    g_snprintf (tag, sizeof tag, "%.*s", same, "AAAAAAAA");
    g_strv_builder_add (tags, tag);
  }
  if (up >= 3) {
    g_snprintf (tag, sizeof tag, "UP%d", up);
    g_strv_builder_add (tags, tag);
  }
  if (down >= 3) {
    g_snprintf (tag, sizeof tag, "DOWN%d", down);
    g_strv_builder_add (tags, tag);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (repeats); i++)
    if (matches (tail, repeats[i]))
      g_strv_builder_add (tags, repeats[i]);
  return g_strv_builder_end (tags);
}
