/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proof that nothing of a terminal is missing: the numbers that arrived, as "all up to top, but …". Pure; any thread. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-sequence.h"

#include <string.h>

void
hq_sequence_clear (HqSequence *self)
{
  self->top = 0;
  g_clear_pointer (&self->gaps, g_array_unref);
}

static guint
count_gaps (const HqSequence *self)
{
  return self->gaps != NULL ? self->gaps->len : 0;
}

static HqRange *
get_gap (const HqSequence *self, guint index)
{
  return &g_array_index (self->gaps, HqRange, index);
}

/* The gap that holds @number, or -1. */
static int
find_gap (const HqSequence *self, gint64 number)
{
  guint low = 0, high = count_gaps (self);
  while (low < high) {
    guint middle = (low + high) / 2;
    const HqRange *gap = get_gap (self, middle);
    if (number < gap->first)
      high = middle;
    else if (number > gap->last)
      low = middle + 1;
    else
      return (int)middle;
  }
  return -1;
}

gboolean
hq_sequence_has (const HqSequence *self, gint64 number)
{
  return number <= self->top && find_gap (self, number) < 0;
}

static gboolean
append_gap (HqSequence *self, HqRange gap)
{
  if (count_gaps (self) >= HQ_SEQUENCE_MAX_GAPS)
    return FALSE;
  if (self->gaps == NULL)
    self->gaps = g_array_new (FALSE, FALSE, sizeof (HqRange));
  g_array_append_val (self->gaps, gap);
  return TRUE;
}

static gboolean
fill_gap (HqSequence *self, guint index, gint64 number)
{
  HqRange *gap = get_gap (self, index);
  HqRange rest = {number + 1, gap->last};
  if (gap->first == gap->last) {
    g_array_remove_index (self->gaps, index);
    return TRUE;
  }
  if (number == gap->first) {
    gap->first++;
    return TRUE;
  }
  if (number < gap->last) {
    if (count_gaps (self) >= HQ_SEQUENCE_MAX_GAPS)
      return FALSE;
    gap->last = number - 1;
    g_array_insert_val (self->gaps, index + 1, rest);
    return TRUE;
  }
  gap->last--;
  return TRUE;
}

gboolean
hq_sequence_may_add (const HqSequence *self, gint64 number)
{
  if (count_gaps (self) < HQ_SEQUENCE_MAX_GAPS || number == self->top + 1 || hq_sequence_has (self, number))
    return TRUE;
  int index = find_gap (self, number);
  return index >= 0 &&
         (number == get_gap (self, (guint)index)->first || number == get_gap (self, (guint)index)->last);
}

gboolean
hq_sequence_add (HqSequence *self, gint64 number)
{
  g_return_val_if_fail (number > 0 && !hq_sequence_has (self, number), FALSE);
  if (number < self->top)
    return fill_gap (self, (guint)find_gap (self, number), number);
  if (number > self->top + 1 && !append_gap (self, (HqRange){self->top + 1, number - 1}))
    return FALSE;
  self->top = number;
  return TRUE;
}

gint64
hq_sequence_get_high_water (const HqSequence *self)
{
  return count_gaps (self) > 0 ? get_gap (self, 0)->first - 1 : self->top;
}

char *
hq_sequence_gaps_to_text (const HqSequence *self)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < count_gaps (self); i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            get_gap (self, i)->first, get_gap (self, i)->last);
  return g_string_free (text, FALSE);
}

static gboolean
read_gap (const char *text, gint64 after, gint64 top, HqRange *gap)
{
  const char *dash = strchr (text, '-');
  if (dash == NULL)
    return FALSE;
  g_autofree char *first = g_strndup (text, (gsize)(dash - text));
  return g_ascii_string_to_signed (first, 10, after + 1, top - 1, &gap->first, NULL) &&
         g_ascii_string_to_signed (dash + 1, 10, gap->first, top - 1, &gap->last, NULL);
}

gboolean
hq_sequence_set (HqSequence *self, gint64 top, const char *gaps)
{
  hq_sequence_clear (self);
  self->top = top;
  if (gaps[0] == '\0')
    return top >= 0;
  g_auto (GStrv) parts = g_strsplit (gaps, ",", -1);
  gint64 after = 0;
  for (guint i = 0; parts[i] != NULL; i++) {
    HqRange gap;
    if (!read_gap (parts[i], after, top, &gap) || !append_gap (self, gap)) {
      hq_sequence_clear (self);
      return FALSE;
    }
    after = gap.last + 1; /* two gaps never touch */
  }
  return TRUE;
}
