/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fills an enrolled terminal with sales, through the desk as a clerk would make them: a database that has seen months.
 * Arguments: state folder, number of orders, staff number, PIN; with a number of days: so many business days up to today, each opened and closed,
 * and what was sold is at headquarters. Nothing waits for the disk: nobody needs this file after a power cut.
 */
#include <unistd.h>

#include "tai-system-clock.h"
#include "tai-terminal-host.h"

#define FLOAT_MINOR  50000
#define UPLOAD_EVERY 4000
#define UPLOAD_MANY  20000

/* In the place of the C library's, for SQLite, too. */
int
fsync (int fd)
{
  return 0;
}

int
fdatasync (int fd)
{
  return 0;
}

typedef struct {
  TaiTerminalHost *host;
  TaiDesk *desk;
  gint64 drawer_minor;
  guint n_sold;
} Filler;

/* As many orders as a visit holds: a sixteenth of the commits. */
static void
sell (Filler *self, guint until)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiVisit) visit = tai_desk_begin_visit (self->desk, &error);

  g_assert_no_error (error);
  for (guint i = 0; self->n_sold < until && i < TAI_VISIT_MAX_ORDERS; i++, self->n_sold++) {
    g_autofree char *target = g_strdup_printf ("139%08u", self->n_sold % 100000000);
    TaiMoney amount = tai_money (1000 + 100 * (self->n_sold % 90), TAI_CNY);
    TaiOrder *order = tai_desk_add_order (self->desk, visit, "top_up", &error);
    g_assert_no_error (error);
    if (!tai_desk_set_target (self->desk, visit, order, target, &error) ||
        !tai_desk_set_amount (self->desk, visit, order, amount, &error))
      g_error ("%s", error->message);
  }
  self->drawer_minor += tai_visit_get_total (visit).minor;
  if (!tai_desk_place (self->desk, visit, &error) ||
      !tai_desk_pay_cash (self->desk, visit, tai_visit_get_total (visit), NULL, &error))
    g_error ("%s", error->message);
}

/* FALSE: nothing waited. */
static gboolean
upload_some (Filler *self)
{
  TaiOutbox *outbox = TAI_OUTBOX (tai_terminal_host_get_store (self->host));
  gint64 now = tai_clock_now (tai_terminal_host_get_clock (self->host));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due =
      tai_outbox_due (outbox, TAI_DESTINATION_HQ, G_MAXINT64 / 2, UPLOAD_MANY, &error);
  g_autofree TaiOutboxMark *marks = NULL;
  const TaiMessageState states[] = {TAI_MESSAGE_IN_FLIGHT, TAI_MESSAGE_ACKNOWLEDGED};

  g_assert_no_error (error);
  marks = g_new0 (TaiOutboxMark, due->len);
  for (guint k = 0; k < G_N_ELEMENTS (states); k++) {
    for (guint i = 0; i < due->len; i++)
      marks[i] = (TaiOutboxMark){.row = ((TaiOutboxRow *)g_ptr_array_index (due, i))->row, .to = states[k]};
    if (due->len > 0 && !tai_outbox_mark (outbox, marks, due->len, now, &error))
      g_error ("%s", error->message);
  }
  return due->len > 0;
}

static void
upload (Filler *self)
{
  while (upload_some (self))
    ;
}

static void
sell_until (Filler *self, guint until, gboolean uploads)
{
  for (guint next = self->n_sold + UPLOAD_EVERY; self->n_sold < until;) {
    sell (self, until);
    if (uploads && self->n_sold >= next) {
      upload (self);
      next = self->n_sold + UPLOAD_EVERY;
    }
  }
}

static void
open_till (Filler *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiShift) shift = tai_desk_get_shift (self->desk, &error);

  if (shift == NULL && !tai_desk_open_till (self->desk, tai_money (self->drawer_minor, TAI_CNY), &error))
    g_error ("%s", error->message);
}

/* The last day stays open. */
static void
fill_days (Filler *self, guint n_orders, guint n_days)
{
  TaiSystemClock *clock = TAI_SYSTEM_CLOCK (tai_terminal_host_get_clock (self->host));

  for (guint day = 0; day < n_days; day++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TaiTillReport) z = NULL;

    tai_system_clock_set_offset (clock, ((gint64)day - (gint64)n_days + 1) * 24 * 3600 * G_USEC_PER_SEC);
    open_till (self);
    sell_until (self, (guint)((guint64)n_orders * (day + 1) / n_days), TRUE);
    if (day + 1 == n_days)
      break;
    z = tai_desk_close_till (self->desk, tai_money (self->drawer_minor, TAI_CNY), &error);
    g_assert_no_error (error);
    upload (self);
  }
  upload (self);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStateFolder) folder = NULL;
  g_autoptr (TaiTerminalHost) host = NULL;
  Filler self = {.drawer_minor = FLOAT_MINOR};
  guint n;

  if (argc != 5 && argc != 6)
    g_error ("usage: fill-terminal STATE ORDERS STAFF PIN [DAYS]");
  n = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  folder = tai_state_folder_open (argv[1], TAI_STATE_FOLDER_EXISTING, &error);
  g_assert_no_error (error);
  host = tai_terminal_host_open (folder, TAI_HOST_OWN, &error);
  g_assert_no_error (error);
  self.host = host;
  self.desk = tai_terminal_host_get_desk (host);
  if (!tai_desk_sign_in (self.desk, argv[3], argv[4], &error))
    g_error ("%s", error->message);
  if (argc == 6)
    fill_days (&self, n, (guint)g_ascii_strtoull (argv[5], NULL, 10));
  else {
    open_till (&self);
    sell_until (&self, n, FALSE);
  }
  g_print ("%u orders\n", n);
  return 0;
}
