/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Frames, pauses of the main loop, and keys. Times are of the monotonic clock, which the bench that started us reads, too; what a frame
 * costs is told in processor time of this thread as well: what others did on the machine meanwhile is not the window's work.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-frame-log.h"

#include "tai-screen.h"

#include <stdio.h>
#include <time.h>

#define TICK_MS 4
/* Half of what a screen of 60 Hz gives: such frames are written down one by one, with where their time went. */
#define LONG_US 8000

/* In the order of a frame. GTK has its handlers before ours: each is over when it is told to us. */
typedef enum { PHASE_BEGUN, PHASE_UPDATED, PHASE_LAID_OUT, PHASE_PAINTED, N_PHASES } Phase;

/* The longest one and the sum of something that happens again and again. */
typedef struct {
  guint n;
  gint64 sum_us, max_us;
} Figure;

struct _TaiFrameLog {
  FILE *file;               /* (owned) */
  GtkWidget *window;        /* (owned) */
  GdkFrameClock *clock;     /* (owned) (nullable) */
  GtkEventController *keys; /* (owned) */
  GtkWidget *written;       /* (nullable) weak: the field that the keys go to */
  guint tick;
  gint64 before_us, last_tick_us, pause_max_us;
  gint64 cpu_us[N_PHASES]; /* processor time at the end of each phase of the frame under way */
  gboolean is_started;     /* the first frame is done */
  Figure wall, cpu;
  gint64 pressed_us; /* when the last key was pressed */
  gint64 key_us;     /* the same; 0: its text is on the screen */
  gboolean key_is_written;
};

static gint64
cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
add (Figure *figure, gint64 us)
{
  figure->n++;
  figure->sum_us += us;
  figure->max_us = MAX (figure->max_us, us);
}

/* Frames ---------------------------------------------------------------------------------------------------------------- */

/* What a frame leaves out took no time. */
static void
end_phase (TaiFrameLog *self, Phase phase)
{
  gint64 now = cpu_us ();

  for (guint i = phase; i < N_PHASES; i++)
    self->cpu_us[i] = now;
}

static void
before_paint_cb (TaiFrameLog *self)
{
  end_phase (self, PHASE_BEGUN);
  self->before_us = g_get_monotonic_time ();
}

static void
update_cb (TaiFrameLog *self)
{
  end_phase (self, PHASE_UPDATED);
}

static void
layout_cb (TaiFrameLog *self)
{
  end_phase (self, PHASE_LAID_OUT);
}

static gint64
length_of (TaiFrameLog *self, Phase phase)
{
  return self->cpu_us[phase] - self->cpu_us[phase - 1];
}

/* The type of the page that has the focus; while it changes: of the one that gets it. */
static const char *
name_page (TaiFrameLog *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  GtkWidget *page = focus != NULL ? gtk_widget_get_ancestor (focus, TAI_TYPE_SCREEN) : NULL;

  return page != NULL ? G_OBJECT_TYPE_NAME (page) : "";
}

static void
after_paint_cb (TaiFrameLog *self)
{
  gint64 now = g_get_monotonic_time (), work;

  end_phase (self, PHASE_PAINTED);
  if (!self->is_started) {
    self->is_started = TRUE;
    fprintf (self->file, "{\"firstFrame\": %" G_GINT64_FORMAT "}\n", now);
    fflush (self->file);
    return; /* the first one makes fonts and styles: it is the start's, not a frame of the work */
  }
  work = self->cpu_us[PHASE_PAINTED] - self->cpu_us[PHASE_BEGUN];
  add (&self->cpu, work);
  add (&self->wall, now - self->before_us);
  if (work > LONG_US)
    fprintf (self->file,
             "{\"longFrame\": %" G_GINT64_FORMAT ", \"at\": %" G_GINT64_FORMAT
             ", \"update\": %" G_GINT64_FORMAT ", \"layout\": %" G_GINT64_FORMAT
             ", \"paint\": %" G_GINT64_FORMAT ", \"page\": \"%s\"}\n",
             work, now, length_of (self, PHASE_UPDATED), length_of (self, PHASE_LAID_OUT),
             length_of (self, PHASE_PAINTED), name_page (self));
  if (self->key_us != 0 && self->key_is_written) {
    fprintf (self->file, "{\"key\": %" G_GINT64_FORMAT ", \"field\": \"%s\"}\n", now - self->key_us,
             self->written != NULL ? G_OBJECT_TYPE_NAME (gtk_widget_get_parent (self->written)) : "");
    self->key_us = 0;
  }
}

static gboolean
tick_cb (gpointer data)
{
  TaiFrameLog *self = data;
  gint64 now = g_get_monotonic_time ();

  if (self->is_started)
    self->pause_max_us = MAX (self->pause_max_us, now - self->last_tick_us);
  self->last_tick_us = now;
  return G_SOURCE_CONTINUE;
}

static void
realized_cb (GtkWidget *window, TaiFrameLog *self)
{
  static const struct {
    const char *signal;
    void (*callback) (TaiFrameLog *self);
  } phases[] = {{"before-paint", before_paint_cb},
                {"update", update_cb},
                {"layout", layout_cb},
                {"after-paint", after_paint_cb}};

  self->clock = g_object_ref (gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (window))));
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    g_signal_connect_swapped (self->clock, phases[i].signal, G_CALLBACK (phases[i].callback), self);
}

/* Keys ------------------------------------------------------------------------------------------------------------------ */

static void
written_cb (TaiFrameLog *self)
{
  self->key_is_written = TRUE;
}

static void
watch (TaiFrameLog *self, GtkWidget *field)
{
  if (self->written == field)
    return;
  if (self->written != NULL)
    g_signal_handlers_disconnect_by_data (self->written, self);
  g_set_weak_pointer (&self->written, field);
  if (field != NULL)
    g_signal_connect_swapped (field, "changed", G_CALLBACK (written_cb), self);
}

/* Servers stamp keys with the monotonic clock, in milliseconds modulo 2^32. What the scan catcher gives back comes a second time. */
static gboolean
event_cb (TaiFrameLog *self, GdkEvent *event)
{
  gint64 now = g_get_monotonic_time ();
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  guint32 age_ms = (guint32)(now / 1000) - gdk_event_get_time (event);
  gint64 pressed_us = now - (gint64)age_ms * 1000;

  if (gdk_event_get_event_type (event) != GDK_KEY_PRESS || !GTK_IS_EDITABLE (focus) ||
      gdk_keyval_to_unicode (gdk_key_event_get_keyval (event)) <= ' ' ||
      (gdk_event_get_modifier_state (event) & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      ABS (pressed_us - self->pressed_us) < 2000)
    return GDK_EVENT_PROPAGATE;
  watch (self, focus);
  self->pressed_us = pressed_us;
  self->key_us = pressed_us;
  self->key_is_written = FALSE;
  return GDK_EVENT_PROPAGATE;
}

/* The object ------------------------------------------------------------------------------------------------------------- */

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
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), self);
  self->keys = g_object_ref (gtk_event_controller_legacy_new ());
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->keys, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (window, self->keys); /* the last one added hears first */
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  return self;
}

static gint64
mean_of (const Figure *figure)
{
  return figure->n > 0 ? figure->sum_us / figure->n : 0;
}

void
tai_frame_log_free (TaiFrameLog *self)
{
  if (self == NULL)
    return;
  fprintf (self->file,
           "{\"frames\": %u, \"workMeanUs\": %" G_GINT64_FORMAT ", \"workMaxUs\": %" G_GINT64_FORMAT
           ", \"cpuMeanUs\": %" G_GINT64_FORMAT ", \"cpuMaxUs\": %" G_GINT64_FORMAT
           ", \"pauseMaxUs\": %" G_GINT64_FORMAT "}\n",
           self->wall.n, mean_of (&self->wall), self->wall.max_us, mean_of (&self->cpu), self->cpu.max_us,
           self->pause_max_us);
  fclose (self->file);
  g_source_remove (self->tick);
  watch (self, NULL);
  g_signal_handlers_disconnect_by_data (self->window, self);
  g_signal_handlers_disconnect_by_data (self->keys, self);
  g_clear_object (&self->keys);
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  g_object_unref (self->window);
  g_free (self);
}
