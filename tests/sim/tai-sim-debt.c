/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers who come for their money to another desk than took it. */
#include "tai-core-error.h"
#include "tai-sim-terminal.h"

gint64
tai_sim_terminal_get_fetched (TaiSimTerminal *self)
{
  sqlite3_stmt *statement = tai_sim_disk_prepare (
      self->disk, "SELECT coalesce (sum (minor), 0) FROM balance WHERE account = 'refund_due_elsewhere'");
  gint64 minor;

  tai_sim_must (sqlite3_step (statement) == SQLITE_ROW, NULL);
  minor = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return minor;
}

/* (transfer full) (nullable): nothing, or a fault */
static TaiDebt *
find_one (TaiSimTerminal *self, TaiDebtState state, guint chance, GError **error)
{
  g_autoptr (GPtrArray) debts = tai_visit_store_list_debts (TAI_VISIT_STORE (self->store), state, 100, error);

  return debts != NULL && debts->len > 0 ? g_ptr_array_steal_index (debts, chance % debts->len) : NULL;
}

/* What that desk owes, as the customer's slip says it. (transfer full) (nullable) */
static char *
read_slip (TaiSimTerminal *other, guint chance)
{
  TaiOrderFilter filter = {.only_unfinished = TRUE, .limit = 1000};
  g_autoptr (GPtrArray) orders =
      other->dead ? NULL : tai_visit_store_list_orders (TAI_VISIT_STORE (other->store), &filter, NULL);

  for (guint i = orders != NULL ? orders->len : 0; i > 0; i--)
    if (((const TaiOrder *)g_ptr_array_index (orders, i - 1))->refund_due.minor <= 0)
      g_ptr_array_remove_index (orders, i - 1);
  if (orders == NULL || orders->len == 0)
    return NULL;
  return g_strdup (((const TaiOrder *)g_ptr_array_index (orders, chance % orders->len))->id.text);
}

/* What came back here is the order's again, and so is its remedy. */
static gboolean
pay (TaiSimTerminal *self, const TaiDebt *debt, GError **error)
{
  if (!tai_desk_pay_debt (self->desk, debt->order_id.text, NULL, error))
    return FALSE;
  self->n_debts++;
  return TRUE;
}

static gboolean
fetch (TaiSimTerminal *self, TaiSimTerminal *other, guint chance, GError **error)
{
  g_autoptr (TaiDebt) held = find_one (self, TAI_DEBT_STATE_HELD, chance, error);
  g_autoptr (TaiDebt) asked = *error == NULL ? find_one (self, TAI_DEBT_STATE_ASKED, chance, error) : NULL;
  g_autofree char *order = NULL;

  if (*error != NULL)
    return FALSE;
  if (held != NULL && chance % 5 < 4)
    return pay (self, held, error);
  if (asked != NULL && chance % 3 == 0)
    return tai_desk_withdraw_debt (self->desk, asked->order_id.text, error);
  order = read_slip (other, chance);
  return order == NULL || tai_desk_ask_debt (self->desk, order, error);
}

/* It was given back already, is owed here, or the drawer has not so much. */
static gboolean
may_be (const GError *error)
{
  return g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOTHING_DUE) ||
         g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE) ||
         g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DRAWER_SHORT);
}

void
tai_sim_terminal_fetch (TaiSimTerminal *self, TaiSimTerminal *other, guint chance)
{
  gboolean was_full = self->steps_to_fail > 0;
  g_autoptr (GError) error = NULL;

  if (self->dead)
    return;
  if (fetch (self, other, chance, &error))
    tai_sync_poke (self->sync);
  else if (!self->dead && !was_full && !may_be (error))
    g_error ("simulator: money of another desk failed without a fault: %s", error->message);
}
