/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of the administrator into the store: checked whole first, then written in one transaction. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-load.h"

#include <string.h>

#include "tai-catalogue.h"
#include "tai-canonical.h"
#include "tai-directory.h"
#include "tai-hq-check.h"
#include "tai-hq-error.h"
#include "tai-hq-group.h"
#include "tai-hq-shape.h"
#include "tai-hq-types-private.h"
#include "tai-json-money.h"
#include "tai-numbers.h"
#include "tai-offering-json.h"
#include "tai-pin.h"
#include "tai-staff.h"
#include "tai-totp.h"

#define FILE_MAX_BYTES  ((gsize)64 << 20)
#define FILE_MAX_VALUES 20000000

static gint64 fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gint64
fail (GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA, text);
  return -1;
}

static TaiJson *
parse_array (GBytes *text, GError **error)
{
  TaiJsonLimits limits = {.max_bytes = FILE_MAX_BYTES, .max_values = FILE_MAX_VALUES};
  GError *why = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);
  TaiJson *json = tai_json_parse (bytes, (gssize)size, &limits, &why);
  if (json == NULL)
    fail (error, "%s", why->message);
  else if (tai_json_get_kind (json) != TAI_JSON_ARRAY) {
    fail (error, "an array is expected");
    g_clear_pointer (&json, tai_json_free);
  }
  g_clear_error (&why);
  return json;
}

static gint64
end (HqStore *store, gint64 count, GError **error)
{
  if (count < 0) {
    store->klass->rollback (store);
    return count;
  }
  store->klass->commit (store);
  if (store->error == NULL)
    return count;
  g_propagate_error (error, g_error_copy (store->error));
  return -1;
}

/* ---- catalogue ---- */

static void
give (TaiJson *json, const char *name, const char *text)
{
  if (!tai_json_has (json, name))
    tai_json_set (json, name, tai_json_new_string (text));
}

/* The standard wants to know what it is an offer of; the kind says that. */
static void
give_specification (TaiJson *offering)
{
  const char *kind = tai_json_require_string (offering, "x-guitai.kind", NULL);
  if (kind == NULL || tai_json_has (offering, "productSpecification"))
    return;
  TaiJson *specification = tai_json_new_object ();
  tai_json_set (specification, "id", tai_json_new_string (kind));
  tai_json_set (specification, "name", tai_json_new_string (kind));
  tai_json_set (offering, "productSpecification", specification);
}

/* An offering's prices are TMF620's ProductOfferingPriceRefOrValue: whoever reads by the standard's file finds the amount and the
 * period where that has them. */
static void
give_price (TaiJson *price)
{
  const TaiJson *amount = tai_json_get (price, "price");
  const char *period = tai_json_require_string (price, "recurringChargePeriodType", NULL);
  if (tai_json_has (amount, "value") && !tai_json_has (amount, "taxIncludedAmount")) {
    TaiJson *value = tai_json_copy (amount);
    tai_json_set (value, "taxIncludedAmount", tai_json_copy (amount));
    tai_json_set (price, "price", value);
  }
  if (period != NULL)
    give (price, "recurringChargePeriod", period);
}

static void
give_prices (TaiJson *offering)
{
  const TaiJson *prices = tai_json_get (offering, "productOfferingPrice");
  TaiJson *list = tai_json_new_array ();
  for (guint i = 0; i < tai_json_get_length (prices); i++) {
    TaiJson *price = tai_json_copy (tai_json_get_element (prices, i));
    give_price (price);
    tai_json_append (list, price);
  }
  tai_json_set (offering, "productOfferingPrice", list);
}

/* As it is served. */
static TaiJson *
complete (const TaiJson *offering, const char *now)
{
  TaiJson *whole = tai_json_copy (offering);
  tai_json_delete (whole, "href"); /* HQ gives it */
  give (whole, "lifecycleStatus", "Active");
  give (whole, "lastUpdate", now);
  give_specification (whole);
  give_prices (whole);
  return whole;
}

/* What the standard's file would not have is added to @problems. */
static void
check_shapes (const TaiJson *list, const char *now, GPtrArray *problems)
{
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    g_autoptr (TaiJson) whole = complete (tai_json_get_element (list, i), now);
    g_autoptr (GError) why = NULL;
    if (!hq_shape_check ("ProductOffering", whole, FALSE, &why))
      g_ptr_array_add (problems, g_strdup_printf ("offering %s: %s",
                                                  tai_json_require_string (whole, "id", NULL), why->message));
  }
}

static gboolean
check_catalogue (const TaiJson *list, const char *now, GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (TaiCatalogue) catalogue = tai_catalogue_from_json (list, NULL, &problems, NULL);
  if (catalogue != NULL) { /* else who reads it has said what is of another kind */
    problems = g_ptr_array_new_with_free_func (g_free);
    check_shapes (list, now, problems);
    /* An export that failed: no hall could sell any more. */
    if (tai_catalogue_get_n_offerings (catalogue) == 0)
      g_ptr_array_add (problems, g_strdup ("nothing is on sale in it"));
  }
  if (problems->len == 0)
    return TRUE;
  g_autoptr (GString) all = g_string_new (NULL);
  g_string_printf (all, "catalogue refused, faults: %u", problems->len);
  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (all, "\n  %s", (const char *)problems->pdata[i]);
  fail (error, "%s", all->str);
  return FALSE;
}

static void
insert_offering (HqStore *store, const TaiJson *offering, gint64 position, const char *now)
{
  g_autoptr (TaiJson) whole = complete (offering, now);
  char *body = tai_json_to_text (whole);
  g_autoptr (GBytes) bytes = g_bytes_new_take (body, strlen (body));
  store->klass->offering_insert (store, tai_json_require_string (whole, "id", NULL), position, bytes);
}

/* What grades of numbers ask, where an order's check finds it without looking through the list. */
static void
put_grades (HqStore *store, const TaiJson *list)
{
  g_autoptr (TaiJson) grades = tai_json_new_object ();
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *offering = tai_json_get_element (list, i);
    const char *grade = tai_json_require_string (offering, "x-guitai.grade", NULL);
    const TaiJson *minimum = tai_json_get (offering, "x-guitai.minimumSpend");
    if (grade != NULL && minimum != NULL)
      tai_json_set (grades, grade, tai_json_copy (minimum));
  }
  g_autofree char *text = tai_json_to_text (grades);
  store->klass->setting_put (store, HQ_SETTING_GRADES, text);
}

gint64
hq_load_catalogue (HqStore *store, GBytes *text, gint64 now_us, GError **error)
{
  g_autoptr (TaiJson) list = parse_array (text, error);
  g_autofree char *now = tai_time_to_text (now_us);
  if (list == NULL || !check_catalogue (list, now, error))
    return -1;
  gsize size;
  const void *bytes = g_bytes_get_data (text, &size);
  char etag[65];
  tai_digest_to_hex (tai_digest_bytes (bytes, size), etag);
  store->klass->begin (store);
  store->klass->offering_clear (store);
  for (guint i = 0; i < tai_json_get_length (list); i++)
    insert_offering (store, tai_json_get_element (list, i), i, now);
  store->klass->setting_put (store, "catalogue_etag", etag);
  store->klass->setting_put (store, HQ_SETTING_CATALOGUE_TIME, now);
  put_grades (store, list);
  return end (store, tai_json_get_length (list), error);
}

/* ---- staff ---- */

static char *
make_pin_record (const char *pin, TaiPinHasher *hasher, GError **error)
{
  if (pin[0] == '$')
    return tai_pin_check_record (pin, error) ? g_strdup (pin) : NULL;
  return tai_pin_hasher_hash (hasher, pin, error);
}

static GBytes *
render_person (const TaiJson *person, const char *record)
{
  g_autoptr (TaiJson) clean = tai_json_copy (person);
  tai_json_delete (clean, "hall");
  tai_json_set (clean, "pin", tai_json_new_string (record));
  if (!tai_json_has (clean, "disabled"))
    tai_json_set (clean, "disabled", tai_json_new_bool (FALSE));
  char *text = tai_json_to_text (clean);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
load_person (HqStore *store, const TaiJson *person, TaiPinHasher *hasher, GError **error)
{
  const char *hall = "", *code = NULL;
  g_auto (TaiTotp) totp = {0};
  gboolean disabled;
  TaiRole role;
  const TaiJson *rights = NULL;
  const char *number = tai_json_require_string (person, "number", error);
  if (number == NULL || tai_json_require_string (person, "name", error) == NULL)
    return FALSE;
  const char *role_text = tai_json_require_string (person, "role", error);
  const char *pin = role_text != NULL ? tai_json_require_string (person, "pin", error) : NULL;
  if (pin == NULL || !tai_role_from_text (role_text, &role, error) ||
      !tai_json_optional_string (person, "hall", &hall, error) ||
      !tai_json_optional_bool (person, "disabled", &disabled, error) ||
      !tai_json_optional_array (person, "rights", &rights, error) ||
      !tai_json_optional_string (person, "code", &code, error) ||
      (code != NULL && !tai_totp_from_record (code, &totp, error)))
    return FALSE;
  g_autofree char *record = make_pin_record (pin, hasher, error);
  if (record == NULL)
    return FALSE;
  g_autoptr (GBytes) body = render_person (person, record);
  store->klass->staff_put (store, hall, number, body);
  return TRUE;
}

gint64
hq_load_staff (HqStore *store, GBytes *text, TaiPinHasher *hasher, GError **error)
{
  g_autoptr (TaiJson) list = parse_array (text, error);
  g_autoptr (GError) why = NULL;
  gint64 count = 0;
  if (list == NULL)
    return -1;
  store->klass->begin (store);
  for (guint i = 0; i < tai_json_get_length (list) && count >= 0; i++)
    count = load_person (store, tai_json_get_element (list, i), hasher, &why)
                ? count + 1
                : fail (error, "[%u]: %s", i, why->message);
  return end (store, count, error);
}

/* ---- stock ---- */

#define COUPON_MAX 40 /* characters of its number */

/* Worth so much, at one hall if one is named, until a time if one is. */
static gboolean
load_coupon (HqStore *store, const TaiJson *json, HqStockRow *row, GError **error)
{
  TaiMoney worth;
  const char *until = NULL;
  gsize length = strspn (row->value, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-");
  if (length < 4 || length > COUPON_MAX || row->value[length] != '\0')
    return fail (error, "value: 4 to %d capitals, digits and -", COUPON_MAX) >= 0;
  if (row->grade == NULL || !tai_money_from_text (row->grade, TAI_CNY, &worth, NULL) || worth.minor <= 0)
    return fail (error, "grade: what the coupon is worth") >= 0;
  if (!tai_json_optional_string (json, "hall", &row->hall, error) ||
      !tai_json_optional_string (json, "until", &until, error))
    return FALSE;
  if (until != NULL && !tai_time_from_text (until, &row->expires_us))
    return fail (error, "until: no time") >= 0;
  store->klass->stock_add (store, row);
  return TRUE;
}

static gboolean
load_resource (HqStore *store, const TaiJson *resource, GError **error)
{
  HqStockRow row = {.state = "free"};
  row.kind = tai_json_require_string (resource, "kind", error);
  row.value = row.kind != NULL ? tai_json_require_string (resource, "value", error) : NULL;
  if (row.value == NULL || !tai_json_optional_string (resource, "grade", &row.grade, error))
    return FALSE;
  if (strcmp (row.kind, "coupon") == 0)
    return load_coupon (store, resource, &row, error);
  gsize digits = strspn (row.value, "0123456789ABCDEFabcdef");
  if (strcmp (row.kind, "msisdn") != 0 && strcmp (row.kind, "iccid") != 0)
    return fail (error, "kind: msisdn, iccid or coupon") >= 0;
  if (digits < 5 || digits > 22 || row.value[digits] != '\0')
    return fail (error, "value: 5 to 22 digits") >= 0;
  store->klass->stock_add (store, &row);
  return TRUE;
}

gint64
hq_load_stock (HqStore *store, GBytes *text, GError **error)
{
  g_autoptr (TaiJson) list = parse_array (text, error);
  g_autoptr (GError) why = NULL;
  gint64 count = 0;
  if (list == NULL)
    return -1;
  store->klass->begin (store);
  for (guint i = 0; i < tai_json_get_length (list) && count >= 0; i++)
    count = load_resource (store, tai_json_get_element (list, i), &why)
                ? count + 1
                : fail (error, "[%u]: %s", i, why->message);
  return end (store, count, error);
}

/* ---- lines ---- */

/* Who owes, owes since a day. */
static gboolean
read_arrears (const TaiJson *json, HqLineRow *row, GError **error)
{
  const char *since = NULL;
  if (!tai_json_optional_money (json, "arrears", &row->arrears, error))
    return FALSE;
  if (row->arrears.currency != row->balance.currency || row->arrears.minor < 0)
    return fail (error, "arrears: at least 0, in the balance's currency") >= 0;
  if (row->arrears.minor == 0)
    return TRUE;
  since = tai_json_require_string (json, "arrears.since", error);
  return since != NULL &&
         (tai_time_from_text (since, &row->arrears_since_us) || fail (error, "arrears.since: no time") >= 0);
}

static gboolean
read_plan (const TaiJson *json, HqLineRow *row, GError **error)
{
  const TaiJson *plan = NULL;
  if (!tai_json_optional_object (json, "plan", &plan, error))
    return FALSE;
  if (plan == NULL)
    return TRUE;
  row->plan = tai_json_require_string (plan, "id", error);
  row->plan_name = row->plan != NULL ? tai_json_require_string (plan, "name", error) : NULL;
  return row->plan_name != NULL && tai_json_optional_string (plan, "nameEn", &row->plan_name_en, error);
}

/* The owner is known by the keyed hash of a document's number; the number itself is not kept. */
static gboolean
read_owner (HqStore *store, const TaiJson *json, HqLineRow *row, char **customer, GError **error)
{
  const char *number = NULL;
  if (!tai_json_optional_string (json, "ownerMask", &row->owner, error) ||
      !tai_json_optional_string (json, "customer", &row->customer, error) ||
      !tai_json_optional_string (json, "ownerDocument", &number, error))
    return FALSE;
  if (row->owner != NULL && !tai_line_is_mask (row->owner))
    return fail (error, "ownerMask: a mask is expected, no name") >= 0;
  if (number != NULL && store->secrets.blind_key != NULL)
    row->customer = *customer = tai_seal_blind_index (store->secrets.blind_key, number);
  return TRUE;
}

static gboolean
load_line (HqStore *store, const TaiJson *json, gint64 now_us, GError **error)
{
  g_autofree char *customer = NULL;
  TaiLineStatus status;
  HqLineRow row = {.changed_us = now_us};
  row.msisdn = tai_json_require_string (json, "msisdn", error);
  row.status = row.msisdn != NULL ? tai_json_require_string (json, "status", error) : NULL;
  if (row.status == NULL || !tai_msisdn_check (row.msisdn, error) ||
      !tai_line_status_from_text (row.status, &status, error) ||
      !read_owner (store, json, &row, &customer, error) || !read_plan (json, &row, error) ||
      !tai_json_require_money (json, "balance", &row.balance, error))
    return FALSE;
  row.arrears = tai_money (0, row.balance.currency);
  if (!read_arrears (json, &row, error))
    return FALSE;
  store->klass->line_put (store, &row);
  return TRUE;
}

gint64
hq_load_lines (HqStore *store, GBytes *text, gint64 now_us, GError **error)
{
  g_autoptr (TaiJson) list = parse_array (text, error);
  g_autoptr (GError) why = NULL;
  gint64 count = 0;
  if (list == NULL)
    return -1;
  store->klass->begin (store);
  for (guint i = 0; i < tai_json_get_length (list) && count >= 0; i++)
    count = load_line (store, tai_json_get_element (list, i), now_us, &why)
                ? count + 1
                : fail (error, "[%u]: %s", i, why->message);
  return end (store, count, error);
}

/* ---- groups ---- */

static gboolean
load_group (HqStore *store, const TaiJson *json, gint64 now_us, GError **error)
{
  g_autofree char *blind = NULL;
  const char *customer = NULL, *number = NULL;
  const TaiJson *groups = tai_json_require_array (json, "groups", error);
  if (groups == NULL || !tai_json_optional_string (json, "customer", &customer, error) ||
      !tai_json_optional_string (json, "ownerDocument", &number, error))
    return FALSE;
  if (number != NULL && store->secrets.blind_key != NULL)
    customer = blind = tai_seal_blind_index (store->secrets.blind_key, number);
  if (customer == NULL || customer[0] == '\0')
    return fail (error, "ownerDocument or customer: missing") >= 0;
  return hq_group_put (store, customer, groups, now_us, error);
}

gint64
hq_load_groups (HqStore *store, GBytes *text, gint64 now_us, GError **error)
{
  g_autoptr (TaiJson) list = parse_array (text, error);
  g_autoptr (GError) why = NULL;
  gint64 count = 0;
  if (list == NULL)
    return -1;
  store->klass->begin (store);
  for (guint i = 0; i < tai_json_get_length (list) && count >= 0; i++)
    count = load_group (store, tai_json_get_element (list, i), now_us, &why)
                ? count + 1
                : fail (error, "[%u]: %s", i, why->message);
  return end (store, count, error);
}

/* ---- documents ---- */

static gboolean
load_document (HqStore *store, const TaiJson *json, gint64 now_us, GError **error)
{
  const char *name = tai_json_require_string (json, "@type", error);
  const HqResourceType *type = name != NULL ? hq_types_find (name) : NULL;
  if (name == NULL)
    return FALSE;
  if (type == NULL || !hq_type_has_documents (type))
    return fail (error, "@type: no resource that can be loaded") >= 0;
  return hq_document_load (store, type, json, now_us, error);
}

gint64
hq_load_documents (HqStore *store, GBytes *text, gint64 now_us, GError **error)
{
  g_autoptr (TaiJson) list = parse_array (text, error);
  g_autoptr (GError) why = NULL;
  gint64 count = 0;
  if (list == NULL)
    return -1;
  store->klass->begin (store);
  for (guint i = 0; i < tai_json_get_length (list) && count >= 0; i++)
    count = load_document (store, tai_json_get_element (list, i), now_us, &why)
                ? count + 1
                : fail (error, "[%u]: %s", i, why->message);
  return end (store, count, error);
}
