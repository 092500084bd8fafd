/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sweep over every screen of the counter, as it stands in the hall's language: names, targets, mnemonics. */
#include "tai-counter-rig.h"

#include "tai-plan-card.h"
#include "tai-sweep.h"
#include "tai-ui-rig.h"

/* Today, first bill, each month: all three stand in the card without scrolling, in each language and size. */
static void
look_at_figures (TaiCounterRig *rig)
{
  GtkWidget *card = tai_ui_rig_find (rig->window, TAI_TYPE_PLAN_CARD);
  GtkWidget *scroller = gtk_widget_get_ancestor (card, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *figure = tai_counter_rig_find (card, "¥59.00");
  graphene_rect_t bounds;

  g_assert_nonnull (figure);
  g_assert_true (gtk_widget_compute_bounds (figure, scroller, &bounds));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroller));
}

static void
test_screens (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  g_autoptr (TaiVisit) sold = tai_desk_rig_sell_top_up (rig->desk, 5000);
  const TaiOrder *order = g_ptr_array_index (tai_visit_get_orders (sold), 0);
  guint n = 0;

  tai_screen_begin (tai_counter_rig_get_screen (rig), "new_line", NULL, NULL);
  tai_ui_rig_pass_ms (60);
  for (guint id = 0; id < TAI_N_SCREENS; id++) {
    guint found;
    tai_counter_rig_go (rig, id,
                        id == TAI_SCREEN_ORDER     ? order->id.text
                        : id == TAI_SCREEN_RECEIPT ? tai_visit_get_receipt_number (sold)
                                                   : NULL);
    tai_ui_rig_pass_ms (120);
    found = tai_sweep (rig->window, TAI_SWEEP_COUNTER_MIN);
    if (found > 0)
      g_test_message ("%s: %u", tai_screen_id_to_name (id), found);
    if (id == TAI_SCREEN_PLAN)
      look_at_figures (rig);
    tai_ui_rig_shoot (rig->window, tai_screen_id_to_name (id));
    n += found;
  }
  g_assert_cmpuint (n, ==, 0);
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/a11y/screens", test_screens);
  return g_test_run ();
}
