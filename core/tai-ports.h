/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-canonical.h"
#include "tai-identity.h"
#include "tai-money.h"

G_BEGIN_DECLS

/*
 * Ports of the outside world that are no business of their own. The business ports (store, printer, headquarters) stand
 * with their nouns. app/ implements clock, entropy and executor; the simulator has its own.
 */

/* Time. The only source of it. UTC microseconds since the epoch; the monotonic one for waits. */
#define TAI_TYPE_CLOCK (tai_clock_get_type ())
G_DECLARE_INTERFACE (TaiClock, tai_clock, TAI, CLOCK, GObject)
typedef void (*TaiTimerFunc) (gpointer data);
struct _TaiClockInterface {
  GTypeInterface parent;
  gint64 (*now) (TaiClock *self);
  gint64 (*monotonic) (TaiClock *self);
  /* One shot; returns an id > 0. Fires on the thread-default main context of the caller. */
  guint (*after) (TaiClock *self, gint64 delay_ms, TaiTimerFunc func, gpointer data);
  void (*cancel) (TaiClock *self, guint timer);
};
gint64 tai_clock_now (TaiClock *self);
gint64 tai_clock_monotonic (TaiClock *self);
guint tai_clock_after (TaiClock *self, gint64 delay_ms, TaiTimerFunc func, gpointer data);
void tai_clock_cancel (TaiClock *self, guint timer);
/* Day of the wall calendar at UTC offset @offset_min (China: 480). */
TaiDate tai_time_to_date (gint64 time_us, int offset_min);

/* Random bytes. */
#define TAI_TYPE_ENTROPY (tai_entropy_get_type ())
G_DECLARE_INTERFACE (TaiEntropy, tai_entropy, TAI, ENTROPY, GObject)
struct _TaiEntropyInterface {
  GTypeInterface parent;
  void (*fill) (TaiEntropy *self, guint8 *bytes, gsize size);
};
void tai_entropy_fill (TaiEntropy *self, guint8 *bytes, gsize size);
TaiUuid tai_entropy_uuid (TaiEntropy *self, TaiClock *clock);

/* A worker: runs jobs one after the other, in order, elsewhere; done_func comes back on the submitter's main context.
 * A thread in the product, a seeded scheduler in the simulator. @job is owned by the caller until @done has run. */
#define TAI_TYPE_EXECUTOR (tai_executor_get_type ())
G_DECLARE_INTERFACE (TaiExecutor, tai_executor, TAI, EXECUTOR, GObject)
typedef void (*TaiJobFunc) (gpointer job);
struct _TaiExecutorInterface {
  GTypeInterface parent;
  void (*submit) (TaiExecutor *self, TaiJobFunc run, TaiJobFunc done, gpointer job);
};
void tai_executor_submit (TaiExecutor *self, TaiJobFunc run, TaiJobFunc done, gpointer job);

/* Reads identity documents. read() may block (device worker); @cancellable ends it. Errors: the devices' own domain, or
 * TAI_CORE_ERROR_ID_FOREIGN_LAYOUT. */
#define TAI_TYPE_ID_READER (tai_id_reader_get_type ())
G_DECLARE_INTERFACE (TaiIdReader, tai_id_reader, TAI, ID_READER, GObject)
struct _TaiIdReaderInterface {
  GTypeInterface parent;
  TaiIdentity *(*read) (TaiIdReader *self, GCancellable *cancellable, GError **error);
  gboolean (*is_emulated) (TaiIdReader *self);
};
TaiIdentity *tai_id_reader_read (TaiIdReader *self, GCancellable *cancellable, GError **error);
/* TRUE when it hangs on a pty or loopback: refused at a production terminal. */
gboolean tai_id_reader_is_emulated (TaiIdReader *self);

G_END_DECLS
