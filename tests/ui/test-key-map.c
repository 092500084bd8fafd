/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that a hall binds: what is taken, what is refused, and that it comes back from its text. */
#include "tai-key-map.h"

#include "tai-ui-rig.h"

static void
test_defaults (void)
{
  g_autoptr (TaiKeyMap) map = tai_key_map_new (NULL);
  g_autofree char *lock = tai_key_map_get_label (map, TAI_KEY_LOCK);
  g_autofree char *back = tai_key_map_get_label (map, TAI_KEY_BACK);
  g_autofree char *text = tai_key_map_to_text (map);

  for (guint key = 0; key < TAI_N_KEYS; key++)
    g_assert_cmpstr (tai_key_map_get_accel (map, key), ==, tai_key_get_default_accel (key));
  g_assert_cmpstr (lock, ==, "Ctrl+L");
  g_assert_cmpstr (back, ==, "Esc");
  g_assert_cmpstr (text, ==, "");
}

static void
test_refused (void)
{
  static const struct {
    guint keyval;
    GdkModifierType mods;
  } keys[] = {{GDK_KEY_a, 0},
              {GDK_KEY_A, GDK_SHIFT_MASK},
              {GDK_KEY_7, 0},
              {GDK_KEY_KP_7, 0},
              {GDK_KEY_space, 0},
              {GDK_KEY_Return, 0},
              {GDK_KEY_Tab, 0},
              {GDK_KEY_Up, 0},
              {GDK_KEY_Delete, 0},
              {GDK_KEY_c, GDK_CONTROL_MASK},
              {GDK_KEY_p, GDK_ALT_MASK},
              {GDK_KEY_Shift_L, 0},
              {0, 0}};
  g_autoptr (TaiKeyMap) map = tai_key_map_new (NULL);
  TaiKey other = 0;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_cmpint (tai_key_map_set (map, TAI_KEY_PAY, keys[i].keyval, keys[i].mods, NULL), ==,
                     TAI_KEY_MAP_TYPES);
  g_assert_cmpint (tai_key_map_set (map, TAI_KEY_PAY, GDK_KEY_F8, 0, &other), ==, TAI_KEY_MAP_TAKEN);
  g_assert_cmpint (other, ==, TAI_KEY_DRAWER);
  g_assert_cmpint (tai_key_map_set (map, TAI_KEY_PAY, GDK_KEY_L, GDK_CONTROL_MASK, &other), ==,
                   TAI_KEY_MAP_TAKEN);
  g_assert_cmpint (other, ==, TAI_KEY_LOCK);
  g_assert_cmpstr (tai_key_map_get_accel (map, TAI_KEY_PAY), ==, "F9");
}

static void
count_cb (guint *n)
{
  ++*n;
}

static void
test_bound (void)
{
  g_autoptr (TaiKeyMap) map = tai_key_map_new (NULL), again = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  g_signal_connect_swapped (map, "changed", G_CALLBACK (count_cb), &n);
  g_assert_cmpint (tai_key_map_set (map, TAI_KEY_PAY, GDK_KEY_F12, 0, NULL), ==, TAI_KEY_MAP_GOOD);
  g_assert_cmpint (tai_key_map_set (map, TAI_KEY_DRAWER, GDK_KEY_F9, 0, NULL), ==, TAI_KEY_MAP_GOOD);
  g_assert_cmpint (tai_key_map_set (map, TAI_KEY_PAY, GDK_KEY_F8, 0, NULL), ==, TAI_KEY_MAP_GOOD);
  g_assert_cmpint (tai_key_map_set (map, TAI_KEY_PAY, GDK_KEY_F8, 0, NULL), ==,
                   TAI_KEY_MAP_GOOD); /* its own */
  g_assert_cmpuint (n, ==, 4);
  text = tai_key_map_to_text (map);
  again = tai_key_map_new (text); /* F8 and F9 have changed places */
  for (guint key = 0; key < TAI_N_KEYS; key++)
    g_assert_cmpstr (tai_key_map_get_accel (again, key), ==, tai_key_map_get_accel (map, key));
  g_assert_cmpstr (tai_key_map_get_accel (again, TAI_KEY_PAY), ==, "F8");
  tai_key_map_reset (again);
  g_assert_cmpstr (tai_key_map_get_accel (again, TAI_KEY_PAY), ==, "F9");
}

/* Whatever the file says, no key has two meanings and no verb is without a key. */
static void
test_bad_text (void)
{
  static const char *const texts[] = {"no key file",           "[keys]\npay=a\n",
                                      "[keys]\npay=F8\n",      "[keys]\npay=\n",
                                      "[keys]\nnothing=F12\n", "[keys]\npay=F8\ndrawer=q\n",
                                      "[other]\npay=F12\n",    "[keys]\npay=F12\ndrawer=F12\n"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (TaiKeyMap) map = tai_key_map_new (texts[i]);
    for (guint a = 0; a < TAI_N_KEYS; a++) {
      g_assert_cmpstr (tai_key_map_get_accel (map, a), !=, "");
      for (guint b = 0; b < a; b++)
        g_assert_cmpstr (tai_key_map_get_accel (map, a), !=, tai_key_map_get_accel (map, b));
    }
  }
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/ui/key-map/defaults", test_defaults);
  g_test_add_func ("/ui/key-map/refused", test_refused);
  g_test_add_func ("/ui/key-map/bound", test_bound);
  g_test_add_func ("/ui/key-map/bad-text", test_bad_text);
  return g_test_run ();
}
