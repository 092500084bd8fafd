/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cash drawer on its receipt printer: opened before the paper, told when it stays open, and no sale waits for it. A real store,
 * real sales, the emulated printer on loopback, whose log says what the drawer did.
 */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "../core/tai-desk-rig.h"
#include "../devices/tai-emulator-rig.h"
#include "../printing/surroundings.h"
#include "tai-device-settings.h"
#include "tai-print-runner.h"
#include "tai-system-clock.h"
#include "tai-till-drawer.h"

#define DEADLINE_US  (20 * G_USEC_PER_SEC)
#define LOOK_MS      20
#define LEFT_OPEN_MS 200

typedef struct {
  TaiDeskRig *desk;
  TaiClock *clock;
  TaiPrinterPool *pool;
  TaiPrintRunner *runner;
  TaiTillDrawer *drawer;
  char *receipt; /* address; NULL: none */
  guint n_left;
  guint n_found; /* how often the drawer asked for its printer: for each pulse and each look */
} World;

static char **
find_printers_cb (const char *role, gpointer data)
{
  World *self = data;

  return strcmp (role, "receipt") == 0 && self->receipt != NULL ? g_strsplit (self->receipt, ";", -1) : NULL;
}

static TaiPrinter *
find_printer_cb (gboolean *has_switch, gpointer data)
{
  World *self = data;
  g_auto (GStrv) all = find_printers_cb ("receipt", self);
  const char *address = tai_device_find_drawer ((const char *const *)all, has_switch);

  self->n_found++;
  return address != NULL ? tai_printer_pool_get (self->pool, address, NULL) : NULL;
}

static void
hold_cb (gboolean is_held, gpointer data)
{
  tai_print_runner_hold (((World *)data)->runner, is_held);
}

static void
changed_cb (gpointer data)
{
}

static void
left_open_cb (gpointer data)
{
  World *self = data;

  self->n_left++;
  MUST (tai_desk_note_drawer_left_open (self->desk->desk, &E));
}

static gboolean
is_there_cb (gpointer data)
{
  return tai_till_drawer_is_there (((World *)data)->drawer);
}

static void
open_cb (gpointer data)
{
  tai_till_drawer_open (((World *)data)->drawer);
}

static World *
world_new (char *receipt)
{
  World *self = g_new0 (World, 1);
  TaiPrintRunnerPorts papers = {.find_printers = find_printers_cb, .changed = changed_cb, .data = self};
  TaiTillDrawerPorts ports = {.find_printer = find_printer_cb,
                              .hold = hold_cb,
                              .changed = changed_cb,
                              .left_open = left_open_cb,
                              .data = self,
                              .look_ms = LOOK_MS,
                              .left_open_ms = LEFT_OPEN_MS};

  self->receipt = receipt;
  self->desk = tai_desk_rig_new ();
  tai_desk_rig_start_day (self->desk);
  papers.clock = ports.clock = self->clock = TAI_CLOCK (tai_system_clock_new ());
  papers.pool = self->pool = tai_printer_pool_new (self->clock);
  papers.queue = TAI_PRINT_QUEUE (self->desk->store);
  self->runner = tai_print_runner_new (&papers);
  self->drawer = tai_till_drawer_new (&ports);
  tai_desk_set_drawer (self->desk->desk, &(TaiDrawerPort){is_there_cb, open_cb, self});
  return self;
}

static void
world_free (World *self)
{
  tai_till_drawer_free (self->drawer);
  tai_print_runner_free (self->runner);
  tai_printer_pool_unref (self->pool);
  g_object_unref (self->clock);
  tai_desk_rig_free (self->desk);
  g_free (self->receipt);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static char *
address_of (TaiEmulatorRig *printer, const char *extras)
{
  return g_strdup_printf ("tcp:127.0.0.1:%u%s", printer->port, extras);
}

static void
await (gboolean (*is_so) (World *world, gpointer data), World *world, gpointer data, const char *what)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (!is_so (world, data)) {
    if (g_get_monotonic_time () > deadline)
      g_error ("waited in vain for %s", what);
    g_main_context_iteration (NULL, FALSE);
    g_usleep (2000);
  }
}

static gboolean
has_light (World *self, gpointer data)
{
  return tai_till_drawer_get_light (self->drawer) == (TaiLight)GPOINTER_TO_INT (data);
}

static gboolean
has_failed (World *self, gpointer data)
{
  gint64 time_us;

  return tai_till_drawer_get_fault (self->drawer, &time_us) == (TaiPrintReason)GPOINTER_TO_INT (data);
}

static gboolean
has_looked (World *self, gpointer data)
{
  return self->n_found >= GPOINTER_TO_UINT (data);
}

static gboolean
is_logged (World *self, gpointer data)
{
  const char *const *expected = data; /* of which printer, what */
  g_autofree char *log = NULL;

  g_file_get_contents (expected[0], &log, NULL, NULL);
  return g_strcmp0 (log != NULL ? log : "", expected[1]) == 0;
}

static gboolean
are_printed (World *self, gpointer data)
{
  return tai_desk_rig_number (self->desk, "SELECT count (*) FROM print_job WHERE state = 'printed'") ==
         GPOINTER_TO_INT (data);
}

static void
await_log (World *self, TaiEmulatorRig *printer, const char *log)
{
  const char *expected[] = {printer->drawer, log};

  await (is_logged, self, expected, log);
}

static void
await_light (World *self, TaiLight light)
{
  await (has_light, self, GINT_TO_POINTER (light), "the light");
}

static void
sell (World *self)
{
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (self->desk, 1000);

  tai_print_runner_run (self->runner);
}

static const char pulse[] = "\x1bp0<x";

static guint
count_pulses (TaiEmulatorRig *printer, gboolean *is_first)
{
  g_autofree char *bytes = NULL;
  gsize size;
  guint n = 0;

  g_assert_true (g_file_get_contents (printer->out, &bytes, &size, NULL));
  *is_first = size >= strlen (pulse) && memcmp (bytes, pulse, strlen (pulse)) == 0;
  for (const char *p = bytes; (p = memmem (p, size - (gsize)(p - bytes), pulse, strlen (pulse))) != NULL; p++)
    n++;
  return n;
}

static gboolean
has_two_pulses (World *self, gpointer data)
{
  gboolean is_first;

  return count_pulses (data, &is_first) == 2 && is_first;
}

/* The pulse is there before the paper is, and both come out. */
static void
test_before_the_paper (void)
{
  g_autoptr (TaiEmulatorRig) printer = tai_emulator_rig_new_printer ("clear");
  g_autoptr (World) world = world_new (address_of (printer, ""));
  gboolean is_first;

  sell (world);
  await (are_printed, world, GINT_TO_POINTER (1), "the receipt");
  await_log (world, printer, "pulse\n");
  g_assert_cmpuint (count_pulses (printer, &is_first), ==, 1);
  g_assert_true (is_first);
  g_assert_cmpint (tai_till_drawer_get_light (world->drawer), ==, TAI_LIGHT_UNKNOWN); /* nothing tells */
}

/* Out of paper the drawer opens at once; the paper comes later, and no second pulse with it. */
static void
test_without_paper (void)
{
  g_autoptr (TaiEmulatorRig) printer = tai_emulator_rig_new_printer ("fault paper_end");
  g_autoptr (World) world = world_new (address_of (printer, ",58mm"));

  sell (world);
  await_log (world, printer, "pulse-now\n");
  tai_emulator_rig_command (printer, "clear");
  tai_print_runner_run (world->runner);
  await (are_printed, world, GINT_TO_POINTER (1), "the receipt");
  await_log (world, printer, "pulse-now\n");
}

/* The first receipt is still under way when the second customer pays: his drawer does not wait for it. */
static void
test_while_a_paper_is_under_way (void)
{
  g_autoptr (TaiEmulatorRig) printer = tai_emulator_rig_new_printer ("clear");
  g_autoptr (World) world = world_new (address_of (printer, ""));

  tai_emulator_rig_command (printer, "fault slow");
  sell (world);
  sell (world);
  g_assert_cmpint (
      tai_desk_rig_number (world->desk, "SELECT count (*) FROM journal WHERE kind = 'drawer_pulse'"), ==, 2);
  await (has_two_pulses, world, printer, "the pulses");
  g_assert_true (are_printed (world, GINT_TO_POINTER (0)));
  tai_emulator_rig_command (printer, "clear");
  await (are_printed, world, GINT_TO_POINTER (2), "both receipts");
  await_log (world, printer, "pulse\npulse\n");
}

/* The printer is away: the sale is made, the trouble is told, the receipt waits. */
static void
test_away (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr (World) world = world_new (g_strdup_printf ("tcp:127.0.0.1:%u,drawer-high", port));

  g_clear_object (&listener);
  sell (world);
  g_assert_cmpint (tai_desk_rig_number (world->desk, "SELECT count (*) FROM payment"), ==, 1);
  await (has_failed, world, GINT_TO_POINTER (TAI_PRINT_REASON_NOT_REACHED), "the trouble");
  g_assert_cmpint (tai_till_drawer_get_light (world->drawer), ==, TAI_LIGHT_UNKNOWN);
}

/* Left open: told once, in the journal and by the light; the next customer is served; shut: told no more. */
static void
test_left_open (gconstpointer data)
{
  gboolean is_low = GPOINTER_TO_INT (data);
  g_autoptr (TaiEmulatorRig) printer = tai_emulator_rig_new_printer (is_low ? "fault drawer_low" : "clear");
  g_autoptr (World) world =
      world_new (address_of (printer, is_low ? ",80mm,drawer-low" : ",drawer-high,80mm"));

  sell (world);
  await_light (world, TAI_LIGHT_BUSY);
  await_light (world, TAI_LIGHT_FAULT);
  await (has_looked, world, GUINT_TO_POINTER (world->n_found + 3), "three more looks");
  g_assert_cmpuint (world->n_left, ==, 1);
  g_assert_cmpint (tai_till_drawer_get_left_us (world->drawer), >, 0);
  sell (world);
  await_log (world, printer, "pulse\npulse\n");
  await (are_printed, world, GINT_TO_POINTER (2), "both receipts");
  g_assert_cmpint (tai_till_drawer_get_light (world->drawer), ==, TAI_LIGHT_FAULT);
  tai_emulator_rig_command (printer, "shut");
  await_light (world, TAI_LIGHT_READY);
  g_assert_cmpuint (world->n_left, ==, 1);
  g_assert_cmpint (
      tai_desk_rig_number (world->desk, "SELECT count (*) FROM journal WHERE kind = 'drawer_left_open'"), ==,
      1);
  tai_desk_rig_assert_sound (world->desk);
}

/* Shut in time: open, shut, and nothing more. */
static void
test_shut_in_time (void)
{
  g_autoptr (TaiEmulatorRig) printer = tai_emulator_rig_new_printer ("clear");
  g_autoptr (World) world = world_new (address_of (printer, ",drawer-high"));

  for (guint i = 0; i < 2; i++) {
    sell (world);
    await_light (world, TAI_LIGHT_BUSY);
    tai_emulator_rig_command (printer, "shut");
    await_light (world, TAI_LIGHT_READY);
  }
  g_assert_cmpuint (world->n_left, ==, 0);
}

/* Which printer it hangs on. */
static void
test_addresses (void)
{
  static const struct {
    const char *addresses, *found;
    gboolean has_switch;
  } cases[] = {
      {"tcp:10.0.0.7", "tcp:10.0.0.7", FALSE},
      {"tcp:10.0.0.7,58mm,drawer-low", "tcp:10.0.0.7,58mm,drawer-low", TRUE},
      {"usb:/dev/usb/lp0,drawer-high,58mm", "usb:/dev/usb/lp0,drawer-high,58mm", TRUE},
      {"serial:/dev/ttyS0@9600,no-drawer", NULL, FALSE},
      {"file:/tmp/a,drawer-high", NULL, FALSE},
      {"ipp://10.0.0.8/ipp/print", NULL, FALSE},
      {"tcp:10.0.0.7,no-drawer;tcp:10.0.0.8,drawer-low", "tcp:10.0.0.8,drawer-low", TRUE},
      {"file:/tmp/a;usb:/dev/usb/lp0", "usb:/dev/usb/lp0", FALSE},
      {"", NULL, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (GStrv) list = tai_device_split (cases[i].addresses);
    gboolean has_switch = !cases[i].has_switch;

    g_assert_cmpstr (tai_device_find_drawer ((const char *const *)list, &has_switch), ==, cases[i].found);
    g_assert_cmpint (has_switch, ==, cases[i].has_switch);
  }
}

/* Papers of both kinds and the drawer have one object for a line; a folder has none to share. */
static void
test_pool (void)
{
  g_autoptr (TaiClock) clock = TAI_CLOCK (tai_system_clock_new ());
  g_autoptr (TaiPrinterPool) pool = tai_printer_pool_new (clock);
  g_autofree char *folder = g_dir_make_tmp ("tai-pool-XXXXXX", NULL);
  g_autofree char *files = g_strconcat ("file:", folder, NULL);
  g_autoptr (TaiPrinter) one = tai_printer_pool_get (pool, "tcp:127.0.0.1:9", NULL);
  g_autoptr (TaiPrinter) again = tai_printer_pool_get (pool, "tcp:127.0.0.1:9", NULL);
  g_autoptr (TaiPrinter) other = tai_printer_pool_get (pool, "tcp:127.0.0.2:9", NULL);
  g_autoptr (TaiPrinter) file = tai_printer_pool_get (pool, files, NULL);
  g_autoptr (TaiPrinter) file_again = tai_printer_pool_get (pool, files, NULL);

  g_assert_true (one == again && one != other && file != file_again);
  g_assert_null (tai_printer_pool_get (pool, "fax:1", NULL));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/till-drawer/before-the-paper", test_before_the_paper);
  g_test_add_func ("/app/till-drawer/without-paper", test_without_paper);
  g_test_add_func ("/app/till-drawer/under-way", test_while_a_paper_is_under_way);
  g_test_add_func ("/app/till-drawer/away", test_away);
  g_test_add_data_func ("/app/till-drawer/left-open-high", GINT_TO_POINTER (FALSE), test_left_open);
  g_test_add_data_func ("/app/till-drawer/left-open-low", GINT_TO_POINTER (TRUE), test_left_open);
  g_test_add_func ("/app/till-drawer/shut-in-time", test_shut_in_time);
  g_test_add_func ("/app/till-drawer/addresses", test_addresses);
  g_test_add_func ("/app/till-drawer/pool", test_pool);
  status = g_test_run ();
  font_caches_drop ();
  return status;
}
