/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The number that a business is done for, and the amount where one is asked. The eleventh digit goes on by itself: a clerk who
 * types what a customer dictates needs no Enter.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-target-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-amount-entry.h"
#include "tai-do.h"
#include "tai-line-card.h"
#include "tai-words.h"

#define DIGITS 11

struct _TaiTargetScreen {
  TaiScreen parent;
  GtkEditable *number;
  GtkWidget *amount_box, *go;
  AdwBin *place;
  TaiAmountEntry *amount; /* (nullable) until the till's currency is known */
  TaiLineCard *line;
  char target[DIGITS + 1]; /* what the order has */
  TaiMoney asked_about;    /* the clerk was asked whether the same is taken again; currency 0: not */
};

G_DEFINE_FINAL_TYPE (TaiTargetScreen, tai_target_screen, TAI_TYPE_SCREEN)

static gboolean
asks (TaiTargetScreen *self, TaiNeeds need)
{
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));

  return order != NULL && (order->operation->needs & need);
}

/* Digits only, as a person types or pastes them: "138 0013-8000". */
static char *
read_number (TaiTargetScreen *self)
{
  g_autofree char *text =
      g_utf8_normalize (gtk_editable_get_text (self->number), -1, G_NORMALIZE_ALL_COMPOSE);
  GString *digits = g_string_new (NULL);

  for (const char *c = text; c != NULL && *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  return g_string_free (digits, FALSE);
}

static void
target_set_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiTargetScreen *self = owner;

  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error != NULL) {
    gtk_widget_grab_focus (GTK_WIDGET (self->number));
    return;
  }
  g_strlcpy (self->target, args->text, sizeof self->target);
  self->asked_about = tai_money (0, 0);
  tai_line_card_look_up (self->line, tai_screen_get_counter (TAI_SCREEN (self)), self->target);
  gtk_widget_grab_focus (asks (self, TAI_NEEDS_AMOUNT) ? GTK_WIDGET (self->amount) : self->go);
}

static void
set_target (TaiTargetScreen *self, const char *number)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  self->target[0] = '\0';
  args->text = g_strdup (number);
  tai_screen_call (TAI_SCREEN (self), tai_do_set_target, args, target_set_cb);
}

static void
number_changed_cb (TaiTargetScreen *self)
{
  g_autofree char *number = read_number (self);

  if (strlen (number) == DIGITS && strcmp (number, self->target) != 0)
    set_target (self, number);
}

static void
number_activate_cb (TaiTargetScreen *self)
{
  g_autofree char *number = read_number (self);

  if (strcmp (number, self->target) != 0 || *number == '\0')
    set_target (self, number);
  else
    gtk_widget_grab_focus (asks (self, TAI_NEEDS_AMOUNT) ? GTK_WIDGET (self->amount) : self->go);
}

/* The same was just taken: by whom, and once more only when the clerk says so. */
static void
ask_again (TaiTargetScreen *self, const TaiRepeat *repeat)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  g_autofree char *number = tai_words_number (repeat->msisdn);
  g_autofree char *sum = tai_words_money (repeat->amount);
  g_autofree char *time =
      tai_words_time (repeat->time_us, tai_counter_get_terminal (counter)->utc_offset_min);
  g_autofree char *words = g_strdup_printf (
      _ ("%s for %s was taken at %s by %s already. If the customer pays once more: Enter again."), sum,
      number, time, repeat->clerk != NULL ? repeat->clerk : "–");

  self->asked_about = repeat->amount;
  tai_screen_show_problem (TAI_SCREEN (self), words);
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
}

static void
repeat_found_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiTargetScreen *self = owner;
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  const TaiRepeat *repeat = args->result;
  TaiMoney amount;

  gtk_widget_set_sensitive (self->go, TRUE);
  if (!tai_amount_entry_get_amount (self->amount, &amount))
    return;
  if (repeat == NULL) /* not here: perhaps at another desk of the hall */
    repeat = tai_line_card_find_repeat (self->line, self->target, amount,
                                        tai_clock_now (tai_counter_get_clock (counter)));
  if (repeat != NULL && (self->asked_about.currency == 0 || self->asked_about.minor != amount.minor))
    ask_again (self, repeat);
  else
    tai_screen_next (TAI_SCREEN (self));
}

static void
amount_set_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiTargetScreen *self = owner;

  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error == NULL) {
    tai_screen_call (TAI_SCREEN (self), tai_do_find_repeat, NULL, repeat_found_cb);
    return;
  }
  gtk_widget_set_sensitive (self->go, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
}

static void
go_cb (TaiTargetScreen *self)
{
  TaiCounterArgs *args;
  TaiMoney amount;

  if (!gtk_widget_get_sensitive (self->go))
    return;
  if (self->target[0] == '\0') {
    tai_screen_show_problem (TAI_SCREEN (self), _ ("Type the number first: 11 digits."));
    gtk_widget_grab_focus (GTK_WIDGET (self->number));
    return;
  }
  if (!asks (self, TAI_NEEDS_AMOUNT)) {
    tai_screen_next (TAI_SCREEN (self));
    return;
  }
  if (!tai_amount_entry_get_amount (self->amount, &amount)) {
    tai_screen_show_problem (TAI_SCREEN (self), _ ("Ask the customer how much, and type the amount."));
    gtk_widget_grab_focus (GTK_WIDGET (self->amount));
    return;
  }
  args = tai_counter_args_new ();
  args->amount = amount;
  gtk_widget_set_sensitive (self->go, FALSE);
  tai_screen_call (TAI_SCREEN (self), tai_do_set_amount, args, amount_set_cb);
}

/* Who pays a bill mostly pays all that is owed: it stands there, and the first digit takes its place. */
static void
looked_cb (TaiTargetScreen *self)
{
  const TaiOrder *order = tai_screen_get_order (TAI_SCREEN (self));
  TaiMoney arrears = tai_line_card_get_arrears (self->line), typed;

  if (order != NULL && arrears.currency != 0 && asks (self, TAI_NEEDS_AMOUNT) &&
      g_strcmp0 (order->operation->account, TAI_ACCOUNT_RECEIVABLE_SETTLED) == 0 &&
      !tai_amount_entry_get_amount (self->amount, &typed))
    tai_amount_entry_set_amount (self->amount, arrears);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiTargetScreen *self = TAI_TARGET_SCREEN (screen);
  const TaiOrder *order = tai_screen_get_order (screen);
  const TaiOrderItem *item = order != NULL ? tai_order_find_item (order, TAI_OFFERING_TOP_UP) : NULL;
  const char *target = order != NULL ? tai_order_get (order, "MSISDN") : NULL;

  gtk_widget_set_visible (self->amount_box, asks (self, TAI_NEEDS_AMOUNT));
  tai_amount_entry_clear (self->amount);
  if (item != NULL)
    tai_amount_entry_set_amount (self->amount, item->open_amount);
  self->asked_about = tai_money (0, 0);
  tai_line_card_look_up (self->line, tai_screen_get_counter (screen), target);
  g_strlcpy (self->target, target != NULL ? target : "", sizeof self->target);
  gtk_editable_set_text (self->number, target != NULL ? target : "");
  gtk_widget_grab_focus (GTK_WIDGET (self->number));
  if (target == NULL && text != NULL)
    gtk_editable_set_text (self->number, text);
}

static void
leave (TaiScreen *screen)
{
  TaiTargetScreen *self = TAI_TARGET_SCREEN (screen);

  /* what the change of text would ask for has no place any more */
  g_strlcpy (self->target, gtk_editable_get_text (self->number), sizeof self->target);
  gtk_editable_set_text (self->number, "");
  self->target[0] = '\0';
  tai_line_card_look_up (self->line, NULL, NULL);
}

static gboolean
scanned (TaiScreen *screen, const char *text)
{
  TaiTargetScreen *self = TAI_TARGET_SCREEN (screen);

  gtk_editable_set_text (self->number, text);
  return TRUE;
}

static void
constructed (GObject *object)
{
  TaiTargetScreen *self = TAI_TARGET_SCREEN (object);
  guint16 currency = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (object)))->currency;

  G_OBJECT_CLASS (tai_target_screen_parent_class)->constructed (object);
  self->amount = TAI_AMOUNT_ENTRY (tai_amount_entry_new (_ ("Amount"), currency));
  adw_bin_set_child (self->place, GTK_WIDGET (self->amount));
  g_signal_connect_swapped (self->amount, "activate", G_CALLBACK (go_cb), self);
}

static void
tai_target_screen_class_init (TaiTargetScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = constructed;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->scanned = scanned;
  g_type_ensure (TAI_TYPE_LINE_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/target.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiTargetScreen, number);
  gtk_widget_class_bind_template_child (widget_class, TaiTargetScreen, line);
  gtk_widget_class_bind_template_child (widget_class, TaiTargetScreen, amount_box);
  gtk_widget_class_bind_template_child (widget_class, TaiTargetScreen, place);
  gtk_widget_class_bind_template_child (widget_class, TaiTargetScreen, go);
  gtk_widget_class_bind_template_callback (widget_class, number_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, number_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_bind_template_callback (widget_class, looked_cb);
}

static void
tai_target_screen_init (TaiTargetScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
