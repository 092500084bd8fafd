/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counter's window: where one goes from where, what the keys mean, when the desk locks itself. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-counter-window.h"

#include <glib/gi18n.h>

#include "tai-abandon-dialog.h"
#include "tai-accessible.h"
#include "tai-approval-dialog.h"
#include "tai-counter-menu.h"
#include "tai-do.h"
#include "tai-flow.h"
#include "tai-group-look.h"
#include "tai-help-window.h"
#include "tai-idle-lock.h"
#include "tai-key-bar.h"
#include "tai-key-binding.h"
#include "tai-money-panel.h"
#include "tai-pay-code.h"
#include "tai-scan-catcher.h"
#include "tai-screen-stack.h"
#include "tai-slip.h"
#include "tai-status-bar.h"
#include "tai-steady.h"
#include "tai-visit-panel.h"

#define TRAIL_MAX 16

/* What goes wrong later is not of the key that asked for the drawer. */
#define DRAWER_ANSWER_US (15 * G_USEC_PER_SEC)

/* A screen as it was asked for. */
typedef struct {
  TaiScreenId id;
  char *text; /* (owned) (nullable) */
} Place;

struct _TaiCounterWindow {
  AdwApplicationWindow parent;
  TaiCounter *counter; /* (owned) */
  GtkWidget *visit_panel, *money_panel, *bar;
  TaiKeyBinding *keys; /* (owned) */
  TaiScreenStack *stack;
  char *text;              /* (owned) (nullable) what the shown screen was entered with */
  TaiScreenId came_from;   /* of screens that stand alone */
  GPtrArray *trail;        /* (owned) (element-type Place) the ones that led from there to the shown one */
  TaiScanCatcher *scanner; /* (owned) */
  TaiIdleLock *idle_lock;  /* (owned) */
  guint preparer;          /* idle source; 0: none */
  gint64 opened_us;        /* when a person asked for the drawer last; 0: it came, or he was told why not */
};

G_DEFINE_FINAL_TYPE (TaiCounterWindow, tai_counter_window, ADW_TYPE_APPLICATION_WINDOW)

static void show_screen (TaiCounterWindow *self, TaiScreenId id, const char *text);
static void grey_keys (TaiCounterWindow *self);

static TaiScreen *
shown_in (TaiCounterWindow *self)
{
  return tai_screen_stack_get_shown (self->stack);
}

static TaiScreenId
place_of (TaiCounterWindow *self)
{
  return tai_screen_stack_get_shown_id (self->stack);
}

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->text);
  g_free (place);
}

/* Going ------------------------------------------------------------------------------------------------------------------ */

static gboolean
is_step (TaiScreenId id)
{
  return id >= TAI_SCREEN_IDENTITY && id <= TAI_SCREEN_DONE;
}

static void
show_steps (TaiCounterWindow *self, TaiScreenId id)
{
  const TaiOrder *order = tai_counter_get_order (self->counter);
  g_autofree char *words = NULL;
  g_autofree char *markup = is_step (id) && order != NULL ? tai_flow_describe (id, order, &words) : NULL;

  tai_screen_set_steps (tai_screen_stack_get (self->stack, id), markup, words);
}

static void
go_cb (TaiScreenStack *stack, int id, const char *text, TaiCounterWindow *self)
{
  show_screen (self, id, text);
}

static gboolean
is_being_counted (TaiCounterWindow *self)
{
  const TaiShift *shift = tai_counter_get_shift (self->counter);

  return shift != NULL && shift->state == TAI_SHIFT_COUNTING &&
         tai_counter_has_right (self->counter, TAI_RIGHT_TILL);
}

/* After the sign-in: whatever waits there. */
static TaiScreenId
get_first_screen (TaiCounterWindow *self)
{
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);
  const TaiOrder *order = NULL;
  TaiScreenId step;

  /* who is there for the whole hall has no drawer to begin with */
  if (tai_counter_get_shift (self->counter) == NULL &&
      tai_counter_has_right (self->counter, TAI_RIGHT_TILL) &&
      !tai_counter_has_right (self->counter, TAI_RIGHT_REPORT_HALL))
    return TAI_SCREEN_OPEN_TILL;
  if (is_being_counted (self))
    return TAI_SCREEN_CLOSE_TILL;
  if (visit == NULL)
    return TAI_SCREEN_HOME;
  if (visit->state == TAI_VISIT_CLOSED)
    return TAI_SCREEN_DONE;
  step = tai_flow_find_open (visit, &order);
  tai_counter_set_order (self->counter, order != NULL ? &order->id : NULL);
  return order != NULL ? step : TAI_SCREEN_HOME;
}

static void
next_cb (TaiScreenStack *stack, TaiCounterWindow *self)
{
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);
  const TaiOrder *order = tai_counter_get_order (self->counter);
  TaiScreenId next;

  if (!is_step (place_of (self))) {
    show_screen (self, get_first_screen (self), NULL);
    return;
  }
  if (visit == NULL || order == NULL) {
    show_screen (self, TAI_SCREEN_HOME, NULL);
    return;
  }
  next = tai_flow_get_next (place_of (self), visit, order);
  /* the money is for the whole visit: what is open in another order comes first */
  if (next == TAI_SCREEN_MONEY) {
    next = tai_flow_find_open (visit, &order);
    tai_counter_set_order (self->counter, &order->id);
  }
  show_screen (self, next, NULL);
}

/* While the clerk reads: the screens of the flow are made before they are needed, one between two frames. */
static gboolean
prepare_cb (gpointer data)
{
  TaiCounterWindow *self = data;

  for (TaiScreenId id = TAI_SCREEN_IDENTITY; id <= TAI_SCREEN_DONE; id++)
    if (!tai_screen_stack_has (self->stack, id)) {
      /* measured, so that styles and letters are there before it is shown */
      gtk_widget_measure (GTK_WIDGET (tai_screen_stack_get (self->stack, id)), GTK_ORIENTATION_VERTICAL, 600,
                          NULL, NULL, NULL, NULL);
      return G_SOURCE_CONTINUE;
    }
  self->preparer = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
is_looked_up (TaiScreenId id)
{
  return !tai_screen_id_has_sides (id) && id != TAI_SCREEN_SIGN_IN && id != TAI_SCREEN_OPEN_TILL;
}

/* One looks up one thing from another: Esc goes the same way back. */
static void
leave_trail (TaiCounterWindow *self, TaiScreenId id)
{
  Place *place;

  if (!is_looked_up (id)) {
    g_ptr_array_set_size (self->trail, 0);
    return;
  }
  if (!is_looked_up (place_of (self)) || self->trail->len >= TRAIL_MAX)
    return;
  place = g_new0 (Place, 1);
  place->id = place_of (self);
  place->text = g_strdup (self->text);
  g_ptr_array_add (self->trail, place);
}

static void
switch_to (TaiCounterWindow *self, TaiScreenId id, const char *text, gboolean is_back)
{
  char *kept = g_strdup (text);

  if (!tai_screen_id_has_sides (id) && tai_screen_id_has_sides (place_of (self)))
    self->came_from = place_of (self);
  g_free (self->text);
  self->text = kept;
  gtk_widget_set_visible (self->visit_panel, tai_screen_id_has_sides (id));
  gtk_widget_set_visible (self->money_panel, tai_screen_id_has_sides (id));
  show_steps (self, id);
  tai_screen_stack_show (self->stack, id, kept, is_back);
  grey_keys (self);
  if (self->preparer == 0 && !tai_screen_stack_has (self->stack, TAI_SCREEN_DONE))
    self->preparer = g_idle_add_full (G_PRIORITY_LOW, prepare_cb, self, NULL);
}

static void
show_screen (TaiCounterWindow *self, TaiScreenId id, const char *text)
{
  if (tai_screen_id_needs_staff (id) &&
      (tai_counter_get_staff (self->counter) == NULL || tai_counter_is_locked (self->counter)))
    id = TAI_SCREEN_SIGN_IN;
  leave_trail (self, id);
  switch_to (self, id, text, FALSE);
}

/* Keys ------------------------------------------------------------------------------------------------------------------------ */

static void
abandoned_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCounterWindow *self = owner;

  if (error != NULL)
    tai_screen_show_error (shown_in (self), error);
  else
    show_screen (self, TAI_SCREEN_HOME, NULL);
}

static void
left_out_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCounterWindow *self = owner;

  if (error != NULL)
    tai_screen_show_error (shown_in (self), error);
  else
    show_screen (self, get_first_screen (self), NULL);
}

static void
leave_out (TaiCounterWindow *self)
{
  const TaiOrder *order = tai_counter_get_order (self->counter);
  TaiCounterArgs *args = tai_counter_args_new ();

  if (order != NULL)
    args->order = order->id;
  tai_counter_call (self->counter, tai_do_remove_order, args, left_out_cb, self);
}

static void
give_up_cb (AdwMessageDialog *dialog, const char *answer, gpointer owner)
{
  TaiCounterWindow *self = owner;

  if (g_strcmp0 (answer, TAI_ABANDON_ORDER) == 0)
    leave_out (self);
  else if (g_strcmp0 (answer, TAI_ABANDON_VISIT) == 0)
    tai_counter_call (self->counter, tai_do_abandon, NULL, abandoned_cb, self);
}

static void
ask_abandon (TaiCounterWindow *self)
{
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);

  if (visit != NULL && visit->state != TAI_VISIT_CLOSED)
    tai_abandon_dialog_ask (GTK_WINDOW (self), visit, tai_counter_get_order (self->counter), give_up_cb);
}

/* Closing ------------------------------------------------------------------------------------------------------------------ */

static void
abandoned_before_close_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCounterWindow *self = owner;

  if (error != NULL)
    tai_screen_show_error (shown_in (self), error);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
give_up_and_close_cb (AdwMessageDialog *dialog, const char *answer, gpointer owner)
{
  TaiCounterWindow *self = owner;

  if (g_strcmp0 (answer, TAI_ABANDON_VISIT) == 0)
    tai_counter_call (self->counter, tai_do_abandon, NULL, abandoned_before_close_cb, self);
}

/* What is placed is there after the next start; what was only being chosen is not, so its customer is asked for first. */
static gboolean
close_request (GtkWindow *window)
{
  const TaiVisitView *visit = tai_counter_get_visit (TAI_COUNTER_WINDOW (window)->counter);

  if (visit == NULL || visit->state != TAI_VISIT_OPEN)
    return GDK_EVENT_PROPAGATE;
  tai_abandon_dialog_ask_before_close (window, give_up_and_close_cb);
  return GDK_EVENT_STOP;
}

static void
parked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  abandoned_cb (owner, args, error);
}

static void
locked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCounterWindow *self = owner;
  const TaiStaff *staff = tai_counter_get_staff (self->counter);

  show_screen (self, TAI_SCREEN_SIGN_IN, staff != NULL ? staff->number : NULL);
}

static void
go_back (TaiCounterWindow *self)
{
  const TaiOrder *order = tai_counter_get_order (self->counter);
  TaiScreenId target = TAI_SCREEN_HOME;

  if (tai_screen_back (shown_in (self)))
    return;
  if (place_of (self) == TAI_SCREEN_SIGN_IN)
    return;
  if (self->trail->len > 0) {
    Place *place = g_ptr_array_steal_index (self->trail, self->trail->len - 1);
    switch_to (self, place->id, place->text, TRUE);
    place_free (place);
    return;
  }
  if (is_step (place_of (self)) && order != NULL)
    target = tai_flow_get_previous (place_of (self), order);
  else if (!tai_screen_id_has_sides (place_of (self)))
    target = self->came_from;
  /* home is as far back as it goes: onward to the money is no way back */
  if (place_of (self) == TAI_SCREEN_HOME) {
    if (tai_counter_get_visit (self->counter) != NULL)
      tai_screen_show_hint (
          shown_in (self),
          _ ("A visit is on the desk. F9 goes on with it, F6 parks it, Ctrl+Delete cancels it."));
    return;
  }
  show_screen (self, target, NULL);
}

static gboolean
can_go_to_money (TaiCounterWindow *self)
{
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);

  return visit != NULL && visit->orders->len > 0 && visit->state != TAI_VISIT_CLOSED;
}

static void
go_to_money (TaiCounterWindow *self)
{
  const TaiOrder *order = NULL;
  TaiScreenId step;

  if (!can_go_to_money (self))
    return;
  step = tai_flow_find_open (tai_counter_get_visit (self->counter), &order);
  tai_counter_set_order (self->counter, &order->id);
  show_screen (self, step, NULL);
}

static gboolean
can_go_to_plan (TaiCounterWindow *self)
{
  const TaiOrder *order = tai_counter_get_order (self->counter);
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);

  return order != NULL && visit->state == TAI_VISIT_OPEN && (order->operation->needs & TAI_NEEDS_PLAN) != 0;
}

static void
go_to_plan (TaiCounterWindow *self)
{
  if (can_go_to_plan (self))
    show_screen (self, TAI_SCREEN_PLAN, NULL);
}

static const TaiStationFigures *
figures_of (TaiCounterWindow *self)
{
  return tai_station_get_figures (tai_counter_get_station (self->counter));
}

static void
drawer_noted_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCounterWindow *self = owner;

  if (error != NULL)
    tai_screen_show_error (shown_in (self), error);
}

static void
open_drawer (TaiCounterWindow *self)
{
  if (figures_of (self)->lights[TAI_STATION_DRAWER] == TAI_LIGHT_NONE) {
    tai_screen_show_problem (shown_in (self),
                             _ ("No cash drawer is set up at this terminal. Hall IT sets it up."));
    return;
  }
  self->opened_us = tai_clock_now (tai_counter_get_clock (self->counter));
  tai_counter_call (self->counter, tai_do_note_drawer, NULL, drawer_noted_cb, self);
}

/* Who asked for it is told that it did not come; to a sale a drawer that has a key and no cable is no news. */
static void
tell_drawer (TaiCounterWindow *self)
{
  const TaiStationFigures *figures = figures_of (self);
  gint64 after_us = figures->fault_us[TAI_STATION_DRAWER] - self->opened_us;

  if (self->opened_us == 0 || figures->faults[TAI_STATION_DRAWER] == NULL || after_us < 0)
    return;
  if (after_us < DRAWER_ANSWER_US && figures->lights[TAI_STATION_DRAWER] != TAI_LIGHT_FAULT)
    tai_screen_show_problem (shown_in (self), figures->faults[TAI_STATION_DRAWER]);
  self->opened_us = 0;
}

static void
begin_bill (TaiCounterWindow *self)
{
  tai_screen_begin (shown_in (self), "bill_payment", NULL, NULL);
}

static gboolean
is_at_work (TaiCounterWindow *self)
{
  return tai_counter_get_staff (self->counter) != NULL && place_of (self) != TAI_SCREEN_SIGN_IN;
}

/* A closed till takes no business; who is there for the whole hall looks up from home without a till. */
static gboolean
can_add (TaiCounterWindow *self)
{
  const TaiShift *shift = tai_counter_get_shift (self->counter);

  return (shift != NULL && shift->state == TAI_SHIFT_OPEN) ||
         tai_counter_has_right (self->counter, TAI_RIGHT_REPORT_HALL);
}

static gboolean
can_bill (TaiCounterWindow *self)
{
  const TaiShift *shift = tai_counter_get_shift (self->counter);

  return shift != NULL && shift->state == TAI_SHIFT_OPEN;
}

/* Whether press() would do something with it now. */
static gboolean
is_alive (TaiCounterWindow *self, TaiKey key)
{
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);

  if (key == TAI_KEY_HELP || key == TAI_KEY_BACK)
    return TRUE;
  if (!is_at_work (self))
    return FALSE;
  if (tai_screen_takes (shown_in (self), key))
    return TRUE;
  switch (key) {
  case TAI_KEY_ADD:
    return place_of (self) != TAI_SCREEN_HOME && can_add (self);
  case TAI_KEY_BILL:
    return can_bill (self);
  case TAI_KEY_PLAN:
    return can_go_to_plan (self);
  case TAI_KEY_PARK:
  case TAI_KEY_ABANDON:
    return visit != NULL && visit->state != TAI_VISIT_CLOSED;
  case TAI_KEY_PAY:
    return can_go_to_money (self);
  case TAI_KEY_PRINT:
    return FALSE;
  default:
    return TRUE;
  }
}

static void
grey_keys (TaiCounterWindow *self)
{
  for (guint i = 0; i < TAI_N_KEYS; i++)
    tai_key_bar_set_alive (TAI_KEY_BAR (self->bar), i, is_alive (self, i));
}

static void
press (TaiCounterWindow *self, TaiKey key)
{
  if (key == TAI_KEY_HELP)
    tai_help_window_show (GTK_WINDOW (self), place_of (self), tai_counter_get_keys (self->counter));
  else if (key == TAI_KEY_BACK)
    go_back (self);
  else if (!is_at_work (self) || tai_screen_press (shown_in (self), key))
    return;
  else if (key == TAI_KEY_FIND)
    show_screen (self, TAI_SCREEN_ORDERS, NULL);
  else if (key == TAI_KEY_ADD) {
    if (can_add (self))
      show_screen (self, TAI_SCREEN_HOME, NULL);
  } else if (key == TAI_KEY_PLAN)
    go_to_plan (self);
  else if (key == TAI_KEY_BILL) {
    if (can_bill (self))
      begin_bill (self);
  } else if (key == TAI_KEY_PARK)
    tai_counter_call (self->counter, tai_do_park, NULL, parked_cb, self);
  else if (key == TAI_KEY_RECALL)
    show_screen (self, TAI_SCREEN_PARKED, NULL);
  else if (key == TAI_KEY_DRAWER)
    open_drawer (self);
  else if (key == TAI_KEY_PAY)
    go_to_money (self);
  else if (key == TAI_KEY_LOCK)
    tai_counter_call (self->counter, tai_do_lock, NULL, locked_cb, self);
  else if (key == TAI_KEY_ABANDON)
    ask_abandon (self);
}

static void
key_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  press (TAI_COUNTER_WINDOW (widget), (TaiKey)g_variant_get_int32 (parameter));
}

static void
keys_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  grey_keys (TAI_COUNTER_WINDOW (widget));
}

/* A page of the menu or the command box. */
static void
page_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiCounterWindow *self = TAI_COUNTER_WINDOW (widget);
  const char *page = g_variant_get_string (parameter, NULL);
  TaiScreenId id;

  if (g_strcmp0 (page, "shortcuts") == 0)
    tai_help_window_show_keys (GTK_WINDOW (self), tai_counter_get_keys (self->counter));
  else if (g_strcmp0 (page, "about") == 0)
    tai_help_window_show_about (GTK_WINDOW (self));
  else if (place_of (self) == TAI_SCREEN_SIGN_IN)
    tai_screen_show_hint (shown_in (self), _ ("Sign in first."));
  else if (tai_screen_id_from_name (page, &id) && id != place_of (self))
    show_screen (self, id, NULL);
}

static void
light_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiCounterWindow *self = TAI_COUNTER_WINDOW (widget);
  const TaiStationFigures *figures = tai_station_get_figures (tai_counter_get_station (self->counter));
  TaiStationDevice device = (TaiStationDevice)g_variant_get_int32 (parameter);
  g_autofree char *words = tai_status_bar_explain (self->counter, device);

  if (figures->lights[device] == TAI_LIGHT_FAULT)
    tai_screen_show_problem (shown_in (self), words);
  else
    tai_screen_show_hint (shown_in (self), words);
}

/* Scans and idleness -------------------------------------------------------------------------------------------------------- */

static void
scanned_cb (TaiScanCatcher *catcher, const char *text, TaiCounterWindow *self)
{
  TaiScreen *screen = shown_in (self);

  if (tai_approval_dialog_take_scan (GTK_WINDOW (self), text) || !gtk_window_is_active (GTK_WINDOW (self)))
    return;
  /* it is money: it never lands in a field */
  if (tai_pay_code_classify (text) != NULL && place_of (self) != TAI_SCREEN_MONEY) {
    if (tai_screen_id_needs_staff (place_of (self)))
      tai_screen_show_hint (
          screen, _ ("A payment code. Nothing was charged: go to the money with F9, then scan it again."));
    return;
  }
  if (tai_screen_id_needs_staff (place_of (self)) &&
      (tai_screen_begin_prepared (screen, text) || tai_slip_follow (screen, text)))
    return;
  if (tai_screen_scanned (screen, text))
    return;
  if (tai_screen_id_needs_staff (place_of (self)))
    tai_screen_show_hint (screen, _ ("This code is not asked for here. Nothing was changed."));
}

static void
visit_changed_cb (TaiCounterWindow *self)
{
  TaiScreen *screen = shown_in (self);

  if (screen == NULL)
    return;
  tai_screen_update (screen);
  show_steps (self, place_of (self));
  grey_keys (self);
}

static void
figures_changed_cb (TaiCounterWindow *self)
{
  if (shown_in (self) == NULL)
    return;
  tai_screen_figures_changed (shown_in (self));
  tell_drawer (self);
}

static void
ask_cb (TaiCounter *counter, TaiCounterCall *call, gpointer data)
{
  tai_approval_dialog_ask (GTK_WINDOW (data), counter, call);
}

/* The window ------------------------------------------------------------------------------------------------------------------ */

static void
tai_counter_window_dispose (GObject *object)
{
  TaiCounterWindow *self = TAI_COUNTER_WINDOW (object);

  g_clear_pointer (&self->idle_lock, tai_idle_lock_free);
  g_clear_pointer (&self->keys, tai_key_binding_free);
  g_clear_handle_id (&self->preparer, g_source_remove);
  g_clear_object (&self->scanner);
  if (self->counter != NULL) {
    tai_counter_set_ask (self->counter, NULL, NULL);
    g_signal_handlers_disconnect_by_data (self->counter, self);
    g_signal_handlers_disconnect_by_data (tai_counter_get_station (self->counter), self);
  }
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (tai_counter_window_parent_class)->dispose (object);
}

static void
tai_counter_window_finalize (GObject *object)
{
  TaiCounterWindow *self = TAI_COUNTER_WINDOW (object);

  g_ptr_array_unref (self->trail);
  g_free (self->text);
  G_OBJECT_CLASS (tai_counter_window_parent_class)->finalize (object);
}

static void
tai_counter_window_class_init (TaiCounterWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_counter_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  G_OBJECT_CLASS (klass)->finalize = tai_counter_window_finalize;
  gtk_widget_class_install_action (widget_class, "counter.key", "i", key_action_cb);
  gtk_widget_class_install_action (widget_class, "counter.keys-changed", NULL, keys_action_cb);
  gtk_widget_class_install_action (widget_class, "counter.page", "s", page_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK, "counter.page", "s",
                                       "shortcuts");
  gtk_widget_class_install_action (widget_class, "counter.light", "i", light_action_cb);
}

static void
tai_counter_window_init (TaiCounterWindow *self)
{
  self->came_from = TAI_SCREEN_SIGN_IN;
  self->trail = g_ptr_array_new_with_free_func (place_free);
}

static void
build (TaiCounterWindow *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->stack = tai_screen_stack_new (self->counter);
  g_signal_connect (self->stack, "go", G_CALLBACK (go_cb), self);
  g_signal_connect (self->stack, "next", G_CALLBACK (next_cb), self);
  self->visit_panel = tai_steady_new (tai_visit_panel_new (self->counter));
  self->money_panel = tai_money_panel_new (self->counter);
  self->bar = tai_key_bar_new (tai_counter_get_keys (self->counter), NULL, 0);
  gtk_box_append (GTK_BOX (middle), self->visit_panel);
  gtk_box_append (GTK_BOX (middle), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (middle), self->money_panel);
  gtk_widget_set_vexpand (middle, TRUE);
  adw_header_bar_set_centering_policy (ADW_HEADER_BAR (header), ADW_CENTERING_POLICY_LOOSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), tai_counter_menu_new ());
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), tai_status_bar_new (self->counter));
  gtk_box_append (GTK_BOX (all), header);
  gtk_box_append (GTK_BOX (all), middle);
  gtk_box_append (GTK_BOX (all), self->bar);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), tai_steady_new (all));
}

TaiCounterWindow *
tai_counter_window_new (GtkApplication *application, TaiCounter *counter)
{
  TaiCounterWindow *self = g_object_new (TAI_TYPE_COUNTER_WINDOW, "application", application, "title",
                                         _ ("Guitai"), "default-width", 1280, "default-height", 720, NULL);

  self->counter = g_object_ref (counter);
  tai_group_look_watch (counter);
  tai_counter_set_ask (counter, ask_cb, self);
  build (self);
  self->keys = tai_key_binding_new (tai_counter_get_keys (counter), GTK_WIDGET (self), NULL, 0);
  g_signal_connect_swapped (counter, "notify::visit", G_CALLBACK (visit_changed_cb), self);
  g_signal_connect_swapped (counter, "went-on", G_CALLBACK (figures_changed_cb), self);
  g_signal_connect_swapped (tai_counter_get_station (counter), "changed", G_CALLBACK (figures_changed_cb),
                            self);
  self->scanner = tai_scan_catcher_new (NULL);
  g_signal_connect_object (self->scanner, "scanned", G_CALLBACK (scanned_cb), self, 0);
  self->idle_lock = tai_idle_lock_new (GTK_WIDGET (self), self->counter, locked_cb);
  show_screen (self, TAI_SCREEN_SIGN_IN, NULL);
  return self;
}
