/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guitai-hq: the embedded headquarters. `init`, `serve` and `restore` here; every other command runs on the open folder,
 * in this process, or through the door of the server that has it open.
 *
 * Exit codes: 0 done, 1 failed (reason on stderr), 2 wrong usage.
 */
#define G_LOG_DOMAIN "guitai-hq"

#include <glib.h>
#include <malloc.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guitai-hq-admin.h"
#include "guitai-hq-commands.h"
#include "guitai-hq-entropy.h"
#include "guitai-hq-server.h"
#include "guitai-hq-worker.h"
#include "tai-hq-error.h"
#include "tai-hq-south.h"

#define EXIT_USAGE 2

static int
say_usage (void)
{
  fprintf (
      stderr,
      "usage: guitai-hq init DIR [--host NAME]… | serve DIR [--port N] [--listen ADDRESS] [--threads N] [--ready-fd N]\n"
      "                 [--profile FILE] [--tmf-lenient]\n"
      "       guitai-hq restore DIR FILE\n"
      "       guitai-hq COMMAND [--dir DIR] … (or the folder in GUITAI_HQ_DIR)\n%s",
      hq_command_usage);
  return EXIT_USAGE;
}

static int
say_error (const GError *error)
{
  fprintf (stderr, "guitai-hq: %s\n", error != NULL ? error->message : "failed");
  return EXIT_FAILURE;
}

/* ---- serve ---- */

typedef struct {
  HqServerOptions server;
  char *address, *profile_path;
  int port, threads, ready_fd;
  gboolean is_lenient;
} ServeOptions;

static void
serve_options_clear (ServeOptions *options)
{
  g_free (options->address);
  g_free (options->profile_path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ServeOptions, serve_options_clear)

static gboolean
parse_serve (int *argc, char ***argv, ServeOptions *options, GError **error)
{
  GOptionEntry entries[] = {
      {"port", 0, 0, G_OPTION_ARG_INT, &options->port, NULL, NULL},
      {"listen", 0, 0, G_OPTION_ARG_STRING, &options->address, NULL, NULL},
      {"threads", 0, 0, G_OPTION_ARG_INT, &options->threads, NULL, NULL},
      {"profile", 0, 0, G_OPTION_ARG_FILENAME, &options->profile_path, NULL, NULL},
      {"ready-fd", 0, 0, G_OPTION_ARG_INT, &options->ready_fd, NULL, NULL},
      {"tmf-lenient", 0, 0, G_OPTION_ARG_NONE, &options->is_lenient, NULL, NULL},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  options->server.address = options->address != NULL ? options->address : "127.0.0.1";
  options->server.port = (guint16)CLAMP (options->port, 0, G_MAXUINT16);
  options->server.threads = (guint)CLAMP (options->threads, 1, 16);
  return TRUE;
}

static void
say_ready (const ServeOptions *options, guint16 port)
{
  g_autofree char *line = g_strdup_printf ("ready https://%s:%u\n", options->server.address, port);
  fputs (line, stdout);
  fflush (stdout);
  if (options->ready_fd >= 0) {
    if (write (options->ready_fd, line, strlen (line)) < 0)
      g_warning ("--ready-fd: nobody listens");
    close (options->ready_fd);
  }
}

static int
serve_folder (HqFolder *folder, const ServeOptions *options)
{
  g_autoptr (GError) error = NULL;
  sigset_t signals;
  int which;
  /* threads give no memory back between requests: else each request moves the end of a heap twice (mprotect) */
  mallopt (M_TRIM_THRESHOLD, 256 * 1024 * 1024);
  mallopt (M_TOP_PAD, 4 * 1024 * 1024);
  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  pthread_sigmask (SIG_BLOCK, &signals, NULL); /* before the first thread: all inherit it */
  signal (SIGPIPE, SIG_IGN);
  folder->store->is_lenient = options->is_lenient;
  HqServer *server = hq_server_start (folder, &options->server, &error);
  if (server == NULL)
    return say_error (error);
  HqAdmin *admin = hq_admin_start (server, folder->path, &error);
  if (admin == NULL) {
    hq_server_stop (server);
    return say_error (error);
  }
  HqWorker *worker = hq_worker_start (server, folder->store->profile);
  say_ready (options, hq_server_get_port (server));
  sigwait (&signals, &which);
  hq_admin_stop (admin);
  hq_worker_stop (worker); /* needs the writer to the end */
  hq_server_stop (server);
  return EXIT_SUCCESS;
}

static HqProfile *
read_profile (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize size;
  if (path == NULL)
    return hq_profile_new ();
  return g_file_get_contents (path, &text, &size, error) ? hq_profile_parse (text, (gssize)size, error)
                                                         : NULL;
}

static int
run_serve (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (ServeOptions) options = {.threads = 1, .ready_fd = -1};
  if (!parse_serve (&argc, &argv, &options, &error)) {
    say_error (error);
    return EXIT_USAGE;
  }
  if (argc != 2)
    return say_usage ();
  g_autoptr (HqProfile) profile = read_profile (options.profile_path, &error);
  g_autoptr (HqFolder) folder = profile != NULL ? hq_folder_open (argv[1], &error) : NULL;
  if (folder == NULL)
    return say_error (error);
  folder->store->profile = profile;
  /* before anybody may ask for anything: what was on its way when the last process ended */
  if (!hq_south_recover (folder->store, g_get_real_time ()))
    return say_error (folder->store->error);
  return serve_folder (folder, &options);
}

/* ---- init, restore ---- */

static int
run_init (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiEntropy) entropy = hq_system_entropy_new ();
  g_auto (GStrv) hosts = NULL;
  GOptionEntry entries[] = {{"host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &hosts, NULL, NULL}, {NULL}};
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    say_error (error);
    return EXIT_USAGE;
  }
  if (argc != 2)
    return say_usage ();
  gboolean done = hq_folder_create (argv[1], (const char *const *)hosts, entropy, g_get_real_time (), &error);
  return done ? EXIT_SUCCESS : say_error (error);
}

static int
run_restore (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiEntropy) entropy = hq_system_entropy_new ();
  if (argc != 3)
    return say_usage ();
  return hq_folder_restore (argv[1], argv[2], entropy, &error) ? EXIT_SUCCESS : say_error (error);
}

/* ---- the other commands ---- */

/* "--dir DIR" anywhere, else a DIR behind `orders` and `status`, else the environment. Takes it out of @arguments. */
static char *
take_folder (GPtrArray *arguments)
{
  for (guint i = 1; i + 1 < arguments->len; i++)
    if (strcmp (arguments->pdata[i], "--dir") == 0) {
      char *folder = g_strdup (arguments->pdata[i + 1]);
      g_ptr_array_remove_range (arguments, i, 2);
      return folder;
    }
  const char *name = arguments->pdata[0];
  gboolean positional = (strcmp (name, "orders") == 0 || strcmp (name, "status") == 0) &&
                        arguments->len > 1 && ((char *)arguments->pdata[1])[0] != '-';
  if (!positional)
    return g_strdup (g_getenv ("GUITAI_HQ_DIR"));
  char *folder = g_strdup (arguments->pdata[1]);
  g_ptr_array_remove_index (arguments, 1);
  return folder;
}

/* The server may stand in another directory. */
static void
make_paths_absolute (GPtrArray *arguments)
{
  const char *name = arguments->pdata[0];
  static const char *const loads[] = {"catalogue", "staff", "stock", "lines", "documents",
                                      "groups",    "paper", "bank",  NULL};
  guint index = strcmp (name, "backup") == 0 ? 1 : 2;
  if ((index == 2 && !g_strv_contains (loads, name)) || arguments->len <= index)
    return;
  if (strcmp (name, "bank") == 0 && strcmp (arguments->pdata[1], "import") != 0)
    return; /* a list: what stands there is an option's */
  char *path = g_canonicalize_filename (arguments->pdata[index], NULL);
  g_free (arguments->pdata[index]);
  arguments->pdata[index] = path;
}

static gboolean
run_command (const char *path, GPtrArray *arguments, GString *out, GError **error)
{
  g_ptr_array_add (arguments, NULL);
  const char *const *argv = (const char *const *)arguments->pdata;
  if (hq_admin_ask (path, argv, out, error))
    return TRUE;
  if (*error != NULL)
    return FALSE;
  g_autoptr (HqFolder) folder = hq_folder_open (path, error);
  return folder != NULL && hq_command_run (folder, argv, out, error);
}

static int
run_other (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < argc; i++)
    g_ptr_array_add (arguments, g_strdup (argv[i]));
  g_autofree char *path = take_folder (arguments);
  if (path == NULL)
    return say_usage ();
  make_paths_absolute (arguments);
  if (!run_command (path, arguments, out, &error))
    return say_error (error);
  fputs (out->str, stdout);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  umask (0077);           /* orders and keys of all halls */
  setlocale (LC_ALL, ""); /* names of halls come in the charset of the terminal */
  if (argc < 2)
    return say_usage ();
  const char *name = argv[1];
  if (strcmp (name, "init") == 0)
    return run_init (argc - 1, argv + 1);
  if (strcmp (name, "serve") == 0)
    return run_serve (argc - 1, argv + 1);
  if (strcmp (name, "restore") == 0)
    return run_restore (argc - 1, argv + 1);
  if (hq_command_is_known (name))
    return run_other (argc - 1, argv + 1);
  return say_usage ();
}
