/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guitai: the terminal with a window (docs/guitai.md). */
#include <libintl.h>
#include <locale.h>
#include <signal.h>
#include <sys/stat.h>

#include "tai-window-program.h"

int
main (int argc, char **argv)
{
  const char *folder =
      g_getenv ("GUITAI_LOCALEDIR"); /* a program that is not installed finds its words there */
  g_autoptr (TaiWindowProgram) program = NULL;

  umask (0077); /* whatever it writes is about customers */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : TAI_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  signal (SIGPIPE, SIG_IGN);
  program = tai_window_program_new ();
  return g_application_run (G_APPLICATION (program), argc, argv);
}
