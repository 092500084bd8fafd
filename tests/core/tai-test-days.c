/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-test-days.h"

#include "tai-fake-gateway.h"
#include "tai-till-report.h"

#define DAY_MS (24 * 60 * 60 * 1000)
/* Of the store, about, that a refund takes until it is settled; the power may go at any of them. */
#define STEPS_OF_REFUND 60

typedef enum { HOUSE_BANK, HOUSE_WALLET, N_HOUSES } HouseKind;

/* Who takes money by card or QR and gives it back; they outlive the program. */
typedef struct {
  TaiFakeGateway *gateway;
  gint64 kept;      /* by the books */
  gint64 by_slip;   /* given back by a slip, of which they know nothing */
  gint64 n_returns; /* refunds that the books have of them */
  gint64 put_right; /* what went twice and somebody said was put right, of which they know nothing either */
} House;

/* A refund of which a person said that it did not go; what was owed was given back by a slip then. */
typedef struct {
  char *id; /* (owned) the order's */
  gint64 minor;
  HouseKind house;
  gboolean is_twice;
} GivenUp;

static void
given_up_free (gpointer data)
{
  g_free (((GivenUp *)data)->id);
  g_free (data);
}

/* An order that is owed, as far as it is. */
typedef struct {
  char *id; /* (owned) */
  gint64 cash, by_house;
  HouseKind house;
  gboolean is_asked; /* what the house has is asked back */
  gboolean has_failed;
} Debt;

static void
debt_free (gpointer data)
{
  g_free (((Debt *)data)->id);
  g_free (data);
}

/* What the hall should look like. Minor units. */
typedef struct {
  TaiDeskRig *rig;
  GRand *chance;
  gint64 drawer, safe, bank, over_short, opening_difference, cheques;
  guint n_closed;        /* days of the hall */
  guint n_twice;         /* refunds that went twice, ever */
  gint64 sold, refunded; /* of the day */
  guint n_sales;
  GPtrArray *owed;     /* (element-type Debt) orders that are refused and not paid out */
  GPtrArray *given_up; /* (element-type GivenUp) not known, or gone twice and not put right */
  GHashTable *bags;    /* number → minor, not at the bank */
  House houses[N_HOUSES];
  guint n_bags;
  gboolean is_supervisor;
  TaiTestDayFunc look; /* (nullable) */
  gpointer data;
} Hall;

static void
hall_clear (Hall *self)
{
  g_rand_free (self->chance);
  g_ptr_array_unref (self->owed);
  g_ptr_array_unref (self->given_up);
  for (guint i = 0; i < N_HOUSES; i++)
    g_clear_object (&self->houses[i].gateway);
  g_hash_table_unref (self->bags);
  tai_desk_rig_free (self->rig);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hall, hall_clear)

static gint64
draw (Hall *self, gint64 from, gint64 to)
{
  return from + (gint64)g_rand_double_range (self->chance, 0, (double)(to - from + 1));
}

/* No macro: chance is asked once. */
static gint64
at_least_0 (gint64 minor)
{
  return MAX (0, minor);
}

static void
sign_in (Hall *self, const char *number)
{
  tai_desk_rig_sign_in (self->rig, number);
  self->is_supervisor = g_str_equal (number, RIG_SUPERVISOR);
}

static gint64
balance_of (Hall *self, const char *account)
{
  return tai_desk_rig_number (self->rig, "SELECT coalesce (sum (minor), 0) FROM balance WHERE account = '%s'",
                              account);
}

/* A clerk needs another's yes for some of it; a supervisor at his own desk needs another supervisor, of whom there is none. */
static gboolean
approve_if_asked (Hall *self, GError **error)
{
  if (*error == NULL || (*error)->code != TAI_CORE_ERROR_APPROVAL)
    return FALSE;
  g_clear_error (error);
  if (self->is_supervisor)
    return FALSE;
  MUST (tai_desk_approve (self->rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  return TRUE;
}

static void
plug_in (Hall *self)
{
  static const TaiTender tenders[N_HOUSES] = {[HOUSE_BANK] = TAI_TENDER_CARD, [HOUSE_WALLET] = TAI_TENDER_QR};

  for (guint i = 0; i < N_HOUSES; i++)
    tai_desk_set_gateway (self->rig->desk, tenders[i], TAI_PAYMENT_GATEWAY (self->houses[i].gateway));
}

/* The program ends, at whatever, and starts again. */
static void
restart (Hall *self)
{
  self->rig->steps_left = -1;
  tai_desk_rig_restart (self->rig);
  plug_in (self);
  MUST (tai_desk_recover_payments (self->rig->desk, &E));
}

/* What happens --------------------------------------------------------------------------------------------------------- */

/* Headquarters does not want some of them. */
static void
maybe_reject (Hall *self, const TaiOrder *order, gint64 cash, gint64 by_house, HouseKind house, gint64 one_in)
{
  Debt *debt;

  if (draw (self, 1, one_in) > 1)
    return;
  MUST (tai_desk_apply_order_state (self->rig->desk, order->id.text, TAI_ORDER_REJECTED, "line_closed", &E));
  debt = g_new0 (Debt, 1);
  *debt = (Debt){.id = g_strdup (order->id.text), .cash = cash, .by_house = by_house, .house = house};
  g_ptr_array_add (self->owed, debt);
}

static void
sell (Hall *self)
{
  gint64 amount = draw (self, 100, 40000);
  gint64 received = amount + draw (self, 0, 3) * draw (self, 0, 5000);
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (self->rig);
  const TaiOrder *order;
  TaiMoney change;

  tai_desk_rig_add_top_up (self->rig, visit, amount);
  tai_desk_rig_place (self->rig, visit);
  if (received > amount && draw (self, 0, 9) == 0)
    REFUSED (TAI_CORE_ERROR_CASH_SHORT,
             tai_desk_pay_cash (self->rig->desk, visit, CNY (amount - 1), NULL, &E));
  MUST (tai_desk_pay_cash (self->rig->desk, visit, CNY (received), &change, &E));
  g_assert_cmpint (change.minor, ==, received - amount);
  self->drawer += amount;
  self->sold += amount;
  self->n_sales++;
  order = g_ptr_array_index (tai_visit_get_orders (visit), 0);
  maybe_reject (self, order, amount, 0, HOUSE_BANK, 4);
}

/* By card or by QR, sometimes a part of it in cash before. */
static void
sell_by_house (Hall *self)
{
  HouseKind kind = (HouseKind)draw (self, 0, N_HOUSES - 1);
  gint64 amount = draw (self, 200, 40000), cash = draw (self, 0, 2) == 0 ? draw (self, 1, amount - 1) : 0;
  TaiTenderRequest part = {.tender = TAI_TENDER_CASH, .amount = CNY (cash)};
  TaiTenderRequest rest = {.tender = kind == HOUSE_BANK ? TAI_TENDER_CARD : TAI_TENDER_QR,
                           .pay_code = kind == HOUSE_BANK ? NULL : "130000000000000001"};
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (self->rig);

  tai_desk_rig_add_top_up (self->rig, visit, amount);
  tai_desk_rig_place (self->rig, visit);
  if (cash > 0)
    MUST (tai_desk_pay (self->rig->desk, visit, &part, NULL, &E));
  tai_fake_gateway_set_customer (self->houses[kind].gateway, TAI_CUSTOMER_PAYS);
  MUST (tai_desk_pay (self->rig->desk, visit, &rest, NULL, &E));
  tai_fake_clock_advance (self->rig->clock, 2000);
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_CLOSED);
  self->drawer += cash;
  self->houses[kind].kept += amount - cash;
  self->sold += amount;
  self->n_sales++;
  maybe_reject (self, g_ptr_array_index (tai_visit_get_orders (visit), 0), cash, amount - cash, kind, 2);
}

/* A cheque covers a part, cash the rest; sometimes the cheque is handed back before that. */
static void
split (Hall *self)
{
  gint64 amount = draw (self, 200, 40000), part = draw (self, 1, amount - 1);
  g_autofree char *number = g_strdup_printf ("C-%u", ++self->n_bags);
  const TaiTenderRequest cheque = {
      .tender = TAI_TENDER_OTHER, .provider = "cheque", .amount = CNY (part), .number = number};
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (self->rig);

  tai_desk_rig_add_top_up (self->rig, visit, amount);
  tai_desk_rig_place (self->rig, visit);
  MUST (tai_desk_pay (self->rig->desk, visit, &cheque, NULL, &E));
  if (draw (self, 0, 4) == 0) { /* void: nothing moved in the end */
    const TaiPayment *paid = g_ptr_array_index (tai_visit_get_payments (visit), 0);

    MUST (tai_desk_cancel_payment (self->rig->desk, visit, paid->id.text, &E));
    MUST (tai_desk_abandon (self->rig->desk, visit, &E));
    return;
  }
  g_assert_cmpint (tai_visit_get_due (visit).minor, ==, amount - part);
  MUST (tai_desk_pay_cash (self->rig->desk, visit, CNY (amount - part), NULL, &E));
  self->drawer += amount - part;
  self->cheques += part;
  self->sold += amount;
  self->n_sales++;
}

/* What went of it, as the newest refund of its order says. */
static void
look_at (Hall *self, Debt *debt)
{
  House *house = &self->houses[debt->house];
  g_autofree char *state = tai_desk_rig_rows (
      self->rig,
      "SELECT p.last_state FROM payment p JOIN allocation a ON a.payment_n = p.n JOIN customer_order o ON o.n = a.order_n"
      " WHERE o.id = '%s' AND p.original_id IS NOT NULL ORDER BY p.n DESC LIMIT 1",
      debt->id);

  if (!debt->is_asked)
    return;
  if (g_str_equal (state, "succeeded")) {
    house->kept -= debt->by_house;
    house->n_returns++;
    self->refunded += debt->by_house;
    debt->by_house = 0;
    debt->is_asked = FALSE;
  } else if (g_str_equal (state, "failed") || g_str_equal (state, "")) {
    debt->is_asked = FALSE;
    debt->has_failed = TRUE;
  }
}

/* What its house says in the end: it did not go, or it has gone twice. */
static void
look_at_given_up (Hall *self, GivenUp *one)
{
  House *house = &self->houses[one->house];
  g_autofree char *said = tai_desk_rig_rows (
      self->rig,
      "SELECT p.last_state || (SELECT ' ' || coalesce (substr (e.detail, 1, 10), '') FROM payment_event e WHERE "
      "e.k BETWEEN p.n * 64 AND p.n * 64 + 63 ORDER BY e.k DESC LIMIT 1) FROM payment p JOIN allocation a ON "
      "a.payment_n = p.n JOIN customer_order o ON o.n = a.order_n WHERE o.id = '%s' AND p.original_id IS NOT NULL "
      "AND p.released = 1",
      one->id);

  if (g_str_has_prefix (said, "failed"))
    g_ptr_array_remove (self->given_up, one);
  else if (!one->is_twice && g_str_equal (said, "unknown gone_twice")) {
    one->is_twice = TRUE;
    self->n_twice++;
    house->kept -= one->minor;
    house->n_returns++;
  }
}

static void
look_around (Hall *self)
{
  for (guint i = self->given_up->len; i > 0; i--)
    look_at_given_up (self, g_ptr_array_index (self->given_up, i - 1));
  for (guint i = self->owed->len; i > 0; i--) {
    Debt *debt = g_ptr_array_index (self->owed, i - 1);
    look_at (self, debt);
    if (debt->cash + debt->by_house == 0)
      g_ptr_array_remove_index (self->owed, i - 1);
  }
}

/* So that nobody has to wait for a gateway: neither a count nor a close. */
static void
let_doubt_come (Hall *self)
{
  for (guint i = 0; i < self->owed->len; i++)
    if (((Debt *)g_ptr_array_index (self->owed, i))->is_asked) {
      tai_fake_clock_advance (self->rig->clock, 4 * 60000);
      look_around (self);
      return;
    }
}

/* The drawer goes to the other clerk; the count may be a little off. */
static void
hand_over (Hall *self)
{
  const char *giver = tai_desk_get_staff (self->rig->desk)->number;
  const char *taker = g_str_equal (giver, RIG_CLERK) ? RIG_CLERK_2 : RIG_CLERK;
  gint64 counted = at_least_0 (self->drawer + (draw (self, 0, 3) == 0 ? draw (self, -400, 400) : 0));
  g_autoptr (TaiTillReport) z = NULL;

  if (draw (self, 0, 2) > 0)
    return;
  let_doubt_come (self);
  MUST (z = tai_desk_hand_over_till (self->rig->desk, CNY (counted), taker, taker, &E));
  g_assert_true (z->is_z);
  g_assert_cmpint (z->drawer_expected.minor, ==, self->drawer);
  g_assert_cmpint (z->broken_seq, ==, 0);
  self->over_short += self->drawer - counted;
  self->drawer = counted;
  self->is_supervisor = FALSE;
}

/* Changes his mind before he pays: nothing moves. */
static void
walk_away (Hall *self)
{
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (self->rig);

  tai_desk_rig_add_top_up (self->rig, visit, draw (self, 100, 40000));
  if (draw (self, 0, 1))
    tai_desk_rig_place (self->rig, visit);
  MUST (tai_desk_abandon (self->rig->desk, visit, &E));
}

/* @steps: of the store, until it fails; -1: it does not */
static void
begin_refund (Hall *self, Debt *debt, gint steps)
{
  g_autoptr (GError) error = NULL;

  debt->is_asked = TRUE;
  for (guint i = 0; i < 2; i++) {
    self->rig->steps_left = steps;
    if (tai_desk_begin_refund (self->rig->desk, debt->id, NULL, &error))
      return;
    self->rig->steps_left = -1;
    if (!approve_if_asked (self, &error))
      break;
  }
  g_assert_true (error == NULL || steps >= 0);
}

/* Asked back where it is: it goes, is refused, or takes its time; a request or an answer is lost; the disk is full or the power goes. */
static void
ask_back (Hall *self, Debt *debt)
{
  static const TaiCustomer fates[] = {TAI_CUSTOMER_PAYS, TAI_CUSTOMER_PAYS, TAI_CUSTOMER_PAYS,
                                      TAI_CUSTOMER_REFUSES, TAI_CUSTOMER_WAITS};
  TaiFakeGateway *gateway = self->houses[debt->house].gateway;
  const char *clerk = tai_desk_get_staff (self->rig->desk)->number;
  g_autofree char *number = g_strdup (clerk);

  tai_fake_gateway_set_customer (gateway, fates[draw (self, 0, G_N_ELEMENTS (fates) - 1)]);
  if (draw (self, 0, 1))
    tai_fake_gateway_stand (gateway, (TaiGatewayFault)draw (self, 0, TAI_GATEWAY_FAULT_BROKEN));
  begin_refund (self, debt, draw (self, 0, 2) == 0 ? (gint)draw (self, 0, STEPS_OF_REFUND) : -1);
  tai_fake_clock_advance (self->rig->clock, (gint64)draw (self, 0, 20) * 1000);
  self->rig->steps_left = -1;
  tai_fake_gateway_stand (gateway, TAI_GATEWAY_FAULT_NONE);
  if (draw (self, 0, 3) == 0) {
    restart (self);
    sign_in (self, number);
  }
  look_around (self);
}

/* Cash out of the drawer; with a slip also what a house did not give back. */
static void
pay_out_cash (Hall *self, Debt *debt)
{
  const char *slip = debt->by_house > 0 ? "R-77" : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *order = g_strdup (debt->id);
  TaiMoney paid;
  gboolean done = FALSE;

  for (guint i = 0; i < 2 && !done && (i == 0 || approve_if_asked (self, &error)); i++)
    done = slip != NULL ? tai_desk_pay_refund_by_slip (self->rig->desk, debt->id, slip, &paid, &error)
                        : tai_desk_pay_refund (self->rig->desk, debt->id, &paid, &error);
  if (!done) {
    g_assert_true (error == NULL || error->code == TAI_CORE_ERROR_DRAWER_SHORT);
    return;
  }
  g_assert_cmpint (paid.minor, ==, debt->cash + debt->by_house);
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_refund (self->rig->desk, order, NULL, &E));
  self->drawer -= debt->cash;
  self->houses[debt->house].kept -= debt->by_house;
  self->houses[debt->house].by_slip += debt->by_house;
  self->refunded += paid.minor;
  g_ptr_array_remove (self->owed, debt);
}

static gboolean
decide_not_gone (Hall *self, const char *order)
{
  g_autoptr (GError) error = NULL;

  return tai_desk_decide_refund (self->rig->desk, order, TAI_PAYMENT_DECISION_NOT_PAID, &error) ||
         (approve_if_asked (self, &error) &&
          tai_desk_decide_refund (self->rig->desk, order, TAI_PAYMENT_DECISION_NOT_PAID, &error));
}

/* Nobody answers for it: a person says that it did not go, and it is given back with a slip before it is heard of. */
static void
give_up (Hall *self, Debt *debt)
{
  GivenUp *one;

  tai_fake_clock_advance (self->rig->clock, 3 * 60000);
  look_at (self, debt);
  if (!debt->is_asked || debt->cash > self->drawer)
    return;
  if (self->is_supervisor) /* who may decide alone, but not always pay out alone */
    return;
  if (!decide_not_gone (self, debt->id))
    return;
  one = g_new0 (GivenUp, 1);
  *one = (GivenUp){.id = g_strdup (debt->id), .minor = debt->by_house, .house = debt->house};
  g_ptr_array_add (self->given_up, one);
  debt->is_asked = FALSE;
  pay_out_cash (self, debt);
  g_assert_false (g_ptr_array_find (self->owed, debt, NULL));
}

/* With the bank or the customer. */
static void
put_right (Hall *self)
{
  for (guint i = self->given_up->len; i > 0; i--) {
    GivenUp *one = g_ptr_array_index (self->given_up, i - 1);
    if (!one->is_twice || !decide_not_gone (self, one->id))
      continue;
    self->houses[one->house].kept += one->minor;
    self->houses[one->house].put_right += one->minor;
    g_ptr_array_remove_index (self->given_up, i - 1);
    return;
  }
}

static void
pay_out (Hall *self)
{
  Debt *debt;

  if (self->owed->len == 0)
    return;
  debt = g_ptr_array_index (self->owed, (guint)draw (self, 0, self->owed->len - 1));
  if (debt->is_asked && draw (self, 0, 1) == 0)
    give_up (self, debt);
  else if (debt->is_asked) {
    REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN, tai_desk_begin_refund (self->rig->desk, debt->id, NULL, &E));
    REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN,
             tai_desk_pay_refund_by_slip (self->rig->desk, debt->id, "R-1", NULL, &E));
  } else if (debt->by_house > 0 && (!debt->has_failed || draw (self, 0, 2) > 0))
    ask_back (self, debt);
  else
    pay_out_cash (self, debt);
}

static gboolean
move (Hall *self, const TaiCashRequest *request)
{
  g_autoptr (GError) error = NULL;
  gboolean done = tai_desk_move_cash (self->rig->desk, request, &error) ||
                  (approve_if_asked (self, &error) && tai_desk_move_cash (self->rig->desk, request, &error));

  g_assert_true (done || error == NULL || error->code == TAI_CORE_ERROR_DRAWER_SHORT);
  return done;
}

static void
move_some (Hall *self)
{
  gint64 amount = draw (self, 1, 30000);

  if (draw (self, 0, 1)) {
    g_assert_true (move (self, &(TaiCashRequest){.move = TAI_CASH_IN, .amount = CNY (amount)}));
    self->safe -= amount;
    self->drawer += amount;
  } else if (move (self,
                   &(TaiCashRequest){.move = TAI_CASH_OUT, .amount = CNY (amount), .reason = "change"})) {
    self->safe += amount;
    self->drawer -= amount;
  }
}

static void
drop (Hall *self)
{
  gint64 amount = draw (self, 1, 50000);
  g_autofree char *bag = g_strdup_printf ("B-%05u", ++self->n_bags);

  if (!move (self, &(TaiCashRequest){.move = TAI_CASH_DROP, .amount = CNY (amount), .bag = bag}))
    return;
  self->drawer -= amount;
  REFUSED (TAI_CORE_ERROR_BAG_KNOWN,
           tai_desk_move_cash (self->rig->desk,
                               &(TaiCashRequest){.move = TAI_CASH_DROP, .amount = CNY (1), .bag = bag}, &E));
  g_hash_table_insert (self->bags, g_steal_pointer (&bag), GINT_TO_POINTER ((int)amount));
}

static void
bank (Hall *self)
{
  GHashTableIter iter;
  gpointer bag, amount;

  g_hash_table_iter_init (&iter, self->bags);
  if (!g_hash_table_iter_next (&iter, &bag, &amount))
    return;
  if (!move (self, &(TaiCashRequest){.move = TAI_CASH_BANK_DEPOSIT,
                                     .amount = CNY (GPOINTER_TO_INT (amount)),
                                     .bag = bag,
                                     .slip = "ICBC-1"}))
    return;
  self->bank += GPOINTER_TO_INT (amount);
  g_hash_table_iter_remove (&iter);
}

/* The day -------------------------------------------------------------------------------------------------------------- */

static void
open_till (Hall *self, gboolean is_first)
{
  gint64 counted = is_first
                       ? RIG_FLOAT
                       : at_least_0 (self->drawer + (draw (self, 0, 4) == 0 ? draw (self, -300, 300) : 0));

  MUST (tai_desk_open_till (self->rig->desk, CNY (counted), &E));
  if (is_first)
    self->safe -= counted;
  else
    self->opening_difference += self->drawer - counted;
  self->drawer = counted;
}

/* The last figure is right in two of three days. */
static void
close_till (Hall *self)
{
  gint64 counted = at_least_0 (self->drawer + (draw (self, 0, 2) == 0 ? draw (self, -4000, 4000) : 0));
  g_autoptr (TaiTillReport) report = NULL;
  const TaiShift *shift;

  for (guint tries = 0; report == NULL; tries++) {
    g_autoptr (GError) error = NULL;
    g_assert_cmpuint (tries, <, 4);
    report = tai_desk_close_till (self->rig->desk, CNY (counted), &error);
    if (report != NULL)
      break;
    if (error->code == TAI_CORE_ERROR_RECOUNT)
      continue;
    if (!approve_if_asked (self, &error)) { /* a supervisor alone cannot: the count is right then */
      g_assert_true (self->is_supervisor);
      counted = self->drawer;
    }
  }
  shift = g_ptr_array_index (report->shifts, report->shifts->len - 1);
  g_assert_cmpint (shift->expected.minor, ==, self->drawer);
  g_assert_cmpint (shift->counted.minor, ==, counted);
  self->over_short += self->drawer - counted;
  self->drawer = counted;
}

/* What is claimed of the houses and their customers. */
static gint64
sum_twice (Hall *self)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->given_up->len; i++) {
    const GivenUp *one = g_ptr_array_index (self->given_up, i);
    sum += one->is_twice ? one->minor : 0;
  }
  return sum;
}

static void
check_day (Hall *self, const char *day)
{
  g_autoptr (TaiTillReport) report = NULL;
  gint64 tenders = 0, owed = 0, in_bags = 0, on_way[N_HOUSES] = {0};
  GHashTableIter iter;
  gpointer value;

  g_assert_cmpint (tai_desk_rig_drawer (self->rig), ==, self->drawer);
  g_assert_cmpint (balance_of (self, "safe:H017"), ==, self->safe);
  g_assert_cmpint (balance_of (self, "bank"), ==, self->bank);
  g_assert_cmpint (balance_of (self, "over_short"), ==, self->over_short);
  g_assert_cmpint (balance_of (self, "opening_difference"), ==, self->opening_difference);
  g_assert_cmpint (balance_of (self, "other_clearing:cheque"), ==, self->cheques);
  g_assert_cmpint (balance_of (self, "card_clearing"), ==, self->houses[HOUSE_BANK].kept);
  g_assert_cmpint (balance_of (self, "qr_clearing:wechat"), ==, self->houses[HOUSE_WALLET].kept);
  g_assert_cmpint (balance_of (self, "in_doubt"), ==, 0);
  g_assert_cmpint (balance_of (self, "in_doubt_carried_over"), ==, sum_twice (self));
  g_assert_cmpint (balance_of (self, "part_paid"), ==, 0);
  g_assert_cmpint (
      tai_desk_rig_number (self->rig,
                           "SELECT count (*) FROM posting_set s JOIN customer_order o ON o.n = s.order_n "
                           "WHERE s.shift_id IS NOT o.shift_id"),
      ==, tai_desk_rig_number (self->rig, "SELECT count (*) FROM z_supplement"));
  for (guint i = 0; i < self->owed->len; i++) {
    const Debt *debt = g_ptr_array_index (self->owed, i);
    owed += debt->cash + debt->by_house;
    on_way[debt->house] += debt->is_asked ? debt->by_house : 0;
  }
  for (guint i = 0; i < self->given_up->len; i++) {
    const GivenUp *one = g_ptr_array_index (self->given_up, i);
    on_way[one->house] += one->is_twice ? 0 : one->minor;
  }
  for (guint i = 0; i < N_HOUSES; i++) { /* what a house has given back the books know, or ask for */
    gint64 taken = tai_fake_gateway_get_taken (self->houses[i].gateway) - self->houses[i].by_slip +
                   self->houses[i].put_right;
    g_assert_cmpint (taken, <=, self->houses[i].kept);
    g_assert_cmpint (taken, >=, self->houses[i].kept - on_way[i]);
  }
  g_assert_cmpint (balance_of (self, "refund_due"), ==, -owed);
  g_hash_table_iter_init (&iter, self->bags);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    in_bags += GPOINTER_TO_INT (value);
  g_assert_cmpint (
      tai_desk_rig_number (
          self->rig, "SELECT coalesce (sum (minor), 0) FROM balance WHERE account LIKE 'in_transit:%%'"),
      ==, in_bags);
  MUST (report = tai_visit_store_report (TAI_VISIT_STORE (self->rig->store), day, NULL, &E));
  for (guint i = 0; i < report->by_tender->len; i++)
    tenders += ((TaiReportLine *)g_ptr_array_index (report->by_tender, i))->amount.minor;
  g_assert_cmpint (tenders, ==, self->sold - self->refunded);
  g_assert_cmpint (report->n_orders, ==, self->n_sales);
  g_assert_cmpint (report->drawer_expected.minor, >=, 0);
  tai_desk_rig_assert_sound (self->rig);
}

static void
close_hall (Hall *self, const char *day)
{
  g_autoptr (TaiHallClose) close = NULL;

  if (draw (self, 0, 1))
    return;
  sign_in (self, RIG_SUPERVISOR);
  MUST (close = tai_desk_close_hall (self->rig->desk, &E));
  g_assert_cmpstr (close->business_day, ==, day);
  g_assert_cmpint (close->number, ==, ++self->n_closed);
  g_assert_cmpint (close->drawers.minor, ==, self->drawer);
  g_assert_cmpint (close->safe.minor, ==, self->safe);
  g_assert_cmpint (close->sales.minor, ==, self->sold);
  REFUSED (TAI_CORE_ERROR_DAY_CLOSED, tai_desk_close_hall (self->rig->desk, &E));
}

static void
live_a_day (Hall *self, gboolean is_first)
{
  static void (*const events[]) (Hall *) = {sell,      sell,          sell,      sell,     split,
                                            walk_away, sell_by_house, pay_out,   pay_out,  move_some,
                                            drop,      bank,          hand_over, put_right};
  g_autoptr (TaiShift) shift = NULL;
  guint n = (guint)draw (self, 3, 25);

  self->sold = self->refunded = 0;
  self->n_sales = 0;
  sign_in (self, draw (self, 0, 4) == 0 ? RIG_SUPERVISOR : RIG_CLERK);
  open_till (self, is_first);
  MUST (shift = tai_desk_get_shift (self->rig->desk, &E));
  for (guint i = 0; i < n; i++) {
    events[draw (self, 0, G_N_ELEMENTS (events) - 1)](self);
    tai_fake_clock_advance (self->rig->clock, 60000);
    look_around (self);
    g_assert_cmpint (tai_desk_rig_drawer (self->rig), ==, self->drawer);
  }
  g_clear_pointer (&shift, tai_shift_free);
  MUST (shift = tai_desk_get_shift (self->rig->desk, &E)); /* it may have gone to another */
  if (draw (self, 0, 5) == 0) {                            /* the program ends in the middle of the day */
    restart (self);
    sign_in (self, RIG_CLERK);
  }
  let_doubt_come (self);
  if (draw (self, 0, 3) == 0) /* a stuck shift is closed by another */
    sign_in (self, RIG_SUPERVISOR);
  else if (g_strcmp0 (shift->clerk, tai_desk_get_staff (self->rig->desk)->number) != 0)
    sign_in (self, shift->clerk);
  close_till (self);
  check_day (self, shift->business_day);
  if (self->look != NULL)
    self->look (self->rig, shift->business_day, self->data);
  close_hall (self, shift->business_day);
  if (draw (self, 0, 1))
    for (guint i = 0; i < N_HOUSES; i++)
      tai_fake_gateway_end_waits (self->houses[i].gateway);
  tai_fake_clock_advance (self->rig->clock, DAY_MS - (gint64)n * 60000);
  look_around (self);
}

/* When nothing is lost any more all that was asked back is known: it went once, or it is owed. */
static void
end (Hall *self)
{
  for (guint i = 0; i < N_HOUSES; i++)
    tai_fake_gateway_end_waits (self->houses[i].gateway);
  tai_fake_clock_advance (self->rig->clock, 2 * 3600 * 1000);
  look_around (self);
  for (guint i = 0; i < self->owed->len; i++)
    g_assert_false (((Debt *)g_ptr_array_index (self->owed, i))->is_asked);
  for (guint i = 0; i < self->given_up->len; i++)
    g_assert_true (((GivenUp *)g_ptr_array_index (self->given_up, i))->is_twice);
  g_assert_cmpint (balance_of (self, "in_doubt_carried_over"), ==, sum_twice (self));
  g_test_message ("%u refunds have gone twice, %u of them are not put right", self->n_twice,
                  self->given_up->len);
  for (guint i = 0; i < N_HOUSES; i++) {
    const House *house = &self->houses[i];
    g_assert_cmpint (tai_fake_gateway_get_taken (house->gateway), ==,
                     house->kept + house->by_slip - house->put_right);
    g_assert_cmpint (tai_fake_gateway_get_returns (house->gateway), ==, house->n_returns);
    g_test_message ("house %u: %u refunds asked for, %d gone", i,
                    tai_fake_gateway_get_n_requests (house->gateway, TAI_GATEWAY_REFUND),
                    (int)house->n_returns);
  }
  tai_desk_rig_assert_sound (self->rig);
}

void
tai_test_days_live (guint32 seed, guint n_days, TaiTestDayFunc look, gpointer data)
{
  g_auto (Hall) hall = {.rig = tai_desk_rig_new (),
                        .look = look,
                        .data = data,
                        .chance = g_rand_new_with_seed (seed),
                        .owed = g_ptr_array_new_with_free_func (debt_free),
                        .given_up = g_ptr_array_new_with_free_func (given_up_free),
                        .bags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL)};

  g_test_message ("TAI_DAYS_SEED=%u", seed);
  MUST (tai_desk_set_till_policy (
      hall.rig->desk, &(TaiTillPolicy){.recount_over_minor = 500, .max_difference_minor = 2000}, &E));
  for (guint i = 0; i < N_HOUSES; i++)
    hall.houses[i].gateway = tai_fake_gateway_new (TAI_CLOCK (hall.rig->clock));
  plug_in (&hall);
  for (guint day = 0; day < n_days; day++)
    live_a_day (&hall, day == 0);
  end (&hall);
}
