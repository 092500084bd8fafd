/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cash. The visit is placed at the first digit of the money, so that the orders are durable before any changes hands; Enter with
 * nothing typed means that the sum is exact. The button is dead while the call is out: nobody pays twice.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-cash-screen.h"

#include <glib/gi18n.h>

#include "tai-amount-entry.h"
#include "tai-cash.h"
#include "tai-core-error.h"
#include "tai-do.h"
#include "tai-words.h"

struct _TaiCashScreen {
  TaiScreen parent;
  GtkLabel *due, *capitals, *change;
  AdwBin *place;
  TaiAmountEntry *received; /* (nullable) until the till's currency is known */
  GtkButton *pay;
  GtkWidget *received_label;
  TaiMoney total;
  gboolean is_placing;
  gint64 asked_about_minor; /* the clerk was asked whether that was received; 0: not */
};

G_DEFINE_FINAL_TYPE (TaiCashScreen, tai_cash_screen, TAI_TYPE_SCREEN)

static const TaiVisitView *
visit_of (TaiCashScreen *self)
{
  return tai_counter_get_visit (tai_screen_get_counter (TAI_SCREEN (self)));
}

/* Nothing typed is the exact sum. */
static TaiMoney
read_received (TaiCashScreen *self)
{
  TaiMoney received;

  return tai_amount_entry_get_amount (self->received, &received) ? received : self->total;
}

static void
placed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCashScreen *self = owner;

  self->is_placing = FALSE;
  if (tai_screen_is_shown (TAI_SCREEN (self)))
    tai_screen_show_error (TAI_SCREEN (self), error);
}

/* The first digit of the money places the visit: until then another business may be added, from then on all is durable. */
static void
place (TaiCashScreen *self)
{
  const TaiVisitView *visit = visit_of (self);

  if (self->is_placing || visit == NULL || visit->state != TAI_VISIT_OPEN)
    return;
  self->is_placing = TRUE;
  tai_screen_call (TAI_SCREEN (self), tai_do_place, NULL, placed_cb);
}

static void
changed_cb (TaiCashScreen *self)
{
  TaiMoney received = read_received (self), back;
  g_autofree char *sum = NULL;
  g_autofree char *words = NULL;

  if (!tai_money_subtract (received, self->total, &back, NULL))
    return;
  if (tai_amount_entry_get_amount (self->received, &received))
    place (self);
  sum = tai_words_money (back.minor < 0 ? tai_money_negate (back) : back);
  if (back.minor < 0)
    words = g_strdup_printf (_ ("%s is missing"), sum);
  else
    words = g_strdup_printf (_ ("Change %s"), sum);
  gtk_label_set_text (self->change, words);
  if (back.minor < 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->change), "short");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->change), "short");
}

/* Selling ------------------------------------------------------------------------------------------------------------------ */

static void
paid_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCashScreen *self = owner;
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));

  gtk_widget_set_sensitive (GTK_WIDGET (self->pay), TRUE);
  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error != NULL) {
    gtk_widget_grab_focus (GTK_WIDGET (self->received));
    return;
  }
  tai_station_print (station);
  tai_station_try_line (station);
  tai_screen_next (TAI_SCREEN (self));
}

/* Nobody hands over so much too much: a zero more than was meant. Asked once for each sum. */
static gboolean
is_doubtful (TaiCashScreen *self, TaiMoney received)
{
  return tai_cash_is_doubtful (received, self->total) && received.minor != self->asked_about_minor;
}

static void
ask_again (TaiCashScreen *self, TaiMoney received)
{
  g_autofree char *back = tai_words_money (tai_money (received.minor - self->total.minor, received.currency));
  g_autofree char *sum = tai_words_money (received);
  g_autofree char *words = g_strdup_printf (
      _ ("%s received, %s change: is that right? Enter again books it; type to correct it."), sum, back);

  self->asked_about_minor = received.minor;
  tai_screen_show_problem (TAI_SCREEN (self), words);
  gtk_widget_grab_focus (GTK_WIDGET (self->received));
}

static void
pay_cb (TaiCashScreen *self)
{
  TaiMoney received = read_received (self);
  TaiCounterArgs *args;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->pay)) || visit_of (self) == NULL)
    return;
  if (received.minor < self->total.minor) {
    g_autofree char *missing =
        tai_words_money (tai_money (self->total.minor - received.minor, self->total.currency));
    g_autofree char *words =
        g_strdup_printf (_ ("%s is missing. Nothing was booked; ask for the rest."), missing);
    tai_screen_show_problem (TAI_SCREEN (self), words);
    gtk_widget_grab_focus (GTK_WIDGET (self->received));
    return;
  }
  if (is_doubtful (self, received)) {
    ask_again (self, received);
    return;
  }
  args = tai_counter_args_new ();
  args->amount = received;
  gtk_widget_set_sensitive (GTK_WIDGET (self->pay), FALSE);
  tai_screen_call (TAI_SCREEN (self), tai_do_pay_cash, args, paid_cb);
}

/* Showing ------------------------------------------------------------------------------------------------------------------ */

/* What people hand over: the next full tens, fifties and hundreds above the sum. */
static void
show_quick (TaiCashScreen *self)
{
  static const gint64 notes[] = {1000, 5000, 10000, 20000};
  TaiMoney quick[G_N_ELEMENTS (notes)];
  gint64 last = self->total.minor;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (notes) && self->total.minor > 0; i++) {
    gint64 up = (self->total.minor + notes[i] - 1) / notes[i] * notes[i];
    if (up > last)
      quick[n++] = tai_money (up, self->total.currency);
    last = MAX (last, up);
  }
  tai_amount_entry_set_quick_amounts (self->received, quick, n);
}

static void
update (TaiScreen *screen)
{
  TaiCashScreen *self = TAI_CASH_SCREEN (screen);
  const TaiVisitView *visit = visit_of (self);
  g_autofree char *due = NULL;
  g_autofree char *capitals = NULL;
  gboolean is_due;

  if (visit == NULL)
    return;
  if (self->total.minor != visit->total.minor || gtk_label_get_text (self->due)[0] == '\0') {
    self->total = visit->total;
    show_quick (self);
  }
  is_due = self->total.minor != 0;
  due = tai_words_money (self->total);
  capitals = self->total.currency == TAI_CNY && is_due ? tai_money_to_capitals (self->total) : g_strdup ("");
  gtk_label_set_text (self->due, due);
  gtk_label_set_text (self->capitals, capitals);
  gtk_button_set_label (self->pay, is_due ? _ ("Money received") : _ ("Confirm: nothing to pay"));
  gtk_widget_set_visible (GTK_WIDGET (self->received), is_due);
  gtk_widget_set_visible (self->received_label, is_due);
  gtk_widget_set_visible (GTK_WIDGET (self->change), is_due);
  changed_cb (self);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiCashScreen *self = TAI_CASH_SCREEN (screen);
  TaiMoney none = tai_money (0, tai_counter_get_terminal (tai_screen_get_counter (screen))->currency);

  self->total = none;
  self->asked_about_minor = 0;
  gtk_label_set_text (self->due, "");
  tai_amount_entry_clear (self->received);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pay), TRUE);
  if (visit_of (self) != NULL && visit_of (self)->state == TAI_VISIT_PLACED)
    tai_screen_call (screen, tai_do_place, NULL, placed_cb);
  update (screen);
  gtk_widget_grab_focus (self->total.minor != 0 ? GTK_WIDGET (self->received) : GTK_WIDGET (self->pay));
}

static gboolean
press (TaiScreen *screen, TaiKey key)
{
  if (key != TAI_KEY_PAY)
    return FALSE;
  pay_cb (TAI_CASH_SCREEN (screen));
  return TRUE;
}

static void
constructed (GObject *object)
{
  TaiCashScreen *self = TAI_CASH_SCREEN (object);
  guint16 currency = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (object)))->currency;

  G_OBJECT_CLASS (tai_cash_screen_parent_class)->constructed (object);
  self->received = TAI_AMOUNT_ENTRY (tai_amount_entry_new (_ ("Cash received"), currency));
  adw_bin_set_child (self->place, GTK_WIDGET (self->received));
  g_signal_connect_swapped (self->received, "activate", G_CALLBACK (pay_cb), self);
  g_signal_connect_swapped (self->received, "changed", G_CALLBACK (changed_cb), self);
}

static void
tai_cash_screen_class_init (TaiCashScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = constructed;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->update = update;
  TAI_SCREEN_CLASS (klass)->press = press;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/cash.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiCashScreen, due);
  gtk_widget_class_bind_template_child (widget_class, TaiCashScreen, capitals);
  gtk_widget_class_bind_template_child (widget_class, TaiCashScreen, change);
  gtk_widget_class_bind_template_child (widget_class, TaiCashScreen, place);
  gtk_widget_class_bind_template_child (widget_class, TaiCashScreen, received_label);
  gtk_widget_class_bind_template_child (widget_class, TaiCashScreen, pay);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pay_cb);
}

static void
tai_cash_screen_init (TaiCashScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
