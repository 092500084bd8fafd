/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who cannot have it settled now leaves with a slip: ten seconds of the counter's clock after what happened, at the latest, the way to
 * it is on the page, and it prints the promise of what happened.
 */
#include "tai-counter-rig.h"

#include <string.h>

#include "tai-do.h"
#include "tai-fake-gateway.h"
#include "tai-slip.h"
#include "tai-ui-rig.h"

#define CODE "130000000000000001"

/* How long the line waits for headquarters' gateway. */
#define SILENCE_MS 20000

typedef struct {
  TaiCounterRig *rig;
  TaiFakeGateway *gateway;
} Fixture;

/* A top-up of 128.00, and its page of the money. */
static Fixture *
fixture_new (void)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->rig = tai_counter_rig_new ();
  f->gateway = tai_fake_gateway_new (TAI_CLOCK (f->rig->desk->clock));
  tai_fake_gateway_set_time_out (f->gateway, SILENCE_MS);
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

static void
wait_ms (Fixture *f, gint64 ms)
{
  tai_fake_clock_advance (f->rig->desk->clock, ms);
  tai_ui_rig_pass_ms (60);
}

/* The button that is in sight; NULL: none. */
static GtkWidget *
find_slip (GtkWidget *top)
{
  const char *label = GTK_IS_BUTTON (top) ? gtk_button_get_label (GTK_BUTTON (top)) : NULL;
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (top))
    return NULL;
  if (label != NULL && strstr (label, "lip for the customer") != NULL)
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_slip (child);
  return found;
}

static gboolean
offers_slip (Fixture *f)
{
  return find_slip (f->rig->window) != NULL;
}

/* Presses it: a slip of that kind, and no other, is on its way to the printer. */
static void
take_slip (Fixture *f, const char *kind)
{
  g_autofree char *promise = g_strdup_printf ("%s until ", kind);
  g_autofree char *journal = NULL;

  g_signal_emit_by_name (find_slip (f->rig->window), "clicked");
  tai_ui_rig_pass_ms (60);
  g_assert_cmpint (
      tai_desk_rig_number (f->rig->desk, "SELECT count (*) FROM journal WHERE kind = 'promise_printed'"), ==,
      1);
  journal = tai_desk_rig_last_journal (f->rig->desk);
  g_assert_nonnull (strstr (journal, promise));
}

static TaiPaymentState
get_state (Fixture *f)
{
  return tai_visit_view_get_attempt (tai_counter_get_visit (f->rig->counter))->state;
}

/* Nobody answers for longer than a customer waits. */
static void
test_gateway_is_silent (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_LOST);
  g_assert_true (tai_screen_scanned (tai_counter_rig_get_screen (f->rig), CODE));
  wait_ms (f, TAI_SLIP_WITHIN_MS / 2);
  g_assert_false (offers_slip (f)); /* he may be typing his password */
  wait_ms (f, TAI_SLIP_WITHIN_MS / 2);
  g_assert_cmpint (get_state (f), ==, TAI_PAYMENT_SUBMITTED);
  g_assert_true (offers_slip (f));
  tai_ui_rig_shoot (f->rig->window, "slip-silent");
  take_slip (f, "payment");
}

/* It answered once, and then no more. */
static void
test_gateway_falls_silent (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  g_assert_true (tai_screen_scanned (tai_counter_rig_get_screen (f->rig), CODE));
  wait_ms (f, 1000);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_LOST);
  wait_ms (f, TAI_SLIP_WITHIN_MS);
  g_assert_cmpint (get_state (f), ==, TAI_PAYMENT_AWAITING_CUSTOMER);
  g_assert_true (offers_slip (f));
  take_slip (f, "payment");
}

/* What is in doubt is so at once. */
static void
test_payment_in_doubt (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_BROKEN);
  g_assert_true (tai_screen_scanned (tai_counter_rig_get_screen (f->rig), CODE));
  wait_ms (f, 1000);
  g_assert_cmpint (get_state (f), ==, TAI_PAYMENT_UNKNOWN);
  g_assert_true (offers_slip (f));
  take_slip (f, "payment");
}

/* The done page, the receipt in the queue. */
static void
pay (Fixture *f)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (tai_tender_to_text (TAI_TENDER_CASH));
  args->amount = CNY (12800);
  tai_counter_rig_do (f->rig, tai_do_place, NULL);
  tai_counter_rig_do (f->rig, tai_do_pay, args);
  TAI_UI_WAIT (strcmp (G_OBJECT_TYPE_NAME (tai_counter_rig_get_screen (f->rig)), "TaiDoneScreen") == 0);
  g_assert_false (offers_slip (f));
}

static void
set_light (Fixture *f, TaiLight light)
{
  tai_fake_station_figures (f->rig->station)->lights[TAI_STATION_RECEIPT] = light;
  tai_station_emit_changed (TAI_STATION (f->rig->station));
  tai_ui_rig_pass_ms (60);
}

static void
test_paper_is_out (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  pay (f);
  set_light (f, TAI_LIGHT_FAULT);
  g_assert_true (offers_slip (f));
  take_slip (f, "paper");
}

/* The printer takes it and says nothing more, or is still at the paper of somebody else. */
static void
test_paper_does_not_come (gconstpointer data)
{
  g_autoptr (Fixture) f = fixture_new ();

  pay (f);
  set_light (f, GPOINTER_TO_INT (data));
  wait_ms (f, TAI_SLIP_WITHIN_MS - 1);
  g_assert_false (offers_slip (f));
  wait_ms (f, 1);
  g_assert_true (offers_slip (f));
  tai_ui_rig_shoot (f->rig->window, "slip-late");
  tai_desk_rig_print (f->rig->desk);
  set_light (f, TAI_LIGHT_READY);
  g_assert_false (offers_slip (f)); /* there it is */
}

static void
test_paper_came (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  pay (f);
  tai_desk_rig_print (f->rig->desk);
  wait_ms (f, 10 * TAI_SLIP_WITHIN_MS);
  g_assert_false (offers_slip (f));
}

/* The customer is still there: what is owed is said, and the slip promises it. */
static void
test_headquarters_refuses (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *id = NULL;

  pay (f);
  id = tai_desk_rig_rows (f->rig->desk, "SELECT id FROM customer_order");
  MUST (tai_desk_apply_order_state (f->rig->desk->desk, id, TAI_ORDER_REJECTED, "line_closed", &E));
  tai_station_emit_changed (TAI_STATION (f->rig->station));
  tai_ui_rig_pass_ms (60);
  g_assert_true (offers_slip (f));
  g_assert_true (tai_counter_rig_shows (f->rig, "What was paid is owed to the customer."));
  tai_ui_rig_shoot (f->rig->window, "slip-refused");
  take_slip (f, "money");
}

/* He comes back, or is called: on the page of the order. */
static void
test_refused_when_he_has_gone (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *id = NULL;

  pay (f);
  tai_counter_rig_do (f->rig, tai_do_finish, NULL);
  id = tai_desk_rig_rows (f->rig->desk, "SELECT id FROM customer_order");
  tai_counter_rig_go (f->rig, TAI_SCREEN_ORDER, id);
  g_assert_false (offers_slip (f));
  MUST (tai_desk_apply_order_state (f->rig->desk->desk, id, TAI_ORDER_REJECTED, "line_closed", &E));
  tai_station_emit_changed (TAI_STATION (f->rig->station));
  tai_ui_rig_pass_ms (60);
  g_assert_true (offers_slip (f));
  take_slip (f, "money");
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/slip/gateway-is-silent", test_gateway_is_silent);
  g_test_add_func ("/slip/gateway-falls-silent", test_gateway_falls_silent);
  g_test_add_func ("/slip/payment-in-doubt", test_payment_in_doubt);
  g_test_add_func ("/slip/paper-is-out", test_paper_is_out);
  g_test_add_data_func ("/slip/paper-does-not-come", GINT_TO_POINTER (TAI_LIGHT_BUSY),
                        test_paper_does_not_come);
  g_test_add_data_func ("/slip/paper-behind-another", GINT_TO_POINTER (TAI_LIGHT_READY),
                        test_paper_does_not_come);
  g_test_add_func ("/slip/paper-came", test_paper_came);
  g_test_add_func ("/slip/headquarters-refuses", test_headquarters_refuses);
  g_test_add_func ("/slip/refused-when-he-has-gone", test_refused_when_he_has_gone);
  return g_test_run ();
}
