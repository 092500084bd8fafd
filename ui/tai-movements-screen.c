/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to a drawer, line by line; what would explain the difference stands out and is gone to by one key. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-movements-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-report-view.h"
#include "tai-row.h"
#include "tai-table-row.h"
#include "tai-words.h"

/* No shift of a hall has so many; a list of more lines is too slow to be of use. */
#define MAX_ROWS 1000

struct _TaiMovementsScreen {
  TaiScreen parent;
  GtkLabel *summary, *hint;
  AdwBin *head;
  GtkListBox *list;
  TaiTable table;
  char *shift; /* (owned) (nullable) id */
  char *day;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TaiMovementsScreen, tai_movements_screen, TAI_TYPE_SCREEN)

static const char *
get_kind_words (TaiMovementKind kind)
{
  switch (kind) {
  case TAI_MOVEMENT_OPENED:
    return _ ("Till opened, float counted");
  case TAI_MOVEMENT_SALE:
    return _ ("Sale");
  case TAI_MOVEMENT_REFUND:
    return _ ("Refund");
  case TAI_MOVEMENT_NO_SALE:
    return _ ("Drawer opened without a sale");
  case TAI_MOVEMENT_REPRINT:
    return _ ("Reprint");
  case TAI_MOVEMENT_UNDO:
    return _ ("Undone");
  case TAI_MOVEMENT_CLOSED:
    return _ ("Till closed, drawer counted");
  default:
    return _ ("Other movement of cash");
  }
}

/* What was paid by other means leaves the drawer as it is. */
static gboolean
is_of_drawer (const TaiShiftMovement *one)
{
  return one->tender == NULL || one->drawer.currency != 0;
}

static const char *
get_tender_words (const TaiShiftMovement *one)
{
  TaiTender tender;

  return tai_tender_from_text (one->tender, &tender, NULL) ? tai_words_tender (tender) : one->tender;
}

static char *
describe_what (const TaiShiftMovement *one, gboolean explains)
{
  GString *text = g_string_new (explains ? "▶ " : NULL);

  if (one->operation == NULL || one->kind != TAI_MOVEMENT_SALE)
    g_string_append (text, get_kind_words (one->kind));
  if (one->operation != NULL)
    g_string_append_printf (text, "%s%s", one->kind != TAI_MOVEMENT_SALE ? " · " : "",
                            tai_operation_words_get_title (one->operation));
  if (one->n_orders > 1)
    g_string_append_printf (text, _ (" and %d more"), (int)one->n_orders - 1);
  if (!is_of_drawer (one)) /* it stands here because it may be what was put on the wrong side */
    g_string_append_printf (text, " · %s", get_tender_words (one));
  if (explains)
    g_string_append_printf (text, " · %s", _ ("fits the difference"));
  return g_string_free (text, FALSE);
}

/* Nothing where there is none: a column of dashes hides the figures. */
static char *
format_money (TaiMoney amount)
{
  return amount.currency != 0 ? tai_words_money (amount) : NULL;
}

static void
add_row (TaiMovementsScreen *self, const TaiShiftMovement *one, TaiMoney difference)
{
  int offset = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->utc_offset_min;
  gboolean explains = tai_shift_movement_explains (one, difference);
  g_autofree char *time = tai_words_time (one->time_us, offset);
  g_autofree char *what = describe_what (one, explains);
  g_autofree char *amount = format_money (one->amount);
  g_autofree char *received = format_money (one->received);
  g_autofree char *change = format_money (one->change);
  g_autofree char *balance = format_money (one->balance);
  const char *cells[] = {time, what, one->receipt_number, one->clerk, amount, received, change, balance};

  gtk_list_box_append (self->list, tai_table_new_row (&self->table, cells, one->receipt_number,
                                                      explains ? _ ("fits the difference") : NULL));
}

static gboolean
select_next_hint (TaiMovementsScreen *self, int from)
{
  GtkListBoxRow *row;

  for (int i = from; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (tai_table_row_is_marked (TAI_TABLE_ROW (row))) {
      gtk_list_box_select_row (self->list, row);
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return TRUE;
    }
  return FALSE;
}

/* Round and round. */
static void
next_hint_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiMovementsScreen *self = TAI_MOVEMENTS_SCREEN (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (!select_next_hint (self, row != NULL ? gtk_list_box_row_get_index (row) + 1 : 0) &&
      !select_next_hint (self, 0))
    tai_screen_show_hint (TAI_SCREEN (self),
                          _ ("No single movement is exactly that sum. Look at the amounts received."));
}

static void
show_summary (TaiMovementsScreen *self, const TaiShift *shift)
{
  TaiMoney difference = tai_shift_get_difference (shift);
  g_autofree char *expected = tai_words_money (shift->expected);
  g_autofree char *counted = tai_words_money (shift->counted);
  g_autofree char *by = tai_words_money (difference.minor < 0 ? tai_money_negate (difference) : difference);
  g_autofree char *who =
      g_strdup_printf (_ ("%s · till %s · clerk %s"), shift->business_day, shift->till, shift->clerk);
  g_autofree char *text = NULL;

  if (difference.currency == 0)
    text = g_strdup_printf (_ ("%s · still open"), who);
  else if (difference.minor == 0)
    text = g_strdup_printf (_ ("%s · counted %s, as it should be"), who, counted);
  else
    text = g_strdup_printf (difference.minor < 0 ? _ ("%s · expected %s, counted %s: %s short")
                                                 : _ ("%s · expected %s, counted %s: %s too much"),
                            who, expected, counted, by);
  gtk_label_set_text (self->summary, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), difference.minor != 0);
}

static void
listed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiMovementsScreen *self = owner;
  const TaiShiftView *view = args->result;
  TaiMoney difference;
  GtkListBoxRow *row;
  guint n = 0;

  tai_row_clear_list (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self->list), view != NULL);
  tai_screen_show_error (TAI_SCREEN (self), error);
  if (view == NULL)
    return;
  g_free (self->day);
  self->day = g_strdup (view->shift->business_day);
  difference = tai_shift_get_difference (view->shift);
  show_summary (self, view->shift);
  for (guint i = 0; i < view->movements->len && n <= MAX_ROWS; i++) {
    const TaiShiftMovement *one = g_ptr_array_index (view->movements, i);
    if ((is_of_drawer (one) || tai_shift_movement_explains (one, difference)) && n++ < MAX_ROWS)
      add_row (self, one, difference);
  }
  if (n > MAX_ROWS)
    tai_screen_show_hint (TAI_SCREEN (self), _ ("Only the first 1,000 movements are shown."));
  if (difference.minor != 0 && select_next_hint (self, 0))
    return;
  row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
row_activated_cb (TaiMovementsScreen *self, GtkListBoxRow *row)
{
  const char *receipt = tai_table_row_get_key (TAI_TABLE_ROW (row));

  if (receipt != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_RECEIPT, receipt);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiMovementsScreen *self = TAI_MOVEMENTS_SCREEN (screen);
  TaiCounterArgs *args;

  if (text != NULL) {
    g_free (self->shift);
    self->shift = g_strdup (text);
  }
  if (self->shift == NULL)
    return;
  args = tai_counter_args_new ();
  args->text = g_strdup (self->shift);
  tai_screen_call (screen, tai_do_list_movements, args, listed_cb);
}

static void
leave (TaiScreen *screen)
{
  tai_row_clear_list (TAI_MOVEMENTS_SCREEN (screen)->list);
}

static gboolean
back (TaiScreen *screen)
{
  tai_screen_go (screen, TAI_SCREEN_REPORT, TAI_MOVEMENTS_SCREEN (screen)->day);
  return TRUE;
}

static void
finalize (GObject *object)
{
  TaiMovementsScreen *self = TAI_MOVEMENTS_SCREEN (object);

  tai_table_clear (&self->table);
  g_free (self->shift);
  g_free (self->day);
  G_OBJECT_CLASS (tai_movements_screen_parent_class)->finalize (object);
}

static void
tai_movements_screen_class_init (TaiMovementsScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->back = back;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/movements.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiMovementsScreen, summary);
  gtk_widget_class_bind_template_child (widget_class, TaiMovementsScreen, hint);
  gtk_widget_class_bind_template_child (widget_class, TaiMovementsScreen, head);
  gtk_widget_class_bind_template_child (widget_class, TaiMovementsScreen, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "movements.next-hint", NULL, next_hint_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "movements.next-hint",
                                       NULL);
}

static void
tai_movements_screen_init (TaiMovementsScreen *self)
{
  const char *heads[] = {_ ("Time"),   _ ("What"),     _ ("Receipt"), _ ("Clerk"),
                         _ ("Amount"), _ ("Received"), _ ("Change"),  _ ("Should be in drawer")};

  gtk_widget_init_template (GTK_WIDGET (self));
  tai_table_init (&self->table, heads, G_N_ELEMENTS (heads), 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7, 1);
  adw_bin_set_child (self->head, tai_table_new_head (&self->table));
  tai_ui_name (GTK_WIDGET (self->list), _ ("Movements of the shift"));
}
