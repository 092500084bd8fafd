/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guitai-emulate: devices for developers, demonstrations and tests. What: options, signals, "ready" on stdout; the devices
 * themselves are in the library. Thread: main, the only one. */
#define G_LOG_DOMAIN "guitai-emulate"

#include "tai-codepay-emulator.h"
#include "tai-devices-error.h"
#include "tai-printer-emulator.h"
#include "tai-sdt-card.h"
#include "tai-sdt-emulator.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define EXIT_USAGE 2

static char *link_path, *control_path, *out_path, *text_path, *journal_path, *drawer_path;
static char **cards, **faults;
static gboolean cards_by_themselves, with_parent;
static int port = 9100, columns = 48, pay_ms = 300;

static const GOptionEntry common_entries[] = {
    {"fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &faults, "A fault, from the start on; N: see README.md",
     "NAME[@N]"},
    {"control", 0, 0, G_OPTION_ARG_FILENAME, &control_path, "Make a FIFO that takes commands, as stdin does",
     "PATH"},
    {"with-parent", 0, 0, G_OPTION_ARG_NONE, &with_parent, "End when the program that started this one ends",
     NULL},
    {NULL},
};
static const GOptionEntry reader_entries[] = {
    {"link", 0, 0, G_OPTION_ARG_FILENAME, &link_path, "Symbolic link to the emulated serial line", "PATH"},
    {"card", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &cards, "Card in the field; several with --auto",
     "NAME|FILE"},
    {"auto", 0, 0, G_OPTION_ARG_NONE, &cards_by_themselves, "Cards are put down by themselves, one a visit",
     NULL},
    {NULL},
};
static const GOptionEntry printer_entries[] = {
    {"port", 0, 0, G_OPTION_ARG_INT, &port, "Port on 127.0.0.1; 0 = any free one", "N"},
    {"out", 0, 0, G_OPTION_ARG_FILENAME, &out_path, "File that the printed bytes go to", "FILE"},
    {"text", 0, 0, G_OPTION_ARG_FILENAME, &text_path, "File that shows the papers as text", "FILE"},
    {"drawer", 0, 0, G_OPTION_ARG_FILENAME, &drawer_path, "File that tells what happened to the cash drawer",
     "FILE"},
    {"columns", 0, 0, G_OPTION_ARG_INT, &columns, "Width of the paper in --text: 32 or 48", "N"},
    {NULL},
};

static const GOptionEntry terminal_entries[] = {
    {"link", 0, 0, G_OPTION_ARG_FILENAME, &link_path, "Symbolic link to the emulated serial line", "PATH"},
    {"pay-after", 0, 0, G_OPTION_ARG_INT, &pay_ms,
     "When a customer puts his card in after he was asked; -1 = only at the command", "MS"},
    {"journal", 0, 0, G_OPTION_ARG_FILENAME, &journal_path, "File that tells what was paid and returned",
     "FILE"},
    {NULL},
};

static void
complain (const GError *error)
{
  fprintf (stderr, "guitai-emulate: %s\n", error->message);
}

/* One line, at once: who started us waits for it. */
static void G_GNUC_PRINTF (1, 2) say_ready (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  fflush (stdout);
}

static int
open_signals (void)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGHUP);
  sigprocmask (SIG_BLOCK, &set, NULL);
  return signalfd (-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static TaiEmulatorControl *
open_control (GError **error)
{
  g_autoptr (TaiEmulatorControl) control = tai_emulator_control_new ();

  tai_emulator_control_add_quit_fd (control, open_signals ());
  tai_emulator_control_add_fd (control, STDIN_FILENO);
  if (control_path != NULL && !tai_emulator_control_add_fifo (control, control_path, error))
    return NULL;
  return g_steal_pointer (&control);
}

static char *
first_command (GError **error)
{
  g_auto (GStrv) none = g_strdupv ((char *[]){(char *)tai_sdt_card_get_names ()[0], NULL});
  char **names = cards != NULL ? cards : none;

  if (cards_by_themselves) {
    g_autofree char *all = g_strjoinv (" ", names);
    return g_strconcat ("auto ", all, NULL);
  }
  if (names[1] == NULL)
    return g_strconcat ("card ", names[0], NULL);
  g_set_error_literal (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "several cards need --auto");
  return NULL;
}

static gboolean
emulate_reader (GError **error)
{
  g_autoptr (TaiSdtEmulator) emulator = tai_sdt_emulator_new ();
  g_autofree char *first = first_command (error);

  if (first == NULL || !tai_sdt_emulator_command (emulator, first, error))
    return FALSE;
  for (char **fault = faults; fault != NULL && *fault != NULL; fault++) {
    g_autofree char *command = g_strconcat ("fault ", *fault, NULL);
    if (!tai_sdt_emulator_command (emulator, command, error))
      return FALSE;
  }
  g_autoptr (TaiEmulatorControl) control = open_control (error);
  if (control == NULL || !tai_sdt_emulator_plug (emulator, link_path, error))
    return FALSE;
  say_ready ("ready %s\n", link_path != NULL ? link_path : tai_sdt_emulator_get_path (emulator));
  return tai_sdt_emulator_run (emulator, control, complain, NULL, error);
}

static gboolean
emulate_printer (GError **error)
{
  if (out_path == NULL || port < 0 || port > G_MAXUINT16) {
    g_set_error_literal (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION,
                         "--out FILE and a --port of 0 to 65535");
    return FALSE;
  }
  g_autoptr (TaiPrinterEmulator) emulator = tai_printer_emulator_new ((guint16)port, out_path, error);
  for (char **fault = faults; emulator != NULL && fault != NULL && *fault != NULL; fault++) {
    g_autofree char *command = g_strconcat ("fault ", *fault, NULL);
    if (!tai_printer_emulator_command (emulator, command, error))
      return FALSE;
  }
  if (emulator != NULL && text_path != NULL)
    tai_printer_emulator_draw (emulator, text_path, (guint)CLAMP (columns, 24, 96));
  if (emulator != NULL && drawer_path != NULL)
    tai_printer_emulator_set_drawer_log (emulator, drawer_path);
  g_autoptr (TaiEmulatorControl) control = emulator != NULL ? open_control (error) : NULL;
  if (control == NULL)
    return FALSE;
  say_ready ("ready 127.0.0.1:%u\n", tai_printer_emulator_get_port (emulator));
  return tai_printer_emulator_run (emulator, control, complain, NULL, error);
}

static gboolean
emulate_terminal (GError **error)
{
  g_autoptr (TaiCodepayEmulator) emulator = tai_codepay_emulator_new ();
  g_autofree char *first = pay_ms < 0 ? g_strdup ("manual") : g_strdup_printf ("auto %d", pay_ms);

  if (!tai_codepay_emulator_command (emulator, first, error))
    return FALSE;
  for (char **fault = faults; fault != NULL && *fault != NULL; fault++) {
    g_autofree char *command = g_strconcat ("fault ", *fault, NULL);
    if (!tai_codepay_emulator_command (emulator, command, error))
      return FALSE;
  }
  if (journal_path != NULL)
    tai_codepay_emulator_set_journal (emulator, journal_path);
  g_autoptr (TaiEmulatorControl) control = open_control (error);
  if (control == NULL || !tai_codepay_emulator_plug (emulator, link_path, error))
    return FALSE;
  say_ready ("ready %s\n", link_path != NULL ? link_path : tai_codepay_emulator_get_path (emulator));
  return tai_codepay_emulator_run (emulator, control, complain, NULL, error);
}

static const struct {
  const char *name, *summary;
  const GOptionEntry *entries;
  gboolean (*run) (GError **error);
} devices[] = {
    {"id-reader", "A reader of identity cards (SDT) on a pty, with synthetic cards", reader_entries,
     emulate_reader},
    {"printer", "A receipt printer on a loopback port", printer_entries, emulate_printer},
    {"card-terminal", "A bank terminal (CodePay) on a pty, with customers who pay", terminal_entries,
     emulate_terminal},
};

static int
run_device (gsize i, int argc, char **argv)
{
  g_autofree char *title = g_strconcat ("guitai-emulate ", devices[i].name, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_set_prgname (title);
  g_option_context_set_summary (context, devices[i].summary);
  g_option_context_add_main_entries (context, devices[i].entries, NULL);
  g_option_context_add_main_entries (context, common_entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1) {
    fprintf (stderr, "guitai-emulate: %s\n", error != NULL ? error->message : argv[1]);
    return EXIT_USAGE;
  }
  if (with_parent)
    prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (devices[i].run (&error))
    return 0;
  complain (error);
  return g_error_matches (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION) ? EXIT_USAGE : 1;
}

int
main (int argc, char **argv)
{
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (devices); i++)
    if (g_str_equal (argv[1], devices[i].name))
      return run_device (i, argc - 1, argv + 1);
  fprintf (
      stderr,
      "usage: guitai-emulate id-reader|printer|card-terminal [OPTION…]   (--help tells the options of each)\n");
  return EXIT_USAGE;
}
