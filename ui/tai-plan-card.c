/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan as the customer should see it: what it costs three times, and what binds him. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-plan-card.h"

#include <glib/gi18n.h>

#include "tai-steady.h"
#include "tai-words.h"

struct _TaiPlanCard {
  GtkWidget parent;
  GtkWidget *all, *name, *kept, *reason, *terms, *figures[3];
  char *id; /* (owned) */
  gboolean is_kept;
};

G_DEFINE_FINAL_TYPE (TaiPlanCard, tai_plan_card, GTK_TYPE_WIDGET)

static void
tai_plan_card_dispose (GObject *object)
{
  g_clear_pointer (&TAI_PLAN_CARD (object)->all, gtk_widget_unparent);
  G_OBJECT_CLASS (tai_plan_card_parent_class)->dispose (object);
}

static void
tai_plan_card_finalize (GObject *object)
{
  g_free (TAI_PLAN_CARD (object)->id);
  G_OBJECT_CLASS (tai_plan_card_parent_class)->finalize (object);
}

static void
tai_plan_card_class_init (TaiPlanCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_plan_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = tai_plan_card_finalize;
  tai_steady_teach (widget_class);
  gtk_widget_class_set_css_name (widget_class, "plancard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (TaiPlanCard *self, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self->all), label);
  return label;
}

static void
tai_plan_card_init (TaiPlanCard *self)
{
  const char *const captions[] = {_ ("Today"), _ ("First bill"), _ ("Each month after")};

  self->all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->all, GTK_WIDGET (self));
  self->kept = add_label (self, "", "dim-label");
  self->name = add_label (self, "", "title-2");
  for (guint i = 0; i < G_N_ELEMENTS (captions); i++) {
    add_label (self, captions[i], "dim-label");
    self->figures[i] = add_label (self, "…", "figure");
  }
  self->reason = add_label (self, "", "problem-text");
  self->terms = add_label (self, "", "terms");
}

GtkWidget *
tai_plan_card_new (const TaiOffering *offering)
{
  TaiPlanCard *self = g_object_new (TAI_TYPE_PLAN_CARD, NULL);

  self->id = g_strdup (offering->id);
  gtk_label_set_text (GTK_LABEL (self->name), tai_words_offering (offering));
  gtk_label_set_text (GTK_LABEL (self->terms), offering->key_terms != NULL ? offering->key_terms : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tai_words_offering (offering), -1);
  tai_plan_card_set_kept (self, FALSE);
  return GTK_WIDGET (self);
}

const char *
tai_plan_card_get_id (TaiPlanCard *self)
{
  return self->id;
}

void
tai_plan_card_show_bill (TaiPlanCard *self, const TaiBill *bill, const char *reason)
{
  const TaiMoney none = {0};
  const TaiMoney figures[] = {bill != NULL ? bill->today : none, bill != NULL ? bill->first : none,
                              bill != NULL ? bill->normal : none};

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
    g_autofree char *text = tai_words_money (figures[i]);
    gtk_label_set_text (GTK_LABEL (self->figures[i]), text);
  }
  gtk_label_set_text (GTK_LABEL (self->reason), reason != NULL ? reason : "");
  gtk_widget_set_visible (self->reason, reason != NULL);
}

void
tai_plan_card_set_kept (TaiPlanCard *self, gboolean is_kept)
{
  self->is_kept = is_kept;
  gtk_label_set_text (GTK_LABEL (self->kept), is_kept ? _ ("Kept beside") : _ ("Chosen in the list"));
  if (is_kept)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "chosen");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "chosen");
}

gboolean
tai_plan_card_is_kept (TaiPlanCard *self)
{
  return self->is_kept;
}
