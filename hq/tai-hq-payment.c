/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TMF676 payment: facts as they come; nothing of one ever changes. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

#include <string.h>

#include "tai-hq-bank.h"
#include "tai-hq-finding.h"
#include "tai-hq-shape.h"
#include "tai-hq-sum.h"
#include "tai-hq-till.h"
#include "tai-json-money.h"
#include "tai-order.h"

static const char *const ours[] = {"id", "href", "status", "statusDate", "paymentDate", NULL};

static gboolean
has_ours (const TaiJson *json)
{
  for (guint i = 0; ours[i] != NULL; i++)
    if (tai_json_has (json, ours[i]))
      return TRUE;
  return FALSE;
}

/* {"unit":"CNY","value":128.00}: the text of the value is kept, whatever its size; it must be a plain decimal. */
static gboolean
check_amount (const TaiJson *json, const char *name, GError **error)
{
  const TaiJson *amount = NULL;
  if (!tai_json_optional_object (json, name, &amount, error) || amount == NULL)
    return amount == NULL && (error == NULL || *error == NULL);
  g_autofree char *value = tai_json_require_decimal (amount, "value", error);
  if (value != NULL && tai_json_require_string (amount, "unit", error) != NULL)
    return TRUE;
  tai_json_error_within (error, name, -1);
  return FALSE;
}

/* TM Forum's kit sends it with nothing in it, and means 201. */
static gboolean
check_total (HqIntake *self, GError **error)
{
  const TaiJson *total = tai_json_get_member (self->json, "totalAmount");
  if (self->call->store->is_lenient && tai_json_has (self->json, "totalAmount") &&
      tai_json_get_length (total) == 0)
    return TRUE;
  return tai_json_require_object (self->json, "totalAmount", error) != NULL &&
         check_amount (self->json, "totalAmount", error);
}

static gboolean
check_members (HqIntake *self, GError **error)
{
  const TaiJson *json = self->json;
  const TaiJson *items = NULL;
  if (!check_total (self, error) || tai_json_require_object (json, "paymentMethod", error) == NULL ||
      tai_json_require_object (json, "account", error) == NULL || !check_amount (json, "amount", error) ||
      !check_amount (json, "taxAmount", error) ||
      !tai_json_optional_array (json, "paymentItem", &items, error))
    return FALSE;
  for (guint i = 0; i < tai_json_get_length (items); i++)
    if (!check_amount (tai_json_get_element (items, i), "totalAmount", error)) {
      tai_json_error_within (error, "paymentItem", (gssize)i);
      return FALSE;
    }
  return tai_json_optional_string (json, "correlatorId", &self->payment.external_id, error) &&
         tai_json_optional_string (json, "x-guitai.businessDay", &self->payment.day, error) &&
         tai_json_optional_string (json, "x-guitai.tender", &self->payment.tender, error);
}

static gboolean
read_payment (HqIntake *self)
{
  GError *error = NULL;
  const char *terminal = NULL;
  self->payment = (HqPaymentRow){.hall = self->message.hall,
                                 .terminal = self->message.terminal,
                                 .status = "done",
                                 .at_us = self->message.at_us};
  if (!check_members (self, &error) ||
      !tai_json_optional_string (self->json, "x-guitai.terminal", &terminal, &error))
    return hq_intake_refuse_error (self, error);
  if (terminal != NULL && strcmp (terminal, self->message.terminal) != 0)
    return hq_intake_refuse (self, 403, "other_terminal", "x-guitai.terminal is not the certificate's");
  /* what our terminals send has one renderer, and is held against the standard where that is tested */
  if (self->payment.tender == NULL &&
      !hq_shape_check ("Payment", self->json, self->call->store->is_lenient, &error))
    return hq_intake_refuse_error (self, error);
  hq_intake_choose_id (self, self->payment.external_id);
  if (g_strcmp0 (self->payment.external_id, self->id) == 0)
    self->payment.external_id = NULL;
  if (has_ours (self->json))
    self->payment.flags |= HQ_BODY_HAS_OURS;
  return TRUE;
}

/* What was paid by QR our own gateway has taken. */
static void
take_money (HqIntake *self)
{
  HqStore *store = self->call->store;
  TaiMoney total = tai_money (0, 0);
  const char *shift = NULL;
  hq_sum_payment (store, &self->payment, self->json);
  if (tai_json_optional_string (self->json, "x-guitai.shift", &shift, NULL) && shift != NULL) {
    tai_json_require_money (self->json, "totalAmount", &total, NULL);
    hq_till_note_money (self->call, shift, "payment", self->id, total);
  }
  hq_bank_suspect_day (store, self->message.hall, self->payment.tender, self->payment.day,
                       self->message.terminal);
  hq_finding_suspect (store, HQ_FINDING_REFUND, self->message.hall, self->id, self->message.terminal);
  if (g_strcmp0 (self->payment.tender, tai_tender_to_text (TAI_TENDER_CASH)) != 0)
    hq_call_suspect_act (self->call, self->message.key); /* a person may have declared it paid */
  if (g_strcmp0 (self->payment.tender, tai_tender_to_text (TAI_TENDER_QR)) != 0)
    return;
  store->klass->pay_claim (store, self->message.hall, self->id);
  hq_finding_suspect (store, HQ_FINDING_GATEWAY, self->message.hall, self->id, self->message.terminal);
}

static gboolean
insert_payment (HqIntake *self)
{
  self->payment.id = self->id;
  self->payment.key = self->message.key;
  if (!self->call->store->klass->payment_insert (self->call->store, &self->payment))
    return FALSE;
  take_money (self);
  return TRUE;
}

void
hq_payment_compose (GString *out, const HqPaymentRow *row)
{
  g_autofree char *time = tai_time_to_text (row->at_us);
  g_autofree char *head =
      g_strdup_printf ("\"id\":\"%s\",\"href\":\"" TAI_PATH_PAYMENT
                       "/%s\",\"status\":\"%s\",\"statusDate\":\"%s\",\"paymentDate\":\"%s\"",
                       row->id, row->id, row->status, time, time);
  hq_compose (out, head, row->body, row->flags, ours);
}

static void
answer_payment (HqIntake *self, const HqMessageRow *stored)
{
  HqPaymentRow row = {.id = stored->resource,
                      .status = "done",
                      .at_us = stored->at_us,
                      .body = stored->body,
                      .flags = has_ours (self->json) ? HQ_BODY_HAS_OURS : 0};
  GString *out = g_string_sized_new (g_bytes_get_size (row.body) + 512);
  hq_payment_compose (out, &row);
  self->call->response->location = g_strdup_printf ("%s/%s", TAI_PATH_PAYMENT, stored->resource);
  hq_respond_whole (self->call, 201, out);
}

const HqIntakeClass hq_payment_intake = {HQ_MESSAGE_PAYMENT, "status",       "done",
                                         read_payment,       insert_payment, answer_payment};

static gboolean
find_payment (HqCall *call, GString *out)
{
  g_auto (HqPaymentRow) row = {0};
  if (!call->store->klass->payment_find (call->store, hq_call_hall (call), call->id, &row))
    return FALSE;
  hq_payment_compose (out, &row);
  return TRUE;
}

static gboolean
list_payment_cb (const HqPaymentRow *row, gpointer data)
{
  HqListing *listing = data;
  g_string_truncate (listing->one, 0);
  hq_payment_compose (listing->one, row);
  return hq_listing_add (listing);
}

static void
list_payments (HqCall *call, HqListing *listing)
{
  HqListFilter filter = {
      .hall = hq_call_hall (call),
      .id = hq_query_take (call->query, "id"),
      .external_id = hq_query_take (call->query, "correlatorId"),
      .state = hq_query_take (call->query, "status"),
      .terminal = hq_query_take (call->query, "x-guitai.terminal"),
      .day = hq_query_take (call->query, "x-guitai.businessDay"),
  };
  call->store->klass->payment_list (call->store, &filter, hq_listing_offset (listing),
                                    hq_listing_limit (listing), list_payment_cb, listing);
  listing->total = call->store->klass->payment_count (call->store, &filter);
}

const HqRowsClass hq_payment_rows = {find_payment, list_payments, NULL, NULL, TRUE};
