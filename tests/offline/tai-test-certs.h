/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiTestCerts: a CA with a server's and a terminal's certificate (P-256) in a folder of its own. For tests: the keys are made
 * anew each time.
 */
typedef struct {
  char *folder;
  char *ca_file, *server_cert, *server_key, *client_cert, *client_key; /* paths, PEM */
  char *ca_key;
} TaiTestCerts;

/* @server_name: an IP address or a DNS name; @client_name: the terminal's CN. Aborts when it cannot. */
TaiTestCerts *tai_test_certs_new (const char *server_name, const char *client_name);
void tai_test_certs_free (TaiTestCerts *self); /* with its files */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTestCerts, tai_test_certs_free)

/* What the CA makes of a terminal's request, PEM to PEM; for @days from yesterday on. (transfer full) */
char *tai_test_certs_sign (const TaiTestCerts *self, const char *csr_pem);
char *tai_test_certs_read (const char *path); /* (transfer full) text of a file */

G_END_DECLS
