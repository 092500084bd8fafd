/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cash that goes from terminal to terminal, as JSON: what is rendered here is what is read here. */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-debt-json.h"

#include "tai-json-money.h"
#include "tai-json-text.h"

/* Writing ---------------------------------------------------------------------------------------------------------------- */

static void
write_parts (TaiJsonWriter *w, const TaiDebt *debt)
{
  if (debt->parts->len == 0)
    return;
  tai_json_writer_add_array (w, "parts");
  for (guint i = 0; i < debt->parts->len; i++) {
    const TaiDebtPart *part = &g_array_index (debt->parts, TaiDebtPart, i);
    tai_json_writer_begin_object (w);
    tai_json_writer_add_string (w, "payment", part->payment_id.text);
    tai_json_writer_add_money (w, "amount", part->amount);
    tai_json_writer_end_object (w);
  }
  tai_json_writer_end_array (w);
}

void
tai_debt_write (TaiJsonWriter *w, const TaiDebt *debt)
{
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "claim", debt->claim.text);
  if (debt->hop > 0)
    tai_json_writer_add_int (w, "hop", debt->hop);
  tai_json_writer_add_string (w, "terminal", debt->terminal);
  tai_json_writer_add_string (w, "clerk", debt->clerk);
  tai_json_writer_add_string (w, "visit", debt->visit_id.text[0] != '\0' ? debt->visit_id.text : NULL);
  tai_json_writer_add_string (w, "operation", debt->operation);
  tai_json_writer_add_string (w, "receipt", debt->receipt_number);
  tai_json_writer_add_string (w, "msisdn", debt->msisdn);
  tai_json_writer_add_string (w, "customer", debt->customer_mask);
  tai_json_writer_add_string (w, "seller", debt->seller);
  tai_json_writer_add_known_money (w, "amount", debt->amount);
  write_parts (w, debt);
  tai_json_writer_end_object (w);
}

/* Reading ---------------------------------------------------------------------------------------------------------------- */

static gboolean
read_parts (const TaiJson *node, TaiDebt *debt, GError **error)
{
  const TaiJson *list = tai_json_require_array (node, "parts", error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < tai_json_get_length (list) && i <= TAI_DEBT_MAX_PARTS; i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    TaiMoney amount;
    TaiUuid payment;

    if (!tai_json_take_uuid (one, "payment", TAI_JSON_TEXT_NEEDED, &payment, error) ||
        !tai_json_require_money (one, "amount", &amount, error))
      return FALSE;
    tai_debt_add_part (debt, &payment, amount);
  }
  return tai_debt_is_whole (debt) || tai_json_refuse (error, "debt.parts", "not the amount");
}

static gboolean
read_texts (const TaiJson *node, TaiDebt *debt, GError **error)
{
  const struct {
    const char *name;
    char **text;
  } rows[] = {{"terminal", &debt->terminal},   {"clerk", &debt->clerk},
              {"operation", &debt->operation}, {"receipt", &debt->receipt_number},
              {"msisdn", &debt->msisdn},       {"customer", &debt->customer_mask},
              {"seller", &debt->seller}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!tai_json_take_text (node, rows[i].name, TAI_JSON_TEXT_PLAIN, rows[i].text, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_whole (const TaiJson *node, TaiDebt *debt, GError **error)
{
  return tai_json_require_int (node, "hop", &debt->hop, error) &&
         (debt->hop > 0 || tai_json_refuse (error, "debt.hop", "below 1")) &&
         tai_json_take_uuid (node, "visit", TAI_JSON_TEXT_NEEDED, &debt->visit_id, error) &&
         tai_json_require_money (node, "amount", &debt->amount, error) && read_parts (node, debt, error);
}

TaiDebt *
tai_debt_read (const TaiJson *json, const TaiUuid *order_id, const char *state, GError **error)
{
  const TaiJson *node = tai_json_require_object (json, "debt", error);
  g_autoptr (TaiDebt) debt = tai_debt_new (order_id);
  g_autoptr (GError) unknown = NULL;
  guint value;

  if (node == NULL)
    return NULL;
  if (!tai_state_from_text (&tai_debt_states, state, &value, &unknown)) {
    tai_json_refuse (error, "state", unknown->message);
    return NULL;
  }
  debt->state = value;
  if (!tai_json_take_uuid (node, "claim", TAI_JSON_TEXT_NEEDED, &debt->claim, error) ||
      !read_texts (node, debt, error) ||
      (debt->state == TAI_DEBT_STATE_RELEASED && !read_whole (node, debt, error)))
    return NULL;
  return g_steal_pointer (&debt);
}
