/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for a PIN. */
#define G_LOG_DOMAIN "guitaictl"

#include "tai-pin-prompt.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "tai-app-error.h"

static char *
read_file (const char *path, GError **error)
{
  FILE *file = fopen (path, "re");
  char line[128] = ""; /* a PIN is short; a device goes on for ever */
  gboolean good = file != NULL && (fgets (line, sizeof line, file) != NULL || !ferror (file));

  if (!good)
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_FILE, "%s: %s", path, g_strerror (errno));
  if (file != NULL)
    fclose (file);
  line[strcspn (line, "\r\n")] = '\0';
  return good ? g_strdup (line) : NULL;
}

static char *
ask_terminal (void)
{
  struct termios before, silent;
  char line[128] = "";
  gboolean got;

  if (tcgetattr (STDIN_FILENO, &before) != 0)
    return NULL;
  silent = before;
  silent.c_lflag &= ~(tcflag_t)ECHO;
  fputs (_ ("PIN: "), stderr);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  got = fgets (line, sizeof line, stdin) != NULL;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputs ("\n", stderr);
  line[strcspn (line, "\r\n")] = '\0';
  return got ? g_strdup (line) : NULL;
}

char *
tai_pin_prompt (const char *file, GError **error)
{
  const char *given = g_getenv ("GUITAI_PIN");
  char *pin = NULL;

  if (file != NULL)
    return read_file (file, error);
  if (given != NULL)
    pin = g_strdup (given);
  else if (isatty (STDIN_FILENO))
    pin = ask_terminal ();
  if (pin == NULL)
    g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_PIN_MISSING,
                         "no GUITAI_PIN, no --pin-file, no terminal");
  return pin;
}
