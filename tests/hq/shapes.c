/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shapes of headquarters for their judge: one a line, name, tab, members. */
#include <stdio.h>

#include "tai-hq-shape.h"

int
main (void)
{
  for (guint i = 0; hq_shapes[i].name != NULL; i++)
    printf ("%s\t%s\n", hq_shapes[i].name, hq_shapes[i].members);
  return 0;
}
