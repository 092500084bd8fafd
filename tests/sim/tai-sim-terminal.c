/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sim-terminal.h"

#include "tai-core-error.h"
#include "tai-fake-entropy.h"
#include "tai-line-gateway.h"

#define MOVED_MINOR 1000 /* as change money, or into a bag */

/* A clock that somebody has set wrong ---------------------------------------------------------------------------------- */

#define TAI_TYPE_SIM_CLOCK (tai_sim_clock_get_type ())
G_DECLARE_FINAL_TYPE (TaiSimClock, tai_sim_clock, TAI, SIM_CLOCK, GObject)

struct _TaiSimClock {
  GObject parent;
  TaiClock *right; /* (owned) */
  gint64 skew_us;
};

static void clock_iface_init (TaiClockInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiSimClock, tai_sim_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_CLOCK, clock_iface_init))

static gint64
clock_now (TaiClock *clock)
{
  return tai_clock_now (TAI_SIM_CLOCK (clock)->right) + TAI_SIM_CLOCK (clock)->skew_us;
}

static gint64
clock_monotonic (TaiClock *clock)
{
  return tai_clock_monotonic (TAI_SIM_CLOCK (clock)->right);
}

static guint
clock_after (TaiClock *clock, gint64 delay_ms, TaiTimerFunc func, gpointer data)
{
  return tai_clock_after (TAI_SIM_CLOCK (clock)->right, delay_ms, func, data);
}

static void
clock_cancel (TaiClock *clock, guint id)
{
  tai_clock_cancel (TAI_SIM_CLOCK (clock)->right, id);
}

static void
clock_iface_init (TaiClockInterface *iface)
{
  iface->now = clock_now;
  iface->monotonic = clock_monotonic;
  iface->after = clock_after;
  iface->cancel = clock_cancel;
}

static void
clock_finalize (GObject *object)
{
  g_object_unref (TAI_SIM_CLOCK (object)->right);
  G_OBJECT_CLASS (tai_sim_clock_parent_class)->finalize (object);
}

static void
tai_sim_clock_class_init (TaiSimClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = clock_finalize;
}

static void
tai_sim_clock_init (TaiSimClock *self)
{
}

void
tai_sim_terminal_set_clock_wrong (TaiSimTerminal *self, gint64 skew_us)
{
  TAI_SIM_CLOCK (self->clock)->skew_us = skew_us;
}

gint64
tai_sim_terminal_get_clock_wrong (const TaiSimTerminal *self)
{
  return TAI_SIM_CLOCK (self->clock)->skew_us;
}

/* A program's life --------------------------------------------------------------------------------------------------- */

void
tai_sim_terminal_init (TaiSimTerminal *self, guint index, TaiSimNet *net, TaiClock *clock, guint64 seed)
{
  TaiSimClock *mine = g_object_new (TAI_TYPE_SIM_CLOCK, NULL);

  mine->right = g_object_ref (clock);
  self->index = index;
  self->terminal = tai_sim_kit_get_terminal (index);
  self->disk = tai_sim_kit_take_disk (index);
  self->net = net;
  self->bank = tai_fake_gateway_new (clock);
  self->clock = TAI_CLOCK (mine);
  self->entropy = TAI_ENTROPY (tai_fake_entropy_new (seed * 31 + index + 1));
  self->steps_to_live = -1;
  self->paying = g_ptr_array_new_with_free_func (g_object_unref);
}

void
tai_sim_terminal_clear (TaiSimTerminal *self)
{
  if (self->store != NULL)
    tai_sim_terminal_kill (self);
  g_clear_pointer (&self->paying, g_ptr_array_unref);
  g_clear_object (&self->entropy);
  g_clear_object (&self->clock);
  g_clear_object (&self->bank);
}

/* Every step of the store passes here, before and after: any of them may be the last. */
static gboolean
fault_cb (const char *step, gboolean after, gpointer data)
{
  TaiSimTerminal *self = data;

  if (self->dead)
    return TRUE;
  if (self->steps_to_fail > 0) {
    self->steps_to_fail--;
    return !after;
  }
  if (self->steps_to_live < 0 || self->steps_to_live-- > 0)
    return FALSE;
  self->steps_to_live = -1;
  self->dead = TRUE;
  self->n_crashes++;
  return TRUE;
}

static void
start_sync (TaiSimTerminal *self)
{
  TaiSyncSettings settings = {.window = 3, .backoff_max_ms = 60000, .idle_poll_ms = 20000};
  TaiSyncPorts ports = {.store = TAI_VISIT_STORE (self->store),
                        .outbox = TAI_OUTBOX (self->store),
                        .headquarters = TAI_HEADQUARTERS (self->line),
                        .desk = self->desk,
                        .clock = self->clock,
                        .entropy = self->entropy};
  g_autoptr (GError) error = NULL;

  settings.batch = tai_sim_net_draw (self->net, 2) ? 1 : 3;
  self->sync = tai_sync_new (&ports, TAI_DESTINATION_HQ, &settings);
  tai_sim_must (tai_sync_start (self->sync, &error), error);
}

/* What the program before left placed. */
static void
take_over (TaiSimTerminal *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->keeps_visits) {
    tai_sim_must (tai_desk_abandon_unpaid (self->desk, NULL, &error), error);
    /* what has money in it is fetched all the same */
    self->recovered = tai_desk_recover_visits (self->desk, &error);
    tai_sim_must (self->recovered != NULL, error);
    return;
  }
  tai_sim_must (tai_store_release_lost_holds (self->store, &error) >= 0, error);
  self->recovered = tai_desk_recover_visits (self->desk, &error);
  tai_sim_must (self->recovered != NULL, error);
  self->n_recovered += self->recovered->len;
}

static void
plug_in_gateway (TaiSimTerminal *self)
{
  g_autoptr (TaiLineGateway) gateway = tai_line_gateway_new (TAI_HEADQUARTERS (self->line));

  tai_desk_set_gateway (self->desk, TAI_TENDER_QR, TAI_PAYMENT_GATEWAY (gateway));
  tai_desk_set_gateway (self->desk, TAI_TENDER_CARD, TAI_PAYMENT_GATEWAY (self->bank));
}

static void keep_paying (TaiSimTerminal *self);

void
tai_sim_terminal_start (TaiSimTerminal *self)
{
  g_autoptr (GError) error = NULL;

  g_assert (self->store == NULL);
  self->dead = FALSE;
  self->steps_to_fail = 0;
  self->store = tai_store_open (tai_sim_disk_get_uri (self->disk), self->terminal, &error);
  tai_sim_must (self->store != NULL, error);
  tai_store_set_fault_hook (self->store, fault_cb, self);
  tai_sim_must (tai_print_queue_recover (TAI_PRINT_QUEUE (self->store), &error), error);
  self->desk = tai_sim_kit_make_desk (self->store, self->terminal, self->clock, self->entropy);
  tai_sim_must (tai_desk_sign_in (self->desk, TAI_SIM_CLERK, TAI_SIM_CLERK, &error), error);
  self->line = tai_sim_line_new (self->net, self->terminal->id);
  plug_in_gateway (self);
  take_over (self);
  keep_paying (self);
  start_sync (self);
}

void
tai_sim_terminal_kill (TaiSimTerminal *self)
{
  self->dead = TRUE; /* the store fails whatever is still tried */
  tai_sync_stop (self->sync);
  tai_sim_line_cut (self->line);
  g_clear_object (&self->sync);
  g_clear_object (&self->line);
  g_clear_pointer (&self->recovered, g_ptr_array_unref);
  g_ptr_array_set_size (self->paying, 0);
  g_clear_object (&self->desk);
  g_clear_object (&self->store);
}

void
tai_sim_terminal_restart_if_dead (TaiSimTerminal *self)
{
  if (!self->dead)
    return;
  tai_sim_terminal_kill (self);
  tai_sim_terminal_start (self);
}

/* Customers ---------------------------------------------------------------------------------------------------------- */

static TaiIdentity *
make_identity (guint person)
{
  TaiIdentity *identity = tai_identity_new (TAI_DOCUMENT_CITIZEN, TAI_IDENTITY_READ_EMULATED);
  g_autofree char *seventeen = g_strdup_printf ("9900001990010100%u", person % 10);

  identity->name = g_strdup ("测试甲");
  identity->number = g_strdup_printf ("%s%c", seventeen, tai_id_number_check_digit (seventeen));
  identity->sex = '1';
  identity->birth = (TaiDate){1990, 1, 1};
  identity->valid_from = (TaiDate){2020, 1, 1};
  identity->valid_until = (TaiDate){2040, 1, 1};
  return identity;
}

static gboolean
add_new_line (TaiSimTerminal *self, TaiVisit *visit, guint person, GError **error)
{
  const TaiMoney listed = tai_money (0, 0);
  guint index = (self->first_resource + self->n_taken++) % TAI_SIM_N_NUMBERS;
  g_autofree char *number = tai_sim_kit_number (self->index, index);
  g_autofree char *sim = tai_sim_kit_sim (self->index, index);
  TaiDesk *desk = self->desk;
  TaiOrder *order;

  if (!tai_desk_identify (desk, visit, make_identity (person), error))
    return FALSE;
  order = tai_desk_add_order (desk, visit, "new_line", error);
  if (order == NULL)
    return FALSE;
  g_hash_table_insert (self->people, g_strdup (order->id.text), GUINT_TO_POINTER (person + 1));
  return tai_desk_add_offering (desk, visit, order, "plan-59", 1, listed, error) &&
         tai_desk_add_offering (desk, visit, order, "sim-card", 1, listed, error) &&
         tai_desk_add_offering (desk, visit, order, "vas-caller", 1, listed, error) &&
         tai_desk_give_consent (desk, visit, order, "vas-caller", error) &&
         tai_desk_choose_number (desk, visit, order, number, error) &&
         tai_desk_choose_sim (desk, visit, order, sim, error);
}

static gboolean
add_top_up (TaiSimTerminal *self, TaiVisit *visit, gint64 amount_minor, GError **error)
{
  TaiOrder *order = tai_desk_add_order (self->desk, visit, "top_up", error);

  return order != NULL && tai_desk_set_target (self->desk, visit, order, "15900000000", error) &&
         tai_desk_add_offering (self->desk, visit, order, "topup", 1, tai_money (amount_minor, TAI_CNY),
                                error);
}

static gboolean
pay (TaiSimTerminal *self, TaiVisit *visit, GError **error)
{
  TaiMoney received = tai_money ((tai_visit_get_due (visit).minor + 9999) / 10000 * 10000, TAI_CNY);

  if (!tai_desk_pay_cash (self->desk, visit, received, NULL, error))
    return FALSE;
  g_ptr_array_add (self->receipts, g_strdup (tai_visit_get_receipt_number (visit)));
  return TRUE;
}

/* A code that he shows, or one that we show; what comes of it is seen later. */
static gboolean
pay_by_qr (TaiSimTerminal *self, TaiVisit *visit, TaiSimWish wish, guint person, GError **error)
{
  TaiTenderRequest cash = {.tender = TAI_TENDER_CASH,
                           .amount = tai_money (tai_visit_get_due (visit).minor / 3, TAI_CNY)};
  TaiTenderRequest qr = {
      .tender = TAI_TENDER_QR, .provider = "wechat", .pay_code = person % 3 ? "130000000000000001" : NULL};

  if ((wish & TAI_SIM_SPLIT) && cash.amount.minor > 0 &&
      !tai_desk_pay (self->desk, visit, &cash, NULL, error))
    return FALSE;
  g_ptr_array_add (self->paying, g_object_ref (visit));
  self->n_qr++;
  return tai_desk_pay (self->desk, visit, &qr, NULL, error);
}

/* What becomes of it is drawn from who he is: he pays, waits until he is given up, has no money, or pays when he is sent away; and the
 * line to the bank terminal loses this or that. */
static gboolean
pay_by_card (TaiSimTerminal *self, TaiVisit *visit, guint person, gint64 amount_minor, GError **error)
{
  TaiTenderRequest card = {.tender = TAI_TENDER_CARD};
  static const TaiCustomer customers[] = {TAI_CUSTOMER_PAYS, TAI_CUSTOMER_PAYS, TAI_CUSTOMER_REFUSES,
                                          TAI_CUSTOMER_WAITS, TAI_CUSTOMER_PAYS_IN_CANCEL};

  if (amount_minor % 3 == 0)
    tai_fake_gateway_push (self->bank, (TaiGatewayFault)(amount_minor / 3 % (TAI_GATEWAY_FAULT_BROKEN + 1)));
  tai_fake_gateway_set_customer (self->bank, customers[(person + amount_minor) % G_N_ELEMENTS (customers)]);
  g_ptr_array_add (self->paying, g_object_ref (visit));
  self->n_qr++;
  return tai_desk_pay (self->desk, visit, &card, NULL, error);
}

/* Of the stock, the next one or the one before once more. FALSE: a fault. */
static gboolean
give_coupon (TaiSimTerminal *self, TaiVisit *visit, guint person, GError **error)
{
  gboolean is_used = person % 4 == 0 && self->n_coupons > 0;
  g_autofree char *number = tai_sim_kit_coupon (self->index, is_used ? self->n_coupons - 1 : self->n_coupons);
  TaiTenderRequest coupon = {.tender = TAI_TENDER_COUPON, .number = number};
  g_autoptr (GError) local_error = NULL;

  if (!is_used && self->n_coupons == TAI_SIM_N_COUPONS)
    return TRUE;
  self->n_coupons += is_used ? 0 : 1;
  if (tai_desk_pay (self->desk, visit, &coupon, NULL, &local_error) ||
      (is_used && g_error_matches (local_error, TAI_CORE_ERROR, TAI_CORE_ERROR_COUPON_USED)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
serve (TaiSimTerminal *self, TaiVisit *visit, TaiSimWish wish, guint person, gint64 amount_minor,
       GError **error)
{
  if (((wish & TAI_SIM_TOP_UP) && !add_top_up (self, visit, amount_minor, error)) ||
      ((wish & TAI_SIM_NEW_LINE) && !add_new_line (self, visit, person, error)) ||
      !tai_desk_sign (self->desk, visit, error) || !tai_desk_place (self->desk, visit, error))
    return FALSE;
  if (wish & TAI_SIM_CHANGES_HIS_MIND) {
    tai_desk_abandon (self->desk, visit, error);
    return FALSE;
  }
  if ((wish & TAI_SIM_COUPON) && tai_visit_get_due (visit).minor > 0 &&
      !give_coupon (self, visit, person, error))
    return FALSE;
  if (tai_visit_get_state (visit) == TAI_VISIT_CLOSED) { /* it was worth all of it */
    g_ptr_array_add (self->receipts, g_strdup (tai_visit_get_receipt_number (visit)));
    return TRUE;
  }
  if ((wish & TAI_SIM_CARD) && tai_visit_get_due (visit).minor > 0) {
    pay_by_card (self, visit, person, amount_minor, error);
    return FALSE;
  }
  if (tai_visit_get_payments (visit)->len > 0 &&
      !(wish & TAI_SIM_QR)) { /* the rest in cash, when it is looked at */
    g_ptr_array_add (self->paying, g_object_ref (visit));
    return FALSE;
  }
  if ((wish & TAI_SIM_QR) && tai_visit_get_due (visit).minor > 0) {
    pay_by_qr (self, visit, wish, person, error);
    return FALSE;
  }
  return pay (self, visit, error);
}

/* TRUE: nothing of it is left to be done. */
static gboolean
look_at (TaiSimTerminal *self, TaiVisit *visit)
{
  gboolean was_full = self->steps_to_fail > 0;
  g_autoptr (GError) error = NULL;

  if (tai_visit_get_state (visit) == TAI_VISIT_CLOSED) {
    g_ptr_array_add (self->receipts, g_strdup (tai_visit_get_receipt_number (visit)));
    self->n_qr_paid++;
    tai_sync_poke (self->sync);
    return TRUE;
  }
  if (tai_visit_get_open_payment (visit) != NULL)
    return FALSE;
  if (!pay (self, visit, &error)) {
    if (!self->dead && !was_full && !g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_TAKEN))
      g_error ("simulator: a visit whose payment ended failed without a fault: %s", error->message);
    return FALSE;
  }
  self->n_qr_not++;
  tai_sync_poke (self->sync);
  return TRUE;
}

void
tai_sim_terminal_look (TaiSimTerminal *self)
{
  for (guint i = self->paying->len; i > 0 && !self->dead; i--)
    if (look_at (self, g_ptr_array_index (self->paying, i - 1)))
      g_ptr_array_remove_index (self->paying, i - 1);
}

/* Those with money in them do not wait for anybody's wish. */
static void
keep_paying (TaiSimTerminal *self)
{
  for (guint i = self->recovered != NULL ? self->recovered->len : 0; i > 0; i--) {
    TaiVisit *visit = g_ptr_array_index (self->recovered, i - 1);
    if (tai_visit_get_payments (visit)->len > 0)
      g_ptr_array_add (self->paying, g_ptr_array_steal_index (self->recovered, i - 1));
  }
}

guint
tai_sim_terminal_settle (TaiSimTerminal *self, gboolean pays)
{
  gboolean was_full = self->steps_to_fail > 0;
  guint n = 0;

  while (self->recovered != NULL && self->recovered->len > 0) {
    g_autoptr (TaiVisit) visit = g_ptr_array_steal_index (self->recovered, 0);
    g_autoptr (GError) error = NULL;

    if (pays ? pay (self, visit, &error) : tai_desk_abandon (self->desk, visit, &error))
      n++;
    else if (!self->dead && !was_full)
      g_error ("simulator: a recovered visit failed without a fault: %s", error->message);
  }
  return n;
}

gboolean
tai_sim_terminal_serve (TaiSimTerminal *self, TaiSimWish wish, guint person, gint64 amount_minor)
{
  gboolean was_full = self->steps_to_fail > 0;
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GError) error = NULL;

  g_assert ((wish & TAI_SIM_NEW_LINE) == 0 || self->n_taken < TAI_SIM_N_NUMBERS);
  visit = tai_desk_begin_visit (self->desk, &error);
  if (visit != NULL && serve (self, visit, wish, person, amount_minor, &error)) {
    if (!self->dead)
      tai_sync_poke (self->sync);
    return TRUE;
  }
  if (error != NULL && !self->dead && !was_full)
    g_error ("simulator: a visit failed without a fault: %s", error->message);
  return FALSE;
}

void
tai_sim_terminal_move_cash (TaiSimTerminal *self, gboolean drops)
{
  gboolean was_full = self->steps_to_fail > 0;
  g_autofree char *bag = g_strdup_printf ("B%u-%u", self->index, ++self->n_bags);
  TaiCashRequest request = {.move = drops ? TAI_CASH_DROP : TAI_CASH_IN,
                            .amount = tai_money (MOVED_MINOR, TAI_CNY),
                            .bag = drops ? bag : NULL};
  g_autoptr (GError) error = NULL;

  if (self->dead)
    return;
  if (!tai_desk_move_cash (self->desk, &request, &error) && !self->dead && !was_full)
    g_error ("simulator: cash that moves failed without a fault: %s", error->message);
  if (!self->dead)
    tai_sync_poke (self->sync);
}

/* The first way of those that are left. */
static gboolean
give_back (TaiSimTerminal *self, const char *order, guint chance, GError **error)
{
  static const TaiCustomer fates[] = {TAI_CUSTOMER_PAYS, TAI_CUSTOMER_PAYS, TAI_CUSTOMER_REFUSES,
                                      TAI_CUSTOMER_WAITS};
  g_autoptr (GPtrArray) parts = tai_desk_list_refund_parts (self->desk, order, error);
  guint n[TAI_REFUND_BY_SLIP + 1] = {0};

  if (parts == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    n[((const TaiRefundPart *)g_ptr_array_index (parts, i))->way]++;
  self->n_refunds++;
  if (n[TAI_REFUND_BY_GATEWAY] > 0) {
    tai_fake_gateway_set_customer (self->bank, fates[chance % G_N_ELEMENTS (fates)]);
    if (chance % 3 == 0)
      tai_fake_gateway_push (self->bank, (TaiGatewayFault)(chance / 3 % (TAI_GATEWAY_FAULT_BROKEN + 1)));
    return tai_desk_begin_refund (self->desk, order, NULL, error);
  }
  return n[TAI_REFUND_BY_SLIP] > 0 ? tai_desk_pay_refund_by_slip (self->desk, order, "R-1", NULL, error)
                                   : tai_desk_pay_refund (self->desk, order, NULL, error);
}

/* Another of the visit is under way, or the drawer has not so much. */
static gboolean
may_wait (const GError *error)
{
  return g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_OPEN) ||
         g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DRAWER_SHORT);
}

void
tai_sim_terminal_give_back (TaiSimTerminal *self, guint chance)
{
  TaiOrderFilter filter = {.only_unfinished = TRUE, .limit = 1000};
  gboolean was_full = self->steps_to_fail > 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = NULL;

  if (self->dead)
    return;
  orders = tai_visit_store_list_orders (TAI_VISIT_STORE (self->store), &filter, &error);
  for (guint i = orders != NULL ? orders->len : 0; i > 0; i--)
    if (((const TaiOrder *)g_ptr_array_index (orders, i - 1))->refund_due.minor <= 0)
      g_ptr_array_remove_index (orders, i - 1);
  if (orders != NULL &&
      (orders->len == 0 ||
       give_back (self, ((const TaiOrder *)g_ptr_array_index (orders, chance % orders->len))->id.text, chance,
                  &error)))
    tai_sync_poke (self->sync);
  else if (!self->dead && !was_full && !may_wait (error))
    g_error ("simulator: money back failed without a fault: %s", error->message);
}

static gboolean
look_whether_quiet (TaiSimTerminal *self)
{
  static const char text[] =
      "SELECT EXISTS (SELECT 1 FROM outbox WHERE state NOT IN ('acknowledged', 'superseded')) OR EXISTS "
      "(SELECT 1 FROM customer_order WHERE state IN ('paid', 'sent', 'acknowledged', 'inProgress', 'held', "
      "'pending')) OR EXISTS (SELECT 1 FROM payment WHERE in_doubt = 1 OR (original_id IS NOT NULL AND "
      "last_state NOT IN ('succeeded', 'failed'))) OR EXISTS (SELECT 1 FROM debt WHERE state = 'asked')";
  sqlite3_stmt *statement = tai_sim_disk_prepare (self->disk, text);
  gboolean quiet;

  tai_sim_must (sqlite3_step (statement) == SQLITE_ROW, NULL);
  quiet = sqlite3_column_int (statement, 0) == 0;
  sqlite3_reset (statement);
  return quiet;
}

gboolean
tai_sim_terminal_is_quiet (TaiSimTerminal *self)
{
  guint32 n_commits = tai_sim_disk_count_commits (self->disk);

  if (self->paying->len > 0)
    return FALSE;
  if (self->looked_at != n_commits)
    self->was_quiet = look_whether_quiet (self);
  self->looked_at = n_commits;
  return self->was_quiet;
}
