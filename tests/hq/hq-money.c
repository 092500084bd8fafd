/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hq-money.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-sum.h"
#include "tai-pin.h"
#include "tai-till-news-json.h"

static char *
money (gint64 minor)
{
  g_autofree char *text = tai_money_to_text (tai_money (minor, TAI_CNY));
  return g_strdup_printf ("{\"unit\":\"CNY\",\"value\":%s}", text);
}

static char *
extension (const char *terminal, const char *day, const char *shift, const char *clerk, const char *more)
{
  g_autofree char *in_shift = shift != NULL ? g_strdup_printf (",\"shift\":\"%s\"", shift) : NULL;
  return g_strdup_printf ("\"x-guitai\":{\"terminal\":\"%s\",\"businessDay\":\"%s\"%s,\"clerk\":\"%s\",%s}",
                          terminal != NULL ? terminal : "T1", day, in_shift != NULL ? in_shift : "", clerk,
                          more);
}

char *
hq_money_order (const HqMoneyOrder *order)
{
  g_autofree char *due = money (order->minor);
  g_autofree char *operation = g_strdup_printf ("\"operation\":\"%s\"", order->operation);
  g_autofree char *ours = extension (order->terminal, order->day, order->shift, order->clerk, operation);
  g_autofree char *first =
      order->payment != NULL ? g_strdup_printf ("{\"id\":\"%s\"}", order->payment) : g_strdup ("");
  g_autofree char *second =
      order->payment_2 != NULL ? g_strdup_printf (",{\"id\":\"%s\"}", order->payment_2) : g_strdup ("");
  return g_strdup_printf (
      "{\"externalId\":\"%s\",\"category\":\"x\",\"requestedStartDate\":\"%s\","
      "\"relatedParty\":[{\"id\":\"%s\",\"role\":\"seller\",\"@referredType\":\"Individual\"}],\"payment\":[%s%s],"
      "\"orderTotalPrice\":[{\"name\":\"today\",\"priceType\":\"nonRecurring\",\"price\":{\"taxIncludedAmount\":%s}}],"
      "\"productOrderItem\":[{\"id\":\"10\",\"action\":\"add\",\"quantity\":1,\"product\":{\"productCharacteristic\":["
      "{\"name\":\"MSISDN\",\"value\":\"13800000001\"}]}}],%s}",
      order->id, order->time != NULL ? order->time : "2026-11-22T02:10:00.000Z", order->clerk, first, second,
      due, ours);
}

static char *
share (const char *order, gint64 minor)
{
  g_autofree char *amount = money (minor);
  return g_strdup_printf ("{\"item\":{\"id\":\"%s\",\"@referredType\":\"ProductOrder\"},\"totalAmount\":%s}",
                          order, amount);
}

char *
hq_money_payment (const HqMoneyPayment *payment)
{
  g_autofree char *total = money (payment->minor + payment->minor_2);
  g_autofree char *tender = g_strdup_printf ("\"tender\":\"%s\"", payment->tender);
  g_autofree char *ours = extension (payment->terminal, payment->day, payment->shift, payment->clerk, tender);
  g_autofree char *first = share (payment->order, payment->minor);
  g_autofree char *second = payment->order_2 != NULL ? share (payment->order_2, payment->minor_2) : NULL;
  return g_strdup_printf (
      "{\"correlatorId\":\"%s\",\"account\":{\"id\":\"till\"},\"paymentMethod\":{\"@type\":\"Cash\","
      "\"name\":\"cash\"},\"totalAmount\":%s,\"paymentItem\":[%s%s%s],%s}",
      payment->id, total, first, second != NULL ? "," : "", second != NULL ? second : "", ours);
}

char *
hq_money_refund (const HqMoneyPayment *refund)
{
  g_autofree char *total = money (refund->minor);
  g_autofree char *original =
      refund->original != NULL ? g_strdup_printf (",\"original\":\"%s\"", refund->original) : g_strdup ("");
  g_autofree char *number =
      refund->number != NULL ? g_strdup_printf (",\"number\":\"%s\"", refund->number) : g_strdup ("");
  g_autofree char *more = g_strdup_printf ("\"tender\":\"%s\",\"order\":\"%s\"%s%s", refund->tender,
                                           refund->order, original, number);
  g_autofree char *ours = extension (refund->terminal, refund->day, refund->shift, refund->clerk, more);
  return g_strdup_printf (
      "{\"correlatorId\":\"%s\",\"account\":{\"id\":\"till\",\"@referredType\":\"A\"},\"paymentMethod\":{"
      "\"@type\":\"Cash\",\"@referredType\":\"Cash\",\"name\":\"cash\"},\"amount\":%s,"
      "\"totalAmount\":%s,\"payment\":{\"id\":\"p\",\"@referredType\":\"Payment\"},%s}",
      refund->id, total, total, ours);
}

TaiTillNews *
hq_money_news (TaiNewsKind kind, guint number, const char *shift, gint64 time_us)
{
  TaiTillNews *news = tai_till_news_new (kind);
  hq_fixture_uuid (number, news->id.text);
  news->till = g_strdup ("T1");
  news->clerk = g_strdup ("1042");
  news->business_day = g_strdup (shift != NULL ? "2026-11-22" : NULL);
  news->shift_id = g_strdup (shift);
  news->time_us = time_us;
  return news;
}

int
hq_money_post (HqFixture *self, const char *path, char *body, const char *key, gint64 seq)
{
  g_autofree char *owned = body;
  return hq_fixture_post (self, path, owned, key, seq);
}

/* One half of a sale: as T1 sends it when it has a number, else plainly. */
static void
post_half (HqFixture *self, const HqMoneySale *sale, const char *path, char *body, const char *key, guint nth)
{
  g_autofree char *owned = body;
  HqHeaders headers = {.terminal = sale->terminal, .key = key, .type = "application/json"};
  int status = sale->seq != 0 ? hq_fixture_post (self, path, owned, key, sale->seq + nth)
                              : hq_fixture_send (self, "POST", path, owned, &headers);
  g_assert_cmpint (status, ==, 201);
}

void
hq_money_sell (HqFixture *self, const HqMoneySale *sale)
{
  char payment[37], order[37];
  HqMoneyPayment p = {.id = hq_fixture_uuid (sale->number, payment),
                      .order = hq_fixture_uuid (sale->number + 1, order),
                      .minor = sale->minor,
                      .tender = sale->tender,
                      .clerk = sale->clerk,
                      .day = sale->day,
                      .shift = sale->shift,
                      .terminal = sale->terminal};
  HqMoneyOrder o = {.id = order,
                    .payment = payment,
                    .operation = sale->operation,
                    .clerk = sale->clerk,
                    .day = sale->day,
                    .shift = sale->shift,
                    .minor = sale->minor,
                    .terminal = sale->terminal};
  post_half (self, sale, TAI_PATH_PAYMENT, hq_money_payment (&p), payment, 0);
  post_half (self, sale, TAI_PATH_ORDER, hq_money_order (&o), order, 1);
}

int
hq_money_post_news (HqFixture *self, TaiTillNews *news, gint64 seq)
{
  g_autoptr (TaiTillNews) owned = news;
  TaiTerminal terminal = {.id = (char *)"T1"};
  g_autoptr (GBytes) body = tai_till_news_render (news, &terminal);
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  return hq_money_post (self, TAI_PATH_TILL, g_strndup (bytes, size), news->id.text, seq);
}

void
hq_money_add_staff (HqFixture *self, const char *hall, const char *number, const char *role,
                    const char *rights)
{
  g_autoptr (TaiPinHasher) hasher = tai_pin_new (self->entropy, TAI_PIN_COST_CHEAP);
  g_autofree char *record = tai_pin_hasher_hash (hasher, "481516", NULL);
  g_autofree char *given = rights != NULL ? g_strdup_printf (",\"rights\":%s", rights) : NULL;
  char *text = g_strdup_printf (
      "{\"number\":\"%s\",\"name\":\"N\",\"role\":\"%s\",\"pin\":\"%s\",\"disabled\":false%s}", number, role,
      record, given != NULL ? given : "");
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  self->store->klass->begin (self->store);
  self->store->klass->staff_put (self->store, hall, number, body);
  self->store->klass->commit (self->store);
  g_assert_no_error (self->store->error);
}

static gboolean
add_finding_cb (const HqFindingRow *row, gpointer data)
{
  g_string_append_printf (data, "%s %s: %s\n", row->kind, row->subject, row->detail);
  return TRUE;
}

char *
hq_money_list_findings (HqFixture *self)
{
  GString *out = g_string_new (NULL);
  self->store->klass->finding_list (self->store, NULL, TRUE, add_finding_cb, out);
  return g_string_free (out, FALSE);
}

static gboolean
add_sum_cb (const HqSumRow *row, gpointer data)
{
  if (row->count != 0 || row->amount.minor != 0)
    g_ptr_array_add (data, g_strdup_printf ("%s %s %s %s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                            row->day, row->kind, row->terminal, row->clerk, row->operation,
                                            strcmp (row->kind, HQ_SUM_DRAWER) == 0 ? row->shift : row->name,
                                            row->count, row->amount.minor));
  return TRUE;
}

static gint
compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
hq_money_list_sums (HqFixture *self, const char *hall)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  HqSumFilter filter = {.hall = hall,
                        .from = "0",
                        .until = "9",
                        .by_day = TRUE,
                        .by_terminal = TRUE,
                        .by_clerk = TRUE,
                        .by_shift = TRUE};
  self->store->klass->sum_list (self->store, &filter, add_sum_cb, lines);
  g_ptr_array_sort (lines, compare_cb);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}
