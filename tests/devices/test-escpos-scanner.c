/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a status query is a query, and where it is a piece of a picture. */
#include "tai-escpos-scanner.h"

#include "tai-test-data.h"

/* The stream as the scanner sees it: paper bytes in hex, "[E4]" for a real-time query, "[R1]" for a GS r that is complete, "[N1]" for a
 * real-time pulse and "[P]" for one in turn. */
static char *
scan (const char *hex, gboolean realtime_in_data)
{
  TaiEscposScanner scanner = {.realtime_in_data = realtime_in_data};
  g_autoptr (GBytes) bytes = tai_test_from_hex (hex);
  GString *seen = g_string_new (NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++) {
    guint8 argument = 0;
    guint held = 0;
    TaiEscposEvent event = tai_escpos_scanner_take (&scanner, data[i], &argument, &held);
    if (event == TAI_ESCPOS_REALTIME)
      g_string_append_printf (seen, "[E%u]", argument);
    if (event == TAI_ESCPOS_PULSE_NOW)
      g_string_append_printf (seen, "[N%u]", argument);
    if (event == TAI_ESCPOS_HOLD || event == TAI_ESCPOS_REALTIME || event == TAI_ESCPOS_PULSE_NOW)
      continue;
    for (guint j = 0; j < held; j++)
      g_string_append_printf (seen, "%02X", scanner.dle[j]);
    g_string_append_printf (seen, "%02X", data[i]);
    if (event == TAI_ESCPOS_STATUS)
      g_string_append_printf (seen, "[R%u]", argument);
    if (event == TAI_ESCPOS_PULSE)
      g_string_append (seen, "[P]");
  }
  return g_string_free (seen, FALSE);
}

static void
test_streams (void)
{
  static const struct {
    const char *name, *hex, *strict, *everywhere;
  } cases[] = {
      {"text", "41 42 0A", "41420A", NULL},
      {"query", "41 10 04 01 42 10 04 04", "41[E1]42[E4]", NULL},
      {"no query", "10 04 05 10 05 10 41", "10040510051041", NULL},
      {"dle twice", "10 10 04 02", "10100402", NULL},
      {"gs r", "1D 72 01 41", "1D7201[R1]41", NULL},
      {"size 10, then text", "1D 21 10 04 01 41", "1D2110040141", "1D21[E1]41"},
      {"feed 16", "1B 64 10 10 04 01", "1B6410[E1]", NULL},
      {"raster", "1D 76 30 00 03 00 01 00 10 04 01 1D 72 01", "1D763000030001001004011D7201[R1]",
       "1D76300003000100[E1]1D7201"},
      {"raster of two lines", "1D 76 30 00 02 00 02 00 1D 72 01 10 04 01", "1D763000020002001D7201100401",
       NULL},
      {"qr data", "1D 28 6B 06 00 31 50 30 10 04 01 10 04 02", "1D286B0600315030100401[E2]",
       "1D286B0600315030[E1][E2]"},
      {"stored raster", "1D 38 4C 03 00 00 00 10 04 01 10 04 03", "1D384C03000000100401[E3]",
       "1D384C03000000[E1][E3]"},
      {"bit image 24", "1B 2A 21 01 00 10 04 01 10 04 01", "1B2A210100100401[E1]", "1B2A210100[E1][E1]"},
      {"bit image 8", "1B 2A 00 01 00 10 10 04 01", "1B2A00010010[E1]", NULL},
      {"cut", "1D 56 00 10 04 01 1D 56 42 10 10 04 02", "1D5600[E1]1D564210[E2]", NULL},
      {"chinese", "1C 26 C4 E3 1C 2E 10 04 01", "1C26C4E31C2E[E1]", NULL},
      {"drawer", "1B 70 00 10 04 10 04 01", "1B70001004[P][E1]", NULL},
      {"drawer at once", "41 10 14 01 01 08 42", "41[N1]42", NULL},
      {"no pulse", "10 14 01 00 09 10 14 02 10 14 01 02", "101401000910140210140102", NULL},
      {"pulse in a picture", "1D 76 30 00 05 00 01 00 10 14 01 00 02", "1D763000050001001014010002",
       "1D76300005000100[N0]"},
      {"margin", "1D 4C 10 04 10 04 01", "1D4C1004[E1]", NULL},
      {"page area", "1B 57 10 04 01 00 10 04 01 00 10 04 01", "1B571004010010040100[E1]", NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].name);
    g_autofree char *strict = scan (cases[i].hex, FALSE);
    g_assert_cmpstr (strict, ==, cases[i].strict);
    if (cases[i].everywhere != NULL) {
      g_autofree char *everywhere = scan (cases[i].hex, TRUE);
      g_assert_cmpstr (everywhere, ==, cases[i].everywhere);
    }
  }
}

/* Any bytes at all go through, and all but the queries come out. */
static void
test_random (void)
{
  TaiEscposScanner scanner = {0};
  guint64 in = 0, out = 0, queries = 0;

  for (int i = 0; i < 300000; i++) {
    static const guint8 likely[] = {0x10, 0x04, 0x01, 0x1B, 0x1C, 0x1D, 'v', '0', '(', 'k', '*', 0x00};
    guint8 argument, byte = likely[g_test_rand_int_range (0, sizeof likely)];
    guint held;
    TaiEscposEvent event = tai_escpos_scanner_take (&scanner, byte, &argument, &held);
    in++;
    queries += event == TAI_ESCPOS_REALTIME;
    if (event == TAI_ESCPOS_STORE || event == TAI_ESCPOS_STATUS)
      out += 1 + held;
  }
  g_assert_cmpuint (in, ==, out + 3 * queries + scanner.n_dle);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/escpos-scanner/streams", test_streams);
  g_test_add_func ("/devices/escpos-scanner/random", test_random);
  return g_test_run ();
}
