/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By which names the server's certificate is good: terminals of other machines check it. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gnutls/x509.h>

#include "tai-hq-authority.h"
#include "tai-hq-error.h"

static const gint64 now_us = G_GINT64_CONSTANT (1795300000) * G_USEC_PER_SEC;

static void
remove_folder (const char *folder)
{
  static const char *const names[] = {"ca.key", "ca.crt", "server.key", "server.crt"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_unlink (path);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static gnutls_x509_crt_t
read_certificate (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "server.crt", NULL);
  g_autofree char *text = NULL;
  gnutls_x509_crt_t certificate;
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  gnutls_datum_t pem = {(guint8 *)text, (unsigned)size};
  g_assert_cmpint (gnutls_x509_crt_init (&certificate), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_import (certificate, &pem, GNUTLS_X509_FMT_PEM), ==, 0);
  return certificate;
}

static void
test_hosts (void)
{
  static const char *const hosts[] = {"hq.hall.example", "10.0.0.5", "fd00::17", NULL};
  static const char *const good[] = {"localhost", "127.0.0.1", "hq.hall.example", "10.0.0.5", "fd00::17"};
  static const char *const bad[] = {"other.hall.example", "hall.example", "10.0.0.6", "fd00::18"};
  g_autofree char *folder = g_dir_make_tmp ("guitai-authority-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;

  hq_authority_create (folder, hosts, now_us, &error);
  g_assert_no_error (error);
  gnutls_x509_crt_t certificate = read_certificate (folder);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpuint (gnutls_x509_crt_check_hostname (certificate, good[i]), !=, 0);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpuint (gnutls_x509_crt_check_hostname (certificate, bad[i]), ==, 0);
  gnutls_x509_crt_deinit (certificate);
  remove_folder (folder);
}

static void
test_no_hosts (void)
{
  g_autofree char *folder = g_dir_make_tmp ("guitai-authority-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;

  hq_authority_create (folder, NULL, now_us, &error);
  g_assert_no_error (error);
  gnutls_x509_crt_t certificate = read_certificate (folder);
  g_assert_cmpuint (gnutls_x509_crt_check_hostname (certificate, "localhost"), !=, 0);
  g_assert_cmpuint (gnutls_x509_crt_check_hostname (certificate, "hq.hall.example"), ==, 0);
  gnutls_x509_crt_deinit (certificate);
  remove_folder (folder);
}

/* What is no name is refused before the folder holds half an authority. */
static void
test_bad_hosts (void)
{
  static const char *const names[] = {
      "", "hq hall", "https://hq.hall.example", "*.hall.example", ".example", "营业厅.example"};
  g_autofree char *folder = g_dir_make_tmp ("guitai-authority-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    const char *const hosts[] = {"hq.hall.example", names[i], NULL};
    g_assert_false (hq_authority_create (folder, hosts, now_us, &error));
    g_assert_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_CERTIFICATE);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hq/authority/hosts", test_hosts);
  g_test_add_func ("/hq/authority/no-hosts", test_no_hosts);
  g_test_add_func ("/hq/authority/bad-hosts", test_bad_hosts);
  return g_test_run ();
}
