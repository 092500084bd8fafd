/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From inside the process: how long a key waits, settings, windows that come and go. What a person sees: tests/e2e/test-scan.py. */
#include "tai-command-entry.h"
#include "tai-scan-catcher.h"

#include "tai-ui-rig.h"

typedef struct {
  TaiScanCatcher *catcher;
  GtkWidget *window;
  GtkWidget *entry;
  GString *scans;
  GArray *waits_ms;  /* of guint: how long each press was on its way to the entry */
  GArray *stamps_ms; /* of guint32: when it was pressed */
} Page;

static void
scanned_cb (TaiScanCatcher *catcher, const char *text, Page *page)
{
  g_string_append_printf (page->scans, "%s|", text);
}

/* Xvfb stamps keys with the monotonic clock. */
static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, Page *page)
{
  guint wait_ms = (guint32)(g_get_monotonic_time () / 1000) - gdk_event_get_time (event);
  guint32 stamp = gdk_event_get_time (event);

  if (gdk_event_get_event_type (event) == GDK_KEY_PRESS) {
    g_array_append_val (page->waits_ms, wait_ms);
    g_array_append_val (page->stamps_ms, stamp);
  }
  return GDK_EVENT_PROPAGATE;
}

static void
open_page_with (Page *page, const TaiWedgeProfile *profile, GtkWidget *entry)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  *page = (Page){.catcher = tai_scan_catcher_new (profile), .entry = entry};
  page->scans = g_string_new (NULL);
  page->waits_ms = g_array_new (FALSE, FALSE, sizeof (guint));
  page->stamps_ms = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_signal_connect (page->catcher, "scanned", G_CALLBACK (scanned_cb), page);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), page);
  gtk_widget_add_controller (page->entry, events);
  page->window = tai_ui_rig_show (page->entry); /* after the catcher: it watches what comes */
  gtk_widget_grab_focus (page->entry);
}

static void
open_page (Page *page, const TaiWedgeProfile *profile)
{
  open_page_with (page, profile, gtk_entry_new ());
}

static void
close_page (Page *page)
{
  gpointer catcher = page->catcher;

  if (page->window != NULL)
    gtk_window_destroy (GTK_WINDOW (page->window));
  g_object_add_weak_pointer (catcher, &catcher);
  g_object_unref (page->catcher);
  tai_ui_rig_pass_ms (300);
  g_assert_null (catcher);
  g_string_free (page->scans, TRUE);
  g_array_unref (page->waits_ms);
  g_array_unref (page->stamps_ms);
}

static const char *
get_text (Page *page)
{
  return gtk_editable_get_text (GTK_EDITABLE (page->entry));
}

static int
compare_waits (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

static void
test_wait (void)
{
  Page page;
  guint median_ms, longest_ms;

  open_page (&page, NULL);
  tai_ui_rig_xdotool ("key --delay 90 a b c d e f g h i j k l m n o p q r s t");
  g_assert_cmpstr (get_text (&page), ==, "abcdefghijklmnopqrst");
  g_assert_cmpuint (page.waits_ms->len, ==, 20);
  g_array_sort (page.waits_ms, compare_waits);
  median_ms = g_array_index (page.waits_ms, guint, 10);
  longest_ms = g_array_index (page.waits_ms, guint, 19);
  g_test_message ("a typed key waits %u to %u ms, median %u", g_array_index (page.waits_ms, guint, 0),
                  longest_ms, median_ms);
  g_assert_cmpuint (median_ms, >=, TAI_WEDGE_GAP_MS);
  g_assert_cmpuint (median_ms, <=, 3 * TAI_WEDGE_GAP_MS); /* about 70 on a quiet machine */
  close_page (&page);
}

typedef struct {
  GString *texts;  /* one after the other, each with a bar */
  GArray *news_ms; /* of guint32: when each came */
} Found;

static void
found_cb (GtkEditable *command, Found *found)
{
  guint32 now = (guint32)(g_get_monotonic_time () / 1000);

  g_string_append_printf (found->texts, "%s|", gtk_editable_get_text (command));
  g_array_append_val (found->news_ms, now);
}

/* A field that can take a letter back shows it long before it is given to it; afterwards nothing is different. */
static void
test_guess (void)
{
  Found found = {g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (guint32))};
  g_autoptr (GArray) early_ms = g_array_new (FALSE, FALSE, sizeof (int));
  Page page;
  int start, end, cursor;

  open_page_with (&page, NULL, tai_command_entry_new ());
  g_signal_connect (page.entry, "changed", G_CALLBACK (found_cb), &found);
  tai_ui_rig_xdotool ("key --delay 90 a b c d e f g h");
  g_assert_cmpstr (get_text (&page), ==, "abcdefgh");
  g_assert_cmpstr (found.texts->str, ==, "a|ab|abc|abcd|abcde|abcdef|abcdefg|abcdefgh|");
  for (guint i = 0; i < page.stamps_ms->len; i++) {
    int wait = (int)(g_array_index (found.news_ms, guint32, i) - g_array_index (page.stamps_ms, guint32, i));
    g_array_append_val (early_ms, wait);
  }
  g_array_sort (early_ms, compare_waits);
  g_test_message ("shown after %d ms in the median", g_array_index (early_ms, int, 4));
  g_assert_cmpint (g_array_index (early_ms, int, 4), <,
                   TAI_WEDGE_GAP_MS / 2);      /* about 2 on a quiet machine */
  g_array_sort (page.waits_ms, compare_waits); /* the key itself comes as late as ever */
  g_assert_cmpuint (g_array_index (page.waits_ms, guint, 4), >=, TAI_WEDGE_GAP_MS);

  g_string_truncate (found.texts, 0);
  gtk_editable_select_region (GTK_EDITABLE (page.entry), 5, 3);
  cursor = gtk_editable_get_position (GTK_EDITABLE (page.entry));
  tai_ui_rig_xdotool ("key --delay 4 6 9 0 1 2 3 Return");
  TAI_UI_WAIT (page.scans->len > 0);
  g_assert_cmpstr (get_text (&page), ==, "abcdefgh");
  g_assert_true (gtk_editable_get_selection_bounds (GTK_EDITABLE (page.entry), &start, &end));
  g_assert_cmpint (start, ==, 3);
  g_assert_cmpint (end, ==, 5);
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (page.entry)), ==, cursor);
  g_assert_true (found.texts->len == 0 || g_str_has_suffix (found.texts->str, "|abcdefgh|"));
  close_page (&page);
  g_string_free (found.texts, TRUE);
  g_array_unref (found.news_ms);
}

static void
test_profile (void)
{
  Page page;

  open_page (&page, &(TaiWedgeProfile){.prefix = "z", .suffix = "q"});
  tai_ui_rig_xdotool ("key --delay 4 z 4 2 q Return");
  g_assert_cmpstr (page.scans->str, ==, "42|");
  tai_scan_catcher_set_profile (page.catcher, NULL);
  tai_ui_rig_xdotool ("key --delay 90 z 4 2 q Return");
  g_assert_cmpstr (page.scans->str, ==, "42|");
  g_assert_cmpstr (get_text (&page), ==, "z42q");
  tai_ui_rig_xdotool (
      "key --delay 4 bracketright C 1 0 1 ctrl+bracketright 2 1 X Return"); /* GS as scanners send it */
  g_assert_cmpstr (page.scans->str, ==,
                   "42|01\x1d"
                   "21X|");
  g_assert_cmpstr (get_text (&page), ==, "z42q");
  close_page (&page);
}

static gboolean
destroy_cb (gpointer user_data)
{
  Page *page = user_data;

  if (get_text (page) != NULL)
    g_clear_pointer ((GtkWindow **)&page->window, gtk_window_destroy);
  return G_SOURCE_REMOVE;
}

/* A window that goes while its keys are held takes them along, and another one works on. */
static void
test_windows (void)
{
  Page page;
  GtkWidget *other_entry = gtk_entry_new (), *other;

  open_page (&page, &(TaiWedgeProfile){.gap_ms = 400});
  g_timeout_add (150, destroy_cb, &page);
  tai_ui_rig_xdotool ("key --delay 20 a b c");
  g_assert_null (page.window);
  other = tai_ui_rig_show (other_entry);
  gtk_widget_grab_focus (other_entry);
  tai_ui_rig_pass_ms (500);
  tai_ui_rig_xdotool ("key --delay 20 x y");
  TAI_UI_WAIT (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (other_entry)), "xy"));
  tai_ui_rig_xdotool ("key --delay 4 1 2 3 4 5 6 Return");
  TAI_UI_WAIT (page.scans->len > 0);
  g_assert_cmpstr (page.scans->str, ==, "123456|");
  gtk_window_destroy (GTK_WINDOW (other));
  close_page (&page);
}

typedef struct {
  GdkFrameClock *frames; /* not owned */
  guint n_presses, n_stalls;
} Stall;

/* Longer than a scan may be silent; and the frame that is late then is served before the keys that lie there. */
static gboolean
stall_cb (gpointer user_data)
{
  Stall *stall = user_data;
  GSource *frame = g_main_context_find_source_by_user_data (NULL, stall->frames);

  if (frame == NULL)
    return G_SOURCE_CONTINUE;
  g_usleep (600 * 1000);
  g_source_set_priority (frame, G_PRIORITY_HIGH);
  stall->n_stalls++;
  return G_SOURCE_REMOVE;
}

static gboolean
count_cb (GtkEventControllerLegacy *controller, GdkEvent *event, Stall *stall)
{
  if (gdk_event_get_event_type (event) == GDK_KEY_PRESS && ++stall->n_presses == 4)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, stall_cb, stall, NULL);
  return GDK_EVENT_PROPAGATE;
}

/* A program that stands still in the middle of a scan finds a late frame and the rest of the keys side by side. The keys' own times
 * say what they are. */
static void
test_stall (void)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();
  Stall stall = {0};
  Page page;

  open_page (&page, &(TaiWedgeProfile){.gap_ms = 200});
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (count_cb), &stall);
  gtk_widget_add_controller (page.window, events);
  stall.frames = gtk_widget_get_frame_clock (page.window);
  tai_ui_rig_xdotool ("key --delay 30 6 9 0 1 2 3 4 5 6 7 8 9 2 Return");
  TAI_UI_WAIT (page.scans->len > 0 || page.waits_ms->len > 0);
  tai_ui_rig_pass_ms (300);
  g_assert_cmpuint (stall.n_stalls, ==, 1);
  g_assert_cmpstr (page.scans->str, ==, "6901234567892|");
  g_assert_cmpstr (get_text (&page), ==, "");
  close_page (&page);
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/ui/scan-catcher/wait", test_wait);
  g_test_add_func ("/ui/scan-catcher/guess", test_guess);
  g_test_add_func ("/ui/scan-catcher/profile", test_profile);
  g_test_add_func ("/ui/scan-catcher/windows", test_windows);
  g_test_add_func ("/ui/scan-catcher/stall", test_stall);
  return g_test_run ();
}
