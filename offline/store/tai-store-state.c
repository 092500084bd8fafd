/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of records as they are stored. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-offline-error.h"

gboolean
tai_store_parse_state (const TaiStateTable *table, const char *text, guint *state, GError **error)
{
  if (text != NULL && tai_state_from_text (table, text, state, NULL))
    return TRUE;
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT, "%s: unknown text '%s'", table->machine,
               text ? text : "");
  return FALSE;
}
