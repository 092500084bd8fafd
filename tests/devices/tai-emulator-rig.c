/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emulators in threads, for tests. */
#include "tai-emulator-rig.h"
#include "tai-wall-clock.h"

#include "tai-serial-stream.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define DEADLINE_US (10 * G_USEC_PER_SEC)

/* A paper that is refused stands in the drawing, and is a test's own business. */
static void
complain (const GError *error)
{
  if (g_str_has_prefix (error->message, "job "))
    return;
  g_error ("the emulator refuses a command: %s", error->message);
}

static gpointer
run (gpointer data)
{
  TaiEmulatorRig *self = data;
  g_autoptr (GError) error = NULL;

  if (self->reader != NULL)
    tai_sdt_emulator_run (self->reader, self->control, complain, NULL, &error);
  else if (self->terminal != NULL)
    tai_codepay_emulator_run (self->terminal, self->control, complain, NULL, &error);
  else
    tai_printer_emulator_run (self->printer, self->control, complain, NULL, &error);
  g_assert_no_error (error);
  return NULL;
}

static TaiEmulatorRig *
rig_new (void)
{
  TaiEmulatorRig *self = g_new0 (TaiEmulatorRig, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("tai-devices-XXXXXX", &error);
  g_assert_no_error (error);
  self->link = g_build_filename (self->folder, "reader", NULL);
  self->out = g_build_filename (self->folder, "printed", NULL);
  self->text = g_build_filename (self->folder, "papers.txt", NULL);
  self->drawer = g_build_filename (self->folder, "drawer", NULL);
  g_assert_cmpint (pipe (self->pipe), ==, 0);
  self->control = tai_emulator_control_new ();
  tai_emulator_control_add_fd (self->control, self->pipe[0]);
  return self;
}

static void
obey_first (TaiEmulatorRig *self, const char *commands)
{
  g_auto (GStrv) list = g_strsplit (commands, ";", -1);
  g_autoptr (GError) error = NULL;

  for (char **command = list; *command != NULL; command++) {
    if (self->reader != NULL)
      tai_sdt_emulator_command (self->reader, *command, &error);
    else if (self->terminal != NULL)
      tai_codepay_emulator_command (self->terminal, *command, &error);
    else
      tai_printer_emulator_command (self->printer, *command, &error);
    g_assert_no_error (error);
  }
}

TaiEmulatorRig *
tai_emulator_rig_new_reader (const char *commands)
{
  TaiEmulatorRig *self = rig_new ();
  g_autoptr (GError) error = NULL;

  self->reader = tai_sdt_emulator_new ();
  obey_first (self, commands);
  tai_sdt_emulator_plug (self->reader, self->link, &error);
  g_assert_no_error (error);
  self->thread = g_thread_new ("id-reader", run, self);
  return self;
}

TaiEmulatorRig *
tai_emulator_rig_new_printer (const char *commands)
{
  TaiEmulatorRig *self = rig_new ();
  g_autoptr (GError) error = NULL;

  self->printer = tai_printer_emulator_new (0, self->out, &error);
  g_assert_no_error (error);
  self->port = tai_printer_emulator_get_port (self->printer);
  tai_printer_emulator_draw (self->printer, self->text, 48);
  tai_printer_emulator_set_drawer_log (self->printer, self->drawer);
  obey_first (self, commands);
  self->thread = g_thread_new ("printer", run, self);
  return self;
}

TaiEmulatorRig *
tai_emulator_rig_new_terminal (const char *commands)
{
  TaiEmulatorRig *self = rig_new ();
  g_autoptr (GError) error = NULL;

  self->terminal = tai_codepay_emulator_new ();
  tai_codepay_emulator_set_journal (self->terminal, self->text);
  obey_first (self, commands);
  tai_codepay_emulator_plug (self->terminal, self->link, &error);
  g_assert_no_error (error);
  self->thread = g_thread_new ("terminal", run, self);
  return self;
}

void
tai_emulator_rig_command (TaiEmulatorRig *self, const char *command)
{
  g_autofree char *line = g_strconcat (command, "\n", NULL);

  g_assert_cmpint (write (self->pipe[1], line, strlen (line)), ==, (gssize)strlen (line));
}

void
tai_emulator_rig_free (TaiEmulatorRig *self)
{
  tai_emulator_rig_command (self, "quit");
  g_thread_join (self->thread);
  g_clear_pointer (&self->reader, tai_sdt_emulator_free);
  g_clear_pointer (&self->printer, tai_printer_emulator_free);
  g_clear_pointer (&self->terminal, tai_codepay_emulator_free);
  tai_emulator_control_free (self->control);
  close (self->pipe[0]);
  close (self->pipe[1]);
  g_unlink (self->out);
  g_unlink (self->text);
  g_unlink (self->drawer);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0); /* so the link is gone, too */
  g_free (self->folder);
  g_free (self->link);
  g_free (self->out);
  g_free (self->text);
  g_free (self->drawer);
  g_free (self);
}

void
tai_emulator_rig_wait_link (TaiEmulatorRig *self, gboolean there)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (g_file_test (self->link, G_FILE_TEST_EXISTS) != there) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (1000);
  }
}

TaiSdtReader *
tai_emulator_rig_new_driver (TaiEmulatorRig *self, TaiStream *stream)
{
  g_autoptr (TaiClock) clock = tai_wall_clock_new ();
  g_autoptr (TaiStream) line = TAI_STREAM (tai_serial_stream_new (self->link, 115200));
  TaiSdtReader *driver = tai_sdt_reader_new (stream != NULL ? stream : line, clock);

  tai_sdt_reader_set_timing (
      driver,
      (TaiSdtTiming){.card_ms = 400, .retry_ms = 10, .command_ms = 1500, .probe_ms = 500, .settle_ms = 10});
  return driver;
}

TaiCodepayTerminal *
tai_emulator_rig_new_card_driver (TaiEmulatorRig *self)
{
  g_autoptr (TaiClock) clock = tai_wall_clock_new ();
  g_autoptr (TaiStream) line = TAI_STREAM (tai_serial_stream_new (self->link, 115200));
  TaiCodepayTerminal *driver = tai_codepay_terminal_new (line, clock, "test");

  tai_codepay_terminal_set_timing (driver, (TaiCodepayTiming){.connect_ms = 300,
                                                              .ack_ms = 150,
                                                              .linger_ms = 500,
                                                              .look_ms = 1000,
                                                              .answer_ms = 700,
                                                              .void_ms = 700,
                                                              .alive_ms = 5000,
                                                              .stall_ms = 50});
  return driver;
}

static const char *
field_of (json_object *fields, const char *key)
{
  json_object *value = NULL;

  return json_object_object_get_ex (fields, key, &value) ? json_object_get_string (value) : NULL;
}

static void
assert_date (TaiDate date, const char *text)
{
  TaiDate expected = TAI_DATE_FOREVER;

  g_assert_nonnull (text);
  g_assert_true (g_str_equal (text, "长期") || tai_date_from_text (text, &expected));
  g_assert_cmpint (tai_date_compare (date, expected), ==, 0);
}

static void
assert_photo (const TaiIdentity *identity)
{
  guint8 photo[1024] = "WLf";

  for (int i = 0; i < 1021; i++)
    photo[3 + i] = (guint8)(i * 7);
  g_assert_nonnull (identity->photo);
  g_assert_cmpmem (g_bytes_get_data (identity->photo, NULL), g_bytes_get_size (identity->photo), photo,
                   sizeof photo);
}

static void
assert_names (const TaiIdentity *identity, json_object *fields)
{
  if (identity->kind == TAI_DOCUMENT_PR_2017 || identity->kind == TAI_DOCUMENT_PR_2023) {
    g_assert_cmpstr (identity->name, ==, field_of (fields, "cn"));
    g_assert_cmpstr (identity->latin_name, ==,
                     field_of (fields, identity->kind == TAI_DOCUMENT_PR_2017 ? "name" : "en"));
    g_assert_cmpstr (identity->nationality, ==, field_of (fields, "nat"));
    return;
  }
  g_assert_cmpstr (identity->name, ==, field_of (fields, "name"));
  g_assert_null (identity->latin_name);
  g_assert_cmpstr (identity->nationality, ==, identity->kind == TAI_DOCUMENT_CITIZEN ? "CHN" : NULL);
}

void
tai_test_assert_is_card (const TaiIdentity *identity, gsize i)
{
  static const char *const kinds[] = {"prc", "hmt", "pr2017", "pr2023"};
  g_autoptr (json_object) vectors = tai_test_data_load_json ("id_reader_sdt.json");
  json_object *card = tai_test_json_element (vectors, "cards", i);
  json_object *fields = tai_test_json_get (card, "fields", json_type_object);

  g_assert_nonnull (identity);
  g_assert_cmpint (identity->kind, <, G_N_ELEMENTS (kinds));
  g_assert_cmpstr (kinds[identity->kind], ==, tai_test_json_string (card, "kind"));
  assert_names (identity, fields);
  g_assert_cmpint (identity->sex, ==, field_of (fields, "sex")[0]);
  g_assert_cmpstr (identity->nation, ==, field_of (fields, "nation"));
  g_assert_cmpstr (identity->address, ==, field_of (fields, "addr"));
  g_assert_cmpstr (identity->number, ==, field_of (fields, "id"));
  g_assert_cmpstr (identity->issuer, ==,
                   field_of (fields, identity->kind == TAI_DOCUMENT_PR_2017 ? "org" : "issuer"));
  g_assert_cmpstr (identity->other_number, ==,
                   field_of (fields, identity->kind == TAI_DOCUMENT_PR_2023 ? "assoc" : "passno"));
  assert_date (identity->birth, field_of (fields, "birth"));
  assert_date (identity->valid_from, field_of (fields, "start"));
  assert_date (identity->valid_until, field_of (fields, "end"));
  assert_photo (identity);
}
