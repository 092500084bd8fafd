/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day's report and a shift's movements as widgets, over a desk with a real store: figures, focus, names, sizes. */
#include "tai-chart.h"
#include "tai-desk-rig.h"
#include "tai-fake-directory.h"
#include "tai-fake-executor.h"
#include "tai-page.h"
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
  g_autoptr (TaiFakeDirectory) directory = tai_fake_directory_new ();
  TaiCounterPorts ports = {
      .worker = TAI_EXECUTOR (worker), .painter = TAI_EXECUTOR (worker), .preview = preview};

  f->station = g_object_new (TEST_TYPE_STATION, NULL);
  f->went_to = -1;
  ports.desk = f->rig->desk;
  ports.store = TAI_VISIT_STORE (f->rig->store);
  ports.prints = TAI_PRINT_QUEUE (f->rig->store);
  ports.station = TAI_STATION (f->station);
  ports.directory = TAI_DIRECTORY (directory);
  ports.clock = TAI_CLOCK (f->rig->clock);
  f->counter = tai_counter_new (&ports);
  f->screen = tai_screen_new (id, f->counter);
  g_signal_connect (f->screen, "go", G_CALLBACK (go_cb), f);
  f->window = tai_ui_rig_show (GTK_WIDGET (f->screen));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1280, 660);
}

static void
tear_down (Fixture *f)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_clear_object (&f->counter);
  g_clear_object (&f->station);
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

static void
assert_shows (Fixture *f, const char *what)
{
  g_autoptr (GString) text = g_string_new (NULL);

  collect (GTK_WIDGET (f->screen), text);
  if (strstr (text->str, what) == NULL)
    g_error ("\"%s\" is missing in\n%s", what, text->str);
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
  g_test_add_func ("/report-screen/blind", test_blind);
  g_test_add_func ("/report-screen/movements", test_movements);
  return g_test_run ();
}
