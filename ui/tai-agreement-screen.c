/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the customer agrees to, before he does: each order with its figures, and the key terms in large letters. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-agreement-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-price-words.h"
#include "tai-words.h"

struct _TaiAgreementScreen {
  TaiScreen parent;
  GtkBox *terms;
  GtkWidget *agree, *scroller;
};

G_DEFINE_FINAL_TYPE (TaiAgreementScreen, tai_agreement_screen, TAI_TYPE_SCREEN)

static void
add_label (TaiAgreementScreen *self, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (self->terms, label);
}

static void
add_item (TaiAgreementScreen *self, const TaiOrderItem *item)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  TaiDate today = tai_time_to_date (tai_clock_now (tai_counter_get_clock (counter)),
                                    tai_counter_get_terminal (counter)->utc_offset_min);
  g_autofree char *title = NULL;
  g_autofree char *told = NULL;

  if (item->offering_name == NULL)
    return;
  title = item->consent_needed && item->consent_given
              ? g_strdup_printf (_ ("%s: the customer said yes to it"), tai_words_item (item))
              : g_strdup (tai_words_item (item));
  told = tai_price_words_item (item, today);
  add_label (self, title, "heading");
  if (told != NULL)
    add_label (self, told, "sentence");
  if (item->key_terms != NULL)
    add_label (self, item->key_terms, "key-terms");
}

static void
add_order (TaiAgreementScreen *self, const TaiOrder *order)
{
  const char *number = tai_order_get (order, "MSISDN");
  g_autofree char *shown = tai_words_number (number);
  g_autofree char *title =
      g_strdup_printf ("%s %s", tai_operation_words_get_title (order->operation->id), shown);
  g_autofree char *today = tai_words_money (order->today);
  g_autofree char *first = tai_words_money (order->first);
  g_autofree char *normal = tai_words_money (order->normal);
  g_autoptr (GArray) months = tai_order_get_stretches (order, NULL);
  g_autofree char *figures = g_strdup_printf (months != NULL && months->len > 2
                                                  ? _ ("Today %s · first bill %s · each month in the end %s")
                                                  : _ ("Today %s · first bill %s · each month after %s"),
                                              today, first, normal);
  const char *rule = tai_words_rule (order->rule);

  add_label (self, title, "title-2");
  if (order->normal.currency != 0)
    add_label (self, figures, "figures-line");
  if (rule != NULL && order->rule == TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE)
    add_label (self,
               _ ("It is in force when headquarters has checked it; the customer is told by the receipt."),
               "dim-label");
  for (guint i = 0; i < order->items->len; i++)
    add_item (self, g_ptr_array_index (order->items, i));
}

static void
update (TaiScreen *screen)
{
  TaiAgreementScreen *self = TAI_AGREEMENT_SCREEN (screen);
  const TaiVisitView *visit = tai_counter_get_visit (tai_screen_get_counter (screen));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->terms))) != NULL)
    gtk_box_remove (self->terms, child);
  for (guint i = 0; visit != NULL && i < visit->orders->len; i++)
    add_order (self, g_ptr_array_index (visit->orders, i));
}

static void
signed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiAgreementScreen *self = owner;

  gtk_widget_set_sensitive (self->agree, TRUE);
  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error == NULL)
    tai_screen_next (TAI_SCREEN (self));
  else /* it was dead for a moment */
    gtk_widget_grab_focus (self->agree);
}

static void
agree_cb (TaiAgreementScreen *self)
{
  gtk_widget_set_sensitive (self->agree, FALSE);
  tai_screen_call (TAI_SCREEN (self), tai_do_sign, NULL, signed_cb);
}

static void
enter (TaiScreen *screen, const char *text)
{
  update (screen);
  gtk_widget_grab_focus (TAI_AGREEMENT_SCREEN (screen)->agree);
}

static void
tai_agreement_screen_class_init (TaiAgreementScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->update = update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/agreement.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiAgreementScreen, terms);
  gtk_widget_class_bind_template_child (widget_class, TaiAgreementScreen, agree);
  gtk_widget_class_bind_template_child (widget_class, TaiAgreementScreen, scroller);
  gtk_widget_class_bind_template_callback (widget_class, agree_cb);
}

static void
tai_agreement_screen_init (TaiAgreementScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_name (self->scroller, _ ("Key terms")); /* long ones are scrolled by keys */
}
