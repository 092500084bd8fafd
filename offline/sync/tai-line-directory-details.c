/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is in a number, its bills, what it has: TM Forum's lists (TMF654, 678, 637), asked for one after the other, each checked
 * whole before anything of it is given on. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-line-directory-private.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-json-money.h"
#include "tai-line-answer-private.h"
#include "tai-offline-error.h"

#define BILLS_MAX  12
#define ROWS_MAX   300 /* of one list */
#define GROUPS_MAX 64

typedef gboolean (*ReadRow) (const TaiJson *row, TaiLineDetails *details, GError **error);

/* Texts that stand beside each other in both languages. */
static gboolean
take_names (const TaiJson *row, char **name, char **name_en, GError **error)
{
  return tai_line_answer_take_required (row, "name", name, error) &&
         tai_line_answer_take_optional (row, "x-guitai.names.en", name_en, error);
}

/* Rows ------------------------------------------------------------------------------------------------------------- */

static gboolean
take_amount (const TaiJson *row, TaiLineBucket *bucket, GError **error)
{
  if (strcmp (bucket->usage_type, "monetary") == 0)
    return tai_json_require_money (row, "remainingValue", &bucket->money, error);
  bucket->amount = tai_json_require_decimal (row, "remainingValue.amount", error);
  return bucket->amount != NULL &&
         tai_line_answer_take_required (row, "remainingValue.units", &bucket->units, error);
}

static gboolean
read_bucket (const TaiJson *row, TaiLineDetails *details, GError **error)
{
  TaiLineBucket *bucket = g_new0 (TaiLineBucket, 1);

  g_ptr_array_add (details->buckets, bucket);
  return tai_line_answer_take_required (row, "id", &bucket->id, error) &&
         take_names (row, &bucket->name, &bucket->name_en, error) &&
         tai_line_answer_take_required (row, "usageType", &bucket->usage_type, error) &&
         take_amount (row, bucket, error) &&
         tai_line_answer_take_optional_time (row, "validFor.endDateTime", &bucket->until_us, error);
}

static gboolean
take_bill_amounts (const TaiJson *row, TaiLineBill *bill, GError **error)
{
  if (!tai_json_require_money (row, "amountDue", &bill->amount, error) ||
      !tai_json_require_money (row, "remainingAmount", &bill->rest, error))
    return FALSE;
  return (bill->rest.currency == bill->amount.currency && bill->rest.minor >= 0 &&
          bill->rest.minor <= bill->amount.minor) ||
         tai_line_answer_refuse (error, "a bill whose rest is none");
}

static gboolean
read_bill (const TaiJson *row, TaiLineDetails *details, GError **error)
{
  TaiLineBill *bill = g_new0 (TaiLineBill, 1);
  const char *state = tai_json_require_string (row, "state", error);

  bill->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_line_bill_row_free);
  g_ptr_array_add (details->bills, bill);
  if (state == NULL)
    return FALSE;
  if (!tai_line_bill_state_from_text (state, &bill->state, NULL))
    return tai_line_answer_refuse (error, "a state of a bill that is none");
  return tai_line_answer_take_required (row, "id", &bill->id, error) &&
         tai_line_answer_take_required (row, "billNo", &bill->number, error) &&
         tai_line_answer_take_time (row, "billingPeriod.startDateTime", &bill->from_us, error) &&
         tai_line_answer_take_time (row, "billingPeriod.endDateTime", &bill->until_us, error) &&
         tai_line_answer_take_optional_time (row, "paymentDueDate", &bill->due_us, error) &&
         take_bill_amounts (row, bill, error);
}

static TaiLineBill *
find_bill (TaiLineDetails *details, const char *id)
{
  for (guint i = 0; i < details->bills->len; i++) {
    TaiLineBill *bill = g_ptr_array_index (details->bills, i);
    if (strcmp (bill->id, id) == 0)
      return bill;
  }
  return NULL;
}

static gboolean
read_rate (const TaiJson *row, TaiLineDetails *details, GError **error)
{
  TaiLineBillRow *line;
  const char *id = tai_json_require_string (row, "bill.id", error);
  TaiLineBill *bill = id != NULL ? find_bill (details, id) : NULL;

  if (bill == NULL)
    return id != NULL && tai_line_answer_refuse (error, "a line of a bill that was not asked for");
  line = g_new0 (TaiLineBillRow, 1);
  g_ptr_array_add (bill->lines, line);
  return take_names (row, &line->name, &line->name_en, error) &&
         tai_json_require_money (row, "taxIncludedAmount", &line->amount, error) &&
         (line->amount.currency == bill->amount.currency ||
          tai_line_answer_refuse (error, "a line in another currency than its bill"));
}

static gboolean
take_code (const TaiJson *row, TaiLineProduct *product, GError **error)
{
  const TaiJson *list = tai_json_get (row, "productCharacteristic");

  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *each = tai_json_get_element (list, i);
    if (g_strcmp0 (tai_json_require_string (each, "name", NULL), "portOutCode") == 0)
      return tai_line_answer_take_required (each, "value", &product->port_out_code, error);
  }
  return TRUE;
}

static gboolean
read_product (const TaiJson *row, TaiLineDetails *details, GError **error)
{
  TaiLineProduct *product = g_new0 (TaiLineProduct, 1);
  const char *state = tai_json_require_string (row, "status", error);

  g_ptr_array_add (details->products, product);
  if (state == NULL)
    return FALSE;
  if (!tai_line_product_state_from_text (state, &product->state, NULL))
    return tai_line_answer_refuse (error, "a state of a product that is none");
  return tai_line_answer_take_required (row, "id", &product->id, error) &&
         take_names (row, &product->name, &product->name_en, error) &&
         tai_line_answer_take_optional (row, "productOffering.id", &product->offering_id, error) &&
         tai_line_answer_take_optional_time (row, "startDate", &product->from_us, error) &&
         tai_line_answer_take_optional_time (row, "terminationDate", &product->until_us, error) &&
         take_code (row, product, error);
}

/* Other characteristics of a customer are not ours to read. */
static gboolean
read_customer (const TaiJson *row, TaiLineDetails *details, GError **error)
{
  const TaiJson *list = tai_json_get (row, "characteristic");

  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *each = tai_json_get_element (list, i);
    char *group = NULL;

    if (g_strcmp0 (tai_json_require_string (each, "name", NULL), TAI_CHARACTERISTIC_GROUP) != 0)
      continue;
    if (!tai_line_answer_take_required (each, "value", &group, error))
      return FALSE;
    g_ptr_array_add (details->groups, group);
  }
  return details->groups->len <= GROUPS_MAX ||
         tai_line_answer_refuse (error, "more groups than there can be");
}

/* Steps ------------------------------------------------------------------------------------------------------------ */

/* One list: how it is asked for by number (a customer: by the reference), and whether it is told to the owner only. */
typedef struct {
  TaiLineParts part;
  const char *path, *line_name, *more;
  gboolean of_owner;
  ReadRow read;
} Step;

static const Step steps[] = {
    {TAI_LINE_PART_BUCKETS, TAI_PATH_BUCKET, "logicalResource.value", "", FALSE, read_bucket},
    {TAI_LINE_PART_BILLS, TAI_PATH_BILL, "billingAccount.id",
     "&sort=-billDate&limit=" G_STRINGIFY (BILLS_MAX), TRUE, read_bill},
    {TAI_LINE_PART_BILLS, TAI_PATH_BILL_RATE, "billingAccount.id", "&bill.id=", TRUE, read_rate},
    {TAI_LINE_PART_PRODUCTS, TAI_PATH_PRODUCT, "realizingResource.value", "", TRUE, read_product},
    {TAI_LINE_PART_GROUPS, TAI_PATH_CUSTOMER, "id", "", FALSE, read_customer},
};

static void ask_next (GTask *task);

static gboolean
read_list (TaiPull *self, const Step *step, const TaiReply *reply, GError **error)
{
  g_autoptr (TaiJson) json = tai_reply_parse (reply, error);

  if (json == NULL)
    return FALSE;
  if (tai_json_get_kind (json) != TAI_JSON_ARRAY || tai_json_get_length (json) > ROWS_MAX)
    return tai_line_answer_refuse (error, "no list, or one that is too long for a number");
  for (guint i = 0; i < tai_json_get_length (json); i++)
    if (!step->read (tai_json_get_element (json, i), self->details, error))
      return FALSE;
  return TRUE;
}

static void
list_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  TaiPull *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!read_list (self, &steps[self->n_steps], reply, &error)) {
    tai_pull_refuse (task, "line_refused", error);
    return;
  }
  self->n_steps++;
  ask_next (g_steal_pointer (&task));
}

/* The lines of a bill are asked for when there is one. */
static gboolean
is_asked (const TaiPull *self, const Step *step)
{
  return (self->details->parts & step->part) && (step->read != read_rate || self->details->bills->len > 0);
}

static char *
make_path (const TaiPull *self, const Step *step)
{
  GString *path = g_string_new (step->path);

  g_string_append_printf (path, "?%s=%s%s", step->line_name,
                          step->read == read_customer ? self->customer : self->number, step->more);
  for (guint i = 0; step->read == read_rate && i < self->details->bills->len; i++) {
    const TaiLineBill *bill = g_ptr_array_index (self->details->bills, i);
    g_autofree char *id = g_uri_escape_string (bill->id, NULL, FALSE);
    g_string_append_printf (path, "%s%s", i > 0 ? "," : "", id);
  }
  if (step->of_owner && self->customer != NULL)
    g_string_append_printf (path, "&relatedParty.id=%s", self->customer);
  if (self->clerk != NULL)
    g_string_append_printf (path, "&clerk=%s", self->clerk);
  if (step->read != read_bill)
    g_string_append (path, "&limit=" G_STRINGIFY (ROWS_MAX));
  return g_string_free (path, FALSE);
}

static void
ask_next (GTask *task)
{
  g_autoptr (GTask) own = task;
  TaiPull *self = g_task_get_task_data (task);

  while (self->n_steps < G_N_ELEMENTS (steps) && !is_asked (self, &steps[self->n_steps]))
    self->n_steps++;
  if (self->n_steps == G_N_ELEMENTS (steps)) {
    g_task_return_pointer (task, g_steal_pointer (&self->details), (GDestroyNotify)tai_line_details_free);
    return;
  }
  g_autofree char *path = make_path (self, &steps[self->n_steps]);
  tai_pull_get (g_steal_pointer (&own), path, NULL, list_cb);
}

void
tai_line_details_ask (GTask *task, TaiLineParts parts)
{
  TaiPull *self = g_task_get_task_data (task);

  self->details = tai_line_details_new (self->number, parts);
  ask_next (task);
}
