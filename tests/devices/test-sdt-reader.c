/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real driver against the emulated reader, over a real pty: every card, every fault, and what a clerk then does. */
#include "tai-emulator-rig.h"
#include "tai-sdt-card.h"
#include "tai-sdt-frame.h"

#include "tai-core-error.h"
#include "tai-devices-error.h"
#include "tai-fake-clock.h"
#include "tai-recorder.h"
#include "tai-replayer.h"
#include "tai-serial-stream.h"

#include <glib/gstdio.h>
#include <string.h>

static TaiIdentity *
read_well (TaiSdtReader *driver)
{
  g_autoptr (GError) error = NULL;
  TaiIdentity *identity = tai_id_reader_read (TAI_ID_READER (driver), NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (identity);
  return identity;
}

static void
assert_reads_card (TaiSdtReader *driver, gsize i)
{
  g_autoptr (TaiIdentity) identity = read_well (driver);

  tai_test_assert_is_card (identity, i);
}

static void
assert_fails (TaiSdtReader *driver, TaiDevicesError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiIdentity) identity = tai_id_reader_read (TAI_ID_READER (driver), NULL, &error);

  g_assert_null (identity);
  g_assert_error (error, TAI_DEVICES_ERROR, (int)code);
}

/* The vectors' cards, by the names of the built-in ones. */
static const char *const cards[] = {"prc", "prc-longterm", "prc-rare", "hmt", "pr2017", "pr2023"};

static void
test_every_card (void)
{
  g_autofree char *all = g_strjoinv (
      " ", (char **)(const char *[]){"auto prc", cards[1], cards[2], cards[3], cards[4], cards[5], NULL});
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader (all);
  g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (cards); i++)
    assert_reads_card (driver, i % G_N_ELEMENTS (cards));
}

static void
send_frame (TaiStream *line, guint command)
{
  guint8 body[] = {(guint8)(command >> 8), (guint8)command}, frame[10];

  g_assert_true (tai_stream_write_all (line, frame, tai_sdt_frame_build (body, 2, frame), 5000, NULL, NULL));
}

/* Reads one answer of @size bytes and compares its hash. */
static void
assert_answer (TaiStream *line, gsize size, const char *sha256)
{
  g_autofree guint8 *frame = g_malloc (size);

  for (gsize n = 0; n < size;) {
    gssize some = tai_stream_read (line, frame + n, size - n, 5000, NULL, NULL);
    g_assert_cmpint (some, >, 0);
    n += (gsize)some;
  }
  g_autofree char *got = g_compute_checksum_for_data (G_CHECKSUM_SHA256, frame, size);
  if (sha256 != NULL)
    g_assert_cmpstr (got, ==, sha256);
}

static void
assert_hex_answer (TaiStream *line, const char *hex)
{
  g_autoptr (GBytes) bytes = tai_test_from_hex (hex);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  assert_answer (line, g_bytes_get_size (bytes), sum);
}

/* Byte for byte what the vectors say that a reader sends. */
static void
test_emulator_frames (void)
{
  g_autoptr (json_object) vectors = tai_test_data_load_json ("id_reader_sdt.json");
  json_object *responses = tai_test_json_get (vectors, "responses", json_type_object);
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader ("remove");
  g_autoptr (TaiStream) line = TAI_STREAM (tai_serial_stream_new (rig->link, 115200));

  g_assert_true (tai_stream_open (line, NULL, NULL));
  send_frame (line, TAI_SDT_SAM_STATUS);
  assert_hex_answer (line, tai_test_json_string (responses, "sam_ok"));
  send_frame (line, TAI_SDT_FIND);
  assert_hex_answer (line, tai_test_json_string (responses, "find_none"));
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++) {
    json_object *card = tai_test_json_element (vectors, "cards", i);
    g_autofree char *command = g_strconcat ("card ", cards[i], NULL);
    tai_emulator_rig_command (rig, command);
    send_frame (line, TAI_SDT_READ); /* out of order */
    assert_hex_answer (line, tai_test_json_string (responses, "read_fail"));
    send_frame (line, TAI_SDT_SELECT);
    assert_hex_answer (line, tai_test_json_string (responses, "select_fail"));
    send_frame (line, TAI_SDT_FIND);
    assert_hex_answer (line, tai_test_json_string (responses, "find_ok"));
    send_frame (line, TAI_SDT_SELECT);
    assert_hex_answer (line, tai_test_json_string (responses, "select_ok"));
    send_frame (line, TAI_SDT_READ);
    assert_answer (line, (gsize)tai_test_json_int (card, "frame_len"),
                   tai_test_json_string (card, "frame_sha256"));
    send_frame (line, TAI_SDT_FIND); /* it has to leave first */
    assert_hex_answer (line, tai_test_json_string (responses, "find_none"));
  }
}

static void
test_emulator_other_commands (void)
{
  static const guint8 damaged[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x03, 0x20, 0x01, 0x23};
  static const guint8 too_long[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0xFF, 0xFF};
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader ("card prc");
  g_autoptr (TaiStream) line = TAI_STREAM (tai_serial_stream_new (rig->link, 115200));

  g_assert_true (tai_stream_open (line, NULL, NULL));
  g_assert_true (tai_stream_write_all (line, damaged, sizeof damaged, 5000, NULL, NULL));
  assert_hex_answer (line, "AAAAAA9669000400001014");
  g_assert_true (tai_stream_write_all (line, too_long, sizeof too_long, 5000, NULL, NULL));
  assert_hex_answer (line, "AAAAAA9669000400001115");
  send_frame (line, 0x7777);
  assert_hex_answer (line, "AAAAAA9669000400002125");
  send_frame (line, TAI_SDT_BAUD + 5);
  assert_hex_answer (line, "AAAAAA9669000400002125");
  send_frame (line, TAI_SDT_SAM_ID);
  assert_answer (line, 5 + 2 + 20, NULL);
  send_frame (line, TAI_SDT_FIND);
  assert_answer (line, 15, NULL);
  send_frame (line, TAI_SDT_SELECT);
  assert_answer (line, 19, NULL);
  send_frame (line, TAI_SDT_READ_ADDRESS);
  assert_hex_answer (line, "AAAAAA9669000400009195");
  send_frame (line, TAI_SDT_READ_FINGERPRINT);
  assert_answer (line, 1297, NULL);
  send_frame (line, TAI_SDT_BAUD + 3);
  assert_hex_answer (line, "AAAAAA9669000400009094");
  g_assert_true (tai_stream_set_baud (line, 19200, NULL));
  send_frame (line, TAI_SDT_RESET);
  assert_hex_answer (line, "AAAAAA9669000400009094");
}

/* What a clerk lives through: no card, a card, the same card still there, taken away, another. */
static void
test_visits (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader ("remove");
  g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);

  assert_fails (driver, TAI_DEVICES_ERROR_NO_CARD);
  tai_emulator_rig_command (rig, "card prc");
  assert_reads_card (driver, 0);
  assert_fails (driver, TAI_DEVICES_ERROR_NO_CARD);
  tai_emulator_rig_command (rig, "remove");
  assert_fails (driver, TAI_DEVICES_ERROR_NO_CARD);
  tai_emulator_rig_command (rig, "card hmt");
  assert_reads_card (driver, 3);
}

static void
test_emulated_source (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader ("card prc");
  g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);
  g_autoptr (TaiIdentity) identity = read_well (driver);

  g_assert_cmpint (identity->source, ==, TAI_IDENTITY_READ_EMULATED);
  g_assert_true (tai_id_reader_is_emulated (TAI_ID_READER (driver)));
}

/* These disturb the line; the driver reads the card all the same. */
static void
test_survived_faults (void)
{
  static const char *const faults[] = {
      "noise",
      "split",
      "double",
      "noise;fault split",
      "silence@1",
      "garbage@1",
      "noise@2",
      "double;fault noise",
      "garbage@3",
      "pulled@2",
      "two_cards@1",
      "read_failed@1",
      "read_failed@2;fault two_cards@1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *commands = g_strconcat ("card prc-rare;fault ", faults[i], NULL);
    g_test_message ("%s", commands);
    g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader (commands);
    g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);
    assert_reads_card (driver, 2);
  }
}

/* These end in an error with a name; when the fault has gone and the card is put down again, it is read. */
static void
test_named_faults (void)
{
  static const struct {
    const char *fault;
    TaiDevicesError code;
  } faults[] = {
      {"silence", TAI_DEVICES_ERROR_TIMED_OUT},
      {"garbage", TAI_DEVICES_ERROR_PROTOCOL},
      {"bad_checksum", TAI_DEVICES_ERROR_CHECKSUM},
      {"bad_checksum@1", TAI_DEVICES_ERROR_CHECKSUM},
      {"long_length", TAI_DEVICES_ERROR_PROTOCOL},
      {"pulled", TAI_DEVICES_ERROR_CARD_PULLED},
      {"pulled@1", TAI_DEVICES_ERROR_CARD_PULLED},
      {"pulled_select", TAI_DEVICES_ERROR_CARD_PULLED},
      {"two_cards", TAI_DEVICES_ERROR_TWO_CARDS},
      {"read_failed", TAI_DEVICES_ERROR_READ_FAILED},
      {"refused", TAI_DEVICES_ERROR_CARD_REFUSED},
      {"sam_unauthorised", TAI_DEVICES_ERROR_SAM_UNAUTHORISED},
      {"self_test", TAI_DEVICES_ERROR_SELF_TEST},
      {"silence@4", TAI_DEVICES_ERROR_TIMED_OUT}, /* the card's data never come */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *commands = g_strconcat ("card prc;fault ", faults[i].fault, NULL);
    g_test_message ("%s", commands);
    g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader (commands);
    g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);
    assert_fails (driver, faults[i].code);
    tai_emulator_rig_command (rig, "clear");
    tai_emulator_rig_command (rig, "card prc");
    assert_reads_card (driver, 0);
  }
}

static void
test_speeds (void)
{
  static const char *const speeds[] = {"baud", "baud@19200", "baud@38400", "baud@57600", "baud@115200"};

  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++) {
    g_autofree char *commands = g_strconcat ("auto prc;fault ", speeds[i], NULL);
    g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader (commands);
    g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);
    assert_reads_card (driver, 0);
    /* It remembers: the second time there is no search. */
    gint64 start = g_get_monotonic_time ();
    assert_reads_card (driver, 0);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  }
}

static void
test_unplugged_and_back (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader ("auto prc;fault unplug@1");
  g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);

  assert_fails (driver, TAI_DEVICES_ERROR_UNPLUGGED); /* in the middle of the card's data */
  tai_emulator_rig_wait_link (rig, FALSE);
  assert_fails (driver, TAI_DEVICES_ERROR_UNPLUGGED); /* not there */
  tai_emulator_rig_command (rig, "plug");
  tai_emulator_rig_wait_link (rig, TRUE);
  assert_reads_card (driver, 0);
}

static void
test_busy_and_forbidden (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader ("card prc");
  g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);
  g_autoptr (TaiStream) other = TAI_STREAM (tai_serial_stream_new (rig->link, 115200));
  g_autoptr (TaiStream) forbidden = TAI_STREAM (tai_serial_stream_new ("/sys/kernel/uevent_seqnum", 115200));
  g_autoptr (TaiSdtReader) outsider = tai_emulator_rig_new_driver (rig, forbidden);

  g_assert_true (tai_stream_open (other, NULL, NULL));
  assert_fails (driver, TAI_DEVICES_ERROR_BUSY);
  tai_stream_close (other);
  assert_reads_card (driver, 0);
  assert_fails (outsider, TAI_DEVICES_ERROR_PERMISSION);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (50000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader ("remove");
  g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  tai_sdt_reader_set_timing (driver, TAI_SDT_TIMING_DEFAULT); /* half a minute, but for the cancellable */
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gint64 start = g_get_monotonic_time ();
  g_assert_null (tai_id_reader_read (TAI_ID_READER (driver), cancellable, &error));
  g_assert_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  g_thread_join (thread);
}

static void
test_foreign_layout (void)
{
  g_autofree char *file =
      g_test_build_filename (G_TEST_DIST, "..", "docs", "examples", "cards", "unknown-type.json", NULL);
  g_autofree char *command = g_strconcat ("card ", file, NULL);
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader (command);
  g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (tai_id_reader_read (TAI_ID_READER (driver), NULL, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_FOREIGN_LAYOUT);
}

/* A frame's begin, and even a whole small frame, inside the photo is a part of the photo. */
static void
test_preamble_in_photo (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tai-card-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "card.json", NULL);
  g_autofree char *command = g_strdup_printf ("card %s;fault split", file);

  g_assert_true (
      g_file_set_contents (file,
                           "{\"kind\":\"prc\",\"name\":\"甲\",\"sex\":\"1\",\"birth\":\"19950505\","
                           "\"id\":\"99000019950505008X\",\"start\":\"20200101\",\"end\":\"20400101\","
                           "\"photo\":\"preamble\"}",
                           -1, NULL));
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_reader (command);
  g_autoptr (TaiSdtReader) driver = tai_emulator_rig_new_driver (rig, NULL);
  g_autoptr (TaiIdentity) identity = read_well (driver);
  gsize size;
  const guint8 *photo = g_bytes_get_data (identity->photo, &size);
  g_assert_cmpuint (size, ==, 1024);
  g_assert_cmpmem (photo + 500, 5, "\xAA\xAA\xAA\x96\x69", 5);
  g_unlink (file);
  g_rmdir (folder);
}

/* Where a session is written down. */
typedef struct {
  TaiEmulatorRig *rig;
  char *path;
  TaiRecorder *recorder;
  TaiSdtReader *driver;
} Recording;

static Recording
recording_new (const char *commands, TaiRecorderPrivacy privacy)
{
  Recording self = {.rig = tai_emulator_rig_new_reader (commands)};
  g_autoptr (TaiStream) line = TAI_STREAM (tai_serial_stream_new (self.rig->link, 115200));

  self.path = g_build_filename (self.rig->folder, "session.rec", NULL);
  self.recorder = tai_recorder_new (line, self.path, privacy, NULL);
  self.driver = tai_emulator_rig_new_driver (self.rig, TAI_STREAM (self.recorder));
  return self;
}

static char *
recording_end (Recording *self)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_true (tai_recorder_finish (self->recorder, &error));
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_unlink (self->path);
  g_free (self->path);
  g_object_unref (self->driver);
  g_object_unref (self->recorder);
  tai_emulator_rig_free (self->rig);
  return text;
}

/* A driver that has nothing but a recording, and a clock that stands still. */
static TaiSdtReader *
replaying_driver (const char *text, TaiReplayer **replayer)
{
  g_autoptr (TaiFakeClock) clock = tai_fake_clock_new (TAI_FAKE_CLOCK_MORNING_US);
  g_autoptr (GError) error = NULL;

  *replayer = tai_replayer_new_from_text (text, &error);
  g_assert_no_error (error);
  return tai_sdt_reader_new (TAI_STREAM (*replayer), TAI_CLOCK (clock));
}

static void
test_record_and_replay (void)
{
  g_autoptr (TaiReplayer) replayer = NULL;
  g_autoptr (GError) error = NULL;

  Recording recording =
      recording_new ("auto prc hmt;fault noise;fault split;fault two_cards@1", TAI_RECORDER_CLEAR);
  assert_reads_card (recording.driver, 0);
  assert_reads_card (recording.driver, 3);
  g_autofree char *text = recording_end (&recording);

  g_autoptr (TaiSdtReader) driver = replaying_driver (text, &replayer);
  assert_reads_card (driver, 0);
  assert_reads_card (driver, 3);
  g_assert_true (tai_replayer_finish (replayer, &error));
  g_assert_no_error (error);
}

static void
test_replay_of_failures (void)
{
  static const struct {
    const char *commands;
    TaiDevicesError code;
  } cases[] = {
      {"card prc;fault pulled", TAI_DEVICES_ERROR_CARD_PULLED},
      {"card prc;fault silence", TAI_DEVICES_ERROR_TIMED_OUT},
      {"card prc;fault unplug", TAI_DEVICES_ERROR_UNPLUGGED},
      {"card prc;fault bad_checksum@1", TAI_DEVICES_ERROR_CHECKSUM},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiReplayer) replayer = NULL;
    Recording recording = recording_new (cases[i].commands, TAI_RECORDER_CLEAR);
    assert_fails (recording.driver, cases[i].code);
    g_autofree char *text = recording_end (&recording);
    g_autoptr (TaiSdtReader) driver = replaying_driver (text, &replayer);
    assert_fails (driver, cases[i].code);
    g_assert_true (tai_replayer_finish (replayer, NULL));
  }
}

/* All bytes of the recording, the answers one behind the other, so that nothing hides between two lines. */
static char *
bytes_of (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *all = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, "< "))
      g_string_append (all, *line + 2);
  return g_string_free (all, FALSE);
}

/* Without being asked for, no recording holds a piece of the card, however the reading ended. */
static void
test_recordings_are_blank (void)
{
  static const char *const faults[] = {"split",       "noise",  "double",    "bad_checksum",
                                       "long_length", "unplug", "silence@4", "bad_checksum@1"};

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    TaiSdtCard card;
    g_autofree char *commands = g_strconcat ("auto prc;fault ", faults[i], NULL);
    Recording recording = recording_new (commands, TAI_RECORDER_BLANK);
    for (int n = 0; n < 2; n++) {
      g_autoptr (TaiIdentity) identity = tai_id_reader_read (TAI_ID_READER (recording.driver), NULL, NULL);
      (void)identity;
    }
    g_autofree char *text = recording_end (&recording);
    g_autofree char *bytes = bytes_of (text);
    g_assert_nonnull (strstr (text, "AAAAAA96690003300132")); /* the question is there */
    g_assert_true (tai_sdt_card_load ("prc", &card, NULL));
    for (gsize at = 0; at + 8 <= TAI_ID_CARD_TEXT_SIZE; at += 2) {
      g_autofree char *piece = tai_test_to_hex (card.text + at, 8);
      g_autofree char *upper = g_ascii_strup (piece, -1);
      g_assert_null (strstr (bytes, upper));
    }
  }
}

static void
test_blank_replay_tells_so (void)
{
  g_autoptr (TaiReplayer) replayer = NULL;
  g_autoptr (GError) error = NULL;

  Recording recording = recording_new ("card prc", TAI_RECORDER_BLANK);
  assert_reads_card (recording.driver, 0);
  g_autofree char *text = recording_end (&recording);
  g_autoptr (TaiSdtReader) driver = replaying_driver (text, &replayer);
  g_assert_null (tai_id_reader_read (TAI_ID_READER (driver), NULL, &error));
  g_assert_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "not recorded"));
}

static void
test_refused_commands (void)
{
  static const char *const bad[] = {"",
                                    "nonsense",
                                    "card",
                                    "card /no/such",
                                    "auto",
                                    "fault",
                                    "fault nonsense",
                                    "fault pulled@",
                                    "fault pulled@0",
                                    "fault pulled@x",
                                    "fault pulled@-1"};
  g_autoptr (TaiSdtEmulator) emulator = tai_sdt_emulator_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (tai_sdt_emulator_command (emulator, bad[i], &error));
    g_assert_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION);
  }
}

/* A link of somebody else, or a file, is not replaced. */
static void
test_link_in_the_way (void)
{
  g_autoptr (TaiSdtEmulator) emulator = tai_sdt_emulator_new ();
  g_autofree char *folder = g_dir_make_tmp ("tai-link-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "plain", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "mine", 4, NULL));
  g_assert_false (tai_sdt_emulator_plug (emulator, path, &error));
  g_assert_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/sdt/every-card", test_every_card);
  g_test_add_func ("/devices/sdt/emulator/frames", test_emulator_frames);
  g_test_add_func ("/devices/sdt/emulator/other-commands", test_emulator_other_commands);
  g_test_add_func ("/devices/sdt/emulator/refused", test_refused_commands);
  g_test_add_func ("/devices/sdt/emulator/link", test_link_in_the_way);
  g_test_add_func ("/devices/sdt/visits", test_visits);
  g_test_add_func ("/devices/sdt/emulated", test_emulated_source);
  g_test_add_func ("/devices/sdt/faults/survived", test_survived_faults);
  g_test_add_func ("/devices/sdt/faults/named", test_named_faults);
  g_test_add_func ("/devices/sdt/speeds", test_speeds);
  g_test_add_func ("/devices/sdt/unplugged", test_unplugged_and_back);
  g_test_add_func ("/devices/sdt/busy", test_busy_and_forbidden);
  g_test_add_func ("/devices/sdt/cancel", test_cancel);
  g_test_add_func ("/devices/sdt/foreign-layout", test_foreign_layout);
  g_test_add_func ("/devices/sdt/preamble-in-photo", test_preamble_in_photo);
  g_test_add_func ("/devices/sdt/recording/replays", test_record_and_replay);
  g_test_add_func ("/devices/sdt/recording/failures", test_replay_of_failures);
  g_test_add_func ("/devices/sdt/recording/blank", test_recordings_are_blank);
  g_test_add_func ("/devices/sdt/recording/blank-replay", test_blank_replay_tells_so);
  return g_test_run ();
}
