/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A slip of another desk. Two things are asked: how it stands here (the store knows), and how it stands in the hall (headquarters knows,
 * and is never waited for). What comes next is read from both, so that a page that is opened again goes on where it stood. While another
 * desk is asked the page looks again each second; nothing here waits for it.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-slip-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-core-error.h"
#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-promise.h"
#include "tai-words.h"

#define LOOK_MS    1000
#define ON_LINE_US (3 * G_TIME_SPAN_MINUTE)

/* What a button does. */
typedef enum { STEP_NONE, STEP_FETCH, STEP_PAY, STEP_LEAVE, STEP_END } Step;

struct _TaiSlipScreen {
  TaiScreen parent;
  GtkLabel *sum, *state, *where, *promised, *about;
  GtkWidget *go, *other;
  TaiPromise promise;
  TaiPromiseView *view; /* (owned) (nullable) as headquarters said */
  char *problem;        /* (owned) (nullable) why it said nothing */
  TaiDebt *debt;        /* (owned) (nullable) as it stands here */
  GCancellable *asking; /* (owned) (nullable) */
  Step first, second;
  guint timer; /* 0: none */
  gboolean is_calling, is_seen;
};

G_DEFINE_FINAL_TYPE (TaiSlipScreen, tai_slip_screen, TAI_TYPE_SCREEN)

static void look (TaiSlipScreen *self);

static gboolean
is_in (const TaiSlipScreen *self, TaiDebtState state)
{
  return self->debt != NULL && self->debt->state == state;
}

static TaiMoney
get_amount (const TaiSlipScreen *self)
{
  if (self->debt != NULL && self->debt->amount.currency != 0)
    return self->debt->amount;
  return self->view != NULL ? self->view->amount : tai_money (0, 0);
}

/* What comes next ---------------------------------------------------------------------------------------------------------- */

static gboolean
can_be_fetched (const TaiSlipScreen *self)
{
  return self->promise.kind == TAI_PROMISE_MONEY && self->view != NULL &&
         g_strcmp0 (self->view->debt, "paid") != 0;
}

static void
plan (TaiSlipScreen *self)
{
  self->second = STEP_NONE;
  if (is_in (self, TAI_DEBT_STATE_HELD))
    self->first = STEP_PAY;
  else if (is_in (self, TAI_DEBT_STATE_ASKED)) { /* one Enter too many takes nothing back */
    self->first = STEP_END;
    self->second = STEP_LEAVE;
  } else if (!is_in (self, TAI_DEBT_STATE_PAID) && can_be_fetched (self)) {
    self->first = STEP_FETCH;
    self->second = STEP_END;
  } else
    self->first = STEP_END;
}

static char *
name_step (const TaiSlipScreen *self, Step step)
{
  g_autofree char *sum = tai_words_money (get_amount (self));

  switch (step) {
  case STEP_FETCH:
    return g_strdup (self->debt != NULL && self->debt->state == TAI_DEBT_STATE_KEPT ? _ ("_Ask once more")
                                                                                    : _ ("_Fetch it here"));
  case STEP_PAY:
    return g_strdup_printf (_ ("_Give the customer %s in cash"), sum);
  case STEP_LEAVE:
    return g_strdup (_ ("_Leave it there"));
  case STEP_END:
    return g_strdup (_ ("Ne_xt customer"));
  case STEP_NONE:
  default:
    return NULL;
  }
}

static void
label (TaiSlipScreen *self, GtkWidget *button, Step step)
{
  g_autofree char *text = name_step (self, step);

  gtk_widget_set_visible (button, text != NULL);
  if (text != NULL)
    tai_ui_label_button (GTK_BUTTON (button), text);
}

/* Showing ------------------------------------------------------------------------------------------------------------------ */

static void
show (GtkLabel *where, char *words)
{
  g_autofree char *owned = words;

  gtk_widget_set_visible (GTK_WIDGET (where), words != NULL);
  gtk_label_set_text (where, words != NULL ? words : "");
}

static char *
describe_sum (const TaiSlipScreen *self)
{
  TaiMoney amount = get_amount (self);
  g_autofree char *sum = amount.currency != 0 ? tai_words_money (amount) : NULL;

  if (self->promise.kind == TAI_PROMISE_PAYMENT)
    return sum != NULL
               ? g_strdup_printf (_ ("A payment of %s is in doubt. Do not take the money again."), sum)
               : g_strdup (_ ("A payment is in doubt. Do not take the money again."));
  if (self->promise.kind == TAI_PROMISE_PAPER)
    return g_strdup (_ ("The customer waits for a paper."));
  if (is_in (self, TAI_DEBT_STATE_PAID))
    return g_strdup_printf (_ ("%s was given back here."), sum);
  if (self->view != NULL && g_strcmp0 (self->view->debt, "paid") == 0)
    return g_strdup_printf (_ ("%s was given back already."), sum);
  return sum != NULL ? g_strdup_printf (_ ("%s is owed to the customer."), sum)
                     : g_strdup (_ ("Money is owed to the customer."));
}

/* Why nothing came; codes of core/tai-debt.h. */
static const char *
explain_kept (const char *reason)
{
  static const struct {
    const char *code, *words;
  } rows[] = {
      {TAI_DEBT_NOTHING_DUE,
       N_ ("That desk owes nothing for it any more: it was given back there, or never was owed.")},
      {TAI_DEBT_UNDER_WAY,
       N_ ("That desk is giving it back already, the way it was paid. Give nothing here.")},
      {TAI_DEBT_NOT_CASH,
       N_ ("Not all of it came in cash: it goes back from that desk the way it was paid.")},
      {TAI_DEBT_UNKNOWN,
       N_ ("Headquarters does not know the sale yet: that desk has not sent it. Ask again when its line is back.")},
      {TAI_DEBT_HERE, N_ ("It is this desk's already. Open the list of what is not finished.")},
      {TAI_DEBT_CLAIMED, N_ ("A third desk asks for it at this moment. Ask there, or once more in a while.")},
      {TAI_DEBT_PAID, N_ ("It was given back at another desk already.")},
      {TAI_DEBT_NO_ANSWER,
       N_ ("That desk did not answer: it is switched off, or has no line. The money stays there.")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].code, reason) == 0)
      return _ (rows[i].words);
  return _ ("It stays at that desk.");
}

static char *
describe_state (const TaiSlipScreen *self)
{
  const char *terminal = self->view != NULL ? self->view->terminal : NULL;

  if (is_in (self, TAI_DEBT_STATE_HELD))
    return g_strdup (_ ("It is here: the other desk has let it go."));
  if (is_in (self, TAI_DEBT_STATE_ASKED))
    return g_strdup_printf (
        _ ("%s is asked to let it go: it answers by itself, in less than half a minute when it is on line. You may serve the next customer meanwhile; it stands in the list of what is not finished."),
        terminal != NULL ? terminal : _ ("The other desk"));
  if (is_in (self, TAI_DEBT_STATE_KEPT))
    return g_strdup (explain_kept (self->debt->reason));
  if (self->problem != NULL)
    return g_strdup (self->problem);
  if (self->view == NULL)
    return g_strdup (_ ("Headquarters is asked where it is …"));
  if (self->promise.kind == TAI_PROMISE_PAYMENT)
    return g_strdup (
        _ ("It is asked for by itself at its own desk. Who paid gets what was bought, or the money."));
  if (self->promise.kind == TAI_PROMISE_PAPER)
    return g_strdup (_ ("It is printed at its own desk: send the customer there."));
  return NULL;
}

static char *
describe_where (const TaiSlipScreen *self)
{
  const TaiPromiseView *view = self->view;
  g_autofree char *age = NULL;

  if (view == NULL)
    return NULL;
  age = tai_words_age (MAX (view->as_of_us - view->seen_us, 0));
  if (view->seen_us == 0)
    return g_strdup_printf (_ ("It is at %s, which headquarters has not heard of."), view->terminal);
  if (view->as_of_us - view->seen_us <= ON_LINE_US)
    return g_strdup_printf (_ ("It is at %s, which is on line."), view->terminal);
  return g_strdup_printf (_ ("It is at %s, which has been off line for %s: it can be settled there only."),
                          view->terminal, age);
}

static char *
describe_promise (TaiSlipScreen *self)
{
  const TaiPromiseView *view = self->view;
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  int offset = tai_counter_get_terminal (counter)->utc_offset_min;
  g_autofree char *until = NULL, *given = NULL;

  if (view == NULL || !view->has_slip)
    return NULL;
  until = tai_words_day_and_time (view->promised_us, offset);
  given = tai_words_day_and_time (view->given_us, offset);
  return g_strdup_printf (_ ("Promised until %s. The slip was given on %s by %s, who calls."), until, given,
                          view->given_by != NULL ? view->given_by : view->terminal);
}

static char *
describe_about (const TaiSlipScreen *self)
{
  const TaiPromiseView *view = self->view;
  const char *operation = view != NULL ? view->operation : self->debt != NULL ? self->debt->operation : NULL;
  const char *msisdn = view != NULL ? view->msisdn : self->debt != NULL ? self->debt->msisdn : NULL;
  const char *receipt = view != NULL         ? view->receipt_number
                        : self->debt != NULL ? self->debt->receipt_number
                                             : NULL;
  GString *text = g_string_new (operation != NULL ? tai_operation_words_get_title (operation) : NULL);

  if (msisdn != NULL) {
    g_autofree char *number = tai_words_number (msisdn);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", number);
  }
  if (receipt != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", receipt);
  if (text->len == 0) {
    g_string_free (text, TRUE);
    return NULL;
  }
  return g_string_free (text, FALSE);
}

static void
update (TaiSlipScreen *self)
{
  Step before = self->first;

  plan (self);
  show (self->sum, describe_sum (self));
  show (self->state, describe_state (self));
  show (self->where, is_in (self, TAI_DEBT_STATE_HELD) || is_in (self, TAI_DEBT_STATE_PAID)
                         ? NULL
                         : describe_where (self));
  show (self->promised, describe_promise (self));
  show (self->about, describe_about (self));
  label (self, self->go, self->first);
  label (self, self->other, self->second);
  if (!self->is_seen || before != self->first)
    gtk_widget_grab_focus (self->go);
  self->is_seen = TRUE;
  tai_screen_keys_changed (TAI_SCREEN (self));
}

/* Looking ------------------------------------------------------------------------------------------------------------------ */

static void
stop_timer (TaiSlipScreen *self)
{
  if (self->timer != 0)
    tai_clock_cancel (tai_counter_get_clock (tai_screen_get_counter (TAI_SCREEN (self))), self->timer);
  self->timer = 0;
}

static void
again_cb (gpointer data)
{
  TaiSlipScreen *self = data;

  self->timer = 0;
  look (self);
}

static void
looked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiSlipScreen *self = owner;

  if (strcmp (args->text, self->promise.id.text) != 0 || !tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  g_clear_pointer (&self->debt, tai_debt_free);
  self->debt = args->result != NULL ? tai_debt_copy (args->result) : NULL;
  update (self);
  stop_timer (self);
  if (is_in (self, TAI_DEBT_STATE_ASKED))
    self->timer = tai_clock_after (tai_counter_get_clock (tai_screen_get_counter (TAI_SCREEN (self))),
                                   LOOK_MS, again_cb, self);
}

static void
look (TaiSlipScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->promise.id.text);
  tai_screen_call (TAI_SCREEN (self), tai_do_look_at_debt, args, looked_cb);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TaiSlipScreen) self = data;
  g_autoptr (GError) error = NULL;
  TaiPromiseView *view = tai_directory_look_up_promise_finish (TAI_DIRECTORY (source), result, &error);
  TaiStation *station;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  g_clear_pointer (&self->view, tai_promise_view_free);
  g_clear_pointer (&self->problem, g_free);
  self->view = view;
  station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));
  if (g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN))
    self->problem = g_strdup (_ (
        "No desk of the hall has told headquarters of this slip: its desk is off line, or it is another hall's. The slip names the desk: send the customer there."));
  else if (error != NULL)
    self->problem = g_strdup_printf (
        _ ("Headquarters cannot be asked now, so nothing can be fetched: the slip names the desk that has it. %s"),
        tai_station_explain (station, error));
  if (tai_screen_is_shown (TAI_SCREEN (self)))
    update (self);
}

static void
ask_headquarters (TaiSlipScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));

  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  tai_directory_look_up_promise_async (tai_counter_get_directory (counter), self->promise.id.text,
                                       self->asking, told_cb, g_object_ref (self));
}

/* Acting ------------------------------------------------------------------------------------------------------------------- */

static void
call (TaiSlipScreen *self, TaiCounterFunc func, TaiCounterDone done)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->promise.id.text);
  self->is_calling = TRUE;
  tai_screen_clear_notice (TAI_SCREEN (self));
  tai_screen_call (TAI_SCREEN (self), func, args, done);
}

static void
called_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiSlipScreen *self = owner;

  self->is_calling = FALSE;
  tai_station_try_line (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  if (error != NULL)
    tai_screen_show_error (TAI_SCREEN (self), error);
  look (self);
}

static void
paid_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiSlipScreen *self = owner;
  g_autofree char *sum = error == NULL ? tai_words_money (args->amount) : NULL;
  g_autofree char *words =
      sum != NULL ? g_strdup_printf (_ ("Give the customer %s. The slip to sign is printed."), sum) : NULL;

  if (error == NULL)
    tai_station_print (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
  called_cb (owner, args, error);
  if (words != NULL && tai_screen_is_shown (TAI_SCREEN (self)))
    tai_screen_show_hint (TAI_SCREEN (self), words);
}

static void
take (TaiSlipScreen *self, Step step)
{
  if (self->is_calling)
    return;
  if (step == STEP_FETCH)
    call (self, tai_do_ask_debt, called_cb);
  else if (step == STEP_LEAVE)
    call (self, tai_do_withdraw_debt, called_cb);
  else if (step == STEP_PAY)
    call (self, tai_do_pay_debt, paid_cb);
  else if (step == STEP_END)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_HOME, NULL);
}

static void
go_cb (TaiSlipScreen *self)
{
  take (self, self->first);
}

static void
other_cb (TaiSlipScreen *self)
{
  take (self, self->second);
}

/* F6 serves the next customer while the other desk is asked. */
static gboolean
press (TaiScreen *screen, TaiKey key)
{
  if (key != TAI_KEY_PARK || !is_in (TAI_SLIP_SCREEN (screen), TAI_DEBT_STATE_ASKED))
    return FALSE;
  tai_screen_go (screen, TAI_SCREEN_HOME, NULL);
  return TRUE;
}

static gboolean
takes (TaiScreen *screen, TaiKey key)
{
  return key == TAI_KEY_PARK && is_in (TAI_SLIP_SCREEN (screen), TAI_DEBT_STATE_ASKED);
}

/* The screen --------------------------------------------------------------------------------------------------------------- */

static void
forget (TaiSlipScreen *self)
{
  stop_timer (self);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->view, tai_promise_view_free);
  g_clear_pointer (&self->debt, tai_debt_free);
  g_clear_pointer (&self->problem, g_free);
  self->first = self->second = STEP_NONE;
  self->is_calling = self->is_seen = FALSE;
}

static void
leave (TaiScreen *screen)
{
  TaiSlipScreen *self = TAI_SLIP_SCREEN (screen);

  forget (self);
  show (self->sum, NULL);
  show (self->about, NULL);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiSlipScreen *self = TAI_SLIP_SCREEN (screen);

  forget (self);
  if (text == NULL || !tai_promise_from_text (text, &self->promise)) {
    self->promise.kind = TAI_PROMISE_MONEY;
    g_strlcpy (self->promise.id.text, text != NULL ? text : "", sizeof self->promise.id.text);
  }
  gtk_widget_set_visible (self->go, FALSE);
  gtk_widget_set_visible (self->other, FALSE);
  tai_screen_take_focus (screen);
  ask_headquarters (self);
  look (self);
}

static void
figures_changed (TaiScreen *screen)
{
  look (TAI_SLIP_SCREEN (screen));
}

static void
dispose (GObject *object)
{
  TaiSlipScreen *self = TAI_SLIP_SCREEN (object);

  if (tai_screen_get_counter (TAI_SCREEN (self)) != NULL)
    forget (self);
  G_OBJECT_CLASS (tai_slip_screen_parent_class)->dispose (object);
}

static void
tai_slip_screen_class_init (TaiSlipScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->press = press;
  TAI_SCREEN_CLASS (klass)->takes = takes;
  TAI_SCREEN_CLASS (klass)->figures_changed = figures_changed;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/slip.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiSlipScreen, sum);
  gtk_widget_class_bind_template_child (widget_class, TaiSlipScreen, state);
  gtk_widget_class_bind_template_child (widget_class, TaiSlipScreen, where);
  gtk_widget_class_bind_template_child (widget_class, TaiSlipScreen, promised);
  gtk_widget_class_bind_template_child (widget_class, TaiSlipScreen, about);
  gtk_widget_class_bind_template_child (widget_class, TaiSlipScreen, go);
  gtk_widget_class_bind_template_child (widget_class, TaiSlipScreen, other);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
}

static void
tai_slip_screen_init (TaiSlipScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
