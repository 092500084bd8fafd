/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-test-server.h"

#include <arpa/inet.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct _TaiTestServer {
  struct MHD_Daemon *daemon;
  TaiTestHandler handler;
  gpointer data;
  char *key, *cert, *trust;
  guint n_connections, n_requests; /* atomic */
};

typedef struct {
  GString *body;
  char *path; /* with query */
  gboolean begun;
} Incoming;

static void *
begin_cb (void *data, const char *uri, struct MHD_Connection *connection)
{
  Incoming *incoming = g_new0 (Incoming, 1);

  incoming->body = g_string_new (NULL);
  incoming->path = g_strdup (uri);
  return incoming;
}

static void
end_cb (void *data, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code)
{
  Incoming *incoming = *context;

  if (incoming == NULL)
    return;
  g_string_free (incoming->body, TRUE);
  g_free (incoming->path);
  g_free (incoming);
}

static void
connection_cb (void *data, struct MHD_Connection *connection, void **context,
               enum MHD_ConnectionNotificationCode code)
{
  TaiTestServer *self = data;

  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    g_atomic_int_inc (&self->n_connections);
}

static enum MHD_Result
header_cb (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  g_hash_table_insert (data, g_ascii_strdown (name, -1), g_strdup (value));
  return MHD_YES;
}

static char *
client_of (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  gnutls_session_t session = info->tls_session;
  const gnutls_datum_t *list;
  gnutls_x509_crt_t cert;
  unsigned status = 1, n = 0;
  char name[128];
  gsize size = sizeof name;
  char *client = NULL;

  if (gnutls_certificate_verify_peers2 (session, &status) != 0 || status != 0)
    return NULL;
  list = gnutls_certificate_get_peers (session, &n);
  if (list == NULL || n == 0 || gnutls_x509_crt_init (&cert) != 0)
    return NULL;
  if (gnutls_x509_crt_import (cert, &list[0], GNUTLS_X509_FMT_DER) == 0 &&
      gnutls_x509_crt_get_dn_by_oid (cert, GNUTLS_OID_X520_COMMON_NAME, 0, 0, name, &size) == 0)
    client = g_strndup (name, size);
  gnutls_x509_crt_deinit (cert);
  return client;
}

static enum MHD_Result
answer_request (TaiTestServer *self, struct MHD_Connection *connection, Incoming *incoming,
                const char *method)
{
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  g_autofree char *client = client_of (connection);
  TaiTestRequest request = {method, incoming->path, headers, incoming->body, client};
  TaiTestAnswer answer = {.status = 200, .headers = out};
  struct MHD_Response *response;
  enum MHD_Result result;

  MHD_get_connection_values (connection, MHD_HEADER_KIND, header_cb, headers);
  g_atomic_int_inc (&self->n_requests);
  self->handler (&request, &answer, self->data);
  if (answer.status == 0) {
    g_free (answer.body);
    return MHD_NO;
  }
  if (answer.body != NULL && answer.size == 0)
    answer.size = strlen (answer.body);
  response = MHD_create_response_from_buffer (answer.size, answer.body ? answer.body : (char *)"",
                                              MHD_RESPMEM_MUST_COPY);
  for (guint i = 0; i + 1 < out->len; i += 2)
    MHD_add_response_header (response, g_ptr_array_index (out, i), g_ptr_array_index (out, i + 1));
  result = MHD_queue_response (connection, (unsigned)answer.status, response);
  MHD_destroy_response (response);
  g_free (answer.body);
  return result;
}

static enum MHD_Result
access_cb (void *data, struct MHD_Connection *connection, const char *url, const char *method,
           const char *version, const char *upload, size_t *upload_size, void **context)
{
  Incoming *incoming = *context;

  if (*upload_size > 0) {
    g_string_append_len (incoming->body, upload, (gssize)*upload_size);
    *upload_size = 0;
    return MHD_YES;
  }
  /* The first call comes with the headers only. */
  if (!incoming->begun) {
    incoming->begun = TRUE;
    return MHD_YES;
  }
  return answer_request (data, connection, incoming, method);
}

TaiTestServer *
tai_test_server_new (const TaiTestCerts *certs, TaiTestHandler handler, gpointer data)
{
  TaiTestServer *self = g_new0 (TaiTestServer, 1);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK)};

  self->handler = handler;
  self->data = data;
  self->key = tai_test_certs_read (certs->server_key);
  self->cert = tai_test_certs_read (certs->server_cert);
  self->trust = tai_test_certs_read (certs->ca_file);
  self->daemon =
      MHD_start_daemon (MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS, 0, NULL, NULL, access_cb, self,
                        MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_HTTPS_MEM_KEY, self->key,
                        MHD_OPTION_HTTPS_MEM_CERT, self->cert, MHD_OPTION_HTTPS_MEM_TRUST, self->trust,
                        MHD_OPTION_URI_LOG_CALLBACK, begin_cb, NULL, MHD_OPTION_NOTIFY_COMPLETED, end_cb,
                        NULL, MHD_OPTION_NOTIFY_CONNECTION, connection_cb, self, MHD_OPTION_END);
  g_assert_nonnull (self->daemon);
  return self;
}

void
tai_test_server_free (TaiTestServer *self)
{
  MHD_stop_daemon (self->daemon);
  g_free (self->key);
  g_free (self->cert);
  g_free (self->trust);
  g_free (self);
}

guint16
tai_test_server_get_port (TaiTestServer *self)
{
  return MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

char *
tai_test_server_get_url (TaiTestServer *self)
{
  return g_strdup_printf ("https://127.0.0.1:%u", tai_test_server_get_port (self));
}

guint
tai_test_server_get_n_connections (TaiTestServer *self)
{
  return (guint)g_atomic_int_get (&self->n_connections);
}

guint
tai_test_server_get_n_requests (TaiTestServer *self)
{
  return (guint)g_atomic_int_get (&self->n_requests);
}

void
tai_test_answer_add_header (TaiTestAnswer *self, const char *name, const char *value)
{
  g_ptr_array_add (self->headers, (char *)name);
  g_ptr_array_add (self->headers, (char *)value);
}

guint16
tai_test_closed_port (void)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, size), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *)&address, &size), ==, 0);
  close (fd);
  return ntohs (address.sin_port);
}
