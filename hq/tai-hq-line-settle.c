/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The life of a subscriber's line as completed orders write it: opened, changed, suspended, closed, topped up, paid for. The
 * line is of the claim family: keyed by the number, whatever hall the order came from.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-line.h"

#include "tai-directory.h"
#include "tai-hq-bill.h"
#include "tai-hq-check.h"
#include "tai-hq-line-service.h"
#include "tai-hq-port-out.h"
#include "tai-json-money.h"

gboolean
hq_line_get_due (const TaiJson *order, TaiMoney *due)
{
  return tai_json_require_money (order, "orderTotalPrice.0.price.taxIncludedAmount", due, NULL);
}

/* One order's change of one line. */
typedef struct {
  HqStore *store;
  const HqOrderRow *order;
  const TaiJson *json;
  HqLineRow line;
  TaiJson *plan;          /* (owned) (nullable) the offering that @line's plan is read from */
  char *owner, *customer; /* (owned) (nullable) */
} LineChange;

static void
line_change_clear (LineChange *self)
{
  hq_line_row_clear (&self->line);
  tai_json_free (self->plan);
  g_free (self->owner);
  g_free (self->customer);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LineChange, line_change_clear)

/* ---- money ---- */

/* A fact that the books of the line cannot hold is a person's work, not a reason to fail the group. */
static void
refuse_amount (LineChange *self, TaiMoney amount)
{
  char text[32];
  g_autofree char *detail =
      g_strdup_printf ("%s: %s %s does not go into the line's balance", self->order->id,
                       tai_money_print (amount, text), tai_currency_to_code (amount.currency));
  self->store->klass->alarm_raise (self->store, self->order->hall, self->order->terminal, "line_amount",
                                   detail, self->line.changed_us);
}

static void
credit (LineChange *self, TaiMoney amount)
{
  if (!tai_money_add (self->line.balance, amount, &self->line.balance, NULL))
    refuse_amount (self, amount);
}

static void
credit_due (LineChange *self)
{
  TaiMoney due;
  if (hq_line_get_due (self->json, &due))
    credit (self, due);
}

/* What is paid settles what is owed; what is over is the customer's. */
static void
settle_arrears (LineChange *self)
{
  TaiMoney due, rest;
  if (!hq_line_get_due (self->json, &due))
    return;
  if (due.currency != self->line.arrears.currency || due.minor < 0) {
    refuse_amount (self, due);
    return;
  }
  rest = tai_money (MAX (due.minor - self->line.arrears.minor, 0), due.currency);
  hq_bill_settle (self->store, self->order, self->json, tai_money (due.minor - rest.minor, due.currency),
                  self->line.changed_us);
  self->line.arrears.minor = MAX (self->line.arrears.minor - due.minor, 0);
  if (self->line.arrears.minor == 0)
    self->line.arrears_since_us = 0;
  credit (self, rest);
}

/* ---- offerings ---- */

static TaiJson *
find_offering (HqStore *store, const TaiJson *item)
{
  g_autoptr (GBytes) body = NULL;
  const char *id = tai_json_require_string (item, "productOffering.id", NULL);
  gboolean adds = g_strcmp0 (tai_json_require_string (item, "action", NULL), "add") == 0;
  if (id == NULL || !adds || !store->klass->offering_find (store, id, &body))
    return NULL;
  return hq_recent_parse (&store->recent, id, body);
}

static gboolean
is_deposit (const TaiJson *offering, const char *price_id)
{
  const TaiJson *prices = tai_json_get_member (offering, "productOfferingPrice");
  for (guint i = 0; price_id != NULL && i < tai_json_get_length (prices); i++) {
    const TaiJson *price = tai_json_get_element (prices, i);
    if (g_strcmp0 (tai_json_require_string (price, "id", NULL), price_id) == 0)
      return g_strcmp0 (tai_json_require_string (price, "priceType", NULL), "deposit") == 0;
  }
  return FALSE;
}

/* A prepayment that was sold with the line is money in it. */
static void
credit_deposits (LineChange *self, const TaiJson *item, const TaiJson *offering)
{
  const TaiJson *prices = tai_json_get_member (item, "itemPrice");
  for (guint i = 0; i < tai_json_get_length (prices); i++) {
    const TaiJson *price = tai_json_get_element (prices, i);
    TaiMoney today;
    if (is_deposit (offering, tai_json_require_string (price, "productOfferingPrice.id", NULL)) &&
        tai_json_require_money (price, "x-guitai.today", &today, NULL))
      credit (self, today);
  }
}

static void
take_plan (LineChange *self, TaiJson *offering)
{
  const TaiJson *names = NULL;
  tai_json_free (self->plan);
  self->plan = offering;
  self->line.plan = tai_json_require_string (offering, "id", NULL);
  self->line.plan_name = tai_json_require_string (offering, "name", NULL);
  names = tai_json_get (offering, "x-guitai.names");
  self->line.plan_name_en = names != NULL ? tai_json_require_string (names, "en", NULL) : NULL;
}

static void
take_offerings (LineChange *self)
{
  const TaiJson *items = tai_json_get_member (self->json, "productOrderItem");
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    g_autoptr (TaiJson) offering = find_offering (self->store, item);
    if (offering == NULL)
      continue;
    credit_deposits (self, item, offering);
    if (g_strcmp0 (tai_json_require_string (offering, "x-guitai.kind", NULL), "plan") == 0)
      take_plan (self, g_steal_pointer (&offering));
  }
}

/* ---- owner ---- */

/* Whatever a client writes as the customer's name, no more than a mask is kept; who it is says the document that was read. */
static void
take_owner (LineChange *self)
{
  g_free (self->customer);
  self->line.customer = self->customer = hq_check_find_owner (self->store, self->json);
  const TaiJson *parties = tai_json_get_member (self->json, "relatedParty");
  for (guint i = 0; i < tai_json_get_length (parties); i++) {
    const TaiJson *party = tai_json_get_element (parties, i);
    if (g_strcmp0 (tai_json_require_string (party, "role", NULL), "customer") != 0)
      continue;
    const char *name = tai_json_require_string (party, "name", NULL);
    if (self->customer == NULL)
      self->line.customer = tai_json_require_string (party, "id", NULL);
    g_free (self->owner);
    self->owner = name != NULL && name[0] != '\0'
                      ? g_strdup_printf ("%.*s*", (int)(g_utf8_next_char (name) - name), name)
                      : NULL;
    self->line.owner = self->owner;
    return;
  }
}

/* ---- what each business does ---- */

static void
open_line (LineChange *self)
{
  TaiMoney due;
  guint16 currency = hq_line_get_due (self->json, &due) ? due.currency : TAI_CNY;
  hq_line_row_clear (&self->line);
  self->line = (HqLineRow){.msisdn = self->order->msisdn,
                           .status = tai_line_status_to_text (TAI_LINE_STATUS_ACTIVE),
                           .balance = tai_money (0, currency),
                           .arrears = tai_money (0, currency),
                           .changed_us = self->line.changed_us};
  take_owner (self);
  take_offerings (self);
}

static void
suspend_line (LineChange *self)
{
  self->line.status = tai_line_status_to_text (TAI_LINE_STATUS_SUSPENDED);
}

static void
resume_line (LineChange *self)
{
  self->line.status = tai_line_status_to_text (TAI_LINE_STATUS_ACTIVE);
  settle_arrears (self);
}

static void
close_line (LineChange *self)
{
  self->line.status = tai_line_status_to_text (TAI_LINE_STATUS_CLOSED);
}

static void
let_port_out (LineChange *self)
{
  hq_port_out_give_code (self->store, self->order, &self->line);
}

/* Of these two businesses nothing else changes; services may come with others, too. */
static void
change_services (LineChange *self)
{
}

static const struct {
  const char *operation;
  gboolean opens; /* the line need not be there */
  void (*apply) (LineChange *change);
} effects[] = {
    {"top_up", FALSE, credit_due},
    {"bill_payment", FALSE, settle_arrears},
    {"new_line", TRUE, open_line},
    {"port_in", TRUE, open_line},
    {"transfer", FALSE, take_owner},
    {"plan_change", FALSE, take_offerings},
    {"suspend", FALSE, suspend_line},
    {"resume", FALSE, resume_line},
    {"close", FALSE, close_line},
    {"port_out_code", FALSE, let_port_out},
    {"service_add", FALSE, change_services},
    {"service_remove", FALSE, change_services},
};

void
hq_line_settle (HqStore *store, const HqOrderRow *order, const TaiJson *json, gint64 now_us)
{
  guint i = 0;
  while (i < G_N_ELEMENTS (effects) && g_strcmp0 (effects[i].operation, order->operation) != 0)
    i++;
  if (i == G_N_ELEMENTS (effects) || order->msisdn == NULL)
    return;
  g_auto (LineChange) change = {.store = store, .order = order, .json = json};
  if (!store->klass->line_find (store, order->msisdn, &change.line) && !effects[i].opens)
    return;
  change.line.changed_us = now_us;
  effects[i].apply (&change);
  hq_line_services_settle (store, order, json, &change.line, now_us);
  store->klass->line_put (store, &change.line);
}
