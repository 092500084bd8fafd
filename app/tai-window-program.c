/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program with a window. The terminal (store, desk, line) lives on the worker; here it is only opened, shown and closed.
 * Main thread, but for the *_run functions.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-window-program.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>

#include "tai-advice.h"
#include "tai-counter-window.h"
#include "tai-customer-window.h"
#include "tai-device-settings.h"
#include "tai-do.h"
#include "tai-frame-log.h"
#include "tai-handover.h"
#include "tai-kiosk-window.h"
#include "tai-language.h"
#include "tai-loop-executor.h"
#include "tai-page.h"
#include "tai-pinyin.h"
#include "tai-supervisor-window.h"
#include "tai-terminal-host.h"
#include "tai-thread-executor.h"
#include "tai-ui.h"
#include "tai-verb.h"
#include "tai-window-directory.h"
#include "tai-window-station.h"

#define EXIT_USAGE 2
#define MAX_IDLE_S 3600

struct _TaiWindowProgram {
  AdwApplication parent;
  char *state;   /* (owned) (nullable) */
  char *mode;    /* (owned) (nullable) */
  guint face;    /* of faces */
  gint32 idle_s; /* of the kiosk; 0: the usual */
  gboolean has_customer_display;
  guint customer_monitor; /* 0: the second */

  TaiExecutor *worker;       /* (owned) the terminal's */
  TaiExecutor *painter;      /* (owned) papers' */
  TaiStateFolder *folder;    /* (thread: worker) (owned) */
  TaiTerminalHost *host;     /* (thread: worker) (owned) */
  TaiHandoverServer *server; /* (thread: worker) (owned) */
  GError *error;             /* (owned) (nullable) why it could not be opened */
  char *keys_text;           /* (owned) (nullable) what the hall bound; read before the face is there */
  TaiKeyMap *keys;           /* (owned) */
  TaiWindowStation *station; /* (owned) */
  TaiCounter *counter;       /* (owned) */
  TaiFrameLog *frames;       /* (owned) (nullable) */
  guint signals[2];
  gboolean is_open, is_active;
};

G_DEFINE_FINAL_TYPE (TaiWindowProgram, tai_window_program, ADW_TYPE_APPLICATION)

/* The terminal, on its worker ------------------------------------------------------------------------------------------ */

static void
load_prices (TaiTerminalHost *host)
{
  g_autoptr (GError) error = NULL;

  if (!tai_terminal_host_load_prices (host, &error))
    g_message ("prices: %s", error->message); /* beginning a visit says it to the clerk */
}

/* Thread: the worker. Who asks before the window is there may sell, too. */
static char *
answer_cb (const char *request, gpointer data)
{
  load_prices (data);
  return tai_verb_answer_request (data, request);
}

/* Thread: the worker. While a request's clerk is at the desk, the window's calls wait: they would run under his name. */
static void
lend_cb (gboolean is_lent, gpointer data)
{
  tai_loop_executor_hold (TAI_LOOP_EXECUTOR (((TaiWindowProgram *)data)->worker), is_lent);
}

/* A file that cannot be read costs the hall's own keys, not the day. */
static char *
read_keys (TaiStateFolder *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!tai_state_folder_has (folder, TAI_STATE_KEYS))
    return NULL;
  bytes = tai_state_folder_read (folder, TAI_STATE_KEYS, &error);
  if (bytes == NULL) {
    g_message ("keys: %s", error->message);
    return NULL;
  }
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The option is for once, the setting for always. */
static void
read_display (TaiWindowProgram *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiDeviceSettings) settings = tai_device_settings_load (self->folder, &error);

  if (settings == NULL)
    g_message ("devices: %s", error->message); /* whoever needs one says it to the clerk */
  else if (tai_device_settings_get (settings, TAI_DEVICE_DISPLAY) != NULL) {
    const char *number = strchr (tai_device_settings_get (settings, TAI_DEVICE_DISPLAY), ':');
    self->has_customer_display = TRUE;
    self->customer_monitor = (guint)g_ascii_strtoull (number + 1, NULL, 10);
  }
}

static void
open_run (gpointer data)
{
  TaiWindowProgram *self = data;

  self->folder = tai_state_folder_open (self->state, TAI_STATE_FOLDER_EXISTING, &self->error);
  if (self->folder == NULL || !tai_state_folder_lock (self->folder, &self->error))
    return;
  self->keys_text = read_keys (self->folder);
  read_display (self);
  self->host = tai_terminal_host_open (self->folder, TAI_HOST_OWN_VISITS, &self->error);
  if (self->host == NULL || !tai_terminal_host_start_line (self->host, &self->error))
    return;
  tai_terminal_host_set_lend (self->host, lend_cb, self);
  tai_terminal_host_keep_fresh (self->host, NULL, NULL);
  self->server = tai_handover_server_new (self->folder, answer_cb, self->host, &self->error);
}

static void
attach_run (gpointer data)
{
  TaiWindowProgram *self = data;

  tai_window_station_attach (self->station, self->host);
}

static void
load_run (gpointer data)
{
  load_prices (((TaiWindowProgram *)data)->host);
}

static void
close_run (gpointer data)
{
  TaiWindowProgram *self = data;

  if (self->station != NULL && self->host != NULL)
    tai_window_station_detach (self->station);
  g_clear_pointer (&self->server, tai_handover_server_free);
  g_clear_pointer (&self->host, tai_terminal_host_free);
  g_clear_pointer (&self->folder, tai_state_folder_free);
}

/* The face -------------------------------------------------------------------------------------------------------------- */

/* Thread: the worker. */
static void
hold_prices_cb (gboolean hold, gpointer data)
{
  TaiWindowProgram *self = data;

  if (hold)
    tai_terminal_host_hold_catalogue (self->host);
  else
    tai_terminal_host_release_catalogue (self->host);
}

/* Thread: the worker. */
static gboolean
check_clock_cb (gpointer data, GError **error)
{
  return tai_terminal_host_check_clock (((TaiWindowProgram *)data)->host, error);
}

typedef struct {
  TaiWindowProgram *program; /* outlives its worker's jobs */
  char *text;                /* (owned) */
} KeysJob;

/* Thread: the worker. */
static void
save_keys_run (gpointer data)
{
  KeysJob *job = data;
  g_autoptr (GError) error = NULL;

  if (job->program->folder != NULL &&
      !tai_state_folder_write (job->program->folder, TAI_STATE_KEYS, job->text, -1, &error))
    g_message ("keys: %s", error->message);
}

static void
save_keys_done (gpointer data)
{
  KeysJob *job = data;

  g_free (job->text);
  g_free (job);
}

static void
keys_changed_cb (TaiKeyMap *keys, TaiWindowProgram *self)
{
  KeysJob *job = g_new0 (KeysJob, 1);

  job->program = self;
  job->text = tai_key_map_to_text (keys);
  tai_executor_submit (self->worker, save_keys_run, save_keys_done, job);
}

static TaiCounter *
make_counter (TaiWindowProgram *self)
{
  g_autoptr (TaiPreview) preview = tai_page_preview_new (-1);
  g_autoptr (TaiDirectory) directory =
      tai_window_directory_new (self->worker, tai_terminal_host_get_directory (self->host));
  TaiStore *store = tai_terminal_host_get_store (self->host);
  TaiCounterPorts ports = {.desk = tai_terminal_host_get_desk (self->host),
                           .store = TAI_VISIT_STORE (store),
                           .prints = TAI_PRINT_QUEUE (store),
                           .worker = self->worker,
                           .painter = self->painter,
                           .preview = preview,
                           .station = TAI_STATION (self->station),
                           .directory = directory,
                           .clock = tai_terminal_host_get_clock (self->host),
                           .keys = self->keys,
                           .hold_prices = hold_prices_cb,
                           .hold_data = self,
                           .check_clock = check_clock_cb,
                           .pinyin = tai_pinyin_readings};

  return tai_counter_new (&ports);
}

/* The customer's first: the keys go to the window that comes last. */
static GtkWidget *
make_counter_window (TaiWindowProgram *self)
{
  GtkWidget *window = GTK_WIDGET (tai_counter_window_new (GTK_APPLICATION (self), self->counter));

  gtk_window_maximize (GTK_WINDOW (window)); /* a desk's screen is for its work */
  if (self->has_customer_display)
    gtk_window_present (GTK_WINDOW (tai_customer_window_new (GTK_APPLICATION (self), self->counter,
                                                             GTK_WINDOW (window), self->customer_monitor)));
  return window;
}

static GtkWidget *
make_supervisor_window (TaiWindowProgram *self)
{
  GtkWidget *window = GTK_WIDGET (tai_supervisor_window_new (GTK_APPLICATION (self), self->counter));

  gtk_window_maximize (GTK_WINDOW (window));
  return window;
}

static GtkWidget *
make_kiosk_window (TaiWindowProgram *self)
{
  return GTK_WIDGET (tai_kiosk_window_new (GTK_APPLICATION (self), self->counter, (guint)self->idle_s));
}

/* The first is what nobody asked for. @is_closed: strangers are alone with it, nothing of GTK's for programmers opens. */
static const struct {
  const char *mode;
  GtkWidget *(*make) (TaiWindowProgram *self);
  gboolean is_closed;
} faces[] = {
    {"counter", make_counter_window, FALSE},
    {"kiosk", make_kiosk_window, TRUE},
    {"supervisor", make_supervisor_window, FALSE},
};

static gboolean
find_face (const char *mode, guint *face)
{
  for (guint i = 0; i < G_N_ELEMENTS (faces); i++)
    if (mode == NULL || g_str_equal (faces[i].mode, mode)) {
      *face = i;
      return TRUE;
    }
  return FALSE;
}

static void
show_failure (TaiWindowProgram *self)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (self));
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *close = gtk_button_new_with_label (_ ("Close"));
  g_autofree char *escaped = g_markup_escape_text (self->error->message, -1);
  g_autofree char *words =
      g_strdup_printf ("%s\n\n<small>%s</small>", tai_advice_for_error (self->error), escaped);

  g_printerr ("guitai: %s\n", self->error->message);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("The terminal cannot be started"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), words);
  gtk_widget_set_halign (close, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (close, "large-button");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), close);
  gtk_window_set_focus (GTK_WINDOW (window), close);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Guitai"));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 720, 480);
  gtk_window_present (GTK_WINDOW (window));
}

/* When the terminal is open and GTK is there; whichever comes last. */
static void
show_face (TaiWindowProgram *self)
{
  GtkWidget *window;

  if (!self->is_open || !self->is_active ||
      gtk_application_get_active_window (GTK_APPLICATION (self)) != NULL)
    return;
  if (self->error != NULL) {
    show_failure (self);
    return;
  }
  self->station = tai_window_station_new (self->worker, tai_terminal_host_get_clock (self->host));
  tai_executor_submit (self->worker, attach_run, NULL, self);
  tai_executor_submit (self->worker, load_run, NULL, self);
  self->keys = tai_key_map_new (self->keys_text);
  g_signal_connect (self->keys, "changed", G_CALLBACK (keys_changed_cb), self);
  self->counter = make_counter (self);
  tai_counter_call (self->counter, tai_do_recover, NULL, NULL, NULL);
  window = faces[self->face].make (self);
  if (g_getenv ("GUITAI_TEST_FRAMES") != NULL)
    self->frames = tai_frame_log_new (window, g_getenv ("GUITAI_TEST_FRAMES"));
  gtk_window_present (GTK_WINDOW (window));
}

static void
opened_done (gpointer data)
{
  TaiWindowProgram *self = data;

  self->is_open = TRUE;
  show_face (self);
  g_application_release (G_APPLICATION (self));
}

/* The application ---------------------------------------------------------------------------------------------------------- */

static gboolean
quit_cb (gpointer data)
{
  g_application_quit (data);
  return G_SOURCE_CONTINUE;
}

static void
tai_window_program_startup (GApplication *application)
{
  TaiWindowProgram *self = TAI_WINDOW_PROGRAM (application);

  G_APPLICATION_CLASS (tai_window_program_parent_class)->startup (application);
  tai_ui_init ();
  self->signals[0] = g_unix_signal_add (SIGTERM, quit_cb, self);
  self->signals[1] = g_unix_signal_add (SIGINT, quit_cb, self);
  self->painter = TAI_EXECUTOR (tai_thread_executor_new ("painter"));
}

static void
tai_window_program_activate (GApplication *application)
{
  TaiWindowProgram *self = TAI_WINDOW_PROGRAM (application);

  self->is_active = TRUE;
  show_face (self);
}

static void
tai_window_program_shutdown (GApplication *application)
{
  TaiWindowProgram *self = TAI_WINDOW_PROGRAM (application);
  GList *windows;

  g_clear_pointer (&self->frames, tai_frame_log_free);
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (windows->data);
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    if (self->signals[i] != 0)
      g_source_remove (self->signals[i]);
  if (self->worker != NULL) {
    tai_executor_submit (self->worker, close_run, NULL, self);
    g_object_run_dispose (
        G_OBJECT (self->worker)); /* waits until the terminal is closed, whoever else holds the worker */
  }
  /* no thread may outlive this: a picture under way holds the counter, and the counter the painter */
  if (self->painter != NULL)
    g_object_run_dispose (G_OBJECT (self->painter));
  if (self->station != NULL)
    tai_window_station_end (self->station);
  g_clear_object (&self->worker);
  g_clear_object (&self->painter);
  g_clear_object (&self->counter);
  g_clear_object (&self->station);
  G_APPLICATION_CLASS (tai_window_program_parent_class)->shutdown (application);
}

static int
handle_options (GApplication *application, GVariantDict *options, gpointer data)
{
  TaiWindowProgram *self = TAI_WINDOW_PROGRAM (application);

  g_variant_dict_lookup (options, "state", "^ay", &self->state);
  g_variant_dict_lookup (options, "mode", "s", &self->mode);
  g_variant_dict_lookup (options, "idle-seconds", "i", &self->idle_s);
  g_variant_dict_lookup (options, "customer-display", "b", &self->has_customer_display);
  if (!find_face (self->mode, &self->face)) {
    g_printerr ("guitai: %s: %s\n", self->mode, _ ("the mode is counter, kiosk or supervisor"));
    return EXIT_USAGE;
  }
  if (self->idle_s < 0 || self->idle_s > MAX_IDLE_S) {
    g_printerr ("guitai: %s\n", _ ("--idle-seconds is from 1 to 3600"));
    return EXIT_USAGE;
  }
  if (faces[self->face].is_closed) /* before GTK reads it: "interactive" opens the inspector */
    g_unsetenv ("GTK_DEBUG");
  tai_language_init (); /* as long as there is one thread */
  /* while GTK wakes up, the terminal is opened beside it */
  self->worker = TAI_EXECUTOR (tai_loop_executor_new ("terminal"));
  g_application_hold (application);
  tai_executor_submit (self->worker, open_run, opened_done, self);
  return -1;
}

static void
tai_window_program_finalize (GObject *object)
{
  TaiWindowProgram *self = TAI_WINDOW_PROGRAM (object);

  if (self->keys != NULL)
    g_signal_handlers_disconnect_by_data (self->keys, self);
  g_clear_object (&self->keys);
  g_free (self->keys_text);
  g_free (self->state);
  g_free (self->mode);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (tai_window_program_parent_class)->finalize (object);
}

static void
tai_window_program_class_init (TaiWindowProgramClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_window_program_finalize;
  G_APPLICATION_CLASS (klass)->startup = tai_window_program_startup;
  G_APPLICATION_CLASS (klass)->activate = tai_window_program_activate;
  G_APPLICATION_CLASS (klass)->shutdown = tai_window_program_shutdown;
}

static void
tai_window_program_init (TaiWindowProgram *self)
{
}

/* Terminals have no graphics card: drawing by processor is faster there, and idle when nothing changes. GTK would load Mesa's
 * compiler all the same: 50 MiB and a tenth of a second for nothing. */
static void
choose_renderer (void)
{
  if (g_getenv ("GSK_RENDERER") == NULL && g_strcmp0 (g_getenv ("GDK_BACKEND"), "broadway") != 0)
    g_setenv ("GSK_RENDERER", "cairo", TRUE);
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") == 0)
    g_setenv ("GDK_DEBUG", "gl-disable,vulkan-disable", FALSE);
}

TaiWindowProgram *
tai_window_program_new (void)
{
  TaiWindowProgram *self;

  choose_renderer ();
  /* the state folder's lock says who may run, not a bus */
  self = g_object_new (TAI_TYPE_WINDOW_PROGRAM, "application-id", "org.guitai.Guitai", "flags",
                       G_APPLICATION_NON_UNIQUE, NULL);
  g_application_add_main_option (G_APPLICATION (self), "state", 0, 0, G_OPTION_ARG_FILENAME,
                                 _ ("State folder of the terminal"), _ ("FOLDER"));
  g_application_add_main_option (G_APPLICATION (self), "mode", 0, 0, G_OPTION_ARG_STRING,
                                 _ ("counter, kiosk or supervisor"), _ ("MODE"));
  g_application_add_main_option (G_APPLICATION (self), "idle-seconds", 0, 0, G_OPTION_ARG_INT,
                                 _ ("Kiosk: seconds without a touch before it asks"), _ ("SECONDS"));
  g_application_add_main_option (G_APPLICATION (self), "customer-display", 0, 0, G_OPTION_ARG_NONE,
                                 _ ("Counter: a second window for the customer"), NULL);
  g_signal_connect (self, "handle-local-options", G_CALLBACK (handle_options), NULL);
  return self;
}
