/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number as headquarters sees it. One look at a time; the answer to an older one is dropped. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-line-card.h"

#include <glib/gi18n.h>

#include "tai-core-error.h"
#include "tai-widget.h"
#include "tai-words.h"

struct _TaiLineCard {
  GtkWidget parent;
  GtkWidget *title, *details, *arrears;
  TaiCounter *counter;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  GPtrArray *repeats;        /* (owned) (element-type TaiRepeat) */
  TaiMoney owed;             /* currency 0: none known */
};

static guint looked_signal;

G_DEFINE_FINAL_TYPE (TaiLineCard, tai_line_card, GTK_TYPE_WIDGET)

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

static void
say (TaiLineCard *self, const char *title, const char *details, const char *arrears)
{
  set_text (self->title, title);
  set_text (self->details, details);
  set_text (self->arrears, arrears);
}

static const char *
describe_status (TaiLineStatus status)
{
  switch (status) {
  case TAI_LINE_STATUS_ACTIVE:
    return _ ("in use");
  case TAI_LINE_STATUS_SUSPENDED:
    return _ ("suspended");
  default:
    return _ ("closed");
  }
}

static void
take_payments (TaiLineCard *self, const TaiLineView *view)
{
  for (guint i = 0; i < view->payments->len; i++) {
    const TaiLinePayment *payment = g_ptr_array_index (view->payments, i);
    g_ptr_array_add (self->repeats, tai_repeat_new (view->msisdn, payment->amount, payment->time_us,
                                                    payment->clerk, payment->receipt_number));
  }
}

/* The card on the reader is another person's than the line: the clerk sees it before he goes on; headquarters decides. */
static char *
describe_stranger (TaiLineCard *self, const TaiLineView *view)
{
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);
  const TaiOrder *order = tai_counter_get_order (self->counter);
  const char *customer = visit != NULL ? visit->customer_mask : NULL;

  if (order == NULL || !(order->operation->needs & TAI_NEEDS_OWNER) ||
      tai_line_view_may_be_of (view, customer))
    return NULL;
  return g_strdup_printf (_ ("The card is %s's, the line is %s's: ask the owner to come with the card."),
                          customer, view->owner_mask);
}

static void
show_view (TaiLineCard *self, const TaiLineView *view)
{
  int offset = tai_counter_get_terminal (self->counter)->utc_offset_min;
  const char *plan = tai_words_name (view->plan_name, view->plan_name_en);
  g_autofree char *balance = tai_words_money (view->balance);
  g_autofree char *owed = tai_words_money (view->arrears);
  g_autofree char *since =
      view->arrears_since_us != 0 ? tai_words_day_and_time (view->arrears_since_us, offset) : NULL;
  g_autofree char *title =
      g_strdup_printf ("%s · %s", view->owner_mask != NULL ? view->owner_mask : _ ("owner not known"),
                       describe_status (view->status));
  g_autofree char *details =
      g_strdup_printf (_ ("%s · balance %s"), plan != NULL ? plan : _ ("no plan"), balance);
  g_autofree char *arrears = view->arrears.minor == 0 ? g_strdup ("")
                             : since != NULL ? g_strdup_printf (_ ("Arrears %s since %s"), owed, since)
                                             : g_strdup_printf (_ ("Arrears %s"), owed);

  g_autofree char *warning = describe_stranger (self, view);

  say (self, title, details, warning != NULL ? warning : arrears);
  take_payments (self, view);
  self->owed = view->arrears.minor > 0 ? view->arrears : tai_money (0, 0);
  g_signal_emit (self, looked_signal, 0);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TaiLineCard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiLineView) view = tai_directory_look_up_line_finish (TAI_DIRECTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (view != NULL)
    show_view (self, view);
  else if (g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LINE_UNKNOWN))
    say (self, _ ("Headquarters does not know this number"),
         _ ("Read it back to the customer before you take money for it."), "");
  else
    say (self, _ ("Owner and balance are not known: off line"),
         _ ("Read the number back to the customer. The money may be taken and is credited later."), "");
}

void
tai_line_card_look_up (TaiLineCard *self, TaiCounter *counter, const char *msisdn)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->counter, counter);
  g_ptr_array_set_size (self->repeats, 0);
  self->owed = tai_money (0, 0);
  if (msisdn == NULL || *msisdn == '\0') {
    say (self, "", "", "");
    return;
  }
  say (self, _ ("Asking headquarters…"), "", "");
  self->cancellable = g_cancellable_new ();
  tai_directory_look_up_line_async (tai_counter_get_directory (counter), msisdn, self->cancellable, looked_cb,
                                    g_object_ref (self));
}

TaiMoney
tai_line_card_get_arrears (TaiLineCard *self)
{
  return self->owed;
}

const TaiRepeat *
tai_line_card_find_repeat (TaiLineCard *self, const char *msisdn, TaiMoney amount, gint64 now_us)
{
  return tai_repeat_find (self->repeats, msisdn, amount, now_us);
}

static void
tai_line_card_dispose (GObject *object)
{
  TaiLineCard *self = TAI_LINE_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  tai_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (tai_line_card_parent_class)->dispose (object);
}

static void
tai_line_card_finalize (GObject *object)
{
  g_ptr_array_unref (TAI_LINE_CARD (object)->repeats);
  G_OBJECT_CLASS (tai_line_card_parent_class)->finalize (object);
}

static void
tai_line_card_class_init (TaiLineCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_line_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = tai_line_card_finalize;
  looked_signal =
      g_signal_new ("looked", TAI_TYPE_LINE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "linecard");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static GtkWidget *
add_label (TaiLineCard *self, const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
tai_line_card_init (TaiLineCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->repeats = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_repeat_free);
  self->title = add_label (self, "heading");
  self->details = add_label (self, "card-line");
  self->arrears = add_label (self, "problem-text");
  say (self, "", "", "");
}
