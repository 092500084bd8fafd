/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day's report. Screen, paper and file are made of one picture of the day; a key leads from a difference to its shift. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-report-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-report-view.h"
#include "tai-report-waits.h"
#include "tai-row.h"
#include "tai-table-row.h"
#include "tai-words.h"

struct _TaiReportScreen {
  TaiScreen parent;
  GtkLabel *day, *scope, *counts;
  GtkBox *figures;
  GtkWidget *previous;
  GtkListBox *tills, *waits, *lines;
  GtkToggleButton *by_clerk, *by_tender, *by_business;
  AdwBin *head;
  TaiTable table;
  TaiReportView *view; /* (owned) (nullable) */
  char *wanted;        /* (owned) (nullable) day */
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

/* The five figures -------------------------------------------------------------------------------------------------------- */

/* @before, @week: (nullable) the same of other days */
static void
add_figure (TaiReportScreen *self, const char *title, const char *value, const char *before, const char *week)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  g_autofree char *others = g_strdup_printf (_ ("day before %s · week before %s"),
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
  gtk_box_append (self->figures, card);
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
  const TaiDayFigures *day = &report->day, *before = &report->yesterday, *week = &report->week_ago;
  g_autofree char *sales = tai_words_money (day->sales), *drawer = tai_words_money (report->drawer_expected);
  g_autofree char *orders = format_count (report->n_orders), *payments = format_count (report->n_payments);
  g_autofree char *unsent = format_count (report->n_unsent);
  g_autofree char *sales_1 = format_money_of (before, before->sales),
                  *sales_7 = format_money_of (week, week->sales);
  g_autofree char *orders_1 = format_of (before, before->n_orders),
                  *orders_7 = format_of (week, week->n_orders);
  g_autofree char *pays_1 = format_of (before, before->n_payments),
                  *pays_7 = format_of (week, week->n_payments);
  g_autofree char *drawer_1 = format_money_of (before, before->drawer);
  g_autofree char *drawer_7 = format_money_of (week, week->drawer);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->figures))) != NULL)
    gtk_box_remove (self->figures, child);
  add_figure (self, _ ("Sales"), sales, sales_1, sales_7);
  add_figure (self, _ ("Orders taken"), orders, orders_1, orders_7);
  add_figure (self, _ ("Payments"), payments, pays_1, pays_7);
  add_figure (self, _ ("Cash expected"), drawer, drawer_1, drawer_7);
  add_figure (self, _ ("Waiting to upload"), unsent, NULL, NULL);
}

/* Tills -------------------------------------------------------------------------------------------------------------------- */

static char *
describe_shift (TaiReportScreen *self, const TaiShift *shift)
{
  TaiMoney opening = tai_shift_get_opening_difference (shift);
  g_autofree char *from = tai_words_time (shift->opened_us, get_offset (self));
  g_autofree char *until = tai_words_time (shift->closed_us, get_offset (self));
  g_autofree char *float_amount = tai_words_money (shift->float_amount);
  g_autofree char *expected = tai_words_money (shift->expected);
  g_autofree char *counted = tai_words_money (shift->counted);
  GString *text = g_string_new (NULL);

  if (shift->state != TAI_SHIFT_CLOSED)
    g_string_append_printf (text, _ ("open since %s · float %s"), from, float_amount);
  else
    g_string_append_printf (text, _ ("%s–%s · float %s · expected %s · counted %s"), from, until,
                            float_amount, expected, counted);
  if (opening.minor != 0) {
    g_autofree char *words = tai_words_money (opening);
    g_string_append_c (text, '\n');
    g_string_append_printf (text, _ ("Opening difference %s"), words);
  }
  return g_string_free (text, FALSE);
}

static char *
describe_difference (const TaiShift *shift)
{
  TaiMoney by = tai_shift_get_difference (shift);
  g_autofree char *words = tai_words_money (by.minor < 0 ? tai_money_negate (by) : by);

  if (shift->state != TAI_SHIFT_CLOSED)
    return g_strdup (_ ("not counted"));
  if (by.minor == 0)
    return g_strdup (_ ("as it should be"));
  return g_strdup_printf (by.minor < 0 ? _ ("%s short") : _ ("%s too much"), words);
}

static void
show_tills (TaiReportScreen *self)
{
  GPtrArray *shifts = self->view->report->shifts;

  tai_row_clear_list (self->tills);
  for (guint i = 0; i < shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (shifts, i);
    gboolean is_off = tai_shift_get_difference (shift).minor != 0;
    g_autofree char *title = g_strdup_printf (_ ("Till %s · clerk %s"), shift->till, shift->clerk);
    g_autofree char *more = describe_shift (self, shift);
    g_autofree char *end = describe_difference (shift);
    GtkWidget *row = tai_row_new (title, more, end, shift->id.text);

    if (is_off)
      tai_row_set_mark (TAI_ROW (row), "dialog-warning-symbolic", _ ("Difference"));
    gtk_list_box_append (self->tills, row);
  }
  if (shifts->len == 0)
    gtk_list_box_append (self->tills, tai_row_new (_ ("No till was open on this day"), NULL, NULL, NULL));
}

/* The first with a difference, else the first. (nullable) */
static const TaiShift *
find_shift (TaiReportScreen *self)
{
  GPtrArray *shifts = self->view != NULL ? self->view->report->shifts : NULL;

  for (guint i = 0; shifts != NULL && i < shifts->len; i++)
    if (tai_shift_get_difference (g_ptr_array_index (shifts, i)).minor != 0)
      return g_ptr_array_index (shifts, i);
  return shifts != NULL && shifts->len > 0 ? g_ptr_array_index (shifts, 0) : NULL;
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

/* What waits -------------------------------------------------------------------------------------------------------------- */

static void
wait_activated_cb (TaiReportScreen *self, GtkListBoxRow *row)
{
  const char *key = tai_row_get_key (TAI_ROW (row));
  TaiScreenId id;
  const char *text;

  if (key != NULL && tai_report_waits_parse (key, &id, &text))
    tai_screen_go (TAI_SCREEN (self), id, text);
}

/* The table ---------------------------------------------------------------------------------------------------------------- */

static const char *
get_tender_words (const char *text)
{
  TaiTender tender;

  return tai_tender_from_text (text, &tender, NULL) ? tai_words_tender (tender) : text;
}

static void
add_line (TaiReportScreen *self, const TaiReportLine *line)
{
  g_autofree char *count = format_count (line->count);
  g_autofree char *amount = tai_words_money (line->amount);
  const char *name = line->business != NULL ? tai_operation_words_get_title (line->business)
                     : line->tender != NULL ? get_tender_words (line->tender)
                                            : NULL;
  const char *cells[] = {line->clerk, name, count, amount};

  gtk_list_box_append (self->lines, tai_table_new_row (&self->table, cells, NULL, NULL));
}

static void
add_sum (TaiReportScreen *self, GPtrArray *lines)
{
  gint64 n;
  TaiMoney sum = tai_report_lines_sum (lines, &n);
  g_autofree char *count = format_count (n);
  g_autofree char *amount = tai_words_money (sum);
  const char *cells[] = {_ ("Sum"), NULL, count, amount};

  if (lines->len > 0)
    gtk_list_box_append (self->lines, tai_table_new_row (&self->table, cells, NULL, NULL));
}

static void
show_table (TaiReportScreen *self)
{
  g_autoptr (GPtrArray) lines = NULL;

  if (self->view == NULL)
    return;
  if (gtk_toggle_button_get_active (self->by_clerk))
    lines = tai_report_lines_by_clerk (self->view->report->by_business);
  else
    lines =
        g_ptr_array_ref (gtk_toggle_button_get_active (self->by_tender) ? self->view->report->by_tender
                                                                        : self->view->report->by_business);
  tai_row_clear_list (self->lines);
  for (guint i = 0; i < lines->len; i++)
    add_line (self, g_ptr_array_index (lines, i));
  add_sum (self, lines);
}

static void
table_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (widget);
  GtkToggleButton *buttons[] = {self->by_clerk, self->by_tender, self->by_business};
  GtkListBoxRow *row;

  gtk_toggle_button_set_active (buttons[g_variant_get_int32 (parameter) % 3], TRUE);
  row = gtk_list_box_get_row_at_index (self->lines, 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* The day -------------------------------------------------------------------------------------------------------------------- */

static void
show_scope (TaiReportScreen *self)
{
  const TaiTillReport *report = self->view->report;
  g_autofree char *counts =
      g_strdup_printf (_ ("Reprints %d · undone %d"), (int)report->n_reprints, (int)report->n_undone);
  const char *words =
      report->is_blind ? _ ("Your own figures. Amounts are told after you have counted and closed the till.")
      : report->is_own ? _ ("Your own figures")
                       : "";

  gtk_label_set_text (self->day, report->business_day);
  gtk_label_set_text (self->scope, words);
  gtk_widget_set_visible (GTK_WIDGET (self->scope), *words != '\0');
  gtk_label_set_text (self->counts, counts);
}

static void
show_view (TaiReportScreen *self)
{
  gboolean was_empty = gtk_list_box_get_row_at_index (self->tills, 0) == NULL;
  GtkWidget *row;

  show_scope (self);
  show_figures (self);
  show_tills (self);
  tai_report_waits_fill (self->waits, self->view, tai_screen_get_counter (TAI_SCREEN (self)));
  show_table (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.movements", find_shift (self) != NULL);
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->tills, 0));
  for (int i = 0; gtk_list_box_get_row_at_index (self->tills, i) != NULL; i++) {
    GtkListBoxRow *one = gtk_list_box_get_row_at_index (self->tills, i);
    const TaiShift *shift = find_shift (self);
    if (shift != NULL && g_strcmp0 (tai_row_get_key (TAI_ROW (one)), shift->id.text) == 0)
      row = GTK_WIDGET (one);
  }
  if (was_empty || gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) == NULL)
    gtk_widget_grab_focus (row);
}

static void
reported_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiReportScreen *self = owner;

  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error != NULL)
    return;
  g_clear_pointer (&self->view, tai_report_view_free);
  self->view = g_steal_pointer (&args->result);
  if (tai_screen_is_shown (TAI_SCREEN (self)))
    show_view (self);
}

static void
load (TaiReportScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->wanted);
  tai_screen_call (TAI_SCREEN (self), tai_do_report, args, reported_cb);
}

static void
move_day (TaiReportScreen *self, int days)
{
  TaiDate date;

  if (self->view == NULL || !tai_date_from_text (self->view->report->business_day, &date))
    return;
  g_free (self->wanted);
  self->wanted = tai_date_to_text (tai_date_from_days (tai_date_to_days (date) + days));
  load (self);
}

static void
previous_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_day (TAI_REPORT_SCREEN (widget), -1);
}

static void
next_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_day (TAI_REPORT_SCREEN (widget), 1);
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

static void
save (TaiReportScreen *self, gboolean as_paper)
{
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (self->view == NULL)
    return;
  name = g_strdup_printf ("%s-%s.%s", self->view->report->is_own ? "own" : "report",
                          self->view->report->business_day, as_paper ? "pdf" : "csv");
  text = as_paper ? NULL : tai_till_report_to_csv (self->view->report);
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

  reported_cb (owner, args, error);
  if (error != NULL)
    return;
  tai_station_print (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
  tai_screen_show_hint (TAI_SCREEN (self), _ ("The report goes to the form printer."));
}

/* What is printed is what is shown: the picture is taken anew with it. */
static void
print_report (TaiReportScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  if (self->view != NULL)
    args->text = g_strdup (self->view->report->business_day);
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

  tai_row_clear_list (self->tills);
  tai_row_clear_list (self->waits);
  tai_row_clear_list (self->lines);
}

static void
finalize (GObject *object)
{
  TaiReportScreen *self = TAI_REPORT_SCREEN (object);

  tai_table_clear (&self->table);
  g_clear_pointer (&self->view, tai_report_view_free);
  g_free (self->wanted);
  G_OBJECT_CLASS (tai_report_screen_parent_class)->finalize (object);
}

static void
hall_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tai_screen_go (TAI_SCREEN (widget), TAI_SCREEN_HALL_CLOSE, NULL);
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
      {"report.print", print_cb, GDK_KEY_p, GDK_CONTROL_MASK},
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].func);
    gtk_widget_class_add_binding_action (klass, actions[i].key, actions[i].mods, actions[i].name, NULL);
  }
  gtk_widget_class_install_action (klass, "report.table", "i", table_cb);
  for (int i = 0; i < 3; i++)
    gtk_widget_class_add_binding_action (klass, GDK_KEY_1 + (guint)i, GDK_CONTROL_MASK, "report.table", "i",
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
      {"counts", G_STRUCT_OFFSET (TaiReportScreen, counts)},
      {"figures", G_STRUCT_OFFSET (TaiReportScreen, figures)},
      {"previous", G_STRUCT_OFFSET (TaiReportScreen, previous)},
      {"tills", G_STRUCT_OFFSET (TaiReportScreen, tills)},
      {"waits", G_STRUCT_OFFSET (TaiReportScreen, waits)},
      {"lines", G_STRUCT_OFFSET (TaiReportScreen, lines)},
      {"by_clerk", G_STRUCT_OFFSET (TaiReportScreen, by_clerk)},
      {"by_tender", G_STRUCT_OFFSET (TaiReportScreen, by_tender)},
      {"by_business", G_STRUCT_OFFSET (TaiReportScreen, by_business)},
      {"head", G_STRUCT_OFFSET (TaiReportScreen, head)},
  };

  G_OBJECT_CLASS (klass)->finalize = finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->press = press;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/report.ui");
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE, children[i].offset);
  gtk_widget_class_bind_template_callback (widget_class, till_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, wait_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_table);
  install_keys (widget_class);
}

static void
tai_report_screen_init (TaiReportScreen *self)
{
  const char *heads[] = {_ ("Clerk"), _ ("What"), _ ("Count"), _ ("Amount")};

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "report");
  tai_table_init (&self->table, heads, G_N_ELEMENTS (heads), 1 << 2 | 1 << 3, 1);
  adw_bin_set_child (self->head, tai_table_new_head (&self->table));
  tai_ui_name (GTK_WIDGET (self->tills), _ ("Tills"));
  tai_ui_name (GTK_WIDGET (self->waits), _ ("What waits for you"));
  tai_ui_name (GTK_WIDGET (self->lines), _ ("Figures"));
  gtk_toggle_button_set_active (self->by_business, TRUE);
}
