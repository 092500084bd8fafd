/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes: open only with the right key, untouched; libsodium's own functions agree; nothing of a simulated run is random. */
#include "tai-seal.h"

#include "tai-fake-entropy.h"

#include <sodium.h>
#include <string.h>

#define HEADER 9

typedef struct {
  TaiEntropy *entropy;
  TaiSealKey *key, *other;
  TaiSealPublicKey public_key;
  GBytes *plain;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->entropy = TAI_ENTROPY (tai_fake_entropy_new (42));
  f->key = tai_seal_key_new (f->entropy);
  f->other = tai_seal_key_new (f->entropy);
  f->public_key = tai_seal_key_get_public (f->key);
  f->plain = g_bytes_new_static ("version=1\nname=张三\n", 23);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_bytes_unref (f->plain);
  tai_seal_key_free (f->key);
  tai_seal_key_free (f->other);
  g_object_unref (f->entropy);
}

static GBytes *
seal (Fixture *f, gboolean to_hq)
{
  GError *error = NULL;
  GBytes *box = to_hq ? tai_seal_to_hq (&f->public_key, f->plain, f->entropy, &error)
                      : tai_seal_to_terminal (f->key, f->plain, f->entropy, &error);
  g_assert_no_error (error);
  return box;
}

static GBytes *
open_box (gboolean to_hq, const TaiSealKey *key, GBytes *box, GError **error)
{
  return to_hq ? tai_seal_open_at_hq (key, box, error) : tai_seal_open_at_terminal (key, box, error);
}

static void
assert_refused (gboolean to_hq, const TaiSealKey *key, GBytes *box, TaiWireError code)
{
  GError *error = NULL;
  g_assert_null (open_box (to_hq, key, box, &error));
  g_assert_error (error, TAI_WIRE_ERROR, (int)code);
  g_clear_error (&error);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  gboolean to_hq = GPOINTER_TO_INT (data);
  GError *error = NULL;
  g_autoptr (GBytes) box = seal (f, to_hq);
  g_autoptr (GBytes) second = seal (f, to_hq);
  g_assert_false (g_bytes_equal (box, second)); /* never the same ephemeral key or nonce */
  g_autofree char *text = tai_seal_box_to_text (box);
  g_assert_null (strpbrk (text, "+/="));
  g_autoptr (GBytes) same = tai_seal_box_from_text (text, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (box, same));
  g_autoptr (GBytes) plain = open_box (to_hq, f->key, same, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, f->plain));
  assert_refused (to_hq, f->other, box, TAI_WIRE_ERROR_SEAL_KEY);
  assert_refused (!to_hq, f->key, box, TAI_WIRE_ERROR_SEAL_FORMAT);
}

static void
test_tampered (Fixture *f, gconstpointer data)
{
  gboolean to_hq = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) box = seal (f, to_hq);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (box, &size);
  for (gsize i = 0; i < size; i++)
    for (int bit = 0; bit < 8; bit++) {
      guint8 *copy = g_memdup2 (bytes, size);
      copy[i] ^= (guint8)(1 << bit);
      g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);
      TaiWireError code = i == 0       ? TAI_WIRE_ERROR_SEAL_FORMAT
                          : i < HEADER ? TAI_WIRE_ERROR_SEAL_KEY
                                       : TAI_WIRE_ERROR_SEAL_CORRUPT;
      assert_refused (to_hq, f->key, changed, code);
    }
  for (gsize cut = 0; cut < size; cut++) {
    g_autoptr (GBytes) part = g_bytes_new (bytes, cut);
    GError *error = NULL;
    g_assert_null (open_box (to_hq, f->key, part, &error));
    g_assert_true (error != NULL && error->domain == TAI_WIRE_ERROR);
    g_clear_error (&error);
  }
}

/* A box of ours opens with libsodium alone, and libsodium's with ours. */
static void
test_libsodium (Fixture *f, gconstpointer data)
{
  guint8 public_key[32], secret_key[32], plain[64];
  size_t length;
  GError *error = NULL;
  g_autofree char *secret_text = tai_seal_key_to_text (f->key);
  g_assert_cmpint (sodium_base642bin (secret_key, 32, secret_text, strlen (secret_text), NULL, &length, NULL,
                                      sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                   ==, 0);
  crypto_scalarmult_base (public_key, secret_key);
  g_assert_cmpmem (public_key, 32, f->public_key.byte, 32);

  g_autoptr (GBytes) box = seal (f, TRUE);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (box, &size);
  g_assert_cmpuint (size, ==, HEADER + 23 + crypto_box_SEALBYTES);
  g_assert_cmpint (crypto_box_seal_open (plain, bytes + HEADER, size - HEADER, public_key, secret_key), ==,
                   0);
  g_assert_cmpmem (plain, 23, g_bytes_get_data (f->plain, NULL), 23);

  guint8 theirs[HEADER + 5 + crypto_box_SEALBYTES];
  memcpy (theirs, bytes, HEADER);
  crypto_box_seal (theirs + HEADER, (const guint8 *)"hello", 5, public_key);
  g_autoptr (GBytes) foreign = g_bytes_new (theirs, sizeof theirs);
  g_autoptr (GBytes) opened = tai_seal_open_at_hq (f->key, foreign, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), "hello", 5);
}

static void
test_repeats (Fixture *f, gconstpointer data)
{
  for (int to_hq = 0; to_hq < 2; to_hq++) {
    Fixture again;
    set_up (&again, NULL);
    Fixture first;
    set_up (&first, NULL);
    g_autoptr (GBytes) a = seal (&first, to_hq);
    g_autoptr (GBytes) b = seal (&again, to_hq);
    g_assert_true (g_bytes_equal (a, b));
    tear_down (&first, NULL);
    tear_down (&again, NULL);
  }
}

static void
test_limits (Fixture *f, gconstpointer data)
{
  gboolean to_hq = GPOINTER_TO_INT (data);
  g_autofree char *most = g_malloc0 (TAI_SEAL_MAX_PLAIN + 1);
  GError *error = NULL;
  const gsize sizes[] = {0, 1, TAI_SEAL_MAX_PLAIN};
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_bytes_unref (f->plain);
    f->plain = g_bytes_new (most, sizes[i]);
    g_autoptr (GBytes) box = seal (f, to_hq);
    g_autoptr (GBytes) opened = open_box (to_hq, f->key, box, &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (opened, f->plain));
  }
  g_autoptr (GBytes) over = g_bytes_new (most, TAI_SEAL_MAX_PLAIN + 1);
  g_assert_null (to_hq ? tai_seal_to_hq (&f->public_key, over, f->entropy, &error)
                       : tai_seal_to_terminal (f->key, over, f->entropy, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SIZE);
  g_clear_error (&error);
}

static void
test_texts (Fixture *f, gconstpointer data)
{
  GError *error = NULL;
  g_autofree char *public_text = tai_seal_public_key_to_text (&f->public_key);
  TaiSealPublicKey back;
  g_assert_true (tai_seal_public_key_from_text (public_text, &back, &error));
  g_assert_cmpmem (back.byte, 32, f->public_key.byte, 32);
  char *secret_text = tai_seal_key_to_text (f->key);
  g_autoptr (TaiSealKey) key = tai_seal_key_from_text (secret_text, &error);
  g_assert_no_error (error);
  back = tai_seal_key_get_public (key);
  g_assert_cmpmem (back.byte, 32, f->public_key.byte, 32);
  tai_seal_text_free (secret_text);
  tai_seal_text_free (NULL);

  g_autofree char *longer = g_strconcat (public_text, "AAAA", NULL);
  g_autofree char *padded = g_strconcat (public_text, "=", NULL);
  const char *const bad[] = {"", "AAAA", "not base64url!", public_text + 1, longer, padded};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_false (tai_seal_public_key_from_text (bad[i], &back, &error));
    g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SEAL_KEY);
    g_clear_error (&error);
    g_assert_null (tai_seal_key_from_text (bad[i], &error));
    g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SEAL_KEY);
    g_clear_error (&error);
  }
  const char *const bad_box[] = {"", "A", "AA==", "A+/A", "AA AA", "ÄÄ"};
  for (guint i = 0; i < G_N_ELEMENTS (bad_box); i++) {
    g_assert_null (tai_seal_box_from_text (bad_box[i], &error));
    g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SEAL_FORMAT);
    g_clear_error (&error);
  }
}

static void
test_degenerate_key (Fixture *f, gconstpointer data)
{
  GError *error = NULL;
  TaiSealPublicKey zero = {{0}};
  g_assert_null (tai_seal_to_hq (&zero, f->plain, f->entropy, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SEAL_KEY);
  g_clear_error (&error);
}

static void
test_blind_index (Fixture *f, gconstpointer data)
{
  g_autofree char *a = tai_seal_blind_index (f->key, "11010119900307721X");
  g_autofree char *same = tai_seal_blind_index (f->key, "11010119900307721x");
  g_autofree char *b = tai_seal_blind_index (f->key, "110101199003077210");
  g_autofree char *other = tai_seal_blind_index (f->other, "11010119900307721X");
  g_assert_cmpuint (strlen (a), ==, 43);
  g_assert_cmpstr (a, ==, same);
  g_assert_cmpstr (a, !=, b);
  g_assert_cmpstr (a, !=, other);
  g_assert_null (strstr (a, "1101"));
}

#define ADD(path, data, func) g_test_add (path, Fixture, GINT_TO_POINTER (data), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/seal/to-hq/round-trip", TRUE, test_round_trip);
  ADD ("/seal/to-terminal/round-trip", FALSE, test_round_trip);
  ADD ("/seal/to-hq/tampered", TRUE, test_tampered);
  ADD ("/seal/to-terminal/tampered", FALSE, test_tampered);
  ADD ("/seal/to-hq/limits", TRUE, test_limits);
  ADD ("/seal/to-terminal/limits", FALSE, test_limits);
  ADD ("/seal/libsodium", 0, test_libsodium);
  ADD ("/seal/repeats", 0, test_repeats);
  ADD ("/seal/texts", 0, test_texts);
  ADD ("/seal/degenerate-key", 0, test_degenerate_key);
  ADD ("/seal/blind-index", 0, test_blind_index);
  return g_test_run ();
}
