/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits that wait for their customer: parked ones, and those that were placed before a restart. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-parked-screen.h"

#include <glib/gi18n.h>

#include "tai-do.h"
#include "tai-flow.h"
#include "tai-operation-words.h"
#include "tai-payment-words.h"
#include "tai-row.h"
#include "tai-words.h"

struct _TaiParkedScreen {
  TaiScreen parent;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (TaiParkedScreen, tai_parked_screen, TAI_TYPE_SCREEN)

static const char *
get_state (const TaiVisitView *visit)
{
  const TaiPayment *open = tai_visit_view_get_open_payment (visit);

  if (open != NULL)
    return tai_payment_words_look (open).word;
  if (visit->state != TAI_VISIT_PLACED)
    return _ ("parked");
  return visit->due.minor > 0 ? _ ("placed, not paid: take the money or cancel it")
                              : _ ("placed, nothing is left to pay: finish it");
}

static void
add_visit (TaiParkedScreen *self, const TaiVisitView *visit)
{
  const TaiOrder *order = tai_visit_view_get_last_order (visit);
  g_autofree char *total = tai_words_money (visit->total);
  g_autofree char *number = order != NULL ? tai_words_number (tai_order_get (order, "MSISDN")) : NULL;
  g_autofree char *title =
      order != NULL ? g_strdup_printf ("%s %s", tai_operation_words_get_title (order->operation->id), number)
                    : NULL;
  g_autofree char *more =
      g_strdup_printf ("%s · %s", visit->customer_mask != NULL ? visit->customer_mask : _ ("not identified"),
                       get_state (visit));

  gtk_list_box_append (
      self->list, tai_row_new (title != NULL ? title : _ ("No business yet"), more, total, visit->id.text));
}

static void
listed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiParkedScreen *self = owner;
  GPtrArray *visits = args->result;
  GtkListBoxRow *first;

  tai_row_clear_list (self->list);
  tai_screen_show_error (TAI_SCREEN (self), error);
  for (guint i = 0; visits != NULL && i < visits->len; i++)
    add_visit (self, g_ptr_array_index (visits, i));
  first = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), first != NULL);
  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
  else
    tai_screen_take_focus (TAI_SCREEN (self));
  if (first == NULL && error == NULL)
    tai_screen_show_hint (TAI_SCREEN (self), _ ("No visit is parked."));
}

static void
recalled_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiScreen *screen = owner;
  TaiCounter *counter = tai_screen_get_counter (screen);
  const TaiVisitView *visit = tai_counter_get_visit (counter);
  const TaiOrder *order = NULL;
  TaiScreenId step;

  if (error != NULL || visit == NULL) {
    tai_screen_show_error (screen, error);
    return;
  }
  step = tai_flow_find_open (visit, &order);
  tai_counter_set_order (counter, order != NULL ? &order->id : NULL);
  tai_screen_go (screen, order != NULL ? step : TAI_SCREEN_HOME, NULL);
}

static void
row_activated_cb (TaiParkedScreen *self, GtkListBoxRow *row)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (tai_row_get_key (TAI_ROW (row)));
  tai_screen_call (TAI_SCREEN (self), tai_do_recall, args, recalled_cb);
}

static void
enter (TaiScreen *screen, const char *text)
{
  tai_screen_call (screen, tai_do_list_parked, NULL, listed_cb);
}

static void
tai_parked_screen_class_init (TaiParkedScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/parked.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiParkedScreen, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tai_parked_screen_init (TaiParkedScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
