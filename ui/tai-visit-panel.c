/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is served and what was chosen, on every step at the same place. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-visit-panel.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-group-look.h"
#include "tai-operation-words.h"
#include "tai-row.h"
#include "tai-widget.h"
#include "tai-words.h"

struct _TaiVisitPanel {
  GtkWidget parent;
  TaiCounter *counter; /* (owned) */
  GtkWidget *customer, *document, *note, *scroller;
  GtkListBox *orders;
};

G_DEFINE_FINAL_TYPE (TaiVisitPanel, tai_visit_panel, GTK_TYPE_WIDGET)

static char *
describe_order (const TaiOrder *order)
{
  g_autofree char *number = tai_words_number (tai_order_get (order, "MSISDN"));
  g_autoptr (GString) text = g_string_new (number);

  for (guint i = 0; i < order->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (item->offering_name != NULL && item->kind != TAI_OFFERING_TOP_UP)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", tai_words_item (item));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is not as it was, or not as one would think. (transfer full) (nullable) */
static char *
describe_news (TaiVisitPanel *self, const TaiVisitView *visit)
{
  g_autofree char *groups = tai_group_look_describe (self->counter);
  g_autofree char *parked = NULL;
  g_autofree char *price = NULL;

  if (visit == NULL || visit->parked_total.currency == 0)
    return g_steal_pointer (&groups);
  price = tai_words_money (visit->parked_total);
  parked =
      g_strdup_printf (_ ("Prices have changed since it was parked: then it came to %s. Say so."), price);
  return g_strjoin (groups != NULL ? "\n" : NULL, parked, groups, NULL);
}

static void
show (TaiVisitPanel *self)
{
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);
  const char *mask = visit != NULL ? visit->customer_mask : NULL;
  g_autofree char *news = describe_news (self, visit);

  gtk_label_set_text (GTK_LABEL (self->customer), visit == NULL  ? _ ("No customer")
                                                  : mask != NULL ? mask
                                                                 : _ ("Not identified"));
  gtk_label_set_text (GTK_LABEL (self->document),
                      mask != NULL && visit->document_mask != NULL ? visit->document_mask : "");
  gtk_widget_set_visible (self->document, mask != NULL);
  gtk_label_set_text (GTK_LABEL (self->note), news != NULL ? news : "");
  gtk_widget_set_visible (self->note, news != NULL);
  tai_row_clear_list (self->orders);
  for (guint i = 0; visit != NULL && i < visit->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (visit->orders, i);
    g_autofree char *title =
        g_strdup_printf ("%u %s", i + 1, tai_operation_words_get_title (order->operation->id));
    g_autofree char *more = describe_order (order);
    g_autofree char *today = order->today.currency != 0 ? tai_words_money (order->today) : NULL;
    GtkWidget *row = tai_row_new (title, more, today, order->id.text);
    gtk_list_box_append (self->orders, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->orders), visit != NULL && visit->orders->len > 0);
}

static void
tai_visit_panel_dispose (GObject *object)
{
  TaiVisitPanel *self = TAI_VISIT_PANEL (object);

  tai_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (tai_visit_panel_parent_class)->dispose (object);
}

static void
tai_visit_panel_class_init (TaiVisitPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_visit_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "visitpanel");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (TaiVisitPanel *self, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
tai_visit_panel_init (TaiVisitPanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->customer = add_label (self, "title-2");
  self->document = add_label (self, "numeric");
  self->note = add_label (self, "dim-label");
  self->orders = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->orders, GTK_SELECTION_NONE);
  tai_ui_name (GTK_WIDGET (self->orders), _ ("This visit"));
  gtk_widget_add_css_class (GTK_WIDGET (self->orders), "boxed-list");
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_vexpand (self->scroller, TRUE);
  /* read, not walked through: a list whose lines take no focus would swallow Tab */
  gtk_widget_set_can_focus (self->scroller, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->orders));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Visit"), -1);
}

GtkWidget *
tai_visit_panel_new (TaiCounter *counter)
{
  TaiVisitPanel *self = g_object_new (TAI_TYPE_VISIT_PANEL, NULL);

  self->counter = g_object_ref (counter);
  g_signal_connect_object (counter, "notify::visit", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
