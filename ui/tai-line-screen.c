/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the line stands: what waits, since when, what is in doubt, what was refused and why. Who has the right sends a refused record
 * again or gives it up; who has not learns whom to ask.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-line-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-notice.h"
#include "tai-operation-words.h"
#include "tai-reason-words.h"
#include "tai-row.h"
#include "tai-words.h"

#define MAX_ITEMS 200

struct _TaiLineScreen {
  TaiScreen parent;
  GtkLabel *state, *counts, *prices, *who;
  GtkListBox *list;
  GtkWidget *try, *open, *again, *give_up;
  GPtrArray *items; /* (owned) (nullable) (element-type TaiUnsentItem) */
  char *wanted;     /* (owned) (nullable) key to stand on */
  char *given_up;   /* (owned) (nullable) key that the dialog asks about */
  gboolean is_fresh;
};

G_DEFINE_FINAL_TYPE (TaiLineScreen, tai_line_screen, TAI_TYPE_SCREEN)

/* Figures ---------------------------------------------------------------------------------------------------------------- */

static int
offset_of (TaiLineScreen *self)
{
  return tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->utc_offset_min;
}

static void
add_sentence (GString *text, char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", sentence);
  g_free (sentence);
}

static char *
describe_line (TaiLineScreen *self, const TaiStationFigures *figures)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *last = tai_words_day_and_time (figures->last_contact_us, offset_of (self));
  g_autofree char *next = tai_words_time (figures->next_try_us, offset_of (self));

  if (figures->last_contact_us == 0)
    add_sentence (text, g_strdup (_ ("no answer since the program was started")));
  else
    add_sentence (text, g_strdup_printf (_ ("last answer %s"), last));
  if (!figures->on_line && figures->next_try_us > 0)
    add_sentence (text, g_strdup_printf (_ ("next try at %s"), next));
  if (tai_notice_is_clock_off (figures->clock_offset_us)) {
    g_autofree char *age = tai_words_age (ABS (figures->clock_offset_us));
    add_sentence (
        text, g_strdup_printf (figures->clock_offset_us > 0
                                   ? _ ("this terminal's clock is %s behind headquarters': tell hall IT")
                                   : _ ("this terminal's clock is %s ahead of headquarters': tell hall IT"),
                               age));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_figures (TaiLineScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  const TaiStationFigures *figures = tai_station_get_figures (tai_counter_get_station (counter));
  gint64 now = tai_clock_now (tai_counter_get_clock (counter));
  g_autofree char *line = describe_line (self, figures);
  g_autofree char *age = tai_words_age (now - figures->oldest_us);
  g_autofree char *state =
      g_strdup_printf ("%s · %s",
                       figures->paused    ? _ ("Headquarters does not let this terminal in")
                       : figures->on_line ? _ ("On line")
                                          : _ ("Off line: selling goes on, all is kept here"),
                       line);
  g_autofree char *counts =
      g_strdup_printf (_ ("Waiting to upload %d · being verified %d · rejected %d"), (int)figures->n_waiting,
                       (int)figures->n_in_doubt, (int)figures->n_quarantined);
  g_autofree char *all = figures->oldest_us != 0
                             ? g_strdup_printf (_ ("%s · the oldest waits for %s"), counts, age)
                             : g_strdup (_ ("Everything is uploaded."));

  gtk_label_set_text (self->state, state);
  gtk_label_set_text (self->counts, all);
}

/* How old the prices are stands beside what waits: both are a matter of the line. */
static void
stock_seen_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiLineScreen *self = owner;
  const TaiStockFigures *stock = args->result;
  gint64 now = tai_clock_now (tai_counter_get_clock (tai_screen_get_counter (TAI_SCREEN (self))));
  g_autofree char *time = NULL;
  g_autofree char *age = NULL;
  g_autofree char *words = NULL;

  if (error != NULL)
    return;
  time = tai_words_day_and_time (stock->catalogue_us, offset_of (self));
  age = tai_words_age (now - stock->catalogue_us);
  words = stock->catalogue_us == 0
              ? g_strdup (_ ("There is no price list yet."))
              : g_strdup_printf (_ ("Prices: confirmed by headquarters on %s, %s ago"), time, age);
  gtk_label_set_text (self->prices, words);
}

static void
see_prices (TaiLineScreen *self)
{
  tai_screen_call (TAI_SCREEN (self), tai_do_get_stock, NULL, stock_seen_cb);
}

/* The list ------------------------------------------------------------------------------------------------------------------- */

static char *
describe_item (const TaiUnsentItem *item)
{
  g_autofree char *number = tai_words_number (item->msisdn);
  const char *what = item->is_payment          ? _ ("Payment")
                     : item->operation != NULL ? tai_operation_words_get_title (item->operation)
                                               : _ ("Record of the till");

  return item->msisdn != NULL ? g_strdup_printf ("%s %s", what, number) : g_strdup (what);
}

static GtkWidget *
new_row (TaiLineScreen *self, const TaiUnsentItem *item)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  g_autofree char *title = describe_item (item);
  g_autofree char *age = tai_words_age (tai_clock_now (tai_counter_get_clock (counter)) - item->created_us);
  g_autofree char *sum = item->amount.currency != 0 ? tai_words_money (item->amount) : NULL;
  g_autofree char *reason = item->state == TAI_MESSAGE_QUARANTINED
                                ? tai_reason_words_hq (item->last_error)
                                : tai_reason_words_waiting (item->last_error);
  g_autofree char *tries = item->attempts > 0
                               ? g_strdup_printf (g_dngettext (NULL, " · tried %d time", " · tried %d times",
                                                               (gulong)item->attempts),
                                                  item->attempts)
                               : g_strdup ("");
  g_autofree char *stands =
      g_strdup_printf (_ ("%s · for %s%s"), tai_reason_words_message (item->state), age, tries);
  g_autofree char *more = item->receipt_number != NULL
                              ? g_strdup_printf ("%s · %s", stands, item->receipt_number)
                              : g_strdup (stands);
  g_autofree char *all = reason != NULL ? g_strdup_printf ("%s\n%s", more, reason) : g_strdup (more);
  GtkWidget *row = tai_row_new (title, all, sum, item->key.text);

  tai_row_set_mark (TAI_ROW (row),
                    item->state == TAI_MESSAGE_QUARANTINED ? "dialog-warning-symbolic"
                    : item->state == TAI_MESSAGE_ASKING    ? "dialog-question-symbolic"
                                                           : "document-open-recent-symbolic",
                    NULL);
  return row;
}

static const TaiUnsentItem *
get_chosen (TaiLineScreen *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  for (guint i = 0; row != NULL && self->items != NULL && i < self->items->len; i++) {
    const TaiUnsentItem *item = g_ptr_array_index (self->items, i);
    if (g_strcmp0 (item->key.text, tai_row_get_key (TAI_ROW (row))) == 0)
      return item;
  }
  return NULL;
}

/* What can be done with the chosen one, and by whom. */
static void
show_verbs (TaiLineScreen *self)
{
  const TaiUnsentItem *item = get_chosen (self);
  gboolean may = tai_counter_has_right (tai_screen_get_counter (TAI_SCREEN (self)), TAI_RIGHT_QUARANTINE);
  gboolean is_refused = item != NULL && item->state == TAI_MESSAGE_QUARANTINED;
  const char *words = NULL;

  gtk_widget_set_sensitive (self->open, item != NULL && item->order_id.text[0] != '\0');
  gtk_widget_set_sensitive (self->again, is_refused && may);
  gtk_widget_set_sensitive (self->give_up, is_refused && may && !item->is_payment);
  if (is_refused && !may)
    words = _ (
        "Only a supervisor sends a rejected record again or gives it up. Call one: he signs in here, chooses the line and decides. Do not take the money again.");
  else if (is_refused)
    words = tai_reason_words_hq_todo (item->last_error);
  else if (item != NULL && item->state == TAI_MESSAGE_ASKING)
    words = tai_reason_words_hq_todo ("lost");
  else if (item != NULL)
    words = _ ("Nothing to do: it is uploaded by itself as soon as there is a line.");
  gtk_label_set_text (self->who, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->who), words != NULL);
}

static void
row_selected_cb (TaiLineScreen *self)
{
  if (tai_screen_get_counter (TAI_SCREEN (self)) != NULL) /* not while all goes */
    show_verbs (self);
}

/* Where the clerk came for; else the first. */
static void
stand_on_wanted (TaiLineScreen *self)
{
  GtkListBoxRow *row = self->is_fresh ? gtk_list_box_get_row_at_index (self->list, 0) : NULL;

  self->is_fresh = FALSE;
  for (guint i = 0; self->wanted != NULL && i < self->items->len; i++) {
    const TaiUnsentItem *item = g_ptr_array_index (self->items, i);
    if (g_strcmp0 (item->key.text, self->wanted) == 0)
      row = gtk_list_box_get_row_at_index (self->list, (int)i);
  }
  g_clear_pointer (&self->wanted, g_free);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
listed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiLineScreen *self = owner;
  GPtrArray *rows;

  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = g_ptr_array_ref (args->result);
  rows = g_ptr_array_new ();
  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (rows, new_row (self, g_ptr_array_index (self->items, i)));
  tai_row_fill_list (self->list, rows);
  stand_on_wanted (self);
  show_verbs (self);
}

static void
list_items (TaiLineScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->number = MAX_ITEMS;
  tai_screen_call (TAI_SCREEN (self), tai_do_list_unsent, args, listed_cb);
}

/* Verbs ------------------------------------------------------------------------------------------------------------------------ */

static void
try_cb (TaiLineScreen *self)
{
  tai_station_try_line (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
}

static void
open_cb (TaiLineScreen *self)
{
  const TaiUnsentItem *item = get_chosen (self);
  g_autofree char *id =
      item != NULL && item->order_id.text[0] != '\0' ? g_strdup (item->order_id.text) : NULL;

  if (id != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_ORDER, id);
}

static void
released_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiLineScreen *self = owner;

  list_items (self);
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  tai_screen_show_hint (TAI_SCREEN (self),
                        _ ("It is sent again. What headquarters says stands here in a moment."));
  try_cb (self);
}

static void
again_cb (TaiLineScreen *self)
{
  const TaiUnsentItem *item = get_chosen (self);
  TaiCounterArgs *args;

  if (item == NULL || !gtk_widget_get_sensitive (self->again))
    return;
  args = tai_counter_args_new ();
  args->text = g_strdup (item->key.text);
  tai_screen_call (TAI_SCREEN (self), tai_do_release_message, args, released_cb);
}

static void
given_up_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiLineScreen *self = owner;

  list_items (self);
  if (error != NULL)
    tai_screen_show_error (TAI_SCREEN (self), error);
  else
    tai_screen_show_hint (TAI_SCREEN (self),
                          _ ("Given up. The money is owed to the customer; number and SIM are free again."));
}

static void
give_up_answer_cb (AdwMessageDialog *dialog, const char *answer, TaiLineScreen *self)
{
  TaiCounterArgs *args;

  if (g_strcmp0 (answer, "give-up") != 0)
    return;
  args = tai_counter_args_new ();
  args->text = g_strdup (self->given_up);
  tai_screen_call (TAI_SCREEN (self), tai_do_give_up_message, args, given_up_cb);
}

/* Money: asked once, with amount and number. */
static void
give_up_cb (TaiLineScreen *self)
{
  const TaiUnsentItem *item = get_chosen (self);
  g_autofree char *what = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (item == NULL || !gtk_widget_get_sensitive (self->give_up))
    return;
  what = describe_item (item);
  sum = tai_words_money (item->amount);
  body = g_strdup_printf (
      _ ("%s, %s: headquarters never gets this order. %s is owed to the customer from then on; number and SIM card go back into the stock. This cannot be taken back."),
      what, sum, sum);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _ ("Give the record up?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("Keep the record"), "give-up",
                                    _ ("Give it up"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "give-up",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_free (self->given_up);
  self->given_up = g_strdup (item->key.text);
  g_signal_connect_object (dialog, "response", G_CALLBACK (give_up_answer_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The screen -------------------------------------------------------------------------------------------------------------------- */

static void
enter (TaiScreen *screen, const char *text)
{
  TaiLineScreen *self = TAI_LINE_SCREEN (screen);

  g_free (self->wanted);
  self->wanted = g_strdup (text);
  self->is_fresh = TRUE;
  show_figures (self);
  see_prices (self);
  gtk_widget_grab_focus (self->try);
  list_items (self);
}

static void
leave (TaiScreen *screen)
{
  TaiLineScreen *self = TAI_LINE_SCREEN (screen);

  tai_row_clear_list (self->list);
  g_clear_pointer (&self->items, g_ptr_array_unref);
}

static void
figures_changed (TaiScreen *screen)
{
  show_figures (TAI_LINE_SCREEN (screen));
  see_prices (TAI_LINE_SCREEN (screen));
  list_items (TAI_LINE_SCREEN (screen));
}

static void
tai_line_screen_finalize (GObject *object)
{
  TaiLineScreen *self = TAI_LINE_SCREEN (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self->wanted);
  g_free (self->given_up);
  G_OBJECT_CLASS (tai_line_screen_parent_class)->finalize (object);
}

static void
tai_line_screen_class_init (TaiLineScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_line_screen_finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->figures_changed = figures_changed;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/line.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, state);
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, counts);
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, prices);
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, who);
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, list);
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, try);
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, open);
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, again);
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, give_up);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, give_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
tai_line_screen_init (TaiLineScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_label_button (GTK_BUTTON (self->try), _ ("_Try the line now"));
  tai_ui_label_button (GTK_BUTTON (self->open), _ ("See the _order"));
  tai_ui_label_button (GTK_BUTTON (self->again), _ ("_Send it again"));
  tai_ui_label_button (GTK_BUTTON (self->give_up), _ ("_Give it up…"));
}
