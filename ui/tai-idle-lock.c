/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When nobody is at the desk. One timer, begun anew by whatever a person does. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-idle-lock.h"

#include "tai-do.h"

#define IDLE_LOCK_MS (5 * 60 * 1000)

struct _TaiIdleLock {
  GtkWidget *window;   /* not owned: it owns us */
  TaiCounter *counter; /* (owned) */
  TaiCounterDone locked;
  GtkEventController *events; /* the window's */
  guint timer;                /* 0: none */
};

static void
idle_cb (gpointer data)
{
  TaiIdleLock *self = data;

  self->timer = 0;
  if (tai_counter_get_staff (self->counter) != NULL && !tai_counter_is_locked (self->counter))
    tai_counter_call (self->counter, tai_do_lock, NULL, self->locked, self->window);
}

static void
stop (TaiIdleLock *self)
{
  if (self->timer != 0)
    tai_clock_cancel (tai_counter_get_clock (self->counter), self->timer);
  self->timer = 0;
}

static void
restart (TaiIdleLock *self)
{
  stop (self);
  self->timer = tai_clock_after (tai_counter_get_clock (self->counter), IDLE_LOCK_MS, idle_cb, self);
}

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, TaiIdleLock *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    restart (self);
  return GDK_EVENT_PROPAGATE;
}

TaiIdleLock *
tai_idle_lock_new (GtkWidget *window, TaiCounter *counter, TaiCounterDone locked)
{
  TaiIdleLock *self = g_new0 (TaiIdleLock, 1);

  self->window = window;
  self->counter = g_object_ref (counter);
  self->locked = locked;
  self->events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (self->events, GTK_PHASE_CAPTURE);
  g_signal_connect (self->events, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (window, self->events);
  restart (self);
  return self;
}

void
tai_idle_lock_free (TaiIdleLock *self)
{
  if (self == NULL)
    return;
  stop (self);
  gtk_widget_remove_controller (self->window, self->events);
  g_object_unref (self->counter);
  g_free (self);
}
