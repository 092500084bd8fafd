/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ports' calling side: each function checks its arguments and calls the implementation. What thread is allowed is the
 * implementation's word; clock and entropy may be called on any.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-ports.h"

G_DEFINE_INTERFACE (TaiClock, tai_clock, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (TaiEntropy, tai_entropy, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (TaiExecutor, tai_executor, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (TaiIdReader, tai_id_reader, G_TYPE_OBJECT)

static void
tai_clock_default_init (TaiClockInterface *iface)
{
}

static void
tai_entropy_default_init (TaiEntropyInterface *iface)
{
}

static void
tai_executor_default_init (TaiExecutorInterface *iface)
{
}

static void
tai_id_reader_default_init (TaiIdReaderInterface *iface)
{
}

gint64
tai_clock_now (TaiClock *self)
{
  g_return_val_if_fail (TAI_IS_CLOCK (self), 0);
  return TAI_CLOCK_GET_IFACE (self)->now (self);
}

gint64
tai_clock_monotonic (TaiClock *self)
{
  g_return_val_if_fail (TAI_IS_CLOCK (self), 0);
  return TAI_CLOCK_GET_IFACE (self)->monotonic (self);
}

guint
tai_clock_after (TaiClock *self, gint64 delay_ms, TaiTimerFunc func, gpointer data)
{
  g_return_val_if_fail (TAI_IS_CLOCK (self), 0);
  g_return_val_if_fail (delay_ms >= 0 && func != NULL, 0);

  guint timer = TAI_CLOCK_GET_IFACE (self)->after (self, delay_ms, func, data);

  g_assert (timer > 0);
  return timer;
}

void
tai_clock_cancel (TaiClock *self, guint timer)
{
  g_return_if_fail (TAI_IS_CLOCK (self));
  g_return_if_fail (timer > 0);
  TAI_CLOCK_GET_IFACE (self)->cancel (self, timer);
}

TaiDate
tai_time_to_date (gint64 time_us, int offset_min)
{
  const gint64 us_per_day = G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  gint64 local_us = time_us + offset_min * G_GINT64_CONSTANT (60) * G_USEC_PER_SEC;
  gint64 days = local_us / us_per_day;

  if (local_us % us_per_day < 0)
    days--;
  return tai_date_from_days (days);
}

void
tai_entropy_fill (TaiEntropy *self, guint8 *bytes, gsize size)
{
  g_return_if_fail (TAI_IS_ENTROPY (self));
  g_return_if_fail (bytes != NULL || size == 0);
  if (size > 0)
    TAI_ENTROPY_GET_IFACE (self)->fill (self, bytes, size);
}

TaiUuid
tai_entropy_uuid (TaiEntropy *self, TaiClock *clock)
{
  guint8 random[10] = {0};

  tai_entropy_fill (self, random, sizeof random);
  return tai_uuid_v7 (tai_clock_now (clock), random);
}

void
tai_executor_submit (TaiExecutor *self, TaiJobFunc run, TaiJobFunc done, gpointer job)
{
  g_return_if_fail (TAI_IS_EXECUTOR (self));
  g_return_if_fail (run != NULL);
  TAI_EXECUTOR_GET_IFACE (self)->submit (self, run, done, job);
}

TaiIdentity *
tai_id_reader_read (TaiIdReader *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (TAI_IS_ID_READER (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  return TAI_ID_READER_GET_IFACE (self)->read (self, cancellable, error);
}

gboolean
tai_id_reader_is_emulated (TaiIdReader *self)
{
  g_return_val_if_fail (TAI_IS_ID_READER (self), TRUE);
  return TAI_ID_READER_GET_IFACE (self)->is_emulated (self);
}
