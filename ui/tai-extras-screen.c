/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is sold beside. Nothing is ticked beforehand; Space on a service records that the customer himself said yes to it, with
 * its price and how it ends in view.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-extras-screen.h"

#include <glib/gi18n.h>

#include "tai-do.h"
#include "tai-flow.h"
#include "tai-row.h"
#include "tai-words.h"

struct _TaiExtrasScreen {
  TaiScreen parent;
  GtkListBox *list;
  GtkLabel *terms;
  GtkWidget *go;
};

G_DEFINE_FINAL_TYPE (TaiExtrasScreen, tai_extras_screen, TAI_TYPE_SCREEN)

static const TaiOrderItem *
find_item (const TaiOrder *order, const char *offering_id)
{
  for (guint i = 0; order != NULL && i < order->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (g_strcmp0 (item->offering_id, offering_id) == 0)
      return item;
  }
  return NULL;
}

/* "¥20.00 a month", "¥20.00 once" */
static char *
describe_price (const TaiOffering *offering)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < offering->prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (offering->prices, i);
    g_autofree char *sum = tai_words_money (price->amount);
    if (price->discount.kind == TAI_DISCOUNT_PERCENT)
      g_string_append_printf (text, _ ("%d %% off"), price->discount.percent_x100 / 100);
    else if (price->discount.kind == TAI_DISCOUNT_AMOUNT) {
      g_autofree char *off = tai_words_money (price->discount.amount);
      g_string_append_printf (text, _ ("%s off a month"), off);
    } else if (price->type == TAI_PRICE_RECURRING)
      g_string_append_printf (text, _ ("%s a month"), sum);
    else
      g_string_append (text, sum);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
describe_kind (TaiOfferingKind kind)
{
  switch (kind) {
  case TAI_OFFERING_SERVICE:
    return _ ("Value-added service: the customer's own yes is needed");
  case TAI_OFFERING_PREPAYMENT:
    return _ ("Prepayment");
  case TAI_OFFERING_DISCOUNT:
    return _ ("Discount");
  case TAI_OFFERING_SIM:
    return _ ("SIM card");
  default:
    return _ ("Goods");
  }
}

/* The business's row says what is sold under it; the desk decides in the end. */
static gboolean
is_offered (const TaiOrder *order, const TaiOffering *offering)
{
  TaiNeeds needs = order->operation->needs;

  if (!tai_offering_is_for (offering, order->operation->id))
    return FALSE;
  switch (offering->kind) {
  case TAI_OFFERING_SERVICE:
    return (needs & (TAI_NEEDS_PLAN | TAI_NEEDS_SERVICE)) != 0;
  case TAI_OFFERING_SIM:
    return (needs & TAI_NEEDS_SIM) != 0;
  case TAI_OFFERING_PREPAYMENT:
  case TAI_OFFERING_DISCOUNT:
    return (needs & TAI_NEEDS_PLAN) != 0;
  case TAI_OFFERING_GOODS:
    return needs == 0;
  default:
    return FALSE;
  }
}

static void
mark_row (TaiExtrasScreen *self, TaiRow *row)
{
  gboolean is_taken = find_item (tai_screen_get_order (TAI_SCREEN (self)), tai_row_get_key (row)) != NULL;

  tai_row_set_mark (row, is_taken ? "checkbox-checked-symbolic" : "checkbox-symbolic",
                    is_taken ? _ ("taken") : _ ("not taken"));
}

static void
update (TaiScreen *screen)
{
  TaiExtrasScreen *self = TAI_EXTRAS_SCREEN (screen);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    mark_row (self, TAI_ROW (row));
}

static void
fill (TaiExtrasScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));
  TaiCatalogue *catalogue = tai_counter_get_catalogue (counter);
  gint64 now = tai_clock_now (tai_counter_get_clock (counter));

  tai_row_clear_list (self->list);
  for (guint i = 0; order != NULL && i < tai_catalogue_get_n_offerings (catalogue); i++) {
    const TaiOffering *offering = tai_catalogue_get_offering (catalogue, i);
    g_autofree char *price = NULL;
    if (!is_offered (order, offering) ||
        !tai_offering_is_on_sale (offering, tai_counter_get_terminal (counter)->region, now))
      continue;
    price = describe_price (offering);
    gtk_list_box_append (self->list, tai_row_new (tai_words_offering (offering),
                                                  describe_kind (offering->kind), price, offering->id));
  }
  update (TAI_SCREEN (self));
}

/* Taking ---------------------------------------------------------------------------------------------------------------------- */

static void
toggled_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  tai_screen_show_error (owner, error);
  update (owner);
}

static void
toggle (TaiExtrasScreen *self, const char *id)
{
  gboolean is_taken = find_item (tai_screen_get_order (TAI_SCREEN (self)), id) != NULL;
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (id);
  args->more = g_strdup ("yes");
  tai_screen_call (TAI_SCREEN (self), is_taken ? tai_do_remove_offering : tai_do_add_offering, args,
                   toggled_cb);
}

static void
row_activated_cb (TaiExtrasScreen *self, GtkListBoxRow *row)
{
  toggle (self, tai_row_get_key (TAI_ROW (row)));
}

static void
go_cb (TaiExtrasScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));

  if (order != NULL && tai_flow_is_answered (TAI_SCREEN_EXTRAS, tai_counter_get_visit (counter), order))
    tai_screen_next (TAI_SCREEN (self));
  else
    tai_screen_show_problem (TAI_SCREEN (self),
                             _ ("Nothing was chosen yet. Space takes the line that is marked."));
}

static void
show_terms (TaiExtrasScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  GtkListBoxRow *row;
  const TaiOffering *offering;

  if (counter == NULL) /* the window is going, and its rows with it */
    return;
  row = gtk_list_box_get_selected_row (self->list);
  offering = row != NULL
                 ? tai_catalogue_find (tai_counter_get_catalogue (counter), tai_row_get_key (TAI_ROW (row)))
                 : NULL;
  gtk_label_set_text (self->terms,
                      offering != NULL && offering->key_terms != NULL ? offering->key_terms : "");
}

/* In a list Enter would take the line; here it goes on, as on every other step. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state,
                TaiExtrasScreen *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) {
    go_cb (self);
    return GDK_EVENT_STOP;
  }
  if (keyval != GDK_KEY_space || row == NULL)
    return GDK_EVENT_PROPAGATE;
  toggle (self, tai_row_get_key (TAI_ROW (row)));
  return GDK_EVENT_STOP;
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiExtrasScreen *self = TAI_EXTRAS_SCREEN (screen);
  GtkListBoxRow *first;

  fill (self);
  first = gtk_list_box_get_row_at_index (self->list, 0);
  if (first != NULL) {
    gtk_list_box_select_row (self->list, first);
    gtk_widget_grab_focus (GTK_WIDGET (first));
  } else
    gtk_widget_grab_focus (self->go);
  show_terms (self);
}

static void
tai_extras_screen_class_init (TaiExtrasScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->update = update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/extras.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiExtrasScreen, list);
  gtk_widget_class_bind_template_child (widget_class, TaiExtrasScreen, terms);
  gtk_widget_class_bind_template_child (widget_class, TaiExtrasScreen, go);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
}

static void
tai_extras_screen_init (TaiExtrasScreen *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (show_terms), self);
}
