/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TMF622 cancelProductOrder: a task that the state engine carries out. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-take-back.h"
#include "tai-hq-types-private.h"

static const char *const ours[] = {"id", "href", "state", "effectiveCancellationDate", NULL};

static HqBodyFlags
find_flags (const TaiJson *json)
{
  for (guint i = 0; ours[i] != NULL; i++)
    if (tai_json_has (json, ours[i]))
      return HQ_BODY_HAS_OURS;
  return 0;
}

static gboolean
read_cancel (HqIntake *self)
{
  GError *error = NULL;
  HqCall *call = self->call;
  g_auto (HqOrderRow) order = {0};
  const char *reason = NULL;
  HqTakeBack what;
  const char *order_id = tai_json_require_string (self->json, "productOrder.id", &error);
  if (order_id == NULL || !tai_json_optional_string (self->json, "cancellationReason", &reason, &error))
    return hq_intake_refuse_error (self, error);
  if (!call->store->klass->order_find (call->store, self->message.hall, order_id, &order))
    return hq_intake_refuse (self, 400, "order_unknown", "productOrder.id: no such order");
  if (!hq_take_back_read (self->json, &what))
    return hq_intake_refuse (self, 400, "invalid", "x-guitai.takeBack: undo or correction");
  hq_intake_choose_id (self, NULL);
  self->cancel = (HqCancelRow){.hall = self->message.hall,
                               .order_id = order_id,
                               .state = "acknowledged",
                               .flags = find_flags (self->json),
                               .at_us = self->message.at_us,
                               .changed_us = self->message.at_us,
                               .due_us = self->message.at_us};
  return TRUE;
}

static gboolean
insert_cancel (HqIntake *self)
{
  self->cancel.id = self->id;
  self->cancel.key = self->message.key;
  if (!self->call->store->klass->cancel_insert (self->call->store, &self->cancel))
    return FALSE;
  hq_call_suspect_act (self->call, self->message.key);
  return TRUE;
}

void
hq_cancel_compose (GString *out, const HqCancelRow *row)
{
  g_autofree char *time = tai_time_to_text (row->changed_us);
  gboolean done = g_strcmp0 (row->state, "done") == 0;
  g_autofree char *head = g_strdup_printf (
      "\"id\":\"%s\",\"href\":\"" TAI_PATH_CANCEL "/%s\",\"state\":\"%s\"%s%s%s", row->id, row->id,
      row->state, done ? ",\"effectiveCancellationDate\":\"" : "", done ? time : "", done ? "\"" : "");
  hq_compose (out, head, row->body, row->flags, ours);
}

static void
answer_cancel (HqIntake *self, const HqMessageRow *stored)
{
  HqCancelRow row = {.id = stored->resource,
                     .state = "acknowledged",
                     .changed_us = stored->at_us,
                     .body = stored->body,
                     .flags = find_flags (self->json)};
  GString *out = g_string_new (NULL);
  hq_cancel_compose (out, &row);
  self->call->response->location = g_strdup_printf ("%s/%s", TAI_PATH_CANCEL, stored->resource);
  hq_respond_whole (self->call, 201, out);
}

const HqIntakeClass hq_cancel_intake = {HQ_MESSAGE_CANCEL, "state",       "acknowledged",
                                        read_cancel,       insert_cancel, answer_cancel};

static gboolean
find_cancel (HqCall *call, GString *out)
{
  g_auto (HqCancelRow) row = {0};
  if (!call->store->klass->cancel_find (call->store, hq_call_hall (call), call->id, &row))
    return FALSE;
  hq_cancel_compose (out, &row);
  return TRUE;
}

static gboolean
list_cancel_cb (const HqCancelRow *row, gpointer data)
{
  HqListing *listing = data;
  g_string_truncate (listing->one, 0);
  hq_cancel_compose (listing->one, row);
  return hq_listing_add (listing);
}

static void
list_cancels (HqCall *call, HqListing *listing)
{
  HqListFilter filter = {.hall = hq_call_hall (call),
                         .id = hq_query_take (call->query, "id"),
                         .state = hq_query_take (call->query, "state")};
  call->store->klass->cancel_list (call->store, &filter, hq_listing_offset (listing),
                                   hq_listing_limit (listing), list_cancel_cb, listing);
  listing->total = call->store->klass->cancel_count (call->store, &filter);
}

const HqRowsClass hq_cancel_rows = {find_cancel, list_cancels, NULL, NULL, TRUE};
