/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second person's yes in place: the approver is chosen, then gives his PIN. One dialog for every act that needs it. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-approval-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-badge.h"
#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-proof-entry.h"
#include "tai-row.h"
#include "tai-words.h"

#define TAI_TYPE_APPROVAL_DIALOG (tai_approval_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TaiApprovalDialog, tai_approval_dialog, TAI, APPROVAL_DIALOG, AdwWindow)

/* @call: (nullable) answered once, then NULL */
struct _TaiApprovalDialog {
  AdwWindow parent;
  TaiCounter *counter; /* (owned) */
  TaiCounterCall *call;
  GtkListBox *approvers;
  TaiProofEntry *pin;
  GtkLabel *question, *about, *problem;
  GtkWidget *approve, *cancel;
};

G_DEFINE_FINAL_TYPE (TaiApprovalDialog, tai_approval_dialog, ADW_TYPE_WINDOW)

/* Words ------------------------------------------------------------------------------------------------------------------- */

/* @words: %s is the amount; @back: of money that goes the other way */
static const struct {
  const char *action, *words, *back;
} questions[] = {
    {TAI_ACTION_CASH_OUT, N_ ("%s leaves the drawer without a sale.")},
    {TAI_ACTION_CASH_CAP,
     N_ ("The drawer holds more than %s. One more customer is served before money is put into a bag.")},
    {TAI_ACTION_CLOSE_DIFFERENCE, N_ ("The till is closed with a difference of %s.")},
    {TAI_ACTION_BANK_DEPOSIT, N_ ("%s in a sealed bag goes to the bank.")},
    {TAI_ACTION_CANCEL, N_ ("An order of %s is cancelled before it is in force.")},
    {TAI_ACTION_UNDO, N_ ("A credit of today is undone: %s.")},
    {TAI_ACTION_CORRECTION, N_ ("A credit of %s is moved from a wrong number to the right one.")},
    {TAI_ACTION_REFUND, N_ ("%s is refunded to the customer.")},
    {TAI_ACTION_PAYMENT_PAID, N_ ("A payment of %s in doubt is taken to have come: somebody has seen it."),
     N_ ("A refund of %s in doubt is taken to have gone: somebody has seen it.")},
    {TAI_ACTION_PAYMENT_NOT_PAID,
     N_ ("A payment of %s in doubt is given up: the customer pays in another way, and it is taken back."),
     N_ ("A refund of %s in doubt is taken not to have gone: the customer gets it another way.")},
};

char *
tai_approval_dialog_describe (const TaiApproval *asked)
{
  g_autofree char *amount = tai_words_money (asked->amount);
  g_autofree char *returned = tai_words_money (tai_money_negate (asked->amount));

  g_return_val_if_fail (asked != NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (g_str_equal (questions[i].action, asked->action->id)) {
      gboolean is_back = asked->amount.minor < 0 && questions[i].back != NULL;
      g_auto (GStrv) parts = g_strsplit (_ (is_back ? questions[i].back : questions[i].words), "%s", 2);
      return g_strjoinv (is_back ? returned : amount, parts);
    }
  return g_steal_pointer (&amount);
}

/* The order that it is about, and who asks. (transfer full) */
static char *
describe_about (const TaiAskedView *view)
{
  const TaiOrder *order = view->order;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *number = order != NULL ? tai_words_number (tai_order_get (order, "MSISDN")) : NULL;

  if (order != NULL)
    g_string_append (text, tai_operation_words_get_title (order->operation->id));
  if (number != NULL && *number != '\0')
    g_string_append_printf (text, " · %s", number);
  if (order != NULL && order->receipt_number != NULL)
    g_string_append_printf (text, _ (" · receipt %s"), order->receipt_number);
  if (order != NULL)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Asked for by %s"), view->asked->asked_by);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Answering --------------------------------------------------------------------------------------------------------------- */

static void
say (TaiApprovalDialog *self, const char *words)
{
  gtk_label_set_text (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words[0] != '\0');
}

static void
approved_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiApprovalDialog *self = owner;
  TaiCounterCall *call = self->call;

  gtk_widget_set_sensitive (self->approve, TRUE);
  if (error != NULL) {
    say (self, tai_station_explain (tai_counter_get_station (self->counter), error));
    tai_proof_entry_take_answer (self->pin, args, error);
    return;
  }
  self->call = NULL;
  gtk_window_destroy (GTK_WINDOW (self));
  if (call != NULL)
    tai_counter_repeat (call);
}

static void
approve_cb (TaiApprovalDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->approvers);
  TaiCounterArgs *args;

  if (!gtk_widget_get_sensitive (self->approve) || !tai_proof_entry_is_filled (self->pin)) {
    gtk_widget_grab_focus (GTK_WIDGET (self->pin));
    return;
  }
  if (row == NULL) {
    say (self, _ ("Choose who approves it."));
    gtk_widget_grab_focus (GTK_WIDGET (self->approvers));
    return;
  }
  args = tai_counter_args_new ();
  args->text = g_strdup (tai_row_get_key (TAI_ROW (row)));
  args->secret = tai_proof_entry_steal (self->pin);
  gtk_widget_set_sensitive (self->approve, FALSE);
  tai_counter_call (self->counter, tai_do_approve, args, approved_cb, self);
}

static void
chosen_cb (TaiApprovalDialog *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
}

static gboolean
close_request (GtkWindow *window)
{
  TaiApprovalDialog *self = TAI_APPROVAL_DIALOG (window);
  TaiCounterCall *call = self->call;

  self->call = NULL;
  tai_proof_entry_clear (self->pin);
  if (call != NULL)
    tai_counter_refuse (call);
  return GTK_WINDOW_CLASS (tai_approval_dialog_parent_class)->close_request (window);
}

/* A yes that is for another person is forgotten: the PIN was typed for whoever was chosen. */
static void
selected_cb (TaiApprovalDialog *self)
{
  tai_proof_entry_clear (self->pin);
}

/* Building ---------------------------------------------------------------------------------------------------------------- */

static void
show_asked (TaiApprovalDialog *self, const TaiAskedView *view)
{
  g_autofree char *words = tai_approval_dialog_describe (view->asked);
  g_autofree char *about = describe_about (view);
  gboolean any = view->approvers->len > 0;

  gtk_label_set_text (self->question, words);
  gtk_label_set_text (self->about, about);
  for (guint i = 0; i < view->approvers->len; i++) {
    const TaiStaff *one = g_ptr_array_index (view->approvers, i);
    gtk_list_box_append (self->approvers,
                         tai_row_new (one->name, tai_words_role (one->role), one->number, one->number));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->approvers), any);
  gtk_widget_set_visible (GTK_WIDGET (self->pin), any);
  gtk_widget_set_sensitive (self->approve, any);
  if (!any)
    say (self, _ ("Nobody who is known here may approve it."));
  gtk_list_box_select_row (self->approvers, gtk_list_box_get_row_at_index (self->approvers, 0));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (!any ? self->cancel
                         : view->approvers->len == 1
                             ? GTK_WIDGET (self->pin)
                             : GTK_WIDGET (gtk_list_box_get_row_at_index (self->approvers, 0)));
}

/* A badge chooses its owner; the PIN stays his to give. */
static void
choose_badge (TaiApprovalDialog *self, const char *text)
{
  char number[TAI_BADGE_NUMBER_MAX + 1];
  GtkListBoxRow *row;

  if (!tai_badge_from_text (text, number)) {
    say (self, _ ("This is no staff badge. Nothing was approved."));
    return;
  }
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->approvers, i)) != NULL; i++)
    if (g_str_equal (tai_row_get_key (TAI_ROW (row)), number)) {
      say (self, "");
      gtk_list_box_select_row (self->approvers, row);
      gtk_widget_grab_focus (GTK_WIDGET (self->pin));
      return;
    }
  say (self, _ ("Whose badge this is may not approve it. Choose somebody of the list."));
}

gboolean
tai_approval_dialog_take_scan (GtkWindow *parent, const char *text)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *one = all; one != NULL; one = one->next)
    if (TAI_IS_APPROVAL_DIALOG (one->data) && gtk_window_get_transient_for (one->data) == parent) {
      choose_badge (one->data, text);
      return TRUE;
    }
  return FALSE;
}

/* Asking what it is about. The window is made when it can be shown: GTK 4.8 gives a window that is not realized to whoever counts
 * the program's windows over the accessibility bus, and falls over its missing name. */
#define TAI_TYPE_APPROVAL_REQUEST (tai_approval_request_get_type ())
G_DECLARE_FINAL_TYPE (TaiApprovalRequest, tai_approval_request, TAI, APPROVAL_REQUEST, GObject)
struct _TaiApprovalRequest {
  GObject parent;
  GtkWindow *window;   /* (owned) */
  TaiCounter *counter; /* (owned) */
  TaiCounterCall *call;
};
G_DEFINE_FINAL_TYPE (TaiApprovalRequest, tai_approval_request, G_TYPE_OBJECT)

static void
tai_approval_request_finalize (GObject *object)
{
  TaiApprovalRequest *self = TAI_APPROVAL_REQUEST (object);

  g_object_unref (self->window);
  g_object_unref (self->counter);
  G_OBJECT_CLASS (tai_approval_request_parent_class)->finalize (object);
}

static void
tai_approval_request_class_init (TaiApprovalRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_approval_request_finalize;
}

static void
tai_approval_request_init (TaiApprovalRequest *self)
{
}

static void
asked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  g_autoptr (TaiApprovalRequest) request = owner; /* the reference that waited for this */
  TaiApprovalDialog *dialog;

  if (error != NULL || args->result == NULL) {
    tai_counter_refuse (request->call);
    return;
  }
  dialog = g_object_new (TAI_TYPE_APPROVAL_DIALOG, "transient-for", request->window, "modal", TRUE, "title",
                         _ ("A second person must agree"), NULL);
  dialog->counter = g_object_ref (request->counter);
  dialog->call = request->call;
  show_asked (dialog, args->result);
}

void
tai_approval_dialog_ask (GtkWindow *parent, TaiCounter *counter, TaiCounterCall *call)
{
  TaiApprovalRequest *request = g_object_new (TAI_TYPE_APPROVAL_REQUEST, NULL);

  request->window = g_object_ref (parent);
  request->counter = g_object_ref (counter);
  request->call = call;
  tai_counter_call (counter, tai_do_get_asked, NULL, asked_cb, request);
}

static void
dispose (GObject *object)
{
  TaiApprovalDialog *self = TAI_APPROVAL_DIALOG (object);

  if (self->counter != NULL) /* a list that goes tells that nothing is selected: too late for who listens */
    g_signal_handlers_disconnect_by_data (self->approvers, self);
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (tai_approval_dialog_parent_class)->dispose (object);
}

static void
tai_approval_dialog_class_init (TaiApprovalDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/approval.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiApprovalDialog, question);
  gtk_widget_class_bind_template_child (widget_class, TaiApprovalDialog, about);
  gtk_widget_class_bind_template_child (widget_class, TaiApprovalDialog, approvers);
  gtk_widget_class_bind_template_child (widget_class, TaiApprovalDialog, pin);
  gtk_widget_class_bind_template_child (widget_class, TaiApprovalDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, TaiApprovalDialog, approve);
  gtk_widget_class_bind_template_child (widget_class, TaiApprovalDialog, cancel);
  gtk_widget_class_bind_template_callback (widget_class, approve_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
tai_approval_dialog_init (TaiApprovalDialog *self)
{
  g_type_ensure (TAI_TYPE_PROOF_ENTRY);
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_proof_entry_set_label (self->pin, _ ("PIN of who approves it"));
  tai_ui_name (GTK_WIDGET (self->approvers), _ ("Who approves it"));
  g_signal_connect_swapped (self->approvers, "selected-rows-changed", G_CALLBACK (selected_cb), self);
}
