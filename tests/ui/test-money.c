/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The money page in each of its states over a real desk: names, targets and mnemonics of all that is shown, in each language and size. */
#include "tai-counter-rig.h"

#include "tai-attempt-panel.h"
#include "tai-do.h"
#include "tai-fake-gateway.h"
#include "tai-sweep.h"
#include "tai-tender-form.h"
#include "tai-tender.h"
#include "tai-ui-rig.h"

#define CODE "130000000000000001"

typedef struct {
  TaiCounterRig *rig;
  TaiFakeGateway *gateway;
} Fixture;

static Fixture *
fixture_new (void)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->rig = tai_counter_rig_new ();
  f->gateway = tai_fake_gateway_new (TAI_CLOCK (f->rig->desk->clock));
  tai_desk_set_gateway (f->rig->desk->desk, TAI_TENDER_QR, TAI_PAYMENT_GATEWAY (f->gateway));
  tai_counter_rig_add_top_up (f->rig, 12800);
  tai_counter_rig_go (f->rig, TAI_SCREEN_MONEY, NULL);
  return f;
}

static void
fixture_free (Fixture *f)
{
  tai_counter_rig_free (f->rig);
  g_clear_object (&f->gateway);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static GtkWidget *
find (Fixture *f, GType type)
{
  GtkWidget *found = tai_ui_rig_find (GTK_WIDGET (tai_counter_rig_get_screen (f->rig)), type);

  g_assert_nonnull (found);
  return found;
}

static void
assert_in_sight (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  if (scroller == NULL)
    return;
  g_assert_true (gtk_widget_compute_bounds (widget, scroller, &bounds));
  if (bounds.origin.y + bounds.size.height > gtk_widget_get_height (scroller))
    g_test_message ("%s: below the edge",
                    GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : "the focus");
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroller));
}

static void
assert_buttons_in_sight (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_BUTTON (widget))
    assert_in_sight (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_buttons_in_sight (child);
}

/* Nobody looks for a button while a customer waits: each stands where it is seen, in large text and with long words, too. Below what
 * says why there is no money they may have to be scrolled to, but not what is typed into. */
static void
check_sight (Fixture *f)
{
  const TaiPayment *payment = tai_visit_view_get_attempt (tai_counter_get_visit (f->rig->counter));
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->rig->window));

  g_assert_nonnull (focus);
  assert_in_sight (focus);
  if (payment == NULL || tai_tender_is_open (payment->state))
    assert_buttons_in_sight (GTK_WIDGET (tai_counter_rig_get_screen (f->rig)));
}

static void
look (Fixture *f, const char *name)
{
  tai_ui_rig_pass_ms (120);
  g_assert_cmpuint (tai_sweep (f->rig->window, TAI_SWEEP_COUNTER_MIN), ==, 0);
  tai_ui_rig_shoot (f->rig->window, name);
  check_sight (f);
}

/* As when its scanner read it. */
static void
scan (Fixture *f)
{
  g_assert_true (tai_screen_scanned (tai_counter_rig_get_screen (f->rig), CODE));
  tai_ui_rig_pass_ms (60);
}

static void
wait_s (Fixture *f, gint64 seconds)
{
  tai_fake_clock_advance (f->rig->desk->clock, seconds * 1000);
  tai_ui_rig_pass_ms (60);
}

static const TaiPayment *
attempt_of (Fixture *f)
{
  return tai_visit_view_get_attempt (tai_counter_get_visit (f->rig->counter));
}

static void
test_forms (void)
{
  static const struct {
    TaiTender tender;
    const char *shot;
  } forms[] = {{TAI_TENDER_CASH, "money-cash"},
               {TAI_TENDER_QR, "money-code"},
               {TAI_TENDER_COUPON, "money-coupon"},
               {TAI_TENDER_OTHER, "money-other"}};
  g_autoptr (Fixture) f = fixture_new ();
  TaiTenderForm *form = TAI_TENDER_FORM (find (f, TAI_TYPE_TENDER_FORM));

  g_assert_false (gtk_widget_get_mapped (find (f, TAI_TYPE_ATTEMPT_PANEL)));
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_assert_true (tai_tender_form_choose (form, forms[i].tender));
    look (f, forms[i].shot);
  }
  g_assert_false (tai_tender_form_choose (form, TAI_TENDER_CARD)); /* nothing takes it */
  g_assert_cmpint (tai_tender_form_get_tender (form), ==, TAI_TENDER_OTHER);
  g_assert_cmpint (tai_tender_form_find (1), ==, TAI_TENDER_CASH);
  g_assert_cmpint (tai_tender_form_find (9), ==, TAI_N_TENDERS);
}

/* What an Enter would press while a payment is under way: the button that asks how it stands, for as long as that takes. The others mean
 * something else. */
static void
assert_enter_asks (Fixture *f)
{
  TaiAttemptPanel *panel = TAI_ATTEMPT_PANEL (find (f, TAI_TYPE_ATTEMPT_PANEL));
  GtkWidget *ask = gtk_widget_get_first_child (tai_attempt_panel_get_actions (panel));

  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->rig->window)) == ask);
}

static void
test_states (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  scan (f);
  wait_s (f, 1);
  g_assert_cmpint (attempt_of (f)->state, ==, TAI_PAYMENT_AWAITING_CUSTOMER);
  g_assert_true (gtk_widget_get_mapped (find (f, TAI_TYPE_ATTEMPT_PANEL)));
  g_assert_false (gtk_widget_get_mapped (find (f, TAI_TYPE_TENDER_FORM))); /* nothing else is taken */
  look (f, "money-awaiting");
  for (guint i = 0; i < 4; i++) { /* each second it is shown anew */
    assert_enter_asks (f);
    wait_s (f, 1);
  }
  scan (f); /* a second code is not charged */
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_PAY), ==, 1);
  tai_counter_rig_press (f->rig, TAI_KEY_ABANDON); /* too early */
  g_assert_cmpint (attempt_of (f)->state, ==, TAI_PAYMENT_AWAITING_CUSTOMER);
  wait_s (f, 16);
  gtk_widget_child_focus (
      tai_attempt_panel_get_actions (TAI_ATTEMPT_PANEL (find (f, TAI_TYPE_ATTEMPT_PANEL))),
      GTK_DIR_TAB_FORWARD); /* to the button that cancels, which goes when it was pressed */
  tai_counter_rig_press (f->rig, TAI_KEY_ABANDON);
  assert_enter_asks (f);
  wait_s (f, 10);
  g_assert_cmpint (attempt_of (f)->state, ==, TAI_PAYMENT_REVERSED);
  g_assert_true (gtk_widget_get_mapped (find (f, TAI_TYPE_TENDER_FORM)));
  look (f, "money-cancelled");
  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_REFUSES);
  scan (f);
  wait_s (f, 1);
  g_assert_cmpint (attempt_of (f)->state, ==, TAI_PAYMENT_FAILED);
  look (f, "money-refused");
}

/* What was taken is seen without scrolling, below what is asked next; with large text it may have to be scrolled to. */
static void
test_rest (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  TaiCounterArgs *args = tai_counter_args_new ();
  GtkWidget *taken, *scroller;
  graphene_rect_t bounds;
  int dpi = 0;

  args->text = g_strdup (tai_tender_to_text (TAI_TENDER_CASH));
  args->amount = CNY (2800);
  tai_counter_rig_do (f->rig, tai_do_place, NULL);
  tai_counter_rig_do (f->rig, tai_do_pay, args);
  look (f, "money-rest");
  g_assert_true (tai_counter_rig_shows (f->rig, "¥100.00"));
  taken = tai_ui_rig_find (find (f, GTK_TYPE_LIST_BOX), GTK_TYPE_LIST_BOX_ROW);
  scroller = gtk_widget_get_ancestor (taken, GTK_TYPE_SCROLLED_WINDOW);
  g_object_get (gtk_widget_get_settings (taken), "gtk-xft-dpi", &dpi, NULL);
  g_assert_true (gtk_widget_compute_bounds (taken, scroller, &bounds));
  if (dpi <= 96 * 1024)
    g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroller));
}

static void
test_doubt (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_ANSWER_LOST);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_BROKEN);
  scan (f);
  wait_s (f, 4);
  g_assert_cmpint (attempt_of (f)->state, ==, TAI_PAYMENT_UNKNOWN);
  look (f, "money-doubt");
  assert_enter_asks (f);
  tai_counter_rig_press (f->rig, TAI_KEY_PARK); /* the next customer */
  g_assert_null (tai_counter_get_visit (f->rig->counter));
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 120); /* nobody watches: it is sold and printed all the same */
  g_assert_cmpint (
      tai_desk_rig_number (f->rig->desk, "SELECT count (*) FROM customer_order WHERE state = 'paid'"), ==, 1);
  g_assert_cmpuint (tai_fake_station_get_n_prints (f->rig->station), >=, 1);
  g_assert_cmpint (tai_fake_gateway_get_charges (f->gateway), ==, 1);
}

static void
test_shown (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  TaiTenderForm *form = TAI_TENDER_FORM (find (f, TAI_TYPE_TENDER_FORM));

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  g_assert_true (tai_tender_form_choose (form, TAI_TENDER_QR));
  g_assert_cmpstr (tai_tender_form_get_kind (form), ==, "wechat");
  tai_counter_rig_press (f->rig, TAI_KEY_PAY);
  wait_s (f, 1);
  g_assert_nonnull (attempt_of (f)->qr_text);
  look (f, "money-shown");
  tai_fake_gateway_customer_pays (f->gateway);
  wait_s (f, 4);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (tai_counter_rig_get_screen (f->rig)), ==, "TaiDoneScreen");
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/money/forms", test_forms);
  g_test_add_func ("/money/states", test_states);
  g_test_add_func ("/money/rest", test_rest);
  g_test_add_func ("/money/doubt", test_doubt);
  g_test_add_func ("/money/shown", test_shown);
  return g_test_run ();
}
