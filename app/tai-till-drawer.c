/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawer's pulses and looks, one after the other on the drawer's thread. Thread: the terminal's worker. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-till-drawer.h"

#include "tai-thread-executor.h"

/* How long the coil is fed, and rests. */
#define ON_MS  120
#define OFF_MS 240

struct _TaiTillDrawer {
  TaiTillDrawerPorts ports;  /* (owned refs) */
  TaiExecutor *thread;       /* (owned) the drawer's */
  GCancellable *cancellable; /* (owned) */
  TaiLight light;
  TaiPrintReason fault;
  gint64 fault_us, left_us;
  gint64 open_since_us; /* of the monotonic clock; 0: not seen open */
  guint n_pulses;       /* under way */
  guint look_timer;     /* 0: none */
  gboolean is_looking, has_switch, ended;
};

/* What the drawer's thread does. */
typedef struct {
  TaiTillDrawer *drawer;
  TaiPrinter *printer; /* (owned) */
  TaiPrintResult result;
  TaiDrawerState state;
  char *detail; /* (owned) (nullable) */
} Errand;

static void
errand_free (Errand *self)
{
  g_object_unref (self->printer);
  g_free (self->detail);
  g_free (self);
}

static void
set_light (TaiTillDrawer *self, TaiLight light)
{
  self->light = light;
  if (!self->ended) /* who is told then has let go of us already */
    self->ports.changed (self->ports.data);
}

/* Looking ------------------------------------------------------------------------------------------------------------------- */

static void look_later (TaiTillDrawer *self);

/* Thread: the drawer's. */
static void
look_run (gpointer data)
{
  Errand *errand = data;

  errand->state = tai_printer_look_at_drawer (errand->printer, errand->drawer->cancellable);
}

static void
note_open (TaiTillDrawer *self)
{
  guint limit_ms = self->ports.left_open_ms > 0 ? self->ports.left_open_ms : TAI_DRAWER_LEFT_OPEN_MS;
  gint64 now_us = tai_clock_monotonic (self->ports.clock);

  if (self->open_since_us == 0)
    self->open_since_us = now_us;
  if (self->light == TAI_LIGHT_FAULT)
    return;
  if (now_us - self->open_since_us < (gint64)limit_ms * 1000) {
    if (self->light != TAI_LIGHT_BUSY)
      set_light (self, TAI_LIGHT_BUSY);
    return;
  }
  self->left_us = tai_clock_now (self->ports.clock);
  self->ports.left_open (self->ports.data);
  set_light (self, TAI_LIGHT_FAULT);
}

static void
look_done (gpointer data)
{
  Errand *errand = data;
  TaiTillDrawer *self = errand->drawer;
  TaiDrawerState state = errand->state;

  errand_free (errand);
  self->is_looking = FALSE;
  if (self->ended)
    return;
  if (state == TAI_DRAWER_SHUT) {
    self->open_since_us = 0;
    set_light (self, TAI_LIGHT_READY);
    return;
  }
  if (state == TAI_DRAWER_OPEN)
    note_open (self);
  look_later (self); /* an unclear answer leaves it as it was */
}

static Errand *
errand_new (TaiTillDrawer *self)
{
  TaiPrinter *printer = self->ports.find_printer (&self->has_switch, self->ports.data);
  Errand *errand;

  if (printer == NULL)
    return NULL;
  errand = g_new0 (Errand, 1);
  errand->drawer = self;
  errand->printer = printer;
  return errand;
}

static void
look_cb (gpointer data)
{
  TaiTillDrawer *self = data;
  Errand *errand = errand_new (self);

  self->look_timer = 0;
  if (errand == NULL || !self->has_switch) { /* the settings are others by now */
    self->open_since_us = 0;
    set_light (self, TAI_LIGHT_UNKNOWN);
    if (errand != NULL)
      errand_free (errand);
    return;
  }
  self->is_looking = TRUE;
  tai_executor_submit (self->thread, look_run, look_done, errand);
}

static void
look_later (TaiTillDrawer *self)
{
  if (self->look_timer == 0 && !self->is_looking)
    self->look_timer = tai_clock_after (
        self->ports.clock, self->ports.look_ms > 0 ? self->ports.look_ms : TAI_DRAWER_LOOK_MS, look_cb, self);
}

/* Opening ------------------------------------------------------------------------------------------------------------------- */

/* Thread: the drawer's. */
static void
pulse_run (gpointer data)
{
  Errand *errand = data;

  errand->result =
      tai_printer_open_drawer (errand->printer, ON_MS, OFF_MS, errand->drawer->cancellable, &errand->detail);
}

static void
note_pulse (TaiTillDrawer *self, TaiPrintReason reason, const char *detail)
{
  self->fault = reason;
  if (reason != TAI_PRINT_REASON_NONE) {
    g_message ("drawer: %s (%s)", tai_print_reason_to_text (reason), detail != NULL ? detail : "");
    self->fault_us = tai_clock_now (self->ports.clock);
  }
  if (self->light != TAI_LIGHT_FAULT) { /* that one is shut by a person */
    self->open_since_us = 0;
    set_light (self, TAI_LIGHT_UNKNOWN);
  } else if (reason != TAI_PRINT_REASON_NONE)
    set_light (self, self->light);
}

static void
pulse_done (gpointer data)
{
  Errand *errand = data;
  TaiTillDrawer *self = errand->drawer;

  self->n_pulses--;
  if (!self->ended) {
    note_pulse (self, errand->result.reason, errand->detail);
    if (self->has_switch)
      look_later (self);
    if (self->n_pulses == 0)
      self->ports.hold (FALSE, self->ports.data);
  }
  errand_free (errand);
}

void
tai_till_drawer_open (TaiTillDrawer *self)
{
  Errand *errand = errand_new (self);

  if (errand == NULL) {
    note_pulse (self, TAI_PRINT_REASON_NOT_OFFERED, NULL);
    return;
  }
  if (self->n_pulses++ == 0)
    self->ports.hold (TRUE, self->ports.data);
  tai_executor_submit (self->thread, pulse_run, pulse_done, errand);
}

gboolean
tai_till_drawer_is_there (TaiTillDrawer *self)
{
  g_autoptr (TaiPrinter) printer = self->ports.find_printer (&self->has_switch, self->ports.data);

  if (printer == NULL)
    self->light = TAI_LIGHT_NONE;
  else if (self->light == TAI_LIGHT_NONE)
    self->light = TAI_LIGHT_UNKNOWN;
  return printer != NULL;
}

TaiLight
tai_till_drawer_get_light (TaiTillDrawer *self)
{
  return self->light;
}

TaiPrintReason
tai_till_drawer_get_fault (TaiTillDrawer *self, gint64 *time_us)
{
  *time_us = self->fault_us;
  return self->fault;
}

gint64
tai_till_drawer_get_left_us (TaiTillDrawer *self)
{
  return self->left_us;
}

TaiTillDrawer *
tai_till_drawer_new (const TaiTillDrawerPorts *ports)
{
  TaiTillDrawer *self = g_new0 (TaiTillDrawer, 1);

  self->ports = *ports;
  g_object_ref (ports->clock);
  self->thread = TAI_EXECUTOR (tai_thread_executor_new ("drawer"));
  self->cancellable = g_cancellable_new ();
  tai_till_drawer_is_there (self);
  return self;
}

void
tai_till_drawer_free (TaiTillDrawer *self)
{
  GMainContext *context = g_main_context_get_thread_default ();

  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  self->ended = TRUE;
  if (self->look_timer != 0)
    tai_clock_cancel (self->ports.clock, self->look_timer);
  g_clear_object (&self->thread); /* waits for it; done comes on our context */
  while (self->n_pulses > 0 || self->is_looking)
    g_main_context_iteration (context, TRUE);
  g_object_unref (self->cancellable);
  g_object_unref (self->ports.clock);
  g_free (self);
}
