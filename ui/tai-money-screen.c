/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The money: any mix of tenders until nothing is left. The visit is placed at the first digit, so that the orders are durable
 * before any money changes hands. While a payment is under way its state stands here instead of the form, and nothing else is
 * taken; the button is dead while a call is out: nobody pays twice. A payment code goes from the scanner to the desk and
 * nowhere else.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-money-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-attempt-panel.h"
#include "tai-cash.h"
#include "tai-core-error.h"
#include "tai-do.h"
#include "tai-pay-code.h"
#include "tai-payment-words.h"
#include "tai-row.h"
#include "tai-slip.h"
#include "tai-tender-form.h"
#include "tai-tender.h"
#include "tai-words.h"

#define TICK_MS 1000

struct _TaiMoneyScreen {
  TaiScreen parent;
  GtkLabel *change;
  GtkWidget *taken_title;
  GtkListBox *taken;
  GtkBox *foot;
  TaiAttemptPanel *attempt;
  AdwBin *place;
  TaiTenderForm *form; /* in @place, from when the till's currency is known */
  GtkButton *pay;
  TaiMoney left;
  char *open;  /* (owned) (nullable) id of the payment that is under way, as last shown */
  guint timer; /* 0: none */
  gboolean is_placing, is_paying;
  gint64 asked_about_minor; /* the clerk was asked whether that was received; 0: not */
};

G_DEFINE_FINAL_TYPE (TaiMoneyScreen, tai_money_screen, TAI_TYPE_SCREEN)

static TaiCounter *
counter_of (TaiMoneyScreen *self)
{
  return tai_screen_get_counter (TAI_SCREEN (self));
}

static const TaiVisitView *
visit_of (TaiMoneyScreen *self)
{
  return tai_counter_get_visit (counter_of (self));
}

static const TaiPayment *
open_of (TaiMoneyScreen *self)
{
  const TaiVisitView *visit = visit_of (self);

  return visit != NULL ? tai_visit_view_get_open_payment (visit) : NULL;
}

static gboolean
is_cash (TaiMoneyScreen *self)
{
  return tai_tender_form_get_tender (self->form) == TAI_TENDER_CASH;
}

/* Nothing typed is exactly what is left. */
static TaiMoney
read_amount (TaiMoneyScreen *self)
{
  TaiMoney amount;

  return tai_tender_form_get_amount (self->form, &amount) ? amount : self->left;
}

static void
grab_focus (TaiMoneyScreen *self)
{
  if (open_of (self) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->attempt));
  else
    gtk_widget_grab_focus (self->left.minor != 0 ? GTK_WIDGET (self->form) : GTK_WIDGET (self->pay));
}

/* Placing ------------------------------------------------------------------------------------------------------------------ */

static void
placed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiMoneyScreen *self = owner;

  self->is_placing = FALSE;
  if (tai_screen_is_shown (TAI_SCREEN (self)))
    tai_screen_show_error (TAI_SCREEN (self), error);
}

/* Until the first digit another business may be added, from then on all is durable. */
static void
place (TaiMoneyScreen *self)
{
  const TaiVisitView *visit = visit_of (self);

  if (self->is_placing || visit == NULL || visit->state != TAI_VISIT_OPEN)
    return;
  self->is_placing = TRUE;
  tai_screen_call (TAI_SCREEN (self), tai_do_place, NULL, placed_cb);
}

static void
show_change (TaiMoneyScreen *self)
{
  gboolean is_shown = is_cash (self) && open_of (self) == NULL && self->left.minor > 0;
  TaiMoney back = tai_money (0, self->left.currency);
  g_autofree char *sum = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->change), is_shown);
  if (!is_shown || !tai_money_subtract (read_amount (self), self->left, &back, NULL))
    return;
  sum = tai_words_money (back.minor < 0 ? tai_money_negate (back) : back);
  words =
      back.minor < 0 ? g_strdup_printf (_ ("%s is missing"), sum) : g_strdup_printf (_ ("Change %s"), sum);
  gtk_label_set_text (self->change, words);
  if (back.minor < 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->change), "short");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->change), "short");
}

static void
changed_cb (TaiMoneyScreen *self)
{
  TaiMoney amount;

  if (tai_tender_form_get_amount (self->form, &amount))
    place (self);
  show_change (self);
  gtk_button_set_label (self->pay, tai_tender_form_get_button (self->form));
}

/* Taking ------------------------------------------------------------------------------------------------------------------- */

static void
paid_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiMoneyScreen *self = owner;

  self->is_paying = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->pay), TRUE);
  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error == NULL && open_of (self) == NULL)
    tai_tender_form_clear (self->form);
  grab_focus (self);
}

static void
call (TaiMoneyScreen *self, TaiCounterFunc func, TaiCounterArgs *args)
{
  self->is_paying = TRUE;
  self->asked_about_minor = 0;
  gtk_widget_set_sensitive (GTK_WIDGET (self->pay), FALSE);
  tai_screen_call (TAI_SCREEN (self), func, args, paid_cb);
}

static void
say (TaiMoneyScreen *self, const char *words)
{
  tai_screen_show_problem (TAI_SCREEN (self), words);
  grab_focus (self);
}

/* Nothing typed is the whole sum in one key. Of a rest it is not: the Enter that took the part may have been pressed twice. */
static gboolean
is_mere_enter (TaiMoneyScreen *self)
{
  TaiMoney amount;

  return visit_of (self)->due.minor != visit_of (self)->total.minor &&
         !tai_tender_form_get_amount (self->form, &amount);
}

static char *
ask_about (TaiMoneyScreen *self, TaiMoney received)
{
  gint64 back = received.minor - self->left.minor;
  g_autofree char *sum = tai_words_money (received);
  g_autofree char *other = tai_words_money (tai_money (ABS (back), received.currency));

  if (is_mere_enter (self))
    return g_strdup_printf (
        _ ("%s is left. Enter again takes it in cash; Ctrl and a digit choose another way."), sum);
  return back < 0
             ? g_strdup_printf (
                   _ ("%s is missing. Nothing was booked: ask for the rest. Enter again takes %s as "
                      "a part, the rest is paid in another way."),
                   other, sum)
             : g_strdup_printf (
                   _ ("%s received, %s change: is that right? Enter again books it; type to correct it."),
                   sum, other);
}

/* Less than is left is a part; much more is a zero too many. Each is asked about once for each sum. TRUE: go on. */
static gboolean
is_meant (TaiMoneyScreen *self, TaiMoney received)
{
  gboolean is_plain = received.minor >= self->left.minor && !tai_cash_is_doubtful (received, self->left);
  g_autofree char *words = NULL;

  if (received.minor == self->asked_about_minor || (is_plain && !is_mere_enter (self)))
    return TRUE;
  words = ask_about (self, received);
  self->asked_about_minor = received.minor;
  say (self, words);
  return FALSE;
}

/* FALSE: it was said what is wrong. */
static gboolean
check_form (TaiMoneyScreen *self)
{
  TaiTenderAsks asks = tai_tender_get_asks (tai_tender_form_get_tender (self->form));
  TaiMoney amount = read_amount (self);

  if ((asks & TAI_TENDER_ASKS_NUMBER) && tai_tender_form_get_number (self->form) == NULL) {
    say (self, _ ("The number is missing. Nothing was taken. Type the number that stands on it."));
    return FALSE;
  }
  if (amount.minor == 0 && self->left.minor != 0) {
    say (self, _ ("The amount is nothing. Nothing was taken. Type how much of it is paid so."));
    return FALSE;
  }
  if (asks & TAI_TENDER_ASKS_RECEIVED)
    return is_meant (self, amount);
  if (amount.minor > self->left.minor) {
    g_autofree char *sum = tai_words_money (self->left);
    g_autofree char *words = g_strdup_printf (
        _ ("That is more than is left. Nothing was taken. Type %s or less; change is given for cash only."),
        sum);
    say (self, words);
    return FALSE;
  }
  return TRUE;
}

static TaiCounterArgs *
make_args (TaiMoneyScreen *self, TaiTender tender)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (tai_tender_to_text (tender));
  if (!tai_tender_form_get_amount (self->form, &args->amount))
    args->amount = tai_money (0, 0);
  return args;
}

static void
pay_cb (TaiMoneyScreen *self)
{
  TaiCounterArgs *args;

  if (self->is_paying || visit_of (self) == NULL || open_of (self) != NULL)
    return;
  if (self->left.minor == 0) {
    call (self, tai_do_settle, NULL);
    return;
  }
  if (!check_form (self))
    return;
  args = make_args (self, tai_tender_form_get_tender (self->form));
  args->more = g_strdup (tai_tender_form_get_kind (self->form));
  args->slip = g_strdup (tai_tender_form_get_number (self->form));
  call (self, tai_do_pay, args);
}

/* The customer showed his code. */
static void
charge (TaiMoneyScreen *self, const char *code)
{
  TaiMoney amount;
  TaiCounterArgs *args;

  if (self->is_paying || self->left.minor == 0)
    return;
  if (open_of (self) != NULL)
    tai_screen_show_hint (
        TAI_SCREEN (self),
        _ ("A payment is under way. Nothing was charged; wait for it, or cancel it first."));
  else if (!(visit_of (self)->tenders & (1u << TAI_TENDER_QR)))
    tai_screen_show_hint (TAI_SCREEN (self),
                          _ ("This terminal cannot charge payment codes. Nothing was charged."));
  else if (tai_tender_form_get_tender (self->form) != TAI_TENDER_QR &&
           tai_tender_form_get_amount (self->form, &amount))
    say (self,
         _ ("Another way of payment is begun. Nothing was charged. Finish it with Enter or clear the amount, "
            "then scan the code again."));
  else {
    args = make_args (self, TAI_TENDER_QR);
    args->secret = g_strdup (code);
    call (self, tai_do_pay, args);
  }
}

static gboolean
scanned (TaiScreen *screen, const char *text)
{
  TaiMoneyScreen *self = TAI_MONEY_SCREEN (screen);
  TaiTenderAsks asks = tai_tender_get_asks (tai_tender_form_get_tender (self->form));

  if (visit_of (self) == NULL)
    return FALSE;
  if (tai_pay_code_classify (text) != NULL) {
    charge (self, text);
    return TRUE;
  }
  if (open_of (self) != NULL || !(asks & TAI_TENDER_ASKS_NUMBER))
    return FALSE;
  tai_tender_form_set_number (self->form, text);
  return TRUE;
}

/* About a payment ----------------------------------------------------------------------------------------------------------- */

static void
told_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiMoneyScreen *self = owner;

  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  tai_screen_show_error (TAI_SCREEN (self), error);
  grab_focus (self);
}

static void
tell_payment (TaiMoneyScreen *self, TaiCounterFunc func, const char *id, gint64 number)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (id);
  args->number = number;
  tai_screen_call (TAI_SCREEN (self), func, args, told_cb);
}

static void
decide_cb (TaiMoneyScreen *self, int decision)
{
  const TaiPayment *open = open_of (self);

  if (open != NULL)
    tell_payment (self, tai_do_decide_payment, open->id.text, decision);
}

static void
give_back_answer_cb (AdwMessageDialog *dialog, const char *answer, TaiMoneyScreen *self)
{
  if (strcmp (answer, "keep") != 0)
    tell_payment (self, tai_do_cancel_payment, answer, 0);
}

/* Money that was taken goes back only after it was asked about, by name and amount. */
static void
taken_cb (TaiMoneyScreen *self, GtkListBoxRow *row)
{
  const char *id = tai_row_get_key (TAI_ROW (row));
  const TaiVisitView *visit = visit_of (self);
  const TaiPayment *payment = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *means = NULL;
  g_autofree char *title = NULL;
  GtkWidget *dialog;

  for (guint i = 0; visit != NULL && i < visit->payments->len; i++)
    if (g_strcmp0 (((const TaiPayment *)g_ptr_array_index (visit->payments, i))->id.text, id) == 0)
      payment = g_ptr_array_index (visit->payments, i);
  if (payment == NULL || payment->state != TAI_PAYMENT_SUCCEEDED || open_of (self) != NULL)
    return;
  amount = tai_words_money (payment->amount);
  means = tai_payment_words_means (payment);
  title = g_strdup_printf (_ ("Give back %s (%s)?"), amount, means);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), title,
                                   _ ("It is not paid then, and has to be paid in another way."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("Keep the payment"), id,
                                    _ ("Give it back"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), id, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (give_back_answer_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Showing ------------------------------------------------------------------------------------------------------------------ */

/* What has come so far, and what is on its way back by itself. */
static void
show_taken (TaiMoneyScreen *self, const TaiVisitView *visit)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < visit->payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (visit->payments, i);
    TaiPaymentLook look = tai_payment_words_look (payment);
    g_autofree char *means = tai_payment_words_means (payment);
    g_autofree char *amount = tai_words_money (payment->amount);
    GtkWidget *row;

    if (payment->state != TAI_PAYMENT_SUCCEEDED &&
        !(payment->released && tai_tender_is_open (payment->state)))
      continue;
    row = tai_row_new (means, payment->released ? look.todo : NULL, amount, payment->id.text);
    tai_row_set_mark (TAI_ROW (row), look.icon, look.word);
    g_ptr_array_add (list, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->taken), list->len > 0);
  gtk_widget_set_visible (self->taken_title, list->len > 0);
  tai_row_fill_list (self->taken, list);
}

static void stop_ticking (TaiMoneyScreen *self);

static void
tick_cb (gpointer data)
{
  TaiMoneyScreen *self = data;

  self->timer = 0;
  tai_screen_update (TAI_SCREEN (self));
}

static void
show_attempt (TaiMoneyScreen *self, const TaiVisitView *visit)
{
  TaiClock *clock = tai_counter_get_clock (counter_of (self));
  const TaiPayment *open = tai_visit_view_get_open_payment (visit);
  gboolean is_other = g_strcmp0 (self->open, open != NULL ? open->id.text : NULL) != 0;

  tai_attempt_panel_show (self->attempt, counter_of (self), tai_visit_view_get_attempt (visit),
                          tai_clock_now (clock));
  stop_ticking (self);
  if (open != NULL && tai_screen_is_shown (TAI_SCREEN (self)))
    self->timer = tai_clock_after (clock, TICK_MS, tick_cb, self);
  gtk_widget_set_visible (GTK_WIDGET (self->place), open == NULL && self->left.minor > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->pay), open == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->change), open == NULL);
  if (!is_other)
    return;
  g_free (self->open);
  self->open = open != NULL ? g_strdup (open->id.text) : NULL;
  /* it was about the payment that is over, or about what was typed before this one */
  tai_screen_clear_notice (TAI_SCREEN (self));
  if (open == NULL)
    tai_tender_form_clear (self->form);
  if (tai_screen_is_shown (TAI_SCREEN (self)))
    grab_focus (self);
}

static void
update (TaiScreen *screen)
{
  TaiMoneyScreen *self = TAI_MONEY_SCREEN (screen);
  const TaiVisitView *visit = visit_of (self);

  if (visit == NULL)
    return;
  if (visit->state == TAI_VISIT_CLOSED) {
    if (tai_screen_is_shown (screen))
      tai_screen_next (screen);
    return;
  }
  self->left = visit->due;
  tai_tender_form_set_due (self->form, visit->due, visit->tenders, visit->due.minor != visit->total.minor);
  show_taken (self, visit);
  show_attempt (self, visit);
  show_change (self);
  gtk_button_set_label (self->pay, self->left.minor > 0     ? tai_tender_form_get_button (self->form)
                                   : visit->total.minor > 0 ? _ ("All is paid: finish it")
                                                            : _ ("Confirm: nothing to pay"));
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiMoneyScreen *self = TAI_MONEY_SCREEN (screen);

  self->asked_about_minor = 0;
  self->is_paying = FALSE;
  g_clear_pointer (&self->open, g_free);
  tai_tender_form_clear (self->form);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pay), TRUE);
  if (visit_of (self) != NULL && visit_of (self)->state == TAI_VISIT_PLACED)
    tai_screen_call (screen, tai_do_place, NULL, placed_cb);
  update (screen);
  if (tai_screen_is_shown (screen))
    grab_focus (self);
}

static void
leave (TaiScreen *screen)
{
  TaiMoneyScreen *self = TAI_MONEY_SCREEN (screen);

  stop_ticking (self);
  tai_attempt_panel_show (self->attempt, counter_of (self), NULL, 0);
  tai_tender_form_clear (self->form);
}

/* Keys --------------------------------------------------------------------------------------------------------------------- */

/* While a payment is under way the keys are about it: the same that are about the visit else. */
static gboolean
press (TaiScreen *screen, TaiKey key)
{
  TaiMoneyScreen *self = TAI_MONEY_SCREEN (screen);
  const TaiPayment *open = open_of (self);

  if (key == TAI_KEY_PAY && open == NULL)
    pay_cb (self);
  else if (key == TAI_KEY_PAY)
    tell_payment (self, tai_do_query_payment, open->id.text, 0);
  else if (key == TAI_KEY_ABANDON && open != NULL)
    tell_payment (self, tai_do_cancel_payment, open->id.text, 0);
  else if (key == TAI_KEY_PRINT && open != NULL)
    tai_slip_print (screen, TAI_PROMISE_PAYMENT, visit_of (self)->id.text);
  else
    return FALSE;
  return TRUE;
}

static gboolean
takes (TaiScreen *screen, TaiKey key)
{
  return key == TAI_KEY_PAY ||
         ((key == TAI_KEY_PRINT || key == TAI_KEY_ABANDON) && open_of (TAI_MONEY_SCREEN (screen)) != NULL);
}

static void
tender_cb (GtkWidget *widget, const char *name, GVariant *digit)
{
  TaiMoneyScreen *self = TAI_MONEY_SCREEN (widget);
  TaiTender tender = tai_tender_form_find ((guint)g_variant_get_int32 (digit));

  if (open_of (self) != NULL || self->left.minor == 0)
    return;
  if (tai_tender_form_choose (self->form, tender))
    gtk_widget_grab_focus (GTK_WIDGET (self->form));
  else
    tai_screen_show_hint (TAI_SCREEN (self),
                          _ ("This terminal has nothing to take that way of payment with."));
}

/* The screen --------------------------------------------------------------------------------------------------------------- */

static void
stop_ticking (TaiMoneyScreen *self)
{
  if (self->timer != 0)
    tai_clock_cancel (tai_counter_get_clock (counter_of (self)), self->timer);
  self->timer = 0;
}

static void
constructed (GObject *object)
{
  TaiMoneyScreen *self = TAI_MONEY_SCREEN (object);
  guint16 currency = tai_counter_get_terminal (counter_of (self))->currency;

  G_OBJECT_CLASS (tai_money_screen_parent_class)->constructed (object);
  self->form = TAI_TENDER_FORM (tai_tender_form_new (currency));
  adw_bin_set_child (self->place, GTK_WIDGET (self->form));
  gtk_box_append (self->foot, tai_attempt_panel_get_actions (self->attempt));
  g_signal_connect_swapped (self->form, "activate", G_CALLBACK (pay_cb), self);
  g_signal_connect_swapped (self->form, "changed", G_CALLBACK (changed_cb), self);
}

static void
dispose (GObject *object)
{
  TaiMoneyScreen *self = TAI_MONEY_SCREEN (object);

  if (counter_of (self) != NULL)
    stop_ticking (self);
  g_clear_pointer (&self->open, g_free);
  G_OBJECT_CLASS (tai_money_screen_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (TAI_TYPE_ATTEMPT_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/money.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiMoneyScreen, taken_title);
  gtk_widget_class_bind_template_child (widget_class, TaiMoneyScreen, taken);
  gtk_widget_class_bind_template_child (widget_class, TaiMoneyScreen, attempt);
  gtk_widget_class_bind_template_child (widget_class, TaiMoneyScreen, change);
  gtk_widget_class_bind_template_child (widget_class, TaiMoneyScreen, foot);
  gtk_widget_class_bind_template_child (widget_class, TaiMoneyScreen, place);
  gtk_widget_class_bind_template_child (widget_class, TaiMoneyScreen, pay);
  gtk_widget_class_bind_template_callback (widget_class, pay_cb);
  gtk_widget_class_bind_template_callback (widget_class, taken_cb);
  gtk_widget_class_bind_template_callback (widget_class, decide_cb);
}

static void
tai_money_screen_class_init (TaiMoneyScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = constructed;
  G_OBJECT_CLASS (klass)->dispose = dispose;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->update = update;
  TAI_SCREEN_CLASS (klass)->scanned = scanned;
  TAI_SCREEN_CLASS (klass)->press = press;
  TAI_SCREEN_CLASS (klass)->takes = takes;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "money.tender", "i", tender_cb);
  for (int digit = 1; digit <= TAI_N_TENDERS; digit++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + (guint)digit, GDK_CONTROL_MASK,
                                         "money.tender", "i", digit);
}

static void
tai_money_screen_init (TaiMoneyScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
