/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printers of one role, one after the other. Thread: the printers'; made on the worker. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-printer-choice.h"

struct _TaiPrinterChoice {
  GPtrArray *printers;  /* (owned) of TaiPrinter */
  GPtrArray *addresses; /* (owned) of char: theirs */
  guint asked;          /* last */
};

TaiPrinterChoice *
tai_printer_choice_new (const char *const *addresses, TaiPrinterPool *pool, GError **error)
{
  g_autoptr (TaiPrinterChoice) self = g_new0 (TaiPrinterChoice, 1);
  g_autoptr (GError) first = NULL;

  g_return_val_if_fail (addresses != NULL && addresses[0] != NULL, NULL);

  self->printers = g_ptr_array_new_with_free_func (g_object_unref);
  self->addresses = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; addresses[i] != NULL; i++) {
    g_autoptr (GError) local_error = NULL;
    TaiPrinter *printer = tai_printer_pool_get (pool, addresses[i], &local_error);

    if (printer != NULL) {
      g_ptr_array_add (self->printers, printer);
      g_ptr_array_add (self->addresses, g_strdup (addresses[i]));
    } else if (first == NULL) {
      first = g_steal_pointer (&local_error);
    }
  }
  if (self->printers->len > 0)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&first));
  return NULL;
}

void
tai_printer_choice_free (TaiPrinterChoice *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->printers);
  g_ptr_array_unref (self->addresses);
  g_free (self);
}

char *
tai_printer_choice_name_job (const TaiPrintJob *job)
{
  const char *number = job->receipt_number != NULL ? job->receipt_number : job->id.text;

  return job->copy == 0 ? g_strdup_printf ("%s-%s", job->printer, number)
                        : g_strdup_printf ("%s-%s-copy%d", job->printer, number, job->copy);
}

TaiPrintResult
tai_printer_choice_print (TaiPrinterChoice *self, const TaiPrintJob *job, GCancellable *cancellable,
                          char **detail)
{
  g_autofree char *name = tai_printer_choice_name_job (job);
  g_autoptr (GString) details = g_string_new (NULL);
  TaiPrintResult result = {TAI_PRINT_QUEUED, TAI_PRINT_REASON_NOT_REACHED};

  for (guint i = 0; i < self->printers->len; i++) {
    g_autofree char *one = NULL;

    self->asked = i;
    result =
        tai_printer_print (g_ptr_array_index (self->printers, i), job->document, name, 1, cancellable, &one);
    if (result.reason != TAI_PRINT_REASON_NONE)
      g_string_append_printf (details, "%s%s: %s (%s)", details->len > 0 ? "; " : "",
                              tai_printer_choice_get_address (self), tai_print_reason_to_text (result.reason),
                              one != NULL ? one : "");
    if (result.state != TAI_PRINT_QUEUED || g_cancellable_is_cancelled (cancellable))
      break;
  }
  if (result.state == TAI_PRINT_PRINTED && self->asked > 0)
    result.reason = TAI_PRINT_REASON_OTHER_PRINTER;
  if (detail != NULL)
    *detail = details->len > 0 ? g_strdup (details->str) : NULL;
  return result;
}

void
tai_printer_choice_set_watch (TaiPrinterChoice *self, TaiPrinterWatch watch, gpointer data)
{
  for (guint i = 0; i < self->printers->len; i++)
    tai_printer_set_watch (g_ptr_array_index (self->printers, i), watch, data);
}

const char *
tai_printer_choice_get_address (const TaiPrinterChoice *self)
{
  return g_ptr_array_index (self->addresses, self->asked);
}

const char *
tai_printer_choice_get_reason (TaiPrintResult result)
{
  return result.reason != TAI_PRINT_REASON_NONE ? tai_print_reason_to_text (result.reason) : NULL;
}
