/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A real headquarters with clients that are enrolled, for tests in other languages: hq-place PROGRAM [OPTION…]. Says its folder
 * (NAME.key, NAME.crt and ca.crt are there) and its address in one line, and ends with its standard input. T and U are
 * terminals of halls H017 and H099, P is a partner. What stands in the files named lines=FILE, documents=FILE, … is loaded
 * first; other options are the server's.
 */
#include "hq-client.h"

#include <stdio.h>
#include <string.h>

static void
load (HqProcess *process, const char *what, const char *file)
{
  g_autofree char *command = g_strdup (what);
  g_assert_cmpint (hq_process_run (process, NULL, command, "load", file, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (HqProcess) process = hq_process_new (argv[1]);
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  for (int i = 2; i < argc; i++) {
    char *equals = strchr (argv[i], '=');
    if (argv[i][0] == '-' || equals == NULL)
      g_ptr_array_add (options, argv[i]);
    else {
      *equals = '\0';
      load (process, argv[i], equals + 1);
    }
  }
  g_ptr_array_add (options, NULL);
  hq_process_start_with (process, (char **)options->pdata);
  hq_enrol_as (process, "T", "H017", "demo");
  hq_enrol_as (process, "U", "H099", "production");
  hq_enrol_as (process, "P", "H000", "partner");
  printf ("%s %s\n", process->folder, process->url);
  fflush (stdout);
  while (getchar () != EOF)
    ;
  return 0;
}
