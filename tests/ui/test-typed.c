/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed: a PIN goes with the person it was typed for, and what is not booked is not dropped unasked. */
#include "tai-counter-rig.h"

#include "tai-amount-entry.h"
#include "tai-proof-entry.h"
#include "tai-ui-rig.h"

static GtkWidget *
find (TaiCounterRig *rig, GType type)
{
  GtkWidget *found = tai_ui_rig_find (GTK_WIDGET (tai_counter_rig_get_screen (rig)), type);

  g_assert_nonnull (found);
  return found;
}

/* The number of who takes the drawer, which is not the amount's field. */
static GtkEditable *
find_taker (TaiCounterRig *rig)
{
  GtkWidget *label = tai_counter_rig_find (rig->window, "Staff number of the colleague");
  GtkWidget *entry;

  g_assert_nonnull (label);
  entry = gtk_widget_get_next_sibling (label);
  while (entry != NULL && !GTK_IS_ENTRY (entry))
    entry = gtk_widget_get_next_sibling (entry);
  g_assert_nonnull (entry);
  return GTK_EDITABLE (entry);
}

static void
test_taker (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  TaiProofEntry *pin;
  GtkEditable *taker;

  tai_counter_rig_go (rig, TAI_SCREEN_HAND_OVER, NULL);
  pin = TAI_PROOF_ENTRY (find (rig, TAI_TYPE_PROOF_ENTRY));
  taker = find_taker (rig);
  gtk_editable_set_text (taker, RIG_CLERK_2);
  gtk_widget_grab_focus (GTK_WIDGET (pin));
  tai_ui_rig_xdotool ("key --delay 70 2 4 6 8");
  TAI_UI_WAIT (tai_proof_entry_is_filled (pin));
  gtk_editable_set_text (taker, RIG_SUPERVISOR);
  g_assert_false (tai_proof_entry_is_filled (pin));
}

static void
test_cash_move (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  TaiScreen *screen;
  TaiAmountEntry *amount;
  TaiMoney typed;

  tai_counter_rig_go (rig, TAI_SCREEN_CASH_MOVE, NULL);
  screen = tai_counter_rig_get_screen (rig);
  amount = TAI_AMOUNT_ENTRY (find (rig, TAI_TYPE_AMOUNT_ENTRY));
  tai_amount_entry_set_amount (amount, tai_money (30000, TAI_CNY));
  tai_screen_go_back (screen);
  g_assert_true (tai_counter_rig_get_screen (rig) == screen);
  g_assert_true (tai_counter_rig_shows (rig, "This is not booked"));
  g_assert_true (tai_amount_entry_get_amount (amount, &typed));
  g_assert_cmpint (typed.minor, ==, 30000);
  /* who types on has decided: he is asked again */
  tai_amount_entry_set_amount (amount, tai_money (20000, TAI_CNY));
  g_assert_false (tai_counter_rig_shows (rig, "This is not booked"));
  tai_screen_go_back (screen);
  g_assert_true (tai_counter_rig_get_screen (rig) == screen);
  tai_screen_go_back (screen);
  tai_ui_rig_pass_ms (60);
  g_assert_false (tai_counter_rig_get_screen (rig) == screen);
  /* nothing typed, nothing asked */
  tai_counter_rig_go (rig, TAI_SCREEN_CASH_MOVE, NULL);
  g_assert_false (tai_amount_entry_get_amount (amount, &typed));
  tai_screen_go_back (tai_counter_rig_get_screen (rig));
  tai_ui_rig_pass_ms (60);
  g_assert_false (tai_counter_rig_get_screen (rig) == screen);
}

/* A line of the list of what waits for headquarters says no dash for a receipt that it does not have. */
static void
test_unsent (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  GtkWidget *line;

  tai_counter_rig_go (rig, TAI_SCREEN_LINE, NULL);
  line = tai_counter_rig_find (rig->window, "Waits to be uploaded · for");
  g_assert_nonnull (line);
  g_assert_false (g_str_has_suffix (gtk_label_get_text (GTK_LABEL (line)), "–"));
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/ui/typed/taker", test_taker);
  g_test_add_func ("/ui/typed/cash-move", test_cash_move);
  g_test_add_func ("/ui/typed/unsent", test_unsent);
  return g_test_run ();
}
