/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who has a code device proves himself with PIN and code, wherever a PIN is asked for; and the mistakes that other tills made
 * with a second person's yes: two people with one PIN, a PIN of yesterday, a code seen over a shoulder.
 */
#include "tai-desk-rig.h"
#include "tai-proof.h"

#define SECRET "totp-sha256:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA"
#define TWIN   "2002" /* another supervisor, with the first one's PIN */

static TaiStaff *
person (const char *number, TaiRole role, const char *pin, const char *code)
{
  TaiStaff *staff = tai_staff_new (number, number, role, pin);

  staff->code_record = g_strdup (code);
  return staff;
}

/* HQ's new list: the supervisor has @pin and @code; his twin, if he is there, the same PIN. */
static void
hire (TaiDeskRig *rig, const char *pin, const char *code, gboolean with_twin)
{
  g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);

  g_ptr_array_add (staff, person (RIG_CLERK, TAI_ROLE_CLERK, RIG_CLERK, NULL));
  g_ptr_array_add (staff, person (RIG_SUPERVISOR, TAI_ROLE_SUPERVISOR, pin, code));
  if (with_twin)
    g_ptr_array_add (staff, person (TWIN, TAI_ROLE_SUPERVISOR, pin, NULL));
  MUST (tai_visit_store_replace_staff (TAI_VISIT_STORE (rig->store), staff, &E));
}

/* What the device shows @away steps from now, after the PIN. */
static char *
make_proof (TaiDeskRig *rig, const char *pin, gint64 away)
{
  g_auto (TaiTotp) totp = {0};
  char code[TAI_TOTP_DIGITS + 1];

  MUST (tai_totp_from_record (SECRET, &totp, &E));
  tai_totp_make_code (&totp, tai_totp_get_step (tai_clock_now (TAI_CLOCK (rig->clock))) + away, code);
  return g_strdup_printf ("%s %s", pin, code);
}

static gboolean
sign_in (TaiDeskRig *rig, gint64 away, GError **error)
{
  g_autofree char *proof = make_proof (rig, RIG_SUPERVISOR, away);

  return tai_desk_sign_in (rig->desk, RIG_SUPERVISOR, proof, error);
}

static gint64
count_failures (TaiDeskRig *rig)
{
  return tai_desk_rig_number (rig, "SELECT coalesce (sum (failures), 0) FROM sign_in_failure");
}

static void
test_needed (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  hire (rig, RIG_SUPERVISOR, SECRET, FALSE);
  REFUSED (TAI_CORE_ERROR_CODE_NEEDED, tai_desk_sign_in (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  g_assert_null (tai_desk_get_staff (rig->desk));
  g_assert_cmpint (count_failures (rig), ==, 0);
  /* who does not know the PIN does not learn that there is a device */
  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_sign_in (rig->desk, RIG_SUPERVISOR, "0000", &E));
  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_sign_in (rig->desk, RIG_SUPERVISOR, "0000 123456", &E));
  /* and the right PIN alone forgives nothing */
  REFUSED (TAI_CORE_ERROR_CODE_NEEDED, tai_desk_sign_in (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  g_assert_cmpint (count_failures (rig), ==, 2);
  MUST (sign_in (rig, 0, &E));
  g_assert_cmpint (count_failures (rig), ==, 0);
  g_assert_null (
      tai_desk_get_staff (rig->desk)->code_record); /* nobody holds the secret longer than it takes */
  g_assert_null (tai_desk_get_staff (rig->desk)->pin_record);
  /* who has no device is not asked, and a code too many does no harm */
  MUST (tai_desk_sign_in (rig->desk, RIG_CLERK, RIG_CLERK, &E));
  MUST (tai_desk_sign_in (rig->desk, RIG_CLERK, RIG_CLERK " 123456", &E));
}

static void
test_wrong (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  static const char *const bad[] = {RIG_SUPERVISOR " ", RIG_SUPERVISOR " 12345", RIG_SUPERVISOR " 1234567"};

  hire (rig, RIG_SUPERVISOR, SECRET, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    REFUSED (TAI_CORE_ERROR_CODE_WRONG, tai_desk_sign_in (rig->desk, RIG_SUPERVISOR, bad[i], &E));
  REFUSED (TAI_CORE_ERROR_LOCKED_OUT, sign_in (rig, 0, &E)); /* guessed codes count like guessed PINs */
  tai_desk_rig_restart (rig);
  REFUSED (TAI_CORE_ERROR_LOCKED_OUT, sign_in (rig, 0, &E));
  tai_fake_clock_advance (rig->clock, 31 * 1000);
  MUST (sign_in (rig, 0, &E));
  g_assert_cmpint (tai_desk_rig_number (rig,
                                        "SELECT count (*) FROM journal WHERE kind = 'sign_in_failed' AND "
                                        "instr (CAST (record AS TEXT), 'detail=code') > 0"),
                   ==, 3);
}

static void
test_once (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  hire (rig, RIG_SUPERVISOR, SECRET, FALSE);
  MUST (sign_in (rig, 0, &E));
  REFUSED (TAI_CORE_ERROR_CODE_USED, sign_in (rig, 0, &E));
  REFUSED (TAI_CORE_ERROR_CODE_USED, sign_in (rig, -1, &E)); /* nor one from before it */
  tai_desk_rig_restart (rig);
  REFUSED (TAI_CORE_ERROR_CODE_USED, sign_in (rig, 0, &E));
  hire (rig, RIG_SUPERVISOR, SECRET, FALSE); /* HQ sends the staff again */
  REFUSED (TAI_CORE_ERROR_CODE_USED, sign_in (rig, 0, &E));
  g_assert_cmpint (count_failures (rig), ==, 0); /* who is quick is not locked out */
  MUST (sign_in (rig, 1, &E));
  REFUSED (TAI_CORE_ERROR_CODE_USED, sign_in (rig, 0, &E));
  tai_fake_clock_advance (rig->clock, 60 * 1000);
  MUST (sign_in (rig, 0, &E));
}

static void
test_clock (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  hire (rig, RIG_SUPERVISOR, SECRET, FALSE);
  MUST (sign_in (rig, -1, &E));
  tai_fake_clock_advance (rig->clock, 3600 * 1000);
  MUST (sign_in (rig, 1, &E));
  tai_fake_clock_advance (rig->clock, 3600 * 1000);
  REFUSED (TAI_CORE_ERROR_CODE_CLOCK, sign_in (rig, 2, &E));
  REFUSED (TAI_CORE_ERROR_CODE_CLOCK, sign_in (rig, -TAI_TOTP_LOOK_STEPS, &E));
  g_assert_cmpint (count_failures (rig), ==, 2); /* a helpful word is no free guess */
  REFUSED (TAI_CORE_ERROR_CODE_WRONG, sign_in (rig, TAI_TOTP_LOOK_STEPS + 1, &E));
}

/* Used up before anything opens: when the disk fails there, nobody is in. */
static void
test_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  gboolean good = FALSE;

  hire (rig, RIG_SUPERVISOR, SECRET, FALSE);
  for (gint n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;

    rig->steps_left = n;
    good = sign_in (rig, 0, &error);
    rig->steps_left = -1;
    g_assert_true (good || error != NULL);
    g_assert_cmpint (tai_desk_get_staff (rig->desk) != NULL, ==, good);
    tai_fake_clock_advance (rig->clock, 60 * 1000);
    g_assert_cmpint (n, <, 100);
  }
}

static gboolean
take_out (TaiDeskRig *rig, gint64 minor, GError **error)
{
  return tai_desk_move_cash (rig->desk, &(TaiCashRequest){TAI_CASH_OUT, CNY (minor), NULL, NULL, "water"},
                             error);
}

/* In an override in place it is the same. */
static void
test_approval (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autofree char *proof = NULL;

  tai_desk_rig_start_day (rig);
  hire (rig, RIG_SUPERVISOR, SECRET, FALSE);
  REFUSED (TAI_CORE_ERROR_APPROVAL, take_out (rig, 5000, &E));
  REFUSED (TAI_CORE_ERROR_CODE_NEEDED, tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, take_out (rig, 5000, &E));
  proof = make_proof (rig, RIG_SUPERVISOR, 0);
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, proof, &E));
  MUST (take_out (rig, 5000, &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, take_out (rig, 5000, &E));
  REFUSED (TAI_CORE_ERROR_CODE_USED, tai_desk_approve (rig->desk, RIG_SUPERVISOR, proof, &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM approval"), ==, 1);
  tai_desk_rig_assert_sound (rig);
}

/* A locked desk opens to the same proof, and to no less. */
static void
test_unlock (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autofree char *proof = NULL;

  hire (rig, RIG_SUPERVISOR, SECRET, FALSE);
  MUST (sign_in (rig, 0, &E));
  tai_desk_lock (rig->desk);
  REFUSED (TAI_CORE_ERROR_CODE_NEEDED, tai_desk_unlock (rig->desk, RIG_SUPERVISOR, &E));
  g_assert_true (tai_desk_is_locked (rig->desk));
  proof = make_proof (rig, RIG_SUPERVISOR, 0);
  REFUSED (TAI_CORE_ERROR_CODE_USED, tai_desk_unlock (rig->desk, proof, &E));
  g_assert_true (tai_desk_is_locked (rig->desk));
  tai_fake_clock_advance (rig->clock, 30 * 1000);
  g_free (proof);
  proof = make_proof (rig, RIG_SUPERVISOR, 0);
  MUST (tai_desk_unlock (rig->desk, proof, &E));
  g_assert_false (tai_desk_is_locked (rig->desk));
}

/* Who takes a drawer over proves himself whole; otherwise the drawer stays where it is. */
static void
test_hand_over (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiTillReport) report = NULL;
  g_autofree char *proof = NULL;

  tai_desk_rig_start_day (rig);
  hire (rig, RIG_SUPERVISOR, SECRET, FALSE);
  REFUSED (TAI_CORE_ERROR_CODE_NEEDED,
           tai_desk_hand_over_till (rig->desk, CNY (RIG_FLOAT), RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, RIG_CLERK);
  proof = make_proof (rig, RIG_SUPERVISOR, 0);
  MUST (report = tai_desk_hand_over_till (rig->desk, CNY (RIG_FLOAT), RIG_SUPERVISOR, proof, &E));
  g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, RIG_SUPERVISOR);
  tai_desk_rig_assert_sound (rig);
}

/* The person is chosen, not found by his PIN: the row names who was chosen, and a device of one is not asked of the other. */
static void
test_same_pin (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (GPtrArray) list = NULL;

  tai_desk_rig_start_day (rig);
  hire (rig, RIG_SUPERVISOR, SECRET, TRUE);
  REFUSED (TAI_CORE_ERROR_APPROVAL, take_out (rig, 5000, &E));
  MUST (list = tai_desk_list_approvers (rig->desk, &E));
  g_assert_cmpuint (list->len, ==, 2);
  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_approve (rig->desk, TWIN, "0000", &E));
  g_assert_cmpint (
      tai_desk_rig_number (rig, "SELECT failures FROM sign_in_failure WHERE number = '" TWIN "'"), ==, 1);
  g_assert_cmpint (count_failures (rig), ==, 1); /* the other's are his own */
  MUST (tai_desk_approve (rig->desk, TWIN, RIG_SUPERVISOR, &E));
  MUST (take_out (rig, 5000, &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM approval WHERE approver = '" TWIN "'"),
                   ==, 1);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM approval"), ==, 1);
}

/* HQ's list of this minute counts: yesterday's PIN, a person who left, a right that was taken. */
static void
test_stale (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  hire (rig, RIG_SUPERVISOR, NULL, TRUE);
  REFUSED (TAI_CORE_ERROR_APPROVAL, take_out (rig, 5000, &E));
  hire (rig, "777333", NULL, FALSE);
  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  REFUSED (TAI_CORE_ERROR_STAFF_UNKNOWN, tai_desk_approve (rig->desk, TWIN, RIG_SUPERVISOR, &E));
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, "777333", &E));
  MUST (take_out (rig, 5000, &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, take_out (rig, 6000, &E));
  {
    g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);
    g_autoptr (GPtrArray) list = NULL;

    g_ptr_array_add (staff, person (RIG_CLERK, TAI_ROLE_CLERK, RIG_CLERK, NULL));
    g_ptr_array_add (staff, person (RIG_SUPERVISOR, TAI_ROLE_SENIOR_CLERK, "777333", NULL));
    MUST (tai_visit_store_replace_staff (TAI_VISIT_STORE (rig->store), staff, &E));
    MUST (list = tai_desk_list_approvers (rig->desk, &E));
    g_assert_cmpuint (list->len, ==, 0);
  }
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_approve (rig->desk, RIG_SUPERVISOR, "777333", &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, take_out (rig, 6000, &E));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/desk/code/needed", test_needed);
  g_test_add_func ("/core/desk/code/wrong", test_wrong);
  g_test_add_func ("/core/desk/code/once", test_once);
  g_test_add_func ("/core/desk/code/clock", test_clock);
  g_test_add_func ("/core/desk/code/disk-error", test_disk_error);
  g_test_add_func ("/core/desk/code/approval", test_approval);
  g_test_add_func ("/core/desk/code/unlock", test_unlock);
  g_test_add_func ("/core/desk/code/hand-over", test_hand_over);
  g_test_add_func ("/core/desk/approval/same-pin", test_same_pin);
  g_test_add_func ("/core/desk/approval/stale", test_stale);
  return g_test_run ();
}
