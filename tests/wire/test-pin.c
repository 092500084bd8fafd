/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PIN records: right, wrong, weak, forged; libsodium's own reader as second judge; what a guess costs. */
#include "tai-pin.h"

#include "tai-fake-entropy.h"

#include <sodium.h>
#include <string.h>

static TaiPinHasher *
new_hasher (TaiPinCost cost, guint64 seed)
{
  g_autoptr (TaiFakeEntropy) entropy = tai_fake_entropy_new (seed);
  return tai_pin_new (TAI_ENTROPY (entropy), cost);
}

static char *
hash (TaiPinHasher *hasher, const char *pin)
{
  GError *error = NULL;
  char *record = tai_pin_hasher_hash (hasher, pin, &error);
  g_assert_no_error (error);
  return record;
}

static void
test_verify (void)
{
  g_autoptr (TaiPinHasher) hasher = new_hasher (TAI_PIN_COST_CHEAP, 1);
  g_autofree char *record = hash (hasher, "271828");
  g_autofree char *again = hash (hasher, "271828");
  g_assert_cmpstr (record, !=, again); /* another salt */
  g_assert_true (g_str_has_prefix (record, "$argon2id$v=19$m=8,t=1,p=1$"));
  g_assert_true (tai_pin_check_record (record, NULL));
  g_assert_true (tai_pin_hasher_verify (hasher, record, "271828"));
  g_assert_true (tai_pin_hasher_verify (hasher, again, "271828"));
  static const char *const wrong[] = {"271829", "27182",   "2718281",
                                      "",       "271828 ", "27182800000000000000000000000"};
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (tai_pin_hasher_verify (hasher, record, wrong[i]));
  /* libsodium's reader */
  g_assert_cmpint (crypto_pwhash_str_verify (record, "271828", 6), ==, 0);
  g_assert_cmpint (crypto_pwhash_str_verify (record, "271829", 6), !=, 0);
  char theirs[crypto_pwhash_STRBYTES];
  g_assert_cmpint (crypto_pwhash_str (theirs, "314159", 6, 1, 8192), ==, 0);
  g_assert_true (tai_pin_hasher_verify (hasher, theirs, "314159"));
}

static void
test_repeats (void)
{
  g_autoptr (TaiPinHasher) a = new_hasher (TAI_PIN_COST_CHEAP, 9);
  g_autoptr (TaiPinHasher) b = new_hasher (TAI_PIN_COST_CHEAP, 9);
  g_autofree char *one = hash (a, "271828");
  g_autofree char *two = hash (b, "271828");
  g_assert_cmpstr (one, ==, two);
}

static void
test_weak (void)
{
  static const char *const weak[] = {
      "",       "1",       "27182",     "000000", "999999",       "123456",  "654321",  "890123",
      "210987", "1234567", "987654321", "27182a", "２７１８２８", "271 828", "-271828", "27182818284590452"};
  static const char *const strong[] = {"123457", "112233", "100000", "2718281828459045", "135790"};
  g_autoptr (TaiPinHasher) hasher = new_hasher (TAI_PIN_COST_CHEAP, 2);
  for (guint i = 0; i < G_N_ELEMENTS (weak); i++) {
    GError *error = NULL;
    g_assert_null (tai_pin_hasher_hash (hasher, weak[i], &error));
    g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_PIN_WEAK);
    g_clear_error (&error);
  }
  for (guint i = 0; i < G_N_ELEMENTS (strong); i++) {
    g_autofree char *record = hash (hasher, strong[i]);
    g_assert_true (tai_pin_hasher_verify (hasher, record, strong[i]));
  }
}

static void
assert_bad_record (TaiPinHasher *hasher, const char *record)
{
  GError *error = NULL;
  g_assert_false (tai_pin_hasher_verify (hasher, record, "271828"));
  g_assert_false (tai_pin_check_record (record, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_PIN_RECORD);
  g_clear_error (&error);
}

static void
test_bad_records (void)
{
  g_autoptr (TaiPinHasher) hasher = new_hasher (TAI_PIN_COST_CHEAP, 3);
  g_autofree char *record = hash (hasher, "271828");
  const char *rest = strstr (record, "p=1$") + 3;
  static const char *const heads[] = {
      "$argon2id$v=19$m=4194304,t=1,p=1", /* 4 GiB: would eat the terminal */
      "$argon2id$v=19$m=65537,t=1,p=1",
      "$argon2id$v=19$m=8,t=5,p=1",
      "$argon2id$v=19$m=8,t=0,p=1",
      "$argon2id$v=19$m=7,t=1,p=1",
      "$argon2id$v=19$m=-8,t=1,p=1",
      "$argon2id$v=19$m=8,t=1,p=2",
      "$argon2id$v=19$m=8,t=1",
      "$argon2id$v=19$t=1,m=8,p=1",
      "$argon2id$v=16$m=8,t=1,p=1",
      "$argon2i$v=19$m=8,t=1,p=1",
      "$2b$12",
      "",
  };
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autofree char *forged = g_strconcat (heads[i], rest, NULL);
    assert_bad_record (hasher, forged);
  }
  for (gsize cut = 0; cut < strlen (record); cut++) {
    g_autofree char *part = g_strndup (record, cut);
    assert_bad_record (hasher, part);
  }
  g_autofree char *accent = g_strdup (record);
  accent[strlen (accent) - 2] = (char)0xc4;
  assert_bad_record (hasher, accent);
  g_autofree char *tail = g_strconcat (record, "$", NULL);
  g_autofree char *longer = g_strconcat (record, "AAAA", NULL);
  assert_bad_record (hasher, tail);
  assert_bad_record (hasher, longer);
}

/* One changed character anywhere: no longer a record of this PIN. */
static void
test_tampered (void)
{
  g_autoptr (TaiPinHasher) hasher = new_hasher (TAI_PIN_COST_CHEAP, 4);
  g_autofree char *record = hash (hasher, "271828");
  for (char *at = record; *at != '\0'; at++) {
    char was = *at;
    *at = was == 'A' ? 'Q' : 'A';
    g_assert_false (tai_pin_hasher_verify (hasher, record, "271828"));
    *at = was;
  }
  g_assert_true (tai_pin_hasher_verify (hasher, record, "271828"));
}

static void
test_cost (void)
{
  g_autoptr (TaiPinHasher) hasher = new_hasher (TAI_PIN_COST_NORMAL, 5);
  g_autofree char *record = hash (hasher, "271828");
  g_assert_true (g_str_has_prefix (record, "$argon2id$v=19$m=32768,t=2,p=1$"));
  g_test_timer_start ();
  g_assert_true (tai_pin_hasher_verify (hasher, record, "271828"));
  g_test_message ("one guess: %d ms", (int)(g_test_timer_elapsed () * 1000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pin/verify", test_verify);
  g_test_add_func ("/pin/repeats", test_repeats);
  g_test_add_func ("/pin/weak", test_weak);
  g_test_add_func ("/pin/bad-records", test_bad_records);
  g_test_add_func ("/pin/tampered", test_tampered);
  g_test_add_func ("/pin/cost", test_cost);
  return g_test_run ();
}
