/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Value-added services of a line, a document each. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-line-service.h"

#include <string.h>

#include "tai-hq-body.h"
#include "tai-hq-place.h"
#include "tai-order.h"

/* One service of one order. */
typedef struct {
  HqStore *store;
  const char *terminal; /* that it was sold at */
  const HqLineRow *line;
  const TaiJson *item;
  const TaiJson *offering;
  gint64 now_us;
} Service;

static void
put (Service *self, const char *id, gint64 created_us, const TaiJson *json)
{
  char *text = tai_json_to_text (json);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  HqDocumentRow row = {.kind = "Product",
                       .hall = "",
                       .id = id,
                       .line = self->line->msisdn,
                       .party = self->line->customer,
                       .created_us = created_us,
                       .changed_us = self->now_us,
                       .body = body};
  self->store->klass->document_put (self->store, &row);
}

static void
set_time (TaiJson *json, const char *name, gint64 time_us)
{
  g_autofree char *text = tai_time_to_text (time_us);
  tai_json_set (json, name, tai_json_new_string (text));
}

static TaiJson *
make_reference (const char *id, const char *value)
{
  TaiJson *json = tai_json_new_object ();
  tai_json_set (json, "id", tai_json_new_string (id));
  if (value != NULL)
    tai_json_set (json, "value", tai_json_new_string (value));
  return json;
}

static void
set_list (TaiJson *json, const char *name, TaiJson *only)
{
  TaiJson *list = tai_json_new_array ();
  if (only != NULL)
    tai_json_append (list, only);
  tai_json_set (json, name, list);
}

/* ---- on ---- */

/* The first moment after the trial's last day; 0: it goes on. */
static gint64
find_end (const Service *self)
{
  TaiDate last;
  const char *end = hq_item_get_characteristic (self->item, TAI_CHARACTERISTIC_TRIAL_END);
  if (end == NULL || hq_item_get_characteristic (self->item, TAI_CHARACTERISTIC_AFTER_TRIAL) != NULL ||
      !tai_date_from_text (end, &last))
    return 0;
  return hq_place_find_end_of_day (self->store, self->terminal, last);
}

static TaiJson *
make_party (const char *customer)
{
  TaiJson *party = make_reference (customer, NULL);
  tai_json_set (party, "role", tai_json_new_string ("customer"));
  tai_json_set (party, "@referredType", tai_json_new_string ("Customer"));
  return party;
}

static void
put_on (Service *self, const char *offering_id)
{
  const HqLineRow *line = self->line;
  g_autofree char *id = g_strdup_printf ("%s-%s", line->msisdn, offering_id);
  g_autoptr (TaiJson) product = tai_json_new_object ();
  const TaiJson *names = tai_json_get (self->offering, "x-guitai.names");
  gint64 end_us = find_end (self);
  tai_json_set (product, "@type", tai_json_new_string ("Product"));
  tai_json_set (product, "name",
                tai_json_new_string (tai_json_require_string (self->offering, "name", NULL)));
  tai_json_set (product, "status", tai_json_new_string ("active"));
  tai_json_set (product, "isCustomerVisible", tai_json_new_bool (TRUE));
  set_time (product, "startDate", self->now_us);
  if (end_us != 0)
    set_time (product, "terminationDate", end_us);
  tai_json_set (product, "productOffering", make_reference (offering_id, NULL));
  tai_json_set (product, "billingAccount", make_reference (line->msisdn, NULL));
  set_list (product, "productCharacteristic", NULL);
  set_list (product, "productPrice", NULL);
  set_list (product, "relatedParty", line->customer != NULL ? make_party (line->customer) : NULL);
  set_list (product, "realizingResource", make_reference (line->msisdn, line->msisdn));
  if (names != NULL) {
    TaiJson *extension = tai_json_new_object ();
    tai_json_set (extension, "names", tai_json_copy (names));
    tai_json_set (product, "x-guitai", extension);
  }
  put (self, id, self->now_us, product);
}

/* ---- off ---- */

typedef struct {
  const char *offering_id;
  GPtrArray *ids;    /* (element-type utf8) */
  GPtrArray *bodies; /* (element-type TaiJson) */
} Search;

static gboolean
collect_cb (const HqDocumentRow *row, gpointer data)
{
  Search *self = data;
  TaiJson *json = hq_body_parse (row->body);
  const char *id = tai_json_require_string (json, "productOffering.id", NULL);
  if (g_strcmp0 (id, self->offering_id) != 0) {
    tai_json_free (json);
    return TRUE;
  }
  g_ptr_array_add (self->ids, g_strdup (row->id));
  g_ptr_array_add (self->bodies, json);
  return TRUE;
}

/* Whoever put it there: its id may be another system's. */
static void
take_off (Service *self, const char *offering_id)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_json_free);
  Search search = {offering_id, ids, bodies};
  HqDocumentFilter filter = {.kind = "Product", .hall = "", .line = self->line->msisdn};
  self->store->klass->document_list (self->store, &filter, collect_cb, &search);
  for (guint i = 0; i < ids->len; i++) {
    TaiJson *product = bodies->pdata[i];
    tai_json_set (product, "status", tai_json_new_string ("terminated"));
    set_time (product, "terminationDate", self->now_us);
    put (self, ids->pdata[i], self->now_us, product);
  }
}

void
hq_line_services_settle (HqStore *store, const HqOrderRow *order, const TaiJson *json, const HqLineRow *line,
                         gint64 now_us)
{
  const TaiJson *items = tai_json_get_member (json, "productOrderItem");
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    const char *id = tai_json_require_string (item, "productOffering.id", NULL);
    const char *action = tai_json_require_string (item, "action", NULL);
    g_autoptr (GBytes) body = NULL;
    if (id == NULL || action == NULL || !store->klass->offering_find (store, id, &body))
      continue;
    g_autoptr (TaiJson) offering = hq_recent_parse (&store->recent, id, body);
    Service service = {store, order->terminal, line, item, offering, now_us};
    if (g_strcmp0 (tai_json_require_string (offering, "x-guitai.kind", NULL), "service") != 0)
      continue;
    if (strcmp (action, "add") == 0)
      put_on (&service, id);
    else if (strcmp (action, "delete") == 0)
      take_off (&service, id);
  }
}
