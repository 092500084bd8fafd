/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day's report and a shift's movements as widgets, over a desk with a real store: figures, focus, names, sizes. */
#include "tai-chart.h"
#include "tai-desk-rig.h"
#include "tai-fake-directory.h"
#include "tai-fake-executor.h"
#include "tai-page.h"
#include "tai-report-look.h"
#include "tai-report-screen.h"
#include "tai-row.h"
#include "tai-sweep.h"
#include "tai-table-row.h"
#include "tai-ui-rig.h"
#include "tai-ui.h"

#include <string.h>

/* A station with no devices that keeps what was saved. */
#define TEST_TYPE_STATION (test_station_get_type ())
G_DECLARE_FINAL_TYPE (TestStation, test_station, TEST, STATION, GObject)
struct _TestStation {
  GObject parent;
  TaiStationFigures figures;
  char *name, *text;
  guint n_prints;
};
static void station_init (TaiStationInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TestStation, test_station, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_STATION, station_init))

static const TaiStationFigures *
get_figures (TaiStation *station)
{
  return &TEST_STATION (station)->figures;
}

static void
print (TaiStation *station)
{
  TEST_STATION (station)->n_prints++;
}

static void
save (TaiStation *station, const char *name, TaiDocument *paper, const char *text, GAsyncReadyCallback done,
      gpointer data)
{
  TestStation *self = TEST_STATION (station);
  g_autoptr (GTask) task = g_task_new (self, NULL, done, data);

  g_free (self->name);
  g_free (self->text);
  self->name = g_strdup (name);
  self->text = g_strdup (text);
  g_task_return_pointer (task, g_strdup_printf ("/somewhere/%s", name), g_free);
}

static char *
save_finish (TaiStation *station, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
  iface->print = print;
  iface->save = save;
  iface->save_finish = save_finish;
  iface->explain = explain;
}

static void
test_station_finalize (GObject *object)
{
  g_free (TEST_STATION (object)->name);
  g_free (TEST_STATION (object)->text);
  G_OBJECT_CLASS (test_station_parent_class)->finalize (object);
}

static void
test_station_class_init (TestStationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_station_finalize;
}

static void
test_station_init (TestStation *self)
{
}

/* The desk behind the screen. */
typedef struct {
  TaiDeskRig *rig;
  TestStation *station;
  TaiFakeDirectory *directory;
  TaiCounter *counter;
  TaiScreen *screen;
  GtkWidget *window;
  int went_to; /* -1: nowhere */
  char *went_with;
} Fixture;

static void
go_cb (TaiScreen *screen, int id, const char *text, Fixture *f)
{
  f->went_to = id;
  g_free (f->went_with);
  f->went_with = g_strdup (text);
}

static void
set_up (Fixture *f, TaiScreenId id)
{
  g_autoptr (TaiFakeExecutor) worker = tai_fake_executor_new_inline ();
  g_autoptr (TaiPreview) preview = tai_page_preview_new (-1);
  TaiCounterPorts ports = {
      .worker = TAI_EXECUTOR (worker), .painter = TAI_EXECUTOR (worker), .preview = preview};

  f->directory = tai_fake_directory_new ();
  f->station = g_object_new (TEST_TYPE_STATION, NULL);
  f->went_to = -1;
  ports.desk = f->rig->desk;
  ports.store = TAI_VISIT_STORE (f->rig->store);
  ports.prints = TAI_PRINT_QUEUE (f->rig->store);
  ports.station = TAI_STATION (f->station);
  ports.directory = TAI_DIRECTORY (f->directory);
  ports.clock = TAI_CLOCK (f->rig->clock);
  f->counter = tai_counter_new (&ports);
  tai_counter_refresh (f->counter);
  TAI_UI_WAIT (tai_counter_get_staff (f->counter) != NULL);
  f->screen = tai_screen_new (id, f->counter);
  g_signal_connect (f->screen, "go", G_CALLBACK (go_cb), f);
  f->window = tai_ui_rig_show (GTK_WIDGET (f->screen));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1280, 660);
}

static void
tear_down (Fixture *f)
{
  TaiCounter *counter = f->counter;

  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_add_weak_pointer (G_OBJECT (f->counter), (gpointer *)&counter);
  g_clear_object (&f->counter);
  TAI_UI_WAIT (counter == NULL); /* what was asked for last has come */
  g_clear_object (&f->station);
  g_clear_object (&f->directory);
  g_free (f->went_with);
  tai_desk_rig_free (f->rig);
}

/* Yesterday one sale; today 5 yuan less than last night's count, two sales, and 30 yuan are missing. */
static void
make_day (Fixture *f)
{
  g_autoptr (TaiTillReport) yesterday = NULL, today = NULL;
  g_autoptr (TaiVisit) before = NULL, first = NULL, second = NULL;

  f->rig = tai_desk_rig_new ();
  tai_desk_rig_start_day (f->rig);
  before = tai_desk_rig_sell_top_up (f->rig, 2000);
  MUST (yesterday = tai_desk_close_till (f->rig->desk, CNY (RIG_FLOAT + 2000), &E));
  tai_fake_clock_advance (f->rig->clock, 24 * 3600 * 1000);
  MUST (tai_desk_open_till (f->rig->desk, CNY (RIG_FLOAT + 1500), &E));
  first = tai_desk_rig_sell_top_up (f->rig, 5000);
  second = tai_desk_rig_sell_top_up (f->rig, 3000);
  tai_desk_rig_sign_in (f->rig, RIG_CLERK_2);
  MUST (tai_desk_note_drawer (f->rig->desk, &E));
  tai_desk_rig_sign_in (f->rig, RIG_CLERK);
  MUST (today = tai_desk_close_till (f->rig->desk, CNY (RIG_FLOAT + 1500 + 5000), &E));
  tai_desk_rig_sign_in (f->rig, RIG_SUPERVISOR);
}

/* Every text on the screen. */
static void
collect (GtkWidget *widget, GString *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

static gboolean
shows (Fixture *f, const char *what, gboolean tells)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean does;

  collect (GTK_WIDGET (f->screen), text);
  does = strstr (text->str, what) != NULL;
  if (!does && tells)
    g_test_message ("\"%s\" is missing in\n%s", what, text->str);
  return does;
}

/* Or comes to it. */
static void
assert_shows (Fixture *f, const char *what)
{
  gint64 deadline_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!shows (f, what, FALSE) && g_get_monotonic_time () < deadline_us)
    tai_ui_rig_pass_ms (20);
  g_assert_true (shows (f, what, TRUE));
}

static void
test_report (void)
{
  Fixture f = {0};
  GtkWidget *focus;

  make_day (&f);
  set_up (&f, TAI_SCREEN_REPORT);
  tai_screen_enter (f.screen, NULL);
  tai_ui_rig_pass_ms (120);
  assert_shows (&f, "¥80.00");
  assert_shows (&f, "2026-11-23");
  assert_shows (&f, "day before ¥20.00\nweek before –");
  assert_shows (&f, "Opening difference −¥5.00");
  assert_shows (&f, "¥30.00 short");
  focus = gtk_root_get_focus (GTK_ROOT (f.window));
  g_assert_true (TAI_IS_ROW (focus)); /* the shift that does not agree */
  tai_ui_rig_pass_ms (120);
  tai_sweep_assert (f.window, TAI_SWEEP_COUNTER_MIN);
  tai_ui_rig_shoot (f.window, "report");
  g_signal_emit_by_name (focus, "activate");
  g_assert_cmpint (f.went_to, ==, TAI_SCREEN_MOVEMENTS);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f.screen), "report.save-csv", NULL));
  TAI_UI_WAIT (f.station->name != NULL);
  g_assert_cmpstr (f.station->name, ==, "report-2026-11-23.csv");
  g_assert_nonnull (strstr (f.station->text, "\r\nshift,T2,1042,difference,2,-30.00,"));
  TAI_UI_WAIT (gtk_widget_get_mapped (GTK_WIDGET (f.screen)));
  tai_ui_rig_pass_ms (60);
  assert_shows (&f, "Saved: /somewhere/report-2026-11-23.csv");
  g_assert_true (tai_screen_press (f.screen, TAI_KEY_PRINT));
  g_assert_cmpuint (f.station->n_prints, ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (f.screen), "report.previous-day", NULL);
  tai_ui_rig_pass_ms (60);
  assert_shows (&f, "2026-11-22");
  assert_shows (&f, "¥20.00");
  gtk_widget_activate_action (GTK_WIDGET (f.screen), "report.previous-day", NULL);
  tai_ui_rig_pass_ms (60);
  assert_shows (&f, "2026-11-21");
  assert_shows (&f, "No till was open on this day");
  tear_down (&f);
}

/* Each key has its chart and its table, which say the same, and Esc leads back to the hall. */
static void
test_figures (void)
{
  static const struct {
    int place;
    const char *shot, *shows[3], *chart;
  } pages[] = {
      {0, "figures-hour", {"Hour", "09:00", "¥80.00"}, "Sales by hour: 09:00, ¥80.00 (1 of 1)"},
      {1, "figures-business", {"Top-up", "Sum", "¥80.00"}, "Sales by business: Top-up, ¥80.00 (1 of 1)"},
      {2, "figures-tender", {"Cash", "2", "¥80.00"}, "Payments by tender: Cash, ¥80.00 (1 of 1)"},
      {3, "figures-clerk", {"1042", "No sale", "Overrides"}, "Clerks beside the hall: 1042, ¥80.00 (1 of 2)"},
  };
  Fixture f = {0};
  GtkWidget *chart;

  make_day (&f);
  set_up (&f, TAI_SCREEN_REPORT);
  tai_screen_enter (f.screen, NULL);
  tai_ui_rig_pass_ms (120);
  chart = tai_ui_rig_find (GTK_WIDGET (f.screen), TAI_TYPE_CHART);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f.screen), "report.figures", "i", pages[i].place));
    tai_ui_rig_pass_ms (120);
    for (guint k = 0; k < G_N_ELEMENTS (pages[i].shows); k++)
      assert_shows (&f, pages[i].shows[k]);
    gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                         pages[i].chart);
    g_assert_true (TAI_IS_TABLE_ROW (gtk_root_get_focus (GTK_ROOT (f.window))));
    tai_sweep_assert (f.window, TAI_SWEEP_COUNTER_MIN);
    tai_ui_rig_shoot (f.window, pages[i].shot);
  }
  gtk_widget_activate_action (gtk_widget_get_parent (gtk_widget_get_parent (chart)), "figures.other", NULL);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f.window)) == chart);
  gtk_widget_activate_action (chart, "chart.choose", "i", 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Clerks beside the hall: 1043, ¥0.00 (2 of 2)");
  gtk_widget_activate_action (GTK_WIDGET (f.screen), "report.month", NULL);
  tai_ui_rig_pass_ms (120);
  assert_shows (&f, "2026-11");
  gtk_widget_activate_action (GTK_WIDGET (f.screen), "report.figures", "i", 0);
  tai_ui_rig_pass_ms (120);
  assert_shows (&f, "2026-11-22");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Sales by day: 22, ¥20.00 (1 of 2)");
  tai_ui_rig_shoot (f.window, "figures-day");
  g_assert_true (tai_screen_back (f.screen));
  tai_ui_rig_pass_ms (120);
  tai_ui_rig_shoot (f.window, "month");
  g_assert_false (tai_screen_back (f.screen));
  gtk_widget_activate_action (GTK_WIDGET (f.screen), "report.month", NULL);
  tai_ui_rig_pass_ms (60);
  assert_shows (&f, "2026-11-23");
  tear_down (&f);
}

/* Headquarters -------------------------------------------------------------------------------------------------------------- */

static void
add_line (GPtrArray *lines, const char *hall, const char *terminal, const char *clerk, const char *business,
          const char *tender, gint64 minor)
{
  TaiReportLine *line = tai_report_line_new (clerk, business, tender);

  line->hall = g_strdup (hall);
  line->terminal = g_strdup (terminal);
  line->count = 1;
  line->amount = CNY (minor);
  g_ptr_array_add (lines, line);
}

static void
add_terminal (TaiTillReport *report, const char *hall, const char *id, gint64 n_missing)
{
  TaiReportTerminal *terminal = g_new0 (TaiReportTerminal, 1);

  terminal->hall = g_strdup (hall);
  terminal->terminal = g_strdup (id);
  terminal->last_contact_us = report->as_of_us;
  terminal->n_missing = n_missing;
  g_ptr_array_add (report->terminals, terminal);
  report->n_terminals++;
}

static TaiTillReport *
new_report (Fixture *f, const char *day, const char *place, gint64 minor)
{
  TaiTillReport *report = g_new0 (TaiTillReport, 1);
  GPtrArray **lists[] = {&report->by_business, &report->by_tender, &report->by_event, &report->by_quarter};

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_line_free);
  report->shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_free);
  report->terminals = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_terminal_free);
  tai_till_report_set_source (report, TRUE, place, 0, tai_clock_now (TAI_CLOCK (f->rig->clock)), 480);
  report->business_day = g_strdup (day);
  report->day = (TaiDayFigures){.is_known = TRUE, .sales = CNY (minor), .n_orders = 2, .n_payments = 2};
  report->n_orders = report->n_payments = 2;
  report->drawer_expected = CNY (minor);
  return report;
}

/* Of the hall: this terminal's shift that is 30 short, as the rig's store has it, and one of the till beside it. */
static TaiTillReport *
new_hall (Fixture *f, const char *day, gint64 minor)
{
  g_autofree char *shift = tai_desk_rig_rows (f->rig, "SELECT id FROM shift ORDER BY n DESC LIMIT 1");
  const char *tills[] = {"T2", "T3"};
  TaiTillReport *report = new_report (f, day, "Hall 17", minor);

  for (guint i = 0; i < G_N_ELEMENTS (tills); i++) {
    TaiShift *one = g_new0 (TaiShift, 1);
    g_strlcpy (one->id.text, i == 0 ? g_strstrip (shift) : "0199f3c2-7d10-7c3a-9b1e-aaaaaaaaaaaa",
               sizeof one->id.text);
    one->till = g_strdup (tills[i]);
    one->clerk = g_strdup (i == 0 ? RIG_CLERK : RIG_CLERK_2);
    one->business_day = g_strdup (day);
    one->state = TAI_SHIFT_CLOSED;
    one->counted = CNY (5000);
    one->expected = CNY (5000 + (i == 0 ? 3000 : 700));
    one->float_amount = one->opening_expected = CNY (0);
    g_ptr_array_add (report->shifts, one);
    add_line (report->by_business, NULL, i == 0 ? "H017T2" : "H017T3", one->clerk, "top_up", NULL, minor / 2);
    add_line (report->by_tender, NULL, i == 0 ? "H017T2" : "H017T3", one->clerk, NULL, "cash", minor / 2);
  }
  add_terminal (report, "H017", "H017T2", 0);
  add_terminal (report, "H017", "H017T3", 4);
  report->n_findings = 3;
  return report;
}

static void
assert_hides (Fixture *f, const char *what)
{
  g_autoptr (GString) text = g_string_new (NULL);

  collect (GTK_WIDGET (f->screen), text);
  if (strstr (text->str, what) != NULL)
    g_error ("\"%s\" is shown in\n%s", what, text->str);
}

static void
assert_asked (Fixture *f, guint n, const char *last)
{
  GPtrArray *asked = tai_fake_directory_get_asked (f->directory);

  g_assert_cmpuint (asked->len, ==, n);
  if (n > 0)
    g_assert_cmpstr (g_ptr_array_index (asked, n - 1), ==, last);
}

static void
act (Fixture *f, const char *action, int number)
{
  if (number >= 0)
    gtk_widget_activate_action (GTK_WIDGET (f->screen), action, "i", number);
  else
    gtk_widget_activate_action (GTK_WIDGET (f->screen), action, NULL);
  tai_ui_rig_pass_ms (120);
}

/* One's own figures at once, the hall's when they come; screen, file and paper are of the picture that is shown. */
static void
test_hall (void)
{
  Fixture f = {0};
  GtkWidget *focus;

  make_day (&f);
  set_up (&f, TAI_SCREEN_REPORT);
  tai_fake_directory_hold (f.directory, TRUE);
  tai_screen_enter (f.screen, NULL);
  tai_ui_rig_pass_ms (120);
  assert_shows (&f, "This terminal's figures: till T2");
  assert_shows (&f, "headquarters is asked");
  assert_shows (&f, "¥80.00");
  assert_asked (&f, 1, " 2026-11-23-2026-11-23 terminal,clerk");
  tai_fake_directory_push_report (f.directory, new_hall (&f, "2026-11-23", 20500));
  tai_fake_directory_hold (f.directory, FALSE);
  tai_ui_rig_pass_ms (120);
  assert_shows (&f, "Headquarters' figures: Hall 17, 2 terminals, as of ");
  assert_hides (&f, "headquarters is asked");
  assert_shows (&f, "¥205.00");
  assert_shows (&f, "¥7.00 short");
  assert_shows (&f, "4 records missing");
  assert_shows (&f, "What does not match");
  focus = gtk_root_get_focus (GTK_ROOT (f.window));
  g_assert_true (TAI_IS_ROW (focus) &&
                 tai_row_get_key (TAI_ROW (focus)) != NULL); /* still on one's own shift */
  tai_sweep_assert (f.window, TAI_SWEEP_COUNTER_MIN);
  tai_ui_rig_shoot (f.window, "report-hall");
  act (&f, "report.save-csv", -1);
  g_assert_cmpstr (f.station->name, ==, "hall-2026-11-23.csv");
  g_assert_nonnull (strstr (f.station->text, "\r\nsource,Hall 17,,headquarters,2,"));
  g_assert_nonnull (strstr (f.station->text, "\r\nheard,H017T3,,missing,4,,"));
  g_assert_null (strstr (f.station->text, "unsent"));
  g_assert_true (tai_screen_press (f.screen, TAI_KEY_PRINT));
  tai_ui_rig_pass_ms (60);
  g_assert_cmpuint (f.station->n_prints, ==, 1);
  assert_asked (&f, 1, " 2026-11-23-2026-11-23 terminal,clerk"); /* one query, one picture */
  act (&f, "report.figures", 4);
  assert_shows (&f, "H017T3");
  tai_ui_rig_shoot (f.window, "figures-terminal");
  act (&f, "report.scope", TAI_REPORT_OF_TERMINAL);
  assert_hides (&f, "Headquarters' figures");
  assert_shows (&f, "This terminal's figures: till T2");
  assert_asked (&f, 1, " 2026-11-23-2026-11-23 terminal,clerk");
  act (&f, "report.scope", TAI_REPORT_OF_REGION); /* has no right */
  assert_asked (&f, 1, " 2026-11-23-2026-11-23 terminal,clerk");
  tear_down (&f);
}

/* A late answer for a day that is not shown any more. */
static void
test_late (void)
{
  Fixture f = {0};

  make_day (&f);
  set_up (&f, TAI_SCREEN_REPORT);
  tai_fake_directory_hold (f.directory, TRUE);
  tai_screen_enter (f.screen, NULL);
  tai_ui_rig_pass_ms (120);
  act (&f, "report.previous-day", -1);
  assert_asked (&f, 2, " 2026-11-22-2026-11-22 terminal,clerk");
  assert_shows (&f, "¥20.00");
  tai_fake_directory_push_report (f.directory, new_hall (&f, "2026-11-22", 4400));
  tai_fake_directory_hold (f.directory, FALSE);
  tai_ui_rig_pass_ms (120);
  assert_shows (&f, "2026-11-22");
  assert_shows (&f, "¥44.00");
  assert_hides (&f, "did not come");
  /* and for nobody: whoever left does not come back to it */
  tai_fake_directory_hold (f.directory, TRUE);
  act (&f, "report.refresh", -1);
  tai_screen_leave (f.screen);
  tai_fake_directory_push_report (f.directory, new_hall (&f, "2026-11-22", 9900));
  tai_fake_directory_hold (f.directory, FALSE);
  tai_ui_rig_pass_ms (120);
  assert_hides (&f, "¥99.00");
  tear_down (&f);
}

/* No line, no right, no answer: one's own figures stay, and it says why. When the line is back it is asked again, once. */
static void
test_no_line (void)
{
  Fixture f = {0};

  make_day (&f);
  set_up (&f, TAI_SCREEN_REPORT);
  tai_fake_directory_fail (f.directory,
                           g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Nobody answers."));
  tai_screen_enter (f.screen, NULL);
  tai_ui_rig_pass_ms (120);
  assert_shows (&f, "¥80.00");
  assert_shows (&f, "¥30.00 short");
  assert_shows (&f, "This terminal's figures: till T2");
  assert_shows (&f, "Headquarters' figures did not come. Nobody answers.");
  tai_sweep_assert (f.window, TAI_SWEEP_COUNTER_MIN);
  tai_ui_rig_shoot (f.window, "report-no-line");
  tai_screen_figures_changed (f.screen); /* nothing new about the line */
  tai_ui_rig_pass_ms (60);
  assert_asked (&f, 1, " 2026-11-23-2026-11-23 terminal,clerk");
  f.station->figures.on_line = TRUE;
  tai_fake_directory_fail (f.directory,
                           g_error_new_literal (TAI_CORE_ERROR, TAI_CORE_ERROR_RIGHT_MISSING, "No."));
  tai_screen_figures_changed (f.screen);
  tai_ui_rig_pass_ms (120);
  assert_asked (&f, 2, " 2026-11-23-2026-11-23 terminal,clerk");
  assert_shows (&f, "Headquarters' figures did not come. No.");
  assert_shows (&f, "¥80.00");
  tai_screen_figures_changed (f.screen); /* that was not the line's fault */
  tai_ui_rig_pass_ms (60);
  assert_asked (&f, 2, " 2026-11-23-2026-11-23 terminal,clerk");
  tai_fake_directory_push_report (f.directory, new_hall (&f, "2026-11-23", 20500));
  act (&f, "report.refresh", -1);
  assert_shows (&f, "¥205.00");
  assert_hides (&f, "did not come");
  tear_down (&f);
}

/* By right: all halls, each with its own figures. */
static void
test_region (void)
{
  Fixture f = {0};
  TaiTillReport *region;
  g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);

  make_day (&f);
  g_ptr_array_add (staff,
                   tai_staff_new (RIG_SUPERVISOR, RIG_SUPERVISOR, TAI_ROLE_SUPERVISOR, RIG_SUPERVISOR));
  ((TaiStaff *)staff->pdata[0])->rights |= TAI_RIGHT_REPORT_REGION;
  MUST (tai_visit_store_replace_staff (TAI_VISIT_STORE (f.rig->store), staff, &E));
  tai_desk_rig_sign_in (f.rig, RIG_SUPERVISOR);
  set_up (&f, TAI_SCREEN_REPORT);
  tai_fake_directory_push_report (f.directory, new_hall (&f, "2026-11-23", 20500));
  tai_screen_enter (f.screen, NULL);
  assert_shows (&f, "Headquarters' figures: Hall 17");
  region = new_report (&f, "2026-11-23", "4403", 31000);
  add_line (region->by_business, "H017", NULL, NULL, "top_up", NULL, 20500);
  add_line (region->by_business, "H018", NULL, NULL, "top_up", NULL, 10500);
  add_line (region->by_tender, "H017", NULL, NULL, NULL, "cash", 20500);
  add_line (region->by_tender, "H018", NULL, NULL, NULL, "bank_card", 10500);
  add_terminal (region, "H017", "H017T2", 0);
  add_terminal (region, "H018", "H018T1", 0);
  tai_fake_directory_push_report (f.directory, region);
  act (&f, "report.scope", TAI_REPORT_OF_REGION);
  assert_asked (&f, 2, "* 2026-11-23-2026-11-23 hall");
  assert_shows (&f, "Headquarters' figures: 4403, 2 terminals");
  assert_shows (&f, "¥310.00");
  tai_sweep_assert (f.window, TAI_SWEEP_COUNTER_MIN);
  tai_ui_rig_shoot (f.window, "report-region");
  act (&f, "report.figures", 3);
  assert_shows (&f, "Halls beside the region Ctrl+4");
  assert_shows (&f, "H018");
  assert_shows (&f, "¥105.00");
  tai_ui_rig_shoot (f.window, "figures-hall");
  act (&f, "report.figures", 1);
  assert_shows (&f, "Hall"); /* in the place of the clerk */
  act (&f, "report.save-csv", -1);
  g_assert_cmpstr (f.station->name, ==, "region-2026-11-23.csv");
  g_assert_nonnull (strstr (f.station->text, "\r\nhall,H018,,,1,105.00,"));
  tear_down (&f);
}

static void
test_blind (void)
{
  Fixture f = {0};
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  f.rig = tai_desk_rig_new ();
  tai_desk_rig_start_day (f.rig);
  visit = tai_desk_rig_sell_top_up (f.rig, 4700);
  set_up (&f, TAI_SCREEN_REPORT);
  tai_screen_enter (f.screen, NULL);
  tai_ui_rig_pass_ms (120);
  collect (GTK_WIDGET (f.screen), text);
  g_assert_null (strstr (text->str, "47.00"));
  g_assert_null (strstr (text->str, "247.00"));
  assert_shows (&f, "Your own figures. Amounts are told after you have counted and closed the till.");
  tai_ui_rig_pass_ms (120);
  tai_sweep_assert (f.window, TAI_SWEEP_COUNTER_MIN);
  tear_down (&f);
}

static void
test_movements (void)
{
  Fixture f = {0};
  GtkWidget *focus;
  g_autofree char *shift = NULL;

  make_day (&f);
  shift = tai_desk_rig_rows (f.rig, "SELECT id FROM shift ORDER BY n DESC LIMIT 1");
  g_strstrip (shift);
  set_up (&f, TAI_SCREEN_MOVEMENTS);
  tai_screen_enter (f.screen, shift);
  tai_ui_rig_pass_ms (120);
  assert_shows (&f, "¥30.00 short");
  focus = gtk_root_get_focus (GTK_ROOT (f.window));
  g_assert_true (TAI_IS_TABLE_ROW (focus) && tai_table_row_is_marked (TAI_TABLE_ROW (focus)));
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)), ==, 2); /* the sale of 30 */
  tai_ui_rig_pass_ms (120);
  tai_sweep_assert (f.window, TAI_SWEEP_COUNTER_MIN);
  tai_ui_rig_shoot (f.window, "movements");
  g_signal_emit_by_name (focus, "activate");
  g_assert_cmpint (f.went_to, ==, TAI_SCREEN_RECEIPT);
  g_assert_cmpstr (f.went_with, ==, tai_table_row_get_key (TAI_TABLE_ROW (focus)));
  g_assert_true (tai_screen_back (f.screen));
  g_assert_cmpint (f.went_to, ==, TAI_SCREEN_REPORT);
  g_assert_cmpstr (f.went_with, ==, "2026-11-23");
  tear_down (&f);
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  tai_ui_init ();
  g_test_add_func ("/report-screen/report", test_report);
  g_test_add_func ("/report-screen/figures", test_figures);
  g_test_add_func ("/report-screen/hall", test_hall);
  g_test_add_func ("/report-screen/late", test_late);
  g_test_add_func ("/report-screen/no-line", test_no_line);
  g_test_add_func ("/report-screen/region", test_region);
  g_test_add_func ("/report-screen/blind", test_blind);
  g_test_add_func ("/report-screen/movements", test_movements);
  return g_test_run ();
}
