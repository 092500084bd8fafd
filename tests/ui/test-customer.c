/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The customer's screen: what it may know and when it knows nothing. The window over a real desk; everything that is shown or held is
 * looked through for the customer's name, document, full numbers and the payment's code.
 */
#include "tai-counter-rig.h"

#include <string.h>

#include "tai-customer-window.h"
#include "tai-do.h"
#include "tai-fake-gateway.h"
#include "tai-ui-rig.h"

#define CODE "130000000000000001"

typedef struct {
  TaiCounterRig *rig;
  TaiFakeGateway *gateway;
  TaiCustomerWindow *window;
} Fixture;

static Fixture *
fixture_new (void)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->rig = tai_counter_rig_new ();
  f->gateway = tai_fake_gateway_new (TAI_CLOCK (f->rig->desk->clock));
  tai_desk_set_gateway (f->rig->desk->desk, TAI_TENDER_QR, TAI_PAYMENT_GATEWAY (f->gateway));
  f->window = tai_customer_window_new (NULL, f->rig->counter, GTK_WINDOW (f->rig->window), 0);
  gtk_window_present (GTK_WINDOW (f->window));
  TAI_UI_WAIT (gtk_widget_get_mapped (GTK_WIDGET (f->window)));
  tai_ui_rig_pass_ms (60);
  return f;
}

static void
fixture_free (Fixture *f)
{
  tai_counter_rig_free (f->rig); /* the customer's window goes with the clerk's */
  g_clear_object (&f->gateway);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static void
begin_line (Fixture *f)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  tai_counter_rig_do (f->rig, tai_do_add_order, tai_counter_rig_args (f->rig, "new_line"));
  args->identity = tai_desk_rig_identity (0);
  tai_counter_rig_do (f->rig, tai_do_identify, args);
  tai_counter_set_order (
      f->rig->counter,
      &((const TaiOrder *)g_ptr_array_index (tai_counter_get_visit (f->rig->counter)->orders, 0))->id);
  args = tai_counter_rig_args (f->rig, "plan-59");
  args->order = tai_counter_get_order (f->rig->counter)->id;
  tai_counter_rig_do (f->rig, tai_do_choose_plan, args);
  args = tai_counter_rig_args (f->rig, tai_desk_rig_msisdn (0));
  args->order = tai_counter_get_order (f->rig->counter)->id;
  tai_counter_rig_do (f->rig, tai_do_choose_number, args);
  args = tai_counter_rig_args (f->rig, tai_desk_rig_iccid (0));
  args->order = tai_counter_get_order (f->rig->counter)->id;
  tai_counter_rig_do (f->rig, tai_do_choose_sim, args);
}

/* All that the window shows or holds, hidden pages too. */
static void
collect (GtkWidget *widget, GString *text)
{
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

static char *
all_of (Fixture *f)
{
  const TaiCustomerModel *model = tai_customer_window_get_model (f->window);
  GString *text = g_string_new (NULL);

  collect (GTK_WIDGET (f->window), text);
  for (guint i = 0; i < model->lines->len; i++)
    g_string_append_printf (text, "%s\n",
                            ((const TaiCustomerLine *)g_ptr_array_index (model->lines, i))->words);
  g_string_append_printf (text, "%s", model->qr_text != NULL ? model->qr_text : "");
  return g_string_free (text, FALSE);
}

static void
assert_state (Fixture *f, TaiCustomerState state)
{
  g_assert_cmpint (tai_customer_window_get_model (f->window)->state, ==, state);
}

/* Nothing of a visit anywhere: no amount, no business, no code. */
static void
assert_blank (Fixture *f)
{
  g_autofree char *all = all_of (f);
  const TaiCustomerModel *model = tai_customer_window_get_model (f->window);
  g_auto (GStrv) parts = g_strsplit (all, model->hall_name, -1);

  assert_state (f, TAI_CUSTOMER_IDLE);
  g_assert_cmpuint (model->lines->len, ==, 0);
  g_assert_null (model->qr_text);
  g_assert_cmpint (model->total.minor, ==, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    g_assert_null (strpbrk (parts[i], "0123456789"));
  g_assert_null (strstr (all, "Top-up"));
  g_assert_null (strstr (all, "¥"));
}

static void
assert_clean (Fixture *f)
{
  g_autoptr (TaiIdentity) identity = tai_desk_rig_identity (0);
  g_autofree char *all = all_of (f);

  g_assert_null (strstr (all, identity->name));
  g_assert_null (strstr (all, identity->number));
  g_assert_null (strstr (all, tai_desk_rig_msisdn (0)));
  g_assert_null (strstr (all, tai_desk_rig_iccid (0)));
  g_assert_null (strstr (all, RIG_TARGET));
  g_assert_null (strstr (all, CODE));
}

static void
abandon (Fixture *f)
{
  tai_counter_rig_do (f->rig, tai_do_abandon, NULL);
}

static void
pay (Fixture *f, const char *tender, const char *code, const char *provider)
{
  TaiCounterArgs *args = tai_counter_rig_args (f->rig, tender);

  args->secret = g_strdup (code);
  args->more = g_strdup (provider);
  tai_counter_rig_do (f->rig, tai_do_pay, args);
}

static void
test_line (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const TaiCustomerModel *model;

  assert_blank (f);
  begin_line (f);
  assert_state (f, TAI_CUSTOMER_BUYING);
  assert_clean (f);
  model = tai_customer_window_get_model (f->window);
  g_assert_cmpuint (model->lines->len, >=, 2);
  g_assert_true (((const TaiCustomerLine *)g_ptr_array_index (model->lines, 0))->is_business);
  g_assert_cmpint (model->normal.minor, ==, 5900);
  tai_ui_rig_shoot (GTK_WIDGET (f->window), "customer-line");
  abandon (f);
  assert_blank (f);
}

static void
test_parked_and_locked (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_counter_rig_add_top_up (f->rig, 5000);
  assert_state (f, TAI_CUSTOMER_BUYING);
  tai_counter_rig_do (f->rig, tai_do_park, NULL);
  assert_blank (f);
  tai_counter_rig_add_top_up (f->rig, 3000);
  assert_state (f, TAI_CUSTOMER_BUYING);
  tai_counter_rig_do (f->rig, tai_do_lock, NULL);
  assert_blank (f);
}

static void
test_paid (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const TaiCustomerModel *model;
  TaiCounterArgs *args;

  tai_counter_rig_add_top_up (f->rig, 5000);
  args = tai_counter_rig_args (f->rig, "cash");
  args->amount = CNY (10000);
  tai_counter_rig_do (f->rig, tai_do_pay, args);
  assert_state (f, TAI_CUSTOMER_THANKS);
  assert_clean (f);
  model = tai_customer_window_get_model (f->window);
  g_assert_cmpint (model->received.minor, ==, 10000);
  g_assert_cmpint (model->change.minor, ==, 5000);
  tai_ui_rig_shoot (GTK_WIDGET (f->window), "customer-thanks");
  tai_counter_rig_do (f->rig, tai_do_finish, NULL);
  assert_blank (f);
}

/* Nobody presses anything: thanks do not stand for ever, and do not come back with the next picture. */
static void
test_thanks_end (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  TaiCounterArgs *args;

  tai_counter_rig_add_top_up (f->rig, 5000);
  args = tai_counter_rig_args (f->rig, "cash");
  tai_counter_rig_do (f->rig, tai_do_pay, args);
  assert_state (f, TAI_CUSTOMER_THANKS);
  tai_fake_clock_advance (f->rig->desk->clock, 31000);
  tai_ui_rig_pass_ms (30);
  assert_blank (f);
  tai_counter_refresh (f->rig->counter);
  tai_ui_rig_pass_ms (30);
  assert_blank (f);
}

static void
test_code (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const TaiCustomerModel *model;

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  tai_counter_rig_add_top_up (f->rig, 5000);
  pay (f, "qr", NULL, "wechat");
  tai_fake_clock_advance (f->rig->desk->clock, 1000);
  tai_ui_rig_pass_ms (60);
  assert_state (f, TAI_CUSTOMER_PAYING);
  model = tai_customer_window_get_model (f->window);
  g_assert_nonnull (model->qr_text);
  g_assert_cmpstr (model->said, ==, "Please scan the code to pay");
  tai_ui_rig_shoot (GTK_WIDGET (f->window), "customer-code");
  tai_fake_gateway_customer_pays (f->gateway);
  tai_fake_clock_advance (f->rig->desk->clock, 4000);
  tai_ui_rig_pass_ms (60);
  assert_state (f, TAI_CUSTOMER_THANKS);
  g_assert_null (tai_customer_window_get_model (f->window)->qr_text);
  assert_clean (f);
}

/* The customer's own code is charged: it is nowhere. */
static void
test_own_code (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  tai_counter_rig_add_top_up (f->rig, 5000);
  pay (f, "qr", CODE, NULL);
  tai_fake_clock_advance (f->rig->desk->clock, 1000);
  tai_ui_rig_pass_ms (60);
  assert_state (f, TAI_CUSTOMER_PAYING);
  assert_clean (f);
  g_assert_cmpstr (tai_customer_window_get_model (f->window)->said, ==,
                   "Please confirm the payment on your phone");
  tai_counter_rig_do (f->rig, tai_do_park, NULL); /* the next customer, while this one types his password */
  assert_blank (f);
}

static void
test_side (void)
{
  /* 6 cm of code: two thirds of the side at least, whatever the monitor */
  static const struct {
    int px, mm;
  } monitors[] = {{1280, 339}, {1920, 509}, {1920, 344}, {3840, 600}, {1024, 210}};

  for (guint i = 0; i < G_N_ELEMENTS (monitors); i++)
    g_assert_cmpint ((int)tai_customer_window_get_qr_side (monitors[i].px, monitors[i].mm) * monitors[i].mm /
                         monitors[i].px,
                     >=, 84);
  g_assert_cmpuint (tai_customer_window_get_qr_side (0, 0), >=, 280);
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/customer/line", test_line);
  g_test_add_func ("/customer/parked-and-locked", test_parked_and_locked);
  g_test_add_func ("/customer/paid", test_paid);
  g_test_add_func ("/customer/thanks-end", test_thanks_end);
  g_test_add_func ("/customer/code", test_code);
  g_test_add_func ("/customer/own-code", test_own_code);
  g_test_add_func ("/customer/side", test_side);
  return g_test_run ();
}
