/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Halls of ten days by chance (tai-test-days.h). A seed repeats: TAI_DAYS_SEED; TAI_DAYS: how many halls. */
#include "tai-test-days.h"

static void
test_days (void)
{
  const char *seed = g_getenv ("TAI_DAYS_SEED"), *n = g_getenv ("TAI_DAYS");
  guint n_halls = n != NULL ? (guint)g_ascii_strtoull (n, NULL, 10) : 40;

  if (seed != NULL) {
    tai_test_days_live ((guint32)g_ascii_strtoull (seed, NULL, 10), 10, NULL, NULL);
    return;
  }
  for (guint i = 0; i < n_halls; i++)
    tai_test_days_live (4711 + i, 10, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-days/against-a-model", test_days);
  return g_test_run ();
}
