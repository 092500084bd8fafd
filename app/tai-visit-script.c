/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The script's door: first that no person stands in it, then that every member is known and is what it must be. What passes
 * here can still be refused by the desk, but never for the way it is written.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-visit-script.h"

#include <string.h>

#include "tai-app-error.h"
#include "tai-core-error.h"
#include "tai-identity.h"
#include "tai-posting.h"
#include "tai-visit.h"

static void
offering_free (gpointer data)
{
  TaiScriptOffering *self = data;

  g_free (self->id);
  g_free (self);
}

static void
order_free (gpointer data)
{
  TaiScriptOrder *self = data;

  g_free (self->number);
  g_free (self->sim);
  g_free (self->target);
  g_clear_pointer (&self->offerings, g_ptr_array_unref);
  g_free (self);
}

static void
payment_free (gpointer data)
{
  TaiScriptPayment *self = data;

  g_free (self->provider);
  g_free (self->number);
  if (self->code != NULL)
    explicit_bzero (self->code, strlen (self->code));
  g_free (self->code);
  g_free (self);
}

void
tai_visit_script_free (TaiVisitScript *self)
{
  if (self == NULL)
    return;
  g_free (self->staff);
  g_free (self->reader);
  g_free (self->printer);
  g_free (self->developer);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_free (self);
}

gboolean
tai_visit_script_needs_identity (const TaiVisitScript *self)
{
  for (guint i = 0; i < self->orders->len; i++)
    if (((const TaiScriptOrder *)g_ptr_array_index (self->orders, i))->operation->needs & TAI_NEEDS_IDENTITY)
      return TRUE;
  return FALSE;
}

/* No person ------------------------------------------------------------------------------------------------------------ */

/* Compared without case, '_', '-' and blanks. */
static const char *const personal[] = {
    "name",     "fullname",       "givenname",   "familyname", "surname",        "latinname",
    "customer", "customername",   "identity",    "idnumber",   "idno",           "idcard",
    "document", "documentnumber", "passport",    "passportno", "passportnumber", "certificate",
    "certno",   "birth",          "birthday",    "birthdate",  "address",        "sex",
    "gender",   "nation",         "nationality", "photo",      "face",           "mrz",
    "姓名",     "身份证",         "证件号码",    "证件号",     "住址",           "地址",
    "出生",     "性别",           "民族",        "照片",
};

static gboolean
names_person (const char *member)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *c = member; *c != '\0'; c++)
    if (strchr ("_- ", *c) == NULL)
      g_string_append_c (plain, g_ascii_tolower (*c));
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    if (strcmp (plain->str, personal[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_person (const TaiJson *node)
{
  char number[19];

  /* An ID number is one wherever it stands, also where a phone number belongs. */
  return tai_json_get_kind (node) == TAI_JSON_STRING &&
         tai_id_number_normalize (tai_json_require_string (node, "", NULL), number, NULL);
}

static gboolean
refuse_person (const char *place, GError **error)
{
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_IDENTITY_IN_SCRIPT, "%s: a person", place);
  return FALSE;
}

static gboolean
check_no_person (const TaiJson *node, const char *place, GError **error)
{
  TaiJsonIter iter;

  if (is_person (node))
    return refuse_person (place, error);
  for (guint i = 0; tai_json_get_kind (node) == TAI_JSON_ARRAY && i < tai_json_get_length (node); i++) {
    g_autofree char *inside = g_strdup_printf ("%s[%u]", place, i);
    if (!check_no_person (tai_json_get_element (node, i), inside, error))
      return FALSE;
  }
  tai_json_iter_init (&iter, node);
  while (tai_json_iter_next (&iter)) {
    g_autofree char *inside = g_strdup_printf ("%s.%s", place, iter.name);
    if (names_person (iter.name))
      return refuse_person (inside, error);
    if (!check_no_person (iter.value, inside, error))
      return FALSE;
  }
  return TRUE;
}

/* What may stand where --------------------------------------------------------------------------------------------------- */

static gboolean
fail (GError **error, const char *place, const char *what)
{
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_SCRIPT, "%s: %s", place, what);
  return FALSE;
}

static gboolean
check_members (const TaiJson *object, const char *place, const char *const *known, GError **error)
{
  TaiJsonIter iter;

  if (tai_json_get_kind (object) != TAI_JSON_OBJECT)
    return fail (error, place, "must be an object");
  tai_json_iter_init (&iter, object);
  while (tai_json_iter_next (&iter)) {
    if (!g_strv_contains (known, iter.name)) {
      g_autofree char *inside = g_strdup_printf ("%s.%s", place, iter.name);
      return fail (error, inside, "unknown member");
    }
  }
  return TRUE;
}

/* *@value stays NULL where the member is missing. */
static gboolean
take_text (const TaiJson *object, const char *place, const char *member, gboolean required, char **value,
           GError **error)
{
  const TaiJson *node = tai_json_get_member (object, member);
  g_autofree char *inside = g_strdup_printf ("%s.%s", place, member);

  if (node == NULL && !required)
    return TRUE;
  if (node == NULL)
    return fail (error, inside, "missing");
  if (tai_json_get_kind (node) != TAI_JSON_STRING)
    return fail (error, inside, "must be a text");
  *value = g_strdup (tai_json_require_string (node, "", NULL));
  return **value != '\0' || fail (error, inside, "is empty");
}

static gboolean
take_flag (const TaiJson *object, const char *place, const char *member, gboolean *value, GError **error)
{
  if (tai_json_optional_bool (object, member, value, NULL))
    return TRUE;
  g_autofree char *inside = g_strdup_printf ("%s.%s", place, member);
  return fail (error, inside, "must be true or false");
}

/* Amounts are texts, as they are typed; currency 0 where there is none. */
static gboolean
take_money (const TaiJson *object, const char *place, const char *member, guint16 currency, TaiMoney *value,
            GError **error)
{
  g_autofree char *text = NULL;

  *value = tai_money (0, 0);
  if (!take_text (object, place, member, FALSE, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (!tai_money_from_text (text, currency, value, error)) {
    g_prefix_error (error, "%s.%s: ", place, member);
    return FALSE;
  }
  if (value->minor >= 0)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE, "%s.%s: is negative", place, member);
  return FALSE;
}

/* Offers ------------------------------------------------------------------------------------------------------------------ */

static gboolean
take_offering (const TaiJson *node, const char *place, const char *const *known, guint16 currency,
               GPtrArray *offerings, GError **error)
{
  TaiScriptOffering *offering;
  gint64 quantity = 1;

  if (!check_members (node, place, known, error))
    return FALSE;
  if (!tai_json_optional_int (node, "quantity", &quantity, NULL) || quantity < 1 || quantity > 1000)
    return fail (error, place, "quantity must be 1 to 1000");
  offering = g_new0 (TaiScriptOffering, 1);
  offering->quantity = (gint32)quantity;
  g_ptr_array_add (offerings, offering);
  return take_text (node, place, "id", TRUE, &offering->id, error) &&
         take_money (node, place, "amount", currency, &offering->amount, error) &&
         take_flag (node, place, "consent", &offering->consent, error) &&
         take_flag (node, place, "afterTrial", &offering->after_trial, error);
}

static gboolean
take_offerings (const TaiJson *object, const char *place, const char *member, const char *const *known,
                guint16 currency, GPtrArray *offerings, GError **error)
{
  const TaiJson *list = tai_json_get_member (object, member);

  if (list == NULL)
    return TRUE;
  if (tai_json_get_kind (list) != TAI_JSON_ARRAY) {
    g_autofree char *inside = g_strdup_printf ("%s.%s", place, member);
    return fail (error, inside, "must be a list");
  }
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    g_autofree char *inside = g_strdup_printf ("%s.%s[%u]", place, member, i);
    if (!take_offering (tai_json_get_element (list, i), inside, known, currency, offerings, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
take_plan (const TaiJson *object, const char *place, GPtrArray *offerings, GError **error)
{
  g_autofree char *plan = NULL;
  TaiScriptOffering *offering;

  if (!take_text (object, place, "plan", FALSE, &plan, error))
    return FALSE;
  if (plan == NULL)
    return TRUE;
  offering = g_new0 (TaiScriptOffering, 1);
  offering->id = g_steal_pointer (&plan);
  offering->quantity = 1;
  g_ptr_array_add (offerings, offering);
  return TRUE;
}

/* Orders ------------------------------------------------------------------------------------------------------------------ */

static gboolean
take_operation (const TaiJson *node, const char *place, TaiScriptOrder *order, GError **error)
{
  g_autofree char *id = NULL;

  if (!take_text (node, place, "operation", TRUE, &id, error))
    return FALSE;
  order->operation = tai_operation_find (id);
  if (order->operation != NULL)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OPERATION_UNKNOWN, "%s.operation: no business called %s",
               place, id);
  return FALSE;
}

/* A bare amount is a top-up's; what else has an open price is named with its offer. */
static gboolean
check_amount (const TaiScriptOrder *order, const char *place, GError **error)
{
  if (order->amount.currency == 0 ||
      g_strcmp0 (order->operation->account, TAI_ACCOUNT_CUSTOMER_DEPOSITS) == 0)
    return TRUE;
  return fail (error, place, "an amount without an offer is a top-up's: name the offer under offerings");
}

static gboolean
take_order (const TaiJson *node, const char *place, guint16 currency, GPtrArray *orders, GError **error)
{
  static const char *const known[] = {"operation", "plan",      "number",   "sim", "target",
                                      "amount",    "offerings", "services", NULL};
  static const char *const of_offer[] = {"id", "quantity", "amount", NULL};
  static const char *const of_service[] = {"id", "consent", "afterTrial", NULL};
  TaiScriptOrder *order;

  if (!check_members (node, place, known, error))
    return FALSE;
  order = g_new0 (TaiScriptOrder, 1);
  order->offerings = g_ptr_array_new_with_free_func (offering_free);
  g_ptr_array_add (orders, order);
  return take_operation (node, place, order, error) &&
         take_text (node, place, "number", FALSE, &order->number, error) &&
         take_text (node, place, "sim", FALSE, &order->sim, error) &&
         take_text (node, place, "target", FALSE, &order->target, error) &&
         take_money (node, place, "amount", currency, &order->amount, error) &&
         check_amount (order, place, error) && take_plan (node, place, order->offerings, error) &&
         take_offerings (node, place, "offerings", of_offer, currency, order->offerings, error) &&
         take_offerings (node, place, "services", of_service, currency, order->offerings, error);
}

static gboolean
take_orders (const TaiJson *script, guint16 currency, GPtrArray *orders, GError **error)
{
  const TaiJson *list = tai_json_get_member (script, "orders");
  guint n = tai_json_get_length (list);

  if (list == NULL || tai_json_get_kind (list) != TAI_JSON_ARRAY || n == 0)
    return fail (error, "script.orders", "must be a list of at least one order");
  if (n > TAI_VISIT_MAX_ORDERS) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "script.orders: a visit has at most %d orders",
                 TAI_VISIT_MAX_ORDERS);
    return FALSE;
  }
  for (guint i = 0; i < n; i++) {
    g_autofree char *place = g_strdup_printf ("script.orders[%u]", i);
    if (!take_order (tai_json_get_element (list, i), place, currency, orders, error))
      return FALSE;
  }
  return TRUE;
}

/* Payments ---------------------------------------------------------------------------------------------------------------- */

static gboolean
take_payment (const TaiJson *node, const char *place, guint16 currency, GPtrArray *payments, GError **error)
{
  static const char *const known[] = {"tender", "amount", "provider", "number", "code", NULL};
  g_autofree char *tender = NULL;
  TaiScriptPayment *payment;

  if (!check_members (node, place, known, error) || !take_text (node, place, "tender", TRUE, &tender, error))
    return FALSE;
  payment = g_new0 (TaiScriptPayment, 1);
  g_ptr_array_add (payments, payment);
  if (!tai_tender_from_text (tender, &payment->tender, NULL))
    return fail (error, place, "tender must be cash, card, qr, coupon or other");
  return take_money (node, place, "amount", currency, &payment->amount, error) &&
         take_text (node, place, "provider", FALSE, &payment->provider, error) &&
         take_text (node, place, "number", FALSE, &payment->number, error) &&
         take_text (node, place, "code", FALSE, &payment->code, error);
}

static gboolean
take_payments (const TaiJson *script, guint16 currency, GPtrArray *payments, GError **error)
{
  const TaiJson *list = tai_json_get_member (script, "payments");

  if (list != NULL && tai_json_get_kind (list) != TAI_JSON_ARRAY)
    return fail (error, "script.payments", "must be a list");
  if (tai_json_get_length (list) > TAI_VISIT_MAX_PAYMENTS)
    return fail (error, "script.payments", "too many");
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    g_autofree char *place = g_strdup_printf ("script.payments[%u]", i);
    if (!take_payment (tai_json_get_element (list, i), place, currency, payments, error))
      return FALSE;
  }
  return TRUE;
}

TaiVisitScript *
tai_visit_script_from_json (const TaiJson *json, guint16 currency, GError **error)
{
  static const char *const known[] = {"staff", "reader",   "printer", "developer", "orders",
                                      "sign",  "payments", "cash",    NULL};
  g_autoptr (TaiVisitScript) self = g_new0 (TaiVisitScript, 1);

  self->orders = g_ptr_array_new_with_free_func (order_free);
  self->payments = g_ptr_array_new_with_free_func (payment_free);
  if (!check_no_person (json, "script", error) || !check_members (json, "script", known, error) ||
      !take_text (json, "script", "staff", TRUE, &self->staff, error) ||
      !take_text (json, "script", "reader", FALSE, &self->reader, error) ||
      !take_text (json, "script", "printer", FALSE, &self->printer, error) ||
      !take_text (json, "script", "developer", FALSE, &self->developer, error) ||
      !take_orders (json, currency, self->orders, error) ||
      !take_flag (json, "script", "sign", &self->sign, error) ||
      !take_payments (json, currency, self->payments, error) ||
      !take_money (json, "script", "cash", currency, &self->cash, error))
    return NULL;
  if (self->cash.currency == 0)
    self->cash = tai_money (0, currency);
  return g_steal_pointer (&self);
}
