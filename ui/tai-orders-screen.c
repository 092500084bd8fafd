/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders of this terminal: the newest, or those of a number or receipt; each with what has become of it. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-orders-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-row.h"
#include "tai-words.h"

#define MAX_ORDERS 100

struct _TaiOrdersScreen {
  TaiScreen parent;
  GtkEditable *search;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (TaiOrdersScreen, tai_orders_screen, TAI_TYPE_SCREEN)

static void
add_order (TaiOrdersScreen *self, const TaiOrder *order)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  int offset = tai_counter_get_terminal (counter)->utc_offset_min;
  g_autofree char *number = tai_words_number (tai_order_get (order, "MSISDN"));
  g_autofree char *time = tai_words_day_and_time (order->placed_us, offset);
  g_autofree char *title =
      g_strdup_printf ("%s %s", tai_operation_words_get_title (order->operation->id), number);
  g_autofree char *more =
      g_strdup_printf ("%s · %s · %s · %s", tai_words_order_state (order->state), time, order->clerk,
                       order->receipt_number != NULL ? order->receipt_number : _ ("no receipt"));
  g_autofree char *today = tai_words_money (order->today);

  gtk_list_box_append (self->list, tai_row_new (title, more, today, order->receipt_number));
}

static void
listed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiOrdersScreen *self = owner;
  GPtrArray *orders = args->result;

  tai_row_clear_list (self->list);
  tai_screen_show_error (TAI_SCREEN (self), error);
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    add_order (self, g_ptr_array_index (orders, i));
  if (orders != NULL && orders->len == 0)
    tai_screen_show_hint (TAI_SCREEN (self), _ ("No order of this terminal is like that."));
}

static void
search_cb (TaiOrdersScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();
  g_autofree char *text = g_strstrip (gtk_editable_get_chars (self->search, 0, -1));

  args->text = *text != '\0' ? g_steal_pointer (&text) : NULL;
  args->number = MAX_ORDERS;
  tai_screen_call (TAI_SCREEN (self), tai_do_list_orders, args, listed_cb);
}

static void
row_activated_cb (TaiOrdersScreen *self, GtkListBoxRow *row)
{
  const char *receipt = tai_row_get_key (TAI_ROW (row));

  if (receipt != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_RECEIPT, receipt);
  else
    tai_screen_show_hint (TAI_SCREEN (self), _ ("This order was not paid, so there is no receipt."));
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiOrdersScreen *self = TAI_ORDERS_SCREEN (screen);

  gtk_editable_set_text (self->search, text != NULL ? text : "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  search_cb (self);
}

static void
tai_orders_screen_class_init (TaiOrdersScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/orders.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiOrdersScreen, search);
  gtk_widget_class_bind_template_child (widget_class, TaiOrdersScreen, list);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tai_orders_screen_init (TaiOrdersScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_name (GTK_WIDGET (self->search), _ ("Number or receipt"));
}
