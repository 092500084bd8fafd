/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kiosk's window over a real desk and store; clock, directory, station and drawing are fakes. What is looked for again and
 * again: is anything of the customer left?
 */
#include "tai-kiosk-window.h"

#include <string.h>

#include "tai-accessible.h"
#include "tai-desk-rig.h"
#include "tai-digit-field.h"
#include "tai-do.h"
#include "tai-fake-directory.h"
#include "tai-fake-executor.h"
#include "tai-language.h"
#include "tai-pin-entry.h"
#include "tai-prepared.h"
#include "tai-screen.h"
#include "tai-sweep.h"
#include "tai-ui-rig.h"
#include "tai-ui.h"

/* A station whose figures the test sets. */
#define TYPE_STILL_STATION (still_station_get_type ())
G_DECLARE_FINAL_TYPE (StillStation, still_station, STILL, STATION, GObject)
struct _StillStation {
  GObject parent;
  TaiStationFigures figures;
};
static void station_init (TaiStationInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (StillStation, still_station, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_STATION, station_init))

static const TaiStationFigures *
get_figures (TaiStation *station)
{
  return &STILL_STATION (station)->figures;
}

static const char *
explain (TaiStation *station, const GError *error)
{
  return error->message;
}

static void
station_init (TaiStationInterface *iface)
{
  iface->get_figures = get_figures;
  iface->explain = explain;
}

static void
still_station_class_init (StillStationClass *klass)
{
}

static void
still_station_init (StillStation *self)
{
}

/* Draws white squares and remembers of what. */
#define TYPE_WHITE_PREVIEW (white_preview_get_type ())
G_DECLARE_FINAL_TYPE (WhitePreview, white_preview, WHITE, PREVIEW, GObject)
struct _WhitePreview {
  GObject parent;
  char *payload;
};
static void preview_init (TaiPreviewInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (WhitePreview, white_preview, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PREVIEW, preview_init))

static TaiImage *
draw_qr (TaiPreview *preview, const char *payload, guint side, GError **error)
{
  gsize size = (gsize)side * side * 4;
  guint8 *pixels = g_malloc (size);

  g_free (WHITE_PREVIEW (preview)->payload);
  WHITE_PREVIEW (preview)->payload = g_strdup (payload);
  memset (pixels, 0xff, size);
  return tai_image_new (side, side, (gsize)side * 4, g_bytes_new_take (pixels, size));
}

static void
preview_init (TaiPreviewInterface *iface)
{
  iface->draw_qr = draw_qr;
}

static void
white_preview_finalize (GObject *object)
{
  g_free (WHITE_PREVIEW (object)->payload);
  G_OBJECT_CLASS (white_preview_parent_class)->finalize (object);
}

static void
white_preview_class_init (WhitePreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = white_preview_finalize;
}

static void
white_preview_init (WhitePreview *self)
{
}

/* The rig ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiDeskRig *desk;
  StillStation *station;
  WhitePreview *preview;
  TaiFakeDirectory *directory;
  TaiCounter *counter;
  GtkWidget *window; /* (nullable) closed */
} Rig;

static void
rig_set_up (Rig *self, gconstpointer data)
{
  g_autoptr (TaiFakeExecutor) worker = tai_fake_executor_new_inline ();
  TaiCounterPorts ports = {0};

  tai_language_set ("en");
  self->desk = tai_desk_rig_new ();
  self->station = g_object_new (TYPE_STILL_STATION, NULL);
  self->preview = g_object_new (TYPE_WHITE_PREVIEW, NULL);
  self->directory = tai_fake_directory_new ();
  ports.desk = self->desk->desk;
  ports.store = TAI_VISIT_STORE (self->desk->store);
  ports.prints = TAI_PRINT_QUEUE (self->desk->store);
  ports.worker = ports.painter = TAI_EXECUTOR (worker);
  ports.preview = TAI_PREVIEW (self->preview);
  ports.station = TAI_STATION (self->station);
  ports.directory = TAI_DIRECTORY (self->directory);
  ports.clock = TAI_CLOCK (self->desk->clock);
  self->counter = tai_counter_new (&ports);
  tai_counter_refresh (self->counter);
  self->window = GTK_WIDGET (tai_kiosk_window_new (NULL, self->counter, 0));
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *)&self->window);
  gtk_window_present (GTK_WINDOW (self->window));
  TAI_UI_WAIT (gtk_widget_get_mapped (self->window) && gtk_widget_get_width (self->window) > 1 &&
               gtk_window_is_active (GTK_WINDOW (self->window)));
  tai_ui_rig_pass_ms (60);
}

static void
rig_tear_down (Rig *self, gconstpointer data)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  tai_ui_rig_pass_ms (60);
  g_assert_null (self->window); /* nothing keeps it, and so its customer */
  g_assert_cmpuint (tai_fake_clock_get_n_timers (self->desk->clock), ==, 0);
  g_object_unref (self->counter);
  g_object_unref (self->directory);
  g_object_unref (self->preview);
  g_object_unref (self->station);
  tai_desk_rig_free (self->desk);
}

typedef gboolean (*Match) (GtkWidget *widget, const char *text);

static GtkWidget *
find (GtkWidget *widget, Match match, const char *text)
{
  GtkWidget *found = gtk_widget_get_mapped (widget) && match (widget, text) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, match, text);
  return found;
}

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_button (GtkWidget *widget, const char *text)
{
  return GTK_IS_BUTTON (widget) && (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0 ||
                                    g_strcmp0 (gtk_widget_get_name (widget), text) == 0);
}

static gboolean
shows (Rig *rig, const char *text)
{
  return find (rig->window, has_label, text) != NULL;
}

/* By its label, or by the name that pads and doors have. */
static void
touch (Rig *rig, const char *text)
{
  GtkWidget *button = find (rig->window, is_button, text);

  if (button == NULL || !gtk_widget_get_sensitive (button))
    g_error ("no button %s", text);
  g_signal_emit_by_name (button, "clicked");
  tai_ui_rig_pass_ms (20);
}

static void
touch_digits (Rig *rig, const char *digits)
{
  for (const char *p = digits; *p != '\0'; p++) {
    const char key[] = {*p, '\0'};
    touch (rig, key);
  }
}

static void
pass_s (Rig *rig, guint seconds)
{
  tai_fake_clock_advance (rig->desk->clock, (gint64)seconds * 1000);
  tai_ui_rig_pass_ms (20);
}

/* Once what was just shown has its place, on a slow machine, too. */
static void
sweep (Rig *rig)
{
  tai_ui_rig_pass_ms (300);
  tai_sweep_assert (rig->window, TAI_SWEEP_KIOSK_MIN);
}

static void
sweep_page (Rig *rig, const char *name)
{
  g_autofree char *file = g_strdup_printf ("kiosk-%s", name);

  tai_ui_rig_pass_ms (60);
  tai_ui_rig_shoot (rig->window, file);
  sweep (rig);
}

#define NUMBER "13900001234"
#define SHOWN  "139 0000 1234"

static void
go_to_code (Rig *rig)
{
  touch (rig, "top_up");
  touch_digits (rig, NUMBER);
  touch (rig, "Next");
  touch (rig, "Yes, go on");
  touch (rig, "50"); /* named by its units */
}

/* Nothing of the customer, and at the beginning. */
static void
assert_clean (Rig *rig)
{
  g_assert_true (shows (rig, "What would you like to do?"));
  g_assert_false (shows (rig, "139"));
  g_assert_false (shows (rig, "50.00"));
  touch (rig, "top_up");
  g_assert_true (shows (rig, "Step 1 of 4"));
  g_assert_false (shows (rig, "139"));
  touch (rig, "Back");
}

/* What is promised --------------------------------------------------------------------------------------------------------- */

static void
test_top_up (Rig *rig, gconstpointer data)
{
  TaiPrepared prepared;

  go_to_code (rig);
  g_assert_true (shows (rig, "Step 4 of 4"));
  g_assert_true (shows (rig, SHOWN));
  g_assert_true (shows (rig, "¥50.00"));
  TAI_UI_WAIT (rig->preview->payload != NULL);
  g_assert_true (tai_prepared_from_text (rig->preview->payload, &prepared));
  g_assert_cmpstr (prepared.operation->id, ==, "top_up");
  g_assert_cmpstr (prepared.msisdn, ==, NUMBER);
  g_assert_cmpint (prepared.amount.minor, ==, 5000);
  g_assert_true (shows (rig, rig->preview->payload)); /* for who has no telephone: it can be read */
  /* nothing was begun, held or owed, and the journal does not say who was here */
  g_assert_cmpint (tai_desk_rig_number (rig->desk, "SELECT count(*) FROM customer_order"), ==, 0);
  g_assert_cmpint (
      tai_desk_rig_number (rig->desk, "SELECT count(*) FROM journal WHERE kind = 'kiosk_prepared'"), ==, 1);
  g_autofree char *dump = tai_desk_rig_dump (rig->desk);
  g_assert_null (strstr (dump, NUMBER));
  touch (rig, "Done");
  g_assert_true (shows (rig, "Thank you"));
  g_assert_false (shows (rig, "139"));
  pass_s (rig, 8);
  assert_clean (rig);
}

/* What the kiosk shows, the desk takes: number and amount stand in the order. */
static void
test_desk_takes_it (Rig *rig, gconstpointer data)
{
  TaiCounter *counter = rig->counter;
  TaiScreen *home;
  const TaiOrder *order;

  go_to_code (rig);
  TAI_UI_WAIT (rig->preview->payload != NULL);
  tai_desk_rig_start_day (rig->desk);
  home = g_object_ref_sink (tai_screen_new (TAI_SCREEN_HOME, counter));
  g_assert_false (tai_screen_begin_prepared (home, NUMBER));
  g_assert_true (tai_screen_begin_prepared (home, rig->preview->payload));
  order = tai_counter_get_order (counter);
  g_assert_nonnull (order);
  g_assert_cmpstr (order->operation->id, ==, "top_up");
  g_assert_cmpstr (tai_order_get (order, "MSISDN"), ==, NUMBER);
  g_assert_cmpint (tai_order_find_item (order, TAI_OFFERING_TOP_UP)->open_amount.minor, ==, 5000);
  g_assert_cmpuint (tai_counter_get_visit (counter)->obstacles->len, ==, 0); /* it could be placed as it is */
  tai_counter_call (counter, tai_do_abandon, NULL, NULL, NULL);
  g_object_unref (home);
}

static void
test_wrong_number (Rig *rig, gconstpointer data)
{
  touch (rig, "top_up");
  g_assert_false (gtk_widget_get_sensitive (find (rig->window, is_button, "Next")));
  touch_digits (rig, "12900001234");
  touch (rig, "Next");
  g_assert_true (shows (rig, "Please check the digits"));
  touch_digits (rig, "5"); /* a twelfth digit is not taken */
  g_assert_true (shows (rig, "129 0000 1234"));
}

/* Of what headquarters knows, the mask and no more. */
static void
test_owner (Rig *rig, gconstpointer data)
{
  TaiLineView *view = tai_line_view_new (NUMBER);

  view->owner_mask = g_strdup ("张*");
  view->plan_name = g_strdup ("畅享59");
  view->balance = tai_money (1234, TAI_CNY);
  view->arrears = tai_money (8888, TAI_CNY);
  tai_fake_directory_push (rig->directory, view);
  touch (rig, "top_up");
  touch_digits (rig, NUMBER);
  touch (rig, "Next");
  TAI_UI_WAIT (shows (rig, "张*"));
  g_assert_false (shows (rig, "12.34"));
  g_assert_false (shows (rig, "88.88"));
  g_assert_false (shows (rig, "59"));
  touch (rig, "No, change it");
  g_assert_true (shows (rig, SHOWN)); /* to be changed, not typed anew */
  touch (rig, "Next");
  TAI_UI_WAIT (shows (rig, "not known to us")); /* the fake has nothing more */
  touch (rig, "Yes, go on"); /* headquarters' word stops nobody here: the desk asks again */
  g_assert_true (shows (rig, "Step 3 of 4"));
}

static void
test_other_amount (Rig *rig, gconstpointer data)
{
  touch (rig, "top_up");
  touch_digits (rig, NUMBER);
  touch (rig, "Next");
  touch (rig, "Yes, go on");
  touch (rig, "Another amount");
  touch (rig, "Next"); /* nothing typed */
  g_assert_true (shows (rig, "Please choose"));
  touch_digits (rig, "88.5");
  touch (rig, "Next");
  g_assert_true (shows (rig, "¥88.50"));
}

/* From every page: the idle time, and "start over". */
static void
test_wiped (Rig *rig, gconstpointer data)
{
  static const char *const ways[][6] = {
      {"top_up", "1", "3", "9", NULL},
      {"Next", NULL},
      {"Yes, go on", NULL},
      {"50", NULL},
  };

  for (guint until = 1; until <= G_N_ELEMENTS (ways); until++)
    for (guint how = 0; how < 3; how++) {
      for (guint i = 0; i < until; i++) {
        if (i == 1)
          touch_digits (rig, "00001234");
        for (guint j = 0; ways[i][j] != NULL; j++)
          touch (rig, ways[i][j]);
      }
      g_assert_true (shows (rig, "139") || until == 3); /* the amounts stand alone */
      if (how == 0) {
        touch (rig, "Start over");
      } else if (how == 1) {
        pass_s (rig, TAI_KIOSK_QUIET_S + TAI_KIOSK_ANSWER_S);
      } else {
        pass_s (rig, TAI_KIOSK_QUIET_S);
        touch (rig, "start_over"); /* the countdown's own */
      }
      assert_clean (rig);
    }
}

static void
test_countdown (Rig *rig, gconstpointer data)
{
  touch (rig, "top_up");
  touch_digits (rig, "139");
  pass_s (rig, TAI_KIOSK_QUIET_S - 1);
  g_assert_false (shows (rig, "Are you still there?"));
  pass_s (rig, 1);
  g_assert_true (shows (rig, "Are you still there?")); /* from its first second */
  g_assert_true (shows (rig, "in 20 seconds"));
  sweep (rig);
  pass_s (rig, TAI_KIOSK_ANSWER_S - 1);
  g_assert_true (shows (rig, "in 1 second."));
  for (guint i = 0; i < 12; i++) { /* as often as wanted */
    touch (rig, "I need more time");
    g_assert_false (shows (rig, "Are you still there?"));
    g_assert_true (shows (rig, "139"));
    pass_s (rig, TAI_KIOSK_QUIET_S + TAI_KIOSK_ANSWER_S - 1);
    g_assert_true (shows (rig, "in 1 second."));
  }
  pass_s (rig, 1);
  assert_clean (rig);
  pass_s (rig, 3600); /* nobody is asked on the first page */
  g_assert_false (shows (rig, "Are you still there?"));
}

static void
test_language_and_type (Rig *rig, gconstpointer data)
{
  touch (rig, "中文");
  g_assert_true (shows (rig, "请选择要办理的业务"));
  touch (rig, "top_up");
  touch_digits (rig, NUMBER);
  touch (rig, "大字版");
  g_assert_true (shows (rig, SHOWN)); /* what was typed stays */
  g_assert_true (shows (rig, "第 1 步，共 4 步"));
  touch (rig, "English");
  g_assert_true (shows (rig, "Step 1 of 4"));
  g_assert_true (shows (rig, SHOWN));
  pass_s (rig, TAI_KIOSK_QUIET_S);
  g_assert_false (shows (rig, "Are you still there?")); /* large type: twice the time */
  pass_s (rig, TAI_KIOSK_QUIET_S);
  g_assert_true (shows (rig, "Are you still there?"));
  pass_s (rig, TAI_KIOSK_ANSWER_S);
  g_assert_true (shows (rig, "Large type")); /* as the hall has set it up */
  touch (rig, "中文");
  pass_s (rig, TAI_KIOSK_QUIET_S + TAI_KIOSK_ANSWER_S);
  assert_clean (rig);
}

static void
test_call_staff (Rig *rig, gconstpointer data)
{
  touch (rig, "Call staff");
  touch (rig, "Call staff");
  g_assert_true (shows (rig, "Staff is wanted here"));
  g_assert_cmpint (
      tai_desk_rig_number (rig->desk, "SELECT count(*) FROM journal WHERE kind = 'kiosk_staff_called'"), ==,
      1);
  touch (rig, "top_up");
  touch (rig, "中文");
  g_assert_true (shows (rig, "此处需要工作人员协助"));
  pass_s (rig, TAI_KIOSK_QUIET_S + TAI_KIOSK_ANSWER_S);
  g_assert_true (shows (rig, "Staff is wanted here")); /* the customer may have sat down */
  touch (rig, "Someone is here");
  g_assert_false (shows (rig, "Staff is wanted here"));
  touch (rig, "Call staff");
  pass_s (rig, 5 * 60);
  g_assert_false (shows (rig, "Staff is wanted here"));
}

static void
test_out_of_service (Rig *rig, gconstpointer data)
{
  rig->station->figures.clock_offset_us = G_GINT64_CONSTANT (3600000000);
  touch (rig, "top_up");
  touch_digits (rig, "139");
  tai_station_emit_changed (TAI_STATION (rig->station));
  g_assert_true (shows (rig, "139")); /* who is at it finishes */
  touch (rig, "Start over");
  g_assert_true (shows (rig, "Out of service"));
  g_assert_true (shows (rig, "clock is wrong"));
  g_assert_true (shows (rig, "cash"));
  sweep (rig);
  g_assert_cmpint (tai_desk_rig_number (rig->desk, "SELECT count(*) FROM journal WHERE kind = 'kiosk_state'"),
                   ==, 1);
  rig->station->figures.clock_offset_us = 0;
  rig->station->figures.paused = TRUE;
  tai_station_emit_changed (TAI_STATION (rig->station));
  g_assert_true (shows (rig, "does not let this terminal in"));
  rig->station->figures.paused = FALSE;
  tai_station_emit_changed (TAI_STATION (rig->station));
  assert_clean (rig);
}

static void
open_staff_page (Rig *rig)
{
  const char *hall = tai_counter_get_terminal (rig->counter)->hall_name;

  for (guint i = 0; i < 5; i++)
    touch (rig, hall);
}

static void
try_to_leave (Rig *rig, const char *number, const char *pin)
{
  GtkWidget *entry = tai_ui_rig_find (rig->window, TAI_TYPE_PIN_ENTRY);

  touch_digits (rig, number);
  gtk_widget_grab_focus (entry);
  tai_ui_rig_pass_ms (20);
  touch_digits (rig, pin);
  touch (rig, "End the kiosk");
}

static void
test_staff_exit (Rig *rig, gconstpointer data)
{
  const char *hall = tai_counter_get_terminal (rig->counter)->hall_name;

  for (guint i = 0; i < 4; i++)
    touch (rig, hall);
  pass_s (rig, 5); /* too slow: a child that plays */
  touch (rig, hall);
  g_assert_false (shows (rig, "Staff only"));
  pass_s (rig, 5);
  touch (rig, "top_up");
  touch_digits (rig, "139");
  open_staff_page (rig);
  g_assert_true (shows (rig, "Staff only"));
  sweep (rig);
  try_to_leave (rig, RIG_CLERK, "9999");
  g_assert_true (shows (rig, "wrong PIN"));
  touch (rig, "Back");
  assert_clean (rig);
  open_staff_page (rig);
  try_to_leave (rig, RIG_KIOSK, RIG_KIOSK); /* may sell, may not end */
  g_assert_nonnull (rig->window);
  g_assert_true (shows (rig, "Staff only"));
  g_assert_null (tai_desk_get_staff (rig->desk->desk));
  pass_s (rig, TAI_KIOSK_QUIET_S + TAI_KIOSK_ANSWER_S);
  assert_clean (rig);
  open_staff_page (rig);
  try_to_leave (rig, RIG_CLERK_2, RIG_CLERK_2);
  TAI_UI_WAIT (rig->window == NULL);
  g_assert_null (tai_desk_get_staff (rig->desk->desk));
  g_assert_cmpint (tai_desk_rig_number (rig->desk, "SELECT count(*) FROM journal WHERE kind = 'kiosk_ended'"),
                   ==, 1);
}

static void
test_does_not_close (Rig *rig, gconstpointer data)
{
  gboolean took = FALSE;

  gtk_window_close (GTK_WINDOW (rig->window));
  tai_ui_rig_pass_ms (60);
  g_assert_nonnull (rig->window);
  g_assert_true (gtk_widget_get_mapped (rig->window));
  g_signal_emit_by_name (rig->window, "enable-debugging", FALSE, &took);
  tai_ui_rig_pass_ms (60);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
}

/* Each page by keyboard, finger and ear. */
static void
test_sweep (Rig *rig, gconstpointer data)
{
  sweep_page (rig, "welcome");
  touch (rig, "Call staff");
  touch (rig, "top_up");
  sweep_page (rig, "number");
  touch_digits (rig, NUMBER);
  touch (rig, "Next");
  sweep_page (rig, "check");
  touch (rig, "Yes, go on");
  sweep_page (rig, "amount");
  touch (rig, "Another amount");
  sweep_page (rig, "other-amount");
  touch (rig, "Usual amounts");
  touch (rig, "50");
  sweep_page (rig, "code");
  touch (rig, "Done");
  sweep_page (rig, "thanks");
}

#define ADD(name, test) g_test_add ("/kiosk/" name, Rig, NULL, rig_set_up, test, rig_tear_down)

int
main (int argc, char **argv)
{
  tai_language_init ();
  tai_ui_rig_init (&argc, &argv);
  tai_ui_init ();
  ADD ("top-up", test_top_up);
  ADD ("desk-takes-it", test_desk_takes_it);
  ADD ("wrong-number", test_wrong_number);
  ADD ("owner", test_owner);
  ADD ("other-amount", test_other_amount);
  ADD ("wiped", test_wiped);
  ADD ("countdown", test_countdown);
  ADD ("language-and-type", test_language_and_type);
  ADD ("call-staff", test_call_staff);
  ADD ("out-of-service", test_out_of_service);
  ADD ("staff-exit", test_staff_exit);
  ADD ("does-not-close", test_does_not_close);
  ADD ("sweep", test_sweep);
  return g_test_run ();
}
