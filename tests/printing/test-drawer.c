/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawer and the papers share one line: the emulated printer says what came, in which order, and whether the drawer is open. */
#include "../devices/tai-emulator-rig.h"

#include <gio/gio.h>
#include <string.h>

#include "tai-escpos-printer.h"
#include "tai-escpos-reader.h"
#include "tai-tcp-stream.h"
#include "samples.h"
#include "surroundings.h"
#include "wall-clock.h"

#define DEADLINE_US (20 * G_USEC_PER_SEC)
#define CUT         "\x1dV\x01"

typedef struct {
  TaiEmulatorRig *rig;
  TaiPrinter *printer;
} Desk;

/* A paper may take its time here: what is waited for comes by a command. */
static TaiPrinter *
new_printer (guint16 port, TaiDrawerSensor sensor)
{
  g_autoptr (TaiStream) stream = TAI_STREAM (tai_tcp_stream_new ("127.0.0.1", port, 2000));
  g_autoptr (TaiClock) clock = wall_clock_new ();
  TaiEscposProfile profile = *tai_escpos_profile_find ("80mm");

  profile.drawer_sensor = sensor;
  return tai_escpos_printer_new (stream, &profile, (TaiPrintBudget){2000, 1000, 20000, 100}, clock, NULL);
}

static Desk *
desk_new (const char *commands, TaiDrawerSensor sensor)
{
  Desk *self = g_new0 (Desk, 1);

  self->rig = tai_emulator_rig_new_printer (commands);
  self->printer = new_printer (self->rig->port, sensor);
  return self;
}

static void
desk_free (Desk *self)
{
  g_object_unref (self->printer);
  tai_emulator_rig_free (self->rig);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static void
await_log (Desk *self, const char *expected)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (TRUE) {
    g_autofree char *log = NULL;

    g_file_get_contents (self->rig->drawer, &log, NULL, NULL);
    if (g_strcmp0 (log != NULL ? log : "", expected) == 0)
      return;
    if (g_get_monotonic_time () > deadline)
      g_error ("the drawer: %s and not %s", log != NULL ? log : "nothing", expected);
    g_usleep (2000);
  }
}

static void
open_well (Desk *self)
{
  TaiPrintResult result = tai_printer_open_drawer (self->printer, 120, 240, NULL, NULL);

  g_assert_cmpstr (tai_print_reason_to_text (result.reason), ==, "none");
  g_assert_cmpint (result.state, ==, TAI_PRINT_PRINTED);
}

/* Papers on a thread of their own, as the print worker has it. */
typedef struct {
  TaiPrinter *printer;
  GThread *thread;
  TaiPrintResult result;
} Paper;

static gpointer
paper_run (gpointer data)
{
  Paper *self = data;
  g_autoptr (TaiDocument) document = sample_receipt_rare (); /* with lines that are pictures */

  self->result = tai_printer_print (self->printer, document, "job", 1, NULL, NULL);
  return NULL;
}

static void
paper_start (Paper *self, Desk *desk)
{
  self->printer = desk->printer;
  self->thread = g_thread_new ("paper", paper_run, self);
}

static void
paper_end (Paper *self)
{
  g_thread_join (self->thread);
  g_assert_cmpstr (tai_print_reason_to_text (self->result.reason), ==, "none");
  g_assert_cmpint (self->result.state, ==, TAI_PRINT_PRINTED);
}

static void
await_cut (Desk *self)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (TRUE) {
    g_autofree char *bytes = NULL;
    gsize size = 0;

    g_assert_true (g_file_get_contents (self->rig->out, &bytes, &size, NULL));
    if (memmem (bytes, size, CUT, strlen (CUT)) != NULL)
      return;
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (2000);
  }
}

/* "cut drawer cut": what stands on the paper, each picture and all of it readable. */
static void
assert_order (Desk *self, const char *expected)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) order = g_string_new (NULL);
  gsize size;

  g_assert_true (g_file_get_contents (self->rig->out, &bytes, &size, NULL));
  items = tai_escpos_read ((const guint8 *)bytes, size, 48, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++) {
    const TaiEscposItem *item = g_ptr_array_index (items, i);
    if (item->type == TAI_ESCPOS_ITEM_CUT)
      g_string_append (order, "cut ");
    else if (item->type == TAI_ESCPOS_ITEM_DRAWER)
      g_string_append (order, "drawer ");
  }
  g_assert_cmpstr (order->str, ==, expected);
}

static void
test_pulse (void)
{
  g_autoptr (Desk) desk = desk_new ("clear", TAI_DRAWER_SENSOR_NONE);
  Paper paper = {0};

  open_well (desk);
  await_log (desk, "pulse\n");
  paper_start (&paper, desk);
  paper_end (&paper);
  open_well (desk);
  await_log (desk, "pulse\npulse\n");
  assert_order (desk, "drawer cut drawer ");
}

/* It does not wait for paper, and nothing of it is left for when the paper is there. */
static void
test_without_paper (gconstpointer data)
{
  g_autoptr (Desk) desk = desk_new (data, TAI_DRAWER_SENSOR_NONE);

  open_well (desk);
  await_log (desk, "pulse-now\n");
  tai_emulator_rig_command (desk->rig, "clear");
  open_well (desk);
  await_log (desk, "pulse-now\npulse\n");
  assert_order (desk, "drawer ");
}

/* One paper is under way, another waits for the line: the pulse goes on the line of the one, behind its bytes, before the other. */
static void
test_while_a_paper_is_under_way (void)
{
  g_autoptr (Desk) desk = desk_new ("fault slow", TAI_DRAWER_SENSOR_NONE);
  Paper first = {0}, second = {0};

  paper_start (&first, desk);
  await_cut (desk);
  paper_start (&second, desk);
  open_well (desk); /* neither paper is done */
  tai_emulator_rig_command (desk->rig, "clear");
  paper_end (&first);
  paper_end (&second);
  await_log (desk, "pulse\n");
  assert_order (desk, "cut drawer cut ");
}

/* The paper ends while another is awaited: the drawer opens all the same, at once. */
static void
test_when_the_paper_ends (void)
{
  g_autoptr (Desk) desk = desk_new ("fault slow", TAI_DRAWER_SENSOR_NONE);
  Paper paper = {0};

  paper_start (&paper, desk);
  await_cut (desk);
  tai_emulator_rig_command (desk->rig, "fault paper_end");
  open_well (desk);
  await_log (desk, "pulse-now\n");
  g_thread_join (paper.thread);
  g_assert_cmpint (paper.result.state, ==, TAI_PRINT_FAILED);
  g_assert_cmpint (paper.result.reason, ==, TAI_PRINT_REASON_PAPER_END);
}

static void
test_not_there (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr (TaiPrinter) printer = NULL;
  TaiPrintResult result;

  g_clear_object (&listener);
  printer = new_printer (port, TAI_DRAWER_SENSOR_HIGH);
  result = tai_printer_open_drawer (printer, 120, 240, NULL, NULL);
  g_assert_cmpint (result.state, ==, TAI_PRINT_FAILED);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_NOT_REACHED);
  g_assert_cmpint (tai_printer_look_at_drawer (printer, NULL), ==, TAI_DRAWER_UNKNOWN);
}

static void
assert_looks (Desk *self, TaiDrawerState expected)
{
  g_assert_cmpint (tai_printer_look_at_drawer (self->printer, NULL), ==, expected);
}

/* What the level means is the drawer's; without a switch it says nothing. Out of paper it is read as well. */
static void
test_switch (void)
{
  static const struct {
    const char *commands;
    TaiDrawerSensor sensor;
  } cases[] = {{"clear", TAI_DRAWER_SENSOR_HIGH},
               {"fault drawer_low", TAI_DRAWER_SENSOR_LOW},
               {"fault paper_end", TAI_DRAWER_SENSOR_HIGH}};
  g_autoptr (Desk) without = desk_new ("open", TAI_DRAWER_SENSOR_NONE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Desk) desk = desk_new (cases[i].commands, cases[i].sensor);

    assert_looks (desk, TAI_DRAWER_SHUT);
    open_well (desk);
    assert_looks (desk, TAI_DRAWER_OPEN);
    tai_emulator_rig_command (desk->rig, "shut");
    assert_looks (desk, TAI_DRAWER_SHUT);
    tai_emulator_rig_command (desk->rig, "open");
    assert_looks (desk, TAI_DRAWER_OPEN);
  }
  assert_looks (without, TAI_DRAWER_UNKNOWN);
}

/* A look never waits for a paper. */
static void
test_look_while_a_paper_is_under_way (void)
{
  g_autoptr (Desk) desk = desk_new ("fault slow", TAI_DRAWER_SENSOR_HIGH);
  Paper paper = {0};

  paper_start (&paper, desk);
  await_cut (desk);
  assert_looks (desk, TAI_DRAWER_UNKNOWN);
  tai_emulator_rig_command (desk->rig, "clear");
  paper_end (&paper);
  assert_looks (desk, TAI_DRAWER_SHUT);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/drawer/pulse", test_pulse);
  g_test_add_data_func ("/printing/drawer/no-paper", "fault paper_end", test_without_paper);
  g_test_add_data_func ("/printing/drawer/cover-open", "fault cover_open", test_without_paper);
  g_test_add_func ("/printing/drawer/under-way", test_while_a_paper_is_under_way);
  g_test_add_func ("/printing/drawer/paper-ends", test_when_the_paper_ends);
  g_test_add_func ("/printing/drawer/not-there", test_not_there);
  g_test_add_func ("/printing/drawer/switch", test_switch);
  g_test_add_func ("/printing/drawer/look-under-way", test_look_while_a_paper_is_under_way);
  result = g_test_run ();
  font_caches_drop ();
  return result;
}
