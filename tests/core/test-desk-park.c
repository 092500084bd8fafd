/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Parking and recalling, and the lock of a desk whose clerk is away for a moment: nothing that a customer chose is lost, and
 * nothing is done by who did not give a PIN.
 */
#include "tai-desk-rig.h"
#include "tai-limits.h"

#include <string.h>

#define MINUTE_MS (60 * 1000)

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

/* A line with its number and SIM, identified, not signed. */
static TaiVisit *
begin_line (TaiDeskRig *rig, guint index)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);

  tai_desk_rig_add_new_line (rig, visit, index);
  return visit;
}

static void
assert_stock (TaiDeskRig *rig, guint index, TaiResourceState state)
{
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (index)), ==,
                   state);
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_SIM, tai_desk_rig_iccid (index)), ==, state);
}

static void
assert_journal (TaiDeskRig *rig, const char *kind, gint64 n)
{
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM journal WHERE kind = '%s'", kind), ==, n);
}

/* Holds that ended go back to the stock, as the host's housekeeping does it. */
static void
wait_minutes (TaiDeskRig *rig, gint64 minutes)
{
  tai_fake_clock_advance (rig->clock, minutes * MINUTE_MS);
  g_assert_cmpint (tai_store_release_holds (rig->store, tai_clock_now (TAI_CLOCK (rig->clock)), NULL), >=, 0);
}

/* Parking ------------------------------------------------------------------------------------------------------------- */

static void
test_park (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_line (rig, 0), next = NULL;
  g_autoptr (GPtrArray) parked = NULL, none = NULL;
  gint64 total = tai_visit_get_total (visit).minor;

  MUST (tai_desk_park (rig->desk, visit, &E));
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_PARKED);
  g_assert_nonnull (tai_visit_get_identity (visit));
  parked = tai_desk_list_parked (rig->desk);
  g_assert_cmpuint (parked->len, ==, 1);
  g_assert_true (g_ptr_array_index (parked, 0) == visit);
  g_assert_cmpint (tai_visit_get_since_us (visit), ==, tai_clock_now (TAI_CLOCK (rig->clock)));
  assert_journal (rig, "visit_parked", 1);
  next = tai_desk_rig_sell_top_up (rig, 1000); /* the next customer */
  wait_minutes (rig, 119);
  assert_stock (rig, 0, TAI_RESOURCE_HELD);
  /* Nothing is done to it while it is parked. */
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_sign (rig->desk, visit, &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_place (rig->desk, visit, &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_add_order (rig->desk, visit, "top_up", &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_park (rig->desk, visit, &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_renew_holds (rig->desk, visit, &E));
  MUST (tai_desk_recall (rig->desk, visit, &E));
  assert_journal (rig, "visit_recalled", 1);
  g_assert_cmpint (tai_visit_get_total (visit).minor, ==, total);
  none = tai_desk_list_parked (rig->desk);
  g_assert_cmpuint (none->len, ==, 0);
  wait_minutes (rig, 29);
  assert_stock (rig, 0, TAI_RESOURCE_HELD);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_recall (rig->desk, visit, &E));
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  assert_stock (rig, 0, TAI_RESOURCE_USED);
  tai_desk_rig_assert_sound (rig);
}

/* What it had chosen is another's when it comes back: no longer chosen, not signed any more, and told. */
static void
test_hold_lost (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_line (rig, 0), other = NULL;
  TaiOrder *order = tai_visit_get_order (visit, 0);

  MUST (tai_desk_sign (rig->desk, visit, &E));
  MUST (tai_desk_park (rig->desk, visit, &E));
  wait_minutes (rig, 121);
  assert_stock (rig, 0, TAI_RESOURCE_LEASED);
  other = tai_desk_rig_begin (rig);
  MUST (tai_desk_choose_number (rig->desk, other, tai_desk_add_order (rig->desk, other, "new_line", NULL),
                                tai_desk_rig_msisdn (0), &E));
  MUST (tai_desk_recall (rig->desk, visit, &E));
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_OPEN);
  g_assert_null (tai_order_get (order, "MSISDN"));
  g_assert_cmpstr (tai_order_get (order, "ICCID"), ==, tai_desk_rig_iccid (0)); /* nobody took the card */
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_NUMBER_REQUIRED,
                                 TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM resource WHERE holder = '%s'",
                                        tai_visit_get_id (other)->text),
                   ==, 1);
  MUST (tai_desk_choose_number (rig->desk, visit, order, tai_desk_rig_msisdn (1), &E));
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  tai_desk_rig_assert_sound (rig);
}

static void
test_both_lost (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_line (rig, 0), other = NULL;

  MUST (tai_desk_park (rig->desk, visit, &E));
  wait_minutes (rig, 121);
  other = begin_line (rig, 0);
  tai_desk_rig_place (rig, other);
  tai_desk_rig_pay (rig, other);
  MUST (tai_desk_recall (rig->desk, visit, &E));
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_SIM_REQUIRED,
                                 TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
  MUST (tai_desk_abandon (rig->desk, visit, &E));
  assert_stock (rig, 0, TAI_RESOURCE_USED);
  tai_desk_rig_assert_sound (rig);
}

/* The hold had ended before it was parked, and another has the number: parking keeps what there is. */
static void
test_lost_before (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_line (rig, 0), other = NULL;

  wait_minutes (rig, 31);
  other = begin_line (rig, 0);
  MUST (tai_desk_park (rig->desk, visit, &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM resource WHERE holder = '%s'",
                                        tai_visit_get_id (other)->text),
                   ==, 2);
  MUST (tai_desk_recall (rig->desk, visit, &E));
  g_assert_null (tai_order_get (tai_visit_get_order (visit, 0), "MSISDN"));
  g_assert_cmpstr (tai_order_get (tai_visit_get_order (other, 0), "MSISDN"), ==, tai_desk_rig_msisdn (0));
}

static void
test_abandon (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (GPtrArray) none = NULL;
  TaiVisit *visit = begin_line (rig, 0);
  gpointer watched = visit;

  MUST (tai_desk_park (rig->desk, visit, &E));
  g_object_add_weak_pointer (G_OBJECT (visit), &watched);
  g_object_unref (visit); /* the desk alone has it */
  g_assert_nonnull (watched);
  MUST (tai_desk_abandon (rig->desk, watched, &E));
  g_assert_null (watched);
  none = tai_desk_list_parked (rig->desk);
  g_assert_cmpuint (none->len, ==, 0);
  assert_stock (rig, 0, TAI_RESOURCE_LEASED);
  tai_desk_rig_assert_sound (rig);
}

static void
test_limit (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) last = tai_desk_rig_begin (rig);
  g_autoptr (GPtrArray) parked = NULL;

  for (guint i = 0; i < TAI_LIMIT_PARKED_VISITS; i++) {
    g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
    tai_desk_rig_add_top_up (rig, visit, 1000);
    MUST (tai_desk_park (rig->desk, visit, &E));
  }
  REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_park (rig->desk, last, &E));
  g_assert_cmpint (tai_visit_get_state (last), ==, TAI_VISIT_OPEN);
  parked = tai_desk_list_parked (rig->desk);
  g_assert_cmpuint (parked->len, ==, TAI_LIMIT_PARKED_VISITS);
  MUST (tai_desk_abandon (rig->desk, g_ptr_array_index (parked, 7), &E));
  MUST (tai_desk_park (rig->desk, last, &E));
}

/* Not what is placed: that is in the store, and its money is asked for. */
static void
test_placed (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_line (rig, 0), foreign = NULL;
  g_autoptr (TaiDesk) desk = tai_desk_rig_make_desk (rig, tai_seal_key_get_public (rig->hq_key));

  tai_desk_rig_place (rig, visit);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_park (rig->desk, visit, &E));
  foreign = begin_line (rig, 1);
  MUST (tai_desk_park (rig->desk, foreign, &E));
  MUST (tai_desk_sign_in (desk, RIG_CLERK, RIG_CLERK, &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_recall (desk, foreign, &E)); /* another desk's */
}

/* Staff comes and goes: his own, or with the right. */
static void
test_other_clerk (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_line (rig, 0);

  MUST (tai_desk_park (rig->desk, visit, &E));
  tai_desk_sign_out (rig->desk);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_recall (rig->desk, visit, &E));
  tai_desk_rig_sign_in (rig, RIG_CLERK_2);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_recall (rig->desk, visit, &E));
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_PARKED);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (tai_desk_recall (rig->desk, visit, &E));
  g_assert_cmpstr (tai_visit_get_clerk (visit), ==, RIG_SUPERVISOR);
  MUST (tai_desk_park (rig->desk, visit, &E));
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_recall (rig->desk, visit, &E)); /* it is hers by now */
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (tai_desk_recall (rig->desk, visit, &E));
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  tai_desk_rig_assert_sound (rig);
}

static void
test_kiosk (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_line (rig, 0);

  tai_desk_rig_sign_in (rig, RIG_AUDITOR);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_park (rig->desk, visit, &E));
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_OPEN);
}

/* A disk that fails at any step: neither the store nor the visit nor the list has moved. */
static void
test_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_line (rig, 0);

  for (guint turn = 0; turn < 2; turn++) {
    gboolean good = FALSE;

    for (gint n = 0; !good; n++) {
      g_autofree char *before = tai_desk_rig_dump (rig), *after = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) parked = NULL;

      rig->steps_left = n;
      good = turn ? tai_desk_recall (rig->desk, visit, &error) : tai_desk_park (rig->desk, visit, &error);
      rig->steps_left = -1;
      after = tai_desk_rig_dump (rig);
      parked = tai_desk_list_parked (rig->desk);
      g_assert_true (good == (strcmp (before, after) != 0));
      g_assert_cmpuint (parked->len, ==, good ? 1 - turn : turn);
      g_assert_cmpint (tai_visit_get_state (visit), ==, parked->len ? TAI_VISIT_PARKED : TAI_VISIT_OPEN);
    }
  }
  tai_desk_rig_assert_sound (rig);
}

/* I5: what a thief of the disk reads of a parked visit is nothing of its customer. */
static void
test_privacy (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new_on_disk ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autofree char *dump = NULL;

  tai_desk_rig_start_day (rig);
  visit = begin_line (rig, 0);
  MUST (tai_desk_park (rig->desk, visit, &E));
  dump = tai_desk_rig_dump (rig);
  g_assert_null (strstr (dump, tai_visit_get_identity (visit)->number));
  g_assert_null (strstr (dump, tai_visit_get_identity (visit)->name));
}

/* The till -------------------------------------------------------------------------------------------------------------- */

static void
assert_stays_open (TaiDeskRig *rig, guint n_parked, guint n_placed)
{
  guint parked = 99, placed = 99;
  g_autofree char *before = tai_desk_rig_dump (rig), *after = NULL;

  REFUSED (TAI_CORE_ERROR_VISITS_OPEN, tai_desk_close_till (rig->desk, CNY (RIG_FLOAT), &E));
  MUST (tai_desk_count_visits (rig->desk, &parked, &placed, &E));
  g_assert_cmpuint (parked, ==, n_parked);
  g_assert_cmpuint (placed, ==, n_placed);
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
}

static void
test_close_till (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) parked = begin_line (rig, 0), placed = begin_line (rig, 1), more = begin_line (rig, 2);
  g_autoptr (TaiTillReport) report = NULL;

  tai_desk_rig_add_top_up (rig, placed, 1000);
  tai_desk_rig_place (rig, placed);
  assert_stays_open (rig, 0, 1);
  MUST (tai_desk_park (rig->desk, parked, &E));
  tai_desk_rig_place (rig, more);
  assert_stays_open (rig, 1, 2);
  MUST (tai_desk_abandon (rig->desk, placed, &E));
  MUST (tai_desk_abandon (rig->desk, more, &E));
  assert_stays_open (rig, 1, 0);
  MUST (tai_desk_abandon (rig->desk, parked, &E));
  MUST (report = tai_desk_close_till (rig->desk, CNY (RIG_FLOAT), &E));
  tai_desk_rig_assert_sound (rig);
}

/* The lock -------------------------------------------------------------------------------------------------------------- */

static void
assert_locked (TaiDeskRig *rig, TaiVisit *open, TaiVisit *placed)
{
  TaiMoney change;
  gint32 copy;
  GError *error = NULL;
  g_autoptr (GPtrArray) parked = tai_desk_list_parked (rig->desk);
  TaiOrder *order = tai_visit_get_order (open, 0);
  TaiIdentity *identity = tai_desk_rig_identity (3);

  g_assert_true (tai_desk_is_locked (rig->desk));
  g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, RIG_CLERK);
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_begin_visit (rig->desk, &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_identify (rig->desk, open, identity, &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_add_order (rig->desk, open, "top_up", &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_remove_order (rig->desk, open, order, &E));
  REFUSED (TAI_CORE_ERROR_LOCKED,
           tai_desk_choose_number (rig->desk, open, order, tai_desk_rig_msisdn (9), &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_sign (rig->desk, open, &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_place (rig->desk, open, &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_park (rig->desk, open, &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_recall (rig->desk, g_ptr_array_index (parked, 0), &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_pay_cash (rig->desk, placed, CNY (100000), &change, &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_abandon (rig->desk, placed, &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_reprint (rig->desk, "H017-T2-A-20261122-0001", &copy, &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_close_till (rig->desk, CNY (0), &E));
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_open_till (rig->desk, CNY (0), &E));
  g_assert_true (tai_desk_apply_order_state (rig->desk, "no such", TAI_ORDER_COMPLETED, NULL, &error));
  g_assert_no_error (error); /* HQ's news come all the same */
}

static void
test_lock (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) open = begin_line (rig, 0), placed = begin_line (rig, 1), parked = begin_line (rig, 2);

  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_unlock (rig->desk, RIG_CLERK, &E));
  tai_desk_rig_place (rig, placed);
  MUST (tai_desk_park (rig->desk, parked, &E));
  tai_desk_lock (rig->desk);
  tai_desk_lock (rig->desk); /* once is enough */
  assert_journal (rig, "lock", 1);
  assert_locked (rig, open, placed);
  tai_desk_sign_out (rig->desk); /* no way round */
  assert_locked (rig, open, placed);
  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_unlock (rig->desk, "0000", &E));
  assert_journal (rig, "sign_in_failed", 1);
  assert_locked (rig, open, placed);
  MUST (tai_desk_unlock (rig->desk, RIG_CLERK, &E));
  assert_journal (rig, "unlock", 1);
  assert_journal (rig, "sign_in", 1); /* the morning's */
  g_assert_false (tai_desk_is_locked (rig->desk));
  /* Nothing was lost. */
  tai_desk_rig_pay (rig, placed);
  tai_desk_rig_place (rig, open);
  tai_desk_rig_pay (rig, open);
  MUST (tai_desk_recall (rig->desk, parked, &E));
  tai_desk_rig_assert_sound (rig);
}

/* Signing in with the same number is the same as unlocking. */
static void
test_same_clerk (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) open = begin_line (rig, 0);

  tai_desk_lock (rig->desk);
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  g_assert_false (tai_desk_is_locked (rig->desk));
  g_assert_cmpint (tai_visit_get_state (open), ==, TAI_VISIT_OPEN);
  assert_journal (rig, "unlock", 1);
}

/* Guessing at a locked desk waits as long as guessing at the sign-in, and a restart forgives nothing. */
static void
test_guessing (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();

  tai_desk_lock (rig->desk);
  for (guint i = 0; i < 3; i++)
    REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_unlock (rig->desk, "0000", &E));
  REFUSED (TAI_CORE_ERROR_LOCKED_OUT, tai_desk_unlock (rig->desk, RIG_CLERK, &E));
  g_assert_cmpint (tai_desk_get_locked_until_us (rig->desk), >, tai_clock_now (TAI_CLOCK (rig->clock)));
  tai_fake_clock_advance (rig->clock, 31 * 1000);
  MUST (tai_desk_unlock (rig->desk, RIG_CLERK, &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT coalesce (sum (failures), 0) FROM sign_in_failure"), ==,
                   0);
}

/* HQ has dismissed him meanwhile. */
static void
test_disabled_meanwhile (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();

  tai_desk_lock (rig->desk);
  g_assert_cmpint (sqlite3_exec (rig->sql, "UPDATE staff SET disabled = 1 WHERE number = '" RIG_CLERK "'",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  REFUSED (TAI_CORE_ERROR_STAFF_UNKNOWN, tai_desk_unlock (rig->desk, RIG_CLERK, &E));
  g_assert_true (tai_desk_is_locked (rig->desk));
}

static void
test_nobody (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autofree char *before = tai_desk_rig_dump (rig), *after = NULL;

  tai_desk_lock (rig->desk);
  g_assert_false (tai_desk_is_locked (rig->desk));
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
}

/* A full disk must not keep a desk open. */
static void
test_lock_without_disk (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();

  rig->steps_left = 0;
  tai_desk_lock (rig->desk);
  rig->steps_left = -1;
  g_assert_true (tai_desk_is_locked (rig->desk));
  assert_journal (rig, "lock", 0);
}

/* A supervisor over a locked desk: the clerk goes, what he was selecting is parked under his name. */
static void
test_take_over (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) first = begin_line (rig, 0), second = begin_line (rig, 1),
                       placed = begin_line (rig, 2);
  g_autoptr (TaiVisit) empty = tai_desk_rig_begin (rig);
  g_autoptr (GPtrArray) parked = NULL;

  g_object_unref (begin_line (rig, 3)); /* a face that forgot one: nobody has it any more */
  tai_desk_rig_place (rig, placed);
  tai_desk_lock (rig->desk);
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_sign_in (rig->desk, RIG_CLERK_2, RIG_CLERK_2, &E));
  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_sign_in (rig->desk, RIG_SUPERVISOR, "0000", &E));
  g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, RIG_CLERK);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  g_assert_false (tai_desk_is_locked (rig->desk));
  g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, RIG_SUPERVISOR);
  parked = tai_desk_list_parked (rig->desk);
  g_assert_cmpuint (parked->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (tai_visit_get_clerk (g_ptr_array_index (parked, i)), ==, RIG_CLERK);
  g_assert_cmpint (tai_visit_get_state (first), ==, TAI_VISIT_PARKED);
  g_assert_cmpint (tai_visit_get_state (empty), ==, TAI_VISIT_OPEN);
  assert_journal (rig, "visit_parked", 2);
  tai_desk_rig_pay (rig, placed); /* what is placed is there for whoever works */
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  MUST (tai_desk_recall (rig->desk, first, &E));
  MUST (tai_desk_recall (rig->desk, second, &E));
  tai_desk_rig_assert_sound (rig);
}

/* Also that is all or nothing. */
static void
test_take_over_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) first = begin_line (rig, 0), second = begin_line (rig, 1);
  gboolean good = FALSE;
  guint n_failed = 0;

  tai_desk_lock (rig->desk);
  for (gint n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) parked = NULL;

    rig->steps_left = n;
    good = tai_desk_sign_in (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &error);
    rig->steps_left = -1;
    parked = tai_desk_list_parked (rig->desk);
    g_assert_true (tai_desk_is_locked (rig->desk) == !good);
    g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, good ? RIG_SUPERVISOR : RIG_CLERK);
    g_assert_cmpuint (parked->len, ==, good ? 2 : 0);
    g_assert_cmpint (tai_visit_get_state (second), ==, good ? TAI_VISIT_PARKED : TAI_VISIT_OPEN);
    assert_journal (rig, "visit_parked", good ? 2 : 0);
    n_failed += !good;
  }
  g_assert_cmpuint (n_failed, >, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/park/park", test_park);
  g_test_add_func ("/desk/park/hold-lost", test_hold_lost);
  g_test_add_func ("/desk/park/both-lost", test_both_lost);
  g_test_add_func ("/desk/park/lost-before", test_lost_before);
  g_test_add_func ("/desk/park/abandon", test_abandon);
  g_test_add_func ("/desk/park/limit", test_limit);
  g_test_add_func ("/desk/park/placed", test_placed);
  g_test_add_func ("/desk/park/other-clerk", test_other_clerk);
  g_test_add_func ("/desk/park/kiosk", test_kiosk);
  g_test_add_func ("/desk/park/disk-error", test_disk_error);
  g_test_add_func ("/desk/park/privacy", test_privacy);
  g_test_add_func ("/desk/park/close-till", test_close_till);
  g_test_add_func ("/desk/lock/lock", test_lock);
  g_test_add_func ("/desk/lock/same-clerk", test_same_clerk);
  g_test_add_func ("/desk/lock/guessing", test_guessing);
  g_test_add_func ("/desk/lock/disabled-meanwhile", test_disabled_meanwhile);
  g_test_add_func ("/desk/lock/nobody", test_nobody);
  g_test_add_func ("/desk/lock/without-disk", test_lock_without_disk);
  g_test_add_func ("/desk/lock/take-over", test_take_over);
  g_test_add_func ("/desk/lock/take-over-disk-error", test_take_over_disk_error);
  return g_test_run ();
}
