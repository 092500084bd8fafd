/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all stores share: the life of rows. The rows' strings lie in one chunk, so that clearing one is two frees. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store.h"

void
hq_store_free (HqStore *self)
{
  if (self == NULL)
    return;
  g_clear_error (&self->error);
  hq_recent_clear (&self->recent);
  g_clear_pointer (&self->suspects, g_hash_table_unref);
  self->klass->free (self);
}

gint64
hq_store_get_number (HqStore *self, const char *name, gint64 fallback)
{
  g_autofree char *text = self->klass->setting_get (self, name);
  gint64 number;
  if (text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL))
    return number;
  return fallback;
}

static void
clear_chunk (GStringChunk **chunk)
{
  g_clear_pointer (chunk, g_string_chunk_free);
}

void
hq_message_row_clear (HqMessageRow *row)
{
  /* only a row that a find filled owns something */
  if (row->chunk != NULL) {
    g_clear_pointer (&row->body, g_bytes_unref);
    g_clear_pointer (&row->answer, g_bytes_unref);
  }
  clear_chunk (&row->chunk);
}

void
hq_order_row_clear (HqOrderRow *row)
{
  if (row->chunk != NULL)
    g_clear_pointer (&row->body, g_bytes_unref);
  clear_chunk (&row->chunk);
}

void
hq_order_row_free (HqOrderRow *row)
{
  hq_order_row_clear (row);
  g_free (row);
}

void
hq_payment_row_clear (HqPaymentRow *row)
{
  if (row->chunk != NULL)
    g_clear_pointer (&row->body, g_bytes_unref);
  clear_chunk (&row->chunk);
}

void
hq_cancel_row_clear (HqCancelRow *row)
{
  if (row->chunk != NULL)
    g_clear_pointer (&row->body, g_bytes_unref);
  clear_chunk (&row->chunk);
}

void
hq_cancel_row_free (HqCancelRow *row)
{
  hq_cancel_row_clear (row);
  g_free (row);
}

void
hq_terminal_row_clear (HqTerminalRow *row)
{
  hq_sequence_clear (&row->sequence);
  clear_chunk (&row->chunk);
}

void
hq_code_row_clear (HqCodeRow *row)
{
  clear_chunk (&row->chunk);
}

void
hq_line_row_clear (HqLineRow *row)
{
  clear_chunk (&row->chunk);
}

void
hq_document_row_clear (HqDocumentRow *row)
{
  if (row->chunk != NULL)
    g_clear_pointer (&row->body, g_bytes_unref);
  clear_chunk (&row->chunk);
}

void
hq_pay_row_clear (HqPayRow *row)
{
  clear_chunk (&row->chunk);
}

void
hq_debt_row_clear (HqDebtRow *row)
{
  clear_chunk (&row->chunk);
}

void
hq_debt_row_free (HqDebtRow *row)
{
  hq_debt_row_clear (row);
  g_free (row);
}

void
hq_shift_row_clear (HqShiftRow *row)
{
  clear_chunk (&row->chunk);
}

void
hq_bank_row_clear (HqBankRow *row)
{
  clear_chunk (&row->chunk);
}

void
hq_south_row_clear (HqSouthRow *row)
{
  clear_chunk (&row->chunk);
}

void
hq_south_row_free (HqSouthRow *row)
{
  hq_south_row_clear (row);
  g_free (row);
}

void
hq_event_row_clear (HqEventRow *row)
{
  if (row->chunk != NULL)
    g_clear_pointer (&row->detail, g_bytes_unref);
  clear_chunk (&row->chunk);
}

void
hq_event_row_free (HqEventRow *row)
{
  hq_event_row_clear (row);
  g_free (row);
}

void
hq_listener_row_clear (HqListenerRow *row)
{
  clear_chunk (&row->chunk);
}

void
hq_listener_row_free (HqListenerRow *row)
{
  hq_listener_row_clear (row);
  g_free (row);
}
