/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan as the customer should see it: what it costs three times, and what binds him. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-plan-card.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-price-words.h"
#include "tai-steady.h"
#include "tai-words.h"
#include "tai-wrap-layout.h"

#define SPACING 8

struct _TaiPlanCard {
  GtkWidget parent;
  GtkWidget *all, *name, *kept, *reason, *last_caption, *figures[3];
  GtkWidget *later; /* what the months come to, a label a sentence */
  GtkWidget *contract, *terms;
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
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
add_label (TaiPlanCard *self, const char *text, const char *style)
{
  GtkWidget *label = new_label (text, style);

  gtk_box_append (GTK_BOX (self->all), label);
  return label;
}

/* Caption and figure on one line where the card is wide enough: all three are to be seen in large type, too. */
static void
add_figure (TaiPlanCard *self, guint i, const char *caption)
{
  GtkWidget *pair = tai_wrap_new (SPACING, caption);

  self->last_caption = new_label (caption, "dim-label");
  self->figures[i] = new_label ("…", "figure");
  gtk_widget_set_valign (self->last_caption, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->last_caption, pair);
  gtk_widget_set_parent (self->figures[i], pair);
  gtk_box_append (GTK_BOX (self->all), pair);
}

static void
tai_plan_card_init (TaiPlanCard *self)
{
  const char *const captions[] = {_ ("Today"), _ ("First bill"), _ ("Each month after")};

  self->all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->all, GTK_WIDGET (self));
  self->name = add_label (self, "", "title-2");
  for (guint i = 0; i < G_N_ELEMENTS (captions); i++)
    add_figure (self, i, captions[i]);
  self->kept = add_label (self, "", "dim-label");
  self->reason = add_label (self, "", "problem-text");
  self->later = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_box_append (GTK_BOX (self->all), self->later);
  self->contract = add_label (self, "", "terms");
  self->terms = add_label (self, "", "terms");
}

GtkWidget *
tai_plan_card_new (const TaiOffering *offering)
{
  TaiPlanCard *self = g_object_new (TAI_TYPE_PLAN_CARD, NULL);

  self->id = g_strdup (offering->id);
  gtk_label_set_text (GTK_LABEL (self->name), tai_words_offering (offering));
  gtk_label_set_text (GTK_LABEL (self->terms), tai_words_terms (offering));
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

static void
add_sentence (TaiPlanCard *self, const char *name, const char *clause)
{
  g_autofree char *text = name != NULL ? g_strdup_printf (_ ("%s: %s"), name, clause) : g_strdup (clause);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "sentence");
  gtk_box_append (GTK_BOX (self->later), label);
}

/* What a bundle holds, in one sentence. */
static void
add_included (TaiPlanCard *self, const TaiBill *bill)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < bill->lines->len; i++) {
    const TaiBillLine *line = &g_array_index (bill->lines, TaiBillLine, i);
    if (line->is_included && line->stretches != NULL) {
      g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "",
                              tai_words_offering (line->offering));
      if (line->quantity > 1)
        g_string_append_printf (names, " × %d", line->quantity);
    }
  }
  if (names->len == 0)
    return;
  text = g_strdup_printf (_ ("In its price: %s"), names->str);
  add_sentence (self, NULL, text);
}

/* Each monthly price: the plan's without a name, the others' with theirs. */
static void
show_later (TaiPlanCard *self, const TaiBill *bill)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->later)) != NULL)
    gtk_box_remove (GTK_BOX (self->later), child);
  for (guint i = 0; bill != NULL && i < bill->lines->len; i++) {
    const TaiBillLine *line = &g_array_index (bill->lines, TaiBillLine, i);
    gboolean is_own = g_strcmp0 (line->offering->id, self->id) == 0;
    g_autoptr (GPtrArray) clauses = NULL;

    if (line->stretches == NULL || line->is_included)
      continue;
    clauses = tai_price_words_list (line->stretches, bill->day);
    for (guint j = 0; j < clauses->len; j++)
      add_sentence (self, is_own || j > 0 ? NULL : tai_words_offering (line->offering),
                    g_ptr_array_index (clauses, j));
  }
  if (bill != NULL)
    add_included (self, bill);
}

/* What leaving would cost, by what the plan itself comes to. */
static void
show_contract (TaiPlanCard *self, const TaiBill *bill)
{
  const TaiOffering *plan = bill != NULL ? tai_catalogue_find (bill->catalogue, self->id) : NULL;
  g_autofree char *words = NULL;
  TaiMoney month = bill != NULL ? tai_money (0, bill->normal.currency) : (TaiMoney){0};

  for (guint i = 0; plan != NULL && i < bill->lines->len; i++) {
    const TaiBillLine *line = &g_array_index (bill->lines, TaiBillLine, i);
    if (line->offering == plan)
      month.minor += line->normal.minor;
  }
  words = plan != NULL ? tai_price_words_contract (plan, month) : NULL;
  gtk_label_set_text (GTK_LABEL (self->contract), words != NULL ? words : "");
  gtk_widget_set_visible (self->contract, words != NULL);
}

/* Is there more to tell of the months than one price that stays? */
static gboolean
changes (const TaiBill *bill)
{
  g_autoptr (GArray) months = bill != NULL ? tai_bill_get_stretches (bill, NULL) : NULL;

  return months != NULL && months->len > 2;
}

void
tai_plan_card_show_bill (TaiPlanCard *self, const TaiBill *bill, const char *reason)
{
  const TaiMoney none = {0};
  const TaiMoney figures[] = {bill != NULL ? bill->today : none, bill != NULL ? bill->first : none,
                              bill != NULL ? bill->normal : none};
  const char *last = changes (bill) ? _ ("Each month in the end") : _ ("Each month after");

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
    g_autofree char *text = tai_words_money (figures[i]);
    gtk_label_set_text (GTK_LABEL (self->figures[i]), text);
  }
  gtk_label_set_text (GTK_LABEL (self->last_caption), last);
  tai_ui_name (gtk_widget_get_parent (self->last_caption), last);
  show_later (self, bill);
  show_contract (self, bill);
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
