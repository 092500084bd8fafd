/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cash that is owed to a customer, as a value that goes from terminal to terminal. Pure, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-debt.h"

#include <string.h>

TaiDebt *
tai_debt_new (const TaiUuid *order_id)
{
  TaiDebt *self;

  g_return_val_if_fail (order_id != NULL, NULL);
  self = g_new0 (TaiDebt, 1);
  self->order_id = *order_id;
  self->parts = g_array_new (FALSE, TRUE, sizeof (TaiDebtPart));
  return self;
}

TaiDebt *
tai_debt_copy (const TaiDebt *self)
{
  TaiDebt *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->terminal = g_strdup (self->terminal);
  copy->parts = g_array_copy (self->parts);
  copy->operation = g_strdup (self->operation);
  copy->receipt_number = g_strdup (self->receipt_number);
  copy->msisdn = g_strdup (self->msisdn);
  copy->customer_mask = g_strdup (self->customer_mask);
  copy->seller = g_strdup (self->seller);
  copy->clerk = g_strdup (self->clerk);
  copy->reason = g_strdup (self->reason);
  return copy;
}

void
tai_debt_free (TaiDebt *self)
{
  if (self == NULL)
    return;
  g_free (self->terminal);
  g_array_unref (self->parts);
  g_free (self->operation);
  g_free (self->receipt_number);
  g_free (self->msisdn);
  g_free (self->customer_mask);
  g_free (self->seller);
  g_free (self->clerk);
  g_free (self->reason);
  g_free (self);
}

void
tai_debt_add_part (TaiDebt *self, const TaiUuid *payment_id, TaiMoney amount)
{
  TaiDebtPart part;

  g_return_if_fail (self != NULL && payment_id != NULL);
  part = (TaiDebtPart){*payment_id, amount};
  g_array_append_val (self->parts, part);
}

gboolean
tai_debt_is_whole (const TaiDebt *self)
{
  TaiMoney sum;

  g_return_val_if_fail (self != NULL, FALSE);
  sum = tai_money (0, self->amount.currency);
  if (self->amount.currency == 0 || self->parts->len == 0 || self->parts->len > TAI_DEBT_MAX_PARTS)
    return FALSE;
  for (guint i = 0; i < self->parts->len; i++) {
    const TaiDebtPart *part = &g_array_index (self->parts, TaiDebtPart, i);
    if (part->amount.minor <= 0 || !tai_money_add (sum, part->amount, &sum, NULL))
      return FALSE;
  }
  return sum.minor == self->amount.minor && sum.minor <= TAI_MONEY_LIMIT_MINOR;
}

char *
tai_debt_parts_to_text (const TaiDebt *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));
  for (guint i = 0; i < self->parts->len; i++) {
    const TaiDebtPart *part = &g_array_index (self->parts, TaiDebtPart, i);
    g_string_append_printf (text, "%s %" G_GINT64_FORMAT "\n", part->payment_id.text, part->amount.minor);
  }
  return g_string_free (text, FALSE);
}

gboolean
tai_debt_parts_from_text (TaiDebt *self, const char *text)
{
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);
  lines = g_strsplit (text, "\n", TAI_DEBT_MAX_PARTS + 2);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    TaiUuid id;
    gint64 minor;

    if (strlen (lines[i]) < sizeof id.text || lines[i][sizeof id.text - 1] != ' ')
      return FALSE;
    g_strlcpy (id.text, lines[i], sizeof id.text);
    if (!tai_uuid_is_valid (id.text) ||
        !g_ascii_string_to_signed (lines[i] + sizeof id.text, 10, 1, TAI_MONEY_LIMIT_MINOR, &minor, NULL))
      return FALSE;
    tai_debt_add_part (self, &id, tai_money (minor, self->amount.currency));
  }
  return TRUE;
}
