/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The print queue to its printers: a real store, real sales and the emulated printer on loopback. What is on paper is what
 * the emulator's file has.
 */
#include <gio/gio.h>
#include <string.h>

#include "../core/tai-desk-rig.h"
#include "../devices/tai-emulator-rig.h"
#include "../printing/surroundings.h"
#include "tai-print-runner.h"
#include "tai-printer-choice.h"
#include "tai-system-clock.h"

#define DEADLINE_US (20 * G_USEC_PER_SEC)
#define CUT         "\x1dV\x01"

typedef struct {
  TaiDeskRig *desk;
  TaiClock *clock;
  TaiPrinterPool *pool;
  TaiPrintRunner *runner;
  char *receipt, *form; /* addresses; NULL: none */
} World;

static char **
find_printers_cb (const char *role, gpointer data)
{
  World *self = data;
  const char *text = strcmp (role, "receipt") == 0 ? self->receipt : self->form;

  return text != NULL ? g_strsplit (text, ";", -1) : NULL;
}

static void
changed_cb (gpointer data)
{
}

static World *
world_new (guint retry_ms)
{
  World *self = g_new0 (World, 1);
  TaiPrintRunnerPorts ports = {
      .find_printers = find_printers_cb, .changed = changed_cb, .data = self, .retry_ms = retry_ms};

  self->desk = tai_desk_rig_new ();
  tai_desk_rig_start_day (self->desk);
  self->clock = TAI_CLOCK (tai_system_clock_new ());
  ports.queue = TAI_PRINT_QUEUE (self->desk->store);
  ports.clock = self->clock;
  ports.pool = self->pool = tai_printer_pool_new (self->clock);
  self->runner = tai_print_runner_new (&ports);
  return self;
}

static void
world_free (World *self)
{
  tai_print_runner_free (self->runner);
  tai_printer_pool_unref (self->pool);
  g_object_unref (self->clock);
  tai_desk_rig_free (self->desk);
  g_free (self->receipt);
  g_free (self->form);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* Lives the main context until the queue reads like this. */
static void
await_jobs (World *self, const char *expected)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (TRUE) {
    g_autofree char *jobs = tai_desk_rig_rows (
        self->desk, "SELECT printer, copy, state, coalesce (reason, '') FROM print_job ORDER BY n");

    if (strcmp (jobs, expected) == 0)
      return;
    if (g_get_monotonic_time () > deadline)
      g_error ("the queue is\n%s\nand not\n%s", jobs, expected);
    g_main_context_iteration (NULL, FALSE);
    g_usleep (2000);
  }
}

static void
live (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64)ms * 1000;

  while (g_get_monotonic_time () < end) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (2000);
  }
}

static guint
count_cuts (TaiEmulatorRig *printer)
{
  g_autofree char *bytes = NULL;
  gsize size;
  guint n = 0;

  g_assert_true (g_file_get_contents (printer->out, &bytes, &size, NULL));
  for (const char *p = bytes; (p = memmem (p, size - (gsize)(p - bytes), CUT, strlen (CUT))) != NULL; p++)
    n++;
  return n;
}

static guint16
find_dead_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static void
sell (World *self)
{
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (self->desk, 1000);

  g_assert_nonnull (visit);
}

/* The first is dead: the second takes it, once, and the job says so. */
static void
test_second_takes_over (void)
{
  g_autoptr (World) world = world_new (0);
  g_autoptr (TaiEmulatorRig) second = tai_emulator_rig_new_printer ("clear");

  world->receipt = g_strdup_printf ("tcp:127.0.0.1:%u;tcp:127.0.0.1:%u", find_dead_port (), second->port);
  sell (world);
  tai_print_runner_run (world->runner);
  await_jobs (world, "receipt|0|printed|other_printer");
  g_assert_cmpuint (count_cuts (second), ==, 1);
  g_assert_cmpint (tai_print_runner_get_light (world->runner, "receipt"), ==, TAI_LIGHT_READY);
}

/* So does it when the first is there and out of paper: that is known before a byte is sent. */
static void
test_second_when_paper_ends (void)
{
  g_autoptr (World) world = world_new (0);
  g_autoptr (TaiEmulatorRig) first = tai_emulator_rig_new_printer ("fault paper_end");
  g_autoptr (TaiEmulatorRig) second = tai_emulator_rig_new_printer ("clear");

  world->receipt = g_strdup_printf ("tcp:127.0.0.1:%u;tcp:127.0.0.1:%u", first->port, second->port);
  sell (world);
  tai_print_runner_run (world->runner);
  await_jobs (world, "receipt|0|printed|other_printer");
  tai_emulator_rig_command (first, "clear"); /* what waited there would come out now */
  sell (world);
  tai_print_runner_run (world->runner);
  await_jobs (world, "receipt|0|printed|other_printer\nreceipt|0|printed|");
  g_assert_cmpuint (count_cuts (first), ==, 1);
  g_assert_cmpuint (count_cuts (second), ==, 1);
}

/* Half a receipt went to the first and its line broke: nobody prints it again, a person looks. */
static void
test_half_sent (void)
{
  g_autoptr (World) world = world_new (50);
  g_autoptr (TaiEmulatorRig) first = tai_emulator_rig_new_printer ("fault close_mid@40");
  g_autoptr (TaiEmulatorRig) second = tai_emulator_rig_new_printer ("clear");
  g_autofree char *job = NULL;
  gint32 copy = 0;

  world->receipt = g_strdup_printf ("tcp:127.0.0.1:%u;tcp:127.0.0.1:%u", first->port, second->port);
  sell (world);
  tai_print_runner_run (world->runner);
  await_jobs (world, "receipt|0|unknown|line_lost");
  tai_emulator_rig_command (first, "clear");
  live (300); /* some retries */
  await_jobs (world, "receipt|0|unknown|line_lost");
  g_assert_cmpuint (count_cuts (first) + count_cuts (second), ==, 0);
  job = tai_desk_rig_rows (world->desk, "SELECT id FROM print_job");
  MUST (tai_desk_reprint_job (world->desk->desk, job, &copy, &E));
  g_assert_cmpint (copy, ==, 1);
  tai_print_runner_run (world->runner);
  await_jobs (world, "receipt|0|unknown|line_lost\nreceipt|1|printed|");
}

/* The only printer is dead, the clerk asks three times; when it is back, one paper comes out, by itself. */
static void
test_back_from_the_dead (void)
{
  g_autoptr (World) world = world_new (100);
  g_autoptr (TaiEmulatorRig) printer = NULL;
  g_autofree char *number = NULL;
  gint32 copy = -1;

  world->receipt = g_strdup_printf ("tcp:127.0.0.1:%u", find_dead_port ());
  sell (world);
  number = tai_desk_rig_rows (world->desk, "SELECT receipt_number FROM print_job");
  tai_print_runner_run (world->runner);
  await_jobs (world, "receipt|0|queued|not_reached");
  for (guint i = 0; i < 3; i++) {
    MUST (tai_desk_reprint (world->desk->desk, number, &copy, &E));
    g_assert_cmpint (copy, ==, 0);
    tai_print_runner_run (world->runner);
    live (150);
  }
  g_assert_cmpint (tai_print_runner_get_light (world->runner, "receipt"), ==, TAI_LIGHT_FAULT);
  printer = tai_emulator_rig_new_printer ("clear");
  g_free (world->receipt);
  world->receipt = g_strdup_printf ("tcp:127.0.0.1:%u", printer->port);
  await_jobs (world, "receipt|0|printed|");
  live (300);
  g_assert_cmpuint (count_cuts (printer), ==, 1);
  g_assert_cmpint (tai_print_runner_get_light (world->runner, "receipt"), ==, TAI_LIGHT_READY);
}

/* A dead receipt printer does not keep the forms. */
static void
test_roles_apart (void)
{
  g_autoptr (World) world = world_new (50);
  g_autofree char *folder = g_dir_make_tmp ("guitai-forms-XXXXXX", NULL), *command = NULL;
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (world->desk);

  world->receipt = g_strdup_printf ("tcp:127.0.0.1:%u", find_dead_port ());
  world->form = g_strdup_printf ("file:%s", folder);
  tai_desk_rig_add_new_line (world->desk, visit, 0);
  tai_desk_rig_place (world->desk, visit);
  tai_desk_rig_pay (world->desk, visit);
  tai_print_runner_run (world->runner);
  await_jobs (world, "receipt|0|queued|not_reached\nform|0|printed|");
  command = g_strdup_printf ("rm -r %s", folder);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

static void
test_no_such_printer (void)
{
  g_autoptr (TaiClock) clock = TAI_CLOCK (tai_system_clock_new ());
  g_autoptr (TaiPrinterPool) pool = tai_printer_pool_new (clock);
  const char *wrong[] = {"fax:1", "nothing", NULL}, *half[] = {"fax:1", "tcp:127.0.0.1:9", NULL};
  g_autoptr (TaiPrinterChoice) choice = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (tai_printer_choice_new (wrong, pool, &error));
  g_assert_nonnull (strstr (error->message, "fax:1"));
  choice = tai_printer_choice_new (half, pool, NULL);
  g_assert_cmpstr (tai_printer_choice_get_address (choice), ==, "tcp:127.0.0.1:9");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/print-runner/second-takes-over", test_second_takes_over);
  g_test_add_func ("/app/print-runner/second-when-paper-ends", test_second_when_paper_ends);
  g_test_add_func ("/app/print-runner/half-sent", test_half_sent);
  g_test_add_func ("/app/print-runner/back-from-the-dead", test_back_from_the_dead);
  g_test_add_func ("/app/print-runner/roles-apart", test_roles_apart);
  g_test_add_func ("/app/print-runner/no-such-printer", test_no_such_printer);
  status = g_test_run ();
  font_caches_drop ();
  return status;
}
