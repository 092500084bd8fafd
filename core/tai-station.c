/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The port between a face and what stands around its desk. Main thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-station.h"

static guint changed_signal;

G_DEFINE_INTERFACE (TaiStation, tai_station, G_TYPE_OBJECT)

static void
tai_station_default_init (TaiStationInterface *iface)
{
  changed_signal =
      g_signal_new ("changed", TAI_TYPE_STATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

const TaiStationFigures *
tai_station_get_figures (TaiStation *self)
{
  g_return_val_if_fail (TAI_IS_STATION (self), NULL);
  return TAI_STATION_GET_IFACE (self)->get_figures (self);
}

void
tai_station_read_card_async (TaiStation *self, GCancellable *cancellable, GAsyncReadyCallback done,
                             gpointer data)
{
  g_return_if_fail (TAI_IS_STATION (self));
  TAI_STATION_GET_IFACE (self)->read_card (self, cancellable, done, data);
}

TaiIdentity *
tai_station_read_card_finish (TaiStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TAI_IS_STATION (self), NULL);
  return TAI_STATION_GET_IFACE (self)->read_card_finish (self, result, error);
}

void
tai_station_print (TaiStation *self)
{
  g_return_if_fail (TAI_IS_STATION (self));
  TAI_STATION_GET_IFACE (self)->print (self);
}

void
tai_station_try_line (TaiStation *self)
{
  g_return_if_fail (TAI_IS_STATION (self));
  TAI_STATION_GET_IFACE (self)->try_line (self);
}

void
tai_station_save_async (TaiStation *self, const char *name, TaiDocument *paper, const char *text,
                        GAsyncReadyCallback done, gpointer data)
{
  g_return_if_fail (TAI_IS_STATION (self) && name != NULL && (paper != NULL) != (text != NULL));
  TAI_STATION_GET_IFACE (self)->save (self, name, paper, text, done, data);
}

char *
tai_station_save_finish (TaiStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TAI_IS_STATION (self), NULL);
  return TAI_STATION_GET_IFACE (self)->save_finish (self, result, error);
}

const char *
tai_station_explain (TaiStation *self, const GError *error)
{
  g_return_val_if_fail (TAI_IS_STATION (self) && error != NULL, "");
  return TAI_STATION_GET_IFACE (self)->explain (self, error);
}

void
tai_station_emit_changed (TaiStation *self)
{
  g_return_if_fail (TAI_IS_STATION (self));
  g_signal_emit (self, changed_signal, 0);
}
