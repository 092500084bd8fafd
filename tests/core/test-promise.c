/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-promise.h"

#include <string.h>

#define ID "01890a5d-96ce-7a1b-8c2d-3e4f50617283"

static void
test_text (void)
{
  for (TaiPromiseKind kind = TAI_PROMISE_PAYMENT; kind <= TAI_PROMISE_MONEY; kind++) {
    TaiPromise promise = {.kind = kind, .id = {ID}}, read;
    g_autofree char *text = tai_promise_to_text (&promise);

    g_assert_cmpuint (strlen (text), ==, 36);
    g_assert_cmpuint (strspn (text, "0123456789ABCDEFGTPDM"), ==,
                      36); /* nothing that a keyboard or pinyin changes */
    g_assert_true (tai_promise_from_text (text, &read));
    g_assert_cmpint (read.kind, ==, kind);
    g_assert_cmpstr (read.id.text, ==, ID);
  }
}

static void
test_none (void)
{
  static const char *const texts[] = {"",
                                      "GTP",
                                      "GTPD",
                                      "GTPX01890A5D96CE7A1B8C2D3E4F50617283",
                                      "GTPD01890A5D96CE7A1B8C2D3E4F5061728",
                                      "GTPD01890A5D96CE7A1B8C2D3E4F506172830",
                                      "GTPD01890a5d96ce7a1b8c2d3e4f50617283",
                                      "XTPD01890A5D96CE7A1B8C2D3E4F50617283",
                                      "GTPD01890A5D96CE7A1B8C2D3E4F5061728-"};
  TaiPromise read;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (tai_promise_from_text (texts[i], &read));
}

/* What the journal says of a slip is read as it was written, and nothing else is. */
static void
test_note (void)
{
  static const char *const none[] = {"", "paper", "paper until ", "paper until tomorrow",
                                     "slip until 2026-11-28T08:00:00.000Z"};
  const gint64 until_us = 1795852800 * G_TIME_SPAN_SECOND;
  TaiPromiseKind read;
  gint64 read_us;

  for (TaiPromiseKind kind = TAI_PROMISE_PAYMENT; kind <= TAI_PROMISE_MONEY; kind++) {
    g_autofree char *note = tai_promise_to_note (kind, until_us);
    g_assert_true (tai_promise_from_note (note, &read, &read_us));
    g_assert_cmpint (read, ==, kind);
    g_assert_cmpint (read_us, ==, until_us);
  }
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (tai_promise_from_note (none[i], &read, &read_us));
}

static void
test_until (void)
{
  static const struct {
    TaiPromiseKind kind;
    TaiTillPolicy policy;
    gint64 hours;
  } cases[] = {{TAI_PROMISE_PAYMENT, {0}, 24},
               {TAI_PROMISE_PAPER, {0}, 24},
               {TAI_PROMISE_MONEY, {0}, 72},
               {TAI_PROMISE_PAYMENT, {.promise_payment_hours = 1}, 1},
               {TAI_PROMISE_PAPER, {.promise_paper_hours = 48}, 48},
               {TAI_PROMISE_MONEY, {.promise_money_hours = 720}, 720},
               {TAI_PROMISE_MONEY, {.promise_payment_hours = 1, .promise_paper_hours = 2}, 72}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (tai_promise_get_until_us (cases[i].kind, &cases[i].policy, 5), ==,
                     5 + cases[i].hours * G_TIME_SPAN_HOUR);
}

static void
test_kind (void)
{
  static const char *const strange[] = {"", "Paper", "paper ", "receipt"};
  TaiPromiseKind read;

  for (TaiPromiseKind kind = TAI_PROMISE_PAYMENT; kind <= TAI_PROMISE_MONEY; kind++) {
    g_assert_true (tai_promise_kind_from_text (tai_promise_kind_to_text (kind), &read));
    g_assert_cmpint (read, ==, kind);
  }
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    g_assert_false (tai_promise_kind_from_text (strange[i], &read));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/promise/text", test_text);
  g_test_add_func ("/core/promise/none", test_none);
  g_test_add_func ("/core/promise/kind", test_kind);
  g_test_add_func ("/core/promise/note", test_note);
  g_test_add_func ("/core/promise/until", test_until);
  return g_test_run ();
}
