/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pure functions, any thread. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-fast-digest.h"

#include "tai-canonical.h"

#include <gnutls/crypto.h>

static TaiDigest
sha256 (gconstpointer head, gsize head_size, gconstpointer data, gsize size)
{
  TaiDigest digest;
  gnutls_hash_hd_t hash;
  int result;

  if (head_size == 0) {
    result = gnutls_hash_fast (GNUTLS_DIG_SHA256, data, size, digest.byte);
    g_assert (result == 0);
    return digest;
  }
  result = gnutls_hash_init (&hash, GNUTLS_DIG_SHA256);
  g_assert (result == 0);
  gnutls_hash (hash, head, head_size);
  gnutls_hash (hash, data, size);
  gnutls_hash_deinit (hash, digest.byte);
  return digest;
}

void
tai_fast_digest_install (void)
{
  tai_digest_set_sha256 (sha256);
}
