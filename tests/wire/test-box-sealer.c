/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sealer port as the desk uses it: both boxes with both keys, one without the terminal's, no reference without a key. */
#include "tai-box-sealer.h"

#include "tai-fake-entropy.h"

typedef struct {
  TaiEntropy *entropy;
  TaiSealKey *hq;
  TaiBoxSealer *sealer;
  GBytes *plain;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->entropy = TAI_ENTROPY (tai_fake_entropy_new (3));
  f->hq = tai_seal_key_new (f->entropy);
  f->sealer = tai_box_sealer_new (tai_seal_key_get_public (f->hq), f->entropy);
  f->plain = g_bytes_new_static ("version=1\n", 10);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_bytes_unref (f->plain);
  g_object_add_weak_pointer (G_OBJECT (f->sealer), (gpointer *)&f->sealer);
  g_object_unref (f->sealer);
  g_assert_null (f->sealer);
  tai_seal_key_free (f->hq);
  g_object_unref (f->entropy);
}

static TaiSealKey *
copy_key (const TaiSealKey *key)
{
  char *text = tai_seal_key_to_text (key);
  TaiSealKey *copy = tai_seal_key_from_text (text, NULL);
  tai_seal_text_free (text);
  return copy;
}

static void
test_without_keys (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) to_hq = NULL;
  GBytes *to_terminal = f->plain; /* must be cleared */
  GError *error = NULL;
  g_assert_true (tai_sealer_seal (TAI_SEALER (f->sealer), f->plain, &to_hq, &to_terminal, &error));
  g_assert_no_error (error);
  g_assert_null (to_terminal);
  g_autoptr (GBytes) opened = tai_seal_open_at_hq (f->hq, to_hq, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (opened, f->plain));
  g_assert_null (tai_sealer_blind (TAI_SEALER (f->sealer), "11010119900307721X"));
}

static void
test_with_keys (Fixture *f, gconstpointer data)
{
  g_autoptr (TaiSealKey) terminal = tai_seal_key_new (f->entropy);
  g_autoptr (TaiSealKey) blind = tai_seal_key_new (f->entropy);
  tai_box_sealer_take_terminal_key (f->sealer, tai_seal_key_new (f->entropy));
  tai_box_sealer_take_terminal_key (f->sealer, copy_key (terminal));
  tai_box_sealer_take_blind_key (f->sealer, copy_key (blind));
  g_autoptr (GBytes) to_hq = NULL;
  g_autoptr (GBytes) to_terminal = NULL;
  GError *error = NULL;
  g_assert_true (tai_sealer_seal (TAI_SEALER (f->sealer), f->plain, &to_hq, &to_terminal, &error));
  g_autoptr (GBytes) far = tai_seal_open_at_hq (f->hq, to_hq, &error);
  g_autoptr (GBytes) near = tai_seal_open_at_terminal (terminal, to_terminal, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (far, f->plain) && g_bytes_equal (near, f->plain));
  g_autofree char *reference = tai_sealer_blind (TAI_SEALER (f->sealer), "11010119900307721X");
  g_autofree char *expected = tai_seal_blind_index (blind, "11010119900307721X");
  g_assert_cmpstr (reference, ==, expected);
  tai_box_sealer_take_blind_key (f->sealer, NULL); /* sign-out */
  g_assert_null (tai_sealer_blind (TAI_SEALER (f->sealer), "11010119900307721X"));
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *much = g_malloc0 (TAI_SEAL_MAX_PLAIN + 1);
  g_autoptr (GBytes) over = g_bytes_new (much, TAI_SEAL_MAX_PLAIN + 1);
  GBytes *to_hq = NULL, *to_terminal = NULL;
  GError *error = NULL;
  g_assert_false (tai_sealer_seal (TAI_SEALER (f->sealer), over, &to_hq, &to_terminal, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SIZE);
  g_assert_true (to_hq == NULL && to_terminal == NULL);
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/box-sealer/without-keys", Fixture, NULL, set_up, test_without_keys, tear_down);
  g_test_add ("/box-sealer/with-keys", Fixture, NULL, set_up, test_with_keys, tear_down);
  g_test_add ("/box-sealer/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
