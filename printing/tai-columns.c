/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widths of columns. No state, any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-columns-private.h"

void
tai_columns_share (const TaiBlock *row, guint width, guint *widths)
{
  guint weights = 0;

  for (guint i = 0; i < row->n_text; i++)
    weights += MAX (row->weight[i], 1);
  for (guint i = 0; i < row->n_text; i++)
    widths[i] = width * MAX (row->weight[i], 1) / weights;
}

gboolean
tai_columns_widen (guint n, guint *widths, const guint *needed)
{
  guint total = 0, wanted = 0;

  for (guint i = 0; i < n; i++) {
    total += widths[i];
    wanted += needed[i];
  }
  if (wanted > total)
    return FALSE;
  for (guint i = 0; i < n; i++)
    while (widths[i] < needed[i]) {
      guint richest = 0, taken;

      for (guint j = 1; j < n; j++)
        if ((gint)(widths[j] - needed[j]) > (gint)(widths[richest] - needed[richest]))
          richest = j;
      taken = MIN (needed[i] - widths[i], widths[richest] - needed[richest]);
      widths[richest] -= taken;
      widths[i] += taken;
    }
  return TRUE;
}

void
tai_columns_squeeze (const TaiBlock *row, guint *widths, const guint *needed)
{
  for (guint i = 0; i < row->n_text; i++) {
    guint widest = i == 0 && row->n_text > 1 ? 1 : 0, missing;

    for (guint j = 0; j < row->n_text; j++)
      if (j != i && widths[j] > widths[widest])
        widest = j;
    if (!(row->right & 1 << i) || needed[i] <= widths[i] || widest == i)
      continue;
    missing = MIN (needed[i] - widths[i], widths[widest] * 2 / 3);
    widths[widest] -= missing;
    widths[i] += missing;
  }
}
