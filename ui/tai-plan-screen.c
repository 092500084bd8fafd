/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plans: the list on the left is moved through while the search box keeps the focus; on the right the chosen one and up to two
 * that were kept beside it, each with the three figures for this very order.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-plan-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-plan-card.h"
#include "tai-row.h"
#include "tai-qualification.h"
#include "tai-words.h"

#define MAX_ROWS 50
/* Rows that are made at once, and that come with each frame, so that none is long: together what can be seen. */
#define ROWS_AT_ONCE  6
#define ROWS_IN_FRAME 3
#define MAX_CARDS     3

struct _TaiPlanScreen {
  TaiScreen parent;
  GtkEditable *search;
  GtkListBox *list;
  GtkScrolledWindow *compared;
  GtkBox *columns;
  gboolean is_filling, is_taking;
  GPtrArray *
      coming; /* (owned) (element-type TaiOffering) rows that are still to be made; the catalogue outlives them */
  TaiCatalogue *coming_from; /* (owned) (nullable) */
  guint filler;              /* tick of @list; 0: none */
};

G_DEFINE_FINAL_TYPE (TaiPlanScreen, tai_plan_screen, TAI_TYPE_SCREEN)

static TaiCatalogue *
catalogue_of (TaiPlanScreen *self)
{
  return tai_counter_get_catalogue (tai_screen_get_counter (TAI_SCREEN (self)));
}

/* Cards ---------------------------------------------------------------------------------------------------------------------- */

static TaiPlanCard *
find_card (TaiPlanScreen *self, const char *id)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->columns));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (tai_plan_card_get_id (TAI_PLAN_CARD (child)), id) == 0)
      return TAI_PLAN_CARD (child);
  return NULL;
}

static void
billed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiPlanScreen *self = owner;
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));
  TaiPlanCard *card = find_card (self, args->text);

  if (card != NULL)
    tai_plan_card_show_bill (card, args->result, error != NULL ? tai_station_explain (station, error) : NULL);
}

/* The last card is the chosen plan; those before it were kept. */
static void
show_card (TaiPlanScreen *self, const TaiOffering *offering)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (self->columns));
  TaiCounterArgs *args;

  if (last != NULL && !tai_plan_card_is_kept (TAI_PLAN_CARD (last)))
    gtk_box_remove (self->columns, last);
  if (find_card (self, offering->id) != NULL)
    return;
  gtk_box_append (self->columns, tai_plan_card_new (offering));
  args = tai_counter_args_new ();
  args->text = g_strdup (offering->id);
  tai_screen_call (TAI_SCREEN (self), tai_do_preview, args, billed_cb);
}

/* Where large text leaves no room for three, those that were kept go out of sight, never the chosen one. */
static gboolean
show_chosen_cb (GtkWidget *compared, GdkFrameClock *clock, gpointer data)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (compared));

  gtk_adjustment_set_value (across,
                            gtk_adjustment_get_upper (across) - gtk_adjustment_get_page_size (across));
  return G_SOURCE_REMOVE;
}

/* In the next frame: in this one the cards have their places. */
static void
width_changed_cb (TaiPlanScreen *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self->compared), show_chosen_cb, NULL, NULL);
}

static guint
count_kept (TaiPlanScreen *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->columns));
  guint n = 0;

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    n += tai_plan_card_is_kept (TAI_PLAN_CARD (child));
  return n;
}

static const char *
get_chosen (TaiPlanScreen *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? tai_row_get_key (TAI_ROW (row)) : NULL;
}

/* Space keeps the chosen one beside the next, and lets it go again. */
static void
toggle_kept (TaiPlanScreen *self)
{
  const char *id = get_chosen (self);
  TaiPlanCard *card = id != NULL ? find_card (self, id) : NULL;

  if (card == NULL)
    return;
  if (!tai_plan_card_is_kept (card) && count_kept (self) >= MAX_CARDS - 1) {
    tai_screen_show_hint (TAI_SCREEN (self),
                          _ ("Three plans fit side by side. Space on one that is kept lets it go."));
    return;
  }
  tai_plan_card_set_kept (card, !tai_plan_card_is_kept (card));
  tai_screen_clear_notice (TAI_SCREEN (self));
}

static void
row_selected_cb (TaiPlanScreen *self, GtkListBoxRow *row)
{
  const TaiOffering *offering =
      row != NULL && !self->is_filling
          ? tai_catalogue_find (catalogue_of (self), tai_row_get_key (TAI_ROW (row)))
          : NULL;

  if (offering != NULL)
    show_card (self, offering);
}

/* The list -------------------------------------------------------------------------------------------------------------------- */

static void
add_plan (TaiPlanScreen *self, const TaiOffering *offering)
{
  TaiClock *clock = tai_counter_get_clock (tai_screen_get_counter (TAI_SCREEN (self)));
  g_autofree char *month = tai_words_money (tai_offering_get_month (offering, tai_clock_now (clock)));

  gtk_list_box_append (self->list, tai_row_new (tai_words_offering (offering), NULL, month, offering->id));
}

/* Up to @n rows. FALSE: there are no more. */
static gboolean
add_some (TaiPlanScreen *self, guint n)
{
  n = MIN (self->coming->len, n);
  for (guint i = 0; i < n; i++)
    add_plan (self, g_ptr_array_index (self->coming, i));
  g_ptr_array_remove_range (self->coming, 0, n);
  return self->coming->len > 0;
}

static gboolean
fill_cb (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  TaiPlanScreen *self = data;

  if (add_some (self, ROWS_IN_FRAME))
    return G_SOURCE_CONTINUE;
  self->filler = 0;
  g_clear_pointer (&self->coming_from, tai_catalogue_unref);
  return G_SOURCE_REMOVE;
}

static void
stop_filling (TaiPlanScreen *self)
{
  if (self->filler != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->filler);
  self->filler = 0;
  g_ptr_array_set_size (self->coming, 0);
  g_clear_pointer (&self->coming_from, tai_catalogue_unref);
}

static void
start_filling (TaiPlanScreen *self)
{
  self->coming_from = tai_catalogue_ref (catalogue_of (self));
  if (add_some (self, ROWS_AT_ONCE))
    self->filler = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), fill_cb, self, NULL);
  else
    g_clear_pointer (&self->coming_from, tai_catalogue_unref);
}

static gboolean
is_for_sale (TaiPlanScreen *self, const TaiOffering *offering)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));

  return offering->kind == TAI_OFFERING_PLAN && order != NULL &&
         tai_qualification_is_offered (catalogue_of (self), offering, order, tai_counter_get_groups (counter),
                                       tai_counter_get_terminal (counter)->region,
                                       tai_clock_now (tai_counter_get_clock (counter)));
}

static void
fill_all (TaiPlanScreen *self)
{
  TaiCatalogue *catalogue = catalogue_of (self);

  for (guint i = 0; i < tai_catalogue_get_n_offerings (catalogue) && self->coming->len < MAX_ROWS; i++) {
    const TaiOffering *offering = tai_catalogue_get_offering (catalogue, i);
    if (is_for_sale (self, offering))
      g_ptr_array_add (self->coming, (gpointer)offering);
  }
}

static void
fill_found (TaiPlanScreen *self, const char *text)
{
  TaiFinder *finder = tai_counter_get_finder (tai_screen_get_counter (TAI_SCREEN (self)));
  g_autoptr (GPtrArray) found = tai_finder_search (finder, text, 10 * MAX_ROWS);

  for (guint i = 0; i < found->len && self->coming->len < MAX_ROWS; i++) {
    const TaiFinderHit *hit = g_ptr_array_index (found, i);
    const TaiOffering *offering = hit->kind == TAI_FINDER_OFFERING && hit->entry != NULL
                                      ? tai_catalogue_find (catalogue_of (self), hit->entry->id)
                                      : NULL;
    if (offering != NULL && is_for_sale (self, offering))
      g_ptr_array_add (self->coming, (gpointer)offering);
  }
}

static void
select_plan (TaiPlanScreen *self, const char *id)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  for (int i = 0; id != NULL && gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    if (g_strcmp0 (tai_row_get_key (TAI_ROW (gtk_list_box_get_row_at_index (self->list, i))), id) == 0)
      row = gtk_list_box_get_row_at_index (self->list, i);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

static void
search_cb (TaiPlanScreen *self)
{
  const char *text = gtk_editable_get_text (self->search);
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));
  const TaiOrderItem *plan = order != NULL ? tai_order_find_item (order, TAI_OFFERING_PLAN) : NULL;

  if (catalogue_of (self) == NULL)
    return;
  self->is_filling = TRUE;
  stop_filling (self);
  tai_row_clear_list (self->list);
  if (*text == '\0')
    fill_all (self);
  else
    fill_found (self, text);
  start_filling (self);
  self->is_filling = FALSE;
  select_plan (self, *text == '\0' && plan != NULL ? plan->offering_id : NULL);
  if (gtk_list_box_get_row_at_index (self->list, 0) == NULL)
    tai_screen_show_hint (TAI_SCREEN (self), _ ("No plan on sale is called that."));
  else
    tai_screen_clear_notice (TAI_SCREEN (self));
}

/* Taking ------------------------------------------------------------------------------------------------------------------------ */

static void
taken_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiPlanScreen *self = owner;

  self->is_taking = FALSE;
  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error == NULL)
    tai_screen_next (TAI_SCREEN (self));
}

static void
take_cb (TaiPlanScreen *self)
{
  const char *id = get_chosen (self);
  TaiCounterArgs *args;

  if (id == NULL || self->is_taking)
    return;
  self->is_taking = TRUE;
  args = tai_counter_args_new ();
  args->text = g_strdup (id);
  tai_screen_call (TAI_SCREEN (self), tai_do_choose_plan, args, taken_cb);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state,
                TaiPlanScreen *self)
{
  if (keyval == GDK_KEY_space) {
    toggle_kept (self);
    return GDK_EVENT_STOP;
  }
  return tai_row_step (self->list, keyval);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiPlanScreen *self = TAI_PLAN_SCREEN (screen);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->columns))) != NULL)
    gtk_box_remove (self->columns, child);
  gtk_editable_set_text (self->search, "");
  search_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
leave (TaiScreen *screen)
{
  stop_filling (TAI_PLAN_SCREEN (screen));
}

static void
tai_plan_screen_dispose (GObject *object)
{
  stop_filling (TAI_PLAN_SCREEN (object));
  G_OBJECT_CLASS (tai_plan_screen_parent_class)->dispose (object);
}

static void
tai_plan_screen_finalize (GObject *object)
{
  g_ptr_array_unref (TAI_PLAN_SCREEN (object)->coming);
  G_OBJECT_CLASS (tai_plan_screen_parent_class)->finalize (object);
}

static void
tai_plan_screen_class_init (TaiPlanScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_plan_screen_dispose;
  G_OBJECT_CLASS (klass)->finalize = tai_plan_screen_finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/plan.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiPlanScreen, search);
  gtk_widget_class_bind_template_child (widget_class, TaiPlanScreen, list);
  gtk_widget_class_bind_template_child (widget_class, TaiPlanScreen, columns);
  gtk_widget_class_bind_template_child (widget_class, TaiPlanScreen, compared);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, tai_screen_go_back);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
}

static void
tai_plan_screen_init (TaiPlanScreen *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->coming = g_ptr_array_new ();
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->compared), "changed",
                           G_CALLBACK (width_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->search), 0);
  tai_ui_name (GTK_WIDGET (self->search), _ ("Search plans"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
}
