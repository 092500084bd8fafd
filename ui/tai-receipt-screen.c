/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A receipt as it was printed, and the marked copy of it. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-receipt-screen.h"

#include <glib/gi18n.h>

#include "tai-do.h"
#include "tai-paper-view.h"

struct _TaiReceiptScreen {
  TaiScreen parent;
  TaiPaperView *paper;
  GtkWidget *print;
  char *number; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TaiReceiptScreen, tai_receipt_screen, TAI_TYPE_SCREEN)

static void
found_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiReceiptScreen *self = owner;
  TaiPrintJob *job = args->result;

  if (g_strcmp0 (args->text, self->number) != 0)
    return;
  tai_screen_show_error (TAI_SCREEN (self), error);
  gtk_widget_set_sensitive (self->print, job != NULL);
  if (job != NULL)
    tai_paper_view_show (self->paper, tai_screen_get_counter (TAI_SCREEN (self)), job->document);
}

static void
printed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiReceiptScreen *self = owner;
  g_autofree char *words = NULL;

  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  words = g_strdup_printf (_ ("Copy %d is on its way to the printer. It is marked and counted."),
                           (int)args->number);
  tai_screen_show_hint (TAI_SCREEN (self), words);
  tai_station_print (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
}

static void
print_cb (TaiReceiptScreen *self)
{
  TaiCounterArgs *args;

  if (!gtk_widget_get_sensitive (self->print))
    return;
  args = tai_counter_args_new ();
  args->text = g_strdup (self->number);
  tai_screen_call (TAI_SCREEN (self), tai_do_reprint, args, printed_cb);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiReceiptScreen *self = TAI_RECEIPT_SCREEN (screen);
  TaiCounterArgs *args = tai_counter_args_new ();
  g_autofree char *title = g_strdup_printf (_ ("Receipt %s"), text != NULL ? text : "");

  g_free (self->number);
  self->number = g_strdup (text != NULL ? text : "");
  tai_screen_set_title (screen, title);
  tai_paper_view_show (self->paper, NULL, NULL);
  gtk_widget_set_sensitive (self->print, FALSE);
  gtk_widget_grab_focus (self->print);
  args->text = g_strdup (self->number);
  tai_screen_call (screen, tai_do_find_receipt, args, found_cb);
}

static void
leave (TaiScreen *screen)
{
  tai_paper_view_show (TAI_RECEIPT_SCREEN (screen)->paper, NULL, NULL);
}

static gboolean
press (TaiScreen *screen, TaiKey key)
{
  if (key != TAI_KEY_PRINT)
    return FALSE;
  print_cb (TAI_RECEIPT_SCREEN (screen));
  return TRUE;
}

static void
tai_receipt_screen_finalize (GObject *object)
{
  g_free (TAI_RECEIPT_SCREEN (object)->number);
  G_OBJECT_CLASS (tai_receipt_screen_parent_class)->finalize (object);
}

static void
tai_receipt_screen_class_init (TaiReceiptScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_receipt_screen_finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->press = press;
  g_type_ensure (TAI_TYPE_PAPER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/receipt.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiReceiptScreen, paper);
  gtk_widget_class_bind_template_child (widget_class, TaiReceiptScreen, print);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
}

static void
tai_receipt_screen_init (TaiReceiptScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
