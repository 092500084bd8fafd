/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames and pauses of the main loop. Times are of the monotonic clock, which the bench that started us reads, too. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-frame-log.h"

#include <stdio.h>
#include <time.h>

#define TICK_MS 4
#define LONG_US 16000

struct _TaiFrameLog {
  FILE *file;           /* (owned) */
  GtkWidget *window;    /* (owned) */
  GdkFrameClock *clock; /* (owned) (nullable) */
  gulong handlers[3];
  guint tick;
  gint64 before_us, before_cpu_us, last_tick_us;
  gint64 work_sum_us, work_max_us, work_max_cpu_us, pause_max_us;
  guint n_frames;
};

/* Of this thread alone: what others did on the machine meanwhile does not count. */
static gint64
cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
before_paint_cb (TaiFrameLog *self)
{
  self->before_cpu_us = cpu_us ();
  self->before_us = g_get_monotonic_time ();
}

static void
after_paint_cb (TaiFrameLog *self)
{
  gint64 now = g_get_monotonic_time (), work = now - self->before_us;

  if (self->n_frames++ == 0) {
    fprintf (self->file, "{\"firstFrame\": %" G_GINT64_FORMAT "}\n", now);
    fflush (self->file);
    return; /* the first one makes fonts and styles: it is the start's, not a frame of the work */
  }
  self->work_max_cpu_us = MAX (self->work_max_cpu_us, cpu_us () - self->before_cpu_us);
  if (cpu_us () - self->before_cpu_us > LONG_US)
    fprintf (self->file, "{\"longFrame\": %" G_GINT64_FORMAT ", \"at\": %" G_GINT64_FORMAT "}\n",
             cpu_us () - self->before_cpu_us, now);
  self->work_sum_us += work;
  self->work_max_us = MAX (self->work_max_us, work);
}

static gboolean
tick_cb (gpointer data)
{
  TaiFrameLog *self = data;
  gint64 now = g_get_monotonic_time ();

  if (self->n_frames > 1)
    self->pause_max_us = MAX (self->pause_max_us, now - self->last_tick_us);
  self->last_tick_us = now;
  return G_SOURCE_CONTINUE;
}

static void
realized_cb (GtkWidget *window, TaiFrameLog *self)
{
  self->clock = g_object_ref (gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (window))));
  self->handlers[1] =
      g_signal_connect_swapped (self->clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  self->handlers[2] =
      g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

TaiFrameLog *
tai_frame_log_new (GtkWidget *window, const char *path)
{
  FILE *file = fopen (path, "w");
  TaiFrameLog *self;

  if (file == NULL)
    return NULL;
  self = g_new0 (TaiFrameLog, 1);
  self->file = file;
  self->window = g_object_ref (window);
  self->handlers[0] = g_signal_connect (window, "realize", G_CALLBACK (realized_cb), self);
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  return self;
}

void
tai_frame_log_free (TaiFrameLog *self)
{
  if (self == NULL)
    return;
  fprintf (self->file,
           "{\"frames\": %u, \"workMeanUs\": %" G_GINT64_FORMAT ", \"workMaxUs\": %" G_GINT64_FORMAT
           ", \"workMaxCpuUs\": %" G_GINT64_FORMAT ", \"pauseMaxUs\": %" G_GINT64_FORMAT "}\n",
           self->n_frames, self->n_frames > 1 ? self->work_sum_us / (self->n_frames - 1) : 0,
           self->work_max_us, self->work_max_cpu_us, self->pause_max_us);
  fclose (self->file);
  g_source_remove (self->tick);
  g_signal_handler_disconnect (self->window, self->handlers[0]);
  for (guint i = 1; self->clock != NULL && i < G_N_ELEMENTS (self->handlers); i++)
    g_signal_handler_disconnect (self->clock, self->handlers[i]);
  g_clear_object (&self->clock);
  g_object_unref (self->window);
  g_free (self);
}
