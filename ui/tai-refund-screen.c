/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money back (退费), each part the way it came: what took it gives it back itself, and is waited for as a charge is; the rest by slip
 * and out of the drawer. What comes next is read from what is still owed, so that a page that is opened again, after a restart or
 * at another time, goes on where it stood.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-refund-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-attempt-panel.h"
#include "tai-do.h"
#include "tai-line-question.h"
#include "tai-operation-words.h"
#include "tai-payment-words.h"
#include "tai-row.h"
#include "tai-slip.h"
#include "tai-tender.h"
#include "tai-words.h"

/* What a button does about what is owed. */
typedef enum { STEP_NONE, STEP_ASK, STEP_ASK_AGAIN, STEP_SLIP, STEP_BY_HAND, STEP_CASH, STEP_END } Step;

struct _TaiRefundScreen {
  TaiScreen parent;
  GtkLabel *sum;
  TaiAttemptPanel *attempt;
  GtkWidget *parts_title, *go, *other;
  GtkListBox *parts;
  GtkBox *foot;
  char *id;           /* (owned) (nullable) of the order */
  char *began;        /* (owned) (nullable) the refund that was begun here: what becomes of it is said once */
  Step first, second; /* what the buttons do */
  gboolean is_open, is_twice, is_calling, is_seen;
  gboolean has_cash; /* of what is owed */
};

G_DEFINE_FINAL_TYPE (TaiRefundScreen, tai_refund_screen, TAI_TYPE_SCREEN)

static void look (TaiRefundScreen *self);

static void
grab_focus (TaiRefundScreen *self)
{
  if (self->is_open || self->is_twice)
    gtk_widget_grab_focus (GTK_WIDGET (self->attempt));
  else if (self->first != STEP_NONE)
    gtk_widget_grab_focus (self->go);
  else
    tai_screen_take_focus (TAI_SCREEN (self));
}

/* What comes next --------------------------------------------------------------------------------------------------------- */

/* What gateways give back goes first; a slip is of the rest, and where there is none, of what was given back there by hand. */
static void
plan (TaiRefundScreen *self, GPtrArray *parts)
{
  gboolean asks = FALSE, failed = FALSE, slips = FALSE;

  self->has_cash = FALSE;
  for (guint i = 0; i < parts->len; i++) {
    const TaiRefundPart *part = g_ptr_array_index (parts, i);
    asks |= part->way == TAI_REFUND_BY_GATEWAY && part->failure == NULL;
    failed |= part->failure != NULL;
    slips |= part->way == TAI_REFUND_BY_SLIP;
    self->has_cash |= part->way == TAI_REFUND_IN_CASH;
  }
  self->first = asks ? STEP_ASK : failed || slips ? STEP_SLIP : parts->len > 0 ? STEP_CASH : STEP_END;
  self->second = asks && !failed && !slips ? STEP_BY_HAND : !asks && failed ? STEP_ASK_AGAIN : STEP_NONE;
  if (self->is_open)
    self->first = self->second = STEP_NONE;
}

/* The part that is asked for next: as the desk chooses it. */
static const TaiRefundPart *
find_asked (GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++) {
    const TaiRefundPart *part = g_ptr_array_index (parts, i);
    if (part->way == TAI_REFUND_BY_GATEWAY && part->failure == NULL)
      return part;
  }
  return NULL;
}

static TaiMoney
add_up (GPtrArray *parts)
{
  TaiMoney sum = {0};

  for (guint i = 0; i < parts->len; i++) {
    const TaiRefundPart *part = g_ptr_array_index (parts, i);
    sum = tai_money (sum.minor + part->amount.minor, part->amount.currency);
  }
  return sum;
}

/* @format: %s is the amount. (transfer full) */
static char *
fill (const char *format, TaiMoney amount)
{
  g_autofree char *text = tai_words_money (amount);
  g_auto (GStrv) around = g_strsplit (format, "%s", 2);

  return g_strjoinv (text, around);
}

static char *
name_step (Step step, GPtrArray *parts)
{
  const TaiRefundPart *asked = find_asked (parts);

  switch (step) {
  case STEP_ASK:
    return fill (asked->tender == TAI_TENDER_CARD ? _ ("_Give back %s by the bank terminal")
                                                  : _ ("_Give back %s by the payment service"),
                 asked->amount);
  case STEP_ASK_AGAIN:
    return g_strdup (_ ("_Ask once more"));
  case STEP_SLIP:
    return g_strdup (_ ("By _slip: enter its number"));
  case STEP_BY_HAND:
    return g_strdup (_ ("It was given back by _hand"));
  case STEP_CASH:
    return fill (_ ("_Give the customer %s in cash"), add_up (parts));
  case STEP_END:
    return g_strdup (_ ("Ne_xt customer"));
  case STEP_NONE:
  default:
    return NULL;
  }
}

static void
label (GtkWidget *button, Step step, GPtrArray *parts)
{
  g_autofree char *text = name_step (step, parts);

  gtk_widget_set_visible (button, text != NULL);
  if (text != NULL)
    tai_ui_label_button (GTK_BUTTON (button), text);
}

/* Showing ------------------------------------------------------------------------------------------------------------------ */

static char *
name_means (TaiTender tender, const char *provider)
{
  return g_strdup (provider != NULL ? tai_payment_words_provider (provider) : tai_words_tender (tender));
}

/* Why something was refused stands above, where it is told of the last one. */
static const char *
describe_way (const TaiRefundPart *part)
{
  if (part->failure != NULL)
    return _ ("It was not given back: by slip, or ask once more");
  if (part->way == TAI_REFUND_IN_CASH)
    return _ ("Out of the drawer");
  if (part->way == TAI_REFUND_BY_SLIP)
    return _ ("By slip: give it back in the house's own program first");
  return part->tender == TAI_TENDER_CARD ? _ ("By the bank terminal: what took it gives it back")
                                         : _ ("By the payment service: what took it gives it back");
}

static GtkWidget *
new_part_row (const TaiRefundPart *part)
{
  g_autofree char *means = name_means (part->tender, part->provider);
  g_autofree char *amount = tai_words_money (part->amount);
  GtkWidget *row = tai_row_new (means, describe_way (part), amount, part->payment_id.text);

  if (part->failure != NULL)
    tai_row_set_mark (TAI_ROW (row), "window-close-symbolic", _ ("Refused"));
  return row;
}

static GtkWidget *
new_gone_row (const TaiPayment *refund)
{
  g_autofree char *means = name_means (refund->tender, refund->provider);
  g_autofree char *amount = tai_words_money (tai_money_negate (refund->amount));
  g_autofree char *number = refund->number != NULL ? g_strdup_printf (_ ("By slip %s"), refund->number)
                                                   : tai_payment_words_transaction (refund);
  GtkWidget *row = tai_row_new (means, number, amount, refund->id.text);

  tai_row_set_mark (TAI_ROW (row), "object-select-symbolic", _ ("Given back"));
  return row;
}

static void
show_parts (TaiRefundScreen *self, const TaiRefundLook *seen)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < seen->gone->len; i++)
    g_ptr_array_add (rows, new_gone_row (g_ptr_array_index (seen->gone, i)));
  for (guint i = 0; i < seen->parts->len; i++)
    g_ptr_array_add (rows, new_part_row (g_ptr_array_index (seen->parts, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->parts), rows->len > 0);
  gtk_widget_set_visible (self->parts_title, rows->len > 0);
  tai_row_fill_list (self->parts, rows);
}

static void
show_sum (TaiRefundScreen *self, const TaiOrder *order)
{
  g_autofree char *sum = tai_words_money (order->refund_due);
  g_autofree char *number = tai_words_number (tai_order_get (order, "MSISDN"));
  g_autofree char *words =
      order->refund_due.currency != 0
          ? g_strdup_printf (_ ("%s is owed to the customer and not given back yet."), sum)
          : g_strdup (_ ("Nothing is owed to the customer any more."));
  g_autofree char *title = g_strdup_printf (_ ("Money back · %s %s"),
                                            tai_operation_words_get_title (order->operation->id), number);

  gtk_label_set_text (self->sum, words);
  tai_screen_set_title (TAI_SCREEN (self), title);
}

static void ask_for_slip (TaiRefundScreen *self, const char *why);

/* What became of the refund that was begun here: said once. */
static void
tell_end (TaiRefundScreen *self, const TaiRefundLook *seen)
{
  const TaiPayment *attempt = seen->attempt;

  if (self->began == NULL || self->is_open)
    return;
  for (guint i = 0; i < seen->gone->len; i++) {
    const TaiPayment *one = g_ptr_array_index (seen->gone, i);
    g_autofree char *amount = tai_words_money (tai_money_negate (one->amount));
    g_autofree char *words =
        g_strdup_printf (_ ("%s went back the way it came. The slip to sign is printed."), amount);
    if (strcmp (one->id.text, self->began) == 0)
      tai_screen_show_hint (TAI_SCREEN (self), words);
  }
  if (attempt != NULL && strcmp (attempt->id.text, self->began) == 0 &&
      attempt->state == TAI_PAYMENT_FAILED) {
    g_autofree char *why = tai_payment_words_reason (attempt);
    ask_for_slip (self, why);
  }
  g_clear_pointer (&self->began, g_free);
}

static void
looked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiRefundScreen *self = owner;
  TaiClock *clock = tai_counter_get_clock (tai_screen_get_counter (TAI_SCREEN (self)));
  const TaiRefundLook *seen = args->result;
  gboolean was_open = self->is_open;
  Step before = self->first;

  if (g_strcmp0 (args->text, self->id) != 0 || !tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  self->is_twice = seen->attempt != NULL && tai_payment_is_gone_twice (seen->attempt);
  self->is_open =
      seen->attempt != NULL && tai_tender_is_open (seen->attempt->state) && !seen->attempt->released;
  plan (self, seen->parts);
  show_sum (self, seen->order);
  show_parts (self, seen);
  tai_attempt_panel_show (self->attempt, tai_screen_get_counter (TAI_SCREEN (self)), seen->attempt,
                          tai_clock_now (clock));
  label (self->go, self->first, seen->parts);
  label (self->other, self->second, seen->parts);
  if (!self->is_seen || was_open != self->is_open || before != self->first)
    grab_focus (self);
  self->is_seen = TRUE;
  tai_screen_keys_changed (TAI_SCREEN (self));
  tell_end (self, seen);
}

static void
look (TaiRefundScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->id);
  tai_screen_call (TAI_SCREEN (self), tai_do_look_at_refund, args, looked_cb);
}

/* Giving back --------------------------------------------------------------------------------------------------------------- */

static void
call (TaiRefundScreen *self, TaiCounterFunc func, const char *slip, gint64 number, TaiCounterDone done)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->id);
  args->slip = g_strdup (slip);
  args->number = number;
  self->is_calling = TRUE;
  tai_screen_clear_notice (TAI_SCREEN (self));
  tai_screen_call (TAI_SCREEN (self), func, args, done);
}

/* FALSE: it went wrong, and that was said. */
static gboolean
end_call (TaiRefundScreen *self, const GError *error)
{
  self->is_calling = FALSE;
  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return FALSE;
  look (self);
  if (error != NULL)
    tai_screen_show_error (TAI_SCREEN (self), error);
  return error == NULL;
}

static void
told_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  end_call (owner, error);
}

static void
begun_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiRefundScreen *self = owner;

  if (error == NULL) {
    g_free (self->began);
    self->began = g_strdup (args->order.text);
  }
  end_call (self, error);
}

static char *
say_paid_out (TaiMoney all, gint64 cash_minor)
{
  g_autofree char *cash = tai_words_money (tai_money (cash_minor, all.currency));
  g_autofree char *rest = tai_words_money (tai_money (all.minor - cash_minor, all.currency));

  if (cash_minor == all.minor)
    return g_strdup_printf (_ ("Give the customer %s. The slip to sign is printed."), cash);
  if (cash_minor == 0)
    return g_strdup_printf (_ ("Booked: %s went back the way it came. The slip to sign is printed."), rest);
  return g_strdup_printf (
      _ ("Give the customer %s in cash. %s went back the way it came. The slip to sign is printed."), cash,
      rest);
}

static void
paid_out_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiRefundScreen *self = owner;
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));
  g_autofree char *words = NULL;

  if (error == NULL)
    tai_station_print (station);
  if (!end_call (self, error))
    return;
  words = say_paid_out (args->amount, args->number);
  tai_screen_show_hint (TAI_SCREEN (self), words);
}

static void
slip_cb (gpointer owner, const char *line)
{
  call (owner, tai_do_pay_refund, line, 0, paid_out_cb);
}

/* @why: (nullable) what took the money did not give it back */
static void
ask_for_slip (TaiRefundScreen *self, const char *why)
{
  g_autofree char *body = g_strdup_printf (
      "%s%s%s%s", why != NULL ? why : "", why != NULL ? "\n\n" : "",
      _ ("Give it back in the house's own program or by hand at the terminal first, then enter the number of that slip."),
      self->has_cash ? _ (" What was paid in cash goes out of the drawer with it.") : "");
  TaiLineQuestion question = {why != NULL ? _ ("It was not given back") : _ ("Give it back another way"),
                              body,
                              _ ("Number of the refund slip"),
                              _ ("Number of the refund slip"),
                              _ ("Book it"),
                              _ ("Not now"),
                              slip_cb};

  tai_line_question_ask (GTK_WIDGET (self), &question);
}

static void
take (TaiRefundScreen *self, Step step)
{
  if (self->is_calling)
    return;
  if (step == STEP_ASK || step == STEP_ASK_AGAIN)
    call (self, tai_do_begin_refund, NULL, 0, begun_cb);
  else if (step == STEP_SLIP || step == STEP_BY_HAND)
    ask_for_slip (self, NULL);
  else if (step == STEP_CASH)
    call (self, tai_do_pay_refund, NULL, 0, paid_out_cb);
  else if (step == STEP_END)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_HOME, NULL);
}

static void
go_cb (TaiRefundScreen *self)
{
  take (self, self->first);
}

static void
other_cb (TaiRefundScreen *self)
{
  take (self, self->second);
}

static void
decide_cb (TaiRefundScreen *self, int decision)
{
  if (!self->is_calling)
    call (self, tai_do_decide_refund, NULL, decision, told_cb);
}

/* Keys --------------------------------------------------------------------------------------------------------------------- */

/* The same keys as about a charge; but what the customer has is his. */
static gboolean
press (TaiScreen *screen, TaiKey key)
{
  TaiRefundScreen *self = TAI_REFUND_SCREEN (screen);

  if (!self->is_open)
    return FALSE;
  if (key == TAI_KEY_PAY && !self->is_calling)
    call (self, tai_do_query_refund, NULL, 0, told_cb);
  else if (key == TAI_KEY_PRINT)
    tai_slip_print (screen, TAI_PROMISE_MONEY, self->id);
  else if (key == TAI_KEY_PARK)
    tai_screen_go (screen, TAI_SCREEN_HOME, NULL);
  else if (key == TAI_KEY_ABANDON)
    tai_screen_show_hint (
        screen,
        _ ("A refund that is begun is not cancelled: wait for it, or serve the next customer with F6."));
  else
    return key == TAI_KEY_PAY;
  return TRUE;
}

static gboolean
takes (TaiScreen *screen, TaiKey key)
{
  return TAI_REFUND_SCREEN (screen)->is_open &&
         (key == TAI_KEY_PAY || key == TAI_KEY_PRINT || key == TAI_KEY_PARK);
}

/* The screen --------------------------------------------------------------------------------------------------------------- */

static void
forget (TaiRefundScreen *self)
{
  g_clear_pointer (&self->began, g_free);
  self->is_open = self->is_twice = self->is_calling = self->is_seen = FALSE;
  self->first = self->second = STEP_NONE;
}

static void
leave (TaiScreen *screen)
{
  TaiRefundScreen *self = TAI_REFUND_SCREEN (screen);

  forget (self);
  tai_attempt_panel_show (self->attempt, tai_screen_get_counter (screen), NULL, 0);
  tai_row_clear_list (self->parts);
  gtk_label_set_text (self->sum, "");
  tai_screen_set_title (screen, tai_screen_id_get_title (TAI_SCREEN_REFUND));
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiRefundScreen *self = TAI_REFUND_SCREEN (screen);

  forget (self);
  g_free (self->id);
  self->id = g_strdup (text != NULL ? text : "");
  gtk_widget_set_visible (self->go, FALSE);
  gtk_widget_set_visible (self->other, FALSE);
  gtk_widget_set_visible (self->parts_title, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->parts), FALSE);
  tai_screen_take_focus (screen);
  look (self);
}

static void
figures_changed (TaiScreen *screen)
{
  look (TAI_REFUND_SCREEN (screen));
}

static void
constructed (GObject *object)
{
  TaiRefundScreen *self = TAI_REFUND_SCREEN (object);

  G_OBJECT_CLASS (tai_refund_screen_parent_class)->constructed (object);
  gtk_box_append (self->foot, tai_attempt_panel_get_actions (self->attempt));
}

static void
tai_refund_screen_finalize (GObject *object)
{
  TaiRefundScreen *self = TAI_REFUND_SCREEN (object);

  g_free (self->id);
  g_free (self->began);
  G_OBJECT_CLASS (tai_refund_screen_parent_class)->finalize (object);
}

static void
tai_refund_screen_class_init (TaiRefundScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = constructed;
  G_OBJECT_CLASS (klass)->finalize = tai_refund_screen_finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->press = press;
  TAI_SCREEN_CLASS (klass)->takes = takes;
  TAI_SCREEN_CLASS (klass)->figures_changed = figures_changed;
  g_type_ensure (TAI_TYPE_ATTEMPT_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/refund.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiRefundScreen, sum);
  gtk_widget_class_bind_template_child (widget_class, TaiRefundScreen, attempt);
  gtk_widget_class_bind_template_child (widget_class, TaiRefundScreen, parts_title);
  gtk_widget_class_bind_template_child (widget_class, TaiRefundScreen, parts);
  gtk_widget_class_bind_template_child (widget_class, TaiRefundScreen, foot);
  gtk_widget_class_bind_template_child (widget_class, TaiRefundScreen, go);
  gtk_widget_class_bind_template_child (widget_class, TaiRefundScreen, other);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
  gtk_widget_class_bind_template_callback (widget_class, decide_cb);
}

static void
tai_refund_screen_init (TaiRefundScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
