/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fills an enrolled terminal with sales, through the desk as a clerk would make them: a database that has seen months.
 * Arguments: state folder, number of orders, staff number, PIN.
 */
#include "tai-terminal-host.h"

/* As many orders as a visit holds: a sixteenth of the commits. */
static guint
sell (TaiDesk *desk, guint first, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiVisit) visit = tai_desk_begin_visit (desk, &error);
  guint i;

  g_assert_no_error (error);
  for (i = first; i < n && i < first + TAI_VISIT_MAX_ORDERS; i++) {
    g_autofree char *target = g_strdup_printf ("139%08u", i % 100000000);
    TaiMoney amount = tai_money (1000 + 100 * (i % 90), TAI_CNY);
    TaiOrder *order = tai_desk_add_order (desk, visit, "top_up", &error);
    g_assert_no_error (error);
    if (!tai_desk_set_target (desk, visit, order, target, &error) ||
        !tai_desk_set_amount (desk, visit, order, amount, &error))
      g_error ("%s", error->message);
  }
  if (!tai_desk_place (desk, visit, &error) ||
      !tai_desk_pay_cash (desk, visit, tai_visit_get_total (visit), NULL, &error))
    g_error ("%s", error->message);
  return i;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStateFolder) folder = NULL;
  g_autoptr (TaiTerminalHost) host = NULL;
  g_autoptr (TaiShift) shift = NULL;
  TaiDesk *desk;
  guint n;

  if (argc != 5)
    g_error ("usage: fill-terminal STATE ORDERS STAFF PIN");
  n = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  folder = tai_state_folder_open (argv[1], TAI_STATE_FOLDER_EXISTING, &error);
  g_assert_no_error (error);
  host = tai_terminal_host_open (folder, TAI_HOST_OWN, &error);
  g_assert_no_error (error);
  desk = tai_terminal_host_get_desk (host);
  if (!tai_desk_sign_in (desk, argv[3], argv[4], &error))
    g_error ("%s", error->message);
  shift = tai_desk_get_shift (desk, NULL);
  if (shift == NULL && !tai_desk_open_till (desk, tai_money (50000, TAI_CNY), &error))
    g_error ("%s", error->message);
  for (guint i = 0; i < n;)
    i = sell (desk, i, n);
  g_print ("%u orders\n", n);
  return 0;
}
