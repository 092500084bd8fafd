/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printers by their addresses. They are kept for good: a terminal has a few, and settings change a few times a year. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-printer-pool.h"

#include "tai-device-settings.h"
#include "tai-escpos-printer.h"

struct _TaiPrinterPool {
  TaiClock *clock;      /* (owned) */
  GHashTable *printers; /* (owned) (element-type utf8 TaiPrinter) */
};

TaiPrinterPool *
tai_printer_pool_new (TaiClock *clock)
{
  TaiPrinterPool *self = g_atomic_rc_box_new0 (TaiPrinterPool);

  self->clock = g_object_ref (clock);
  self->printers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

TaiPrinterPool *
tai_printer_pool_ref (TaiPrinterPool *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  TaiPrinterPool *self = data;

  g_hash_table_unref (self->printers);
  g_object_unref (self->clock);
}

void
tai_printer_pool_unref (TaiPrinterPool *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

TaiPrinter *
tai_printer_pool_get (TaiPrinterPool *self, const char *address, GError **error)
{
  TaiPrinter *printer = g_hash_table_lookup (self->printers, address);

  if (printer != NULL)
    return g_object_ref (printer);
  printer = tai_device_open_printer (address, self->clock, error);
  if (printer != NULL && TAI_IS_ESCPOS_PRINTER (printer))
    g_hash_table_insert (self->printers, g_strdup (address), g_object_ref (printer));
  return printer;
}
