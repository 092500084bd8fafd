/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a drawer is off: cause by cause, the likeliest first, each record one Enter away. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-difference-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-core-error.h"
#include "tai-day-words.h"
#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-row.h"
#include "tai-till-report.h"
#include "tai-words.h"

struct _TaiDifferenceScreen {
  TaiScreen parent;
  GtkLabel *summary, *hint;
  GtkListBox *list;
  char *shift; /* (owned) (nullable) as it was asked for */
  char *found; /* (owned) (nullable) the one that is shown */
};

G_DEFINE_FINAL_TYPE (TaiDifferenceScreen, tai_difference_screen, TAI_TYPE_SCREEN)

static void
show_summary (TaiDifferenceScreen *self, const TaiDifferenceView *view)
{
  const TaiShift *shift = view->shift;
  TaiMoney by = tai_shift_get_difference (shift);
  g_autofree char *sum = tai_words_money (by.minor < 0 ? tai_money_negate (by) : by);
  g_autofree char *who =
      g_strdup_printf (_ ("%s · till %s · clerk %s"), shift->business_day, shift->till, shift->clerk);
  g_autofree char *words = NULL;

  if (by.currency == 0)
    words = g_strdup_printf (_ ("%s · still open"), who);
  else if (by.minor == 0)
    words = g_strdup_printf (_ ("%s · as it should be"), who);
  else
    words = g_strdup_printf (by.minor < 0 ? _ ("%s · %s short") : _ ("%s · %s too much"), who, sum);
  gtk_label_set_text (self->summary, words);
  gtk_label_set_text (
      self->hint, by.minor == 0 ? _ ("There is nothing to find.")
                                : _ ("Where to look first, the likeliest on top. Enter opens the record."));
}

/* What happened, when, with which sums. */
static char *
describe_record (TaiDifferenceScreen *self, const TaiShiftMovement *one)
{
  int offset = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->utc_offset_min;
  g_autofree char *time = tai_words_time (one->time_us, offset);
  GString *text = g_string_new (time);

  g_string_append_printf (text, " · %s",
                          one->operation != NULL ? tai_operation_words_get_title (one->operation)
                                                 : tai_day_words_get_movement (one->kind));
  if (one->receipt_number != NULL)
    g_string_append_printf (text, " · %s", one->receipt_number);
  if (one->change.minor > 0) {
    g_autofree char *received = tai_words_money (one->received), *change = tai_words_money (one->change);
    g_string_append_printf (text, " · ");
    g_string_append_printf (text, _ ("received %s, change %s"), received, change);
  }
  return g_string_free (text, FALSE);
}

static void
add_record (TaiDifferenceScreen *self, const TaiShiftMovement *one, const char *cause)
{
  g_autofree char *what = describe_record (self, one);
  g_autofree char *amount = one->amount.currency != 0 ? tai_words_money (one->amount) : NULL;

  gtk_list_box_append (self->list, tai_row_new (what, cause, amount, one->receipt_number));
}

/* A cause without a record is a line that can be read only. */
static void
add_hint (TaiDifferenceScreen *self, const TaiDifferenceView *view, const TaiDifferenceHint *hint)
{
  const char *cause = tai_day_words_get_cause (hint->cause);
  guint more = hint->n_records - hint->records->len;

  if (hint->records->len == 0)
    gtk_list_box_append (self->list, tai_row_new (cause, _ ("There is no record of it"), NULL, NULL));
  for (guint i = 0; i < hint->records->len; i++)
    add_record (self, g_ptr_array_index (view->movements, g_array_index (hint->records, guint, i)), cause);
  if (more > 0) {
    g_autofree char *words = g_strdup_printf (_ ("and %u more like these: see all movements"), more);
    gtk_list_box_append (self->list, tai_row_new (words, cause, NULL, NULL));
  }
}

static void
found_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiDifferenceScreen *self = owner;
  const TaiDifferenceView *view = args->result;
  GtkListBoxRow *first;

  tai_row_clear_list (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self->list), view != NULL && view->hints->len > 0);
  if (g_error_matches (error, TAI_CORE_ERROR,
                       TAI_CORE_ERROR_NO_SHIFT)) /* it is no fault, and opening a till would not help */
    tai_screen_show_hint (TAI_SCREEN (self), _ ("No till was closed here yet: there is nothing to find."));
  else
    tai_screen_show_error (TAI_SCREEN (self), error);
  if (view == NULL) {
    tai_screen_take_focus (TAI_SCREEN (self));
    return;
  }
  g_free (self->found);
  self->found = g_strdup (view->shift->id.text);
  show_summary (self, view);
  for (guint i = 0; i < view->hints->len; i++)
    add_hint (self, view, g_ptr_array_index (view->hints, i));
  first = gtk_list_box_get_row_at_index (self->list, 0);
  if (first == NULL) {
    tai_screen_take_focus (TAI_SCREEN (self));
    return;
  }
  gtk_list_box_select_row (self->list, first);
  gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
row_activated_cb (TaiDifferenceScreen *self, GtkListBoxRow *row)
{
  const char *receipt = tai_row_get_key (TAI_ROW (row));

  if (receipt != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_RECEIPT, receipt);
  else if (self->found != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_MOVEMENTS, self->found);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiDifferenceScreen *self = TAI_DIFFERENCE_SCREEN (screen);
  TaiCounterArgs *args = tai_counter_args_new ();

  if (text != NULL) {
    g_free (self->shift);
    self->shift = g_strdup (text);
  }
  args->text = g_strdup (self->shift);
  tai_screen_call (screen, tai_do_find_difference, args, found_cb);
}

/* The next clerk asks for his own. */
static void
leave (TaiScreen *screen)
{
  TaiDifferenceScreen *self = TAI_DIFFERENCE_SCREEN (screen);

  tai_row_clear_list (self->list);
  g_clear_pointer (&self->shift, g_free);
}

static void
finalize (GObject *object)
{
  g_free (TAI_DIFFERENCE_SCREEN (object)->shift);
  g_free (TAI_DIFFERENCE_SCREEN (object)->found);
  G_OBJECT_CLASS (tai_difference_screen_parent_class)->finalize (object);
}

static void
tai_difference_screen_class_init (TaiDifferenceScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/difference.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiDifferenceScreen, summary);
  gtk_widget_class_bind_template_child (widget_class, TaiDifferenceScreen, hint);
  gtk_widget_class_bind_template_child (widget_class, TaiDifferenceScreen, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tai_difference_screen_init (TaiDifferenceScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_name (GTK_WIDGET (self->list), _ ("Why the drawer is off"));
}
