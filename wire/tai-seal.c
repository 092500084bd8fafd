/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sealed boxes to HQ, secret boxes to the terminal, blind index. The sealed box is put together from its parts instead of
 * crypto_box_seal(), which would take its ephemeral key from the system: here the entropy port feeds it. Any thread.
 */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-seal.h"

#include <sodium.h>
#include <string.h>

#include "tai-secret-memory.h"

#define VERSION_TO_HQ       0x01
#define VERSION_TO_TERMINAL 0x02
#define ID_SIZE             8
#define HEADER_SIZE         (1 + ID_SIZE)
#define BASE64              sodium_base64_VARIANT_URLSAFE_NO_PADDING

/* 16 bytes each: no two uses of one key can be confused */
static const guint8 label_id[crypto_generichash_blake2b_PERSONALBYTES] = "guitai key id  ";
static const guint8 label_blind[crypto_generichash_blake2b_PERSONALBYTES] = "guitai blind id";

G_STATIC_ASSERT (TAI_SEAL_KEY_SIZE == crypto_box_SECRETKEYBYTES);
G_STATIC_ASSERT (TAI_SEAL_KEY_SIZE == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (TAI_SEAL_KEY_SIZE == crypto_secretbox_KEYBYTES);

struct _TaiSealKey {
  guint8 byte[TAI_SEAL_KEY_SIZE];
  TaiSealPublicKey public_key; /* as HQ's X25519 key: asked for with each box that HQ opens */
};

typedef struct {
  guint8 byte[ID_SIZE];
} KeyId;

static TaiSealKey *
allocate_key (void)
{
  int ready = sodium_init ();
  g_assert (ready >= 0);
  TaiSealKey *key = sodium_malloc (sizeof (TaiSealKey));
  g_assert (key != NULL);
  return key;
}

/* All 32 bytes are in. */
static TaiSealKey *
finish_key (TaiSealKey *key)
{
  crypto_scalarmult_base (key->public_key.byte, key->byte);
  return key;
}

static char *
to_text (const guint8 *bytes, gsize size)
{
  gsize length = sodium_base64_ENCODED_LEN (size, BASE64);
  return sodium_bin2base64 (g_malloc (length), length, bytes, size, BASE64);
}

/* sodium_base642bin (1.0.18) takes bytes >= 0x80 for digits where char is signed: the alphabet is checked here. */
static gboolean
from_text (const char *text, guint8 *bytes, gsize room, gsize *size)
{
  gsize length = strlen (text);
  return strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == length &&
         sodium_base642bin (bytes, room, text, length, NULL, size, NULL, BASE64) == 0;
}

static gboolean
key_from_text (const char *text, guint8 key[TAI_SEAL_KEY_SIZE], GError **error)
{
  gsize size = 0;
  if (from_text (text, key, TAI_SEAL_KEY_SIZE, &size) && size == TAI_SEAL_KEY_SIZE)
    return TRUE;
  sodium_memzero (key, TAI_SEAL_KEY_SIZE);
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SEAL_KEY, "not 32 bytes of base64url");
  return FALSE;
}

gboolean
tai_seal_public_key_from_text (const char *base64url, TaiSealPublicKey *key, GError **error)
{
  g_return_val_if_fail (base64url != NULL && key != NULL, FALSE);
  return key_from_text (base64url, key->byte, error);
}

char *
tai_seal_public_key_to_text (const TaiSealPublicKey *key)
{
  g_return_val_if_fail (key != NULL, NULL);
  return to_text (key->byte, sizeof key->byte);
}

TaiSealKey *
tai_seal_key_new (TaiEntropy *entropy)
{
  g_return_val_if_fail (TAI_IS_ENTROPY (entropy), NULL);
  TaiSealKey *key = allocate_key ();
  tai_entropy_fill (entropy, key->byte, sizeof key->byte);
  return finish_key (key);
}

TaiSealKey *
tai_seal_key_from_text (const char *base64url, GError **error)
{
  g_return_val_if_fail (base64url != NULL, NULL);
  g_autoptr (TaiSealKey) key = allocate_key ();
  return key_from_text (base64url, key->byte, error) ? finish_key (g_steal_pointer (&key)) : NULL;
}

char *
tai_seal_key_to_text (const TaiSealKey *key)
{
  g_return_val_if_fail (key != NULL, NULL);
  return to_text (key->byte, sizeof key->byte);
}

void
tai_seal_key_free (TaiSealKey *key)
{
  sodium_free (key); /* wipes; NULL is fine */
}

void
tai_seal_text_free (char *secret_text)
{
  if (secret_text != NULL)
    sodium_memzero (secret_text, strlen (secret_text));
  g_free (secret_text);
}

TaiSealPublicKey
tai_seal_key_get_public (const TaiSealKey *key)
{
  g_return_val_if_fail (key != NULL, ((TaiSealPublicKey){{0}}));
  return key->public_key;
}

static KeyId
public_key_id (const TaiSealPublicKey *key)
{
  guint8 hash[crypto_generichash_blake2b_BYTES_MIN];
  KeyId id;
  crypto_generichash_blake2b_salt_personal (hash, sizeof hash, key->byte, sizeof key->byte, NULL, 0, NULL,
                                            label_id);
  memcpy (id.byte, hash, ID_SIZE);
  return id;
}

static KeyId
secret_key_id (const TaiSealKey *key)
{
  guint8 hash[crypto_generichash_blake2b_BYTES_MIN];
  KeyId id;
  crypto_generichash_blake2b_salt_personal (hash, sizeof hash, NULL, 0, key->byte, sizeof key->byte, NULL,
                                            label_id);
  memcpy (id.byte, hash, ID_SIZE);
  return id;
}

static guint8 *
begin_box (guint8 version, KeyId id, gsize body_size)
{
  guint8 *box = g_malloc (HEADER_SIZE + body_size);
  box[0] = version;
  memcpy (box + 1, id.byte, ID_SIZE);
  return box;
}

static gboolean
check_plain (GBytes *plain, GError **error)
{
  if (g_bytes_get_size (plain) <= TAI_SEAL_MAX_PLAIN)
    return TRUE;
  g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SIZE, "%" G_GSIZE_FORMAT " bytes to seal, at most %d",
               g_bytes_get_size (plain), TAI_SEAL_MAX_PLAIN);
  return FALSE;
}

/* The body of a box of @version that was made for the key @id and is at least @overhead long. */
static const guint8 *
check_box (GBytes *box, guint8 version, KeyId id, gsize overhead, gsize *body_size, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (box, &size);
  if (size < HEADER_SIZE + overhead || size > HEADER_SIZE + overhead + TAI_SEAL_MAX_PLAIN ||
      bytes[0] != version) {
    g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SEAL_FORMAT, "not a box of this kind");
    return NULL;
  }
  if (sodium_memcmp (bytes + 1, id.byte, ID_SIZE) != 0) {
    g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SEAL_KEY, "sealed for another key");
    return NULL;
  }
  *body_size = size - HEADER_SIZE;
  return bytes + HEADER_SIZE;
}

static GBytes *
finish_open (guint8 *plain, gsize size, int failed, GError **error)
{
  if (failed == 0)
    return g_bytes_new_with_free_func (plain, size, tai_secret_memory_free, plain);
  tai_secret_memory_free (plain);
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SEAL_CORRUPT, "the box was changed");
  return NULL;
}

/* As crypto_box_seal(): nonce = BLAKE2b-192 (ephemeral public key || recipient's public key). */
static int
seal_body (guint8 *body, GBytes *plain, const TaiSealPublicKey *hq, TaiEntropy *entropy)
{
  guint8 seed[crypto_box_SEEDBYTES], secret[crypto_box_SECRETKEYBYTES], nonce[crypto_box_NONCEBYTES];
  crypto_generichash_state state;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (plain, &size);

  tai_entropy_fill (entropy, seed, sizeof seed);
  crypto_box_seed_keypair (body, secret, seed);
  crypto_generichash_init (&state, NULL, 0, sizeof nonce);
  crypto_generichash_update (&state, body, crypto_box_PUBLICKEYBYTES);
  crypto_generichash_update (&state, hq->byte, sizeof hq->byte);
  crypto_generichash_final (&state, nonce, sizeof nonce);
  int failed = crypto_box_easy (body + crypto_box_PUBLICKEYBYTES, bytes, size, nonce, hq->byte, secret);
  sodium_memzero (secret, sizeof secret);
  sodium_memzero (seed, sizeof seed);
  return failed;
}

GBytes *
tai_seal_to_hq (const TaiSealPublicKey *hq, GBytes *plain, TaiEntropy *entropy, GError **error)
{
  g_return_val_if_fail (hq != NULL && plain != NULL && TAI_IS_ENTROPY (entropy), NULL);
  if (!check_plain (plain, error))
    return NULL;
  gsize body_size = g_bytes_get_size (plain) + crypto_box_SEALBYTES;
  guint8 *box = begin_box (VERSION_TO_HQ, public_key_id (hq), body_size);
  if (seal_body (box + HEADER_SIZE, plain, hq, entropy) == 0)
    return g_bytes_new_take (box, HEADER_SIZE + body_size);
  g_free (box);
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SEAL_KEY, "degenerate public key");
  return NULL;
}

GBytes *
tai_seal_open_at_hq (const TaiSealKey *hq, GBytes *box, GError **error)
{
  g_return_val_if_fail (hq != NULL && box != NULL, NULL);
  const TaiSealPublicKey *public_key = &hq->public_key;
  gsize size;
  const guint8 *body =
      check_box (box, VERSION_TO_HQ, public_key_id (public_key), crypto_box_SEALBYTES, &size, error);
  if (body == NULL)
    return NULL;
  guint8 *plain = tai_secret_memory_new (size - crypto_box_SEALBYTES);
  int failed = crypto_box_seal_open (plain, body, size, public_key->byte, hq->byte);
  return finish_open (plain, size - crypto_box_SEALBYTES, failed, error);
}

GBytes *
tai_seal_to_terminal (const TaiSealKey *key, GBytes *plain, TaiEntropy *entropy, GError **error)
{
  g_return_val_if_fail (key != NULL && plain != NULL && TAI_IS_ENTROPY (entropy), NULL);
  if (!check_plain (plain, error))
    return NULL;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (plain, &size);
  gsize body_size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + size;
  guint8 *box = begin_box (VERSION_TO_TERMINAL, secret_key_id (key), body_size);
  guint8 *nonce = box + HEADER_SIZE;
  tai_entropy_fill (entropy, nonce, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (nonce + crypto_secretbox_NONCEBYTES, bytes, size, nonce, key->byte);
  return g_bytes_new_take (box, HEADER_SIZE + body_size);
}

GBytes *
tai_seal_open_at_terminal (const TaiSealKey *key, GBytes *box, GError **error)
{
  g_return_val_if_fail (key != NULL && box != NULL, NULL);
  gsize overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  gsize size;
  const guint8 *body = check_box (box, VERSION_TO_TERMINAL, secret_key_id (key), overhead, &size, error);
  if (body == NULL)
    return NULL;
  guint8 *plain = tai_secret_memory_new (size - overhead);
  int failed = crypto_secretbox_open_easy (plain, body + crypto_secretbox_NONCEBYTES,
                                           size - crypto_secretbox_NONCEBYTES, body, key->byte);
  return finish_open (plain, size - overhead, failed, error);
}

char *
tai_seal_box_to_text (GBytes *box)
{
  g_return_val_if_fail (box != NULL, NULL);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (box, &size);
  return to_text (bytes, size);
}

GBytes *
tai_seal_box_from_text (const char *base64url, GError **error)
{
  g_return_val_if_fail (base64url != NULL, NULL);
  gsize room = strlen (base64url) / 4 * 3 + 3, size = 0;
  g_autofree guint8 *bytes = g_malloc (room);
  if (*base64url == '\0' || !from_text (base64url, bytes, room, &size)) {
    g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SEAL_FORMAT, "not base64url");
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

char *
tai_seal_blind_index (const TaiSealKey *key, const char *number)
{
  g_return_val_if_fail (key != NULL && number != NULL && *number != '\0', NULL);
  guint8 hash[crypto_generichash_blake2b_BYTES];
  char *upper = g_ascii_strup (number, -1);
  crypto_generichash_blake2b_salt_personal (hash, sizeof hash, (const guint8 *)upper, strlen (upper),
                                            key->byte, sizeof key->byte, NULL, label_blind);
  tai_seal_text_free (upper);
  return to_text (hash, sizeof hash);
}
