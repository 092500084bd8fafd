/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. What a tender asks for is core's; what it is called here is the table below. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-tender-form.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-amount-entry.h"
#include "tai-payment-words.h"
#include "tai-tender.h"
#include "tai-widget.h"
#include "tai-words.h"
#include "tai-wrap-layout.h"

#define KINDS_MAX  3
#define NUMBER_MAX 64
#define SPACING    6

/* @kinds: what may be asked for with ASKS_KIND, the usual one first */
typedef struct {
  TaiTender tender;
  const char *button, *hint, *number;
  const char *kinds[KINDS_MAX];
} Row;

/* In the order of the keys. */
static const Row rows[TAI_N_TENDERS] = {
    {TAI_TENDER_CASH,
     N_ ("Money received"),
     N_ ("Nothing typed: exactly what is due. The customer's payment code can be scanned at any time."),
     NULL,
     {NULL}},
    {TAI_TENDER_QR,
     N_ ("Show our QR code"),
     N_ ("Scan the customer's payment code now, or Enter: the customer scans ours. Nothing typed: all that is "
         "left."),
     NULL,
     {"wechat", "alipay", "unionpay"}},
    {TAI_TENDER_CARD,
     N_ ("Start the card terminal"),
     N_ ("The amount goes to the card terminal. Nothing typed: all that is left."),
     NULL,
     {NULL}},
    {TAI_TENDER_COUPON,
     N_ ("Take the coupon"),
     N_ ("Scan or type the coupon's number, then Enter twice: it pays what it is worth, or all that is left. It gives "
         "no change."),
     N_ ("Number of the coupon"),
     {NULL}},
    {TAI_TENDER_OTHER,
     N_ ("Book it"),
     N_ ("Up and Down choose what it is. Type its number, then the amount. Nothing typed: all that is left."),
     N_ ("Number on it"),
     {"cheque", "transfer", "voucher"}},
};

struct _TaiTenderForm {
  GtkWidget parent;
  guint row; /* of rows */
  guint tenders;
  TaiMoney due;
  GtkWidget *choices[TAI_N_TENDERS]; /* toggle buttons, by row */
  GtkWidget *kinds, *kind[KINDS_MAX], *number_title, *amount_title, *hint;
  GtkEntry *number;
  TaiAmountEntry *received, *amount; /* of cash; of all else */
  gboolean is_choosing, is_rest;
};

G_DEFINE_FINAL_TYPE (TaiTenderForm, tai_tender_form, GTK_TYPE_WIDGET)

enum { SIGNAL_CHANGED, SIGNAL_ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

static TaiTenderAsks
asks_of (TaiTenderForm *self)
{
  return tai_tender_get_asks (rows[self->row].tender);
}

static TaiAmountEntry *
entry_of (TaiTenderForm *self)
{
  return asks_of (self) & TAI_TENDER_ASKS_RECEIVED ? self->received : self->amount;
}

/* Showing ------------------------------------------------------------------------------------------------------------------ */

/* What people hand over: the next full tens, fifties and hundreds above the sum. */
static void
show_quick (TaiTenderForm *self)
{
  static const gint64 notes[] = {1000, 5000, 10000, 20000};
  TaiMoney quick[G_N_ELEMENTS (notes)];
  gint64 last = self->due.minor;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (notes) && self->due.minor > 0; i++) {
    gint64 up = (self->due.minor + notes[i] - 1) / notes[i] * notes[i];
    if (up > last)
      quick[n++] = tai_money (up, self->due.currency);
    last = MAX (last, up);
  }
  tai_amount_entry_set_quick_amounts (self->received, quick, n);
}

static void
show_kinds (TaiTenderForm *self)
{
  const Row *row = &rows[self->row];
  gboolean any = (asks_of (self) & TAI_TENDER_ASKS_KIND) != 0;

  gtk_widget_set_visible (self->kinds, any);
  for (guint i = 0; any && i < KINDS_MAX; i++) {
    gtk_button_set_label (GTK_BUTTON (self->kind[i]), tai_payment_words_provider (row->kinds[i]));
    tai_ui_name (self->kind[i], tai_payment_words_provider (row->kinds[i]));
  }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->kind[0]), TRUE);
}

static void
show_hint (TaiTenderForm *self)
{
  gtk_widget_set_visible (self->hint, !self->is_rest || !(asks_of (self) & TAI_TENDER_ASKS_RECEIVED));
}

static void
show_row (TaiTenderForm *self)
{
  const Row *row = &rows[self->row];
  TaiTenderAsks asks = asks_of (self);
  gboolean has_number = (asks & TAI_TENDER_ASKS_NUMBER) != 0;
  gboolean is_cash = (asks & TAI_TENDER_ASKS_RECEIVED) != 0;

  self->is_choosing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->choices[self->row]), TRUE);
  self->is_choosing = FALSE;
  show_kinds (self);
  gtk_widget_set_visible (self->number_title, has_number);
  gtk_widget_set_visible (GTK_WIDGET (self->number), has_number);
  if (has_number) {
    gtk_label_set_text (GTK_LABEL (self->number_title), _ (row->number));
    tai_ui_name (GTK_WIDGET (self->number), _ (row->number));
  }
  gtk_label_set_text (GTK_LABEL (self->amount_title), is_cash ? _ ("Cash received") : _ ("Amount"));
  gtk_widget_set_visible (GTK_WIDGET (self->received), is_cash);
  gtk_widget_set_visible (GTK_WIDGET (self->amount), !is_cash);
  gtk_label_set_text (GTK_LABEL (self->hint), _ (row->hint));
  show_hint (self);
}

/* Choosing ----------------------------------------------------------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  TaiTenderForm *self = TAI_TENDER_FORM (widget);

  if (asks_of (self) & TAI_TENDER_ASKS_NUMBER && tai_tender_form_get_number (self) == NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->number));
  return gtk_widget_grab_focus (GTK_WIDGET (entry_of (self)));
}

static void
choose_row (TaiTenderForm *self, guint row)
{
  if (row != self->row) {
    self->row = row;
    gtk_editable_set_text (GTK_EDITABLE (self->number), "");
    tai_amount_entry_clear (self->amount);
    tai_amount_entry_clear (self->received);
  }
  show_row (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
chosen_cb (GtkToggleButton *button, TaiTenderForm *self)
{
  if (self->is_choosing || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (self->choices[i] == GTK_WIDGET (button))
      choose_row (self, i);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

TaiTender
tai_tender_form_find (guint digit)
{
  return digit >= 1 && digit <= G_N_ELEMENTS (rows) ? rows[digit - 1].tender : TAI_N_TENDERS;
}

gboolean
tai_tender_form_choose (TaiTenderForm *self, TaiTender tender)
{
  g_return_val_if_fail (TAI_IS_TENDER_FORM (self), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].tender == tender && (self->tenders & (1u << tender))) {
      choose_row (self, i);
      return TRUE;
    }
  return FALSE;
}

/* Up and Down choose what it is, wherever the focus is. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state,
                TaiTenderForm *self)
{
  int step = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;
  int at = 0;

  if (step == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      !(asks_of (self) & TAI_TENDER_ASKS_KIND))
    return GDK_EVENT_PROPAGATE;
  while (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->kind[at])) && at < KINDS_MAX - 1)
    at++;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->kind[CLAMP (at + step, 0, KINDS_MAX - 1)]), TRUE);
  return GDK_EVENT_STOP;
}

static void
number_done_cb (TaiTenderForm *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (entry_of (self)));
}

static void
activate_cb (TaiTenderForm *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static void
changed_cb (TaiTenderForm *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Values ------------------------------------------------------------------------------------------------------------------- */

void
tai_tender_form_clear (TaiTenderForm *self)
{
  g_return_if_fail (TAI_IS_TENDER_FORM (self));
  self->row = 0;
  gtk_editable_set_text (GTK_EDITABLE (self->number), "");
  tai_amount_entry_clear (self->amount);
  tai_amount_entry_clear (self->received);
  show_row (self);
}

void
tai_tender_form_set_due (TaiTenderForm *self, TaiMoney due, guint tenders, gboolean is_rest)
{
  g_return_if_fail (TAI_IS_TENDER_FORM (self));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_visible (self->choices[i], (tenders & (1u << rows[i].tender)) != 0);
  self->tenders = tenders;
  self->is_rest = is_rest;
  show_hint (self);
  if (self->due.minor == due.minor && self->due.currency == due.currency)
    return;
  self->due = due;
  show_quick (self);
}

TaiTender
tai_tender_form_get_tender (TaiTenderForm *self)
{
  return rows[self->row].tender;
}

gboolean
tai_tender_form_get_amount (TaiTenderForm *self, TaiMoney *amount)
{
  return tai_amount_entry_get_amount (entry_of (self), amount);
}

const char *
tai_tender_form_get_kind (TaiTenderForm *self)
{
  for (guint i = 0; (asks_of (self) & TAI_TENDER_ASKS_KIND) && i < KINDS_MAX; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->kind[i])))
      return rows[self->row].kinds[i];
  return NULL;
}

const char *
tai_tender_form_get_number (TaiTenderForm *self)
{
  const char *number = gtk_editable_get_text (GTK_EDITABLE (self->number));

  return (asks_of (self) & TAI_TENDER_ASKS_NUMBER) && *number != '\0' ? number : NULL;
}

void
tai_tender_form_set_number (TaiTenderForm *self, const char *number)
{
  gtk_editable_set_text (GTK_EDITABLE (self->number), number);
  number_done_cb (self);
}

const char *
tai_tender_form_get_button (TaiTenderForm *self)
{
  return _ (rows[self->row].button);
}

/* The widget --------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
add_flow (TaiTenderForm *self, const char *name)
{
  GtkWidget *flow = tai_wrap_new (SPACING, name);

  gtk_widget_set_parent (flow, GTK_WIDGET (self));
  return flow;
}

static GtkWidget *
add_choice (GtkWidget *flow, const char *words, GtkWidget *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (words);

  if (*words != '\0') /* else it is named when it is shown */
    tai_ui_name (button, words);
  gtk_widget_add_css_class (button, "choice");
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
  gtk_widget_set_parent (button, flow);
  return button;
}

static GtkWidget *
add_label (TaiTenderForm *self, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static TaiAmountEntry *
add_amount (TaiTenderForm *self, const char *name, guint16 currency)
{
  GtkWidget *entry = tai_amount_entry_new (name, currency);

  gtk_widget_set_halign (entry, GTK_ALIGN_START);
  gtk_widget_set_parent (entry, GTK_WIDGET (self));
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  return TAI_AMOUNT_ENTRY (entry);
}

static void
build (TaiTenderForm *self, guint16 currency)
{
  GtkWidget *flow = add_flow (self, _ ("Way of payment"));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *words = g_strdup_printf ("%s Ctrl+%u", tai_words_tender (rows[i].tender), i + 1);
    self->choices[i] = add_choice (flow, words, self->choices[0]);
    gtk_widget_set_visible (self->choices[i], FALSE); /* until it is known what can be taken */
    g_signal_connect (self->choices[i], "toggled", G_CALLBACK (chosen_cb), self);
  }
  self->kinds = add_flow (self, _ ("What it is"));
  for (guint i = 0; i < KINDS_MAX; i++)
    self->kind[i] = add_choice (self->kinds, "", self->kind[0]);
  self->number_title = add_label (self, NULL);
  self->number = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_max_length (self->number, NUMBER_MAX);
  gtk_widget_set_halign (GTK_WIDGET (self->number), GTK_ALIGN_START);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->number), 24);
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "large-entry");
  gtk_widget_set_parent (GTK_WIDGET (self->number), GTK_WIDGET (self));
  g_signal_connect_swapped (self->number, "activate", G_CALLBACK (number_done_cb), self);
  self->amount_title = add_label (self, NULL);
  self->received = add_amount (self, _ ("Cash received"), currency);
  self->amount = add_amount (self, _ ("Amount"), currency);
  self->hint = add_label (self, "dim-label");
}

static void
tai_tender_form_dispose (GObject *object)
{
  tai_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (tai_tender_form_parent_class)->dispose (object);
}

static void
tai_tender_form_class_init (TaiTenderFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_tender_form_dispose;
  widget_class->grab_focus = grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tenderform");
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", TAI_TYPE_TENDER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", TAI_TYPE_TENDER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tai_tender_form_init (TaiTenderForm *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
tai_tender_form_new (guint16 currency)
{
  TaiTenderForm *self = g_object_new (TAI_TYPE_TENDER_FORM, NULL);

  self->tenders = 1u << TAI_TENDER_CASH;
  build (self, currency);
  show_row (self);
  return GTK_WIDGET (self);
}
