/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificate authority of the operator, over GnuTLS. Serial numbers come from a hash of key and time, not from chance. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-authority.h"

#include <gio/gio.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/stat.h>

#include "tai-hq-error.h"

#define YEAR_S         (365 * 24 * 60 * 60)
#define CA_YEARS       20
#define SERVER_YEARS   5
#define TERMINAL_YEARS 2
#define HOST_MAX_BYTES 253
#define SKEW_S         (60 * 60) /* clocks of halls go wrong */

struct _HqAuthority {
  gnutls_x509_crt_t certificate;
  gnutls_x509_privkey_t key;
  char *pem;
};

static gboolean
check (int result, const char *what, GError **error)
{
  if (result >= 0)
    return TRUE;
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_CERTIFICATE, "%s: %s", what, gnutls_strerror (result));
  return FALSE;
}

/* ---- files ---- */

static gboolean
write_file (const char *folder, const char *name, const gnutls_datum_t *pem, int mode, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_file_set_contents_full (path, (const char *)pem->data, (gssize)pem->size,
                                   G_FILE_SET_CONTENTS_DURABLE, mode, error);
}

static gboolean
write_key (const char *folder, const char *name, gnutls_x509_privkey_t key, GError **error)
{
  gnutls_datum_t pem = {NULL, 0};
  gboolean done = check (gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem), name, error) &&
                  write_file (folder, name, &pem, 0600, error);
  if (pem.data != NULL)
    gnutls_memset (pem.data, 0, pem.size);
  gnutls_free (pem.data);
  return done;
}

static gboolean
write_certificate (const char *folder, const char *name, gnutls_x509_crt_t certificate, GError **error)
{
  gnutls_datum_t pem = {NULL, 0};
  gboolean done = check (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem), name, error) &&
                  write_file (folder, name, &pem, 0644, error);
  gnutls_free (pem.data);
  return done;
}

/* ---- making ---- */

static int
make_key (gnutls_x509_privkey_t *key)
{
  int result = gnutls_x509_privkey_init (key);
  return result < 0 ? result
                    : gnutls_x509_privkey_generate (*key, GNUTLS_PK_ECDSA,
                                                    GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
}

static int
set_common (gnutls_x509_crt_t certificate, const char *name, gint64 now_us, int years)
{
  guint8 id[32], serial[32];
  gsize size = sizeof id;
  time_t now = (time_t)(now_us / G_USEC_PER_SEC);
  int result = gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, id, &size);
  g_autofree char *seed = g_strdup_printf ("%" G_GINT64_FORMAT, now_us);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, id, (guint)size);
  g_byte_array_append (bytes, (const guint8 *)seed, (guint)strlen (seed));
  if (result >= 0)
    result = gnutls_hash_fast (GNUTLS_DIG_SHA256, bytes->data, bytes->len, serial);
  serial[0] &= 0x7f;
  serial[0] |= 0x40; /* positive, and always of the same length */
  if (result >= 0)
    result = gnutls_x509_crt_set_serial (certificate, serial, 16);
  if (result >= 0)
    result = gnutls_x509_crt_set_version (certificate, 3);
  if (result >= 0)
    result = gnutls_x509_crt_set_activation_time (certificate, now - SKEW_S);
  if (result >= 0)
    result = gnutls_x509_crt_set_expiration_time (certificate, now + (time_t)years * YEAR_S);
  if (result >= 0)
    result = gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                            (unsigned)strlen (name));
  return result < 0 ? result : gnutls_x509_crt_set_subject_key_id (certificate, id, size);
}

static int
make_ca (gnutls_x509_crt_t *certificate, gnutls_x509_privkey_t key, gint64 now_us)
{
  int result = gnutls_x509_crt_init (certificate);
  if (result >= 0)
    result = gnutls_x509_crt_set_key (*certificate, key);
  if (result >= 0)
    result = set_common (*certificate, "Guitai headquarters", now_us, CA_YEARS);
  if (result >= 0)
    result = gnutls_x509_crt_set_basic_constraints (*certificate, 1, 0);
  if (result >= 0)
    result = gnutls_x509_crt_set_key_usage (*certificate, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN);
  return result < 0 ? result : gnutls_x509_crt_sign2 (*certificate, *certificate, key, GNUTLS_DIG_SHA256, 0);
}

static int
set_leaf (gnutls_x509_crt_t certificate, const char *purpose)
{
  int result = gnutls_x509_crt_set_basic_constraints (certificate, 0, -1);
  if (result >= 0)
    result = gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE);
  return result < 0 ? result : gnutls_x509_crt_set_key_purpose_oid (certificate, purpose, 0);
}

/* A name or an address that the server's certificate is good for. */
static int
add_host (gnutls_x509_crt_t certificate, const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  if (address == NULL)
    return gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, host,
                                                 (unsigned)strlen (host), GNUTLS_FSAN_APPEND);
  return gnutls_x509_crt_set_subject_alt_name (
      certificate, GNUTLS_SAN_IPADDRESS, g_inet_address_to_bytes (address),
      (unsigned)g_inet_address_get_native_size (address), GNUTLS_FSAN_APPEND);
}

/* No wildcard: one headquarters, not a whole domain. */
static gboolean
check_hosts (const char *const *hosts, GError **error)
{
  for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++) {
    gsize length = strspn (hosts[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");
    gboolean is_name =
        length > 0 && length <= HOST_MAX_BYTES && hosts[i][length] == '\0' && hosts[i][0] != '.';
    if (is_name || g_hostname_is_ip_address (hosts[i]))
      continue;
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_CERTIFICATE, "%s: neither a host's name nor an address",
                 hosts[i]);
    return FALSE;
  }
  return TRUE;
}

static int
make_server (gnutls_x509_crt_t *certificate, gnutls_x509_privkey_t key, gnutls_x509_crt_t ca,
             gnutls_x509_privkey_t ca_key, const char *const *hosts, gint64 now_us)
{
  static const char *const loopback[] = {"localhost", "127.0.0.1", NULL};
  int result = gnutls_x509_crt_init (certificate);
  if (result >= 0)
    result = gnutls_x509_crt_set_key (*certificate, key);
  if (result >= 0)
    result = set_common (*certificate, "guitai-hq", now_us, SERVER_YEARS);
  if (result >= 0)
    result = set_leaf (*certificate, GNUTLS_KP_TLS_WWW_SERVER);
  for (guint i = 0; result >= 0 && loopback[i] != NULL; i++)
    result = add_host (*certificate, loopback[i]);
  for (guint i = 0; result >= 0 && hosts != NULL && hosts[i] != NULL; i++)
    result = add_host (*certificate, hosts[i]);
  return result < 0 ? result : gnutls_x509_crt_sign2 (*certificate, ca, ca_key, GNUTLS_DIG_SHA256, 0);
}

gboolean
hq_authority_create (const char *folder, const char *const *hosts, gint64 now_us, GError **error)
{
  gnutls_x509_privkey_t ca_key = NULL, key = NULL;
  gnutls_x509_crt_t ca = NULL, certificate = NULL;
  gboolean done = check_hosts (hosts, error) && check (make_key (&ca_key), "ca.key", error) &&
                  check (make_ca (&ca, ca_key, now_us), "ca.crt", error) &&
                  check (make_key (&key), "server.key", error) &&
                  check (make_server (&certificate, key, ca, ca_key, hosts, now_us), "server.crt", error) &&
                  write_key (folder, "ca.key", ca_key, error) &&
                  write_certificate (folder, "ca.crt", ca, error) &&
                  write_key (folder, "server.key", key, error) &&
                  write_certificate (folder, "server.crt", certificate, error);
  gnutls_x509_crt_deinit (ca);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (ca_key);
  gnutls_x509_privkey_deinit (key);
  return done;
}

/* ---- using ---- */

static gboolean
load (HqAuthority *self, const char *folder, GError **error)
{
  g_autofree char *key_path = g_build_filename (folder, "ca.key", NULL);
  g_autofree char *path = g_build_filename (folder, "ca.crt", NULL);
  g_autofree char *key_pem = NULL;
  gsize size = 0, key_size = 0;
  if (!g_file_get_contents (path, &self->pem, &size, error) ||
      !g_file_get_contents (key_path, &key_pem, &key_size, error))
    return FALSE;
  gnutls_datum_t pem = {(guint8 *)self->pem, (unsigned)size};
  gnutls_datum_t key = {(guint8 *)key_pem, (unsigned)key_size};
  gboolean done =
      check (gnutls_x509_crt_init (&self->certificate), path, error) &&
      check (gnutls_x509_crt_import (self->certificate, &pem, GNUTLS_X509_FMT_PEM), path, error) &&
      check (gnutls_x509_privkey_init (&self->key), key_path, error) &&
      check (gnutls_x509_privkey_import (self->key, &key, GNUTLS_X509_FMT_PEM), key_path, error);
  gnutls_memset (key_pem, 0, key_size);
  return done;
}

HqAuthority *
hq_authority_open (const char *folder, GError **error)
{
  g_autoptr (HqAuthority) self = g_new0 (HqAuthority, 1);
  return load (self, folder, error) ? g_steal_pointer (&self) : NULL;
}

void
hq_authority_free (HqAuthority *self)
{
  if (self == NULL)
    return;
  gnutls_x509_crt_deinit (self->certificate);
  gnutls_x509_privkey_deinit (self->key);
  g_free (self->pem);
  g_free (self);
}

const char *
hq_authority_get_pem (const HqAuthority *self)
{
  return self->pem;
}

char *
hq_authority_get_fingerprint (const HqAuthority *self)
{
  TaiDigest digest;
  gsize size = sizeof digest.byte;
  char hex[65];
  int result = gnutls_x509_crt_get_fingerprint (self->certificate, GNUTLS_DIG_SHA256, digest.byte, &size);
  g_assert (result >= 0);
  tai_digest_to_hex (digest, hex);
  return g_strndup (hex, 16);
}

/* Its own signature proves that the terminal has the key; a weak key is none. */
static gboolean
read_request (const char *pem, gnutls_x509_crq_t request, GError **error)
{
  gnutls_datum_t data = {(guint8 *)pem, (unsigned)strlen (pem)};
  unsigned bits = 0;
  if (!check (gnutls_x509_crq_import (request, &data, GNUTLS_X509_FMT_PEM), "csr", error) ||
      !check (gnutls_x509_crq_verify (request, 0), "csr", error))
    return FALSE;
  int algorithm = gnutls_x509_crq_get_pk_algorithm (request, &bits);
  if (algorithm >= 0 &&
      gnutls_pk_bits_to_sec_param ((gnutls_pk_algorithm_t)algorithm, bits) >= GNUTLS_SEC_PARAM_MEDIUM)
    return TRUE;
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_CERTIFICATE, "csr: the key is too weak");
  return FALSE;
}

/* Only the key is taken from the request: a name in it would be the terminal's own word for who it is. */
static int
take_key (gnutls_x509_crq_t request, gnutls_x509_crt_t certificate)
{
  gnutls_pubkey_t key = NULL;
  int result = gnutls_pubkey_init (&key);
  if (result >= 0)
    result = gnutls_pubkey_import_x509_crq (key, request, 0);
  if (result >= 0)
    result = gnutls_x509_crt_set_pubkey (certificate, key);
  gnutls_pubkey_deinit (key);
  return result;
}

static int
make_terminal (HqAuthority *self, gnutls_x509_crq_t request, const HqCodeRow *code, gint64 now_us,
               gnutls_x509_crt_t certificate)
{
  int result = take_key (request, certificate);
  if (result >= 0)
    result = set_common (certificate, code->terminal, now_us, TERMINAL_YEARS);
  if (result >= 0)
    result = gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_ORGANIZATIONAL_UNIT_NAME, 0,
                                            code->klass, (unsigned)strlen (code->klass));
  if (result >= 0)
    result = gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, code->hall,
                                            (unsigned)strlen (code->hall));
  if (result >= 0)
    result = set_leaf (certificate, GNUTLS_KP_TLS_WWW_CLIENT);
  return result < 0 ? result
                    : gnutls_x509_crt_sign2 (certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0);
}

static char *
export_pem (gnutls_x509_crt_t certificate, GError **error)
{
  gnutls_datum_t pem = {NULL, 0};
  if (!check (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem), "certificate", error))
    return NULL;
  char *text = g_strndup ((const char *)pem.data, pem.size);
  gnutls_free (pem.data);
  return text;
}

char *
hq_authority_sign_cb (const char *csr_pem, const HqCodeRow *code, gint64 now_us, gpointer data,
                      GError **error)
{
  HqAuthority *self = data;
  gnutls_x509_crq_t request = NULL;
  gnutls_x509_crt_t certificate = NULL;
  char *pem = NULL;
  if (check (gnutls_x509_crq_init (&request), "csr", error) && read_request (csr_pem, request, error) &&
      check (gnutls_x509_crt_init (&certificate), "certificate", error) &&
      check (make_terminal (self, request, code, now_us, certificate), "certificate", error))
    pem = export_pem (certificate, error);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_crq_deinit (request);
  return pem;
}
