/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-core"

#include "tai-till-policy.h"

#include "tai-money.h"

#define MINUTES_A_DAY     1440
#define MAX_PROMISE_HOURS (30 * 24)

/* New ones at the end: stored texts go by the order. */
static const struct {
  const char *name;
  gsize offset;
  gint64 max;
} fields[] = {
    {"cash_warn_minor", G_STRUCT_OFFSET (TaiTillPolicy, cash_warn_minor), TAI_MONEY_LIMIT_MINOR},
    {"cash_cap_minor", G_STRUCT_OFFSET (TaiTillPolicy, cash_cap_minor), TAI_MONEY_LIMIT_MINOR},
    {"recount_over_minor", G_STRUCT_OFFSET (TaiTillPolicy, recount_over_minor), TAI_MONEY_LIMIT_MINOR},
    {"max_difference_minor", G_STRUCT_OFFSET (TaiTillPolicy, max_difference_minor), TAI_MONEY_LIMIT_MINOR},
    {"deposit_minor", G_STRUCT_OFFSET (TaiTillPolicy, deposit_minor), TAI_MONEY_LIMIT_MINOR},
    {"deposit_warn_minor", G_STRUCT_OFFSET (TaiTillPolicy, deposit_warn_minor), TAI_MONEY_LIMIT_MINOR},
    {"deposit_refuses", G_STRUCT_OFFSET (TaiTillPolicy, deposit_refuses), 1},
    {"closing_minute", G_STRUCT_OFFSET (TaiTillPolicy, closing_minute), MINUTES_A_DAY - 1},
    {"promise_payment_hours", G_STRUCT_OFFSET (TaiTillPolicy, promise_payment_hours), MAX_PROMISE_HOURS},
    {"promise_paper_hours", G_STRUCT_OFFSET (TaiTillPolicy, promise_paper_hours), MAX_PROMISE_HOURS},
    {"promise_money_hours", G_STRUCT_OFFSET (TaiTillPolicy, promise_money_hours), MAX_PROMISE_HOURS},
};

guint
tai_till_policy_count_fields (void)
{
  return G_N_ELEMENTS (fields);
}

const char *
tai_till_policy_get_name (guint field)
{
  g_return_val_if_fail (field < G_N_ELEMENTS (fields), NULL);
  return fields[field].name;
}

gint64 *
tai_till_policy_get_field (TaiTillPolicy *self, guint field)
{
  g_return_val_if_fail (self != NULL && field < G_N_ELEMENTS (fields), NULL);
  return (gint64 *)G_STRUCT_MEMBER_P (self, fields[field].offset);
}

static gint64
get (const TaiTillPolicy *self, guint field)
{
  return *(const gint64 *)G_STRUCT_MEMBER_P (self, fields[field].offset);
}

gboolean
tai_till_policy_is_valid (const TaiTillPolicy *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (get (self, i) < 0 || get (self, i) > fields[i].max)
      return FALSE;
  return TRUE;
}

char *
tai_till_policy_to_text (const TaiTillPolicy *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", get (self, i));
  return g_string_free (text, FALSE);
}

gboolean
tai_till_policy_from_text (const char *text, TaiTillPolicy *self)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = g_strv_length (words);
  TaiTillPolicy read = {0};

  g_return_val_if_fail (text != NULL && self != NULL, FALSE);
  if (n == 0 || n > G_N_ELEMENTS (fields))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_ascii_string_to_signed (words[i], 10, 0, fields[i].max, tai_till_policy_get_field (&read, i),
                                   NULL))
      return FALSE;
  *self = read;
  return TRUE;
}
