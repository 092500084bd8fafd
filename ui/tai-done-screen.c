/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After the sale: the change is larger than all, then what the law says of it, then the paper. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-done-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-paper-view.h"
#include "tai-reason-words.h"
#include "tai-slip.h"
#include "tai-words.h"

struct _TaiDoneScreen {
  TaiScreen parent;
  GtkLabel *change_label, *change, *receipt, *states, *paper;
  GtkWidget *next, *about, *notice, *slip;
  TaiPaperView *preview;
  char *receipt_number; /* (owned) (nullable) */
  char *owed_order;     /* (owned) (nullable) headquarters did not do it, and its money is owed */
  GString *wish;        /* (owned) what was typed for the next customer */
  guint late_timer;
  gboolean is_late; /* the receipt: the customer has waited long enough */
  gboolean is_leaving;
};

G_DEFINE_FINAL_TYPE (TaiDoneScreen, tai_done_screen, TAI_TYPE_SCREEN)

/* What each order is now: the law's words where it is not final yet. */
static char *
describe_orders (GPtrArray *orders)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);
    /* what is not offered off line was done on line, and what headquarters did not do says more: then its state says it */
    gboolean is_ruled = order->rule != TAI_OFFLINE_NOT_OFFERED && order->refund_due.currency == 0;
    const char *rule = is_ruled ? tai_words_rule (order->rule) : NULL;
    /* TRANSLATORS: a business and what has become of it */
    g_autofree char *line =
        g_strdup_printf (_ ("%s: %s"), tai_operation_words_get_title (order->operation->id),
                         rule != NULL ? rule : tai_words_order_state (order->state));
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
found_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiDoneScreen *self = owner;
  TaiPrintJob *job = args->result;

  if (error != NULL || job == NULL || g_strcmp0 (args->text, self->receipt_number) != 0)
    return;
  tai_paper_view_show (self->preview, tai_screen_get_counter (TAI_SCREEN (self)), job->document);
}

static void
say_paper (TaiDoneScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  TaiLight light = tai_station_get_figures (tai_counter_get_station (counter))->lights[TAI_STATION_RECEIPT];
  gboolean is_stuck = light == TAI_LIGHT_FAULT || (self->is_late && light != TAI_LIGHT_NONE);
  const char *words = "";

  if (self->owed_order != NULL)
    words = _ ("What was paid is owed to the customer. Alt+S: a slip, so that the customer can go.");
  else if (light == TAI_LIGHT_NONE)
    words = _ ("No receipt printer is set up: the receipt is stored and can be printed later.");
  else if (light == TAI_LIGHT_FAULT)
    words =
        _ ("The receipt is not printed. The sale is stored; look at the printer, then F10. Alt+S: a slip, so "
           "that the customer can go.");
  else if (is_stuck)
    words = _ ("The receipt is not out yet. Alt+S: a slip, so that the customer can go.");
  else if (light == TAI_LIGHT_BUSY)
    words = _ ("The receipt is being printed.");
  gtk_widget_set_visible (self->slip, is_stuck || self->owed_order != NULL);
  gtk_label_set_text (self->paper, words);
  gtk_widget_set_visible (GTK_WIDGET (self->paper), *words != '\0');
}

/* It may wait behind another paper, or its printer say nothing: the queue knows. */
static void
papers_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiDoneScreen *self = owner;
  GPtrArray *papers = args->result;

  if (error != NULL || g_strcmp0 (args->text, self->receipt_number) != 0)
    return;
  self->is_late = FALSE;
  for (guint i = 0; i < papers->len; i++) {
    const TaiPrintEntry *paper = g_ptr_array_index (papers, i);
    self->is_late |= g_str_equal (paper->printer, "receipt") && paper->state != TAI_PRINT_PRINTED;
  }
  say_paper (self);
}

static void
look_at_papers (TaiDoneScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->receipt_number);
  tai_screen_call (TAI_SCREEN (self), tai_do_list_papers, args, papers_cb);
}

static void
late_cb (gpointer data)
{
  TaiDoneScreen *self = data;

  self->late_timer = 0;
  look_at_papers (self);
}

static void
stop_waiting (TaiDoneScreen *self)
{
  if (self->late_timer != 0)
    tai_clock_cancel (tai_counter_get_clock (tai_screen_get_counter (TAI_SCREEN (self))), self->late_timer);
  self->late_timer = 0;
  self->is_late = FALSE;
}

/* Headquarters may say no while the customer is still there. */
static void
orders_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiDoneScreen *self = owner;
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();
  g_autofree char *states = NULL;
  GPtrArray *newest_first = args->result;

  if (error != NULL || g_strcmp0 (args->text, self->receipt_number) != 0)
    return;
  g_clear_pointer (&self->owed_order, g_free);
  for (guint i = newest_first->len; i > 0; i--) {
    TaiOrder *order = g_ptr_array_index (newest_first, i - 1);
    g_ptr_array_add (orders, order);
    if (order->refund_due.currency != 0 && self->owed_order == NULL)
      self->owed_order = g_strdup (order->id.text);
  }
  states = describe_orders (orders);
  gtk_label_set_text (self->states, states);
  say_paper (self);
}

static void
look_at_orders (TaiDoneScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->receipt_number);
  args->number = TAI_VISIT_MAX_ORDERS;
  tai_screen_call (TAI_SCREEN (self), tai_do_list_orders, args, orders_cb);
}

/* The number of the order that only asks (its line stays as it is); NULL: there is none. */
static const char *
find_asked (const TaiVisitView *visit)
{
  for (guint i = 0; visit != NULL && i < visit->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (visit->orders, i);
    if (g_strcmp0 (order->operation->action, "noChange") == 0)
      return tai_order_get (order, "MSISDN");
  }
  return NULL;
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiDoneScreen *self = TAI_DONE_SCREEN (screen);
  TaiCounter *counter = tai_screen_get_counter (screen);
  const TaiVisitView *visit = tai_counter_get_visit (counter);
  TaiCounterArgs *args;
  g_autofree char *change = NULL;
  g_autofree char *receipt = NULL;
  g_autofree char *states = NULL;

  if (visit == NULL)
    return;
  change = tai_words_money (visit->received.currency != 0 ? visit->change : visit->total);
  receipt = g_strdup_printf (_ ("Receipt %s"), visit->receipt_number != NULL ? visit->receipt_number : "–");
  states = describe_orders (visit->orders);
  gtk_label_set_text (self->change_label, visit->received.currency != 0 ? _ ("Change") : _ ("Paid"));
  gtk_label_set_text (self->change, change);
  gtk_label_set_text (self->receipt, receipt);
  gtk_label_set_text (self->states, states);
  say_paper (self);
  g_free (self->receipt_number);
  self->receipt_number = g_strdup (visit->receipt_number);
  tai_paper_view_show (self->preview, counter, NULL);
  gtk_widget_set_visible (self->about, find_asked (visit) != NULL);
  gtk_widget_grab_focus (find_asked (visit) != NULL ? self->about : self->next);
  if (self->receipt_number == NULL)
    return;
  stop_waiting (self);
  self->late_timer = tai_clock_after (tai_counter_get_clock (counter), TAI_SLIP_WITHIN_MS, late_cb, self);
  args = tai_counter_args_new ();
  args->text = g_strdup (self->receipt_number);
  tai_screen_call (screen, tai_do_find_receipt, args, found_cb);
}

static void
leave (TaiScreen *screen)
{
  TaiDoneScreen *self = TAI_DONE_SCREEN (screen);

  stop_waiting (self);
  tai_paper_view_show (self->preview, NULL, NULL);
  g_clear_pointer (&self->receipt_number, g_free);
  g_clear_pointer (&self->owed_order, g_free);
  g_string_truncate (self->wish, 0);
}

static void
finished_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiDoneScreen *self = owner;

  self->is_leaving = FALSE;
  tai_screen_go (owner, TAI_SCREEN_HOME, self->wish->len > 0 ? self->wish->str : NULL);
}

static void
next_cb (TaiDoneScreen *self)
{
  if (self->is_leaving)
    return;
  self->is_leaving = TRUE;
  tai_screen_call (TAI_SCREEN (self), tai_do_finish, NULL, finished_cb);
}

static void
about_cb (TaiDoneScreen *self)
{
  const char *number = find_asked (tai_counter_get_visit (tai_screen_get_counter (TAI_SCREEN (self))));

  if (number != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_ABOUT_NUMBER, number);
}

/* Whoever types the next customer's wish need not say first that this one is done. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state,
                TaiDoneScreen *self)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);

  if (!g_unichar_isalnum (letter) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  g_string_append_unichar (self->wish, letter);
  next_cb (self);
  return GDK_EVENT_STOP;
}

static gboolean
back (TaiScreen *screen)
{
  next_cb (TAI_DONE_SCREEN (screen));
  return TRUE;
}

static void
reprinted_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiScreen *screen = owner;
  g_autofree char *words = NULL;
  TaiStation *station;

  if (error != NULL) {
    tai_screen_show_error (screen, error);
    return;
  }
  station = tai_counter_get_station (tai_screen_get_counter (screen));
  words = tai_reason_words_copy (
      (int)args->number, tai_station_get_figures (station)->lights[TAI_STATION_RECEIPT] == TAI_LIGHT_FAULT);
  tai_screen_show_hint (screen, words);
  tai_station_print (station);
}

static gboolean
press (TaiScreen *screen, TaiKey key)
{
  TaiDoneScreen *self = TAI_DONE_SCREEN (screen);
  TaiCounterArgs *args;

  if (key != TAI_KEY_PRINT || self->receipt_number == NULL)
    return FALSE;
  args = tai_counter_args_new ();
  args->text = g_strdup (self->receipt_number);
  tai_screen_call (screen, tai_do_reprint, args, reprinted_cb);
  return TRUE;
}

/* The customer waits neither for paper nor for money. */
static void
slip_cb (TaiDoneScreen *self)
{
  const TaiVisitView *visit = tai_counter_get_visit (tai_screen_get_counter (TAI_SCREEN (self)));
  const TaiOrder *order = visit != NULL ? tai_visit_view_get_last_order (visit) : NULL;

  if (self->owed_order != NULL)
    tai_slip_print (TAI_SCREEN (self), TAI_PROMISE_MONEY, self->owed_order);
  else if (order != NULL)
    tai_slip_print (TAI_SCREEN (self), TAI_PROMISE_PAPER, order->id.text);
}

static void
notice_cb (TaiDoneScreen *self)
{
  if (self->receipt_number != NULL)
    tai_slip_print_notice (TAI_SCREEN (self), self->receipt_number);
}

static void
update (TaiScreen *screen)
{
  TaiDoneScreen *self = TAI_DONE_SCREEN (screen);

  say_paper (self);
  if (self->receipt_number == NULL)
    return;
  look_at_orders (self);
  if (self->is_late)
    look_at_papers (self);
}

static void
dispose (GObject *object)
{
  TaiDoneScreen *self = TAI_DONE_SCREEN (object);

  if (tai_screen_get_counter (TAI_SCREEN (self)) != NULL)
    stop_waiting (self);
  G_OBJECT_CLASS (tai_done_screen_parent_class)->dispose (object);
}

static void
tai_done_screen_finalize (GObject *object)
{
  g_free (TAI_DONE_SCREEN (object)->receipt_number);
  g_free (TAI_DONE_SCREEN (object)->owed_order);
  g_string_free (TAI_DONE_SCREEN (object)->wish, TRUE);
  G_OBJECT_CLASS (tai_done_screen_parent_class)->finalize (object);
}

static void
tai_done_screen_class_init (TaiDoneScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = tai_done_screen_finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->figures_changed = update;
  TAI_SCREEN_CLASS (klass)->back = back;
  TAI_SCREEN_CLASS (klass)->press = press;
  g_type_ensure (TAI_TYPE_PAPER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/done.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiDoneScreen, change_label);
  gtk_widget_class_bind_template_child (widget_class, TaiDoneScreen, change);
  gtk_widget_class_bind_template_child (widget_class, TaiDoneScreen, receipt);
  gtk_widget_class_bind_template_child (widget_class, TaiDoneScreen, states);
  gtk_widget_class_bind_template_child (widget_class, TaiDoneScreen, paper);
  gtk_widget_class_bind_template_child (widget_class, TaiDoneScreen, next);
  gtk_widget_class_bind_template_child (widget_class, TaiDoneScreen, about);
  gtk_widget_class_bind_template_child (widget_class, TaiDoneScreen, notice);
  gtk_widget_class_bind_template_child (widget_class, TaiDoneScreen, slip);
  gtk_widget_class_bind_template_child (widget_class, TaiDoneScreen, preview);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, about_cb);
  gtk_widget_class_bind_template_callback (widget_class, notice_cb);
  gtk_widget_class_bind_template_callback (widget_class, slip_cb);
}

static void
tai_done_screen_init (TaiDoneScreen *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_label_button (GTK_BUTTON (self->notice), _ ("Notice in _large print"));
  tai_ui_label_button (GTK_BUTTON (self->slip), _ ("_Slip for the customer"));
  self->wish = g_string_new (NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
