/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The write-ahead log: what is moved into the file, and when. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-offline-error.h"

/* A log longer than this slows readers and every start down; a day's sales stay far below. */
#define LOG_LIMIT_BYTES (64 * 1024 * 1024)

gboolean
tai_store_check_writable (TaiStore *self, GError **error)
{
  if (!tai_database_is_read_only (self->db))
    return TRUE;
  g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_READ_ONLY,
                       "this store was opened to read");
  return FALSE;
}

gboolean
tai_store_checkpoint (TaiStore *self, TaiCheckpointMode mode, GError **error)
{
  g_return_val_if_fail (TAI_IS_STORE (self), FALSE);
  return tai_store_check_writable (self, error) &&
         tai_database_checkpoint (self->db, mode == TAI_CHECKPOINT_TRUNCATE, error);
}

gint64
tai_store_get_log_bytes (TaiStore *self)
{
  g_return_val_if_fail (TAI_IS_STORE (self), 0);
  return tai_database_get_log_bytes (self->db);
}

/* A failure (a reader that stays) costs nothing yet: the next commit tries again. */
void
tai_store_limit_log (TaiStore *self)
{
  g_autoptr (GError) error = NULL;

  if (tai_store_get_log_bytes (self) > LOG_LIMIT_BYTES &&
      !tai_store_checkpoint (self, TAI_CHECKPOINT_TRUNCATE, &error))
    g_message ("the log could not be moved into the file: %s", error->message);
}
