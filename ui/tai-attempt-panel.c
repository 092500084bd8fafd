/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. The code is drawn by the counter's painter; a code that is not asked for any more is not shown. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-attempt-panel.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-payment-words.h"
#include "tai-slip.h"
#include "tai-tender.h"
#include "tai-widget.h"
#include "tai-words.h"
#include "tai-wrap-layout.h"

#define QR_SIDE   260
#define ICON_SIZE 40
#define SPACING   8

enum { ASK, CANCEL, SLIP, NEXT, PAID, NOT_PAID, N_BUTTONS };

/* @key: TAI_N_KEYS: it has a mnemonic; @back: of a refund, NULL: the same */
static const struct {
  TaiKey key;
  const char *words, *back;
} buttons[N_BUTTONS] = {
    [ASK] = {TAI_KEY_PAY, N_ ("Ask now")},
    [CANCEL] = {TAI_KEY_ABANDON, N_ ("Cancel the payment")},
    [SLIP] = {TAI_KEY_PRINT, N_ ("Slip for the customer")},
    [NEXT] = {TAI_KEY_PARK, N_ ("Next customer")},
    [PAID] = {TAI_N_KEYS, N_ ("Alt+_C The money came"), N_ ("Alt+_C It went back")},
    [NOT_PAID] = {TAI_N_KEYS, N_ ("Alt+_N It did not come"), N_ ("Alt+_N It did not go")},
};

struct _TaiAttemptPanel {
  GtkWidget parent;
  GtkImage *icon, *qr;
  GtkLabel *word, *what, *more, *wait;
  GtkWidget *actions; /* (owned) not in here: in the foot of the page */
  GtkWidget *button[N_BUTTONS];
  char *payload; /* (owned) (nullable) what is, or is being, drawn */
};

G_DEFINE_FINAL_TYPE (TaiAttemptPanel, tai_attempt_panel, GTK_TYPE_WIDGET)

enum { SIGNAL_DECIDE, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The code ----------------------------------------------------------------------------------------------------------------- */

static void
painted_cb (gpointer owner, TaiImage *image, guint n_pages, const GError *error)
{
  TaiAttemptPanel *self = owner;
  g_autoptr (GdkTexture) texture = NULL;

  if (image == NULL) {
    g_message ("code: %s", error->message);
    return;
  }
  texture = gdk_memory_texture_new ((int)image->width, (int)image->height, GDK_MEMORY_R8G8B8A8, image->pixels,
                                    image->stride);
  gtk_image_set_from_paintable (self->qr, self->payload != NULL ? GDK_PAINTABLE (texture) : NULL);
  gtk_image_set_pixel_size (self->qr, (int)image->width);
  tai_image_free (image);
}

static void
show_qr (TaiAttemptPanel *self, TaiCounter *counter, const char *payload)
{
  gtk_widget_set_visible (GTK_WIDGET (self->qr), payload != NULL);
  if (g_strcmp0 (payload, self->payload) == 0)
    return;
  g_free (self->payload);
  self->payload = g_strdup (payload);
  gtk_image_clear (self->qr);
  if (payload != NULL)
    tai_counter_paint_qr (counter, payload, QR_SIDE, painted_cb, self);
}

/* What can be done --------------------------------------------------------------------------------------------------------- */

static void
label (TaiAttemptPanel *self, TaiCounter *counter, guint i, const TaiPayment *payment)
{
  gboolean is_back = tai_payment_is_refund (payment) && buttons[i].back != NULL;
  const char *words = tai_payment_is_gone_twice (payment) && i == NOT_PAID
                          ? _ ("Alt+_N It is put right")
                          : _ (is_back ? buttons[i].back : buttons[i].words);
  g_autofree char *key = NULL;
  g_autofree char *all = NULL;

  if (buttons[i].key == TAI_N_KEYS) {
    tai_ui_label_button (GTK_BUTTON (self->button[i]), words);
    return;
  }
  key = tai_key_map_get_label (tai_counter_get_keys (counter), buttons[i].key);
  all = g_strdup_printf ("%s %s", key, words);
  gtk_button_set_label (GTK_BUTTON (self->button[i]), all);
  tai_ui_name (self->button[i], all);
}

/* What is owed and under way can always be promised; a payment when it is in doubt, or nobody has said for so long how it stands. */
static gboolean
can_be_promised (const TaiPayment *payment, gint64 now_us)
{
  return tai_tender_get_place (payment->state) == TAI_TENDER_IN_DOUBT || tai_payment_is_refund (payment) ||
         now_us - payment->created_us >= TAI_SLIP_WITHIN_MS * G_TIME_SPAN_MILLISECOND;
}

/* The focus never slips from a button that goes to the one beside it, which does something else: it goes to the one that only asks. */
static void
show_those (TaiAttemptPanel *self, const gboolean visible[N_BUTTONS])
{
  gboolean is_leaving = FALSE;

  for (guint i = 0; i < N_BUTTONS; i++) {
    is_leaving |= !visible[i] && gtk_widget_has_focus (self->button[i]);
    if (visible[i])
      gtk_widget_set_visible (self->button[i], TRUE);
  }
  if (is_leaving && (visible[ASK] || visible[NOT_PAID]))
    gtk_widget_grab_focus (self->button[visible[ASK] ? ASK : NOT_PAID]);
  for (guint i = 0; i < N_BUTTONS; i++)
    gtk_widget_set_visible (self->button[i], visible[i]);
}

/* A refund that is begun is not cancelled. */
static void
show_buttons (TaiAttemptPanel *self, TaiCounter *counter, const TaiPayment *payment, gint64 now_us,
              gboolean can_cancel)
{
  gboolean is_twice = tai_payment_is_gone_twice (payment), is_back = tai_payment_is_refund (payment);
  gboolean is_open = tai_tender_is_open (payment->state) && !(is_back && payment->released);
  gboolean in_doubt = tai_tender_get_place (payment->state) == TAI_TENDER_IN_DOUBT && !payment->released;
  const gboolean visible[N_BUTTONS] = {
      [ASK] = is_open,
      [CANCEL] = is_open && !is_back && payment->state != TAI_PAYMENT_REVERSING,
      [SLIP] = is_open && !payment->released && can_be_promised (payment, now_us),
      [NEXT] = is_open,
      [PAID] = in_doubt,
      [NOT_PAID] = in_doubt || is_twice,
  };

  for (guint i = 0; i < N_BUTTONS; i++)
    label (self, counter, i, payment);
  gtk_widget_set_sensitive (self->button[CANCEL], can_cancel);
  show_those (self, visible);
  gtk_widget_set_visible (self->actions, is_open || is_twice);
}

static void
decide_cb (GtkWidget *button, TaiAttemptPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_DECIDE], 0,
                 button == self->button[PAID] ? TAI_PAYMENT_DECISION_PAID : TAI_PAYMENT_DECISION_NOT_PAID);
}

/* Showing ------------------------------------------------------------------------------------------------------------------ */

static void
show_words (TaiAttemptPanel *self, const TaiPayment *payment)
{
  TaiPaymentLook look = tai_payment_words_look (payment);
  gboolean is_back = tai_payment_is_refund (payment);
  gboolean no_money = payment->state == TAI_PAYMENT_FAILED || payment->state == TAI_PAYMENT_REVERSED ||
                      (is_back && payment->released && !tai_payment_is_gone_twice (payment));
  g_autofree char *reason = no_money ? tai_payment_words_reason (payment) : NULL;
  g_autofree char *more =
      g_strdup_printf ("%s%s%s", reason != NULL ? reason : "", reason != NULL ? "\n" : "", look.todo);
  g_autofree char *means = tai_payment_words_means (payment);
  g_autofree char *amount = tai_words_money (is_back ? tai_money_negate (payment->amount) : payment->amount);
  g_autofree char *reference = tai_payment_words_reference (&payment->id);
  g_autofree char *what = g_strdup_printf (_ ("%s %s · reference %s"), means, amount, reference);

  gtk_widget_set_css_classes (GTK_WIDGET (self), (const char *[]){"attempt", look.style, NULL});
  gtk_image_set_from_icon_name (self->icon, look.icon);
  gtk_label_set_text (self->word, look.word);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->more, more);
}

void
tai_attempt_panel_show (TaiAttemptPanel *self, TaiCounter *counter, const TaiPayment *payment, gint64 now_us)
{
  gint64 wait_us;
  g_autofree char *wait = NULL;
  gboolean waits;

  g_return_if_fail (TAI_IS_ATTEMPT_PANEL (self));
  gtk_widget_set_visible (GTK_WIDGET (self), payment != NULL);
  show_qr (self, counter, payment != NULL && tai_tender_is_open (payment->state) ? payment->qr_text : NULL);
  if (payment == NULL) {
    gtk_widget_set_visible (self->actions, FALSE);
    return;
  }
  wait_us = tai_tender_get_cancel_us (payment) - now_us;
  waits = !tai_payment_is_refund (payment) && tai_tender_is_open (payment->state) &&
          payment->state != TAI_PAYMENT_REVERSING && wait_us > 0;
  if (waits)
    wait = g_strdup_printf (_ ("Cancelling is possible in %d s: the customer may be typing the password."),
                            (int)((wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
  show_words (self, payment);
  gtk_label_set_text (self->wait, wait != NULL ? wait : "");
  gtk_widget_set_visible (GTK_WIDGET (self->wait), waits);
  show_buttons (self, counter, payment, now_us, !waits);
}

/* The widget --------------------------------------------------------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  TaiAttemptPanel *self = TAI_ATTEMPT_PANEL (widget);

  return gtk_widget_grab_focus (self->button[gtk_widget_get_visible (self->button[ASK]) ? ASK : NOT_PAID]);
}

static GtkLabel *
add_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
add_buttons (TaiAttemptPanel *self)
{
  self->actions = g_object_ref_sink (tai_wrap_new (SPACING, _ ("What can be done")));
  gtk_widget_set_hexpand (self->actions, TRUE);
  gtk_widget_set_visible (self->actions, FALSE);
  for (guint i = 0; i < N_BUTTONS; i++) {
    self->button[i] = gtk_button_new ();
    gtk_widget_add_css_class (self->button[i], "choice");
    if (buttons[i].key < TAI_N_KEYS) {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button[i]), "counter.key");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button[i]), "i", (gint32)buttons[i].key);
    } else {
      g_signal_connect_object (self->button[i], "clicked", G_CALLBACK (decide_cb), self, 0);
    }
    gtk_widget_set_parent (self->button[i], self->actions);
  }
}

GtkWidget *
tai_attempt_panel_get_actions (TaiAttemptPanel *self)
{
  return self->actions;
}

static void
tai_attempt_panel_dispose (GObject *object)
{
  tai_widget_unparent_children (GTK_WIDGET (object));
  g_clear_pointer (&TAI_ATTEMPT_PANEL (object)->payload, g_free);
  g_clear_object (&TAI_ATTEMPT_PANEL (object)->actions);
  G_OBJECT_CLASS (tai_attempt_panel_parent_class)->dispose (object);
}

static void
tai_attempt_panel_class_init (TaiAttemptPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_attempt_panel_dispose;
  widget_class->grab_focus = grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "attemptpanel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_DECIDE] = g_signal_new ("decide", TAI_TYPE_ATTEMPT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
tai_attempt_panel_init (TaiAttemptPanel *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2 * SPACING);
  GtkWidget *words = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                   SPACING / 2, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  GtkWidget *icon = gtk_image_new (), *qr = gtk_image_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  self->icon = GTK_IMAGE (icon);
  gtk_image_set_pixel_size (self->icon, ICON_SIZE);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  self->word = add_label (words, "state-word");
  self->what = add_label (words, "row-title");
  self->more = add_label (words, NULL);
  self->wait = add_label (words, "numeric");
  gtk_widget_set_hexpand (words, TRUE);
  self->qr = GTK_IMAGE (qr);
  gtk_widget_set_size_request (qr, QR_SIDE, QR_SIDE);
  gtk_widget_add_css_class (qr, "qr");
  gtk_accessible_update_property (GTK_ACCESSIBLE (qr), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Code that the customer scans"), -1);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), qr);
  gtk_widget_set_parent (row, GTK_WIDGET (self));
  add_buttons (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
