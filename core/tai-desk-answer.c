/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HQ's answers. News may come late, twice, or skip states that another way has shown already: the order walks every edge
 * of its table up to the news, never back. "Paid" is a local fact that no news makes or undoes (odoo#288974); a paid order
 * that HQ rejects, fails or cancels makes a refund_due and gives number and SIM back. A partial one waits for a person.
 */
#include "tai-desk-private.h"

/* The way of an order that goes well; refusals leave it after acknowledged. */
static const TaiOrderState main_road[] = {TAI_ORDER_PAID, TAI_ORDER_SENT, TAI_ORDER_ACKNOWLEDGED,
                                          TAI_ORDER_IN_PROGRESS, TAI_ORDER_COMPLETED};

static int
road_position (TaiOrderState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (main_road); i++)
    if (main_road[i] == state)
      return (int)i;
  return -1;
}

/* Appends the moves from @from to @to. FALSE: old news, or no way. */
static gboolean
find_moves (TaiOrderState from, TaiOrderState to, GArray *moves)
{
  int here = road_position (from), last = road_position (TAI_ORDER_IN_PROGRESS);

  while (!tai_state_can_move (&tai_order_states, from, to)) {
    if (here < 0 && tai_state_can_move (&tai_order_states, from, TAI_ORDER_IN_PROGRESS))
      here = last - 1; /* held or pending: back to the road first */
    if (here < 0 || here >= last)
      return FALSE;
    from = main_road[++here];
    g_array_append_val (moves, from);
    if (from == to)
      return TRUE;
  }
  g_array_append_val (moves, to);
  return TRUE;
}

static gboolean
is_refusal (TaiOrderState state)
{
  return state == TAI_ORDER_REJECTED || state == TAI_ORDER_FAILED || state == TAI_ORDER_CANCELLED ||
         state == TAI_ORDER_UNDONE;
}

/* What HQ can know: the stations before are the terminal's own, and an order that nobody paid never left it. No message from
 * outside makes an order paid. */
static gboolean
is_news (const TaiOrder *order, TaiOrderState state)
{
  switch (state) {
  case TAI_ORDER_DRAFT:
  case TAI_ORDER_PLACED:
  case TAI_ORDER_PAID:
  case TAI_ORDER_SENT:
    return FALSE;
  default:
    return order->state != TAI_ORDER_DRAFT && order->state != TAI_ORDER_PLACED && order->state != state;
  }
}

/* What was asked back and done is no refusal, in the journal and in the books; the money goes the same way. */
static const char *
get_refusal_kind (TaiOrderState state)
{
  return state == TAI_ORDER_CANCELLED ? "hq_cancelled"
         : state == TAI_ORDER_UNDONE  ? "hq_undone"
                                      : "hq_refused";
}

/* The money goes to refund_due, in the shift that is open now; without one in none (I9). */
gboolean
tai_desk_add_refusal (TaiDesk *self, TaiChange *change, const TaiOrder *order, TaiOrderState state,
                      const char *reason, GError **error)
{
  g_autoptr (GArray) credits = tai_order_get_credits (order);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = tai_desk_get_shift (self, &local_error);
  TaiPostingSet *set;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (credits->len > 0) {
    set = tai_posting_owe (get_refusal_kind (state), (const TaiCredit *)credits->data, credits->len, error);
    if (set == NULL)
      return FALSE;
    tai_change_add_postings (change, set, &order->id, NULL, shift ? shift->business_day : NULL,
                             shift ? shift->id.text : NULL, NULL, tai_desk_now (self));
  }
  tai_desk_move_stock (change, order, TAI_RESOURCE_FREE, &order->id, 0);
  tai_change_take_journal (
      change, tai_desk_journal (self, get_refusal_kind (state), shift, order->id.text, reason, order->today));
  return TRUE;
}

/* The order as this change leaves it so far; NULL without error: not ours. @known owns it. */
static TaiOrder *
find_order (TaiDesk *self, GHashTable *known, const char *id, GError **error)
{
  TaiOrder *order = g_hash_table_lookup (known, id);

  if (order != NULL)
    return order;
  order = tai_visit_store_find_order (self->ports.store, id, error);
  if (order != NULL)
    g_hash_table_insert (known, order->id.text, order);
  return order;
}

static char *
name_take_back (const TaiOrder *order)
{
  return g_strconcat ("take_back.", order->id.text, NULL);
}

char *
tai_desk_get_take_back (TaiDesk *self, const TaiOrder *order, GError **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && order != NULL, NULL);
  name = name_take_back (order);
  return tai_visit_store_get_setting (self->ports.store, name, error);
}

/* The order stays what it is; what HQ says of an undo or a correction is kept beside it, once however often it is told. */
static gboolean
add_take_back_word (TaiDesk *self, TaiChange *change, const TaiOrder *order, const char *word, GError **error)
{
  g_autofree char *name = name_take_back (order);
  g_autofree char *known = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = NULL;

  if (word == NULL || (strcmp (word, "corrected") != 0 && !g_str_has_prefix (word, "undo_refused") &&
                       !g_str_has_prefix (word, "correction_refused")))
    return TRUE;
  known = tai_visit_store_get_setting (self->ports.store, name, &local_error);
  if (local_error == NULL && g_strcmp0 (known, word) == 0)
    return TRUE;
  if (local_error == NULL)
    shift = tai_desk_get_shift (self, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  tai_change_add_setting (change, name, word);
  tai_change_take_journal (change,
                           tai_desk_journal (self, "take_back", shift, order->id.text, word, order->today));
  return TRUE;
}

static gboolean
add_news (TaiDesk *self, TaiChange *change, GHashTable *known, const TaiOrderNews *news, GError **error)
{
  g_autoptr (GArray) moves = g_array_new (FALSE, FALSE, sizeof (TaiOrderState));
  g_autoptr (GError) local_error = NULL;
  TaiOrder *order = find_order (self, known, news->order_id, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (order != NULL && order->state == news->state && order->state == TAI_ORDER_COMPLETED)
    return add_take_back_word (self, change, order, news->reason, error);
  if (order == NULL || !is_news (order, news->state) || !find_moves (order->state, news->state, moves))
    return TRUE;
  for (guint i = 0; i < moves->len; i++) {
    TaiOrderState to = g_array_index (moves, TaiOrderState, i);
    tai_change_add_order_state (change, &order->id, to, i + 1 == moves->len ? news->reason : NULL,
                                tai_desk_now (self));
  }
  order->state = news->state;
  return !is_refusal (news->state) ||
         tai_desk_add_refusal (self, change, order, news->state, news->reason, error);
}

gboolean
tai_desk_apply_order_news (TaiDesk *self, const TaiOrderNews *news, guint n, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GHashTable) known =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)tai_order_free);

  g_return_val_if_fail (TAI_IS_DESK (self) && (news != NULL || n == 0), FALSE);
  for (guint i = 0; i < n; i++) {
    g_return_val_if_fail (news[i].order_id != NULL, FALSE);
    if (!add_news (self, change, known, &news[i], error))
      return FALSE;
  }
  return tai_desk_add_arrivals (self, change, error) &&
         (tai_change_get_n_facts (change) == 0 || tai_desk_commit (self, change, error));
}

gboolean
tai_desk_apply_order_state (TaiDesk *self, const char *order_id, TaiOrderState state, const char *reason,
                            GError **error)
{
  TaiOrderNews news = {order_id, state, reason};

  return tai_desk_apply_order_news (self, &news, 1, error);
}
