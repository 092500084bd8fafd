/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cash without a sale: which way it goes is a row of core's table, and what is asked follows from what the row needs. Bags that the
 * bank does not have yet stand beside it.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-cash-move-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-amount-entry.h"
#include "tai-do.h"
#include "tai-row.h"
#include "tai-words.h"

struct _TaiCashMoveScreen {
  TaiScreen parent;
  GtkListBox *moves, *bags;
  GtkWidget *form, *bag_box, *slip_box, *reason_box, *book, *bags_title;
  GtkEditable *bag, *slip, *reason;
  AdwBin *place;
  TaiAmountEntry *amount;
  gboolean is_warned; /* that what is typed is not booked */
};

G_DEFINE_FINAL_TYPE (TaiCashMoveScreen, tai_cash_move_screen, TAI_TYPE_SCREEN)

static const struct {
  const char *move, *title, *description;
} words[] = {
    {TAI_CASH_DROP, N_ ("Put money into a bag"), N_ ("Out of the drawer, sealed, with the bag's number")},
    {TAI_CASH_IN, N_ ("Change money from the safe"), N_ ("Into the drawer")},
    {TAI_CASH_OUT, N_ ("Money back to the safe"),
     N_ ("Out of the drawer, with a reason; a second person agrees")},
    {TAI_CASH_BANK_DEPOSIT, N_ ("Bag to the bank"), N_ ("With the bank's slip; a second person agrees")},
};

static const TaiCashMove *
get_move (TaiCashMoveScreen *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->moves);

  return row != NULL ? tai_cash_move_find (tai_row_get_key (TAI_ROW (row))) : NULL;
}

/* Bags -------------------------------------------------------------------------------------------------------------------- */

static void
bags_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCashMoveScreen *self = owner;
  GPtrArray *bags = args->result, *rows = g_ptr_array_new ();

  for (guint i = 0; bags != NULL && i < bags->len; i++) {
    const TaiBalance *bag = g_ptr_array_index (bags, i);
    g_autofree char *amount = tai_words_money (bag->amount);
    g_ptr_array_add (rows, tai_row_new (bag->detail, NULL, amount, bag->detail));
  }
  gtk_widget_set_visible (self->bags_title, rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->bags), rows->len > 0);
  tai_row_fill_list (self->bags, rows);
}

static void
list_bags (TaiCashMoveScreen *self)
{
  tai_screen_call (TAI_SCREEN (self), tai_do_list_bags, NULL, bags_cb);
}

/* Asking ------------------------------------------------------------------------------------------------------------------ */

static void
show_form (TaiCashMoveScreen *self)
{
  const TaiCashMove *move = get_move (self);
  TaiCashNeeds needs = move != NULL ? move->needs : 0;

  gtk_widget_set_visible (self->form, move != NULL);
  gtk_widget_set_visible (self->bag_box, (needs & TAI_CASH_NEEDS_BAG) != 0);
  gtk_widget_set_visible (self->slip_box, (needs & TAI_CASH_NEEDS_SLIP) != 0);
  gtk_widget_set_visible (self->reason_box, (needs & TAI_CASH_NEEDS_REASON) != 0);
  tai_screen_clear_notice (TAI_SCREEN (self));
  self->is_warned = FALSE;
}

static gboolean
is_begun (TaiCashMoveScreen *self)
{
  TaiMoney amount;

  return tai_amount_entry_get_amount (self->amount, &amount) ||
         gtk_editable_get_text (self->bag)[0] != '\0' || gtk_editable_get_text (self->slip)[0] != '\0' ||
         gtk_editable_get_text (self->reason)[0] != '\0';
}

/* What was typed is not dropped unasked: Esc says that nothing is booked, the next one leaves. */
static gboolean
back (TaiScreen *screen)
{
  TaiCashMoveScreen *self = TAI_CASH_MOVE_SCREEN (screen);

  if (self->is_warned || !is_begun (self))
    return FALSE;
  self->is_warned = TRUE;
  tai_screen_show_hint (screen, _ ("This is not booked. Esc again: it is given up."));
  return TRUE;
}

/* He goes on with it after all. */
static void
typed_cb (TaiCashMoveScreen *self)
{
  if (self->is_warned)
    tai_screen_clear_notice (TAI_SCREEN (self));
  self->is_warned = FALSE;
}

static void
clear_form (TaiCashMoveScreen *self)
{
  tai_amount_entry_clear (self->amount);
  gtk_editable_set_text (self->bag, "");
  gtk_editable_set_text (self->slip, "");
  gtk_editable_set_text (self->reason, "");
}

/* To the first field that is asked for and still empty; the button when none is. */
static void
go_on_cb (TaiCashMoveScreen *self)
{
  struct {
    GtkWidget *box;
    GtkEditable *field;
  } fields[] = {{self->bag_box, self->bag}, {self->slip_box, self->slip}, {self->reason_box, self->reason}};

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (gtk_widget_get_visible (fields[i].box) && gtk_editable_get_text (fields[i].field)[0] == '\0') {
      gtk_widget_grab_focus (GTK_WIDGET (fields[i].field));
      return;
    }
  gtk_widget_grab_focus (self->book);
}

static void
chosen_cb (TaiCashMoveScreen *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
}

/* A bag that goes to the bank goes with what is in it. */
static void
bag_chosen_cb (TaiCashMoveScreen *self, GtkListBoxRow *row)
{
  const TaiCashMove *move = get_move (self);

  if (move == NULL || !(move->needs & TAI_CASH_NEEDS_SLIP))
    return;
  gtk_editable_set_text (self->bag, tai_row_get_key (TAI_ROW (row)));
  gtk_widget_grab_focus (GTK_WIDGET (self->slip));
}

/* Booking ----------------------------------------------------------------------------------------------------------------- */

static void
booked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCashMoveScreen *self = owner;
  g_autofree char *amount = tai_words_money (args->amount);
  g_autofree char *said = g_strdup_printf (_ ("Booked: %s."), amount);

  gtk_widget_set_sensitive (self->book, TRUE);
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    gtk_widget_grab_focus (GTK_WIDGET (self->amount));
    return;
  }
  tai_screen_show_hint (TAI_SCREEN (self), said);
  clear_form (self);
  list_bags (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->moves)));
}

static char *
take_text (GtkWidget *box, GtkEditable *field)
{
  return gtk_widget_get_visible (box) ? g_strstrip (gtk_editable_get_chars (field, 0, -1)) : NULL;
}

static void
book_cb (TaiCashMoveScreen *self)
{
  const TaiCashMove *move = get_move (self);
  TaiCounterArgs *args;
  TaiMoney amount;

  if (move == NULL || !gtk_widget_get_sensitive (self->book))
    return;
  if (!tai_amount_entry_get_amount (self->amount, &amount)) {
    tai_screen_show_problem (TAI_SCREEN (self), _ ("Type how much it is."));
    gtk_widget_grab_focus (GTK_WIDGET (self->amount));
    return;
  }
  args = tai_counter_args_new ();
  args->text = g_strdup (move->id);
  args->amount = amount;
  args->bag = take_text (self->bag_box, self->bag);
  args->slip = take_text (self->slip_box, self->slip);
  args->reason = take_text (self->reason_box, self->reason);
  gtk_widget_set_sensitive (self->book, FALSE);
  tai_screen_call (TAI_SCREEN (self), tai_do_move_cash, args, booked_cb);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiCashMoveScreen *self = TAI_CASH_MOVE_SCREEN (screen);

  clear_form (self);
  gtk_list_box_select_row (self->moves, gtk_list_box_get_row_at_index (self->moves, 0));
  show_form (self);
  list_bags (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->moves)));
}

/* The bar code of a bag or slip goes where one is asked for. */
static gboolean
scanned (TaiScreen *screen, const char *text)
{
  TaiCashMoveScreen *self = TAI_CASH_MOVE_SCREEN (screen);
  gboolean for_slip = gtk_widget_get_visible (self->slip_box) && gtk_editable_get_text (self->bag)[0] != '\0';

  if (!gtk_widget_get_visible (self->bag_box) || !tai_cash_reference_is_valid (text))
    return FALSE;
  gtk_editable_set_text (for_slip ? self->slip : self->bag, text);
  go_on_cb (self);
  return TRUE;
}

static void
constructed (GObject *object)
{
  TaiCashMoveScreen *self = TAI_CASH_MOVE_SCREEN (object);
  guint16 currency = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (object)))->currency;

  G_OBJECT_CLASS (tai_cash_move_screen_parent_class)->constructed (object);
  self->amount = TAI_AMOUNT_ENTRY (tai_amount_entry_new (_ ("Amount"), currency));
  adw_bin_set_child (self->place, GTK_WIDGET (self->amount));
  g_signal_connect_swapped (self->amount, "activate", G_CALLBACK (go_on_cb), self);
  g_signal_connect_swapped (self->moves, "selected-rows-changed", G_CALLBACK (show_form), self);
  g_signal_connect_swapped (self->amount, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->bag, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->slip, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->reason, "changed", G_CALLBACK (typed_cb), self);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    gtk_list_box_append (self->moves,
                         tai_row_new (_ (words[i].title), _ (words[i].description), NULL, words[i].move));
}

/* A list that goes tells that nothing is selected: too late for who listens. */
static void
dispose (GObject *object)
{
  TaiCashMoveScreen *self = TAI_CASH_MOVE_SCREEN (object);

  if (self->moves != NULL)
    g_signal_handlers_disconnect_by_data (self->moves, self);
  G_OBJECT_CLASS (tai_cash_move_screen_parent_class)->dispose (object);
}

static void
tai_cash_move_screen_class_init (TaiCashMoveScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = constructed;
  G_OBJECT_CLASS (klass)->dispose = dispose;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->back = back;
  TAI_SCREEN_CLASS (klass)->scanned = scanned;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/cash-move.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, moves);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, bags);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, bags_title);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, form);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, bag_box);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, slip_box);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, reason_box);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, bag);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, slip);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, reason);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, place);
  gtk_widget_class_bind_template_child (widget_class, TaiCashMoveScreen, book);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, bag_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
  gtk_widget_class_bind_template_callback (widget_class, book_cb);
}

static void
tai_cash_move_screen_init (TaiCashMoveScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_name (GTK_WIDGET (self->moves), _ ("Which way the money goes"));
  tai_ui_name (GTK_WIDGET (self->bags), _ ("Bags that the bank does not have yet"));
}
