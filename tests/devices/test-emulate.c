/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program guitai-emulate, started as a person or a script starts it. */
#include "tai-emulator-rig.h"
#include "tai-wall-clock.h"

#include "tai-serial-stream.h"
#include "tai-tcp-stream.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

static const char *program;

static GSubprocess *
start_line (const char *line)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_shell_parse_argv (line, NULL, &argv, NULL));
  GSubprocess *child = g_subprocess_newv ((const char *const *)argv,
                                          G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                              G_SUBPROCESS_FLAGS_STDERR_PIPE,
                                          &error);
  g_assert_no_error (error);
  return child;
}

static GSubprocess *
start (const char *arguments)
{
  g_autofree char *line = g_strconcat (program, " ", arguments, NULL);

  return start_line (line);
}

static char *
wait_ready (GSubprocess *child)
{
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autofree char *line = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (out), FALSE);
  line = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "ready "));
  return g_strdup (line + strlen ("ready "));
}

static void
assert_ends (GSubprocess *child, int status)
{
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (child));
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, status);
}

static void
assert_reads (const char *link, gsize card)
{
  g_autoptr (TaiClock) clock = tai_wall_clock_new ();
  g_autoptr (TaiStream) line = TAI_STREAM (tai_serial_stream_new (link, 115200));
  g_autoptr (TaiSdtReader) driver = tai_sdt_reader_new (line, clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiIdentity) identity = tai_id_reader_read (TAI_ID_READER (driver), NULL, &error);

  g_assert_no_error (error);
  tai_test_assert_is_card (identity, card);
}

static void
test_id_reader (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tai-emulate-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (folder, "reader", NULL),
                  *fifo = g_build_filename (folder, "control", NULL);
  g_autofree char *arguments = g_strdup_printf (
      "id-reader --with-parent --link %s --control %s --auto --card prc --card hmt --fault noise --fault pulled@2",
      link, fifo);
  g_autoptr (GSubprocess) child = start (arguments);
  g_autofree char *ready = wait_ready (child);

  g_assert_cmpstr (ready, ==, link);
  assert_reads (link, 0);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (child), "clear\ncard pr2017\n", 18, NULL, NULL,
                             NULL);
  assert_reads (link, 4);
  g_subprocess_send_signal (child, SIGTERM);
  assert_ends (child, 0);
  g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* link and FIFO have gone */
}

static void
test_control_fifo (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tai-emulate-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (folder, "reader", NULL),
                  *fifo = g_build_filename (folder, "control", NULL);
  g_autofree char *arguments = g_strdup_printf ("id-reader --with-parent --link %s --control %s", link, fifo);
  g_autoptr (GSubprocess) child = start (arguments);
  g_autofree char *ready = wait_ready (child);

  assert_reads (link, 0); /* the default card */
  for (int i = 0; i < 2; i++) {
    FILE *control = fopen (fifo, "w");
    g_assert_nonnull (control);
    fputs (i == 0 ? "card hmt\n" : "quit\n", control);
    fclose (control);
    if (i == 0)
      assert_reads (link, 3);
  }
  assert_ends (child, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* link and FIFO have gone */
}

/* Who started it is killed without a word: no emulator stays behind. */
static void
test_with_parent (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tai-emulate-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (folder, "reader", NULL);
  g_autofree char *line =
      g_strdup_printf ("sh -c '%s id-reader --with-parent --link %s & wait'", program, link);
  g_autoptr (GSubprocess) shell = start_line (line);
  g_autofree char *ready = wait_ready (shell);
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_subprocess_force_exit (shell);
  while (g_file_test (link, G_FILE_TEST_IS_SYMLINK)) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (1000);
  }
  g_rmdir (folder);
}

static void
test_printer (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tai-emulate-XXXXXX", NULL);
  g_autofree char *out = g_build_filename (folder, "printed", NULL);
  g_autofree char *arguments =
      g_strdup_printf ("printer --with-parent --port 0 --out %s --fault paper_low", out);
  g_autoptr (GSubprocess) child = start (arguments);
  g_autofree char *ready = wait_ready (child), *text = NULL;
  guint8 status = 0;

  g_assert_true (g_str_has_prefix (ready, "127.0.0.1:"));
  g_autoptr (TaiStream) stream =
      TAI_STREAM (tai_tcp_stream_new ("127.0.0.1", (guint16)atoi (strchr (ready, ':') + 1), 10000));
  g_assert_true (tai_stream_open (stream, NULL, NULL));
  g_assert_true (tai_stream_write_all (stream, (const guint8 *)"hello\x10\x04\x04", 8, 10000, NULL, NULL));
  g_assert_cmpint (tai_stream_read (stream, &status, 1, 10000, NULL, NULL), ==, 1);
  g_assert_cmpuint (status, ==, 0x1E);
  g_subprocess_send_signal (child, SIGINT);
  assert_ends (child, 0);
  g_assert_true (g_file_get_contents (out, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "hello");
  g_unlink (out);
  g_rmdir (folder);
}

static void
test_usage (void)
{
  static const char *const bad[] = {
      "",
      "toaster",
      "id-reader --no-such-option",
      "id-reader stray",
      "id-reader --card /no/such",
      "id-reader --fault nonsense",
      "id-reader --card prc --card hmt",
      "printer",
      "printer --port 70000 --out /dev/null",
      "printer --port 0 --out /dev/null --fault nonsense",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GSubprocess) child = start (bad[i]);
    g_autofree char *out = NULL, *complaint = NULL;
    g_assert_true (g_subprocess_communicate_utf8 (child, NULL, NULL, &out, &complaint, NULL));
    assert_ends (child, 2);
    g_assert_cmpstr (out, ==, "");
    g_assert_cmpuint (strlen (complaint), >, 10);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_func ("/devices/emulate/id-reader", test_id_reader);
  g_test_add_func ("/devices/emulate/control", test_control_fifo);
  g_test_add_func ("/devices/emulate/with-parent", test_with_parent);
  g_test_add_func ("/devices/emulate/printer", test_printer);
  g_test_add_func ("/devices/emulate/usage", test_usage);
  return g_test_run ();
}
