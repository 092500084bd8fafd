/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fast SHA-256 says what GLib's says, of every length around its blocks. */
#include "tai-canonical.h"
#include "tai-fast-digest.h"

#define MAX_SIZE 300

static void
test_same (void)
{
  guint8 data[MAX_SIZE];
  TaiDigest previous = {{0}}, plain[MAX_SIZE + 1], chained[MAX_SIZE + 1];

  for (guint i = 0; i < MAX_SIZE; i++)
    data[i] = (guint8)(i * 7 + 3);
  for (guint pass = 0; pass < 2; pass++) {
    for (gsize size = 0; size <= MAX_SIZE; size++) {
      g_autoptr (GBytes) record = g_bytes_new (data, size);
      TaiDigest one = tai_digest_bytes (size > 0 ? data : NULL, size),
                two = tai_digest_chain (previous, record);

      if (pass == 0) {
        plain[size] = one;
        chained[size] = two;
      }
      g_assert_true (tai_digest_equal (plain[size], one));
      g_assert_true (tai_digest_equal (chained[size], two));
    }
    tai_fast_digest_install ();
  }
  tai_digest_set_sha256 (NULL);
}

/* FIPS 180-2's "abc". */
static void
test_known (void)
{
  char hex[65];

  tai_fast_digest_install ();
  tai_digest_to_hex (tai_digest_bytes ("abc", 3), hex);
  g_assert_cmpstr (hex, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  tai_digest_set_sha256 (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fast-digest/same", test_same);
  g_test_add_func ("/fast-digest/known", test_known);
  return g_test_run ();
}
