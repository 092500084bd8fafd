/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which destinations are this very machine: the one place where a demo's rules may stand (no guessing by look-up). */
#include "tai-headquarters.h"

static void
test_loopback (void)
{
  static const char *const here[] = {
      "http://127.0.0.1",          "https://127.0.0.1:8443", "https://localhost:8443/",
      "https://LOCALHOST/tmf-api", "http://[::1]:80/x?y=z",  "https://user@localhost/",
  };
  static const char *const elsewhere[] = {
      "https://10.0.0.7:8443",
      "https://hq.example.org",
      "https://localhost.example.org/", /* a name that begins so */
      "https://127.0.0.1.example.org/",
      "https://127.0.0.2/", /* numerically near is not the address */
      "https://example.org/127.0.0.1",
      "https://127.0.0.1@example.org/", /* the user part names nobody's host */
      "ftp://localhost/",
      "file:///localhost",
      "unix:localhost",
      "localhost:8443",
      "//localhost/",
      "https://",
      "https:// localhost/",
      "not a URL",
      "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (here); i++) {
    g_test_message ("%s", here[i]);
    g_assert_true (tai_headquarters_is_loopback (here[i]));
  }
  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++) {
    g_test_message ("%s", elsewhere[i]);
    g_assert_false (tai_headquarters_is_loopback (elsewhere[i]));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/headquarters/loopback", test_loopback);
  return g_test_run ();
}
