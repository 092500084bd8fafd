/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A long list comes a few rows in each frame, and is whole in the end: who chose a row stays on it. */
#include "tai-row.h"
#include "tai-ui-rig.h"
#include "tai-ui.h"

#define N_ROWS 100

static GPtrArray *
new_rows (guint n, const char *prefix)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < n; i++) {
    g_autofree char *key = g_strdup_printf ("%s%u", prefix, i);
    g_ptr_array_add (rows, tai_row_new (key, NULL, NULL, key));
  }
  return rows;
}

static guint
count (GtkListBox *list)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (list, (int)n) != NULL)
    n++;
  return n;
}

static const char *
key_at (GtkListBox *list, int i)
{
  return tai_row_get_key (TAI_ROW (gtk_list_box_get_row_at_index (list, i)));
}

static void
test_long_list (void)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());
  GtkWidget *scroller = gtk_scrolled_window_new (), *window;
  GtkWidget *first;

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (list));
  window = tai_ui_rig_show (scroller);
  tai_row_fill_list (list, new_rows (N_ROWS, "a"));
  g_assert_cmpuint (count (list), >, 5); /* what a page shows is there at once */
  g_assert_cmpuint (count (list), <, N_ROWS);
  g_assert_cmpstr (key_at (list, 0), ==, "a0");
  first = GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0));
  tai_row_fill_list (list, new_rows (N_ROWS, "a")); /* what is still to come counts */
  g_assert_true (first == GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0)));
  TAI_UI_WAIT (count (list) == N_ROWS);
  for (int i = 0; i < N_ROWS; i++) {
    g_autofree char *key = g_strdup_printf ("a%d", i);
    g_assert_cmpstr (key_at (list, i), ==, key);
  }
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 60));
  {
    GPtrArray *rows = new_rows (N_ROWS - 1, "a"); /* another list: the chosen row is in it at once */
    tai_row_fill_list (list, rows);
  }
  g_assert_cmpstr (tai_row_get_key (TAI_ROW (gtk_list_box_get_selected_row (list))), ==, "a60");
  TAI_UI_WAIT (count (list) == N_ROWS - 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A shorter list in the middle of a long one: nothing of that comes any more. */
static void
test_replaced (void)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());
  GtkWidget *window = tai_ui_rig_show (GTK_WIDGET (list));

  tai_row_fill_list (list, new_rows (N_ROWS, "a"));
  tai_row_fill_list (list, new_rows (3, "b"));
  tai_ui_rig_pass_ms (120);
  g_assert_cmpuint (count (list), ==, 3);
  tai_row_fill_list (list, new_rows (N_ROWS, "a"));
  tai_row_clear_list (list);
  tai_ui_rig_pass_ms (120);
  g_assert_cmpuint (count (list), ==, 0);
  tai_row_fill_list (list, new_rows (N_ROWS, "a"));
  tai_row_fill_list (list, new_rows (N_ROWS, "c")); /* two on their way: the last stays */
  TAI_UI_WAIT (count (list) == N_ROWS);
  g_assert_cmpstr (key_at (list, N_ROWS - 1), ==, "c99");
  tai_row_fill_list (list, new_rows (N_ROWS, "d"));
  gtk_window_destroy (GTK_WINDOW (window)); /* with rows still to come */
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  tai_ui_init ();
  g_test_add_func ("/row/long-list", test_long_list);
  g_test_add_func ("/row/replaced", test_replaced);
  return g_test_run ();
}
