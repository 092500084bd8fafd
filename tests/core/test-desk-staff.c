/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who works here: good, wrong, unknown and disabled numbers, the lock-out that a restart does not forgive, and what each role
 * may do at the desk.
 */
#include "tai-desk-rig.h"

static void
assert_last_journal (TaiDeskRig *rig, const char *kind, const char *clerk, const char *subject)
{
  g_autofree char *record = tai_desk_rig_last_journal (rig);
  g_autofree char *kind_line = g_strdup_printf ("\nkind=%s\n", kind);
  g_autofree char *subject_line = g_strdup_printf ("\nsubject=%s\n", subject);
  g_autofree char *clerk_line = g_strdup_printf ("\nstaff=%s\n", clerk);

  g_assert_nonnull (strstr (record, kind_line));
  g_assert_nonnull (strstr (record, subject_line));
  g_assert_true ((strstr (record, clerk_line) != NULL) == (clerk[0] != '\0'));
  /* What has no shift has none (I9). */
  g_assert_null (strstr (record, "\nbusiness_day=2"));
}

static void
test_good (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  g_assert_null (tai_desk_get_staff (rig->desk));
  MUST (tai_desk_sign_in (rig->desk, RIG_CLERK, RIG_CLERK, &E));
  g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, RIG_CLERK);
  assert_last_journal (rig, "sign_in", RIG_CLERK, RIG_CLERK);
  tai_desk_sign_out (rig->desk);
  g_assert_null (tai_desk_get_staff (rig->desk));
  tai_desk_rig_assert_sound (rig);
}

static void
test_wrong (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_sign_in (rig->desk, RIG_CLERK, "0000", &E));
  g_assert_null (tai_desk_get_staff (rig->desk));
  assert_last_journal (rig, "sign_in_failed", "", RIG_CLERK);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT failures FROM sign_in_failure"), ==, 1);
  /* Whoever is signed in stays so; the record says at whose desk it was tried. */
  tai_desk_rig_sign_in (rig, RIG_CLERK_2);
  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_sign_in (rig->desk, RIG_CLERK, "", &E));
  g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, RIG_CLERK_2);
  assert_last_journal (rig, "sign_in_failed", RIG_CLERK_2, RIG_CLERK);
}

static void
test_unknown (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autofree char *before = tai_desk_rig_dump (rig), *after = NULL;

  for (guint i = 0; i < 20; i++)
    REFUSED (TAI_CORE_ERROR_STAFF_UNKNOWN, tai_desk_sign_in (rig->desk, "7777", "7777", &E));
  REFUSED (TAI_CORE_ERROR_STAFF_UNKNOWN, tai_desk_sign_in (rig->desk, "' OR 1=1 --", "x", &E));
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after); /* a keyboard does not fill the disk */
}

static void
test_disabled (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autofree char *record = NULL;

  REFUSED (TAI_CORE_ERROR_STAFF_UNKNOWN, tai_desk_sign_in (rig->desk, RIG_DISABLED, RIG_DISABLED, &E));
  record = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (record, "kind=sign_in_failed\n"));
  g_assert_nonnull (strstr (record, "detail=disabled\n"));
  REFUSED (TAI_CORE_ERROR_STAFF_UNKNOWN, tai_desk_sign_in (rig->desk, RIG_DISABLED, RIG_DISABLED, &E));
  REFUSED (TAI_CORE_ERROR_STAFF_UNKNOWN, tai_desk_sign_in (rig->desk, RIG_DISABLED, RIG_DISABLED, &E));
  REFUSED (TAI_CORE_ERROR_LOCKED_OUT, tai_desk_sign_in (rig->desk, RIG_DISABLED, RIG_DISABLED, &E));
  g_assert_null (tai_desk_get_staff (rig->desk));
}

static void
test_no_pin (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_sign_in (rig->desk, RIG_NO_PIN, "", &E));
  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_sign_in (rig->desk, RIG_NO_PIN, RIG_NO_PIN, &E));
}

static void
fail_once (TaiDeskRig *rig, guint n_before, int wait_s)
{
  gint64 now;

  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_sign_in (rig->desk, RIG_CLERK, "wrong", &E));
  now = tai_clock_now (TAI_CLOCK (rig->clock));
  g_assert_cmpint (tai_desk_get_locked_until_us (rig->desk), ==, now + wait_s * G_TIME_SPAN_SECOND);
  if (wait_s == 0)
    return;
  tai_desk_rig_restart (rig); /* pulling the plug forgives nothing */
  tai_fake_clock_advance (rig->clock, wait_s * 1000 - 1);
  REFUSED (TAI_CORE_ERROR_LOCKED_OUT, tai_desk_sign_in (rig->desk, RIG_CLERK, RIG_CLERK, &E));
  g_assert_cmpint (tai_desk_get_locked_until_us (rig->desk), ==, now + wait_s * G_TIME_SPAN_SECOND);
  /* Trying in vain neither counts nor prolongs. */
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT failures FROM sign_in_failure"), ==, n_before + 1);
  tai_fake_clock_advance (rig->clock, 1);
}

static void
test_lock_out (void)
{
  static const int wait_s[] = {0, 0, 30, 60, 300, 900, 3600, 3600};
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  for (guint i = 0; i < G_N_ELEMENTS (wait_s); i++)
    fail_once (rig, i, wait_s[i]);
  tai_desk_rig_sign_in (rig, RIG_CLERK_2); /* a colleague's is his own */
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  g_assert_cmpint (tai_desk_get_locked_until_us (rig->desk), ==, 0);
  /* A good one forgets what was before. */
  REFUSED (TAI_CORE_ERROR_PIN_WRONG, tai_desk_sign_in (rig->desk, RIG_CLERK, "wrong", &E));
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM journal WHERE kind = 'sign_in_failed'"),
                   ==, 9);
}

/* What cannot be journalled is not done. */
static void
test_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  gboolean good = FALSE;

  tai_desk_rig_sign_in (rig, RIG_CLERK_2);
  for (gint n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;

    rig->steps_left = n;
    good = tai_desk_sign_in (rig->desk, RIG_CLERK, RIG_CLERK, &error);
    g_assert_true (good || error != NULL);
    g_assert_cmpstr (tai_desk_get_staff (rig->desk)->number, ==, good ? RIG_CLERK : RIG_CLERK_2);
    g_assert_cmpint (n, <, 100);
  }
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM journal WHERE kind = 'sign_in'"), ==, 2);
}

static void
test_rights (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  gint32 copy;

  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_open_till (rig->desk, CNY (0), &E));
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_close_till (rig->desk, CNY (0), &E));
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_begin_visit (rig->desk, &E));
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_reprint (rig->desk, "H017-T2-A-20261122-0001", &copy, &E));
  tai_desk_rig_sign_in (rig, RIG_KIOSK);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_open_till (rig->desk, CNY (0), &E));
  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_AUDITOR);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_begin_visit (rig->desk, &E));
  tai_desk_rig_sign_in (rig, RIG_KIOSK);
  visit = tai_desk_rig_begin (rig);
  tai_desk_rig_add_top_up (rig, visit, 1000);
  /* Who signs out in the middle of a visit cannot place or take money for it. */
  tai_desk_sign_out (rig->desk);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_place (rig->desk, visit, &E));
  tai_desk_rig_sign_in (rig, RIG_KIOSK);
  MUST (tai_desk_place (rig->desk, visit, &E));
  tai_desk_sign_out (rig->desk);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_pay_cash (rig->desk, visit, CNY (1000), NULL, &E));
  MUST (tai_desk_abandon (rig->desk, visit, &E)); /* giving back needs nobody */
}

static void
test_note (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autofree char *record = NULL;

  MUST (tai_desk_note (rig->desk, "clock_jump", "H017T2", "-3600 s\nand more", &E));
  record = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (record, "kind=clock_jump\n"));
  g_assert_nonnull (strstr (record, "detail=-3600 s\\nand more\n")); /* one line, whatever it says */
  tai_desk_rig_assert_sound (rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/staff/good", test_good);
  g_test_add_func ("/desk/staff/wrong", test_wrong);
  g_test_add_func ("/desk/staff/unknown", test_unknown);
  g_test_add_func ("/desk/staff/disabled", test_disabled);
  g_test_add_func ("/desk/staff/no-pin", test_no_pin);
  g_test_add_func ("/desk/staff/lock-out", test_lock_out);
  g_test_add_func ("/desk/staff/disk-error", test_disk_error);
  g_test_add_func ("/desk/staff/rights", test_rights);
  g_test_add_func ("/desk/staff/note", test_note);
  return g_test_run ();
}
