/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reader, printers and bank terminal: they block, so they work on threads of their own while the terminal's main context goes on. A job
 * holds all that its thread touches.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-terminal-host-private.h"

#include <string.h>

#include "tai-device-settings.h"
#include "tai-folder-printer.h"
#include "tai-printer-choice.h"
#include "tai-thread-executor.h"

static void
wait_for_flag (gboolean *done)
{
  GMainContext *context = g_main_context_get_thread_default ();

  while (!*done)
    g_main_context_iteration (context, TRUE);
}

/* @address, else what the settings say of @role; (nullable) without error: nothing is set. (transfer full) */
static char *
find_address (TaiTerminalHost *self, TaiDeviceRole role, const char *address, GError **error)
{
  g_autoptr (TaiDeviceSettings) settings = NULL;

  if (address != NULL)
    return g_strdup (address);
  settings = tai_device_settings_load (self->folder, error);
  return settings != NULL ? g_strdup (tai_device_settings_get (settings, role)) : NULL;
}

/* The reader --------------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiIdReader *reader;
  GCancellable *cancellable;
  TaiIdentity *identity; /* (owned) (nullable) the result */
  GError *error;         /* (owned) (nullable) */
  gboolean done;
} ReadJob;

/* Thread: the reader's. */
static void
read_run (gpointer data)
{
  ReadJob *job = data;

  job->identity = tai_id_reader_read (job->reader, job->cancellable, &job->error);
}

static void
read_done (gpointer data)
{
  ((ReadJob *)data)->done = TRUE;
}

TaiIdentity *
tai_terminal_host_read_card (TaiTerminalHost *self, const char *address, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *found = find_address (self, TAI_DEVICE_READER, address, &local_error);
  g_autoptr (TaiIdReader) reader = NULL;
  ReadJob job = {.cancellable = self->cancellable};

  if (local_error == NULL)
    reader = tai_device_open_reader (found, TAI_CLOCK (self->clock), &local_error);
  if (reader == NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  if (self->reader_worker == NULL)
    self->reader_worker = TAI_EXECUTOR (tai_thread_executor_new ("reader"));
  job.reader = reader;
  tai_executor_submit (self->reader_worker, read_run, read_done, &job);
  wait_for_flag (&job.done);
  if (job.error != NULL)
    g_propagate_error (error, job.error);
  return job.identity;
}

/* Printers ------------------------------------------------------------------------------------------------------------------ */

typedef struct {
  TaiPrinterChoice *printers;
  const TaiPrintJob *job;
  GCancellable *cancellable;
  TaiPrintResult result;
  char *detail; /* (owned) (nullable) */
  gboolean done;
} PaperJob;

/* Thread: the printers'. */
static void
paper_run (gpointer data)
{
  PaperJob *paper = data;

  paper->result = tai_printer_choice_print (paper->printers, paper->job, paper->cancellable, &paper->detail);
}

static void
paper_done (gpointer data)
{
  ((PaperJob *)data)->done = TRUE;
}

static gboolean
print_job (TaiTerminalHost *self, TaiPrinterChoice *printers, const TaiPrintJob *job, GError **error)
{
  PaperJob paper = {.printers = printers, .job = job, .cancellable = self->cancellable};
  g_autofree char *detail = NULL, *name = NULL;

  if (self->printer_worker == NULL)
    self->printer_worker = TAI_EXECUTOR (tai_thread_executor_new ("printer"));
  tai_executor_submit (self->printer_worker, paper_run, paper_done, &paper);
  wait_for_flag (&paper.done);
  detail = paper.detail;
  if (!tai_print_queue_mark (TAI_PRINT_QUEUE (self->store), &job->id, paper.result.state,
                             tai_printer_choice_get_reason (paper.result),
                             tai_clock_now (TAI_CLOCK (self->clock)), error))
    return FALSE;
  if (paper.result.state == TAI_PRINT_PRINTED)
    return TRUE;
  name = tai_printer_choice_name_job (job);
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_NOT_PRINTED, "%s: %s (%s)", name,
               tai_print_reason_to_text (paper.result.reason), detail != NULL ? detail : "");
  return FALSE;
}

static void
list_papers (const char *address, const TaiPrintJob *job, GPtrArray *papers)
{
  g_autofree char *folder =
      g_str_has_prefix (address, "file:") ? g_strdup (address + strlen ("file:")) : NULL;
  g_autofree char *name = tai_printer_choice_name_job (job);

  if (folder == NULL)
    return;
  tai_device_strip (folder);
  tai_folder_printer_list_files (folder, name, papers);
}

static gboolean
print_all (TaiTerminalHost *self, const char *role, TaiPrinterChoice *printers, GPtrArray *papers,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (TRUE) {
    g_autoptr (TaiPrintJob) job = tai_print_queue_next (TAI_PRINT_QUEUE (self->store), role, &local_error);
    if (job == NULL)
      break;
    if (!print_job (self, printers, job, error))
      return FALSE;
    list_papers (tai_printer_choice_get_address (printers), job, papers);
  }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* @address, else what the settings say of @role; (nullable) without error: nothing is set. (transfer full) */
static char **
find_printers (TaiTerminalHost *self, TaiDeviceRole role, const char *address, GError **error)
{
  g_autoptr (TaiDeviceSettings) settings = NULL;

  if (address != NULL)
    return tai_device_split (address);
  settings = tai_device_settings_load (self->folder, error);
  return settings != NULL ? g_strdupv ((char **)tai_device_settings_get_all (settings, role)) : NULL;
}

TaiPrinterPool *
tai_terminal_host_get_printers (TaiTerminalHost *self)
{
  if (self->printers == NULL)
    self->printers = tai_printer_pool_new (TAI_CLOCK (self->clock));
  return self->printers;
}

gboolean
tai_terminal_host_print (TaiTerminalHost *self, const char *role, const char *address, GPtrArray **papers,
                         GError **error)
{
  TaiDeviceRole device = g_strcmp0 (role, "receipt") == 0 ? TAI_DEVICE_RECEIPT : TAI_DEVICE_FORM;
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) found = find_printers (self, device, address, &local_error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TaiPrinterChoice) printers = NULL;
  gboolean good = TRUE;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (found != NULL && found[0] != NULL) {
    printers =
        tai_printer_choice_new ((const char *const *)found, tai_terminal_host_get_printers (self), error);
    good = printers != NULL && print_all (self, role, printers, files, error);
  }
  if (papers != NULL)
    *papers = g_steal_pointer (&files);
  return good;
}

/* The bank terminal --------------------------------------------------------------------------------------------------------- */

static void
unplug_card (TaiTerminalHost *self)
{
  tai_desk_set_gateway (self->desk, TAI_TENDER_CARD, NULL);
  g_clear_object (&self->card);
  g_clear_pointer (&self->card_address, g_free);
}

void
tai_terminal_host_plug_in_card (TaiTerminalHost *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = find_address (self, TAI_DEVICE_CARD, NULL, &error);
  g_autoptr (TaiCodepayTerminal) terminal = NULL;

  if (error == NULL && address != NULL && g_strcmp0 (address, self->card_address) == 0)
    return; /* a customer may be at it */
  unplug_card (self);
  if (error == NULL && address != NULL)
    terminal = tai_device_open_card_terminal (address, TAI_CLOCK (self->clock), &error);
  if (error != NULL)
    g_message ("bank terminal: %s", error->message);
  if (terminal == NULL)
    return;
  tai_codepay_terminal_set_real_only (terminal,
                                      g_strcmp0 (self->enrolment->terminal->klass, "production") == 0);
  if (self->card_worker == NULL)
    self->card_worker = TAI_EXECUTOR (tai_thread_executor_new ("card"));
  self->card = tai_codepay_gateway_new (terminal, self->card_worker, self->cancellable);
  self->card_address = g_steal_pointer (&address);
  tai_desk_set_gateway (self->desk, TAI_TENDER_CARD, TAI_PAYMENT_GATEWAY (self->card));
}

TaiHostCard
tai_terminal_host_get_card (TaiTerminalHost *self, const char **trouble)
{
  *trouble = self->card != NULL ? tai_codepay_gateway_get_trouble (self->card) : NULL;
  if (self->card == NULL)
    return TAI_HOST_CARD_NONE;
  return tai_codepay_gateway_is_tried (self->card) ? TAI_HOST_CARD_TRIED : TAI_HOST_CARD_NOT_TRIED;
}
