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
#include "tai-price-words.h"
#include "tai-row.h"
#include "tai-qualification.h"
#include "tai-words.h"

struct _TaiExtrasScreen {
  TaiScreen parent;
  GtkListBox *list;
  GtkLabel *terms, *told, *question;
  GtkWidget *go, *answer, *trial_box;
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
  case TAI_OFFERING_ACCESS:
    return _ ("Beside the plan");
  default:
    return _ ("Goods");
  }
}

/* What has a page of its own is not asked again. */
static gboolean
is_extra (TaiExtrasScreen *self, const TaiOffering *offering)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));

  return offering->kind != TAI_OFFERING_PLAN && offering->kind != TAI_OFFERING_TOP_UP && order != NULL &&
         tai_qualification_is_offered (
             tai_counter_get_catalogue (counter), offering, order, tai_counter_get_groups (counter),
             tai_counter_get_terminal (counter)->region, tai_clock_now (tai_counter_get_clock (counter)));
}

static TaiDate
today (TaiExtrasScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));

  return tai_time_to_date (tai_clock_now (tai_counter_get_clock (counter)),
                           tai_counter_get_terminal (counter)->utc_offset_min);
}

static const TaiPrice *
find_trial (const TaiOffering *offering)
{
  for (guint i = 0; i < offering->prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (offering->prices, i);
    if (price->trial_months > 0)
      return price;
  }
  return NULL;
}

/* "Discount", "Value-added service: … · free trial up to 2026-11-30" */
static char *
describe (TaiExtrasScreen *self, const TaiOffering *offering)
{
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));
  TaiCatalogue *catalogue = tai_counter_get_catalogue (tai_screen_get_counter (TAI_SCREEN (self)));
  const TaiBundlePart *part = tai_qualification_find_part (catalogue, order, offering);
  const TaiPrice *trial = find_trial (offering);
  g_autofree char *end = NULL;

  if (part != NULL)
    return g_strdup (part->is_included ? _ ("Part of the bundle, in its price") : _ ("Part of the bundle"));
  if (trial == NULL)
    return g_strdup (describe_kind (offering->kind));
  end = tai_date_to_text (tai_price_get_trial_end (trial, today (self)));
  return g_strdup_printf (_ ("%s · free trial up to %s"), describe_kind (offering->kind), end);
}

static void
mark_row (TaiExtrasScreen *self, TaiRow *row)
{
  gboolean is_taken = find_item (tai_screen_get_order (TAI_SCREEN (self)), tai_row_get_key (row)) != NULL;

  tai_row_set_mark (row, is_taken ? "checkbox-checked-symbolic" : "checkbox-symbolic",
                    is_taken ? _ ("taken") : _ ("not taken"));
}

static const TaiOffering *
get_marked (TaiExtrasScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  GtkListBoxRow *row = counter != NULL ? gtk_list_box_get_selected_row (self->list) : NULL;

  /* without a counter the window is going, and its rows with it */
  return row != NULL
             ? tai_catalogue_find (tai_counter_get_catalogue (counter), tai_row_get_key (TAI_ROW (row)))
             : NULL;
}

/* The second yes. A trial never becomes paid by itself; this is asked for, and answered, on its own. */
static void
show_question (TaiExtrasScreen *self, const TaiOrderItem *item, const char *told)
{
  const char *end = item != NULL ? tai_order_item_get (item, TAI_CHARACTERISTIC_TRIAL_END) : NULL;
  gboolean goes_on = item != NULL && tai_order_item_get (item, TAI_CHARACTERISTIC_AFTER_TRIAL) != NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->trial_box, end != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->told), end == NULL && *told != '\0');
  if (end == NULL)
    return;
  words = g_strdup_printf (goes_on ? _ ("Confirmed twice: %s.")
                                   : _ ("%s. To go on, paid, it needs the customer's own second yes."),
                           told);
  gtk_label_set_text (self->question, words);
  gtk_button_set_label (GTK_BUTTON (self->answer), goes_on ? _ ("Take it back (Y)") : _ ("Second yes (Y)"));
}

static void
show_terms (TaiExtrasScreen *self)
{
  const TaiOffering *offering = get_marked (self);
  const TaiOrderItem *item =
      offering != NULL ? find_item (tai_screen_get_order (TAI_SCREEN (self)), offering->id) : NULL;
  g_autofree char *told = item != NULL ? tai_price_words_item (item, today (self)) : NULL;

  gtk_label_set_text (self->terms, offering != NULL ? tai_words_terms (offering) : "");
  gtk_label_set_text (self->told, told != NULL ? told : "");
  show_question (self, item, told != NULL ? told : "");
}

static void
update (TaiScreen *screen)
{
  TaiExtrasScreen *self = TAI_EXTRAS_SCREEN (screen);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    mark_row (self, TAI_ROW (row));
  show_terms (self);
}

static void
add_rows (TaiExtrasScreen *self, gboolean of_bundle)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));
  TaiCatalogue *catalogue = tai_counter_get_catalogue (counter);
  gint64 now = tai_clock_now (tai_counter_get_clock (counter));

  for (guint i = 0; order != NULL && i < tai_catalogue_get_n_offerings (catalogue); i++) {
    const TaiOffering *offering = tai_catalogue_get_offering (catalogue, i);
    const TaiBundlePart *part = tai_qualification_find_part (catalogue, order, offering);
    g_autofree char *price = NULL;
    g_autofree char *more = NULL;
    if (!is_extra (self, offering) || of_bundle != (part != NULL))
      continue;
    price = tai_price_words_offering (offering, now, part == NULL || !part->is_included);
    more = describe (self, offering);
    gtk_list_box_append (self->list, tai_row_new (tai_words_offering (offering), more, price, offering->id));
  }
}

/* First what came with the plan. */
static void
fill (TaiExtrasScreen *self)
{
  tai_row_clear_list (self->list);
  add_rows (self, TRUE);
  add_rows (self, FALSE);
  update (TAI_SCREEN (self));
}

/* Taking ---------------------------------------------------------------------------------------------------------------------- */

static void
toggled_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  tai_screen_show_error (owner, error);
  update (owner);
}

/* What the bundle is not sold without. */
static gboolean
is_fixed (TaiExtrasScreen *self, const char *id)
{
  TaiCatalogue *catalogue = tai_counter_get_catalogue (tai_screen_get_counter (TAI_SCREEN (self)));
  const TaiOffering *offering = tai_catalogue_find (catalogue, id);
  const TaiBundlePart *part =
      offering != NULL
          ? tai_qualification_find_part (catalogue, tai_screen_get_order (TAI_SCREEN (self)), offering)
          : NULL;

  return part != NULL && part->lower > 0;
}

static void
toggle (TaiExtrasScreen *self, const char *id)
{
  gboolean is_taken = find_item (tai_screen_get_order (TAI_SCREEN (self)), id) != NULL;
  TaiCounterArgs *args;

  if (is_taken && is_fixed (self, id)) {
    tai_screen_show_hint (TAI_SCREEN (self),
                          _ ("The bundle is not sold without it. F4 chooses another plan."));
    return;
  }
  args = tai_counter_args_new ();
  args->text = g_strdup (id);
  args->more = g_strdup ("yes");
  tai_screen_call (TAI_SCREEN (self), is_taken ? tai_do_remove_offering : tai_do_add_offering, args,
                   toggled_cb);
}

static void
answer_cb (TaiExtrasScreen *self)
{
  const TaiOffering *offering = get_marked (self);
  const TaiOrderItem *item =
      offering != NULL ? find_item (tai_screen_get_order (TAI_SCREEN (self)), offering->id) : NULL;
  TaiCounterArgs *args;

  if (item == NULL || tai_order_item_get (item, TAI_CHARACTERISTIC_TRIAL_END) == NULL)
    return;
  args = tai_counter_args_new ();
  args->text = g_strdup (offering->id);
  args->number = tai_order_item_get (item, TAI_CHARACTERISTIC_AFTER_TRIAL) == NULL;
  tai_screen_call (TAI_SCREEN (self), tai_do_confirm_after_trial, args, toggled_cb);
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
  if ((keyval == GDK_KEY_y || keyval == GDK_KEY_Y) && gtk_widget_get_visible (self->trial_box)) {
    answer_cb (self);
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
  gtk_widget_class_bind_template_child (widget_class, TaiExtrasScreen, told);
  gtk_widget_class_bind_template_child (widget_class, TaiExtrasScreen, trial_box);
  gtk_widget_class_bind_template_child (widget_class, TaiExtrasScreen, question);
  gtk_widget_class_bind_template_child (widget_class, TaiExtrasScreen, answer);
  gtk_widget_class_bind_template_child (widget_class, TaiExtrasScreen, go);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_bind_template_callback (widget_class, answer_cb);
}

/* The question below takes room from the list: the line that it is about stays in view. */
static void
keep_in_view (TaiExtrasScreen *self, GParamSpec *pspec, GtkAdjustment *place)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  graphene_rect_t bounds;

  if (row != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (place, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static void
tai_extras_screen_init (TaiExtrasScreen *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *window;

  gtk_widget_init_template (GTK_WIDGET (self));
  window = gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_SCROLLED_WINDOW);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)),
                           "notify::page-size", G_CALLBACK (keep_in_view), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (show_terms), self);
}
