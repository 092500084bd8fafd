/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order: what was sold, to whom, what became of it and why, and what comes next. What is owed to the customer stands first. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-order-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-line-question.h"
#include "tai-operation-words.h"
#include "tai-price-words.h"
#include "tai-reason-words.h"
#include "tai-row.h"
#include "tai-slip.h"
#include "tai-tender.h"
#include "tai-words.h"
#include "tai-wrap-layout.h"

#define SPACING 8

enum { PAPER, PRINT, NUMBER, TAKE_BACK, CORRECT, NOTICE, SLIP, LINE, N_VERBS };

struct _TaiOrderScreen {
  TaiScreen parent;
  GtkWidget *owed, *pay_out, *scroller;
  AdwBin *place;
  GtkWidget *verb[N_VERBS]; /* buttons in @place */
  GtkLabel *owed_words, *state, *reason, *todo;
  GtkListBox *lines, *history;
  GtkGrid *facts;
  char *id;            /* (owned) (nullable) */
  char *receipt;       /* (owned) (nullable) */
  char *msisdn;        /* (owned) (nullable) */
  gboolean is_refused; /* its message lies in quarantine */
  gboolean is_in_cash; /* what is owed */
  gboolean is_undo;    /* taking it back is an undo, no cancellation */
  gboolean is_awaited; /* headquarters was asked back and has not answered yet: nothing is owed so far */
};

G_DEFINE_FINAL_TYPE (TaiOrderScreen, tai_order_screen, TAI_TYPE_SCREEN)

static int
offset_of (TaiOrderScreen *self)
{
  return tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->utc_offset_min;
}

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* What was sold ------------------------------------------------------------------------------------------------------------ */

static TaiMoney
add (TaiMoney sum, TaiMoney part)
{
  /* each was checked against the limit of one amount when it was rated */
  return part.currency != 0 ? tai_money (sum.minor + part.minor, part.currency) : sum;
}

static char *
describe_prices (const TaiOrderItem *item)
{
  TaiMoney today = {0}, first = {0}, normal = {0};
  g_autofree char *today_text = NULL;
  g_autofree char *first_text = NULL;
  g_autofree char *normal_text = NULL;

  for (guint i = 0; i < item->prices->len; i++) {
    const TaiItemPrice *price = g_ptr_array_index (item->prices, i);
    today = add (today, price->today);
    first = add (first, price->first);
    normal = add (normal, price->normal);
  }
  if (first.minor == 0 && normal.minor == 0)
    return tai_words_money (today);
  today_text = tai_words_money (today);
  first_text = tai_words_money (first);
  normal_text = tai_words_money (normal);
  return g_strdup_printf (_ ("today %s · first bill %s · each month %s"), today_text, first_text,
                          normal_text);
}

static void
show_lines (TaiOrderScreen *self, const TaiOrder *order)
{
  GPtrArray *rows = g_ptr_array_new ();
  TaiDate day;
  gboolean has_day = order->business_day != NULL && tai_date_from_text (order->business_day, &day);

  for (guint i = 0; i < order->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    g_autofree char *prices = NULL;
    g_autofree char *title = NULL;
    g_autofree char *told = NULL;
    if (item->offering_id == NULL) /* the line itself: stands among the facts */
      continue;
    prices = describe_prices (item);
    title = item->quantity > 1 ? g_strdup_printf ("%s × %d", tai_words_item (item), item->quantity)
                               : g_strdup (tai_words_item (item));
    told = has_day ? tai_price_words_item (item, day) : NULL;
    g_ptr_array_add (rows, tai_row_new (title, told, prices, NULL));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->lines), rows->len > 0);
  tai_row_fill_list (self->lines, rows);
}

/* Facts -------------------------------------------------------------------------------------------------------------------- */

static void
clear_facts (TaiOrderScreen *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
}

static void
add_fact (TaiOrderScreen *self, int *row, const char *name, const char *value)
{
  GtkWidget *left, *right;

  if (value == NULL || *value == '\0')
    return;
  left = gtk_label_new (name);
  right = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_xalign (GTK_LABEL (right), 0);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_set_valign (left, GTK_ALIGN_START);
  gtk_widget_add_css_class (left, "dim-label");
  gtk_widget_add_css_class (right, "numeric");
  gtk_grid_attach (self->facts, left, (*row % 2) * 2, *row / 2, 1, 1);
  gtk_grid_attach (self->facts, right, (*row % 2) * 2 + 1, *row / 2, 1, 1);
  (*row)++;
}

static char *
describe_customer (const TaiOrder *order)
{
  if (order->customer_mask == NULL)
    return NULL;
  return g_strdup_printf ("%s %s", order->customer_mask,
                          order->document_mask != NULL ? order->document_mask : "");
}

static char *
describe_payments (GPtrArray *payments)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (payments, i);
    g_autofree char *amount = tai_words_money (payment->amount);
    if (payment->state == TAI_PAYMENT_SUCCEEDED)
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", tai_words_tender (payment->tender),
                              amount);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_message (TaiOrderScreen *self, const TaiOutboxRow *message)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (message == NULL)
    return NULL;
  g_string_append (text, tai_reason_words_message (message->state));
  if (message->attempts > 0)
    g_string_append_printf (
        text, g_dngettext (NULL, " · tried %d time", " · tried %d times", (gulong)message->attempts),
        message->attempts);
  if (message->state == TAI_MESSAGE_WAITING && message->next_try_us > 0) {
    g_autofree char *time = tai_words_time (message->next_try_us, offset_of (self));
    g_string_append_printf (text, _ (" · next at %s"), time);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_facts (TaiOrderScreen *self, const TaiOrderLook *look)
{
  const TaiOrder *order = look->order;
  g_autofree char *number = tai_words_number (self->msisdn);
  g_autofree char *sim = tai_words_number (tai_order_get (order, "ICCID"));
  g_autofree char *customer = describe_customer (order);
  g_autofree char *place = g_strdup_printf (_ ("%s at desk %s"), order->clerk, order->desk);
  g_autofree char *total = tai_words_money (order->today);
  g_autofree char *paid = describe_payments (look->payments);
  g_autofree char *upload = describe_message (self, look->message);
  int row = 0;

  clear_facts (self);
  add_fact (self, &row, _ ("Number"), number);
  add_fact (self, &row, _ ("Today"), total);
  add_fact (self, &row, _ ("SIM"), sim);
  add_fact (self, &row, _ ("Visit paid with"), paid);
  add_fact (self, &row, _ ("Customer"), customer);
  add_fact (self, &row, _ ("Receipt"), order->receipt_number);
  add_fact (self, &row, _ ("Clerk"), place);
  add_fact (self, &row, _ ("Upload"), upload);
}

/* What became of it ---------------------------------------------------------------------------------------------------------- */

static void
show_history (TaiOrderScreen *self, GPtrArray *events)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++) {
    const TaiOrderEvent *event = g_ptr_array_index (events, i);
    g_autofree char *time = tai_words_day_and_time (event->time_us, offset_of (self));
    g_autofree char *reason = event->reason != NULL ? tai_reason_words_hq (event->reason) : NULL;
    g_ptr_array_add (rows, tai_row_new (tai_words_order_state (event->state), reason, time, NULL));
  }
  tai_row_fill_list (self->history, rows);
}

/* Nothing is owed any more, and something went back. */
static gboolean
was_paid_out (const TaiOrderLook *look)
{
  if (look->order->refund_due.currency != 0)
    return FALSE;
  for (guint i = 0; i < look->payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (look->payments, i);
    for (guint k = 0; payment->original_id.text[0] != '\0' && k < payment->allocations->len; k++)
      if (g_str_equal (g_array_index (payment->allocations, TaiAllocation, k).order_id.text,
                       look->order->id.text))
        return TRUE;
  }
  return FALSE;
}

/* Headquarters was asked to take it back, and has not answered. */
static gboolean
is_asked_back (const TaiOrderLook *look)
{
  return look->answer == NULL && ((look->cancel != NULL && tai_order_can_be_cancelled (look->order)) ||
                                  (look->take_back != NULL && look->order->state == TAI_ORDER_COMPLETED));
}

/* What comes next, or came of it when it was asked back. (transfer full) */
static char *
describe_todo (const TaiOrderLook *look, const char *code)
{
  const char *colon = look->answer != NULL ? strchr (look->answer, ':') : NULL;
  g_autofree char *why = colon != NULL ? tai_reason_words_hq (colon + 1 + strspn (colon + 1, " ")) : NULL;

  if (why != NULL)
    return g_strdup_printf (_ ("Headquarters did not do what was asked. %s"), why);
  if (g_strcmp0 (look->answer, "corrected") == 0)
    return g_strdup (_ ("The amount was moved to the right number."));
  if (was_paid_out (look))
    return g_strdup (_ ("The money was given back."));
  if (look->cancel != NULL && tai_order_can_be_cancelled (look->order))
    return g_strdup (_ ("Its cancellation was asked for. Headquarters decides; the answer comes by itself."));
  if (look->take_back != NULL && look->order->state == TAI_ORDER_COMPLETED)
    return g_strdup (
        _ ("Its undo or correction was asked for. Headquarters decides; the answer comes by itself."));
  return g_strdup (code != NULL ? tai_reason_words_hq_todo (code)
                                : tai_reason_words_order_todo (look->order->state));
}

static void
show_state (TaiOrderScreen *self, const TaiOrderLook *look)
{
  const TaiOrder *order = look->order;
  const char *code = self->is_refused ? look->message->last_error : order->hq_reason;
  const char *rule =
      order->state == TAI_ORDER_PAID || order->state == TAI_ORDER_SENT ? tai_words_rule (order->rule) : NULL;
  g_autofree char *reason = code != NULL ? tai_reason_words_hq (code) : NULL;
  g_autofree char *state = g_strdup_printf ("%s%s%s", tai_words_order_state (order->state),
                                            rule != NULL ? " · " : "", rule != NULL ? rule : "");

  g_autofree char *todo = describe_todo (look, code);

  set_label (self->state, self->is_refused ? tai_reason_words_message (TAI_MESSAGE_QUARANTINED) : state);
  set_label (self->reason, reason);
  set_label (self->todo, todo);
  gtk_widget_set_css_classes (GTK_WIDGET (self->state),
                              (const char *[]){"title-4", code != NULL ? "problem-text" : NULL, NULL});
}

/* What is owed, what is on its way and nobody knows of, what went twice. */
static void
show_owed (TaiOrderScreen *self, const TaiRefundLook *back)
{
  const TaiPayment *attempt = back->attempt;
  gboolean is_open = attempt != NULL && tai_tender_is_open (attempt->state) && !attempt->released;
  gboolean is_twice = attempt != NULL && tai_payment_is_gone_twice (attempt);
  g_autofree char *sum =
      tai_words_money (is_twice ? tai_money_negate (attempt->amount) : back->order->refund_due);
  g_autofree char *words = g_strdup_printf (
      is_twice  ? _ ("%s went back twice: it has to be put right.")
      : is_open ? _ ("%s is owed to the customer. It is on its way back: give nothing back another way.")
                : _ ("%s is owed to the customer and not given back yet."),
      sum);

  self->is_in_cash = tai_refund_look_is_in_cash (back);
  gtk_widget_set_visible (self->owed, self->is_awaited || back->order->refund_due.currency != 0 || is_twice);
  gtk_label_set_text (self->owed_words, self->is_awaited
                                            ? _ ("Headquarters has not answered yet. Nothing is owed so far.")
                                            : words);
  tai_ui_label_button (GTK_BUTTON (self->pay_out),
                       is_open || is_twice ? _ ("See h_ow it stands") : _ ("Pay it _out"));
}

static gboolean
may (TaiOrderScreen *self, TaiRight right)
{
  return tai_staff_check_right (tai_counter_get_staff (tai_screen_get_counter (TAI_SCREEN (self))), right,
                                NULL);
}

/* Before it is in force it is a cancellation (撤单), of today's credit an undo (返销). */
static const struct {
  const char *button, *title, *body, *name, *yes;
} take_backs[] = {
    [FALSE] =
        {N_ ("Cancel _this order"), N_ ("Cancel this order?"),
         N_ ("Headquarters is asked to cancel it before it is in force. What was paid is owed to the customer then."),
         N_ ("Why it is cancelled"), N_ ("Cancel the order")},
    [TRUE] =
        {N_ ("Undo _this order"), N_ ("Undo this order?"),
         N_ ("It was credited today. Headquarters is asked to undo the credit. What was paid is owed to the customer then."),
         N_ ("Why it is undone"), N_ ("Undo the order")},
};

/* Who only looks is offered nothing else, and a masked number finds nothing. */
static void
show_verbs (TaiOrderScreen *self, const TaiOrderLook *look)
{
  gboolean acts = may (self, TAI_RIGHT_TILL), has_receipt = self->receipt != NULL;

  tai_ui_label_button (GTK_BUTTON (self->verb[TAKE_BACK]), _ (take_backs[self->is_undo].button));
  gtk_widget_set_visible (self->verb[TAKE_BACK],
                          acts && ((look->cancel == NULL && tai_order_can_be_cancelled (look->order)) ||
                                   (look->take_back == NULL && look->can_undo)));
  gtk_widget_set_visible (self->verb[CORRECT],
                          acts && look->take_back == NULL && tai_order_can_be_corrected (look->order));
  gtk_widget_set_visible (self->verb[SLIP], acts && look->order->refund_due.currency != 0);
  gtk_widget_set_visible (self->verb[PRINT], may (self, TAI_RIGHT_REPRINT));
  gtk_widget_set_visible (self->verb[NOTICE], may (self, TAI_RIGHT_REPRINT));
  gtk_widget_set_visible (self->verb[NUMBER], !may (self, TAI_RIGHT_AUDIT));
  gtk_widget_set_sensitive (self->verb[NOTICE], has_receipt);
  gtk_widget_set_sensitive (self->verb[PAPER], has_receipt);
  gtk_widget_set_sensitive (self->verb[PRINT], has_receipt);
  gtk_widget_set_sensitive (self->verb[NUMBER], self->msisdn != NULL);
  gtk_widget_set_sensitive (self->verb[LINE], look->message != NULL);
}

static void
looked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiOrderScreen *self = owner;
  const TaiOrderLook *look = args->result;
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;
  gboolean was_awaited = self->is_awaited, was_seen = gtk_widget_get_visible (self->scroller);

  if (g_strcmp0 (args->text, self->id) != 0)
    return;
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  g_free (self->receipt);
  self->receipt = g_strdup (look->order->receipt_number);
  g_free (self->msisdn);
  self->msisdn = g_strdup (tai_order_get (look->order, "MSISDN"));
  self->is_refused = look->message != NULL && look->message->state == TAI_MESSAGE_QUARANTINED;
  number = tai_words_number (self->msisdn);
  title = g_strdup_printf ("%s %s", tai_operation_words_get_title (look->order->operation->id), number);
  tai_screen_set_title (TAI_SCREEN (self), title);
  self->is_undo = look->order->state == TAI_ORDER_COMPLETED;
  self->is_awaited = is_asked_back (look);
  show_owed (self, look->back);
  show_state (self, look);
  show_lines (self, look->order);
  show_facts (self, look);
  show_history (self, look->events);
  show_verbs (self, look);
  gtk_widget_set_visible (self->scroller, TRUE);
  if (was_seen && self->is_awaited &&
      !was_awaited) /* what comes next is the money: its button tells that it is too early */
    gtk_widget_grab_focus (self->pay_out);
  if (was_awaited && !gtk_widget_get_visible (self->owed)) /* it had the focus */
    gtk_widget_grab_focus (self->verb[PAPER]);
}

static void
look (TaiOrderScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->id);
  tai_screen_call (TAI_SCREEN (self), tai_do_look_at_order, args, looked_cb);
}

/* Verbs ------------------------------------------------------------------------------------------------------------------------ */

static void
paper_cb (TaiOrderScreen *self)
{
  if (self->receipt != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_RECEIPT, self->receipt);
}

static void
number_cb (TaiOrderScreen *self)
{
  if (self->msisdn != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_ORDERS, self->msisdn);
}

static void
line_cb (TaiOrderScreen *self)
{
  tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_LINE, self->id);
}

/* Money back over the counter; the desk has opened the drawer for it. */
static void
paid_out_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiOrderScreen *self = owner;
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));
  g_autofree char *cash = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_sensitive (self->pay_out, TRUE);
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  cash = tai_words_money (args->amount);
  words = g_strdup_printf (_ ("Give the customer %s. The slip to sign is printed."), cash);
  look (self);
  gtk_widget_grab_focus (self->verb[PAPER]);
  tai_screen_show_hint (TAI_SCREEN (self), words);
  tai_station_print (station);
}

/* Out of the drawer at once; where there is something to choose or to wait for, a page shows it. */
static void
pay_out_cb (TaiOrderScreen *self)
{
  TaiCounterArgs *args;

  if (self->is_awaited) {
    tai_screen_show_hint (
        TAI_SCREEN (self),
        _ ("Headquarters has not answered yet. The answer comes by itself; nothing is owed so far."));
    return;
  }
  if (!self->is_in_cash) {
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_REFUND, self->id);
    return;
  }
  args = tai_counter_args_new ();
  args->text = g_strdup (self->id);
  gtk_widget_set_sensitive (self->pay_out, FALSE);
  tai_screen_call (TAI_SCREEN (self), tai_do_pay_refund, args, paid_out_cb);
}

/* Asking back: with a reason, and only after it was asked about. */
static void
taken_back_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiOrderScreen *self = owner;

  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  look (self);
  tai_station_try_line (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
}

static void
reason_given_cb (gpointer owner, const char *line)
{
  TaiOrderScreen *self = owner;
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->id);
  args->reason = g_strdup (line);
  tai_screen_call (TAI_SCREEN (self), tai_do_take_back, args, taken_back_cb);
}

static void
take_back_cb (TaiOrderScreen *self)
{
  TaiLineQuestion question = {_ (take_backs[self->is_undo].title),
                              _ (take_backs[self->is_undo].body),
                              _ (take_backs[self->is_undo].name),
                              _ ("Why, in a few words"),
                              _ (take_backs[self->is_undo].yes),
                              _ ("Leave it as it is"),
                              reason_given_cb};

  tai_line_question_ask (GTK_WIDGET (self), &question);
}

static void
printed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiScreen *screen = owner;
  g_autofree char *words = NULL;

  if (error != NULL) {
    tai_screen_show_error (screen, error);
    return;
  }
  words = tai_reason_words_copy ((int)args->number, FALSE);
  tai_screen_show_hint (screen, words);
  tai_station_print (tai_counter_get_station (tai_screen_get_counter (screen)));
}

static void
print_cb (TaiOrderScreen *self)
{
  TaiCounterArgs *args;

  if (self->receipt == NULL) {
    tai_screen_show_hint (TAI_SCREEN (self), _ ("This order was not paid, so there is no receipt."));
    return;
  }
  args = tai_counter_args_new ();
  args->text = g_strdup (self->receipt);
  tai_screen_call (TAI_SCREEN (self), tai_do_reprint, args, printed_cb);
}

static void
notice_cb (TaiOrderScreen *self)
{
  if (self->receipt != NULL)
    tai_slip_print_notice (TAI_SCREEN (self), self->receipt);
}

static void
correct_cb (TaiOrderScreen *self)
{
  tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_CORRECTION, self->id);
}

static void
slip_cb (TaiOrderScreen *self)
{
  tai_slip_print (TAI_SCREEN (self), TAI_PROMISE_MONEY, self->id);
}

static const struct {
  const char *label;
  void (*func) (TaiOrderScreen *self);
} verbs[N_VERBS] = {
    [PAPER] = {N_ ("See the _receipt"), paper_cb},
    [PRINT] = {N_ ("_Print a copy"), print_cb},
    [NUMBER] = {N_ ("Orders of this _number"), number_cb},
    [TAKE_BACK] = {N_ ("Cancel _this order"), take_back_cb}, /* or undo it: take_backs */
    [CORRECT] = {N_ ("_Wrong number"), correct_cb},
    [NOTICE] = {N_ ("Notice in _large print"), notice_cb},
    [SLIP] = {N_ ("_Slip for the customer"), slip_cb},
    [LINE] = {N_ ("_Upload status"), line_cb},
};

static gboolean
press (TaiScreen *screen, TaiKey key)
{
  if (key != TAI_KEY_PRINT)
    return FALSE;
  print_cb (TAI_ORDER_SCREEN (screen));
  return TRUE;
}

/* The screen -------------------------------------------------------------------------------------------------------------------- */

static void
leave (TaiScreen *screen)
{
  TaiOrderScreen *self = TAI_ORDER_SCREEN (screen);

  gtk_widget_set_visible (self->scroller, FALSE);
  clear_facts (self);
  tai_screen_set_title (screen, tai_screen_id_get_title (TAI_SCREEN_ORDER));
  g_clear_pointer (&self->receipt, g_free);
  g_clear_pointer (&self->msisdn, g_free);
  self->is_awaited = FALSE;
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiOrderScreen *self = TAI_ORDER_SCREEN (screen);

  g_free (self->id);
  self->id = g_strdup (text != NULL ? text : "");
  gtk_widget_grab_focus (self->verb[PAPER]);
  look (self);
}

static void
figures_changed (TaiScreen *screen)
{
  look (TAI_ORDER_SCREEN (screen));
}

static void
tai_order_screen_finalize (GObject *object)
{
  TaiOrderScreen *self = TAI_ORDER_SCREEN (object);

  g_free (self->id);
  g_free (self->receipt);
  g_free (self->msisdn);
  G_OBJECT_CLASS (tai_order_screen_parent_class)->finalize (object);
}

static void
tai_order_screen_class_init (TaiOrderScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_order_screen_finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->press = press;
  TAI_SCREEN_CLASS (klass)->figures_changed = figures_changed;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/order.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, owed);
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, owed_words);
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, scroller);
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, state);
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, reason);
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, todo);
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, lines);
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, facts);
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, history);
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, pay_out);
  gtk_widget_class_bind_template_child (widget_class, TaiOrderScreen, place);
  gtk_widget_class_bind_template_callback (widget_class, pay_out_cb);
}

static void
tai_order_screen_init (TaiOrderScreen *self)
{
  GtkWidget *wrap = tai_wrap_new (SPACING, _ ("What can be done"));

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_VERBS; i++) {
    self->verb[i] = gtk_button_new ();
    tai_ui_label_button (GTK_BUTTON (self->verb[i]), _ (verbs[i].label));
    gtk_widget_add_css_class (self->verb[i], "large-button");
    g_signal_connect_swapped (self->verb[i], "clicked", G_CALLBACK (verbs[i].func), self);
    gtk_widget_set_parent (self->verb[i], wrap);
  }
  adw_bin_set_child (self->place, wrap);
}
