/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The port behind which documents become paper, and the words of its results. Any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-printer-port.h"

#include "tai-core-error.h"

static const char *const reasons[] = {
    [TAI_PRINT_REASON_NONE] = "none",
    [TAI_PRINT_REASON_PAPER_END] = "paper_end",
    [TAI_PRINT_REASON_COVER_OPEN] = "cover_open",
    [TAI_PRINT_REASON_CUTTER] = "cutter",
    [TAI_PRINT_REASON_DEVICE_ERROR] = "device_error",
    [TAI_PRINT_REASON_OFFLINE] = "offline",
    [TAI_PRINT_REASON_NOT_REACHED] = "not_reached",
    [TAI_PRINT_REASON_BUSY] = "busy",
    [TAI_PRINT_REASON_NO_ANSWER] = "no_answer",
    [TAI_PRINT_REASON_LINE_LOST] = "line_lost",
    [TAI_PRINT_REASON_REFUSED] = "refused",
    [TAI_PRINT_REASON_ABORTED] = "aborted",
    [TAI_PRINT_REASON_HELD] = "held",
    [TAI_PRINT_REASON_CANCELLED] = "cancelled",
    [TAI_PRINT_REASON_DOCUMENT] = "document",
    [TAI_PRINT_REASON_NOT_OFFERED] = "not_offered",
    [TAI_PRINT_REASON_OTHER_PRINTER] = "other_printer",
};
G_STATIC_ASSERT (G_N_ELEMENTS (reasons) == TAI_PRINT_REASON_LAST_);

G_DEFINE_INTERFACE (TaiPrinter, tai_printer, G_TYPE_OBJECT)

static void
tai_printer_default_init (TaiPrinterInterface *iface)
{
}

const char *
tai_print_reason_to_text (TaiPrintReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (reasons), NULL);

  return reasons[reason];
}

gboolean
tai_print_reason_from_text (const char *text, TaiPrintReason *reason, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i], text) == 0) {
      *reason = i;
      return TRUE;
    }
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT, "unknown reason of a print result: \"%s\"",
               text ? text : "");
  return FALSE;
}

TaiPrintResult
tai_printer_print (TaiPrinter *self, TaiDocument *document, const char *job_id, guint copies,
                   GCancellable *cancellable, char **detail)
{
  const TaiPrintResult none = {TAI_PRINT_FAILED, TAI_PRINT_REASON_DOCUMENT};
  TaiPrintResult result;

  g_return_val_if_fail (TAI_IS_PRINTER (self) && document != NULL && job_id != NULL, none);
  g_return_val_if_fail (copies >= 1 && copies <= 9, none);

  if (detail)
    *detail = NULL;
  result = TAI_PRINTER_GET_IFACE (self)->print (self, document, job_id, copies, cancellable, detail);
  g_assert (result.state <= TAI_PRINT_FAILED && result.state != TAI_PRINT_SENDING);
  g_assert ((result.state == TAI_PRINT_PRINTED) == (result.reason == TAI_PRINT_REASON_NONE));
  return result;
}

TaiPrintResult
tai_printer_open_drawer (TaiPrinter *self, guint on_ms, guint off_ms, GCancellable *cancellable,
                         char **detail)
{
  const TaiPrintResult none = {TAI_PRINT_FAILED, TAI_PRINT_REASON_NOT_OFFERED};

  g_return_val_if_fail (TAI_IS_PRINTER (self), none);
  g_return_val_if_fail (on_ms >= 2 && on_ms <= 510 && off_ms >= 2 && off_ms <= 510, none);

  if (detail)
    *detail = NULL;
  if (TAI_PRINTER_GET_IFACE (self)->open_drawer == NULL)
    return none;
  return TAI_PRINTER_GET_IFACE (self)->open_drawer (self, on_ms, off_ms, cancellable, detail);
}

TaiDrawerState
tai_printer_look_at_drawer (TaiPrinter *self, GCancellable *cancellable)
{
  g_return_val_if_fail (TAI_IS_PRINTER (self), TAI_DRAWER_UNKNOWN);

  if (TAI_PRINTER_GET_IFACE (self)->look_at_drawer == NULL)
    return TAI_DRAWER_UNKNOWN;
  return TAI_PRINTER_GET_IFACE (self)->look_at_drawer (self, cancellable);
}

void
tai_printer_set_watch (TaiPrinter *self, TaiPrinterWatch watch, gpointer data)
{
  g_return_if_fail (TAI_IS_PRINTER (self));

  if (TAI_PRINTER_GET_IFACE (self)->set_watch != NULL)
    TAI_PRINTER_GET_IFACE (self)->set_watch (self, watch, data);
}
