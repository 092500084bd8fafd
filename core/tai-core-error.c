/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-core-error.h"

void
tai_core_error_set_cash_short (GError **error, gint64 missing_minor, guint16 currency)
{
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CASH_SHORT, "%" G_GINT64_FORMAT " %u: minor units short",
               missing_minor, currency);
}

gboolean
tai_core_error_get_missing (const GError *error, gint64 *minor, guint16 *currency)
{
  char *end;

  g_return_val_if_fail (error != NULL && minor != NULL && currency != NULL, FALSE);
  if (!g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CASH_SHORT))
    return FALSE;
  *minor = g_ascii_strtoll (error->message, &end, 10);
  if (end == error->message || *end != ' ')
    return FALSE;
  *currency = (guint16)g_ascii_strtoull (end + 1, NULL, 10);
  return *minor > 0;
}

G_DEFINE_QUARK (tai_core_error, tai_core_error)
