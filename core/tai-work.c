/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Items of unfinished work. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-work.h"

#include <string.h>

static const char *const kind_text[] = {
    [TAI_WORK_PLACED] = "placed",
    [TAI_WORK_PARKED] = "parked",
    [TAI_WORK_WAITING] = "waiting",
    [TAI_WORK_REFUSED] = "refused",
    [TAI_WORK_QUARANTINED] = "quarantined",
    [TAI_WORK_IN_DOUBT] = "in_doubt",
    [TAI_WORK_REFUND] = "refund",
    [TAI_WORK_PRINT] = "print",
    [TAI_WORK_DEBT] = "debt",
};

const char *
tai_work_kind_to_text (TaiWorkKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_text), NULL);

  return kind_text[kind];
}

TaiWorkItem *
tai_work_item_new (TaiWorkKind kind)
{
  TaiWorkItem *self = g_new0 (TaiWorkItem, 1);

  self->kind = kind;
  return self;
}

void
tai_work_item_free (TaiWorkItem *self)
{
  if (!self)
    return;
  g_free (self->operation);
  g_free (self->msisdn);
  g_free (self->receipt_number);
  g_free (self->customer_mask);
  g_free (self->state);
  g_free (self->reason);
  g_free (self->clerk);
  g_free (self->printer);
  g_free (self);
}

/* Equal times by kind, so that the list stands still when it is fetched again. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const TaiWorkItem *x = *(const TaiWorkItem *const *)a, *y = *(const TaiWorkItem *const *)b;

  if (x->since_us != y->since_us)
    return x->since_us < y->since_us ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return strcmp (x->visit_id.text, y->visit_id.text);
}

void
tai_work_sort (GPtrArray *items, guint limit)
{
  g_return_if_fail (items != NULL);

  g_ptr_array_sort (items, compare);
  if (items->len > limit)
    g_ptr_array_set_size (items, (int)limit);
}
