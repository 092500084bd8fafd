/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The papers of a receipt number as they were printed: receipt and form, how each stands with its printer, and marked copies. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-receipt-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-paper-view.h"
#include "tai-reason-words.h"
#include "tai-row.h"
#include "tai-words.h"

struct _TaiReceiptScreen {
  TaiScreen parent;
  TaiPaperView *paper;
  GtkListBox *list;
  GtkWidget *print, *invoice;
  char *number; /* (owned) (nullable) */
  GPtrArray *
      papers; /* (owned) (nullable) (element-type TaiPrintEntry) the receipt's before the form's, last copy first */
  TaiPrintEntry *seen; /* (nullable) of @papers: the one in the view */
};

G_DEFINE_FINAL_TYPE (TaiReceiptScreen, tai_receipt_screen, TAI_TYPE_SCREEN)

/* A slip is called what stands on it, in the language of the paper. */
static const char *
describe_paper (const TaiPrintEntry *paper)
{
  if (paper->receipt_number == NULL)
    return paper->document != NULL ? tai_document_get_title (paper->document) : _ ("Slip");
  if (strcmp (paper->printer, "receipt") == 0)
    return _ ("Receipt");
  return strcmp (paper->printer, "form") == 0 ? _ ("Acceptance form") : _ ("Report");
}

static GtkWidget *
new_row (TaiReceiptScreen *self, const TaiPrintEntry *paper)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  gboolean is_trouble = paper->state == TAI_PRINT_UNKNOWN || paper->state == TAI_PRINT_FAILED;
  g_autofree char *time =
      tai_words_day_and_time (paper->changed_us, tai_counter_get_terminal (counter)->utc_offset_min);
  g_autofree char *reason =
      tai_reason_words_printer (paper->reason); /* also why it waits, or who printed it */
  g_autofree char *copy = paper->copy > 0 ? g_strdup_printf (_ (", copy %d"), paper->copy) : g_strdup ("");
  g_autofree char *title = g_strdup_printf ("%s%s", describe_paper (paper), copy);
  g_autofree char *more = g_strdup_printf ("%s · %s%s%s", tai_reason_words_print (paper->state), time,
                                           *reason != '\0' ? "\n" : "", reason);
  GtkWidget *row = tai_row_new (title, more, NULL, paper->id.text);

  tai_row_set_mark (TAI_ROW (row),
                    is_trouble                          ? "printer-error-symbolic"
                    : paper->state == TAI_PRINT_PRINTED ? "object-select-symbolic"
                                                        : "printer-symbolic",
                    NULL);
  return row;
}

static TaiPrintEntry *
find_paper (TaiReceiptScreen *self, const char *id)
{
  for (guint i = 0; self->papers != NULL && i < self->papers->len; i++) {
    TaiPrintEntry *paper = g_ptr_array_index (self->papers, i);
    if (g_strcmp0 (paper->id.text, id) == 0)
      return paper;
  }
  return NULL;
}

static void
see (TaiReceiptScreen *self, TaiPrintEntry *paper)
{
  self->seen = paper;
  gtk_widget_set_sensitive (self->print, paper != NULL && paper->receipt_number != NULL);
  tai_paper_view_show (self->paper, tai_screen_get_counter (TAI_SCREEN (self)),
                       paper != NULL ? paper->document : NULL);
}

static void
row_selected_cb (TaiReceiptScreen *self, GtkListBoxRow *row)
{
  TaiPrintEntry *paper = row != NULL ? find_paper (self, tai_row_get_key (TAI_ROW (row))) : NULL;

  if (paper != NULL && paper != self->seen)
    see (self, paper);
}

static void
listed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiReceiptScreen *self = owner;
  GPtrArray *rows;

  if (g_strcmp0 (args->text, self->number) != 0 || !tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  self->seen = NULL;
  g_clear_pointer (&self->papers, g_ptr_array_unref);
  self->papers = g_ptr_array_ref (args->result);
  gtk_widget_set_visible (self->invoice, args->number != 0);
  rows = g_ptr_array_new ();
  for (guint i = 0; i < self->papers->len; i++)
    g_ptr_array_add (rows, new_row (self, g_ptr_array_index (self->papers, i)));
  tai_row_fill_list (self->list, rows);
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
  row_selected_cb (self, gtk_list_box_get_selected_row (self->list));
}

static void
list_papers (TaiReceiptScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->number);
  tai_screen_call (TAI_SCREEN (self), tai_do_list_papers, args, listed_cb);
}

/* Copies ------------------------------------------------------------------------------------------------------------------- */

static void
printed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiReceiptScreen *self = owner;
  g_autofree char *words = NULL;

  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  words = tai_reason_words_copy ((int)args->number, FALSE);
  tai_screen_show_hint (TAI_SCREEN (self), words);
  tai_station_print (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
  list_papers (self);
}

static void
print_cb (TaiReceiptScreen *self)
{
  TaiCounterArgs *args;

  if (self->seen == NULL)
    return;
  if (self->seen->receipt_number == NULL) {
    tai_screen_show_hint (TAI_SCREEN (self),
                          _ ("A slip is not copied: what it is about may have changed since."));
    return;
  }
  args = tai_counter_args_new ();
  args->text = g_strdup (self->number);
  args->more = g_strdup (self->seen->printer);
  tai_screen_call (TAI_SCREEN (self), tai_do_reprint_paper, args, printed_cb);
}

static void
exchanged_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiReceiptScreen *self = owner;
  g_autofree char *amount = NULL, *words = NULL;

  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  amount = tai_words_money (args->amount);
  words = g_strdup_printf (
      _ ("Another code for the invoice is printed, for %s. Those before are no longer good."), amount);
  tai_screen_show_hint (TAI_SCREEN (self), words);
  tai_station_print (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
  list_papers (self);
}

static void
exchange_answer_cb (AdwMessageDialog *dialog, const char *answer, TaiReceiptScreen *self)
{
  TaiCounterArgs *args;

  if (strcmp (answer, "exchange") != 0 || !tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  args = tai_counter_args_new ();
  args->text = g_strdup (self->number);
  tai_screen_call (TAI_SCREEN (self), tai_do_exchange_invoice, args, exchanged_cb);
}

/* What the customer has on paper is worth nothing afterwards: asked about first. */
static void
invoice_cb (TaiReceiptScreen *self)
{
  g_autofree char *body = g_strdup_printf (
      _ ("Receipt %s: another code is printed, and all codes that the customer has on paper are no longer good."),
      self->number);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              _ ("Print another code for the invoice?"), body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "keep", _ ("Not now"), "exchange", _ ("Print another code"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "exchange", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "exchange");
  adw_message_dialog_set_close_response (message, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (exchange_answer_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
press (TaiScreen *screen, TaiKey key)
{
  if (key != TAI_KEY_PRINT)
    return FALSE;
  print_cb (TAI_RECEIPT_SCREEN (screen));
  return TRUE;
}

/* The screen ------------------------------------------------------------------------------------------------------------------ */

static void
leave (TaiScreen *screen)
{
  TaiReceiptScreen *self = TAI_RECEIPT_SCREEN (screen);

  see (self, NULL);
  tai_row_clear_list (self->list);
  g_clear_pointer (&self->papers, g_ptr_array_unref);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiReceiptScreen *self = TAI_RECEIPT_SCREEN (screen);
  g_autofree char *title = g_strdup_printf (_ ("Receipt %s"), text != NULL ? text : "");

  g_free (self->number);
  self->number = g_strdup (text != NULL ? text : "");
  tai_screen_set_title (screen, title);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_widget_set_sensitive (self->print, FALSE);
  gtk_widget_grab_focus (self->print);
  list_papers (self);
}

/* A printer moved. */
static void
figures_changed (TaiScreen *screen)
{
  list_papers (TAI_RECEIPT_SCREEN (screen));
}

static void
tai_receipt_screen_finalize (GObject *object)
{
  g_free (TAI_RECEIPT_SCREEN (object)->number);
  g_clear_pointer (&TAI_RECEIPT_SCREEN (object)->papers, g_ptr_array_unref);
  G_OBJECT_CLASS (tai_receipt_screen_parent_class)->finalize (object);
}

static void
tai_receipt_screen_class_init (TaiReceiptScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_receipt_screen_finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->press = press;
  TAI_SCREEN_CLASS (klass)->figures_changed = figures_changed;
  g_type_ensure (TAI_TYPE_PAPER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/receipt.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiReceiptScreen, paper);
  gtk_widget_class_bind_template_child (widget_class, TaiReceiptScreen, list);
  gtk_widget_class_bind_template_child (widget_class, TaiReceiptScreen, print);
  gtk_widget_class_bind_template_child (widget_class, TaiReceiptScreen, invoice);
  gtk_widget_class_bind_template_callback (widget_class, invoice_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
tai_receipt_screen_init (TaiReceiptScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_label_button (GTK_BUTTON (self->print), _ ("_Print a copy of this paper"));
  tai_ui_label_button (GTK_BUTTON (self->invoice), _ ("Another code for the _invoice"));
}
