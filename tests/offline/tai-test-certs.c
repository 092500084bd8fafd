/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-test-certs.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

#define OK(call) g_assert_cmpint ((call), ==, GNUTLS_E_SUCCESS)
#define DAY_S    (24 * 60 * 60)

static gnutls_x509_privkey_t
make_key (void)
{
  gnutls_x509_privkey_t key;

  OK (gnutls_x509_privkey_init (&key));
  OK (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1),
                                    0));
  return key;
}

static gnutls_x509_crt_t
make_cert (void)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gnutls_x509_crt_t cert;
  guint8 serial[9] = {1};

  OK (gnutls_x509_crt_init (&cert));
  OK (gnutls_x509_crt_set_version (cert, 3));
  OK (gnutls_rnd (GNUTLS_RND_NONCE, serial + 1, sizeof serial - 1));
  OK (gnutls_x509_crt_set_serial (cert, serial, sizeof serial));
  OK (gnutls_x509_crt_set_activation_time (cert, now - DAY_S));
  OK (gnutls_x509_crt_set_expiration_time (cert, now + 30 * DAY_S));
  return cert;
}

static void
set_name (gnutls_x509_crt_t cert, const char *name)
{
  OK (gnutls_x509_crt_set_dn_by_oid (cert, GNUTLS_OID_X520_COMMON_NAME, 0, name, (unsigned)strlen (name)));
}

static void
write_file (const char *path, const gnutls_datum_t *pem)
{
  g_assert_true (g_file_set_contents (path, (const char *)pem->data, (gssize)pem->size, NULL));
}

static void
write_key (const char *path, gnutls_x509_privkey_t key)
{
  gnutls_datum_t pem;

  OK (gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem));
  write_file (path, &pem);
  gnutls_free (pem.data);
}

static void
write_cert (const char *path, gnutls_x509_crt_t cert)
{
  gnutls_datum_t pem;

  OK (gnutls_x509_crt_export2 (cert, GNUTLS_X509_FMT_PEM, &pem));
  write_file (path, &pem);
  gnutls_free (pem.data);
}

static void
set_server_name (gnutls_x509_crt_t cert, const char *name)
{
  guint8 address[4];

  if (inet_pton (AF_INET, name, address) == 1)
    OK (gnutls_x509_crt_set_subject_alt_name (cert, GNUTLS_SAN_IPADDRESS, address, sizeof address,
                                              GNUTLS_FSAN_SET));
  else
    OK (gnutls_x509_crt_set_subject_alt_name (cert, GNUTLS_SAN_DNSNAME, name, (unsigned)strlen (name),
                                              GNUTLS_FSAN_SET));
}

static void
issue (gnutls_x509_crt_t ca, gnutls_x509_privkey_t ca_key, const char *name, gboolean server,
       const char *cert_file, const char *key_file)
{
  gnutls_x509_privkey_t key = make_key ();
  gnutls_x509_crt_t cert = make_cert ();

  set_name (cert, name);
  if (server)
    set_server_name (cert, name);
  OK (gnutls_x509_crt_set_key (cert, key));
  OK (gnutls_x509_crt_set_key_purpose_oid (cert, server ? GNUTLS_KP_TLS_WWW_SERVER : GNUTLS_KP_TLS_WWW_CLIENT,
                                           0));
  OK (gnutls_x509_crt_sign2 (cert, ca, ca_key, GNUTLS_DIG_SHA256, 0));
  write_cert (cert_file, cert);
  write_key (key_file, key);
  gnutls_x509_crt_deinit (cert);
  gnutls_x509_privkey_deinit (key);
}

TaiTestCerts *
tai_test_certs_new (const char *server_name, const char *client_name)
{
  TaiTestCerts *self = g_new0 (TaiTestCerts, 1);
  gnutls_x509_privkey_t ca_key = make_key ();
  gnutls_x509_crt_t ca = make_cert ();

  self->folder = g_dir_make_tmp ("tai-certs-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->ca_file = g_build_filename (self->folder, "ca.crt", NULL);
  self->ca_key = g_build_filename (self->folder, "ca.key", NULL);
  self->server_cert = g_build_filename (self->folder, "server.crt", NULL);
  self->server_key = g_build_filename (self->folder, "server.key", NULL);
  self->client_cert = g_build_filename (self->folder, "client.crt", NULL);
  self->client_key = g_build_filename (self->folder, "client.key", NULL);
  set_name (ca, "Test CA");
  OK (gnutls_x509_crt_set_key (ca, ca_key));
  OK (gnutls_x509_crt_set_basic_constraints (ca, 1, -1));
  OK (gnutls_x509_crt_set_key_usage (ca, GNUTLS_KEY_KEY_CERT_SIGN));
  OK (gnutls_x509_crt_sign2 (ca, ca, ca_key, GNUTLS_DIG_SHA256, 0));
  write_cert (self->ca_file, ca);
  write_key (self->ca_key, ca_key);
  issue (ca, ca_key, server_name, TRUE, self->server_cert, self->server_key);
  issue (ca, ca_key, client_name, FALSE, self->client_cert, self->client_key);
  gnutls_x509_crt_deinit (ca);
  gnutls_x509_privkey_deinit (ca_key);
  return self;
}

void
tai_test_certs_free (TaiTestCerts *self)
{
  char *const files[] = {self->ca_file,    self->ca_key,      self->server_cert,
                         self->server_key, self->client_cert, self->client_key};

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_unlink (files[i]);
    g_free (files[i]);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self);
}

char *
tai_test_certs_read (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

char *
tai_test_certs_sign (const TaiTestCerts *self, const char *csr_pem)
{
  g_autofree char *ca_pem = tai_test_certs_read (self->ca_file);
  g_autofree char *key_pem = tai_test_certs_read (self->ca_key);
  gnutls_datum_t ca_data = {(guchar *)ca_pem, (unsigned)strlen (ca_pem)};
  gnutls_datum_t key_data = {(guchar *)key_pem, (unsigned)strlen (key_pem)};
  gnutls_datum_t csr_data = {(guchar *)csr_pem, (unsigned)strlen (csr_pem)};
  gnutls_datum_t pem;
  gnutls_x509_crt_t ca, cert = make_cert ();
  gnutls_x509_privkey_t key;
  gnutls_x509_crq_t csr;
  char *text;

  OK (gnutls_x509_crt_init (&ca));
  OK (gnutls_x509_crt_import (ca, &ca_data, GNUTLS_X509_FMT_PEM));
  OK (gnutls_x509_privkey_init (&key));
  OK (gnutls_x509_privkey_import (key, &key_data, GNUTLS_X509_FMT_PEM));
  OK (gnutls_x509_crq_init (&csr));
  OK (gnutls_x509_crq_import (csr, &csr_data, GNUTLS_X509_FMT_PEM));
  OK (gnutls_x509_crq_verify (csr, 0));
  OK (gnutls_x509_crt_set_crq (cert, csr));
  OK (gnutls_x509_crt_sign2 (cert, ca, key, GNUTLS_DIG_SHA256, 0));
  OK (gnutls_x509_crt_export2 (cert, GNUTLS_X509_FMT_PEM, &pem));
  text = g_strndup ((const char *)pem.data, pem.size);
  gnutls_free (pem.data);
  gnutls_x509_crt_deinit (cert);
  gnutls_x509_crt_deinit (ca);
  gnutls_x509_privkey_deinit (key);
  gnutls_x509_crq_deinit (csr);
  return text;
}
