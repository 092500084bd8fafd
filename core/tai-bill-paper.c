/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a bill. No state, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-bill-paper.h"

static void
item_free (gpointer data)
{
  TaiBillPaperItem *self = data;

  g_free (self->name);
  g_free (self->quantity);
  g_free (self);
}

static void
group_free (gpointer data)
{
  TaiBillPaperGroup *self = data;

  g_free (self->name);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static void
record_free (gpointer data)
{
  TaiBillPaperRecord *self = data;

  g_free (self->kind);
  g_free (self->party);
  g_free (self->used);
  g_free (self);
}

TaiBillPaper *
tai_bill_paper_new (const char *msisdn, const char *month)
{
  TaiBillPaper *self = g_new0 (TaiBillPaper, 1);

  self->msisdn = g_strdup (msisdn);
  self->month = g_strdup (month);
  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->records = g_ptr_array_new_with_free_func (record_free);
  return self;
}

void
tai_bill_paper_free (TaiBillPaper *self)
{
  if (self == NULL)
    return;
  g_free (self->msisdn);
  g_free (self->customer_mask);
  g_free (self->account);
  g_free (self->month);
  g_free (self->from);
  g_free (self->until);
  g_free (self->due);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->records);
  g_free (self);
}

TaiBillPaperGroup *
tai_bill_paper_add_group (TaiBillPaper *self, const char *name)
{
  TaiBillPaperGroup *group = g_new0 (TaiBillPaperGroup, 1);

  group->name = g_strdup (name);
  group->items = g_ptr_array_new_with_free_func (item_free);
  g_ptr_array_add (self->groups, group);
  return group;
}

void
tai_bill_paper_add_item (TaiBillPaperGroup *group, const char *name, const char *quantity, TaiMoney amount)
{
  TaiBillPaperItem *item = g_new0 (TaiBillPaperItem, 1);

  item->name = g_strdup (name);
  item->quantity = g_strdup (quantity);
  item->amount = amount;
  g_ptr_array_add (group->items, item);
}

void
tai_bill_paper_add_record (TaiBillPaper *self, gint64 time_us, const char *kind, const char *party,
                           const char *used, TaiMoney amount)
{
  TaiBillPaperRecord *record = g_new0 (TaiBillPaperRecord, 1);

  record->time_us = time_us;
  record->kind = g_strdup (kind);
  record->party = g_strdup (party);
  record->used = g_strdup (used);
  record->amount = amount;
  g_ptr_array_add (self->records, record);
}
