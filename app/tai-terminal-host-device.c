/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reader and printers: they block, so they work on threads of their own while the terminal's main context goes on. A job
 * holds all that its thread touches.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-terminal-host-private.h"

#include <string.h>

#include "tai-device-settings.h"
#include "tai-folder-printer.h"
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
  TaiPrinter *printer;
  TaiDocument *document;
  const char *name;
  GCancellable *cancellable;
  TaiPrintResult result;
  char *detail; /* (owned) (nullable) */
  gboolean done;
} PaperJob;

/* Thread: the printers'. */
static void
paper_run (gpointer data)
{
  PaperJob *job = data;

  job->result = tai_printer_print (job->printer, job->document, job->name, 1, job->cancellable, &job->detail);
}

static void
paper_done (gpointer data)
{
  ((PaperJob *)data)->done = TRUE;
}

/* "receipt-H017-T2-A-20261122-0001", and "-copy1" behind it for a reprint. */
static char *
name_of (const TaiPrintJob *job)
{
  const char *number = job->receipt_number != NULL ? job->receipt_number : job->id.text;

  return job->copy == 0 ? g_strdup_printf ("%s-%s", job->printer, number)
                        : g_strdup_printf ("%s-%s-copy%d", job->printer, number, job->copy);
}

static gboolean
mark (TaiTerminalHost *self, const TaiPrintJob *job, TaiPrintResult result, GError **error)
{
  const char *reason =
      result.reason != TAI_PRINT_REASON_NONE ? tai_print_reason_to_text (result.reason) : NULL;

  return tai_print_queue_mark (TAI_PRINT_QUEUE (self->store), &job->id, result.state, reason,
                               tai_clock_now (TAI_CLOCK (self->clock)), error);
}

static gboolean
print_job (TaiTerminalHost *self, TaiPrinter *printer, const TaiPrintJob *job, const char *name,
           GError **error)
{
  PaperJob paper = {
      .printer = printer, .document = job->document, .name = name, .cancellable = self->cancellable};
  g_autofree char *detail = NULL;

  if (self->printer_worker == NULL)
    self->printer_worker = TAI_EXECUTOR (tai_thread_executor_new ("printer"));
  tai_executor_submit (self->printer_worker, paper_run, paper_done, &paper);
  wait_for_flag (&paper.done);
  detail = paper.detail;
  if (!mark (self, job, paper.result, error))
    return FALSE;
  if (paper.result.state == TAI_PRINT_PRINTED)
    return TRUE;
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_NOT_PRINTED, "%s: %s (%s)", name,
               tai_print_reason_to_text (paper.result.reason), detail != NULL ? detail : "");
  return FALSE;
}

static void
list_papers (const char *address, const char *name, GPtrArray *papers)
{
  g_autofree char *folder =
      g_str_has_prefix (address, "file:") ? g_strdup (address + strlen ("file:")) : NULL;
  char *comma = folder != NULL ? strrchr (folder, ',') : NULL;

  if (folder == NULL)
    return;
  if (comma != NULL && tai_escpos_profile_find (comma + 1) != NULL)
    *comma = '\0';
  tai_folder_printer_list_files (folder, name, papers);
}

static gboolean
print_all (TaiTerminalHost *self, const char *role, TaiPrinter *printer, const char *address,
           GPtrArray *papers, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (TRUE) {
    g_autoptr (TaiPrintJob) job = tai_print_queue_next (TAI_PRINT_QUEUE (self->store), role, &local_error);
    g_autofree char *name = job != NULL ? name_of (job) : NULL;
    if (job == NULL)
      break;
    if (!print_job (self, printer, job, name, error))
      return FALSE;
    list_papers (address, name, papers);
  }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
tai_terminal_host_print (TaiTerminalHost *self, const char *role, const char *address, GPtrArray **papers,
                         GError **error)
{
  TaiDeviceRole device = g_strcmp0 (role, "receipt") == 0 ? TAI_DEVICE_RECEIPT : TAI_DEVICE_FORM;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *found = find_address (self, device, address, &local_error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TaiPrinter) printer = NULL;
  gboolean good = TRUE;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (found != NULL) {
    printer = tai_device_open_printer (found, TAI_CLOCK (self->clock), error);
    good = printer != NULL && print_all (self, role, printer, found, files, error);
  }
  if (papers != NULL)
    *papers = g_steal_pointer (&files);
  return good;
}
