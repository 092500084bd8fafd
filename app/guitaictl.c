/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guitaictl: the terminal without a screen (docs/guitaictl.md). */
#include <libintl.h>
#include <locale.h>
#include <signal.h>
#include <sys/stat.h>

#include "tai-command-line.h"

int
main (int argc, char **argv)
{
  const char *folder =
      g_getenv ("GUITAI_LOCALEDIR"); /* a program that is not installed finds its words there */

  umask (0077); /* whatever it writes is about customers */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : TAI_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  signal (SIGPIPE, SIG_IGN);
  return tai_command_line_run (argc, argv);
}
