/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands around the window's desk. Figures are made on the worker and copied to the main thread by one idle source at a
 * time; a card is read on the reader's thread, which the worker never waits for.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-window-station.h"

#include <errno.h>

#include "tai-advice.h"
#include "tai-app-error.h"
#include "tai-device-settings.h"
#include "tai-devices-error.h"
#include "tai-print-runner.h"
#include "tai-reason-words.h"
#include "tai-report-file.h"
#include "tai-thread-executor.h"
#include "tai-till-drawer.h"

/* How often the outbox is counted while nothing tells of a change: the oldest message grows older by itself. */
#define COUNT_MS 10000

struct _TaiWindowStation {
  GObject parent;
  TaiExecutor *worker;       /* (owned) */
  TaiExecutor *reader;       /* (owned) its thread */
  TaiClock *clock;           /* (owned) */
  TaiStationFigures figures; /* (thread: main) */

  GMutex lock;
  TaiStationFigures news; /* (guarded by lock) */
  gboolean is_told;       /* (guarded by lock) an idle source is on its way */
  TaiLight reader_light;  /* (guarded by lock) */
  char *reports;          /* (guarded by lock) (owned) (nullable) folder of saved reports */

  TaiTerminalHost *host;  /* (thread: worker) (nullable) not owned */
  TaiPrintRunner *runner; /* (thread: worker) (owned) (nullable) */
  TaiTillDrawer *drawer;  /* (thread: worker) (owned) (nullable) */
  guint count_timer;      /* (thread: worker) */
};

static void station_init (TaiStationInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiWindowStation, tai_window_station, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_STATION, station_init))

/* Figures ---------------------------------------------------------------------------------------------------------------- */

static gboolean
take_news_cb (gpointer data)
{
  TaiWindowStation *self = data;

  g_mutex_lock (&self->lock);
  self->figures = self->news;
  self->is_told = FALSE;
  g_mutex_unlock (&self->lock);
  tai_station_emit_changed (TAI_STATION (self));
  return G_SOURCE_REMOVE;
}

/* Any thread, with the lock. */
static void
tell (TaiWindowStation *self)
{
  if (!self->is_told)
    g_idle_add_full (G_PRIORITY_DEFAULT, take_news_cb, g_object_ref (self), g_object_unref);
  self->is_told = TRUE;
}

/* Thread: the worker, with the lock. */
static void
note_printer (TaiWindowStation *self, TaiStationDevice device, const char *role)
{
  gint64 time_us;
  TaiPrintReason reason = tai_print_runner_get_fault (self->runner, role, &time_us);
  g_autofree char *words = NULL;

  self->news.lights[device] = tai_print_runner_get_light (self->runner, role);
  if (reason == TAI_PRINT_REASON_NONE)
    return;
  words = tai_reason_words_printer (tai_print_reason_to_text (reason));
  self->news.faults[device] = g_intern_string (words);
  self->news.fault_us[device] = time_us;
}

/* Thread: the worker, with the lock. */
static void
note_card_terminal (TaiWindowStation *self)
{
  const char *trouble;
  TaiHostCard card = tai_terminal_host_get_card (self->host, &trouble);
  TaiLight light = card == TAI_HOST_CARD_NONE        ? TAI_LIGHT_NONE
                   : card == TAI_HOST_CARD_NOT_TRIED ? TAI_LIGHT_UNKNOWN
                   : trouble != NULL                 ? TAI_LIGHT_FAULT
                                                     : TAI_LIGHT_READY;

  if (light == TAI_LIGHT_FAULT && self->news.lights[TAI_STATION_CARD] != TAI_LIGHT_FAULT) {
    g_autofree char *words = tai_reason_words_card (trouble);
    self->news.faults[TAI_STATION_CARD] = g_intern_string (words);
    self->news.fault_us[TAI_STATION_CARD] = tai_clock_now (self->clock);
  }
  self->news.lights[TAI_STATION_CARD] = light;
}

/* Thread: the worker, with the lock. What went wrong last: it did not open, or nobody shut it. */
static void
note_drawer (TaiWindowStation *self)
{
  gint64 fault_us, left_us = tai_till_drawer_get_left_us (self->drawer);
  TaiPrintReason reason = tai_till_drawer_get_fault (self->drawer, &fault_us);
  g_autofree char *words = NULL;

  self->news.lights[TAI_STATION_DRAWER] = tai_till_drawer_get_light (self->drawer);
  if (left_us == 0 && reason == TAI_PRINT_REASON_NONE)
    return;
  words = tai_reason_words_drawer (
      reason != TAI_PRINT_REASON_NONE && fault_us >= left_us ? tai_print_reason_to_text (reason) : NULL);
  self->news.faults[TAI_STATION_DRAWER] = g_intern_string (words);
  self->news.fault_us[TAI_STATION_DRAWER] =
      reason != TAI_PRINT_REASON_NONE ? MAX (fault_us, left_us) : left_us;
}

/* Thread: the worker. */
static void
count_now (TaiWindowStation *self)
{
  const TaiSyncFigures *line = tai_sync_get_figures (tai_terminal_host_get_sync (self->host));
  g_autoptr (GError) error = NULL;
  TaiOutboxCounts counts = {0};

  if (!tai_outbox_counts (TAI_OUTBOX (tai_terminal_host_get_store (self->host)), TAI_DESTINATION_HQ, &counts,
                          &error))
    g_message ("outbox: %s", error->message);
  g_mutex_lock (&self->lock);
  self->news.on_line = line->on_line;
  self->news.paused = line->state == TAI_SYNC_PAUSED;
  self->news.last_contact_us = line->last_contact_us;
  self->news.next_try_us = line->next_try_us;
  self->news.clock_offset_us = line->clock_offset_us;
  self->news.n_waiting = counts.waiting + counts.in_flight;
  self->news.n_in_doubt = counts.asking;
  self->news.n_visits = counts.visits;
  self->news.more_visits = counts.more_visits;
  self->news.n_quarantined = counts.quarantined;
  self->news.oldest_us = counts.oldest_us;
  self->news.lights[TAI_STATION_READER] = self->reader_light;
  note_printer (self, TAI_STATION_RECEIPT, "receipt");
  note_printer (self, TAI_STATION_FORM, "form");
  note_drawer (self);
  note_card_terminal (self);
  tell (self);
  g_mutex_unlock (&self->lock);
}

static void
count_timer_cb (gpointer data)
{
  TaiWindowStation *self = data;

  self->count_timer = tai_clock_after (self->clock, COUNT_MS, count_timer_cb, self);
  tai_till_drawer_is_there (self->drawer); /* settings may be others */
  count_now (self);
}

static void
set_reader_light (TaiWindowStation *self, TaiLight light)
{
  g_mutex_lock (&self->lock);
  if (self->reader_light != light) {
    self->reader_light = self->news.lights[TAI_STATION_READER] = light;
    tell (self);
  }
  g_mutex_unlock (&self->lock);
}

static void
note_reader_fault (TaiWindowStation *self, const GError *error)
{
  g_mutex_lock (&self->lock);
  self->news.faults[TAI_STATION_READER] = tai_advice_for_error (error);
  self->news.fault_us[TAI_STATION_READER] = tai_clock_now (self->clock);
  g_mutex_unlock (&self->lock);
}

static const TaiStationFigures *
get_figures (TaiStation *station)
{
  return &TAI_WINDOW_STATION (station)->figures;
}

/* The worker's side -------------------------------------------------------------------------------------------------------- */

static char *
find_address (TaiWindowStation *self, TaiDeviceRole role, GError **error)
{
  g_autoptr (TaiDeviceSettings) settings =
      tai_device_settings_load (tai_terminal_host_get_folder (self->host), error);
  const char *address = settings != NULL ? tai_device_settings_get (settings, role) : NULL;

  return address != NULL && *address != '\0' ? g_strdup (address) : NULL;
}

static char **
find_printers_cb (const char *role, gpointer data)
{
  TaiWindowStation *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiDeviceSettings) settings =
      tai_device_settings_load (tai_terminal_host_get_folder (self->host), &error);

  if (error != NULL)
    g_message ("devices: %s", error->message);
  return settings != NULL
             ? g_strdupv ((char **)tai_device_settings_get_all (
                   settings, g_strcmp0 (role, "receipt") == 0 ? TAI_DEVICE_RECEIPT : TAI_DEVICE_FORM))
             : NULL;
}

static void
changed_cb (gpointer data)
{
  count_now (data);
}

static void
sync_changed_cb (TaiSync *sync, gpointer data)
{
  count_now (data);
}

/* The drawer: the desk opens it, in whatever verb. Thread: the worker. */

static TaiPrinter *
find_drawer_cb (gboolean *has_switch, gpointer data)
{
  TaiWindowStation *self = data;
  g_auto (GStrv) printers = find_printers_cb ("receipt", self);
  const char *address = tai_device_find_drawer ((const char *const *)printers, has_switch);
  g_autoptr (GError) error = NULL;
  TaiPrinter *printer = NULL;

  if (address != NULL)
    printer = tai_printer_pool_get (tai_terminal_host_get_printers (self->host), address, &error);
  if (error != NULL)
    g_message ("drawer: %s", error->message);
  return printer;
}

static void
hold_papers_cb (gboolean is_held, gpointer data)
{
  tai_print_runner_hold (((TaiWindowStation *)data)->runner, is_held);
}

static void
left_open_cb (gpointer data)
{
  TaiWindowStation *self = data;
  g_autoptr (GError) error = NULL;

  if (!tai_desk_note_drawer_left_open (tai_terminal_host_get_desk (self->host), &error))
    g_message ("drawer left open: %s", error->message);
}

static gboolean
is_drawer_there_cb (gpointer data)
{
  return tai_till_drawer_is_there (((TaiWindowStation *)data)->drawer);
}

static void
open_drawer_cb (gpointer data)
{
  tai_till_drawer_open (((TaiWindowStation *)data)->drawer);
}

static void
set_up_drawer (TaiWindowStation *self)
{
  TaiTillDrawerPorts ports = {.clock = self->clock,
                              .find_printer = find_drawer_cb,
                              .hold = hold_papers_cb,
                              .changed = changed_cb,
                              .left_open = left_open_cb,
                              .data = self};
  TaiDrawerPort port = {is_drawer_there_cb, open_drawer_cb, self};

  self->drawer = tai_till_drawer_new (&ports);
  tai_desk_set_drawer (tai_terminal_host_get_desk (self->host), &port);
}

void
tai_window_station_attach (TaiWindowStation *self, TaiTerminalHost *host)
{
  TaiPrintRunnerPorts ports = {.queue = TAI_PRINT_QUEUE (tai_terminal_host_get_store (host)),
                               .pool = tai_terminal_host_get_printers (host),
                               .clock = self->clock,
                               .find_printers = find_printers_cb,
                               .changed = changed_cb,
                               .data = self};
  g_autofree char *reader = NULL;

  self->host = host;
  g_mutex_lock (&self->lock);
  g_free (self->reports);
  self->reports = tai_state_folder_get_file (tai_terminal_host_get_folder (host), TAI_STATE_REPORTS);
  g_mutex_unlock (&self->lock);
  reader = find_address (self, TAI_DEVICE_READER, NULL);
  self->reader_light = reader != NULL ? TAI_LIGHT_UNKNOWN : TAI_LIGHT_NONE;
  self->runner = tai_print_runner_new (&ports);
  set_up_drawer (self);
  g_signal_connect (tai_terminal_host_get_sync (host), "changed", G_CALLBACK (sync_changed_cb), self);
  count_timer_cb (self);
  tai_print_runner_run (self->runner);
}

void
tai_window_station_detach (TaiWindowStation *self)
{
  g_signal_handlers_disconnect_by_data (tai_terminal_host_get_sync (self->host), self);
  tai_clock_cancel (self->clock, self->count_timer);
  tai_desk_set_drawer (tai_terminal_host_get_desk (self->host), NULL);
  g_clear_pointer (&self->drawer, tai_till_drawer_free);
  g_clear_pointer (&self->runner, tai_print_runner_free);
  self->host = NULL;
}

void
tai_window_station_end (TaiWindowStation *self)
{
  g_object_run_dispose (G_OBJECT (self->reader));
}

static void
print_run (gpointer data)
{
  TaiWindowStation *self = data;

  if (self->runner != NULL)
    tai_print_runner_run (self->runner);
}

static void
print (TaiStation *station)
{
  tai_executor_submit (TAI_WINDOW_STATION (station)->worker, print_run, g_object_unref,
                       g_object_ref (station));
}

static void
try_line_run (gpointer data)
{
  TaiWindowStation *self = data;

  if (self->host != NULL) {
    tai_sync_poke (tai_terminal_host_get_sync (self->host));
    count_now (self);
  }
}

static void
try_line (TaiStation *station)
{
  tai_executor_submit (TAI_WINDOW_STATION (station)->worker, try_line_run, g_object_unref,
                       g_object_ref (station));
}

/* Devices -------------------------------------------------------------------------------------------------------------------- */

/* What a device's thread does for a task. */
typedef struct {
  GTask *task;   /* (owned) */
  char *address; /* (owned) (nullable) */
  TaiDeviceRole role;
  TaiExecutor *thread; /* (owned) the device's */
  TaiJobFunc run;      /* there */
  TaiIdentity *identity;
  GError *error; /* (owned) (nullable) */
} Errand;

static TaiWindowStation *
station_of (Errand *errand)
{
  return g_task_get_source_object (errand->task);
}

static void
errand_done (gpointer data)
{
  Errand *errand = data;

  if (errand->error != NULL)
    g_task_return_error (errand->task, g_steal_pointer (&errand->error));
  else
    g_task_return_pointer (errand->task, g_steal_pointer (&errand->identity),
                           (GDestroyNotify)tai_identity_free);
  g_object_unref (errand->task);
  g_object_unref (errand->thread);
  g_free (errand->address);
  g_free (errand);
}

/* Thread: the worker. */
static void
find_run (gpointer data)
{
  Errand *errand = data;
  TaiWindowStation *self = station_of (errand);

  if (self->host == NULL)
    g_set_error_literal (&errand->error, TAI_APP_ERROR, TAI_APP_ERROR_NOT_ENROLLED, "no terminal");
  else
    errand->address = find_address (self, errand->role, &errand->error);
}

static void
find_done (gpointer data)
{
  Errand *errand = data;

  if (errand->error != NULL)
    errand_done (errand);
  else
    tai_executor_submit (errand->thread, errand->run, errand_done, errand);
}

static void
send_errand (TaiWindowStation *self, TaiExecutor *thread, TaiDeviceRole role, TaiJobFunc run,
             GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->task = g_task_new (self, cancellable, done, data);
  errand->role = role;
  errand->thread = g_object_ref (thread);
  errand->run = run;
  tai_executor_submit (self->worker, find_run, find_done, errand);
}

/* What a clerk does not mean by a fault of the reader. */
static gboolean
is_about_card (const GError *error)
{
  static const int codes[] = {TAI_DEVICES_ERROR_CARD_PULLED, TAI_DEVICES_ERROR_TWO_CARDS,
                              TAI_DEVICES_ERROR_READ_FAILED, TAI_DEVICES_ERROR_CARD_REFUSED,
                              TAI_DEVICES_ERROR_CARD_DATA,   TAI_DEVICES_ERROR_CANCELLED,
                              TAI_DEVICES_ERROR_NO_CARD};

  if (error->domain != TAI_DEVICES_ERROR)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (error->code == codes[i])
      return TRUE;
  return FALSE;
}

/* Thread: the reader's. Until a card comes or nobody waits any more. */
static void
read_run (gpointer data)
{
  Errand *errand = data;
  TaiWindowStation *self = station_of (errand);
  GCancellable *cancellable = g_task_get_cancellable (errand->task);
  g_autoptr (TaiIdReader) reader = tai_device_open_reader (errand->address, self->clock, &errand->error);

  set_reader_light (self, reader != NULL ? TAI_LIGHT_BUSY : TAI_LIGHT_FAULT);
  while (reader != NULL && errand->identity == NULL && !g_cancellable_is_cancelled (cancellable)) {
    g_clear_error (&errand->error);
    errand->identity = tai_id_reader_read (reader, cancellable, &errand->error);
    if (errand->error != NULL &&
        !g_error_matches (errand->error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_NO_CARD))
      break;
  }
  if (errand->identity == NULL && g_cancellable_is_cancelled (cancellable)) {
    g_clear_error (&errand->error);
    g_set_error_literal (&errand->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "nobody waits for the card");
  }
  if (errand->error != NULL && !is_about_card (errand->error))
    note_reader_fault (self, errand->error);
  set_reader_light (self, errand->error == NULL || is_about_card (errand->error) ? TAI_LIGHT_READY
                                                                                 : TAI_LIGHT_FAULT);
}

static void
read_card (TaiStation *station, GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  TaiWindowStation *self = TAI_WINDOW_STATION (station);

  send_errand (self, self->reader, TAI_DEVICE_READER, read_run, cancellable, done, data);
}

static TaiIdentity *
read_card_finish (TaiStation *station, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Reports ------------------------------------------------------------------------------------------------------------------- */

typedef struct {
  char *name;         /* (owned) */
  char *text;         /* (owned) (nullable) */
  TaiDocument *paper; /* (owned) (nullable) */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->name);
  g_free (saving->text);
  g_clear_pointer (&saving->paper, tai_document_unref);
  g_free (saving);
}

/* Thread: one of GLib's: a PDF takes its time, and neither desk nor window waits for it. */
static void
save_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TaiWindowStation *self = source;
  Saving *saving = data;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_mutex_lock (&self->lock);
  folder = g_strdup (self->reports);
  g_mutex_unlock (&self->lock);
  path = g_build_filename (folder, saving->name, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_set_error (&error, TAI_APP_ERROR, TAI_APP_ERROR_FILE, "%s: %s", folder, g_strerror (errno));
  else if (saving->paper != NULL)
    tai_report_file_write_paper (saving->paper, path, &error);
  else
    tai_report_file_write_text (saving->text, path, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
}

static void
save (TaiStation *station, const char *name, TaiDocument *paper, const char *text, GAsyncReadyCallback done,
      gpointer data)
{
  g_autoptr (GTask) task = g_task_new (station, NULL, done, data);
  Saving *saving = g_new0 (Saving, 1);

  saving->name = g_strdup (name);
  saving->text = g_strdup (text);
  saving->paper = paper != NULL ? tai_document_ref (paper) : NULL;
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_run);
}

static char *
save_finish (TaiStation *station, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
explain (TaiStation *station, const GError *error)
{
  return tai_advice_for_error (error);
}

static void
station_init (TaiStationInterface *iface)
{
  iface->get_figures = get_figures;
  iface->read_card = read_card;
  iface->read_card_finish = read_card_finish;
  iface->print = print;
  iface->try_line = try_line;
  iface->save = save;
  iface->save_finish = save_finish;
  iface->explain = explain;
}

/* The object --------------------------------------------------------------------------------------------------------------- */

static void
tai_window_station_finalize (GObject *object)
{
  TaiWindowStation *self = TAI_WINDOW_STATION (object);

  g_assert (self->host == NULL);
  g_clear_object (&self->reader);
  g_clear_object (&self->worker);
  g_clear_object (&self->clock);
  g_mutex_clear (&self->lock);
  g_free (self->reports);
  G_OBJECT_CLASS (tai_window_station_parent_class)->finalize (object);
}

static void
tai_window_station_class_init (TaiWindowStationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_window_station_finalize;
}

static void
tai_window_station_init (TaiWindowStation *self)
{
  g_mutex_init (&self->lock);
}

TaiWindowStation *
tai_window_station_new (TaiExecutor *worker, TaiClock *clock)
{
  TaiWindowStation *self = g_object_new (TAI_TYPE_WINDOW_STATION, NULL);

  self->worker = g_object_ref (worker);
  self->clock = g_object_ref (clock);
  self->reader = TAI_EXECUTOR (tai_thread_executor_new ("reader"));
  return self;
}
