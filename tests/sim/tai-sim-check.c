/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sim-check.h"

#include <string.h>

/* I1: whoever holds a receipt finds its orders and its money in the store, and at HQ. */
static char *
check_receipt (const TaiSimSubject *subjects, guint n, const char *number)
{
  for (guint i = 0; i < n; i++) {
    TaiOrderFilter filter = {.receipt_number = number, .limit = 100};
    g_autoptr (GPtrArray) orders =
        tai_visit_store_list_orders (TAI_VISIT_STORE (subjects[i].store), &filter, NULL);
    g_autoptr (GPtrArray) payments = NULL;

    if (orders == NULL || orders->len == 0)
      continue;
    payments = tai_visit_store_list_payments (TAI_VISIT_STORE (subjects[i].store),
                                              &((TaiOrder *)g_ptr_array_index (orders, 0))->visit_id, NULL);
    if (payments == NULL || payments->len != 1)
      return g_strdup_printf ("I1: receipt %s has %u payments", number, payments ? payments->len : 0);
    return NULL;
  }
  return g_strdup_printf ("I1: receipt %s has no orders", number);
}

typedef struct {
  guint n;
  const char *state;
  GStringChunk *chunk;
} Found;

static gboolean
found_cb (const HqOrderRow *row, gpointer data)
{
  Found *found = data;

  found->n++;
  found->state = g_string_chunk_insert (found->chunk, row->state);
  return TRUE;
}

static gboolean
was_captured (TaiOrderState state)
{
  return state != TAI_ORDER_DRAFT && state != TAI_ORDER_PLACED && state != TAI_ORDER_CANCELLED;
}

/* I2: once at HQ, in the state that the terminal shows. */
static char *
check_order (const TaiOrder *order, HqStore *hq)
{
  g_autoptr (GStringChunk) chunk = g_string_chunk_new (64);
  Found found = {.chunk = chunk};
  HqListFilter filter = {.external_id = order->id.text};

  hq->klass->order_list (hq, &filter, 0, 10, found_cb, &found);
  if (!was_captured (order->state))
    return found.n == 0 ? NULL
                        : g_strdup_printf ("I2: HQ has the order %s that was not paid", order->id.text);
  if (found.n != 1)
    return g_strdup_printf ("I2: HQ has order %s %u times", order->id.text, found.n);
  if (strcmp (found.state, tai_state_to_text (&tai_order_states, order->state)) != 0)
    return g_strdup_printf ("I2: order %s is %s at HQ and %s here", order->id.text, found.state,
                            tai_state_to_text (&tai_order_states, order->state));
  return NULL;
}

/* I2: the series has no gap, and nothing waits or lies in quarantine. */
static char *
check_series (const TaiSimSubject *subject, HqStore *hq)
{
  g_auto (HqTerminalRow) row = {0};
  TaiOutboxCounts counts;
  TaiHeads heads;

  if (!tai_store_get_heads (subject->store, &heads, NULL) ||
      !tai_outbox_counts (TAI_OUTBOX (subject->store), TAI_DESTINATION_HQ, &counts, NULL) ||
      !hq->klass->terminal_find (hq, subject->terminal->id, &row))
    return g_strdup ("the stores cannot be read");
  if (counts.waiting + counts.in_flight + counts.asking + counts.quarantined > 0)
    return g_strdup_printf ("I2: %s has messages left: %" G_GINT64_FORMAT " quarantined",
                            subject->terminal->id, counts.quarantined);
  if (hq_sequence_get_high_water (&row.sequence) != heads.next_terminal_seq - 1)
    return g_strdup_printf ("I2: HQ has %s up to %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT,
                            subject->terminal->id, hq_sequence_get_high_water (&row.sequence),
                            heads.next_terminal_seq - 1);
  return NULL;
}

typedef struct {
  gint64 paid, refused;
  guint n_orders, n_rejected;
} Sums;

static char *
check_orders (const TaiSimSubject *subject, HqStore *hq, Sums *sums)
{
  TaiOrderFilter filter = {.limit = 1000};
  g_autoptr (GPtrArray) orders =
      tai_visit_store_list_orders (TAI_VISIT_STORE (subject->store), &filter, NULL);

  if (orders == NULL)
    return g_strdup ("the orders cannot be read");
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);
    char *problem = check_order (order, hq);

    if (problem != NULL)
      return problem;
    if (was_captured (order->state)) {
      sums->paid += order->today.minor;
      sums->n_orders++;
    }
    if (order->state == TAI_ORDER_REJECTED) {
      sums->refused += order->today.minor;
      sums->n_rejected++;
    }
  }
  return NULL;
}

/* I3: chain and postings are sound, and the drawer is the float and what was taken; what HQ refused is owed. */
static char *
check_money (const TaiSimSubject *subject, const Sums *sums)
{
  g_auto (TaiStoreVerification) verification = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  TaiMoney drawer;

  if (!tai_store_verify (subject->store, TAI_VERIFY_FULL, &verification, &error))
    return g_strdup_printf ("I3: %s", verification.problem ? verification.problem : error->message);
  if (!tai_visit_store_drawer_balance (TAI_VISIT_STORE (subject->store), subject->terminal->till, &drawer,
                                       &error))
    return g_strdup (error->message);
  if (drawer.minor != 20000 + sums->paid)
    return g_strdup_printf ("I3: the drawer should hold %" G_GINT64_FORMAT " and holds %" G_GINT64_FORMAT,
                            20000 + sums->paid, drawer.minor);
  report = tai_visit_store_report (TAI_VISIT_STORE (subject->store), "2026-11-22", NULL, &error);
  if (report == NULL)
    return g_strdup (error->message);
  if (report->refund_due.minor != sums->refused)
    return g_strdup_printf ("I3: refunds due should be %" G_GINT64_FORMAT " and are %" G_GINT64_FORMAT,
                            sums->refused, report->refund_due.minor);
  return NULL;
}

char *
tai_sim_check (const TaiSimSubject *subjects, guint n, HqStore *hq, GPtrArray *receipts,
               TaiSimFigures *figures)
{
  HqListFilter everything = {0};
  guint total = 0;

  for (guint i = 0; i < receipts->len; i++) {
    char *problem = check_receipt (subjects, n, g_ptr_array_index (receipts, i));
    if (problem != NULL)
      return problem;
  }
  for (guint i = 0; i < n; i++) {
    Sums sums = {0};
    char *problem = check_orders (&subjects[i], hq, &sums);

    if (problem == NULL)
      problem = check_series (&subjects[i], hq);
    if (problem == NULL)
      problem = check_money (&subjects[i], &sums);
    if (problem != NULL)
      return problem;
    total += sums.n_orders;
    figures->n_rejected += sums.n_rejected;
  }
  figures->n_orders += total;
  if (hq->klass->order_count (hq, &everything) != total)
    return g_strdup_printf ("I2: HQ has orders that no terminal knows");
  return NULL;
}

/* Bugs on purpose ---------------------------------------------------------------------------------------------------- */

static gboolean
first_cb (const HqOrderRow *row, gpointer data)
{
  char **external = data;

  *external = g_strdup (row->external_id);
  return FALSE;
}

static void
double_at_hq (HqStore *hq)
{
  g_autofree char *external = NULL;
  HqListFilter everything = {0};
  HqOrderRow row = {
      .hall = "H001", .id = "another-id", .key = "another-key", .terminal = "H001T1", .state = "completed"};

  hq->klass->begin (hq);
  hq->klass->order_list (hq, &everything, 0, 1, first_cb, &external);
  row.external_id = external;
  hq->klass->order_insert (hq, &row);
  hq->klass->commit (hq);
}

static void
run (sqlite3 *disk, const char *sql)
{
  char *words = NULL;

  if (sqlite3_exec (disk, sql, NULL, NULL, &words) != SQLITE_OK)
    g_error ("sabotage: %s", words);
}

void
tai_sim_sabotage (TaiSimSabotage sabotage, const TaiSimSubject *subjects, HqStore *hq)
{
  switch (sabotage) {
  case TAI_SIM_LOSE_AN_ORDER: /* as seen from the terminal: an order that HQ does not have */
    run (subjects[0].disk, "DROP TRIGGER order_update; "
                           "UPDATE customer_order SET id = '0199f3c2-7d10-7c3a-9b1e-5a4d2c6e8f01' "
                           "WHERE n = (SELECT min (n) FROM customer_order WHERE terminal_seq > 0)");
    break;
  case TAI_SIM_DOUBLE_AN_ORDER:
    double_at_hq (hq);
    break;
  case TAI_SIM_LOSE_A_FEN:
    run (subjects[0].disk, "DROP TRIGGER posting_update; UPDATE posting SET amount_minor = amount_minor - 1 "
                           "WHERE k = 0 AND set_n = (SELECT max (set_n) FROM posting)");
    break;
  default:
    break;
  }
}
