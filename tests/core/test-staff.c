/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Roles and rights, who may not what, and the growing lock-out.
 */
#include "tai-staff.h"

#include <string.h>

#include "tai-core-error.h"

#define ALL_RIGHTS 0x1fffu

static void
test_roles (void)
{
  const char *const texts[] = {"clerk", "senior_clerk", "supervisor", "auditor", "it", "kiosk"};
  const char *const bad[] = {"", "Clerk", "clerk ", "root", NULL};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    TaiRole role;

    g_assert_cmpstr (tai_role_to_text ((TaiRole)i), ==, texts[i]);
    g_assert_true (tai_role_from_text (texts[i], &role, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (role, ==, i);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    TaiRole role = TAI_ROLE_AUDITOR;

    g_assert_false (tai_role_from_text (bad[i], &role, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
    g_assert_cmpuint (role, ==, TAI_ROLE_AUDITOR);
  }
}

static void
test_default_rights (void)
{
  const TaiRight clerk = TAI_RIGHT_SELL | TAI_RIGHT_TILL | TAI_RIGHT_REPRINT | TAI_RIGHT_REPORT_OWN;
  const TaiRight senior = clerk | TAI_RIGHT_UNDO | TAI_RIGHT_REFUND | TAI_RIGHT_RECALL;

  g_assert_cmpuint (tai_role_default_rights (TAI_ROLE_CLERK), ==, clerk);
  g_assert_cmpuint (tai_role_default_rights (TAI_ROLE_SENIOR_CLERK), ==, senior);
  g_assert_cmpuint (tai_role_default_rights (TAI_ROLE_SUPERVISOR), ==,
                    senior | TAI_RIGHT_CLOSE_OTHERS | TAI_RIGHT_APPROVE | TAI_RIGHT_REPORT_HALL |
                        TAI_RIGHT_QUARANTINE);
  g_assert_cmpuint (tai_role_default_rights (TAI_ROLE_AUDITOR), ==, TAI_RIGHT_AUDIT | TAI_RIGHT_REPORT_HALL);
  g_assert_cmpuint (tai_role_default_rights (TAI_ROLE_IT), ==, TAI_RIGHT_OPERATE);
  g_assert_cmpuint (tai_role_default_rights (TAI_ROLE_KIOSK), ==, TAI_RIGHT_SELL);
}

/* Who audits or operates never sells; who sells never audits; every right has an owner. */
static void
test_separation (void)
{
  const TaiRight money =
      TAI_RIGHT_SELL | TAI_RIGHT_TILL | TAI_RIGHT_REFUND | TAI_RIGHT_UNDO | TAI_RIGHT_APPROVE;
  TaiRight all = 0;

  for (TaiRole role = TAI_ROLE_CLERK; role <= TAI_ROLE_KIOSK; role++) {
    TaiRight rights = tai_role_default_rights (role);

    all |= rights;
    if (rights & (TAI_RIGHT_AUDIT | TAI_RIGHT_OPERATE))
      g_assert_cmpuint (rights & money, ==, 0);
  }
  g_assert_cmpuint (all, ==, ALL_RIGHTS);
}

static void
test_check_right (void)
{
  for (TaiRole role = TAI_ROLE_CLERK; role <= TAI_ROLE_KIOSK; role++) {
    g_autoptr (TaiStaff) staff = tai_staff_new ("1042", "王芳", role, "$argon2id$");

    g_assert_cmpuint (staff->rights, ==, tai_role_default_rights (role));
    for (guint bit = 0; bit < 12; bit++) {
      g_autoptr (GError) error = NULL;
      TaiRight right = 1u << bit;
      gboolean has = (staff->rights & right) != 0;

      g_assert_true (tai_staff_check_right (staff, right, &error) == has);
      if (has)
        g_assert_no_error (error);
      else
        g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RIGHT_MISSING);
    }
  }
}

/* All of several rights, HQ's own sets, somebody who left, nobody at all. */
static void
test_check_right_cases (void)
{
  g_autoptr (TaiStaff) staff = tai_staff_new ("1042", "王芳", TAI_ROLE_CLERK, NULL);
  g_autoptr (GError) both = NULL, disabled = NULL, nobody = NULL;

  g_assert_true (tai_staff_check_right (staff, TAI_RIGHT_SELL | TAI_RIGHT_TILL, NULL));
  g_assert_false (tai_staff_check_right (staff, TAI_RIGHT_SELL | TAI_RIGHT_UNDO, &both));
  g_assert_error (both, TAI_CORE_ERROR, TAI_CORE_ERROR_RIGHT_MISSING);
  g_assert_nonnull (strstr (both->message, "1042"));
  g_assert_null (strstr (both->message, "王芳"));
  staff->rights |= TAI_RIGHT_UNDO;
  g_assert_true (tai_staff_check_right (staff, TAI_RIGHT_SELL | TAI_RIGHT_UNDO, NULL));
  staff->disabled = TRUE;
  g_assert_false (tai_staff_check_right (staff, TAI_RIGHT_SELL, &disabled));
  g_assert_error (disabled, TAI_CORE_ERROR, TAI_CORE_ERROR_RIGHT_MISSING);
  g_assert_false (tai_staff_check_right (NULL, TAI_RIGHT_SELL, &nobody));
  g_assert_error (nobody, TAI_CORE_ERROR, TAI_CORE_ERROR_RIGHT_MISSING);
}

static void
test_lockout (void)
{
  const gint64 seconds[] = {0, 0, 0, 30, 60, 300, 900, 3600, 3600};

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    g_assert_cmpint (tai_lockout_wait_us (i), ==, seconds[i] * 1000000);
  g_assert_cmpint (tai_lockout_wait_us (G_MAXUINT), ==, G_GINT64_CONSTANT (3600000000));
  for (guint i = 1; i < 1000; i++)
    g_assert_cmpint (tai_lockout_wait_us (i), >=, tai_lockout_wait_us (i - 1));
}

static void
test_free (void)
{
  tai_staff_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/staff/roles", test_roles);
  g_test_add_func ("/core/staff/default-rights", test_default_rights);
  g_test_add_func ("/core/staff/separation", test_separation);
  g_test_add_func ("/core/staff/check-right", test_check_right);
  g_test_add_func ("/core/staff/check-right-cases", test_check_right_cases);
  g_test_add_func ("/core/staff/lockout", test_lockout);
  g_test_add_func ("/core/staff/free", test_free);
  return g_test_run ();
}
