/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines over a Unix socket. The address goes through /proc/self/fd, because a socket's name has only 107 bytes and a state
 * folder may lie deeper.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-handover.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static GSocketAddress *
address_of (TaiStateFolder *folder)
{
  g_autofree char *name =
      g_strdup_printf ("/proc/self/fd/%d/%s", tai_state_folder_get_fd (folder), TAI_STATE_SOCKET);

  return g_unix_socket_address_new (name);
}

/* The owner ---------------------------------------------------------------------------------------------------------- */

struct _TaiHandoverServer {
  TaiStateFolder *folder;
  TaiHandoverFunc func;
  gpointer data;
  GSocketService *service;   /* (owned) */
  GCancellable *cancellable; /* (owned) ends the reading of requests */
  GList *reading;            /* (element-type Request) not whole yet */
  GQueue waiting;            /* (element-type Request) whole, not yet answered */
  gboolean busy;
};

typedef struct {
  TaiHandoverServer *server;     /* NULL once the server is gone */
  GSocketConnection *connection; /* (owned) */
  GString *line;                 /* (owned) */
  char buffer[4096];
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_clear_object (&self->connection);
  g_string_free (self->line, TRUE);
  g_free (self);
}

/* TRUE: the line is whole, and cut at its end. */
static gboolean
cut_line (GString *line)
{
  const char *end = memchr (line->str, '\n', line->len);

  if (end == NULL)
    return FALSE;
  g_string_truncate (line, (gsize)(end - line->str));
  return TRUE;
}

static gboolean
is_same_user (GSocketConnection *connection)
{
  g_autoptr (GCredentials) peer =
      g_socket_get_credentials (g_socket_connection_get_socket (connection), NULL);

  return peer != NULL && g_credentials_get_unix_user (peer, NULL) == geteuid ();
}

/* Who asked may have gone away; what was done is done. */
static void
answer (Request *request, const char *line)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (request->connection));
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all (output, text, strlen (text), NULL, NULL, &error))
    g_message ("an answer was not taken: %s", error->message);
  g_io_stream_close (G_IO_STREAM (request->connection), NULL, NULL);
}

static void
serve_waiting (TaiHandoverServer *self)
{
  while (!self->busy && !g_queue_is_empty (&self->waiting)) {
    Request *request = g_queue_pop_head (&self->waiting);
    g_autofree char *line = NULL;

    self->busy = TRUE;
    line = self->func (request->line->str, self->data);
    self->busy = FALSE;
    answer (request, line);
    request_free (request);
  }
}

static void read_more (Request *request);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Request *request = data;
  TaiHandoverServer *self = request->server;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (self != NULL && n > 0) {
    g_string_append_len (request->line, request->buffer, n);
    if (!cut_line (request->line) && request->line->len <= TAI_HANDOVER_MAX_BYTES) {
      read_more (request);
      return;
    }
  }
  if (self != NULL)
    self->reading = g_list_remove (self->reading, request);
  if (self == NULL || n <= 0 || request->line->len > TAI_HANDOVER_MAX_BYTES ||
      !g_utf8_validate_len (request->line->str, request->line->len, NULL)) {
    request_free (request);
    return;
  }
  g_queue_push_tail (&self->waiting, request);
  serve_waiting (self);
}

static void
read_more (Request *request)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (request->connection));

  g_input_stream_read_async (input, request->buffer, sizeof request->buffer, G_PRIORITY_DEFAULT,
                             request->server->cancellable, read_cb, request);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  TaiHandoverServer *self = data;
  Request *request;

  if (!is_same_user (connection))
    return TRUE;
  request = g_new0 (Request, 1);
  request->server = self;
  request->connection = g_object_ref (connection);
  request->line = g_string_new (NULL);
  self->reading = g_list_prepend (self->reading, request);
  read_more (request);
  return TRUE;
}

TaiHandoverServer *
tai_handover_server_new (TaiStateFolder *folder, TaiHandoverFunc func, gpointer data, GError **error)
{
  g_autoptr (TaiHandoverServer) self = g_new0 (TaiHandoverServer, 1);
  g_autoptr (GSocketAddress) address = address_of (folder);
  g_autoptr (GError) local_error = NULL;
  mode_t mask;
  gboolean good;

  g_assert (tai_state_folder_is_locked (folder));
  self->folder = folder;
  self->func = func;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->service = g_socket_service_new ();
  g_queue_init (&self->waiting);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  unlinkat (tai_state_folder_get_fd (folder), TAI_STATE_SOCKET, 0);
  mask = umask (0077);
  good = g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                        G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &local_error);
  umask (mask);
  if (good)
    return g_steal_pointer (&self);
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_FOLDER, "%s: %s", TAI_STATE_SOCKET, local_error->message);
  return NULL;
}

void
tai_handover_server_free (TaiHandoverServer *self)
{
  if (self == NULL)
    return;
  g_assert (!self->busy);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  for (GList *i = self->reading; i != NULL; i = i->next)
    ((Request *)i->data)->server = NULL; /* its callback still comes and frees it */
  g_clear_pointer (&self->reading, g_list_free);
  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->waiting, request_free);
  unlinkat (tai_state_folder_get_fd (self->folder), TAI_STATE_SOCKET, 0);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  g_free (self);
}

/* The other side ------------------------------------------------------------------------------------------------------ */

static GSocketConnection *
reach_owner (TaiStateFolder *folder, guint timeout_s, GError **error)
{
  g_autoptr (GSocketAddress) address = address_of (folder);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) local_error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, timeout_s);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &local_error);
  if (connection == NULL)
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_LOCKED, "%s: nobody serves there: %s",
                 tai_state_folder_get_path (folder), local_error->message);
  return connection;
}

static char *
read_answer (GSocketConnection *connection, GError **error)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  char buffer[4096];
  gssize n;

  while (line->len <= TAI_HANDOVER_MAX_BYTES) {
    n = g_input_stream_read (input, buffer, sizeof buffer, NULL, &local_error);
    if (n <= 0) {
      g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_OWNER_GONE,
                           local_error != NULL ? local_error->message : "hung up without an answer");
      return NULL;
    }
    g_string_append_len (line, buffer, n);
    if (cut_line (line))
      return g_string_free (g_steal_pointer (&line), FALSE);
  }
  g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_OWNER_ANSWER, "the answer is too long");
  return NULL;
}

char *
tai_handover_ask (TaiStateFolder *folder, const char *request, guint timeout_s, GError **error)
{
  g_autoptr (GSocketConnection) connection = reach_owner (folder, timeout_s, error);
  g_autofree char *text = g_strconcat (request, "\n", NULL);
  g_autoptr (GError) local_error = NULL;

  if (connection == NULL)
    return NULL;
  if (!is_same_user (connection)) {
    g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_OWNER_ANSWER, "another user listens there");
    return NULL;
  }
  if (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                                 strlen (text), NULL, NULL, &local_error))
    return read_answer (connection, error);
  g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_OWNER_GONE, local_error->message);
  return NULL;
}
