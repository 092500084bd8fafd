/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The number book and the SIM. Numbers are this terminal's own stock, so they can be had without a line; choosing one holds it at
 * once, choosing another lets the first go. The scanner brings the SIM from anywhere on this screen.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-number-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-change.h"
#include "tai-do.h"
#include "tai-numbers.h"
#include "tai-qualification.h"
#include "tai-words.h"

#define MAX_NUMBERS 60

/* What a customer asks for, and the tags of tai_msisdn_get_tags() that it covers. */
static const struct {
  const char *label;
  const char *tags[7];
} wishes[] = {
    {N_ ("All numbers"), {NULL}},
    {N_ ("Same digits (AAA…)"), {"AAA", "AAAA", "AAAAA", "AAAAAA", "AAAAAAA", "AAAAAAAA"}},
    {N_ ("Runs up (ABC…)"), {"UP3", "UP4", "UP5", "UP6", "UP7", "UP8"}},
    {N_ ("Runs down (CBA…)"), {"DOWN3", "DOWN4", "DOWN5", "DOWN6", "DOWN7", "DOWN8"}},
    {N_ ("Pairs (AABB, ABAB, ABBA)"), {"AABB", "ABAB", "ABBA", "ABCABC", "ABCDABCD", "AAAB"}},
};

struct _TaiNumberScreen {
  TaiScreen parent;
  GtkEditable *digits, *sim;
  GtkDropDown *tag;
  GtkFlowBox *numbers;
  GtkWidget *number_box, *sim_box, *go;
  GtkLabel *chosen;
};

G_DEFINE_FINAL_TYPE (TaiNumberScreen, tai_number_screen, TAI_TYPE_SCREEN)

static gboolean
asks (TaiNumberScreen *self, TaiNeeds need)
{
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));

  return order != NULL && (order->operation->needs & need);
}

static const char *
get (TaiNumberScreen *self, const char *name)
{
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));

  return order != NULL ? tai_order_get (order, name) : NULL;
}

static gboolean
is_answered (TaiNumberScreen *self)
{
  return (!asks (self, TAI_NEEDS_NUMBER) || get (self, "MSISDN") != NULL) &&
         (!asks (self, TAI_NEEDS_SIM) || get (self, "ICCID") != NULL);
}

static void
go_cb (TaiNumberScreen *self)
{
  if (is_answered (self))
    tai_screen_next (TAI_SCREEN (self));
  else if (asks (self, TAI_NEEDS_NUMBER) && get (self, "MSISDN") == NULL)
    tai_screen_show_problem (TAI_SCREEN (self), _ ("Choose a number first."));
  else
    tai_screen_show_problem (TAI_SCREEN (self), _ ("Scan the SIM card first."));
}

/* "A · at least ¥128.00 a month"; NULL: a number that asks nothing. */
static char *
describe_grade (TaiNumberScreen *self, const char *grade)
{
  TaiCatalogue *catalogue = tai_counter_get_catalogue (tai_screen_get_counter (TAI_SCREEN (self)));
  const TaiOffering *asked = catalogue != NULL ? tai_catalogue_find_grade (catalogue, grade) : NULL;
  g_autofree char *least = NULL;

  if (asked == NULL)
    return g_strdup (grade);
  least = tai_words_money (asked->minimum_spend);
  return asked->contract_months > 0
             ? g_strdup_printf (_ ("%s · at least %s a month for %d months"), tai_words_offering (asked),
                                least, asked->contract_months)
             : g_strdup_printf (_ ("%s · at least %s a month"), tai_words_offering (asked), least);
}

static void
update (TaiScreen *screen)
{
  TaiNumberScreen *self = TAI_NUMBER_SCREEN (screen);
  const char *number = get (self, "MSISDN");
  g_autofree char *shown = tai_words_number (number);
  g_autofree char *grade = describe_grade (self, get (self, TAI_CHARACTERISTIC_GRADE));
  g_autofree char *words = number == NULL ? g_strdup ("")
                           : grade == NULL
                               ? g_strdup_printf (_ ("Held for this customer: %s"), shown)
                               : g_strdup_printf (_ ("Held for this customer: %s (%s)"), shown, grade);

  gtk_label_set_text (self->chosen, words);
  gtk_widget_set_sensitive (self->go, is_answered (self));
}

/* What is still missing gets the focus; with nothing missing the step is over. */
static void
go_on (TaiNumberScreen *self)
{
  update (TAI_SCREEN (self));
  if (is_answered (self))
    tai_screen_next (TAI_SCREEN (self));
  else if (asks (self, TAI_NEEDS_NUMBER) && get (self, "MSISDN") == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->digits));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->sim));
}

/* The number book --------------------------------------------------------------------------------------------------------------- */

static gboolean
has_wish (TaiNumberScreen *self, const char *number)
{
  guint wish = gtk_drop_down_get_selected (self->tag);
  g_auto (GStrv) tags = NULL;

  if (wish == 0 || wish >= G_N_ELEMENTS (wishes))
    return TRUE;
  tags = tai_msisdn_get_tags (number);
  for (guint i = 0; i < G_N_ELEMENTS (wishes[wish].tags) && wishes[wish].tags[i] != NULL; i++)
    if (g_strv_contains ((const char *const *)tags, wishes[wish].tags[i]))
      return TRUE;
  return FALSE;
}

/* TRUE: the chosen plan does not reach what the number asks. */
static gboolean
is_out_of_reach (TaiNumberScreen *self, const char *grade)
{
  TaiCatalogue *catalogue = tai_counter_get_catalogue (tai_screen_get_counter (TAI_SCREEN (self)));
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));

  return order != NULL && catalogue != NULL &&
         tai_qualification_find_unmet_grade (catalogue, order, grade) != NULL;
}

/* Short, because many stand side by side; the whole of it is told when the number is taken. */
static char *
describe_minimum (TaiNumberScreen *self, const char *grade)
{
  TaiCatalogue *catalogue = tai_counter_get_catalogue (tai_screen_get_counter (TAI_SCREEN (self)));
  const TaiOffering *asked = catalogue != NULL ? tai_catalogue_find_grade (catalogue, grade) : NULL;
  g_autofree char *least = NULL;

  if (asked == NULL)
    return g_strdup (grade);
  least = tai_words_money (asked->minimum_spend);
  return g_strdup_printf (is_out_of_reach (self, grade) ? _ ("%s · at least %s: above the plan")
                                                        : _ ("%s · at least %s"),
                          tai_words_offering (asked), least);
}

static void
add_grade (GtkWidget *box, const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "grade");
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_number (TaiNumberScreen *self, const TaiResource *resource)
{
  g_autofree char *shown = tai_words_number (resource->value);
  g_autofree char *grade = describe_minimum (self, resource->grade);
  g_autofree char *name = grade != NULL ? g_strdup_printf ("%s  %s", shown, grade) : g_strdup (shown);
  GtkWidget *text = gtk_label_new (shown), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_widget_add_css_class (text, "number");
  gtk_box_append (GTK_BOX (box), text);
  if (grade != NULL)
    add_grade (box, grade);
  if (is_out_of_reach (self, resource->grade))
    gtk_widget_add_css_class (box, "dim-label");
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_name (child, resource->value);
  tai_ui_name (child, name);
  gtk_flow_box_append (self->numbers, child);
}

static void
listed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiNumberScreen *self = owner;
  GPtrArray *found = args->result;
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->numbers))) != NULL)
    gtk_flow_box_remove (self->numbers, child);
  tai_screen_show_error (TAI_SCREEN (self), error);
  /* what the plan cannot bear comes last: Enter takes the first */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; found != NULL && i < found->len && n < MAX_NUMBERS; i++) {
      const TaiResource *resource = g_ptr_array_index (found, i);
      if (!has_wish (self, resource->value) || is_out_of_reach (self, resource->grade) != (pass == 1))
        continue;
      add_number (self, resource);
      n++;
    }
  if (n > 0)
    gtk_flow_box_select_child (self->numbers, gtk_flow_box_get_child_at_index (self->numbers, 0));
  else if (error == NULL)
    tai_screen_show_hint (TAI_SCREEN (self),
                          _ ("No free number of this terminal is like that. Take fewer digits."));
}

static void
digits_changed_cb (TaiNumberScreen *self)
{
  TaiCounterArgs *args;
  const char *digits = gtk_editable_get_text (self->digits);

  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  args = tai_counter_args_new ();
  args->text = g_strdup (TAI_RESOURCE_NUMBER);
  args->more = *digits != '\0' ? g_strdup (digits) : NULL;
  tai_screen_call (TAI_SCREEN (self), tai_do_list_stock, args, listed_cb);
}

static void
number_taken_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiNumberScreen *self = owner;

  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error == NULL)
    go_on (self);
}

static void
take_number (TaiNumberScreen *self, const char *number)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (number);
  tai_screen_call (TAI_SCREEN (self), tai_do_choose_number, args, number_taken_cb);
}

static void
number_activated_cb (TaiNumberScreen *self, GtkFlowBoxChild *child)
{
  take_number (self, gtk_widget_get_name (GTK_WIDGET (child)));
}

static void
take_number_cb (TaiNumberScreen *self)
{
  GList *selected = gtk_flow_box_get_selected_children (self->numbers);

  if (selected != NULL)
    number_activated_cb (self, selected->data);
  g_list_free (selected);
}

/* The SIM --------------------------------------------------------------------------------------------------------------------- */

static void
sim_taken_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiNumberScreen *self = owner;

  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error == NULL)
    go_on (self);
  else
    gtk_editable_select_region (self->sim, 0, -1);
}

static void
take_sim_cb (TaiNumberScreen *self)
{
  TaiCounterArgs *args;
  g_autofree char *text = g_strstrip (gtk_editable_get_chars (self->sim, 0, -1));

  if (*text == '\0')
    return;
  args = tai_counter_args_new ();
  args->text = g_steal_pointer (&text);
  tai_screen_call (TAI_SCREEN (self), tai_do_choose_sim, args, sim_taken_cb);
}

static gboolean
scanned (TaiScreen *screen, const char *text)
{
  TaiNumberScreen *self = TAI_NUMBER_SCREEN (screen);

  if (!asks (self, TAI_NEEDS_SIM))
    return FALSE;
  gtk_editable_set_text (self->sim, text);
  take_sim_cb (self);
  return TRUE;
}

/* The screen ------------------------------------------------------------------------------------------------------------------ */

static void
enter (TaiScreen *screen, const char *text)
{
  TaiNumberScreen *self = TAI_NUMBER_SCREEN (screen);
  const char *sim = get (self, "ICCID");

  gtk_widget_set_visible (self->number_box, asks (self, TAI_NEEDS_NUMBER));
  gtk_widget_set_visible (self->sim_box, asks (self, TAI_NEEDS_SIM));
  gtk_editable_set_text (self->digits, "");
  gtk_editable_set_text (self->sim, sim != NULL ? sim : "");
  update (screen);
  if (asks (self, TAI_NEEDS_NUMBER))
    digits_changed_cb (self);
  if (is_answered (self))
    gtk_widget_grab_focus (self->go);
  else if (asks (self, TAI_NEEDS_NUMBER) && get (self, "MSISDN") == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->digits));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->sim));
}

static void
tai_number_screen_class_init (TaiNumberScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->update = update;
  TAI_SCREEN_CLASS (klass)->scanned = scanned;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/number.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiNumberScreen, number_box);
  gtk_widget_class_bind_template_child (widget_class, TaiNumberScreen, digits);
  gtk_widget_class_bind_template_child (widget_class, TaiNumberScreen, tag);
  gtk_widget_class_bind_template_child (widget_class, TaiNumberScreen, numbers);
  gtk_widget_class_bind_template_child (widget_class, TaiNumberScreen, chosen);
  gtk_widget_class_bind_template_child (widget_class, TaiNumberScreen, sim_box);
  gtk_widget_class_bind_template_child (widget_class, TaiNumberScreen, sim);
  gtk_widget_class_bind_template_child (widget_class, TaiNumberScreen, go);
  gtk_widget_class_bind_template_callback (widget_class, digits_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_number_cb);
  gtk_widget_class_bind_template_callback (widget_class, number_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_sim_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
}

static void
tai_number_screen_init (TaiNumberScreen *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    gtk_string_list_append (labels, _ (wishes[i].label));
  gtk_drop_down_set_model (self->tag, G_LIST_MODEL (labels));
  tai_ui_name (GTK_WIDGET (self->tag), _ ("Pretty numbers"));
  /* the focus is on the button within it */
  tai_ui_name (gtk_widget_get_first_child (GTK_WIDGET (self->tag)), _ ("Pretty numbers"));
  tai_ui_name (GTK_WIDGET (self->digits), _ ("Digits that the customer likes"));
}
