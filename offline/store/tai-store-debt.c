/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How cash stands here that goes from terminal to terminal: one row an order, moved by its state table. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"

/* What is new here was asked for, fetched, or let go. */
static gboolean
check_first (const TaiDebt *debt, GError **error)
{
  if (debt->state == TAI_DEBT_STATE_ASKED || debt->state == TAI_DEBT_STATE_HELD ||
      debt->state == TAI_DEBT_STATE_RELEASED)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "debt %s: cannot begin as %s",
               debt->order_id.text, tai_state_to_text (&tai_debt_states, debt->state));
  return FALSE;
}

static gboolean
check_move (TaiCommit *self, const TaiDebt *debt, GError **error)
{
  static const TaiSql select = {"debt.state", "SELECT state FROM debt WHERE order_id = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "u", &debt->order_id);
  int step = query ? tai_query_next (query, error) : -1;
  guint from;

  if (step <= 0)
    return step == 0 && check_first (debt, error);
  return tai_store_parse_state (&tai_debt_states, tai_query_get_text (query, 0), &from, error) &&
         tai_state_check_move (&tai_debt_states, from, debt->state, error);
}

gboolean
tai_commit_debt (TaiCommit *self, const TaiDebtFact *fact, GError **error)
{
  static const TaiSql put = {
      "debt.put",
      "INSERT INTO debt (order_id, visit_id, claim, state, hop, terminal, amount_minor, currency, parts, operation, "
      "receipt_number, msisdn, customer_mask, seller, clerk, reason, since_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET visit_id = excluded.visit_id, claim = excluded.claim, state = "
      "excluded.state, hop = excluded.hop, terminal = excluded.terminal, amount_minor = excluded.amount_minor, "
      "currency = excluded.currency, parts = excluded.parts, operation = excluded.operation, receipt_number = "
      "excluded.receipt_number, msisdn = excluded.msisdn, customer_mask = excluded.customer_mask, seller = "
      "excluded.seller, clerk = excluded.clerk, reason = excluded.reason, since_us = excluded.since_us"};
  const TaiDebt *debt = fact->debt;
  g_autofree char *parts = tai_debt_parts_to_text (debt);

  if (!(fact->use & TAI_DEBT_STORED))
    return TRUE;
  return check_move (self, debt, error) &&
         tai_database_run (self->db, &put, error, "uuutitiwtttttttti", &debt->order_id, &debt->visit_id,
                           &debt->claim, tai_state_to_text (&tai_debt_states, debt->state), debt->hop,
                           debt->terminal, debt->amount.minor, (int)debt->amount.currency, parts,
                           debt->operation, debt->receipt_number, debt->msisdn, debt->customer_mask,
                           debt->seller, debt->clerk, debt->reason, debt->since_us);
}

/* Reading -------------------------------------------------------------------------------------------------------------- */

#define DEBTS                                                                                                \
  "SELECT visit_id, claim, state, hop, terminal, amount_minor, currency, parts, operation, receipt_number, " \
  "msisdn, customer_mask, seller, clerk, reason, since_us, order_id FROM debt "

static TaiDebt *
load_debt (TaiQuery *query, GError **error)
{
  TaiUuid order_id = tai_query_get_uuid (query, 16);
  g_autoptr (TaiDebt) debt = tai_debt_new (&order_id);
  guint state;

  if (!tai_store_parse_state (&tai_debt_states, tai_query_get_text (query, 2), &state, error))
    return NULL;
  debt->visit_id = tai_query_get_uuid (query, 0);
  debt->claim = tai_query_get_uuid (query, 1);
  debt->state = state;
  debt->hop = tai_query_get_int (query, 3);
  debt->terminal = tai_query_dup_text (query, 4);
  debt->amount = tai_money (tai_query_get_int (query, 5), (guint16)tai_query_get_int (query, 6));
  debt->operation = tai_query_dup_text (query, 8);
  debt->receipt_number = tai_query_dup_text (query, 9);
  debt->msisdn = tai_query_dup_text (query, 10);
  debt->customer_mask = tai_query_dup_text (query, 11);
  debt->seller = tai_query_dup_text (query, 12);
  debt->clerk = tai_query_dup_text (query, 13);
  debt->reason = tai_query_dup_text (query, 14);
  debt->since_us = tai_query_get_int (query, 15);
  if (tai_debt_parts_from_text (debt, tai_query_get_text (query, 7)))
    return g_steal_pointer (&debt);
  g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT, "debt: parts that are none");
  return NULL;
}

TaiDebt *
tai_store_find_debt (TaiVisitStore *store, const char *order_id, GError **error)
{
  static const TaiSql select = {"debt.find", DEBTS "WHERE order_id = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (store)->db, &select, error, "t", order_id);

  return query != NULL && tai_query_next (query, error) > 0 ? load_debt (query, error) : NULL;
}

GPtrArray *
tai_store_list_debts (TaiVisitStore *store, TaiDebtState state, guint limit, GError **error)
{
  /* asked and held are found by the index of what is open */
  static const TaiSql open = {"debt.list_open", DEBTS
                              "WHERE state IN ('asked', 'held') AND state = ? ORDER BY since_us LIMIT ?"};
  static const TaiSql any = {"debt.list", DEBTS "WHERE state = ? ORDER BY since_us LIMIT ?"};
  gboolean is_open = state == TAI_DEBT_STATE_ASKED || state == TAI_DEBT_STATE_HELD;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_debt_free);
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (store)->db, is_open ? &open : &any, error, "ti",
                          tai_state_to_text (&tai_debt_states, state), (gint64)limit);
  int step = -1;

  while (query != NULL && (step = tai_query_next (query, error)) > 0) {
    TaiDebt *debt = load_debt (query, error);
    if (debt == NULL)
      return NULL;
    g_ptr_array_add (list, debt);
  }
  return step == 0 ? g_steal_pointer (&list) : NULL;
}
