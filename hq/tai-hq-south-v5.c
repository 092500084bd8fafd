/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The same order in TMF622 v5: every object says its @type, references nest one deeper, externalId is a list. What differs is
 * data: a shape for each kind of object, with the members that it may have; what v5 does not know is left out. Pure.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-south-private.h"

#include <string.h>

typedef struct _Shape Shape;

/* @shape: of the value, or of each element; NULL: copied as it is. */
typedef struct {
  const char *name;
  const Shape *shape;
} Member;

/* @write: (nullable) adds what v5 takes apart. @type: (nullable) @write says it. */
struct _Shape {
  const char *type;
  const Member *members;
  void (*write) (TaiJsonWriter *w, const TaiJson *node);
};

static void write_shaped (TaiJsonWriter *w, const TaiJson *node, const Shape *shape);

static void
write_members (TaiJsonWriter *w, const TaiJson *node, const Member *members)
{
  for (const Member *member = members; member != NULL && member->name != NULL; member++) {
    const TaiJson *value = tai_json_get_member (node, member->name);
    if (value == NULL)
      continue;
    tai_json_writer_key (w, member->name);
    write_shaped (w, value, member->shape);
  }
}

static void
write_shaped (TaiJsonWriter *w, const TaiJson *node, const Shape *shape)
{
  if (tai_json_get_kind (node) == TAI_JSON_ARRAY) {
    tai_json_writer_begin_array (w);
    for (guint i = 0; i < tai_json_get_length (node); i++)
      write_shaped (w, tai_json_get_element (node, i), shape);
    tai_json_writer_end_array (w);
    return;
  }
  if (shape == NULL || tai_json_get_kind (node) != TAI_JSON_OBJECT) {
    tai_json_writer_node (w, node);
    return;
  }
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "@type", shape->type);
  write_members (w, node, shape->members);
  if (shape->write != NULL)
    shape->write (w, node);
  tai_json_writer_end_object (w);
}

static void
copy_text (TaiJsonWriter *w, const TaiJson *node, const char *name, const char *to)
{
  tai_json_writer_add_string (w, to, tai_json_require_string (node, name, NULL));
}

static const Member reference_members[] = {{"id"},      {"href"}, {"name"}, {"@referredType"},
                                           {"version"}, {NULL}};
#define REFERENCE(shape_name, type_name) static const Shape shape_name = {type_name, reference_members}
REFERENCE (agreement, "AgreementRef");
REFERENCE (billing_account, "BillingAccountRef");
REFERENCE (offering, "ProductOfferingRef");
REFERENCE (offering_price, "ProductOfferingPriceRef");
REFERENCE (payment, "PaymentRef");

static const Member note_members[] = {{"id"}, {"author"}, {"date"}, {"text"}, {NULL}};
static const Shape note = {"Note", note_members};

/* {id, name, role} → {role, channel: {id, name}} */
static void
write_channel (TaiJsonWriter *w, const TaiJson *node)
{
  const char *role = tai_json_require_string (node, "role", NULL);
  tai_json_writer_add_string (w, "role", role != NULL ? role : "orderCapture");
  tai_json_writer_add_object (w, "channel");
  tai_json_writer_add_string (w, "@type", "ChannelRef");
  copy_text (w, node, "id", "id");
  copy_text (w, node, "name", "name");
  tai_json_writer_end_object (w);
}
static const Shape channel = {"RelatedChannel", NULL, write_channel};

/* {id, name, role, @referredType} → {role, partyOrPartyRole: {…}}: people and organizations are parties, all else a role. */
static void
write_party (TaiJsonWriter *w, const TaiJson *node)
{
  const char *role = tai_json_require_string (node, "role", NULL);
  const char *referred = tai_json_require_string (node, "@referredType", NULL);
  gboolean is_party =
      referred == NULL || strcmp (referred, "Individual") == 0 || strcmp (referred, "Organization") == 0;
  tai_json_writer_add_string (w, "role", role != NULL ? role : "party");
  tai_json_writer_add_object (w, "partyOrPartyRole");
  tai_json_writer_add_string (w, "@type", is_party ? "PartyRef" : "PartyRoleRef");
  tai_json_writer_add_string (w, "@referredType", referred);
  copy_text (w, node, "id", "id");
  copy_text (w, node, "href", "href");
  copy_text (w, node, "name", "name");
  tai_json_writer_end_object (w);
}
static const Shape party = {"RelatedPartyRefOrPartyRoleRef", NULL, write_party};

/* {id, role, @referredType} → {role, place: {…}} */
static void
write_place (TaiJsonWriter *w, const TaiJson *node)
{
  copy_text (w, node, "role", "role");
  tai_json_writer_add_object (w, "place");
  tai_json_writer_add_string (w, "@type", "PlaceRef");
  copy_text (w, node, "id", "id");
  copy_text (w, node, "name", "name");
  copy_text (w, node, "@referredType", "@referredType");
  tai_json_writer_end_object (w);
}
static const Shape place = {"RelatedPlaceRefOrValue", NULL, write_place};

/* v5's has no value: a number or card that is named by nothing else goes where people read it. */
static void
write_resource (TaiJsonWriter *w, const TaiJson *node)
{
  copy_text (w, node, "id", "id");
  copy_text (w, node, "href", "href");
  copy_text (w, node, tai_json_has (node, "name") ? "name" : "value", "name");
  copy_text (w, node, "@referredType", "@referredType");
}
static const Shape resource = {"ResourceRef", NULL, write_resource};

/* Typed by its value. */
static void
write_characteristic (TaiJsonWriter *w, const TaiJson *node)
{
  static const char *const types[] = {
      [TAI_JSON_NULL] = "Characteristic",         [TAI_JSON_BOOL] = "BooleanCharacteristic",
      [TAI_JSON_INT] = "IntegerCharacteristic",   [TAI_JSON_DECIMAL] = "NumberCharacteristic",
      [TAI_JSON_STRING] = "StringCharacteristic", [TAI_JSON_ARRAY] = "StringArrayCharacteristic",
      [TAI_JSON_OBJECT] = "ObjectCharacteristic",
  };
  const TaiJson *value = tai_json_get_member (node, "value");
  tai_json_writer_add_string (w, "@type", types[tai_json_get_kind (value)]);
  copy_text (w, node, "id", "id");
  copy_text (w, node, "name", "name");
  copy_text (w, node, "valueType", "valueType");
  if (value != NULL)
    tai_json_writer_add_node (w, "value", value);
}
static const Shape characteristic = {NULL, NULL, write_characteristic};

static const Member product_members[] = {
    {"id"},
    {"name"},
    {"description"},
    {"isBundle"},
    {"status"},
    {"startDate"},
    {"terminationDate"},
    {"productSerialNumber"},
    {"productOffering", &offering},
    {"productCharacteristic", &characteristic},
    {"place", &place},
    {"realizingResource", &resource},
    {"billingAccount", &billing_account},
    {NULL},
};
static const Shape product = {"Product", product_members};

static const Member amount_members[] = {
    {"taxRate"}, {"percentage"}, {"dutyFreeAmount"}, {"taxIncludedAmount"}, {NULL}};
static const Shape amount = {"Price", amount_members};

static const Member alteration_members[] = {
    {"name"},           {"description"},         {"priceType"},
    {"priority"},       {"unitOfMeasure"},       {"recurringChargePeriod"},
    {"price", &amount}, {"applicationDuration"}, {NULL},
};
static const Shape alteration = {"PriceAlteration", alteration_members};

static const Member price_members[] = {
    {"name"},
    {"description"},
    {"priceType"},
    {"recurringChargePeriod"},
    {"unitOfMeasure"},
    {"price", &amount},
    {"priceAlteration", &alteration},
    {"productOfferingPrice", &offering_price},
    {"billingAccount", &billing_account},
    {NULL},
};
static const Shape price = {"OrderPrice", price_members};

static const Member relation_members[] = {{"id"}, {"relationshipType"}, {NULL}};
static const Shape relation = {"OrderItemRelationship", relation_members};

static const Member term_members[] = {{"name"}, {"description"}, {"duration"}, {NULL}};
static const Shape term = {"OrderTerm", term_members};

static const Shape item;
static const Member item_members[] = {
    {"id"},
    {"quantity"},
    {"action"},
    {"productOffering", &offering},
    {"product", &product},
    {"productOrderItemRelationship", &relation},
    {"itemPrice", &price},
    {"itemTotalPrice", &price},
    {"itemTerm", &term},
    {"billingAccount", &billing_account},
    {"payment", &payment},
    {"note", &note},
    {"productOrderItem", &item},
    {NULL},
};
static const Shape item = {"ProductOrderItem", item_members};

static const Member order_members[] = {
    {"category"},
    {"description"},
    {"priority"},
    {"requestedStartDate"},
    {"requestedCompletionDate"},
    {"notificationContact"},
    {"channel", &channel},
    {"relatedParty", &party},
    {"note", &note},
    {"agreement", &agreement},
    {"payment", &payment},
    {"billingAccount", &billing_account},
    {"orderTotalPrice", &price},
    {"productOrderItem", &item},
    {NULL},
};

static void
add_external_id (TaiJsonWriter *w, const HqSouthProfile *profile, const TaiJson *order)
{
  tai_json_writer_add_array (w, "externalId");
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "@type", "ExternalIdentifier");
  tai_json_writer_add_string (w, "owner", profile->owner);
  tai_json_writer_add_string (w, "externalIdentifierType", "ProductOrder");
  copy_text (w, order, "externalId", "id");
  tai_json_writer_end_object (w);
  tai_json_writer_end_array (w);
}

GBytes *
hq_south_order_to_v5 (const HqSouthProfile *profile, const TaiJson *order)
{
  TaiJsonWriter *w = tai_json_writer_new ();
  tai_json_writer_begin_object (w);
  tai_json_writer_add_string (w, "@type", "ProductOrder");
  add_external_id (w, profile, order);
  write_members (w, order, order_members);
  tai_json_writer_end_object (w);
  return tai_json_writer_end_bytes (w);
}
