/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Due, and the three figures: the customer can be told them at every step. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-money-panel.h"

#include <glib/gi18n.h>

#include "tai-widget.h"
#include "tai-words.h"

struct _TaiMoneyPanel {
  GtkWidget parent;
  TaiCounter *counter; /* (owned) */
  GtkWidget *caption, *due, *last_caption, *figures[3];
};

G_DEFINE_FINAL_TYPE (TaiMoneyPanel, tai_money_panel, GTK_TYPE_WIDGET)

static void
set_money (GtkWidget *label, TaiMoney money)
{
  g_autofree char *text = tai_words_money (money);

  gtk_label_set_text (GTK_LABEL (label), text);
}

/* A discount that ends or a price that changes: the last figure is what stays then. */
static gboolean
months_change (const TaiVisitView *visit)
{
  for (guint i = 0; visit != NULL && i < visit->orders->len; i++) {
    g_autoptr (GArray) months = tai_order_get_stretches (g_ptr_array_index (visit->orders, i), NULL);

    if (months != NULL && months->len > 2)
      return TRUE;
  }
  return FALSE;
}

static void
show (TaiMoneyPanel *self)
{
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);
  const TaiMoney none = tai_money (0, tai_counter_get_terminal (self->counter)->currency);
  const TaiMoney nothing = {
      0}; /* a top-up has no monthly bill: a dash says so, 0.00 would promise something */
  gboolean has_months = visit != NULL && (visit->first.minor != 0 || visit->normal.minor != 0);
  gboolean is_paid = visit != NULL && visit->state == TAI_VISIT_CLOSED;

  gboolean is_in_part = !is_paid && visit != NULL && visit->due.minor != visit->total.minor;

  gtk_label_set_text (GTK_LABEL (self->caption), is_paid ? _ ("Paid") : is_in_part ? _ ("Left") : _ ("Due"));
  gtk_label_set_text (GTK_LABEL (self->last_caption),
                      months_change (visit) ? _ ("Each month in the end") : _ ("Each month after"));
  set_money (self->due, visit == NULL ? none : is_in_part ? visit->due : visit->total);
  set_money (self->figures[0], visit != NULL ? visit->total : none);
  set_money (self->figures[1], has_months ? visit->first : nothing);
  set_money (self->figures[2], has_months ? visit->normal : nothing);
}

static void
tai_money_panel_dispose (GObject *object)
{
  TaiMoneyPanel *self = TAI_MONEY_PANEL (object);

  tai_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (tai_money_panel_parent_class)->dispose (object);
}

static void
tai_money_panel_class_init (TaiMoneyPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_money_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "moneypanel");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (TaiMoneyPanel *self, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
tai_money_panel_init (TaiMoneyPanel *self)
{
  const char *const captions[] = {_ ("Today"), _ ("First bill"), _ ("Each month after")};

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->caption = add_label (self, _ ("Due"), "heading");
  self->due = add_label (self, "", "due");
  for (guint i = 0; i < G_N_ELEMENTS (captions); i++) {
    self->last_caption = add_label (self, captions[i], "dim-label");
    self->figures[i] = add_label (self, "", "figure");
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Money"), -1);
}

GtkWidget *
tai_money_panel_new (TaiCounter *counter)
{
  TaiMoneyPanel *self = g_object_new (TAI_TYPE_MONEY_PANEL, NULL);

  self->counter = g_object_ref (counter);
  g_signal_connect_object (counter, "notify::visit", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
