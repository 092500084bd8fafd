/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The emulated receipt printer, as a driver meets it over TCP. */
#include "tai-emulator-rig.h"

#include "tai-devices-error.h"
#include "tai-tcp-stream.h"

#include <string.h>

#define WAIT_MS 10000

static TaiStream *
connect_to (TaiEmulatorRig *rig)
{
  TaiStream *stream = TAI_STREAM (tai_tcp_stream_new ("127.0.0.1", rig->port, WAIT_MS));
  g_autoptr (GError) error = NULL;

  tai_stream_open (stream, NULL, &error);
  g_assert_no_error (error);
  return stream;
}

static void
send_bytes (TaiStream *stream, const char *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;

  tai_stream_write_all (stream, (const guint8 *)bytes, size, WAIT_MS, NULL, &error);
  g_assert_no_error (error);
}

static guint8
ask (TaiStream *stream, char n)
{
  char query[] = {0x10, 0x04, n};
  g_autoptr (GError) error = NULL;
  guint8 status = 0;

  send_bytes (stream, query, sizeof query);
  tai_stream_read (stream, &status, 1, WAIT_MS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (status & 0x93, ==, 0x12); /* else it could be XON or XOFF */
  return status;
}

/* GS r 1: comes when all before it has been printed. */
static int
ask_in_turn (TaiStream *stream, int timeout_ms)
{
  guint8 status = 0;

  send_bytes (stream, "\x1D\x72\x01", 3);
  return tai_stream_read (stream, &status, 1, timeout_ms, NULL, NULL) == 1 ? status : -1;
}

static void
assert_printed (TaiEmulatorRig *rig, const char *expected)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_MS * 1000;
  g_autofree char *text = NULL;

  do {
    g_clear_pointer (&text, g_free);
    g_assert_true (g_file_get_contents (rig->out, &text, NULL, NULL));
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  } while (strlen (text) < strlen (expected));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_two_jobs (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_printer ("clear");
  g_autoptr (TaiStream) first = connect_to (rig);

  for (char n = 1; n <= 4; n++)
    g_assert_cmpuint (ask (first, n), ==, 0x12);
  send_bytes (first, "one\n", 4);
  g_assert_cmpint (ask_in_turn (first, WAIT_MS), ==, 0x00);
  assert_printed (rig, "one\n\x1D\x72\x01");
  tai_stream_close (first);

  g_autoptr (TaiStream) second = connect_to (rig);
  g_assert_cmpuint (ask (second, 4), ==, 0x12);
  send_bytes (second, "two\n", 4);
  tai_stream_close (second);
  assert_printed (rig, "one\n\x1D\x72\x01two\n");
}

static void
test_large_job (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_printer ("clear");
  g_autoptr (TaiStream) stream = connect_to (rig);
  g_autofree char *large = g_strnfill (300000, 'x');

  send_bytes (stream, large, 300000);
  tai_stream_close (stream);
  assert_printed (rig, large);
}

/* Off line: the query is answered, the paper gets nothing, GS r waits; then all comes in its order. */
static void
assert_off_line (const char *fault, const guint8 status[5])
{
  g_autofree char *command = g_strconcat ("fault ", fault, NULL);
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_printer (command);
  g_autoptr (TaiStream) stream = connect_to (rig);
  guint8 answer = 0xFF;

  for (char n = 1; n <= 4; n++)
    g_assert_cmpuint (ask (stream, n), ==, status[(int)n]);
  send_bytes (stream, "receipt", 7);
  g_assert_cmpint (ask_in_turn (stream, 100), ==, -1);
  assert_printed (rig, "");
  tai_emulator_rig_command (rig, "clear");
  g_assert_cmpint (tai_stream_read (stream, &answer, 1, WAIT_MS, NULL, NULL), ==, 1);
  g_assert_cmpuint (answer, ==, 0);
  assert_printed (rig, "receipt\x1D\x72\x01");
  g_assert_cmpuint (ask (stream, 1), ==, 0x12);
}

static void
test_off_line (void)
{
  assert_off_line ("paper_end", (const guint8[]){0, 0x1A, 0x32, 0x12, 0x7E});
  assert_off_line ("cover_open", (const guint8[]){0, 0x1A, 0x16, 0x12, 0x12});
}

static void
test_paper_low (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_printer ("fault paper_low");
  g_autoptr (TaiStream) stream = connect_to (rig);

  g_assert_cmpuint (ask (stream, 1), ==, 0x12);
  g_assert_cmpuint (ask (stream, 4), ==, 0x1E);
  g_assert_cmpint (ask_in_turn (stream, WAIT_MS), ==, 0x03);
}

/* While off line its memory fills; then it takes no more, as the driver sees by its budget. */
static void
test_off_line_for_long (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_printer ("fault paper_end");
  g_autoptr (TaiStream) stream = connect_to (rig);
  gsize size = 32 * 1024 * 1024;
  g_autofree guint8 *large = g_malloc0 (size);
  g_autoptr (GError) error = NULL;

  g_assert_false (tai_stream_write_all (stream, large, size, 200, NULL, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT);
}

static void
test_stall (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_printer ("fault stall@4");
  g_autoptr (TaiStream) stream = connect_to (rig);
  guint8 byte;

  send_bytes (stream, "receipt\x10\x04\x01", 10);
  g_assert_cmpint (tai_stream_read (stream, &byte, 1, 100, NULL, NULL), ==, -1);
  assert_printed (rig, "rece");
  tai_emulator_rig_command (rig, "clear");
  g_assert_cmpint (tai_stream_read (stream, &byte, 1, WAIT_MS, NULL, NULL), ==, 1);
  assert_printed (rig, "receipt");
}

static void
test_close_in_the_middle (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_printer ("fault close_mid@5");
  g_autoptr (TaiStream) stream = connect_to (rig);
  g_autoptr (GError) error = NULL;
  guint8 byte;

  send_bytes (stream, "a receipt", 9);
  g_assert_cmpint (tai_stream_read (stream, &byte, 1, WAIT_MS, NULL, &error), ==, -1);
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_CLOSED);
  assert_printed (rig, "a rec");
}

static void
test_query_in_picture (void)
{
  static const char picture[] = "\x1D\x76\x30\x00\x03\x00\x01\x00\x10\x04\x01";
  g_autoptr (TaiEmulatorRig) strict = tai_emulator_rig_new_printer ("clear");
  g_autoptr (TaiEmulatorRig) naive = tai_emulator_rig_new_printer ("fault realtime_in_data");
  g_autoptr (TaiStream) to_strict = connect_to (strict);
  g_autoptr (TaiStream) to_naive = connect_to (naive);
  guint8 status = 0;

  send_bytes (to_strict, picture, sizeof picture - 1);
  g_assert_cmpint (ask_in_turn (to_strict, WAIT_MS), ==, 0); /* the first answer is this one */
  send_bytes (to_naive, picture, sizeof picture - 1);
  g_assert_cmpint (tai_stream_read (to_naive, &status, 1, WAIT_MS, NULL, NULL), ==, 1);
  g_assert_cmpuint (status, ==, 0x12);
}

static void
test_refusals (void)
{
  static const char *const bad[] = {
      "", "fault", "fault ", "fault nonsense", "fault paper_end@3", "fault stall@x", "plug"};
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_printer ("clear");
  g_autoptr (TaiPrinterEmulator) emulator = tai_printer_emulator_new (0, "/dev/null", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (emulator);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_clear_error (&error);
    g_assert_false (tai_printer_emulator_command (emulator, bad[i], &error));
    g_assert_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION);
  }
  g_clear_error (&error);
  g_assert_null (tai_printer_emulator_new (rig->port, "/dev/null", &error));
  g_assert_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (tai_printer_emulator_new (0, "/no/such/folder/out", &error));
  g_assert_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_UNPLUGGED);
}

/* Waits until the drawing has @what in it, which comes when the connection has ended. */
static void
await_drawing (TaiEmulatorRig *rig, const char *what)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_MS * 1000;
  g_autofree char *text = NULL;

  while (!g_file_get_contents (rig->text, &text, NULL, NULL) || strstr (text, what) == NULL) {
    g_clear_pointer (&text, g_free);
    if (g_get_monotonic_time () > deadline)
      g_error ("\"%s\" was not drawn", what);
    g_usleep (2000);
  }
}

/* Each job is drawn when it ends; one that no printer understands is refused with the place of the byte. */
static void
test_drawing (void)
{
  static const char *const jobs[] = {"\x1b@\x1b\x61\x01TEA\n\x1dV\x01", "ok\n\x1b\x07", "\x1b@last\n"};
  static const char *const drawings[] = {"                      TEA\n------",
                                         "job 2: offset 3: unknown ESC command (byte 1b)\n",
                                         "(byte 1b)\nlast\n"};
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_printer ("clear");

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++) {
    g_autoptr (TaiStream) stream = connect_to (rig);

    send_bytes (stream, jobs[i], strlen (jobs[i]));
    tai_stream_close (stream);
    await_drawing (rig, drawings[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/printer/two-jobs", test_two_jobs);
  g_test_add_func ("/devices/printer/large-job", test_large_job);
  g_test_add_func ("/devices/printer/off-line", test_off_line);
  g_test_add_func ("/devices/printer/paper-low", test_paper_low);
  g_test_add_func ("/devices/printer/off-line-for-long", test_off_line_for_long);
  g_test_add_func ("/devices/printer/stall", test_stall);
  g_test_add_func ("/devices/printer/close", test_close_in_the_middle);
  g_test_add_func ("/devices/printer/query-in-picture", test_query_in_picture);
  g_test_add_func ("/devices/printer/drawing", test_drawing);
  g_test_add_func ("/devices/printer/refusals", test_refusals);
  return g_test_run ();
}
