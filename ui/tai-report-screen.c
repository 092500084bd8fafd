/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The report of a day or month: the hall at a glance, and behind it its figures. Screen, paper and file are made of one picture;
 * a key leads from a difference to its shift.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-report-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-figure-view.h"
#include "tai-findings-screen.h"
#include "tai-period.h"
#include "tai-report-csv.h"
#include "tai-report-look.h"
#include "tai-report-tills.h"
#include "tai-report-view.h"
#include "tai-report-waits.h"
#include "tai-row.h"
#include "tai-words.h"
#include "tai-wrap-layout.h"

#define N_FIGURE_KEYS 5

struct _TaiReportScreen {
  TaiScreen parent;
  GtkLabel *day, *scope, *source;
  GtkBox *cards;
  GtkWidget *choices;
  GtkWidget *previous;
  GtkStack *pages;
  GtkWidget *overview;
  TaiFigureView *figures;
  GtkListBox *tills, *waits;
  GtkToggleButton *with_detail, *scopes[TAI_N_REPORT_SCOPES];
  TaiReportView *view; /* (owned) (nullable) */
  char *wanted;        /* (owned) (nullable) day or month */
  TaiReportScope wanted_scope;
  TaiReportLook *look;  /* (owned) (nullable) the last question; older ones are dropped */
  gboolean was_on_line; /* when it was asked */
};

G_DEFINE_FINAL_TYPE (TaiReportScreen, tai_report_screen, TAI_TYPE_SCREEN)

static int
get_offset (TaiReportScreen *self)
{
  return tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->utc_offset_min;
}

static char *
format_count (gint64 count)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, count);
}

/* The figures at a glance -------------------------------------------------------------------------------------------------------- */

/* @before, @week: (nullable) the same of other days, or months */
static void
add_figure (TaiReportScreen *self, const char *title, const char *value, const char *before, const char *week)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  g_autofree char *others =
      g_strdup_printf (self->view->report->days != NULL ? _ ("month before %s\nyear before %s")
                                                        : _ ("day before %s\nweek before %s"),
                       before != NULL ? before : "–", week != NULL ? week : "–");
  const char *texts[] = {title, value, before != NULL || week != NULL ? others : NULL};
  const char *styles[] = {"row-title", "figure", "dim-label"};
  g_autofree char *name = g_strjoin (", ", title, value, texts[2], NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    GtkWidget *label = gtk_label_new (texts[i]);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_widget_add_css_class (label, styles[i]);
    gtk_widget_set_visible (label, texts[i] != NULL);
    gtk_box_append (GTK_BOX (card), label);
  }
  gtk_widget_add_css_class (card, "figure-card");
  tai_ui_name (card, name);
  gtk_box_append (self->cards, card);
}

static char *
format_of (const TaiDayFigures *figures, gint64 count)
{
  return figures->is_known ? format_count (count) : NULL;
}

static char *
format_money_of (const TaiDayFigures *figures, TaiMoney amount)
{
  return figures->is_known ? tai_words_money (amount) : NULL;
}

static void
show_figures (TaiReportScreen *self)
{
  const TaiTillReport *report = self->view->report;
  TaiTakings takings = tai_till_report_get_takings (report);
  const TaiDayFigures *before = &report->yesterday, *week = &report->week_ago;
  g_autofree char *sales = tai_words_money (takings.gross),
                  *drawer = tai_words_money (report->drawer_expected);
  g_autofree char *orders = format_count (report->n_orders), *payments = format_count (report->n_payments);
  g_autofree char *unsent = format_count (report->n_unsent), *findings = format_count (report->n_findings);
  g_autofree char *sales_1 = format_money_of (before, before->sales),
                  *sales_7 = format_money_of (week, week->sales);
  g_autofree char *orders_1 = format_of (before, before->n_orders),
                  *orders_7 = format_of (week, week->n_orders);
  g_autofree char *pays_1 = format_of (before, before->n_payments),
                  *pays_7 = format_of (week, week->n_payments);
  g_autofree char *refunds = tai_words_money (takings.refunds), *net = tai_words_money (takings.net);
  g_autofree char *drawer_1 = format_money_of (before, before->drawer);
  g_autofree char *drawer_7 = format_money_of (week, week->drawer);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
  add_figure (self, _ ("Sales (gross)"), sales, sales_1, sales_7);
  add_figure (self, _ ("Refunds"), refunds, NULL, NULL);
  add_figure (self, _ ("Net"), net, NULL, NULL);
  add_figure (self, _ ("Orders taken"), orders, orders_1, orders_7);
  add_figure (self, _ ("Payments"), payments, pays_1, pays_7);
  add_figure (self, _ ("Cash expected"), drawer, drawer_1, drawer_7);
  if (report->is_from_hq)
    add_figure (self, _ ("What does not match"), findings, NULL, NULL);
  else
    add_figure (self, _ ("Waiting to upload"), unsent, NULL, NULL);
}

/* Where a line leads ------------------------------------------------------------------------------------------------------- */

/* (transfer none) (nullable) */
static const TaiShift *
find_shift (TaiReportScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));

  return self->view != NULL ? tai_report_tills_find (self->view->report, counter) : NULL;
}

static void
till_activated_cb (TaiReportScreen *self, GtkListBoxRow *row)
{
  const char *shift = tai_row_get_key (TAI_ROW (row));

  if (shift != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_MOVEMENTS, shift);
}

static void
movements_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const TaiShift *shift = find_shift (TAI_REPORT_SCREEN (widget));

  if (shift != NULL)
    tai_screen_go (TAI_SCREEN (widget), TAI_SCREEN_MOVEMENTS, shift->id.text);
}

static void
wait_activated_cb (TaiReportScreen *self, GtkListBoxRow *row)
{
  const char *key = tai_row_get_key (TAI_ROW (row));
  TaiScreenId id;
  const char *text;

  if (key != NULL && tai_report_waits_parse (key, &id, &text))
    tai_screen_go (TAI_SCREEN (self), id, text);
}

/* The report --------------------------------------------------------------------------------------------------------------- */

static char *
describe_source (TaiReportScreen *self)
{
  const TaiTillReport *report = self->view->report;
  g_autofree char *as_of = tai_words_day_and_time (report->as_of_us, get_offset (self));

  if (report->is_from_hq)
    return g_strdup_printf (g_dngettext (NULL, "Headquarters' figures: %s, %d terminal, as of %s",
                                         "Headquarters' figures: %s, %d terminals, as of %s",
                                         (gulong)report->n_terminals),
                            report->place != NULL ? report->place : "–", (int)report->n_terminals, as_of);
  return g_strdup_printf (_ ("This terminal's figures: till %s, as of %s"), report->place, as_of);
}

/* Whose figures are shown, and what has become of those that were asked for. */
static void
show_source (TaiReportScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  const GError *problem = self->look != NULL ? tai_report_look_get_problem (self->look) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *source = self->view != NULL ? describe_source (self) : g_strdup ("");

  g_string_append (text, source);
  if (problem != NULL) {
    const char *why = tai_station_explain (tai_counter_get_station (counter), problem);
    g_string_append_c (text, '\n');
    /* TRANSLATORS: a whole sentence that says why */
    g_string_append_printf (text, _ ("Headquarters' figures did not come. %s"), why);
  } else if (self->look != NULL && tai_report_look_is_waiting (self->look))
    g_string_append_printf (text, " · %s", _ ("headquarters is asked …"));
  gtk_label_set_text (self->source, text->str);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->source), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->source), "warning");
}

static void
show_scope (TaiReportScreen *self)
{
  const TaiTillReport *report = self->view->report;
  const char *words =
      report->is_blind ? _ ("Your own figures. Amounts are told after you have counted and closed the till.")
      : report->is_own ? _ ("Your own figures")
                       : "";

  gtk_label_set_text (self->day, report->business_day);
  gtk_label_set_text (self->scope, words);
  gtk_widget_set_visible (GTK_WIDGET (self->scope), *words != '\0');
  show_source (self);
}

/* The line of the shift where one looks first. */
static GtkWidget *
find_row (TaiReportScreen *self)
{
  const TaiShift *shift = find_shift (self);
  GtkListBoxRow *row;

  for (int i = 0; shift != NULL && (row = gtk_list_box_get_row_at_index (self->tills, i)) != NULL; i++)
    if (g_strcmp0 (tai_row_get_key (TAI_ROW (row)), shift->id.text) == 0)
      return GTK_WIDGET (row);
  return GTK_WIDGET (gtk_list_box_get_row_at_index (self->tills, 0));
}

/* Whoever walks through a list goes on where he was when newer figures come: the lists see to that. */
static void
take_focus (TaiReportScreen *self)
{
  if (gtk_stack_get_visible_child (self->pages) == self->overview)
    gtk_widget_grab_focus (find_row (self));
  else
    tai_figure_view_take_focus (self->figures);
}

static void
show_view (TaiReportScreen *self)
{
  gboolean was_empty = gtk_list_box_get_row_at_index (self->tills, 0) == NULL;
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));

  show_scope (self);
  show_figures (self);
  tai_report_tills_fill (self->tills, self->view, counter);
  tai_report_waits_fill (self->waits, self->view, counter);
  tai_figure_view_show (self->figures, self->view->report);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.movements", find_shift (self) != NULL);
  if (was_empty || gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) == NULL)
    take_focus (self);
}

/* Asking for it ------------------------------------------------------------------------------------------------------------ */

static void
told_cb (gpointer owner, TaiReportView *view, const GError *error)
{
  TaiReportScreen *self = owner;
  g_autoptr (TaiReportView) before = view != NULL ? g_steal_pointer (&self->view) : NULL; /* still shown */

  if (error != NULL)
    tai_screen_show_error (TAI_SCREEN (self), error);
  else if (view != NULL && !view->report->is_from_hq)
    tai_screen_show_error (TAI_SCREEN (self), NULL);
  if (view == NULL) {
    show_source (self);
    return;
  }
  self->view = tai_report_view_ref (view);
  if (tai_screen_is_shown (TAI_SCREEN (self)))
    show_view (self);
}

/* What is wanted, as far as who is signed in may have it. */
static TaiReportScope
get_scope (TaiReportScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));

  return tai_report_scope_is_open (self->wanted_scope, counter) ? self->wanted_scope : TAI_REPORT_OF_TERMINAL;
}

static void
show_choice (TaiReportScreen *self, TaiReportScope scope)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  gboolean has_choice = tai_report_scope_is_open (TAI_REPORT_OF_HALL, counter);

  for (guint i = 0; i < TAI_N_REPORT_SCOPES; i++) {
    gtk_toggle_button_set_active (self->scopes[i], i == scope);
    gtk_widget_set_visible (GTK_WIDGET (self->scopes[i]),
                            has_choice && tai_report_scope_is_open (i, counter));
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->with_detail), scope == TAI_REPORT_OF_TERMINAL);
}

static gboolean
is_on_line (TaiReportScreen *self)
{
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));

  return tai_station_get_figures (station)->on_line;
}

static void
load (TaiReportScreen *self)
{
  TaiReportScope scope = get_scope (self);

  g_clear_pointer (&self->look, tai_report_look_drop);
  show_choice (self, scope);
  self->was_on_line = is_on_line (self);
  self->look = tai_report_look_new (tai_screen_get_counter (TAI_SCREEN (self)), scope, told_cb, self);
  tai_report_look_ask (self->look, self->wanted,
                       scope == TAI_REPORT_OF_TERMINAL && gtk_toggle_button_get_active (self->with_detail));
}

static void
refresh_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  load (TAI_REPORT_SCREEN (widget));
}

static void
scope_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (widget);
  TaiReportScope scope = (TaiReportScope)g_variant_get_int32 (parameter);

  if (!tai_report_scope_is_open (scope, tai_screen_get_counter (TAI_SCREEN (self))))
    return;
  self->wanted_scope = scope;
  load (self);
}

/* Once: what headquarters did not answer over a line that is there, it is asked for again by who wants it. */
static void
figures_changed (TaiScreen *screen)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (screen);
  gboolean has_failed = self->look != NULL && tai_report_look_get_problem (self->look) != NULL;

  if (has_failed && !self->was_on_line && is_on_line (self))
    load (self);
}

static void
want (TaiReportScreen *self, const TaiPeriod *period)
{
  g_free (self->wanted);
  self->wanted = g_strdup (period->text);
  load (self);
}

static void
step (TaiReportScreen *self, int by)
{
  TaiPeriod period;

  if (self->view == NULL || !tai_period_from_text (self->view->report->business_day, &period))
    return;
  period = tai_period_step (&period, by);
  want (self, &period);
}

static void
previous_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (TAI_REPORT_SCREEN (widget), -1);
}

static void
next_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (TAI_REPORT_SCREEN (widget), 1);
}

/* From a day to its month; from a month to its last day that is known, else its first. */
static void
month_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (widget);
  GArray *days = self->view != NULL ? self->view->report->days : NULL;
  TaiPeriod period;
  TaiDate date;

  if (self->view == NULL || !tai_period_from_text (self->view->report->business_day, &period) ||
      !tai_date_from_text (period.from, &date))
    return;
  if (!period.is_month)
    period = tai_period_of_month (date);
  else {
    if (days != NULL && days->len > 0)
      tai_date_from_text (g_array_index (days, TaiDayFigures, days->len - 1).business_day, &date);
    period = tai_period_of_day (date);
  }
  want (self, &period);
}

static void
journal_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (widget);
  gboolean is_day = self->view != NULL && self->view->report->days == NULL;

  tai_screen_go (TAI_SCREEN (widget), TAI_SCREEN_JOURNAL, is_day ? self->view->report->business_day : NULL);
}

static void
detail_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (widget);

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->with_detail)))
    gtk_toggle_button_set_active (self->with_detail, !gtk_toggle_button_get_active (self->with_detail));
}

/* The second page ---------------------------------------------------------------------------------------------------------- */

static void
figures_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (widget);

  if (self->view == NULL || !tai_figure_view_choose (self->figures, (guint)g_variant_get_int32 (parameter)))
    return;
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->figures));
  tai_figure_view_take_focus (self->figures);
}

static gboolean
back (TaiScreen *screen)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (screen);

  if (gtk_stack_get_visible_child (self->pages) == self->overview)
    return FALSE;
  gtk_stack_set_visible_child (self->pages, self->overview);
  gtk_widget_grab_focus (find_row (self));
  return TRUE;
}

/* Paper and file -------------------------------------------------------------------------------------------------------------- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TaiReportScreen) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = tai_station_save_finish (TAI_STATION (source), result, &error);
  g_autofree char *words = NULL;

  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  words = g_strdup_printf (_ ("Saved: %s"), path);
  tai_screen_show_hint (TAI_SCREEN (self), words);
}

/* What differs does not overwrite each other. */
static const char *
get_file_name (const TaiTillReport *report)
{
  if (report->is_own)
    return "own";
  if (!report->is_from_hq)
    return "report";
  return tai_till_report_is_by_hall (report) ? "region" : "hall";
}

static void
save (TaiReportScreen *self, gboolean as_paper)
{
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (self->view == NULL)
    return;
  name = g_strdup_printf ("%s-%s.%s", get_file_name (self->view->report), self->view->report->business_day,
                          as_paper ? "pdf" : "csv");
  text = as_paper ? NULL : tai_report_csv_write (self->view->report);
  tai_station_save_async (station, name, as_paper ? self->view->paper : NULL, text, saved_cb,
                          g_object_ref (self));
}

static void
save_pdf_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save (TAI_REPORT_SCREEN (widget), TRUE);
}

static void
save_csv_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save (TAI_REPORT_SCREEN (widget), FALSE);
}

static void
printed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiReportScreen *self = owner;

  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error != NULL)
    return;
  tai_station_print (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
  tai_screen_show_hint (TAI_SCREEN (self), _ ("The report goes to the form printer."));
}

/* What is printed is what is shown. */
static void
print_report (TaiReportScreen *self)
{
  TaiCounterArgs *args;

  if (self->view == NULL)
    return;
  args = tai_counter_args_new ();
  args->report = tai_report_view_ref (self->view);
  tai_screen_call (TAI_SCREEN (self), tai_do_print_report, args, printed_cb);
}

static void
print_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  print_report (TAI_REPORT_SCREEN (widget));
}

static gboolean
press (TaiScreen *screen, TaiKey key)
{
  if (key != TAI_KEY_PRINT)
    return FALSE;
  print_report (TAI_REPORT_SCREEN (screen));
  return TRUE;
}

/* The screen -------------------------------------------------------------------------------------------------------------------- */

static void
enter (TaiScreen *screen, const char *text)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (screen);

  if (text != NULL) {
    g_free (self->wanted);
    self->wanted = g_strdup (text);
  }
  gtk_widget_grab_focus (self->previous); /* until the rows are there */
  load (self);
}

/* Whoever signs in next sees nothing of it. */
static void
leave (TaiScreen *screen)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (screen);

  g_clear_pointer (&self->look, tai_report_look_drop);
  tai_row_clear_list (self->tills);
  tai_row_clear_list (self->waits);
  tai_figure_view_show (self->figures, NULL);
  g_clear_pointer (&self->view, tai_report_view_unref);
}

static void
finalize (GObject *object)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (object);

  g_clear_pointer (&self->look, tai_report_look_drop);
  g_clear_pointer (&self->view, tai_report_view_unref);
  g_free (self->wanted);
  G_OBJECT_CLASS (tai_report_screen_parent_class)->finalize (object);
}

static void
hall_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tai_screen_go (TAI_SCREEN (widget), TAI_SCREEN_HALL_CLOSE, NULL);
}

static void
findings_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gboolean is_of_region = TAI_REPORT_SCREEN (widget)->wanted_scope == TAI_REPORT_OF_REGION;

  tai_screen_go (TAI_SCREEN (widget), TAI_SCREEN_FINDINGS, is_of_region ? TAI_FINDINGS_OF_REGION : NULL);
}

static void
install_keys (GtkWidgetClass *klass)
{
  static const struct {
    const char *name;
    GtkWidgetActionActivateFunc func;
    guint key;
    GdkModifierType mods;
  } actions[] = {
      {"report.previous-day", previous_cb, GDK_KEY_Left, GDK_ALT_MASK},
      {"report.next-day", next_cb, GDK_KEY_Right, GDK_ALT_MASK},
      {"report.movements", movements_cb, GDK_KEY_d, GDK_CONTROL_MASK},
      {"report.save-pdf", save_pdf_cb, GDK_KEY_s, GDK_CONTROL_MASK},
      {"report.save-csv", save_csv_cb, GDK_KEY_e, GDK_CONTROL_MASK},
      {"report.hall", hall_cb, GDK_KEY_h, GDK_CONTROL_MASK},
      {"report.findings", findings_cb, GDK_KEY_u, GDK_CONTROL_MASK},
      {"report.print", print_cb, GDK_KEY_p, GDK_CONTROL_MASK},
      {"report.month", month_cb, GDK_KEY_m, GDK_CONTROL_MASK},
      {"report.journal", journal_cb, GDK_KEY_j, GDK_CONTROL_MASK},
      {"report.detail", detail_cb, GDK_KEY_i, GDK_CONTROL_MASK},
      {"report.refresh", refresh_cb, GDK_KEY_r, GDK_CONTROL_MASK},
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].func);
    gtk_widget_class_add_binding_action (klass, actions[i].key, actions[i].mods, actions[i].name, NULL);
  }
  gtk_widget_class_install_action (klass, "report.figures", "i", figures_cb);
  gtk_widget_class_install_action (klass, "report.scope", "i", scope_cb);
  for (int i = 0; i < TAI_N_REPORT_SCOPES; i++)
    gtk_widget_class_add_binding_action (klass, GDK_KEY_1 + (guint)i, GDK_ALT_MASK, "report.scope", "i", i);
  for (int i = 0; i < N_FIGURE_KEYS; i++)
    gtk_widget_class_add_binding_action (klass, GDK_KEY_1 + (guint)i, GDK_CONTROL_MASK, "report.figures", "i",
                                         i);
}

static void
tai_report_screen_class_init (TaiReportScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct {
    const char *name;
    gssize offset;
  } children[] = {
      {"day", G_STRUCT_OFFSET (TaiReportScreen, day)},
      {"scope", G_STRUCT_OFFSET (TaiReportScreen, scope)},
      {"source", G_STRUCT_OFFSET (TaiReportScreen, source)},
      {"choices", G_STRUCT_OFFSET (TaiReportScreen, choices)},
      {"cards", G_STRUCT_OFFSET (TaiReportScreen, cards)},
      {"previous", G_STRUCT_OFFSET (TaiReportScreen, previous)},
      {"pages", G_STRUCT_OFFSET (TaiReportScreen, pages)},
      {"overview", G_STRUCT_OFFSET (TaiReportScreen, overview)},
      {"figures", G_STRUCT_OFFSET (TaiReportScreen, figures)},
      {"tills", G_STRUCT_OFFSET (TaiReportScreen, tills)},
      {"waits", G_STRUCT_OFFSET (TaiReportScreen, waits)},
      {"with_detail", G_STRUCT_OFFSET (TaiReportScreen, with_detail)},
      {"of_terminal", G_STRUCT_OFFSET (TaiReportScreen, scopes[TAI_REPORT_OF_TERMINAL])},
      {"of_hall", G_STRUCT_OFFSET (TaiReportScreen, scopes[TAI_REPORT_OF_HALL])},
      {"of_region", G_STRUCT_OFFSET (TaiReportScreen, scopes[TAI_REPORT_OF_REGION])},
  };

  G_OBJECT_CLASS (klass)->finalize = finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->figures_changed = figures_changed;
  TAI_SCREEN_CLASS (klass)->back = back;
  TAI_SCREEN_CLASS (klass)->press = press;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/report.ui");
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE, children[i].offset);
  gtk_widget_class_bind_template_callback (widget_class, till_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, wait_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, load);
  install_keys (widget_class);
}

static void
tai_report_screen_init (TaiReportScreen *self)
{
  g_type_ensure (TAI_TYPE_FIGURE_VIEW);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->wanted_scope = TAI_REPORT_OF_HALL;
  gtk_widget_set_layout_manager (self->choices, tai_wrap_layout_new (6, FALSE));
  gtk_widget_add_css_class (GTK_WIDGET (self), "report");
  tai_ui_name (GTK_WIDGET (self->tills), _ ("Tills"));
  tai_ui_name (GTK_WIDGET (self->waits), _ ("What waits for you"));
}
