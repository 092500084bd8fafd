/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of the look-up of a line's details. Any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-line-details.h"

#include "tai-text-private.h"

static const char *const bill_text[] = {
    [TAI_LINE_BILL_NEW] = "new",
    [TAI_LINE_BILL_ON_HOLD] = "onHold",
    [TAI_LINE_BILL_VALIDATED] = "validated",
    [TAI_LINE_BILL_SENT] = "sent",
    [TAI_LINE_BILL_PARTIALLY_PAID] = "partiallyPaid",
    [TAI_LINE_BILL_SETTLED] = "settled",
};

static const char *const product_text[] = {
    [TAI_LINE_PRODUCT_CREATED] = "created",
    [TAI_LINE_PRODUCT_PENDING_ACTIVE] = "pendingActive",
    [TAI_LINE_PRODUCT_CANCELLED] = "cancelled",
    [TAI_LINE_PRODUCT_ACTIVE] = "active",
    [TAI_LINE_PRODUCT_PENDING_TERMINATE] = "pendingTerminate",
    [TAI_LINE_PRODUCT_TERMINATED] = "terminated",
    [TAI_LINE_PRODUCT_SUSPENDED] = "suspended",
    [TAI_LINE_PRODUCT_ABORTED] = "aborted",
};

const char *
tai_line_bill_state_to_text (TaiLineBillState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (bill_text), NULL);
  return bill_text[state];
}

gboolean
tai_line_bill_state_from_text (const char *text, TaiLineBillState *state, GError **error)
{
  guint value;

  g_return_val_if_fail (state != NULL, FALSE);
  if (!tai_text_find ("state of a bill", bill_text, G_N_ELEMENTS (bill_text), text, &value, error))
    return FALSE;
  *state = value;
  return TRUE;
}

const char *
tai_line_product_state_to_text (TaiLineProductState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (product_text), NULL);
  return product_text[state];
}

gboolean
tai_line_product_state_from_text (const char *text, TaiLineProductState *state, GError **error)
{
  guint value;

  g_return_val_if_fail (state != NULL, FALSE);
  if (!tai_text_find ("state of a product", product_text, G_N_ELEMENTS (product_text), text, &value, error))
    return FALSE;
  *state = value;
  return TRUE;
}

void
tai_line_bucket_free (TaiLineBucket *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->name_en);
  g_free (self->usage_type);
  g_free (self->amount);
  g_free (self->units);
  g_free (self);
}

void
tai_line_bill_row_free (TaiLineBillRow *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->name_en);
  g_free (self);
}

void
tai_line_bill_free (TaiLineBill *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->number);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

void
tai_line_product_free (TaiLineProduct *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->name_en);
  g_free (self->offering_id);
  g_free (self->port_out_code);
  g_free (self);
}

TaiLineDetails *
tai_line_details_new (const char *msisdn, TaiLineParts parts)
{
  TaiLineDetails *self = g_new0 (TaiLineDetails, 1);

  self->msisdn = g_strdup (msisdn);
  self->parts = parts;
  self->buckets = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_line_bucket_free);
  self->bills = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_line_bill_free);
  self->products = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_line_product_free);
  self->groups = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
tai_line_details_free (TaiLineDetails *self)
{
  if (self == NULL)
    return;
  g_free (self->msisdn);
  g_ptr_array_unref (self->buckets);
  g_ptr_array_unref (self->bills);
  g_ptr_array_unref (self->products);
  g_ptr_array_unref (self->groups);
  g_free (self);
}
