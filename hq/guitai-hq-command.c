/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every command of an administrator does. */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-command.h"

#include "tai-hq-error.h"

gboolean
hq_command_parse_options (GOptionEntry *entries, int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (context, FALSE); /* it would end the server */
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

gboolean
hq_command_refuse_usage (GError **error, const char *text)
{
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA, "usage: %s", text);
  return FALSE;
}

gboolean
hq_command_undo (HqStore *store, GError **error, const char *text)
{
  store->klass->rollback (store);
  g_set_error_literal (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA, text);
  return FALSE;
}

gboolean
hq_command_end (HqStore *store, GError **error)
{
  store->klass->commit (store);
  if (store->error != NULL)
    g_propagate_error (error, g_error_copy (store->error));
  return store->error == NULL;
}
