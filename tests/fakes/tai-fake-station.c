/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-station.h"

struct _TaiFakeStation {
  GObject parent;
  TaiStationFigures figures;
  GTask *reading; /* (owned) (nullable) waits for a card */
  guint n_tries, n_prints;
};

static void station_init (TaiStationInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakeStation, tai_fake_station, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_STATION, station_init))

static const TaiStationFigures *
get_figures (TaiStation *station)
{
  return &TAI_FAKE_STATION (station)->figures;
}

/* Waits for ever; when it is cancelled it answers by itself. */
static void
read_card (TaiStation *station, GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  TaiFakeStation *self = TAI_FAKE_STATION (station);

  g_clear_object (&self->reading);
  self->reading = g_task_new (station, cancellable, done, data);
  g_task_set_return_on_cancel (self->reading, TRUE);
}

static TaiIdentity *
read_card_finish (TaiStation *station, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
print (TaiStation *station)
{
  TAI_FAKE_STATION (station)->n_prints++;
}

static void
try_line (TaiStation *station)
{
  TAI_FAKE_STATION (station)->n_tries++;
}

static const char *
explain (TaiStation *station, const GError *error)
{
  return error->message;
}

static void
station_init (TaiStationInterface *iface)
{
  iface->get_figures = get_figures;
  iface->read_card = read_card;
  iface->read_card_finish = read_card_finish;
  iface->print = print;
  iface->try_line = try_line;
  iface->explain = explain;
}

static void
tai_fake_station_dispose (GObject *object)
{
  g_clear_object (&TAI_FAKE_STATION (object)->reading);
  G_OBJECT_CLASS (tai_fake_station_parent_class)->dispose (object);
}

static void
tai_fake_station_class_init (TaiFakeStationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_fake_station_dispose;
}

static void
tai_fake_station_init (TaiFakeStation *self)
{
}

TaiFakeStation *
tai_fake_station_new (void)
{
  return g_object_new (TAI_TYPE_FAKE_STATION, NULL);
}

TaiStationFigures *
tai_fake_station_figures (TaiFakeStation *self)
{
  return &self->figures;
}

guint
tai_fake_station_get_n_tries (TaiFakeStation *self)
{
  return self->n_tries;
}

guint
tai_fake_station_get_n_prints (TaiFakeStation *self)
{
  return self->n_prints;
}
