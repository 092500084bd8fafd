/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-gateway-sign.h"

#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/stat.h>

#include "tai-hq-error.h"

struct _HqSigner {
  gnutls_privkey_t key;
};

struct _HqVerifier {
  gnutls_pubkey_t key;
};

static gboolean
fail (GError **error, const char *path, const char *why)
{
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_CERTIFICATE, "%s: %s", path, why);
  return FALSE;
}

static gboolean
read_pem (const char *path, gnutls_datum_t *pem, GError **error)
{
  char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &text, &size, error))
    return FALSE;
  *pem = (gnutls_datum_t){(unsigned char *)text, (unsigned)size};
  return TRUE;
}

/* ---- signing ---- */

static gboolean
is_private_file (const char *path, GError **error)
{
  GStatBuf status;
  if (g_stat (path, &status) != 0)
    return fail (error, path, "cannot be read");
  return (status.st_mode & 077) == 0 ||
         fail (error, path, "a merchant's key that others can read (chmod 600)");
}

HqSigner *
hq_signer_open (const char *path, GError **error)
{
  g_autoptr (HqSigner) self = g_new0 (HqSigner, 1);
  gnutls_datum_t pem = {NULL, 0};
  if (!is_private_file (path, error) || !read_pem (path, &pem, error))
    return NULL;
  int result = gnutls_privkey_init (&self->key);
  if (result >= 0)
    result = gnutls_privkey_import_x509_raw (self->key, &pem, GNUTLS_X509_FMT_PEM, NULL, 0);
  gnutls_memset (pem.data, 0, pem.size);
  g_free (pem.data);
  if (result < 0 || gnutls_privkey_get_pk_algorithm (self->key, NULL) != GNUTLS_PK_RSA) {
    fail (error, path, result < 0 ? gnutls_strerror (result) : "no RSA key");
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
hq_signer_free (HqSigner *self)
{
  if (self == NULL)
    return;
  if (self->key != NULL)
    gnutls_privkey_deinit (self->key);
  g_free (self);
}

char *
hq_signer_sign (const HqSigner *self, const char *text, GError **error)
{
  gnutls_datum_t data = {(unsigned char *)text, (unsigned)strlen (text)}, signature = {NULL, 0};
  int result = gnutls_privkey_sign_data2 (self->key, GNUTLS_SIGN_RSA_SHA256, 0, &data, &signature);
  if (result < 0) {
    fail (error, "signature", gnutls_strerror (result));
    return NULL;
  }
  char *base64 = g_base64_encode (signature.data, signature.size);
  gnutls_free (signature.data);
  return base64;
}

/* ---- verifying ---- */

HqVerifier *
hq_verifier_open (const char *path, GError **error)
{
  g_autoptr (HqVerifier) self = g_new0 (HqVerifier, 1);
  gnutls_datum_t pem = {NULL, 0};
  if (!read_pem (path, &pem, error))
    return NULL;
  int result = gnutls_pubkey_init (&self->key);
  if (result >= 0)
    result = strstr ((const char *)pem.data, "BEGIN CERTIFICATE") != NULL
                 ? gnutls_pubkey_import_x509_raw (self->key, &pem, GNUTLS_X509_FMT_PEM, 0)
                 : gnutls_pubkey_import (self->key, &pem, GNUTLS_X509_FMT_PEM);
  g_free (pem.data);
  if (result < 0 || gnutls_pubkey_get_pk_algorithm (self->key, NULL) != GNUTLS_PK_RSA) {
    fail (error, path, result < 0 ? gnutls_strerror (result) : "no RSA key");
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
hq_verifier_free (HqVerifier *self)
{
  if (self == NULL)
    return;
  if (self->key != NULL)
    gnutls_pubkey_deinit (self->key);
  g_free (self);
}

gboolean
hq_verifier_check (const HqVerifier *self, const char *text, const char *base64)
{
  gsize size = 0;
  g_autofree guchar *bytes = base64 != NULL ? g_base64_decode (base64, &size) : NULL;
  gnutls_datum_t data = {(unsigned char *)text, (unsigned)strlen (text)}, signature = {bytes, (unsigned)size};
  return bytes != NULL && size > 0 &&
         gnutls_pubkey_verify_data2 (self->key, GNUTLS_SIGN_RSA_SHA256, 0, &data, &signature) >= 0;
}

/* ---- texts ---- */

char *
hq_sign_wechat_request (const char *method, const char *target, const char *timestamp, const char *nonce,
                        const char *body)
{
  return g_strdup_printf ("%s\n%s\n%s\n%s\n%s\n", method, target, timestamp, nonce, body);
}

char *
hq_sign_wechat_answer (const char *timestamp, const char *nonce, const char *body)
{
  return g_strdup_printf ("%s\n%s\n%s\n", timestamp, nonce, body);
}

char *
hq_sign_wechat_header (const char *merchant, const char *serial, const char *timestamp, const char *nonce,
                       const char *signature)
{
  return g_strdup_printf ("WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",signature=\"%s\","
                          "timestamp=\"%s\",serial_no=\"%s\"",
                          merchant, nonce, signature, timestamp, serial);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (**(const char *const *const *)a, **(const char *const *const *)b);
}

char *
hq_sign_alipay_text (const char *const *parameters)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new ();
  GString *text = g_string_new (NULL);
  for (guint i = 0; parameters[i] != NULL; i += 2)
    if (parameters[i + 1][0] != '\0' && strcmp (parameters[i], "sign") != 0)
      g_ptr_array_add (pairs, (gpointer)&parameters[i]);
  g_ptr_array_sort (pairs, compare_names);
  for (guint i = 0; i < pairs->len; i++) {
    const char *const *pair = g_ptr_array_index (pairs, i);
    g_string_append_printf (text, "%s%s=%s", i > 0 ? "&" : "", pair[0], pair[1]);
  }
  return g_string_free (text, FALSE);
}
