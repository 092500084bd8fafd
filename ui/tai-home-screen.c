/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Home: the command box has the focus, its first hit is always what Enter takes. Below stands what is not finished. Searching is
 * done here, on the main thread: it takes less than a millisecond.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-home-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-command-entry.h"
#include "tai-do.h"
#include "tai-notice.h"
#include "tai-operation-words.h"
#include "tai-payment-words.h"
#include "tai-prepared.h"
#include "tai-reason-words.h"
#include "tai-row.h"
#include "tai-selling.h"
#include "tai-work.h"
#include "tai-words.h"

#define MAX_HITS 9

struct _TaiHomeScreen {
  TaiScreen parent;
  GtkEditable *command;
  GtkListBox *hits, *work;
  GtkWidget *below, *work_title;
  GtkLabel *news, *ahead;
};

G_DEFINE_FINAL_TYPE (TaiHomeScreen, tai_home_screen, TAI_TYPE_SCREEN)

/* Hits -------------------------------------------------------------------------------------------------------------------- */

static void
add_hit (TaiHomeScreen *self, const char *title, const char *subtitle, const char *end, const char *key)
{
  gtk_list_box_append (self->hits, tai_row_new (title, subtitle, end, key));
}

/* What can be done for a number: each is a line of its own. */
static void
add_number_hits (TaiHomeScreen *self, const char *number)
{
  static const char *const operations[] = {"top_up", "bill_payment"};
  g_autofree char *shown = tai_words_number (number);
  g_autofree char *orders = g_strdup_printf (_ ("Orders of %s"), shown);
  g_autofree char *orders_key = g_strdup_printf ("orders:%s", number);
  g_autofree char *about = g_strdup_printf (_ ("Balance and bills of %s"), shown);
  g_autofree char *about_key = g_strdup_printf ("about:%s", number);

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++) {
    g_autofree char *title = g_strdup_printf ("%s %s", tai_operation_words_get_title (operations[i]), shown);
    g_autofree char *key = g_strdup_printf ("begin:%s:%s", operations[i], number);
    add_hit (self, title, NULL, NULL, key);
  }
  add_hit (self, about, NULL, NULL, about_key);
  add_hit (self, orders, NULL, NULL, orders_key);
}

static void
add_offering_hit (TaiHomeScreen *self, const char *id)
{
  TaiCatalogue *catalogue = tai_counter_get_catalogue (tai_screen_get_counter (TAI_SCREEN (self)));
  const TaiOffering *offering = catalogue != NULL ? tai_catalogue_find (catalogue, id) : NULL;
  const TaiOperation *operation = offering != NULL ? tai_selling_find_operation (offering) : NULL;
  g_autofree char *key = NULL;

  if (operation == NULL)
    return; /* sold in a bundle only, or not at all */
  key = g_strdup_printf ("offer:%s:%s", operation->id, id);
  add_hit (self, tai_words_offering (offering), tai_operation_words_get_title (operation->id), NULL, key);
}

static const char *
coupon_words (void)
{
  return _ ("A coupon is money: begin the business it is for, then Ctrl+4 where the money is taken");
}

/* What is done at an order that is there already leads to the orders: no steps of its own, but never a dead end. */
static void
add_operation_hit (TaiHomeScreen *self, const TaiOperation *operation, const char *code)
{
  const char *title = tai_operation_words_get_title (operation->id);
  g_autofree char *key = g_strdup_printf ("begin:%s:", operation->id);

  if (tai_operation_has_steps (operation))
    add_hit (self, title, tai_operation_words_get_description (operation->id), code, key);
  else if (operation->needs & TAI_NEEDS_SALE)
    add_hit (self, title, _ ("Find the order: the button stands on its page"), code, "orders:");
  else if (operation->needs & TAI_NEEDS_COUPON)
    add_hit (self, title, coupon_words (), code, "coupon:");
}

static void
add_entry_hit (TaiHomeScreen *self, const TaiFinderEntry *entry)
{
  g_autofree char *key = NULL;

  switch (entry->kind) {
  case TAI_FINDER_OPERATION:
    add_operation_hit (self, tai_operation_find (entry->id), entry->code);
    break;
  case TAI_FINDER_PAGE:
    key = g_strdup_printf ("page:%s", entry->id);
    if (tai_screen_find_page_title (entry->id) != NULL)
      add_hit (self, tai_screen_find_page_title (entry->id), NULL, NULL, key);
    break;
  case TAI_FINDER_OFFERING:
    add_offering_hit (self, entry->id);
    break;
  default:
    break;
  }
}

/* What a customer prepared at a kiosk: what it is, in words that can be read aloud. */
static void
add_prepared_hit (TaiHomeScreen *self, const char *text)
{
  g_autofree char *number = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *title = NULL;
  g_autofree char *key = g_strdup_printf ("prepared:%s", text);
  TaiPrepared prepared;

  if (!tai_prepared_from_text (text, &prepared))
    return;
  number = tai_words_number (prepared.msisdn);
  amount = tai_words_money (prepared.amount);
  title = g_strdup_printf ("%s %s", tai_operation_words_get_title (prepared.operation->id), number);
  add_hit (self, title, _ ("Prepared at a kiosk"), amount, key);
}

static void
add_value_hit (TaiHomeScreen *self, const TaiFinderHit *hit)
{
  g_autofree char *title = NULL;
  g_autofree char *key = NULL;

  switch (hit->kind) {
  case TAI_FINDER_NUMBER:
    add_number_hits (self, hit->value);
    break;
  case TAI_FINDER_PREPARED:
    add_prepared_hit (self, hit->value);
    break;
  case TAI_FINDER_RECEIPT:
    title = g_strdup_printf (_ ("Receipt %s"), hit->value);
    key = g_strdup_printf ("receipt:%s", hit->value);
    add_hit (self, title, NULL, NULL, key);
    break;
  default:
    break;
  }
}

static void
search (TaiHomeScreen *self)
{
  TaiFinder *finder = tai_counter_get_finder (tai_screen_get_counter (TAI_SCREEN (self)));
  const char *text = gtk_editable_get_text (self->command);
  g_autoptr (GPtrArray) found = NULL;

  tai_row_clear_list (self->hits);
  gtk_widget_set_visible (self->below, *text == '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->hits), *text != '\0');
  if (*text == '\0' || finder == NULL)
    return;
  found = tai_finder_search (finder, text, MAX_HITS);
  for (guint i = 0; i < found->len; i++) {
    const TaiFinderHit *hit = g_ptr_array_index (found, i);
    if (hit->entry != NULL)
      add_entry_hit (self, hit->entry);
    else
      add_value_hit (self, hit);
  }
  gtk_list_box_select_row (self->hits, gtk_list_box_get_row_at_index (self->hits, 0));
}

static void
changed_cb (TaiHomeScreen *self)
{
  tai_screen_clear_notice (TAI_SCREEN (self));
  search (self);
}

/* Taking one ---------------------------------------------------------------------------------------------------------------- */

static void
recalled_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiScreen *screen = owner;
  TaiCounter *counter = tai_screen_get_counter (screen);
  const TaiVisitView *visit = tai_counter_get_visit (counter);
  const TaiOrder *order = visit != NULL ? tai_visit_view_get_last_order (visit) : NULL;

  if (error != NULL || order == NULL) {
    tai_screen_show_error (screen, error);
    return;
  }
  tai_counter_set_order (counter, &order->id);
  tai_screen_go (screen, TAI_SCREEN_MONEY, NULL);
}

/* A placed visit comes back to the money. */
static void
recall (TaiHomeScreen *self, const char *visit_id)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (visit_id);
  tai_screen_call (TAI_SCREEN (self), tai_do_recall, args, recalled_cb);
}

static void
take (TaiHomeScreen *self, const char *key)
{
  TaiScreen *screen = TAI_SCREEN (self);
  g_auto (GStrv) parts = g_strsplit (key, ":", 3);

  if (strcmp (parts[0], "begin") == 0)
    tai_screen_begin (screen, parts[1], NULL, *parts[2] != '\0' ? parts[2] : NULL);
  else if (strcmp (parts[0], "offer") == 0)
    tai_screen_begin (screen, parts[1], parts[2], NULL);
  else if (strcmp (parts[0], "prepared") == 0)
    tai_screen_begin_prepared (screen, parts[1]);
  else if (strcmp (parts[0], "about") == 0)
    tai_screen_go (screen, TAI_SCREEN_ABOUT_NUMBER, parts[1]);
  else if (strcmp (parts[0], "orders") == 0)
    tai_screen_go (screen, TAI_SCREEN_ORDERS, parts[1]);
  else if (strcmp (parts[0], "receipt") == 0)
    tai_screen_go (screen, TAI_SCREEN_RECEIPT, parts[1]);
  else if (strcmp (parts[0], "order") == 0)
    tai_screen_go (screen, TAI_SCREEN_ORDER, parts[1]);
  else if (strcmp (parts[0], "refund") == 0)
    tai_screen_go (screen, TAI_SCREEN_REFUND, parts[1]);
  else if (strcmp (parts[0], "line") == 0)
    tai_screen_go (screen, TAI_SCREEN_LINE, parts[1]);
  else if (strcmp (parts[0], "coupon") == 0)
    tai_screen_show_hint (screen, coupon_words ());
  else if (strcmp (parts[0], "visit") == 0)
    recall (self, parts[1]);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "counter.page", "s", parts[1]);
}

static void
hit_activated_cb (TaiHomeScreen *self, GtkListBoxRow *row)
{
  take (self, tai_row_get_key (TAI_ROW (row)));
}

static void
activate_cb (TaiHomeScreen *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);

  if (gtk_editable_get_text (self->command)[0] == '\0')
    return;
  if (row != NULL)
    take (self, tai_row_get_key (TAI_ROW (row)));
  else
    tai_screen_show_hint (
        TAI_SCREEN (self),
        _ ("Nothing is called that. Type the letters of a business (kh, cz, tjbh), a plan, a number or a receipt."));
}

/* Up and down move in the list while the focus stays in the box: the next letter goes on searching. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state,
                TaiHomeScreen *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->work, 0);

  if (keyval != GDK_KEY_Down || first == NULL || gtk_editable_get_text (self->command)[0] != '\0')
    return tai_row_step (self->hits, keyval);
  gtk_widget_grab_focus (GTK_WIDGET (first)); /* nothing is typed: down to what is not finished */
  return GDK_EVENT_STOP;
}

/* What is not finished -------------------------------------------------------------------------------------------------------- */

#define MAX_WORK 20

/* What it is, in a word (NULL: the order's state is), and what a person can do about it (NULL: its reason says so). */
static const struct {
  const char *icon, *what, *todo;
} work_words[] = {
    [TAI_WORK_PLACED] = {"media-playback-pause-symbolic", N_ ("Placed, not paid"),
                         N_ ("Enter: take the money or cancel it")},
    [TAI_WORK_PARKED] = {"media-playback-pause-symbolic", N_ ("Parked"), N_ ("Enter: the parked visits")},
    [TAI_WORK_WAITING] = {"document-open-recent-symbolic", N_ ("Headquarters is still at it"),
                          N_ ("Nothing to do; ask headquarters if the customer waits")},
    [TAI_WORK_REFUSED] = {"dialog-warning-symbolic", NULL,
                          N_ ("Enter: the reason, and what is to be given back")},
    [TAI_WORK_QUARANTINED] = {"dialog-warning-symbolic", N_ ("Rejected record"),
                              N_ ("Enter: see the reason; a supervisor sends it again or gives it up")},
    [TAI_WORK_IN_DOUBT] = {"dialog-question-symbolic", N_ ("Payment to be verified"),
                           N_ ("Do not take the money again. Enter: see how it stands, decide")},
    [TAI_WORK_REFUND] = {"dialog-question-symbolic", N_ ("Refund to be verified"), NULL},
    [TAI_WORK_PRINT] = {"printer-error-symbolic", N_ ("Paper that may not have come out"),
                        N_ ("Enter: look at it and print a copy")},
};

/* The power may have gone, or the clerk, between the money and the sale. */
static gboolean
is_paid (const TaiWorkItem *item)
{
  return item->kind == TAI_WORK_PLACED && item->amount.currency != 0 && item->amount.minor == 0;
}

static const char *
name_work (const TaiWorkItem *item)
{
  const char *what = work_words[item->kind].what;

  if (is_paid (item))
    return _ ("Placed, nothing is left to pay");
  return what != NULL ? _ (what) : tai_words_order_end (item->state);
}

static char *
key_of_work (const TaiWorkItem *item)
{
  if (item->kind == TAI_WORK_IN_DOUBT && item->operation != NULL) /* its visit waits for it */
    return g_strdup_printf ("visit:%s", item->visit_id.text);
  if (item->kind == TAI_WORK_REFUND)
    return g_strdup_printf ("refund:%s", item->order_id.text);
  if (item->kind == TAI_WORK_PLACED || item->kind == TAI_WORK_PARKED)
    return g_strdup_printf ("page:%s", tai_screen_id_to_name (TAI_SCREEN_PARKED));
  if (item->kind == TAI_WORK_QUARANTINED)
    return g_strdup_printf ("line:%s", item->id.text);
  if (item->kind == TAI_WORK_PRINT && item->receipt_number != NULL)
    return g_strdup_printf ("receipt:%s", item->receipt_number);
  if (item->order_id.text[0] != '\0')
    return g_strdup_printf ("order:%s", item->order_id.text);
  return g_strdup_printf ("orders:%s", item->msisdn != NULL ? item->msisdn : "");
}

/* Why it stands there, where a code says so. */
static char *
describe_reason (const TaiWorkItem *item)
{
  g_autofree char *reason = NULL;

  if (item->kind == TAI_WORK_IN_DOUBT && item->operation == NULL)
    return g_strdup (_ ("Given up or paid otherwise: what comes of it goes back by itself"));
  if (item->kind == TAI_WORK_REFUND)
    return g_strdup (tai_payment_words_refund_todo (item->reason));
  if (is_paid (item))
    return g_strdup (_ ("Enter: finish it"));
  if (item->reason == NULL || item->kind == TAI_WORK_IN_DOUBT)
    return g_strdup (_ (work_words[item->kind].todo));
  reason = item->kind == TAI_WORK_PRINT ? tai_reason_words_printer (item->reason)
                                        : tai_reason_words_hq (item->reason);
  if (item->kind == TAI_WORK_REFUSED && item->amount.minor > 0)
    return g_strdup_printf (_ ("%s Enter: the money that is to be given back"), reason);
  return g_steal_pointer (&reason);
}

static GtkWidget *
new_work_row (TaiHomeScreen *self, const TaiWorkItem *item)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  g_autofree char *number = tai_words_number (item->msisdn);
  g_autofree char *age = tai_words_age (tai_clock_now (tai_counter_get_clock (counter)) - item->since_us);
  g_autofree char *sum = item->amount.currency != 0 ? tai_words_money (item->amount) : NULL;
  g_autofree char *key = key_of_work (item);
  g_autofree char *reason = describe_reason (item);
  g_autofree char *title =
      g_strdup_printf ("%s · %s %s", name_work (item),
                       item->operation != NULL              ? tai_operation_words_get_title (item->operation)
                       : item->receipt_number != NULL       ? item->receipt_number
                       : item->kind == TAI_WORK_QUARANTINED ? _ ("Payment")
                                                            : "",
                       number);
  g_autofree char *more = g_strdup_printf ("%s · %s", age, reason);
  GtkWidget *row = tai_row_new (title, more, sum, key);

  tai_row_set_mark (TAI_ROW (row), work_words[item->kind].icon, NULL);
  return row;
}

static void
work_listed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiHomeScreen *self = owner;
  GPtrArray *work = args->result, *rows = g_ptr_array_new ();

  for (guint i = 0; work != NULL && i < work->len; i++)
    g_ptr_array_add (rows, new_work_row (self, g_ptr_array_index (work, i)));
  tai_row_fill_list (self->work, rows);
  gtk_widget_set_visible (GTK_WIDGET (self->work), work != NULL && work->len > 0);
  gtk_label_set_text (GTK_LABEL (self->work_title),
                      error != NULL                    ? _ ("What is not finished cannot be read now")
                      : work != NULL && work->len == 0 ? _ ("Nothing is left unfinished")
                                                       : _ ("Not finished"));
}

static void
list_work (TaiHomeScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->number = MAX_WORK;
  tai_screen_call (TAI_SCREEN (self), tai_do_list_work, args, work_listed_cb);
}

/* News ---------------------------------------------------------------------------------------------------------------------- */

static char *
describe_notice (TaiHomeScreen *self, const TaiNotice *notice)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  int offset = tai_counter_get_terminal (counter)->utc_offset_min;
  g_autofree char *time = tai_words_day_and_time (notice->value, offset);
  g_autofree char *age = tai_words_age (ABS (notice->value));

  switch (notice->kind) {
  case TAI_NOTICE_NOT_LET_IN:
    return g_strdup (
        _ ("Headquarters does not let this terminal in: tell hall IT. Selling goes on, all is kept here."));
  case TAI_NOTICE_OFF_LINE:
    return notice->value == 0
               ? g_strdup (_ ("Off line since the program was started. Selling goes on, all is kept here."))
               : g_strdup_printf (_ ("Off line since %s. Selling goes on, all is kept here."), time);
  case TAI_NOTICE_CLOCK:
    return g_strdup_printf (notice->value > 0
                                ? _ ("This terminal's clock is %s behind headquarters': tell hall IT.")
                                : _ ("This terminal's clock is %s ahead of headquarters': tell hall IT."),
                            age);
  case TAI_NOTICE_NO_PRICES:
    return g_strdup (_ ("There is no price list yet: nothing can be sold until the line is back."));
  case TAI_NOTICE_OLD_PRICES:
    return g_strdup_printf (_ ("The prices are %s old: headquarters has not confirmed them since."), age);
  case TAI_NOTICE_FEW_NUMBERS:
    return g_strdup_printf (g_dngettext (NULL, "Only %d number is left in this terminal's stock.",
                                         "Only %d numbers are left in this terminal's stock.",
                                         (gulong)notice->value),
                            (int)notice->value);
  case TAI_NOTICE_FEW_SIMS:
    return g_strdup_printf (_ ("Only %d SIM cards are left in this terminal's stock."), (int)notice->value);
  default:
    return g_strdup_printf (_ ("Prices as headquarters confirmed them on %s."), time);
  }
}

static void
stock_seen_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiHomeScreen *self = owner;
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) notices = NULL;

  if (error != NULL) /* the verbs that need the store say it to the clerk */
    return;
  notices = tai_notice_list (tai_station_get_figures (tai_counter_get_station (counter)), args->result,
                             tai_clock_now (tai_counter_get_clock (counter)));
  for (guint i = 0; i < notices->len; i++) {
    g_autofree char *words = describe_notice (self, &g_array_index (notices, TaiNotice, i));
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", words);
  }
  gtk_label_set_text (self->news, text->str);
}

/* The agent's deposit, and the end of the hall's day: said before it is too late. */
static void
ahead_seen_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiHomeScreen *self = owner;
  const TaiAheadView *view = args->result;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *left = NULL;

  if (view == NULL)
    return;
  left = tai_words_money (view->deposit.left);
  if (view->deposit.level == TAI_DEPOSIT_GOOD)
    g_string_append_printf (text, _ ("Deposit left: %s"), left);
  else if (view->deposit.level == TAI_DEPOSIT_LOW)
    g_string_append_printf (
        text, _ ("Only %s of the deposit is left: pay the takings in at the bank in time."), left);
  else if (view->deposit.level == TAI_DEPOSIT_SPENT)
    g_string_append (text, view->deposit.refuses
                               ? _ ("The deposit is used up: pay the takings in, or no payment can be taken.")
                               : _ ("The deposit is used up: pay the takings in at the bank now."));
  if (view->closes_soon)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            _ ("The hall closes soon: look what is still open (type rj, 厅日结)."));
  gtk_label_set_text (self->ahead, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->ahead), text->len > 0);
}

static void
see_news (TaiHomeScreen *self)
{
  tai_screen_call (TAI_SCREEN (self), tai_do_look_ahead, NULL, ahead_seen_cb);
  tai_screen_call (TAI_SCREEN (self), tai_do_get_stock, NULL, stock_seen_cb);
}

static void
work_activated_cb (TaiHomeScreen *self, GtkListBoxRow *row)
{
  take (self, tai_row_get_key (TAI_ROW (row)));
}

/* The screen ------------------------------------------------------------------------------------------------------------------ */

static void
enter (TaiScreen *screen, const char *text)
{
  TaiHomeScreen *self = TAI_HOME_SCREEN (screen);
  TaiCounter *counter = tai_screen_get_counter (screen);

  gtk_editable_set_text (self->command, text != NULL ? text : "");
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->command)); /* one goes on typing */
  gtk_editable_set_position (self->command, -1);
  search (self);
  list_work (self);
  see_news (self);
  if (tai_counter_get_shift (counter) == NULL && tai_counter_has_right (counter, TAI_RIGHT_TILL))
    tai_screen_show_hint (screen,
                          _ ("The till is not open. Type kb (开班) to open it before you take money."));
}

/* The line or a printer moved: what is unfinished may have changed. */
static void
figures_changed (TaiScreen *screen)
{
  list_work (TAI_HOME_SCREEN (screen));
  see_news (TAI_HOME_SCREEN (screen));
}

static gboolean
back (TaiScreen *screen)
{
  TaiHomeScreen *self = TAI_HOME_SCREEN (screen);

  if (gtk_editable_get_text (self->command)[0] == '\0')
    return FALSE;
  gtk_editable_set_text (self->command, "");
  return TRUE;
}

static gboolean
scanned (TaiScreen *screen, const char *text)
{
  TaiHomeScreen *self = TAI_HOME_SCREEN (screen);

  gtk_editable_set_text (self->command, text);
  gtk_editable_set_position (self->command, -1);
  return TRUE;
}

static void
tai_home_screen_class_init (TaiHomeScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->figures_changed = figures_changed;
  TAI_SCREEN_CLASS (klass)->back = back;
  TAI_SCREEN_CLASS (klass)->scanned = scanned;
  g_type_ensure (TAI_TYPE_COMMAND_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/home.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiHomeScreen, command);
  gtk_widget_class_bind_template_child (widget_class, TaiHomeScreen, hits);
  gtk_widget_class_bind_template_child (widget_class, TaiHomeScreen, below);
  gtk_widget_class_bind_template_child (widget_class, TaiHomeScreen, work_title);
  gtk_widget_class_bind_template_child (widget_class, TaiHomeScreen, work);
  gtk_widget_class_bind_template_child (widget_class, TaiHomeScreen, news);
  gtk_widget_class_bind_template_child (widget_class, TaiHomeScreen, ahead);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, hit_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, work_activated_cb);
}

static void
tai_home_screen_init (TaiHomeScreen *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_name (GTK_WIDGET (self->command), _ ("Command box"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->command), keys);
}
