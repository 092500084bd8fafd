/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sim-check.h"

#include <string.h>

#include "tai-hq-finding.h"
#include "tai-hq-sum.h"

/* What HQ has, by our ids. */
typedef struct {
  guint n;
  char *state; /* (owned) of orders */
  TaiDigest digest;
} Seen;

typedef struct {
  TaiSimWorld *world;
  HqStore *hq;
  GHashTable *orders;   /* (owned) id -> (owned) Seen */
  GHashTable *payments; /* (owned) likewise */
  GHashTable *refunds;  /* (owned) likewise */
  GHashTable *receipts; /* (owned) number -> (owned) visit's id */
  GHashTable *numbers;  /* (owned) set of numbers that orders in force opened */
  guint n_lines[16];    /* in force, of each person */
  guint n_orders, n_payments, n_rejected, n_refunds;
  gint64 by_gateway;
  gint64 fetched;      /* over all terminals */
  GHashTable *coupons; /* (owned) set of numbers that payments have used */
} Check;

/* One terminal. */
typedef struct {
  TaiStore *store;
  const TaiTerminal *terminal;
  TaiFakeGateway *bank;
  GHashTable *visits; /* (owned) visit's id -> paid minor in a pointer, as its orders say */
  gint64 taken, refused, given_back;
  gint64 by_gateway, by_card, by_coupon; /* of what was taken, less what went back */
} Subject;

static void
seen_free (gpointer data)
{
  g_free (((Seen *)data)->state);
  g_free (data);
}

static void
check_clear (Check *self)
{
  g_clear_pointer (&self->orders, g_hash_table_unref);
  g_clear_pointer (&self->payments, g_hash_table_unref);
  g_clear_pointer (&self->refunds, g_hash_table_unref);
  g_clear_pointer (&self->receipts, g_hash_table_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_pointer (&self->coupons, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

/* HQ ----------------------------------------------------------------------------------------------------------------- */

static void
see (GHashTable *table, const char *id, const char *state, GBytes *body)
{
  Seen *seen = g_hash_table_lookup (table, id);

  if (seen == NULL) {
    seen = g_new0 (Seen, 1);
    g_hash_table_insert (table, g_strdup (id), seen);
  }
  seen->n++;
  g_free (seen->state);
  seen->state = g_strdup (state);
  if (body != NULL)
    seen->digest = tai_digest_bytes (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static gboolean
order_cb (const HqOrderRow *row, gpointer data)
{
  see (((Check *)data)->orders, row->external_id ? row->external_id : row->id, row->state, row->body);
  return TRUE;
}

static gboolean
payment_cb (const HqPaymentRow *row, gpointer data)
{
  see (((Check *)data)->payments, row->external_id ? row->external_id : row->id, row->status, row->body);
  return TRUE;
}

static gboolean
refund_cb (const HqDocumentRow *row, gpointer data)
{
  see (((Check *)data)->refunds, row->id, "done", NULL);
  return TRUE;
}

static void
look_at_hq (Check *self)
{
  HqListFilter everything = {0};
  HqDocumentFilter refunds = {.kind = "Refund"};

  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, seen_free);
  self->payments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, seen_free);
  self->hq->klass->order_list (self->hq, &everything, 0, -1, order_cb, self);
  self->hq->klass->payment_list (self->hq, &everything, 0, -1, payment_cb, self);
  self->refunds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, seen_free);
  self->hq->klass->document_list (self->hq, &refunds, refund_cb, self);
}

/* I2: once at HQ, with the very bytes; NULL @state: whatever it says. */
static char *
check_arrived (GHashTable *table, const char *what, const TaiUuid *id, TaiDigest digest, const char *state)
{
  const Seen *seen = g_hash_table_lookup (table, id->text);

  if (seen == NULL || seen->n != 1)
    return g_strdup_printf ("I2: HQ has %s %s %u times", what, id->text, seen ? seen->n : 0);
  if (!tai_digest_equal (seen->digest, digest))
    return g_strdup_printf ("I2: HQ's bytes of %s %s are not the terminal's", what, id->text);
  if (state != NULL && strcmp (seen->state, state) != 0)
    return g_strdup_printf ("I2: %s %s is %s at HQ and %s here", what, id->text, seen->state, state);
  return NULL;
}

/* Orders ------------------------------------------------------------------------------------------------------------- */

static gboolean
was_captured (TaiOrderState state)
{
  return state != TAI_ORDER_DRAFT && state != TAI_ORDER_PLACED && state != TAI_ORDER_CANCELLED;
}

/* A number or SIM belongs to the order in force, here and at HQ, and to nobody after a refusal. */
static char *
check_resource (Check *self, const Subject *subject, const TaiOrder *order, const char *kind,
                const char *name)
{
  const char *value = tai_order_get (order, name);
  g_autoptr (TaiResource) resource =
      tai_visit_store_find_resource (TAI_VISIT_STORE (subject->store), kind, value, NULL);
  gboolean in_force = order->state == TAI_ORDER_COMPLETED;
  gboolean used = resource != NULL && resource->state == TAI_RESOURCE_USED &&
                  strcmp (resource->holder.text, order->id.text) == 0;

  if (in_force != used)
    return g_strdup_printf ("%s %s of the %s order %s is %s here", kind, value,
                            tai_state_to_text (&tai_order_states, order->state), order->id.text,
                            resource ? tai_state_to_text (&tai_resource_states, resource->state) : "unknown");
  if (in_force != self->hq->klass->claim_has (self->hq, kind, value, TAI_SIM_HALL, order->id.text))
    return g_strdup_printf ("%s %s: HQ's claim and the %s order %s differ", kind, value,
                            tai_state_to_text (&tai_order_states, order->state), order->id.text);
  return NULL;
}

static char *
check_line (Check *self, const Subject *subject, const TaiOrder *order)
{
  guint person = GPOINTER_TO_UINT (g_hash_table_lookup (self->world->people, order->id.text));
  char *problem = check_resource (self, subject, order, TAI_RESOURCE_NUMBER, "MSISDN");

  if (problem == NULL)
    problem = check_resource (self, subject, order, TAI_RESOURCE_SIM, "ICCID");
  if (problem != NULL || order->state != TAI_ORDER_COMPLETED)
    return problem;
  g_assert (person > 0 && person < G_N_ELEMENTS (self->n_lines));
  if (!g_hash_table_add (self->numbers, g_strdup (tai_order_get (order, "MSISDN"))))
    return g_strdup_printf ("two orders in force have the number %s", tai_order_get (order, "MSISDN"));
  if (++self->n_lines[person] > self->world->lines_limit)
    return g_strdup_printf ("person %u has more than %u lines", person - 1, self->world->lines_limit);
  return NULL;
}

/* I8: a receipt number is one visit's. */
static char *
check_receipt_number (Check *self, const TaiOrder *order)
{
  const char *visit = g_hash_table_lookup (self->receipts, order->receipt_number);

  if (visit != NULL && strcmp (visit, order->visit_id.text) != 0)
    return g_strdup_printf ("I8: two visits have the receipt %s", order->receipt_number);
  if (visit == NULL)
    g_hash_table_insert (self->receipts, g_strdup (order->receipt_number), g_strdup (order->visit_id.text));
  return NULL;
}

static void
add_to_visit (Subject *subject, const TaiOrder *order)
{
  gint64 sum = GPOINTER_TO_SIZE (g_hash_table_lookup (subject->visits, order->visit_id.text));

  g_hash_table_insert (subject->visits, g_strdup (order->visit_id.text),
                       GSIZE_TO_POINTER ((gsize)(sum + order->today.minor)));
  subject->taken += order->today.minor;
}

static char *
check_order (Check *self, Subject *subject, const TaiOrder *order)
{
  char *problem;

  if (!was_captured (order->state)) {
    if (g_hash_table_contains (self->orders, order->id.text))
      return g_strdup_printf ("I2: HQ has the order %s that was not paid", order->id.text);
    return NULL;
  }
  problem = check_arrived (self->orders, "order", &order->id, order->content_hash,
                           tai_state_to_text (&tai_order_states, order->state));
  if (problem == NULL)
    problem = check_receipt_number (self, order);
  if (problem == NULL && g_hash_table_contains (self->world->people, order->id.text))
    problem = check_line (self, subject, order);
  if (problem != NULL)
    return problem;
  add_to_visit (subject, order);
  self->n_orders++;
  if (order->state == TAI_ORDER_REJECTED) {
    subject->refused += order->today.minor;
    self->n_rejected++;
  }
  return NULL;
}

static char *
check_orders (Check *self, Subject *subject)
{
  TaiOrderFilter filter = {.limit = 100000};
  g_autoptr (GPtrArray) orders =
      tai_visit_store_list_orders (TAI_VISIT_STORE (subject->store), &filter, NULL);
  char *problem = NULL;

  if (orders == NULL)
    return g_strdup ("the orders cannot be read");
  for (guint i = 0; i < orders->len && problem == NULL; i++)
    problem = check_order (self, subject, g_ptr_array_index (orders, i));
  return problem;
}

/* Money -------------------------------------------------------------------------------------------------------------- */

/* Likewise at the bank terminal of its desk. */
static char *
check_card (Check *self, Subject *subject, const TaiPayment *payment, gint64 gross, gint64 here)
{
  gint64 there = tai_fake_gateway_get_taken_by (subject->bank, payment->id.text);

  subject->by_card += here;
  if (gross == there)
    return NULL;
  return g_strdup_printf ("payment %s is %s here, and the bank has %" G_GINT64_FORMAT, payment->id.text,
                          tai_state_to_text (&tai_payment_states, payment->state), there);
}

/* A coupon pays once, and no more than it is worth. */
static char *
check_coupon (Check *self, Subject *subject, const TaiPayment *payment, gint64 gross, gint64 here)
{
  TaiMoney worth;

  subject->by_coupon += here;
  if (gross == 0)
    return NULL;
  tai_sim_must (tai_money_from_text (TAI_SIM_COUPON_WORTH, TAI_CNY, &worth, NULL), NULL);
  if (gross <= worth.minor && g_hash_table_add (self->coupons, g_strdup (payment->number)))
    return NULL;
  return g_strdup_printf ("coupon %s has paid twice, or more than it is worth", payment->number);
}

/* What went back of a payment, below 0. */
static gint64
sum_refunds (GPtrArray *payments, const TaiPayment *payment)
{
  gint64 sum = 0;

  for (guint i = 0; i < payments->len; i++) {
    const TaiPayment *one = g_ptr_array_index (payments, i);
    if (one->state == TAI_PAYMENT_SUCCEEDED && strcmp (one->original_id.text, payment->id.text) == 0)
      sum += one->amount.minor;
  }
  return sum;
}

/* Known, once at HQ, no more than came; what the bank terminal says of it is what the books say. */
static char *
check_refund (Check *self, Subject *subject, GPtrArray *payments, const TaiPayment *refund)
{
  const Seen *seen = g_hash_table_lookup (self->refunds, refund->id.text);
  gboolean went = refund->state == TAI_PAYMENT_SUCCEEDED;
  gint64 there = refund->tender == TAI_TENDER_CARD
                     ? tai_fake_gateway_get_taken_by (subject->bank, refund->id.text)
                     : -refund->amount.minor;

  if (!went && refund->state != TAI_PAYMENT_FAILED)
    return g_strdup_printf ("refund %s is %s", refund->id.text,
                            tai_state_to_text (&tai_payment_states, refund->state));
  if ((seen != NULL ? seen->n : 0) != (went ? 1 : 0))
    return g_strdup_printf ("I2: HQ has the %s refund %s %u times", went ? "settled" : "failed",
                            refund->id.text, seen ? seen->n : 0);
  if (refund->tender == TAI_TENDER_CARD && there != (went ? -refund->amount.minor : 0))
    return g_strdup_printf ("the bank gave back %" G_GINT64_FORMAT " by the refund %s", there,
                            refund->id.text);
  for (guint i = 0; i < payments->len; i++) {
    const TaiPayment *one = g_ptr_array_index (payments, i);
    if (strcmp (refund->original_id.text, one->id.text) == 0 &&
        one->amount.minor + sum_refunds (payments, one) < 0)
      return g_strdup_printf ("of payment %s more went back than came", one->id.text);
  }
  self->n_refunds += went;
  subject->given_back -= went ? refund->amount.minor : 0;
  return NULL;
}

/* Money that a gateway has is money in the books, to the fen and never twice; what is not in the books it has given back. */
static char *
check_gateway (Check *self, Subject *subject, GPtrArray *payments, const TaiPayment *payment)
{
  gint64 gross = payment->state == TAI_PAYMENT_SUCCEEDED ? payment->amount.minor : 0;
  gint64 here = gross + sum_refunds (payments, payment);
  gint64 there = hq_sandbox_get_taken_by (self->world->net.sandbox, payment->id.text,
                                          tai_clock_now (TAI_CLOCK (self->world->clock)));

  if (payment->tender == TAI_TENDER_CARD)
    return check_card (self, subject, payment, gross, here);
  if (payment->tender == TAI_TENDER_COUPON)
    return check_coupon (self, subject, payment, gross, here);
  if (payment->tender != TAI_TENDER_QR)
    return NULL;
  subject->by_gateway += here;
  self->by_gateway += here;
  if (here == there)
    return NULL;
  return g_strdup_printf ("payment %s is %s here, and the gateway has %" G_GINT64_FORMAT, payment->id.text,
                          tai_state_to_text (&tai_payment_states, payment->state), there);
}

/* I1: a visit whose orders are captured has its payments, here and at HQ. */
static char *
check_visit (Check *self, Subject *subject, const char *visit, gint64 minor)
{
  TaiUuid id;
  g_autoptr (GPtrArray) payments = NULL;
  gint64 sum = 0;
  char *problem = NULL;

  g_strlcpy (id.text, visit, sizeof id.text);
  payments = tai_visit_store_list_payments (TAI_VISIT_STORE (subject->store), &id, NULL);
  if (payments == NULL || payments->len == 0)
    return g_strdup_printf ("I1: the paid visit %s has no payments", visit);
  for (guint i = 0; i < payments->len && problem == NULL; i++) {
    const TaiPayment *payment = g_ptr_array_index (payments, i);
    if (tai_payment_is_refund (payment)) {
      problem = check_refund (self, subject, payments, payment);
      continue;
    }
    problem = check_gateway (self, subject, payments, payment);
    if (problem != NULL || payment->state != TAI_PAYMENT_SUCCEEDED)
      continue;
    sum += payment->amount.minor;
    self->n_payments++;
    problem = check_arrived (self->payments, "payment", &payment->id, payment->content_hash, NULL);
  }
  if (problem == NULL && sum != minor)
    return g_strdup_printf ("I1: visit %s: the payments are not the sum of its orders", visit);
  return problem;
}

static char *
check_visits (Check *self, Subject *subject)
{
  GHashTableIter iter;
  gpointer visit, minor;
  char *problem = NULL;

  g_hash_table_iter_init (&iter, subject->visits);
  while (problem == NULL && g_hash_table_iter_next (&iter, &visit, &minor))
    problem = check_visit (self, subject, visit, (gint64)GPOINTER_TO_SIZE (minor));
  return problem;
}

/* What the terminal's books say, all of it from one look. */
typedef struct {
  gint64 by_gateway, by_card, by_coupon, in_doubt, part_paid;
  gint64 outside;        /* in the safe and in bags */
  gint64 fetched;        /* of what others owed, less what was let go */
  gint64 paid_elsewhere; /* given back of others' payments */
  guint n_elsewhere;
} Books;

static void
look_at_books (TaiSimDisk *disk, Books *books)
{
  sqlite3_stmt *statement = tai_sim_disk_prepare (
      disk,
      "SELECT sum (minor) FILTER (WHERE account GLOB 'qr_clearing:*'), "
      "sum (minor) FILTER (WHERE account = 'card_clearing'), "
      "sum (minor) FILTER (WHERE account = 'coupon_clearing'), "
      "sum (minor) FILTER (WHERE account GLOB 'in_doubt*'), sum (minor) FILTER (WHERE account = 'part_paid'), "
      "sum (minor) FILTER (WHERE account GLOB 'safe:*' OR account GLOB 'in_transit:*'), "
      "sum (minor) FILTER (WHERE account = 'refund_due_elsewhere'), (SELECT -sum (amount_minor) FROM payment "
      "WHERE elsewhere_id IS NOT NULL), (SELECT count (*) FROM payment WHERE elsewhere_id IS NOT NULL) FROM balance");

  tai_sim_must (sqlite3_step (statement) == SQLITE_ROW, NULL);
  *books = (Books){.by_gateway = sqlite3_column_int64 (statement, 0),
                   .by_card = sqlite3_column_int64 (statement, 1),
                   .by_coupon = sqlite3_column_int64 (statement, 2),
                   .in_doubt = sqlite3_column_int64 (statement, 3),
                   .part_paid = sqlite3_column_int64 (statement, 4),
                   .outside = sqlite3_column_int64 (statement, 5),
                   .fetched = sqlite3_column_int64 (statement, 6),
                   .paid_elsewhere = sqlite3_column_int64 (statement, 7),
                   .n_elsewhere = (guint)sqlite3_column_int64 (statement, 8)};
  sqlite3_reset (statement);
}

/* The accounts of what gateways took; nobody is in doubt any more, and no visit is paid in part. */
static char *
check_accounts (const Subject *subject, const Books *books)
{
  if (books->by_gateway != subject->by_gateway)
    return g_strdup_printf ("I3: qr_clearing is %" G_GINT64_FORMAT " and not %" G_GINT64_FORMAT,
                            books->by_gateway, subject->by_gateway);
  if (books->by_card != subject->by_card || books->by_coupon != subject->by_coupon)
    return g_strdup_printf ("I3: card_clearing is %" G_GINT64_FORMAT ", coupon_clearing %" G_GINT64_FORMAT,
                            books->by_card, books->by_coupon);
  if (books->in_doubt != 0 || books->part_paid != 0)
    return g_strdup_printf ("I3: %" G_GINT64_FORMAT " in doubt and %" G_GINT64_FORMAT " paid in part",
                            books->in_doubt, books->part_paid);
  return NULL;
}

static gint64
not_cash (const Subject *subject)
{
  return subject->by_gateway + subject->by_card + subject->by_coupon;
}

/* HQ's copy of the drawer, from news and cash payments, is the terminal's. */
static char *
check_copy (Check *self, const TaiHeads *heads, TaiMoney drawer)
{
  gint64 minor = hq_sum_get_drawer (self->hq, TAI_SIM_HALL, heads->business_day, heads->shift_id);

  if (minor == drawer.minor)
    return NULL;
  return g_strdup_printf ("I3: the drawer holds %" G_GINT64_FORMAT " and HQ's copy of it %" G_GINT64_FORMAT,
                          drawer.minor, minor);
}

/* I3, I4: chain, postings and totals are sound, the drawer is what came from the safe, less what went into bags, and what was taken;
 * what HQ refused is owed. */
static char *
check_money (Check *self, const Subject *subject, const Books *books, const TaiHeads *heads)
{
  gint64 expected = subject->taken - subject->given_back - books->outside - not_cash (subject);
  g_auto (TaiStoreVerification) verification = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  TaiMoney drawer;

  if (!tai_store_verify (subject->store, TAI_VERIFY_FACTS, &verification, &error))
    return g_strdup_printf ("I3: %s", verification.problem ? verification.problem : error->message);
  if (!tai_visit_store_drawer_balance (TAI_VISIT_STORE (subject->store), subject->terminal->till, &drawer,
                                       &error))
    return g_strdup (error->message);
  if (drawer.minor != expected)
    return g_strdup_printf ("I3: the drawer should hold %" G_GINT64_FORMAT " and holds %" G_GINT64_FORMAT,
                            expected, drawer.minor);
  report =
      tai_visit_store_report (TAI_VISIT_STORE (subject->store), heads->business_day, heads->shift_id, &error);
  if (report == NULL)
    return g_strdup (error->message);
  if (report->refund_due.minor != subject->refused - subject->given_back + books->fetched)
    return g_strdup_printf ("I3: refunds due should be %" G_GINT64_FORMAT " and are %" G_GINT64_FORMAT,
                            subject->refused - subject->given_back + books->fetched,
                            report->refund_due.minor);
  return check_copy (self, heads, drawer);
}

/* I2: the series has no gap at HQ, and nothing waits or lies in quarantine. */
static char *
check_series (Check *self, const Subject *subject, const TaiHeads *heads)
{
  g_auto (HqTerminalRow) row = {0};
  TaiOutboxCounts counts;
  gint64 high_water;

  if (!tai_outbox_counts (TAI_OUTBOX (subject->store), TAI_DESTINATION_HQ, &counts, NULL) ||
      !self->hq->klass->terminal_find (self->hq, subject->terminal->id, &row))
    return g_strdup ("the stores cannot be read");
  if (counts.waiting + counts.in_flight + counts.asking + counts.quarantined > 0)
    return g_strdup_printf ("I2: %s has messages left: %" G_GINT64_FORMAT " quarantined",
                            subject->terminal->id, counts.quarantined);
  high_water = hq_sequence_get_high_water (&row.sequence);
  if (high_water != heads->next_terminal_seq - 1)
    return g_strdup_printf ("I2: HQ has %s up to %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT,
                            subject->terminal->id, high_water, heads->next_terminal_seq - 1);
  return NULL;
}

static char *
check_terminal (Check *self, const TaiSimTerminal *terminal)
{
  g_autoptr (GHashTable) visits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Subject subject = {
      .store = terminal->store, .terminal = terminal->terminal, .bank = terminal->bank, .visits = visits};
  TaiHeads heads;
  Books books;
  char *problem;

  if (!tai_store_get_heads (subject.store, &heads, NULL))
    return g_strdup ("the heads cannot be read");
  look_at_books (terminal->disk, &books);
  problem = check_orders (self, &subject);
  if (problem == NULL)
    problem = check_visits (self, &subject);
  if (problem == NULL)
    problem = check_series (self, &subject, &heads);
  subject.given_back += books.paid_elsewhere; /* each once at HQ, which adds up what went back of a payment */
  self->n_refunds += books.n_elsewhere;
  self->fetched += books.fetched;
  if (problem == NULL)
    problem = check_money (self, &subject, &books, &heads);
  if (problem == NULL)
    problem = check_accounts (&subject, &books);
  return problem;
}

/* I1: whoever holds a receipt finds its orders; their money was looked at with the visit. */
static char *
check_hands (const Check *self)
{
  const GPtrArray *receipts = self->world->receipts;
  g_autoptr (GHashTable) once = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < receipts->len; i++) {
    char *number = g_ptr_array_index (receipts, i);
    if (!g_hash_table_contains (self->receipts, number))
      return g_strdup_printf ("I1: receipt %s has no orders", number);
    if (!g_hash_table_add (once, number))
      return g_strdup_printf ("I8: receipt %s was given out twice", number);
  }
  return NULL;
}

static gboolean
note_finding_cb (const HqFindingRow *row, gpointer data)
{
  char **problem = data;

  *problem = g_strdup_printf ("HQ finds %s %s: %s", row->kind, row->subject, row->detail);
  return FALSE;
}

/* All money is told by now, whenever it came. */
static char *
check_findings (const Check *self)
{
  char *problem = NULL;

  self->hq->klass->begin (self->hq);
  hq_finding_look_around (self->hq, G_MAXINT64);
  self->hq->klass->finding_list (self->hq, NULL, TRUE, note_finding_cb, &problem);
  self->hq->klass->commit (self->hq);
  return problem;
}

/* Nothing that no terminal knows, and HQ saw nothing that it had to cry for. */
static char *
check_rest_of_hq (const Check *self)
{
  if (g_hash_table_size (self->orders) != self->n_orders)
    return g_strdup ("I2: HQ has orders that no terminal knows");
  if (g_hash_table_size (self->payments) != self->n_payments)
    return g_strdup ("I2: HQ has payments that no terminal knows");
  if (g_hash_table_size (self->refunds) != self->n_refunds)
    return g_strdup ("I2: HQ has refunds that no terminal knows");
  if (hq_sandbox_get_taken (self->world->net.sandbox, tai_clock_now (TAI_CLOCK (self->world->clock))) !=
      self->by_gateway)
    return g_strdup ("the gateway has money that is in nobody's books");
  if (self->hq->klass->alarm_count (self->hq) > 0)
    return g_strdup ("I2: HQ raised an alarm");
  return check_findings (self);
}

char *
tai_sim_check (TaiSimWorld *world)
{
  g_auto (Check) self = {.world = world, .hq = world->hq};
  char *problem = NULL;

  look_at_hq (&self);
  self.receipts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.coupons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < world->plan->n_terminals && problem == NULL; i++)
    problem = check_terminal (&self, &world->terminals[i]);
  if (problem == NULL && self.fetched != 0)
    problem = g_strdup_printf ("I3: owed elsewhere is %" G_GINT64_FORMAT " over all terminals", self.fetched);
  if (problem == NULL)
    problem = check_hands (&self);
  if (problem == NULL)
    problem = check_rest_of_hq (&self);
  world->figures->n_orders += self.n_orders;
  world->figures->n_rejected += self.n_rejected;
  return problem;
}
