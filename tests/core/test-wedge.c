/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk in miniature: keys go in, "typed" is what a person would find in the entry, "scans" what the window hears. Held keys
 * are kept here as the catcher keeps them, so that each key is either given back or part of a scan, never both, never lost. */
#include "tai-wedge.h"

#include <string.h>

#include "tai-test-data.h"

typedef struct {
  TaiWedge *wedge;
  GQueue held;    /* of gunichar, as pointers; 0: a modifier */
  GString *typed; /* "\n" for a terminator that came through, "^" for a modifier, "?" for another key */
  GString *scans; /* each followed by "|" */
  GString *aims;
  guint32 now_ms;
  guint32 key_ms; /* of the last key */
  guint longest_hold_ms;
  guint32 held_since_ms;
} Desk;

static void
desk_open (Desk *desk, const TaiWedgeProfile *profile)
{
  *desk = (Desk){.wedge = tai_wedge_new (profile), .now_ms = 1000};
  g_queue_init (&desk->held);
  desk->typed = g_string_new (NULL);
  desk->scans = g_string_new (NULL);
  desk->aims = g_string_new (NULL);
}

static void
desk_close (Desk *desk)
{
  g_queue_clear (&desk->held);
  tai_wedge_free (desk->wedge);
  g_string_free (desk->typed, TRUE);
  g_string_free (desk->scans, TRUE);
  g_string_free (desk->aims, TRUE);
}

static void
write_key (Desk *desk, TaiWedgeKeyKind kind, gunichar character)
{
  if (kind == TAI_WEDGE_KEY_CHARACTER && character != 0)
    g_string_append_unichar (desk->typed, character);
  else
    g_string_append_c (desk->typed, kind == TAI_WEDGE_KEY_TERMINATOR ? '\n'
                                    : kind == TAI_WEDGE_KEY_MODIFIER ? '^'
                                                                     : '?');
}

static void
obey (Desk *desk, TaiWedgeAnswer answer)
{
  if (answer.n_replay + answer.n_swallow > 0)
    desk->longest_hold_ms = MAX (desk->longest_hold_ms, desk->now_ms - desk->held_since_ms);
  for (guint i = 0; i < answer.n_replay; i++) {
    gunichar character;

    g_assert_false (g_queue_is_empty (&desk->held));
    character = GPOINTER_TO_UINT (g_queue_pop_head (&desk->held));
    write_key (desk, character != 0 ? TAI_WEDGE_KEY_CHARACTER : TAI_WEDGE_KEY_MODIFIER, character);
  }
  for (guint i = 0; i < answer.n_swallow; i++) {
    g_assert_false (g_queue_is_empty (&desk->held));
    g_queue_pop_head (&desk->held);
  }
  g_assert_true (answer.scan == NULL || answer.n_swallow > 0);
  if (answer.scan != NULL) {
    g_string_append_printf (desk->scans, "%s|", answer.scan);
    g_string_append_printf (desk->aims, "%s|", answer.aim);
    g_free (answer.scan);
  }
}

static void
press (Desk *desk, TaiWedgeKeyKind kind, gunichar character)
{
  TaiWedgeAnswer answer = tai_wedge_take (desk->wedge, kind, character, desk->now_ms);
  TaiWedgeFate fate = answer.fate;

  desk->key_ms = desk->now_ms;
  obey (desk, answer);
  if (fate == TAI_WEDGE_HOLD) {
    if (g_queue_is_empty (&desk->held))
      desk->held_since_ms = desk->now_ms;
    g_queue_push_tail (&desk->held, GUINT_TO_POINTER (kind == TAI_WEDGE_KEY_CHARACTER ? character : 0));
  } else if (fate == TAI_WEDGE_PASS) {
    g_assert_true (g_queue_is_empty (&desk->held));
    write_key (desk, kind, character);
  }
  g_assert_cmpuint (tai_wedge_get_n_held (desk->wedge), ==, g_queue_get_length (&desk->held));
}

/* As the window does: it looks once a frame. */
static void
pass_time (Desk *desk, guint ms)
{
  guint32 until_ms = desk->now_ms + ms;

  while (desk->now_ms != until_ms) {
    desk->now_ms++;
    if (desk->now_ms % 16 == 0)
      obey (desk, tai_wedge_wait (desk->wedge, desk->now_ms - desk->key_ms));
  }
}

/* "E" Enter, "T" Tab, "^" a modifier, "?" another key; @gap_ms before each. */
static void
type (Desk *desk, const char *text, guint gap_ms)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    pass_time (desk, gap_ms);
    if (*p == 'E' || *p == 'T')
      press (desk, TAI_WEDGE_KEY_TERMINATOR, 0);
    else if (*p == '^')
      press (desk, TAI_WEDGE_KEY_MODIFIER, 0);
    else if (*p == '?')
      press (desk, TAI_WEDGE_KEY_OTHER, 0);
    else
      press (desk, TAI_WEDGE_KEY_CHARACTER, g_utf8_get_char (p));
  }
}

static void
assert_desk (Desk *desk, const char *typed, const char *scans)
{
  pass_time (desk, 500);
  g_assert_true (g_queue_is_empty (&desk->held));
  g_assert_cmpuint (tai_wedge_get_patience_ms (desk->wedge), ==, 0);
  g_assert_cmpstr (desk->typed->str, ==, typed);
  g_assert_cmpstr (desk->scans->str, ==, scans);
  desk_close (desk);
}

static void
test_vectors (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("scanner_wedge.json");

  g_assert_cmpuint (tai_test_json_length (data, "cases"), ==, 9);
  for (gsize i = 0; i < tai_test_json_length (data, "cases"); i++) {
    json_object *one = tai_test_json_element (data, "cases", i);
    const char *text = tai_test_json_string (one, "text"), *wanted = tai_test_json_string (one, "expect");
    json_object *gaps = tai_test_json_get (one, "gaps_ms", json_type_array);
    g_autofree char *as_typed = g_strdelimit (g_strdup (text), "E", '\n'), *as_scans = NULL;
    g_auto (GStrv) codes = g_strsplit (text, "E", -1);
    Desk desk;

    g_test_message ("%s", tai_test_json_string (one, "name"));
    g_assert_cmpuint (json_object_array_length (gaps), ==, strlen (text));
    desk_open (&desk, NULL);
    for (gsize j = 0; j < strlen (text); j++)
      type (&desk, (char[]){text[j], '\0'}, (guint)json_object_get_int (json_object_array_get_idx (gaps, j)));
    as_scans = g_strjoinv ("|", codes);
    if (!g_str_has_suffix (as_scans, "|"))
      as_scans = g_realloc (strcat (g_realloc (as_scans, strlen (as_scans) + 2), "|"), strlen (as_scans) + 2);
    if (g_str_equal (wanted, "typed"))
      assert_desk (&desk, as_typed, "");
    else
      assert_desk (&desk, "", as_scans);
  }
}

static void
test_without_terminator (void)
{
  Desk desk;

  desk_open (&desk, NULL);
  type (&desk, "130000000000000001", 8);
  g_assert_cmpuint (tai_wedge_get_patience_ms (desk.wedge), ==, 100);
  pass_time (&desk, 90);
  g_assert_cmpstr (desk.scans->str, ==, "");
  pass_time (&desk, 30);
  g_assert_cmpstr (desk.scans->str, ==, "130000000000000001|");
  assert_desk (&desk, "", "130000000000000001|");
}

/* An Enter that comes late, or twice (CR LF), presses nothing. */
static void
test_terminators (void)
{
  Desk desk;

  desk_open (&desk, NULL);
  type (&desk, "690123456789", 6);
  type (&desk, "E", 70);
  type (&desk, "E", 5);
  type (&desk, "T", 5);
  assert_desk (&desk, "", "690123456789|");

  desk_open (&desk, NULL);
  type (&desk, "690123456789T", 6);
  type (&desk, "E", 51); /* a person's */
  assert_desk (&desk, "\n", "690123456789|");

  desk_open (&desk, NULL);
  type (&desk, "69012E", 6); /* too short for a scan, too quick for a hand: typed, but it confirms nothing */
  assert_desk (&desk, "69012", "");

  desk_open (&desk, NULL);
  type (&desk, "ab", 30);
  type (&desk, "E", 30);
  assert_desk (&desk, "ab\n", "");
}

static void
test_typist (void)
{
  Desk desk;

  desk_open (&desk, NULL);
  type (&desk, "yingyeting", 90);
  pass_time (&desk, 90);
  g_assert_cmpuint (desk.longest_hold_ms, <=, TAI_WEDGE_GAP_MS + 17);
  assert_desk (&desk, "yingyeting", "");

  /* drumming on the keys: let go after six, not at the end */
  desk_open (&desk, NULL);
  type (&desk, "qwertyuiopasdfgh", 42);
  g_assert_cmpuint (desk.longest_hold_ms, <=, 6 * TAI_WEDGE_GAP_MS);
  assert_desk (&desk, "qwertyuiopasdfgh", "");

  /* a key that no scanner has does not overtake what is held */
  desk_open (&desk, NULL);
  type (&desk, "ab?cd", 20);
  assert_desk (&desk, "ab?cd", "");

  desk_open (&desk, NULL);
  type (&desk, "^^", 20); /* Shift alone: the input method's own key */
  assert_desk (&desk, "^^", "");
}

/* Held down: the keyboard's repeats are told as other keys; without that knowledge they still are no scan. */
static void
test_repeat (void)
{
  Desk desk;

  desk_open (&desk, NULL);
  type (&desk, "0", 100);
  pass_time (&desk, 250);
  for (int i = 0; i < 20; i++) {
    type (&desk, "?", 25);
    g_assert_cmpuint (desk.typed->len, ==, (gsize)i + 2);
  }
  assert_desk (&desk, "0????????????????????", "");

  desk_open (&desk, NULL);
  type (&desk, "000000000000E", 12);
  assert_desk (&desk, "000000000000\n", "");
}

static void
test_mixed (void)
{
  Desk desk;

  /* a scan right behind a typed letter, inside the gap limit */
  desk_open (&desk, NULL);
  type (&desk, "yin", 100);
  type (&desk, "g", 100);
  type (&desk, "8", 35);
  type (&desk, "9860000000000000019E", 6);
  assert_desk (&desk, "ying", "89860000000000000019|");

  /* a scanner that stumbles is no hand: nothing of its code is typed, however early */
  for (guint at = 2; at < 8; at++) {
    desk_open (&desk, NULL);
    for (guint i = 0; i < 13; i++)
      type (&desk, (char[]){"6901234567892"[i], '\0'}, i == at ? 45 : 4);
    type (&desk, "E", 4);
    assert_desk (&desk, "", "6901234567892|");
  }

  /* and typing right behind a scan */
  desk_open (&desk, NULL);
  type (&desk, "89860000000000000019E", 6);
  type (&desk, "a", 20);
  type (&desk, "b", 100);
  assert_desk (&desk, "ab", "89860000000000000019|");

  /* a scan that ends in silence, then typing at once */
  desk_open (&desk, NULL);
  type (&desk, "130000000000000001", 8);
  type (&desk, "x", 60);
  assert_desk (&desk, "x", "130000000000000001|");

  /* capitals: Shift is part of the burst */
  desk_open (&desk, NULL);
  type (&desk, "^S^N8901^A^B^CxE", 5);
  assert_desk (&desk, "", "SN8901ABCx|");

  /* the focus leaves in the middle: nothing is lost */
  desk_open (&desk, NULL);
  type (&desk, "89860", 5);
  obey (&desk, tai_wedge_release (desk.wedge));
  assert_desk (&desk, "89860", "");
}

static void
test_profile (void)
{
  Desk desk;

  desk_open (&desk, &(TaiWedgeProfile){.prefix = "\x02", .suffix = "\x03"});
  type (&desk,
        "\x02"
        "42\x03"
        "E",
        6);
  assert_desk (&desk, "", "42|");

  desk_open (&desk, &(TaiWedgeProfile){.prefix = "~", .suffix = "!"});
  type (&desk, "ab~42!E", 10); /* what was typed just before is given back */
  assert_desk (&desk, "ab", "42|");

  desk_open (&desk, &(TaiWedgeProfile){.prefix = "~", .suffix = "!"});
  type (&desk, "6901234567892E", 6); /* a scanner that was set back to the factory's */
  type (&desk, "~~E", 200);
  assert_desk (&desk, "~~\n", "6901234567892|");

  desk_open (&desk, &(TaiWedgeProfile){.gap_ms = 90});
  type (&desk, "6901234567892E", 54);
  assert_desk (&desk, "", "6901234567892|");

  desk_open (&desk, NULL);
  type (&desk, "\x03", 100); /* Ctrl+C alone is a shortcut */
  type (&desk, "ab\x03", 20);
  assert_desk (&desk,
               "\x03"
               "ab\x03",
               "");
}

static void
test_gs1 (void)
{
  Desk desk;

  desk_open (&desk, NULL);
  type (&desk,
        "]C1010690123456789210AB\x1d"
        "21XYZE",
        6);
  g_assert_cmpstr (desk.aims->str, ==, "]C1|");
  type (&desk, "]^E0", 300); /* "E" is Enter here: a bracket typed by hand stays a bracket */
  pass_time (&desk, 300);
  assert_desk (&desk, "]^\n0",
               "010690123456789210AB\x1d"
               "21XYZ|");

  desk_open (&desk, NULL);
  type (&desk, "12", 6);
  type (&desk,
        "\x1d"
        "3456789T",
        6);
  assert_desk (&desk, "",
               "12\x1d"
               "3456789|");
}

/* The scanner's clock may pass 2^32, or stand still. */
static void
test_clock (void)
{
  Desk desk;

  desk_open (&desk, NULL);
  desk.now_ms = G_MAXUINT32 - 30;
  type (&desk, "6901234567892E", 6);
  assert_desk (&desk, "", "6901234567892|");

  desk_open (&desk, NULL);
  type (&desk, "6901234567892E", 0);
  assert_desk (&desk, "", "6901234567892|");

  desk_open (&desk, NULL);
  type (&desk, "690123", 6);
  desk.now_ms -= 5000;
  type (&desk, "4", 6);
  assert_desk (&desk, "4", "690123|");
}

static void
test_limit (void)
{
  Desk desk;
  g_autoptr (GString) long_code = g_string_new (NULL), wanted = NULL;

  while (long_code->len < 7089)
    g_string_append_printf (long_code, "%d", (int)(long_code->len % 10));
  wanted = g_string_new (long_code->str);
  g_string_append_c (wanted, '|');
  desk_open (&desk, NULL);
  type (&desk, long_code->str, 1);
  type (&desk, "E", 1);
  assert_desk (&desk, "", wanted->str);

  desk_open (&desk, NULL);
  for (int i = 0; i <= TAI_WEDGE_KEYS_MAX; i++)
    type (&desk, i % 2 == 0 ? "a" : "b", 1);
  g_assert_cmpuint (desk.typed->len, ==, TAI_WEDGE_KEYS_MAX);
  pass_time (&desk, 500);
  g_assert_cmpuint (desk.typed->len, ==, TAI_WEDGE_KEYS_MAX + 1);
  desk_close (&desk);
}

/* Whatever comes, at whatever time: each character is typed or scanned, once, in order. */
static void
test_nothing_lost (void)
{
  for (int round = 0; round < 2000; round++) {
    g_autoptr (GString) all = g_string_new (NULL), seen = g_string_new (NULL);
    Desk desk;
    int n = g_test_rand_int_range (1, 40), pace = g_test_rand_int_range (2, 120);

    desk_open (&desk, NULL);
    for (int i = 0; i < n; i++) {
      char character = (char)('a' + i % 26);

      if (g_test_rand_int_range (0, 12) == 0)
        pace = g_test_rand_int_range (2, 120);
      pass_time (&desk, (guint)g_test_rand_int_range (0, pace));
      if (g_test_rand_int_range (0, 15) == 0) {
        press (&desk, g_test_rand_bit () ? TAI_WEDGE_KEY_TERMINATOR : TAI_WEDGE_KEY_OTHER, 0);
        continue;
      }
      press (&desk, TAI_WEDGE_KEY_CHARACTER, character);
      g_string_append_c (all, character);
    }
    pass_time (&desk, 500);
    for (const char *p = desk.typed->str; *p != '\0'; p++)
      if (g_ascii_isalpha (*p))
        g_string_append_c (seen, *p);
    for (const char *p = desk.scans->str; *p != '\0'; p++)
      if (g_ascii_isalpha (*p))
        g_string_append_c (seen, *p);
    g_assert_cmpuint (seen->len, ==, all->len);
    if (desk.scans->len == 0)
      g_assert_cmpstr (seen->str, ==, all->str);
    desk_close (&desk);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/wedge/vectors", test_vectors);
  g_test_add_func ("/core/wedge/without-terminator", test_without_terminator);
  g_test_add_func ("/core/wedge/terminators", test_terminators);
  g_test_add_func ("/core/wedge/typist", test_typist);
  g_test_add_func ("/core/wedge/repeat", test_repeat);
  g_test_add_func ("/core/wedge/mixed", test_mixed);
  g_test_add_func ("/core/wedge/profile", test_profile);
  g_test_add_func ("/core/wedge/gs1", test_gs1);
  g_test_add_func ("/core/wedge/clock", test_clock);
  g_test_add_func ("/core/wedge/limit", test_limit);
  g_test_add_func ("/core/wedge/nothing-lost", test_nothing_lost);
  return g_test_run ();
}
