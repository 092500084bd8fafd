/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may not match: noted while messages come, looked at when all are there (tai-hq-finding.c). */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-finding-private.h"

#include <string.h>

/* Codes ---------------------------------------------------------------------------------------------------------------- */

void
hq_finding_add (GString **codes, const char *code)
{
  if (*codes == NULL)
    *codes = g_string_new (code);
  else
    g_string_append_printf (*codes, " %s", code);
}

char *
hq_finding_end (GString *codes)
{
  return codes != NULL ? g_string_free (codes, FALSE) : NULL;
}

/* Suspects ------------------------------------------------------------------------------------------------------------- */

static guint
hash_cb (gconstpointer data)
{
  const HqSuspect *self = data;
  return g_str_hash (self->subject) * 31 + g_str_hash (self->hall) + self->kind;
}

static gboolean
equal_cb (gconstpointer a, gconstpointer b)
{
  const HqSuspect *one = a, *two = b;
  return one->kind == two->kind && strcmp (one->subject, two->subject) == 0 &&
         strcmp (one->hall, two->hall) == 0;
}

static void
free_cb (gpointer data)
{
  HqSuspect *self = data;
  g_free (self->hall);
  g_free (self->subject);
  g_free (self->terminal);
  g_free (self);
}

void
hq_finding_suspect (HqStore *store, HqFindingKind kind, const char *hall, const char *subject,
                    const char *terminal)
{
  HqSuspect probe = {kind, (char *)hall, (char *)subject, (char *)terminal};
  if (store->suspects == NULL)
    store->suspects = g_hash_table_new_full (hash_cb, equal_cb, free_cb, NULL);
  if (g_hash_table_contains (store->suspects, &probe))
    return;
  HqSuspect *suspect = g_memdup2 (&probe, sizeof probe);
  suspect->hall = g_strdup (hall);
  suspect->subject = g_strdup (subject);
  suspect->terminal = g_strdup (terminal);
  g_hash_table_add (store->suspects, suspect);
}
