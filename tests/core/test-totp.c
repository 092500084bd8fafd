/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codes of a device against the vectors of RFC 6238 (appendix B), badges, and a proof taken apart. */
#include <string.h>

#include "tai-badge.h"
#include "tai-core-error.h"
#include "tai-proof.h"
#include "tai-totp.h"

#define SHA1_SECRET   "totp-sha1:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
#define SHA256_SECRET "totp-sha256:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA"

/* The RFC's codes have eight digits; six digits are the last six of them. */
static const struct {
  gint64 time_s;
  const char *sha1, *sha256;
} vectors[] = {
    {59, "94287082", "46119246"},         {1111111109, "07081804", "68084774"},
    {1111111111, "14050471", "67062674"}, {1234567890, "89005924", "91819424"},
    {2000000000, "69279037", "90698825"}, {20000000000, "65353130", "77737706"},
};

static void
assert_code (const char *record, gint64 time_s, const char *expected)
{
  g_auto (TaiTotp) totp = {0};
  g_autoptr (GError) error = NULL;
  char code[TAI_TOTP_DIGITS + 1];

  g_assert_true (tai_totp_from_record (record, &totp, &error));
  g_assert_no_error (error);
  tai_totp_make_code (&totp, tai_totp_get_step (time_s * G_USEC_PER_SEC), code);
  g_assert_cmpstr (code, ==, expected + 2);
}

static void
test_rfc (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    assert_code (SHA1_SECRET, vectors[i].time_s, vectors[i].sha1);
    assert_code (SHA256_SECRET, vectors[i].time_s, vectors[i].sha256);
  }
}

static void
test_bad_records (void)
{
  static const char *const bad[] = {
      "",
      "totp-sha1:",
      "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
      "totp-md5:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
      "totp-sha1:GEZDGNBVGY3TQOJQ", /* ten bytes: guessed in a night */
      "totp-sha1:gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
      "totp-sha1:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1",
      "totp-sha1:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ=",
      "totp-sha1:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQG",
      "totp-sha1:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGF" /* bits left over that are not 0 */};
  g_autofree char *huge = g_strnfill (200, 'A'), *too_long = g_strconcat ("totp-sha1:", huge, NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (bad); i++) {
    const char *record = i < G_N_ELEMENTS (bad) ? bad[i] : too_long;
    g_autoptr (GError) error = NULL;
    TaiTotp totp;

    g_assert_false (tai_totp_from_record (record, &totp, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STAFF_UNKNOWN);
    g_assert_cmpuint (totp.length, ==, 0);
    /* what was given is told nowhere */
    g_assert_true (record[0] == '\0' || strlen (record) < 12 || strstr (error->message, record) == NULL);
  }
}

static void
test_window (void)
{
  g_auto (TaiTotp) totp = {0};
  char code[TAI_TOTP_DIGITS + 1];
  gint64 step = 0;

  g_assert_true (tai_totp_from_record (SHA1_SECRET, &totp, NULL));
  for (gint64 away = -3; away <= 3; away++) {
    tai_totp_make_code (&totp, 1000 + away, code);
    g_assert_cmpint (tai_totp_find_step (&totp, code, 1000, TAI_TOTP_REACH, &step), ==, ABS (away) <= 1);
    g_assert_true (ABS (away) > 1 || step == 1000 + away);
  }
  tai_totp_make_code (&totp, 1000, code);
  g_assert_true (tai_totp_find_step (&totp, code, 1015, TAI_TOTP_LOOK_STEPS, &step));
  g_assert_cmpint (step, ==, 1000);
  g_assert_false (tai_totp_find_step (&totp, "", 1000, 1, &step));
  g_assert_false (tai_totp_find_step (&totp, "12345", 1000, 1, &step));
  g_assert_false (tai_totp_find_step (&totp, "1234567", 1000, 1, &step));
}

/* The first moment of a step and its last. */
static void
test_steps (void)
{
  g_assert_cmpint (tai_totp_get_step (0), ==, 0);
  g_assert_cmpint (tai_totp_get_step (30 * G_USEC_PER_SEC - 1), ==, 0);
  g_assert_cmpint (tai_totp_get_step (30 * G_USEC_PER_SEC), ==, 1);
}

static void
test_badges (void)
{
  static const char *const bad[] = {"",          "GTB",       "GTB104",     "GTB1042",
                                    "gtb104283", "GTB10428X", " GTB104283", "104283"};
  char number[TAI_BADGE_NUMBER_MAX + 1];

  for (int round = 0; round < 2000; round++) {
    g_autofree char *staff =
        g_strdup_printf ("%0*d", g_test_rand_int_range (1, 10), g_test_rand_int_range (0, 10));
    g_autofree char *badge = tai_badge_to_text (staff);
    guint at = (guint)g_test_rand_int_range (3, (gint)strlen (badge));

    g_assert_true (tai_badge_from_text (badge, number));
    g_assert_cmpstr (number, ==, staff);
    badge[at] = (char)('0' + (badge[at] - '0' + g_test_rand_int_range (1, 10)) % 10);
    g_assert_false (tai_badge_from_text (badge, number)); /* any one digit misread */
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (tai_badge_from_text (bad[i], number));
  g_assert_null (tai_badge_to_text ("A1"));
  g_assert_null (tai_badge_to_text (""));
  g_assert_null (tai_badge_to_text ("12345678901234567"));
}

static void
test_proof (void)
{
  g_auto (TaiProof) proof = {{0}};
  char text[] = "258046 081804";

  tai_proof_split (text, &proof);
  g_assert_cmpstr (proof.pin, ==, "258046");
  g_assert_cmpstr (proof.code, ==, "081804");
  tai_proof_drop_code (text);
  g_assert_cmpstr (text, ==, "258046");
  tai_proof_split (text, &proof);
  g_assert_cmpstr (proof.pin, ==, "258046");
  g_assert_null (proof.code);
  tai_proof_split ("12345678901234567", &proof); /* never cut to sixteen that are right */
  g_assert_cmpstr (proof.pin, ==, "");
  tai_proof_split ("258046 0818041", &proof);
  g_assert_cmpstr (proof.code, ==, "");
  tai_proof_split ("258046 ", &proof);
  g_assert_cmpstr (proof.code, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/totp/rfc-6238", test_rfc);
  g_test_add_func ("/core/totp/bad-records", test_bad_records);
  g_test_add_func ("/core/totp/window", test_window);
  g_test_add_func ("/core/totp/steps", test_steps);
  g_test_add_func ("/core/badge", test_badges);
  g_test_add_func ("/core/proof", test_proof);
  return g_test_run ();
}
