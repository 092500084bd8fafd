/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The abstract byte stream. What: state and checks of every stream in one place. Why: so that drivers see one function set
 * and tests put a replayer in the place of a device. Thread: that of the device's worker. */
#define G_LOG_DOMAIN "tai-io"

#include "tai-stream.h"

typedef struct {
  gboolean is_open;
} TaiStreamPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TaiStream, tai_stream, G_TYPE_OBJECT)

static gboolean *
is_open (TaiStream *self)
{
  return &((TaiStreamPrivate *)tai_stream_get_instance_private (self))->is_open;
}

static void
tai_stream_dispose (GObject *object)
{
  tai_stream_close (TAI_STREAM (object));
  G_OBJECT_CLASS (tai_stream_parent_class)->dispose (object);
}

static void
tai_stream_class_init (TaiStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_stream_dispose;
}

static void
tai_stream_init (TaiStream *self)
{
}

gboolean
tai_stream_open (TaiStream *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (TAI_IS_STREAM (self), FALSE);
  g_return_val_if_fail (!*is_open (self), FALSE);

  if (g_cancellable_is_cancelled (cancellable)) {
    g_set_error_literal (error, TAI_IO_ERROR, TAI_IO_ERROR_CANCELLED, "cancelled");
    return FALSE;
  }
  *is_open (self) = TAI_STREAM_GET_CLASS (self)->open (self, cancellable, error);
  return *is_open (self);
}

gssize
tai_stream_read (TaiStream *self, guint8 *bytes, gsize size, int timeout_ms, GCancellable *cancellable,
                 GError **error)
{
  g_return_val_if_fail (TAI_IS_STREAM (self), -1);
  g_return_val_if_fail (*is_open (self), -1);
  g_return_val_if_fail (bytes != NULL && size > 0 && size <= G_MAXINT, -1);

  gssize n = TAI_STREAM_GET_CLASS (self)->read (self, bytes, size, timeout_ms, cancellable, error);
  g_assert (n == -1 || (n > 0 && (gsize)n <= size));
  return n;
}

gboolean
tai_stream_write_all (TaiStream *self, const guint8 *bytes, gsize size, int timeout_ms,
                      GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (TAI_IS_STREAM (self), FALSE);
  g_return_val_if_fail (*is_open (self), FALSE);
  g_return_val_if_fail (bytes != NULL || size == 0, FALSE);

  return TAI_STREAM_GET_CLASS (self)->write_all (self, bytes, size, timeout_ms, cancellable, error);
}

gboolean
tai_stream_set_baud (TaiStream *self, guint baud, GError **error)
{
  g_return_val_if_fail (TAI_IS_STREAM (self), FALSE);

  if (TAI_STREAM_GET_CLASS (self)->set_baud != NULL)
    return TAI_STREAM_GET_CLASS (self)->set_baud (self, baud, error);
  g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_SUPPORTED, "%s has no speed", G_OBJECT_TYPE_NAME (self));
  return FALSE;
}

void
tai_stream_set_private (TaiStream *self, gboolean is_private)
{
  g_return_if_fail (TAI_IS_STREAM (self));

  if (TAI_STREAM_GET_CLASS (self)->set_private != NULL)
    TAI_STREAM_GET_CLASS (self)->set_private (self, is_private);
}

void
tai_stream_close (TaiStream *self)
{
  g_return_if_fail (TAI_IS_STREAM (self));

  if (!*is_open (self))
    return;
  *is_open (self) = FALSE;
  TAI_STREAM_GET_CLASS (self)->close (self);
}

gboolean
tai_stream_is_open (TaiStream *self)
{
  g_return_val_if_fail (TAI_IS_STREAM (self), FALSE);
  return *is_open (self);
}

gboolean
tai_stream_is_emulated (TaiStream *self)
{
  g_return_val_if_fail (TAI_IS_STREAM (self), TRUE);
  return TAI_STREAM_GET_CLASS (self)->is_emulated (self);
}
