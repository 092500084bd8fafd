/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a customer comes to ask about a number: what is left in it, its bills line by line, what it has. Headquarters' word at this
 * moment; bills and services are told to the owner, who was identified in the visit on the desk. Forgotten when it is left.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-about-number-screen.h"

#include <glib/gi18n.h>

#include "tai-do.h"
#include "tai-row.h"
#include "tai-scroller.h"
#include "tai-words.h"

struct _TaiAboutNumberScreen {
  TaiScreen parent;
  GtkListBox *buckets, *bills, *lines, *products;
  GtkWidget *buckets_title, *bills_title, *lines_title, *products_title, *print;
  GtkLabel *owner;
  char *msisdn;              /* (owned) (nullable) */
  TaiLineDetails *details;   /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the look-up under way */
};

G_DEFINE_FINAL_TYPE (TaiAboutNumberScreen, tai_about_number_screen, TAI_TYPE_SCREEN)

/* Words ------------------------------------------------------------------------------------------------------------------- */

static int
offset_of (TaiAboutNumberScreen *self)
{
  return tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->utc_offset_min;
}

/* (transfer full) (nullable): there is none */
static char *
format_day (TaiAboutNumberScreen *self, gint64 time_us)
{
  return time_us != 0 ? tai_date_to_text (tai_time_to_date (time_us, offset_of (self))) : NULL;
}

static const char *
bill_words (TaiLineBillState state)
{
  switch (state) {
  case TAI_LINE_BILL_SETTLED:
    return _ ("paid");
  case TAI_LINE_BILL_PARTIALLY_PAID:
    return _ ("paid in part");
  case TAI_LINE_BILL_ON_HOLD:
    return _ ("held back");
  default:
    return _ ("open");
  }
}

static const char *
product_words (TaiLineProductState state)
{
  switch (state) {
  case TAI_LINE_PRODUCT_ACTIVE:
    return _ ("in use");
  case TAI_LINE_PRODUCT_SUSPENDED:
    return _ ("suspended");
  case TAI_LINE_PRODUCT_CREATED:
  case TAI_LINE_PRODUCT_PENDING_ACTIVE:
    return _ ("being set up");
  case TAI_LINE_PRODUCT_PENDING_TERMINATE:
    return _ ("ending");
  default:
    return _ ("ended");
  }
}

/* Lists ------------------------------------------------------------------------------------------------------------------- */

static void
fill (GtkWidget *title, GtkListBox *list, GPtrArray *rows)
{
  gtk_widget_set_visible (title, rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (list), rows->len > 0);
  tai_row_fill_list (list, rows);
}

static void
show_buckets (TaiAboutNumberScreen *self)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < self->details->buckets->len; i++) {
    const TaiLineBucket *bucket = g_ptr_array_index (self->details->buckets, i);
    g_autofree char *day = format_day (self, bucket->until_us);
    g_autofree char *until = day != NULL ? g_strdup_printf (_ ("until %s"), day) : NULL;
    g_autofree char *left = bucket->money.currency != 0
                                ? tai_words_money (bucket->money)
                                : g_strdup_printf ("%s %s", bucket->amount, bucket->units);
    g_ptr_array_add (rows,
                     tai_row_new (tai_words_name (bucket->name, bucket->name_en), until, left, bucket->id));
  }
  fill (self->buckets_title, self->buckets, rows);
}

static void
show_bills (TaiAboutNumberScreen *self)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < self->details->bills->len; i++) {
    const TaiLineBill *bill = g_ptr_array_index (self->details->bills, i);
    g_autofree char *from = format_day (self, bill->from_us);
    g_autofree char *rest = tai_words_money (bill->rest);
    g_autofree char *amount = tai_words_money (bill->amount);
    g_autofree char *state = bill->rest.minor > 0
                                 ? g_strdup_printf (_ ("%s, %s to pay"), bill_words (bill->state), rest)
                                 : g_strdup (bill_words (bill->state));
    g_autofree char *title = g_strdup_printf (_ ("Bill of %.7s"), from != NULL ? from : bill->number);
    g_ptr_array_add (rows, tai_row_new (title, state, amount, bill->id));
  }
  fill (self->bills_title, self->bills, rows);
  gtk_widget_set_visible (self->print, self->details->bills->len > 0);
  if (self->details->bills->len > 0)
    gtk_list_box_select_row (self->bills, gtk_list_box_get_row_at_index (self->bills, 0));
}

/* (transfer none) (nullable) */
static const TaiLineBill *
get_bill (TaiAboutNumberScreen *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->bills);

  for (guint i = 0; row != NULL && self->details != NULL && i < self->details->bills->len; i++) {
    const TaiLineBill *bill = g_ptr_array_index (self->details->bills, i);
    if (g_strcmp0 (bill->id, tai_row_get_key (TAI_ROW (row))) == 0)
      return bill;
  }
  return NULL;
}

static void
show_lines (TaiAboutNumberScreen *self)
{
  const TaiLineBill *bill = get_bill (self);
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; bill != NULL && i < bill->lines->len; i++) {
    const TaiLineBillRow *line = g_ptr_array_index (bill->lines, i);
    g_autofree char *amount = tai_words_money (line->amount);
    g_ptr_array_add (rows, tai_row_new (tai_words_name (line->name, line->name_en), NULL, amount, NULL));
  }
  fill (self->lines_title, self->lines, rows);
}

static void
show_products (TaiAboutNumberScreen *self)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < self->details->products->len; i++) {
    const TaiLineProduct *product = g_ptr_array_index (self->details->products, i);
    g_autofree char *day = format_day (self, product->until_us);
    g_autofree char *until = day != NULL ? g_strdup_printf (_ ("until %s"), day) : NULL;
    const char *name = tai_words_name (product->name, product->name_en);
    g_ptr_array_add (rows, tai_row_new (product->port_out_code != NULL ? product->port_out_code : name,
                                        product->port_out_code != NULL ? name : until,
                                        product_words (product->state), product->id));
  }
  fill (self->products_title, self->products, rows);
}

static void
show_nothing (TaiAboutNumberScreen *self)
{
  GtkWidget *const widgets[] = {self->buckets_title, self->bills_title, self->lines_title,
                                self->products_title, self->print};
  GtkListBox *const lists[] = {self->buckets, self->bills, self->lines, self->products};

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    gtk_widget_set_visible (widgets[i], FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    tai_row_clear_list (lists[i]);
    gtk_widget_set_visible (GTK_WIDGET (lists[i]), FALSE);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->owner), FALSE);
}

/* Looking ----------------------------------------------------------------------------------------------------------------- */

static const char *
get_owner (TaiAboutNumberScreen *self)
{
  const TaiVisitView *visit = tai_counter_get_visit (tai_screen_get_counter (TAI_SCREEN (self)));

  return visit != NULL ? visit->customer_ref : NULL;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TaiAboutNumberScreen) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiLineDetails) details =
      tai_directory_look_up_details_finish (TAI_DIRECTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    tai_screen_take_focus (TAI_SCREEN (self));
    return;
  }
  g_clear_pointer (&self->details, tai_line_details_free);
  self->details = g_steal_pointer (&details);
  show_buckets (self);
  show_bills (self);
  show_lines (self);
  show_products (self);
  gtk_widget_set_visible (GTK_WIDGET (self->owner), self->details->bills->len == 0);
  if (self->details->bills->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->bills)));
  else
    tai_screen_take_focus (TAI_SCREEN (self));
}

static void
stop_looking (TaiAboutNumberScreen *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiAboutNumberScreen *self = TAI_ABOUT_NUMBER_SCREEN (screen);
  g_autofree char *number = tai_words_number (text != NULL ? text : "");
  g_autofree char *title = g_strdup_printf (_ ("Balance and bills of %s"), number);

  stop_looking (self);
  show_nothing (self);
  tai_screen_set_title (screen, title);
  g_free (self->msisdn);
  self->msisdn = g_strdup (text != NULL ? text : "");
  self->cancellable = g_cancellable_new ();
  tai_directory_look_up_details_async (tai_counter_get_directory (tai_screen_get_counter (screen)),
                                       self->msisdn,
                                       TAI_LINE_PART_BUCKETS | TAI_LINE_PART_BILLS | TAI_LINE_PART_PRODUCTS,
                                       get_owner (self), self->cancellable, looked_cb, g_object_ref (self));
  tai_screen_take_focus (screen);
}

static void
leave (TaiScreen *screen)
{
  TaiAboutNumberScreen *self = TAI_ABOUT_NUMBER_SCREEN (screen);

  stop_looking (self);
  show_nothing (self);
  g_clear_pointer (&self->details, tai_line_details_free);
}

/* Printing ---------------------------------------------------------------------------------------------------------------- */

/* On paper as on the screen: one group, headquarters' lines in their order. */
static TaiBillPaper *
make_paper (TaiAboutNumberScreen *self, const TaiLineBill *bill)
{
  gboolean is_english = g_str_has_prefix (
      tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->language, "en");
  g_autofree char *from = format_day (self, bill->from_us);
  g_autofree char *month = g_strndup (from != NULL ? from : bill->number, 7);
  TaiBillPaper *paper = tai_bill_paper_new (self->msisdn, month);
  TaiBillPaperGroup *group = tai_bill_paper_add_group (paper, bill->number);

  for (guint i = 0; i < bill->lines->len; i++) {
    const TaiLineBillRow *line = g_ptr_array_index (bill->lines, i);
    tai_bill_paper_add_item (group, is_english && line->name_en != NULL ? line->name_en : line->name, NULL,
                             line->amount);
  }
  paper->from = g_steal_pointer (&from);
  paper->until = bill->until_us != 0 ? format_day (self, bill->until_us - 1) : NULL;
  paper->due = format_day (self, bill->due_us);
  paper->total = bill->amount;
  paper->to_pay = bill->rest;
  return paper;
}

static void
printed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiScreen *screen = owner;

  if (error != NULL) {
    tai_screen_show_error (screen, error);
    return;
  }
  tai_screen_show_hint (screen, _ ("The bill is on its way to the printer."));
  tai_station_print (tai_counter_get_station (tai_screen_get_counter (screen)));
}

static void
print_cb (TaiAboutNumberScreen *self)
{
  const TaiLineBill *bill = get_bill (self);
  TaiCounterArgs *args;

  if (bill == NULL)
    return;
  args = tai_counter_args_new ();
  args->result = make_paper (self, bill);
  args->free_result = (GDestroyNotify)tai_bill_paper_free;
  tai_screen_call (TAI_SCREEN (self), tai_do_print_bill, args, printed_cb);
}

static gboolean
press (TaiScreen *screen, TaiKey key)
{
  if (key != TAI_KEY_PRINT)
    return FALSE;
  print_cb (TAI_ABOUT_NUMBER_SCREEN (screen));
  return TRUE;
}

/* The screen -------------------------------------------------------------------------------------------------------------- */

/* A list that goes tells that nothing is selected: too late for who listens. */
static void
dispose (GObject *object)
{
  TaiAboutNumberScreen *self = TAI_ABOUT_NUMBER_SCREEN (object);

  stop_looking (self);
  g_signal_handlers_disconnect_by_data (self->bills, self);
  g_clear_pointer (&self->details, tai_line_details_free);
  g_clear_pointer (&self->msisdn, g_free);
  G_OBJECT_CLASS (tai_about_number_screen_parent_class)->dispose (object);
}

static void
tai_about_number_screen_class_init (TaiAboutNumberScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->press = press;
  g_type_ensure (TAI_TYPE_SCROLLER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/about-number.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiAboutNumberScreen, owner);
  gtk_widget_class_bind_template_child (widget_class, TaiAboutNumberScreen, buckets);
  gtk_widget_class_bind_template_child (widget_class, TaiAboutNumberScreen, buckets_title);
  gtk_widget_class_bind_template_child (widget_class, TaiAboutNumberScreen, bills);
  gtk_widget_class_bind_template_child (widget_class, TaiAboutNumberScreen, bills_title);
  gtk_widget_class_bind_template_child (widget_class, TaiAboutNumberScreen, lines);
  gtk_widget_class_bind_template_child (widget_class, TaiAboutNumberScreen, lines_title);
  gtk_widget_class_bind_template_child (widget_class, TaiAboutNumberScreen, products);
  gtk_widget_class_bind_template_child (widget_class, TaiAboutNumberScreen, products_title);
  gtk_widget_class_bind_template_child (widget_class, TaiAboutNumberScreen, print);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
}

static void
tai_about_number_screen_init (TaiAboutNumberScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->bills, "selected-rows-changed", G_CALLBACK (show_lines), self);
}
