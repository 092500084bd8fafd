/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"
#include "tai-wire-error.h"

G_BEGIN_DECLS

/*
 * The two boxes in which personal data may lie on a disk (I5), over libsodium.
 *
 *   box = version (1 byte: 0x01 to_hq, 0x02 to_terminal) || key id (8 bytes) || body
 *   to_hq body       = crypto_box_seal: ephemeral X25519 public key || XSalsa20-Poly1305; only HQ's secret key opens it
 *   to_terminal body = nonce (24) || crypto_secretbox; the terminal's own 32-byte key opens it
 *
 * The key id is BLAKE2b-64 of the public key, or of the secret one under a label: it finds the key after a change of keys.
 * Every random byte comes from the given TaiEntropy, so that a simulated run repeats. Keys and opened plaintext lie in
 * sodium_malloc memory and are wiped when freed. Any thread; the objects are not for two threads at once.
 * Errors: SEAL_FORMAT (no box of ours), SEAL_KEY (for another key, or a key text that is none), SEAL_CORRUPT, SIZE.
 */

#define TAI_SEAL_KEY_SIZE  32
#define TAI_SEAL_MAX_PLAIN (64 * 1024) /* bytes */

/* HQ's public key; nothing secret. */
typedef struct {
  guint8 byte[TAI_SEAL_KEY_SIZE];
} TaiSealPublicKey;
gboolean tai_seal_public_key_from_text (const char *base64url, TaiSealPublicKey *key, GError **error);
char *tai_seal_public_key_to_text (const TaiSealPublicKey *key); /* (transfer full) */

/* TaiSealKey: 32 secret bytes: of the terminal's box, of the blind index, or HQ's X25519 secret key. */
typedef struct _TaiSealKey TaiSealKey;
TaiSealKey *tai_seal_key_new (TaiEntropy *entropy);
TaiSealKey *tai_seal_key_from_text (const char *base64url, GError **error);
char *tai_seal_key_to_text (const TaiSealKey *key); /* (transfer full) free with tai_seal_text_free */
void tai_seal_key_free (TaiSealKey *key);           /* wipes */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiSealKey, tai_seal_key_free)
/* The public half when the key is used as HQ's X25519 key. */
TaiSealPublicKey tai_seal_key_get_public (const TaiSealKey *key);
void tai_seal_text_free (char *secret_text); /* wipes */

/* (transfer full). tai_seal_to_hq fails when @hq is a degenerate key. The opened GBytes wipes itself. */
GBytes *tai_seal_to_hq (const TaiSealPublicKey *hq, GBytes *plain, TaiEntropy *entropy, GError **error);
GBytes *tai_seal_open_at_hq (const TaiSealKey *hq, GBytes *box, GError **error);
GBytes *tai_seal_to_terminal (const TaiSealKey *key, GBytes *plain, TaiEntropy *entropy, GError **error);
GBytes *tai_seal_open_at_terminal (const TaiSealKey *key, GBytes *box, GError **error);

/* Boxes in JSON: base64url without padding. (transfer full) */
char *tai_seal_box_to_text (GBytes *box);
GBytes *tai_seal_box_from_text (const char *base64url, GError **error);

/* Blind index of an ID number: 32 bytes of keyed BLAKE2b as base64url (43 characters). @number is in normal form already
 * (tai_id_number_normalize); ASCII letters count as upper case. (transfer full) */
char *tai_seal_blind_index (const TaiSealKey *key, const char *number);

G_END_DECLS
