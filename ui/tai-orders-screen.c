/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders of this terminal: the newest, or those of a number, receipt, day or clerk; each with what has become of it. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-orders-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-payment-words.h"
#include "tai-row.h"
#include "tai-words.h"

#define MAX_ORDERS 100

struct _TaiOrdersScreen {
  TaiScreen parent;
  GtkEditable *search;
  GtkListBox *list;
  char *listed;   /* (owned) (nullable) what was searched for when the list was filled */
  gboolean opens; /* Enter came before the list: the first line is opened when it is there */
};

G_DEFINE_FINAL_TYPE (TaiOrdersScreen, tai_orders_screen, TAI_TYPE_SCREEN)

/* What needs a person is told by a picture and its word. */
static void
mark_row (GtkWidget *row, const TaiOrder *order)
{
  if (order->refund_due.currency != 0)
    tai_row_set_mark (TAI_ROW (row), "dialog-warning-symbolic", _ ("Money to give back"));
  else if (order->state == TAI_ORDER_COMPLETED)
    tai_row_set_mark (TAI_ROW (row), "object-select-symbolic", NULL);
  else
    tai_row_set_mark (TAI_ROW (row), "document-open-recent-symbolic", NULL);
}

static GtkWidget *
new_row (TaiOrdersScreen *self, const TaiOrder *order)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  int offset = tai_counter_get_terminal (counter)->utc_offset_min;
  g_autofree char *number = tai_words_number (tai_order_get (order, "MSISDN"));
  g_autofree char *time = tai_words_day_and_time (order->placed_us, offset);
  g_autofree char *title =
      g_strdup_printf ("%s %s", tai_operation_words_get_title (order->operation->id), number);
  g_autofree char *more = g_strdup_printf (
      "%s%s%s · %s · %s · %s", order->refund_due.currency != 0 ? _ ("Money to give back") : "",
      order->refund_due.currency != 0 ? " · " : "", tai_words_order_state (order->state), time, order->clerk,
      order->receipt_number != NULL ? order->receipt_number : _ ("no receipt"));
  g_autofree char *today = tai_words_money (order->today);
  GtkWidget *row = tai_row_new (title, more, today, order->id.text);

  mark_row (row, order);
  return row;
}

static void
open_row (TaiOrdersScreen *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (tai_row_get_key (TAI_ROW (row)));

  tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_ORDER, id);
}

/* The list is that of what stands in the search. */
static gboolean
is_current (TaiOrdersScreen *self)
{
  g_autofree char *text = g_strstrip (gtk_editable_get_chars (self->search, 0, -1));

  return g_strcmp0 (text, self->listed) == 0;
}

static void
listed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiOrdersScreen *self = owner;
  GPtrArray *orders = args->result, *rows;

  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  tai_screen_show_error (TAI_SCREEN (self), error);
  rows = g_ptr_array_new ();
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    g_ptr_array_add (rows, new_row (self, g_ptr_array_index (orders, i)));
  tai_row_fill_list (self->list, rows);
  g_free (self->listed);
  self->listed = g_strdup (args->more);
  if (self->opens && is_current (self)) {
    self->opens = FALSE;
    if (orders != NULL && orders->len > 0)
      open_row (self, gtk_list_box_get_row_at_index (self->list, 0));
  }
  if (orders != NULL && orders->len == 0)
    tai_screen_show_hint (
        TAI_SCREEN (self),
        _ ("No order of this terminal is like that. Type the last four digits of the telephone or receipt "
           "number, or look through a day (2026-11-27)."));
}

/* How it was paid is searched for by the desk's words; payments have a name for it. What follows "#" is a number as it is. */
static char *
read_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, text[0] == '#' ? "\n" : " ", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    const char *means = strpbrk (words[i], "#0123456789") == NULL ? tai_payment_words_find (words[i]) : NULL;
    if (means != NULL) {
      g_free (words[i]);
      words[i] = g_strdup (means);
    }
  }
  return g_strjoinv (" ", words);
}

static void
search_cb (TaiOrdersScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();
  g_autofree char *text = g_strstrip (gtk_editable_get_chars (self->search, 0, -1));

  args->text = *text != '\0' ? read_words (text) : NULL;
  args->more = g_steal_pointer (&text);
  args->number = MAX_ORDERS;
  tai_screen_call (TAI_SCREEN (self), tai_do_list_orders, args, listed_cb);
}

static void
row_activated_cb (TaiOrdersScreen *self, GtkListBoxRow *row)
{
  open_row (self, row);
}

static void
resume (TaiScreen *screen)
{
  TaiOrdersScreen *self = TAI_ORDERS_SCREEN (screen);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->search));
  search_cb (self);
}

/* Enter opens the line that is marked; before the list is there, the first of it. */
static void
activate_cb (TaiOrdersScreen *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL && is_current (self))
    open_row (self, row);
  else {
    self->opens = TRUE;
    search_cb (self);
  }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state,
                TaiOrdersScreen *self)
{
  return tai_row_step (self->list, keyval);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiOrdersScreen *self = TAI_ORDERS_SCREEN (screen);

  self->opens = FALSE;
  gtk_list_box_unselect_all (self->list); /* the newest is marked, not what was looked at an hour ago */
  gtk_editable_set_text (self->search, text != NULL ? text : "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  search_cb (self);
}

static void
tai_orders_screen_finalize (GObject *object)
{
  g_free (TAI_ORDERS_SCREEN (object)->listed);
  G_OBJECT_CLASS (tai_orders_screen_parent_class)->finalize (object);
}

static void
tai_orders_screen_class_init (TaiOrdersScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_orders_screen_finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->resume = resume;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/orders.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiOrdersScreen, search);
  gtk_widget_class_bind_template_child (widget_class, TaiOrdersScreen, list);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, tai_screen_go_back);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tai_orders_screen_init (TaiOrdersScreen *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  tai_ui_name (GTK_WIDGET (self->search), _ ("Number or receipt"));
}
