/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams over what every machine has: ptys, loopback, files. Each error that a clerk may meet is provoked for real. */
#include "tai-file-stream.h"
#include "tai-pty-stream.h"
#include "tai-serial-stream.h"
#include "tai-tcp-listener.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAIT_MS 10000 /* a deadline, not a pause */

static void
open_well (gpointer stream)
{
  g_autoptr (GError) error = NULL;

  tai_stream_open (stream, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (tai_stream_is_open (stream));
}

static void
assert_open_fails (gpointer stream, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tai_stream_open (stream, NULL, &error));
  g_assert_error (error, TAI_IO_ERROR, code);
  g_assert_false (tai_stream_is_open (stream));
}

static void
assert_read_fails (gpointer stream, int timeout_ms, int code)
{
  g_autoptr (GError) error = NULL;
  guint8 byte;

  g_assert_cmpint (tai_stream_read (stream, &byte, 1, timeout_ms, NULL, &error), ==, -1);
  g_assert_error (error, TAI_IO_ERROR, code);
}

static void
assert_passes (gpointer from, gpointer to, const guint8 *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  guint8 got[1024];
  gsize n = 0;

  g_assert_true (tai_stream_write_all (from, bytes, size, WAIT_MS, NULL, &error));
  g_assert_no_error (error);
  while (n < size) {
    gssize some = tai_stream_read (to, got + n, sizeof got - n, WAIT_MS, NULL, &error);
    g_assert_no_error (error);
    n += (gsize)some;
  }
  g_assert_cmpmem (got, n, bytes, size);
}

static void
assert_all_bytes_pass (gpointer a, gpointer b)
{
  guint8 bytes[256];

  for (int i = 0; i < 256; i++)
    bytes[i] = (guint8)i;
  assert_passes (a, b, bytes, sizeof bytes);
  assert_passes (b, a, bytes, sizeof bytes);
}

static char *
temporary_path (const char *name)
{
  g_autofree char *folder = g_dir_make_tmp ("tai-io-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return g_build_filename (folder, name, NULL);
}

static void
remove_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
}

/* A terminal line must not eat or change any of the 256 bytes: 03, 0A, 11, 13, 7F and FF are what cooked lines do. */
static void
test_serial_is_raw (void)
{
  g_autoptr (TaiPtyStream) device = tai_pty_stream_new ();
  open_well (device);
  g_autoptr (TaiSerialStream) driver = tai_serial_stream_new (tai_pty_stream_get_path (device), 115200);
  open_well (driver);

  assert_all_bytes_pass (driver, device);
  assert_read_fails (driver, 0, TAI_IO_ERROR_TIMED_OUT);
  assert_read_fails (driver, 5, TAI_IO_ERROR_TIMED_OUT);
}

static void
test_serial_speed (void)
{
  g_autoptr (TaiPtyStream) device = tai_pty_stream_new ();
  g_autoptr (GError) error = NULL;
  static const guint bauds[] = {9600, 19200, 38400, 57600, 115200};

  open_well (device);
  g_autoptr (TaiSerialStream) driver = tai_serial_stream_new (tai_pty_stream_get_path (device), 115200);
  open_well (driver);
  g_assert_cmpuint (tai_pty_stream_get_baud (device), ==, 115200);
  for (gsize i = 0; i < G_N_ELEMENTS (bauds); i++) {
    g_assert_true (tai_stream_set_baud (TAI_STREAM (driver), bauds[i], NULL));
    g_assert_cmpuint (tai_pty_stream_get_baud (device), ==, bauds[i]);
  }
  g_assert_false (tai_stream_set_baud (TAI_STREAM (driver), 12345, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpuint (tai_pty_stream_get_baud (device), ==, 115200);

  /* The speed is kept for the next open. */
  g_assert_true (tai_stream_set_baud (TAI_STREAM (driver), 19200, NULL));
  tai_stream_close (TAI_STREAM (driver));
  open_well (driver);
  g_assert_cmpuint (tai_pty_stream_get_baud (device), ==, 19200);
}

static void
test_serial_unplug_and_back (void)
{
  g_autoptr (TaiPtyStream) device = tai_pty_stream_new ();
  g_autofree char *link = temporary_path ("reader");
  g_autoptr (GError) error = NULL;

  open_well (device);
  g_assert_cmpint (symlink (tai_pty_stream_get_path (device), link), ==, 0);
  g_autoptr (TaiSerialStream) driver = tai_serial_stream_new (link, 115200);
  open_well (driver);
  g_unlink (link); /* the name of the pty may be another's at once */
  tai_stream_close (TAI_STREAM (device));
  assert_read_fails (driver, WAIT_MS, TAI_IO_ERROR_CLOSED);
  g_assert_false (tai_stream_write_all (TAI_STREAM (driver), (const guint8 *)"x", 1, WAIT_MS, NULL, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_CLOSED);
  tai_stream_close (TAI_STREAM (driver));
  tai_stream_close (TAI_STREAM (driver)); /* harmless */
  assert_open_fails (driver, TAI_IO_ERROR_NOT_FOUND);

  open_well (device);
  g_assert_cmpint (symlink (tai_pty_stream_get_path (device), link), ==, 0);
  open_well (driver);
  assert_all_bytes_pass (driver, device);
  remove_path (link);
}

static void
test_serial_refusals (void)
{
  g_autoptr (TaiPtyStream) device = tai_pty_stream_new ();
  g_autofree char *plain = temporary_path ("plain");

  open_well (device);
  g_autoptr (TaiSerialStream) first = tai_serial_stream_new (tai_pty_stream_get_path (device), 9600);
  g_autoptr (TaiSerialStream) second = tai_serial_stream_new (tai_pty_stream_get_path (device), 9600);
  open_well (first);
  assert_open_fails (second, TAI_IO_ERROR_BUSY);
  tai_stream_close (TAI_STREAM (first));
  open_well (second);

  g_autoptr (TaiSerialStream) missing = tai_serial_stream_new ("/dev/guitai-no-such-device", 9600);
  assert_open_fails (missing, TAI_IO_ERROR_NOT_FOUND);
  /* Nobody may write there, root neither. */
  g_autoptr (TaiSerialStream) forbidden = tai_serial_stream_new ("/sys/kernel/uevent_seqnum", 9600);
  assert_open_fails (forbidden, TAI_IO_ERROR_PERMISSION);
  g_assert_true (g_file_set_contents (plain, "x", 1, NULL));
  g_autoptr (TaiSerialStream) no_line = tai_serial_stream_new (plain, 9600);
  assert_open_fails (no_line, TAI_IO_ERROR_NOT_SUPPORTED);
  remove_path (plain);
}

static gpointer
cancel_when_waiting (gpointer cancellable)
{
  g_usleep (20000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (TaiPtyStream) device = tai_pty_stream_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint8 byte;

  open_well (device);
  g_autoptr (TaiSerialStream) driver = tai_serial_stream_new (tai_pty_stream_get_path (device), 9600);
  open_well (driver);
  GThread *thread = g_thread_new ("cancel", cancel_when_waiting, cancellable);
  g_assert_cmpint (tai_stream_read (TAI_STREAM (driver), &byte, 1, -1, cancellable, &error), ==, -1);
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  assert_all_bytes_pass (driver, device); /* still good */

  tai_stream_close (TAI_STREAM (driver));
  g_clear_error (&error);
  g_assert_false (tai_stream_open (TAI_STREAM (driver), cancellable, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_CANCELLED);
}

static TaiStream *
connect_pair (TaiTcpListener *listener, TaiTcpStream **driver)
{
  *driver = tai_tcp_stream_new ("127.0.0.1", tai_tcp_listener_get_port (listener), WAIT_MS);
  open_well (*driver);
  TaiStream *device = tai_tcp_listener_accept (listener, WAIT_MS, NULL, NULL);
  g_assert_nonnull (device);
  return device;
}

static void
test_tcp (void)
{
  g_autoptr (TaiTcpListener) listener = tai_tcp_listener_new (0, NULL);
  g_autoptr (TaiTcpStream) driver = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (tai_tcp_listener_accept (listener, 0, NULL, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT);
  g_clear_error (&error);
  g_autoptr (TaiStream) device = connect_pair (listener, &driver);
  assert_all_bytes_pass (driver, device);
  g_assert_false (tai_stream_set_baud (TAI_STREAM (driver), 9600, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_SUPPORTED);

  tai_stream_close (device);
  assert_read_fails (driver, WAIT_MS, TAI_IO_ERROR_CLOSED);
  /* The first write after the end may still succeed; the second meets the reset, and no signal ends the test. */
  g_clear_error (&error);
  for (int i = 0; i < 100 && error == NULL; i++) {
    tai_stream_write_all (TAI_STREAM (driver), (const guint8 *)"x", 1, WAIT_MS, NULL, &error);
    g_usleep (1000);
  }
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_CLOSED);
}

static void
test_tcp_refusals (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTcpListener) listener = tai_tcp_listener_new (0, NULL);
  guint16 port = tai_tcp_listener_get_port (listener);

  g_assert_null (tai_tcp_listener_new (port, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_BUSY);
  g_clear_pointer (&listener, tai_tcp_listener_free);
  g_autoptr (TaiTcpStream) driver = tai_tcp_stream_new ("127.0.0.1", port, WAIT_MS);
  assert_open_fails (driver, TAI_IO_ERROR_UNREACHABLE);
}

/* A printer that takes nothing: the budget of one wait ends the write, not the number of bytes. */
static void
test_tcp_stall (void)
{
  g_autoptr (TaiTcpListener) listener = tai_tcp_listener_new (0, NULL);
  g_autoptr (TaiTcpStream) driver = NULL;
  g_autoptr (TaiStream) device = connect_pair (listener, &driver);
  g_autofree guint8 *lots = g_malloc0 (32 * 1024 * 1024);
  g_autoptr (GError) error = NULL;

  g_assert_false (tai_stream_write_all (TAI_STREAM (driver), lots, 32 * 1024 * 1024, 50, NULL, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT);
}

/* Replies that nobody read must not cost the printer the end of its receipt. */
static void
test_tcp_close_keeps_what_was_written (void)
{
  g_autoptr (TaiTcpListener) listener = tai_tcp_listener_new (0, NULL);
  g_autoptr (TaiTcpStream) driver = NULL;
  g_autoptr (TaiStream) device = connect_pair (listener, &driver);
  guint8 got[16];

  g_assert_true (tai_stream_write_all (device, (const guint8 *)"status", 6, WAIT_MS, NULL, NULL));
  g_assert_true (
      tai_stream_write_all (TAI_STREAM (driver), (const guint8 *)"receipt", 7, WAIT_MS, NULL, NULL));
  tai_stream_close (TAI_STREAM (driver));
  g_assert_cmpint (tai_stream_read (device, got, sizeof got, WAIT_MS, NULL, NULL), ==, 7);
  assert_read_fails (device, WAIT_MS, TAI_IO_ERROR_CLOSED);
}

static void
test_file (void)
{
  g_autofree char *path = temporary_path ("receipt.bin");
  g_autofree char *text = NULL;
  struct stat status;

  g_autoptr (TaiFileStream) missing = tai_file_stream_new (path, TAI_FILE_DEVICE);
  assert_open_fails (missing, TAI_IO_ERROR_NOT_FOUND);
  g_autoptr (TaiFileStream) file = tai_file_stream_new (path, TAI_FILE_CREATE);
  open_well (file);
  g_assert_true (tai_stream_write_all (TAI_STREAM (file), (const guint8 *)"one", 3, 0, NULL, NULL));
  assert_read_fails (file, 0, TAI_IO_ERROR_NOT_SUPPORTED);
  tai_stream_close (TAI_STREAM (file));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);

  g_autoptr (TaiFileStream) again = tai_file_stream_new (path, TAI_FILE_DEVICE);
  open_well (again);
  g_assert_true (tai_stream_write_all (TAI_STREAM (again), (const guint8 *)"two", 3, 0, NULL, NULL));
  assert_read_fails (again, 0, TAI_IO_ERROR_CLOSED);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "onetwo");
  remove_path (path);
}

static void
test_file_refusals (void)
{
  g_autofree char *fifo = temporary_path ("fifo");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_autoptr (TaiFileStream) pipe = tai_file_stream_new (fifo, TAI_FILE_DEVICE);
  assert_open_fails (pipe, TAI_IO_ERROR_NOT_SUPPORTED);
  remove_path (fifo);

  g_autoptr (TaiFileStream) full = tai_file_stream_new ("/dev/full", TAI_FILE_DEVICE);
  open_well (full);
  g_assert_false (tai_stream_write_all (TAI_STREAM (full), (const guint8 *)"x", 1, WAIT_MS, NULL, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NO_SPACE);
}

static void
assert_emulated (gpointer stream, gboolean expected)
{
  g_assert_cmpint (tai_stream_is_emulated (stream), ==, expected);
}

/* A production terminal refuses what this calls emulated: a link cannot hide a pty, nor a socket loopback. */
static void
test_is_emulated (void)
{
  g_autoptr (TaiPtyStream) device = tai_pty_stream_new ();
  g_autofree char *link = temporary_path ("ttyUSB0");
  g_autoptr (TaiTcpListener) listener = tai_tcp_listener_new (0, NULL);
  g_autoptr (TaiTcpStream) tcp = NULL;

  open_well (device);
  assert_emulated (device, TRUE);
  g_assert_cmpint (symlink (tai_pty_stream_get_path (device), link), ==, 0);
  g_autoptr (TaiSerialStream) serial = tai_serial_stream_new (link, 9600);
  assert_emulated (serial, TRUE);
  open_well (serial);
  assert_emulated (serial, TRUE);
  /* Once open, the open descriptor is judged: laying the link anew changes nothing. */
  g_unlink (link);
  g_assert_cmpint (symlink ("/dev/tty", link), ==, 0);
  assert_emulated (serial, TRUE);
  tai_stream_close (TAI_STREAM (serial));
  assert_emulated (serial, FALSE);
  remove_path (link);

  g_autoptr (TaiStream) accepted = connect_pair (listener, &tcp);
  assert_emulated (tcp, TRUE);
  tai_stream_close (TAI_STREAM (tcp));
  static const char *const here[] = {"127.0.0.1",        "127.9.9.9", "::1",
                                     "::ffff:127.0.0.1", "localhost", "LOCALHOST"};
  for (gsize i = 0; i < G_N_ELEMENTS (here); i++) {
    g_autoptr (TaiTcpStream) stream = tai_tcp_stream_new (here[i], 9100, 1);
    assert_emulated (stream, TRUE);
  }
  g_autoptr (TaiTcpStream) printer = tai_tcp_stream_new ("192.0.2.7", 9100, 1);
  assert_emulated (printer, FALSE);

  g_autoptr (TaiFileStream) null = tai_file_stream_new ("/dev/null", TAI_FILE_DEVICE);
  assert_emulated (null, TRUE);
  g_autoptr (TaiFileStream) plain = tai_file_stream_new ("/proc/self/exe", TAI_FILE_DEVICE);
  assert_emulated (plain, TRUE);
}

static void
test_error_names (void)
{
  for (int code = 0; code <= TAI_IO_ERROR_BLANKED; code++) {
    TaiIoError back;
    g_assert_nonnull (tai_io_error_to_text (code));
    g_assert_true (tai_io_error_from_text (tai_io_error_to_text (code), &back));
    g_assert_cmpint (back, ==, code);
  }
  TaiIoError none;
  g_assert_null (tai_io_error_to_text (TAI_IO_ERROR_BLANKED + 1));
  g_assert_null (tai_io_error_to_text (-1));
  g_assert_false (tai_io_error_from_text ("no such thing", &none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/serial/raw", test_serial_is_raw);
  g_test_add_func ("/io/serial/speed", test_serial_speed);
  g_test_add_func ("/io/serial/unplug", test_serial_unplug_and_back);
  g_test_add_func ("/io/serial/refusals", test_serial_refusals);
  g_test_add_func ("/io/cancel", test_cancel);
  g_test_add_func ("/io/tcp/both-ways", test_tcp);
  g_test_add_func ("/io/tcp/refusals", test_tcp_refusals);
  g_test_add_func ("/io/tcp/stall", test_tcp_stall);
  g_test_add_func ("/io/tcp/close", test_tcp_close_keeps_what_was_written);
  g_test_add_func ("/io/file/both-modes", test_file);
  g_test_add_func ("/io/file/refusals", test_file_refusals);
  g_test_add_func ("/io/is-emulated", test_is_emulated);
  g_test_add_func ("/io/error-names", test_error_names);
  return g_test_run ();
}
