/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order as it goes to the operator's system: one internal value, made here, and the serialiser of TMF622 v4, whose shape
 * it has. Whoever writes another version starts from the same value (tai-hq-south-v5). Pure.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-south-private.h"

#include <string.h>

#define EXTENSION "x-guitai"

/* ---- what stays here ---- */

static gboolean
is_extension (const char *name)
{
  return name != NULL && g_str_has_prefix (name, EXTENSION);
}

/* Characteristics carry their name inside. */
static gboolean
is_extension_element (const TaiJson *element)
{
  return tai_json_get_kind (element) == TAI_JSON_OBJECT &&
         is_extension (tai_json_require_string (element, "name", NULL));
}

static TaiJson *
strip_object (const TaiJson *node)
{
  TaiJson *copy = tai_json_new_object ();
  TaiJsonIter iter;
  tai_json_iter_init (&iter, node);
  while (tai_json_iter_next (&iter))
    if (!is_extension (iter.name))
      tai_json_set (copy, iter.name, iter.value != NULL ? hq_strip_ours (iter.value) : NULL);
  return copy;
}

static TaiJson *
strip_array (const TaiJson *node)
{
  TaiJson *copy = tai_json_new_array ();
  for (guint i = 0; i < tai_json_get_length (node); i++) {
    const TaiJson *element = tai_json_get_element (node, i);
    if (element != NULL && !is_extension_element (element))
      tai_json_append (copy, hq_strip_ours (element));
  }
  return copy;
}

/* The sealed identity is for headquarters alone, and nobody behind it knows our extensions. */
TaiJson *
hq_strip_ours (const TaiJson *node)
{
  switch (tai_json_get_kind (node)) {
  case TAI_JSON_OBJECT:
    return strip_object (node);
  case TAI_JSON_ARRAY:
    return strip_array (node);
  default:
    return tai_json_copy (node);
  }
}

/* ---- a plan change in two dialects ---- */

static const char *
get_text (const TaiJson *item, const char *path)
{
  return tai_json_require_string (item, path, NULL);
}

static gboolean
has_action (const TaiJson *item, const char *action)
{
  return g_strcmp0 (get_text (item, "action"), action) == 0;
}

/* What the form is made of: the line, the plan that comes, the plan that goes; the rest stays as it is. All (nullable). */
typedef struct {
  const TaiJson *line, *new_plan, *old_plan;
} PlanChange;

static PlanChange
find_parts (const TaiJson *items)
{
  PlanChange found = {0};
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    gboolean has_offering = tai_json_get (item, "productOffering") != NULL;
    if (has_action (item, "delete") && found.old_plan == NULL)
      found.old_plan = item;
    else if (!has_offering && found.line == NULL)
      found.line = item;
    else if (has_offering && found.new_plan == NULL &&
             (has_action (item, "add") || has_action (item, "modify")))
      found.new_plan = item;
  }
  return found;
}

static TaiJson *
with_action (const TaiJson *item, const char *action)
{
  TaiJson *copy = tai_json_copy (item);
  tai_json_set (copy, "action", tai_json_new_string (action));
  return copy;
}

/* An id that no item has: the new plan's with a letter behind it. */
static TaiJson *
make_removal (const PlanChange *parts, const char *plan)
{
  TaiJson *item = tai_json_new_object ();
  TaiJson *offering = tai_json_new_object ();
  const TaiJson *product = tai_json_get (parts->line, "product");
  g_autofree char *id = g_strdup_printf ("%s-old", get_text (parts->new_plan, "id"));
  tai_json_set (offering, "id", tai_json_new_string (plan));
  tai_json_set (item, "@type", tai_json_new_string ("ProductOrderItem"));
  tai_json_set (item, "id", tai_json_new_string (id));
  tai_json_set (item, "quantity", tai_json_new_int (1));
  tai_json_set (item, "action", tai_json_new_string ("delete"));
  tai_json_set (item, "productOffering", offering);
  if (product != NULL)
    tai_json_set (item, "product", tai_json_copy (product));
  return item;
}

/* TM Forum's own sample: the line as it is, the old plan deleted, the new one added. */
static TaiJson *
to_delete_add (const TaiJson *items, const PlanChange *parts, const char *plan)
{
  TaiJson *list = tai_json_new_array ();
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    if (item == parts->line)
      tai_json_append (list, with_action (item, "noChange"));
    else if (item == parts->new_plan) {
      if (parts->old_plan == NULL && plan != NULL &&
          g_strcmp0 (plan, get_text (item, "productOffering.id")) != 0)
        tai_json_append (list, make_removal (parts, plan));
      tai_json_append (list, with_action (item, "add"));
    } else
      tai_json_append (list, tai_json_copy (item));
  }
  return list;
}

/* One item: the line, under its new offering. */
static TaiJson *
make_swap (const PlanChange *parts)
{
  static const char *const names[] = {"productOffering", "itemPrice", "itemTotalPrice", "itemTerm"};
  TaiJson *item = with_action (parts->line, "modify");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const TaiJson *value = tai_json_get_member (parts->new_plan, names[i]);
    if (value != NULL)
      tai_json_set (item, names[i], tai_json_copy (value));
  }
  return item;
}

static TaiJson *
to_modify (const TaiJson *items, const PlanChange *parts)
{
  TaiJson *list = tai_json_new_array ();
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    if (item == parts->line)
      tai_json_append (list, make_swap (parts));
    else if (item != parts->new_plan && item != parts->old_plan)
      tai_json_append (list, tai_json_copy (item));
  }
  return list;
}

gboolean
hq_south_is_plan_change (const HqOrderRow *row)
{
  return g_strcmp0 (row->operation, "plan_change") == 0 || g_strcmp0 (row->category, "planChange") == 0;
}

/* What is no plan change in a form that we know stays as it came. */
static void
apply_dialect (const HqSouthProfile *profile, TaiJson *order, const char *plan)
{
  const TaiJson *items = tai_json_get_member (order, "productOrderItem");
  PlanChange parts = find_parts (items);
  if (parts.line == NULL || parts.new_plan == NULL)
    return;
  TaiJson *changed =
      profile->dialect == HQ_DIALECT_MODIFY ? to_modify (items, &parts) : to_delete_add (items, &parts, plan);
  tai_json_set (order, "productOrderItem", changed);
}

/* ---- the value ---- */

TaiJson *
hq_south_order_make (const HqSouthProfile *profile, const HqOrderRow *row, const TaiJson *body,
                     const char *plan)
{
  /* a create has none of what the server gives */
  static const char *const given[] = {
      "id", "href", "state", "orderDate", "completionDate", "expectedCompletionDate", "cancellationDate"};
  TaiJson *order = hq_strip_ours (body);
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    tai_json_delete (order, given[i]);
  tai_json_set (order, "@type", tai_json_new_string ("ProductOrder"));
  tai_json_set (order, "externalId",
                tai_json_new_string (row->external_id != NULL ? row->external_id : row->id));
  if (hq_south_is_plan_change (row))
    apply_dialect (profile, order, plan);
  return order;
}

/* ---- v4 ---- */

static GBytes *
take_text (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

GBytes *
hq_south_order_to_v4 (const HqSouthProfile *profile, const TaiJson *order)
{
  return take_text (tai_json_to_text (order));
}

GBytes *
hq_south_order_write (const HqSouthProfile *profile, const TaiJson *order)
{
  return profile->version == 5 ? hq_south_order_to_v5 (profile, order)
                               : hq_south_order_to_v4 (profile, order);
}

GBytes *
hq_south_cancel_write (const HqSouthProfile *profile, const char *foreign_id, const char *reason)
{
  gboolean is_v5 = profile->version == 5;
  TaiJsonWriter *w = tai_json_writer_new ();
  tai_json_writer_begin_object (w);
  if (is_v5)
    tai_json_writer_add_string (w, "@type", "CancelProductOrder");
  tai_json_writer_add_string (w, "cancellationReason", reason);
  tai_json_writer_add_object (w, "productOrder");
  if (is_v5)
    tai_json_writer_add_string (w, "@type", "ProductOrderRef");
  tai_json_writer_add_string (w, "id", foreign_id);
  tai_json_writer_add_string (w, "@referredType", "ProductOrder");
  tai_json_writer_end_object (w);
  tai_json_writer_end_object (w);
  return tai_json_writer_end_bytes (w);
}

/* ---- their resources ---- */

gboolean
hq_south_shows_external_id (const TaiJson *resource)
{
  return tai_json_get_member (resource, "externalId") != NULL;
}

gboolean
hq_south_has_external_id (const TaiJson *resource, const char *external_id)
{
  const TaiJson *value = tai_json_get_member (resource, "externalId");
  if (tai_json_get_kind (value) == TAI_JSON_STRING)
    return g_strcmp0 (tai_json_require_string (value, "", NULL), external_id) == 0;
  for (guint i = 0; i < tai_json_get_length (value); i++)
    if (g_strcmp0 (tai_json_require_string (tai_json_get_element (value, i), "id", NULL), external_id) == 0)
      return TRUE;
  return FALSE;
}
