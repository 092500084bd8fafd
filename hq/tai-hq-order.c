/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TMF622 productOrder: what is taken, how it is shown, what a PATCH may change. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-hub.h"
#include "tai-hq-body.h"
#include "tai-hq-line.h"
#include "tai-hq-sum.h"
#include "tai-hq-till.h"
#include "tai-hq-types-private.h"

#include <string.h>

#include "tai-hq-shape.h"

#define ITEMS_MAX   100
#define PARTIES_MAX 50
#define TEXT_MAX    200

/* HQ gives these; a client's own are not kept. */
static const char *const ours[] = {"id",
                                   "href",
                                   "state",
                                   "orderDate",
                                   "completionDate",
                                   "expectedCompletionDate",
                                   "cancellationDate",
                                   "x-guitai-reason",
                                   NULL};

/* What a customer's wish may still change while the order is under way. */
static const char *const changeable[] = {"description",
                                         "note",
                                         "priority",
                                         "requestedStartDate",
                                         "requestedCompletionDate",
                                         "notificationContact",
                                         "cancellationReason",
                                         NULL};

/* ---- taking ---- */

static gboolean
read_text (HqIntake *self, const char *name, const TaiJson *value, const char **text)
{
  if (value == NULL)
    return TRUE;
  if (tai_json_get_kind (value) != TAI_JSON_STRING)
    return hq_intake_refuse (self, 400, "invalid", "%s: a string is expected", name);
  *text = tai_json_require_string (value, "", NULL);
  if (strlen (*text) > TEXT_MAX)
    return hq_intake_refuse (self, 400, "invalid", "%s: longer than %d bytes", name, TEXT_MAX);
  return TRUE;
}

static gboolean
check_action (HqIntake *self, const char *action, guint index)
{
  static const char *const actions[] = {"add", "modify", "delete", "noChange", NULL};
  if (hq_is_ours (actions, action))
    return TRUE;
  return hq_intake_refuse (self, 400, "invalid",
                           "productOrderItem[%u].action: add, modify, delete or noChange", index);
}

static gboolean
has_same_id (const TaiJson *items, guint n, const char *id)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (tai_json_require_string (tai_json_get_element (items, i), "id", NULL), id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_item (HqIntake *self, const TaiJson *items, guint index)
{
  GError *error = NULL;
  const TaiJson *item = tai_json_get_element (items, index);
  if (tai_json_get_kind (item) != TAI_JSON_OBJECT)
    return hq_intake_refuse (self, 400, "invalid", "productOrderItem[%u]: an object is expected", index);
  const TaiJson *offering = NULL, *product = NULL;
  const char *id = tai_json_require_string (item, "id", &error);
  const char *action = id != NULL ? tai_json_require_string (item, "action", &error) : NULL;
  if (action == NULL || !tai_json_optional_object (item, "productOffering", &offering, &error) ||
      (offering != NULL && tai_json_require_string (offering, "id", &error) == NULL) ||
      !tai_json_optional_object (item, "product", &product, &error) ||
      (product != NULL && tai_json_get (product, "productCharacteristic") != NULL &&
       tai_json_require_array (product, "productCharacteristic", &error) == NULL)) {
    tai_json_error_within (&error, "productOrderItem", (gssize)index);
    return hq_intake_refuse_error (self, error);
  }
  if (has_same_id (items, index, id))
    return hq_intake_refuse (self, 400, "invalid", "productOrderItem[%u].id: stands twice", index);
  return check_action (self, action, index);
}

static gboolean
check_items (HqIntake *self, const TaiJson *items)
{
  guint n = tai_json_get_length (items);
  if (tai_json_get_kind (items) != TAI_JSON_ARRAY || n == 0)
    return hq_intake_refuse (self, 400, "invalid", "productOrderItem: at least one is expected");
  if (n > ITEMS_MAX)
    return hq_intake_refuse (self, 400, "invalid", "productOrderItem: more than %d", ITEMS_MAX);
  for (guint i = 0; i < n; i++)
    if (!check_item (self, items, i))
      return FALSE;
  return TRUE;
}

/* An array of references: each an object with an id. */
static gboolean
check_references (HqIntake *self, const char *name, const TaiJson *array)
{
  guint n = tai_json_get_length (array);
  if (array == NULL)
    return TRUE;
  if (tai_json_get_kind (array) != TAI_JSON_ARRAY || n > PARTIES_MAX)
    return hq_intake_refuse (self, 400, "invalid", "%s: an array of at most %d is expected", name,
                             PARTIES_MAX);
  for (guint i = 0; i < n; i++)
    if (tai_json_require_string (tai_json_get_element (array, i), "id", NULL) == NULL)
      return hq_intake_refuse (self, 400, "invalid", "%s[%u].id: missing", name, i);
  return TRUE;
}

static const char *
find_clerk (const TaiJson *parties)
{
  for (guint i = 0; i < tai_json_get_length (parties); i++) {
    const TaiJson *party = tai_json_get_element (parties, i);
    if (g_strcmp0 (tai_json_require_string (party, "role", NULL), "seller") == 0)
      return tai_json_require_string (party, "id", NULL);
  }
  return NULL;
}

typedef struct {
  const TaiJson *external, *category, *items, *parties, *payments, *ours;
  HqBodyFlags flags;
} OrderMembers;

static OrderMembers
find_members (const TaiJson *json)
{
  OrderMembers found = {0};
  TaiJsonIter iter;
  tai_json_iter_init (&iter, json);
  while (tai_json_iter_next (&iter)) {
    if (strcmp (iter.name, "productOrderItem") == 0)
      found.items = iter.value;
    else if (strcmp (iter.name, "relatedParty") == 0)
      found.parties = iter.value;
    else if (strcmp (iter.name, "externalId") == 0)
      found.external = iter.value;
    else if (strcmp (iter.name, "category") == 0)
      found.category = iter.value;
    else if (strcmp (iter.name, "payment") == 0)
      found.payments = iter.value;
    else if (strcmp (iter.name, "x-guitai") == 0)
      found.ours = iter.value;
    else if (hq_is_ours (ours, iter.name))
      found.flags |= HQ_BODY_HAS_OURS;
  }
  if (found.parties == NULL)
    found.flags |= HQ_BODY_NO_PARTY;
  return found;
}

static gboolean
read_ours (HqIntake *self, const TaiJson *node)
{
  if (node == NULL)
    return TRUE;
  if (tai_json_get_kind (node) != TAI_JSON_OBJECT)
    return hq_intake_refuse (self, 400, "invalid", "x-guitai: an object is expected");
  const char *terminal = NULL;
  if (!read_text (self, "x-guitai.terminal", tai_json_get_member (node, "terminal"), &terminal) ||
      !read_text (self, "x-guitai.operation", tai_json_get_member (node, "operation"),
                  &self->order.operation) ||
      !read_text (self, "x-guitai.businessDay", tai_json_get_member (node, "businessDay"), &self->order.day))
    return FALSE;
  if (terminal != NULL && strcmp (terminal, self->message.terminal) != 0)
    return hq_intake_refuse (self, 403, "other_terminal", "x-guitai.terminal is not the certificate's");
  return TRUE;
}

/* What our terminals send has one renderer, and is held against the standard where that is tested. What another client's leaves
 * out of a reference is given when the order is shown: its bytes stay what they are. */
static gboolean
check_foreign (HqIntake *self)
{
  GError *error = NULL;
  gboolean is_lenient = self->call->store->is_lenient;
  if (self->order.operation != NULL || hq_shape_check ("ProductOrder", self->json, FALSE, NULL))
    return TRUE;
  g_autoptr (TaiJson) whole = tai_json_copy (self->json);
  hq_shape_complete ("ProductOrder", whole);
  self->order.flags |= HQ_BODY_BRIEF;
  return hq_shape_check ("ProductOrder", whole, is_lenient, &error) || hq_intake_refuse_error (self, error);
}

static gboolean
read_order (HqIntake *self)
{
  OrderMembers found = find_members (self->json);
  HqOrderRow *row = &self->order;
  *row = (HqOrderRow){.hall = self->message.hall, .terminal = self->message.terminal, .flags = found.flags};
  if (!check_items (self, found.items) || !check_references (self, "relatedParty", found.parties) ||
      !check_references (self, "payment", found.payments) ||
      !read_text (self, "externalId", found.external, &row->external_id) ||
      !read_text (self, "category", found.category, &row->category) || !read_ours (self, found.ours) ||
      !check_foreign (self))
    return FALSE;
  hq_intake_choose_id (self, row->external_id);
  if (row->external_id != NULL && strcmp (row->external_id, self->id) == 0)
    row->external_id = NULL;
  row->clerk = find_clerk (found.parties);
  row->msisdn = hq_order_get_characteristic (self->json, "MSISDN");
  row->state = "acknowledged";
  row->order_us = row->changed_us = row->due_us = self->message.at_us;
  return TRUE;
}

static void
take_money (HqIntake *self)
{
  TaiMoney due = tai_money (0, 0);
  const char *shift = NULL;
  hq_sum_order (self->call->store, &self->order, self->json);
  if (tai_json_optional_string (self->json, "x-guitai.shift", &shift, NULL) && shift != NULL) {
    hq_line_get_due (self->json, &due);
    hq_till_note_money (self->call, shift, "order", self->id, due);
  }
}

static gboolean
insert_order (HqIntake *self)
{
  self->order.id = self->id;
  self->order.key = self->message.key;
  if (!self->call->store->klass->order_insert (self->call->store, &self->order))
    return FALSE;
  take_money (self);
  hq_event_tell (self->call->store, HQ_EVENT_CREATE, &self->order, NULL, self->message.at_us);
  return TRUE;
}

/* ---- showing ---- */

static void
add_time (GString *out, const char *name, gint64 time_us)
{
  g_autofree char *text = tai_time_to_text (time_us);
  g_string_append_printf (out, ",\"%s\":\"%s\"", name, text);
}

static GBytes *
complete_body (GBytes *body)
{
  g_autoptr (TaiJson) json = hq_body_parse (body);
  hq_shape_complete ("ProductOrder", json);
  char *text = tai_json_to_text (json);
  return g_bytes_new_take (text, strlen (text));
}

void
hq_order_compose (GString *out, const HqOrderRow *row)
{
  g_autoptr (GBytes) body = row->flags & HQ_BODY_BRIEF ? complete_body (row->body) : g_bytes_ref (row->body);
  g_autoptr (GString) head = g_string_sized_new (512);
  g_string_append_printf (head, "\"id\":\"%s\",\"href\":\"" TAI_PATH_ORDER "/%s\",\"state\":\"%s\"", row->id,
                          row->id, row->state);
  add_time (head, "orderDate", row->order_us);
  if (strcmp (row->state, "completed") == 0)
    add_time (head, "completionDate", row->changed_us);
  if (strcmp (row->state, "cancelled") == 0)
    add_time (head, "cancellationDate", row->changed_us);
  if (row->reason != NULL)
    g_string_append_printf (head, ",\"x-guitai-reason\":\"%s\"", row->reason);
  if (row->flags & HQ_BODY_NO_PARTY)
    g_string_append_printf (
        head,
        ",\"relatedParty\":[{\"id\":\"%s\",\"role\":\"salesChannel\",\"@referredType\":\"Organization\"}]",
        row->hall);
  hq_compose (out, head->str, body, row->flags, ours);
}

/* Of bytes that came again. */
static HqBodyFlags
find_flags (const TaiJson *json)
{
  HqBodyFlags flags = find_members (json).flags;
  gboolean is_brief = tai_json_get (json, "x-guitai.operation") == NULL &&
                      !hq_shape_check ("ProductOrder", json, FALSE, NULL);
  return is_brief ? flags | HQ_BODY_BRIEF : flags;
}

/* As it was first answered, whatever became of the order since. */
static void
answer_order (HqIntake *self, const HqMessageRow *stored)
{
  HqOrderRow row = {.id = stored->resource,
                    .hall = stored->hall,
                    .state = "acknowledged",
                    .order_us = stored->at_us,
                    .body = stored->body,
                    .flags = stored == &self->message ? self->order.flags : find_flags (self->json)};
  g_autofree char *id = g_strdup (stored->resource);
  GString *out = g_string_sized_new (g_bytes_get_size (row.body) + 512);
  hq_order_compose (out, &row);
  self->call->response->location = g_strdup_printf ("%s/%s", TAI_PATH_ORDER, id);
  hq_respond_whole (self->call, 201, out);
}

const HqIntakeClass hq_order_intake = {HQ_MESSAGE_ORDER, "state",      "acknowledged",
                                       read_order,       insert_order, answer_order};

static gboolean
find_order (HqCall *call, GString *out)
{
  g_auto (HqOrderRow) row = {0};
  if (!call->store->klass->order_find (call->store, hq_call_hall (call), call->id, &row))
    return FALSE;
  hq_order_compose (out, &row);
  return TRUE;
}

static gboolean
list_order_cb (const HqOrderRow *row, gpointer data)
{
  HqListing *listing = data;
  g_string_truncate (listing->one, 0);
  hq_order_compose (listing->one, row);
  return hq_listing_add (listing);
}

static void
list_orders (HqCall *call, HqListing *listing)
{
  HqListFilter filter = {
      .hall = hq_call_hall (call),
      .id = hq_query_take (call->query, "id"),
      .external_id = hq_query_take (call->query, "externalId"),
      .state = hq_query_take (call->query, "state"),
      .category = hq_query_take (call->query, "category"),
      .operation = hq_query_take (call->query, "x-guitai.operation"),
      .terminal = hq_query_take (call->query, "x-guitai.terminal"),
      .day = hq_query_take (call->query, "x-guitai.businessDay"),
  };
  call->store->klass->order_list (call->store, &filter, hq_listing_offset (listing),
                                  hq_listing_limit (listing), list_order_cb, listing);
  listing->total = call->store->klass->order_count (call->store, &filter);
}

/* ---- PATCH ---- */

static gboolean
check_patch (HqCall *call, const TaiJson *patch, const TaiJson *order)
{
  TaiJsonIter iter;
  tai_json_iter_init (&iter, patch);
  while (tai_json_iter_next (&iter)) {
    /* a strict TMF622 client must repeat the items: let it, as long as they stay */
    gboolean same = iter.value != NULL && tai_json_equal (tai_json_get_member (order, iter.name), iter.value);
    if (hq_is_ours (changeable, iter.name) || same)
      continue;
    g_autofree char *detail = g_strdup_printf ("%s cannot be changed", iter.name);
    hq_response_fail (call->response, 400, "not_changeable", detail);
    return FALSE;
  }
  return TRUE;
}

static gboolean
is_final (const char *state)
{
  static const char *const final[] = {"completed", "rejected", "failed", "partial", "cancelled", NULL};
  return hq_is_ours (final, state);
}

static void
change_order (HqCall *call, HqOrderRow *row, const TaiJson *patch)
{
  g_autoptr (TaiJson) order = hq_body_parse (row->body);
  if (!check_patch (call, patch, order))
    return;
  g_autoptr (TaiJson) merged = tai_json_merge_patch (order, patch);
  g_autoptr (GBytes) changed = g_bytes_ref (call->request->body);
  char *text = tai_json_to_text (merged);
  if (strlen (text) > HQ_MESSAGE_MAX_BYTES) {
    g_free (text);
    hq_response_fail (call->response, 413, "size", "the order would become too large");
    return;
  }
  g_bytes_unref (row->body);
  row->body = g_bytes_new_take (text, strlen (text));
  row->flags |= HQ_BODY_PATCHED;
  row->changed_us = call->request->now_us;
  call->store->klass->order_set_body (call->store, row);
  hq_event_tell (call->store, HQ_EVENT_ATTRIBUTE, row, changed, row->changed_us);
  GString *out = g_string_new (NULL);
  hq_order_compose (out, row);
  hq_respond_whole (call, 200, out);
}

static void
patch_order (HqCall *call, const TaiJson *patch, gboolean is_whole)
{
  g_auto (HqOrderRow) row = {0};
  gboolean found = call->store->klass->order_find (call->store, hq_call_hall (call), call->id, &row);
  g_assert (found); /* by whoever called */
  if (is_final (row.state))
    hq_response_fail (call->response, 409, "final", row.state);
  else
    change_order (call, &row, patch);
}

const HqRowsClass hq_order_rows = {find_order, list_orders, patch_order, NULL, TRUE};
