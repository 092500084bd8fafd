/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recorder and replayer: what was recorded replays, what differs is named, what is private is not there. */
#include "tai-pty-stream.h"
#include "tai-recorder.h"
#include "tai-replayer.h"
#include "tai-serial-stream.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAIT_MS 10000

typedef struct {
  char *folder, *path, *link;
  TaiPtyStream *device;
  TaiRecorder *recorder;
} Rig;

static void
set_up (Rig *rig, gconstpointer privacy)
{
  g_autoptr (GError) error = NULL;

  rig->folder = g_dir_make_tmp ("tai-recording-XXXXXX", &error);
  g_assert_no_error (error);
  rig->path = g_build_filename (rig->folder, "session.rec", NULL);
  rig->device = tai_pty_stream_new ();
  g_assert_true (tai_stream_open (TAI_STREAM (rig->device), NULL, NULL));
  rig->link = g_build_filename (rig->folder, "line", NULL);
  g_assert_cmpint (symlink (tai_pty_stream_get_path (rig->device), rig->link), ==, 0);
  g_autoptr (TaiSerialStream) serial = tai_serial_stream_new (rig->link, 9600);
  rig->recorder = tai_recorder_new (TAI_STREAM (serial), rig->path,
                                    (TaiRecorderPrivacy)GPOINTER_TO_INT (privacy), &error);
  g_assert_no_error (error);
}

static void
tear_down (Rig *rig, gconstpointer privacy)
{
  g_object_unref (rig->recorder);
  g_object_unref (rig->device);
  g_unlink (rig->path);
  g_unlink (rig->link);
  g_rmdir (rig->folder);
  g_free (rig->path);
  g_free (rig->link);
  g_free (rig->folder);
}

static void
write_text (gpointer stream, const char *text)
{
  g_autoptr (GError) error = NULL;

  tai_stream_write_all (stream, (const guint8 *)text, strlen (text), WAIT_MS, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_reads (gpointer stream, const char *text)
{
  g_autoptr (GError) error = NULL;
  char got[64] = "";

  g_assert_cmpuint (strlen (text), <, sizeof got);
  while (strlen (got) < strlen (text)) {
    tai_stream_read (stream, (guint8 *)got + strlen (got), sizeof got - 1 - strlen (got), WAIT_MS, NULL,
                     &error);
    g_assert_no_error (error);
  }
  g_assert_cmpstr (got, ==, text);
}

static void
assert_read_fails (gpointer stream, int code)
{
  g_autoptr (GError) error = NULL;
  guint8 byte;

  g_assert_cmpint (tai_stream_read (stream, &byte, 1, 1, NULL, &error), ==, -1);
  g_assert_error (error, TAI_IO_ERROR, code);
}

/* A driver, as the recorder and the replayer see it. @device (nullable) is what answers. */
static void
converse (gpointer stream, gpointer device)
{
  g_assert_true (tai_stream_open (stream, NULL, NULL));
  g_assert_true (tai_stream_set_baud (stream, 19200, NULL));
  write_text (stream, "who");
  if (device != NULL) {
    assert_reads (device, "who");
    write_text (device, "me");
  }
  assert_reads (stream, "me");
  assert_read_fails (stream, TAI_IO_ERROR_TIMED_OUT);
  tai_stream_set_private (stream, TRUE);
  write_text (stream, "pin");
  if (device != NULL) {
    assert_reads (device, "pin");
    write_text (device, "Zhang");
  }
}

static void
test_record_and_replay (Rig *rig, gconstpointer privacy)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  struct stat status;

  converse (rig->recorder, rig->device);
  assert_reads (rig->recorder, "Zhang");
  tai_stream_set_private (TAI_STREAM (rig->recorder), FALSE);
  g_assert_true (tai_recorder_finish (rig->recorder, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (rig->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (rig->path, &text, NULL, NULL));
  g_assert_cmpstr (
      text, ==,
      "guitai-recording 1\nopen\nbaud 19200\n> 77686F\n< 6D65\n< !timed_out\n> 70696E\n< 5A68616E67\n"
      "close\n");

  g_autoptr (TaiReplayer) replayer = tai_replayer_new (rig->path, &error);
  g_assert_no_error (error);
  converse (replayer, NULL);
  assert_reads (replayer, "Zhang");
  g_assert_false (tai_replayer_finish (replayer, NULL)); /* the close is still to come */
  tai_stream_close (TAI_STREAM (replayer));
  g_assert_true (tai_replayer_finish (replayer, &error));
  g_assert_true (tai_stream_is_emulated (TAI_STREAM (replayer)));
}

static void
test_private_is_blank (Rig *rig, gconstpointer privacy)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  converse (rig->recorder, rig->device);
  assert_reads (rig->recorder, "Zhang");
  tai_stream_set_private (TAI_STREAM (rig->recorder), FALSE);
  write_text (rig->recorder, "ok");
  g_assert_true (tai_recorder_finish (rig->recorder, &error));
  g_assert_true (g_file_get_contents (rig->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\n> ?3\n< ?5\n> 6F6B\nclose\n"));
  g_assert_null (strstr (text, "5A68616E67"));
  g_assert_null (strstr (text, "70696E"));

  g_autoptr (TaiReplayer) replayer = tai_replayer_new (rig->path, &error);
  g_assert_no_error (error);
  converse (replayer, NULL);
  assert_read_fails (replayer, TAI_IO_ERROR_BLANKED);
}

static void
test_errors_are_recorded (Rig *rig, gconstpointer privacy)
{
  g_autoptr (GError) error = NULL;
  TaiStream *stream = TAI_STREAM (rig->recorder);

  g_assert_true (tai_stream_open (stream, NULL, NULL));
  g_unlink (rig->link); /* the name of the pty may be another's at once */
  tai_stream_close (TAI_STREAM (rig->device));
  assert_read_fails (stream, TAI_IO_ERROR_CLOSED);
  tai_stream_close (stream);
  g_assert_false (tai_stream_open (stream, NULL, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_FOUND);
  g_assert_true (tai_recorder_finish (rig->recorder, NULL));

  g_autoptr (TaiReplayer) replayer = tai_replayer_new (rig->path, NULL);
  g_assert_true (tai_stream_open (TAI_STREAM (replayer), NULL, NULL));
  assert_read_fails (replayer, TAI_IO_ERROR_CLOSED);
  tai_stream_close (TAI_STREAM (replayer));
  g_clear_error (&error);
  g_assert_false (tai_stream_open (TAI_STREAM (replayer), NULL, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_FOUND);
  g_assert_true (tai_replayer_finish (replayer, NULL));
}

static void
test_lost_events (void)
{
  g_autoptr (TaiReplayer) inner = tai_replayer_new_from_text ("guitai-recording 1\nopen\nclose\n", NULL);
  g_autoptr (GError) error = NULL;

  g_autoptr (TaiRecorder) nowhere =
      tai_recorder_new (TAI_STREAM (inner), "/no/such/folder/x", TAI_RECORDER_BLANK, &error);
  g_assert_null (nowhere);
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_RECORDING);
  g_clear_error (&error);

  g_autoptr (TaiRecorder) full =
      tai_recorder_new (TAI_STREAM (inner), "/dev/full", TAI_RECORDER_BLANK, &error);
  g_assert_no_error (error);
  g_assert_true (tai_stream_open (TAI_STREAM (full), NULL, NULL)); /* the device works on */
  g_assert_false (tai_recorder_finish (full, &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_RECORDING);
}

static TaiReplayer *
opened (const char *events)
{
  g_autofree char *text = g_strconcat ("guitai-recording 1\nopen\n", events, NULL);
  g_autoptr (GError) error = NULL;
  TaiReplayer *replayer = tai_replayer_new_from_text (text, &error);

  g_assert_no_error (error);
  g_assert_true (tai_stream_open (TAI_STREAM (replayer), NULL, NULL));
  return replayer;
}

static void
assert_mismatch (const GError *error, const char *part)
{
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_mismatches (void)
{
  g_autoptr (TaiReplayer) bytes = opened ("> 0102\n> 0304050607\n");
  g_autoptr (GError) error = NULL;
  g_assert_true (tai_stream_write_all (TAI_STREAM (bytes), (const guint8 *)"\1\2", 2, 0, NULL, NULL));
  g_assert_false (
      tai_stream_write_all (TAI_STREAM (bytes), (const guint8 *)"\3\4\5\7\7", 5, 0, NULL, &error));
  assert_mismatch (error, "line 4");
  assert_mismatch (error, "offset 5 ");

  g_clear_error (&error);
  g_autoptr (TaiReplayer) longer = opened ("> 0102\n");
  g_assert_false (tai_stream_write_all (TAI_STREAM (longer), (const guint8 *)"\1\2\3", 3, 0, NULL, &error));
  assert_mismatch (error, "offset 2 ");

  g_clear_error (&error);
  g_autoptr (TaiReplayer) order = opened ("< 01\n");
  g_assert_false (tai_stream_write_all (TAI_STREAM (order), (const guint8 *)"\1", 1, 0, NULL, &error));
  assert_mismatch (error, "'<' recorded, '>' done");

  g_clear_error (&error);
  g_autoptr (TaiReplayer) speed = opened ("baud 9600\n");
  g_assert_false (tai_stream_set_baud (TAI_STREAM (speed), 19200, &error));
  assert_mismatch (error, "9600");

  g_autoptr (TaiReplayer) end = opened ("");
  assert_read_fails (end, TAI_IO_ERROR_MISMATCH);

  g_clear_error (&error);
  g_autoptr (TaiReplayer) rest = opened ("< 01\nclose\n");
  g_assert_false (tai_replayer_finish (rest, &error));
  assert_mismatch (error, "line 3");
}

/* The driver may ask for less at a time than came then; the device's chunks are never joined. */
static void
test_small_reads (void)
{
  g_autoptr (TaiReplayer) replayer = opened ("# three, then one\n< 616263\n< 64\nclose\n");
  char got[4];

  g_assert_cmpint (tai_stream_read (TAI_STREAM (replayer), (guint8 *)got, 2, 0, NULL, NULL), ==, 2);
  g_assert_cmpint (tai_stream_read (TAI_STREAM (replayer), (guint8 *)got + 2, 2, 0, NULL, NULL), ==, 1);
  g_assert_cmpint (tai_stream_read (TAI_STREAM (replayer), (guint8 *)got + 3, 1, 0, NULL, NULL), ==, 1);
  g_assert_cmpmem (got, 4, "abcd", 4);
}

static void
test_malformed (void)
{
  static const char *const bad[] = {
      "",
      "guitai-recording 2\n",
      "\nguitai-recording 1\n",
      "guitai-recording 1\nopenn\n",
      "guitai-recording 1\n<\n",
      "guitai-recording 1\n< \n",
      "guitai-recording 1\n< 0\n",
      "guitai-recording 1\n< 0G\n",
      "guitai-recording 1\n< 00 !timed_out\n",
      "guitai-recording 1\n< !nonsense\n",
      "guitai-recording 1\n< ?\n",
      "guitai-recording 1\n< ?-1\n",
      "guitai-recording 1\n< ?99999999999999999999\n",
      "guitai-recording 1\n> 00 00\n",
      "guitai-recording 1\nbaud x\n",
      "guitai-recording 1\nbaud 99999999\n",
      "guitai-recording 1\nopen 00\n",
      "guitai-recording 1\nclose ?1\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (tai_replayer_new_from_text (bad[i], &error));
    g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_RECORDING);
    g_assert_nonnull (strstr (error->message, "line "));
  }
  g_autoptr (GError) error = NULL;
  g_assert_null (tai_replayer_new ("/no/such/recording", &error));
  g_assert_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/io/recording/replays", Rig, GINT_TO_POINTER (TAI_RECORDER_CLEAR), set_up,
              test_record_and_replay, tear_down);
  g_test_add ("/io/recording/private", Rig, GINT_TO_POINTER (TAI_RECORDER_BLANK), set_up,
              test_private_is_blank, tear_down);
  g_test_add ("/io/recording/errors", Rig, GINT_TO_POINTER (TAI_RECORDER_BLANK), set_up,
              test_errors_are_recorded, tear_down);
  g_test_add_func ("/io/recording/lost", test_lost_events);
  g_test_add_func ("/io/recording/mismatches", test_mismatches);
  g_test_add_func ("/io/recording/small-reads", test_small_reads);
  g_test_add_func ("/io/recording/malformed", test_malformed);
  return g_test_run ();
}
