/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bugs on purpose, by SQL behind everybody's back: one statement list each. Nothing to spoil: nothing happens. */
#include "tai-sim-check.h"

typedef struct {
  const char *at_terminal, *at_hq; /* (nullable) */
} Script;

static const Script scripts[TAI_SIM_N_SABOTAGES] = {
    [TAI_SIM_LOSE_AN_ORDER] =
        {.at_hq = "DELETE FROM product_order WHERE id = (SELECT min (id) FROM product_order)"},
    [TAI_SIM_DOUBLE_AN_ORDER] =
        {.at_hq =
             "INSERT INTO product_order (hall, id, key, terminal, external_id, state, flags, order_us, changed_us) "
             "SELECT hall, 'another', key, terminal, id, state, flags, order_us, changed_us FROM product_order LIMIT 1"},
    [TAI_SIM_CHANGE_AN_ORDER] = {.at_hq = "UPDATE message SET body = CAST (replace (CAST (body AS TEXT), "
                                          "'H001', 'H002') AS BLOB) WHERE kind = 0"},
    [TAI_SIM_LOSE_A_PAYMENT] = {.at_hq = "DELETE FROM payment WHERE id = (SELECT max (id) FROM payment)"},
    [TAI_SIM_FORGET_A_STATE] = {.at_hq = "UPDATE product_order SET state = 'inProgress' WHERE id = (SELECT "
                                         "max (id) FROM product_order WHERE state = 'completed')"},
    [TAI_SIM_KEEP_A_REFUSED_NUMBER] =
        {.at_hq =
             "INSERT INTO claim (kind, thing, slot, hall, order_id, at_us) SELECT 'msisdn', msisdn, 9, hall, id, 0 "
             "FROM product_order WHERE state = 'rejected' AND msisdn IS NOT NULL"},
    [TAI_SIM_LEND_A_NUMBER_TWICE] =
        {.at_terminal =
             "DROP TRIGGER order_item_update; UPDATE order_item SET characteristics = (SELECT characteristics FROM "
             "order_item i JOIN customer_order o ON o.n = i.order_n WHERE o.operation = 'new_line' AND o.state = "
             "'completed' AND characteristics IS NOT NULL ORDER BY o.n LIMIT 1) WHERE characteristics IS NOT NULL "
             "AND order_n IN (SELECT n FROM customer_order WHERE operation = 'new_line' AND state = 'completed')"},
    [TAI_SIM_USE_A_REFUSED_NUMBER] =
        {.at_terminal =
             "UPDATE resource SET state = 'used', holder = (SELECT id FROM customer_order o WHERE "
             "o.msisdn = value AND o.operation = 'new_line') WHERE state = 'free' AND kind = 'msisdn'"},
    [TAI_SIM_LOSE_A_FEN] =
        {.at_terminal = "DROP TRIGGER posting_update; UPDATE posting SET amount_minor = "
                        "amount_minor - 1 WHERE k % 4096 = 0 AND set_n = (SELECT max (set_n) FROM posting)"},
    [TAI_SIM_FORGET_A_REVERSAL] =
        {.at_terminal =
             "DROP TRIGGER posting_delete; DROP TRIGGER posting_set_delete; DELETE FROM posting WHERE set_n IN "
             "(SELECT n FROM posting_set WHERE event = 'hq_refused'); DELETE FROM posting_set WHERE event = "
             "'hq_refused'"},
    [TAI_SIM_REUSE_A_SEQUENCE] =
        {.at_terminal =
             "DROP TRIGGER message_update; UPDATE message SET terminal_seq = terminal_seq - 1 WHERE "
             "n = (SELECT max (n) FROM message)"},
    [TAI_SIM_LEAVE_A_GAP] = {.at_terminal = "UPDATE meta SET next_terminal_seq = next_terminal_seq + 1"},
    [TAI_SIM_RECEIPT_WITHOUT_PAYMENT] =
        {.at_terminal =
             "DROP TRIGGER payment_delete; DELETE FROM payment WHERE id = (SELECT min (id) FROM payment)"},
    [TAI_SIM_RECEIPT_TWICE] =
        {.at_terminal = "DROP TRIGGER order_captured; UPDATE customer_order SET receipt_number = (SELECT min "
                        "(receipt_number) FROM customer_order) WHERE receipt_number IS NOT NULL"},
    [TAI_SIM_FORGET_A_DOUBT] =
        {.at_terminal =
             "DROP TRIGGER posting_delete; DROP TRIGGER posting_set_delete; DELETE FROM posting WHERE set_n IN "
             "(SELECT n FROM posting_set WHERE event GLOB 'doubt_*'); DELETE FROM posting_set WHERE event GLOB "
             "'doubt_*'"},
    [TAI_SIM_SPOIL_A_DRAWER] = {.at_hq = "UPDATE roll_up SET minor = minor + 1 WHERE kind = 'drawer'"},
    [TAI_SIM_LOSE_A_REFUND] = {.at_hq = "DELETE FROM document WHERE kind = 'Refund'"},
    [TAI_SIM_FORGET_A_REFUND] =
        {.at_terminal =
             "DROP TRIGGER payment_update; UPDATE payment SET last_state = 'failed' WHERE original_id IS NOT NULL"},
    [TAI_SIM_FORGET_AN_ENTRY] = {.at_terminal =
                                     "DROP TRIGGER journal_delete; DELETE FROM journal WHERE seq = 3"},
};

static void
ask_sandbox (TaiSimWorld *world, TaiGatewayVerb verb, const char *id)
{
  HqContact contact = {.verb = verb, .amount = tai_money (5000, TAI_CNY)};
  g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};

  g_strlcpy (contact.id.text, id, sizeof contact.id.text);
  hq_gateway_send (hq_sandbox_get_gateway (world->net.sandbox), &contact,
                   tai_clock_now (TAI_CLOCK (world->clock)), &answer);
}

/* Of all that it took, a fen of each. */
static void
refund_unseen (TaiSimWorld *world, const char *id)
{
  gint64 now_us = tai_clock_now (TAI_CLOCK (world->clock));
  HqContact contact = {.verb = TAI_GATEWAY_REFUND,
                       .id = {"01940000-0000-7000-8000-000000000002"},
                       .paid = tai_money (hq_sandbox_get_taken_by (world->net.sandbox, id, now_us), TAI_CNY),
                       .amount = tai_money (10, TAI_CNY)};
  g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};

  g_strlcpy (contact.original.text, id, sizeof contact.original.text);
  hq_gateway_send (hq_sandbox_get_gateway (world->net.sandbox), &contact, now_us, &answer);
}

static void
give_back (TaiSimWorld *world)
{
  static const char text[] =
      "SELECT id FROM payment WHERE tender = 'qr' AND last_state = 'succeeded' AND original_id IS NULL LIMIT 1";
  sqlite3_stmt *statement;

  for (guint i = 0; i < world->plan->n_terminals; i++) {
    sqlite3 *handle = tai_sim_disk_get_handle (world->terminals[i].disk);
    tai_sim_must (sqlite3_prepare_v2 (handle, text, -1, &statement, NULL) == SQLITE_OK, NULL);
    if (sqlite3_step (statement) == SQLITE_ROW) {
      const char *id = (const char *)sqlite3_column_text (statement, 0);
      if (world->plan->sabotage == TAI_SIM_REFUND_UNSEEN)
        refund_unseen (world, id);
      else
        ask_sandbox (world, TAI_GATEWAY_CANCEL, id);
    }
    sqlite3_finalize (statement);
  }
}

void
tai_sim_sabotage (TaiSimWorld *world)
{
  const Script *script = &scripts[world->plan->sabotage];

  if (world->plan->sabotage == TAI_SIM_RECEIPT_WITHOUT_ORDER)
    g_ptr_array_add (world->receipts, g_strdup ("H001-T1-A-20261122-9999"));
  if (world->plan->sabotage == TAI_SIM_CHARGE_TWICE)
    ask_sandbox (world, TAI_GATEWAY_PAY, "01940000-0000-7000-8000-000000000001");
  if (world->plan->sabotage == TAI_SIM_GIVE_BACK_UNSEEN || world->plan->sabotage == TAI_SIM_REFUND_UNSEEN)
    give_back (world);
  if (script->at_hq != NULL)
    tai_sim_run_sql (tai_sim_kit_get_hq_handle (world->hq), script->at_hq);
  for (guint i = 0; script->at_terminal != NULL && i < world->plan->n_terminals; i++)
    tai_sim_run_sql (tai_sim_disk_get_handle (world->terminals[i].disk), script->at_terminal);
}
